"""Every page of three reports in each format, as one small sheet each: `python -m tests.document.pictures` draws anew.

Fonts are the bundled ones; LibreOffice lays out the DOCX, Chromium the web page.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from PIL import Image

from tests.document.judges import MODULES, browser
from tests.document.officefonts import fonts_conf
from tests.samples import bureau, city
from xlreport.document.compose import compose
from xlreport.document.docx import render_docx
from xlreport.document.html import render_embed, render_html
from xlreport.document.outline import Outline
from xlreport.document.pdf import render_pdf
from xlreport.document.profile import Profile, load_profile
from xlreport.report import Report
from xlreport.summary import summarise

GOLDEN = Path(__file__).with_name("golden")
FORMATS = ("pdf", "docx", "html")
LANDSCAPE = replace(load_profile("official"), table3="landscape")
DOTS, COLUMNS = 48, 4
GREYS = {"embed": 32}
"""A small picture needs more than 8."""
PORTAL = """<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>站点</title>
<meta name="viewport" content="width=device-width">
<style>body {{ font-family: "Noto Sans CJK SC", sans-serif }}</style></head>
<body style="margin:8px;background:#fff">
<main><h1>政府信息公开年报</h1>{}</main></body></html>"""
"""A portal's page round the fragment."""
LONG = (
    "全年公开政府信息3,600余条，其中通过门户网站公开2,100条、政务新媒体公开1,500条（含转载）；新建公开专区①处，面积120㎡。"
    "由陈镕、李喆、王堃、赵祎四名专职人员办理——依法、及时、准确、便民……“应公开尽公开”的要求得到落实，《条例》第二十条所列事项"
    "均已主动公开，群众满意率98.6%，比上年提高1.2个百分点。"
)


def long() -> Report:
    """A report with a long name, much text, rare characters, notes and large figures."""
    made = city()
    agency = "新疆维吾尔自治区巴音郭楞蒙古自治州和硕县农业农村和水利局"
    text = {
        "overview.lead": "\n".join([LONG * 2] * 4),
        "problems": f"（一）存在的问题\n{LONG * 3}\n（二）改进措施\n{LONG}",
    }
    notes = {"note.t3": f"注：{LONG}", "note.t2": "注：收费金额含非税收入。"}
    figures = {**made.figures, "t3.received.total": 12_345_678}
    return replace(made, agency=agency, text={**made.text, **text, **notes}, figures=figures)


def _pictured(report: Report) -> Outline:
    return replace(compose(report), summary=summarise(report))


REPORTS: dict[str, Callable[[], Report]] = {"bureau": bureau, "city": city, "long": long}
SUMMARIES: dict[str, Callable[[], Report]] = {"summary-city": city, "summary-bureau": bureau}
"""With the picture of the year, which a Word file has not."""
SHEETS = [
    *((name, kind) for name in REPORTS for kind in FORMATS),
    *((n, k) for n in SUMMARIES for k in ("pdf", "html")),
    *(("city", kind) for kind in ("turned-pdf", "turned-docx", "turned-paper", "plain-paper", "embed")),
]
"""turned: table 3 on a landscape page. paper: the web page, printed. embed: the fragment, on a phone."""


def sheet(report: str, kind: str, folder: Path) -> Image.Image:
    """All pages of a report side by side, in grey."""
    outline = compose(REPORTS[report]()) if report in REPORTS else _pictured(SUMMARIES[report]())
    look, _, form = kind.rpartition("-")
    profile = LANDSCAPE if look == "turned" else load_profile(look or "official")
    if form in ("html", "embed"):
        return web_page(
            render_html(outline, profile) if form == "html" else PORTAL.format(render_embed(outline)), folder
        )
    writers: dict[str, Callable[[Outline, Profile], bytes]] = {
        "pdf": render_pdf,
        "docx": partial(as_paper, folder),
        "paper": partial(printed_page, folder),
    }
    pages = _pages(writers[form](outline, profile), folder)
    width, height = max(page.width for page in pages), pages[0].height
    made = Image.new("L", (COLUMNS * width, -(-len(pages) // COLUMNS) * height), 255)
    for number, page in enumerate(pages):
        made.paste(page, (number % COLUMNS * width, number // COLUMNS * height))
    return made


def as_paper(folder: Path, outline: Outline, profile: Profile) -> bytes:
    """The DOCX as LibreOffice prints it."""
    (folder / "a.docx").write_bytes(render_docx(outline, profile))
    command = ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", "pdf"]
    environment = {**os.environ, "FONTCONFIG_FILE": str(fonts_conf(folder))}
    subprocess.run([*command, "--outdir", folder, folder / "a.docx"], env=environment, check=True, capture_output=True)
    return (folder / "a.pdf").read_bytes()


def web_page(page: str, folder: Path) -> Image.Image:
    """A page on a desk, half as large; a portal's page on a phone."""
    width = 320 if page.startswith(PORTAL[:40]) else 900
    browse(page, folder, width=width, shot=str(folder / "a.png"))
    with Image.open(folder / "a.png") as shot:
        return shot.convert("L").reduce(2)


def printed_page(folder: Path, outline: Outline, profile: Profile) -> bytes:
    """The web page as Chromium prints it."""
    browse(render_html(outline, profile), folder, print=str(folder / "a.pdf"))
    return (folder / "a.pdf").read_bytes()


def browse(page: str, folder: Path, **wanted: object) -> None:
    """Open a page in Chromium, in the bundled fonts."""
    (folder / "a.html").write_text(page, encoding="utf-8")
    (folder / "work.json").write_text(
        json.dumps({"pages": [{"file": str(folder / "a.html"), **wanted}]}), encoding="utf-8"
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FONTCONFIG_FILE", str(fonts_conf(folder)))
        browser(MODULES.parent / "look.mjs", folder / "work.json")


def _pages(pdf: bytes, folder: Path) -> list[Image.Image]:
    for old in folder.glob("page-*.pgm"):
        old.unlink()
    command = ["pdftoppm", "-r", str(DOTS), "-gray", "-", str(folder / "page")]
    subprocess.run(command, input=pdf, check=True, capture_output=True)
    return [Image.open(path) for path in sorted(folder.glob("page-*.pgm"))]


def difference(one: Image.Image, other: Image.Image) -> int:
    """How far apart two pictures are where they differ most, in greys of 255, seen from so far that letters blur."""
    if one.size != other.size:
        return 255
    pairs = zip(one.reduce(8).tobytes(), other.reduce(8).tobytes(), strict=True)
    return max(abs(here - there) for here, there in pairs)


def main() -> None:
    """Draw all sheets anew."""
    os.environ["XLREPORT_FONTS"] = "bundled"
    shutil.rmtree(GOLDEN, ignore_errors=True)
    GOLDEN.mkdir()
    with tempfile.TemporaryDirectory() as folder:
        for report, kind in SHEETS:
            made = sheet(report, kind, Path(folder)).quantize(GREYS.get(kind, 8))
            made.save(GOLDEN / f"{report}-{kind}.png", optimize=True)
    sys.stdout.write(f"{sum(path.stat().st_size for path in GOLDEN.iterdir()):,} bytes\n")


if __name__ == "__main__":
    main()
