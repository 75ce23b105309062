"""What stands beside a report is no difference, and no part of it when it is read; what is changed in it still is."""

from __future__ import annotations

import io
import re
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx as python_docx
import pytest

from tests.conftest import HANGING
from tests.document.test_letterhead import letterhead
from tests.published.made import KINDS, page, read, rezipped
from tests.samples import bureau, city, write_workbook
from xlreport import job
from xlreport.data import dump_report
from xlreport.document.carry import carry
from xlreport.document.profile import HOME
from xlreport.envelope import seal
from xlreport.errors import InputError
from xlreport.published.beside import foot, is_name, is_number
from xlreport.published.read import opened
from xlreport.published.wording import beside, changes

HEAD = ("宿迁市人民政府文件", "{{ number }}", "签发人：张三", "{{ title }}", "各县（区）人民政府：")
FEET = ("特此报告。", "{{ agency }}", "{{ date }}", "（此件公开发布）", "宿迁市人民政府办公室2025年1月21日印发")
PARTS = ("preamble", "overview", "proactive", "on_request", "disputes", "problems", "other_matters")
LETTERHEADS = {
    "head and foot": letterhead(*HEAD, "{{ report }}", *FEET, header="{{ agency }}"),
    "in parts": letterhead(
        "{{ title }}", *(word for part in PARTS for word in (f"{{{{ {part} }}}}", f"（{part}见上）"))
    ),
    "own title": letterhead("{{ agency }}", "{{ year }}年度报告", "{{ report }}"),
    "no title": letterhead("{{ report }}"),
    "own headings": letterhead(
        *("{{ preamble }}", "{{ overview }}", "2 主动公开", "{{ t2 }}", "{{ t3 }}", "{{ t4 }}", *FEET[:2]),
        *("{{ problems }}", "{{ other_matters }}"),
    ),
}


@pytest.fixture
def dress(tmp_path: Path) -> Callable[..., job.Dress]:
    """A letterhead and what goes with it."""

    def made(name: str | bytes = b"", **more: Any) -> job.Dress:
        content = LETTERHEADS[name] if isinstance(name, str) else name
        path = tmp_path / "信头.docx"
        path.write_bytes(content)
        given: dict[str, Any] = {"number": "宿政发〔2025〕1号", "date": "2025年1月20日"}
        given["attachments"] = ("甲表", "乙表")
        if content:  # it refuses what it has no place for
            words = zipfile.ZipFile(io.BytesIO(content)).read("word/document.xml").decode()
            given = {key: value for key, value in given.items() if f"{{{{ {key} }}}}" in words}
        given |= more
        return job.Dress(letterhead=path if content else None, **given)

    return made


def verify(folder: Path, content: bytes, kind: str) -> job.Compared:
    (folder / f"a.{kind}").write_bytes(content)
    return job.verify(folder / f"a.{kind}", write_workbook(city(), folder / "b.xlsx"))


@pytest.mark.parametrize("name", LETTERHEADS)
def test_letterhead(tmp_path: Path, dress: Callable[..., job.Dress], name: str) -> None:
    """A filled letterhead gives back exactly its report; its own lines are noted, and are no difference."""
    content = job.render(city(), "docx", dress=dress(name))
    reading = read(content, "docx")
    assert dump_report(reading.report) == dump_report(city())
    assert not reading.findings
    compared = verify(tmp_path, content, "docx")
    assert (compared.different, compared.data) == (0, "same")
    assert {finding.severity for finding in compared.findings} <= {"note"}
    assert compared.to_json()["same"] is True


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        (">75<", ">76<", "VER-FIG"),
        ("举办政府信息公开培训1次", "举办政府信息公开培训2次", "VER-TEXT"),
        ("举办政府信息公开培训1次。", "", "VER-TEXT"),
        ("特此报告。", "特此报告，另有三事。", "VER-TEXT"),
        ("宿迁市2024年政府", "宿迁市2023年政府", "VER-TEXT"),
        ("五、存在的主要问题", "五、存在问题", "VER-TEXT"),
    ],
)
def test_edited_letterhead(tmp_path: Path, dress: Callable[..., job.Dress], old: str, new: str, code: str) -> None:
    """A figure, sentence, heading, title or own line of a filled letterhead that is changed by hand is told."""
    content = job.render(city(), "docx", dress=dress("head and foot"))
    edited = rezipped(content, "word/document.xml", old, new)
    compared = verify(tmp_path, edited, "docx")
    assert code in {finding.code for finding in compared.findings if finding.severity != "note"}


