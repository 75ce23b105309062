"""Excel for macOS on a recording double: a real one is for the smoke test in docs/."""

from __future__ import annotations

import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from xlwings import mac_dict

from tests.host.excel.double import book
from xlreport.errors import HostError
from xlreport.host.excel import mac
from xlreport.host.excel.mac import ALLOWED, MacExcelHost
from xlreport.host.host import host_of


class CommandError(Exception):
    """Like appscript's."""

    def __init__(self, errornumber: int) -> None:
        super().__init__(errornumber)
        self.errornumber = errornumber


class Term:
    """A property of the dictionary."""

    def __init__(self, value: object) -> None:
        self.value = value

    def get(self) -> object:
        """Its value."""
        return self.value


class Worksheet:
    """A worksheet whose protection is lifted by its password."""

    def __init__(self, name: str, password: str = "", error: Exception | None = None) -> None:
        self.name = name
        self.password = password
        self.error = error or CommandError(-50)
        self.protect_contents = Term(True)
        self.protect_drawing_objects = self.protect_scenarios = self.protection_mode = Term(False)
        self.protection_object = SimpleNamespace(**{x: Term(x == "allow_formatting_rows") for x in ALLOWED})
        self.options: dict[str, bool] = {}

    @property
    def api(self) -> Worksheet:
        """The reference."""
        return self

    def unprotect(self, password: str) -> None:
        """Refused for a wrong password."""
        if password != self.password:
            raise self.error
        self.protect_contents = Term(False)

    def protect_worksheet(self, **options: bool) -> None:
        """With the options by name."""
        self.options = options
        self.protect_contents = Term(options["worksheet_contents"])


def host(**members: Any) -> MacExcelHost:
    terms: dict[str, Any] = {name: Term(value) for name, value in members.items()}
    return MacExcelHost(book(None, **terms))


def test_host_of(monkeypatch: pytest.MonkeyPatch) -> None:
    """Excel on a Mac has this host."""
    monkeypatch.setattr("sys.platform", "darwin")
    assert isinstance(host_of(book()), MacExcelHost)


def test_every_term_is_in_the_dictionary() -> None:
    """Excel's scripting dictionary, as xlwings has it, knows every word that is said."""
    text = Path(mac_dict.__file__).read_text(encoding="utf-8")
    source = Path(mac.__file__).read_text(encoding="utf-8")
    said = {*ALLOWED, *re.findall(r"\.api\.(\w+)", source), *re.findall(r"\bapi\.(\w+)", source)}
    said |= {"drawing_objects", "worksheet_contents", "scenarios", "user_interface_only"}
    assert len(said) > 20
    assert not [word for word in said if f'"{word}"' not in text]


def test_lifted() -> None:
    """Protection is given back with every option that it had, also when something raises."""
    sheet = Worksheet("表三")
    with host().lifted([sheet]):  # type: ignore[list-item]
        assert not sheet.protect_contents.get()
    assert sheet.protect_contents.get()
    with pytest.raises(ZeroDivisionError), host().lifted([sheet]):  # type: ignore[list-item]
        raise ZeroDivisionError
    assert sheet.protect_contents.get()
    assert [name for name, given in sheet.options.items() if given] == ["worksheet_contents", "allow_formatting_rows"]


def test_a_password_of_ones_own() -> None:
    """A sheet with the user's password is named; a busy Excel is not taken for one."""
    with pytest.raises(HostError, match="“表三”用您自己的密码"), host().lifted([Worksheet("表三", "x")]):  # type: ignore[list-item]
        raise AssertionError
    with pytest.raises(CommandError), host().lifted([Worksheet("表三", "x", CommandError(-1712))]):  # type: ignore[list-item]
        raise AssertionError


def test_location() -> None:
    """A path or URL as Excel has it; an unsaved workbook has neither."""
    assert host(full_name="工作簿1").location() == ""
    assert host(full_name="/Users/a/年报.xlsx").location() == "/Users/a/年报.xlsx"


def test_modified() -> None:
    """Excel says whether all is saved, by a word of its dictionary."""
    assert host(saved=False).modified()
    assert not host(saved=True).modified()
    assert "saved" in {name for name, _ in mac_dict.properties}


def test_explain() -> None:
    """Being busy and having gone have their sentences."""
    for number, key in ((-1712, "host.busy"), (-600, "host.gone")):
        told = host().explain(CommandError(number))
        assert told is not None
        assert told.key == key
    assert host().explain(CommandError(-50)) is None
