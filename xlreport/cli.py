"""The command line: arguments in, exit code out. The only place that prints."""

from __future__ import annotations

import argparse
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from xlreport import __version__, job
from xlreport.errors import InputError, OutputError, UsageError, XlreportError
from xlreport.finding import Finding, Verdict
from xlreport.form import FORMS
from xlreport.messages import LANGUAGES, preferred, say, translated
from xlreport.report import Report
from xlreport.safe.write import check_writable, write_whole

if TYPE_CHECKING:
    from xlreport.collect.files import Settings

OK, FOUND, UNUSABLE, FAILED = 0, 1, 2, 3
INTERRUPTED = 130
SHOWN = 3  # examples in a line that tells of many
KINDS = {"html": (".html", ".htm"), "xlsx": (".xlsx",), "explain": (".toml",)}  # suffixes of results of a kind
TEMPLATES = {"2021": "report_template.xlsx", "2019": "report_template_2019.xlsx"}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code (interface, section 3)."""
    arguments = sys.argv[1:] if arguments is None else arguments
    language = _language(arguments)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    debug = "--debug" in arguments
    try:
        options = _parser(language).parse_args(_without_globals(arguments))
        run: Callable[[argparse.Namespace, str], int] = options.run
        code = run(options, language)
        print(end="", flush=True)  # what cannot be written is told here, not by the end of the interpreter
    except XlreportError as error:
        if debug:
            _trace()
        _complain(error.tell(language))
        return error.exit_code
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:  # the reader of our output has gone, such as `head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    except Exception as error:  # noqa: BLE001
        if debug:
            _trace()
        _complain(say("cli.failed", language, error=f"{type(error).__name__}: {error}".splitlines()[0]))
        return FAILED
    return code


def _language(arguments: Sequence[str]) -> str:
    language = preferred()
    for i, argument in enumerate(arguments):
        if argument == "--lang" and i + 1 < len(arguments):
            language = arguments[i + 1]
        elif argument.startswith("--lang="):
            language = argument.removeprefix("--lang=")
    return language if language in LANGUAGES else "zh"


def _without_globals(arguments: Sequence[str]) -> list[str]:
    """Arguments without --debug and --lang, which are understood before and after the command."""
    kept: list[str] = []
    skip = False
    for argument in arguments:
        if skip:
            skip = False
            _known_language(argument)
        elif argument == "--lang":
            skip = True
        elif argument.startswith("--lang="):
            _known_language(argument.removeprefix("--lang="))
        elif argument != "--debug":
            kept.append(argument)
    if skip:
        _known_language("")
    return kept


def _known_language(name: str) -> None:
    if name not in LANGUAGES:
        raise UsageError("cli.language", name=name, languages="、".join(LANGUAGES))


def _complain(line: str) -> None:
    print(f"xlreport: {' '.join(line.split())}", file=sys.stderr)


def _trace() -> None:
    import traceback

    traceback.print_exc()


class _Parser(argparse.ArgumentParser):
    """argparse in the user's language, whose mistakes are our exceptions."""

    def __init__(self, *, language: str, help_key: str, **settings: object) -> None:
        self.language = language
        super().__init__(
            description=say(f"cli.help.{help_key}", language),
            add_help=False,
            allow_abbrev=False,
            formatter_class=lambda prog: _Formatter(prog, language),
            **settings,  # type: ignore[arg-type]
        )
        self._positionals.title = say("cli.help.arguments", language)
        self._optionals.title = say("cli.help.options", language)
        self.add_argument("-h", "--help", action="help", help=say("cli.help.help", language))

    def format_help(self) -> str:
        """The help, its section heads with the colon of the language."""
        colon = say("cli.help.colon", self.language)
        return re.sub(r"(?m)^(\S+):$", rf"\1{colon}", super().format_help())

    def error(self, message: str) -> NoReturn:
        raise UsageError("cli.usage", message=message, program=self.prog)


class _Formatter(argparse.RawDescriptionHelpFormatter):
    def __init__(self, prog: str, language: str) -> None:
        super().__init__(prog, max_help_position=32, width=shutil.get_terminal_size().columns - 2)
        self._usage_prefix = say("cli.help.usage", language)

    def add_usage(self, usage, actions, groups, prefix=None):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
        super().add_usage(usage, actions, groups, self._usage_prefix if prefix is None else prefix)


