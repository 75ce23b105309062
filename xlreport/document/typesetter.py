"""Typst in process: values in as JSON, bytes out, and nothing passed over in silence."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from xlreport.document.fonts import Font, FontSet, open_fonts
from xlreport.errors import ProgramError

if TYPE_CHECKING:
    import typst


def typeset(look: str, values: object, fonts: FontSet, **settings: Any) -> bytes:
    """What the Typst file `look` makes of the JSON that it imports as `values`.

    Raises ProgramError when Typst refuses or warns.
    """
    import typst  # 6 ms that most commands do not need

    # A file, not sys.inputs: Typst forgets all that it has set when these change.
    words = json.dumps(json.dumps(values, ensure_ascii=False), ensure_ascii=False)  # \" and \\ mean the same in Typst
    files = {"main.typ": f'#include "{look}"'.encode(), "values.typ": f"#let values = {words}".encode()}
    try:
        content, warnings = _compiler(fonts.fonts).compile_with_warnings(files, **settings)
    except typst.TypstError as error:
        raise ProgramError("document.pdf.refused", reason=error.message) from error
    if warnings:
        raise ProgramError("document.pdf.refused", reason=warnings[0].message)
    assert isinstance(content, bytes)
    return content


@cache
def _compiler(fonts: tuple[Font, ...]) -> typst.Compiler:
    import typst

    return typst.Compiler(root=Path(__file__).parent, font_paths=open_fonts(font.path for font in fonts))
