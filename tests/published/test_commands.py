"""import, verify, check and --last-year on published files, by the command line."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

import pytest

from tests.published.made import document, rezipped, shown, stripped
from tests.published.made import page as page_of
from tests.samples import city, write_workbook
from xlreport import job
from xlreport.cli import main
from xlreport.data import dump_report


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a workbook, and documents made from it."""
    folder = tmp_path / "测试 目录（一）"
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.delenv("XLREPORT_LANG", raising=False)
    write_workbook(city(), folder / "a.xlsx")
    for kind in ("html", "docx", "pdf"):
        (folder / f"a.{kind}").write_bytes(document(city(), kind))
    return folder


@pytest.mark.parametrize("kind", ["html", "docx", "pdf"])
def test_export_and_import(here: Path, kind: str) -> None:
    """What `export` made, `import` gives back as the same report data, and the source is not touched."""
    assert main(["export", "a.xlsx", "--to", "json", "--output", "a.json"]) == 0
    assert main(["export", "a.xlsx", "--to", kind]) == 0
    before = hashlib.sha256((here / f"a.{kind}").read_bytes()).digest()
    assert main(["import", f"a.{kind}", "b.json"]) == 0
    assert (here / "b.json").read_bytes() == (here / "a.json").read_bytes()
    assert hashlib.sha256((here / f"a.{kind}").read_bytes()).digest() == before


def test_into_a_workbook(here: Path) -> None:
    """Imported into a workbook, the figures and the text are there, and the workbook is a filled template."""
    assert main(["import", "a.pdf", "b.xlsx"]) == 0
    report = job.read(here / "b.xlsx").report
    assert (report.figures, report.words) == (city().figures, city().words)
    assert main(["template", "verify", "b.xlsx"]) == 0


def test_without_data(here: Path) -> None:
    """`--no-data` leaves the report out of each file; facts that no text tells are in none of them."""
    for kind in ("html", "docx", "pdf"):
        assert main(["export", "a.xlsx", "--to", kind, "--no-data", "--output", f"b.{kind}"]) == 0
        assert (here / f"b.{kind}").read_bytes() == stripped(city(), kind)


