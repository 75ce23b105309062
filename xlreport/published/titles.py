"""The titles of reports among the lines of a document, and whether they are those of one report."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from xlreport.form import Form
from xlreport.published.beside import is_name, is_number
from xlreport.published.headings import section_of
from xlreport.published.page import Block, Line, squeezed

_DIGITS = str.maketrans("０１２３４５６７８９〇○零Ｏ一二三四五六七八九", "01234567890000123456789")
_YEAR = re.compile(r"[２2二][０0〇○零Ｏ][\d０-９〇○零Ｏ一二三四五六七八九]{2}(?=\s*年)")
_TITLE = re.compile(
    r"(?:(?P<first>20\d\d)\s*年度?(?P<of>.*?)|(?P<agency>.*?)(?:(?P<year>20\d\d)?\s*年度?)?)"
    r"的?政府信息公开(?:工作?)?(?:情况)?(?:的?年度(?:工作)?报告|(?P<short>年报))"
    r"\s*(?:[（(](?:(?P<last>20\d\d)\s*年度?|[^（()）\d]{1,8})[)）])?",
    re.DOTALL,
)
"""某局2024年……, 2024年某局……, or with the year in brackets behind."""
_BEFORE = re.compile(
    r"(?:.*(?:首页|位置|导航|年报|信息公开|专栏).*[>＞»›|｜/：:]|(?:信息|文件)?(?:标题|题目|名称)[：:]|[【\[][^】\]]{1,8}[】\]])?"
    r"\s*(?:关于)?\s*",
    re.DOTALL,
)
"""What is no part of the agency's name: the way to a page of a site, its kind, 关于."""
_SITE = re.compile(
    r"【\s*(?:字|打印|关闭|大|浏览|分享)|首页|当前位置|您的位置|[上下]一[篇条]|相关(?:链接|文章|阅读)|政务公开$|打印|关闭|分享|字体|字号|(?:信息)?来源|发布|时间|日期|浏览|扫一扫"
    r"|手机|电脑|无障碍|适老|长者|下载|附件"
)
"""How a line of a web site around the report begins (政务公开 is one alone); no title has such a line."""
_LONGEST_TITLE = 5
"""Lines that a title may run over."""
_MOST_TITLE = 120
_HEADINGS = 2
"""Headings of sections below a title from which on a report begins with it: a link to a report has none."""


class Title(NamedTuple):
    """Where a title begins and ends among the blocks, and what it says."""

    at: int
    end: int
    words: str


def title_of(blocks: Sequence[Block], form: Form, known: str) -> Title | None:
    """The report's title: of the agency that is known, else of any.

    A heading that is one, else the one below which the sections stand, else the first lines that read so.
    """
    for at, block in enumerate(blocks):
        if isinstance(block, Line) and block.level and _is_title(block.text):
            return Title(at, at + 1, block.text)
    found = list(_titles(blocks))
    of_known = (one for one in found if known and is_name(told(one.words)[0], known))
    begun = (one for one, _ in _begun(blocks, form, found))
    return next((one for ones in (of_known, begun, found) for one in ones), None)


def several(blocks: Sequence[Block], form: Form) -> tuple[str, ...]:
    """The titles of two reports that are not of one agency and year; none where it is one, may it be there twice.

    Two reports have sections in common: a title within a report's text parts them.
    """
    begun = list(_begun(blocks, form, list(_titles(blocks))))
    for one, sections in begun[1:]:
        if sections & begun[0][1] and not _same(begun[0][0].words, one.words):
            return squeezed(begun[0][0].words), squeezed(one.words)
    return ()


def told(title: str) -> tuple[str, int | None]:
    """The agency and the year of a title."""
    found = _read(title)
    if not found:
        return "", None
    year = found["first"] or found["year"] or found["last"]
    agency = _BEFORE.sub("", found["of"] or found["agency"] or "", count=1).strip().removesuffix("关于")
    return agency.strip(), int(year) if year else None


def _same(one: str, other: str) -> bool:
    """Whether two titles may be of one report: what one of them does not tell is no difference."""
    (agency, year), (another, then) = told(one), told(other)
    agency, another = squeezed(agency), squeezed(another)
    alike = agency.endswith(another) or another.endswith(agency) or is_name(agency, another) or is_name(another, agency)
    return alike and (year is None or then is None or year == then)


def _begun(blocks: Sequence[Block], form: Form, titles: Sequence[Title]) -> Iterator[tuple[Title, set[str]]]:
    """Those of the titles below which, before the next, a report's sections stand, and these."""
    ends = [list(ones) for _, ones in groupby(titles, key=lambda title: title.end)]
    for (first, *_), (after, *more) in pairwise([*ends, [Title(len(blocks), 0, "")]]):
        end = (more or [after])[-1].at
        lines = (block.text for block in blocks[first.end : end] if isinstance(block, Line))
        sections = {section_of(line, form) for line in lines} - {""}
        if len(sections) >= _HEADINGS or form.sections[0].id in sections:
            yield first, sections


def _titles(blocks: Sequence[Block]) -> Iterator[Title]:
    """All lines that read as one, or up to five together."""
    for at in range(len(blocks)):
        words = ""
        for number, line in enumerate(blocks[at : at + _LONGEST_TITLE], 1):
            if not isinstance(line, Line) or is_number(line.text) or _SITE.match(line.text):
                break
            words += line.text
            if _is_title(words):
                yield Title(at, at + number, words)
                break
            if len(words) >= _MOST_TITLE or re.search("[。；]", words):
                break


def _is_title(words: str) -> bool:
    """Whether it reads so; what is longer is none, and is not looked at: that takes the square of its length."""
    return len(words) < _MOST_TITLE and _read(words) is not None


def _read(title: str) -> re.Match[str] | None:
    """Its parts, the year in digits; 政府信息公开年报 without a year is the name of a page of many."""
    found = _TITLE.fullmatch(_YEAR.sub(lambda year: year[0].translate(_DIGITS), title))
    bare = found and found["short"] and not (found["first"] or found["year"] or found["last"])
    return None if bare else found
