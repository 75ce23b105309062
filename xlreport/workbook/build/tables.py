"""表二, 表三, 表四: the grid of the form, with live marks beside and below it that are not printed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Font
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.styles.numbers import NumberFormat
from openpyxl.worksheet.worksheet import Worksheet

from xlreport.form import FIRST_LINE, Figure, Form, Label, Relation, Table, column_name
from xlreport.workbook.build import checks as c
from xlreport.workbook.build import formulas as f
from xlreport.workbook.build import styles as s
from xlreport.workbook.build.inputs import allow_numbers
from xlreport.workbook.build.places import CHECKS, locator

LANDSCAPE = ("t4",)
SCALE = {"t2": 130, "t3": 90, "t4": 75}  # twentieths of a point in a character of column width
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
    allow_numbers(sheet, form, [figure for figure in table.figures if figure.id in form.inputs])
    marks = _marks(sheet, form, table)
    _colours(sheet, form, table, marks)
    if table.head_lines:
        first = min(figure.column for figure in table.figures)
        sheet.freeze_panes = f"{column_name(first if first > 1 else 1)}{FIRST_LINE + table.head_lines}"
    else:
        sheet.freeze_panes = f"A{FIRST_LINE}"
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
        f'=IF({failed}>0,"× 有 "&{failed}&" 处勾稽不符，见“{CHECKS}”",IF({wrong}>0,"× 有 "&({wrong})&" 格填写有误，见“{CHECKS}”",'
        f'IF({blanks}>0,"— 有 "&{blanks}&" 格未填（没有发生的填 0）","{good}")))'
    )
    half = _half(table)
    s.put(sheet, 2, 1, verdict, columns=half, font=s.HEI, grid=False, shrink=True)
    whose = '=IF(COUNTIF(agency,"?*")=0,"（单位全称在“基本信息”填写）",agency)&IF(COUNT(year)=1," "&year&"年度","")'
    rest = len(table.widths) - half
    s.put(sheet, 2, half + 1, whose, columns=rest, grid=False, across="right", shrink=True, colour=s.PALE_INK)
    sheet.row_dimensions[2].height = 26
    for sign, ink in (("×", s.WRONG), ("—", s.INK), ("本", s.GOOD)):
        ground = {"×": s.DOUBT, "—": s.WAITING}.get(sign, s.INPUT)
        rule = FormulaRule([f'LEFT($A$2,1)="{sign}"'], font=Font(color=ink), fill=s.fill(ground))
        sheet.conditional_formatting.add(f"A2:{column_name(half)}2", rule)


def sheet_row(figure: Figure) -> int:
    """The sheet row of a figure."""
    return figure.row + FIRST_LINE - 1


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
        sheet_row(figure),
        figure.column,
        f"={f.total_cell(relation, locator(form, figure.sheet))}" if relation else None,
        columns=figure.columns,
        bold=relation is not None,
        ground=s.TOTAL if relation else s.INPUT,
        unlocked=relation is None,
        across="center",
        shrink=True,
        format_="General" if figure.kind == "amount" else "0",
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


def _marks(sheet: Worksheet, form: Form, table: Table) -> dict[str, str]:
    """Put √ or × beside or below what each relation computes; returns the mark's cell by the relation's code and key."""
    checks = [x for x in c.lay(form) if x.table == table.id and x.relation]
    lines = Counter(_row(form, x.relation) for x in checks if x.relation and _level(form, x.relation))
    codes = dict.fromkeys(x.relation.code for x in checks if x.relation)
    below: dict[str, int] = {}
    marks: dict[str, str] = {}
    beside = len(table.widths) + 1
    for check in checks:
        relation = check.relation
        assert relation is not None
        if _level(form, relation) and lines[_row(form, relation)] == 1:
            row, column = _row(form, relation), beside
        else:
            row = below.setdefault(relation.code, table.height + FIRST_LINE + len(below))
            column = form.figures[relation.right[0]].column
        s.put(sheet, row, column, f"=LEFT({CHECKS}!$F${check.row},1)", grid=False, across="center", font=s.HEI)
        marks[relation.code + relation.key] = f"${column_name(column)}${row}"
    for code, row in below.items():
        example = next(x for x in checks if x.relation and x.relation.code == code)
        words = "核对：" + example.words.split("：", 1)[1]
        first = min(form.figures[x.relation.right[0]].column for x in checks if x.relation and x.relation.code == code)
        if first > 3:
            s.put(sheet, row, 1, words, columns=first - 1, grid=False, size=9, colour=s.PALE_INK, across="right")
            sheet.row_dimensions[row].height = 20
    if len(codes) > len(below):
        text = "核对"
        s.put(sheet, FIRST_LINE, beside, text, rows=table.head_lines, grid=False, size=9, colour=s.PALE_INK, across="center")
        sheet.column_dimensions[column_name(beside)].width = 6
    return marks


def _row(form: Form, relation: Relation) -> int:
    return sheet_row(form.figures[relation.right[0]])


def _level(form: Form, relation: Relation) -> bool:
    """Whether all its cells stand in one line."""
    return len({form.figures[cell].row for cell in relation.cells}) == 1


def _colours(sheet: Worksheet, form: Form, table: Table, marks: dict[str, str]) -> None:
    """Red: no proper number. Tinted: in a relation that fails. Yellow: still to be filled."""
    inputs = [figure for figure in table.figures if figure.id in form.inputs]
    place = locator(form, table.sheet)

    def over(cells: Iterable[str]) -> tuple[str, str]:
        areas = f.areas(cells, place)
        return " ".join(areas), areas[0].split(":")[0]

    for kind in dict.fromkeys(figure.kind for figure in inputs):
        range_, cell = over(x.id for x in inputs if x.kind == kind)
        bad = {
            "count": f"OR({cell}<0,{cell}<>INT({cell}))",
            "amount": f"{cell}<0",
            "change": f"{cell}<>INT({cell})",
        }[kind]
        formula = f'IF(ISERROR({cell}),TRUE,IF(ISTEXT({cell}),TRUE,IF(ISBLANK({cell}),FALSE,{bad})))'
        rule = FormulaRule([formula], font=Font(color="FFFFFFFF", bold=True), fill=s.fill(s.WRONG), stopIfTrue=True)
        assert isinstance(rule.dxf, DifferentialStyle)
        rule.dxf.numFmt = NumberFormat(numFmtId=190, formatCode="General")  # 3.5 must not be shown as 4
        sheet.conditional_formatting.add(range_, rule)
    for relation in form.relations:
        if (mark := marks.get(relation.code + relation.key)) and relation.right[0].startswith(table.id + "."):
            rule = FormulaRule([f'{mark}="×"'], font=Font(color=s.WRONG), fill=s.fill(s.FAILED))
            sheet.conditional_formatting.add(over(relation.cells)[0], rule)
    range_, cell = over(x.id for x in inputs)
    sums = [figure.id for figure in table.figures if figure.id in form.totals]
    if sums:
        area, total = over(sums)
        rule = FormulaRule([f"IF(ISNUMBER({total}),{total}<>INT({total}),FALSE)"])
        rule.dxf = DifferentialStyle(numFmt=NumberFormat(numFmtId=190, formatCode="General"))
        sheet.conditional_formatting.add(area, rule)
    waiting = FormulaRule([f"AND(ISBLANK({cell}),NOT({f.NO_BUSINESS}))"], fill=s.fill(s.WAITING))
    sheet.conditional_formatting.add(range_, waiting)
    if marks:
        area = " ".join(mark.replace("$", "") for mark in marks.values())
        for sign, ink in (("×", s.WRONG), ("√", s.GOOD)):
            first = next(iter(marks.values())).replace("$", "")
            sheet.conditional_formatting.add(area, FormulaRule([f'{first}="{sign}"'], font=Font(color=ink, bold=True)))
