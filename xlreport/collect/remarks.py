"""What the matching with the roster found, before all else in the list and the message that go back to the unit.

Both are written when the file is judged, before anybody knows who else sent what; this comes after.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from xlreport.collect import back
from xlreport.collect.collection import RETURNS, Collection
from xlreport.collect.journal import Journal
from xlreport.collect.match import Line, Seen
from xlreport.collect.returned import Returned, note
from xlreport.errors import OutputError, reason
from xlreport.messages import Phrase, say
from xlreport.results import told
from xlreport.safe.write import write_whole


def write_remarks(collection: Collection, journal: Journal, out: Path, language: str) -> None:
    """Put the remarks before what goes back about each file, and take away those that no longer hold.

    A file that passes gets the message alone. A message that somebody has changed keeps its words under another name,
    a list in its place. Raises OutputError.
    """
    folder = out / RETURNS
    returned = Returned(folder)  # as the judging left it
    mark = say("collect.back.first", language).encode()
    for line in collection.lines:
        for seen in line.files:
            if not seen.key:
                continue
            list_, path = back.places(folder, seen.name)
            lines = front_lines(line, seen, language)
            try:
                old = path.read_bytes() if path.is_file() else b""
                _put_before(list_, lines, returned, folder, language)  # whatever became of the message
                if not lines and not old.startswith(mark):
                    continue
                text = message(line, seen, str(journal.get(seen.key).get("told", "")), language)
                content = text.encode(errors="backslashreplace")
                if content and content != old:
                    returned.spare(path)
                    note(folder, [content])
                    path.parent.mkdir(parents=True, exist_ok=True)
                    write_whole(path, content)
            except OSError as error:
                raise OutputError("files.refused", path=path, reason=reason(error)) from None


def _put_before(path: Path, lines: Sequence[str], returned: Returned, folder: Path, language: str) -> None:
    """Make these lines the first sheet of a list that is still as we wrote it."""
    from xlreport.results.front import front, fronted  # they bring openpyxl

    if not (path.is_file() and (lines or fronted(path)) and returned.ours(path)):
        return
    old = path.read_bytes()
    new = front(old, lines, language)
    if new != old:
        note(folder, [new])
        write_whole(path, new)


def remarks(line: Line, seen: Seen) -> Iterator[Phrase]:
    """What is to be said to the unit about one of its files: what concerns all of them, and what this one alone."""
    own = [flag for theirs in line.own for flag in theirs]
    mine = line.own[line.files.index(seen)] if line.own else ()
    for flag in (*(flag for flag in line.flags if flag not in own), *mine):
        names = {"agency": seen.agency, "files": "、".join(one.name for one in line.files)}
        if flag.key != "collect.flag.unusable":  # the message says so
            yield Phrase(f"collect.remark.{flag.key.rpartition('.')[2]}", {**names, **flag.values})


def _lines(line: Line, seen: Seen, language: str) -> list[str]:
    """The remarks in sentences, with a word before them; none where there is nothing to remark."""
    said = [remark.tell(language) for remark in remarks(line, seen)]
    agency = seen.agency or say("collect.back.unit", language)
    head = say("collect.back.first", language) + say("collect.back.remarks", language, agency=agency, source=seen.name)
    return [told.clean(one) for one in (head, *(f"{at}. {one}" for at, one in enumerate(said, 1)))] if said else []


def _other_year(line: Line, seen: Seen) -> bool:
    """Whether there are findings, and they hold for a year that is the wrong one."""
    return seen.status != "pass" and any(remark.key == "collect.remark.year" for remark in remarks(line, seen))


def front_lines(line: Line, seen: Seen, language: str) -> list[str]:
    """The first sheet of the list, line by line; none where there is nothing to remark."""
    other = [say("collect.back.other_year_list", language, found=seen.year)] if _other_year(line, seen) else []
    return _lines(line, seen, language) + other


def message(line: Line, seen: Seen, below: str, language: str) -> str:
    """The whole message, the remarks before what the judging found, `below`; "" where there is nothing to say."""
    if _other_year(line, seen):
        below = say("collect.back.other_year", language, found=seen.year) + "\n"
    lines = _lines(line, seen, language)
    head = "".join(f"{one}\n" for one in lines)
    return f"{head}\n{below}" if head and below else head or below
