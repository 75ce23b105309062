"""Pages of ours, damaged as sites and offices do it: what is doubtful is blank, what is hidden is not there."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from typing import Any

import pytest

from tests.published.made import read, rezipped, stripped
from tests.samples import city
from xlreport import job
from xlreport.errors import InputError
from xlreport.form import load_form
from xlreport.published.paper import Row, stands_on
from xlreport.published.read import verify_published
from xlreport.report import Report

FORM = load_form("2021")
FIGURES = {cell: 101 + number for number, cell in enumerate(FORM.figures)}
REPORT = Report(form="2021", agency="某市数据局", year=2024, figures=FIGURES, text={"problems": "解读少。"})
CELL = "t3.received.natural_person"
SHOWN = f">{FIGURES[CELL]}<"


def page() -> str:
    return stripped(REPORT, "html").decode()


def figures(text: str) -> dict[str, object]:
    return dict(read(text.encode(), "html", lenient=True).report.figures)


@pytest.mark.parametrize(
    "written",
    [
        "{}<sup>1</sup>",
        "{}²",
        "{}①",
        "{}<br>7",
        "<p>{}</p><p>7</p>",
        "<s>9</s>{}",
        "{}<a href='#_ftn1'>1</a>",
        "{}<small>1</small>",
        "{}<span style='position: relative; top: -3pt'>1</span>",
        "<span style='text-decoration: line-through'>9</span>{}",
        "<span style='text-decoration-line:line-through'>9</span>{}",
        "<span style='position:absolute;left:-9999px'>9</span>{}",
        "<span style='display:inline-block;width:0;overflow:hidden'>9</span>{}",
        "<span style='color:#ffffff'>9</span>{}",
        "<span style='mso-hide:all'>9</span>{}",
        "<span style='transform:scale(0)'>9</span>{}",
        "<b class='sr-only'>9</b>{}",
        "<b aria-hidden='true'>9</b>{}",
        "<style>@media print {{ i.gone, .x {{ display: none }} }}</style><i class='y gone'>9</i>{}",
        "{} 77",
    ],
)
def test_two_numbers(written: str) -> None:
    """Two numbers in a cell, or one with the mark of a note, are no figure."""
    text = page().replace(SHOWN, f">{written.format(FIGURES[CELL])}<", 1)
    assert figures(text) == {cell: number for cell, number in FIGURES.items() if cell != CELL}


@pytest.mark.parametrize(
    "hidden", ["<span style='display: none'>9</span>", "<script>9</script>", "<del>9</del>", "<b hidden>9</b>"]
)
def test_hidden(hidden: str) -> None:
    """What a cell hides is no part of its number."""
    assert figures(page().replace(SHOWN, f">{hidden}{FIGURES[CELL]}<", 1)) == FIGURES


@pytest.mark.parametrize("tag", ["td", "TD", "Th"])
@pytest.mark.parametrize("after", ["", "<time", "<tt>", "<time>9</time>"])
def test_cut_off(tag: str, after: str) -> None:
    """A page that ends within a cell may lack digits of it, in whatever letters its tags are written."""
    at = page().rindex(SHOWN)
    cut = page()[: page().rindex("<", 0, at)] + f"<{tag}{SHOWN[:-1]}{after}"
    assert CELL not in figures(cut)
    assert figures(cut).items() <= FIGURES.items()


def test_hidden_cells() -> None:
    """Cells and lines that take no place do not shift the others."""
    text = page().replace(f"<td{SHOWN}", f"<td style='display:none'>9</td><td{SHOWN}", 1)
    line = re.compile(r"(<tr[^>]*>)(?=(?:(?!</tr>).)*>118<)", re.DOTALL)
    text = line.sub(r"<tr hidden><td>9</td></tr>\1", text, count=1)
    assert figures(text) == FIGURES


def test_unit_in_brackets() -> None:
    """元 in brackets is another unit than 万元."""
    amount = FIGURES["t2.fees.amount"]
    assert "t2.fees.amount" not in figures(page().replace(f">{amount}<", f">{amount}（元）<", 1))


def exchanged(text: str, one: int, other: int) -> str:
    """The page with two lines of table 3 in each other's place."""
    lines = re.findall(r"<tr.*?</tr>", text[text.index("申请人情况") - 500 :], re.DOTALL)
    a, b = (next(line for line in lines if f">{number}<" in line) for number in (one, other))
    return text.replace(a, "\0").replace(b, a).replace("\0", b)


