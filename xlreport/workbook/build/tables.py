"""表二, 表三, 表四: the grid of the form."""

from __future__ import annotations

from openpyxl.worksheet.worksheet import Worksheet

from xlreport.form import FIRST_LINE, Figure, Form, Label, Table, column_name
from xlreport.workbook.build import checks as c
from xlreport.workbook.build import formulas as f
from xlreport.workbook.build import styles as s
from xlreport.workbook.build.inputs import allow_numbers
from xlreport.workbook.build.marks import colours, marks
from xlreport.workbook.plan import CHECKS, locator

LANDSCAPE = ("t4",)
SCALE = {"t2": 130, "t3": 84, "t4": 62}  # twentieths of a point in a character of column width
PADDING = {"t2": 17, "t3": 12, "t4": 20}  # points of air in a line


def write(sheet: Worksheet, form: Form, table: Table) -> None:
    """Put one table down."""
    columns = len(table.widths)
    last = table.height + FIRST_LINE - 1
    s.widths(sheet, *(round(width / SCALE[table.id], 2) for width in table.widths))
    heading = next(section.heading for section in form.sections if section.table == table.id)
    s.title(sheet, heading, columns)
    _verdict(sheet, form, table)
    _labels(sheet, table)
    for figure in table.figures:
        _figure(sheet, form, figure)
    _heights(sheet, table)
    allow_numbers(sheet, form, [figure for figure in table.figures if figure.id not in form.totals])
    colours(sheet, form, table, marks(sheet, form, table))
    sheet.freeze_panes = f"A{FIRST_LINE + table.head_lines}"  # no columns: the line would cut through the title
    s.paper(sheet, f"{column_name(columns)}{last}", landscape=table.id in LANDSCAPE, one_page=True)
    s.protect(sheet)


def _verdict(sheet: Worksheet, form: Form, table: Table) -> None:
    """Row 2: what is to be said of this table, and whose it is."""
    checks = [check for check in c.lay(form) if check.table == table.id]
    relations = tuple(check for check in checks if check.kind == c.RELATION)
    wrong = "+".join(f"{CHECKS}!E{check.row}" for check in checks if check.kind == c.WRONG)
    blanks = next(f"{CHECKS}!E{check.row}" for check in checks if check.kind == c.BLANKS)
    failed = c.count(c.verdicts(relations, CHECKS), "×") if relations else "0"
    good = "本表勾稽相符 √" if relations else "本表已填齐 √"
    verdict = (
        f'=IF({failed}>0,"× 有 "&{failed}&" 处勾稽不符，见“{CHECKS}”",'
        f'IF({wrong}>0,"× 有 "&({wrong})&" 格填写有误，见“{CHECKS}”",'
        f'IF({blanks}>0,"— 有 "&{blanks}&" 格未填（没有发生的填 0）","{good}")))'
    )
    half = _half(table)
    s.put(sheet, 2, 1, verdict, columns=half, font=s.HEI, grid=False, shrink=True)
    whose = '=IF(COUNTIF(agency,"?*")=0,"（单位全称在“基本信息”填写）",agency)&IF(COUNT(year)=1," "&year&"年度","")'
    rest = len(table.widths) - half
    s.put(sheet, 2, half + 1, whose, columns=rest, grid=False, across="right", shrink=True, colour=s.PALE_INK)
    sheet.row_dimensions[2].height = 26
    s.verdict(sheet, half)


def _half(table: Table) -> int:
    """How many columns make about half of the table."""
    whole, sum_ = sum(table.widths), 0
    for column, width in enumerate(table.widths, 1):
        sum_ += width
        if sum_ * 2 >= whole:
            return column
    return 1


def _labels(sheet: Worksheet, table: Table) -> None:
    for label in table.labels:
        roomy = s.length(label.text) + 4 <= _width(table, label)
        s.put(
            sheet,
            label.row + FIRST_LINE - 1,
            label.column,
            label.text,
            rows=label.rows,
            columns=label.columns,
            font=s.HEI if label.role == "head" and label.row == 1 else s.SONG,
            ground=s.HEADING if label.role == "head" else s.LABEL,
            across="left" if label.role == "stub" and label.rows == 1 else "center",
            indent=int(roomy and label.role == "stub" and label.rows == 1),
        )


def _figure(sheet: Worksheet, form: Form, figure: Figure) -> None:
    relation = form.totals.get(figure.id)
    s.put(
        sheet,
        figure.row + FIRST_LINE - 1,
        figure.column,
        f"={f.total_cell(relation, locator(form, figure.sheet))}" if relation else None,
        columns=figure.columns,
        bold=relation is not None,
        ground=s.TOTAL if relation else s.INPUT,
        unlocked=relation is None,
        across="center",
        shrink=True,
        format_="General" if figure.kind == "amount" else s.NUMBER,
    )


def _heights(sheet: Worksheet, table: Table) -> None:
    """Each line as high as its longest label needs."""
    for line in range(1, table.height + 1):
        needed = 1.0
        for label in table.labels:
            if label.row <= line < label.row + label.rows:
                needed = max(needed, s.lines(label.text, _width(table, label) + 1.5) / label.rows)
        sheet.row_dimensions[line + FIRST_LINE - 1].height = PADDING[table.id] + 15.5 * needed


def _width(table: Table, label: Label) -> float:
    """How many characters wide the cell of a label is."""
    span = table.widths[label.column - 1 : label.column - 1 + label.columns]
    return sum(width / SCALE[table.id] for width in span)
