"""The catalogue of rules, and the judging of a Report by all that look at one."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from xlreport.finding import Finding, Stated, Unassessed
from xlreport.narrative.reading import stated
from xlreport.report import Report
from xlreport.rules import (
    fee_step,
    fig_blank,
    fig_date,
    fig_err,
    fig_int,
    fig_neg,
    fig_size,
    fig_text,
    inf_blank,
    inf_fact,
    inf_kind,
    inf_sum,
    inf_text,
    inf_year,
    inf_zero,
    ly_agency,
    ly_jump,
    ly_year,
    pub_cell,
    pub_data,
    pub_read,
    pub_text,
    sty_date,
    sty_half,
    sty_round,
    sty_short,
    sty_vague,
    t2_rules,
    t2_stock,
    t3_bal,
    t3_carry,
    t3_offset,
    t3_row,
    t3_sum,
    t4_pending,
    t4_sum,
    txt_aspect,
    txt_basis,
    txt_empty,
    txt_fee,
    txt_fig,
    txt_holder,
    txt_len,
    txt_outcome,
    txt_part,
    txt_paste,
    txt_pii,
    txt_remedy,
    txt_result,
    txt_same,
    txt_self,
    txt_share,
    txt_stale,
    txt_trend,
    txt_year,
    ver_data,
    ver_fig,
    ver_form,
    ver_label,
    ver_text,
    wb_cache,
    wb_calc,
    wb_form,
    wb_label,
    wb_shape,
    wb_valid,
)
from xlreport.rules.rule import Rule

RULES: Mapping[str, Rule] = MappingProxyType(
    {
        module.RULE.code: module.RULE
        for module in (
            t3_bal,
            t3_sum,
            t3_row,
            t4_sum,
            t3_offset,
            t3_carry,
            t2_stock,
            t2_rules,
            t4_pending,
            ly_year,
            ly_agency,
            ly_jump,
            fig_blank,
            fig_int,
            fig_neg,
            fig_size,
            fig_text,
            fig_err,
            fig_date,
            inf_blank,
            inf_year,
            inf_kind,
            inf_fact,
            inf_sum,
            inf_zero,
            inf_text,
            txt_fig,
            txt_empty,
            txt_holder,
            txt_fee,
            txt_pii,
            txt_paste,
            txt_aspect,
            txt_len,
            txt_year,
            txt_basis,
            txt_part,
            txt_share,
            txt_trend,
            txt_outcome,
            txt_self,
            txt_remedy,
            txt_result,
            txt_same,
            txt_stale,
            fee_step,
            sty_round,
            sty_half,
            sty_date,
            sty_short,
            sty_vague,
            wb_form,
            wb_shape,
            wb_label,
            wb_calc,
            wb_valid,
            wb_cache,
            pub_data,
            pub_cell,
            pub_read,
            pub_text,
            ver_form,
            ver_fig,
            ver_text,
            ver_label,
            ver_data,
        )
    }
)
"""Every rule by its code, in the order in which findings are told."""


def judge(
    report: Report, figures_in_text: tuple[Stated, ...] | None = None
) -> tuple[tuple[Finding, ...], tuple[Unassessed, ...]]:
    """What the rules say of `report`: findings, and relations that could not be judged; both in catalogue order.

    Blanks that 无业务 makes zeros must be settled before: `judge(report.settled())`. `figures_in_text`: what
    `narrative.reading.stated` gives, where it has been read already.
    """
    sound = ly_year.comparable(report)
    told = stated(report) if figures_in_text is None else figures_in_text
    found = [
        item
        for rule in RULES.values()
        if rule.judge is not None and report.form in rule.forms
        for item in (rule.told(sound, told) if rule.told else rule.judge(report if rule is ly_year.RULE else sound))
    ]
    findings = tuple(item for item in found if isinstance(item, Finding))
    return findings, tuple(item for item in found if isinstance(item, Unassessed))
