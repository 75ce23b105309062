"""Tables of contents before a report."""

from __future__ import annotations

import pytest

from tests.published.made import read
from tests.published.sketch import Sketch, sketch
from tests.published.written import WRITERS
from tests.samples import city
from xlreport.published.contents import contents_of
from xlreport.published.page import Line

HEADINGS = [section.heading for section in city().statute.sections]
WAYS = {
    "plain": ["目录", *HEADINGS],
    "without a title": HEADINGS,
    "with pages": ["目 录", *(f"{heading}……{at}" for at, heading in enumerate(HEADINGS, 1))],
    "with lower ones": ["目录", HEADINGS[0], "（一）主动公开", "（二）依申请公开", *HEADINGS[1:]],
    "worded otherwise": ["目录", *HEADINGS[:4], "五、问题与改进", HEADINGS[5]],
}


def texts(source: Sketch, kind: str) -> dict[str, str]:
    suffix, write = WRITERS[kind]
    return dict(read(write(source), suffix[1:], lenient=True).report.text)


@pytest.mark.parametrize("kind", ["page", "docx", "pdf", "piped"])
@pytest.mark.parametrize("way", WAYS)
def test_contents(way: str, kind: str) -> None:
    """A table of contents is no text, and takes none away from the sections whose headings it names."""
    source = sketch(city())
    for at in (1, next(n for n, block in enumerate(source.blocks) if block == HEADINGS[0])):
        with_contents = source._replace(blocks=(*source.blocks[:at], *WAYS[way], *source.blocks[at:]))
        assert texts(with_contents, kind) == texts(source, kind)


def test_no_contents() -> None:
    """Headings that do not come again below are headings, though nothing stands under them."""
    blocks = tuple(Line(text) for text in (*HEADINGS, "完", HEADINGS[0], HEADINGS[1]))
    assert not contents_of(blocks)
