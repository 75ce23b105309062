"""The add-ins of all spreadsheet programs of this machine: `xlreport addin install|remove|status`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from xlreport.errors import ProgramError, XlreportError
from xlreport.host.state import AddinState
from xlreport.messages import Phrase

ACTIONS = ("install", "remove", "status")


class Part(NamedTuple):
    """What is done for one program. found: is it there for this user? The others raise XlreportError."""

    name: str
    found: Callable[[], bool]
    install: Callable[[], AddinState]
    remove: Callable[[], AddinState]
    status: Callable[[], AddinState]


class Told(NamedTuple):
    """What has come of it in one program: a sentence, and whether all is well there; or the error."""

    sentence: Phrase
    well: bool
    error: XlreportError | None = None


def parts() -> tuple[Part, ...]:
    """Excel, where there is one for this system, and LibreOffice."""
    from xlreport.host.excel import install as excel
    from xlreport.host.libreoffice import install as libreoffice

    own = (libreoffice.install, libreoffice.remove, libreoffice.status)
    return (
        *([Part("Excel", excel.found, excel.install, excel.remove, excel.status)] if excel.platform() else []),
        Part("LibreOffice", _libreoffice_found, *own),
    )


def carry_out(action: str) -> Iterator[Told]:
    """One of ACTIONS, program after program; what fails in one does not stop the others.

    Raises:
        ProgramError: there is no program to install anything for.
    """
    here = parts()
    if action == "install" and not any(part.found() for part in here):
        raise ProgramError("addin.no_host")
    for part in here:
        try:
            yield _one(part, action)
        except XlreportError as error:
            yield Told(Phrase(error.key, error.values), well=False, error=error)


def _one(part: Part, action: str) -> Told:
    program = {"program": part.name}
    found = part.found()
    if action == "install" and not found:
        return Told(Phrase("addin.not_found", program), well=True)
    state = {"install": part.install, "remove": part.remove, "status": part.status}[action]()
    if state.problem is not None:
        return Told(state.problem, well=False)
    if not state.installed:
        key = "addin.removed" if action == "remove" else "addin.absent" if found else "addin.not_found"
        return Told(Phrase(key, program), well=action == "remove" or not found)
    key = "addin.placed" if action == "install" else "addin.installed"
    return Told(Phrase(key, {**program, "version": state.version, "path": state.path}), well=True)


def _libreoffice_found() -> bool:
    from xlreport.host.libreoffice.programs import soffice

    try:
        soffice()
    except XlreportError:
        return False
    return True
