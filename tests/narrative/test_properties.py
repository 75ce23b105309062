"""What holds for the draft of any report at all."""

import re
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from random import Random
from types import MappingProxyType

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from xlreport.form import FORMS, Form, load_form
from xlreport.narrative.draft import draft
from xlreport.report import NOT_APPLICABLE, Report

_COUNTS = st.one_of(st.just(0), st.integers(1, 9), st.integers(0, 10**7))
_AMOUNTS = st.one_of(_COUNTS, st.decimals(0, 10**6, places=4))
_WORDS = st.text(st.sampled_from("政府信息公开：，。；、！（）“” ,:;.()?!-→12３％%AbＣ\n\t"), min_size=1, max_size=30)
_NAMES = st.sampled_from(["东河县水务局", "东河县石桥镇人民政府", "A区(新区)管委会", "宿迁市", "第2建设局, 东河", ""])


def _facts(form: Form):
    def answers(fact):
        if fact.kind in ("count", "amount"):
            return st.one_of(_COUNTS if fact.kind == "count" else _AMOUNTS, st.just(NOT_APPLICABLE))
        own = [_WORDS, st.just(NOT_APPLICABLE)]
        if fact.options:
            own.append(st.lists(st.sampled_from(fact.options), min_size=1, max_size=4, unique=True).map("\n".join))
        return st.one_of(own)

    return st.fixed_dictionaries({}, optional={id_: answers(fact) for id_, fact in form.facts.items()})


@st.composite
def _figures(draw, form: Form):
    """Sparse or dense, complete or with blanks; by a seed, because 170 draws one by one would take seconds."""
    dice = Random(draw(st.integers(0, 2**32)))
    filled, blank = draw(st.sampled_from([0, 0.05, 0.3, 1])), draw(st.sampled_from([0, 0, 0, 0.01, 0.3, 1]))

    def value(id_):
        if dice.random() >= filled:
            return 0
        kind = form.figures[id_].kind
        return {
            "count": dice.choice([dice.randint(0, 3), dice.randint(0, 10**6)]),
            "amount": Decimal(dice.randint(0, 10**9)) / 1000,
            "change": dice.randint(-50, 50),
        }[kind]

    return MappingProxyType({id_: value(id_) for id_ in form.inputs if dice.random() >= blank})


@st.composite
def reports(draw):
    form = load_form(draw(st.sampled_from(FORMS)))
    year = draw(st.one_of(st.none(), st.integers(2019, 2030)))
    last = None
    if draw(st.booleans()):
        last = Report(form.id, "东河县水务局", year and year - 1, draw(_figures(form))).totalled()
    return Report(
        form.id,
        draw(_NAMES),
        year,
        draw(_figures(form)),
        kind=draw(st.one_of(st.none(), st.sampled_from([office.id for office in form.offices]))),
        contact=draw(st.one_of(st.none(), _WORDS)),
        facts=MappingProxyType(draw(_facts(form))),
        last_year=last,
    ).totalled()


def _numbers(text: str) -> set[str]:
    return set(re.findall(r"[0-9]+(?:\.[0-9]+)?", text.translate(str.maketrans("０１２３４５６７８９", "0123456789"))))


def _plain(value) -> str:
    return format(Decimal(value), "f").removeprefix("-")


def _allowed(report: Report) -> set[str]:
    """Every number that a draft of the report may say, worked out without the code under test."""
    form, figures = report.statute, report.settled().figures
    before = report.last_year.figures if report.last_year else {}

    def total(cells, ids):
        return None if any(id_ not in cells for id_ in ids) else sum(cells[id_] for id_ in ids)

    blocks: dict[str, list[str]] = {}
    for id_ in figures:
        table, *rest = id_.split(".")
        if table == "t3":
            blocks.setdefault(f"{rest[0]}.{rest[-1]}", []).append(id_)  # 不予公开 of a column
    suits = ("t4.litigation_direct", "t4.litigation_after_reconsideration")
    sums = [[id_] for id_ in figures] + list(blocks.values()) + [["t3.received.total", "t3.carried_in.total"]]
    sums += [[f"{row}.{column}" for row in suits] for column in form.table("t4").column_ids]
    allowed = {"0", "1", "12", "31"} | _numbers(form.notice + report.agency + (report.contact or ""))
    allowed |= {str(report.year)} if report.year else set()
    for ids in sums:
        now, then = total(figures, ids), total(before, ids)
        if now is None:
            continue
        allowed.add(_plain(now))
        if then is not None:
            allowed.add(_plain(Decimal(now) - Decimal(then)))
        if then:
            share = abs(Fraction(now) - Fraction(then)) * 100 / Fraction(then)
            exact = Decimal(share.numerator) / Decimal(share.denominator)
            allowed.add(str(exact.quantize(Decimal("0.1"), ROUND_HALF_UP)))
    for id_, answer in report.facts.items():
        allowed |= _numbers(answer) if isinstance(answer, str) else {_plain(answer)}
        for problem, measure in form.facts[id_].remedies.items():
            allowed |= _numbers(problem + measure)
    return allowed


_PROFILE = settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))


@_PROFILE
@given(reports())
def test_every_number_has_a_source(report):
    """Every number of a draft is a cell, a sum or comparison of cells, a fact, or a date."""
    said = "\n".join(draft(report).values())
    assert _numbers(said) - _allowed(report) == set()


@_PROFILE
@given(reports())
def test_typography(report):
    """Punctuation beside Chinese is full-width and single, nothing is spaced out, every paragraph is whole."""
    for key, text in draft(report).items():
        assert text
        assert "None" not in text
        assert not re.search(r"(?<=[\u4e00-\u9fff])[,:;()?!]|[,:;()?!](?=[\u4e00-\u9fff])", text), (key, text)
        assert not re.search(r"[，。；：、！？]{2}", text), (key, text)
        assert not re.search(r"(?<=[\u4e00-\u9fff])[ \t]|[ \t](?=[\u4e00-\u9fff])", text), (key, text)
        for paragraph in text.split("\n"):
            assert re.search(r"[。！？】][”’）]*$", paragraph), (key, paragraph)
            assert paragraph == paragraph.strip()


@settings(_PROFILE, max_examples=20)
@given(reports())
def test_same_input_same_draft(report):
    """A draft depends on the report alone, and covers every required section."""
    texts = draft(report)
    assert texts == draft(report)
    for section in report.statute.sections:
        assert not section.required or any(key in texts for key, _ in section.text)
