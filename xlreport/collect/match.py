"""What came in against who must report: missing, twice, unknown, wrong year or form, late, copied."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import chain, groupby
from operator import itemgetter
from types import MappingProxyType
from typing import Literal, NamedTuple, overload

from xlreport.collect.packed import Packed, pack
from xlreport.collect.roster import Roster, Unit
from xlreport.collect.work import bare
from xlreport.form import FORMS, load_form
from xlreport.messages import JOINTS, Phrase, say

State = Literal["reported", "missing", "duplicate", "unknown", "refused", "skipped", "year", "form", "late", "nameless"]
"""What became of a unit. Of a wrong year ("year") is nothing that was asked for; "form" and "late" are reported."""

WRONG = {"missing", "duplicate", "unknown", "year", "form", "nameless"}
"""States that make a collection incomplete."""

_WRONG = {"collect.flag.year", "collect.flag.form"}
"""Flags that do so too."""

_NOTHING: Mapping[int, tuple[Phrase, ...]] = MappingProxyType({})


class Seen(NamedTuple):
    """A file and what was found out about it, in short; the journal has the rest under `key`.

    status: of its verdict, or "skipped". counts: errors, warnings, notes, and what could not be judged. why: why it
    could not be used. empty: it has 0 bytes, so a report is missing.
    """

    name: str
    key: str
    status: str
    agency: str = ""
    year: int | None = None
    form: str = ""
    kind: str = ""
    counts: tuple[int, int, int, int] = (0, 0, 0, 0)
    arrived: float = 0
    why: str = ""
    empty: bool = False


class Line(NamedTuple):
    """A unit, or a file that belongs to none, and how it stands.

    flags: what is to be said; wrong: one is bad; own: those that are of one file only, for each of `files`.
    """

    unit: Unit
    state: State
    files: tuple[Seen, ...]
    flags: tuple[Phrase, ...] = ()
    wrong: bool = False
    own: tuple[tuple[Phrase, ...], ...] = ()

    @property
    def status(self) -> str:
        """The worst verdict of its files."""
        order = ("unusable", "fail", "warnings", "pass", "skipped")
        return min((seen.status for seen in self.files), key=order.index, default="")

    @property
    def verdict(self) -> str:
        """The worst verdict of its files; the state, where they were judged as what they should not be."""
        return self.state if self.state in ("year", "form") else self.status

    @property
    def counts(self) -> tuple[int, ...]:
        """Errors, warnings, notes and open relations of all its files."""
        return tuple(sum(column) for column in zip(*(seen.counts for seen in self.files), strict=True)) or (0, 0, 0, 0)


class Copied(NamedTuple):
    """Two files whose texts have `percent` in common."""

    one: str
    other: str
    percent: int


def the_year(files: Iterable[Seen]) -> int | None:
    """The year that most reports are of; of two that are as frequent, the later."""
    years = Counter(seen.year for seen in files if seen.year is not None)
    return max(years, key=lambda year: (years[year], year), default=None)


def form_of(year: int | None) -> str | None:
    """The form that reports of a year follow."""
    if year is None:
        return None
    begun = [form for form in FORMS if load_form(form).first_year <= year]
    return max(begun, key=lambda form: load_form(form).first_year, default=None)


class Lines(Sequence[Line]):
    """Units of the roster, then what is in none, each line made of its files when it is asked for.

    groups: packed, for each line the place of its unit on the roster (-1: on none) and the numbers of its files.
    same: of a file, by name, the one that it has its text in common with. told: what else is to be said, by line.
    """

    def __init__(
        self,
        files: Sequence[Seen],
        groups: Iterable[bytes],
        *,
        roster: Roster | None,
        year: int | None,
        same: Mapping[str, Copied],
        told: Mapping[int, tuple[Phrase, ...]] = _NOTHING,
    ) -> None:
        self._files, self._roster, self._year, self._same, self._told = files, roster, year, same, told
        self._groups = Packed(tuple, groups)

    def __len__(self) -> int:
        return len(self._groups)

    @overload
    def __getitem__(self, at: int) -> Line: ...

    @overload
    def __getitem__(self, at: slice) -> Sequence[Line]: ...

    def __getitem__(self, at: int | slice) -> Line | Sequence[Line]:
        numbers = range(len(self))[at]
        return self._line(numbers) if isinstance(numbers, int) else [self._line(number) for number in numbers]

    def __iter__(self) -> Iterator[Line]:
        return map(self._line, range(len(self)))

    def telling(self, told: Mapping[int, tuple[Phrase, ...]]) -> Lines:
        """The same lines, with more to be said of some."""
        return Lines(self._files, self._groups.packed, roster=self._roster, year=self._year, same=self._same, told=told)

    def _line(self, at: int) -> Line:
        place, *numbers = self._groups[at]
        files = [self._files[number] for number in numbers]
        if place >= 0 and self._roster is not None:
            line = _unit(self._roster.units[place], files, self._year, self._same, known=True)
        elif files[0].agency:
            unit = Unit(files[0].agency, kind=files[0].kind)
            line = _unit(unit, files, self._year, self._same, known=self._roster is None)
        else:
            line = _nameless(files[0])
        return line._replace(flags=(*line.flags, *self._told[at])) if at in self._told else line


def match(files: Sequence[Seen], roster: Roster | None, year: int | None, copied: Sequence[Copied] = ()) -> Lines:
    """A line for each unit of the roster, in its order, then one for each file or agency that is in none."""
    same: dict[str, Copied] = {}
    for pair in copied:
        same.setdefault(pair.one, pair)
        same.setdefault(pair.other, Copied(pair.other, pair.one, pair.percent))
    units: dict[str, list[int]] = {unit.name: [] for unit in roster.units} if roster else {}
    strangers: list[tuple[str, int]] = []
    nameless: list[int] = []
    for number, seen in enumerate(files):
        unit = roster.unit(seen.agency) if roster else None
        if unit is not None:
            units[unit.name].append(number)
        elif seen.agency:
            strangers.append((bare(seen.agency), number))
        else:
            nameless.append(number)
    if roster is not None:
        nameless = _claimed(nameless, files, units, roster)
    expected = {unit.name for unit in roster.due} if roster else set()
    listed = enumerate(roster.units if roster else ())
    known = ((place, *units[unit.name]) for place, unit in listed if unit.name in expected or units[unit.name])
    unknown = ((-1, *(number for _, number in group)) for _, group in groupby(sorted(strangers), itemgetter(0)))
    groups = map(pack, chain(known, unknown, ((-1, number) for number in nameless)))
    return Lines(files, groups, roster=roster, year=year, same=same)


def _claimed(
    nameless: Iterable[int], files: Sequence[Seen], units: Mapping[str, list[int]], roster: Roster
) -> list[int]:
    """Give a file that cannot be used to the unit it is named after, if that has no other; returns the rest."""
    silent = {name for name, theirs in units.items() if not theirs}
    rest = []
    for number in nameless:
        seen = files[number]
        unit = roster.named_in(seen.name.rpartition("/")[2]) if seen.status == "unusable" else None
        if unit is not None and unit.name in silent:
            units[unit.name].append(number)
        else:
            rest.append(number)
    return rest


def _nameless(seen: Seen) -> Line:
    """A file that does not say whose it is."""
    state: State = "skipped" if seen.status == "skipped" else "refused" if seen.why else "nameless"
    flags = (Phrase("collect.flag.nameless"),) if state == "nameless" else ()
    return Line(Unit(""), state, (seen,), flags, state != "skipped" or seen.empty)


def _unit(unit: Unit, files: list[Seen], year: int | None, same: Mapping[str, Copied], *, known: bool) -> Line:
    flags: list[Phrase] = []
    state: State = "reported"
    if not files:
        return Line(unit, "missing", (), (Phrase("collect.flag.missing"),), wrong=True)
    if not any(seen.agency for seen in files):
        return Line(unit, "refused", tuple(files), (Phrase("collect.flag.unusable"),), wrong=True)
    if len(files) > 1:
        state = "duplicate"
        flags.append(Phrase("collect.flag.duplicate", {"count": len(files)}))
    own = tuple(tuple(_own(seen, unit, year, same)) for seen in files)
    state = _standing(state, own)
    if not known:
        state = "unknown"
        flags.append(Phrase("collect.flag.unknown"))
    flags += [flag for theirs in own for flag in theirs]
    wrong = state in WRONG or any(flag.key in _WRONG for flag in flags)
    return Line(unit, state, tuple(files), tuple(flags), wrong, own)


def _standing(state: State, own: tuple[tuple[Phrase, ...], ...]) -> State:
    """How a unit stands that sent something. own: what is to be said of each file."""
    keys = [{flag.key.rpartition(".")[2] for flag in theirs} for theirs in own]
    if all("year" in theirs for theirs in keys):
        return "year"
    if state != "reported":
        return state
    return "form" if "form" in keys[0] else "late" if "late" in keys[0] else "reported"


def _own(seen: Seen, unit: Unit, year: int | None, same: Mapping[str, Copied]) -> Iterator[Phrase]:
    """What is to be said of one file."""
    if year is not None and seen.year is not None and seen.year != year:
        yield Phrase("collect.flag.year", {"found": seen.year, "wanted": year})
    elif seen.form and (form := form_of(seen.year or year)) and form != seen.form:
        yield Phrase("collect.flag.form", {"found": seen.form, "wanted": form})
    if unit.deadline and (day := date.fromtimestamp(seen.arrived)) > unit.deadline:  # noqa: DTZ012  the office's day
        yield Phrase("collect.flag.late", {"day": day.isoformat(), "deadline": unit.deadline.isoformat()})
    if pair := same.get(seen.name):
        yield Phrase("collect.flag.copied", {"other": pair.other, "percent": pair.percent})


def flags(line: Line, language: str) -> str:
    """What is to be said of a unit, in sentences, each once."""
    told = [say(flag.key, language, **flag.values) for flag in line.flags]
    told += [seen.why for seen in line.files if seen.why]
    return JOINTS[language].join(dict.fromkeys(told))
