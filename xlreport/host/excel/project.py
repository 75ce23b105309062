"""A macro project, vbaProject.bin, from its sources; written from [MS-OVBA].

Only the sources are stored, without the compiled code that a program would keep beside them: the version 0xFFFF says
so (2.3.4.1), and the program compiles them when it opens the file. The sources are ASCII, so that no code page matters.
"""

from __future__ import annotations

import struct
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from xlreport.host.excel.cfb import compound_file
from xlreport.host.excel.ovba import compress


class Kind(Enum):
    """How a module is listed in the PROJECT stream (2.3.1.3), and its VB_Base where it has one."""

    STANDARD = ("Module", "")
    CLASS = ("Class", "0{FCFB3D2A-A0FA-1068-A738-08002B3371B5}")
    WORKBOOK = ("Document", "0{00020819-0000-0000-C000-000000000046}")
    SHEET = ("Document", "0{00020820-0000-0000-C000-000000000046}")


@dataclass(frozen=True, slots=True)
class Module:
    """One module: `code` as the editor shows it, without attributes."""

    name: str
    kind: Kind
    code: str = ""

    @property
    def is_document(self) -> bool:
        """Does it belong to the workbook or a sheet?"""
        return self.kind in (Kind.WORKBOOK, Kind.SHEET)

    @property
    def source(self) -> bytes:
        """The whole source text as it is stored: attributes (2.3.4.3), then the code."""
        lines = [f'Attribute VB_Name = "{self.name}"']
        if self.kind is not Kind.STANDARD:
            lines += [
                f'Attribute VB_Base = "{self.kind.value[1]}"',
                "Attribute VB_GlobalNameSpace = False",
                "Attribute VB_Creatable = False",
                f"Attribute VB_PredeclaredId = {self.is_document}",
                f"Attribute VB_Exposed = {self.is_document}",
                "Attribute VB_TemplateDerived = False",
                f"Attribute VB_Customizable = {self.is_document}",
            ]
        return "\r\n".join([*lines, *self.code.splitlines(), ""]).encode("ascii")


def vba_project(name: str, modules: Sequence[Module]) -> bytes:
    """vbaProject.bin with these modules, in this order. The same modules give the same bytes."""
    vba = {module.name: compress(module.source) for module in modules}
    vba["_VBA_PROJECT"] = struct.pack("<HHBH", 0x61CC, 0xFFFF, 0, 0)  # 2.3.4.1
    vba["dir"] = compress(_dir(name, modules))
    names = (f"{m.name}\0".encode("ascii") + _wide(f"{m.name}\0") for m in modules)
    return compound_file({"VBA": vba, "PROJECT": _project(name, modules), "PROJECTwm": b"".join(names) + b"\0\0"})


def _dir(name: str, modules: Sequence[Module]) -> bytes:
    """The dir stream (2.3.4.2): the project, no references but those that Excel always has, the modules."""
    english, windows_latin = struct.pack("<I", 0x409), struct.pack("<H", 1252)
    nothing = struct.pack("<I", 0)
    return b"".join(
        (
            _record(0x01, struct.pack("<I", 1)),  # PROJECTSYSKIND: 32-bit Windows, which every Excel takes
            _record(0x02, english),  # PROJECTLCID
            _record(0x14, english),  # PROJECTLCIDINVOKE
            _record(0x03, windows_latin),  # PROJECTCODEPAGE
            _record(0x04, name.encode("ascii")),  # PROJECTNAME
            _record(0x05) + _record(0x40),  # PROJECTDOCSTRING
            _record(0x06) + _record(0x3D),  # PROJECTHELPFILEPATH
            _record(0x07, nothing),  # PROJECTHELPCONTEXT
            _record(0x08, nothing),  # PROJECTLIBFLAGS
            struct.pack("<HIIH", 0x09, 4, 1, 0),  # PROJECTVERSION, whose size does not count the minor version
            _record(0x0C) + _record(0x3C),  # PROJECTCONSTANTS
            _record(0x0F, struct.pack("<H", len(modules))),  # PROJECTMODULES
            _record(0x13, b"\xff\xff"),  # PROJECTCOOKIE
            *map(_module, modules),
            _record(0x10),  # the end
        )
    )


def _module(module: Module) -> bytes:
    """A MODULE record (2.3.4.2.3.2). The source text begins at offset 0 of its stream: nothing compiled precedes it."""
    narrow, wide = module.name.encode("ascii"), _wide(module.name)
    return b"".join(
        (
            _record(0x19, narrow) + _record(0x47, wide),  # MODULENAME
            _record(0x1A, narrow) + _record(0x32, wide),  # MODULESTREAMNAME
            _record(0x1C) + _record(0x48),  # MODULEDOCSTRING
            _record(0x31, struct.pack("<I", 0)),  # MODULEOFFSET
            _record(0x1E, struct.pack("<I", 0)),  # MODULEHELPCONTEXT
            _record(0x2C, b"\xff\xff"),  # MODULECOOKIE
            _record(0x21 if module.kind is Kind.STANDARD else 0x22),  # MODULETYPE
            _record(0x2B),  # the end
        )
    )


def _record(id_: int, content: bytes = b"") -> bytes:
    return struct.pack("<HI", id_, len(content)) + content


def _wide(text: str) -> bytes:
    return text.encode("utf-16-le")


def _project(name: str, modules: Sequence[Module]) -> bytes:
    """The PROJECT stream (2.3.1): not protected, no password, visible."""
    guid = f"{{{str(uuid.uuid5(uuid.NAMESPACE_URL, f'urn:xlreport:vba:{name}')).upper()}}}"
    items = [f"{m.kind.value[0]}={m.name}{'/&H00000000' if m.is_document else ''}" for m in modules]
    lines = [
        f'ID="{guid}"',
        *items,
        f'Name="{name}"',
        'HelpContextID="0"',
        'VersionCompatible32="393222000"',
        f'CMG="{encrypt(guid, bytes(4))}"',  # 2.3.1.15 ProjectProtectionState
        f'DPB="{encrypt(guid, bytes(1))}"',  # 2.3.1.16 ProjectPassword
        f'GC="{encrypt(guid, bytes([0xFF]))}"',  # 2.3.1.17 ProjectVisibilityState
        "",
        "[Host Extender Info]",
        "&H00000001={3832D640-CF90-11CF-8E43-00A0C911005A};VBE;&H00000000",
        "",
        "[Workspace]",
        *(f"{m.name}=0, 0, 0, 0, C" for m in modules),
        "",
    ]
    return "\r\n".join(lines).encode("ascii")


def encrypt(project_id: str, data: bytes, seed: int = 0) -> str:
    """Data encryption (2.4.3.2), as hexadecimal digits; it hides nothing, but Excel expects it. `seed`: 0 to 255."""
    key = sum(project_id.encode("ascii")) & 0xFF
    plain = bytes((seed & 6) // 2) + struct.pack("<I", len(data)) + data
    encrypted = [seed, seed ^ 2, seed ^ key]
    before = key
    for byte in plain:
        encrypted.append((byte ^ (encrypted[-2] + before)) & 0xFF)
        before = byte
    return bytes(encrypted).hex().upper()
