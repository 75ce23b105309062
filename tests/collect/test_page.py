"""xlreport.collect.page: the page in a real browser."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.collect.made import TWO, report, roster, write
from xlreport.collect.run import collect

DRIVE = """
<script>
addEventListener("load", () => {
  const input = document.querySelector("input");
  input.value = "部门 未通过";
  input.dispatchEvent(new Event("input"));
  const heads = document.querySelectorAll("#units thead button");
  heads[5].click(); heads[5].click();
  const seen = Array.from(document.querySelectorAll("#units tbody tr")).filter((row) => !row.hidden);
  document.title = seen.map((row) => row.cells[0].textContent).join(",");
});
</script>
"""


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """The page of four units: two fail, one passes, one is missing."""
    for name, number in (("甲", 1), ("乙", 0), ("丙", 2)):
        cells = {f"t3.received.{who}": number for who in ("natural_person", "other")[:number]}
        write(tmp_path / "in", name, report(name, cells))
    units = roster(tmp_path, *(f"{name},部门" for name in "甲乙丙丁"))
    collect(tmp_path / "in", tmp_path / "out", TWO, roster=units)
    return tmp_path / "out" / "summary.html"


def dom(page: Path) -> str:
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    if browser is None:
        pytest.skip("needs Chromium")
    command = [browser, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={page.parent / 'profile'}"]
    command += ["--virtual-time-budget=5000", "--dump-dom", page.as_uri()]
    return subprocess.run(command, check=True, capture_output=True, text=True, encoding="utf-8", timeout=120).stdout


def test_the_script_runs_and_no_other(page) -> None:
    """The table gets its box to filter; a script that was slipped in does not run."""
    page.write_text(page.read_text(encoding="utf-8").replace("</main>", f"</main>{DRIVE}"), encoding="utf-8")
    found = dom(page)
    assert "显示 4 行" in found
    assert "<title>年度报告收集情况" in found


def test_sort_and_filter(page) -> None:
    """Every word that is typed must occur in the line; a second click sorts downwards."""
    text = re.sub(r"<meta http-equiv[^>]*>", "", page.read_text(encoding="utf-8"))
    page.write_text(text.replace("</main>", f"</main>{DRIVE}"), encoding="utf-8")
    found = dom(page)
    assert "<title>丙,甲</title>" in found
    assert "显示 2 行" in found


def test_without_scripts(page) -> None:
    """All units, who is missing and the numbers stand in the page itself."""
    text = page.read_text(encoding="utf-8")
    rows = re.findall(r"<tr><td>(.)</td>", text)
    assert rows == ["甲", "乙", "丙", "丁"]
    assert "未报单位</h2>\n<p>丁</p>" in text
    assert '<a href="returns/%E7%94%B2.json.xlsx">未通过</a>' in text
