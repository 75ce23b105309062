"""What the lowest process does with a file: the same as in a pool of this machine, in a folder of its own."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from xlreport import job
from xlreport.collect import back, work
from xlreport.collect.cluster.wire import Answer, Order, pack
from xlreport.data import parse_report
from xlreport.errors import InputError
from xlreport.report import Report


class Job(NamedTuple):
    """A file laid out: its number in the batch, name, path, a folder for what goes back; last: see `wire.Parcel`."""

    number: int
    name: str
    path: str
    back: str
    last: str | None


@dataclass(frozen=True, slots=True)
class Given:
    """Last year's reports, of which we have been given the one that is asked for."""

    last: str

    def of(self, _agency: str) -> Report | None:
        """Last year's report of the unit."""
        return parse_report(self.last) if self.last else None


@dataclass(frozen=True, slots=True)
class Apart:
    """Does what the order says, with nothing but what it was given."""

    order: Order

    def __call__(self, one: Job) -> bytes:
        """An `Answer`."""
        if self.order.before and one.last is None and (agency := _agency(Path(one.path))):
            return pack(Answer(wanted=agency))
        reply = self._deed(one)(work.Task(one.name, one.path))
        if reply.startswith(work.REFUSED):
            return pack(Answer(failed=reply.removeprefix(work.REFUSED).decode()))
        return pack(Answer(reply, tuple(back.got(Path(one.back), one.name))))

    def _deed(self, one: Job) -> work.Judge | work.Reader:
        order = self.order
        if order.does == "read":
            return work.Reader(order.context)
        return work.Judge(
            order.context, order.language, Path(one.back), Given(one.last or "") if order.before else None
        )


def _agency(path: Path) -> str:
    """Whose report it is; "" for what cannot be read, which needs nothing of last year."""
    try:
        report = job.read(path).report
        return work.called(report.agency, report.kind)
    except InputError:
        return ""
