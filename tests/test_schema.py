"""docs/findings.schema.json says what findings are."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from tests.results.verdicts import hostile, many, passing, unusable, wrong
from tests.rules.made import consistent, report, with_cell
from xlreport import job
from xlreport.finding import Amendment, Explained
from xlreport.form import FORMS
from xlreport.report import Report

PATH = Path(__file__).parents[1] / "docs" / "findings.schema.json"
SCHEMA = json.loads(PATH.read_text(encoding="utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA)


def printed(data: object) -> Any:
    """As it comes out of the program."""
    return json.loads(json.dumps(data, ensure_ascii=False))


def full() -> dict[str, Any]:
    """A result in which everything that there can be is there."""
    findings = tuple(finding._replace(explanation="见说明") for finding in wrong().findings)
    amended = Amendment("TXT-LEN", "off", 1, "通知", "a.toml")
    told = Explained("T2-STOCK", "t2.rules.in_force", 3, 4, "清理", "applies")
    data: dict[str, Any] = printed(wrong(findings=findings, errata=(amended,), explanations=(told,)).to_json())
    assert all(data[key] for key in data), "nothing is empty"
    return data


def test_it_is_a_schema() -> None:
    """The schema is one of draft 2020-12, and every object in it is closed and says what must be there."""
    Draft202012Validator.check_schema(SCHEMA)
    objects = [each for each in SCHEMA["$defs"].values() if each.get("type") == "object"]
    assert len(objects) == 7
    for each in objects:
        assert each["additionalProperties"] is False
        assert set(each["required"]) <= set(each["properties"])
    assert SCHEMA["$defs"]["verdict"]["properties"]["form"]["enum"] == [*FORMS, None]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_verdicts(language: str) -> None:
    """Verdicts of every status fit, one by one and several together."""
    all_ = [printed(verdict.to_json(language)) for verdict in (wrong(), passing(), unusable(), many(3))]
    for data in (*all_, all_, full()):
        VALIDATOR.validate(data)


def test_text_that_cannot_be_told() -> None:
    """Hostile text fits as well: it is only text."""
    data = hostile().to_json()
    VALIDATOR.validate(data)


def test_real_reports(shared: Path) -> None:
    """So do the results of every real report, last year's beside it where there is one."""
    paths = [path for path in sorted((shared / "cases" / "published").glob("*.json")) if "notes" not in path.name]
    assert len(paths) > 5
    for path in paths:
        verdict = job.check(path)
        VALIDATOR.validate(printed(verdict.to_json()))
        assert verdict.report is not None
        last = replace(verdict.report, year=(verdict.year or 2024) - 1)
        VALIDATOR.validate(printed(job.check(path, last).to_json()))


@st.composite
def damaged(draw: st.DrawFn) -> Report:
    """A consistent report, some of whose cells are changed or emptied, with any words."""
    made = draw(consistent())
    values = st.none() | st.integers(-5, 10**13) | st.decimals(0, 99, places=2)
    for cell in draw(st.lists(st.sampled_from(sorted(made.figures)), max_size=3, unique=True)):
        made = with_cell(made, cell, draw(values))
    last = draw(st.none() | st.just(report(form=made.form, year=2023)))
    words = draw(st.dictionaries(st.sampled_from(made.statute.text_keys), st.text(max_size=60), max_size=3))
    told = draw(st.sampled_from(["", "新收申请12件，结转3件。", "予以公开0件，身份证号码110101199003077758。"]))
    return replace(made, text={**made.text, **words, "overview.on_request": told}, last_year=last)


@given(damaged())
def test_any_report(source: Report) -> None:
    """The result of any report fits."""
    VALIDATOR.validate(printed(job.judge(Path("a.json"), source).to_json()))


def objects(data: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The paths of all objects within."""
    if isinstance(data, dict):
        yield path
    items = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in items:
        yield from objects(value, (*path, key))


def at(data: Any, path: tuple[Any, ...]) -> Any:
    for key in path:
        data = data[key]
    return data


def test_an_extra_or_missing_field_is_refused() -> None:
    """Nowhere may a field be added, and none but the sides and the explanation of a finding may be missing."""
    whole = full()
    kinds = set()
    for path in objects(whole):
        extra = copy.deepcopy(whole)
        at(extra, path)["extra"] = 1
        assert not VALIDATOR.is_valid(extra), path
        for key in at(whole, path):
            less = copy.deepcopy(whole)
            del at(less, path)[key]
            optional = path[:1] == ("findings",) and key == "explanation"
            assert VALIDATOR.is_valid(less) is optional, (path, key)
        kinds.add(path[:1])
    assert len(kinds) == 7
