"""The font of cells."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from xlreport.host.libreoffice.colors import from_office, to_office
from xlreport.host.libreoffice.office import Enum
from xlreport.host.libreoffice.unsupported import whole

if TYPE_CHECKING:
    from xlreport.host.libreoffice.ranges import Range

SLANT = "com.sun.star.awt.FontSlant"
BOLD, NORMAL = 150.0, 100.0


@whole
class Font(base_classes.Font):
    """The font of a range; a property is None where its cells differ."""

    def __init__(self, range_: Range) -> None:
        self._range = range_

    @property
    def api(self) -> Any:
        return self._range.cells

    def _get(self, name: str) -> Any:
        return self._range.common(name)

    def _set(self, name: str, value: Any) -> None:
        self._range.put(name, value)

    def _set_scripts(self, name: str, value: Any) -> None:
        """For Western, East Asian and other text alike, as Excel knows one font only."""
        for script in ("", "Asian", "Complex"):
            self._set(name + script, value)

    @property
    def bold(self) -> bool | None:
        weight = self._get("CharWeight")
        return None if weight is None else weight > NORMAL

    @bold.setter
    def bold(self, value: bool) -> None:
        self._set_scripts("CharWeight", BOLD if value else NORMAL)

    @property
    def italic(self) -> bool | None:
        slant = self._get("CharPosture")
        return None if slant is None else slant.value != "NONE"

    @italic.setter
    def italic(self, value: bool) -> None:
        self._set_scripts("CharPosture", Enum(SLANT, "ITALIC" if value else "NONE"))

    @property
    def size(self) -> float | None:
        size = self._get("CharHeight")
        return None if size is None else float(size)

    @size.setter
    def size(self, value: float) -> None:
        self._set_scripts("CharHeight", float(value))

    @property
    def color(self) -> tuple[int, int, int] | None:
        return from_office(self._get("CharColor"))

    @color.setter
    def color(self, value: Any) -> None:
        self._set("CharColor", to_office(value))

    @property
    def name(self) -> str | None:
        name = self._get("CharFontName")
        return None if name is None else str(name)

    @name.setter
    def name(self, value: str) -> None:
        self._set_scripts("CharFontName", value)
