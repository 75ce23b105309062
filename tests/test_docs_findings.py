"""What docs/findings says of files and formats is so."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from xlreport.cli.parser import build_parser
from xlreport.job import RESULTS
from xlreport.results.page import MOST
from xlreport.rules.errata import parse_errata
from xlreport.rules.explain import SUFFIX, parse_explanations

DOCS = Path(__file__).parents[1] / "docs"
PAGES = ["findings.md", "findings.zh-CN.md"]


def page(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", PAGES)
def test_the_examples_are_read(name: str) -> None:
    """The errata and the explanations that a page shows are read as they stand."""
    errata, explanations = re.findall(r"```toml\n(.*?)```", page(name), re.DOTALL)
    (erratum,) = parse_errata(errata.encode(), name)
    assert (erratum.code, erratum.severity, erratum.years) == ("TXT-LEN", "note", (2025,))
    (explanation,) = parse_explanations(explanations.encode())
    assert (explanation.value, explanation.expected) == (420, 431)


@pytest.mark.parametrize("name", PAGES)
def test_the_commands_are_understood(name: str) -> None:
    """Every command that a page shows is understood, and every format is shown."""
    commands = re.findall(r"^xlreport (check .*?)\s*#", page(name), re.MULTILINE)
    formats = {build_parser("zh").parse_args(command.replace("…", "").split()).format for command in commands}
    assert formats == set(RESULTS)
    assert SUFFIX in page(name)
    assert f" {MOST} " in page(name)


@pytest.mark.parametrize("name", PAGES)
def test_links_lead_somewhere(name: str) -> None:
    """What a page links to is there."""
    for target in re.findall(r"\]\((?!https?:)([^)#]+)", page(name)):
        assert (DOCS / target).exists(), target
