"""The catalogue of sentences: Chinese and English twins, and no key without a sentence."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

import xlreport
from xlreport.messages import LANGUAGES, Phrase, _load, preferred, say

PACKAGE = Path(xlreport.__file__).parent
MESSAGES = PACKAGE / "messages"
FILES = sorted(path.stem for path in (MESSAGES / "zh").glob("*.toml") if path.stem != "argparse")
"""Our own sentences; argparse's come in English from Python itself."""


def sentences(table: Mapping[str, Any], where: str) -> Iterator[tuple[str, str]]:
    for key, value in table.items():
        if isinstance(value, dict):
            yield from sentences(value, f"{where}.{key}")
        else:
            assert isinstance(value, str), f"{where}.{key} is no sentence"
            yield f"{where}.{key}", value


def placeholders(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None}


def catalogue(language: str) -> dict[str, str]:
    return {key: value for name in FILES for key, value in sentences(_load(language, name), name)}


def literals() -> Iterator[tuple[Path, str]]:
    """Every string of the code that is written as a key of the catalogue: its first part is a file's name."""
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and node.args:
                called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                if called == "say" or called.endswith("Error") or called in ("Finding", "Unassessed", "Phrase"):
                    for argument in [*node.args, *(k.value for k in node.keywords if k.arg == "key")]:
                        if isinstance(argument, ast.Constant) and _is_key(argument.value):
                            yield path.relative_to(PACKAGE), str(argument.value)


def _is_key(value: object) -> bool:
    return isinstance(value, str) and value.split(".")[0] in FILES and "." in value and " " not in value


def test_twins() -> None:
    """Every file of sentences stands in both languages."""
    assert sorted(path.stem for path in (MESSAGES / "en").glob("*.toml") if path.stem != "argparse") == FILES


@pytest.mark.parametrize("name", FILES)
def test_same_keys_and_placeholders(name: str) -> None:
    """A sentence has a twin in the other language with the same placeholders."""
    zh, en = (dict(sentences(_load(language, name), name)) for language in LANGUAGES)
    assert set(zh) == set(en)
    for key, sentence in zh.items():
        assert placeholders(sentence) == placeholders(en[key]), key


def test_argparse() -> None:
    """What is said in place of a sentence of argparse's asks for no value that argparse does not give."""
    for english, chinese in _load("zh", "argparse").items():
        given, wanted = (re.findall(r"%(?:\(\w+\))?[a-z]", sentence) for sentence in (english, chinese))
        assert set(wanted) <= set(given), english
        assert wanted.count("%s") == given.count("%s"), english


def test_plain_placeholders() -> None:
    """A placeholder is a plain name: no attribute, index or conversion that a value could be asked for."""
    for language in LANGUAGES:
        for key, sentence in catalogue(language).items():
            assert all(name.isidentifier() for name in placeholders(sentence)), key


def test_languages() -> None:
    """Chinese sentences are Chinese, and both are one line where they are told on one."""
    for key, sentence in catalogue("zh").items():
        words = re.search("[A-Za-z]{4}", re.sub(r"\{\w*\}", "", sentence))
        assert not words or re.search("[一-龥]", sentence), key
    for language in LANGUAGES:
        for key, sentence in catalogue(language).items():
            boxes = ("click.", "addin_excel.", "extension.")  # their messages have paragraphs
            if not key.startswith(("pages.", "cli.", *boxes)):
                assert "\n" not in sentence, key


@pytest.mark.parametrize(("given", "told"), [(None, "zh"), ("en", "en"), ("zh", "zh"), ("", "zh"), ("fr", "zh")])
def test_preferred(monkeypatch: pytest.MonkeyPatch, given: str | None, told: str) -> None:
    """XLREPORT_LANG asks for a language; one that we do not speak is Chinese."""
    monkeypatch.delenv("XLREPORT_LANG", raising=False)
    if given is not None:
        monkeypatch.setenv("XLREPORT_LANG", given)
    assert preferred() == told


def test_every_key_used_exists() -> None:
    """Every key that the code names has a sentence."""
    known = catalogue("zh")
    used = list(literals())
    assert len(used) > 20
    for path, key in used:
        assert key in known, f"{path}: {key}"


INDIRECT = (
    *("system.", "extension."),  # read whole, by the number of an error and by another program
    *("collect.column.", "rollup.column.", "cli.argument."),  # named by columns and by options
    *(
        "collect.roster.",
        "rollup.adjust.",
        "host.validate.",
        "host.export.",
        "rollup.more_lines",
    ),  # the key is handed on
    "results.means.",  # of a page's own language
)
"""Beginnings of keys that the code puts together out of sight of a reader."""


def test_every_key_is_used() -> None:
    """No sentence is left that nothing says: its key stands in the code, or the code makes it of words it knows."""
    written, made = set[str](), set[str]()
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                written.add(node.value)
            elif isinstance(node, ast.JoinedStr):
                parts = (re.escape(str(x.value)) if isinstance(x, ast.Constant) else r"([\w.-]+)" for x in node.values)
                made.add("".join(parts))
    sources = [path for kind in ("*.py", "*.html", "form/*.toml") for path in PACKAGE.rglob(kind)]
    known = {word for path in sources for word in re.findall(r"\w[\w.-]*", path.read_text(encoding="utf-8"))}
    known |= {f"{line}_{fate}" for line in ("row", "column") for fate in ("inserted", "deleted")}
    shapes = [re.compile(shape) for shape in made if re.match(r"[a-z_]+\\\.", shape)]

    def said(key: str) -> bool:
        return any(found and known >= set(found.groups()) for found in (shape.fullmatch(key) for shape in shapes))

    unused = [key for key in catalogue("zh") if key not in written and not key.startswith(INDIRECT) and not said(key)]
    assert unused == []


def test_unknown_key() -> None:
    """A key without a sentence is a mistake of the program, and a KeyError; so is a group of sentences."""
    for key in ("data.nothing", "pages.severity"):
        with pytest.raises(KeyError):
            say(key)


def test_phrases() -> None:
    """A value that is a phrase, or several, is said in the language of its sentence."""
    why = (Phrase("suspects.why.step"), Phrase("suspects.why.last_year", {"last": "{3}"}))
    values = {"cell": "D6", "actual": Phrase("suspects.blank"), "suggested": 2, "agree": Phrase("suspects.agree.all")}
    assert say("suspects.one", "zh", why=why, **values) == (
        "D6填的是 空白，若为 2 则表三、表四的勾稽全部相符（只差 1，可能数错；上年报告“四、结转下年度继续办理”是 {3}）"
    )
    assert say("suspects.one", "en", why=why, **values).endswith(
        "(only 1 off, perhaps a miscount; last year's 四 was {3})"
    )


def test_values_are_not_read_as_placeholders() -> None:
    """A value that looks like a placeholder is printed as it stands."""
    assert "{agency.__class__}" in say("data.unknown", "zh", where="{agency.__class__}")
