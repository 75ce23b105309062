"""What is wrong in reports, and what the rules are."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from xlreport import job
from xlreport.cli.common import FOUND, OK, UNUSABLE, Command, complain, not_the_input, of_kind, shown
from xlreport.errors import InputError, UsageError
from xlreport.finding import Verdict
from xlreport.messages import say
from xlreport.report import Report
from xlreport.safe.write import check_writable, write_whole

KINDS = {"html": (".html", ".htm"), "xlsx": (".xlsx",), "explain": (".toml",)}  # suffixes of results of a kind


def commands(command: Command) -> None:
    """check, rules."""
    argument = command("check", _check)
    argument("FILE", type=Path, nargs="+")
    argument("--last-year", type=Path, metavar="FILE")
    argument("--errata", type=Path, action="append", default=[], metavar="FILE")
    argument("--explanations", type=Path, metavar="FILE")
    argument("--format", choices=job.RESULTS, default="text")
    argument("--output", type=Path, metavar="PATH")
    argument = command("rules", _rules)
    argument("CODE", nargs="?")


def _check(options: argparse.Namespace, language: str) -> int:
    _fit_to_write(options)
    try:
        last_year = job.read_whole(options.last_year).report if options.last_year else None
        job.errata(options.errata)
    except InputError as error:  # it is not one of the FILEs, and no verdict can be given without it
        complain(error.tell(language))
        return UNUSABLE
    verdicts: list[Verdict] = []
    for path in options.FILE:
        verdict = _verdict(path, last_year, options, language)
        if options.format == "text" and not options.output and not verdict.unusable:
            gap = "\n" if any(not before.unusable for before in verdicts) else ""
            print(gap + shown(verdict, language), end="", flush=True)
        verdicts.append(verdict)
    if options.output:
        write_whole(options.output, job.results(verdicts, options.format, language, options.output))
        print(say("cli.done.check", language, path=options.output))
    elif options.format != "text":  # stderr has told of those that cannot be used, and the others are printed
        sys.stdout.write(job.results(verdicts, options.format, language).decode())
    if any(verdict.unusable for verdict in verdicts):
        return UNUSABLE
    return FOUND if any(verdict.errors for verdict in verdicts) else OK


def _fit_to_write(options: argparse.Namespace) -> None:
    """Refuse options that do not go together, before any work is done."""
    given = [options.last_year, options.explanations, *options.errata]
    if options.output:
        not_the_input(options.output, *options.FILE, *(path for path in given if path))
        if options.format in KINDS:
            of_kind(options.output, *KINDS[options.format])
        check_writable(options.output)
    elif options.format == "xlsx":
        raise UsageError("cli.needs_output")
    listed = options.explanations is None or options.explanations.suffix.lower() == ".xlsx"  # names each line's unit
    if len(options.FILE) > 1 and (not listed or options.format == "explain"):
        raise UsageError("cli.one_file")


def _verdict(path: Path, last_year: Report | None, options: argparse.Namespace, language: str) -> Verdict:
    """The verdict on one of several files: one that cannot be used does not stop the others."""
    try:
        return job.check(path, last_year, options.errata, options.explanations)
    except InputError as error:
        complain(error.tell(language))
        return job.unusable(path, error)


def _rules(options: argparse.Namespace, language: str) -> int:
    from xlreport.rules import RULES
    from xlreport.rules.page import catalogue, page

    if options.CODE is None:
        sys.stdout.write(catalogue(language))
        return OK
    code = options.CODE.upper()
    if code not in RULES:
        raise UsageError("cli.no_rule", code=options.CODE)
    sys.stdout.write(page(code, language))
    return OK
