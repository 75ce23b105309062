"""The sheet's own formulas, recalculated by a real LibreOffice, say what the Python rules say."""

from __future__ import annotations

import csv
import random
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from html import escape
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from tests.samples import city
from tests.workbook.test_read import put as put_xml
from xlreport.form import CREDIBLE, FORMS, Form, column_name, load_form
from xlreport.form.weigh import Number, weigh
from xlreport.report import NO_BUSINESS, Report
from xlreport.rules.registry import judge
from xlreport.workbook.build import checks
from xlreport.workbook.build import formulas as f
from xlreport.workbook.fill import fill
from xlreport.workbook.read import read_workbook
from xlreport.workbook.template import template_bytes

pytestmark = pytest.mark.office

MANY = 2_000
SIGNS = {"holds": "√", "fails": "×", "open": "—"}
TEXTS = ("12件", "3.5", "/", "—", "３", "3", " ", "无", "TRUE", "1E5")
ERRORS = ("#DIV/0!", "#N/A", "#VALUE!", "#REF!")
ODD = (
    Decimal("3.5"),
    Decimal("0.1"),
    Decimal("0.2"),
    Decimal("24252.311082"),
    -1,
    -250,
    10**12,
    10**12 + 1,
    -3 * 10**13,
)


@dataclass(frozen=True)
class Case:
    """What a clerk typed: figures, and text or error values where figures belong."""

    form: Form
    figures: dict[str, Number]
    texts: dict[str, str]
    errors: dict[str, str]
    no_business: bool

    @property
    def report(self) -> Report:
        """As the reader would read it."""
        facts = {NO_BUSINESS: "是"} if self.no_business else {}
        return Report(self.form.id, "甲局", 2024, self.figures, facts=facts).totalled().settled()

    def verdicts(self) -> list[str]:
        """What Python says of every relation."""
        report = self.report
        blanks = report.blanks()
        return [SIGNS[weigh(r, report.figures, blanks).verdict] for r in self.form.relations]

    def faults(self) -> list[int]:
        """For each table: empty, text, error, negative, oversized and broken inputs, as 校验 counts them."""
        counts: list[int] = []
        for table in self.form.tables:
            inputs = [x for x in table.figures if x.id not in self.form.totals]
            given = [(x.kind, self.figures[x.id]) for x in inputs if x.id in self.figures]
            texts = sum(x.id in self.texts for x in inputs)
            errors = sum(x.id in self.errors for x in inputs)
            empty = 0 if self.no_business else len(inputs) - len(given) - texts - errors
            negative = sum(value < 0 for kind, value in given if kind != "change")
            broken = sum(value != int(value) for kind, value in given if kind != "amount")
            large = sum(not -CREDIBLE <= value <= CREDIBLE for _, value in given)
            counts += [empty, texts, errors, negative, large, broken]
        return counts


def consistent(form: Form, rng: random.Random) -> dict[str, Number]:
    """Inputs that add up in every column; some all zero, some large."""
    most = rng.choice((0, 1, 3, 40, 4_000))
    figures: dict[str, Number] = {cell: rng.randint(0, most) for cell in form.inputs}
    for column in form.table("t3").column_ids[:-1]:
        concluded = sum(figures[cell] for cell in form.totals[f"t3.concluded.{column}"].left)
        whole = concluded + figures[f"t3.carried_out.{column}"]
        figures[f"t3.carried_in.{column}"] = carried = min(whole, figures[f"t3.carried_in.{column}"])
        figures[f"t3.received.{column}"] = whole - carried
    if rng.random() < 0.1:  # binary fractions: 0.3 is not 0.1 + 0.2
        for cell in form.inputs:
            figures[cell] *= Decimal("0.1")
    return figures


def case(seed: int) -> Case:
    """A random report, consistent in one of six, then spoilt in all the ways we know."""
    rng = random.Random(seed)
    form = load_form(FORMS[seed % len(FORMS)])
    figures = consistent(form, rng)
    texts: dict[str, str] = {}
    errors: dict[str, str] = {}
    t3 = [cell for cell in form.inputs if cell.startswith("t3.")]

    def some(most: int) -> list[str]:
        return rng.sample(rng.choice((t3, t3, list(form.inputs))), rng.randint(1, most))

    for spoil in rng.choice(("", "n", "b", "bb", "nb", "x", "t", "e", "btenx", "B", "R", "C")):
        cells = list(form.inputs) if spoil == "B" else some(90 if spoil == "R" else 6)
        if spoil == "C":
            column = rng.choice(form.table("t3").column_ids)
            cells = [cell for cell in t3 if cell.endswith(f".{column}")]
        for cell in cells:
            if spoil == "n":
                figures[cell] = figures.get(cell, 0) + rng.choice((-1, 1, 7))
            elif spoil == "x":
                figures[cell] = rng.choice(ODD)
            else:
                figures.pop(cell, None)
                if spoil == "t" and cell not in errors:
                    texts[cell] = rng.choice(TEXTS)
                elif spoil == "e" and cell not in texts:
                    errors[cell] = rng.choice(ERRORS)
    figures = {cell: value for cell, value in figures.items() if cell not in texts and cell not in errors}
    return Case(form, figures, texts, errors, rng.random() < 0.15)


