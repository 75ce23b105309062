"""Reports made up for the drafts of this folder, and the golden drafts that they must give.

`python -m tests.narrative.cases` writes the golden drafts anew: read the difference before committing it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType

from xlreport.data import parse_report
from xlreport.form import load_form
from xlreport.form.weigh import Number
from xlreport.narrative.draft import draft
from xlreport.report import NO_BUSINESS, NOT_APPLICABLE, Report

GOLDEN = Path(__file__).with_name("golden")


def made(
    cells: Mapping[str, Number] | None = None,
    facts: Mapping[str, Number | str] | None = None,
    *,
    form: str = "2021",
    year: int = 2024,
    agency: str = "东河县水务局",
    kind: str | None = "部门",
    contact: str | None = None,
    last_year: Report | None = None,
) -> Report:
    """A report whose other inputs are all zero, with its totals."""
    figures = dict.fromkeys(load_form(form).inputs, 0) | dict(cells or {})
    report = Report(
        form,
        agency,
        year,
        MappingProxyType(figures),
        kind=kind,
        contact=contact,
        facts=MappingProxyType(dict(facts or {})),
        last_year=last_year,
    )
    return report.totalled()


def demo(name: str) -> Report:
    return parse_report(files("xlreport").joinpath("demo", f"{name}.json").read_bytes())


PERSON = "natural_person"
TOLD: dict[str, Number | str] = {
    "proactive_items": 320,
    "proactive_website": 300,
    "proactive_new_media": 180,
    "interpretations": 4,
    "key_fields": "财政预决算信息6条\n水利工程招投标信息12条",
    "review_measures": "拟制公文时明确公开属性\n公开前进行保密审查",
    "new_media_accounts": 2,
    "accounts_closed": 1,
    "disclosure_zones": 1,
    "training_sessions": 2,
    "training_people": 85,
    "assessment_result": "全县2023年度考核列第5名",
    "public_review_result": NOT_APPLICABLE,
    "accountability_cases": 0,
    "last_year_remedies": "公开目录已于2024年6月修订",
    "problems": "部分信息公开不够及时\n供水水质信息只公布到县级 → 由供水科在2025年6月底前公布到乡镇",
    "fees_amount": 0,
}
TRIAL = {id_: answer for id_, answer in TOLD.items() if id_ in load_form("2019").facts}

DISPUTES = {
    "t4.reconsideration.upheld": 2,
    "t4.reconsideration.pending": 1,
    "t4.litigation_direct.upheld": 1,
    "t4.litigation_after_reconsideration.upheld": 1,
    "t4.litigation_after_reconsideration.corrected": 1,
}
BUSY = {
    "t2.normative_documents.issued": 2,
    "t2.normative_documents.in_force": 9,
    "t2.licensing.decisions": 41,
    "t2.fees.amount": 3,
    f"t3.received.{PERSON}": 7,
    "t3.received.enterprise": 2,
    f"t3.carried_in.{PERSON}": 1,
    f"t3.granted.{PERSON}": 4,
    f"t3.refused.third_party_rights.{PERSON}": 1,
    f"t3.refused.process_information.{PERSON}": 1,
    "t3.unavailable.not_held.enterprise": 2,
    f"t3.other.fee_overdue.{PERSON}": 1,
    f"t3.carried_out.{PERSON}": 1,
} | DISPUTES
BEFORE = made(
    {"t2.normative_documents.in_force": 7, f"t3.received.{PERSON}": 6, "t4.reconsideration.upheld": 3}, year=2023
)


def cases() -> dict[str, Report]:
    """Every case by the name of its golden draft."""
    town = replace(made(BUSY, TOLD, kind="乡镇/街道"), agency="东河县石桥镇人民政府")
    return {
        "bureau": demo("bureau"),
        "city": demo("city"),
        "no_business_alone": Report("2021", "东河县水务局", 2024, kind="部门", facts={NO_BUSINESS: "是"}),
        "nothing_received": made(facts=TOLD, last_year=BEFORE),
        "all_granted": made({f"t3.received.{PERSON}": 3, f"t3.granted.{PERSON}": 3}, TOLD | {"concluded_in_time": 3}),
        "carried_over": made({"t3.carried_in.enterprise": 2, "t3.carried_out.enterprise": 2}, TOLD),
        "department": made(BUSY, TOLD, contact="地址:东河县人民路1号, 电话:0000-1234567", last_year=BEFORE),
        "town": town,
        "town_untold": replace(town, facts=MappingProxyType({"training_sessions": 1})),
        "government": replace(town, kind="本级政府机关", agency="东河县人民政府办公室"),
        "rollup": replace(town, kind="汇总", agency="东河县人民政府"),
        "vertical": replace(town, kind="垂直管理", agency="国家税务总局东河县税务局"),
        "fees": made(BUSY, TOLD | {"fee_notices": 3, "fees_paid": 2, "fees_unpaid": 1, "fees_amount": 1270}),
        "trial_form": made(
            {
                "t2.normative_documents.made": 1,
                "t2.normative_documents.published": 1,
                "t2.normative_documents.total_published": 6,
                "t2.licensing.decisions": 12,
                "t2.fees.previous_items": 3,
                "t2.fees.change": -1,
                "t2.procurement.items": 2,
                "t2.procurement.amount": 251000,
                "t3.received.other": 1,
                "t3.other.other": 1,
            },
            TRIAL,
            form="2019",
            year=2020,
        ),
        "blank": Report("2021", "", None),
    }


def printed(report: Report) -> str:
    """A draft as its golden file has it."""
    return "".join(f"[{key}]\n{text}\n" for key, text in draft(report).items())


if __name__ == "__main__":
    for name, report in cases().items():
        (GOLDEN / f"{name}.txt").write_text(printed(report), encoding="utf-8")
