"""What a document carries of its report."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import replace

import pytest

from tests.document.conftest import a_report
from tests.samples import city
from xlreport.data import dump_report
from xlreport.envelope import Beside, figures_hash, seal, unseal
from xlreport.errors import DataError
from xlreport.report import Report


def test_sealed_and_opened() -> None:
    """The report comes back, with the hash of its figures and the version of the rules."""
    carried = unseal(seal(a_report(), "7").data)
    assert dump_report(carried.report) == dump_report(a_report())
    assert (carried.rules, carried.figures) == ("7", figures_hash("2021", a_report().figures))


def test_safe_anywhere() -> None:
    """The text ends no script element, needs no escape in XML, and holds no character that a page cannot hold."""
    odd = "</script><!--]]>&amp;\x7f\x85\u2028\u2029\ufdd0\U0001f600"
    report = replace(city(), text={**city().text, "problems": odd})
    data = seal(report, "1").data
    assert not re.search("[<>&\x00-\x1f\x7f-\x9f\u2028\u2029\ufdd0]", data)
    assert unseal(data).report.text["problems"] == odd
    assert json.loads(data)["report"]["text"]["problems"] == odd


def test_mark() -> None:
    """The line of a document property is ASCII and short enough for Word."""
    mark = seal(city(), "12").mark
    assert re.fullmatch(r"xlreport/document/1 form=2021 rules=12 figures=sha256:[0-9a-f]{64}", mark)
    assert len(mark) < 255


def test_hash_as_documented() -> None:
    """The hash is over a line `id=value` for each figure that is not blank, in the form's order."""
    report = Report("2021", "", None, {"t3.received.total": 12, "t2.rules.issued": 0})
    lines = b"t2.rules.issued=0\nt3.received.total=12\n"
    assert figures_hash("2021", report.figures) == "sha256:" + hashlib.sha256(lines).hexdigest()
    assert figures_hash("2021", {}) == "sha256:" + hashlib.sha256(b"").hexdigest()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"t2.rules.issued":2', '"t2.rules.issued":3'),
        ('"schema":"xlreport/document/1"', '"schema":"xlreport/document/9"'),
        ('"report":{', '"report":['),
        ('"form":"2021","agency"', '"form":"2019","agency"'),
        ("sha256:", "md5:"),
        ('"rules"', '"form"'),
    ],
)
def test_changed(old: str, new: str) -> None:
    """Data that were changed are not opened."""
    data = seal(city(), "1").data
    assert old in data
    with pytest.raises(DataError):
        unseal(data.replace(old, new, 1))


def test_beside() -> None:
    """What a document has of its own goes along and comes back; one that has nothing says nothing of it."""
    beside = Beside(("某局文件", "</script>"), ("六、其他需要报告的事项",))
    assert unseal(seal(city(), "1", beside).data).beside == beside
    assert '"beside"' not in seal(city(), "1").data
    assert unseal(seal(city(), "1").data).beside == Beside()


@pytest.mark.parametrize("nonsense", ["1", "[]", '{"more":"甲"}', '{"less":[1]}', '{"more":null}'])
def test_beside_nonsense(nonsense: str) -> None:
    """Nonsense in its place damages the whole."""
    data = seal(city(), "1", Beside(("甲",))).data
    assert '"beside":{"more":["甲"],"less":[]}' in data
    with pytest.raises(DataError):
        unseal(data.replace('{"more":["甲"],"less":[]}', nonsense))
