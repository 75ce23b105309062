"""The command line: arguments in, exit code out. The only place that prints."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence

from xlreport.cli.common import FAILED, INTERRUPTED, OK, complain
from xlreport.cli.parser import build_parser
from xlreport.errors import UsageError, XlreportError
from xlreport.messages import LANGUAGES, preferred, say


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code (interface, section 3)."""
    arguments = sys.argv[1:] if arguments is None else arguments
    language = _language(arguments)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    debug = "--debug" in arguments
    try:
        options = build_parser(language).parse_args(_without_globals(arguments))
        run: Callable[[argparse.Namespace, str], int] = options.run
        code = run(options, language)
        print(end="", flush=True)  # what cannot be written is told here, not by the end of the interpreter
    except XlreportError as error:
        if debug:
            _trace()
        complain(error.tell(language))
        return error.exit_code
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:  # the reader of our output has gone, such as `head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    except Exception as error:  # noqa: BLE001
        if debug:
            _trace()
        complain(say("cli.failed", language, error=f"{type(error).__name__}: {error}".splitlines()[0]))
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


def _trace() -> None:
    import traceback

    traceback.print_exc()
