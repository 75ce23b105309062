"""What `xlreport addin install` has written into the extension: the interpreter, our version, the sentences."""

from __future__ import annotations

import json
import os
from pathlib import Path


def _read(name):
    return json.loads(Path(__file__).with_name(name).read_text(encoding="utf-8"))


SETTINGS = _read("settings.json")
"""python, path (a folder for PYTHONPATH, or ""), version, log, timeout and idle (seconds)."""

_SENTENCES = _read("words.json")


def say(key, **values):
    """A sentence of the catalogue, in the language of XLREPORT_LANG or in Chinese."""
    language = os.environ.get("XLREPORT_LANG", "zh")
    return _SENTENCES.get(language, _SENTENCES["zh"])[key].format(**values)
