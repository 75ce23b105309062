"""The pictures of the documents, made from the demo: `python -m tools.pictures` (needs LibreOffice, poppler, chromium).

overview: left the sheets 表三 and 校验 of the city's workbook with one figure mistyped, as LibreOffice prints them;
right two pages of its PDF. findings: the page of findings of the same workbook, as a browser shows it.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from PIL import Image, ImageChops, ImageOps

from xlreport import job
from xlreport.cli import main as xlreport
from xlreport.workbook.fill import fill

IMAGES = Path(__file__).parents[1] / "docs" / "images"
HEIGHT, GAP, DOTS = 900, 24, 110
SHEETS = ("申请人情况", "核对什么")
MISTYPED = {"t3.granted.natural_person": 1480}  # 1408
PAGES = ("一、总体情况", "（七）总计")
WINDOW = (1280, 1960)
SHOWN = "宿迁市2024"


def pages(pdf: Path) -> list[tuple[str, Image.Image]]:
    """Each page's text and picture."""
    count = int(next(x for x in _output("pdfinfo", pdf).splitlines() if x.startswith("Pages:")).split()[1])
    _output("pdftoppm", "-r", str(DOTS), "-png", pdf, pdf.with_suffix(""))
    pictures = sorted(pdf.parent.glob(f"{pdf.stem}-*.png"))
    texts = [_output("pdftotext", "-f", str(n), "-l", str(n), pdf, "-") for n in range(1, count + 1)]
    return [(text, Image.open(picture).convert("RGB")) for text, picture in zip(texts, pictures, strict=True)]


def _output(*command: object) -> str:
    done = subprocess.run([str(word) for word in command], check=True, capture_output=True, text=True, encoding="utf-8")
    return done.stdout


def with_text(found: list[tuple[str, Image.Image]], wanted: str) -> Image.Image:
    """The first page that holds `wanted`, spaces apart."""
    return next(picture for text, picture in found if wanted in "".join(text.split()))


def trimmed(picture: Image.Image, margin: int = 20) -> Image.Image:
    """Without its white border."""
    box = ImageChops.difference(picture, Image.new("RGB", picture.size, "white")).getbbox()
    assert box is not None, "an empty page"
    return ImageOps.expand(picture.crop(box), margin, "white")


def side_by_side(pictures: list[Image.Image]) -> Image.Image:
    """All at one height on a light ground, each framed."""
    scaled = [ImageOps.expand(ImageOps.contain(p, (10_000, HEIGHT)), 1, "#c0c0c0") for p in pictures]
    sheet = Image.new("RGB", (sum(p.width + GAP for p in scaled) + GAP, HEIGHT + 2 + 2 * GAP), "#f2f2f2")
    left = GAP
    for picture in scaled:
        sheet.paste(picture, (left, GAP))
        left += picture.width + GAP
    return sheet


def browsed(workbook: Path, folder: Path) -> Image.Image:
    """The top of the page of findings."""
    page, shot = folder / "findings.html", folder / "findings.png"
    verdict = job.check(workbook)._replace(source=f"{SHOWN}.xlsx")
    page.write_bytes(job.results([verdict], "html"))
    window = ("--hide-scrollbars", "--window-size={},{}".format(*WINDOW), f"--user-data-dir={folder / 'browser'}")
    _output("chromium", "--headless", "--no-sandbox", "--disable-gpu", *window, f"--screenshot={shot}", page.as_uri())
    return Image.open(shot).convert("RGB")


def main() -> int:
    """Make the pictures."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if code := xlreport(["demo", str(folder)]):
            return code
        workbook = next(folder.glob("宿迁市*.xlsx"))
        report = job.read(workbook).report
        wrong = folder / "wrong.xlsx"
        wrong.write_bytes(fill(replace(report, figures={**report.figures, **MISTYPED})))
        printed = folder / "printed"
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        _output("soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", printed, wrong)
        sheets = pages(next(printed.glob("*.pdf")))
        document = pages(workbook.with_suffix(".pdf"))
        chosen = [trimmed(with_text(sheets, text)) for text in SHEETS] + [with_text(document, text) for text in PAGES]
        IMAGES.mkdir(parents=True, exist_ok=True)
        side_by_side(chosen).quantize(64).save(IMAGES / "overview.png", optimize=True)
        browsed(wrong, folder).quantize(64).save(IMAGES / "findings.png", optimize=True)
    sys.stdout.write(f"{IMAGES}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
