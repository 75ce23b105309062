"""Notes and hyperlinks of cells."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from xlreport.host.libreoffice.addresses import quoted, split_sheet
from xlreport.host.libreoffice.cells import Cells
from xlreport.host.libreoffice.unsupported import whole

if TYPE_CHECKING:
    from xlreport.host.libreoffice.ranges import Range
    from xlreport.host.libreoffice.sheets import Sheet

URL_FIELD = "com.sun.star.text.TextField.URL"


@whole
class Note(base_classes.Note):
    """The note of a cell."""

    def __init__(self, location: Range) -> None:
        self._location = location

    @property
    def location(self) -> Range:
        return self._location

    @property
    def api(self) -> Any:
        """com.sun.star.sheet.CellAnnotation."""
        return self.location.first.getAnnotation()

    @property
    def text(self) -> str:
        return str(self.api.getString())

    @text.setter
    def text(self, value: str) -> None:
        self.location.assert_open()
        self.api.setString(value)

    @property
    def author(self) -> str:
        return str(self.api.getAuthor())

    def delete(self) -> None:
        self.location.assert_open()
        notes = self.location.sheet.api.getAnnotations()
        for index in range(notes.getCount()):
            place = notes.getByIndex(index).getPosition()
            if (place.Row + 1, place.Column + 1) == (self.location.row, self.location.column):
                notes.removeByIndex(index)
                return


def notes_of(sheet: Sheet) -> list[Note]:
    """All notes of a sheet."""
    notes = sheet.api.getAnnotations()
    places = [notes.getByIndex(index).getPosition() for index in range(notes.getCount())]
    return [Note(sheet.range((place.Row + 1, place.Column + 1))) for place in places]


class Remarks(Cells):
    """The part of a Range about notes and links."""

    @property
    def note(self) -> Note | None:
        """The note of the first cell."""
        has = self.first.getAnnotation().getString()
        return Note(self.sheet.range((self.box.top, self.box.left))) if has else None

    def add_note(self, text: str) -> Note:
        """Put a note on the first cell."""
        self.assert_open()
        self.sheet.api.getAnnotations().insertNew(self.first.CellAddress, text)
        return Note(self.sheet.range((self.box.top, self.box.left)))

    @property
    def hyperlink(self) -> str:
        """The address behind the text of the first cell; Exception where there is none, as of xlwings elsewhere."""
        fields = self.first.getTextFields()
        for index in range(fields.getCount()):
            url = getattr(fields.getByIndex(index), "URL", None)
            if url:
                return _place(url, ".", "!")
        raise Exception("The cell doesn't seem to contain a hyperlink!")  # noqa: TRY002

    def add_hyperlink(self, address: str, text_to_display: str, screen_tip: object = None) -> None:
        """Make the first cell a link; `#Sheet1!A1` leads to a place in the book. LibreOffice has no own screen tips."""
        self.assert_open()
        cell = self.first
        field: Any = self.sheet.book.api.createInstance(URL_FIELD)
        field.URL = _place(address, "!", ".")
        field.Representation = text_to_display
        cell.setString("")
        cell.insertTextContent(cell.createTextCursor(), field, False)


def _place(url: str, old: str, new: str) -> str:
    """A place in the book (`#Sheet1!A1`), with the mark between sheet and cell that the other program has."""
    if not url.startswith("#") or old not in url:
        return url
    where, _, cell = url[1:].rpartition(old)
    name, _ = split_sheet(where.removeprefix("$") + "!")
    return f"#{quoted(name or '')}{new}{cell}"