def test_title_of_another_year(tmp_path: Path, dress: Callable[..., job.Dress]) -> None:
    """A letterhead whose own title still tells last year is not filled."""
    stale = letterhead("宿迁市2023年政府信息公开年度报告", "{{ report }}")
    with pytest.raises(InputError, match="2023"):
        job.render(city(), "docx", dress=dress(stale))


def test_words_left_out(dress: Callable[..., job.Dress]) -> None:
    """One that would print less than the report says is not filled, and the words are quoted."""
    without = letterhead(*(f"{{{{ {part} }}}}" for part in PARTS[1:]))
    with pytest.raises(InputError, match="条例"):
        job.render(city(), "docx", dress=dress(without))


def test_no_data(dress: Callable[..., job.Dress]) -> None:
    """With `--no-data` a letterhead carries nothing, not even what it carried before."""
    before = carry(LETTERHEADS["no title"], seal(bureau(), "1"))
    assert opened(page(before, "docx")) is not None
    content = job.render(city(), "docx", dress=dress(before), data=False)
    assert (page(content, "docx").carried, page(content, "docx").mark) == (None, "")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("data", [True, False], ids=["carried", "visible"])
def test_our_own_dress(tmp_path: Path, dress: Callable[..., job.Dress], kind: str, data: bool) -> None:
    """文号, 附件说明 and 落款 of our own documents are neither read as text of the report nor a difference."""
    content = job.render(city(), kind, dress=dress(), data=data)
    reading = read(content, kind)
    assert reading.report.words == city().words
    assert reading.findings == ()
    assert dump_report(reading.report) == dump_report(city()) if data else reading.report.facts == {}
    assert verify(tmp_path, content, kind).different == 0


def test_own_wording_of_the_title(tmp_path: Path, dress: Callable[..., job.Dress]) -> None:
    """A title that an office's profile words is no difference, as long as it tells the same agency and year."""
    profile = tmp_path / "本局.toml"
    official = (HOME / "official.toml").read_text("utf-8")
    own = re.sub("(?m)^title = .*$", 'title = "{agency}{year}年度政府信息公开年度报告"', official, count=1)
    profile.write_text(own, "utf-8")
    content = job.render(city(), "docx", dress=dress(profile=str(profile)))
    assert dump_report(read(content, "docx").report) == dump_report(city())
    assert verify(tmp_path, content, "docx").different == 0
    edited = rezipped(content, "word/document.xml", "2024年度政府信息公开", "2023年度政府信息公开")
    assert verify(tmp_path, edited, "docx").different > 0


OWN_TITLE = 'title = "year-first"'


@pytest.mark.parametrize(
    ("old", "new", "severity"),
    [
        ("宿政发〔2025〕1号", "宿政发〔2025〕9号", "error"),
        ("2025年1月20日", "2025年3月15日", "error"),
        (">宿迁市</p>", ">宿迁市财政局</p>", "error"),
        ("附件：1. 甲表", "附件：1. 罚没收入5000万元的说明", "error"),
        ("</main>", "<p>附件：</p><p>1.本年实际受理申请9999件</p></main>", "error"),
        ("</h1>", "</h1><p>以上数据有误〔2025〕3号</p>", "error"),
        ('<p class="number">宿政发〔2025〕1号</p>', "", "warning"),
        ("<h1>.*?</h1>", "", "error"),
    ],
)
def test_edited_dress(tmp_path: Path, dress: Callable[..., job.Dress], old: str, new: str, severity: str) -> None:
    """What a document says that it has of its own is held against it: nothing else counts by its looks."""
    (tmp_path / "本市.toml").write_text(OWN_TITLE, "utf-8")
    page = job.render(city(), "html", dress=dress(profile=str(tmp_path / "本市.toml"))).decode()
    head, body = page.split("<h1", 1)
    edited, count = re.subn(old, new, "<h1" + body, count=1)
    assert count
    compared = verify(tmp_path, (head + edited).encode(), "html")
    assert severity in {finding.severity for finding in compared.findings}
    assert compared.different


