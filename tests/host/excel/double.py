"""A recording double of the few COM members of Excel that the host uses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any


class ComError(Exception):
    """Like pywintypes.com_error: (hresult, text, (wcode, source, text, help, context, scode), argument)."""


def com_error(hresult: int, scode: int | None = None) -> ComError:
    detail = None if scode is None else (0, "Microsoft Excel", "…", "xlmain11.chm", 0, scode)
    return ComError(hresult, "…", detail, None)


@dataclass
class Worksheet:
    """A worksheet's protection: its password ("" for none), and every call that was made."""

    name: str
    password: str | None = ""
    allowed: tuple[str, ...] = ("AllowFormattingRows",)
    calls: list[tuple[str, Any]] = field(default_factory=list)
    ProtectContents: bool = True
    ProtectDrawingObjects: bool = False
    ProtectScenarios: bool = False
    ProtectionMode: bool = False

    @property
    def api(self) -> Worksheet:
        """The COM object."""
        return self

    @property
    def Protection(self) -> Any:  # noqa: N802
        """What the protection allows."""
        names = {
            f"Allow{what}"
            for what in (
                *("FormattingCells", "FormattingColumns", "FormattingRows", "InsertingColumns", "InsertingRows"),
                *("InsertingHyperlinks", "DeletingColumns", "DeletingRows", "Sorting", "Filtering", "UsingPivotTables"),
            )
        }
        return SimpleNamespace(**{name: name in self.allowed for name in names})

    def Unprotect(self, password: str) -> None:  # noqa: N802
        """Refused for a wrong password."""
        self.calls.append(("Unprotect", password))
        if password != self.password:
            raise com_error(-2147352567, -2146827284)
        self.ProtectContents = self.ProtectDrawingObjects = self.ProtectScenarios = False
        self.allowed = ()

    def Protect(self, **options: bool) -> None:  # noqa: N802
        """With the options by name."""
        self.calls.append(("Protect", options))
        self.ProtectContents = options["Contents"]
        self.ProtectDrawingObjects = options["DrawingObjects"]
        self.ProtectScenarios = options["Scenarios"]
        self.allowed = tuple(name for name, given in options.items() if given and name.startswith("Allow"))


class Application:
    """Busy for as many questions as it is told; `answer` says or raises what it says then."""

    def __init__(self, busy: int = 0, answer: Callable[[], bool] = lambda: False) -> None:
        self.busy = busy
        self.answer = answer

    @property
    def Ready(self) -> bool:  # noqa: N802
        """Is nothing else going on?"""
        self.busy -= 1
        return self.answer() if self.busy >= 0 else True


def book(program: Application | None = None, **members: Any) -> Any:
    """An open workbook with these members."""
    app = SimpleNamespace(api=program or Application(), engine=SimpleNamespace(name="excel"))
    return SimpleNamespace(app=app, api=SimpleNamespace(**members))
