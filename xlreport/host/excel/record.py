"""What the macros of Excel must know of us: written by `xlreport addin install`, read by XlrRecord.bas.

The Chinese sentences that Excel itself shows are here too, since macro sources are ASCII.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from xlreport import __version__
from xlreport.messages import say

SENTENCES = ("title", "wait", "busy", "late", "left", "broken")


class Record(NamedTuple):
    """python: the interpreter that a click starts. answer: where it puts what it has to say. log: its log."""

    python: Path
    answer: Path
    log: Path

    def text(self) -> str:
        r"""Lines such as python=…; a line break within a sentence is written \n."""
        told = {"xlreport": __version__, "python": self.python, "answer": self.answer, "log": self.log}
        told |= {key: say(f"addin_excel.shim.{key}", log=self.log).replace("\n", "\\n") for key in SENTENCES}
        return "".join(f"{key}={value}\n" for key, value in told.items())


def recorded(text: str) -> dict[str, str]:
    """What a record says, by key."""
    return dict(line.split("=", 1) for line in text.splitlines() if "=" in line)
