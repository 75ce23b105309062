"""The final document; published ones read back, and compared with what was checked."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

from xlreport import job
from xlreport.cli.common import FOUND, OK, Command, complain, listed, not_the_input, of_kind, quoted, shown
from xlreport.document.dress import TABLE3
from xlreport.errors import UsageError
from xlreport.messages import say
from xlreport.safe.write import check_writable, write_whole


def commands(command: Command) -> None:
    """export, import, verify."""
    argument = command("export", _export)
    argument("FILE", type=Path, nargs="+", told="files_export")
    argument("--to", choices=job.KINDS, required=True)
    argument("--output", type=Path, metavar="PATH", told="output_export")
    _dress_options(argument)
    argument("--embed", action="store_true")
    argument("--no-data", action="store_true")
    argument("--with-summary", action="store_true")
    argument("--workers", type=int, default=os.cpu_count() or 1)
    argument = command("import", _import)
    argument("SOURCE", type=Path)
    argument("OUT", type=Path, told="out_import")
    argument("--sources", type=Path, metavar="PATH")
    argument = command("verify", _verify)
    argument("DOC", type=Path)
    argument("--against", type=Path, metavar="WORKBOOK", required=True)
    argument("--format", choices=("text", "json"), default="text", told="format_plain")
    argument("--output", type=Path, metavar="PATH")


def _dress_options(argument: Callable[..., None]) -> None:
    """How a document looks, what an office adds to it, and whether errors stop it."""
    argument("--allow-errors", action="store_true")
    argument("--profile", default="official", metavar="NAME")
    argument("--table3", choices=TABLE3, default="")
    argument("--number", type=one_line, default="", metavar="TEXT")
    argument("--date", type=_date, metavar="DATE")
    argument("--attachment", type=one_line, action="append", default=[], metavar="TEXT")
    argument("--letterhead", type=Path, metavar="DOCX")


def _export(options: argparse.Namespace, language: str) -> int:
    _fit_together(options)
    own = options.number, options.date or "", tuple(options.attachment)
    dress = job.Dress(options.profile, *own, options.letterhead, options.table3)
    added = {"embed": options.embed, "data": not options.no_data, "summary": options.with_summary}
    source: Path = options.FILE[0]
    if len(options.FILE) > 1 or source.is_dir():
        from xlreport.cli.exporting import export_many

        return export_many(options, dress, added, language)
    target: Path = options.output or source.with_suffix(f".{options.to}")
    _fit_to_write(options, source, target, dress.files)
    report, findings = job.read(source)
    verdict = job.judge(source, report, findings)
    if verdict.errors and not options.allow_errors:
        sys.stdout.write(shown(verdict, language))
        complain(say("cli.refused", language, count=len(verdict.errors)))
        return FOUND
    write_whole(target, job.render(report, options.to, dress=dress, **added))
    print(say("cli.done.export", language, path=target))
    if left := sum(finding.severity != "note" for finding in verdict.findings):
        complain(say("cli.not_clean", language, count=left, path=quoted(source)))
    if options.to == "pdf":
        print(*job.fonts_used(language, options.profile, summary=options.with_summary), sep="\n")
    return OK


def _fit_together(options: argparse.Namespace) -> None:
    """Refuse options that do not go together, before any work is done."""
    if options.embed and options.to != "html":
        raise UsageError("cli.embed")
    if options.with_summary and (options.embed or options.to not in ("pdf", "html")):
        raise UsageError("cli.with_summary")
    if options.letterhead and options.to != "docx":
        raise UsageError("cli.letterhead")
    if options.letterhead and options.table3 == "landscape":
        raise UsageError("cli.letterhead_table3")
    if options.workers < 1:
        raise UsageError("cli.positive", option="--workers")


def _fit_to_write(options: argparse.Namespace, source: Path, target: Path, inputs: tuple[Path, ...]) -> None:
    of_kind(target, f".{options.to}", *([".htm"] if options.to == "html" else []))
    not_the_input(target, source, *inputs)
    check_writable(target)


def one_line(text: str) -> str:
    """An argument that is printed on one line."""
    return " ".join(text.split())


def _date(text: str) -> str:
    from xlreport.document.asides import official_date

    return official_date(text)


def _import(options: argparse.Namespace, language: str) -> int:
    of_kind(options.OUT, ".json", ".xlsx")
    not_the_input(options.OUT, options.SOURCE)
    check_writable(options.OUT)
    if options.sources:
        of_kind(options.sources, ".json")
        not_the_input(options.sources, options.SOURCE, options.OUT)
        check_writable(options.sources)
    (report, findings), listed_sources = job.read_sourced(options.SOURCE, lenient=True)
    findings = (*findings, *job.other_years(report))
    if options.sources:
        write_whole(options.sources, job.sources(options.SOURCE, report, listed_sources).encode())
    write_whole(options.OUT, job.render(report, "json") if options.OUT.suffix.lower() == ".json" else job.fill(report))
    if findings:
        sys.stdout.write(listed(findings, language))
    print(say("cli.done.import", language, path=options.OUT))
    unread = [one for one in findings if one.severity == "error" or one.key == "published.table_lost"]
    if unread:
        complain(say("cli.unread", language, count=sum(max(1, len(one.cells)) for one in unread)))
    return FOUND if unread else OK


def _verify(options: argparse.Namespace, language: str) -> int:
    if options.output:
        not_the_input(options.output, options.DOC, options.against)
        check_writable(options.output)
    compared = job.verify(options.DOC, options.against)
    if options.format == "json":
        text = json.dumps(compared.to_json(language), ensure_ascii=False, indent=1) + "\n"
    else:
        text = _compared(compared, language)
    if options.output:
        write_whole(options.output, text.encode(errors="backslashreplace"))
        print(say("cli.done.check", language, path=options.output))
    else:
        sys.stdout.write(text)
    return FOUND if any(finding.severity == "error" for finding in compared.findings) else OK


def _compared(compared: job.Compared, language: str) -> str:
    key = "verify.different" if compared.different else "verify.same"
    values = {"path": compared.source, "against": compared.against, "count": compared.different}
    lines = [say(key, language, **values), say(f"verify.carried.{compared.data}", language)]
    return "\n".join(lines) + "\n" + (listed(compared.findings, language) if compared.findings else "")
