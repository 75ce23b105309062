"""Serves the UNO objects of LibreOffice over a byte stream, so that any Python can drive it.

Needs the standard library and `uno` only, and runs in LibreOffice's own Python (3.7 and later), never in ours. It has
two lives: as a script it starts a private soffice and serves it on stdin and stdout; inside an extension, `serve` runs
in a thread of soffice itself, where UNO calls cost nothing.

A request is one line of JSON, `[operation, object, name, arguments]`; the answer is one line, `[true, value]` or
`[false, type of the exception, message]`. Operations are `get`, `set`, `call` and `verb` (one of VERBS, which do in one
exchange what would take hundreds); every request may end with a list of objects that the client has forgotten. Object 0
is the component context. What JSON does not know is an object with a single key:

    {"ref": 7}                    an interface, by number        {"struct": [type, {field: value}]}
    {"enum": [type, value]}       {"type": name}                 {"bytes": hexadecimal}      {"any": [type, value]}
"""

from __future__ import annotations

import json
import os
import queue
import shutil
import signal
import subprocess
import sys
import threading
import time
from typing import Any

try:
    import uno
except ImportError:  # this interpreter is not LibreOffice's; the client tries the next
    if __name__ != "__main__":
        raise
    sys.stdout.write('["no uno"]\n')
    sys.exit(1)

START_WITHIN = 90.0  # seconds; a first start writes a profile, and virus scanners look at it
END_WITHIN = 5.0


class Objects:
    """The interfaces that the client holds, by number, and the translation of values."""

    def __init__(self, context: Any) -> None:
        self.held: dict[int, Any] = {0: context}
        self.last = 0
        self.fields: dict[str, tuple[str, ...]] = {}
        local = uno.getComponentContext()
        self.types = local.getValueByName("/singletons/com.sun.star.reflection.theTypeDescriptionManager")

    def forget(self, numbers: Any) -> None:
        for number in numbers:
            self.held.pop(number, None)

    def hold(self, thing: Any) -> Any:
        self.last += 1
        self.held[self.last] = thing
        return {"ref": self.last}

    def members(self, name: Any) -> Any:
        """The fields of a struct, its parents' first."""
        if name not in self.fields:
            described = self.types.getByHierarchicalName(name)
            parent = described.BaseType
            self.fields[name] = (self.members(parent.Name) if parent else ()) + tuple(described.MemberNames)
        return self.fields[name]

    def encode(self, value: Any) -> Any:
        """A UNO value as JSON."""
        if value is None or isinstance(value, (bool, int, float, str)):
            return value
        if isinstance(value, (tuple, list)):
            return [self.encode(item) for item in value]
        if isinstance(value, uno.Enum):
            return {"enum": [value.typeName, value.value]}
        if isinstance(value, uno.Type):
            return value.typeName
        if isinstance(value, uno.Char):
            return value.value
        if isinstance(value, uno.ByteSequence):
            return {"bytes": value.value.hex()}
        if hasattr(type(value), "__pyunostruct__"):
            name = type(value).__pyunostruct__
            return {"struct": [name, {field: self.encode(getattr(value, field)) for field in self.members(name)}]}
        return self.hold(value)

    def decode(self, value: Any) -> Any:
        """JSON as a UNO value."""
        if isinstance(value, list):
            return tuple(self.decode(item) for item in value)
        if not isinstance(value, dict):
            return value
        ((kind, content),) = value.items()
        if kind == "ref":
            return self.held[content]
        if kind == "struct":
            struct = uno.createUnoStruct(content[0])
            for field, item in content[1].items():
                setattr(struct, field, self.decode(item))
            return struct
        if kind == "enum":
            return uno.Enum(*content)
        if kind == "type":
            return uno.getTypeByName(content)
        if kind == "bytes":
            return uno.ByteSequence(bytes.fromhex(content))
        return uno.Any(content[0], self.decode(content[1]))


def invoke(target: Any, name: Any, arguments: Any) -> Any:
    """Call a method; an argument of type Any keeps its type only by this way."""
    if any(isinstance(argument, uno.Any) for argument in arguments):
        return uno.invoke(target, name, arguments)
    return getattr(target, name)(*arguments)


