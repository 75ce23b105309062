"""The .xlsm in a real LibreOffice: it opens, its modules are there and run, and hand a click to the extension."""

from __future__ import annotations

import json
import shutil
import subprocess
from typing import Any

import pytest

from tests.workbook.edited import PYTHON
from xlreport.host.excel.package import macro_of
from xlreport.host.excel.sources import COMMON, module
from xlreport.host.perform import ACTIONS
from xlreport.workbook.build.buttons import BUTTONS
from xlreport.workbook.template import template_path

pytestmark = pytest.mark.office

DRIVER = """
import json, subprocess, sys, time, uno, unohelper
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException
from com.sun.star.lang import XServiceInfo, XSingleServiceFactory
from com.sun.star.task import XJobExecutor

program, profile, book, macros = sys.argv[1:]
accept = "--accept=pipe,name=xlreportmacros;urp;"
office = subprocess.Popen([program, "-env:UserInstallation=" + profile, "--headless", "--norestore", accept])
resolver = uno.getComponentContext().ServiceManager.createInstance("com.sun.star.bridge.UnoUrlResolver")
for _ in range(240):
    try:
        context = resolver.resolve("uno:pipe,name=xlreportmacros;urp;StarOffice.ComponentContext")
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

    def call(macro):
        url = "vnd.sun.star.script:XlReportTemplate." + macro + "?language=Basic&location=document"
        return document.ScriptProvider.getScript(url).invoke((), (), ())[0]

    # A module that does not compile gives nothing at all, in silence: so each is asked for a value.
    for name in told["modules"]:
        library.replaceByName(name, told["modules"][name] + "\\nFunction Compiles()\\nCompiles = 7\\nEnd Function\\n")
    told["compiled"] = {name: call(name + ".Compiles") for name in told["modules"]}
    told["called"] = [call(macro) for macro in json.loads(macros)]
    told["buttons"] = [(sheet.Name, shape.Name, shape.String) for sheet in document.Sheets for shape in sheet.DrawPage]
    document.close(True)
finally:
    try:
        desktop.terminate()
    except Exception:
        pass
    office.wait(60)
print("TOLD" + json.dumps(told))
"""

CALLED = [
    "XlrPython.IsRunning",
    "XlrWindows.IsRunning",
    "XlrMac.IsRunning",
    *(f"XlReport.{macro_of(x)}" for x in BUTTONS),
]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What LibreOffice says of the committed .xlsm, opened from a folder as offices have them, its macros allowed."""
    program = shutil.which("soffice")
    if program is None or subprocess.run([PYTHON, "-c", "import uno"], check=False, capture_output=True).returncode:
        pytest.skip("needs LibreOffice and python3-uno")
    folder = tmp_path_factory.mktemp("office")
    book = folder / "年报 模板（一）.xlsm"
    shutil.copy(template_path("2021").with_suffix(".xlsm"), book)
    given = [program, (folder / "profile").as_uri(), book.as_uri(), json.dumps(CALLED)]
    done = subprocess.run([PYTHON, "-c", DRIVER, *given], check=True, capture_output=True, text=True, timeout=300)
    found: dict[str, Any] = json.loads(done.stdout.partition("TOLD")[2])
    return found


def test_the_modules_are_there(told):
    """LibreOffice lists our modules, and those of the workbook and its sheets, with our code."""
    assert set(told["modules"]) == {*COMMON, "ThisWorkbook", *(f"Sheet{n}" for n in range(1, 8))}
    for name in COMMON:
        for line in module(name).code.splitlines():
            assert line.strip() in told["modules"][name], (name, line)


def test_they_compile_and_run(told):
    """Every module compiles, those of other systems too; asked whether a program of ours is running, they say no."""
    assert told["compiled"] == dict.fromkeys(told["modules"], 7)
    assert told["called"] == [False, False, False, *[None] * len(BUTTONS)]


def test_a_click_goes_to_the_extension(told):
    """In LibreOffice every button's macro hands its action to our extension."""
    assert told["triggered"] == list(ACTIONS)


def test_the_buttons_are_there(told):
    """The shapes stand on 校验 under their names, with their words."""
    assert told["buttons"] == [["校验", name, text] for name, text in BUTTONS.items()]
