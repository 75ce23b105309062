"""`xlreport addin`: program after program."""

from __future__ import annotations

from pathlib import Path

import pytest

from xlreport.cli import main
from xlreport.errors import OutputError, ProgramError
from xlreport.host import install
from xlreport.host.excel import install as excel
from xlreport.host.install import Part, carry_out
from xlreport.host.state import AddinState
from xlreport.messages import Phrase

HERE = AddinState("x", installed=True, version="1.2", path=Path("/a b/甲.xlam"))
GONE = AddinState("x", installed=False)
BROKEN = AddinState("x", installed=True, version="1.1", problem=Phrase("addin_excel.no_excel"))


def part(name: str, state: AddinState, *, found: bool = True, fails: bool = False) -> Part:
    def run() -> AddinState:
        if fails:
            raise OutputError("files.refused", path="/甲", reason="满了")
        return state

    return Part(name, lambda: found, run, run, lambda: state)


@pytest.fixture
def programs(monkeypatch: pytest.MonkeyPatch):
    """Put these programs on this machine."""

    def put(*given: Part) -> None:
        monkeypatch.setattr(install, "parts", lambda: given)

    return put


def test_each_program_is_told(programs, capfd):
    """Installed, not there, broken: each program has its sentence."""
    programs(part("Excel", HERE), part("LibreOffice", GONE, found=False))
    assert main(["addin", "install"]) == 0
    told = capfd.readouterr().out.splitlines()
    assert "Excel" in told[0]
    assert "1.2" in told[0]
    assert "/a b/甲.xlam" in told[0]
    assert told[1] == "没有找到 LibreOffice，不用装它的插件"


@pytest.mark.parametrize(
    ("action", "state", "code"),
    [
        ("install", HERE, 0),
        ("status", HERE, 0),
        ("status", GONE, 1),
        ("status", BROKEN, 1),
        ("remove", GONE, 0),
        ("install", BROKEN, 1),
    ],
)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_exit_codes(programs, capfd, action, state, code, language):  # noqa: PLR0917
    """0 when all is well, 1 when something is to be done; the sentence says what."""
    programs(part("Excel", state))
    assert main(["addin", action, "--lang", language]) == code
    out, err = capfd.readouterr()
    assert bool(err) == (code != 0)
    assert (out + err).count("\n") == 1
    assert "Traceback" not in err


def test_one_that_fails_does_not_stop_the_other(programs, capfd):
    """An error in one program is told, the other is served all the same, and the exit code is that of a failure."""
    programs(part("Excel", HERE, fails=True), part("LibreOffice", HERE))
    assert main(["addin", "install"]) == 3
    out, err = capfd.readouterr()
    assert "LibreOffice" in out
    assert "满了" in err


def test_nothing_to_install_for(programs, capfd):
    """Without any spreadsheet program nothing can be installed, and that is said."""
    programs(part("LibreOffice", GONE, found=False))
    assert main(["addin", "install"]) == 3
    assert "没有找到 Excel 或 LibreOffice" in capfd.readouterr().err
    assert main(["addin", "status"]) == 0
    with pytest.raises(ProgramError):
        list(carry_out("install"))


def test_the_programs_of_a_system(monkeypatch):
    """Excel is asked for where there is one for the system, LibreOffice everywhere."""
    monkeypatch.setattr(excel, "platform", lambda: None)
    assert [x.name for x in install.parts()] == ["LibreOffice"]
    monkeypatch.setattr(excel, "platform", object)
    assert [x.name for x in install.parts()] == ["Excel", "LibreOffice"]


def test_wrong_arguments(capfd):
    """Another word than install, remove or status is exit code 2."""
    assert main(["addin", "buy"]) == 2
    assert main(["addin"]) == 2