def _parser(language: str) -> argparse.ArgumentParser:
    # argparse asks gettext for its own sentences; ours are in the catalogue.
    argparse._ = lambda text: text and translated(text, language)  # type: ignore[attr-defined]
    parser = _Parser(language=language, help_key="program", prog="xlreport")
    parser.add_argument("--version", action="version", version=__version__, help=say("cli.help.version", language))
    parser.add_argument("--lang", choices=LANGUAGES, help=say("cli.help.lang", language))
    parser.add_argument("--debug", action="store_true", help=say("cli.help.debug", language))
    commands = parser.add_subparsers(
        title=say("cli.help.commands", language), required=True, metavar="COMMAND", parser_class=_Parser
    )

    def command(name: str, run: Callable[[argparse.Namespace, str], int], key: str = "") -> Callable[..., None]:
        key = key or name
        sub = commands.add_parser(name, language=language, help_key=key, help=say(f"cli.help.{key}", language))
        sub.set_defaults(run=run)

        def argument(*names: str, told: str = "", **settings: object) -> None:
            word = told or names[-1].lstrip("-").replace("-", "_").lower()
            sub.add_argument(*names, help=say(f"cli.argument.{word}", language), **settings)  # type: ignore[arg-type]

        return argument

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
    argument = command("check", _check)
    argument("FILE", type=Path, nargs="+")
    argument("--last-year", type=Path, metavar="FILE")
    argument("--errata", type=Path, action="append", default=[], metavar="FILE")
    argument("--explanations", type=Path, metavar="FILE")
    argument("--format", choices=job.RESULTS, default="text")
    argument("--output", type=Path, metavar="PATH")
    argument = command("draft", _draft)
    argument("FILE", type=Path)
    argument("--output", type=Path, metavar="OUT", required=True)
    _published_commands(command)
    _many(command)
    _own(command)
    return parser


def _many(command: Callable[..., Callable[..., None]]) -> None:
    """The commands for many reports."""
    argument = command("collect", _collect)
    argument("FOLDER", type=Path, metavar="DIR")
    argument("--out", type=Path, metavar="DIR", required=True, told="collected")
    argument("--roster", type=Path, metavar="FILE")
    argument("--last-year", type=Path, metavar="DIR", told="years_before")
    argument("--year", type=int, told="collected_year")
    argument("--workers", type=int, default=os.cpu_count() or 1)
    argument("--time-limit", type=int, default=60, metavar="SECONDS")
    argument("--memory-limit", type=int, default=1024, metavar="MB")
    argument = command("rollup", _rollup)
    argument("FOLDER", type=Path, metavar="DIR")
    argument("--out", type=Path, metavar="OUT.xlsx", required=True)
    argument("--roster", type=Path, metavar="FILE")
    argument("--agency", default="")
    argument("--group", choices=("kind", "parent"), default="kind")
    argument("--adjust", type=Path, metavar="FILE")
    argument("--whole", type=Path, metavar="FILE")
    argument("--workers", type=int, default=os.cpu_count() or 1)
    argument("--time-limit", type=int, default=60, metavar="SECONDS")
    argument("--memory-limit", type=int, default=1024, metavar="MB")


def _own(command: Callable[..., Callable[..., None]]) -> None:
    """The commands about the program itself."""
    argument = command("rules", _rules)
    argument("CODE", nargs="?")
    argument = command("addin", _addin)
    argument("DO", choices=("install", "remove", "status"), metavar="install|remove|status")
    argument = command("doctor", _doctor)
    argument("--format", choices=("text", "json"), default="text", told="format_plain")
    argument = command("template", _template)
    argument("ACTION", choices=("build", "verify", "check-docx"))
    argument("FILE", type=Path, nargs="?")
    argument("--form", choices=FORMS, default=FORMS[0])
    argument("--output", type=Path, metavar="PATH")


def _dress_options(argument: Callable[..., None]) -> None:
    """How a document looks, what an office adds to it, and whether errors stop it."""
    argument("--allow-errors", action="store_true")
    argument("--profile", default="official", metavar="NAME")
    argument("--number", type=_line, default="", metavar="TEXT")
    argument("--date", type=_line, default="", metavar="TEXT")
    argument("--attachment", type=_line, action="append", default=[], metavar="TEXT")
    argument("--letterhead", type=Path, metavar="DOCX")


