"""Our macro sources: the files of `macros/`, as modules."""

from __future__ import annotations

from pathlib import Path

from xlreport.errors import ProgramError
from xlreport.host.excel.project import Kind, Module

COMMON = ("XlReport", "XlrExcel", "XlrPython", "XlrWindows", "XlrMac", "XlrRecord", "XlrLibreOffice")
"""The modules of the workbook and of the add-in: what a click does."""

ADDIN = ("ThisWorkbook", *COMMON, "XlrButtons", "XlrEvents")
"""Those of the add-in, which also brings the buttons of macro-free workbooks to life."""


def macros_path() -> Path:
    """The folder of the sources: inside the installed package, or beside it in a checkout. Raises ProgramError."""
    package = Path(__file__).parents[2]
    for folder in (package / "macros", package.parent / "macros"):
        if folder.is_dir():
            return folder
    raise ProgramError("files.no_template", file="macros")


def module(name: str) -> Module:
    """One module, as its source file has it: .bas is a standard module, .cls a class or the workbook's own."""
    folder = macros_path()
    standard = folder / f"{name}.bas"
    path = standard if standard.is_file() else folder / f"{name}.cls"
    lines = path.read_text(encoding="ascii").splitlines()
    attributes = [number for number, line in enumerate(lines) if line.startswith("Attribute ")]
    code = "\n".join([*lines[attributes[-1] + 1 :], ""])
    kind = Kind.STANDARD if path == standard else Kind.WORKBOOK if name == "ThisWorkbook" else Kind.CLASS
    return Module(name, kind, code)


def ribbon() -> bytes:
    """The ribbon, customUI14 of Excel 2010 and later."""
    return (macros_path() / "ribbon.xml").read_bytes()
