"""The roster: which units must report, to whom, under which names, until when. CSV (UTF-8 or GBK) or .xlsx."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from re import IGNORECASE, fullmatch, split
from unicodedata import category

from xlreport.collect.lines import read_lines, refuse_lines
from xlreport.collect.work import bare
from xlreport.errors import InputError
from xlreport.safe.load import naming

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
WHOLE = "汇总"
"""Kinds of office: one of a system that reports up its own line only; one whose report is the sum of others."""

DEEPEST = 50
"""Levels of a roster; China has five of government."""

_SHOWN_ONLY = {"否", "不汇总", "仅展示", "展示", "no", "false", "0", "shown"}
_SUMMED = {"", "是", "汇总", "yes", "true", "1", "summed"}


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

    @cached_property
    def due(self) -> tuple[Unit, ...]:
        """Those that must report: not who adds up the units below it."""
        return tuple(unit for unit in self.units if unit.kind != WHOLE or unit.name not in self.parts)

    @cached_property
    def summed(self) -> frozenset[str]:
        """The names of units whose figures go into the sum: neither they nor anybody above them is only shown."""
        found: set[str] = set()
        ahead = list(self.parts.get("", ()))
        while ahead:
            unit = ahead.pop()
            if unit.summed:
                found.add(unit.name)
                ahead += self.parts.get(unit.name, ())
        return frozenset(found)

    def unit(self, agency: str | None) -> Unit | None:
        """The unit of that name, today's or a former one."""
        return self.by_name.get(bare(agency or ""))

    def named_in(self, text: str) -> Unit | None:
        """The one unit whose name, today's or a former one, occurs in `text`, but for names within longer ones."""
        text = bare(text)
        names = [name for name in self.by_name if name in text]
        longest = (name for name in names if not any(name != other and name in other for other in names))
        found = {self.by_name[name].name: self.by_name[name] for name in longest}
        return next(iter(found.values())) if len(found) == 1 else None


def read_roster(path: Path) -> Roster:
    """The roster in a file. Raises InputError for all mistakes: a unit or code twice, two parents, a circle."""
    with naming(path):
        wrong: list[InputError] = []
        units = tuple(_units(path, wrong))
        names = _names(units)
        above = {unit.name: names[bare(unit.parent)].name for unit in units if bare(unit.parent) in names}
        refuse_lines([*wrong, *_faults(units, names), *_circles(above)], "collect.roster.more")
        return Roster(tuple(replace(unit, parent=above.get(unit.name, "")) for unit in units))


def _units(path: Path, wrong: list[InputError]) -> Iterator[Unit]:
    """A unit each line; mistakes go to `wrong`."""
    for row, line in read_lines(path, COLUMNS, ("name",), "collect.roster"):
        if not line["name"]:
            wrong.append(InputError("collect.roster.no_name", row=row))
            continue
        if any(category(letter) == "Cc" and not letter.isspace() for text in line.values() for letter in text):
            wrong.append(InputError("collect.roster.control", row=row))
        summed = line["summed"].lower()
        if summed not in _SHOWN_ONLY | _SUMMED:
            wrong.append(InputError("collect.roster.summed", row=row, value=line["summed"][:40]))
        deadline = None
        try:
            deadline = _date(line["deadline"], row)
        except InputError as error:
            wrong.append(error)
        yield Unit(
            name=line["name"],
            former=tuple(name for name in _many(line["former"]) if bare(name) != bare(line["name"])),
            code=line["code"],
            kind=_kind(line["kind"]),
            parent=line["parent"],
            summed=summed in _SUMMED,
            deadline=deadline,
        )


def _kind(text: str) -> str:
    """The kinds on which sums depend under one name, however they are called; every other as it is."""
    if fullmatch(r"[^非不]*垂(直|管).*|vertical.*", text, IGNORECASE):
        return VERTICAL
    return WHOLE if fullmatch(r"汇总(单位|机关|报告|级)?|合计|whole|sum", text, IGNORECASE) else text


def _many(text: str) -> list[str]:
    return [name.strip() for name in split("[;；、|\n]", text) if name.strip()]


def _date(text: str, row: int) -> date | None:
    found = fullmatch(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T].*)?", text)
    if not text:
        return None
    try:
        return date(*map(int, found.groups() if found else ()))
    except (TypeError, ValueError):
        raise InputError("collect.roster.date", row=row, value=text[:40]) from None


def _names(units: Iterable[Unit]) -> dict[str, Unit]:
    """Every unit by its name, or by a former one that is no other's name."""
    names: dict[str, Unit] = {}
    for unit in units:
        names.setdefault(bare(unit.name), unit)
    for unit in units:
        for name in unit.former:
            names.setdefault(bare(name), unit)
    return names


def _faults(units: Sequence[Unit], names: Mapping[str, Unit]) -> Iterator[InputError]:
    """What a list of units cannot have."""
    if not units:
        yield InputError("collect.roster.empty")
    codes: dict[str, Unit] = {}
    for unit in units:
        twin = names[bare(unit.name)]
        if twin is not unit:
            yield _twins(twin, unit)
            continue
        if unit.code and (other := codes.setdefault(unit.code, unit)) is not unit:
            yield InputError("collect.roster.code", code=unit.code, one=other.name, other=unit.name)
        for name in unit.former:
            if (other := names[bare(name)]) is not unit:
                yield InputError("collect.roster.former", name=name, one=other.name, other=unit.name)
        parents = _many(unit.parent)
        if len(parents) > 1:
            yield InputError("collect.roster.two_parents", unit=unit.name, one=parents[0], other=parents[1])
        elif unit.parent and bare(unit.parent) not in names:
            yield InputError("collect.roster.no_parent", unit=unit.name, parent=unit.parent)


def _twins(one: Unit, other: Unit) -> InputError:
    if bare(one.parent) == bare(other.parent):
        return InputError("collect.roster.twice", unit=other.name)
    parents = {"one": one.parent or "—", "other": other.parent or "—"}
    return InputError("collect.roster.two_parents", unit=other.name, **parents)


def _circles(above: Mapping[str, str]) -> Iterator[InputError]:
    """Each circle of units above one another, and units that stand too deep. above: the unit right above each."""
    seen: set[str] = set()
    for start in above:
        way: dict[str, None] = {}
        here = start
        while here and here not in seen:
            if here in way:
                names = list(way)
                yield InputError("collect.roster.circle", units=" → ".join((*names[names.index(here) :], here)))
                break
            way[here] = None
            here = above.get(here, "")
        if len(way) > DEEPEST:
            yield InputError("collect.roster.deep", unit=start, limit=DEEPEST)
        seen.update(way)