@pytest.mark.parametrize("kind", KINDS)
def test_left_out(dress: Callable[..., job.Dress], kind: str) -> None:
    """An import quotes the lines that it leaves out by their looks, once; those that are a document's own it knows."""
    stripped = read(job.render(city(), kind, dress=dress(), data=False), kind, lenient=True)
    (note,) = stripped.findings
    assert (note.code, note.severity) == ("PUB-READ", "note")
    assert all(part in str(note.values["text"]) for part in ("宿政发〔2025〕1号", "甲表", "2025年1月20日"))
    assert read(job.render(city(), kind, dress=dress()), kind, lenient=True).findings == ()


@pytest.mark.office
def test_through_libreoffice(soffice: Any, tmp_path: Path, dress: Callable[..., job.Dress]) -> None:
    """A filled letterhead that LibreOffice opens and saves anew still carries its data, and is the same."""
    (tmp_path / "f.docx").write_bytes(job.render(city(), "docx", dress=dress("head and foot")))
    saved = soffice(tmp_path / "f.docx", "docx", tmp_path / "saved").read_bytes()
    assert dump_report(read(saved, "docx").report) == dump_report(city())
    compared = verify(tmp_path, saved, "docx")
    assert (compared.different, compared.data) == (0, "same")
    edited = rezipped(saved, "word/document.xml", "举办政府信息公开培训", "举办政府信息培训")
    assert verify(tmp_path, edited, "docx").different == 1


@pytest.mark.office
def test_printed_from_word(soffice: Any, tmp_path: Path, dress: Callable[..., job.Dress]) -> None:
    """Nor are head and foot of each page a difference when a filled letterhead is printed as PDF."""
    template: Any = python_docx.Document(
        io.BytesIO(letterhead("{{ title }}", "{{ report }}", header="宿迁市 内部资料"))
    )
    template.sections[0].footer.paragraphs[0].text = "宿迁市人民政府办公室　电话0527-8888"
    file = io.BytesIO()
    template.save(file)
    (tmp_path / "f.docx").write_bytes(job.render(city(), "docx", dress=dress(file.getvalue())))
    compared = verify(tmp_path, soffice(tmp_path / "f.docx", "pdf", tmp_path / "pdf").read_bytes(), "pdf")
    assert (compared.findings, compared.data) == ((), "none")


@pytest.mark.parametrize(
    ("lines", "agency", "count"),
    [
        (["正文。", "某局", "2025年1月20日"], "某局", 2),
        (["正文。", "某局", "二〇二五年一月二十日"], "某局", 2),
        (["正文。", "2025年1月20日"], "某局", 1),
        (["正文。", "附件：1. 甲", "2. 乙", "某局", "2025年1月20日"], "某局", 4),
        (["正文。", "附件：甲"], "某局", 1),
        (["正文。", "1. 甲", "某局", "2025年1月20日"], "某局", 2),
        (["正文。", "某局"], "某局", 0),
        (["正文。", "他局", "2025年1月20日"], "某局", 1),
        (["到2025年1月20日"], "某局", 0),
        ([], "", 0),
    ],
)
def test_foot(lines: list[str], agency: str, count: int) -> None:
    """附件说明, the agency's own 署名 and 成文日期 are known at the end, other lines are not."""
    assert foot(lines, agency) == count


def test_number() -> None:
    """A 发文字号 alone in its line is known, in a sentence it is not."""
    assert is_number("宿政发〔2025〕1号")
    assert is_number("某局函 [2025] 第12号")
    assert not is_number("根据国办公开办函〔2021〕30号要求")
    assert not is_number("〔2025〕3号")
    assert not is_number("以上数据有误〔2025〕3号")
    assert not is_number("见附表，函〔2025〕3号")


@pytest.mark.parametrize(
    ("line", "same"),
    [("宿迁市", True), ("宿迁市人民政府", True), ("宿迁市人民政府办公室", True), ("宿迁市财政局", False)],
)
def test_name(line: str, same: bool) -> None:
    """What completes a place's name to that of its office is known, another office's name is not."""
    assert is_name(line, "宿迁市") is same


@pytest.mark.parametrize("line", ["甲", ""])
def test_twenty_thousand_lines(line: str) -> None:
    """Files of thousands of lines, alike or not, are compared soon."""
    start = time.perf_counter()
    one, other = ["乙", *[line or str(n) for n in range(20_000)]], [line or str(n) for n in range(19_999, 0, -1)]
    assert list(changes(one, other))
    assert beside(other, one)
    assert time.perf_counter() - start < HANGING
