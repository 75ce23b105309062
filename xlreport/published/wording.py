"""The paragraphs of a document against those that are due: what is missing, added or changed, quoted where it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from xlreport.envelope import Beside
from xlreport.finding import Finding, Severity
from xlreport.published.beside import foot, is_number
from xlreport.published.page import squeezed

MOST_TOLD = 100
"""Places that are told apart; two files that differ in more have nothing to do with each other."""
_CONTEXT = 12
"""Characters quoted before and after what differs."""
_LONGEST = 60
_ALIKE = 0.7
"""The share of a line's characters that are those of the one it stands for, from which on it does."""
_MOST_NOTED = 1_000
"""Characters of what stands beside the report, which somebody should see whole."""


class Change(NamedTuple):
    """Lines `due[i:j]` in whose place stand `shown[k:m]`."""

    i: int
    j: int
    k: int
    m: int


def beside(shown: Sequence[str], due: Sequence[str]) -> Beside:
    """What a document of ours that shows these lines has besides those of its report, and what it lacks."""
    found = list(changes(due, shown))
    more = (line for change in found for line in shown[change.k : change.m])
    less = (line for change in found for line in due[change.i : change.j])
    return Beside(tuple(more), tuple(less))


def wording(
    shown: Sequence[str], due: Sequence[str], agency: str, known: Beside, *, looks: bool = True
) -> Iterator[Finding]:
    """Paragraphs that differ; how text is cut into paragraphs is told only where the words differ too.

    What stands beside the report is no difference: what the document says it has of its own (`known`), and, with
    `looks`, what is told by its looks. It is quoted in a note. Without, what is `known` must all be there.
    """
    places = _places(due)
    own, lacking = (Counter(map(squeezed, lines)) for lines in known)
    signed = foot(shown, agency)
    end = len(shown) - (signed if looks else 0)
    told: list[str] = []
    added: list[str] = []
    count = 0
    for change in changes(due, shown):
        gone = [due[n] for n in range(change.i, change.j) if not _taken(lacking, due[n], ours=n == 0)]
        come: list[str] = []
        for n in range(change.k, change.m):
            aside = _taken(own, shown[n]) or n >= end or (looks and n == 1 and is_number(shown[n]))
            (told if aside else come).append(shown[n])
        added += map(squeezed, come)
        left, right = "".join(map(squeezed, gone)), "".join(map(squeezed, come))
        if left == right:
            continue
        count += 1
        if count > MOST_TOLD:
            yield Finding("VER-TEXT", "error", "verify.text.more", {"count": MOST_TOLD})
            break
        last = change.i == change.j == len(due) and (looks or not signed)  # no page's footer stands above 落款
        yield from _pieces(places[min(change.i, len(due) - 1)] if due else "", left, right, last=last)
    excused = Counter(map(squeezed, known.less)) - lacking
    for line in list(own.elements())[:MOST_TOLD]:
        instead = any(_stands_for(line, other) for other in (*excused, *added))
        if instead or not looks:
            severity: Severity = "error" if instead else "warning"
            yield Finding("VER-TEXT", severity, "verify.text.own", {"due": _cut(line)})
    if told:
        yield Finding("VER-TEXT", "note", "verify.text.beside", {"shown": " ／ ".join(told)[:_MOST_NOTED]})


def _places(due: Sequence[str]) -> list[str]:
    """For each line the heading that it stands below, or the title."""
    places: list[str] = []
    for line in due:
        places.append(line if is_heading(line) or not places else places[-1])
    return places


def _taken(lines: Counter[str], line: str, *, ours: bool = True) -> bool:
    """Whether the line is among these, which it then is once less. Of text but title and headings nothing may lack."""
    key = squeezed(line)
    if not lines[key] or not (ours or is_heading(line)):
        return False
    lines[key] -= 1
    return True


def _stands_for(line: str, other: str) -> bool:
    """Whether a line of the document's own is a title, a heading or what was written over it, in other words."""
    from rapidfuzz.distance import LCSseq

    return bool(LCSseq.similarity(line, other) >= _ALIKE * len(line))


def changes(due: Sequence[str], shown: Sequence[str]) -> Iterator[Change]:
    """Where the lines are not the same but for white space; the fewest lines, within 20,000 x 20,000 in a second."""
    left, right = [squeezed(line) for line in due], [squeezed(line) for line in shown]
    if left == right:
        return
    from rapidfuzz.distance import Indel  # only who meets a difference needs it

    matching = Indel.opcodes(left, right).as_matching_blocks()
    equal = [(block.a, block.a + block.size, block.b, block.b + block.size) for block in matching]
    edges = [(0, 0, 0, 0), *equal]
    for (_, i, _, k), (j, _, m, _) in pairwise(edges):
        if i < j or k < m:
            yield Change(i, j, k, m)


def _pieces(place: str, due: str, shown: str, *, last: bool) -> Iterator[Finding]:
    """One finding for what is missing, added or changed, quoted with a few characters round it."""
    if not shown:
        yield Finding("VER-TEXT", "error", "verify.text.missing", {"place": place, "due": _cut(due)})
    elif not due and last:
        yield Finding("VER-TEXT", "warning", "verify.text.after", {"place": place, "shown": _cut(shown)})
    elif not due:
        yield Finding("VER-TEXT", "error", "verify.text.added", {"place": place, "shown": _cut(shown)})
    else:
        start = next((n for n, (a, b) in enumerate(zip(due, shown, strict=False)) if a != b), min(len(due), len(shown)))
        tail = next(
            (n for n, (a, b) in enumerate(zip(reversed(due[start:]), reversed(shown[start:]), strict=False)) if a != b),
            min(len(due), len(shown)) - start,
        )
        around = max(0, start - _CONTEXT)
        values = {
            "place": place,
            "due": _cut(due[around : len(due) - tail + _CONTEXT], cut=around > 0),
            "shown": _cut(shown[around : len(shown) - tail + _CONTEXT], cut=around > 0),
        }
        yield Finding("VER-TEXT", "error", "verify.text.changed", values)


def _cut(text: str, *, cut: bool = False) -> str:
    return ("…" if cut else "") + (text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…")


def is_heading(line: str) -> bool:
    """Whether it is the heading of a section."""
    return len(line) < 40 and line[:2] in {f"{number}、" for number in "一二三四五六"}