def _published_commands(command: Callable[..., Callable[..., None]]) -> None:
    argument = command("export", _export)
    argument("FILE", type=Path)
    argument("--to", choices=job.KINDS, required=True)
    argument("--output", type=Path, metavar="PATH")
    _dress_options(argument)
    argument("--embed", action="store_true")
    argument("--no-data", action="store_true")
    argument("--with-summary", action="store_true")
    argument = command("import", _import)
    argument("SOURCE", type=Path)
    argument("OUT", type=Path, told="out_import")
    argument = command("verify", _verify)
    argument("DOC", type=Path)
    argument("--against", type=Path, metavar="WORKBOOK", required=True)
    argument("--format", choices=("text", "json"), default="text", told="format_plain")
    argument("--output", type=Path, metavar="PATH")


def _demo(options: argparse.Namespace, language: str) -> int:
    from xlreport.demo import run

    return run(options.DIR, lambda key, **values: print(say(f"demo.{key}", language, **values), flush=True), language)


def _new(options: argparse.Namespace, language: str) -> int:
    _of_kind(options.OUT, *job.WORKBOOKS)
    if options.last_year:
        _not_the_input(options.OUT, options.last_year)
    check_writable(options.OUT)
    fresh = job.new_workbook(options.form, options.agency, options.year, options.last_year)
    write_whole(options.OUT, _as(options.OUT, fresh.content))
    for finding in fresh.findings:
        _complain(finding.message(language))
    print(say("cli.done.new", language, path=options.OUT))
    return OK


def _as(target: Path, workbook: bytes) -> bytes:
    """A fresh workbook of ours, with our macros where `target` is an .xlsm."""
    if target.suffix.lower() != ".xlsm":
        return workbook
    from xlreport.host.excel.package import macro_workbook

    return macro_workbook(workbook)


def _fill(options: argparse.Namespace, language: str) -> int:
    _of_kind(options.OUT, *job.WORKBOOKS)
    _not_the_input(options.OUT, options.DATA)
    check_writable(options.OUT)
    filled = job.fill_workbook(options.DATA)
    write_whole(options.OUT, _as(options.OUT, filled.content))
    for figure, given, sum_ in filled.differing:
        _complain(say("cli.total_differs", language, figure=figure.title, cell=figure.id, given=given, computed=sum_))
    if filled.unkept:
        keys = "、".join(filled.unkept[:SHOWN]) + ("……" if len(filled.unkept) > SHOWN else "")
        _complain(say("cli.unkept", language, count=len(filled.unkept), keys=keys))
    print(say("cli.done.fill", language, path=options.OUT))
    return OK


def _check(options: argparse.Namespace, language: str) -> int:
    _fit_to_write(options)
    try:
        last_year = job.read(options.last_year).report if options.last_year else None
        job.errata(options.errata)
    except InputError as error:  # it is not one of the FILEs, and no verdict can be given without it
        _complain(error.tell(language))
        return UNUSABLE
    verdicts: list[Verdict] = []
    for path in options.FILE:
        verdict = _verdict(path, last_year, options, language)
        if options.format == "text" and not options.output and not verdict.unusable:
            gap = "\n" if any(not before.unusable for before in verdicts) else ""
            print(gap + _text(verdict, language), end="", flush=True)
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
        _not_the_input(options.output, *options.FILE, *(path for path in given if path))
        if options.format in KINDS:
            _of_kind(options.output, *KINDS[options.format])
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
        _complain(error.tell(language))
        return job.unusable(path, error)


def _text(verdict: Verdict, language: str) -> str:
    from xlreport.results.text import verdict_text

    return verdict_text(verdict, language, min(shutil.get_terminal_size().columns, 120))


def _of_kind(target: Path, *suffixes: str) -> None:
    """Refuse an output whose name says that it is something else."""
    if target.suffix.lower() not in suffixes:
        raise UsageError("cli.suffix", path=target, suffixes="、".join(suffixes))


def _not_the_input(target: Path, *inputs: Path) -> None:
    """Refuse an output of another kind than the input in the input's place, by whatever name."""
    if os.path.realpath(target) in map(os.path.realpath, inputs):
        raise UsageError("cli.same_file", path=target)


def _draft(options: argparse.Namespace, language: str) -> int:
    _of_kind(options.output, *({options.FILE.suffix.lower()} & {".xlsm"} or {".xlsx"}))
    check_writable(options.output)
    drafted = job.draft_workbook(options.FILE)
    write_whole(options.output, drafted.content)
    for note in drafted.notes:
        _complain(note.tell(language))
    print(say("cli.done.draft", language, path=options.output))
    return OK


