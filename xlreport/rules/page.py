"""The page of a rule and the list of all, from the registry and the catalogue of messages."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from xlreport.finding import Finding
from xlreport.form import FORMS, load_form
from xlreport.messages import LANGUAGES, say
from xlreport.rules import words
from xlreport.rules.registry import RULES
from xlreport.rules.rule import Example, Rule


def page(code: str, language: str = "zh") -> str:
    """The Markdown page of a rule: what it checks, its basis, a wrong and a right case, how to fix.

    Raises KeyError for a code that no rule has.
    """
    rule = RULES[code]
    told = {part: _word(rule, part, language) for part in ("title", "what", "fix")}
    basis = [f"- {say(f'pages.basis.{key}', language)}" for key in rule.basis]
    return say(
        "pages.page",
        language,
        code=code,
        severity=severity(rule, language),
        forms="、".join(rule.forms),
        basis="\n".join(basis),
        wrong=_case(rule, "wrong", rule.wrong, language),
        right=_case(rule, "right", rule.right, language),
        **told,
    )


def catalogue(language: str = "zh") -> str:
    """A line for every rule: code, severity, what it checks."""
    wide = max(len(code) for code in RULES) + 2
    names = {code: severity(rule, language) for code, rule in RULES.items()}
    fill = "\u3000" if language == "zh" else " "
    called = max(len(name) for name in names.values())
    lines = (
        f"{code:{wide}}{names[code].ljust(called, fill)}  {_word(RULES[code], 'title', language)}" for code in RULES
    )
    return "\n".join(lines) + "\n"


def index(language: str = "zh") -> str:
    """The same as a Markdown table that links to the pages."""
    rows = [
        f"| [{code}]({code}.md) | {severity(rule, language)} | {_word(rule, 'title', language)} |"
        for code, rule in RULES.items()
    ]
    head = say("pages.index_head", language)
    return "\n".join((say("pages.index", language), "", head, "|---|---|---|", *rows, ""))


def pages() -> dict[str, str]:
    """Every page of docs/rules by its path there: the Chinese ones, and the English ones in en/."""
    made: dict[str, str] = {}
    for language in LANGUAGES:
        folder = "" if language == "zh" else f"{language}/"
        made[f"{folder}README.md"] = index(language)
        made |= {f"{folder}{code}.md": page(code, language) for code in RULES}
    return made


def severity(rule: Rule, language: str = "zh") -> str:
    """What a rule's severity is called."""
    return say(f"pages.severity.{rule.severity}", language)


def _word(rule: Rule, part: str, language: str) -> str:
    return say(f"pages.rules.{rule.code}.{part}", language)


def _case(rule: Rule, part: str, example: Example | None, language: str) -> str:
    """An example as the reader would see it, and what the rule says of it; in words where there is no example."""
    if example is None:
        return _word(rule, part, language)
    blocks = ["\n".join(_shown(example, language)).strip()]
    if rule.judge is not None:
        found = [item for item in rule.judge(example.report()) if isinstance(item, Finding)]
        blocks += [say("pages.told", language, message=item.message(language)) for item in found]
    return "\n\n".join(blocks)


def _shown(example: Example, language: str) -> Iterator[str]:
    cells = list(_cells(example, language))
    if cells:
        yield from (say("pages.cell", language), "|---|---|---|", *cells, "")
    told = list(_told(example, language))
    yield from told
    if not cells and not told:
        yield f"- {say('pages.agency', language)}：{example.agency or say('pages.empty', language)}"
        yield f"- {say('pages.year', language)}：{example.year or say('pages.empty', language)}"


def _cells(example: Example, language: str) -> Iterator[str]:
    """The rows of the table of figures, last year's below."""
    figures = load_form(FORMS[0]).figures
    for cell in (cell for cell in figures if cell in example.figures):
        value = example.figures[cell]
        shown = words.number(value) if isinstance(value, int | Decimal) else str(value or say("pages.empty", language))
        yield f"| {figures[cell].address} | {words.name(figures[cell])} | {shown} |"
    for cell, before in example.last_year.items():
        yield f"| {say('pages.last_year', language)} | {words.name(figures[cell])} | {words.number(before)} |"


LONGEST = 200
"""Characters of a text that a page shows."""


def _told(example: Example, language: str) -> Iterator[str]:
    """What else is different in the example, a line each."""
    form, last = load_form(FORMS[0]), say("pages.last_year", language)
    yield from (f"- {form.facts[id_].question}：{answer}" for id_, answer in example.facts.items())
    yield from (f"- {last}·{words.heading(form, key)}：{text}" for key, text in example.last_text.items())
    for key, text in example.text.items():
        where = words.heading(form, key) or say("pages.preamble", language)
        shown = text if len(text) <= LONGEST else f"{text[:LONGEST]}……"
        yield f"- {where}：{shown or say('pages.empty', language)}"
    if example.kind:
        yield f"- {say('pages.kind', language)}：{example.kind}"
    if example.last_agency:
        yield f"- {say('pages.agency', language)}：{example.agency}"
        yield f"- {last}·{say('pages.agency', language)}：{example.last_agency}"
    if example.last:
        yield f"- {last}·{say('pages.year', language)}：{example.last}"
