"""Why do the buttons not work? `xlreport doctor` looks at everything they need, and says the one thing to do."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Literal, NamedTuple

from xlreport import __version__
from xlreport.errors import XlreportError, reason
from xlreport.host.excel import install as excel
from xlreport.host.install import Part, parts
from xlreport.host.logfile import log_path
from xlreport.messages import Phrase

SCHEMA = "xlreport/doctor/1"
LIBRARIES = ("jinja2", "lxml", "olefile", "openpyxl", "python-calamine", "rapidfuzz", "typst", "xlwings")
PATIENCE = 60.0
"""Seconds for a Python to say whether it can speak to LibreOffice."""


class Check(NamedTuple):
    """One thing looked at. found: what there is. remedy: the one thing to do, unless all is well.

    level: "problem" keeps something from working, "note" does not.
    """

    name: str
    level: Literal["ok", "note", "problem"]
    found: Phrase
    remedy: Phrase | None = None


def examine() -> Iterator[Check]:
    """Everything, in the order in which one thing needs another. Only the folder of the log is made."""
    yield _python()
    yield _package()
    here = parts()
    yield _hosts(here)
    for part in here:
        if part.found():
            yield _addin(part)
    if any(part.name == "LibreOffice" and part.found() for part in here):
        yield _bridge()
    yield _fonts()
    yield from map(_writable, (log_path().parent, Path(tempfile.gettempdir())))


def as_json(checks: Sequence[Check], language: str) -> str:
    """The same for a support desk."""
    shown = [
        {
            "name": check.name,
            "level": check.level,
            "found": check.found.tell(language),
            "remedy": check.remedy.tell(language) if check.remedy else None,
        }
        for check in checks
    ]
    ok = not any(check.level == "problem" for check in checks)
    return json.dumps({"schema": SCHEMA, "ok": ok, "checks": shown}, ensure_ascii=False, indent=1)


def _python() -> Check:
    number = ".".join(map(str, sys.version_info[:3]))
    found = Phrase("doctor.python", {"version": number, "path": sys.executable})
    here = excel.platform()
    objection = here.objection() if here else None
    return Check("python", "problem" if objection else "ok", found, objection)


def _package() -> Check:
    """Our version, where it lies, and those of the libraries."""
    missing, told = [], []
    for name in LIBRARIES:
        try:
            told.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            missing.append(name)
    folder = Path(__file__).parents[1]
    found = Phrase("doctor.package", {"version": __version__, "path": folder, "libraries": ", ".join(told)})
    if missing:
        return Check("package", "problem", found, Phrase("doctor.package_remedy", {"libraries": " ".join(missing)}))
    return Check("package", "ok", found)


def _hosts(here: tuple[Part, ...]) -> Check:
    found = [part.name for part in here if part.found()]
    if not found:
        return Check("hosts", "problem", Phrase("doctor.no_host"), Phrase("doctor.no_host_remedy"))
    return Check("hosts", "ok", Phrase("doctor.hosts", {"names": ", ".join(found)}))


def _addin(part: Part) -> Check:
    """Is it installed, does it belong to this version, and is what it starts still there?"""
    name, program = f"addin.{part.name.lower()}", {"program": part.name}
    try:
        state = part.status()
    except XlreportError as error:
        return Check(name, "problem", Phrase("doctor.addin_unknown", program), Phrase(error.key, error.values))
    if state.problem is not None:
        return Check(name, "problem", Phrase("doctor.addin_broken", program), state.problem)
    if not state.installed:
        return Check(name, "problem", Phrase("doctor.no_addin", program), Phrase("doctor.no_addin_remedy"))
    return Check(name, "ok", Phrase("doctor.addin", {**program, "version": state.version, "path": state.path}))


def _bridge() -> Check:
    """Is there a Python that can speak to LibreOffice?"""
    from xlreport.host.libreoffice.programs import pythons, soffice

    program = soffice()
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    for python in pythons(program):
        command = [str(python), "-c", "import uno"]
        try:
            done = subprocess.run(command, capture_output=True, timeout=PATIENCE, env=clean, check=False)  # noqa: S603
        except (OSError, subprocess.TimeoutExpired):
            continue
        if done.returncode == 0:
            return Check("bridge", "ok", Phrase("doctor.bridge", {"path": python}))
    remedy = Phrase("doctor.no_bridge_debian" if sys.platform == "linux" else "doctor.no_bridge_remedy")
    return Check("bridge", "problem", Phrase("doctor.no_bridge", {"path": program}), remedy)


def _fonts() -> Check:
    """Has this machine the face of official documents? Without it the PDF is complete, and looks other."""
    from xlreport.document.fontfiles import HOME
    from xlreport.document.fonts import find_fonts

    try:
        body = find_fonts().faces["body"]
    except XlreportError as error:
        return Check("fonts", "problem", Phrase("doctor.no_font"), Phrase(error.key, error.values))
    if body.path.parent == HOME:
        return Check("fonts", "note", Phrase("doctor.no_font"), Phrase("doctor.no_font_remedy"))
    return Check("fonts", "ok", Phrase("doctor.font", {"family": body.family, "path": body.path}))


def _writable(folder: Path) -> Check:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(b"xlreport")
    except OSError as error:
        told = {"path": folder, "reason": reason(error)}
        return Check("write", "problem", Phrase("doctor.not_writable", told), Phrase("doctor.not_writable_remedy"))
    return Check("write", "ok", Phrase("doctor.writable", {"path": folder}))