def _quoted(path: Path) -> str:
    """A path as it can be pasted into a command."""
    return subprocess.list2cmdline([str(path)]) if os.name == "nt" else shlex.quote(str(path))


def _line(text: str) -> str:
    """An argument that is printed on one line."""
    return " ".join(text.split())


def _export(options: argparse.Namespace, language: str) -> int:
    if options.embed and options.to != "html":
        raise UsageError("cli.embed")
    if options.with_summary and (options.embed or options.to not in ("pdf", "html")):
        raise UsageError("cli.with_summary")
    target: Path = options.output or options.FILE.with_suffix(f".{options.to}")
    _of_kind(target, f".{options.to}", *([".htm"] if options.to == "html" else []))
    _not_the_input(target, options.FILE)
    check_writable(target)
    if options.letterhead and options.to != "docx":
        raise UsageError("cli.letterhead")
    if options.letterhead:
        _not_the_input(target, options.letterhead)
    attachments = tuple(options.attachment)
    dress = job.Dress(options.profile, options.number, options.date, attachments, options.letterhead)
    report, findings = job.read(options.FILE)
    verdict = job.judge(options.FILE, report, findings)
    if verdict.errors and not options.allow_errors:
        sys.stdout.write(_text(verdict, language))
        _complain(say("cli.refused", language, count=len(verdict.errors)))
        return FOUND
    added = {"embed": options.embed, "data": not options.no_data, "summary": options.with_summary}
    shown = job.render(report, options.to, dress=dress, **added)
    write_whole(target, shown)
    print(say("cli.done.export", language, path=target))
    if verdict.findings:
        _complain(say("cli.not_clean", language, count=len(verdict.findings), path=_quoted(options.FILE)))
    if options.to == "pdf":
        print(*job.fonts_used(language), sep="\n")
    return OK


def _collect(options: argparse.Namespace, language: str) -> int:
    from xlreport.collect.run import collect
    from xlreport.collect.tables import parquet_there

    settings = _collecting(options, language)
    progress = _Progress(language) if sys.stderr.isatty() else None
    try:
        found = collect(
            options.FOLDER,
            options.out,
            settings,
            roster=options.roster,
            last_year=options.last_year,
            year=options.year,
            progress=progress,
        )
    except OutputError as error:
        _complain(error.tell(language))
        _complain(say("collect.kept", language))
        return FOUND
    finally:
        if progress is not None:
            progress.end()
    for line in found.summary(language):
        print(line)
    if found.reused:
        print(say("collect.reused", language, count=found.reused))
    if not found.files:
        _complain(say("collect.none", language, path=options.FOLDER))
    if not parquet_there():
        _complain(say("collect.no_parquet", language))
    print(say("collect.written", language, path=options.out))
    return OK if found.sound else FOUND


def _rollup(options: argparse.Namespace, language: str) -> int:
    from xlreport.collect.details import details
    from xlreport.collect.rollup import rollup
    from xlreport.workbook.fill import fill

    target: Path = options.out
    _of_kind(target, ".xlsx")
    beside = target.with_name(f"{target.stem}{say('rollup.suffix', language)}.xlsx")
    for path in (target, beside):
        check_writable(path)
    made = rollup(
        options.FOLDER,
        _collecting(options, language),
        roster=options.roster,
        adjust=options.adjust,
        whole=options.whole,
        agency=options.agency,
        group=options.group,
        without=(target, beside),
    )
    write_whole(beside, details(made, beside, options.FOLDER, language))
    write_whole(target, fill(made.report))
    for line in made.told(language):
        _complain(line)
    print(say("rollup.done", language, parts=len(made.total.parts), **made.due, path=target))
    print(say("rollup.beside", language, path=beside))
    return OK if made.sound else FOUND


def _collecting(options: argparse.Namespace, language: str) -> Settings:
    from xlreport.collect.files import Settings
    from xlreport.collect.pool import Limits

    for name in ("workers", "time_limit", "memory_limit"):
        if getattr(options, name) < 1:
            raise UsageError("cli.positive", option="--" + name.replace("_", "-"))
    return Settings(options.workers, Limits(options.time_limit, options.memory_limit << 20), language)


