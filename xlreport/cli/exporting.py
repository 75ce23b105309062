"""`export` of several files, or of a folder."""

from __future__ import annotations

import argparse
import sys

from xlreport import job
from xlreport.cli.common import complain, quoted
from xlreport.cli.many import Progress
from xlreport.collect.export import Exporter, Outcome, export, plan
from xlreport.messages import say


def export_many(options: argparse.Namespace, dress: job.Dress, added: dict[str, bool], language: str) -> int:
    """Every document that can be made; why the others were not, in the order of the files. The worst exit code."""
    exporter = Exporter(options.to, dress, allow_errors=options.allow_errors, language=language, **added)
    exporter.check()
    tasks = plan(options.FILE, options.to, options.output, dress)
    progress = Progress(language) if sys.stderr.isatty() else None
    outcomes: dict[str, Outcome] = {}
    for outcome in export(tasks, exporter, options.workers):
        outcomes[outcome.source] = outcome
        if progress is not None:
            progress(len(outcomes), len(tasks), 0)
    if progress is not None:
        progress.end()
    ordered = [outcomes[task.source] for task in tasks]
    for outcome in ordered:
        if outcome.code:
            named = outcome.source in outcome.why
            complain(outcome.why if named else say("export.not_made", language, path=outcome.source, why=outcome.why))
    made = [outcome for outcome in ordered if not outcome.code]
    print(say("export.made", language, made=len(made), total=len(ordered)))
    wrong = [outcome.source for outcome in made if outcome.errors]
    doubtful = [outcome.source for outcome in made if outcome.warnings and not outcome.errors]
    for key, sources in (("with_errors", wrong), ("with_warnings", doubtful)):
        if sources:
            complain(say(f"export.{key}", language, count=len(sources), path=quoted(sources[0])))
    if made and options.to == "pdf":
        print(*job.fonts_used(language, options.profile, summary=options.with_summary), sep="\n")
    return max(outcome.code for outcome in ordered)
