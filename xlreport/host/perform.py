"""One click, from the name of a button to the words that the clerk reads."""

from __future__ import annotations

import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from xlreport.errors import XlreportError
from xlreport.messages import say

if TYPE_CHECKING:
    import xlwings as xw

ACTIONS = ("validate", "draft", "export", "clear")


class Told(NamedTuple):
    """What to show: the text, the picture beside it, and files that may be opened now."""

    text: str
    kind: Literal["info", "warning", "error"]
    paths: tuple[Path, ...] = ()


def perform(action: str, book: xw.Book, language: str, log: Callable[[str], None]) -> Told:
    """Do one of ACTIONS in the open workbook. Nothing is raised: a clerk must hear of any failure.

    `log` gets lines without cell values: the action, how it ended, seconds; for a mistake of ours, where it happened.
    """
    start = time.perf_counter()
    try:
        told, end = _do(action, book, language)
    except XlreportError as error:
        told, end = Told(error.tell(language), "warning"), error.key
    except Exception as error:  # noqa: BLE001
        told, end = Told(say("click.failed", language, error=type(error).__name__), "error"), type(error).__name__
        # Not the message: it may quote a cell.
        log("".join(traceback.format_tb(error.__traceback__)).rstrip())
    log(f"{action}: {end}, {time.perf_counter() - start:.2f} s")
    return told


def _do(action: str, book: xw.Book, language: str) -> tuple[Told, str]:
    from xlreport.host import addin

    functions = {"validate": addin.validate, "draft": addin.draft, "export": addin.export, "clear": addin.clear_marks}
    outcome = functions[action](book)
    kind: Literal["info", "warning"] = "warning" if outcome.status == "fail" else "info"
    return Told(outcome.message(language), kind, outcome.paths), outcome.status
