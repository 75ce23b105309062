"""Files of entries, read strictly."""

from __future__ import annotations

import pytest

from xlreport.errors import DataError, InputError
from xlreport.messages import LANGUAGES
from xlreport.rules.errata import parse_errata
from xlreport.rules.explain import parse_explanations

ERRATUM = 'schema = "xlreport/errata/1"\n[[erratum]]\ncode = "TXT-LEN"\nseverity = "note"\nreason = "通知"\n'
EXPLANATION = (
    'schema = "xlreport/explanations/1"\n[[explanation]]\n'
    'code = "T2-STOCK"\ncell = "t2.rules.in_force"\nvalue = 3\ntext = "清理"\n'
)

MISTAKES: dict[str, tuple[str | bytes, str]] = {
    "no toml": ("[[", "TOML"),
    "another encoding": (b"\xb9\xe3", "UTF-8"),
    "no schema": ("", "schema"),
    "a newer schema": (ERRATUM.replace("errata/1", "errata/2"), "xlreport/errata/1"),
    "an unknown table": (ERRATUM + "[rules]\n", "rules"),
    "a table for an array": (ERRATUM.replace("[[erratum]]", "[erratum]"), "[[erratum]]"),
    "an array of numbers": ('schema = "xlreport/errata/1"\nerratum = [1]\n', "[[erratum]]"),
    "an unknown key": (ERRATUM + "form = 2021\n", "erratum[1].form"),
    "no code": (ERRATUM.replace('code = "TXT-LEN"\n', ""), "erratum[1].code"),
    "no severity": (ERRATUM.replace('severity = "note"\n', ""), "erratum[1].severity"),
    "no reason": (ERRATUM.replace("通知", ""), "erratum[1].reason"),
    "an unknown rule": (ERRATUM.replace("TXT-LEN", "TXT-LONG"), "TXT-LONG"),
    "a rule that nothing can be without": (ERRATUM.replace("TXT-LEN", "WB-FORM"), "WB-FORM"),
    "an unknown severity": (ERRATUM.replace('"note"', '"fatal"'), "erratum[1].severity"),
    "a number for a text": (ERRATUM.replace('"通知"', "1"), "erratum[1].reason"),
    "a text for a date": (ERRATUM + 'from = "2026-01-01"\n', "erratum[1].from"),
    "a time for a date": (ERRATUM + "until = 2026-01-01T00:00:00\n", "erratum[1].until"),
    "dates backwards": (ERRATUM + "from = 2026-02-01\nuntil = 2026-01-01\n", "2026-02-01"),
    "a number for years": (ERRATUM + "years = 2025\n", "erratum[1].years"),
    "no years": (ERRATUM + 'years = ["2025"]\n', "erratum[1].years"),
    "true for a year": (ERRATUM + "years = [true]\n", "erratum[1].years"),
    "a year before all reports": (ERRATUM + "years = [2007]\n", "erratum[1].years"),
    "a year far away": (ERRATUM + "years = [2101]\n", "erratum[1].years"),
    "an unknown form": (ERRATUM + 'forms = ["2020"]\n', "erratum[1].forms"),
    "the second entry": (ERRATUM + "[[erratum]]\n", "erratum[2].code"),
    "a text for yes or no": (ERRATUM + 'notes = "true"\n', "erratum[1].notes"),
    "a number for yes or no": (ERRATUM + "notes = 1\n", "erratum[1].notes"),
    "a long text": (ERRATUM.replace("通知", "长" * 2001), "erratum[1].reason"),
}
UNEXPLAINED = {
    "no cell": (EXPLANATION.replace('cell = "t2.rules.in_force"\n', ""), "explanation[1].cell"),
    "no value": (EXPLANATION.replace("value = 3\n", ""), "explanation[1].value"),
    "no text": (EXPLANATION.replace('text = "清理"\n', ""), "explanation[1].text"),
    "true for a value": (EXPLANATION.replace("3", "true"), "explanation[1].value"),
    "no finite value": (EXPLANATION.replace("3", "nan"), "NaN"),
    "a date for a value": (EXPLANATION.replace("3", "2026-01-01"), "explanation[1].value"),
    "an unknown rule": (EXPLANATION.replace("T2-STOCK", "T2"), "T2"),
    "a text for expected": (EXPLANATION + 'expected = "4"\n', "explanation[1].expected"),
    "errata": (ERRATUM, "xlreport/explanations/1"),
}


def content(source: str | bytes) -> bytes:
    return source if isinstance(source, bytes) else source.encode()


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_in_errata_is_named(name: str) -> None:
    """A mistake in a file of errata is an unusable input, and its sentence names the entry and the key."""
    source, named = MISTAKES[name]
    with pytest.raises(DataError) as caught:
        parse_errata(content(source), "a.toml")
    assert issubclass(caught.type, InputError)
    for language in LANGUAGES:
        assert named in caught.value.tell(language)
        assert "\n" not in caught.value.tell(language)


@pytest.mark.parametrize("name", UNEXPLAINED)
def test_a_mistake_in_explanations_is_named(name: str) -> None:
    """So is one in a file of explanations."""
    source, named = UNEXPLAINED[name]
    with pytest.raises(DataError) as caught:
        parse_explanations(content(source))
    assert named in caught.value.tell()


def test_what_is_right_is_read() -> None:
    """A file without entries, or with a byte order mark, is in order."""
    assert parse_errata(b'\xef\xbb\xbfschema = "xlreport/errata/1"\n', "a.toml") == ()
    assert len(parse_errata(ERRATUM.encode(), "a.toml")) == 1
    assert parse_explanations(EXPLANATION.encode())[0].text == "清理"


@pytest.mark.parametrize(
    "more",
    [
        "years = [2008, 2024, 2100]",
        "from = 2026-01-01",
        "until = 2026-01-01",
        "from = 2026-01-01\nuntil = 2026-01-01",
    ],
)
def test_seasons_are_read(more: str) -> None:
    """A season may be open at either end, or a single day."""
    assert len(parse_errata(f"{ERRATUM}{more}\n".encode(), "a.toml")) == 1


def test_the_longest_text() -> None:
    """A text of two thousand characters is read."""
    assert len(parse_errata(ERRATUM.replace("通知", "长" * 2000).encode(), "a.toml")[0].reason) == 2000
