"""How titles are worded."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.samples import bureau
from xlreport.document.asides import Extras
from xlreport.document.compose import compose
from xlreport.document.outline import Aside
from xlreport.document.titles import titled, wordings
from xlreport.form import load_form

TAIL = "2024年政府信息公开工作年度报告"


def title(agency: str, kind: str | None, wording: str = "") -> str:
    return titled(replace(bureau(), agency=agency, kind=kind), wording).text


@pytest.mark.parametrize(
    ("kind", "agency", "full"),
    [
        ("部门", "老城区工业和信息化和商务局", "老城区工业和信息化和商务局"),
        ("部门", "某市", "某市"),
        ("垂直管理", "台州市气象局", "台州市气象局"),
        ("汇总", "宿迁市", "宿迁市"),  # as it is published: the whole city's
        (None, "宿迁市", "宿迁市"),
        ("本级政府机关", "宿迁市", "宿迁市人民政府"),
        ("本级政府机关", "淮安市洪泽区人民政府", "淮安市洪泽区人民政府"),
        ("本级政府机关", "上海市人民政府办公厅", "上海市人民政府办公厅"),
        ("本级政府机关", "内蒙古自治区", "内蒙古自治区人民政府"),
        ("本级政府机关", "苏州工业园区", "苏州工业园区"),  # has a committee, not a government
        ("本级政府机关", "浦东新区", "浦东新区"),
        ("本级政府机关", "大兴安岭地区", "大兴安岭地区行政公署"),
        ("乡镇/街道", "北街街道", "北街街道办事处"),
        ("乡镇/街道", "合水镇", "合水镇人民政府"),
        ("乡镇/街道", "合水镇人民政府", "合水镇人民政府"),
        ("乡镇/街道", "", ""),
    ],
)
def test_by_kind(kind: str | None, agency: str, full: str) -> None:
    """A government's and a town's title has the full name of the organ; an office's the name as it is given."""
    assert title(agency, kind) == full + TAIL


def test_by_name() -> None:
    """A wording can be chosen by its name; `office` leaves every name as it is given."""
    assert title("北街街道", "乡镇/街道", "office") == f"北街街道{TAIL}"
    assert title("宿迁市", None, "government") == f"宿迁市人民政府{TAIL}"
    assert title("上海市", "汇总", "year-first") == "2024年上海市政府信息公开工作年度报告"
    assert title("北街街道", "乡镇/街道", "year-first") == "2024年北街街道办事处政府信息公开工作年度报告"
    assert title("台州市气象局", "垂直管理", "annual") == "台州市气象局2024年度政府信息公开工作年度报告"
    assert title("合水镇", "乡镇/街道", "{agency}{year}年年度报告") == "合水镇人民政府2024年年度报告"


def test_every_kind_has_one() -> None:
    """Every kind of office that the forms know has exactly one wording."""
    kinds = [kind for wording in wordings().values() for kind in wording.kinds]
    assert sorted(kinds) == sorted(office.id for office in load_form("2021").offices)


def test_signature() -> None:
    """Who signs is called as in the title."""
    report = replace(bureau(), agency="合水镇", kind="乡镇/街道")
    outline = compose(report, extras=Extras(date="2025年1月20日"))
    signatures = [block.text for block in outline.blocks if isinstance(block, Aside)]
    assert outline.agency == signatures[0] == "合水镇人民政府"
