"""Reads the figures of a text, each with the words that belong to it: one pass over tokens, no looking back."""

from __future__ import annotations

import re

from xlreport.form.weigh import Number
from xlreport.narrative.reading.claim import Claim, Clause, Figure, Told, measured
from xlreport.narrative.reading.lexicon import FILLER, NEXT_YEAR, PREVIOUS_YEAR, Lexicon, Word, compact
from xlreport.narrative.reading.meaning import INTAKE, Meaning, meaning
from xlreport.narrative.reading.numerals import ONE, arabic, chinese
from xlreport.narrative.reading.scope import Scope, of_lead, of_pronoun
from xlreport.report import Report

DEEPEST = 20
"""Brackets within brackets that are told apart."""

_SHARES = frozenset({"%", "％", "‰", "个百分点"})


class Reader:
    """Reads the sentences of one text in their order; what a paragraph is about stays known."""

    def __init__(self, report: Report, lexicon: Lexicon, *, requests: bool) -> None:
        """`requests`: whether the whole text is about requests and disputes."""
        self._report, self._form, self._lexicon = report, report.statute, lexicon
        self._about_requests = requests
        self.paragraph()

    def paragraph(self) -> None:
        """A new paragraph begins."""
        self._requests = self._about_requests
        self._scope: Scope = "whole"
        self._goes_on = False

    def about(self, sentence: str) -> None:
        """A sentence without figures: it may say what the paragraph is about."""
        self._requests = self._requests or "依申请公开" in sentence or "信息公开申请" in sentence
        self._goes_on = self._goes_on and "申请" in sentence

    def claims(self, sentence: str) -> list[Claim]:
        """The figures of a sentence; places count in `sentence` as given."""
        self._compact = compact(sentence)
        self._text = self._compact.text
        self._told = Told(scope=self._scope, disclosure=self._about_requests)
        if self._goes_on:
            self._told.context.table, self._told.context.requests = "t3", INTAKE
        self._clause = Clause()
        self._outer: list[tuple[Clause, Told]] = []
        self._found: list[Claim] = []
        last, words = 0, self._lexicon.words
        for token in self._lexicon.tokens.finditer(self._text):
            start, end = token.span()
            if start > last:
                self._gap(last, start)
            last = end
            if token.lastgroup != "word":
                self._token(token)
            elif (word := words[token[0]]) is not FILLER:
                self._word(word, start, end)
        if last < len(self._text):
            self._gap(last, len(self._text))
        while self._outer:
            self._close()
        self._end()
        self._goes_on = self._told.context.table == "t3" and not self._told.untied
        return self._found

    def _token(self, token: re.Match[str]) -> None:
        """Anything but a word."""
        match token.lastgroup:
            case "figure":
                self._number(token)
            case "hard":
                self._end()
            case "soft":
                self._join(token[0])
            case "open":
                self._open()
            case "close":
                self._close()
            case "date":
                self._date(int(token[0][:4]))
            case "scope":
                self._told.scope = of_pronoun(token[0], self._report)
                self._clause.lead, self._clause.words = None, []
            case _:
                self._gap(token.start(), token.end())

    def _gap(self, start: int, end: int) -> None:
        """Words that are not understood: what is said before them has nothing to do with a figure after them."""
        clause = self._clause
        clause.lead = (clause.lead[0] if clause.lead else start, end)
        clause.words, clause.joined, clause.negative = [], [], None
        if clause.figure:
            clause.figure.closed = True

    def _word(self, word: Word, start: int, end: int) -> None:
        clause, told = self._clause, self._told
        match word.mark:
            case "":
                pass
            case "among" | "examples" | "negative":
                self._flush()
                clause.words, clause.joined = [], []
                told.among = told.among or word.mark == "among"
                if word.mark == "negative":
                    clause.negative, clause.last = start, end
                return
            case "compared":
                self._flush()
                clause.compared = True
            case "inexact":
                clause.inexact = True
            case "request":
                self._requests = told.disclosure = True
            case "disclosure":
                told.disclosure = True
        if word.decisions:
            told.context.decided = True
        if word.rows or word.columns:
            clause.last = end
        self._add(word)

    def _add(self, word: Word) -> None:
        self._clause.words.append(word)
        if self._clause.figure and not self._clause.figure.closed:
            self._clause.figure.after.append(word)

    def _date(self, year: int) -> None:
        clause, told, now = self._clause, self._told, self._report.year
        if now is None:
            clause.unsure_year = True
        elif year == now:
            told.other_year = False
            told.scope = "whole" if told.scope == "unknown" else told.scope
        else:
            clause.other_year = True
            if abs(year - now) == 1:
                self._add(NEXT_YEAR if year > now else PREVIOUS_YEAR)

    def _join(self, mark: str) -> None:
        """、 or 和: what stands before may share the figure that follows."""
        clause = self._clause
        self._flush()
        if clause.words:
            clause.joined += clause.words
            clause.together = clause.together and mark != "、"
            clause.words = []

    def _open(self) -> None:
        self._flush()
        if len(self._outer) < DEEPEST:
            self._outer.append((self._clause, self._told.copy()))
            self._clause = Clause()

    def _close(self) -> None:
        self._end()
        if self._outer:
            self._clause, self._told = self._outer.pop()

    def _number(self, token: re.Match[str]) -> None:
        self._flush()
        clause, start, end = self._clause, token.start(), token.end()
        usable = clause.negative is None and not clause.inexact and not clause.compared
        value: Number | None
        step, unit = ONE, token["unit"] or token["hanunit"] or ""
        if token["number"] is not None:
            usable = usable and not token["more"] and not token["above"] and unit not in _SHARES
            made = arabic(token["number"], token["scale"])
            value, step = made or (None, step)
        else:
            value = chinese(token["han"]) if token["han"] else 0
        if value is None:
            self._gap(start, end)
            return
        if not unit and value == 0 and self._text[max(start - 1, 0) : start] == "为":
            unit = "件"  # 均为0
        clause.figure = Figure(
            *(start, end, value, step, unit, usable),
            *(clause.words, clause.joined, clause.together, self._lead()),
            worded=token["number"] is None,
        )
        clause.words, clause.joined, clause.together = [], [], True
        clause.lead, clause.negative, clause.inexact = None, None, False

    def _flush(self) -> None:
        """The figure that waits for what stands after it is complete."""
        if figure := self._clause.figure:
            self._clause.figure = None
            self._claim(figure)

    def _claim(self, figure: Figure) -> None:
        told = self._told
        words, meant = self._meant(figure) if figure.usable else ([], None)
        strong, factor = measured(meant, figure.unit) if meant else (None, ONE)
        if meant is None:
            told.untied = told.untied or figure.usable
        if meant is None or strong is None or (not meant.carried and (self._clause.other_year or told.other_year)):
            place = self._place(figure.start, figure.end)
            self._found.append(Claim(*place, figure.value, worded=figure.worded))
            return
        scope = self._scope_of(figure.lead)
        own = bool(figure.words) or meant.carried  # 2件不予公开: perhaps two of several
        shared = not figure.joined or figure.together or figure.value == 0
        sure = strong and own and shared and self._sure(meant, words, scope)
        self._remember(meant, sure=sure)
        value = figure.value if factor == 1 else figure.value * factor
        place = self._place(figure.start, figure.end)
        self._found.append(
            Claim(*place, value, figure.step * factor, meant.options, sure, scope == "part", figure.worded)
        )

    def _place(self, start: int, end: int) -> tuple[int, int]:
        return self._compact.place(start), self._compact.place(end - 1) + 1

    def _meant(self, figure: Figure) -> tuple[list[Word], Meaning | None]:
        """What the words before the figure mean, or if that is not clear, those before and after it."""
        context, before = self._told.context, figure.joined + figure.words
        meant = meaning(before, context, self._form)
        if figure.after and (meant is None or meant.weak):
            around = before + figure.after
            better = meaning(around, context, self._form)
            if better and (meant is None or (better.rows == meant.rows and not better.weak)):
                return around, better
        return before, meant

    def _lead(self) -> str:
        lead = self._clause.lead
        return self._text[slice(*lead)] if lead else ""

    def _scope_of(self, lead: str) -> Scope:
        if lead:
            self._told.scope = of_lead(lead, self._report)
        self._scope = self._told.scope
        return self._scope

    def _sure(self, meant: Meaning, words: list[Word], scope: Scope) -> bool:
        """Whether a figure that differs is wrong, whatever else the sentence may mean."""
        told, context = self._told, self._told.context
        if meant.weak or scope == "unknown" or self._clause.unsure_year:
            return False
        marks = {word.mark for word in words}
        if meant.table != "t3":
            return meant.table == "t2" or (told.disclosure and "handling" not in marks)
        if meant.parted and not context.results:
            return False  # 其中重复申请3件: a result, or what the requests were about?
        among = told.among and meant.background and meant.options[0][0].endswith(".total")
        if "request" in marks:
            return not among
        if meant.background or meant.carried:  # 办结98件, but of what?
            return bool(context.requests) and context.table == "t3" and not told.untied and not among
        return self._requests and (context.results or not told.untied)

    def _remember(self, meant: Meaning, *, sure: bool) -> None:
        told, table, context = self._told, meant.table, self._told.context
        if not sure and (told.untied or context.table not in ("", table)):
            told.untied = True  # 结转 after 行政诉讼: of lawsuits, not of requests
            return
        told.untied, context.table = False, table
        context.doubted = context.doubted - {table} if sure else context.doubted | {table}
        if table == "t3":
            context.requests = meant.rows
            context.results = context.results or not (meant.background or meant.carried or meant.parted)
        elif table == "t4":
            context.disputes = meant.rows
        elif meant.rows[0] in ("t2.rules", "t2.normative_documents"):
            context.documents = meant.rows
            columns = {cell.rpartition(".")[2] for option in meant.options for cell in option}
            context.column = f"t2.{columns.pop()}" if len(columns) == 1 else ""

    def _end(self) -> None:
        """A comma, a full stop, a closing bracket."""
        self._flush()
        clause = self._clause
        words = clause.joined + clause.words
        if words and not clause.compared:
            if clause.negative is not None:
                self._nothing(words, clause.negative)
            elif any(word.rows for word in words) and (meant := meaning(words, self._told.context, self._form)):
                self._remember(meant, sure=not meant.weak)
        if clause.other_year and not any(word.mark == "carried" for word in words):
            self._told.other_year = True
        self._told.context.column = ""
        self._clause = Clause()

    def _nothing(self, words: list[Word], start: int) -> None:
        """未收到…, 没有…: zero, in words."""
        if sum(word.applicants for word in words) > 1:
            words = [word for word in words if not word.applicants]  # 没有公民、法人…: nobody
        meant = meaning(words, self._told.context, self._form)
        if meant and not self._clause.other_year and not self._told.other_year:
            scope = self._scope_of(self._lead())
            sure = self._sure(meant, words, scope)
            self._remember(meant, sure=sure)
            options = meant.options[:1] if meant.rows == INTAKE else meant.options
            place = self._place(start, max(self._clause.last, start + 1))
            self._found.append(Claim(*place, 0, ONE, options, sure, scope == "part", worded=True))
