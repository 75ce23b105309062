"""Apps: offices that we started, or that were given to us."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from xlreport.host.libreoffice.books import Books
from xlreport.host.libreoffice.office import Office, OfficeError, Remote, properties
from xlreport.host.libreoffice.ranges import Range
from xlreport.host.libreoffice.start import PrivateOffice

if TYPE_CHECKING:
    from xlreport.host.libreoffice.engine import Engine


API, OOXML = 6, 5
"""com.sun.star.sheet.FormulaLanguage."""


class Apps(base_classes.Apps):  # type: ignore[misc]
    """The offices of this process, the latest first."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._apps: list[App] = []

    def _alive(self) -> list[App]:
        self._apps = [app for app in self._apps if not app.office.dead]
        return self._apps

    def keys(self) -> list[int]:
        return [app.pid for app in self._alive()]

    def __iter__(self) -> Iterator[App]:
        return iter(list(self._alive()))

    def __len__(self) -> int:
        return len(self._alive())

    def __getitem__(self, pid: int) -> App:
        for app in self._alive():
            if app.pid == pid:
                return app
        raise KeyError(pid)

    def add(
        self, spec: str | None = None, add_book: bool | None = None, xl: object = None, visible: bool | None = None
    ) -> App:
        """Start a private office; `spec` may name the soffice to use."""
        private = PrivateOffice(spec, headless=visible is False or not has_screen())
        app = self.adopt(private.office, private.pid, private)
        if add_book or add_book is None:
            app.books.add()
        return app

    def adopt(self, office: Office, pid: int, private: PrivateOffice | None = None) -> App:
        """Take an office as the active app."""
        app = App(self, office, pid, private)
        self._apps.insert(0, app)
        return app

    @staticmethod
    def cleanup() -> None:
        """Nothing is left behind: every office of ours ends with its App, or with this process."""


def has_screen() -> bool:
    """Whether a window can be shown."""
    return sys.platform in ("win32", "darwin") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


class App(base_classes.App):  # type: ignore[misc]
    """An office; what concerns one book goes to its active one."""

    display_alerts: bool = True
    enable_events: bool = True
    """Remembered; nothing here asks the user or listens to events."""

    def __init__(self, apps: Apps, office: Office, pid: int, private: PrivateOffice | None) -> None:
        self.apps = apps
        self.office = office
        self._pid = pid
        self._private = private
        self._status: tuple[Remote, str] | None = None
        self._api: Remote | None = None

    @property
    def engine(self) -> Engine:
        return self.apps.engine

    @property
    def api(self) -> Remote:
        """The desktop, com.sun.star.frame.Desktop."""
        if self._api is None:
            self._api = self.office.service("com.sun.star.frame.Desktop")
        return self._api

    xl = api

    @property
    def pid(self) -> int:
        return self._pid

    @property
    def books(self) -> Books:
        return Books(self)

    def quit(self) -> None:
        """Close all books without saving, and end the office."""
        if self.office.dead:
            return
        try:
            for book in self.books:
                book.close()
            if self._private is None:
                self.api.terminate()
        except OfficeError:
            if self._private is None:
                raise
        if self._private is not None:
            self._private.end()

    def kill(self) -> None:
        """End the office at once."""
        if self._private is not None:
            self._private.kill()
        else:
            raise NotImplementedError("An office that xlwings did not start is not killed; App.quit() asks it to end.")

    @property
    def version(self) -> str:
        return str(self._setting("org.openoffice.Setup/Product", "ooSetupVersion"))

    def _setting(self, node: str, name: str) -> Any:
        provider = self.office.service("com.sun.star.configuration.ConfigurationProvider")
        access = provider.createInstanceWithArguments(
            "com.sun.star.configuration.ConfigurationAccess", properties(nodepath=f"/{node}")
        )
        return access.getByName(name)

    @property
    def visible(self) -> bool:
        """Whether any window is shown."""
        return any(frame.getContainerWindow().isVisible() for frame in self._frames())

    @visible.setter
    def visible(self, value: bool) -> None:
        if value and not has_screen():
            return  # xlwings shows every new App; without a screen there is nothing to show it on
        for frame in self._frames():
            frame.getContainerWindow().setVisible(bool(value))

    def _frames(self) -> list[Remote]:
        frames = self.api.getFrames()
        return [frames.getByIndex(index) for index in range(frames.getCount())]

    def activate(self, steal_focus: bool = False) -> None:
        book = self.books.active
        if book is not None:
            book.activate()
            if steal_focus:
                book.frame.getContainerWindow().toFront()

    @property
    def selection(self) -> Range | None:
        book = self.books.active
        return None if book is None else book.selection

    @property
    def screen_updating(self) -> bool:
        return not any(book.api.hasControllersLocked() for book in self.books)

    @screen_updating.setter
    def screen_updating(self, value: bool) -> None:
        for book in self.books:
            if value:
                while book.api.hasControllersLocked():
                    book.api.unlockControllers()
            elif not book.api.hasControllersLocked():
                book.api.lockControllers()

    @property
    def calculation(self) -> str:
        book = self.books.active
        return "automatic" if book is None or book.api.isAutomaticCalculationEnabled() else "manual"

    @calculation.setter
    def calculation(self, value: str) -> None:
        if value not in ("automatic", "manual"):
            raise NotImplementedError(f"LibreOffice calculates 'automatic' or 'manual', not {value!r}.")
        for book in self.books:
            book.api.enableAutomaticCalculation(value == "automatic")

    def calculate(self) -> None:
        for book in self.books:
            book.api.calculateAll()

    @property
    def status_bar(self) -> str | bool:
        """The text we put there; False where the office has it."""
        return self._status[1] if self._status else False

    @status_bar.setter
    def status_bar(self, value: str | bool | None) -> None:
        if value is False or value is None:
            if self._status:
                self._status[0].end()
            self._status = None
            return
        text = str(value)
        book = self.books.active
        if self._status:
            indicator = self._status[0]
            indicator.setText(text)
        elif book is None:
            return
        else:
            indicator = book.frame.createStatusIndicator()
            indicator.start(text, 1)
        self._status = (indicator, text)

    @cached_property
    def functions(self) -> tuple[dict[str, str], dict[str, str]]:
        """Functions that the API and Excel name differently: API's name to Excel's, and back."""
        mapper = self._formula_mapper()
        api, excel = (
            {(entry.Token.OpCode, str(entry.Token.Data)): entry.Name for entry in mapper.getAvailableMappings(language, 16)}
            for language in (API, OOXML)
        )
        there = {
            api[key]: name.removeprefix("_xlfn.")
            for key, name in excel.items()
            if key in api and "ORG." not in name and name.removeprefix("_xlfn.") != api[key]
        }
        return there, {name: own for own, name in there.items()}

    def _formula_mapper(self) -> Remote:
        book = self.books.active
        assert book is not None
        return book.api.createInstance("com.sun.star.sheet.FormulaOpCodeMapper")
