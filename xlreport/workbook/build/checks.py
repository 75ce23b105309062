"""Everything that 校验 checks, one line each, live in the sheet: as values, before anything is written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from xlreport.form import Figure, Form, Relation, Table
from xlreport.report import NOT_APPLICABLE
from xlreport.workbook.build import formulas as f
from xlreport.workbook.places import text_name
from xlreport.workbook.plan import BASICS, WORDS, Locate, fact_rows, locator, text_rows

FIRST = 5
REQUIRED, BLANKS, WRONG, RELATION, CARRY, OTHER = "required", "blanks", "wrong", "relation", "carry", "other"
BASIC, CONTINUITY, TEXT = "一、基本信息", "五、与上年衔接", "六、正文"
UNKNOWN, DIFFERS = "（上年未填）", "— 有出入，请核对"
_NONE = 'IF(E#=0,"√ 没有","× 请重新填写")'
LONGEST = 24  # characters of a row's name
_ORDINAL = re.compile("^([一二三四五六七八九十]+)、|^(（[一二三四五六七八九十]+）)")


@dataclass(frozen=True, slots=True)
class Check:
    """A line of 校验. The formulas are without =; in them # is the line's own row.

    `kind`: REQUIRED, BLANKS, WRONG (inputs that are no proper number), RELATION, CARRY or OTHER. `table`: id, or "".
    """

    group: str
    kind: str
    words: str
    link: str
    verdict: str
    left: str = ""
    right: str = ""
    difference: str = ""
    table: str = ""
    relation: Relation | None = None
    row: int = 0

    @property
    def address(self) -> str:
        """Where to look, in words: a cell, or 基本信息."""
        return self.link if "!" in self.link else BASICS


def lay(form: Form) -> tuple[Check, ...]:
    """Every line, with its row; each group has a heading line above it."""
    placed: list[Check] = []
    row, group = FIRST, ""
    for check in (
        *_basics(form),
        *_inputs(form),
        *_relations(form),
        *_carry(form),
        *_stock(form),
        *_answers(form),
        *_words(form),
    ):
        row += check.group != group
        group = check.group
        own = {part: getattr(check, part).replace("#", str(row)) for part in ("verdict", "left", "right", "difference")}
        placed.append(replace(check, row=row, **own))
        row += 1
    return tuple(placed)


def _basics(form: Form) -> Iterator[Check]:
    agency = 'IFERROR(LEN(TRIM(SUBSTITUTE(agency,"　",""))),0)>0'
    year = "IFERROR(AND(ISNUMBER(year),year>=2008,year<=2100,year=INT(year)),FALSE)"
    for name, words, filled, verdict in (
        ("agency", "填写了单位全称", agency, "× 未填"),
        ("year", "填写了报告年度（四位年份）", year, "× 未填或有误"),
    ):
        yield Check(BASIC, REQUIRED, words, name, f'IF({filled},"√ 已填","{verdict}")')
    offices = _unlisted("office_kind", [office.id for office in form.offices])
    yield Check(BASIC, OTHER, "单位类别：下拉列表里没有的", "office_kind", _NONE, difference=offices)
    last = [f"last_{form.figures[cell].defined_name}" for cell in form.last_year_figures]
    wrong = f"COUNTA({','.join(last)})-COUNT({','.join(last)})"
    yield Check(BASIC, OTHER, "上年数据：填了文字或错误值的格子", last[0], _NONE, difference=wrong)


def _unlisted(name: str, options: Sequence[str]) -> str:
    """1 where a choice is none of its options."""
    listed = ",".join(f'"{option}"' for option in options)
    return f"COUNTA({name})-SUMPRODUCT(COUNTIF({name},{{{listed}}}))"


def _inputs(form: Form) -> Iterator[Check]:
    for table in form.tables:
        inputs = [figure for figure in table.figures if figure.id not in form.totals]
        place = locator(form)

        def over(*kinds: str, inputs: list[Figure] = inputs, place: Locate = place) -> tuple[str, ...]:
            return f.areas((x.id for x in inputs if x.kind in kinds), place)

        every = over("count", "amount", "change")
        for kind, words, areas, formula, bad in (
            (BLANKS, "还没有填的格子（没有发生的填 0）", every, f.empty(every, len(inputs)), "— 有空格"),
            (WRONG, "填了文字的格子（只能填数字，按没有填计）", every, f.texts(every), "× 请改为数字"),
            (WRONG, "错误值，如 #DIV/0!（按没有填计）", every, f.errors(every), "× 请重新填写"),
            (WRONG, "负数", over("count", "amount"), f.negatives(over("count", "amount")), "× 不应小于 0"),
            (WRONG, "大得不可信的数", every, f.oversized(every), "× 请核对"),
            (WRONG, "不是整数的件数", over("count", "change"), f.fractions(over("count", "change")), "× 应为整数"),
        ):
            if areas:
                verdict = f'IF(E#=0,"√ 没有","{bad}")'
                link = inputs[0].address
                words_ = f"{table.sheet}：{words}"
                yield Check("二、三张表的填写", kind, words_, link, verdict, difference=formula, table=table.id)


def _relations(form: Form) -> Iterator[Check]:
    for relation in form.relations:
        table = form.table(relation.right[0].split(".")[0])
        weighing = f.weighing(form, relation, locator(form))
        yield Check(
            f"三、{table.sheet}勾稽" if table.id == "t3" else f"四、{table.sheet}勾稽",
            RELATION,
            describe(form, table, relation),
            form.figures[relation.right[0]].address,
            weighing.verdict("C#", "D#"),
            weighing.left,
            weighing.right,
            "D#-C#",
            table.id,
            relation,
        )


def describe(form: Form, table: Table, relation: Relation) -> str:
    """What is compared, in plain words."""
    left, right = ([form.figures[cell] for cell in side] for side in (relation.left, relation.right))
    if len({figure.row_id for figure in left + right}) == 1:
        name = "·".join(right[0].names[:-1])
        short = name if len(name) <= LONGEST else f"{name[: LONGEST - 1]}…"
        return f"{table.sheet}“{short}”：前面 {len(left)} 格之和 ＝ {right[0].names[-1]}"

    def side(cells: list[Figure]) -> str:
        first, *others = dict.fromkeys(_ordinals(table, figure) for figure in cells)
        return "＋".join([first, *(other.removeprefix(first[0]) for other in others)])

    return f"{table.sheet}“{right[0].names[-1]}”列：{side(left)} ＝ {side(right)}"


def _ordinals(table: Table, figure: Figure) -> str:
    """The numbers of the rows that a figure stands in: 三（七）."""
    stubs = [x for x in table.labels if x.role == "stub" and x.row <= figure.row < x.row + x.rows]
    found = (_ORDINAL.match(label.text) for label in sorted(stubs, key=lambda x: x.column))
    return "".join(match[1] or match[2] for match in found if match)


def _carry(form: Form) -> Iterator[Check]:
    place = locator(form)
    for before, now in form.carry:
        figure = form.figures[now]
        last = f"last_{form.figures[before].defined_name}"
        inputs = f.leaves(form, (now,))
        blanks = f"{len(inputs)}-{f.numbers(f.areas(inputs, place))}"
        is_open = f"AND(D#<C#,{blanks}>0,NOT({f.NO_BUSINESS}))"
        failed = f'IF({is_open},"{f.OPEN}","{f.FAILS}")'
        yield Check(
            CONTINUITY,
            CARRY,
            f"“{figure.names[-1]}”列：上年表三“四、结转下年度” ＝ 本年表三“二、上年结转”",
            figure.address,
            f'IF(COUNT({last})=0,"{UNKNOWN}",IF(ABS(C#-D#)<{f.TOLERANCE},"{f.HOLDS}",{failed}))',
            f'SUMIF({last},">=-1E+300")',
            f.total(f.areas((now,), place)),
            "D#-C#",
            figure.table,
        )


def _stock(form: Form) -> Iterator[Check]:
    place = locator(form)
    for cells in form.stock:
        held, came, went = (f.total(f.areas((cell,), place)) for cell in cells)
        figure = form.figures[cells[0]]
        last = f"last_{figure.defined_name}"
        more, less = (f"{len(side)}-{f.numbers(f.areas(side, place))}" for side in ((cells[0], cells[2]), cells[1:2]))
        is_open = f"AND(IF(D#<C#,{more},{less})>0,NOT({f.NO_BUSINESS}))"
        judged = f'IF(ABS(C#-D#)<{f.TOLERANCE},"{f.HOLDS}",IF({is_open},"{f.OPEN}","{DIFFERS}"))'
        yield Check(
            CONTINUITY,
            OTHER,
            f"{figure.names[0]}：上年现行有效＋本年制发－本年废止 ＝ 本年现行有效",
            figure.address,
            f'IF(COUNT({last})=0,"{UNKNOWN}",{judged})',
            f'SUMIF({last},">=-1E+300")+{came}-{went}',
            held,
            "D#-C#",
            figure.table,
        )


def _answers(form: Form) -> Iterator[Check]:
    """Answers that do not fit their question, and error values where text belongs."""
    rows = fact_rows(form)

    def over(*kinds: str) -> tuple[str, ...]:
        return f.areas((x for x in rows if form.facts[x].kind in kinds), lambda x: (WORDS, 2, rows[x]))

    every = over("count", "amount")
    absent = "".join(f'-COUNTIF({area},"{NOT_APPLICABLE}")' for area in every)
    wrong = f"COUNTA({','.join(every)})-{f.numbers(every)}{absent}+{f.negatives(every)}+{f.fractions(over('count'))}"
    for id_, fact in form.facts.items():
        if fact.kind == "choice" and not fact.many:
            wrong += "+" + _unlisted(f"fact_{id_}", [*fact.options, NOT_APPLICABLE])
    words = f"供生成草稿用的情况：不合要求的回答（只填数字或“{NOT_APPLICABLE}”，单选项从下拉列表选）"
    yield Check(TEXT, OTHER, words, every[0].split(":")[0], _NONE, difference=wrong)
    texts = sorted(text_rows(form).values())
    names = ["contact", *(text_name("last_text", key) for key in form.last_year_text)]
    errors = f.errors([f"{WORDS}!B{texts[0]}:C{texts[-1]}", *names])
    words = "正文、联系方式等文字中的错误值，如 #NAME?（多半是以“=”开头）"
    yield Check(TEXT, OTHER, words, f"{WORDS}!C{texts[0]}", _NONE, difference=errors)


def _words(form: Form) -> Iterator[Check]:
    rows, group = text_rows(form), TEXT
    for section in form.sections:
        if not section.required:
            continue
        keys = [key for key, _ in section.text]
        draft, final = (f"{WORDS}!{c}{rows[keys[0]]}:{c}{rows[keys[-1]]}" for c in "BC")
        link = f"{WORDS}!C{rows[keys[0]]}"
        some = f"IFERROR(SUMPRODUCT(LEN(TRIM({draft}))+LEN(TRIM({final}))),1)"
        yield Check(group, OTHER, f"“{section.heading}”有内容", link, f'IF({some}>0,"√ 有","× 还没有正文")')
        mark = '"【请填写"'
        used = f"(LEN({final})>0)*{{0}}+(LEN({final})=0)*{{1}}"
        holders = used.format(f"ISNUMBER(FIND({mark},{final}))", f"ISNUMBER(FIND({mark},{draft}))")
        count = f"IFERROR(SUMPRODUCT({holders}),0)"
        words = f"“{section.heading}”中还有“【请填写：…】”的段落"
        yield Check(group, OTHER, words, link, 'IF(E#=0,"√ 没有","× 请补写")', difference=count)
        if section.id == "overview" and form.overview_limit:
            bare = 'LEN(SUBSTITUTE(SUBSTITUTE({}," ",""),CHAR(10),""))'
            size = f"IFERROR(SUMPRODUCT({used.format(bare.format(final), bare.format(draft))}),0)"
            long = f'IF(OR(E#<={form.overview_limit},COUNTIF(office_kind,"汇总")=1),"√ 合适","— 偏长")'
            words = f"“{section.heading}”的字数（原则上不超过 {form.overview_limit} 字）"
            yield Check(group, OTHER, words, link, long, difference=size)


def verdicts(checks: tuple[Check, ...], home: str = "") -> str:
    """The area of these lines' verdicts; they must stand together."""
    sheet = f"{home}!" if home else ""
    return f"{sheet}$F${checks[0].row}:$F${checks[-1].row}"


def count(area: str, sign: str) -> str:
    """How many verdicts of an area begin with `sign`; × is wrong, — is open."""
    return f'SUMPRODUCT(--(LEFT({area},1)="{sign}"))'
