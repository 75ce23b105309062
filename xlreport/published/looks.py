"""Pieces of a page's cell that may look otherwise than the rest: small, raised, struck out, covered or not there.

Nobody can say how a browser shows them. What they say is kept, but apart from what is beside it: then two numbers never
become one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

_ODD = re.compile(
    r"line-through|vertical-align\s*:\s*(?:su|top|text-top|[-\d])|position\s*:\s*(?:absolute|fixed|relative)"
    r"|(?:display|content-visibility)\s*:\s*(?:none|hidden)|visibility\s*:\s*(?:hidden|collapse)|mso-hide|transform\s*:"
    r"|opacity\s*:|clip(?:-path)?\s*:|overflow\s*:|(?:font-size|width|height|zoom)\s*:\s*0|(?:^|[;\s{])float\s*:"
    r"|(?:^|[;\s{])color\s*:\s*(?:#f{3,8}\b|white|transparent|rgba)|text-indent\s*:\s*-|mso-text-raise",
    re.IGNORECASE,
)
"""Declarations of a style that may set a piece off."""
_RULE = re.compile(r"([^{}]{1,500})\{([^{}]{1,2000})\}")
_CLASS = re.compile(r"\.(-?[A-Za-z_][\w-]*)")
_MOST = 200_000
"""Characters of style sheets that are looked at."""
_KNOWN = {"sr-only", "visually-hidden", "hidden", "hide"}
"""Classes that hide, by the names that common style sheets give them."""


def odd_classes(sheets: Iterable[str]) -> frozenset[str]:
    """The classes that the page's own style sheets set off, whatever else must be so for a rule to hold."""
    text = "".join(sheets)[:_MOST]
    rules = (rule.groups() for rule in _RULE.finditer(text))
    return frozenset(_KNOWN | {name for where, what in rules if _ODD.search(what) for name in _CLASS.findall(where)})


def is_odd(element: Any, classes: frozenset[str]) -> bool:
    """Whether an element within a line is set off: by its style, by a class, or hidden from those who listen."""
    own = set((element.get("class") or "").split())
    return bool(_ODD.search(element.get("style") or "") or own & classes or element.get("aria-hidden") == "true")
