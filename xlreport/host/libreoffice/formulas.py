"""Formulas between Excel's grammar and that of the UNO API, as pure functions on text.

The API (`getFormulaArray`, `setFormula`) speaks English with its own separators, whatever the user's language:

| | Excel | UNO API |
|---|---|---|
| arguments | `SUM(A1,B1)` | `SUM(A1;B1)` |
| array constant | `{1,2;3,4}` | `{1;2|3;4}` |
| sheet | `Sheet1!A1`, `'My sheet'!A1` | `$Sheet1.A1`, `$'My sheet'.A1` |
| several sheets | `Sheet1:Sheet3!A1:B2` | `$Sheet1.A1:$Sheet3.B2` |
| union, intersection | `(A1,B2)`, `A1:B2 B1:C3` | `(A1~B2)`, `A1:B2!B1:C3` |
| truth | `TRUE` | `TRUE()` |

Functions that bear another name are given as a mapping of upper-case names; the office itself knows them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from xlreport.form.columns import column_name, column_number
from xlreport.host.libreoffice.addresses import COLUMNS, ROWS, quoted

_CELL = r"\$?[A-Za-z]{1,3}\$?[1-9][0-9]{0,6}(?![\w.(])"
_COLUMNS = r"\$?[A-Za-z]{1,3}:\$?[A-Za-z]{1,3}(?![\w.(])"
_ROWS = r"\$?[1-9][0-9]{0,6}:\$?[1-9][0-9]{0,6}(?![\w.(])"
_REFERENCE = rf"(?:{_COLUMNS}|{_ROWS}|{_CELL}(?::{_CELL})?|\#REF!)"
_SHEET = r"(?:'(?:[^']|'')+'|(?!\d)\w+)"
_API_SHEET = r"(?:'(?:[^']|'')+'|\d*[^\W\d]\w*)"  # it quotes no name that begins with a digit

_COMMON = rf"""
  (?P<text>"(?:[^"]|"")*")
