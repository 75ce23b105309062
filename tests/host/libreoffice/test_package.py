"""The extension as a file: the same bytes, complete, for old Pythons."""

from __future__ import annotations

import ast
import io
import json
import xml.etree.ElementTree as ET
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from xlreport import __version__
from xlreport.host.libreoffice.package import BRIDGE, MODULES, SOURCES, Settings, build, own_settings
from xlreport.messages import sentences
from xlreport.workbook.build.buttons import BUTTONS

SETTINGS = Settings(python="/opt/蟒蛇 3/bin/python", path="", version="1.2.3", log="/tmp/a.log")
OURS = [*SOURCES.rglob("*.py"), BRIDGE, BRIDGE.with_name("deploy.py")]
MANIFEST = "{http://openoffice.org/2001/manifest}"
REGISTRY = "{http://openoffice.org/2001/registry}"


def parts(settings: Settings) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(build(settings))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def values(part: bytes, name: str) -> list[str]:
    """What the configuration gives to properties of this name."""
    found = ET.fromstring(part).iter("prop")
    return [prop.findtext("value", "") for prop in found if prop.get(f"{REGISTRY}name") == name]


def test_reproducible():
    """The same settings give the same bytes, other settings other bytes."""
    assert build(SETTINGS) == build(SETTINGS)
    assert build(SETTINGS) != build(replace(SETTINGS, version="1.2.4"))


def test_complete():
    """All that the manifest names is there; the settings, the sentences and the bridge are put in."""
    made = parts(SETTINGS)
    for entry in ET.fromstring(made["META-INF/manifest.xml"]):
        path = str(entry.get(f"{MANIFEST}full-path"))
        assert any(name == path or name.startswith(path) for name in made), path
    assert json.loads(made[f"{MODULES}/settings.json"])["python"] == SETTINGS.python
    assert b'"1.2.3"' in made["description.xml"]
    assert made[f"{MODULES}/bridge.py"] == BRIDGE.read_bytes()
    words = json.loads(made[f"{MODULES}/words.json"])
    assert words == {language: sentences("extension", language) for language in ("zh", "en")}
    assert not [name for name in made if name.endswith(".pyc")]


def test_own_settings():
    """The interpreter and the log are absolute paths, and the version is ours."""
    settings = own_settings()
    assert Path(settings.python).is_absolute()
    assert Path(settings.log).is_absolute()
    assert settings.version == __version__


def test_menu_and_toolbar():
    """Menu and toolbar have the buttons of the sheet under the same words, and 帮助; the scripts have each of them."""
    made = parts(SETTINGS)
    actions = [name.removeprefix("xlr_") for name in BUTTONS] + ["help"]
    assert values(made["Addons.xcu"], "Title") == ["年报", *2 * [*BUTTONS.values(), "帮助"]]
    assert values(made["Addons.xcu"], "URL") == 2 * [f"service:org.xlreport.Click?{action}" for action in actions]
    basic = made["Xlreport/Buttons.xba"].decode()
    assert all(f'Sub {action.title()}\n  Click "{action}"' in basic for action in actions)


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.name)
def test_old_pythons(path):
    """What runs in LibreOffice's own Python is written for 3.7, with the standard library and uno only."""
    import sys

    tree = ast.parse(path.read_text(encoding="utf-8"), feature_version=(3, 7))
    known = {*sys.stdlib_module_names, "uno", "unohelper", "com", "bridge", "xlreport_office"}
    for node in ast.walk(tree):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        names += [str(node.module)] if isinstance(node, ast.ImportFrom) else []
        assert {name.split(".")[0] for name in names} <= known
