"""The client of the bridge: UNO objects of an office on the other side of a byte stream.

    office = Office(source, sink)
    desktop = office.service("com.sun.star.frame.Desktop")
    desktop.CurrentComponent.getURL()

On a `Remote`, a name with a capital is a property, any other a method; a method's result, and what it is given, may be
numbers, text, None, tuples, `Struct`, `Enum`, `Remote`. What LibreOffice raises arrives as `UnoError`.
"""

from __future__ import annotations

import contextlib
import json
import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import IO, Any

from xlreport.errors import ProgramError

PATIENCE = 300.0
"""Seconds that one request may take before the office counts as hanging."""


class OfficeError(ProgramError):
    """LibreOffice cannot be found or started, has gone, or does not answer."""


class UnoError(OfficeError):
    """LibreOffice refused; `type` is the name of the UNO exception, `message` what it said."""

    def __init__(self, type_: str, message: str) -> None:
        super().__init__("libreoffice.refused", type=type_, message=message)
        self.type = type_
        self.message = message


@dataclass(frozen=True, slots=True)
class Enum:
    """A value of a UNO enumeration."""

    type: str
    value: str


@dataclass(frozen=True, slots=True)
class Any_:  # noqa: N801 - UNO calls it so
    """A value with the UNO type it must have on the other side, e.g. `[]short`."""

    type: str
    value: Any


class Struct:
    """A UNO struct by value; its fields are attributes."""

    def __init__(self, type_: str, **fields: Any) -> None:
        self.type = type_
        self.__dict__.update(fields)

    @property
    def fields(self) -> dict[str, Any]:
        """The fields by name."""
        return {name: value for name, value in self.__dict__.items() if name != "type"}

    def __getattr__(self, name: str) -> Any:
        raise AttributeError(f"{self.type} has no {name}")

    def __repr__(self) -> str:
        return f"Struct({self.type!r}, {', '.join(f'{k}={v!r}' for k, v in self.fields.items())})"


class Remote:
    """An interface in the office."""

    _office: Office
    _number: int

    def __init__(self, office: Office, number: int) -> None:
        self.__dict__["_office"] = office
        self.__dict__["_number"] = number

    def __getattr__(self, name: str) -> Any:
        if name[0].isupper():
            return self._office.request("get", self._number, name, ())
        if name[0] == "_":
            raise AttributeError(name)
        return lambda *arguments: self._office.request("call", self._number, name, arguments)

    def __setattr__(self, name: str, value: Any) -> None:
        self._office.request("set", self._number, name, (value,))

    def __del__(self) -> None:
        self._office.forget(self._number)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self._number}>"


class Office:
    """An office served by the bridge on two byte streams.

    `gone` is called when the streams end or nothing answers within `patience` seconds.
    """

    def __init__(self, source: IO[bytes], sink: IO[bytes], *, patience: float = PATIENCE) -> None:
        self.patience = patience
        self.dead = False
        self._sink = sink
        self.gone: Callable[[], None] | None = None
        self._answers: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        self._forgotten: list[int] = []
        self._turn = threading.RLock()
        threading.Thread(target=self._read, args=(source,), daemon=True).start()
        self.context = Remote(self, 0)

    def _read(self, source: IO[bytes]) -> None:
        with contextlib.suppress(OSError, ValueError), contextlib.closing(source):
            for line in source:
                self._answers.put(line)
        self._answers.put(b"")

    def forget(self, number: int) -> None:
        """The next request tells the bridge that nobody holds this object any more."""
        if number:
            self._forgotten.append(number)

    def hear(self, patience: float | None) -> list[Any]:
        """The next line; None as patience waits for a person."""
        try:
            line = self._answers.get(timeout=patience)
        except queue.Empty:
            self.give_up()
            raise OfficeError("libreoffice.silent", seconds=round(patience or 0)) from None
        if not line:
            self.give_up()
            raise OfficeError("libreoffice.gone")
        heard: list[Any] = json.loads(line)
        return heard

    def _answer(self, patience: float | None) -> Any:
        done, *rest = self.hear(patience)
        if done:
            return self._decode(rest[0])
        if rest[0] == DISPOSED:
            self._probe()
            raise OfficeError("libreoffice.closed")
        if rest[0] == "AttributeError":
            raise AttributeError(rest[1])
        raise UnoError(*rest)

    def _probe(self) -> None:
        """A thing is gone; OfficeError "gone" if the office is too."""
        self._send("get", 0, "ServiceManager", (), [])
        if not self.hear(self.patience)[0]:
            self.give_up()
            raise OfficeError("libreoffice.gone")

    def give_up(self) -> None:
        """Nothing will come from this office any more."""
        if not self.dead:
            self.dead = True
            if self.gone is not None:
                self.gone()

    def request(
        self, operation: str, number: int, name: str, arguments: tuple[Any, ...], patience: float | None = -1
    ) -> Any:
        """Ask and wait for the answer."""
        with self._turn:
            if self.dead:
                raise OfficeError("libreoffice.gone")
            forgotten, self._forgotten = self._forgotten, []
            self._send(operation, number, name, arguments, forgotten)
            return self._answer(self.patience if patience == -1 else patience)

    def _send(self, operation: str, number: int, name: str, arguments: tuple[Any, ...], forgotten: list[int]) -> None:
        line = json.dumps([operation, number, name, [self._encode(item) for item in arguments], forgotten])
        try:
            self._sink.write(line.encode("ascii") + b"\n")
            self._sink.flush()
        except (OSError, ValueError):
            self.give_up()
            raise OfficeError("libreoffice.gone") from None

    def verb(self, name: str, *arguments: Any, patience: float | None = -1) -> Any:
        """Call a function of the bridge by name."""
        return self.request("verb", 0, name, arguments, patience)

    def service(self, name: str, *arguments: Any) -> Remote:
        """A new service of this name."""
        manager = self.context.getServiceManager()
        made: Remote = (
            manager.createInstanceWithArgumentsAndContext(name, arguments, self.context)
            if arguments
            else manager.createInstanceWithContext(name, self.context)
        )
        return made

    def _encode(self, value: Any) -> Any:  # noqa: PLR0911 - one line a type
        match value:
            case None | bool() | int() | float() | str():
                return value
            case tuple() | list():
                return [self._encode(item) for item in value]
            case Remote():
                return {"ref": value._number}  # noqa: SLF001 - the two are one thing
            case Struct():
                return {"struct": [value.type, {name: self._encode(item) for name, item in value.fields.items()}]}
            case Enum():
                return {"enum": [value.type, value.value]}
            case Any_():
                return {"any": [value.type, self._encode(value.value)]}
            case bytes():
                return {"bytes": value.hex()}
        message = f"UNO knows no {type(value).__name__}"
        raise TypeError(message)

    def _decode(self, value: Any) -> Any:
        match value:
            case list():
                return tuple(self._decode(item) for item in value)
            case {"ref": number}:
                return Remote(self, number)
            case {"struct": [type_, fields]}:
                return Struct(type_, **{name: self._decode(item) for name, item in fields.items()})
            case {"enum": [type_, name]}:
                return Enum(type_, name)
            case {"bytes": content}:
                return bytes.fromhex(content)
        return value


DISPOSED = "com.sun.star.lang.DisposedException"


def properties(**values: Any) -> tuple[Struct, ...]:
    """A sequence of PropertyValue."""
    return tuple(Struct("com.sun.star.beans.PropertyValue", Name=name, Value=value) for name, value in values.items())
