"""Drafts of made-up and of real reports."""

import json
from decimal import Decimal

import pytest

from tests.narrative.cases import BUSY, GOLDEN, TOLD, cases, demo, made, printed
from xlreport.data import parse_report, report_to
from xlreport.form import load_form
from xlreport.narrative.draft import draft
from xlreport.narrative.length import overview_length

REQUEST = "overview.on_request"


@pytest.mark.parametrize("name", cases())
def test_golden(name):
    """The draft of every case is the one that was read and approved."""
    assert printed(cases()[name]) == (GOLDEN / f"{name}.txt").read_text(encoding="utf-8")


def test_golden_files_are_used():
    """No golden draft is left over."""
    assert {file.stem for file in GOLDEN.iterdir()} == set(cases())


@pytest.mark.parametrize("name", ["bureau", "city"])
def test_demo(name):
    """The demo reports are drafted without a hole, within the limit, and their data are strict."""
    report = demo(name)
    texts = draft(report)
    assert "【" not in "".join(texts.values())
    assert overview_length(report, texts) <= 1000
    required = [key for key in report.statute.text_keys if not key.startswith("note.") and key != "overview.more"]
    assert list(texts) == required
    assert report_to(report)["text"] == {}


def test_demo_city_is_the_published_report(shared):
    """The city's figures are the published ones, of both years."""
    city = demo("city")
    assert city.last_year
    for name, report in (("suqian_2024", city), ("suqian_2023", city.last_year)):
        source = parse_report((shared / "cases" / "published" / f"{name}.json").read_bytes())
        assert report.figures == source.figures


@pytest.mark.parametrize("name", ["laocheng_2024", "suqian_2024"])
def test_wording_is_our_own(shared, name):
    """No stretch of a published text stands in the demo's draft, save for what the form itself says."""
    folder = shared / "cases"
    source = next(p for p in (folder / f"{name}.txt", folder / "published" / f"{name}.txt") if p.exists())
    published = "".join(source.read_text(encoding="utf-8").split())
    report = demo("bureau" if name.startswith("laocheng") else "city")
    form = report.statute
    printed_there = [*("".join(f.names) for f in form.figures.values()), *(s.heading for s in form.sections)]
    spoken = "".join(printed_there) + "《中华人民共和国政府信息公开条例》"
    for text in draft(report).values():
        pieces = {text[i : i + 16] for i in range(len(text) - 15)}
        copied = [p for p in pieces if p in published and p not in spoken and not any(c.isdigit() for c in p)]
        assert copied == []


def test_real_reports(shared):
    """Every published report drafts, all required texts, whatever its own text says."""
    files = [p for p in sorted((shared / "cases" / "published").glob("*.json")) if not p.name.endswith(".notes.json")]
    assert files
    for file in files:
        data = json.loads(file.read_text(encoding="utf-8"))
        report = parse_report(file.read_bytes())
        bare = parse_report(json.dumps({**data, "text": {}}))
        assert draft(report) == draft(bare)
        assert {"preamble", REQUEST, "problems", "other_matters"} <= set(draft(report))


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({}, "没有因政府信息公开工作被申请行政复议、提起行政诉讼的情况。"),
        ({"reconsideration.upheld": 1}, "因政府信息公开工作被申请行政复议1件，结果维持；没有被提起行政诉讼。"),
        ({"reconsideration.corrected": 2}, "因政府信息公开工作被申请行政复议2件，均为结果纠正；没有被提起行政诉讼。"),
        ({"reconsideration.other": 1}, "因政府信息公开工作被申请行政复议1件，其他结果；没有被提起行政诉讼。"),
        ({"reconsideration.pending": 3}, "因政府信息公开工作被申请行政复议3件，均尚未审结；没有被提起行政诉讼。"),
        (
            {"litigation_direct.corrected": 1},
            "因政府信息公开工作没有被申请行政复议；被提起行政诉讼1件（未经复议直接起诉），结果纠正。",
        ),
        (
            {"litigation_after_reconsideration.pending": 1},
            "因政府信息公开工作没有被申请行政复议；被提起行政诉讼1件（复议后起诉），尚未审结。",
        ),
        (
            {"reconsideration.upheld": 1, "reconsideration.pending": 1, "litigation_direct.other": 2},
            "因政府信息公开工作被申请行政复议2件，其中结果维持1件、尚未审结1件；被提起行政诉讼2件（未经复议直接起诉），均为其他结果。",
        ),
    ],
)
def test_disputes(cells, said):
    """Reviews and lawsuits are told with each outcome."""
    texts = draft(made({f"t4.{id_}": value for id_, value in cells.items()}))
    assert texts[REQUEST].endswith(said)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ({"granted": 1}, "办结1件，结果为予以公开，"),
        ({"granted": 3}, "办结3件，全部予以公开，"),
        ({"refused.state_secret": 1}, "办结1件，结果为不予公开（理由：属于国家秘密），"),
        ({"unprocessed.repeated": 2}, "办结2件，均为不予处理（理由：重复申请），"),
        ({"other.other": 2}, "办结2件，均为其他处理，"),
        ({"partly_granted": 2, "granted": 1}, "办结3件，其中予以公开1件、部分公开2件，"),
        (
            {"refused.state_secret": 1, "refused.internal_affairs": 1},
            "办结2件，均为不予公开（属于国家秘密1件、属于三类内部事务信息1件），",
        ),
    ],
)
def test_results(rows, said):
    """Results are told in the singular and the plural, with their statutory reasons."""
    cells = {f"t3.{row}.enterprise": value for row, value in rows.items()}
    text = draft(made(cells | {"t3.received.enterprise": sum(rows.values())}))[REQUEST]
    assert said in text
    assert ("申请人均为商业企业。" if sum(rows.values()) > 1 else "申请人为商业企业。") in text


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"fees_amount": 0}, "2024年，本机关没有收取政府信息公开信息处理费。"),
        ({"fees_amount": "无此项"}, "2024年，本机关没有收取政府信息公开信息处理费。"),
        ({"fees_amount": 880, "fees_paid": 1}, "2024年，本机关对1件申请收取政府信息公开信息处理费880元。"),
        (
            {"fees_amount": 0, "fee_notices": 2, "fees_unpaid": 2},
            "2024年，本机关发出信息处理费收费通知2件，申请人逾期未缴费2件，没有收取政府信息公开信息处理费。",
        ),
        (
            {"fees_amount": 270, "fees_paid": 1, "fees_unpaid": 2},
            "2024年，申请人逾期未缴纳信息处理费2件，已缴费1件，本机关收取政府信息公开信息处理费270元。",
        ),
        (
            {"fees_amount": 0, "fees_paid": 2},  # which cannot be: the amount is asked for
            "2024年，本机关对2件申请收取政府信息公开信息处理费【请填写：收取信息处理费的金额，没有收取的填0】元。",
        ),
        ({}, "2024年，本机关收取政府信息公开信息处理费【请填写：收取信息处理费的金额，没有收取的填0】元。"),
    ],
)
def test_fee(facts, said):
    """The fee sentence is always there; what nobody told is a hole."""
    assert draft(made({"t3.received.other": 1}, facts))["other_matters"] == said


