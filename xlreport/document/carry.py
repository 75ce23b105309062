"""A report's data in any Word file: a custom XML part and a document property, as in our own (ECMA-376-2, 9; 22.3).

What the file has of other parts and properties stays as it is; data of ours from an earlier report go.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from xlreport.envelope import Envelope
from xlreport.safe.xml import parse
from xlreport.safe.zips import Package, open_zip, pack, packed, stored

_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_RELATION, _TYPES = f"{{{_PACKAGE}/relationships}}", f"{{{_PACKAGE}/content-types}}"
_PROPERTY = f"{{{_OFFICE}/custom-properties}}"
_LINK = f"{_OFFICE}/relationships"
_KIND = "application/vnd.openxmlformats-officedocument"
_NAMESPACE = "urn:xlreport:document:1"
_ITEM = re.compile(r"customxml/item(\d+)\.xml")
_NAME = "xlreport"
_CONTENT_TYPES, _ROOT_LINKS, _LINKS = "[Content_Types].xml", "_rels/.rels", "word/_rels/document.xml.rels"
_STORE = "{3D1F6A52-7C1B-4E0A-9B57-2A6C0F9E4D21}"


def carry(docx: bytes, envelope: Envelope | None) -> bytes:
    """The Word file with this envelope and no other of ours; with None it carries none. The same input, same bytes."""
    package = open_zip(docx)
    parts = _Parts(package)
    _put_out(parts)
    if envelope is not None:
        _put_part(parts, envelope.data)
        _put_property(parts, envelope.mark)
    return parts.packed()


class _Parts:
    """The parts of a package; those that `tree` gave away are written anew, all others stay as they lie."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._trees: dict[str, Any] = {}
        self._new: dict[str, bytes] = {}
        self._dropped: set[str] = set()

    def __iter__(self) -> Iterator[str]:
        return (name for name in {**self._package.parts, **self._new, **self._trees} if name not in self._dropped)

    def root(self, name: str) -> Any:
        """The root of a part, to look at; an empty one where there is none."""
        if name in self._trees:
            return self._trees[name]
        there = name in self._package.parts and name not in self._dropped
        return parse(name, self._package.parts[name]) if there else etree.fromstring(_empty(name))

    def tree(self, name: str) -> Any:
        """The same, to change."""
        return self._trees.setdefault(name, self.root(name))

    def add(self, name: str, content: str) -> None:
        """Another part."""
        self._dropped.discard(name)
        self._new[name] = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{content}'.encode()

    def drop(self, name: str) -> None:
        """A part less."""
        self._dropped.add(name)

    def packed(self) -> bytes:
        """The package as it is now, new parts at its end."""
        trees = {
            name: etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
            for name, tree in self._trees.items()
        }
        changed = self._new | trees
        known = [packed(e, changed[e.name]) if e.name in changed else e for e in self._package.entries]
        fresh = [packed(stored(name, b""), part) for name, part in changed.items() if name not in self._package.parts]
        return pack(entry for entry in [*known, *fresh] if entry.name not in self._dropped)


def _empty(name: str) -> str:
    """A part that says nothing yet."""
    if name == _CONTENT_TYPES:
        return f'<Types xmlns="{_PACKAGE}/content-types"/>'
    if name.endswith(".rels"):
        return f'<Relationships xmlns="{_PACKAGE}/relationships"/>'
    return f'<Properties xmlns="{_OFFICE}/custom-properties" xmlns:vt="{_OFFICE}/docPropsVTypes"/>'


def _put_out(parts: _Parts) -> None:
    """Remove what an earlier export has left, with all that points to it."""
    for name in [name for name in parts if _ITEM.fullmatch(name.casefold()) and _is_ours(parts, name)]:
        links = f"customXml/_rels/{posixpath.basename(name)}.rels"
        gone = {name, links, *(_target(link, "customXml") for link in _elements(parts.root(links)))}
        for each in gone:
            parts.drop(each)
        for element in list(_elements(parts.tree(_CONTENT_TYPES))):
            if element.get("PartName", "").removeprefix("/") in gone:
                parts.tree(_CONTENT_TYPES).remove(element)
        for element in list(_elements(parts.tree(_LINKS))):
            if _target(element, "word") in gone:
                parts.tree(_LINKS).remove(element)
    name = _properties(parts)
    if any(map(_is_mark, _elements(parts.root(name)))):
        root = parts.tree(name)
        for item in list(filter(_is_mark, _elements(root))):
            root.remove(item)


