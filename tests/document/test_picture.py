"""The picture of the year in both formats: there when asked, on one page, told to who cannot see it, and no more."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from dataclasses import replace

import pikepdf
import pytest
from lxml import etree

from tests.document.test_pdf_structure import elements
from tests.samples import bureau, city, write_workbook
from xlreport import job
from xlreport.cli import main
from xlreport.document.picture import draw_svg
from xlreport.errors import DataError
from xlreport.report import Report
from xlreport.summary import FOOT, HEAD, summarise

FULL = replace(city(), figures={cell: 10**n % 999_983 + 1 for n, cell in enumerate(city().figures)})
HUGE = replace(city(), figures=dict.fromkeys(city().figures, 10**11))
REPORTS = {
    "city": city(),
    "bureau": bureau(),
    "blank": Report("2021", "某市某局", 2024),
    "full": FULL,
    "huge": HUGE,
    "gap": replace(city(), figures={c: n for c, n in city().figures.items() if c != "t3.received.enterprise"}),
}


@pytest.fixture(autouse=True)
def _bundled(monkeypatch):
    monkeypatch.setenv("XLREPORT_FONTS", "bundled")


def text_of(pdf: bytes) -> list[str]:
    """The text of each page."""
    if not shutil.which("pdftotext"):
        pytest.skip("needs poppler-utils (`make test` as root installs it)")
    done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True)
    return done.stdout.decode().split("\f")[:-1]


@pytest.mark.parametrize("profile", ["official", "plain"])
@pytest.mark.parametrize("name", REPORTS)
def test_one_page(name, profile):
    """The PDF has one page more, its last, on which every number stands; the others are as they were."""
    dress = job.Dress(profile)
    without = text_of(job.render(REPORTS[name], "pdf", dress=dress))
    pages = text_of(job.render(REPORTS[name], "pdf", dress=dress, summary=True))
    assert pages[:-1] == without
    assert HEAD not in "".join(without)
    last = re.sub(r"\s", "", pages[-1])
    assert last.startswith(HEAD)
    assert FOOT in last
    summary = summarise(REPORTS[name])
    assert summary.remark in last
    for chart in summary.charts:
        assert chart.remark in last
        for bar in chart.bars:
            assert bar.label in last
            assert bar.told in last
            assert bar.share in last


@pytest.mark.parametrize(
    "page", ["margins = [80, 10, 80, 10]\nlines = 15", "margins = [37, 42, 35, 42]\ncharacters = 12"]
)
def test_no_room(page, tmp_path):
    """Where a sheet has no room for it, a profile's user is told so; a page, which is not made of sheets, has it."""
    path = tmp_path / "a.toml"
    path.write_text(f"[page]\n{page}\n[sizes]\nbody = 12\n", encoding="utf-8")
    with pytest.raises(DataError, match="--with-summary"):
        job.render(city(), "pdf", dress=job.Dress(str(path)), summary=True)
    assert "<svg" in job.render(city(), "html", dress=job.Dress(str(path)), summary=True).decode()


def test_little_room(tmp_path):
    """Where there is just enough, the picture stands below its head on one page."""
    path = tmp_path / "a.toml"
    path.write_text("[page]\nmargins = [57, 26, 54, 28]\n", encoding="utf-8")
    dress = job.Dress(str(path))
    without = text_of(job.render(FULL, "pdf", dress=dress))
    *before, last = text_of(job.render(FULL, "pdf", dress=dress, summary=True))
    assert before == without
    assert re.sub(r"\s", "", last).startswith(HEAD)
    assert FOOT in re.sub(r"\s", "", last)


def test_told_in_the_pdf():
    """The picture is one figure with all of its words as alternative text, below a heading of its own."""
    with pikepdf.open(io.BytesIO(job.render(city(), "pdf", summary=True))) as pdf:
        tags = list(elements(pdf.Root.StructTreeRoot))
        figures = [tag for tag in tags if str(tag.S) == "/Figure"]
        assert [str(figure.Alt) for figure in figures] == [summarise(city()).words]
        assert [str(tag.S) for tag in tags].count("/H1") == len(city().statute.sections) + 1
        with pdf.open_outline() as bookmarks:
            assert bookmarks.root[-1].title == HEAD