def test_lines_exchanged() -> None:
    """Of two lines that have changed places, neither is taken for the other."""
    found = figures(exchanged(page(), FIGURES[CELL], FIGURES["t3.carried_in.natural_person"]))
    assert found.items() <= FIGURES.items()


def test_heads_exchanged() -> None:
    """Columns whose heads tell another order than the form's are not read by their order."""
    text = page().replace("商业企业", "\0").replace("科研机构", "商业企业").replace("\0", "科研机构")
    assert not any(cell.startswith("t3.") for cell in figures(text))


def test_two_reports() -> None:
    """Of several reports in one page none is read, and the sentence says so."""
    other = Report(form="2021", agency="某市财政局", year=2023, figures=dict.fromkeys(FIGURES, 7))
    with pytest.raises(InputError) as raised:
        figures(page().replace("</body>", stripped(other, "html").decode().partition("<body>")[2]))
    assert "表三" in raised.value.tell("zh")
    assert figures(page().replace("</body>", page().partition("<body>")[2])) == FIGURES


def word_part() -> str:
    with zipfile.ZipFile(io.BytesIO(stripped(REPORT, "docx"))) as parts:
        return parts.read("word/document.xml").decode()


def word(old: str, new: str) -> dict[str, object]:
    content = stripped(REPORT, "docx")
    return dict(read(rezipped(content, "word/document.xml", old, new), "docx", lenient=True).report.figures)


def test_notes_in_word() -> None:
    """A note's mark in a cell of Word is no digit."""
    number = f'<w:t xml:space="preserve">{FIGURES[CELL]}</w:t></w:r>'
    mark = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>1</w:t></w:r>'
    assert CELL not in word(number, number + mark)
    plain = '<w:r><w:rPr><w:vertAlign w:val="baseline"/></w:rPr><w:t>1</w:t></w:r>'
    assert word(number, number + plain)[CELL] == FIGURES[CELL] * 10 + 1


MARKS = {
    "raised": '<w:position w:val="6"/>',
    "white": '<w:color w:val="ffffff"/>',
    "struck out": "<w:strike/>",
    "a style": '<w:rStyle w:val="mark"/>',
}


@pytest.mark.parametrize("mark", MARKS)
def test_looks_in_word(mark: str) -> None:
    """What Word raises, strikes out, paints white or gives a style that does so is no digit of the number beside it."""
    number = f'<w:t xml:space="preserve">{FIGURES[CELL]}</w:t></w:r>'
    content = stripped(REPORT, "docx")
    style = '<w:style w:type="character" w:styleId="mark"><w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>'
    content = rezipped(content, "word/styles.xml", "</w:styles>", f"{style}</w:styles>")
    run = f"<w:r><w:rPr>{MARKS[mark]}</w:rPr><w:t>1</w:t></w:r>"
    found = dict(read(rezipped(content, "word/document.xml", number, number + run), "docx").report.figures)
    assert found == {cell: number for cell, number in FIGURES.items() if cell != CELL}


def test_changes_in_word() -> None:
    """What was deleted in Word is not read, what was inserted is; text that is hidden is not there."""
    number = f'<w:t xml:space="preserve">{FIGURES[CELL]}</w:t></w:r>'
    gone = "<w:del><w:r><w:delText>9</w:delText></w:r></w:del>"
    gone += "<w:r><w:rPr><w:vanish/></w:rPr><w:t>8</w:t></w:r><w:moveFrom><w:r><w:t>7</w:t></w:r></w:moveFrom>"
    assert word(number, number + gone) == FIGURES
    assert word(number, f"{number}<w:ins><w:r><w:t>5</w:t></w:r></w:ins>")[CELL] == FIGURES[CELL] * 10 + 5


