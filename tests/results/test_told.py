"""What every way of showing a verdict says alike."""

from __future__ import annotations

import pytest

from tests.results.verdicts import many, passing, unusable, wrong
from xlreport.finding import Amendment, Explained, Finding
from xlreport.results import told
from xlreport.results.told import Piece


def of(code: str) -> Finding:
    return next(finding for finding in wrong().findings if finding.code == code)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_pieces_are_the_sentence(language: str) -> None:
    """The pieces of a sentence are the whole sentence, in order."""
    for finding in wrong().findings:
        assert "".join(piece.text for piece in told.pieces(finding, language)) == finding.message(language)


def test_sides() -> None:
    """Both sides of the equation that was evaluated are told apart from the words round them."""
    kinds = [piece.text for piece in told.pieces(of("T3-ROW")) if piece.kind == "side"]
    assert kinds == ["自然人 1480 ＋ 商业企业 21 ＋ 法律服务机构 2 ＝ 1503", "总计 1431"]
    assert told.sides(of("T3-ROW")) == ("1503", "1431", "−72")
    assert told.sides(of("FIG-BLANK")) is None


def test_a_quoted_figure() -> None:
    """The figure is marked within the sentence that is quoted."""
    quoted = [piece for piece in told.pieces(of("TXT-FIG")) if piece.kind]
    assert quoted == [
        Piece("全年共收到申请", "quote"),
        Piece("21件", "figure"),
        Piece("，<b>均已答复</b>。", "quote"),
    ]


def test_a_figure_is_not_the_end_of_a_longer_one() -> None:
    """1件 is not marked inside 21件."""
    finding = Finding(
        "TXT-FIG", "error", "words.TXT-PASTE.text", {"place": "一", "quote": "共21件，结转1件", "figure": "1件"}
    )
    assert [piece.text for piece in told.pieces(finding) if piece.kind] == ["共21件，结转", "1件"]


def test_order_and_counts() -> None:
    """Errors come first, then warnings, then notes."""
    severities = [finding.severity for finding in told.ordered(wrong().findings)]
    assert severities == sorted(severities, key=told.SEVERITIES.index)
    assert told.counts(wrong()) == {"error": 3, "warning": 1, "note": 0}


def test_spot() -> None:
    """Neighbouring cells are told as a range; what no table holds, by its address; very many by the first ones."""
    verdict = wrong()
    assert told.spot(of("T3-ROW"), verdict) == "表三!D8:J8"
    assert verdict.report is not None
    scattered = Finding("FIG-BLANK", "warning", "", cells=tuple(list(verdict.report.figures)[::9][:12]))
    scattered = scattered._replace(addresses=tuple(verdict.report.statute.figures[c].address for c in scattered.cells))
    assert told.spot(scattered, verdict).endswith("，另有 6 格")
    assert told.spot(Finding("INF-BLANK", "error", "", addresses=("基本信息!B6",)), verdict) == "基本信息!B6"
    moved = of("T3-ROW")._replace(addresses=("表三!D9",))
    assert told.spot(moved, verdict) == "表三!D9"


def test_rules_of_findings() -> None:
    """Only rules that found something are told; what no rule found has no title."""
    assert told.codes([wrong(), unusable()]) == ["T3-SUM", "T3-ROW", "FIG-BLANK", "TXT-FIG"]
    assert told.title("INPUT") == told.fix("INPUT") == ""
    assert told.title("T3-BAL") == "表三各列：一＋二＝三（七）＋四"


def test_terms() -> None:
    """Errata are told once for all files, with all that they concerned; explanations by the file that they are of."""
    off = Amendment("TXT-LEN", "off", 2, "某通知", "省.toml")
    old = Explained("T2-STOCK", "t2.rules.in_force", 3, None, "清理", "lapsed")
    used = old._replace(status="applies")
    verdicts = [wrong(errata=(off,), explanations=(old, used)), passing()._replace(errata=(off,))]
    assert list(told.terms(verdicts)) == [
        "勘误：TXT-LEN 停用，未列出 4 处（某通知；省.toml）",
        "宿迁市 已失效（数字或文字改动过）：T2-STOCK t2.rules.in_force 清理",
    ]
    graded = off._replace(severity="note")
    assert list(told.terms([wrong(errata=(graded,))])) == ["勘误：TXT-LEN 按“提示”处理，共 2 处（某通知；省.toml）"]
    assert list(told.terms([many(1)])) == []
