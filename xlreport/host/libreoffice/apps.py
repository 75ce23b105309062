"""Apps: offices that we started, or that were given to us."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from xlreport.host.libreoffice.addresses import split_sheet
from xlreport.host.libreoffice.books import Book, Books, path_of
from xlreport.host.libreoffice.office import Office, OfficeError, Remote, properties
from xlreport.host.libreoffice.ranges import Range
from xlreport.host.libreoffice.start import PrivateOffice
from xlreport.host.libreoffice.unsupported import whole

if TYPE_CHECKING:
    from xlreport.host.libreoffice.engine import Engine


ASKS = "ReplaceCellsWarning"
API, OOXML, FUNCTIONS = 6, 5, 16
"""com.sun.star.sheet.FormulaLanguage and FormulaMapGroup."""


MACRO = re.compile(r"^\s*(?:(?:Public|Private|Static)\s+)*(?:Sub|Function)\s+(\w+)", re.IGNORECASE | re.MULTILINE)
BOXES = {None: "MESSAGEBOX", "info": "INFOBOX", "critical": "ERRORBOX"}
BUTTONS = {None: 1, "ok": 1, "ok_cancel": 2, "yes_no": 3, "yes_no_cancel": 4}
ANSWERS = {0: "cancel", 1: "ok", 2: "yes", 3: "no"}


class Apps(base_classes.Apps):
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

    def put_first(self, app: App) -> None:
        """Make it the active app."""
        self._apps.remove(app)
        self._apps.insert(0, app)

    @staticmethod
    def cleanup() -> None:
        """Nothing is left behind: every office of ours ends with its App, or with this process."""


def macros_like(book: Book, name: str) -> Iterator[str]:
    """Every `Library.Module.Name` of a book's Basic that ends in this name, whatever its case."""
    libraries = book.api.BasicLibraries
    parts = name.lower().split(".")
    for library in libraries.getElementNames():
        libraries.loadLibrary(library)
        modules = libraries.getByName(library)
        for module in modules.getElementNames():
            for found in MACRO.findall(modules.getByName(module)):
                full = [library, module, found]
                if [part.lower() for part in full[-len(parts) :]] == parts:
                    yield ".".join(full)


def has_screen() -> bool:
    """Whether a window can be shown."""
    return sys.platform in ("win32", "darwin") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


@whole
class App(base_classes.App):
    """An office; what concerns one book goes to its active one."""

    display_alerts: bool = True
    enable_events: bool = True
    """Remembered; nothing here asks the user or listens to events."""

    def __init__(self, apps: Apps, office: Office, pid: int, private: PrivateOffice | None) -> None:
        self.apps = apps
        self.office = office
        self._pid = pid
        self._private = private
        self._copying = False
        self._status: tuple[Remote, str] | None = None
        self._api: Remote | None = None

    @property
    def engine(self) -> Engine:
        return self.apps.engine

    @property
    def api(self) -> Any:
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
        return str(self._settings("org.openoffice.Setup/Product").getByName("ooSetupVersion"))

    def _settings(self, node: str, kind: str = "ConfigurationAccess") -> Remote:
        provider = self.office.service("com.sun.star.configuration.ConfigurationProvider")
        found: Remote = provider.createInstanceWithArguments(
            f"com.sun.star.configuration.{kind}", properties(nodepath=f"/{node}")
        )
        return found

    @contextmanager
    def unasked(self) -> Iterator[None]:
        """LibreOffice does not ask meanwhile whether cells that hold something may be pasted over."""
        settings = self._settings("org.openoffice.Office.Calc/Input", "ConfigurationUpdateAccess")
        before = settings.getByName(ASKS)
        settings.replaceByName(ASKS, False)
        settings.commitChanges()
        try:
            yield
        finally:
            settings.replaceByName(ASKS, before)
            settings.commitChanges()

    @property
    def visible(self) -> bool:
        """Whether any window is shown."""
        if self._private is not None and self._private.headless:
            return False
        return any(window.isVisible() for window in self._windows())

    @visible.setter
    def visible(self, value: bool) -> None:
        if value and not has_screen():
            return  # xlwings shows every new App; without a screen there is nothing to show it on
        if value and self._private is not None and self._private.headless:
            raise NotImplementedError(
                "This LibreOffice was started without windows; start another with App(visible=True)."
            )
        for window in self._windows():
            window.setVisible(bool(value))

    def _windows(self) -> list[Remote]:
        frames = self.api.getFrames()
        return [frames.getByIndex(index).getContainerWindow() for index in range(frames.getCount())]

    @property
    def interactive(self) -> bool:
        """Whether the windows take input."""
        return all(window.isEnabled() for window in self._windows())

    @interactive.setter
    def interactive(self, value: bool) -> None:
        for window in self._windows():
            window.setEnable(bool(value))

    def activate(self, steal_focus: bool = False) -> None:
        self.apps.put_first(self)
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

    @property
    def cut_copy_mode(self) -> str | None:
        return "copy" if self._copying else None

    @cut_copy_mode.setter
    def cut_copy_mode(self, value: object) -> None:
        self._copying = bool(value)

    @property
    def path(self) -> str:
        """The folder of LibreOffice's programs."""
        return path_of(self.office.service("com.sun.star.util.PathSubstitution").getSubstituteVariableValue("$(prog)"))

    def run(self, macro: str, args: Sequence[Any] = ()) -> Any:
        """Run a Basic macro of the active book: `Module1.Name` or `Name`; `'book'!Name` names the book.

        Raises:
            OfficeError: there is no such macro, or it failed.
        """
        where, local = split_sheet(macro)
        book = self.books.active if where is None else self.books(where)
        if book is None:
            raise OfficeError("libreoffice.no_macro", name=macro)
        provider = book.api.getScriptProvider()
        for place in macros_like(book, local):
            script = provider.getScript(f"vnd.sun.star.script:{place}?language=Basic&location=document")
            return script.invoke(tuple(args), (), ())[0]
        raise OfficeError("libreoffice.no_macro", name=macro)

    def alert(
        self, prompt: str, title: str | None, buttons: str | None, mode: str | None, callback: object
    ) -> str | None:
        """Show a message and wait for the button that closes it; without a window nobody could, and it is an error."""
        if self._private is not None and self._private.headless:
            raise NotImplementedError("This LibreOffice has no window to show a message in.")
        book = self.books.active
        frame = self.api.getCurrentFrame() if book is None else book.frame
        asks = buttons not in (None, "ok")
        box = "QUERYBOX" if asks and mode != "critical" else BOXES[mode]  # an INFOBOX has one button only
        answer = self.office.verb(
            "alert", frame.getContainerWindow(), box, BUTTONS[buttons], title or "", prompt, patience=None
        )
        return ANSWERS.get(answer)

    @cached_property
    def functions(self) -> tuple[dict[str, str], dict[str, str]]:
        """Functions that the API and Excel name differently: API's name to Excel's, and back."""
        mapper = next(iter(self.books)).api.createInstance("com.sun.star.sheet.FormulaOpCodeMapper")
        api, excel = (mapper.getAvailableMappings(language, FUNCTIONS) for language in (API, OOXML))
        own = {entry.Token.OpCode: entry.Name for entry in api if entry.Token.Data is None}
        there = {}
        for entry in excel:
            code, added, name = entry.Token.OpCode, entry.Token.Data, entry.Name.removeprefix("_xlfn.")
            here = added.upper() if isinstance(added, str) else own.get(code, name)  # of an add-in, its full name
            if name != here and "ORG." not in name and "." not in name[:4]:
                there[here] = name
        return there, {name: own for own, name in there.items()}