# One big sheet: the same formulas for many reports, each in its own band of rows.
BAND = 60
COLUMNS = {"t2": 10, "t3": 20, "t4": 40}
RESULT, FAULTS, CHOICE = 1, 5, 6  # columns: left, right and verdict from 1; counts; 无业务


def band(case_: Case, top: int) -> Iterator[tuple[int, int, str]]:
    """The cells of one report: (row, column, its XML)."""
    form = case_.form
    yield top, CHOICE, _text("是" if case_.no_business else "")
    for cell in form.inputs:
        figure = form.figures[cell]
        row, column = figure.row + top, figure.column + COLUMNS[figure.table]
        if cell in case_.texts:
            yield row, column, _text(case_.texts[cell])
        elif cell in case_.errors:
            yield row, column, f' t="e"><v>{case_.errors[cell]}</v>'
        elif cell in case_.figures:
            yield row, column, f"><v>{float(case_.figures[cell])!r}</v>"
    for row, column, parts in _formulas(form.id):
        formula = "".join(part if isinstance(part, str) else str(part + top) for part in parts)
        yield row + top, column, f"><f>{formula}</f>"


@cache
def _formulas(form_id: str) -> list[tuple[int, int, list[str | int]]]:
    """Every formula of a band that begins at row 0: (row, column, its text, split at the numbers of rows)."""
    form = load_form(form_id)

    def locate(cell: str) -> tuple[str, int, int]:
        figure = form.figures[cell]
        return "", figure.column + COLUMNS[figure.table], figure.row

    no_business = f'{column_name(CHOICE)}0="是"'
    found: list[tuple[int, int, str]] = []
    for cell, relation in form.totals.items():
        _, column, row = locate(cell)
        found.append((row, column, f.total_cell(relation, locate, no_business)))
    for row, relation in enumerate(form.relations):
        weighing = f.weighing(form, relation, locate)
        left, right = (f"{column_name(RESULT + side)}{row}" for side in (0, 1))
        verdict = weighing.verdict(left, right, no_business)
        found += [(row, RESULT + i, x) for i, x in enumerate((weighing.left, weighing.right, verdict))]
    counts: list[str] = []
    for table in form.tables:
        inputs = [x for x in table.figures if x.id not in form.totals]

        def over(*kinds: str, inputs=inputs) -> tuple[str, ...]:
            return f.areas((x.id for x in inputs if x.kind in kinds), locate)

        every = over("count", "amount", "change")
        counts += [f.empty(every, len(inputs), no_business), f.texts(every), f.errors(every)]
        counts += [f.negatives(over("count", "amount")), f.oversized(every), f.fractions(over("count", "change"))]
    found += [(row, FAULTS, formula) for row, formula in enumerate(counts)]
    return [(row, column, _split(formula)) for row, column, formula in found]


def _split(formula: str) -> list[str | int]:
    parts = re.split(r"(?<=[A-Z])(\d+)", escape(formula, quote=False))
    return [int(part) if number % 2 else part for number, part in enumerate(parts)]


def _text(value: str) -> str:
    return f' t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is>'


def scratch(cases: list[Case]) -> bytes:
    """A workbook with one sheet that holds every case."""
    rows: list[str] = []
    for number, case_ in enumerate(cases):
        by_row: dict[int, list[tuple[int, str]]] = {}
        for row, column, xml in band(case_, number * BAND + 1):
            by_row.setdefault(row, []).append((column, xml))
        for row in sorted(by_row):
            cells = "".join(f'<c r="{column_name(c)}{row}"{xml}</c>' for c, xml in sorted(by_row[row]))
            rows.append(f'<row r="{row}">{cells}</row>')
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml."
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kind}sheet.main+xml"/>'
        f'<Override PartName="/xl/s.xml" ContentType="{kind}worksheet+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships">'
        f'<Relationship Id="r1" Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships">'
        f'<Relationship Id="r1" Type="{office}/worksheet" Target="s.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}">'
        '<sheets><sheet name="s" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/s.xml": f'<worksheet xmlns="{main}"><sheetData>{"".join(rows)}</sheetData></worksheet>',
    }
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package_:
        for name, content in parts.items():
            package_.writestr(name, f'<?xml version="1.0" encoding="UTF-8"?>{content}')
    return target.getvalue()


