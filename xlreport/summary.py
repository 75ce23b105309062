"""Report → Summary: the year in one picture, for those who do not read tables. Only what the tables say, and shares.

It is no part of the statutory report: who reads a document leaves out what stands between HEAD and FOOT.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal, NamedTuple

from xlreport.form.weigh import Number
from xlreport.report import Report

HEAD = "一图看懂"
FOOT = "本页按年度报告的表格绘制，便于阅读，不是年度报告的法定内容。"
BLANK = "未填"

_ORDINALS = "（一二三四五六七八九十）0123456789."
_REASONS = ("refused", "unavailable", "unprocessed")
_QUIET = "本年没有收到政府信息公开申请，也没有上年结转的申请，没有发生相关的行政复议和行政诉讼。"
_EMPTY = "表三和表四还没有填写，填好以后这里就有图。"
_UNFILLED = "表格里的这些数还没有填写。"


class Bar(NamedTuple):
    """`value` in 件, None where it is blank; `share` of the chart's sum, "" where that is not known.

    `group`: what its pattern stands for, an outcome or a year; `part`: the words for it, where bars stand in groups.
    """

    label: str
    value: Number | None
    share: str = ""
    group: str = ""
    part: str = ""

    @property
    def told(self) -> str:
        """The value as it is printed."""
        return BLANK if self.value is None else f"{Decimal(self.value):f}"


class Chart(NamedTuple):
    """Bars from one zero, in the order in which they stand. `remark`: what there is to say of them, or instead."""

    id: Literal["applicants", "outcomes", "reasons", "trend"]
    title: str
    bars: tuple[Bar, ...]
    remark: str = ""


class Summary(NamedTuple):
    """The picture: whose and of which year, the numbers that come first, and the charts or a word in their place."""

    title: str
    numbers: tuple[Bar, ...]
    charts: tuple[Chart, ...]
    remark: str = ""

    @property
    def words(self) -> str:
        """All of it in sentences, for those who cannot see it."""
        numbers = "，".join(f"{bar.label}{bar.told}{'' if bar.value is None else '件'}" for bar in self.numbers)
        return "".join((f"{self.title}。{numbers}。{self.remark}", *map(_sentence, self.charts)))


def summarise(report: Report) -> Summary:
    """The picture of a year. A blank is told and no share computed from it; last year's where it is given."""
    known = _Known(report)
    year = "" if report.year is None else f"{report.year}年"
    title, numbers, trend = f"{report.agency}{year}政府信息公开申请办理情况", _numbers(known), tuple(_trend(known))
    if all(bar.value == 0 for bar in numbers):
        return Summary(title, numbers, trend, _QUIET)
    if all(bar.value is None for bar in numbers):
        return Summary(title, numbers, trend, _EMPTY)
    return Summary(title, numbers, (_applicants(known), _outcomes(known), _reasons(known), *trend))


