"""The macros of an .xlsm, run by a real LibreOffice."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.workbook.edited import PYTHON

DRIVER = """
import json, subprocess, sys, time, uno, unohelper
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException
from com.sun.star.lang import XServiceInfo, XSingleServiceFactory
from com.sun.star.task import XJobExecutor

program, profile, book, wanted = sys.argv[1:]
wanted = json.loads(wanted)
pipe = "xlreport" + str(abs(hash(book)))
accept = f"--accept=pipe,name={pipe};urp;"
office = subprocess.Popen([program, "-env:UserInstallation=" + profile, "--headless", "--norestore", accept])
resolver = uno.getComponentContext().ServiceManager.createInstance("com.sun.star.bridge.UnoUrlResolver")
for _ in range(240):
    try:
        context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        break
    except NoConnectException:
        time.sleep(0.25)
desktop = context.ServiceManager.createInstance("com.sun.star.frame.Desktop")
told = {"triggered": []}

class Extension(unohelper.Base, XJobExecutor):
    def trigger(self, event):
        told["triggered"].append(event)

class Factory(unohelper.Base, XSingleServiceFactory, XServiceInfo):
    # stands where our extension would stand
    def createInstance(self): return Extension()
    def createInstanceWithArguments(self, arguments): return Extension()
    def getImplementationName(self): return "org.xlreport.Stand-in"
    def supportsService(self, name): return name == "org.xlreport.Click"
    def getSupportedServiceNames(self): return ("org.xlreport.Click",)

context.ServiceManager.insert(Factory())
try:
    hidden, run = PropertyValue("Hidden", 0, True, 0), PropertyValue("MacroExecutionMode", 0, 4, 0)
    document = desktop.loadComponentFromURL(book, "_blank", 0, (hidden, run))
    libraries = document.BasicLibraries
    libraries.loadLibrary("XlReportTemplate")
    library = libraries.getByName("XlReportTemplate")
    told["modules"] = {name: library.getByName(name) for name in library.ElementNames}
    for name, (old, new) in wanted["changed"].items():
        source = told["modules"][name]
        assert old in source, (name, old)
        library.replaceByName(name, source.replace(old, new) if old else new)

    def call(macro, arguments):
        url = "vnd.sun.star.script:XlReportTemplate." + macro + "?language=Basic&location=document"
        return document.ScriptProvider.getScript(url).invoke(tuple(arguments), (), ())[0]

    # A module that does not compile gives nothing at all, in silence: so each is asked for a value.
    for name in library.ElementNames:
        source = library.getByName(name)
        library.replaceByName(name, source + "\\nFunction Compiles()\\nCompiles = 7\\nEnd Function\\n")
    told["compiled"] = {name: call(name + ".Compiles", []) for name in library.ElementNames}
    told["called"] = [call(macro, arguments) for macro, *arguments in wanted["calls"]]
    told["shapes"] = [(sheet.Name, shape.Name, shape.String) for sheet in document.Sheets for shape in sheet.DrawPage]
    document.close(True)
finally:
    try:
        desktop.terminate()
    except Exception:
        pass
    office.wait(60)
print("TOLD" + json.dumps(told))
"""


def run(
    book: Path, calls: Sequence[Sequence[object]], changed: Mapping[str, tuple[str, str]] | None = None
) -> dict[str, Any]:
    """What LibreOffice says of an .xlsm, its macros allowed. Skips where LibreOffice cannot be driven.

    calls: Module.Function and arguments, one after the other. changed: in these modules a text is replaced before; the
    empty text stands for all of it.

    modules: source by name. compiled: by name, 7 where it compiles. called: what the functions returned. triggered:
    what our extension would have heard. shapes: sheet, name and text of each.
    """
    program = shutil.which("soffice")
    if program is None or subprocess.run([PYTHON, "-c", "import uno"], check=False, capture_output=True).returncode:
        pytest.skip("needs LibreOffice and python3-uno")
    wanted = json.dumps({"calls": calls, "changed": changed or {}})
    given = [program, (book.parent / "profile").as_uri(), book.as_uri(), wanted]
    done = subprocess.run([PYTHON, "-c", DRIVER, *given], check=False, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    told: dict[str, Any] = json.loads(done.stdout.partition("TOLD")[2])
    return told
