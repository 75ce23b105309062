"""What the documents promise is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from xlreport import __version__
from xlreport.cli.parser import build_parser

ROOT = Path(__file__).parents[1]
PAGES = ["README.md", "README.zh-CN.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md"]


def commands() -> set[str]:
    choices = next(action.choices for action in build_parser("zh")._actions if action.metavar == "COMMAND")
    assert isinstance(choices, dict)
    return set(choices)


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_every_command_is_told(name: str) -> None:
    """The table of each README names every command, and no other."""
    told = re.findall(r"^\| `xlreport (\w+)", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE)
    assert set(told) == commands()


@pytest.mark.parametrize("name", PAGES)
def test_links_lead_somewhere(name: str) -> None:
    """What a document links to within the project is there."""
    for target in re.findall(r"\]\((?!https?:)([^)#]+)", (ROOT / name).read_text(encoding="utf-8")):
        if (ROOT / target.split("/")[0]).exists():  # the tests of the wheel run without the source tree
            assert (ROOT / target).exists(), target


def test_the_changelog_knows_this_version() -> None:
    """The version of the package stands in the changelog and in pyproject.toml."""
    assert f"## {__version__}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert f'version = "{__version__}"' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize("folder", ["docs", "xlreport/messages", "."])
def test_nothing_comes_from_an_index_by_our_name(folder: str) -> None:
    """No advice has pip fetch “xlreport” from an index: there the name is a stranger's package."""
    for path in (ROOT / folder).glob("*.*" if folder == "." else "**/*.*"):
        if path.suffix in (".md", ".toml"):
            found = re.search(r"xlreport\[|pip3? install (?:-\S+ )*['\"]?xlreport", path.read_text(encoding="utf-8"))
            assert found is None, path