def test_svg():
    """The drawing is well-formed, loads nothing, holds no text and no script, and its names clash with no page's."""
    svg = draw_svg(summarise(city()))
    root = etree.fromstring(svg.encode())
    assert {etree.QName(element).localname for element in root.iter()} <= {
        *("svg", "g", "path", "defs", "symbol", "use", "pattern", "clipPath")
    }
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert ids == [f"p{number}" for number in range(len(ids))]
    links = {link for element in root.iter() for name, link in element.items() if str(name).endswith("href")}
    paints = set(re.findall(r"url\((.*?)\)", svg))
    assert links | paints <= {f"#{name}" for name in ids}
    assert len(paints) == 4, "ink and white are the other two"
    assert svg == draw_svg(summarise(city()))
    assert len(svg) < 250_000


def test_page():
    """The page has the picture once with its words, and every number again in a table; without asking, nothing."""
    html = job.render(city(), "html", summary=True).decode()
    root = etree.HTML(html)
    (image,) = root.iterfind('.//div[@role="img"]')
    assert image.get("aria-label") == summarise(city()).words
    (table,) = root.iterfind(".//details/table")
    rows = [["".join(map(str, cell.itertext())) for cell in row] for row in table.iter("tr")]
    assert ["自然人", "3440", "97.6%"] in rows
    assert ["行政复议：2023年", "440", "—"] in rows
    plain = job.render(city(), "html").decode()
    assert HEAD not in plain
    assert "<svg" not in plain


def test_hostile_agency():
    """An agency's name is text, on the page and in the picture."""
    html = job.render(replace(city(), agency='<b onclick="x">&某局'), "html", summary=True).decode()
    assert "<b onclick" not in html
    assert "&lt;b onclick" in html


@pytest.mark.parametrize("data", [True, False])
@pytest.mark.parametrize("kind", ["pdf", "html"])
@pytest.mark.parametrize("name", ["city", "bureau", "full"])
def test_no_part_of_the_report(name, kind, data, tmp_path):
    """A document with the picture verifies as the same, and is read as one without it."""
    report = REPORTS[name]
    written = {}
    for summary in (True, False):
        written[summary] = tmp_path / f"{summary}.{kind}"
        written[summary].write_bytes(job.render(report, kind, data=data, summary=summary))
    workbook = write_workbook(report, tmp_path / "年报.xlsx") if name != "full" else tmp_path / "年报.json"
    if name == "full":
        workbook.write_bytes(job.render(report, "json"))
    compared = job.verify(written[True], workbook)
    assert compared.findings == ()
    assert compared.data == ("same" if data else "none")
    assert job.read(written[True]) == job.read(written[False])


def test_only_between_its_marks(tmp_path):
    """What follows the picture, or stands for it without its last line, is not passed over."""
    html = job.render(bureau(), "html", summary=True).decode()
    workbook = write_workbook(bureau(), tmp_path / "年报.xlsx")
    for changed in (html.replace("</section>", "</section><p>另有一段。</p>"), html.replace(FOOT, "")):
        (tmp_path / "a.html").write_text(changed, encoding="utf-8")
        assert job.verify(tmp_path / "a.html", workbook).findings


@pytest.mark.parametrize("more", [["--to", "docx"], ["--to", "json"], ["--to", "html", "--embed"]])
def test_only_where_it_can_be(more, tmp_path, capsys):
    """Word files, report data and fragments have no picture: a sentence says so, and nothing is written."""
    workbook = write_workbook(bureau(), tmp_path / "年报.xlsx")
    assert main(["export", str(workbook), "--with-summary", *more]) == 2
    assert "--to pdf" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == [workbook]


def test_export(tmp_path):
    """`export --with-summary` writes it."""
    workbook = write_workbook(bureau(), tmp_path / "年报.xlsx")
    assert main(["export", str(workbook), "--to", "html", "--with-summary"]) == 0
    assert HEAD in (tmp_path / "年报.html").read_text(encoding="utf-8")
