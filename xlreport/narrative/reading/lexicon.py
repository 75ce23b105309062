"""The words that reading knows: wordings of phrases.toml and the labels of a form, as one expression over tokens."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from xlreport.form import Form, load_form
from xlreport.narrative.labels import name
from xlreport.toml import read_toml

VAGUE = frozenset({"其他", "总计", "信息内容", "申请人情况"})
"""Labels that mean nothing outside their table."""

_DROPPED = re.compile("[ \t\r\u3000\u00a0\ufeff“”‘’\"'「」]")
"""Characters that mean nothing between words."""

_WIDE = str.maketrans("０１２３４５６７８９％．", "0123456789%.")
_ANY_WIDE = re.compile("[０-９％．]")

UNITS = ("万元", "亿元", "元", "人次", "件次", "批次", "场次", *"件项份宗起条例次个部篇期场家人名册批户处套张单类轮")

_SHAPES = rf"""
  (?P<url>(?:https?://|www\.)[\x21-\x7e]*+)
| (?P<date>(?:19|20)\d\d(?:年度?|版)(?:\d{{1,2}}月(?:\d{{1,2}}日)?+)?+)
| (?P<none>\d{{1,2}}月\d{{1,2}}日 | (?:19|20)\d\d[-./]\d{{1,2}}[-./]\d{{1,2}} | \d{{1,2}}[月日时]
    | [〔\[【]\d{{4}}[〕\]】]\d*+号? | 第\d++[号条款项章届期次位名]?+ | \d++号
    | \d{{3,4}}[-—－]\d{{7,8}}(?!\d) | 1[3-9]\d{{9}}(?!\d) | \d{{1,2}}[.．](?!\d)
    | (?<![A-Za-z])[A-Za-z]++\d++ | \d++[A-Za-z]++ )
| (?P<figure>
    (?P<number>(?:\d{{1,3}}(?:,\d{{3}})++|\d++)(?:\.\d++)?+) (?P<scale>(?=[万亿]元)|[十百千万亿]*+) (?P<more>[余多几]?+)
    (?P<unit>[%％‰]|个百分点|{"|".join(UNITS)})?+ (?P<above>以上|左右|以内)?+
  | (?<![每第任同逐某一])(?P<han>[零〇一二两三四五六七八九十百千万]{{1,12}})(?P<hanunit>[件宗起例份])(?![套事])
  | (?<=为)零(?![件宗起例份]) )
| (?P<scope>[我本](?:单位|机关|部门|街道|地区|办公室|[省市县区州旗盟镇乡局委办厅院所站司府])
    | 全(?:[省市县区州旗盟镇乡局委厅院所]|街道|系统))
| (?P<soft>[、和及与或]|以及)
"""
"""What is no word: addresses, dates, document and telephone numbers; numbers with their unit; marks."""

_MARKS = "(?P<hard>[，,；;：:。！？!?…])|(?P<open>[（(])|(?P<close>[）)])"
"""Marks that begin no word."""

_SHAPES_BEGIN = r"\dA-Za-z第〔\[【零〇一二两三四五六七八九十百千万我本全（(）)，,；;：:。！？!?…、和及与或以"


class Word(NamedTuple):
    """What a wording says. rows and columns: ids in the form, `t3.granted` and `t3.natural_person`."""

    rows: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    mark: str = ""
    weak: bool = False

    @property
    def decisions(self) -> bool:
        """Whether it is 处理决定."""
        return self.columns == ("t2.decisions",)

    @property
    def applicants(self) -> bool:
        """Whether it names a kind of applicant."""
        return self.columns[:1] != () and self.columns[0].startswith("t3.")


FILLER = Word()
NEXT_YEAR, PREVIOUS_YEAR = Word(mark="next"), Word(mark="previous")


class Lexicon(NamedTuple):
    """The words of one form, and the expression whose groups are the shapes above and `word`."""

    words: Mapping[str, Word]
    tokens: re.Pattern[str]


@cache
def lexicon(form_id: str) -> Lexicon:
    """The lexicon of the form of that id. Raises KeyError when we know none."""
    words = dict(_words(load_form(form_id)))
    begin = re.escape("".join(sorted({word[0] for word in words})))
    word = rf"(?P<word>(?=[{begin}])(?:{_spelled(words)}))"  # most characters begin no word: one look, not a hundred
    found = rf"(?=[{begin}{_SHAPES_BEGIN}])(?:{_MARKS}|{word}|{_SHAPES})"
    return Lexicon(MappingProxyType(words), re.compile(found, re.VERBOSE))


class Compact(NamedTuple):
    """A sentence without what means nothing between words, digits half-width.

    gaps: for each character left out, in order, how many stand before it that are not.
    """

    text: str
    gaps: tuple[int, ...]

    def place(self, at: int) -> int:
        """Where the character at `at` stood in the sentence as given."""
        return at + bisect_right(self.gaps, at)


def compact(sentence: str) -> Compact:
    """What reading looks at of a sentence."""
    gaps = tuple(match.start() - number for number, match in enumerate(_DROPPED.finditer(sentence)))
    text = _DROPPED.sub("", sentence) if gaps else sentence
    return Compact(text.translate(_WIDE) if _ANY_WIDE.search(text) else text, gaps)


def _spelled(words: Iterable[str]) -> str:
    """An expression for the longest word, its alternatives sorted by their first character."""
    first: dict[str, list[str]] = {}
    for word in sorted(words, key=len, reverse=True):
        first.setdefault(word[0], []).append(re.escape(word[1:]))
    return "|".join(f"{re.escape(char)}(?:{'|'.join(rest)})" for char, rest in first.items())


def _words(form: Form) -> Iterator[tuple[str, Word]]:
    data = read_toml(Path(__file__).with_name("phrases.toml"))
    weak = frozenset(data["weak"]["words"])
    yield from ((wording, FILLER) for wording in data["filler"]["words"])
    for mark, wordings in data["marks"].items():
        yield from ((wording, Word(mark=mark)) for wording in wordings)
    rows, columns = _labels(form)
    for wording, ids in _places(data["rows"], rows):
        yield wording, Word(rows=ids, weak=wording in weak)
    for wording, ids in _places(data["columns"], columns):
        yield wording, Word(columns=ids, weak=wording in weak)


Labels = dict[str, dict[str, None]]
"""The ids of all rows, or columns, that a label heads, in the order of the form."""


def _labels(form: Form) -> tuple[Labels, Labels]:
    """The labels of rows and of columns, without their ordinals."""
    rows: Labels = {}
    columns: Labels = {}
    for table in form.tables:
        inner = {label.row: label.text for label in table.labels if label.role == "stub"}
        for figure in table.figures:
            for label in (*figure.names[:-1], inner.get(figure.row, "")):
                rows.setdefault(_plain(label), {})[f"{table.id}.{figure.row_id}"] = None
            columns.setdefault(_plain(figure.names[-1]), {})[f"{table.id}.{figure.column_id}"] = None
    return rows, columns


def _plain(label: str) -> str:
    return compact(name(label)).text


def _places(wordings: Mapping[str, Any], labels: Labels) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every wording, and every label that means just this, with the ids of the rows, or columns, that the form has."""
    known = dict.fromkeys(id_ for ids in labels.values() for id_ in ids)
    for patterns, said in wordings.items():
        ids = tuple(id_ for id_ in known if any(_fits(pattern, id_) for pattern in patterns.split()))
        if ids:
            named = [label for label, headed in labels.items() if headed.keys() == set(ids) and label not in VAGUE]
            yield from ((wording, ids) for wording in (*said, *named))


def _fits(pattern: str, id_: str) -> bool:
    head, star, _ = pattern.partition("*")
    return id_.startswith(head) if star else id_ == pattern
