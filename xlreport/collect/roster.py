"""The roster: which units must report, to whom, under which names, until when. CSV (UTF-8 or GBK) or .xlsx."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from io import BytesIO, StringIO
from pathlib import Path
from re import fullmatch, split

from xlreport.collect.work import bare
from xlreport.errors import InputError
from xlreport.job import load, naming
from xlreport.safe.workbooks import preflight

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "name": ("单位", "单位名称", "名称", "unit", "name", "agency"),
    "former": ("曾用名", "原名称", "former names", "former"),
    "code": ("代码", "单位代码", "编码", "code"),
    "kind": ("类别", "类型", "单位类别", "kind"),
    "parent": ("上级", "上级单位", "parent"),
    "summed": ("汇总", "是否汇总", "summed"),
    "deadline": ("截止日期", "报送期限", "期限", "deadline"),
}
"""Heads of columns by what they mean; only the first, the unit, must be there."""

VERTICAL = "垂直管理"
_SHOWN_ONLY = {"否", "不汇总", "仅展示", "展示", "no", "false", "0", "shown"}
_SUMMED = {"", "是", "汇总", "yes", "true", "1", "summed"}
MOST = 200_000


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit that must report. summed: its figures go into the sum of its parent, not only on a list."""

    name: str
    former: tuple[str, ...] = ()
    code: str = ""
    kind: str = ""
    parent: str = ""
    summed: bool = True
    deadline: date | None = None


@dataclass(frozen=True)
class Roster:
    """Units in the order of the list; every parent is a unit, and nobody is above himself."""

    units: tuple[Unit, ...]

    @cached_property
    def by_name(self) -> Mapping[str, Unit]:
        """A unit by its name or a former one, white space left out."""
        return {bare(name): unit for unit in self.units for name in (*unit.former, unit.name)}

    @cached_property
    def parts(self) -> Mapping[str, tuple[Unit, ...]]:
        """The units right below a unit, by its name; those at the top by ""."""
        found: dict[str, list[Unit]] = {}
        for unit in self.units:
            found.setdefault(unit.parent, []).append(unit)
        return {name: tuple(units) for name, units in found.items()}

    def unit(self, agency: str | None) -> Unit | None:
        """The unit of that name, today's or a former one."""
        return self.by_name.get(bare(agency or ""))


def read_roster(path: Path) -> Roster:
    """The roster in a file. Raises InputError naming the line: a unit twice, two parents, a circle, no such parent."""
    with naming(path):
        rows = _rows(path)
        return _checked(tuple(_units(rows)))


def _rows(path: Path) -> list[list[str]]:
    content = load(path)
    if path.suffix.lower() in (".xlsx", ".xlsm"):
        from python_calamine import CalamineError, CalamineWorkbook

        preflight(content, path.suffix.lower())
        try:
            sheet = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0)
            return [[_text(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]
        except CalamineError:
            raise InputError("collect.roster.unreadable") from None
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = content.decode("gb18030")
        except UnicodeDecodeError:
            raise InputError("collect.roster.unreadable") from None
    try:
        return [[value.strip() for value in row] for row in csv.reader(StringIO(text))]
    except csv.Error:
        raise InputError("collect.roster.unreadable") from None


def _text(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime | date):
        return value.isoformat()[:10]
    return str(value).strip()


def _units(rows: Sequence[Sequence[str]]) -> Iterator[Unit]:
    head = next((row for row in rows if any(row)), ())
    places = {
        field: next((i for i, title in enumerate(head) if title.strip().lower() in names), None)
        for field, names in COLUMNS.items()
    }
    if places["name"] is None:
        raise InputError("collect.roster.no_head", names="、".join(COLUMNS["name"][:3]))
    if len(rows) > MOST:
        raise InputError("collect.roster.too_long", limit=MOST)
    for number, row in enumerate(rows, 1):
        if row is head or not any(row):
            continue

        def of(field: str, row: Sequence[str] = row) -> str:
            place = places[field]
            return "" if place is None or place >= len(row) else row[place].strip()

        if not of("name"):
            raise InputError("collect.roster.no_name", row=number)
        summed = of("summed").lower()
        if summed not in _SHOWN_ONLY | _SUMMED:
            raise InputError("collect.roster.summed", row=number, value=of("summed")[:40])
        yield Unit(
            name=of("name"),
            former=tuple(name for name in _many(of("former")) if bare(name) != bare(of("name"))),
            code=of("code"),
            kind=of("kind"),
            parent=of("parent"),
            summed=summed in _SUMMED,
            deadline=_date(of("deadline"), number),
        )


def _many(text: str) -> list[str]:
    return [name.strip() for name in split("[;；、|\n]", text) if name.strip()]


def _date(text: str, row: int) -> date | None:
    found = fullmatch(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T].*)?", text)
    try:
        if text and not found:
            raise ValueError(text)
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        raise InputError("collect.roster.date", row=row, value=text[:40]) from None


def _checked(units: tuple[Unit, ...]) -> Roster:
    if not units:
        raise InputError("collect.roster.empty")
    named: dict[str, Unit] = {}
    for unit in units:
        twin = named.get(bare(unit.name))
        if twin is not None and bare(twin.parent) != bare(unit.parent):
            raise InputError("collect.roster.two_parents", unit=unit.name, one=twin.parent or "—", other=unit.parent or "—")
        if twin is not None:
            raise InputError("collect.roster.twice", unit=unit.name)
        named[bare(unit.name)] = unit
    known = dict(named)
    for unit in units:
        for name in unit.former:
            other = known.setdefault(bare(name), unit)
            if other is not unit:
                raise InputError("collect.roster.former", name=name, one=other.name, other=unit.name)
    for unit in units:
        if len(_many(unit.parent)) > 1:
            one, other = _many(unit.parent)[:2]
            raise InputError("collect.roster.two_parents", unit=unit.name, one=one, other=other)
        if unit.parent and bare(unit.parent) not in known:
            raise InputError("collect.roster.no_parent", unit=unit.name, parent=unit.parent)
    above = {unit.name: known[bare(unit.parent)].name if unit.parent else "" for unit in units}
    _no_circle(above)
    return Roster(
        tuple(
            Unit(u.name, u.former, u.code, u.kind, above[u.name], u.summed, u.deadline) for u in units
        )
    )


def _no_circle(above: Mapping[str, str]) -> None:
    sound: set[str] = set()
    for start in above:
        way: dict[str, None] = {}
        here = start
        while here and here not in sound:
            if here in way:
                names = list(way)
                raise InputError("collect.roster.circle", units=" → ".join((*names[names.index(here) :], here)))
            way[here] = None
            here = above[here]
        sound.update(way)
