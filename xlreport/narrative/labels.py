"""What the printed labels of a form name."""

from __future__ import annotations

import re
from functools import cache


@cache
def name(label: str) -> str:
    """What a printed label names, without its number and its note: （二）部分公开（区分处理的…） is 部分公开."""
    return re.sub(r"^(?:（[一二三四五六七八九十]+）|[一二三四五六七八九十]+、|\d+\.)|（[^（）]*）$", "", label)
