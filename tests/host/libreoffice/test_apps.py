"""Offices: how they start, what they tell, and that none is left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
import xlwings as xw

from tests.e2e.desktop import HANGING, Screen, missing
from tests.host.libreoffice.conftest import running
from xlreport.errors import ProgramError
from xlreport.host import libreoffice
from xlreport.host.libreoffice import apps
from xlreport.host.libreoffice.programs import pythons, soffice
from xlreport.host.libreoffice.start import BRIDGE, PrivateOffice

SOON = 20.0
"""Seconds within which what must end has ended."""


def gone(*pids: int, folder: Path) -> bool:
    """Whether the processes and the folder go within the time."""
    deadline = time.monotonic() + SOON
    while time.monotonic() < deadline:
        if not any(running(pid) for pid in pids) and not folder.exists():
            return True
        time.sleep(0.05)
    return False


def private(app: xw.App) -> PrivateOffice:
    found: PrivateOffice = app.impl._private
    return found


def test_register(app):
    """The engine is registered once, whatever how often, and starts what xw.App() gives."""
    assert libreoffice.register() is libreoffice.register() is xw.engines["libreoffice"]
    assert [engine.name for engine in xw.engines].count("libreoffice") == 1
    assert app.engine.name == "libreoffice"
    assert app in list(xw.apps)
    assert xw.apps[app.pid] == app


def test_needs_no_uno():
    """Our interpreter imports no uno, and no xlwings.pro either."""
    code = "import sys; from xlreport.host import libreoffice; libreoffice.register(); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    modules = set(done.stdout.split())
    assert "uno" not in modules
    assert not {name for name in modules if name.startswith("xlreport.host.libreoffice.bridge")}


def test_told(app, book):
    """An app tells its version, its folder, whether it is seen; and remembers what it was told."""
    assert app.version.major >= 7
    assert Path(app.path).is_dir()
    assert app.visible is False
    assert app.calculation == "automatic"
    book.sheets[0]["A1:B1"].value = [1, "=A1"]
    app.calculation = "manual"
    book.sheets[0]["A1"].value = 2
    app.calculate()
    assert book.sheets[0]["B1"].value == 2
    app.calculation = "automatic"
    with pytest.raises(NotImplementedError, match="semiautomatic"):
        app.calculation = "semiautomatic"
    app.screen_updating = False
    assert app.screen_updating is False
    app.screen_updating = True
    assert app.screen_updating is True
    with app.properties(display_alerts=False, status_bar="核对中…"):
        assert app.status_bar == "核对中…"
        app.status_bar = "还在核对"
        assert app.status_bar == "还在核对"
    assert app.status_bar is False


def test_no_window(app, book, monkeypatch):
    """Without a window no message is shown and none can be asked for; nobody waits for a click."""
    with pytest.raises(NotImplementedError, match="window"):
        app.alert("x")
    monkeypatch.setattr(apps, "has_screen", lambda: True)
    with pytest.raises(NotImplementedError, match="visible=True"):
        app.visible = True


@pytest.mark.skipif(bool(missing()), reason="needs a screen (`make test` as root installs it)")
def test_one_after_the_other(tmp_path, app, monkeypatch):
    """An office with windows opens books one after the other, and does not hang at some of them."""
    path = tmp_path / "book.xlsx"
    made = app.books.add()
    made.save(path)
    made.close()
    screen = Screen()
    monkeypatch.setenv("DISPLAY", screen.environment["DISPLAY"])
    try:
        with xw.App(visible=True, add_book=False) as other:
            other.impl.office.patience = HANGING
            for _ in range(8):
                other.books.open(path).close()
    finally:
        screen.close()
        app.activate()


def test_quit(app):
    """After quit, soffice, bridge and profile are gone, unsaved books or not, and the next word is a sentence."""
    libreoffice.register().activate()
    other = xw.App(visible=False)
    office = private(other)
    pid = office.pid
    sheet = other.books[0].sheets[0]
    sheet["A1"].value = 1
    assert office.profile.is_dir()
    other.quit()
    assert gone(pid, office.bridge.pid, folder=office.profile)
    assert other not in list(xw.apps)
    with pytest.raises(ProgramError, match="关闭"):
        sheet["A1"].value  # noqa: B018
    other.quit()


def test_kill(app):
    """To kill an app is to end all at once."""
    other = xw.App(visible=False, add_book=False)
    office = private(other)
    pid = office.pid
    other.kill()
    assert gone(pid, office.bridge.pid, folder=office.profile)


def test_office_killed(app):
    """When soffice is killed meanwhile, the next word is a plain sentence, soon, and nothing is left."""
    other = xw.App(visible=False)
    office = private(other)
    pid = office.pid
    sheet = other.books[0].sheets[0]
    os.killpg(office.pid, signal.SIGKILL)
    with pytest.raises(ProgramError, match="意外退出"):
        sheet["A1"].value  # noqa: B018
    assert gone(pid, office.bridge.pid, folder=office.profile)
    assert other not in list(xw.apps)


def test_bridge_killed(app):
    """When the bridge is killed, so is its office."""
    other = xw.App(visible=False)
    office = private(other)
    pid = office.pid
    office.bridge.kill()
    with pytest.raises(ProgramError, match="意外退出"):
        other.books[0]
    assert gone(pid, office.bridge.pid, folder=office.profile)


def test_we_are_killed(tmp_path):
    """When our process is killed, soffice and bridge end and the profile goes."""
    code = (
        "import time, xlwings as xw; from xlreport.host import libreoffice\n"
        "libreoffice.register().activate(); p = xw.App(visible=False).impl._private\n"
        "print(p.pid, p.bridge.pid, p.profile, flush=True); time.sleep(600)"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        process.kill()
    pid, bridge, profile = line.split()
    assert gone(int(pid), int(bridge), folder=Path(profile))


def test_hanging(app):
    """An office that does not answer is given up after its time, with a sentence, and nothing is left."""
    other = xw.App(visible=False)
    office = private(other)
    pid = office.pid
    sheet = other.books[0].sheets[0]
    office.office.patience = 0.5
    os.killpg(office.pid, signal.SIGSTOP)
    with pytest.raises(ProgramError, match="没有回应"):
        sheet["A1"].value  # noqa: B018
    assert gone(pid, office.bridge.pid, folder=office.profile)


def test_threads(book):
    """Several threads may speak to an office."""
    sheet = book.sheets[0]
    failed = []

    def work(column):
        for row in range(10):
            sheet[row, column].value = row * column
            if sheet[row, column].value != row * column:
                failed.append((row, column))

    threads = [threading.Thread(target=work, args=(column,)) for column in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed


EXTENSION = """
import subprocess, sys, tempfile, uno
sys.path.insert(0, sys.argv[1])
import bridge
profile = tempfile.mkdtemp()
command = [sys.argv[2], "-env:UserInstallation=" + uno.systemPathToFileUrl(profile), "--headless", "--norestore"]
process = subprocess.Popen(command + ["--accept=pipe,name=" + sys.argv[3] + ";urp"], start_new_session=True)
context = bridge.connect(sys.argv[3], process)
source, sink = sys.stdin.buffer, sys.stdout.buffer
bridge.serve(context, source, sink, {"click": lambda name: [name, 1.5], "alert": lambda *of: len(of)})
bridge.end(process, context)
"""
"""What an extension does: it serves its office to a worker, with functions of its own."""


def test_adopted(app, tmp_path):
    """An office that is served on two streams is an App; the functions of the other side are at hand."""
    program = soffice()
    python = next(path for path in pythons(program) if speaks_uno(path))
    command = [str(python), "-c", EXTENSION, str(BRIDGE.parent), str(program), f"xlreport-test-{os.getpid()}"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        adopted = libreoffice.adopt(process.stdout, process.stdin, pid=process.pid)
        try:
            assert xw.apps.active == adopted
            assert adopted.pid == process.pid
            book = adopted.books.add()
            book.sheets[0]["A1"].value = [[1, "=A1+1"]]
            assert book.sheets[0]["A1:B1"].value == [1, 2]
            assert adopted.impl.office.verb("click", "校验", patience=None) == ("校验", 1.5)
            assert adopted.alert("x", buttons="ok") is None
            with pytest.raises(NotImplementedError, match="quit"):
                adopted.kill()
            book.close()
        finally:
            process.stdin.close()
        assert process.wait(SOON) == 0
    with pytest.raises(ProgramError, match="关闭"):
        adopted.books.add()
    app.activate()


def speaks_uno(python: Path) -> bool:
    return subprocess.run([python, "-c", "import uno"], capture_output=True, check=False).returncode == 0