def _is_ours(parts: _Parts, name: str) -> bool:
    return bool(parts.root(name).tag == f"{{{_NAMESPACE}}}report")


def _is_mark(item: Any) -> bool:
    return bool(item.get("name", "").casefold() == _NAME)


def _elements(root: Any) -> Iterator[Any]:
    """What stands in a part, without its comments and processing instructions, which have no attributes."""
    yield from root.iterchildren("*")


def _put_part(parts: _Parts, data: str) -> None:
    taken = {int(found[1]) for name in parts if (found := _ITEM.fullmatch(name.casefold()))}
    number = min(set(range(1, len(taken) + 2)) - taken)
    item, props = f"customXml/item{number}.xml", f"customXml/itemProps{number}.xml"
    parts.add(item, f'<report xmlns="{_NAMESPACE}">{data}</report>')
    store = f'ds:itemID="{_STORE}"><ds:schemaRefs><ds:schemaRef ds:uri="{_NAMESPACE}"/></ds:schemaRefs>'
    parts.add(props, f'<ds:datastoreItem xmlns:ds="{_OFFICE}/customXml" {store}</ds:datastoreItem>')
    link = f'Id="rId1" Type="{_LINK}/customXmlProps" Target="itemProps{number}.xml"'
    links = f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship {link}/></Relationships>'
    parts.add(f"customXml/_rels/item{number}.xml.rels", links)
    _type(parts, "Default", "Extension", "xml", "application/xml")
    _type(parts, "Override", "PartName", f"/{props}", f"{_KIND}.customXmlProperties+xml")
    _link(parts, _LINKS, f"{_LINK}/customXml", f"../{item}")


def _put_property(parts: _Parts, mark: str) -> None:
    name = _properties(parts)
    if name not in set(parts):
        _type(parts, "Override", "PartName", f"/{name}", f"{_KIND}.custom-properties+xml")
        _link(parts, _ROOT_LINKS, f"{_LINK}/custom-properties", name)
    root = parts.tree(name)
    pids = [int(item.get("pid")) for item in _elements(root) if item.get("pid", "").isdecimal()]
    fmtid = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
    item = etree.SubElement(root, f"{_PROPERTY}property", fmtid=fmtid, pid=str(max([1, *pids]) + 1), name=_NAME)
    etree.SubElement(item, f"{{{_OFFICE}/docPropsVTypes}}lpwstr").text = mark


def _properties(parts: _Parts) -> str:
    """The part of the custom properties, or the one that would hold them."""
    kind = f"{_LINK}/custom-properties"
    found = (_target(element, "") for element in _elements(parts.root(_ROOT_LINKS)) if element.get("Type") == kind)
    return next(found, "docProps/custom.xml")


def _link(parts: _Parts, name: str, kind: str, target: str) -> None:
    """A relationship more, under an id that is free."""
    root = parts.tree(name)
    taken = {element.get("Id") for element in _elements(root)}
    free = next(id_ for n in range(1, len(taken) + 2) if (id_ := f"rIdXlreport{n}") not in taken)
    etree.SubElement(root, f"{_RELATION}Relationship", Id=free, Type=kind, Target=target)


def _type(parts: _Parts, tag: str, key: str, value: str, content_type: str) -> None:
    root = parts.tree(_CONTENT_TYPES)
    same = (element for element in root.iter(f"{_TYPES}{tag}") if element.get(key, "").casefold() == value.casefold())
    element = next(same, None)
    if element is None:
        element = etree.SubElement(root, f"{_TYPES}{tag}", {key: value})
    element.set("ContentType", content_type)


def _target(element: Any, base: str) -> str:
    """The part that a relationship means, from the folder of its source."""
    target = str(element.get("Target", ""))
    return target.removeprefix("/") if target.startswith("/") else posixpath.normpath(posixpath.join(base, target))
