"""What the extension does in LibreOffice: messages, the status bar, and putting back what a lost worker held open."""

from __future__ import annotations

import threading

import uno
import unohelper
from com.sun.star.awt import XCallback
from com.sun.star.uno import Exception as UnoException

from xlreport_office.settings import say

BOXES = {"info": "INFOBOX", "warning": "WARNINGBOX", "error": "ERRORBOX", "question": "QUERYBOX"}
BUTTONS = {"ok": 1, "ok_cancel": 2, "yes_no": 3, "yes_no_cancel": 4}
"""com.sun.star.awt.MessageBoxButtons"""
ANSWERS = {0: "cancel", 1: "ok", 2: "yes", 3: "no"}
"""com.sun.star.awt.MessageBoxResults"""


GONE = (UnoException, AttributeError)
"""What comes of a document that has been closed: an exception, or nothing where an object was."""


class _Callback(unohelper.Base, XCallback):
    def __init__(self, call):
        self._call = call

    def notify(self, data):
        """XCallback: on the main thread."""
        self._call()


class Office:
    """The documents of this LibreOffice."""

    def __init__(self, context):
        self._context = context
        self._bar = None

    def hold(self, document, action):
        """A click begins. Returns what a worker could leave open: which sheets are protected.

        All that it does is one step to undo, under its own name: half of it would leave a sheet unprotected.
        """
        try:
            document.UndoManager.enterUndoContext(say(action))
            return tuple(sheet.Name for sheet in _sheets(document) if sheet.isProtected())
        except GONE:
            return ()

    def release(self, document):
        """A click ends."""
        try:
            document.UndoManager.leaveUndoContext()
        except GONE:
            pass

    def restore(self, document, before):
        """Put back what a lost worker left open; False where the document has been closed."""
        try:
            for sheet in _sheets(document):
                if sheet.Name in before and not sheet.isProtected():
                    sheet.protect("")
            while document.hasControllersLocked():
                document.unlockControllers()
        except GONE:
            return False
        return True

    def word(self, document, text):
        """A word in the status bar; "" gives the bar back."""
        try:
            if not text:
                bar, self._bar = self._bar, None
                if bar is not None:
                    bar.end()
            elif self._bar is None:
                self._bar = document.CurrentController.Frame.createStatusIndicator()
                self._bar.start(text, 0)
            else:
                self._bar.setText(text)
        except GONE:
            self._bar = None

    def tell(self, document, text, kind="warning"):
        """A message, without waiting."""
        self._on_main_thread(lambda: self._box(document, text, kind, "ok"))

    def ask(self, document, text, kind, buttons):
        """A message, and which button was pressed. Not for the main thread: it waits."""
        answered, answers = threading.Event(), []

        def show():
            try:
                answers.append(self._box(document, text, kind, buttons))
            finally:
                answered.set()

        self._on_main_thread(show)
        answered.wait()
        return answers[0] if answers else ""

    def _on_main_thread(self, call):
        # A dialog of another thread than the main one freezes LibreOffice on some systems.
        maker = self._create("com.sun.star.awt.AsyncCallback")
        maker.addCallback(_Callback(call), None)

    def _box(self, document, text, kind, buttons):
        try:
            window = document.CurrentController.Frame.ContainerWindow
        except GONE:
            window = None
        toolkit = self._create("com.sun.star.awt.Toolkit")
        type_ = uno.Enum("com.sun.star.awt.MessageBoxType", BOXES[kind])
        box = toolkit.createMessageBox(window, type_, BUTTONS[buttons], say("title"), text)
        try:
            return ANSWERS.get(box.execute(), "")
        finally:
            box.dispose()

    def _create(self, service):
        return self._context.ServiceManager.createInstanceWithContext(service, self._context)


def _sheets(document):
    return [document.Sheets.getByIndex(number) for number in range(document.Sheets.Count)]
