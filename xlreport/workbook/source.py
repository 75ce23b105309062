"""What a workbook must offer to be read: a file does, and so does a book that is open in a spreadsheet program."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from xlreport.workbook.cells import Value
from xlreport.workbook.places import Layout
from xlreport.workbook.skeleton import Sheet


class Source(Protocol):
    """A workbook that can be looked into."""

    @property
    def layout(self) -> Layout:
        """Its sheets, its names and what they stand for."""

    @property
    def sheets(self) -> Sequence[str]:
        """The sheets that can be read."""

    def properties(self) -> Mapping[str, str]:
        """The custom document properties."""

    def untouched(self, form_id: str) -> bool:
        """True only when nothing can differ from the template of that form, apart from what is filled in."""

    def sheet(self, name: str) -> Sheet:
        """What a sheet is made of."""

    def rows(self, sheets: Iterable[str]) -> Mapping[str, Sequence[Sequence[Value]]]:
        """The cells of these sheets, from A1 on."""
