"""The worker, as the extension starts it."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from xlreport import __version__
from xlreport.host.libreoffice.worker import OTHER_VERSION

HANGING = 60.0


def started(*arguments: str, given: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "xlreport.host.libreoffice.worker", *arguments]
    return subprocess.run(
        command, input=given, capture_output=True, text=True, encoding="utf-8", timeout=HANGING, check=False
    )


def test_other_version():
    """A worker of another version says so by its exit code and in the log, before anything heavy is imported."""
    done = started("--version", "0.0.9")
    assert done.returncode == OTHER_VERSION
    assert "0.0.9" in done.stderr
    assert __version__ in done.stderr
    assert done.stdout == ""


def test_same_exit_code(tmp_path):
    """The extension knows the same exit code."""
    from tests.host.libreoffice.extension import unpacked
    from xlreport.host.libreoffice.package import own_settings

    with unpacked(own_settings(), tmp_path) as desk:
        assert desk.worker.OTHER_VERSION == OTHER_VERSION


def test_asks_for_a_click():
    """It asks for the next click, and ends when there is none."""
    done = started("--version", __version__, given="[true, []]\n")
    assert json.loads(done.stdout)[:3] == ["verb", 0, "next_click"]
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("said", ["", "no JSON\n"])
def test_bridge_ends(said):
    """Where nobody answers, or nothing sensible, it ends, with a word in the log."""
    done = started("--version", __version__, given=said)
    assert done.stderr
    assert done.returncode in (0, 1)
