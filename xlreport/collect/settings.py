"""How many reports are worked on: where, how many at a time, within which limits."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from xlreport.collect import pool

Deed = Callable[[Any], bytes]
"""What is done with one task; it travels by pickle."""

Outcomes = Iterator[tuple[Any, bytes | pool.Lost]]
"""Each task with its reply, or how it was lost, as they come."""

Mapper = Callable[[Deed, Iterable[Any], "Settings"], Outcomes]
"""Who does the tasks. Closing the iterator ends the work at once."""


def here(deed: Deed, tasks: Iterable[Any], settings: Settings) -> Outcomes:
    """Processes of this machine."""
    return pool.run(deed, tasks, settings.workers, settings.limits)


class Settings(NamedTuple):
    """How to work. mapper: what maps tasks to outcomes; results do not depend on it."""

    workers: int = 1
    limits: pool.Limits = pool.Limits()
    language: str = "zh"
    mapper: Mapper = here

    def outcomes(self, deed: Deed, tasks: Iterable[Any]) -> Outcomes:
        """Each task with its outcome, as they come."""
        return self.mapper(deed, tasks, self)
