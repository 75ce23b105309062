"""XML from strangers: no entities, no network, no bottomless depth."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING
from xml.parsers import expat

from xlreport.errors import InputError

if TYPE_CHECKING:
    from lxml import etree

_OFF = {"0", "false", "off", "baseline"}
"""The last is of vertAlign."""


def parse(name: str, part: bytes) -> etree._Element:
    """The root of the XML in `part`. Raises InputError, naming the part, when it is not well formed."""
    from lxml import etree  # 33 ms, which a look at an untouched workbook does not need

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(part, parser)
    except etree.XMLSyntaxError:
        raise InputError("safe.damaged", part=name) from None


def is_on(element: etree._Element | None, name: str = "val") -> bool:
    """Whether a property of OOXML is there and on; `name`: of the attribute (ISO/IEC 29500-1, 22.9.2.7)."""
    return element is not None and element.get(name, "1") not in _OFF


def walk(name: str, part: bytes, visit: Callable[[str, Mapping[str, str]], None]) -> None:
    """Call `visit` with the local name and the attributes of every start tag, in order, building no tree.

    Raises InputError as `parse` does.
    """
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda tag, attributes: visit(tag.rpartition(":")[2], attributes)
    try:
        parser.Parse(part, True)
    except (expat.ExpatError, ValueError):
        raise InputError("safe.damaged", part=name) from None
