"""The web page in a real Chromium: judged by axe on a phone and on a desk, by day and by night, and printed."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from typing import Any

import pdfplumber
import pytest

from tests.document.conftest import a_report
from tests.document.judges import MODULES, browser
from tests.document.officefonts import fonts_conf
from tests.document.pagenumbers import page_numbers
from tests.document.pdftexts import pdf_lines
from tests.document.pictures import PORTAL
from tests.samples import bureau, city
from xlreport.document.compose import compose
from xlreport.document.html import render_embed, render_html
from xlreport.document.outline import Outline, Paragraph
from xlreport.document.profile import load_profile
from xlreport.summary import summarise

LOOK = MODULES.parent / "look.mjs"
PAGES = {
    "bureau": compose(bureau()),
    "city": compose(city()),
    "nasty": compose(a_report()),
    "summary": replace(compose(city()), summary=summarise(city())),
    "trial": compose(a_report("2019")),
    "grid": Outline("某局2024年政府信息公开工作年度报告", "某局", 2024, (Paragraph("政务公开年度报告" * 400),)),
    "plain": Outline("某局2024年政府信息公开工作年度报告", "某局", 2024, (Paragraph("政务公开年度报告" * 600),)),
    "turned": compose(city()),
    "bad": Outline("题目", "", None, (Paragraph("正文在此。"),)),
}
PROFILES = {
    "plain": load_profile("plain"),
    "turned": replace(load_profile("official"), table3="landscape"),
}
PRINTED = ("grid", "plain", "turned")
PITCH, CELL = 225 / 22, 156 / 28  # millimetres

LOOKS = [
    *(("city", width, scheme) for width in (320, 1280) for scheme in ("light", "dark")),
    *(("nasty", 320, "light"), ("bureau", 1280, "light"), ("trial", 320, "dark")),
    *(("summary", 320, "dark"), ("summary", 1280, "light")),
    *((name, width, "light") for name in ("plain", "turned", "embed") for width in (320, 1280)),
    *(("grid", 1280, "light"), ("bad", 1280, "light")),
]
JUDGED = [look for look in LOOKS if look[0] not in {"grid", "plain", "bad"}]


@pytest.fixture(scope="session")
def seen(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, int, str], Any]:
    """(page, width, scheme) → what the browser found; PRINTED are printed too."""
    folder = tmp_path_factory.mktemp("pages")
    for name, outline in PAGES.items():
        html = render_html(outline, PROFILES.get(name))
        if name == "bad":
            html = html.replace("--ink: #1b1b1b", "--ink: #bbb").replace("<html lang", "<html data")
        (folder / f"{name}.html").write_text(html, encoding="utf-8")
    (folder / "embed.html").write_text(PORTAL.format(render_embed(PAGES["city"])), encoding="utf-8")
    work = [
        {
            "file": str(folder / f"{name}.html"),
            "width": width,
            "scheme": scheme,
            **({"print": str(folder / f"{name}.pdf")} if name in PRINTED and width == 1280 else {}),
        }
        for name, width, scheme in LOOKS
    ]
    (folder / "work.json").write_text(json.dumps({"pages": work}), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FONTCONFIG_FILE", str(fonts_conf(folder)))
        found = dict(zip(LOOKS, browser(LOOK, folder / "work.json"), strict=True))
    return found | {(name, 0, "paper"): (folder / f"{name}.pdf").read_bytes() for name in PRINTED}


@pytest.mark.parametrize(("name", "width", "scheme"), JUDGED)
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


def test_profile_on_paper(seen):
    """Printed, the page follows its profile: as many lines and characters as it says, the page number in the middle."""
    plain = PROFILES["plain"]
    *body, number = [line for line in pdf_lines(seen["plain", 0, "paper"]) if line.page == 2]
    assert len(body) == plain.lines
    assert {len(line.starts) for line in body} == {plain.characters}
    assert body[0].left == pytest.approx(plain.margins.left, abs=0.3)
    assert number.text == "— 2 —"
    assert (number.left + number.right) / 2 == pytest.approx(105, abs=0.5)


def test_turned_on_paper(seen, tmp_path):
    """Printed, table 3 stands on a landscape page of its own if the profile wants it, numbered as the upright pages."""
    with pdfplumber.open(io.BytesIO(seen["turned", 0, "paper"])) as pdf:
        (at,) = [at for at, page in enumerate(pdf.pages) if page.width > page.height]
        words = pdf.pages[at].extract_text()
        assert words.index("三、收到和处理") < words.index("本年新收") < words.index("结转下年度")
        assert 0 < at < len(pdf.pages) - 1
    numbers = list(page_numbers(seen["turned", 0, "paper"], tmp_path))
    for page, (below, edge) in enumerate(numbers, 1):
        assert below == pytest.approx(7, abs=1)  # at 7 mm are the dashes of SimSun; those of our own font are lower
        assert below == pytest.approx(numbers[0][0], abs=0.1)
        assert edge[page % 2] == pytest.approx(14 * 25.4 / 72, abs=0.4)
