"""The program's own parts: its template, its buttons, and why they do not work."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from xlreport import job
from xlreport.cli.common import FAILED, FOUND, OK, Command, complain, in_the_kind_of, listed, not_the_input, of_kind
from xlreport.errors import UsageError
from xlreport.form import FORMS
from xlreport.messages import say
from xlreport.safe.write import check_writable, write_whole


def commands(command: Command) -> None:
    """addin, doctor, template."""
    argument = command("addin", _addin)
    argument("DO", choices=("install", "remove", "status"), metavar="install|remove|status")
    argument = command("doctor", _doctor)
    argument("--format", choices=("text", "json"), default="text", told="format_plain")
    argument = command("template", _template)
    argument("ACTION", choices=("build", "verify", "upgrade", "check-docx"))
    argument("FILE", type=Path, nargs="?")
    argument("--form", choices=FORMS, default=FORMS[0])
    argument("--output", type=Path, metavar="PATH")


def _addin(options: argparse.Namespace, language: str) -> int:
    from xlreport.host.install import carry_out

    results = []
    for told in carry_out(options.DO):
        if told.well:
            print(told.sentence.tell(language), flush=True)
        else:
            complain(told.sentence.tell(language))
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
    if options.ACTION == "upgrade":
        return _upgrade(options.FILE, options.output, language)
    if options.FILE is not None:
        return _verify_template(options.FILE, language)
    from xlreport.workbook.template import FILES

    folder = Path("templates")  # of our repository; elsewhere there is none
    target: Path = options.output or (folder if folder.is_dir() else Path()) / FILES[options.form]
    of_kind(target, ".xlsx", ".xlsm", ".xlam")
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
        return in_the_kind_of(target, job.build_template(form))
    from xlreport.host.excel.package import addin

    return addin()


def _verify_template(path: Path, language: str) -> int:
    findings = job.verify_template(path)
    if findings:
        sys.stdout.write(listed(findings, language))
    if any(finding.severity == "error" for finding in findings):
        return FOUND
    print(say("cli.done.verify_template", language, path=path))
    return OK


def _upgrade(path: Path, target: Path | None, language: str) -> int:
    if target is None:
        raise UsageError("cli.upgrade_output")
    of_kind(target, *job.WORKBOOKS)
    not_the_input(target, path)
    check_writable(target)
    upgraded = job.upgrade_workbook(path)
    write_whole(target, in_the_kind_of(target, upgraded.content))
    for phrase in (*upgraded.changed, *upgraded.lost):
        print(phrase.tell(language))
    if upgraded.findings:
        sys.stdout.write(listed(upgraded.findings, language))
    print(say("upgrade.done", language, path=target))
    if upgraded.lost:
        complain(say("upgrade.lost", language, count=len(upgraded.lost)))
    wrong = any(finding.severity == "error" for finding in upgraded.findings)
    return FOUND if upgraded.lost or wrong else OK
