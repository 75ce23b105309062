"""TXT-OUTCOME: 均获维持, 均已审结, 没有被纠错: what the text says of reviews and lawsuits is what table 4 has."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from xlreport.finding import Finding, Stated, Unassessed
from xlreport.narrative.reading import stated
from xlreport.report import Report
from xlreport.rules import words
from xlreport.rules.prose import Place, passages, quote, sentences
from xlreport.rules.rule import Example, Rule

CODE = "TXT-OUTCOME"

CLAIMS = {
    r"(?:均|全部)(?:依法)?(?:获|被|予以|得到|获得)?维持": ("corrected", "other", "pending"),
    r"(?:均|全部)(?:依法)?(?:被|予以)?驳回|(?:均|全部)胜诉": ("corrected", "pending"),
    r"(?:均|全部)(?:已|已经)?(?:办结|审结|结案)": ("pending",),
    r"(?:未|没有|不存在|无)(?:(?!因(?!政府信息公开))[^，,。；;\d]){0,24}(?:纠错|纠正|败诉)": ("corrected",),
}
"""What is claimed, and the columns of table 4 that must then be 0."""

SOME = r"其余|剩余|其[他它]|除|审结的|结案的|纠正\d|纠错\d|败诉\d|审结\d|上年|往年|截至|备案|办理|审理案|承办|受理"
"""Words of a clause that claims it of only some cases, or of another office's."""

ROWS = {"复议": ("reconsideration",), "诉讼": ("litigation_direct", "litigation_after_reconsideration")}
COURT = ("败诉", "胜诉")


def _judge(report: Report) -> Iterator[Finding | Unassessed]:
    yield from _told(report, stated(report))


def _told(report: Report, figures_in_text: tuple[Stated, ...]) -> Iterator[Finding | Unassessed]:
    """One warning for each clause: it is about these cases where it counts them as table 4 does, or names them."""
    for place, text in passages(report):
        if "复议" not in text and "诉" not in text:
            continue
        counted = [
            told for told in figures_in_text if told.text == place.key and told.cells and told.cells[0][:2] == "t4"
        ]
        for sentence in (sentence for sentence in sentences(text) if "复议" in sentence or "诉" in sentence):
            here = [told for told in counted if told.sentence.strip("…。！？!? \u3000") in sentence]
            for clause in re.split("[；;]", sentence):
                for claim, columns in CLAIMS.items():
                    match = re.search(claim, clause)
                    if match and not re.search(SOME, clause.replace(match[0], "")):
                        yield from _against(report, place, clause, _rows(match, here), columns)


def _rows(match: re.Match[str], counted: Sequence[Stated]) -> list[str]:
    """The rows of table 4 that a claim is about; none where that is not sure."""
    clause, before = match.string, match.string[: match.start()]
    rows = list(_named(match[0])) if "信息公开" in clause else []
    if not rows and re.search(r"\d", clause):
        rows = list(_counted(before, counted))
    elif not rows and "信息公开" in clause:
        rows = list(_named(before))
    courts = any(word in match[0] for word in COURT)
    return [row for row in dict.fromkeys(rows) if not courts or row.startswith("litigation")]


def _named(words_: str) -> Iterator[str]:
    """By their names."""
    for word, rows in ROWS.items():
        if word in words_:
            yield from rows


def _counted(before: str, counted: Sequence[Stated]) -> Iterator[str]:
    """By what is counted right before, as table 4 has it: 行政复议7件，诉讼9件，均获维持."""
    for chunk in reversed([chunk for chunk in re.split("[，,]", before) if chunk]):
        here = [told for told in counted if told.figure in chunk]
        cells = [cell for told in here for cell in told.cells]
        sure = all(told.status == "agrees" for told in here) and all(cell.endswith(".total") for cell in cells)
        if not cells or not sure:
            return
        yield from (cell.split(".")[1] for cell in cells)


def _against(
    report: Report, place: Place, clause: str, rows: Sequence[str], columns: Sequence[str]
) -> Iterator[Finding]:
    form = report.statute
    wrong = [
        figure
        for figure in form.table("t4").figures
        if figure.row_id in rows and figure.column_id in columns and report.figures.get(figure.id, 0) > 0
    ]
    if wrong:
        told = "、".join(f"“{words.name(figure)}”{words.number(report.figures[figure.id])}" for figure in wrong)
        yield Finding(
            CODE,
            "warning",
            f"words.{CODE}.text",
            {"place": place.heading, "quote": quote(clause), "sheet": wrong[0].sheet, "told": told},
            tuple(figure.id for figure in wrong),
            tuple(figure.address for figure in wrong),
        )


_TEXT = {"overview.on_request": "全年发生政府信息公开行政复议3件，均获维持。"}
_ROW = "t4.reconsideration"

RULE = Rule(
    code=CODE,
    severity="warning",
    basis=("notice-disputes", "notice-figures"),
    judge=_judge,
    told=_told,
    wrong=Example({f"{_ROW}.upheld": 2, f"{_ROW}.pending": 1, f"{_ROW}.total": 3}, text=_TEXT),
    right=Example({f"{_ROW}.upheld": 3, f"{_ROW}.total": 3}, text=_TEXT),
)
