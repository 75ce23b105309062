"""A sketch as a file of each kind in which reports come, in the manner of other makers."""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections.abc import Callable, Mapping

import openpyxl
import typst

from tests.published.sketch import Box, Grid, Sketch
from xlreport.document.fonts import find_fonts, open_fonts

Write = Callable[[Sketch], bytes]
Dress = Callable[[str], str]
"""How the words of a cell become markup."""


def words(text: str) -> str:
    """A label in one line."""
    return text.replace("\n", "").replace("\u00a0", "")


# -- web pages


def paragraphed(text: str) -> str:
    """As Word's own HTML: a paragraph a line, a space that does not break for nothing."""
    style = 'class="MsoNormal" align="center" style="text-align:center"'
    return "".join(f"<p {style}><span lang='EN-US'>{html.escape(x) or '&nbsp;'}</span></p>" for x in text.split("\n"))


def fonts(text: str) -> str:
    """Every two characters in a font of their own, as editors of web sites leave them."""
    pieces = re.findall(r"\d[\d.,，]*|.{1,2}", text.replace("\n", "")) or ["<o:p>&nbsp;</o:p>"]
    return "<p>" + "".join(f"<span>{x if x[0] == '<' else html.escape(x)}</span>\n" for x in pieces) + "</p>"


def table(grid: Grid, dress: Dress = paragraphed) -> str:
    lines = [
        "".join(f"<td rowspan={x.rows} colspan='{x.columns}'>{dress(x.text)}</td>" for x in line)
        for line in grid.lines()
    ]
    return "<table border=1><tbody>" + "".join(f"<tr>{line}</tr>\n" for line in lines) + "</tbody></table>"


def body(source: Sketch, dress: Dress = paragraphed) -> str:
    blocks = (table(x, dress) if isinstance(x, Grid) else f"<p>&emsp;&emsp;{html.escape(x)}</p>" for x in source.blocks)
    return "\n".join(blocks)


def page(source: Sketch, dress: Dress = paragraphed) -> bytes:
    return f"<!DOCTYPE html><html><head><meta charset=utf-8></head><body>{body(source, dress)}</body></html>".encode()


SITE = """<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"><title>政府信息公开年报</title>
</head><body><ul><li><a href=/>首页</a><li><a href=/a>政务公开</a><li><a href=/b>2019年政府信息公开工作年度报告</a></ul>
<table width="100%"><tr><td><table><tr><td>索引号</td><td>014001/2025-1</td><td>发布机构</td><td>某局</td></tr>
<tr><td>公开日期</td><td>2025-01-20</td><td>文号</td><td>无</td></tr></table></td></tr><tr><td>
<table><tr><td width=20>&nbsp;</td><td><div id=zoom>BODY</div></td></tr></table></td></tr></table>
<div><a>打印</a> <a>关闭</a> 浏览次数：1024 版权所有 ICP备12345678号</div></body></html>"""


def site(source: Sketch) -> bytes:
    """Navigation and a table of metadata around, layout tables outside, GBK though the page says UTF-8."""
    return SITE.replace("BODY", body(source)).encode("gb18030")


# -- Word, as python-docx or WPS might have left it


def docx(source: Sketch) -> bytes:
    w = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    inner = "".join(_word_table(x) if isinstance(x, Grid) else _word_line(x) for x in source.blocks)
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", f'<w:document xmlns:w="{w}"><w:body>{inner}</w:body></w:document>')
    return content.getvalue()


def _word_line(text: str) -> str:
    return "".join(
        f'<w:p><w:r><w:t xml:space="preserve">{html.escape(x, quote=False)}</w:t></w:r></w:p>' for x in text.split("\n")
    )


def _word_table(grid: Grid) -> str:
    rows = []
    for row, line in enumerate(grid.lines(), 1):
        above = [x for x in grid.boxes if x.row < row < x.row + x.rows]
        cells = "".join(_word_cell(x, row) for x in sorted([*line, *above], key=lambda x: x.column))
        rows.append(f"<w:tr>{cells}</w:tr>")
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


def _word_cell(box: Box, row: int) -> str:
    merge = "" if box.rows == 1 else '<w:vMerge w:val="restart"/>' if box.row == row else "<w:vMerge/>"
    return (
        f'<w:tc><w:tcPr><w:gridSpan w:val="{box.columns}"/>{merge}</w:tcPr>'
        f"{_word_line(box.text if box.row == row else '')}</w:tc>"
    )


# -- PDF, set by Typst without tags


