"""What results depend on besides the files, taken from who orders."""

from __future__ import annotations

import os
from datetime import UTC, datetime, time
from pathlib import Path

from xlreport import __version__
from xlreport.collect import work
from xlreport.collect.cluster.wire import Order
from xlreport.collect.settings import Settings
from xlreport.rules.errata import VARIABLE, known_errata, today
from xlreport.rules.ruleset import ruleset


def order_of(deed: work.Judge | work.Reader, settings: Settings) -> Order:
    """The order to do `deed` as it would be done here, today. Raises InputError for errata that cannot be read."""
    known_errata()  # here and now, rather than in every file
    noon = datetime.combine(today(), time(12), UTC)
    paths = [Path(name) for name in os.environ.get(VARIABLE, "").split(os.pathsep) if name]
    judge = deed if isinstance(deed, work.Judge) else None
    return Order(
        version=__version__,
        ruleset=ruleset(),
        does="judge" if judge else "read",
        context=deed.context,
        language=settings.language,
        seconds=settings.limits.seconds,
        memory=settings.limits.memory,
        before=judge is not None and judge.before is not None,
        epoch=int(os.environ.get("SOURCE_DATE_EPOCH") or noon.timestamp()),
        errata=[(path.name, path.read_bytes()) for path in paths],
    )
