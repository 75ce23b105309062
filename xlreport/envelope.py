"""What each final document carries of the report it was made from: `xlreport/document/1`.

One JSON text for all three: safe inside an HTML script element and inside XML as it stands, since `<`, `>`, `&` and
what no page can hold are written by their numbers.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from typing import NamedTuple

from xlreport.data import decode, report_from, report_to
from xlreport.errors import DataError
from xlreport.finding import plain
from xlreport.form import load_form
from xlreport.form.weigh import Number
from xlreport.report import Report

SCHEMA = "xlreport/document/1"
LONGEST = 4 << 20
"""Characters of an envelope; every text and fact at its longest has a quarter of that."""

_UNSAFE = re.compile("[<>&\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufdd0-\ufdef\ufffe\uffff]")


class Beside(NamedTuple):
    """What a document shows otherwise than the plain print of its report, when it is made.

    more: lines of its own, such as a letterhead's or 落款. less: the title and headings that these stand for.
    """

    more: tuple[str, ...] = ()
    less: tuple[str, ...] = ()


NOTHING = Beside()


class Envelope(NamedTuple):
    """`data`: the JSON text. `mark`: one line of ASCII under 255 characters: schema, form, rules and figures."""

    data: str
    mark: str


class Carried(NamedTuple):
    """What was found in a document: its report, and the hash of the figures as they were when it was made."""

    report: Report
    figures: str
    rules: str
    beside: Beside = NOTHING


def seal(report: Report, rules: str, beside: Beside = NOTHING) -> Envelope:
    """The envelope of a report that was judged by this version of the rules."""
    figures = figures_hash(report.form, report.figures)
    inside = {"schema": SCHEMA, "form": report.form, "rules": rules, "figures": figures, "report": report_to(report)}
    if beside != NOTHING:
        inside["beside"] = beside._asdict()
    text = json.dumps(inside, ensure_ascii=False, separators=(",", ":"))
    data = _UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
    return Envelope(data, f"{SCHEMA} form={report.form} rules={rules} figures={figures}")


def unseal(data: str | bytes) -> Carried:
    """The report of an envelope. Raises DataError where it is damaged, or its figures are not as they were."""
    if len(data) > LONGEST:
        raise DataError("published.envelope")
    inside = decode(data)
    if not isinstance(inside, dict) or inside.get("schema") != SCHEMA:
        raise DataError("published.envelope")
    report = report_from(inside.get("report"))
    figures = figures_hash(report.form, report.figures)
    if inside.get("figures") != figures:
        raise DataError("published.envelope")
    return Carried(report, figures, str(inside.get("rules")), _beside(inside.get("beside", {})))


def _beside(inside: object) -> Beside:
    if not isinstance(inside, dict):
        raise DataError("published.envelope")
    more, less = (inside.get(key, []) for key in Beside._fields)
    if not all(isinstance(lines, list) and all(isinstance(line, str) for line in lines) for lines in (more, less)):
        raise DataError("published.envelope")
    return Beside(tuple(more), tuple(less))


def figures_hash(form: str, figures: Mapping[str, Number]) -> str:
    """`sha256:` and the hash, in hex, of a line `id=value` for each figure that is not blank, in the form's order."""
    lines = (f"{cell}={json.dumps(plain(figures[cell]))}\n" for cell in load_form(form).figures if cell in figures)
    return "sha256:" + hashlib.sha256("".join(lines).encode()).hexdigest()
