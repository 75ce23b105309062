"""Preloaded by a Dask worker of the tests: it has an older xlreport."""

from __future__ import annotations

import xlreport

xlreport.__version__ = "0.0.1"
