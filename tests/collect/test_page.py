"""xlreport.collect.page: the page in a real browser."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import openpyxl
import pytest

from tests.collect.made import TWO, report, roster, write
from xlreport.collect.collection import Collection
from xlreport.collect.match import Line, Seen
from xlreport.collect.page import Change, Tally, summary_page
from xlreport.collect.roster import Unit
from xlreport.collect.run import collect
from xlreport.workbook.fill import fill

DRIVE = """
<script>
addEventListener("load", () => {
  const input = document.querySelector("input");
  input.value = "部门 未通过";
  input.dispatchEvent(new Event("input"));
  const heads = document.querySelectorAll("#units thead button");
  heads[5].click(); heads[5].click();
  const seen = Array.from(document.querySelectorAll("#units tbody tr"));
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
    command += ["--allow-file-access-from-files", "--virtual-time-budget=5000", "--dump-dom", page.as_uri()]
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


def driven(page: Path, steps: str) -> str:
    """The page after these steps of a script of the test's own; what it calls `told` is the title."""
    text = re.sub(r"<meta http-equiv[^>]*>", "", page.read_text(encoding="utf-8"))
    script = f"<script>addEventListener('load', () => {{ let told; {steps}; document.title = told; }})</script>"
    page.write_text(text + script, encoding="utf-8")
    return dom(page).partition("<title>")[2].partition("</title>")[0]


NAMES = "Array.from(document.querySelectorAll('#units tbody tr')).map((row) => row.cells[0].textContent)"
TYPE = "var box = document.querySelector('input'); box.value = '{}'; box.dispatchEvent(new Event('input'));"
COUNTED = "document.querySelector('[role=status]').textContent"
TURN = "document.querySelectorAll('.pager button')[{}].click();"
SORT = "document.querySelectorAll('#units thead button')[{}].click();"


@pytest.fixture
def long_page(tmp_path: Path) -> Path:
    """The page of 20,000 units; number n has n % 7 errors."""
    lines = []
    for number in range(20_000):
        status = "fail" if number % 7 else "pass"
        seen = Seen(f"{number}.xlsx", "key", status, f"第{number}局", 2024, "2021", counts=(number % 7, 0, 0, 0))
        lines.append(Line(Unit(f"第{number}局", kind="部门"), "reported", (seen,)))
    collection = Collection(tuple(line.files[0] for line in lines), tuple(lines), 2024, 0)
    path = tmp_path / "summary.html"
    path.write_bytes(b"".join(summary_page(collection, Tally())))
    return path


def test_twenty_thousand_lines(long_page) -> None:
    """A page at a time; whatever is sought is found among all, and the order is that of all."""
    steps = {
        f"[{NAMES}.length, {NAMES}[199], {COUNTED}]": "200,第199局,显示 20000 行",
        f"{TURN.format(1)} [{NAMES}.length, {NAMES}[0]]": "200,第200局",
        f"{TURN.format(1)} {TURN.format(0)} {NAMES}[0]": "第200局",
        f"{SORT.format(5)} {SORT.format(5)} {NAMES}.slice(0, 3)": "第6局,第13局,第20局",
        f"{TYPE.format('未通过 9998局')} {NAMES}": "第19998局,第9998局",
        f"{TYPE.format('第19999局')} [{NAMES}, {COUNTED}]": "第19999局,显示 1 行",
    }
    done = ";".join(f"told.push(eval({json.dumps(step)}))" for step in steps)
    assert driven(long_page, f"told = []; {done}; told = told.join('|')").split("|") == list(steps.values())


def test_item_by_item(tmp_path) -> None:
    """Totals, distribution, who is missing, what changed since last year: as the reports have it, also to the eye."""
    old = {"t3.received.natural_person": 4, "t3.granted.natural_person": 4}
    new = {"t3.received.natural_person": 6, "t3.granted.natural_person": 6}
    for name in "甲乙":
        write(tmp_path / "last", name, report(name, old, year=2023))
        write(tmp_path / "in", name, report(name, new))
    write(tmp_path / "in", "丙", report("丙", {"t3.received.natural_person": 1}))
    write(tmp_path / "last", "丁", report("丁", old, year=2023))
    units = roster(tmp_path, *(f"{name},部门" for name in "甲乙丙丁"))
    collect(tmp_path / "in", tmp_path / "out", TWO, roster=units, last_year=tmp_path / "last")
    text = (tmp_path / "out" / "summary.html").read_text(encoding="utf-8")
    assert [(name, number) for number, name in re.findall(r"<b>(\d+)</b>(.+?)</li>", text)] == [
        ("应报单位", "4"),
        ("实报", "3"),
        ("未报", "1"),
        ("不在名册", "0"),
        ("重复", "0"),
        ("通过（单位）", "2"),
        ("有提醒（单位）", "0"),
        ("未通过（单位）", "1"),
        ("不能使用（单位）", "0"),
    ]
    assert "未报单位</h2>\n<p>丁</p>" in text
    assert (
        '<td>一、本年新收</td><td class="number">8</td><td class="number">12</td><td class="number">+50.0%</td>' in text
    )
    assert "两年都报了的 2 个单位" in text
    assert '<td>一、本年新收</td><td class="number">13</td>' in text
    bars = "Array.from(document.querySelectorAll('{} i')).map((bar) => Math.round(bar.getBoundingClientRect().width))"
    widths = driven(tmp_path / "out" / "summary.html", f"told = {bars.format('.trend tbody tr:first-child')}")
    last, now = map(int, widths.split(","))
    assert 0 < last < now
    assert abs(last / now - 8 / 12) < 0.05


def test_on_a_phone(page) -> None:
    """Nothing is wider than the screen of a phone."""
    outer = page.with_name("phone.html")
    outer.write_text(
        f'<title></title><iframe src="{page.name}" style="width:390px;height:900px;border:0"></iframe>',
        encoding="utf-8",
    )
    inner = "document.querySelector('iframe').contentDocument.documentElement"
    assert driven(outer, f"told = {inner}.scrollWidth - {inner}.clientWidth") == "0"


def test_without_scripts(page) -> None:
    """All units, who is missing and the numbers stand in the page itself."""
    text = page.read_text(encoding="utf-8")
    rows = re.findall(r"<tr><td>(.)</td>", text)
    assert rows == ["甲", "乙", "丙", "丁"]
    assert "未报单位</h2>\n<p>丁</p>" in text
    assert '<a href="returns/%E7%94%B2.json.xlsx">未通过</a>' in text


@pytest.mark.parametrize(
    ("last", "now", "shares", "percent"),
    [
        (8, 12, (66.7, 100), "+50.0%"),
        (0, -1, (0, 0), ""),
        (-1, 0, (0, 0), ""),
        (-2, 4, (0, 100), ""),
        (4, -2, (100, 0), "−150.0%"),
    ],
)
def test_bars_of_wrong_sums(last: float, now: float, shares: tuple[float, float], percent: str) -> None:
    """A sum below zero has no bar, and what grew from nothing has no percentage."""
    change = Change("表三", "一", last, now)
    assert (change.shares, change.percent) == (shares, percent)


def test_a_file_named_like_our_mark(tmp_path) -> None:
    """A file may be called @rows@: the lines of the table are still data that a program reads."""
    write(tmp_path / "in", "@rows@", report("甲"))
    collect(tmp_path / "in", tmp_path / "out", TWO)
    text = (tmp_path / "out" / "summary.html").read_text(encoding="utf-8")
    data = text.partition('id="rows">')[2].partition("</script>")[0]
    assert json.loads(data)[0][-1] == ["@rows@.json"]
    assert '<td class="file">@rows@.json</td>' in text


def test_sums_are_of_what_counts(tmp_path) -> None:
    """A unit that sent two, another year, a stranger and who is not to be summed are not in the sums; they say so."""
    units = roster(tmp_path, "区,汇总", *(f"{name},部门,区" for name in "甲乙丙"), "丁,部门,区,否")
    for name, unit, number, year in (
        ("a", "甲", 1, 2024),
        ("b", "乙", 10, 2024),
        ("b2", "乙", 100, 2024),
        ("c", "丙", 1000, 2023),
        ("d", "丁", 10_000, 2024),
        ("e", "区", 100_000, 2024),
        ("x", "某", 1_000_000, 2024),
    ):
        made = report(unit, {"t3.received.natural_person": number, "t3.granted.natural_person": number}, year=year)
        write(tmp_path / "in", name, made)
    found = collect(tmp_path / "in", tmp_path / "out", TWO, roster=units)
    told = (tmp_path / "out" / "summary.html").read_text(encoding="utf-8")
    sums = told.partition("<h2>主要数据</h2>")[2].partition("</section>")[0]
    assert "只加 1 份 2024 年度的报告" in sums
    assert set(re.findall(r'class="number">(\d+)<', sums)) == {"1"}
    assert "应报的单位里有 1 个" in found.summary()[2]
    assert "通过（单位）" in told
    assert '<a href="returns/b.json.txt">' in told, "a unit that passes, but has a message"
    assert found.summary()[0].startswith("按文件计")


def test_sums_of_the_form_that_most_follow(tmp_path) -> None:
    """A report on another form takes no figure from the totals of the others; they say that it is not in them."""
    received = {"t3.received.natural_person": 5, "t3.granted.natural_person": 5}
    for name in "甲乙":
        write(tmp_path / "in", name, report(name, received))
    write(tmp_path / "in", "丙", report("丙", received, form="2019"))
    write(tmp_path / "in", "丁", report("丁", received, year=2023))
    collect(tmp_path / "in", tmp_path / "out", TWO)
    told = (tmp_path / "out" / "summary.html").read_text(encoding="utf-8")
    sums = told.partition("<h2>主要数据</h2>")[2].partition("</section>")[0]
    assert "只加 2 份 2024 年度的报告" in sums
    assert "没有加进来的还有 2 份，其中 1 份是另一版格式的" in sums
    assert set(re.findall(r'class="number">(\d+)<', sums)) == {"10"}


def test_what_lost_figures_is_not_added(tmp_path) -> None:
    """Of two reports of which one lost a row, the totals are of the other, and say so."""
    folder = tmp_path / "in"
    received = {"t3.received.natural_person": 5, "t3.granted.natural_person": 5}
    folder.mkdir()
    for name in "甲乙":
        path = folder / f"{name}.xlsx"
        path.write_bytes(fill(report(name, received)))
    book = openpyxl.load_workbook(path)
    book["表三"].delete_rows(10)
    book.save(path)
    collect(folder, tmp_path / "out", TWO)
    told = (tmp_path / "out" / "summary.html").read_text(encoding="utf-8")
    sums = told.partition("<h2>主要数据</h2>")[2].partition("</section>")[0]
    assert "只加 1 份" in sums
    assert set(re.findall(r'class="number">(\d+)<', sums)) == {"5"}


def test_files_that_cannot_be_used_are_one_line(tmp_path) -> None:
    """Whatever is wrong with files that cannot be used, the page has one line of them, and no code of ours."""
    for name, content in {"a.json": b"{", "b.txt": b"x", "c.doc": b"x"}.items():
        (tmp_path / "in").mkdir(exist_ok=True)
        (tmp_path / "in" / name).write_bytes(content)
    collect(tmp_path / "in", tmp_path / "out", TWO)
    told = (tmp_path / "out" / "summary.html").read_text(encoding="utf-8")
    rules = told.partition("<h2>最常见的问题</h2>")[2].partition("</section>")[0]
    assert re.findall(r"<tr><td.*?</tr>", rules) == [
        '<tr><td class="code">—</td><td>不能使用</td><td class="number">3</td></tr>'
    ]


def test_charts_count_units(tmp_path) -> None:
    """A report of nobody is in neither chart."""
    write(tmp_path / "in", "a", report("甲"))
    write(tmp_path / "in", "b", report(""))
    collect(tmp_path / "in", tmp_path / "out", TWO)
    text = (tmp_path / "out" / "summary.html").read_text(encoding="utf-8")
    charts = re.findall(r'<table class="chart">.*?</table>', text, re.DOTALL)
    assert [sum(map(int, re.findall(r'class="number">(\d+)<', chart))) for chart in charts] == [1, 1]