| (?P<truth>(?:TRUE|FALSE)\(\s*\))
| (?P<reference>{_REFERENCE})
| (?P<number>[0-9]+\.?[0-9]*(?:[Ee][+-]?[0-9]+)?|\.[0-9]+)
| (?P<function>(?!\d)[\w.]+(?=\())
| (?P<error>\#(?:NULL!|DIV/0!|VALUE!|NAME\?|NUM!|N/A))
| (?P<name>(?!\d)[\w.\\]+)
| (?P<bracket>\[(?:[^\[\]]|\[[^\[\]]*\])*\])
| (?P<space>\s+)
| (?P<sign>.)
"""
_API = re.compile(
    rf"(?P<sheet>\$?{_API_SHEET}\.(?={_REFERENCE}))(?P<first>{_CELL}):(?P<to>\$?{_API_SHEET}\.)(?P<last>{_CELL})"
    rf"|(?P<single>\$?{_API_SHEET}\.(?={_REFERENCE})){_REFERENCE}|{_COMMON}",
    re.VERBOSE,
)
_EXCEL = re.compile(rf"(?P<sheet>{_SHEET}(?::{_SHEET})?!){_REFERENCE}|{_COMMON}", re.VERBOSE)


def _unquoted(sheet: str) -> str:
    """The name of a sheet as it stands in a reference: `$'My sheet'.` is My sheet."""
    sheet = sheet.lstrip("$").rstrip(".!")
    return sheet[1:-1].replace("''", "'") if sheet.startswith("'") else sheet


def to_excel(formula: str, functions: Mapping[str, str] | None = None) -> str:
    """A formula of the API, with its `=`, as Excel writes it; one in braces (of an array) loses them."""
    functions = functions or {}
    if formula.startswith("{="):
        formula = formula[1:-1]
    out: list[str] = []
    in_array = False
    for match in _API.finditer(formula):
        text = match[0]
        if match["sheet"]:
            cells = match["first"] if match["first"] == match["last"] else f"{match['first']}:{match['last']}"
            out.append(f"{_sheets(match['sheet'], match['to'])}!{cells}")
        elif match["single"]:
            out.append(f"{quoted(_unquoted(match['single']))}!{text[len(match['single']) :]}")
        elif match["truth"]:
            out.append(text[: text.index("(")].upper())
        elif match["bracket"]:
            out.append(text.replace(";", ","))
        elif match["function"]:
            named = functions.get(text.upper(), text)
            out.append(named.upper() if named.islower() else named)  # LibreOffice writes those it does not know small
        elif match["sign"]:
            in_array = text == "{" or (in_array and text != "}")
            out.append((_ARRAY_OUT if in_array else _SIGNS_OUT).get(text, text))
        else:
            out.append(text)
    return "".join(out)


def _sheets(first: str, last: str) -> str:
    """Sheets from one to another as Excel writes them, in one pair of quotes if any; one sheet as itself."""
    one, two = _unquoted(first), _unquoted(last)
    if one == two:
        return quoted(one)
    both = f"{one}:{two}"
    return both if quoted(one) == one and quoted(two) == two else "'" + both.replace("'", "''") + "'"


_ARRAY_OUT = {";": ",", "|": ";"}
_SIGNS_OUT = {";": ",", "~": ",", "!": " "}


def to_api(formula: str, functions: Mapping[str, str] | None = None) -> str:
    """A formula of Excel, with its `=`, as the API reads it."""
    functions = functions or {}
    signs = _Signs()
    out: list[str] = []
    space, before = "", ""
    for match in _EXCEL.finditer(formula):
        kind, text = match.lastgroup, match[0]
        if kind == "space":
            space = text
            continue
        if space:
            out.append("!" if _ends_operand(before) and _begins_operand(match) else space)
        if match["sheet"]:
            text = _api_reference(match["sheet"], text[len(match["sheet"]) :])
        elif kind == "function":
            plain = text.upper().removeprefix("_XLFN.").removeprefix("_XLWS.")
            text = functions.get(plain, text[len(text) - len(plain) :])
        elif kind == "name" and text.upper() in ("TRUE", "FALSE"):
            text += "()"  # the bare word is a number to the API
        elif kind == "bracket":
            text = text.replace(",", ";")
        elif kind == "sign":
            text = signs.translated(text, called=before == "function")
        out.append(text)
        space, before = "", ")" if text == ")" else kind or ""
    return "".join([*out, space])


def _ends_operand(kind: str) -> bool:
    """Whether a space after it may be the sign of an intersection."""
    return kind in ("sheet", "reference", "name", ")")


def _begins_operand(match: re.Match[str]) -> bool:
    """Whether a space before it may be the sign of an intersection."""
    return match.lastgroup in ("sheet", "reference", "name", "function") or match[0] == "("


class _Signs:
    """What a comma or semicolon means depends on the brackets that are open."""

    def __init__(self) -> None:
        self.in_array = False
        self.calls: list[bool] = []  # for each open parenthesis, whether it is a function's

    def translated(self, sign: str, *, called: bool) -> str:
        if sign == "(":
            self.calls.append(called)
        elif sign == ")" and self.calls:
            self.calls.pop()
        self.in_array = sign == "{" or (self.in_array and sign != "}")
        if self.in_array:
            return {",": ";", ";": "|"}.get(sign, sign)
        if sign == ",":
            return "~" if self.calls and not self.calls[-1] else ";"
        return sign


def _api_reference(sheets: str, reference: str) -> str:
    first, last = _sheet_pair(sheets[:-1])
    if last is None:
        return f"${_api_quoted(first)}.{reference}"
    start, _, end = reference.partition(":")
    return f"${_api_quoted(first)}.{start}:${_api_quoted(last)}.{end or start}"


def _sheet_pair(sheets: str) -> tuple[str, str | None]:
    """`'Sheet1:Sheet3'` or `Sheet1:Sheet3` as two names; a single name as it is (a colon is not allowed in one)."""
    first, _, last = sheets.replace("':'", ":").partition(":")
    if not last:
        return _unquoted(sheets), None
    return first.strip("'").replace("''", "'"), last.strip("'").replace("''", "'")


def _api_quoted(sheet: str) -> str:
    return "'" + sheet.replace("'", "''") + "'"


def shifted(formula: str, rows: int, columns: int) -> str:
    """An Excel formula as it would be filled that many rows down and columns right."""
    if not rows and not columns:
        return formula

    def move(match: re.Match[str]) -> str:
        if match["sheet"]:
            return match["sheet"] + _moved(match[0][len(match["sheet"]) :], rows, columns)
        return _moved(match[0], rows, columns) if match["reference"] else match[0]

    return _EXCEL.sub(move, formula)


_PART = re.compile(r"(\$?)([A-Za-z]{1,3})(?=[$0-9:]|$)|(\$?)([1-9][0-9]*)")


def _moved(reference: str, rows: int, columns: int) -> str:
    """Relative parts move and wrap around the edge of the sheet, as Excel's do."""
    if reference == "#REF!":
        return reference

    def part(match: re.Match[str]) -> str:
        if match[2]:
            number = column_number(match[2])
            return match[0] if match[1] else column_name((number - 1 + columns) % COLUMNS + 1)
        return match[0] if match[3] else str((int(match[4]) - 1 + rows) % ROWS + 1)

    return _PART.sub(part, reference)
