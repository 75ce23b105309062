"""The services that the menu and the buttons ask for; LibreOffice loads this file."""

from __future__ import annotations

import functools

import unohelper
from com.sun.star.frame import TerminationVetoException, XTerminateListener
from com.sun.star.task import XJob, XJobExecutor
from xlreport_office import bridge, buttons
from xlreport_office.desk import Desk
from xlreport_office.office import Office
from xlreport_office.settings import SETTINGS, say

_desks = []  # one for the life of this LibreOffice


def _desk(context):
    if not _desks:
        _desks.append(Desk(SETTINGS, Office(context), functools.partial(bridge.serve, context)))
        _create(context, "com.sun.star.frame.Desktop").addTerminateListener(Closing(context))
    return _desks[0]


def _create(context, service):
    return context.ServiceManager.createInstanceWithContext(service, context)


class Click(unohelper.Base, XJobExecutor):
    """A menu item or a button: service:org.xlreport.Click?validate."""

    def __init__(self, context, *_):
        self._context = context

    def trigger(self, action):
        """XJobExecutor: on the main thread."""
        document = _create(self._context, "com.sun.star.frame.Desktop").getCurrentComponent()
        if document is None or not document.supportsService("com.sun.star.sheet.SpreadsheetDocument"):
            return
        if action == "help":
            Office(self._context).tell(document, say("help", **SETTINGS), "info")
        else:
            _desk(self._context).click(action, document)


class Opened(unohelper.Base, XJob):
    """A document was opened."""

    def __init__(self, *_):
        pass

    def execute(self, arguments):
        """XJob: on the main thread."""
        environment = {item.Name: item.Value for part in arguments if part.Name == "Environment" for item in part.Value}
        document = environment.get("Model")
        if document is not None and document.supportsService("com.sun.star.sheet.SpreadsheetDocument"):
            buttons.arm(document)
        return ()


class Closing(unohelper.Base, XTerminateListener):
    """LibreOffice is to end."""

    def __init__(self, context):
        self._context = context

    def queryTermination(self, event):
        """XTerminateListener: not while a click is worked on, for the sheets' protection may be lifted."""
        if _desks[0].busy:
            document = _create(self._context, "com.sun.star.frame.Desktop").getCurrentComponent()
            Office(self._context).tell(document, say("closing"))
            raise TerminationVetoException(say("closing"), self)

    def notifyTermination(self, event):
        """XTerminateListener."""
        _desks[0].close()

    def disposing(self, event):
        """XEventListener."""


g_ImplementationHelper = unohelper.ImplementationHelper()  # noqa: N816
for _service in (Click, Opened):
    _name = f"org.xlreport.{_service.__name__}"
    g_ImplementationHelper.addImplementation(_service, _name, (_name,))
