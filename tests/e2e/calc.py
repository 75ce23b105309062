"""LibreOffice Calc on a screen: where things are on it, and what it says when asked over a pipe of its own."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import uuid
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import xlreport.host.libreoffice
from tests.e2e.desktop import HANGING, QUIET, Point, Screen, until
from xlreport.host.libreoffice.office import Office, OfficeError, Remote
from xlreport.host.libreoffice.office import properties as properties_of
from xlreport.host.libreoffice.programs import pythons, soffice

ATTEND = Path(__file__).with_name("attend.py")
BRIDGE = Path(xlreport.host.libreoffice.__file__).parent
TITLE = "年报"
LABEL, BUTTON = 86, 44  # of the box; com.sun.star.accessibility.AccessibleRole
CLEAR = -1  # no background colour
SOON = 5.0
"""Seconds after which a box that was pressed away has gone, if it had the focus."""

QUIET_START = {
    "/org.openoffice.Office.Common/Misc": {"FirstRun": "false", "ShowTipOfTheDay": "false"},
    "/org.openoffice.Office.Common/Save/Document": {"WarnAlienFormat": "false"},
    "/org.openoffice.Setup/Product": {
        "LastTimeDonateShown": "4000000000",
        "LastTimeGetInvolvedShown": "4000000000",
        "ooSetupLastVersion": "99.9",
    },
}
"""A LibreOffice that greets nobody, and saves a workbook as what it is."""


@cache
def interpreter() -> Path | None:
    """A Python that can speak to LibreOffice; None where there is none."""
    for python in pythons(soffice()):
        if subprocess.run([str(python), "-c", "import uno"], check=False, **QUIET).returncode == 0:
            return python
    return None


def quieten(profile: Path) -> None:
    """Put QUIET_START into a profile."""
    file = profile / "user" / "registrymodifications.xcu"
    items = "".join(
        f'<item oor:path="{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>\n'
        for path, values in QUIET_START.items()
        for name, value in values.items()
    )
    file.write_text(file.read_text(encoding="utf-8").replace("</oor:items>", f"{items}</oor:items>"), encoding="utf-8")


class Calc:
    """One LibreOffice with one workbook."""

    def __init__(self, screen: Screen, profile: Path, log: Path, *arguments: str) -> None:
        self.screen = screen
        self.log = log
        self._pipe = f"test{uuid.uuid4().hex}"
        command = [str(soffice()), f"-env:UserInstallation={profile.as_uri()}", "--norestore", "--nologo"]
        self.process = subprocess.Popen(
            [*command, f"--accept=pipe,name={self._pipe};urp", *arguments],
            # Its own toolkit, which every LibreOffice has, and which hears every click of xdotool.
            env={**screen.environment, "SAL_USE_VCLPLUGIN": "gen", "LC_ALL": "C.UTF-8"},
            **QUIET,
        )
        self._attendant = subprocess.Popen(
            [str(interpreter()), str(ATTEND), str(BRIDGE), self._pipe, str(HANGING)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={name: value for name, value in os.environ.items() if not name.startswith("PYTHON")},
        )
        assert self._attendant.stdout is not None
        assert self._attendant.stdin is not None
        self.office = Office(self._attendant.stdout, self._attendant.stdin, patience=HANGING)
        try:
            self.desktop = self.office.service("com.sun.star.frame.Desktop")
            self.toolkit = self.office.service("com.sun.star.awt.Toolkit")
            self.document: Remote = until(self.desktop.getCurrentComponent, "the workbook")
            self.raise_()
        except BaseException:
            self.close()
            raise

    def open(self, url: str, **properties: object) -> None:
        """Another workbook in a window of its own."""
        self.document = self.desktop.loadComponentFromURL(url, "_blank", 0, properties_of(**properties))
        self.raise_()

    def raise_(self) -> None:
        """Its window before all others."""
        until(lambda: self.controller is not None and self.controller.Frame.ContainerWindow.isVisible(), "its window")
        self.controller.Frame.activate()
        self.controller.Frame.ContainerWindow.toFront()
        self.controller.Frame.ContainerWindow.setFocus()

    @property
    def controller(self) -> Any:
        """The view of the workbook."""
        return self.document.getCurrentController()

    # Where things are.

    def show(self, sheet: str, address: str = "A1") -> Any:
        """Go to a cell, so that it can be seen."""
        cell = self.document.Sheets.getByName(sheet).getCellRangeByName(address)
        self.controller.select(cell)
        return cell

    def button(self, name: str, sheet: str = "校验") -> Point:
        """The middle of a shape."""
        page = self.document.Sheets.getByName(sheet).DrawPage
        shapes = [page.getByIndex(number) for number in range(page.getCount())]
        return self._place(next(shape for shape in shapes if shape.Name == name))

    def cell(self, sheet: str, address: str) -> Point:
        """The middle of a cell. It is scrolled to the top, where no rounding of row heights adds up."""
        cell = self.show(sheet, address)
        self.controller.setFirstVisibleRow(cell.RangeAddress.StartRow)
        return self._place(cell)

    def _place(self, thing: Any) -> Point:
        """The middle of what has a position on the active sheet, in pixels of the screen.

        The view tells where on the screen its active pane shows which part (in 1/100 mm); rows that are frozen stand
        above that, in the same scale.
        """
        sheet = self.controller.getActiveSheet()
        pixels, part = self.controller.VisibleAreaOnScreen, self.controller.VisibleArea
        scale = pixels.Width / part.Width
        x, y = thing.Position.X + thing.Size.Width / 2, thing.Position.Y + thing.Size.Height / 2
        frozen = self.controller.SplitRow if self.controller.hasFrozenPanes() else 0
        edge = sheet.Rows.getByIndex(frozen).Position.Y if frozen else 0
        top = edge if y < edge <= part.Y else part.Y
        return Point(pixels.X + (x - part.X) * scale, pixels.Y + (y - top) * scale)

    def tool(self, name: str) -> Point:
        """The middle of a button of the toolbars."""
        window = self.controller.Frame.ContainerWindow.getAccessibleContext()
        found: Any = until(lambda: next(_named(window, name, BUTTON), None), f"the toolbar's {name}")
        place, size = found.getLocationOnScreen(), found.getSize()
        return Point(place.X + size.Width / 2, place.Y + size.Height / 2)

    # What it says.

    def text(self, sheet: str, address: str) -> str:
        """What a cell shows."""
        return str(self.document.Sheets.getByName(sheet).getCellRangeByName(address).String)

    def protected(self) -> list[str]:
        """The sheets that are protected."""
        return [sheet.Name for sheet in self.sheets() if sheet.isProtected()]

    def sheets(self) -> Iterator[Any]:
        """The sheets."""
        for number in range(self.document.Sheets.getCount()):
            yield self.document.Sheets.getByIndex(number)

    def colours(self) -> dict[str, int]:
        """The background of every cell that has one of its own, by 表三!D6."""
        found = {}
        for sheet in self.sheets():
            ranges = sheet.getCellFormatRanges()
            for number in range(ranges.getCount()):
                part = ranges.getByIndex(number)
                if part.CellBackColor == CLEAR:
                    continue
                area = part.RangeAddress
                if area.EndRow - area.StartRow > 1000 or area.EndColumn - area.StartColumn > 100:
                    continue  # the rest of the sheet
                for row in range(area.StartRow, area.EndRow + 1):
                    for column in range(area.StartColumn, area.EndColumn + 1):
                        found[f"{sheet.Name}!{_letters(column)}{row + 1}"] = part.CellBackColor
        return found

    def box(self) -> str:
        """The text of our message box; "" while there is none."""
        for number in range(self.toolkit.getTopWindowCount()):
            try:
                context = self.toolkit.getTopWindow(number).getAccessibleContext()
                if context is not None and context.getAccessibleName() == TITLE:
                    return "\n".join(_texts(context))
            except (OfficeError, AttributeError):  # a window that has just gone
                continue
        return ""

    def answered(self, picture: Callable[[], object] | None = None, key: str = "Return") -> str:
        """Wait for our message box, read it, and close it by a key."""
        text = until(self.box, "a message box")
        if picture is not None:
            picture()
        until(lambda: self._pressed_away(text, key), "the box to close")
        return text

    def _pressed_away(self, text: str, key: str) -> bool:
        """Press the key. A box is seen sooner than it has the focus: a key that came too soon is pressed again."""
        self.screen.keys(key)
        with contextlib.suppress(AssertionError):
            return until(lambda: self.box() != text, "the box to close", within=SOON)
        return False

    def told(self) -> str:
        """The log."""
        return self.log.read_text(encoding="utf-8") if self.log.exists() else ""

    def workers(self) -> list[int]:
        """Processes that write to our log as their standard error."""
        found = []
        for process in Path("/proc").iterdir():
            try:
                if process.name.isdigit() and (process / "fd" / "2").readlink() == self.log:
                    found.append(int(process.name))
            except OSError:  # it has gone, or is not ours
                continue
        return found

    # How it ends.

    def kill(self) -> None:
        """As the task manager does: soffice, but not our worker, which has to see it."""
        for process in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError):
                if self._pipe.encode() in (process / "cmdline").read_bytes():
                    os.kill(int(process.name), signal.SIGKILL)
        self.process.wait(HANGING)

    def close(self) -> None:
        """Forget what is open."""
        self.kill()
        assert self._attendant.stdin is not None
        self._attendant.stdin.close()
        self._attendant.wait(HANGING)
        assert self._attendant.stdout is not None
        self._attendant.stdout.close()


def _texts(context: Any) -> Iterator[str]:
    for number in range(context.getAccessibleChildCount()):
        child = context.getAccessibleChild(number).getAccessibleContext()
        if child.getAccessibleRole() == LABEL:
            yield child.getAccessibleName()


def _named(context: Any, name: str, role: int, depth: int = 6) -> Iterator[Any]:
    """What is shown under this name; tables of cells are not gone through."""
    for number in range(min(context.getAccessibleChildCount(), 100) if depth else 0):
        child = context.getAccessibleChild(number).getAccessibleContext()
        if child.getAccessibleRole() == role and child.getAccessibleName() == name:
            yield child
        yield from _named(child, name, role, depth - 1)


def _letters(column: int) -> str:
    """0 is A."""
    text = ""
    while column >= 0:
        text, column = chr(ord("A") + column % 26) + text, column // 26 - 1
    return text
