"""What was noted beside the cells of a workbook (批注): comments, and the threads of newer Excel."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from xlreport.safe.xml import parse
from xlreport.safe.zips import Package
from xlreport.workbook.places import Layout

_KINDS = {"comments": "comment", "threadedComment": "threadedComment"}
"""How a relation's type ends → the element of one comment. A thread has a plain comment beside it, for older Excel."""


def comments(package: Package, skeleton: Layout) -> Iterator[tuple[str, str, str]]:
    """Sheet, cell and words of every comment, a thread as one. Raises InputError for parts that do not parse."""
    for sheet, part in skeleton.sheets.items():
        said: dict[str, dict[str, list[str]]] = {}
        for kind, target in _parts(package, part):
            for element in parse(target, package.parts[target]).iterfind(f".//{{*}}{kind}"):
                words = "".join(text.text or "" for text in element.iterfind("{*}text//{*}t"))
                words = words or element.findtext("{*}text") or ""
                said.setdefault(element.get("ref", "")[:20], {}).setdefault(kind, []).append(words.strip())
        for cell, found in said.items():
            yield sheet, cell, " ".join(found.get("threadedComment") or found["comment"])


def _parts(package: Package, part: str) -> Iterator[tuple[str, str]]:
    """The parts in which a sheet's comments are, each with what one is called in it."""
    folder, name = posixpath.split(part)
    relations = f"{folder}/_rels/{name}.rels"
    if relations not in package.parts:
        return
    for relation in parse(relations, package.parts[relations]).iterfind(".//{*}Relationship"):
        kind = _KINDS.get(relation.get("Type", "").rpartition("/")[2])
        target = posixpath.normpath(posixpath.join("/", folder, relation.get("Target", "")))[1:]
        if kind and target in package.parts:
            yield kind, target
