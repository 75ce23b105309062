"""The macro sources and the ribbon."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest
from lxml import etree

from tools.macros import unknown
from xlreport.errors import ProgramError
from xlreport.host.excel import sources
from xlreport.host.excel.package import macro_of
from xlreport.host.excel.project import Kind
from xlreport.host.perform import ACTIONS
from xlreport.messages import say
from xlreport.workbook.build.buttons import BUTTONS

SOURCES = sorted(path for path in sources.macros_path().iterdir() if path.suffix in (".bas", ".cls"))


def test_every_source_is_in_the_add_in():
    """Each file of the folder is a module of the add-in, of the kind that its name says."""
    assert {path.stem for path in SOURCES} == set(sources.ADDIN) >= set(sources.COMMON)
    for path in SOURCES:
        kind = sources.module(path.stem).kind
        assert kind is (
            Kind.STANDARD if path.suffix == ".bas" else Kind.WORKBOOK if path.stem == "ThisWorkbook" else Kind.CLASS
        )


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_discipline(path):
    """ASCII, declared variables, lines that the editor takes, and the name of the file."""
    text = path.read_text(encoding="ascii")
    assert f'Attribute VB_Name = "{path.stem}"' in text.splitlines()
    assert "Option Explicit" in text.splitlines()
    assert "\t" not in text
    assert max(map(len, text.splitlines())) < 200
    assert "Attribute " not in sources.module(path.stem).code


def test_libreoffice_can_read_them():
    """Outside of procedures there is no #If, and nothing is declared of Windows: LibreOffice would not compile it."""
    for path in SOURCES:
        inside = False
        for line in path.read_text(encoding="ascii").splitlines():
            if re.match(r"(Public |Private )?(Sub|Function) ", line):
                inside = True
            if re.match(r"End (Sub|Function)", line):
                inside = False
            assert inside or not line.startswith("#"), path
            assert not re.match(r"(Public |Private )?Declare ", line), path


def test_nothing_is_searched():
    """Python is started by the path that is recorded; nothing is looked for on PATH, nothing runs in a shell."""
    text = sources.module("XlrWindows").code
    assert re.findall(r"\.(?:Exec|Run)\(.*", text) == [".Exec(command)"]
    assert 'Quoted(XlrRecord.Value("python")) & " -E -P -X utf8 -m xlreport.host.click "' in text


def test_the_status_bar_is_given_back():
    """However a click ends, the last thing that it does with Excel's status bar is to give it back."""
    click = sources.module("XlrExcel").code.partition("Public Sub Click")[2].partition("End Sub")[0]
    done = click.replace("\r", "").partition("\nDone:\n")[2].partition("Exit Sub")[0]
    assert re.search(r"^ *Application\.StatusBar = False\b", done, re.MULTILINE)
    assert click.rstrip().endswith("Resume Done")


def test_what_is_not_installed_is_said_in_chinese():
    """The one Chinese sentence that the sources hold, as numbers, is the one its comment gives in English."""
    (codes,) = re.findall(r'NOT_INSTALLED_ZH = "([0-9A-F ]+)"', sources.module("XlrRecord").code)
    assert "".join(chr(int(code, 16)) for code in codes.split()) == "当前用户还没有安装插件，请在命令行运行："


def test_every_sentence_is_recorded():
    """Each value that the macros ask for is in the record."""
    from xlreport.host.excel.record import SENTENCES

    asked = {
        key for name in sources.ADDIN for key in re.findall(r'XlrRecord\.Value\("(\w+)"\)', sources.module(name).code)
    }
    assert asked == {*SENTENCES, "python", "answer"}
    assert all(say(f"addin_excel.shim.{key}", "zh", log="a.log") for key in SENTENCES)


def test_ribbon():
    """The tab 年报 has five buttons, each with an action that the program knows and a callback that there is."""
    root = etree.fromstring(sources.ribbon())
    assert root.tag == "{http://schemas.microsoft.com/office/2009/07/customui}customUI"
    (tab,) = root.iter("{*}tab")
    buttons = list(root.iter("{*}button"))
    assert tab.get("label") == "年报"
    assert [b.get("label") for b in buttons] == ["校验", "生成正文", "生成报告", "清除标记", "帮助"]
    assert [b.get("tag") for b in buttons] == [*ACTIONS, "help"]
    code = sources.module("XlReport").code
    for name in {tab.get("getVisible"), *(b.get("onAction") for b in buttons), *map(macro_of, BUTTONS)}:
        assert f"Public Sub {name}(" in code
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(ids) == len(set(ids))


def test_published():
    """Every source is in the list of published ones: run `python -m tools.macros` after a change."""
    assert unknown() == []


def test_missing_folder(monkeypatch, tmp_path):
    """An installation without the sources says so in plain words."""
    monkeypatch.setattr(sources, "__file__", str(tmp_path / "a" / "b" / "c.py"))
    with pytest.raises(ProgramError, match="macros"):
        sources.macros_path()


def test_the_program_that_a_click_starts():
    """The module that the macros name can be started the way they start it."""
    command = [sys.executable, "-X", "utf8", "-m", "xlreport.host.click", "--help"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert all(option in done.stdout for option in ("--hwnd", "--book", "--result"))
