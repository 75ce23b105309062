"""The pages of the rules."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from xlreport.messages import LANGUAGES, _load
from xlreport.rules import RULES, Example
from xlreport.rules.page import LONGEST, _told, catalogue, page, pages

DOCS = Path(__file__).parents[2] / "docs" / "rules"
HEADINGS = {
    "zh": ["查什么", "依据", "反例", "正例", "怎么改"],
    "en": ["What it checks", "Basis", "Wrong", "Right", "How to fix"],
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", RULES)
def test_page(code: str, language: str) -> None:
    """Every rule has a page in both languages, with the fixed headings and something under each."""
    text = page(code, language)
    assert text.startswith(f"# {code} ")
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == HEADINGS[language]
    assert all(part.strip() for part in re.split(r"^#+ .+$", text, flags=re.MULTILINE)[1:])


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_orphans(language: str) -> None:
    """No page without a rule, no basis that no rule cites; words for a case only where the rule has no example."""
    words = _load(language, "pages")
    assert set(words["rules"]) == set(RULES)
    assert set(words["basis"]) == {key for rule in RULES.values() for key in rule.basis}
    for code, entry in words["rules"].items():
        parts = {"title", "what", "fix"} | ({"wrong", "right"} if RULES[code].wrong is None else set())
        assert set(entry) == parts, code


def test_quotations(shared: Path) -> None:
    """What a basis puts in quotation marks stands in the notices."""
    notice = (shared / "domain" / "format-notice.md").read_text(encoding="utf-8")
    quotations = [q for text in _load("zh", "pages")["basis"].values() for q in re.findall("“([^“”]{6,})”", text)]
    assert len(quotations) >= 3
    for quotation in quotations:
        assert quotation in notice


def test_committed_pages() -> None:
    """docs/rules holds exactly the pages that the code gives (`python -m tools.rulepages` writes them)."""
    if not DOCS.is_dir():
        pytest.skip("needs docs/, which only the source tree has")
    committed = {path.relative_to(DOCS).as_posix(): path.read_text(encoding="utf-8") for path in DOCS.rglob("*.md")}
    assert committed == pages()


@pytest.mark.parametrize("language", LANGUAGES)
def test_catalogue(language: str) -> None:
    """The catalogue has a line for every rule, in their order."""
    lines = catalogue(language).splitlines()
    assert [line.split()[0] for line in lines] == list(RULES)


def test_columns() -> None:
    """Severities are filled up with spaces as wide as their characters."""
    assert "\u3000" in catalogue("zh")
    assert "\u3000" not in catalogue("en")


def test_long_texts() -> None:
    """A text is shown whole up to the limit, and cut beyond it."""
    for length, cut in ((LONGEST, False), (LONGEST + 1, True)):
        (line,) = (line for line in _told(Example(text={"problems": "字" * length}), "zh") if "字" * 9 in line)
        assert line.endswith("……") == cut
        assert line.count("字") == LONGEST


def test_unknown() -> None:
    """An unknown code is a KeyError, for the command to put in words."""
    with pytest.raises(KeyError):
        page("T9-NONE")
