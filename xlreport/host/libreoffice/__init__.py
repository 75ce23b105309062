"""LibreOffice behind xlwings' public API: an engine over UNO, without a licence key.

    import xlwings as xw
    from xlreport.host import libreoffice

    libreoffice.register()
    xw.engines["libreoffice"].activate()
    with xw.App() as app:
        app.books.open("report.xlsx").sheets[0]["A1"].value

Our interpreter never imports `uno`: a small bridge in LibreOffice's own Python does (`bridge.py`).
"""

from __future__ import annotations

from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    import xlwings as xw

__all__ = ["adopt", "register"]


def register() -> xw.main.Engine:
    """Add `xw.engines["libreoffice"]`, once, and return it. It is not activated by this."""
    import xlwings as xw

    from xlreport.host.libreoffice.engine import Engine

    known: dict[str, xw.main.Engine] = xw.engines.engines_by_name
    if "libreoffice" not in known:
        xw.engines.add(xw.main.Engine(impl=Engine()))
    return known["libreoffice"]


def adopt(source: IO[bytes], sink: IO[bytes], *, pid: int | None = None) -> xw.App:
    """The App of an office that `bridge.serve` serves on these two streams; it is active from now on.

    Args:
        source: what the bridge writes.
        sink: what the bridge reads.
        pid: the process of the office; by default our parent, as for a worker that an extension started.

    The functions that the other side gave to `bridge.serve` are called by `app.impl.office.verb(name, *arguments)`;
    with `patience=None` this waits without end, as for the next click.
    """
    import os

    import xlwings as xw

    from xlreport.host.libreoffice.office import Office

    engine = register()
    engine.activate()
    return xw.App(impl=engine.impl.apps.adopt(Office(source, sink), pid or os.getppid()))
