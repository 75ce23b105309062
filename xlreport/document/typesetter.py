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
    """What the Typst file `look` makes of sys.inputs.document. Raises ProgramError when Typst refuses or warns."""
    import typst  # 6 ms that most commands do not need

    inputs = {"document": json.dumps(values, ensure_ascii=False)}
    try:
        content, warnings = _compiler(look, fonts.fonts).compile_with_warnings(sys_inputs=inputs, **settings)
    except typst.TypstError as error:
        raise ProgramError("document.pdf.refused", reason=error.message) from error
    if warnings:
        raise ProgramError("document.pdf.refused", reason=warnings[0].message)
    assert isinstance(content, bytes)
    return content


@cache
def _compiler(look: str, fonts: tuple[Font, ...]) -> typst.Compiler:
    import typst

    path = Path(__file__).with_name(look)
    return typst.Compiler(input=path, root=path.parent, font_paths=open_fonts(font.path for font in fonts))
