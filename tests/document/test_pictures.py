"""Every page looks as it did when a person last looked at it."""

from __future__ import annotations

import re
import shutil
import subprocess

import pytest
from PIL import Image, ImageDraw

from tests.document.pictures import GOLDEN, SHEETS, difference, sheet

TOLERANCE = 30
"""Of 255 greys, where 8 x 8 points are one: another version's hinting stays below, a moved line does not."""


@pytest.mark.office
@pytest.mark.parametrize(("report", "kind"), SHEETS)
def test_as_before(report, kind, tmp_path, monkeypatch):
    """All pages of a report look as in tests/document/golden (`python -m tests.document.pictures` draws them anew)."""
    monkeypatch.setenv("XLREPORT_FONTS", "bundled")
    if kind.endswith("docx"):
        if not shutil.which("soffice"):
            pytest.skip("needs LibreOffice (`make test` as root installs it)")
        version = subprocess.run(["soffice", "--version"], capture_output=True, text=True, check=True).stdout
        if not re.search(r" 7\.4\.", version):
            pytest.skip(f"the pictures are of LibreOffice 7.4, not of {version.strip()}")
    if not shutil.which("pdftoppm"):
        pytest.skip("needs poppler-utils (`make test` as root installs it)")
    made = sheet(report, kind, tmp_path)
    with Image.open(GOLDEN / f"{report}-{kind}.png") as golden:
        apart = difference(made, golden.convert("L"))
    if apart >= TOLERANCE:
        made.save(tmp_path / f"{report}-{kind}.png")
    assert apart < TOLERANCE, f"see {tmp_path}/{report}-{kind}.png"


def test_difference():
    """The measure sees a missing line of text, and a page more, but not a faint shade."""
    with Image.open(GOLDEN / "city-pdf.png") as picture:
        golden = picture.convert("L")
    faint, missing = golden.point(lambda grey: max(0, grey - 12)), golden.copy()
    ImageDraw.Draw(missing).rectangle((50, 126, 350, 142), fill=255)
    assert difference(golden, faint) < TOLERANCE < difference(golden, missing)
    assert difference(golden, golden.crop((0, 0, golden.width, golden.height // 2))) > TOLERANCE