def test_verdicts_of_thousands_of_reports(tmp_path: Path, soffice) -> None:
    """Over thousands of random reports every relation and every count comes out as in Python."""
    cases = [case(seed) for seed in range(MANY)]
    source = tmp_path / "scratch.xlsx"
    source.write_bytes(scratch(cases))
    result = soffice(source, "csv:Text - txt - csv (StarCalc):44,34,76,1", tmp_path / "out")
    with result.open(encoding="utf-8", newline="") as file:
        lines = [line[:FAULTS] for line in csv.reader(file)]
    seen = dict.fromkeys("√×—", 0)
    for number, case_ in enumerate(cases):
        band_ = lines[number * BAND : (number + 1) * BAND]
        signs = [line[RESULT + 1][:1] for line in band_[: len(case_.form.relations)]]
        assert signs == case_.verdicts(), f"report {number}"
        faults = case_.faults()
        assert [int(line[FAULTS - 1]) for line in band_[: len(faults)]] == faults, f"report {number}"
        for sign in signs:
            seen[sign] += 1
    assert min(seen.values()) > MANY / 2, "the random reports must meet every verdict often"


@pytest.mark.parametrize("seed", [18, 20, 24, 30, 55])
def test_the_true_template(tmp_path: Path, soffice, seed: int) -> None:
    """A filled template, opened in LibreOffice, shows these verdicts on 校验, in the tables and in its totals."""
    case_ = case(seed)
    form = case_.form
    book = load_workbook(BytesIO(template_bytes(form.id)))

    def put(name: str, value: object) -> None:
        sheet, cell = book.defined_names[name].attr_text.split("!")
        book[sheet][cell.replace("$", "")].value = value

    for cell, value in (case_.figures | case_.texts | case_.errors).items():
        put(form.figures[cell].defined_name, float(value) if isinstance(value, Decimal) else value)
    put("fact_no_business", "是" if case_.no_business else "否")
    put("agency", "甲局")
    put("last_t3_carried_out_enterprise", 3)
    for held, *_ in form.stock:
        put(f"last_{form.figures[held].defined_name}", 7)
    filled = tmp_path / "in" / "filled.xlsx"
    filled.parent.mkdir()
    book.save(filled)
    sheets = CalamineWorkbook.from_path(str(soffice(filled, "xlsx", tmp_path / "out")))

    def at(sheet: str, row: int, column: int) -> object:
        return sheets.get_sheet_by_name(sheet).to_python(skip_empty_area=False)[row - 1][column - 1]

    plan = checks.lay(form)
    signs = [str(at("校验", check.row, 6))[:1] for check in plan if check.relation]
    assert signs == case_.verdicts()
    report = case_.report
    for cell in form.totals:
        figure = form.figures[cell]
        shown = at(figure.sheet, figure.row + 2, figure.column)
        total = report.figures.get(cell)
        assert shown == ("" if total is None else pytest.approx(float(total))), cell
    counts = [at("校验", check.row, 5) for check in plan if check.kind in (checks.BLANKS, checks.WRONG)]
    assert counts == case_.faults()
    for table in form.tables:
        failed = [x for x in plan if x.relation and x.table == table.id and str(at("校验", x.row, 6)).startswith("×")]
        assert (f"{len(failed)} 处勾稽不符" in str(at(table.sheet, 2, 1))) == bool(failed)
    carried = report.figures.get("t3.carried_in.enterprise")
    line = next(x for x in plan if x.link == form.figures["t3.carried_in.enterprise"].address)
    expected = "√" if carried == 3 else "—" if carried is None else "×"
    assert str(at("校验", line.row, 6))[:1] == expected
    for cells in form.stock:
        stock, came, went = (report.figures.get(cell, 0) for cell in cells)
        line = next(x for x in plan if x.link == form.figures[cells[0]].address and "现行有效" in x.words)
        lighter = (cells[0], cells[2]) if stock < 7 + came - went else cells[1:2]
        blank = any(cell not in report.figures for cell in lighter)
        said = f.HOLDS if stock == 7 + came - went else f.OPEN if blank else checks.DIFFERS
        assert at("校验", line.row, 6) == said
    wrong = sum(str(at("校验", check.row, 6)).startswith("×") for check in plan)
    assert f"× 有 {wrong} 处" in str(at("校验", 2, 1))


