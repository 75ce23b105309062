"""A click starts a process: each command imports only what it uses."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.samples import city, write_workbook
from xlreport import job
from xlreport.workbook.template import template_path

HEAVY = {
    "openpyxl",
    "lxml",
    "python_calamine",
    "jinja2",
    "typst",
    "fontTools",
    "xlwings",
    "hypothesis",
    "rapidfuzz",
    "pdfplumber",
    "olefile",
    "numpy",
    "dask",
    "distributed",
    "msgpack",
    "pyarrow",
    "sqlite3",
}
ALLOWED = {
    "--version": set(),
    "rules": set(),
    "rules T3-BAL": set(),
    "check a.json": set(),
    "check a.xlsx": {"python_calamine", "lxml"},
    "check a.json --format json": set(),
    "check a.json --format explain": set(),
    "check a.json --format html": {"jinja2"},
    "check a.json --format xlsx --output f.xlsx": {"openpyxl", "lxml"},
    "fill a.json b.xlsx": {"lxml"},
    "new c.xlsx": {"lxml"},
    "draft a.xlsx --output d.xlsx": {"python_calamine", "lxml", "jinja2"},
    "export a.xlsx --to docx": {"python_calamine", "lxml", "jinja2"},
    "export a.xlsx --to html": {"python_calamine", "lxml", "jinja2"},
    "export a.xlsx --to json": {"python_calamine", "lxml"},
    "export a.xlsx --to pdf": {"python_calamine", "lxml", "typst"},
    "import a.html f.json": {"lxml", "rapidfuzz"},
    "import a.docx g.xlsx": {"lxml", "rapidfuzz"},
    "import a.pdf h.json": {"pdfplumber", "rapidfuzz"},
    "verify a.html --against a.xlsx": {"python_calamine", "lxml", "rapidfuzz"},
    "template verify a.xlsx": set(),
    "template build --output e.xlsx": {"openpyxl", "lxml"},
    "template build --output e.xlsm": {"openpyxl", "lxml"},
    "template upgrade a.xlsx --output u.xlsx": {"python_calamine", "lxml"},
    "template verify m.xlsm": {"lxml", "olefile"},
    "collect in --out out": {"openpyxl", "lxml", "jinja2", "pyarrow", "sqlite3"},
    "rollup in --out sum.xlsx": {"openpyxl", "lxml", "sqlite3"},
    "collect in --out out --roster none.csv": set(),
    "rollup in --out sum.txt": set(),
}


@pytest.mark.parametrize("command", ALLOWED)
def test_imports(command, tmp_path):
    """A command imports no library but those listed for it."""
    from xlreport.data import dump_report

    (tmp_path / "a.json").write_text(dump_report(city()), encoding="utf-8")
    write_workbook(city(), tmp_path / "a.xlsx")
    for kind in ("html", "docx", "pdf"):
        (tmp_path / f"a.{kind}").write_bytes(job.render(city(), kind))
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.json").write_text(dump_report(city()), encoding="utf-8")
    (tmp_path / "m.xlsm").write_bytes(template_path("2021").with_suffix(".xlsm").read_bytes())
    code = (
        "import sys; from xlreport.cli import main\n"
        "try: code = main(sys.argv[1:])\n"
        "except SystemExit as end: code = end.code\n"
        "print('LOADED', *sorted({m.split('.')[0] for m in sys.modules})); sys.exit(code)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *command.split()],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == (2 if command.endswith(("none.csv", "sum.txt")) else 0), done.stderr
    loaded = set(done.stdout.splitlines()[-1].split()[1:])
    if "openpyxl" in loaded:
        loaded.discard("numpy")  # it takes numpy where there is one
    assert loaded & HEAVY <= ALLOWED[command]
