"""What all tests share: the real cases beside the project, and a real LibreOffice where there is one."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.internal.conjecture import providers

# The same examples at every run, so that a red run means a change; `--hypothesis-profile=default` looks further,
# and `first` stops at the first that fails (tools/mutation.py needs no smallest one).
settings.register_profile("steady", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("first", settings.get_profile("steady"), phases=[Phase.explicit, Phase.generate])
settings.load_profile("steady")
# Else Hypothesis tries numbers and words of whatever modules are loaded by then, which differs with the tests that run.
providers._get_local_constants = lambda: providers._local_constants

HANGING = 60.0
"""Seconds after which hostile input has won; how fast we are is for the benchmarks."""

SHARED = Path(__file__).parents[2] / "shared"
"""The developers' folder of real reports; a clone of the project alone does not have it."""


@pytest.fixture(scope="session")
def shared() -> Path:
    if not (SHARED / "cases").is_dir():
        pytest.skip("needs ../shared (real published reports), which only the developers' machines have")
    return SHARED


@pytest.fixture(scope="session")
def soffice(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Convert files by a real LibreOffice with a profile of its own: (source, format, folder, *others) → the first."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("needs LibreOffice (`make test` as root installs it)")
    profile = tmp_path_factory.mktemp("profile")

    def convert(source: Path, format_: str, folder: Path, *others: Path) -> Path:
        folder.mkdir(parents=True, exist_ok=True)
        command = [program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to", format_]
        command += ["--outdir", str(folder), str(source), *map(str, others)]
        subprocess.run(command, check=True, capture_output=True, timeout=180)
        target = folder / f"{source.stem}.{format_.split(':', maxsplit=1)[0]}"
        assert target.is_file(), "LibreOffice ended well but wrote nothing"
        return target

    return convert
