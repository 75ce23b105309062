"""The web page in a real Chromium: judged by axe on a phone and on a desk, by day and by night, and printed."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.document.conftest import a_report
from tests.document.judges import MODULES, browser
from tests.document.officefonts import fonts_conf
from tests.document.pdftexts import pdf_lines
from tests.samples import bureau, city
from xlreport.document.compose import compose
from xlreport.document.html import render_html
from xlreport.document.outline import Outline, Paragraph

LOOK = MODULES.parent / "look.mjs"
PAGES = {
    "bureau": compose(bureau()),
    "city": compose(city()),
    "nasty": compose(a_report()),
    "trial": compose(a_report("2019")),
    "grid": Outline("某局2024年政府信息公开工作年度报告", "某局", 2024, (Paragraph("政务公开年度报告" * 400),)),
    "bad": Outline("题目", "", None, (Paragraph("正文在此。"),)),
}
PITCH, CELL = 225 / 22, 156 / 28  # millimetres


LOOKS = [
    *(("city", width, scheme) for width in (320, 1280) for scheme in ("light", "dark")),
    *(("nasty", 320, "light"), ("bureau", 1280, "light"), ("trial", 320, "dark")),
    *(("grid", 1280, "light"), ("bad", 1280, "light")),
]


@pytest.fixture(scope="session")
def seen(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, int, str], Any]:
    """(page, width, scheme) → what the browser found; `grid` is printed too."""
    folder = tmp_path_factory.mktemp("pages")
    for name, outline in PAGES.items():
        html = render_html(outline)
        if name == "bad":
            html = html.replace("--ink: #1b1b1b", "--ink: #bbb").replace("<html lang", "<html data")
        (folder / f"{name}.html").write_text(html, encoding="utf-8")
    work = [
        {
            "file": str(folder / f"{name}.html"),
            "width": width,
            "scheme": scheme,
            **({"print": str(folder / "grid.pdf")} if (name, width, scheme) == ("grid", 1280, "light") else {}),
        }
        for name, width, scheme in LOOKS
    ]
    (folder / "work.json").write_text(json.dumps({"pages": work}), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FONTCONFIG_FILE", str(fonts_conf(folder)))
        found = dict(zip(LOOKS, browser(LOOK, folder / "work.json"), strict=True))
    return found | {("grid", 0, "paper"): (folder / "grid.pdf").read_bytes()}


@pytest.mark.parametrize(("name", "width", "scheme"), LOOKS[:-2])
def test_axe(seen, name, width, scheme):
    """Axe finds no violation, nothing runs over the edge, nothing else is loaded, and the page follows the scheme."""
    found = seen[name, width, scheme]
    assert found["violations"] == []
    assert found["passes"] > 20
    assert found["scrollWidth"] == found["clientWidth"] == width
    assert found["asked"] == [found["asked"][0]]
    assert found["paper"] == {"light": "rgb(255, 255, 255)", "dark": "rgb(23, 24, 26)"}[scheme]


def test_axe_sees(seen):
    """The judge is awake: pale ink and a page without a language are violations."""
    assert {rule["id"] for rule in seen["bad", 1280, "light"]["violations"]} >= {"color-contrast", "html-has-lang"}


def test_paper(seen):
    """Printed, the page is as the PDF: 22 lines of 28 characters in the same place, page numbers outside."""
    lines = [line for line in pdf_lines(seen["grid", 0, "paper"]) if line.page == 2]
    *body, number = lines
    assert len(body) == 22
    offset = body[0].top - 37
    assert 0 < offset < PITCH - 16 * 25.4 / 72
    for at, line in enumerate(body):
        assert line.top == pytest.approx(37 + offset + at * PITCH, abs=0.3)
        assert len(line.starts) == 28
        assert all(start == pytest.approx(28 + place * CELL, abs=0.3) for place, start in enumerate(line.starts))
    assert number.text == "— 2 —"
    assert number.left == pytest.approx(28 + 14 * 25.4 / 72, abs=0.5)
