"""Claims: the figures of a text, each with the words that belong to it. One pass over tokens, no looking back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal

from xlreport.form.weigh import Number
from xlreport.narrative.reading.lexicon import DROPPED, Lexicon, Word
from xlreport.narrative.reading.meaning import INTAKE, Context, Meaning, meaning
from xlreport.narrative.reading.numerals import arabic, chinese
from xlreport.narrative.reading.scope import Scope, of_lead, of_pronoun
from xlreport.report import Report

DEEPEST = 20
"""Brackets within brackets that are told apart."""

_COUNTED = {
    "t2": (frozenset("件份部个"), frozenset("项")),
    "t3": (frozenset("件项份宗起条例"), frozenset({"", "个", "次", "件次"})),
    "t4": (frozenset("件项份宗起条例"), frozenset({"", "个", "次", "件次"})),
}
_DECIDED = (frozenset("件宗起例"), frozenset("项个次份"))
_MONEY = {"元": Decimal(1), "万元": Decimal(10_000), "亿元": Decimal(100_000_000)}
_WIDE = str.maketrans("０１２３４５６７８９％．", "0123456789%.")


@dataclass(frozen=True, slots=True)
class Claim:
    """A figure, where it stands in its sentence (start, end), and what it may be a figure of.

    step: one unit of its last digit. options: cells to be summed, any of which may be meant; none for a figure that is
    no statutory one. sure: whether a difference is a contradiction; part: of only some of what the tables cover.
    worded: a zero told in words.
    """

    start: int
    end: int
    value: Number
    step: Decimal
    options: tuple[tuple[str, ...], ...] = ()
    sure: bool = False
    part: bool = False
    worded: bool = False


@dataclass(slots=True)
class _Figure:
    start: int
    end: int
    value: Number
    step: Decimal
    unit: str
    usable: bool
    words: list[Word]
    joined: list[Word]
    certain_joint: bool
    lead: str
    after: list[Word] = field(default_factory=list)
    closed: bool = False


@dataclass(slots=True)
class _Clause:
    """What stands between two commas, or within brackets, so far."""

    words: list[Word] = field(default_factory=list)
    joined: list[Word] = field(default_factory=list)
    certain_joint: bool = True
    lead: tuple[int, int] | None = None
    negative: int | None = None
    last: int = 0
    compared: bool = False
    inexact: bool = False
    other_year: bool = False
    unsure_year: bool = False
    figure: _Figure | None = None


@dataclass(slots=True)
class _Told:
    """What the sentence has told so far."""

    context: Context = field(default_factory=Context)
    scope: Scope = "whole"
    among: bool = False
    other_year: bool = False
    disclosure: bool = False


class Reader:
    """Reads the sentences of one text in their order; what a paragraph is about stays known."""

    def __init__(self, report: Report, lexicon: Lexicon, *, requests: bool) -> None:
        """`requests`: whether the whole text is about requests and disputes."""
        self._report, self._form, self._lexicon = report, report.statute, lexicon
        self._about_requests = requests
        self._requests = requests
        self._scope: Scope = "whole"

    def paragraph(self) -> None:
        """A new paragraph begins."""
        self._requests, self._scope = self._about_requests, "whole"

    def about(self, sentence: str) -> None:
        """A sentence without figures: it may say what the paragraph is about."""
        self._requests = self._requests or "依申请公开" in sentence or "信息公开申请" in sentence

    def claims(self, sentence: str) -> Iterator[Claim]:
        """The figures of a sentence; places count in `sentence` as given."""
        text, places = _compact(sentence)
        self._text = text
        self._told = _Told(scope=self._scope, disclosure=self._about_requests)
        self._clause = _Clause()
        self._outer: list[tuple[_Clause, _Told]] = []
        last = 0
        for token in self._lexicon.tokens.finditer(text):
            if token.start() > last:
                self._gap(last, token.start())
            last = token.end()
            for claim in self._token(token):
                yield replace(claim, start=places[claim.start], end=places[claim.end - 1] + 1)
        if last < len(text):
            self._gap(last, len(text))
        while self._outer:
            yield from (replace(c, start=places[c.start], end=places[c.end - 1] + 1) for c in self._close())
        yield from (replace(c, start=places[c.start], end=places[c.end - 1] + 1) for c in self._end())

    def _token(self, token: re.Match[str]) -> Iterator[Claim]:
        kind = token.lastgroup or ""
        if token["word"] is not None:
            yield from self._word(token[0], token.start(), token.end())
        elif token["number"] is not None or token["han"] is not None or token["zero"] is not None:
            yield from self._number(token)
        elif token["hard"] is not None:
            yield from self._end()
        elif token["soft"] is not None:
            yield from self._join(token[0])
        elif token["open"] is not None:
            yield from self._open()
        elif token["close"] is not None:
            yield from self._close() if self._outer else self._end()
        elif token["date"] is not None:
            self._date(int(token["date"]), token.end())
        elif token["scope"] is not None:
            self._told.scope = of_pronoun(token[0], self._report)
            self._clause.lead = None
            self._clause.words.clear()
        else:
            assert kind
            self._gap(token.start(), token.end())

    def _gap(self, start: int, end: int) -> None:
        """Words that are not understood: what is said before them has nothing to do with a figure after them."""
        clause = self._clause
        clause.lead = (clause.lead[0] if clause.lead else start, end)
        clause.words, clause.joined, clause.negative = [], [], None
        if clause.figure:
            clause.figure.closed = True

    def _word(self, text: str, start: int, end: int) -> Iterator[Claim]:
        clause, told, word = self._clause, self._told, self._lexicon.words[text]
        match word.mark:
            case "among":
                yield from self._flush()
                clause.words, clause.joined = [], []
                told.among = True
                return
            case "examples":
                clause.words, clause.joined = [], []
                return
            case "negative":
                yield from self._flush()
                clause.words, clause.joined, clause.negative, clause.last = [], [], start, end
                return
            case "compared":
                yield from self._flush()
                clause.compared = True
            case "inexact":
                clause.inexact = True
            case "request":
                self._requests = told.disclosure = True
            case "disclosure":
                told.disclosure = True
        if "t2.decisions" in word.columns:
            told.context.decided = True
        clause.words.append(word)
        if word.rows or word.columns:
            clause.last = end
        if clause.figure and not clause.figure.closed:
            clause.figure.after.append(word)

    def _date(self, year: int, end: int) -> None:
        clause, now = self._clause, self._report.year
        if now is None:
            clause.unsure_year = True
        elif year == now:
            self._told.other_year = False
            if self._told.scope == "unknown":
                self._told.scope = "whole"
        elif year in (now - 1, now + 1):
            word = Word(mark="next" if year > now else "previous")
            clause.words.append(word)
            clause.other_year = True
            if clause.figure and not clause.figure.closed:
                clause.figure.after.append(word)
        else:
            clause.other_year = True

    def _join(self, mark: str) -> Iterator[Claim]:
        clause = self._clause
        yield from self._flush()
        if clause.words:
            clause.joined += clause.words
            clause.certain_joint = clause.certain_joint and mark != "、"
            clause.words = []

    def _open(self) -> Iterator[Claim]:
        yield from self._flush()
        if len(self._outer) < DEEPEST:
            self._outer.append((self._clause, replace(self._told, context=replace(self._told.context))))
            self._clause = _Clause()

    def _close(self) -> Iterator[Claim]:
        yield from self._end()
        self._clause, self._told = self._outer.pop()

    def _number(self, token: re.Match[str]) -> Iterator[Claim]:
        yield from self._flush()
        clause = self._clause
        usable = clause.negative is None and not clause.inexact and not clause.compared
        step: Decimal = Decimal(1)
        value: Number | None
        if token["number"] is not None:
            unit = token["unit"] or ""
            usable = usable and not token["more"] and not token["above"]
            made = arabic(token["number"], token["scale"].replace("万", "") if unit == "万元" else token["scale"])
            value, step = made or (None, step)
        else:
            unit = token["hanunit"] or ""
            value = chinese(token["han"]) if token["han"] else 0
        if value is None:
            self._gap(token.start(), token.end())
            return
        before = self._text[max(token.start() - 1, 0) : token.start()]
        if not unit and not (value == 0 and before == "为"):
            unit = "?" if token["han"] else ""
        elif not unit:
            unit = "件"
        lead = self._text[slice(*clause.lead)] if clause.lead else ""
        clause.figure = _Figure(
            token.start(),
            token.end(),
            value,
            step,
            unit,
            usable,
            clause.words,
            clause.joined,
            clause.certain_joint,
            lead,
        )
        clause.words, clause.joined, clause.certain_joint = [], [], True
        clause.lead, clause.negative, clause.inexact = None, None, False

    def _flush(self) -> Iterator[Claim]:
        """The figure that waits for what stands after it is complete."""
        figure, self._clause.figure = self._clause.figure, None
        if figure:
            yield self._claim(figure)

    def _claim(self, figure: _Figure) -> Claim:
        plain = Claim(figure.start, figure.end, figure.value, figure.step)
        if not figure.usable or figure.unit in ("%", "％", "‰", "个百分点"):
            return plain
        told = self._told
        words = figure.joined + figure.words
        meant = meaning(words, told.context, self._form)
        if meant is None and not figure.joined:
            meant = meaning(figure.words + figure.after, told.context, self._form)
            words = figure.words + figure.after
        if meant is None:
            return plain
        carried = meant.rows[0] in ("t3.carried_in", "t3.carried_out") and len(meant.rows) == 1
        if (self._clause.other_year or told.other_year) and not carried:
            return plain
        strong, scale = _unit(meant, figure.unit)
        if strong is None:
            return plain
        scope = self._scope_of(figure.lead)
        self._remember(meant)
        sure = strong and self._sure(meant, scope) and (not figure.joined or figure.certain_joint or figure.value == 0)
        return replace(
            plain,
            value=figure.value * scale if scale != 1 else figure.value,
            step=figure.step * scale,
            options=meant.options,
            sure=sure,
            part=scope == "part",
        )

    def _scope_of(self, lead: str) -> Scope:
        told = self._told
        if lead:
            told.scope = of_lead(lead, self._report)
        self._scope = told.scope
        return told.scope

    def _sure(self, meant: Meaning, scope: Scope) -> bool:
        told = self._told
        if meant.weak or scope == "unknown" or self._clause.unsure_year:
            return False
        if meant.table == "t3":
            return self._requests and not (
                meant.background and told.among and len(meant.options[0]) == 1 and _bare(meant)
            )
        return meant.table != "t4" or told.disclosure

    def _remember(self, meant: Meaning) -> None:
        context = self._told.context
        context.columns = meant.table
        if meant.table == "t3":
            context.requests = meant.rows
        elif meant.table == "t4":
            context.disputes = meant.rows
        elif meant.rows[0] in ("t2.rules", "t2.normative_documents"):
            context.documents = meant.rows

    def _end(self) -> Iterator[Claim]:
        """A comma, a full stop, a closing bracket."""
        yield from self._flush()
        clause, told = self._clause, self._told
        words = clause.joined + clause.words
        if clause.negative is not None:
            yield from self._nothing(words, clause)
        elif words and not clause.compared:
            meant = meaning(words, told.context, self._form)
            if meant and any(word.rows for word in words):
                self._remember(meant)
        if clause.other_year and not any(word.mark == "carried" for word in words):
            told.other_year = True
        self._clause = _Clause()

    def _nothing(self, words: list[Word], clause: _Clause) -> Iterator[Claim]:
        """未收到…, 没有…: zero, in words."""
        told = self._told
        if len([word for word in words if word.columns and word.columns[0].startswith("t3.")]) > 1:
            words = [word for word in words if not word.columns]  # 没有公民、法人…: nobody
        meant = meaning(words, told.context, self._form)
        if meant is None or clause.compared or clause.other_year or told.other_year or clause.negative is None:
            return
        lead = self._text[slice(*clause.lead)] if clause.lead else ""
        scope = self._scope_of(lead)
        self._remember(meant)
        options = meant.options[:1] if meant.rows == INTAKE else meant.options
        sure = self._sure(meant, scope)
        end = max(clause.last, clause.negative + 1)
        yield Claim(clause.negative, end, 0, Decimal(1), options, sure, scope == "part", worded=True)


def _bare(meant: Meaning) -> bool:
    """Of all applicants together."""
    return all(cell.endswith(".total") for cell in meant.options[0])


def _unit(meant: Meaning, unit: str) -> tuple[bool | None, Decimal]:
    """Whether a figure in `unit` is surely a figure of those cells (None: surely not), and its factor to theirs."""
    column = meant.options[0][0].rpartition(".")[2]
    if column == "amount":
        own = Decimal(10_000) if meant.rows[0] == "t2.fees" else Decimal(1)
        return (True, _MONEY[unit] / own) if unit in _MONEY else (None, own)
    strong, weak = _DECIDED if column == "decisions" else _COUNTED[meant.table]
    return (True if unit in strong else False if unit in weak else None), Decimal(1)


def _compact(sentence: str) -> tuple[str, list[int]]:
    """The sentence without what means nothing between words, digits half-width, and where each character stood."""
    places = [place for place, char in enumerate(sentence) if ord(char) not in DROPPED]
    return "".join(sentence[place] for place in places).translate(_WIDE), places