def pdf(source: Sketch) -> bytes:
    """Words and rules at their places, no tags; a table goes on over the page."""
    fonts = find_fonts()
    lines = [
        f'#set text(font: "{fonts.faces["body"].family}", size: 9pt, lang: "zh")',
        "#set page(margin: 2cm)",
        "#set par(justify: true, first-line-indent: (amount: 2em, all: true))",
        *(_set_table(x) if isinstance(x, Grid) else f"#{_quoted(x)}" for x in source.blocks),
    ]
    made = typst.compile("\n\n".join(lines).encode(), font_paths=open_fonts(font.path for font in fonts.fonts))
    assert isinstance(made, bytes)
    return made


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def _set_table(grid: Grid) -> str:
    width = max(x.column + x.columns - 1 for x in grid.boxes)
    cells = ", ".join(
        f"table.cell(x: {x.column - 1}, y: {x.row - 1}, rowspan: {x.rows}, colspan: {x.columns}, breakable: false)"
        f"[#{_quoted(x.text)}]"
        for x in grid.boxes
    )
    return f"#table(columns: (1fr,) * {width}, {cells})"


# -- a workbook of somebody else's making


def xlsx(source: Sketch) -> bytes:
    """A sheet for each table, the text beside them, cells merged, numbers as numbers where they are."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    row = 1
    for block in source.blocks:
        if isinstance(block, str):
            sheet.cell(row, 1, block)
            row += 1
            continue
        row += 1
        for box in block.boxes:
            at = sheet.cell(row + box.row - 1, box.column)
            at.value = int(box.text) if box.text.isascii() and box.text.isdecimal() and len(box.text) < 15 else box.text
            if box.rows * box.columns > 1:
                top = row + box.row - 1
                sheet.merge_cells(
                    start_row=top,
                    end_row=top + box.rows - 1,
                    start_column=box.column,
                    end_column=box.column + box.columns - 1,
                )
        row += len(block.lines()) + 1
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


# -- text


def _text(source: Sketch, write: Callable[[Grid], str]) -> bytes:
    return "\n\n".join(write(x) if isinstance(x, Grid) else x for x in source.blocks).encode()


def spaced(source: Sketch) -> bytes:
    """As a PDF is copied: the cells of a line in columns."""
    return _text(source, lambda grid: "\n".join("    ".join(words(x.text) for x in line) for line in grid.lines()))


def piped(source: Sketch) -> bytes:
    """A Markdown table whose merged cells are told once."""
    return _text(source, lambda grid: "\n".join(_pipes(grid)))


def _pipes(grid: Grid, end: str = " |") -> list[str]:
    lines = ["| " + " | ".join(words(x.text) for x in line) + end for line in grid.lines()]
    return [lines[0], "|" + "---|" * len(grid.lines()[0]), *lines[1:]]


def ragged(source: Sketch) -> bytes:
    """Markdown with empty cells behind the last, as many as it likes."""
    return _text(source, lambda grid: "\n".join(_pipes(grid, " | ||")))


def one_a_line(source: Sketch) -> bytes:
    """Every cell on a line of its own, blank lines between."""
    return _text(source, lambda grid: "\n\n".join(words(x.text) for line in grid.lines() for x in line))


def one_a_line_piped(source: Sketch) -> bytes:
    """Every cell on a line of its own, a bar on the line after it."""
    return _text(source, lambda grid: "\n|\n".join(words(x.text) for line in grid.lines() for x in line))


def together(source: Sketch) -> bytes:
    """All cells of a table without anything between them."""
    return _text(source, lambda grid: "".join(words(x.text) for line in grid.lines() for x in line))


def detached(source: Sketch) -> bytes:
    """Long labels on two lines, their numbers on a line between, as from a PDF."""

    def write(grid: Grid) -> str:
        found = []
        for line in grid.lines():
            label = "".join(words(x.text) for x in line if not x.figure)
            numbers = " ".join(words(x.text) for x in line if x.figure)
            if numbers and len(label) > 10:
                found += [label[:10], f"{label[10:13]}   {numbers}", label[13:]]
            else:
                found.append(f"{label}   {numbers}")
        return "\n".join(found)

    return _text(source, write)


def unlabelled(source: Sketch) -> bytes:
    """Every other row a table of numbers alone, its label somewhere near."""

    def write(grid: Grid) -> str:
        found = []
        for number, line in enumerate(grid.lines()):
            label = "".join(words(x.text) for x in line if not x.figure)
            numbers = [words(x.text) for x in line if x.figure]
            alone = number % 2 and len(numbers) > 1
            cells = numbers if alone else [label, *numbers]
            found += ["| " + " | ".join(cells) + " |", *(["|---" * len(numbers) + "|", "", label] if alone else [])]
        return "\n".join(found)

    return _text(source, write)


WRITERS: Mapping[str, tuple[str, Write]] = {
    "page": (".html", page),
    "fonts": (".html", lambda source: page(source, fonts)),
    "site": (".html", site),
    "docx": (".docx", docx),
    "pdf": (".pdf", pdf),
    "xlsx": (".xlsx", xlsx),
    "spaced": (".txt", spaced),
    "piped": (".md", piped),
    "ragged": (".md", ragged),
    "one a line": (".txt", one_a_line),
    "one a line, bars": (".txt", one_a_line_piped),
    "together": (".txt", together),
    "detached": (".txt", detached),
    "unlabelled": (".md", unlabelled),
}
"""How a report may be written: the suffix of its name, and what writes it."""
