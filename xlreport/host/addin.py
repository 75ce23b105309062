"""The functions behind the buttons, on an open workbook: 校验, 生成正文, 生成报告, 清除标记.

Each reads the workbook as it is on the screen, does the same job as the command line, and returns an Outcome; what
cannot be done is an XlreportError with a plain sentence. Only xlwings' public API, and `host` for what it lacks.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import xlwings as xw

from xlreport import job
from xlreport.errors import HostError, XlreportError
from xlreport.host.drafting import put_draft
from xlreport.host.folder import beside
from xlreport.host.host import Host, host_of
from xlreport.host.outcome import Outcome, made, shown
from xlreport.host.showing import forget, refresh, show
from xlreport.host.sight import look
from xlreport.messages import Phrase
from xlreport.safe.write import check_writable, write_whole
from xlreport.workbook.fill import final_wins

KINDS = ("docx", "pdf", "html")


def validate(book: xw.Book) -> Outcome:
    """The verdict of `xlreport check` on the open workbook: wrong cells are marked, 校验 lists what was found.

    Raises HostError where the program does not let us, InputError for a workbook that is none of ours.
    """
    with _working(book) as host:
        seen = look(book, host)
        return _told(book, shown(seen.verdict, "validate", show(book, host, seen)))


def draft(book: xw.Book) -> Outcome:
    """The narrative drafted into the draft cells; the final text is never touched. Raises as `validate` does."""
    with _working(book) as host:
        _must_be_writable(host)
        seen = look(book, host)
        text = job.draft_text(seen.report)
        put_draft(book, host, seen, text)
        return _told(book, Outcome("draft", notes=final_wins(seen.report, text)))


def export(book: xw.Book, kinds: Sequence[str] = KINDS) -> Outcome:
    """The final document beside the workbook, one file a kind; none while there are errors, which are then listed.

    All are made before the first is written. Errors that a check before has marked and listed are no longer. Raises as
    `validate` does, and OutputError where they cannot be written.
    """
    with _working(book) as host:
        seen = look(book, host)
        if seen.verdict.errors:
            return _told(book, shown(seen.verdict, "export", show(book, host, seen)))
        target, notes = beside(host.location())
        paths = tuple(target.with_name(f"{target.name}.{kind}") for kind in kinds)
        for path in paths:
            check_writable(path)
        contents = [job.render(seen.report, kind) for kind in kinds]
        for path, content in zip(paths, contents, strict=True):
            write_whole(path, content)
        unsaved = (Phrase("host.modified"),) if host.modified() else ()
        refresh(book, host, seen)
        return _told(book, made(seen.verdict, paths, (*notes, *unsaved)))


def clear_marks(book: xw.Book) -> Outcome:
    """The marks of the last check are taken away, and its list. Raises as `validate` does."""
    with _working(book) as host:
        _must_be_writable(host)
        forget(book, host)
        return _told(book, Outcome("clear"))


@contextmanager
def _working(book: xw.Book | None) -> Iterator[Host]:
    """The host of a workbook, ready; what goes wrong in the program is told in plain words."""
    host = host_of(book)
    try:
        host.ready()
        yield host
    except XlreportError:
        raise
    except Exception as error:
        known = host.explain(error)
        if known is None:
            raise
        raise known from error


def _must_be_writable(host: Host) -> None:
    if host.read_only():
        raise HostError("host.read_only")


def _told(book: xw.Book, outcome: Outcome) -> Outcome:
    book.app.status_bar = outcome.status_bar()
    return outcome
