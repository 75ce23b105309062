"""Why a document cannot be read as a report, as far as it can be told."""

from __future__ import annotations

import re

from xlreport.errors import InputError
from xlreport.form import FORMS, load_form
from xlreport.published.page import Line, Page, plain

_WORD = "政府信息公开".encode()
_GARBLED = (
    *(_WORD[start : start + 9].decode("gb18030", "ignore")[:3] for start in (0, 1)),  # UTF-8 read as GBK
    *(_WORD[:6].decode(charset, "ignore")[:4] for charset in ("latin-1", "cp1252")),
    *("政府信息".encode("gb18030").decode(charset, "ignore")[:4] for charset in ("latin-1", "cp1252")),
    "政府信息".encode("big5").decode("gb18030", "ignore")[:4],
    "锟斤拷",
)
_USUAL = frozenset("的年月日政府信息公开工作一二三情况")
_FEW = 0.02
"""The share of them among its Chinese characters below which a text is garbled in a way that is not known."""
_ENOUGH = 100
"""Chinese characters from which on that can be told."""
_LOST = re.compile(r"[?？\ufffd]{4,}")
_MOST_LOST = 5
"""Runs of question marks that a report may have."""

_TONES = "āáǎàōóǒòēéěèīíǐìūúǔùǖǘǚǜńňǹ"
_GLOSS = re.compile(rf"[\u4e00-\u9fff][（(]([a-zü{_TONES}]{{1,6}})[）)]")
_SYLLABLE = re.compile(
    "(?:[bpmfdtnlgkhjqxrzcsyw]|[zcs]h)?"
    "(?:i?ang?|i?ong|eng?|ing?|u?ang?|[aeo]|[aeu]i|i?ao|i[aeu]?|ou|u[aoe]?|uai|un|üe?|er)"
)
"""of Hanyu Pinyin without tones; some that no word has are taken for one too."""
_TRADITIONAL = frozenset("規請數復議訴訟結維糾審總計機關務處決許罰強號發開報實辦條類備")
_SHORT = 4
_LABELS = 5
"""Labels longer than _SHORT from which on the words of a table are there."""
_DENSE = 0.01
"""The share of its Chinese characters that have a gloss from which on a text is taken for glossed."""
_COPIED = 5
"""Different glosses, or traditional characters, from which on a page is taken for another's copy."""


def check_original(page: Page) -> None:
    """Raises InputError for a copy with glosses or in traditional characters: who made it may have made figures too."""
    text = words(page)
    glosses = [found[0] for found in _GLOSS.finditer(text) if _is_pinyin(found[1])]
    dense = len(glosses) >= _DENSE * len(re.findall(r"[\u4e00-\u9fff]", text))
    if (dense and len(set(glosses)) >= _COPIED) or len(_TRADITIONAL & set(text)) >= _COPIED:
        raise InputError("published.copied")


def _is_pinyin(gloss: str) -> bool:
    """Whether it has a tone mark or is a syllable: what stands behind 客户端（app） is neither."""
    return not set(_TONES).isdisjoint(gloss) or _SYLLABLE.fullmatch(gloss) is not None


def reason(page: Page) -> InputError:
    """Why no statutory table was found."""
    if page.moved:
        return InputError("published.moved")
    text = words(page)
    if any(garbled in text for garbled in _GARBLED) or _is_strange(text):
        return InputError("published.garbled")
    if len(_LOST.findall(text)) >= _MOST_LOST:
        return InputError("published.lost_text")
    if not text:
        return InputError("published.viewer" if page.viewer else "published.scanned")
    if page.viewer and not _has_sections(text):
        return InputError("published.viewer")
    kind = "no_cells" if _has_labels(text) else "pictures" if _has_sections(text) else "no_tables"
    return InputError(f"published.{kind}")


def _is_strange(text: str) -> bool:
    """Whether it lacks the characters that every Chinese text about this has."""
    signs = re.findall(r"[\u3400-\u9fff\ue000-\uf8ff]", text)
    return len(signs) >= _ENOUGH and sum(sign in _USUAL for sign in signs) < _FEW * len(signs)


def words(page: Page) -> str:
    """All that the page says."""
    return "\n".join(
        block.text if isinstance(block, Line) else "\n".join(spot.text for spot in block.spots) for block in page.blocks
    )


def _has_labels(text: str) -> bool:
    """Whether the labels of table 三 are there, so that only its cells are lost."""
    said = plain(text)
    labels = {plain(label.text) for form in FORMS for label in load_form(form).table("t3").labels}
    return sum(label in said for label in labels if len(label) > _SHORT) >= _LABELS


def _has_sections(text: str) -> bool:
    return len(re.findall(r"主动公开政府信息情况|收到和处理政府信息公开申请情况|行政复议、行政诉讼情况", text)) > 1
