"""Whether a LibreOffice holds a profile."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from xlreport.errors import ProgramError
from xlreport.host.libreoffice import lock
from xlreport.host.libreoffice.install import install, remove, status
from xlreport.host.libreoffice.lock import holder

HERE = socket.gethostname()


def left(profile: Path, **more: str) -> Path:
    """A profile with a lock as LibreOffice writes it."""
    told = {"IPCServer": "true", "User": "root", "Host": HERE, "Stamp": "0123456789ABCDEF", **more}
    profile.mkdir(exist_ok=True)
    lines = "".join(f"{key}={value}\n" for key, value in told.items())
    (profile / ".lock").write_text(f"[Lockdata]\n{lines}", encoding="utf-8")
    return profile


def running(monkeypatch: pytest.MonkeyPatch, *commands: list[str] | None) -> None:
    monkeypatch.setattr(lock, "_offices", lambda: None if commands == (None,) else list(commands))


def test_who_holds_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A lock holds while a LibreOffice of this profile runs; another profile's, or none, has left it behind."""
    profile = left(tmp_path / "用户 配置")
    own, other = (f"-env:UserInstallation={path.as_uri()}" for path in (profile, tmp_path / "b"))
    for commands, default, held in (
        ([], False, False),
        ([["/usr/lib/soffice.bin", "--headless", own]], False, True),
        ([["/usr/lib/soffice.bin", other]], False, False),
        ([["/usr/lib/soffice.bin"]], False, False),
        ([["/usr/lib/soffice.bin"]], True, True),
        ([None], False, True),
    ):
        running(monkeypatch, *commands)
        assert bool(holder(profile, default=default)) is held, commands
    running(monkeypatch)
    assert holder(tmp_path / "b", default=True) is None


@pytest.mark.parametrize("more", [{"Host": "别处"}, {"Host": ""}, {"IPCServer": "false"}])
def test_what_libreoffice_would_not_take_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, more: dict[str, str]
) -> None:
    """A lock of another machine, or one that does not say, holds whatever runs here; so does one half written."""
    running(monkeypatch)
    found = holder(left(tmp_path, **more), default=True)
    assert found is not None
    assert found.elsewhere is (more.get("Host") == "别处")
    (tmp_path / ".lock").write_bytes(b"Host\xff")
    assert holder(tmp_path, default=True) is not None


def test_elsewhere_is_told(tmp_path: Path) -> None:
    """A profile in use on another machine is told with the machine, the user and the file; nothing is started."""
    if shutil.which("soffice") is None:
        pytest.skip("needs LibreOffice (`make test` as root installs it)")
    profile = left(tmp_path, Host="office-7", User="li")
    with pytest.raises(ProgramError) as caught:
        install(profile)
    told = caught.value.tell()
    assert "office-7" in told
    assert "li" in told
    assert str(profile / ".lock") in told
    assert [path.name for path in tmp_path.iterdir()] == [".lock"]


@pytest.mark.office
@pytest.mark.skipif(sys.platform != "linux", reason="kills a process group")
def test_a_killed_office(tmp_path: Path) -> None:
    """After a LibreOffice was killed the buttons can be installed and removed, though its lock is still there."""
    profile = tmp_path / "用户 配置（一）"
    command = ["soffice", "--headless", "--norestore", f"-env:UserInstallation={profile.as_uri()}"]
    office = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    while not (profile / ".lock").exists():
        assert office.poll() is None
        time.sleep(0.1)
    assert holder(profile, default=False) is not None
    os.killpg(office.pid, signal.SIGKILL)
    office.wait()
    assert (profile / ".lock").exists()
    assert install(profile).installed
    assert not remove(profile).installed
    assert not status(profile).installed
