"""What a user would pick instead of xlreport, for the same work."""

from __future__ import annotations

import io
import subprocess
import tempfile
from pathlib import Path

import docx
import openpyxl
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt

from xlreport.document.outline import Grid, Heading, Outline


def openpyxl_load(workbook: bytes) -> None:
    """Only load: no figure read, nothing checked."""
    openpyxl.load_workbook(io.BytesIO(workbook))


def python_docx(outline: Outline) -> bytes:
    """The same headings, paragraphs and tables with their spans, the table text at its size and centred."""
    document = docx.Document()
    document.add_heading(outline.title, 0)
    for block in outline.blocks:
        if isinstance(block, Heading):
            document.add_heading(block.text, block.level)
        elif isinstance(block, Grid):
            _table(document, block)
        else:
            document.add_paragraph(block.text)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _table(document: docx.document.Document, grid: Grid) -> None:
    table = document.add_table(rows=grid.height, cols=len(grid.widths), style="Table Grid")
    places = [row.cells for row in table.rows]  # once: table.cell() lists all cells of the table at every call
    for cell in grid.cells:
        target = places[cell.row - 1][cell.column - 1]
        if cell.rows > 1 or cell.columns > 1:
            target = target.merge(places[cell.row + cell.rows - 2][cell.column + cell.columns - 2])
        paragraph = target.paragraphs[0]
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.add_run(cell.text).font.size = Pt(10.5)


def soffice_pdf(document: bytes, profile: Path) -> None:
    """The DOCX as PDF by LibreOffice, a process for each file as a script would do it."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "report.docx"
        source.write_bytes(document)
        command = ["soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to", "pdf"]
        subprocess.run([*command, "--outdir", folder, str(source)], check=True, capture_output=True)
        if not source.with_suffix(".pdf").is_file():
            raise RuntimeError("LibreOffice wrote no PDF")
