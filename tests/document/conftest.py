"""The reports that the tests of the final document share."""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from tests.document.officefonts import fonts_conf
from tests.document.texts import squeezed
from xlreport.data import parse_report, report_from
from xlreport.document.compose import compose
from xlreport.document.docx import render_docx
from xlreport.document.outline import Outline
from xlreport.document.profile import Profile
from xlreport.form import FORMS, load_form
from xlreport.report import Report

NASTY = (
    "5 < 6 & \"7\" > '4'; </w:t></w:r> <script>alert(1)</script> ]]> {{ agency }} {% if %} =1+1 “引号”——…… 镕喆堃祎 𠮷"
)
"""Text that a careless writer would break on."""


def a_report(form: str = "2021", **more: object) -> Report:
    """A report with a different number in every cell, and text that is hard to write."""
    statute = load_form(form)
    figures = {
        id_: Decimal("72701.2578") if f.kind == "amount" else n for n, (id_, f) in enumerate(statute.figures.items())
    }
    text = {key: f"{key} 甲段。{NASTY}\n\n  　乙段。　\n" for key in statute.text_keys}
    data = {"schema": "xlreport/report/1", "form": form, "agency": f"某市<数据>局&{form}", "year": 2024, "text": text}
    return report_from({**data, "figures": figures, **more})


@pytest.fixture(scope="session", params=FORMS)
def outline(request) -> Outline:
    """The outline of such a report, of each form."""
    return compose(a_report(request.param))


@pytest.fixture(scope="session")
def city(shared: Path) -> Outline:
    """A city's published report of 2024."""
    return compose(parse_report((shared / "cases/published/suqian_2024.json").read_bytes()))


@pytest.fixture(scope="session")
def district_words(shared: Path) -> list[str]:
    """A district bureau's published report of 2024, every paragraph and cell in order, as text extraction left it."""
    source = (shared / "cases/laocheng_2024.txt").read_text(encoding="utf-8")
    words = [word for line in source.splitlines() for word in line.split("\t") if word.strip()]
    words[words.index("本年度止件数")] = "本年废止件数"  # their slip, which we must not repeat
    words.remove("总计")  # it stands below 申请人情况, after 法人或其他组织
    words.insert(words.index("法人或其他组织") + 1, "总计")
    return squeezed(words)


@pytest.fixture(scope="session")
def district(shared: Path) -> Outline:
    """The same as a report of ours: the published text, and zeros."""
    source = (shared / "cases/laocheng_2024.txt").read_text(encoding="utf-8")
    lines = [line.strip() for line in source.splitlines() if line.strip()]
    form = load_form("2021")
    starts = [lines.index(section.heading) for section in form.sections]
    part = {
        s.id: lines[at + 1 : end] for s, at, end in zip(form.sections, starts, [*starts[1:], len(lines)], strict=True)
    }
    overview = dict(zip((key for key, _ in form.sections[0].text), part["overview"], strict=False))
    ends = {"problems": "\n".join(part["problems"]), "other_matters": "\n".join(part["other_matters"])}
    data = {
        "schema": "xlreport/report/1",
        "form": "2021",
        "agency": "老城区工业和信息化和商务局",
        "year": 2024,
        "figures": dict.fromkeys(form.figures, 0),
        "text": overview | ends,
    }
    return compose(parse_report(json.dumps(data)))


@pytest.fixture(scope="session")
def word_pdf(soffice: Callable[..., Path], tmp_path_factory: pytest.TempPathFactory) -> Callable[..., bytes]:
    """The DOCX of an outline as LibreOffice lays it out."""
    folder = tmp_path_factory.mktemp("word")
    fonts = fonts_conf(folder)

    def laid_out(outline: Outline, profile: Profile | None = None) -> bytes:
        source = folder / "年报.docx"
        source.write_bytes(render_docx(outline, profile))
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("FONTCONFIG_FILE", str(fonts))
            return soffice(source, "pdf", folder / "pdf").read_bytes()

    return laid_out
