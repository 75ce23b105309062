"""The extension's own modules, as its Python sees them: the package that `build` has put together."""

from __future__ import annotations

import importlib
import io
import sys
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType

from xlreport.host.libreoffice.package import MODULES, Settings, build


@contextmanager
def unpacked(settings: Settings, folder: Path) -> Iterator[ModuleType]:
    """The module `desk` of the extension with these settings; what it takes from LibreOffice is not needed for it."""
    with zipfile.ZipFile(io.BytesIO(build(settings))) as archive:
        archive.extractall(folder)
    package = folder / MODULES
    sys.path.insert(0, str(package.parent))
    try:
        yield importlib.import_module("xlreport_office.desk")
    finally:
        sys.path.remove(str(package.parent))
        for name in [name for name in sys.modules if name.split(".")[0] == package.name]:
            del sys.modules[name]
