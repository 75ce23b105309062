"""The desk of the extension: one click at a time, and whatever becomes of the worker is told."""

from __future__ import annotations

import queue
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any, BinaryIO

import pytest

from tests.host.libreoffice.extension import unpacked
from xlreport.host.libreoffice.package import Settings
from xlreport.messages import say

# ruff: noqa: ARG002, D102 - the office in place of the real one has its members and arguments

HANGING = 60.0
SETTINGS = Settings(python="python", path="", version="1.0", log="", timeout=HANGING, idle=HANGING)

WORKER = """
import sys
def ask(line):
    print(line, flush=True)
    return sys.stdin.readline().strip()
while True:
    action = ask("next")
    if not action:
        break
    {}
    ask("message done " + action)
"""
"""A worker in few words; what it does at a click is put in."""


def serve(source: BinaryIO, sink: BinaryIO, verbs: Mapping[str, Callable[..., Any]]) -> None:
    """In place of the bridge: a line is a request, and so is the answer."""
    for line in source:
        word, _, text = line.decode().strip().partition(" ")
        answer = (verbs["next_click"]() or ("",))[0] if word == "next" else verbs["message"](text, "info", "ok")
        sink.write(f"{answer}\n".encode())
        sink.flush()


class Office:
    """In place of LibreOffice: what is said is kept."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self.told: list[str] = []
        self.restored: list[tuple[object, object]] = []
        self.held = 0
        self.alive = True
        self.heard: queue.Queue[str] = queue.Queue()

    def hold(self, document: object, action: str) -> str:
        self.held += 1
        return "as it was"

    def release(self, document: object) -> None:
        self.held -= 1

    def restore(self, document: object, before: object) -> bool:
        self.restored.append((document, before))
        return self.alive

    def word(self, document: object, text: str) -> None:
        self.words.append(text)

    def tell(self, document: object, text: str) -> None:
        self.told.append(text)
        self.heard.put(text)

    def ask(self, document: object, text: str, kind: str, buttons: str) -> str:
        self.tell(document, text)
        return "ok"


class Setting:
    """A desk whose workers run the code `at_click` at each click."""

    def __init__(self, module: Any, settings: Settings) -> None:
        self.office = Office()
        self.at_click = "pass"
        self.workers: list[subprocess.Popen[bytes]] = []
        self.settings = settings
        self.desk = module.Desk(asdict(settings), self.office, serve, self._start)

    def _start(self, settings: object) -> subprocess.Popen[bytes]:
        code = WORKER.format(self.at_click)
        worker = subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.workers.append(worker)
        return worker

    def hear(self) -> str:
        """The next message."""
        return self.office.heard.get(timeout=HANGING)

    def rest(self) -> None:
        """Wait until the click is over; it holds nothing then."""
        ended = threading.Event()
        while self.desk.busy:
            ended.wait(0.01)
        assert self.office.held == 0, "a click that has ended holds nothing"

    def say(self, key: str) -> str:
        return say(f"extension.{key}", **asdict(self.settings))


@pytest.fixture
def setting(tmp_path: Path) -> Iterator[Callable[..., Setting]]:
    made: list[Setting] = []
    settings = replace(SETTINGS, log=str(tmp_path / "log" / "addin.log"))
    with unpacked(settings, tmp_path / "extension") as module:

        def make(**others: Any) -> Setting:
            made.append(Setting(module, replace(settings, **others)))
            return made[-1]

        yield make
        for setting in made:
            setting.desk.close()
            for worker in setting.workers:
                worker.wait(HANGING)


def test_one_worker_for_many_clicks(setting):
    """The worker of the first click does the next ones too, and the status bar is given back after each."""
    here = setting()
    for action in ("validate", "draft"):
        here.desk.click(action, "a")
        assert here.hear() == f"done {action}"
        here.rest()
    assert len(here.workers) == 1
    assert here.office.words == [here.say("running"), "", here.say("running"), ""]


def test_second_click(setting):
    """A click while one runs is ignored with a word in the status bar."""
    here = setting()
    here.at_click = "ask('message first')"
    here.desk.click("validate", "a")
    here.desk.click("export", "a")
    assert here.hear() == "first"
    assert here.hear() == "done validate"
    here.rest()
    assert here.office.words == [here.say("running"), here.say("busy"), ""]
    assert here.office.told == ["first", "done validate"]


def test_no_python(setting, monkeypatch):
    """Without the interpreter a sentence names it and the log; the next click tries again."""
    here = setting(python="/nowhere/python")
    monkeypatch.setattr(here.desk, "_start", lambda _: subprocess.Popen(["/nowhere/python"]))
    for _ in range(2):
        here.desk.click("validate", "a")
        assert here.hear() == here.say("no_python")
        here.rest()
    assert "/nowhere/python" in here.office.told[0]
    assert here.settings.log in here.office.told[0]


def test_other_version(setting):
    """A worker that says it is of another version is told apart from one that fails."""
    here = setting()
    here.at_click = ""
    here.desk._start = lambda _: subprocess.Popen(
        [sys.executable, "-c", "import sys; sys.exit(4)"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    here.desk.click("validate", "a")
    assert here.hear() == here.say("other_version")


@pytest.mark.parametrize("at_click", ["sys.exit(3)", "import os; os.abort()", "raise ValueError"])
def test_worker_dies(setting, at_click):
    """A worker that dies at work: what it held open is put back, it is told, and the next click has a new one."""
    here = setting()
    here.at_click = at_click
    here.desk.click("validate", "a")
    assert here.hear() == here.say("ended")
    assert here.office.restored == [("a", "as it was")]
    here.rest()
    here.at_click = "pass"
    here.desk.click("validate", "a")
    assert here.hear() == "done validate"


def test_document_closed(setting):
    """Where the workbook was closed meanwhile, that is what is told."""
    here = setting()
    here.at_click, here.office.alive = "sys.exit(3)", False
    here.desk.click("validate", "a")
    assert here.hear() == here.say("closed")


def test_late(setting):
    """A worker without an end is ended, and the sentence says after how long."""
    here = setting(timeout=1.0)
    here.at_click = "import time; time.sleep(600)"
    here.desk.click("validate", "a")
    assert here.hear() == here.say("late")
    here.rest()
    assert here.workers[0].wait(HANGING) != 0
    assert here.office.restored == [("a", "as it was")]


def test_idle(setting):
    """A worker with nothing to do ends by itself, and the next click starts another."""
    here = setting(idle=0.1)
    for number in (1, 2):
        here.desk.click("validate", "a")
        assert here.hear() == "done validate"
        here.rest()
        assert here.workers[-1].wait(HANGING) == 0
        assert len(here.workers) == number
    assert not here.office.restored


def test_idle_worker_dies(setting):
    """A worker that dies with nothing to do is no news; the next click has a new one."""
    here = setting()
    here.desk.click("validate", "a")
    here.hear()
    here.rest()
    here.workers[0].kill()
    here.workers[0].wait(HANGING)
    here.desk.click("draft", "a")
    assert here.hear() == "done draft"
    here.rest()
    assert here.office.told == ["done validate", "done draft"]


def test_close(setting):
    """When LibreOffice ends, the worker ends, and nothing more is said."""
    here = setting()
    here.at_click = "ask('message at work'); import time; time.sleep(600)"
    here.desk.click("validate", "a")
    here.hear()
    here.desk.close()
    here.workers[0].wait(HANGING)
    assert here.office.told == ["at work"]


def test_log(setting, tmp_path):
    """The log tells clicks and ends of workers."""
    here = setting()
    here.at_click = "sys.exit(3)"
    here.desk.click("validate", "a")
    here.hear()
    lines = Path(here.settings.log).read_text(encoding="utf-8").splitlines()
    assert [line.split(" ", 2)[2] for line in lines] == ["extension validate", "extension worker ended: 3"]
