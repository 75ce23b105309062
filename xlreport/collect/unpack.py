"""A zip of reports: unpacked within the same bounds as a workbook, its files under names of our own."""

from __future__ import annotations

import hashlib
import json
from calendar import timegm
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from xlreport.collect.walk import EMPTY, REPORTS, ZIP, Found, why_refused, why_skipped
from xlreport.collect.work import Task
from xlreport.errors import InputError, OutputError, reason
from xlreport.rules.explain import SUFFIX
from xlreport.safe.load import load
from xlreport.safe.zips import Entry, Package, open_zip

_OF_A_ZIP = {
    **dict.fromkeys((f"safe.{name}" for name in ("not_zip", "password", "xls", "doc", "ole")), "collect.zip.no_zip"),
    **{f"safe.{name}": f"collect.zip.{name}" for name in ("encrypted", "method", "damaged")},
}
"""What is said of a workbook that is no sound zip, and what of a zip."""


@dataclass(frozen=True, slots=True)
class Unpack:
    """Unpacks a zip into a folder below `folder`. Its files get numbers for names: theirs are a stranger's."""

    folder: Path

    def __call__(self, task: Task) -> bytes:
        """A list of what is in it, or why it was refused, as JSON."""
        try:
            content = load(Path(task.path))
            package = open_zip(content)
        except InputError as error:
            error.values = {name: task.name if name == "path" else value for name, value in error.values.items()}
            error.key = _OF_A_ZIP.get(error.key, error.key)
            return json.dumps({"message": error.tell("zh"), "english": error.tell("en")}).encode()
        try:
            return json.dumps({"files": self._written(task, content, package)}).encode()
        except OSError as error:
            refused = OutputError("files.refused", path=self.folder, reason=reason(error))
            return json.dumps({"message": refused.tell("zh"), "english": refused.tell("en")}).encode()

    def _written(self, task: Task, content: bytes, package: Package) -> list[dict[str, Any]]:
        target = self.folder / hashlib.sha256(task.name.encode() + content).hexdigest()[:24]
        target.mkdir(parents=True, exist_ok=True)
        parts = {_name(entry): part for entry in package.entries if (part := package.parts.get(entry.name)) is not None}
        explained = {name.removesuffix(SUFFIX): part for name, part in parts.items() if name.endswith(SUFFIX)}
        files: list[dict[str, Any]] = []
        for number, entry in enumerate(package.entries):
            if entry.name.endswith("/"):
                continue
            name, suffix = _name(entry), PurePosixPath(_name(entry)).suffix.lower()
            path = target / f"{number}{suffix if suffix in REPORTS else ''}"
            path.write_bytes(package.parts[entry.name])
            if suffix in REPORTS and (beside := explained.get(name[: -len(suffix)])) is not None:
                path.with_name(path.stem + SUFFIX).write_bytes(beside)
            empty = not package.parts[entry.name]
            files.append({"name": name, "path": str(path), "empty": empty, "arrived": timegm((*entry.date, 0, 0, 0))})
        return files


def members(found: Found, reply: dict[str, Any]) -> list[Found]:
    """The files of a zip that was unpacked, their names under that of the zip."""
    return [
        Found(f"{found.name}/{one['name']}", Path(one["path"]), one["arrived"], *_unread(one))
        for one in sorted(reply["files"], key=lambda one: str(one["name"]))
    ]


def _unread(one: Mapping[str, Any]) -> tuple[str, str]:
    """Why a member is skipped, or why it is refused."""
    whole = str(one["name"])
    name = whole.rpartition("/")[2]
    if whole.startswith("__MACOSX/"):
        return "collect.hidden", ""
    if skipped := why_skipped(name, (*REPORTS, ZIP)) or (EMPTY if one["empty"] else ""):
        return skipped, ""
    return "", "collect.zip.within" if name.lower().endswith(ZIP) else why_refused(name)


def _name(entry: Entry) -> str:
    """The name as its maker saw it: what a zip does not declare as UTF-8 was written by Windows in GBK."""
    try:
        raw = entry.name.encode("cp437")
    except UnicodeEncodeError:
        return entry.name
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return entry.name
