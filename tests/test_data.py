"""Report data, strictly in and out."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xlreport.data import LONGEST, dump_report, parse_report, report_from, report_to
from xlreport.errors import DataError
from xlreport.form import FORMS, load_form
from xlreport.report import NOT_APPLICABLE, Report

WHOLE: Mapping[str, object] = MappingProxyType(
    {"schema": "xlreport/report/1", "form": "2021", "agency": "示例局", "year": 2024, "figures": {}}
)
CELL = "t3.received.other"


def text(**changes: object) -> str:
    return json.dumps({**WHOLE, **changes}, ensure_ascii=False)


def refused(source: str | bytes) -> str:
    with pytest.raises(DataError) as caught:
        parse_report(source)
    assert caught.value.exit_code == 2
    assert caught.value.tell("en")
    assert "\n" not in caught.value.tell()
    return caught.value.tell()


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"figure": {}}, "“figure”"),
        ({"schema": "xlreport/report/2"}, "“schema”"),
        ({"form": "2008"}, "“form”"),
        ({"form": 2021}, "“form”"),
        ({"form": ["2021"]}, "“form”"),
        ({"form": {}}, "“form”"),
        ({"agency": " "}, "“agency”"),
        ({"agency": "甲局\n乙局"}, "“agency”"),
        ({"agency": None}, "“agency”"),
        ({"year": "2024"}, "“year”"),
        ({"year": 2024.5}, "“year”"),
        ({"year": True}, "“year”"),
        ({"year": 1999}, "“year”"),
        ({"figures": []}, "“figures”"),
        ({"figures": None}, "“figures”"),
        ({"figures": {"t3.received.someone": 1}}, "“figures.t3.received.someone”"),
        ({"figures": {"t2.procurement.items": 1}}, "“figures.t2.procurement.items”"),
        ({"figures": {CELL: "12件"}}, f"“figures.{CELL}”"),
        ({"figures": {CELL: "12"}}, f"“figures.{CELL}”"),
        ({"figures": {CELL: True}}, f"“figures.{CELL}”"),
        ({"figures": {CELL: [1]}}, f"“figures.{CELL}”"),
        ({"figures": {CELL: {}}}, f"“figures.{CELL}”"),
        ({"text": {"problem": "有"}}, "“text.problem”"),
        ({"text": {"problems": 5}}, "“text.problems”"),
        ({"text": "有"}, "“text”"),
        ({"text": {"problems": "\x01"}}, "“text.problems”"),
        ({"text": {"problems": "字" * (LONGEST + 1)}}, "“text.problems”"),
        ({"headings": {"section": "一"}}, "“headings.section”"),
        ({"kind": "公司"}, "“kind”"),
        ({"kind": ["部门"]}, "“kind”"),
        ({"contact": 12345}, "“contact”"),
        ({"facts": {"nothing": 1}}, "“facts.nothing”"),
        ({"facts": {"proactive_items": -1}}, "“facts.proactive_items”"),
        ({"facts": {"proactive_items": 1.5}}, "“facts.proactive_items”"),
        ({"facts": {"proactive_items": "很多"}}, "“facts.proactive_items”"),
        ({"facts": {"proactive_items": False}}, "“facts.proactive_items”"),
        ({"facts": {"no_business": 1}}, "“facts.no_business”"),
        ({"facts": {"no_business": "也许"}}, "“facts.no_business”"),
        ({"last_year": {**WHOLE, "years": 1}}, "“last_year.years”"),
        ({"last_year": {**WHOLE, "figures": {"x": 1}}}, "“last_year.figures.x”"),
        ({"last_year": {"schema": "xlreport/report/1"}}, "“last_year.form”"),
        ({"last_year": []}, "“last_year”"),
    ],
)
def test_wrong(changes: dict[str, object], named: str) -> None:
    """What the schema does not allow is refused, and the sentence names the key."""
    assert named in refused(text(**changes))


@pytest.mark.parametrize("key", WHOLE)
def test_missing(key: str) -> None:
    """A required key that is missing is named."""
    assert f"“{key}”" in refused(json.dumps({k: v for k, v in WHOLE.items() if k != key}))


@pytest.mark.parametrize(
    ("source", "named"),
    [
        ("", "第 1 行第 1 列"),
        ("{", "第 1 行"),
        ("[1, 2]", "花括号"),
        ("null", "花括号"),
        (text()[:-1] + ', "year": 2023}', "“year”"),
        (text(figures={CELL: 1}).replace(f'"{CELL}": 1', f'"{CELL}": 1, "{CELL}": 2'), f"“{CELL}”"),
        (text(figures={CELL: 1}).replace(": 1}", ": NaN}"), "NaN"),
        (text(figures={CELL: 1}).replace(": 1}", ": -Infinity}"), "Infinity"),
        (text(figures={CELL: 1}).replace(": 1}", ": 1e400}"), "1e400"),
        (text(figures={CELL: 1}).replace(": 1}", ": -1e400}"), "-1e400"),
        (text(figures={CELL: 1}).replace(": 1}", ": " + "9" * 5000 + "}"), "9999"),
        (text(figures={CELL: 1}).replace(": 1}", ": 12345678901234567890}"), "12345678901234567890"),
        (text(figures={CELL: 1}).replace(": 1}", ": 0.1234567890123456789}"), "位数太多"),
        (text(text={"problems": "?"}).replace("?", r"\ud800"), "U+D800"),
        (text(agency="?").replace("?", r"\u0000"), "U+0000"),
        (text(agency="?").replace("?", r"\ufeff"), "U+FEFF"),
        ('{"a":' * 100_000, "嵌套"),
        ("[" * 100_000, "嵌套"),
        (text().encode("gb18030"), "UTF-8"),
        (text().encode("utf-16"), "UTF-8"),
        (b"PK\x03\x04", "第 1 行第 1 列"),
    ],
)
def test_wrong_json(source: str | bytes, named: str) -> None:
    """JSON that cannot be report data is refused with one sentence, whatever it holds."""
    assert named in refused(source)


@given(st.recursive(st.none() | st.booleans() | st.floats() | st.text(max_size=5), lambda x: st.lists(x, max_size=2)))
def test_any_value(value: object) -> None:
    """No value of any key raises anything but DataError."""
    for key in ("schema", "form", "agency", "year", "figures", "text", "headings", "kind", "facts", "last_year"):
        with suppress(DataError):
            report_from({**WHOLE, key: value})


def test_numbers() -> None:
    """-1 and 3.5 are numbers; a whole number stays whole however it is written; null and absent are blank."""
    source = text(figures={CELL: 0, "t3.received.total": None}).replace('": 0', '": 3.0')
    assert dict(parse_report(source).figures) == {CELL: 3}
    assert isinstance(parse_report(source).figures[CELL], int)
    given = parse_report(text(figures={CELL: -1, "t2.fees.amount": 24252.311082, "t3.granted.other": 3.5})).figures
    assert dict(given) == {"t2.fees.amount": Decimal("24252.311082"), CELL: -1, "t3.granted.other": Decimal("3.5")}
    assert parse_report(text(figures={CELL: 0}).replace('": 0', '": -0.0')).figures[CELL] == 0


def test_facts() -> None:
    """Facts keep their kind; where several answers may be given, own words may be among them."""
    facts = {"no_business": "否", "proactive_items": 246, "training_sessions": "", "platforms": "公示栏\n本镇广播站"}
    assert dict(parse_report(text(facts={**facts, "review_measures": NOT_APPLICABLE})).facts) == {
        "no_business": "否",
        "proactive_items": 246,
        "platforms": "公示栏\n本镇广播站",
        "review_measures": NOT_APPLICABLE,
    }


def test_line_ends() -> None:
    """Every way to end a line becomes one; a text of white space is none."""
    report = parse_report(text(text={"problems": "甲\r\n乙\r丙", "other_matters": " \n"}))
    assert dict(report.text) == {"problems": "甲\n乙\n丙"}


def test_bom() -> None:
    """A byte order mark, which Windows editors write, is no error."""
    assert parse_report(text().encode("utf-8-sig")).agency == "示例局"


def test_published(shared: Path) -> None:
    """Every real report is read, and written it says the same."""
    for path in sorted((shared / "cases" / "published").glob("*.json")):
        if path.name.endswith(".notes.json"):
            continue
        report = parse_report(path.read_bytes())
        assert parse_report(dump_report(report)) == report
        given = json.loads(path.read_text(encoding="utf-8"))
        assert {k: v for k, v in report_to(report)["figures"].items() if v is not None} == {
            k: v for k, v in given["figures"].items() if v is not None
        }


def test_order_and_draft() -> None:
    """Figures are written in the form's order, blanks as null; text is the final one, else the draft."""
    source = Report("2019", "示例局", 2019, {"t4.reconsideration.other": 1}, {"problems": "定"}, {"preamble": "稿"})
    data = json.loads(dump_report(source))
    assert list(data["figures"]) == list(load_form("2019").figures)
    assert data["figures"]["t3.received.other"] is None
    assert data["text"] == {"preamble": "稿", "problems": "定"}
    assert dump_report(source).endswith("}\n")