@pytest.mark.parametrize(
    ("aspect", "fact", "before", "said"),
    [
        ("overview.platform", "website_visitors", "website_visits", "政府门户网站访客量3人次"),
        ("overview.oversight", "training_people", "training_sessions", "参加政府信息公开培训3人次"),
        ("overview.oversight", "circulars", "inspections", "印发检查、监测通报3期"),
    ],
)
def test_a_number_says_what_it_counts(aspect, fact, before, said):
    """What a number belongs to is named once: by itself where the number before it was not told."""
    name = said.removesuffix("3人次").removesuffix("3期")
    assert said in draft(made(facts={fact: 3}))[aspect]
    assert name not in draft(made(facts={fact: 3, before: 2}))[aspect]


def test_no_trial_fee():
    """The trial form does not ask for the fee, and the text does not speak of it."""
    assert "信息处理费" not in "".join(draft(made(form="2019", year=2020)).values())


@pytest.mark.parametrize("digits", [0, 4])
def test_overview_limit(digits):
    """Section 一 keeps the limit with every question answered: all numbers, and own words of 20 characters each."""
    form = load_form("2021")
    full = {
        id_: 4321 if fact.kind in ("count", "amount") else "字" * 20 for id_, fact in form.facts.items() if fact.aspect
    }
    cells = dict.fromkeys(form.inputs, 1234 * (digits > 0))
    report = made(cells, full, last_year=made(dict.fromkeys(form.inputs, 999), year=2023))
    assert overview_length(report, draft(report)) <= 1000


def test_detail_is_dropped_only_when_needed():
    """Reasons, classes of applicant and last year are told while there is room."""
    assert "保护第三方合法权益1件" in draft(made(BUSY, TOLD))[REQUEST]
    long = made(BUSY, TOLD | {"on_request_more": "字" * 500})
    assert "保护第三方合法权益1件" not in draft(long)[REQUEST]
    assert "字" * 500 in draft(long)[REQUEST]


def test_own_words_are_not_a_template():
    """What the clerk writes is never read as a template."""
    texts = draft(made(facts={"proactive_more": "共{{ 6 * 7 }}条{% raw %}<b>&"}))
    assert "共{{ 6 * 7 }}条{% raw %}<b>&。" in texts["overview.proactive"]


@pytest.mark.parametrize("form", ["2021", "2019"])
def test_every_fact_is_told(form):
    """No answer of the clerk's is dropped: each stands in the text that its fact belongs to."""
    statute = load_form(form)
    cells = {id_: value for id_, value in BUSY.items() if id_ in statute.inputs}
    answers: dict[str, int | Decimal] = {"count": 7654, "amount": Decimal("76.54")}
    for id_, fact in statute.facts.items():
        if not fact.aspect or fact.options == ("是", "否"):
            continue
        answer = answers.get(fact.kind, "甲乙丙丁")
        text = draft(made(cells, {id_: answer}, form=form))[fact.aspect]
        assert str(answer) in text, id_


def test_confirmed_documents():
    """Agreement with the justice office is told where there are documents to speak of, and only when it is so."""
    said = "已与司法行政部门核对一致"
    assert said in draft(made(BUSY, {"documents_confirmed": "是"}))["overview.management"]
    assert said not in draft(made(BUSY, {"documents_confirmed": "否"}))["overview.management"]


def test_nothing_to_report():
    """An aspect whose questions were all answered with 无此项 says so instead of asking again."""
    form = load_form("2021")
    facts = {id_: "无此项" for id_, fact in form.facts.items() if fact.aspect}
    texts = draft(made(facts=facts))
    assert texts["overview.platform"] == "全年在政府信息公开平台建设方面没有需要报告的事项。"
    assert texts["overview.proactive"].startswith("2024年，本机关没有主动公开的政府信息。")
    assert "【" not in "".join(texts.values())
