"""Excel's COM members, on a recording double: a real Excel is for the smoke test in docs/."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from tests.host.excel.double import Application, Worksheet, book, com_error
from xlreport.errors import HostError
from xlreport.host.excel.host import PATIENCE, ExcelHost
from xlreport.host.host import host_of

REJECTED, EDITING, GONE = -2147418111, -2146777998, -2147023174


class Clock:
    """Time that passes only while somebody sleeps."""

    def __init__(self) -> None:
        self.now = 0.0

    def sleep(self, seconds: float) -> None:
        """Let time pass."""
        self.now += seconds

    def __call__(self) -> float:
        """The time."""
        return self.now


def host(program: Application | None = None, **members: object) -> tuple[ExcelHost, Clock]:
    clock = Clock()
    return ExcelHost(book(program, **members), clock, clock.sleep), clock


def test_host_of() -> None:
    """A workbook of xlwings' engine for Excel has this host; another program's has none."""
    assert isinstance(host_of(book()), ExcelHost)
    other = book()
    other.app.engine = SimpleNamespace(name="calamine")
    with pytest.raises(HostError, match="calamine"):
        host_of(other)


def test_ready_at_once() -> None:
    """Nobody waits for an Excel that is ready."""
    own, clock = host()
    own.ready()
    assert clock.now == 0


@pytest.mark.parametrize("code", [None, REJECTED])
def test_busy_for_a_moment(code: int | None) -> None:
    """A busy Excel is asked again."""

    def answer() -> bool:
        if code is not None:
            raise com_error(code)
        return False

    own, clock = host(Application(3, answer))
    own.ready()
    assert 0 < clock.now < PATIENCE


@pytest.mark.parametrize("error", [com_error(REJECTED), com_error(-2147352567, EDITING)])
def test_edit_mode(error: Exception) -> None:
    """A cell that stays in edit mode ends in a plain sentence, after a bounded time."""

    def answer() -> bool:
        raise error

    own, clock = host(Application(10_000, answer))
    with pytest.raises(HostError, match="按回车键结束输入"):
        own.ready()
    assert PATIENCE < clock.now < PATIENCE + 1


def test_other_errors_are_not_hidden() -> None:
    """What is no sign of being busy is not waited for."""

    def answer() -> bool:
        raise com_error(GONE)

    own, clock = host(Application(3, answer))
    with pytest.raises(Exception, match=str(GONE)):
        own.ready()
    assert clock.now == 0


def test_explain() -> None:
    """Being busy and having gone have their sentences; a mistake of ours is not explained away."""
    own, _ = host()
    assert own.explain(com_error(REJECTED)).key == "host.busy"  # type: ignore[union-attr]
    assert own.explain(com_error(-2147352567, EDITING)).key == "host.busy"  # type: ignore[union-attr]
    assert own.explain(com_error(GONE)).key == "host.gone"  # type: ignore[union-attr]
    assert own.explain(KeyError("x")) is None
    assert own.explain(ValueError()) is None


def test_location() -> None:
    """The path or URL is Excel's own; an unsaved workbook has a name but no path."""
    assert host(FullName="工作簿1", Path="")[0].location() == ""
    for full in (r"C:\年报\a.xlsx", "https://d.docs.live.net/0123/a.xlsx"):
        assert host(FullName=full, Path="x")[0].location() == full


def test_read_only() -> None:
    """As Excel says."""
    assert host(ReadOnly=True)[0].read_only()
    assert not host(ReadOnly=False)[0].read_only()


def test_modified() -> None:
    """Excel says whether all is saved."""
    assert host(Saved=False)[0].modified()
    assert not host(Saved=True)[0].modified()


def test_lifted() -> None:
    """Protection is lifted without a question on the screen, and given back with every option that it had."""
    own, _ = host()
    sheet = Worksheet("表三", allowed=("AllowFormattingRows", "AllowSorting"), ProtectDrawingObjects=True)
    with own.lifted([sheet]):  # type: ignore[list-item]
        assert not sheet.ProtectContents
    assert [name for name, _ in sheet.calls] == ["Unprotect", "Protect"]
    assert sheet.calls[0] == ("Unprotect", "")
    assert sheet.ProtectContents
    assert sheet.ProtectDrawingObjects
    assert not sheet.ProtectScenarios
    assert set(sheet.allowed) == {"AllowFormattingRows", "AllowSorting"}


def test_an_open_sheet_stays_open() -> None:
    """A sheet without protection is left alone."""
    own, _ = host()
    sheet = Worksheet("表三", ProtectContents=False)
    with own.lifted([sheet]):  # type: ignore[list-item]
        pass
    assert sheet.calls == []


def test_protected_again_when_something_raises() -> None:
    """Whatever goes wrong in between."""
    own, _ = host()
    sheet = Worksheet("表三")
    with pytest.raises(ZeroDivisionError), own.lifted([sheet]):  # type: ignore[list-item]
        raise ZeroDivisionError
    assert sheet.ProtectContents


def test_a_password_of_ones_own() -> None:
    """A sheet with the user's password is named; those before it are protected again, and it was not touched."""
    own, _ = host()
    first, second = Worksheet("表二"), Worksheet("表三", password="秘密")
    with pytest.raises(HostError, match="“表三”用您自己的密码"), own.lifted([first, second]):  # type: ignore[list-item]
        raise AssertionError
    assert first.ProtectContents
    assert second.calls == [("Unprotect", "")]


def test_busy_while_lifting() -> None:
    """A rejected call is not taken for a password."""
    own, _ = host()
    sheet = Worksheet("表三")
    sheet.Unprotect = lambda _: (_ for _ in ()).throw(com_error(REJECTED))  # type: ignore[method-assign,assignment]
    with pytest.raises(Exception, match=str(REJECTED)) as caught, own.lifted([sheet]):  # type: ignore[list-item]
        raise AssertionError
    assert not isinstance(caught.value, HostError)


def test_one_sheet_that_refuses_does_not_leave_the_others_open() -> None:
    """Every sheet is protected again, also when Excel refuses one."""
    own, _ = host()
    first, second = Worksheet("表二"), Worksheet("表三")

    def refuse(**_: bool) -> None:
        raise com_error(REJECTED)

    first.Protect = refuse  # type: ignore[method-assign]
    with pytest.raises(Exception, match=str(REJECTED)), own.lifted([first, second]):  # type: ignore[list-item]
        pass
    assert second.ProtectContents


def test_names() -> None:
    """The workbook's own names; those of a single sheet are left out."""
    names = [("agency", "=基本信息!$B$4"), ("表三!Print_Area", "=表三!$A$1:$J$30"), ("bad", None)]
    opened = book()
    opened.names = [SimpleNamespace(name=name, refers_to=text) for name, text in names]
    assert list(ExcelHost(opened).names()) == [("agency", "=基本信息!$B$4"), ("bad", "")]
