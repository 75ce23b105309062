"""Texts that stand in reports of several offices, found with a bounded amount of memory.

Of each sentence that says enough only a print is kept, and the prints are sorted on the disk.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from hashlib import blake2b
from typing import NamedTuple

from xlreport.rules.alike import MUCH, bare, statements

COMMON = 50
"""Offices beyond which a sentence is a phrase that all of them were given, and copied from none of them."""

Print = tuple[int, int]
"""A sentence: 63 bits of what it says, and its length in characters."""

_TABLE = "create temp table said (part integer, office integer, length integer)"
_RARE = """
create temp table rare as
select part from said group by part having count(*) between 2 and ?
"""
_PAIRS = """
with pairs as (
    select one.office as one, other.office as other, sum(one.length) as length
    from rare join said as one using (part) join said as other using (part)
    where one.office < other.office group by 1, 2),
met as (select one as office from pairs union select other from pairs),
whole as (select office, sum(length) as length from said where office in met group by 1)
select pairs.one, pairs.other, 1.0 * pairs.length / min(a.length, b.length) as share
from pairs join whole as a on a.office = pairs.one join whole as b on b.office = pairs.other
where share >= ? order by share desc, 1, 2
"""


class Shared(NamedTuple):
    """Two offices by their numbers, and the share of the shorter text that stands in the other."""

    one: int
    other: int
    share: float


def prints(text: str) -> list[Print]:
    """The sentences of a text that say enough, each once."""
    return sorted((_print(part), len(part)) for part in {bare(part) for part in statements(text)})


def _print(sentence: str) -> int:
    return int.from_bytes(blake2b(sentence.encode(errors="replace"), digest_size=8).digest(), "big") >> 1


def shared(texts: Iterable[tuple[int, Sequence[Sequence[int]]]]) -> Iterator[Shared]:
    """Pairs of offices, by number, whose prints have much in common, the most alike first."""
    import sqlite3  # only the end of a collection needs it

    with closing(sqlite3.connect("")) as base:  # a file of its own that goes with it
        base.execute("pragma temp_store = file")
        base.execute(_TABLE)
        lines = ((part, office, length) for office, said in texts for part, length in said)
        base.executemany("insert into said values (?, ?, ?)", lines)
        base.execute(_RARE, (COMMON,))
        base.execute("create index temp.by_part on said (part, office, length)")
        yield from map(Shared._make, base.execute(_PAIRS, (MUCH,)))
