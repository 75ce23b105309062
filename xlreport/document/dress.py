"""How an office wants its document to look."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple


class Dress(NamedTuple):
    """A profile's name or file; what an office adds, as it is printed; for DOCX its own Word file around the report.

    table3: portrait or landscape, "" as the profile says.
    """

    profile: str = "official"
    number: str = ""
    date: str = ""
    attachments: tuple[str, ...] = ()
    letterhead: Path | None = None
    table3: str = ""

    @property
    def files(self) -> tuple[Path, ...]:
        """What it is read from; the name of a profile of ours is no file, and does no harm here."""
        return (Path(self.profile), *([self.letterhead] if self.letterhead else []))


PLAIN = Dress()
TABLE3 = ("portrait", "landscape")
"""How the page of table 3 may be turned."""
