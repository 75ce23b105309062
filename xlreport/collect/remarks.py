"""What the matching with the roster found, at the top of the message that goes back to the unit.

The message is written when the file is judged, before anybody knows who else sent what; this comes after.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

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
    """Put the remarks above the message of each file, and take away those that no longer hold. Raises OutputError.

    A message that somebody has changed keeps its words, under another name.
    """
    folder = out / RETURNS
    returned = Returned(folder)  # as the judging left it
    mark = say("collect.back.first", language).encode()
    for line in collection.lines:
        for seen in line.files:
            if not seen.key:
                continue
            path = back.places(folder, seen.name)[1]
            said = list(remarks(line, seen))
            try:
                old = path.read_bytes() if path.is_file() else b""
                if not said and not old.startswith(mark):
                    continue
                text = message(line, seen, journal.get(seen.key), language).encode(errors="backslashreplace")
                if text and text != old:
                    returned.spare(path)
                    note(folder, [text])
                    path.parent.mkdir(parents=True, exist_ok=True)
                    write_whole(path, text)
            except OSError as error:
                raise OutputError("files.refused", path=path, reason=reason(error)) from None


def remarks(line: Line, seen: Seen) -> Iterator[Phrase]:
    """What is to be said to the unit about one of its files: what concerns all of them, and what this one alone."""
    own = [flag for theirs in line.own for flag in theirs]
    mine = line.own[line.files.index(seen)] if line.own else ()
    for flag in (*(flag for flag in line.flags if flag not in own), *mine):
        names = {"agency": seen.agency, "files": "、".join(one.name for one in line.files)}
        if flag.key != "collect.flag.unusable":  # the message says so
            yield Phrase(f"collect.remark.{flag.key.rpartition('.')[2]}", {**names, **flag.values})


def message(line: Line, seen: Seen, known: Mapping[str, Any], language: str) -> str:
    """The whole message; "" where there is nothing to say."""
    said, below = list(remarks(line, seen)), str(known.get("told", ""))
    if not said:
        return below
    agency = seen.agency or say("collect.back.unit", language)
    head = say("collect.back.remarks", language, agency=agency, source=seen.name)
    lines = [say("collect.back.first", language) + head]
    lines += [f"{number}. {remark.tell(language)}" for number, remark in enumerate(said, 1)]
    if below and any(remark.key == "collect.remark.year" for remark in said):  # the findings hold for the wrong year
        below = say("collect.back.other_year", language, found=seen.year) + "\n"
    return told.clean("\n".join(lines) + "\n") + (f"\n{below}" if below else "")
