"""What LibreOffice, or this engine, cannot do, says so."""

from __future__ import annotations

import inspect
from typing import Any, TypeVar

Class = TypeVar("Class", bound=type)

REASON = "{what} is not supported by the LibreOffice engine. The UNO object behind `.api` may be able to do it."

NEVER_ASKED = ("rows", "columns", "get_async_pipeline_overrides")
"""Members that xlwings itself supplies, or asks of its own engines only."""


def whole(cls: Class) -> Class:
    """Give every member that xlwings' base class has, and `cls` has not, a NotImplementedError with a sentence.

    What is asynchronous belongs to xlwings Lite only and says so itself.
    """
    base = next(ancestor for ancestor in cls.__mro__ if ancestor.__module__ == "xlwings.base_classes")
    refused = []
    for name in dir(base):
        if name.startswith("_") or name in NEVER_ASKED or _defined(cls, base, name):
            continue
        member = inspect.getattr_static(base, name)
        if isinstance(member, property) and _refuses(member.fget):
            setattr(cls, name, refusing_property(f"{cls.__name__}.{name}"))
            refused.append(name)
        elif inspect.isfunction(member) and not inspect.iscoroutinefunction(member) and _refuses(member):
            setattr(cls, name, _method(f"{cls.__name__}.{name}()"))
            refused.append(name)
    type.__setattr__(cls, "refused", tuple(refused))
    return cls


def _defined(cls: type, base: type, name: str) -> bool:
    """Whether a class of ours defines the member."""
    return any(name in vars(ancestor) for ancestor in cls.__mro__[: cls.__mro__.index(base)])


def _refuses(member: Any) -> bool:
    """Whether the base class only raises; a few methods there do work, on others."""
    names = member.__code__.co_names
    return bool(names) and names[0] == "NotImplementedError"


def refuse(what: str) -> NotImplementedError:
    """The error for a member."""
    return NotImplementedError(REASON.format(what=what))


def refusing_property(what: str) -> property:
    """A property that can be neither read nor set."""

    def raising(*_: object) -> None:
        raise refuse(what)

    return property(raising, raising)


def _method(what: str) -> Any:
    def raising(*_: object, **__: object) -> None:
        raise refuse(what)

    return raising
