"""The worker: a process of the interpreter that xlreport is installed in."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

OTHER_VERSION = 4
"""The exit code of a worker that belongs to another version of xlreport than the extension."""

FULL = 1_000_000
"""Bytes of the log, after which it begins anew; the one before is kept."""

ENDING = 5.0
"""Seconds that a worker has to end by itself when its streams are closed."""

_OFFICES_OWN = ("PYTHON", "LD_", "DYLD_", "URE_", "UNO_")


def start(settings):
    """A new worker, its standard input and output for the bridge, its errors in the log; OSError where it cannot."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(_OFFICES_OWN)}
    environment["PYTHONIOENCODING"] = "utf-8"
    if settings["path"]:
        environment["PYTHONPATH"] = settings["path"]
    # -P: a folder that happens to be the current one is not a place to import from.
    command = [settings["python"], "-P", "-m", "xlreport.host.libreoffice.worker", "--version", settings["version"]]
    with open_log(settings["log"]) as log:
        return subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            env=environment,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0) if sys.platform == "win32" else 0,
        )


def end(process):
    """The exit code of a worker whose streams are at their end; one that does not end is killed."""
    process.stdout.close()
    try:
        process.stdin.close()
    except OSError:  # it has gone already, with something still to be written
        pass
    try:
        return process.wait(ENDING)
    except subprocess.TimeoutExpired:
        process.kill()
        return process.wait()


def open_log(path):
    """The log, for appending."""
    file = Path(path)
    file.parent.mkdir(parents=True, exist_ok=True)
    if file.exists() and file.stat().st_size > FULL:
        file.replace(file.with_name(file.name + ".1"))
    return file.open("ab")


def note(path, *words):
    """A line in the log."""
    line = " ".join([time.strftime("%Y-%m-%d %H:%M:%S"), "extension", *map(str, words)])
    try:
        with open_log(path) as log:
            log.write((line + "\n").encode("utf-8", "replace"))
    except OSError:  # a click does not fail because its log does
        pass
