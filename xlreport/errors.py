"""The exceptions of xlreport.

XlreportError
├── UsageError     wrong arguments                                   exit 2
├── InputError     the input cannot be used                          exit 2
│   ├── DataError      report data that breaks the schema
│   ├── FormError      not a workbook of a form that we know, or of a newer version (WB-FORM)
│   └── UnsafeError    a file that could harm whoever opens it
├── OutputError    the output cannot be written                      exit 3
├── HostError      the spreadsheet program or the open book refuses  exit 3
└── ProgramError   a part of the program or a helper is missing      exit 3

Each carries a key of the message catalogue and the values to put into it, so that the same error can be told in
Chinese or in English.
"""

from __future__ import annotations

import errno
from collections.abc import Sequence

from xlreport.messages import JOINTS, Phrase, say, sentences


def reason(error: OSError) -> Phrase | str:
    """What the system says of a file, in the user's language; in the system's words where the catalogue has none."""
    name = errno.errorcode.get(error.errno or 0, "")
    return Phrase(f"system.{name}") if name in sentences("system", "zh") else error.strerror or str(error)


def from_text(told: str) -> Phrase | str:
    """What `reason` gave, from the text as which it came from another process."""
    group, _, name = told.partition(".")
    return Phrase(told) if group == "system" and name in sentences("system", "zh") else told


class XlreportError(Exception):
    """Base of all. `key` names the sentence in the catalogue, `values` fill it."""

    exit_code = 3

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key, values)
        self.key = key
        self.values = values

    def tell(self, language: str = "zh") -> str:
        """One line: what is wrong, where, and what to do."""
        return say(self.key, language, **self.values)

    def __str__(self) -> str:
        return self.tell()


class UsageError(XlreportError):
    """The command was called in a way it does not know."""

    exit_code = 2


class InputError(XlreportError):
    """The input cannot be read, or is not one of ours. `code` is that of the finding that says so.

    also: other causes, each as good a reason to refuse.
    """

    exit_code = 2
    code = "INPUT"
    source = ""
    also: Sequence[InputError] = ()

    def tell(self, language: str = "zh") -> str:
        """One line for all causes; it names the file, `source`, where several could be meant."""
        line = JOINTS[language].join([super().tell(language), *(one.tell(language) for one in self.also)])
        return line if self.source in line else f"{self.source}: {line}"


def refuse(causes: Sequence[InputError]) -> None:
    """Raise the first of these with all others, if there is one."""
    if causes:
        causes[0].also = causes[1:]
        raise causes[0]


class DataError(InputError):
    """Report data with an unknown key, a wrong type or an id of another form; the sentence names it."""

    code = "DATA"


class FormError(InputError):
    """A workbook that is none of ours, of a form we do not know, or of a newer version than this program (WB-FORM)."""

    code = "WB-FORM"


class UnsafeError(InputError):
    """A file refused before any reader saw it."""

    code = "UNSAFE"


class OutputError(XlreportError):
    """The output could not be written; what was there before is still there."""

    @property
    def full(self) -> bool:
        """Whether there is no more room."""
        return self.values.get("reason") in (Phrase("system.ENOSPC"), Phrase("system.EDQUOT"))

    @property
    def as_text(self) -> str:
        """Why, for another process; see `from_text`."""
        why = self.values.get("reason")
        return why.key if isinstance(why, Phrase) else str(why or self)


class HostError(XlreportError):
    """The spreadsheet program, or the workbook open in it, does not let us; nothing in it was changed."""


class ProgramError(XlreportError):
    """Something that xlreport needs is missing or failed."""
