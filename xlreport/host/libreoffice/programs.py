r"""Where LibreOffice is, and a Python that can speak to it.

Debian and Fedora give the system's Python the `uno` module; the builds of libreoffice.org bring a Python of their own:
`program/python` (Linux), `program\python.exe` (Windows), `Contents/Resources/python` (macOS).
"""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from xlreport.host.libreoffice.office import OfficeError

PLACES = {
    "linux": ["/usr/bin/soffice", "/usr/lib/libreoffice/program/soffice", "/opt/libreoffice*/program/soffice"],
    "darwin": ["/Applications/LibreOffice.app/Contents/MacOS/soffice"],
    "win32": [
        r"C:\Program Files\LibreOffice\program\soffice.exe",
        r"C:\Program Files (x86)\LibreOffice\program\soffice.exe",
    ],
}


def soffice(given: str | os.PathLike[str] | None = None) -> Path:
    """The program of LibreOffice: the one given, the one on PATH, or the one where installers put it.

    Raises:
        OfficeError: there is none.
    """
    if given is not None:
        found = shutil.which(given)
        if found is None:
            raise OfficeError("libreoffice.no_such", path=str(given))
        return Path(found)
    for name in ("soffice", "libreoffice"):
        if found := shutil.which(name):
            return Path(found)
    for place in PLACES.get(sys.platform, PLACES["linux"]):
        path = Path(place)
        found_there = list(Path(path.anchor).glob(str(path.relative_to(path.anchor))))
        if found_there:
            return max(found_there, key=lambda match: [int(number) for number in re.findall(r"\d+", str(match))])
    raise OfficeError("libreoffice.missing")


def pythons(program: Path) -> Iterator[Path]:
    """Interpreters that may import `uno`, likeliest first: LibreOffice's own, then the system's."""
    folder = program.resolve().parent
    own = ["python.exe"] if sys.platform == "win32" else ["python"]
    for path in [*(folder / name for name in own), folder.parent / "Resources" / "python"]:
        if path.is_file():
            yield path
    if sys.platform != "win32":
        for name in ("/usr/bin/python3", shutil.which("python3"), sys.executable):
            if name and Path(name).is_file():
                yield Path(name)
