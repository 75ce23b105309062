"""What a clerk does to an open workbook, through xlwings; locked cells too, as somebody does who lifts protection."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from types import MappingProxyType
from typing import Any

import xlwings as xw

from tests.samples import city
from xlreport.host.host import host_of
from xlreport.report import Report

Edit = Callable[[xw.Book], object]


def changed(**figures: int | None) -> Report:
    """The city's report with other figures; `__` stands for the dots of an id, None is a blank."""
    named = {cell.replace("__", "."): value for cell, value in figures.items()}
    own = {cell: value for cell, value in ({**city().figures, **named}).items() if value is not None}
    return replace(city(), figures=MappingProxyType(own))


def typed(address: str, value: object) -> Edit:
    """Type a value into a cell, such as 表三!D6."""

    def edit(book: xw.Book) -> None:
        sheet, cell = address.split("!")
        with host_of(book).lifted([book.sheets[sheet]]):
            book.sheets[sheet].range(cell).value = value

    return edit


def renamed(old: str, new: str) -> Edit:
    """Give a sheet another name, which the structure of the workbook does not allow."""

    def edit(book: xw.Book) -> None:
        book.api.unprotect("")
        book.sheets[old].name = new

    return edit


def uno(sheet: str, edit: Callable[[Any], object]) -> Edit:
    """Anything that LibreOffice can do to a sheet."""

    def do(book: xw.Book) -> None:
        with host_of(book).lifted([book.sheets[sheet]]):
            edit(book.sheets[sheet].api)

    return do


def several(*edits: Edit) -> Edit:
    """One after the other."""

    def do(book: xw.Book) -> None:
        for edit in edits:
            edit(book)

    return do
