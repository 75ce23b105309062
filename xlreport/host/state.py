"""What is known of an installed add-in."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from xlreport.messages import Phrase


@dataclass(frozen=True, slots=True)
class AddinState:
    """The add-in of one spreadsheet program, for the current user.

    host: "libreoffice" or "excel". installed: it stands where the program loads it. version: of the package that
    installed it; "" where unknown. path: what was installed. problem: what keeps it from working, as a sentence of
    the catalogue; None where all is well (and where it is simply not installed).
    """

    host: str
    installed: bool
    version: str = ""
    path: Path | None = None
    problem: Phrase | None = None
