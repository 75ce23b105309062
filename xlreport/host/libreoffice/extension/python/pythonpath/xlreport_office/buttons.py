"""The shapes of a workbook that are our buttons: each gets its script when the workbook is opened.

The file keeps only their names, so that a macro-free workbook stays one.
"""

from __future__ import annotations

import uno
from com.sun.star.beans import PropertyValue

PREFIX = "xlr_"
ACTIONS = ("validate", "draft", "export", "clear", "help")
SCRIPT = "vnd.sun.star.script:Xlreport.Buttons.{}?language=Basic&location=application"


def arm(document):
    """Give every button of the document its script; the document does not count as changed by it."""
    changed = document.isModified()
    for number in range(document.Sheets.Count):
        page = document.Sheets.getByIndex(number).DrawPage
        for place in range(page.Count):
            shape = page.getByIndex(place)
            action = shape.Name[len(PREFIX) :]
            if shape.Name.startswith(PREFIX) and action in ACTIONS:
                _arm(shape, SCRIPT.format(action.title()))
    if not changed and document.isModified():
        document.setModified(False)


def _arm(shape, script):
    event = (PropertyValue("EventType", 0, "Script", 0), PropertyValue("Script", 0, script, 0))
    # uno.invoke: an any that keeps its type is only passed on that way.
    uno.invoke(shape.Events, "replaceByName", ("OnClick", uno.Any("[]com.sun.star.beans.PropertyValue", event)))
