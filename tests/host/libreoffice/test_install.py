"""Into LibreOffice and out of it again, in a profile of its own."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from xlreport import __version__
from xlreport.errors import ProgramError
from xlreport.host.libreoffice.install import install, remove, status
from xlreport.host.libreoffice.package import MODULES, NAME, own_settings

pytestmark = pytest.mark.office


@pytest.fixture(scope="module")
def profile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for the profile, its name as difficult as a user's."""
    if shutil.which("soffice") is None:
        pytest.skip("needs LibreOffice (`make test` as root installs it)")
    return tmp_path_factory.mktemp("profile") / "用户 配置（一）"


def test_in_and_out(profile):
    """Installed, replaced by another version, removed; status tells each, and problems with what to do."""
    assert not status(profile).installed
    assert not remove(profile).installed
    installed = install(profile)
    assert installed == status(profile)
    assert (installed.installed, installed.version, installed.problem) == (True, __version__, None)
    assert installed.path is not None
    assert (installed.path / "description.xml").is_file()

    other = install(profile, replace(own_settings(), version="0.0.9"))
    assert other.version == "0.0.9"
    assert other.problem is not None
    assert other.problem.key == "addin_libreoffice.other_version"
    gone = install(profile, replace(own_settings(), python="/nowhere/python"))
    assert gone.problem is not None
    assert gone.problem.key == "addin_libreoffice.no_python"

    removed = remove(profile)
    assert not removed.installed
    assert removed == status(profile)


@pytest.mark.parametrize("left", [None, "", "{"])
def test_settings_that_are_damaged(tmp_path, left):
    """What an installation that broke off has left is a problem with what to do, and no exception."""
    cache = tmp_path / "user" / "uno_packages" / "cache"
    registry = cache / "registry" / "com.sun.star.comp.deployment.bundle.PackageRegistryBackend"
    modules = cache / "uno_packages" / "x.tmp_" / NAME / MODULES
    registry.mkdir(parents=True)
    modules.mkdir(parents=True)
    url = f"vnd.sun.star.expand:$UNO_USER_PACKAGES_CACHE/uno_packages/x.tmp_/{NAME}"
    (registry / "backenddb.xml").write_text(f'<extension url="{url}"/>', encoding="utf-8")
    if left is not None:
        (modules / "settings.json").write_text(left, encoding="utf-8")
    found = status(tmp_path)
    assert found.installed
    assert found.problem is not None
    assert found.problem.key == "addin_libreoffice.no_python"


def test_running(profile, tmp_path):
    """While a LibreOffice runs on the profile, nothing is installed, and it goes on running."""
    install(profile)
    command = ["soffice", "--headless", "--norestore", f"-env:UserInstallation={profile.as_uri()}"]
    office = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    try:
        while not (profile / ".lock").exists():
            assert office.poll() is None
        for change in (install, remove):
            with pytest.raises(ProgramError) as caught:
                change(profile)
            assert caught.value.key == "addin_libreoffice.running"
        assert office.poll() is None
    finally:
        os.killpg(office.pid, signal.SIGKILL)
        office.wait()
    assert status(profile).installed
