"""benchmarks.collection: the great run, in small."""

from __future__ import annotations

import sys

import pytest

from benchmarks.collection import holds, soak
from benchmarks.corpus import Corpus


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
def test_soak(tmp_path) -> None:
    """Broken in twenty ways, killed in the middle: right statuses, the same bytes, and the sum that DuckDB makes."""
    pytest.importorskip("pyarrow")
    corpus = Corpus(120, broken=6)
    assert sum(status in ("unusable", "skipped") for _, status in corpus.expected()) == 18
    found = soak(corpus, tmp_path)
    assert holds(found), found
    assert 0 < found["killed_after"] < corpus.size
