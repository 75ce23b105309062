"""The committed templates: which version, and where their bytes are."""

from __future__ import annotations

from pathlib import Path

from xlreport.errors import ProgramError

TEMPLATE_VERSION = 1
"""Counts up when a name, a cell or a formula of the template moves."""

FILES = {"2021": "report_template.xlsx", "2019": "report_template_2019.xlsx"}
"""The committed template of each form."""


def template_path(form_id: str) -> Path:
    """Where the template of that form lies: inside the installed package, or beside it in a checkout.

    Raises KeyError for a form that we do not know, ProgramError when the file is missing.
    """
    package = Path(__file__).parents[1]
    for folder in (package / "templates", package.parent / "templates"):
        if (path := folder / FILES[form_id]).is_file():
            return path
    raise ProgramError("files.no_template", file=FILES[form_id])


def template_bytes(form_id: str) -> bytes:
    """The committed template of that form, an .xlsx. Raises as `template_path` does."""
    return template_path(form_id).read_bytes()