def test_embed(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`--embed` writes the fragment, which `import` and `verify` understand, and is for pages alone."""
    assert main(["export", "a.xlsx", "--to", "html", "--embed", "--output", "e.html"]) == 0
    assert (here / "e.html").read_text("utf-8").startswith("<div")
    assert main(["verify", "e.html", "--against", "a.xlsx"]) == 0
    assert main(["import", "e.html", "e.json"]) == 0
    assert json.loads((here / "e.json").read_text("utf-8"))["figures"] == json.loads(dump_report(city()))["figures"]
    capsys.readouterr()
    assert main(["export", "a.xlsx", "--to", "docx", "--embed"]) == 2
    assert "--to html" in capsys.readouterr().err


def test_check(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`check` judges a published file as it judges the workbook that it was made from, and names what it reads."""
    assert main(["check", "a.xlsx", "a.html", "a.docx", "a.pdf", "--format", "json"]) == 0
    verdicts = json.loads(capsys.readouterr().out)
    assert len({json.dumps({**verdict, "source": ""}) for verdict in verdicts}) == 1
    page = stripped(city(), "html").decode()
    edited = re.sub(r'(class="c-t3-received-enterprise"[^>]*>).*?(?=</td>)', r"\g<1>75件", page)
    (here / "b.html").write_text(edited, "utf-8")
    assert main(["check", "b.html", "--format", "json"]) == 1
    verdict = json.loads(capsys.readouterr().out)
    (finding,) = [f for f in verdict["findings"] if f["code"] == "FIG-TEXT"]
    assert finding["cells"] == ["t3.received.enterprise"]
    assert not [f for f in verdict["findings"] if f["code"] in ("T3-BAL", "T3-ROW")]  # a blank proves nothing
    assert main(["import", "b.html", "b.json"]) == 0
    assert json.loads((here / "b.json").read_text("utf-8"))["figures"]["t3.received.enterprise"] == 75
    assert "PUB-READ" in capsys.readouterr().out


def test_a_verdict_is_no_report(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The page that `check --format html` makes shows the tables too, and is refused by name in a report's place."""
    assert main(["check", "a.xlsx", "--format", "html", "--output", "v.html"]) == 0
    capsys.readouterr()
    for command in (["import", "v.html", "b.json"], ["check", "v.html"], ["verify", "v.html", "--against", "a.xlsx"]):
        assert main(command) == 2
        assert "校验结果的网页" in capsys.readouterr().err
    assert not (here / "b.json").exists()


@pytest.mark.parametrize("mark", ['span style="vertical-align: super"', 'font style="size:8px;VERTICAL-ALIGN:sub"'])
def test_raised_by_style(mark: str) -> None:
    """A digit that a style raises or lowers, as editors of web sites write it, is read as one in <sup> is."""
    page = stripped(city(), "html").decode()
    cell = re.compile(r'(class="c-t3-received-natural_person"[^>]*>.*?)(?=</td>)')
    styled, plain = (cell.sub(rf"\g<1><{tag}>1</{tag.split()[0]}>", page).encode() for tag in (mark, "sup"))
    assert styled != plain
    assert shown(styled, "html") == shown(plain, "html")
    assert page_of(styled, "html") == page_of(plain, "html")


def test_import_with_blanks(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What cannot be read is left blank in the file, which is written all the same; exit 1 and a line say so."""
    page = stripped(city(), "html").decode()
    edited = re.sub(r'(class="c-t3-received-enterprise"[^>]*>).*?(?=</td>)', r"\g<1>七十五", page)
    (here / "b.html").write_text(edited, "utf-8")
    for out in ("b.json", "b.xlsx"):
        assert main(["import", "b.html", out]) == 1
        told = capsys.readouterr()
        assert "FIG-TEXT" in told.out
        assert len(told.err.splitlines()) == 1
        figures = job.read(here / out).report.figures
        assert "t3.received.enterprise" not in figures
        assert figures["t3.received.natural_person"] == city().figures["t3.received.natural_person"]


def test_a_table_that_is_not_there(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A page without one of the tables is imported, but not as if all were well: exit 1, and the table is named."""
    page = stripped(city(), "html").decode()
    (here / "b.html").write_text(re.sub("<table.*?</table>", "", page, count=1, flags=re.DOTALL), encoding="utf-8")
    assert main(["import", "b.html", "b.json"]) == 1
    assert "表二整张没有找到" in capsys.readouterr().out
    assert job.read(here / "b.json").report.figures


def test_last_year(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A published file serves as last year's report, for `new` and for `check`."""
    assert main(["new", "n.xlsx", "--last-year", "a.pdf"]) == 0
    report = job.read(here / "n.xlsx").report
    assert (report.agency, report.year) == (city().agency, 2025)
    assert report.figures["t3.carried_in.total"] == city().figures["t3.carried_out.total"]
    assert main(["check", "n.xlsx", "--last-year", "a.html", "--format", "json"]) == 1
    assert "T3-CARRY" not in capsys.readouterr().out


def test_verify(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`verify` exits 0 when they are the same, 1 when not, 2 when a file cannot be used; in text, JSON and English."""
    assert main(["verify", "a.docx", "--against", "a.xlsx"]) == 0
    assert capsys.readouterr().out.startswith("√ 一致")
    (here / "b.docx").write_bytes(rezipped(document(city(), "docx"), "word/document.xml", ">75<", ">76<"))
    assert main(["verify", "b.docx", "--against", "a.xlsx"]) == 1
    told = capsys.readouterr().out
    assert told.startswith("× 不一致")
    assert "表三!E6" in told
    assert main(["verify", "b.docx", "--against", "a.xlsx", "--format", "json", "--output", "v.json"]) == 1
    found = json.loads((here / "v.json").read_text("utf-8"))
    assert (found["schema"], found["same"], found["data"]) == ("xlreport/verify/1", False, "same")
    assert [(f["code"], f["expected"], f["actual"], f["difference"]) for f in found["findings"]] == [
        ("VER-FIG", 75, 76, 1)
    ]
    capsys.readouterr()
    assert main(["--lang", "en", "verify", "b.docx", "--against", "a.xlsx"]) == 1
    assert "not the same" in capsys.readouterr().out
    for arguments in (["a.docx", "--against", "missing.xlsx"], ["missing.docx", "--against", "a.xlsx"]):
        assert main(["verify", *arguments]) == 2
    assert main(["verify", "a.xlsx", "--against", "a.xlsx"]) == 2
    assert capsys.readouterr().err.count("\n") == 3


@pytest.mark.parametrize(
    "arguments",
    [
        ["import", "a.docx", "a.docx"],
        ["import", "a.docx", "b.txt"],
        ["import", "a.doc", "b.json"],
        ["import", "none.html", "b.json"],
        ["import", "empty.html", "b.json"],
        ["import", "words.html", "b.json"],
        ["import", "renamed.pdf", "b.json"],
        ["check", "renamed.docx"],
    ],
)
def test_unusable(here: Path, arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """What cannot be used ends in one line and exit 2, and nothing is written."""
    (here / "a.doc").write_bytes(b"x")
    (here / "empty.html").write_bytes(b"")
    (here / "words.html").write_text("<p>政府信息公开工作年度报告</p><table><tr><td>索引号</table>", "utf-8")
    (here / "renamed.pdf").write_bytes((here / "a.docx").read_bytes())
    (here / "renamed.docx").write_bytes((here / "a.pdf").read_bytes())
    before = sorted(path.name for path in here.iterdir())
    assert main(arguments) == 2
    error = capsys.readouterr().err
    assert error.startswith("xlreport: ")
    assert error.count("\n") == 1
    assert sorted(path.name for path in here.iterdir()) == before