def kinds(cells: Any, data: Any, of_key: Any) -> Any:
    """Where numbers are formatted as dates, times or truth values: [first row, column, last row, column, kind], from 0.

    A range of one format is told by one question; a mixed one is halved, columns first, as tables are.
    """
    found = []
    numbers = [(y, x) for y, row in enumerate(data) for x, value in enumerate(row) if isinstance(value, float)]
    rows, columns = [y for y, _ in numbers], [x for _, x in numbers]
    parts = [(min(rows), min(columns), max(rows), max(columns))] if numbers else []
    while parts:
        top, left, bottom, right = parts.pop()
        part = cells.getCellRangeByPosition(left, top, right, bottom)
        if part.getPropertyState("NumberFormat").value != "AMBIGUOUS_VALUE":
            kind = of_key(part.NumberFormat)
            if kind:
                found.append([top, left, bottom, right, kind])
        elif right > left:
            middle = (left + right) // 2
            parts += [(top, left, bottom, middle), (top, middle + 1, bottom, right)]
        else:
            middle = (top + bottom) // 2
            parts += [(top, left, middle, right), (middle + 1, left, bottom, right)]
    return found


def read(cells: Any, formats: Any) -> Any:
    """[values, errors as [row, column, number], kinds]: all that a range says, in one exchange."""
    data = cells.getDataArray()
    errors = [
        [y, x, cells.getCellByPosition(x, y).getError()]
        for y, row in enumerate(data)
        for x, value in enumerate(row)
        if value is None
    ]
    known: dict[int, int] = {}

    def kind(key: Any) -> Any:
        if key not in known:
            known[key] = formats.getByKey(key).Type & (2 | 4 | 1024)  # DATE, TIME, LOGICAL
        return known[key]

    return [data, errors, kinds(cells, data, kind)]


def formulas(cells: Any) -> Any:
    """[formulas in UNO's English grammar, values]: both, to tell a formula from a text that looks like one."""
    return [cells.getFormulaArray(), cells.getDataArray()]


def along(lines: Any, name: Any, indexes: Any) -> Any:
    """A property of these rows or columns."""
    return [getattr(lines.getByIndex(index), name) for index in indexes]


def names(holder: Any) -> Any:
    """The names of a book or sheet, each with what it stands for in UNO's grammar, in one exchange."""
    return [[name, holder.getByName(name).getContent()] for name in holder.getElementNames()]


def merged(sheet: Any, parts: Any) -> Any:
    """The merged areas that begin in these parts of a sheet; areas as [first row, column, last row, column], from 0.

    A part says whether it holds any, so one that does is halved.
    """
    found = []
    parts = list(parts)
    while parts:
        top, left, bottom, right = parts.pop()
        part = sheet.getCellRangeByPosition(left, top, right, bottom)
        if (top, left) == (bottom, right):
            cursor = sheet.createCursorByRange(part)
            cursor.collapseToMergedArea()
            area = cursor.RangeAddress
            found.append([area.StartRow, area.StartColumn, area.EndRow, area.EndColumn])
        elif part.getIsMerged():
            if bottom - top > right - left:
                middle = (top + bottom) // 2
                parts += [(top, left, middle, right), (middle + 1, left, bottom, right)]
            else:
                middle = (left + right) // 2
                parts += [(top, left, bottom, middle), (top, middle + 1, bottom, right)]
    return [area for area in found if area[:2] != area[2:]]


def alert(window: Any, kind: Any, buttons: Any, title: Any, text: Any) -> Any:
    """Show a message box and wait for the button: 0 cancel, 1 OK, 2 yes, 3 no. An extension brings its own."""
    kind = uno.Enum("com.sun.star.awt.MessageBoxType", kind)
    return window.getToolkit().createMessageBox(window, kind, buttons, title, text).execute()


VERBS = {"read": read, "formulas": formulas, "along": along, "names": names, "merged": merged, "alert": alert}


