"""A workbook from nothing, from report data, from the examples; and its text from its figures."""

from __future__ import annotations

import argparse
from pathlib import Path

from xlreport import job
from xlreport.cli.common import OK, Command, complain, in_the_kind_of, not_the_input, of_kind
from xlreport.form import FORMS
from xlreport.messages import say
from xlreport.safe.write import check_writable, write_whole

SHOWN = 3  # examples in a line that tells of many


def commands(command: Command) -> None:
    """demo, new, fill, draft."""
    argument = command("demo", _demo)
    argument("DIR", nargs="?", type=Path, default=Path("xlreport-demo"))
    argument = command("new", _new)
    argument("OUT", type=Path)
    argument("--form", choices=FORMS, default=FORMS[0])
    argument("--agency", default="")
    argument("--year", type=int)
    argument("--last-year", type=Path, metavar="FILE")
    argument = command("fill", _fill)
    argument("DATA", type=Path)
    argument("OUT", type=Path)
    argument = command("draft", _draft)
    argument("FILE", type=Path)
    argument("--output", type=Path, metavar="OUT", required=True)


def _demo(options: argparse.Namespace, language: str) -> int:
    from xlreport.demo import run

    return run(options.DIR, lambda key, **values: print(say(f"demo.{key}", language, **values), flush=True), language)


def _new(options: argparse.Namespace, language: str) -> int:
    of_kind(options.OUT, *job.WORKBOOKS)
    if options.last_year:
        not_the_input(options.OUT, options.last_year)
    check_writable(options.OUT)
    fresh = job.new_workbook(options.form, options.agency, options.year, options.last_year)
    write_whole(options.OUT, in_the_kind_of(options.OUT, fresh.content))
    for finding in fresh.findings:
        complain(finding.message(language))
    print(say("cli.done.new", language, path=options.OUT))
    return OK


def _fill(options: argparse.Namespace, language: str) -> int:
    of_kind(options.OUT, *job.WORKBOOKS)
    not_the_input(options.OUT, options.DATA)
    check_writable(options.OUT)
    filled = job.fill_workbook(options.DATA)
    write_whole(options.OUT, in_the_kind_of(options.OUT, filled.content))
    for figure, given, sum_ in filled.differing:
        complain(say("cli.total_differs", language, figure=figure.title, cell=figure.id, given=given, computed=sum_))
    if filled.unkept:
        keys = "、".join(filled.unkept[:SHOWN]) + ("……" if len(filled.unkept) > SHOWN else "")
        complain(say("cli.unkept", language, count=len(filled.unkept), keys=keys))
    print(say("cli.done.fill", language, path=options.OUT))
    return OK


def _draft(options: argparse.Namespace, language: str) -> int:
    of_kind(options.output, *({options.FILE.suffix.lower()} & {".xlsm"} or {".xlsx"}))
    check_writable(options.output)
    drafted = job.draft_workbook(options.FILE)
    write_whole(options.output, drafted.content)
    for note in drafted.notes:
        complain(note.tell(language))
    print(say("cli.done.draft", language, path=options.output))
    return OK
