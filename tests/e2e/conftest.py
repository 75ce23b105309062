"""A screen, a LibreOffice profile with the extension in it, and a workbook under a difficult name."""

from __future__ import annotations

import dataclasses
import shutil
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.calc import Calc, interpreter, quieten
from tests.e2e.desktop import Screen, missing, until
from xlreport.host.libreoffice.install import install
from xlreport.host.libreoffice.office import OfficeError
from xlreport.host.libreoffice.package import Settings, own_settings
from xlreport.host.libreoffice.programs import soffice

PICTURES = Path(__file__).parents[2] / "build" / "screenshots"

OWN: dict[str, Any] = {**dataclasses.asdict(own_settings()), "log": "/nowhere/addin.log"}

Open = Callable[..., Calc]


@pytest.fixture(scope="session")
def screen() -> Iterator[Screen]:
    if lacking := missing():
        pytest.skip(f"needs {', '.join(lacking)} (`make test` as root installs them)")
    screen = Screen()
    yield screen
    screen.close()


@pytest.fixture(scope="session")
def profiles(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Settings], Path]:
    """A profile with the extension of these settings, installed once."""
    try:
        soffice()
    except OfficeError:
        pytest.skip("needs LibreOffice (`make test` as root installs it)")
    if interpreter() is None:
        pytest.skip("needs a Python with uno (Debian: python3-uno)")
    made: dict[Settings, Path] = {}

    def profile(settings: Settings) -> Path:
        if settings not in made:
            made[settings] = tmp_path_factory.mktemp("profile") / "LibreOffice"
            state = install(made[settings], settings)
            assert state.installed
            quieten(made[settings])
        return made[settings]

    return profile


@pytest.fixture
def start(
    screen: Screen, profiles: Callable[[Settings], Path], tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[Open]:
    """(workbook, **settings) → LibreOffice with it; no process of ours may be left when it has ended."""
    opened: list[Calc] = []

    def open_(*arguments: object, **settings: object) -> Calc:
        log = tmp_path / "log" / "addin.log"
        folder = tmp_path / f"profile {len(opened)}"
        shutil.copytree(profiles(Settings(**{**OWN, **settings})), folder)
        for file in folder.rglob("settings.json"):
            file.write_text(file.read_text(encoding="utf-8").replace(OWN["log"], str(log)), encoding="utf-8")
        calc = Calc(screen, folder, log, *map(str, arguments))
        opened.append(calc)
        return calc

    yield open_
    if request.node.rep_call.failed:
        screen.picture(PICTURES / f"failed-{request.node.name}.png")
    for calc in opened:
        calc.close()
        until(partial(_all_ended, calc), "our worker to end with LibreOffice")


def _all_ended(calc: Calc) -> bool:
    return not calc.workers()


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    """Where to put a workbook: blanks, brackets, Chinese."""
    folder = tmp_path / "测试 目录（一）"
    folder.mkdir()
    return folder / "2024 年报（送审 稿）.xlsx"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """A fixture can ask how its test went."""
    report = yield
    setattr(item, f"rep_{report.when}", report)
    return report