@pytest.mark.parametrize("name", ["hidden", "del"])
def test_rows_in_word(name: str) -> None:
    """A row that is not hidden is there; one that is hidden or deleted is not."""
    line = re.search(r"<w:tr>(?:(?!</w:tr>).)*", word_part(), re.DOTALL)
    assert line
    assert word("<w:tr>", f'<w:tr><w:trPr><w:{name} w:val="0"/></w:trPr>') == FIGURES
    gone = f"{line[0].replace('<w:tr>', f'<w:tr><w:trPr><w:{name}/></w:trPr>')}</w:tr>"
    assert word("<w:tr>", f"{gone}<w:tr>") == FIGURES


@pytest.mark.parametrize(
    "sign",
    [
        '<m:oMath xmlns:m="urn:m"><m:r><m:t>2</m:t></m:r></m:oMath>',
        '<w:r><w:sym w:font="Wingdings" w:char="F032"/></w:r>',
        "<w:r><w:ruby><w:rubyBase><w:r><w:t>2</w:t></w:r></w:rubyBase></w:ruby></w:r>",
    ],
    ids=["formula", "sign", "ruby"],
)
def test_signs_in_word(sign: str) -> None:
    """What cannot be read within a number leaves no number; a note of a reader, or of Word itself, says nothing."""
    number = f'<w:t xml:space="preserve">{FIGURES[CELL]}</w:t></w:r>'
    for more in ("", "<w:r><w:t>3</w:t></w:r>"):
        assert CELL not in word(number, number + sign + more)
    assert word(number, f"{number}<!-- 2 --><w:proofErr w:type='x'/>") == FIGURES


class Sheet:
    """As much of a page of pdfplumber as is looked at."""

    edges: tuple[object, ...] = ()
    height = 800.0

    def __init__(self, chars: list[dict[str, Any]]) -> None:
        self.chars = chars

    def filter(self, wanted: Callable[[dict[str, Any]], bool]) -> Sheet:
        """As pdfplumber does."""
        return Sheet([char for char in self.chars if wanted(char)])

    def find_tables(self, _: object) -> list[object]:
        """None."""
        return []


EDITS: dict[str, tuple[Callable[[str], str], str]] = {
    "a remark": (lambda text: text.replace(SHOWN, f">{FIGURES[CELL]}（其中转办50）<", 1), "VER-FIG"),
    "a unit": (lambda text: text.replace(SHOWN, f">{FIGURES[CELL]}件<", 1), "VER-FIG"),
    "a table": (lambda text: text.replace("</table>", "</table><table><tr><td>另计9</td></tr></table>", 1), "VER-TEXT"),
    "a line": (lambda text: text.replace("</table>", "<tr><th>另收</th><td>9</td></tr></table>", 1), "VER-FIG"),
    "figures": (lambda text: text.replace("</table>", "<tr><td>9</td><td>8</td></tr></table>", 1), "VER-FIG"),
    "a label": (lambda text: text.replace("</table>", "<tr><th>另收</th></tr></table>", 1), "VER-LABEL"),
    "a caption": (lambda text: text.replace("</caption>", "（部分）</caption>", 1), "VER-LABEL"),
}


@pytest.mark.parametrize("edit", EDITS)
def test_added(edit: str) -> None:
    """Whatever is added to a table, or beside it, is told."""
    change, code = EDITS[edit]
    found, _ = verify_published(change(page()).encode(), ".html", job.printed(REPORT))
    assert [finding.code for finding in found] == [code]


def test_printed_twice() -> None:
    """A number that a PDF prints twice in one place, to make it bold, is that number."""
    char = {"object_type": "char", "text": "5", "x0": 9.0, "x1": 19.0, "top": 9.0, "bottom": 19.0, "doctop": 9.0}
    chars = [char | {"size": 10.0, "fontname": "f", "upright": True, "x0": x} for x in (9.0, 9.3)]
    rows = [item for item in stands_on(Sheet(chars)) if isinstance(item, Row)]
    assert [row.text for row in rows] == ["5"]


def test_ours_is_read() -> None:
    """Nothing of this keeps a real report from being read."""
    assert dict(read(stripped(city(), "pdf"), "pdf").report.figures) == dict(city().figures)
