"""The extension as one file, xlreport.oxt: the same settings give the same bytes."""

from __future__ import annotations

import io
import json
import sys
import zipfile
from dataclasses import asdict, dataclass
from pathlib import Path

from xlreport import __version__
from xlreport.host.logfile import log_path
from xlreport.messages import LANGUAGES, sentences

NAME = "xlreport.oxt"
"""The buttons' scripts are addressed by the name of the file."""

SOURCES = Path(__file__).with_name("extension")
BRIDGE = Path(__file__).with_name("bridge.py")
MODULES = "python/pythonpath/xlreport_office"


@dataclass(frozen=True, slots=True)
class Settings:
    """What the extension must know of us; times in seconds.

    python: the interpreter, by absolute path. path: a folder to import xlreport from, where the interpreter would not
    find it by itself. timeout: after which a click counts as hanging. idle: after which the worker ends.
    """

    python: str
    path: str
    version: str
    log: str
    timeout: float = 180.0
    idle: float = 600.0


def own_settings() -> Settings:
    """Those of the interpreter and the package that run now."""
    folder = Path(__file__).resolve().parents[3]  # what holds the package xlreport
    installed = folder.name in ("site-packages", "dist-packages")
    return Settings(
        python=str(Path(sys.executable).absolute()),  # not resolved: a virtual environment's is a link
        path="" if installed else str(folder),
        version=__version__,
        log=str(log_path()),
    )


def build(settings: Settings) -> bytes:
    """The extension with these settings."""
    parts = {
        path.relative_to(SOURCES).as_posix(): path.read_bytes()
        for path in SOURCES.rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    }
    described = parts["description.xml"].decode()
    parts["description.xml"] = described.replace("{version}", settings.version).encode()
    parts[f"{MODULES}/bridge.py"] = BRIDGE.read_bytes()
    parts[f"{MODULES}/settings.json"] = _json(asdict(settings))
    parts[f"{MODULES}/words.json"] = _json({language: sentences("extension", language) for language in LANGUAGES})
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(parts):
            archive.writestr(zipfile.ZipInfo(name), parts[name], zipfile.ZIP_DEFLATED)  # dated 1980
    return out.getvalue()


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True).encode()
