"""What the scheduler is asked to do otherwise for our tasks."""

from __future__ import annotations

from typing import Any

from distributed import SchedulerPlugin

OURS = "xlreport-"
"""How the keys of our tasks begin."""


class OneLife(SchedulerPlugin):
    """A task of ours has one life: when its worker dies, it comes back to us at once, not to `allowed-failures` others.

    We alone know which files were in it, and try each once more. Other people's tasks have as many lives as ever.
    """

    name = "xlreport"
    idempotent = True

    def update_graph(self, scheduler: Any, *, keys: set[Any], **_: Any) -> None:
        """New tasks have come."""
        for key in keys:
            if str(key).startswith(OURS) and key in scheduler.tasks:
                scheduler.tasks[key].suspicious = scheduler.allowed_failures
