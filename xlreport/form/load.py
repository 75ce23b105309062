"""Forms from their TOML files."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from xlreport.form.model import Fact, Figure, Form, Label, Limit, Office, Relation, Section, Table
from xlreport.toml import read_toml

FORMS = ("2021", "2019")
"""The forms we know, the one in force first."""


def _read(name: str) -> dict[str, Any]:
    return read_toml(Path(__file__).with_name(f"{name}.toml"))


@cache
def load_form(id_: str) -> Form:
    """The form of that id. Raises KeyError when we know none."""
    if id_ not in FORMS:
        raise KeyError(id_)
    data, common = _read(id_), _read("common")
    tables = tuple(_table(entry, data, common["short"]) for entry in data["tables"])
    figures = {figure.id: figure for table in tables for figure in table.figures}
    by_id = {table.id: table for table in tables}
    heads = _by_head(figures)
    relations = tuple(r for entry in data["relations"] for r in _relations(entry, by_id[entry["table"]], heads))
    facts = {entry["id"]: _fact(entry) for entry in common["facts"] if id_ in entry.get("forms", FORMS)}
    last_year = data["last_year"]
    return Form(
        id=data["id"],
        notice=data["notice"],
        notice_title=data["notice_title"],
        first_year=data["first_year"],
        title=data["title"],
        overview_limit=data.get("overview_limit"),
        fee_statement=data["fee_statement"],
        tables=tables,
        figures=MappingProxyType(figures),
        relations=relations,
        totals=MappingProxyType(_totals(relations)),
        sections=tuple(_section(entry) for entry in data["sections"]),
        offices=tuple(Office(**entry) for entry in common["kinds"]),
        facts=MappingProxyType(facts),
        limits=tuple(_limits(common["limits"], facts.keys() | figures.keys())),
        definitions=tuple((d["term"], d["meaning"]) for d in common.get("definitions", ())),
        last_year_figures=tuple(_matching(last_year["figures"], heads)),
        last_year_text=tuple(last_year["text"]),
        carry=tuple(
            (before.format(column=column), now.format(column=column))
            for before, now in last_year["carry"]
            for column in by_id["t3"].column_ids
        ),
        stock=tuple((held, came, went) for held, came, went in last_year.get("stock", ())),
    )


def _fits(pattern: str, id_: str) -> bool:
    if "*" not in pattern:
        return pattern == id_
    wanted, parts = pattern.split("."), id_.split(".")
    return len(wanted) == len(parts) and all(w in ("*", p) for w, p in zip(wanted, parts, strict=True))


def _by_head(ids: Iterable[str]) -> Mapping[str, Sequence[str]]:
    """The ids by all that can stand before a star: `t3.`, `t3.received.`, and by themselves."""
    heads: dict[str, list[str]] = {}
    for id_ in ids:
        for at, sign in enumerate(id_):
            if sign == ".":
                heads.setdefault(id_[: at + 1], []).append(id_)
        heads[id_] = [id_]
    return heads


def _matching(patterns: Iterable[str], heads: Mapping[str, Sequence[str]]) -> Iterator[str]:
    for pattern in patterns:
        yield from (id_ for id_ in heads.get(pattern.partition("*")[0], ()) if _fits(pattern, id_))


def _setting(data: Mapping[str, Any], id_: str, name: str, default: str) -> Any:
    for pattern, settings in data.get("figures", {}).items():
        if name in settings and _fits(pattern, id_):
            return settings[name]
    return default


def _table(entry: Mapping[str, Any], data: Mapping[str, Any], short: Mapping[str, str]) -> Table:
    """Place labels and figures on the grid: each takes the first free columns of its line, as in an HTML table."""
    shared = data["columns"].get(entry.get("columns"), ())
    width = len(entry["widths"])
    taken: set[tuple[int, int]] = set()
    labels: list[Label] = []
    places: list[tuple[str, str, int, int, int]] = []

    def place(row: int, rows: int, columns: int) -> int:
        column = next(c for c in range(1, width + 1) if (row, c) not in taken)
        taken.update((r, c) for r in range(row, row + rows) for c in range(column, column + columns))
        return column

    for row, line in enumerate(entry["lines"], 1):
        for text, columns, rows in line["labels"]:
            column = place(row, rows, columns)
            labels.append(Label(text, row, column, rows, columns, "head" if line.get("head") else "stub"))
        for row_id in line.get("rows", ()):
            ids = line.get("columns", shared)
            for column_id, columns in zip(ids, line.get("spans", [1] * len(ids)), strict=True):
                places.append((row_id, column_id, row, place(row, 1, columns), columns))

    def figure(row_id: str, column_id: str, row: int, column: int, columns: int) -> Figure:
        id_ = f"{entry['id']}.{row_id}.{column_id}"
        return Figure(
            id=id_,
            table=entry["id"],
            sheet=entry["sheet"],
            row_id=row_id,
            column_id=column_id,
            row=row,
            column=column,
            columns=columns,
            kind=_setting(data, id_, "kind", "count"),
            unit=_setting(data, id_, "unit", "件"),
            names=tuple(short.get(name, name) for name in _names(labels, width, row, column)),
        )

    return Table(
        id=entry["id"],
        sheet=entry["sheet"],
        title=entry["title"],
        widths=tuple(entry["widths"]),
        height=len(entry["lines"]),
        head_lines=entry["head_lines"],
        labels=tuple(labels),
        figures=tuple(figure(*p) for p in places),
        row_ids=tuple(dict.fromkeys(p[0] for p in places)),
        column_ids=tuple(dict.fromkeys(p[1] for p in places)),
    )


def _names(labels: list[Label], width: int, row: int, column: int) -> Iterator[str]:
    """The labels that head a figure, from the outermost inwards.

    Where rows have labels of their own: these, without the one that only groups the groups, then the nearest head
    above. Where they have none (table 4): every head above.
    """
    stubs = [x for x in labels if x.role == "stub" and x.row <= row < x.row + x.rows and x.column < column]
    above = [x for x in labels if x.role == "head" and x.row < row and x.column <= column < x.column + x.columns]
    yield from (x.text for x in stubs[1:] or stubs)
    yield from (x.text for x in ([x for x in above if x.columns < width][-1:] if stubs else above))


def _relations(entry: Mapping[str, Any], table: Table, heads: Mapping[str, Sequence[str]]) -> Iterator[Relation]:
    over = entry["over"]
    for key in table.row_ids if over == "row" else table.column_ids:
        patterns = {side: [p.replace("{" + over + "}", key) for p in entry[side]] for side in ("left", "right")}
        right = tuple(_matching(patterns["right"], heads))
        left = tuple(id_ for id_ in _matching(patterns["left"], heads) if id_ not in right)
        yield Relation(entry["code"], key, left, right, entry.get("total", False))


def _limits(entries: Iterable[Mapping[str, Any]], known: Collection[str]) -> Iterator[Limit]:
    """The limits whose facts and figures this form has."""
    for entry in entries:
        if all(id_ in known for id_ in (*entry["facts"], *entry["whole"])):
            yield Limit(tuple(entry["facts"]), tuple(entry["whole"]), entry["are"] == "equal")


def _totals(relations: tuple[Relation, ...]) -> dict[str, Relation]:
    """The relation that computes each total, parts before the sums that need them."""
    by_cell: dict[str, Relation] = {}
    for relation in relations:
        if relation.total:
            by_cell.setdefault(relation.right[0], relation)
    ordered: dict[str, Relation] = {}

    def add(cell: str) -> None:
        if cell in by_cell and cell not in ordered:
            for part in by_cell[cell].left:
                add(part)
            ordered[cell] = by_cell[cell]

    for cell in by_cell:
        add(cell)
    return ordered


def _section(entry: Mapping[str, Any]) -> Section:
    return Section(
        id=entry["id"],
        heading=entry["heading"],
        text=tuple((key, heading) for key, heading in entry["text"]),
        table=entry.get("table"),
        required=entry.get("required", False),
    )


def _fact(entry: Mapping[str, Any]) -> Fact:
    return Fact(
        id=entry["id"],
        aspect=entry["aspect"],
        question=entry["question"],
        kind=entry["kind"],
        unit=entry.get("unit", ""),
        hint=entry.get("hint", ""),
        options=tuple(entry.get("options", entry.get("remedies", ()))),
        many=entry.get("many", False),
        offices=tuple(entry.get("offices", ())),
        required=tuple(entry.get("required", ())),
        remedies=MappingProxyType(entry.get("remedies", {})),
    )