def _inside(text: str) -> tuple[str, str]:
    return f"<is><t>{text}</t></is>", ' t="inlineStr"'


ERROR_CELL = ("<v>#N/A</v>", ' t="e"')
SPOILT = {
    "agency": [_inside("　 "), ERROR_CELL],
    "year": [("<v>2024.5</v>", ""), ERROR_CELL],
    "office_kind": [_inside("公司")],
    "contact": [ERROR_CELL],
    "fact_no_business": [_inside("也许"), ERROR_CELL],
    "fact_documents_confirmed": [_inside("也许")],
    "fact_proactive_items": [_inside("12件"), ("<v>-1</v>", ""), ("<v>1.5</v>", "")],
    "last_t3_carried_out_enterprise": [_inside("12件"), ERROR_CELL],
    "text_problems": [ERROR_CELL],
    "text_note_t3": [ERROR_CELL],
    "t2_licensing_decisions": [("<v>10000000000000</v>", "")],
}
FINE = {"fact_proactive_items": [_inside("无此项")], "fact_documents_confirmed": [_inside("无此项")]}


def test_no_error_stands_under_a_good_verdict(tmp_path: Path, soffice) -> None:
    """What the reader calls an error, wherever it stands, 校验 calls × too; what the reader lets pass has its √."""
    good = fill(city())
    cells = [(name, xml) for group in (SPOILT, FINE) for name, spoils in group.items() for xml in spoils]
    folder = tmp_path / "in"
    folder.mkdir()
    for number, (name, xml) in enumerate(cells):
        (folder / f"{number}.xlsx").write_bytes(put_xml(good, name, *xml))
    sources = [folder / f"{number}.xlsx" for number in range(len(cells))]
    soffice(sources[0], "xlsx", tmp_path / "out", *sources[1:])
    for source, (name, xml) in zip(sources, cells, strict=True):
        reading = read_workbook(source.read_bytes())
        wrong = any(x.severity == "error" for x in (*reading.findings, *judge(reading.report)[0]))
        assert wrong is (xml in SPOILT.get(name, ())), (name, xml)
        shown = CalamineWorkbook.from_path(str(tmp_path / "out" / source.name)).get_sheet_by_name("校验")
        verdict = shown.to_python(skip_empty_area=False)[1][0]
        assert str(verdict).startswith("× 有 1 处" if wrong else "√"), (name, xml, verdict)


LISTED = {
    (): "√ 各行全部相符；正文里的数等，请点“校验”按钮再核对",
    ("√",): "√ 全部相符，可以生成报告",
    ("— T2-STOCK", "· STY-SHORT"): "√ 全部相符，可以生成报告",
    ("× TXT-FIG", "× T3-BAL", "— T2-STOCK"): "× 随填随算的各项没有错误；按钮查出 2 处，列在最下面，改后请再点“校验”",
}


def test_the_banner_tells_what_the_button_found(tmp_path: Path, soffice) -> None:
    """校验's first line is good only where the button found no error; it tells the button's errors with its own."""
    for number, (signs, agency) in enumerate([*((signs, "甲局") for signs in LISTED), (("× TXT-FIG",), None)]):
        book = load_workbook(BytesIO(fill(city())))
        sheet, cell = book.defined_names["agency"].attr_text.split("!")
        book[sheet][cell.replace("$", "")].value = agency
        first = int(re.findall(r"[0-9]+", book.defined_names["found"].attr_text)[0])
        for row, sign in enumerate(signs, first):
            book["校验"].cell(row, 6).value = sign
        book.save(tmp_path / f"{number}.xlsx")
    sources = [tmp_path / f"{number}.xlsx" for number in range(len(LISTED) + 1)]
    soffice(sources[0], "xlsx", tmp_path / "out", *sources[1:])
    shown = [
        CalamineWorkbook.from_path(str(tmp_path / "out" / source.name)).get_sheet_by_name("校验").to_python()[1][0]
        for source in sources
    ]
    assert shown[:-1] == list(LISTED.values())
    assert shown[-1] == "× 有 1 处需要更正（红色各行）；按钮查出 1 处，列在最下面，改后请再点“校验”"
