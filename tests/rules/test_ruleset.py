"""The version of the rule set."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import pytest

from tests.samples import city
from tools import ruleset as tool
from xlreport import job
from xlreport.errors import InputError
from xlreport.rules import RULES
from xlreport.rules.ruleset import ruleset


def test_a_changed_rule_set_has_a_new_version() -> None:
    """The rules are those that the version was given to: after a change, `python -m tools.ruleset` gives the next."""
    assert tool.digest() == tool.recorded(), "the rules have changed: run `python -m tools.ruleset`"


@pytest.mark.parametrize(
    "change", [{"severity": "note"}, {"forms": ("2021",)}, {"basis": ("tool",)}, {"code": "T3-NEW"}], ids=str
)
def test_what_a_rule_is_counts(change: dict[str, object], monkeypatch: pytest.MonkeyPatch) -> None:
    """Another severity, form, basis or code of one rule is another rule set; so is a rule less."""
    rules = dict(RULES)
    rules["T3-BAL"] = replace(rules["T3-BAL"], **change)  # type: ignore[arg-type]
    monkeypatch.setattr(tool, "RULES", MappingProxyType(rules))
    assert tool.digest() != tool.recorded()
    del rules["T3-BAL"]
    assert tool.digest() != tool.recorded()


def test_sources_count(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A changed number in a rule counts; comments, docstrings and line breaks do not."""
    path = tmp_path / "rules" / "t.py"
    path.parent.mkdir()
    monkeypatch.setattr(tool, "PACKAGE", tmp_path)

    def digest(source: str) -> str:
        path.write_text(source, encoding="utf-8")
        return tool.digest()

    first = digest('"""表。"""\nMOST = 3  # 三\n\n\ndef f():\n    """Say."""\n    return {"#": MOST}\n')
    assert digest('MOST = 3\ndef f():\n    """Tell it."""\n    # 说\n    return {\n"#": MOST}\n') == first
    assert digest('MOST = 4\ndef f():\n    """Tell it."""\n    return {"#": MOST}\n') != first
    assert digest('MOST = 3\ndef f():\n    """Tell it."""\n    return {"表": MOST}\n') != first


def test_all_that_judges_counts() -> None:
    """Every rule's file, the reading of the text, and the forms are among the sources."""
    names = {path.relative_to(tool.PACKAGE).as_posix() for path in tool.sources()}
    assert {f"rules/{code.lower().replace('-', '_')}.py" for code in RULES} <= names
    assert {"rules/locate.py", "rules/registry.py", "form/2021.toml", "narrative/reading/reader.py"} <= names
    assert "rules/page.py" not in names


def test_the_tool(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """The tool counts up by one when the rules have changed, and leaves the version alone when they have not."""
    record = tmp_path / "ruleset.toml"
    record.write_text(f'# Head.\nversion = 7\ndigest = "{tool.digest()}"\n', encoding="utf-8")
    for name in ("tools.ruleset.RECORD", "xlreport.rules.ruleset.RECORD"):
        monkeypatch.setattr(name, record)
    tool.main()
    assert ruleset() == 7
    record.write_text('# Head.\nversion = 7\ndigest = ""\n', encoding="utf-8")
    tool.main()
    assert record.read_text(encoding="utf-8") == f'# Head.\nversion = 8\ndigest = "{tool.digest()}"\n'
    assert capsys.readouterr().out == "rule set 7: unchanged\nrule set 8\n"


def test_every_result_bears_it() -> None:
    """A verdict says which rule set judged, also when the file cannot be used."""
    assert job.judge(Path("a.json"), city()).ruleset == ruleset() >= 1
    error = InputError("files.missing", path="a")
    assert job.unusable(Path("a"), error).to_json()["ruleset"] == ruleset()
