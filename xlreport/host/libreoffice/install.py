"""The extension into LibreOffice and out of it again, for the current user."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

from xlreport import __version__
from xlreport.errors import ProgramError
from xlreport.host.libreoffice.lock import holder
from xlreport.host.libreoffice.package import MODULES, NAME, Settings, build, own_settings
from xlreport.host.libreoffice.programs import pythons, soffice
from xlreport.host.state import AddinState
from xlreport.messages import Phrase

DEPLOY = Path(__file__).with_name("deploy.py")
PATIENCE = 180.0
"""Seconds; the first start of a LibreOffice writes its profile."""


def install(profile: Path | None = None, settings: Settings | None = None) -> AddinState:
    """Install the extension of this interpreter, in the place of any other.

    profile: LibreOffice's folder of the user; his own by default.

    Raises:
        ProgramError: LibreOffice is missing, is running (here or elsewhere), or refuses.
    """
    with tempfile.TemporaryDirectory(prefix="xlreport-") as folder:
        file = Path(folder) / NAME
        file.write_bytes(build(settings or own_settings()))
        _deploy("add", str(file), profile)
    return status(profile)


def remove(profile: Path | None = None) -> AddinState:
    """Remove the extension; nothing happens where it is not installed.

    Raises:
        ProgramError: LibreOffice is missing, is running (here or elsewhere), or refuses.
    """
    if status(profile).installed:
        _deploy("remove", NAME, profile)
    return status(profile)


def status(profile: Path | None = None) -> AddinState:
    """What is installed; read from the profile, nothing is started."""
    for folder in _enabled(profile or user_profile()):
        file = folder / MODULES / "settings.json"
        try:
            settings = json.loads(file.read_text(encoding="utf-8"))
        except (OSError, ValueError):  # what an installation that broke off has left
            settings = {}
        version, python = str(settings.get("version", "")), str(settings.get("python", ""))
        problem = None
        if not Path(python).is_file():
            problem = Phrase("addin_libreoffice.no_python", {"python": python})
        elif version != __version__:
            problem = Phrase("addin_libreoffice.other_version", {"installed": version, "version": __version__})
        return AddinState("libreoffice", installed=True, version=version, path=folder, problem=problem)
    return AddinState("libreoffice", installed=False)


def user_profile() -> Path:
    """Where LibreOffice keeps what is the user's."""
    if sys.platform == "win32":
        return Path(os.environ.get("APPDATA", Path.home() / "AppData" / "Roaming")) / "LibreOffice" / "4"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "LibreOffice" / "4"
    return Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "libreoffice" / "4"


def _enabled(profile: Path) -> Iterator[Path]:
    """Where LibreOffice has unpacked what it uses of ours; what it no longer uses it clears away later."""
    cache = profile / "user" / "uno_packages" / "cache"
    for database in cache.glob("registry/*.bundle.PackageRegistryBackend/backenddb.xml"):
        for url in re.findall(r"\$UNO_USER_PACKAGES_CACHE/([^\"]+)", database.read_text(encoding="utf-8")):
            folder = cache / unquote(url)
            if folder.name == NAME and folder.is_dir():
                yield folder


def _free(profile: Path | None) -> None:
    """Raises ProgramError while a LibreOffice holds the profile."""
    lock = holder(profile or user_profile(), default=profile is None)
    if lock is None:
        return
    key = "addin_libreoffice.elsewhere" if lock.elsewhere else "addin_libreoffice.running"
    raise ProgramError(key, path=lock.path, user=lock.user, host=lock.host)


def _deploy(action: str, what: str, profile: Path | None) -> None:
    program = soffice()
    _free(profile)
    command = [str(DEPLOY), action, what, str(program), *([str(profile)] if profile else [])]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    said = ""
    for python in pythons(program):
        try:
            done = subprocess.run(  # noqa: S603 - our own script
                [str(python), *command],
                capture_output=True,
                text=True,
                encoding="utf-8",
                errors="replace",
                timeout=PATIENCE,
                env=environment,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise ProgramError("addin_libreoffice.silent", seconds=round(PATIENCE)) from None
        said = done.stdout.strip().rpartition("\n")[2]
        if said:
            break
    if said == "running":
        raise ProgramError("addin_libreoffice.running", path=(profile or user_profile()) / ".lock")
    if said != "done":
        raise ProgramError("addin_libreoffice.refused", reason=said or "no uno")
