"""argparse in the user's language, and the tree of commands."""

from __future__ import annotations

import argparse
import re
import shutil
from collections.abc import Callable
from typing import NoReturn

from xlreport import __version__
from xlreport.cli import checking, filling, many, own, publishing
from xlreport.errors import UsageError
from xlreport.messages import LANGUAGES, say, translated


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


def build_parser(language: str) -> argparse.ArgumentParser:
    """Every command and argument; `run` of what is parsed carries it out and returns the exit code."""
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

    for group in (filling, checking, publishing, many, own):
        group.commands(command)
    return parser
