"""What a clerk does to a workbook, done by a real LibreOffice: inserting, deleting, renaming, splitting, restyling."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

PYTHON = "/usr/bin/python3"
"""Debian's own, which has LibreOffice's bridge (python3-uno)."""

_DRIVER = """
import json, subprocess, sys, time, uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException
from pathlib import Path

program, profile, source, target, edits = sys.argv[1], sys.argv[2], sys.argv[3], sys.argv[4], json.loads(sys.argv[5])
pipe = "xlreport" + str(abs(hash(target)))
accept = f"--accept=pipe,name={pipe};urp;"
office = subprocess.Popen([program, f"-env:UserInstallation={profile}", "--headless", "--norestore", accept])

def value(name, what):
    made = PropertyValue()
    made.Name, made.Value = name, what
    return made

def connected():
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _ in range(240):
        try:
            return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except NoConnectException:
            time.sleep(0.25)
    raise SystemExit("LibreOffice does not answer")

context = connected()
desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
for number, edit in enumerate(edits):
    document = desktop.loadComponentFromURL(Path(source).as_uri(), "_blank", 0, (value("Hidden", True),))
    if document.isProtected():
        document.unprotect("")
    sheets = {name: document.Sheets.getByName(name) for name in document.Sheets.ElementNames}
    for sheet in sheets.values():
        sheet.unprotect("")
    exec(edit)
    document.storeToURL((Path(target) / f"{number}.xlsx").as_uri(), (value("FilterName", "Calc MS Excel 2007 XML"),))
    document.close(True)
try:
    desktop.terminate()
except Exception:
    pass
office.wait(60)
"""


def edited(data: bytes, edits: Mapping[str, str], folder: Path) -> dict[str, bytes]:
    """The workbook after each edit, as LibreOffice saves it. Skips where LibreOffice cannot be driven.

    edits: Python, by name, over `document` (of UNO) and `sheets` (by name).
    """
    program = shutil.which("soffice")
    if program is None or subprocess.run([PYTHON, "-c", "import uno"], check=False, capture_output=True).returncode:
        pytest.skip("needs LibreOffice and python3-uno")
    source = folder / "源.xlsx"
    source.write_bytes(data)
    given = [program, (folder / "profile").as_uri(), str(source), str(folder), json.dumps(list(edits.values()))]
    subprocess.run([PYTHON, "-c", _DRIVER, *given], check=True, capture_output=True, timeout=300)
    return {name: (folder / f"{number}.xlsx").read_bytes() for number, name in enumerate(edits)}