class Server:
    """Answers requests about one office."""

    def __init__(self, context: Any, verbs: Any = None) -> None:
        self.objects = Objects(context)
        self.verbs = dict(VERBS, **(verbs or {}))

    def do(self, operation: Any, target: Any, name: Any, arguments: Any) -> Any:
        decode = self.objects.decode
        if operation == "verb":
            return self.verbs[name](*decode(arguments))
        thing = self.objects.held[target]
        if operation == "get":
            return getattr(thing, name)
        if operation == "set":
            return setattr(thing, name, decode(arguments[0]))
        return invoke(thing, name, decode(arguments))

    def answer(self, line: Any) -> bytes:
        """The answer to a request, both as one line of bytes."""
        try:
            operation, target, name, arguments, forgotten = json.loads(line.decode("utf-8"))
            self.objects.forget(forgotten)
            reply = [True, self.objects.encode(self.do(operation, target, name, arguments))]
        except Exception as error:  # the other side must hear of any
            kind = getattr(type(error), "__pyunostruct__", type(error).__name__)
            reply = [False, kind, str(getattr(error, "Message", "") or error)]
        return json.dumps(reply).encode("ascii") + b"\n"


def serve(context: Any, source: Any, sink: Any, verbs: Any = None) -> None:
    """Answer until the source ends. `verbs` are further functions that the client may call by name."""
    server = Server(context, verbs)
    for line in source:
        sink.write(server.answer(line))
        sink.flush()


# As a script: a private office, which ends when the client does.


def connect(pipe: Any, process: Any, within: Any = START_WITHIN) -> Any:
    """The component context of the soffice that was started with this pipe."""
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    deadline = time.monotonic() + within
    while True:
        try:
            return resolver.resolve("uno:pipe,name=" + pipe + ";urp;StarOffice.ComponentContext")
        except Exception:
            if process.poll() is not None:
                raise RuntimeError(f"soffice ended with code {process.returncode} before it answered") from None
            if time.monotonic() > deadline:
                raise RuntimeError(f"soffice did not answer within {within:.0f} seconds") from None
        time.sleep(0.05)


def end(process: Any, context: Any) -> None:
    """Ask the office to end, then make it."""

    def ask() -> None:
        try:
            manager = context.ServiceManager
            manager.createInstanceWithContext("com.sun.star.frame.Desktop", context).terminate()
        except Exception:
            pass  # it ends while it answers

    if context is not None and process.poll() is None:
        threading.Thread(target=ask, daemon=True).start()
        try:
            process.wait(END_WITHIN)
        except subprocess.TimeoutExpired:
            pass
    kill(process)


def kill(process: Any) -> None:
    """End the office with all it has started."""
    if os.name == "nt":
        if process.poll() is None:
            subprocess.call(["taskkill", "/T", "/F", "/PID", str(process.pid)], stdout=subprocess.DEVNULL)
    else:
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except OSError:
            pass  # nobody is left
    process.wait(END_WITHIN)


def lines(source: Any, late: Any) -> Any:
    """The lines of the source; when it has ended and the reader of the lines is still busy a while later, `late`."""
    waiting: queue.Queue[bytes | None] = queue.Queue()

    def take() -> None:
        try:
            for line in source:
                waiting.put(line)
        except (OSError, ValueError):
            pass
        waiting.put(None)
        time.sleep(END_WITHIN)
        late()

    threading.Thread(target=take, daemon=True).start()
    return iter(waiting.get, None)


def main(soffice: Any, profile: Any, *options: str) -> None:
    """Start soffice with a profile of its own and serve it; at the end of stdin, end it and remove the profile."""
    source, sink = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever prints must not speak between our lines
    pipe = "xlreport" + uno.generateUuid().value.hex()
    command = [soffice, "-env:UserInstallation=" + uno.systemPathToFileUrl(profile)]
    command += ["--norestore", "--nologo", "--nodefault", "--nofirststartwizard", "--accept=pipe,name=" + pipe + ";urp"]
    context = process = None
    try:
        process = subprocess.Popen(
            command + list(options),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            context = connect(pipe, process)
            hello = ["ready", process.pid]
        except RuntimeError as error:
            hello = ["failed", str(error)]
        sink.write(json.dumps(hello).encode("ascii") + b"\n")
        sink.flush()
        if context is not None:
            serve(context, lines(source, lambda: kill(process)), sink)
    except OSError:
        pass  # the client has gone
    finally:
        if process is not None:
            end(process, context)
        deadline = time.monotonic() + END_WITHIN
        while os.path.exists(profile) and time.monotonic() < deadline:
            shutil.rmtree(profile, ignore_errors=True)  # a dying office may still write into it
            time.sleep(0.02)
        os._exit(0)  # pyuno may crash when it is unloaded


if __name__ == "__main__":
    main(*sys.argv[1:])
