"""Putting words together: the clerk's own made fit for an official text, lists, sentences, what is still asked."""

from __future__ import annotations

import re
from collections.abc import Iterable

from xlreport.narrative.numbers import ordinal

_HAN = "\u3000-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef“”‘’…—"
_WIDE = str.maketrans("０１２３４５６７８９％", "0123456789%")
_MARKS = {",": "，", ":": "：", ";": "；", "?": "？", "!": "！", "(": "（", ")": "）"}
_PAIR = re.compile(rf"\(([^()]*[{_HAN}][^()]*)\)|(?<=[{_HAN}])\(([^()]*)\)|\(([^()]*)\)(?=[{_HAN}])")
_MARK = re.compile(rf"(?<=[{_HAN}])[,:;?!()]|[,:;?!()](?=[{_HAN}])|(?<=[{_HAN}])\.(?=$|[{_HAN}])")
_SPACE = re.compile(rf"(?<=[{_HAN}])\s+|\s+(?=[{_HAN}])")
_DOUBLED = re.compile(r"([，。；：、！？])[，。；：、！？]+")
_TAIL = " ，。；：、,.;:"


def punctuated(text: str) -> str:
    """A line as an official text has it: beside Chinese full-width punctuation, one mark at a time, and no spaces."""
    text = _SPACE.sub("", text.strip())
    text = _PAIR.sub(lambda found: f"（{found[1] or found[2] or found[3] or ''}）", text)
    while (better := _MARK.sub(lambda found: _MARKS.get(found[0], "。"), text)) != text:
        text = better  # a mark that has just become Chinese may change its neighbour
    return _DOUBLED.sub(r"\1", _SPACE.sub("", text))


def tidy(text: str) -> str:
    """A line of the clerk's, ready to stand in a sentence: digits half-width, without the mark that ended it."""
    return punctuated(text.translate(_WIDE)).strip(_TAIL)


def tidy_lines(text: str) -> tuple[str, ...]:
    """The lines that say something."""
    return tuple(line for line in map(tidy, text.splitlines()) if re.search(r"\w", line))


def contact(text: str) -> str:
    """Address, telephone and so on in one line; a gap before a word that nothing else sets off is a comma."""
    return "，".join(tidy_lines(re.sub(r"(?<![\s：:，,；;。、（(])\s+(?=[\u4e00-\u9fff])", "\n", text)))


def sentence(clauses: Iterable[str], joint: str = "，") -> str:
    """The clauses that are there as one sentence, "" when none is."""
    said = [clause for clause in clauses if clause]
    return ended(joint.join(said)) if said else ""


def ended(text: str) -> str:
    """The text with the mark that ends a sentence."""
    return text if re.search(r"[。！？][”’）]?$", text) else text + "。"


def numbered(items: Iterable[str]) -> str:
    """一是…；二是…。 A single item stands alone."""
    said = tuple(items)
    if len(said) == 1:
        return ended(said[0])
    return sentence((f"{ordinal(number)}是{item}" for number, item in enumerate(said, 1)), "；")


def asked(what: str) -> str:
    """A hole that everybody sees, and that `check` reports."""
    return f"【请填写：{what}】"


def self_reference(kind: str | None, agency: str) -> str:
    """How the reporting organ speaks of itself: neutral, unless its kind and full name leave no doubt."""
    bare = re.sub(r"(?:人民政府)?(?:办公厅|办公室|办事处|管委会|管理委员会)?$", "", agency)
    if kind == "乡镇/街道" and (found := re.search(r"(街道|镇|乡)$", bare)):
        return f"本{found[1]}"
    if kind == "汇总":
        found = re.search(r"[省市区县旗州盟]$", bare)
        return f"全{found[0]}" if found else "各报告单位"
    return "本机关"