WORDS = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufeff\ufffe\uffff") | st.just("\n"), max_size=40
).filter(str.strip)
NUMBERS = st.integers(-(10**14), 10**14) | st.floats(allow_nan=False, allow_infinity=False).map(
    lambda x: int(x) if x.is_integer() and abs(x) < 10**15 else Decimal(repr(x))
)


@st.composite
def reports(draw: st.DrawFn, *, depth: int = 1) -> Report:
    """Any report that the schema allows."""
    form = load_form(draw(st.sampled_from(FORMS)))
    figures = draw(st.dictionaries(st.sampled_from(list(form.figures)), NUMBERS, max_size=12))
    facts: dict[str, Any] = {}
    for key in draw(st.lists(st.sampled_from(list(form.facts)), max_size=5, unique=True)):
        fact = form.facts[key]
        if fact.kind == "count":
            answer: st.SearchStrategy[Any] = st.integers(0, 10**6)
        elif fact.kind == "amount":
            answer = st.decimals(0, 10**6, places=2).map(lambda x: int(x) if x == int(x) else x.normalize())
        else:
            answer = st.sampled_from(fact.options) if fact.options else WORDS
        facts[key] = draw(answer | st.just(NOT_APPLICABLE))
    sections = st.sampled_from([section.id for section in form.sections])
    return Report(
        form=form.id,
        agency=draw(WORDS.map(lambda x: x.strip().replace("\n", "")).filter(str.strip).map(str.strip)),
        year=draw(st.integers(2008, 2100)),
        figures=MappingProxyType({cell: figures[cell] for cell in form.figures if cell in figures}),
        text=MappingProxyType(draw(st.dictionaries(st.sampled_from(form.text_keys), WORDS, max_size=4))),
        headings=MappingProxyType(draw(st.dictionaries(sections, WORDS, max_size=2))),
        kind=draw(st.none() | st.sampled_from([office.id for office in form.offices])),
        contact=draw(st.none() | WORDS),
        facts=MappingProxyType(facts),
        last_year=draw(st.none() | reports(depth=depth - 1)) if depth else None,
    )


@given(reports())
@settings(max_examples=50, deadline=None)
def test_round_trip(report: Report) -> None:
    """What is written is read back the same."""
    assert parse_report(dump_report(report)) == report
    assert parse_report(dump_report(report).encode()) == report


def test_more_digits_than_a_workbook_holds() -> None:
    """A sum of so many digits is written as a workbook would hold it, and can be read again."""
    report = replace(parse_report(text()), figures={CELL: 12345678901234567890})
    assert parse_report(dump_report(report)).figures == {CELL: Decimal("1.2345678901234567E+19")}


@pytest.mark.parametrize("written", ["9" * 5000, "1e400"])
def test_huge(written: str) -> None:
    """A number that no cell can hold is too great, not infinite."""
    with pytest.raises(DataError) as refused:
        parse_report(text(figures={CELL: 1}).replace(": 1}", f": {written}}}"))
    assert refused.value.key == "data.huge"
    assert len(refused.value.tell()) < 100
