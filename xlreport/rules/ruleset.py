"""The version of the rule set, which every result bears: results of the same version were judged by the same rules.

It counts up by one with every change of what is judged: `python -m tools.ruleset` does it, and a test asks for it.
"""

from __future__ import annotations

from pathlib import Path

from xlreport.toml import read_toml

RECORD = Path(__file__).with_name("ruleset.toml")


def ruleset() -> int:
    """The version of the rule set."""
    return int(read_toml(RECORD)["version"])
