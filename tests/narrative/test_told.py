"""What the clerk told."""

import pytest

from tests.narrative.cases import made
from xlreport.form import FORMS, load_form
from xlreport.narrative.told import Told
from xlreport.report import NOT_APPLICABLE


def test_problems_and_measures():
    """A chosen problem brings the form's measure, one's own brings its own, and a problem without any asks for it."""
    chosen, measure = next(iter(load_form("2021").facts["problems"].remedies.items()))
    told = Told(
        made(facts={"problems": f"{chosen}\n公告栏破损 → 更换公告栏\n人手不足 -> 增加1人\n 场地太小。\n→开展培训\n→"})
    )
    assert told.problems() == (
        (chosen, measure),
        ("公告栏破损", "更换公告栏"),
        ("人手不足", "增加1人"),
        ("场地太小", "【请填写：“场地太小”的改进措施】"),
        ("【请填写：“开展培训”针对的问题】", "开展培训"),
    )


def test_a_measure_of_ones_own_wins():
    """The clerk may answer a problem of the list differently."""
    chosen = load_form("2021").facts["problems"].options[0]
    assert Told(made(facts={"problems": f"{chosen}→每月例会学习1次"})).problems() == ((chosen, "每月例会学习1次"),)


def test_nothing_is_an_answer():
    """0 and 无此项 are answers, silence is not."""
    told = Told(made(facts={"websites": 0, "platforms": NOT_APPLICABLE}, kind="汇总"))
    assert told.none("websites")
    assert told.none("platforms")
    assert told.lines("platforms") == ()
    assert not told.none("reading_places")
    assert not told.silent("overview.platform")
    assert told.silent("overview.oversight")
    assert told.clause("websites", "网站{}个") == ""


def test_what_governments_must_state():
    """Assessment, public review and accountability are demanded of governments and towns, not of departments."""
    ids = [id_ for id_, fact in load_form("2021").facts.items() if fact.required]
    assert ids == ["assessment_result", "public_review_result", "accountability_cases"]
    for kind in ("乡镇/街道", "本级政府机关", "汇总"):
        assert all(Told(made(kind=kind)).demanded(id_) for id_ in ids)
        assert not Told(made(facts={"assessment_result": NOT_APPLICABLE}, kind=kind)).demanded("assessment_result")
    assert not any(Told(made(kind=kind)).demanded(id_) for kind in ("部门", "垂直管理", None) for id_ in ids)


@pytest.mark.parametrize("form", FORMS)
def test_facts_of_the_form(form):
    """Every fact belongs to a text, has a question, and its options have remedies if any has."""
    statute = load_form(form)
    kinds = {office.id for office in statute.offices}
    for fact in statute.facts.values():
        assert fact.aspect in ("", *statute.text_keys)
        assert fact.question
        assert bool(fact.options) == (fact.kind == "choice")
        assert bool(fact.unit) == (fact.kind in ("count", "amount"))
        assert kinds.issuperset(fact.offices + fact.required)
        assert not any(set(option) & set("、，,；;\n") for option in fact.options)  # what separates several answers
        assert not fact.remedies or tuple(fact.remedies) == fact.options


def test_what_only_the_form_in_force_asks():
    """The fee rules came after the trial form, which did not count documents that are no longer in force either."""
    extra = set(load_form("2021").facts) - set(load_form("2019").facts)
    assert extra == {"normative_documents_lapsed", "fee_notices", "fees_paid", "fees_unpaid", "fees_amount"}
