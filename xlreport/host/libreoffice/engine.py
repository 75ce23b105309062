"""The engine as xlwings sees it: `xw.engines["libreoffice"]`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from xlreport.host.libreoffice.apps import Apps
from xlreport.host.libreoffice.values import cleaned, prepared


class Engine:
    """A desktop engine over LibreOffice Calc."""

    name = "libreoffice"
    type = "desktop"

    def __init__(self) -> None:
        self.apps = Apps(self)

    @staticmethod
    def clean_value_data(
        data: Sequence[Sequence[Any]],
        datetime_builder: Callable[..., Any],
        empty_as: Any,
        number_builder: Callable[[float], Any] | None,
        err_to_str: bool,
    ) -> list[list[Any]]:
        """What was read, as the options of the range ask."""
        return [
            [cleaned(value, datetime_builder, empty_as, number_builder, errors=err_to_str) for value in row]
            for row in data
        ]

    @staticmethod
    def prepare_xl_data_element(x: Any, _options: object) -> Any:
        """What is to be written, as a cell can hold it."""
        return prepared(x)
