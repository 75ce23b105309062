"""What reading passes on: a figure with the words around it, and a claim, that is what it may be a figure of."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from operator import attrgetter
from typing import NamedTuple

from xlreport.form.weigh import Number
from xlreport.narrative.reading.lexicon import Word
from xlreport.narrative.reading.meaning import Context, Meaning
from xlreport.narrative.reading.numerals import ONE
from xlreport.narrative.reading.scope import Scope

_COUNTED = (frozenset("件项份宗起条例"), frozenset({"", "个", "次", "件次"}))
_DOCUMENTS = (frozenset("件份部个"), frozenset("项"))
_DECIDED = (frozenset("件宗起例"), frozenset("项个次份"))
_MONEY = {"元": ONE, "万元": Decimal(10_000), "亿元": Decimal(100_000_000)}


class Claim(NamedTuple):
    """A figure, where it stands in its sentence (start, end), and what it may be a figure of.

    step: one unit of its last digit. options: cells to be summed, any of which may be meant; none for a figure that is
    no statutory one. sure: whether a difference is a contradiction; part: of only some of what the tables cover.
    worded: told in words, 没有 or 三件, and no figure worth listing unless it is tied.
    """

    start: int
    end: int
    value: Number
    step: Decimal = ONE
    options: tuple[tuple[str, ...], ...] = ()
    sure: bool = False
    part: bool = False
    worded: bool = False


@dataclass(slots=True)
class Figure:
    """A number with its unit, the words before it, and those after it so far (until it is `closed`).

    joined: words before it that a 、 or 和 joins to the last; together: it was 和, not 、. lead: what stands before
    them and is not understood.
    """

    start: int
    end: int
    value: Number
    step: Decimal
    unit: str
    usable: bool
    words: list[Word]
    joined: list[Word]
    together: bool
    lead: str
    after: list[Word] = field(default_factory=list)
    closed: bool = False
    worded: bool = False


@dataclass(slots=True)
class Clause:
    """What stands between two commas, or within brackets, so far. negative: where 没有 stands; last: where it ends."""

    words: list[Word] = field(default_factory=list)
    joined: list[Word] = field(default_factory=list)
    together: bool = True
    lead: tuple[int, int] | None = None
    negative: int | None = None
    last: int = 0
    compared: bool = False
    inexact: bool = False
    other_year: bool = False
    unsure_year: bool = False
    figure: Figure | None = None


@dataclass(slots=True)
class Told:
    """What the sentence has told so far. among: after 其中; untied: the last count was of something else."""

    context: Context = field(default_factory=Context)
    scope: Scope = "whole"
    among: bool = False
    other_year: bool = False
    disclosure: bool = False
    untied: bool = False

    def copy(self) -> Told:
        """What holds again after a bracket."""
        context, *rest = _told(self)
        return Told(Context(*_context(context)), *rest)


# copy.copy of these takes six times as long, and brackets may be many
_told, _context = attrgetter(*Told.__slots__), attrgetter(*Context.__slots__)


def measured(meant: Meaning, unit: str) -> tuple[bool | None, Decimal]:
    """Whether a figure in `unit` is surely a figure of those cells (None: surely not), and its factor to theirs."""
    column = meant.options[0][0].rpartition(".")[2]
    if column == "amount":
        own = _MONEY["万元"] if meant.rows[0] == "t2.fees" else ONE
        return (True, _MONEY[unit] / own) if unit in _MONEY else (None, ONE)
    strong, weak = _DECIDED if column == "decisions" else _DOCUMENTS if meant.table == "t2" else _COUNTED
    return (True if unit in strong else False if unit in weak else None), ONE