class _Progress:
    """One line on a terminal, written over and over: how many are done, how fast, how long it still takes."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._begun = self._told = time.monotonic()

    def __call__(self, done: int, total: int, reused: int) -> None:
        now = time.monotonic()
        if now - self._told < 0.2 and done < total:
            return
        self._told = now
        rate = max(done - reused, 1) / max(now - self._begun, 1e-3)
        minutes, seconds = divmod(int((total - done) / rate), 60)
        left = say("collect.minutes", self._language, minutes=minutes, seconds=seconds)
        line = say("collect.progress", self._language, done=done, total=total, rate=f"{rate:.0f}", left=left)
        print(f"\r\x1b[K{line}", end="", file=sys.stderr, flush=True)

    def end(self) -> None:
        """Leave a clean line."""
        print("\r\x1b[K", end="", file=sys.stderr, flush=True)


def _import(options: argparse.Namespace, language: str) -> int:
    _of_kind(options.OUT, ".json", ".xlsx")
    _not_the_input(options.OUT, options.SOURCE)
    check_writable(options.OUT)
    report, findings = job.read(options.SOURCE, lenient=True)
    write_whole(options.OUT, job.render(report, "json") if options.OUT.suffix.lower() == ".json" else job.fill(report))
    if findings:
        sys.stdout.write(_findings(findings, language))
    print(say("cli.done.import", language, path=options.OUT))
    unread = [finding for finding in findings if finding.severity == "error"]
    if unread:
        _complain(say("cli.unread", language, count=len(unread)))
    return FOUND if unread else OK


def _verify(options: argparse.Namespace, language: str) -> int:
    if options.output:
        _not_the_input(options.output, options.DOC, options.against)
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
    key = "verify.same" if not compared.findings else "verify.different"
    values = {"path": compared.source, "against": compared.against, "count": len(compared.findings)}
    lines = [say(key, language, **values), say(f"verify.carried.{compared.data}", language)]
    return "\n".join(lines) + "\n" + (_findings(compared.findings, language) if compared.findings else "")


def _findings(findings: tuple[Finding, ...], language: str) -> str:
    from xlreport.results.text import findings_text

    return findings_text(findings, language, min(shutil.get_terminal_size().columns, 120))


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


def _addin(options: argparse.Namespace, language: str) -> int:
    from xlreport.host.install import carry_out

    results = []
    for told in carry_out(options.DO):
        if told.well:
            print(told.sentence.tell(language), flush=True)
        else:
            _complain(told.sentence.tell(language))
        results.append(told)
    if any(told.error for told in results):
        return FAILED
    return OK if all(told.well for told in results) else FOUND


def _doctor(options: argparse.Namespace, language: str) -> int:
    from xlreport.host.doctor import as_json, examine

    checks = tuple(examine())
    problems = [check for check in checks if check.level == "problem"]
    if options.format == "json":
        print(as_json(checks, language))
        return FOUND if problems else OK
    for check in checks:
        print({"ok": "√", "note": "—", "problem": "×"}[check.level], check.found.tell(language))
        if check.remedy:
            print("  →", check.remedy.tell(language))
    print(say("doctor.bad" if problems else "doctor.good", language, count=len(problems)))
    return FOUND if problems else OK


def _template(options: argparse.Namespace, language: str) -> int:
    if (options.ACTION != "build") != (options.FILE is not None):
        raise UsageError("cli.template_file")
    if options.ACTION == "check-docx":
        return _check_letterhead(options.FILE, language)
    if options.FILE is not None:
        return _verify_template(options.FILE, language)
    folder = Path("templates")  # of our repository; elsewhere there is none
    target: Path = options.output or (folder if folder.is_dir() else Path()) / TEMPLATES[options.form]
    _of_kind(target, ".xlsx", ".xlsm", ".xlam")
    check_writable(target)
    write_whole(target, _built(target, options.form))
    print(say("cli.done.template", language, path=target))
    return OK


def _check_letterhead(path: Path, language: str) -> int:
    mistakes = job.check_letterhead(path)
    for mistake in mistakes:
        print(mistake.tell(language))
    if mistakes:
        return FOUND
    print(say("letterhead.good", language, path=path))
    return OK


def _built(target: Path, form: str) -> bytes:
    """The template of a form, without macros or with them; or the add-in, which is for every form."""
    if target.suffix.lower() != ".xlam":
        return _as(target, job.build_template(form))
    from xlreport.host.excel.package import addin

    return addin()


def _verify_template(path: Path, language: str) -> int:
    findings = job.verify_template(path)
    if findings:
        sys.stdout.write(_findings(findings, language))
    if any(finding.severity == "error" for finding in findings):
        return FOUND
    print(say("cli.done.verify_template", language, path=path))
    return OK
