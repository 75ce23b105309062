"""Numbers and the rules of their cells."""

from __future__ import annotations

from xlreport.published.torn import Char, torn

CELLS = {(0, 0): (0.0, 0.0, 60.0, 20.0), (0, 1): (60.0, 0.0, 100.0, 20.0)}
SIZE = 10.0


def number(text: str, left: float, apart: float = 0.0) -> list[Char]:
    """Digits half as wide as high."""
    places = [left + (SIZE / 2 + apart) * n for n in range(len(text))]
    return [
        {"text": c, "x0": x, "x1": x + SIZE / 2, "bottom": 15.0, "size": SIZE}
        for c, x in zip(text, places, strict=True)
    ]


def judged(*numbers: list[Char]) -> tuple[set[int], int]:
    """The cells that are torn, and how many digits outside."""
    chars = [char for digits in numbers for char in digits]
    middles = {id(char): (char["x0"] + char["x1"]) / 2 for char in chars}
    held = {key: (0, 0 if x < 60 else 1) for key, x in middles.items() if x < 100}
    cells, outside = torn(chars, held, CELLS)
    return {cell for _, cell in cells}, len(outside)


def test_over_the_rule() -> None:
    """A number over the rule blanks both cells, also where its digits are set apart; beyond the table it blanks one."""
    assert judged(number("1206782", 30)) == ({0, 1}, 0)
    assert judged(number("1206782", 30), number("0", 62)) == ({0, 1}, 0)
    assert judged(number("120678", 25, apart=1.5)) == ({0, 1}, 0)
    assert judged(number("12067823", 75)) == ({1}, 3)


def test_within() -> None:
    """Numbers that keep a hair from their rules are two, and a number elsewhere on the page is nobody's."""
    assert judged(number("120678", 29), number("34", 61)) == (set(), 0)
    assert judged(number("12", 2), number("34", 62)) == (set(), 0)
    assert judged(number("2024", 200)) == (set(), 0)
    assert judged() == (set(), 0)


def test_cut_off() -> None:
    """A number that fills its cell up to the rule may go on behind it; one that begins further right does not."""
    assert judged(number("1206782", 65)) == ({1}, 0)
    assert judged(number("120678", 60.3)) == (set(), 0)
    assert judged(number("1206782", 64.3)) == ({1}, 0)
    assert judged(number("12067", 74.8)) == (set(), 0)