class _Known:
    """The figures of a report whose true value is known."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.form = report.statute
        blanks = report.blanks()
        self._figures = {cell: value for cell, value in report.figures.items() if cell not in blanks}

    def sum(self, cells: Iterable[str]) -> Number | None:
        """None where one of the cells is blank."""
        values = [self._figures.get(cell) for cell in cells]
        known = [value for value in values if value is not None]
        return sum(known) if len(known) == len(values) else None

    def rows(self, *groups: str) -> list[str]:
        """The rows of table 3 in these groups."""
        return [row for row in self.form.table("t3").row_ids if row.split(".")[0] in groups]


def _numbers(known: _Known) -> tuple[Bar, ...]:
    rows = {"本年新收": "received", "上年结转": "carried_in", "本年办结": "concluded", "结转下年": "carried_out"}
    disputes = {"行政复议": _disputes("reconsideration"), "行政诉讼": _disputes("litigation")}
    return (
        *(Bar(label, known.sum([f"t3.{row}.total"])) for label, row in rows.items()),
        *(Bar(label, known.sum(cells)) for label, cells in disputes.items()),
    )


def _disputes(kind: str) -> list[str]:
    if kind == "reconsideration":
        return ["t4.reconsideration.total"]
    return ["t4.litigation_direct.total", "t4.litigation_after_reconsideration.total"]


def _applicants(known: _Known) -> Chart:
    kinds = [column for column in known.form.table("t3").column_ids if column != "total"]
    cells = [f"t3.received.{kind}" for kind in kinds]
    bars = [Bar(known.form.figures[cell].names[-1], known.sum([cell])) for cell in cells]
    return _shared("applicants", "谁在申请", bars, "本年没有收到政府信息公开申请。")


def _outcomes(known: _Known) -> Chart:
    bars = []
    for group in ("granted", "partly_granted", *_REASONS, "other"):
        cells = [f"t3.{row}.total" for row in known.rows(group)]
        bars.append(Bar(_bare(known.form.figures[cells[0]].names[0]), known.sum(cells), group=group))
    return _shared("outcomes", "办理结果", bars, "本年没有办结的政府信息公开申请。")


def _reasons(known: _Known) -> Chart:
    bars = []
    for row in known.rows(*_REASONS):
        part, label, _ = known.form.figures[f"t3.{row}.total"].names
        bars.append(Bar(_bare(label), known.sum([f"t3.{row}.total"]), "", row.split(".")[0], _bare(part)))
    none = "本年没有不予公开、无法提供或者不予处理的申请。"
    chart = _shared("reasons", "不予公开、无法提供、不予处理的理由", bars, none)
    some = tuple(bar for bar in chart.bars if bar.value != 0)
    rest = "没有列出的理由都是0件。" if 0 < len(some) < len(bars) else ""
    return chart._replace(bars=some, remark=chart.remark + rest)


def _trend(known: _Known) -> Iterator[Chart]:
    """Both years side by side, in what last year's report tells of."""
    now, last = known.report, known.report.last_year
    if last is None or now.year is None or last.year != now.year - 1:
        return
    before = _Known(last)
    measures = {
        "本年新收": ["t3.received.total"],
        "本年办结": ["t3.concluded.total"],
        "结转下年": ["t3.carried_out.total"],
        "行政复议": _disputes("reconsideration"),
        "行政诉讼": _disputes("litigation"),
    }
    bars: list[Bar] = []
    for label, cells in measures.items():
        value = before.sum(cells)
        if value is not None:
            bars.append(Bar(f"{last.year}年", value, group="before", part=label))
            bars.append(Bar(f"{now.year}年", known.sum(cells), group="now", part=label))
    if bars:
        none = "两年都没有政府信息公开申请，也没有因此引起的行政复议和行政诉讼。"
        silent = all(bar.value == 0 for bar in bars)
        yield Chart("trend", "与上年相比", () if silent else tuple(bars), none if silent else "")


def _shared(id_: Literal["applicants", "outcomes", "reasons"], title: str, bars: list[Bar], none: str) -> Chart:
    """The bars with their shares of the sum; a sentence where there is nothing to draw."""
    values = [bar.value for bar in bars if bar.value is not None]
    if not values:
        return Chart(id_, title, (), _UNFILLED)
    if len(values) < len(bars):
        return Chart(id_, title, tuple(bars), "有的数没有填写，不算比例。")
    whole = sum(values)
    if not any(values):
        return Chart(id_, title, (), none)
    if min(values) < 0:
        return Chart(id_, title, tuple(bars), "有的数小于0，不算比例。")
    return Chart(
        id_, title, tuple(bar._replace(share=_share(value, whole)) for bar, value in zip(bars, values, strict=True))
    )


def _share(part: Number, whole: Number) -> str:
    """In per cent, rounded half up."""
    share = (100 * Decimal(part) / Decimal(whole)).quantize(Decimal("0.1"), ROUND_HALF_UP)
    if part and not share:
        return "<0.1%"
    return f"{share}%" if part == whole or share < 100 else ">99.9%"


def _bare(label: str) -> str:
    """Without the （三） or 1. before it."""
    return label.lstrip(_ORDINALS)


def _sentence(chart: Chart) -> str:
    bars = "；".join(
        f"{bar.part}{'，' if bar.part else ''}{bar.label}{bar.told}{'' if bar.value is None else '件'}"
        f"{f'（{bar.share}）' if bar.share else ''}"
        for bar in chart.bars
    )
    return f"{chart.title}：{bars}{'。' if bars else ''}{chart.remark}"
