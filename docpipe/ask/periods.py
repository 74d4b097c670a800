"""The days and months that a sentence names become periods: from a day on, before another, as far as it says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from docpipe.ask.atoms import EDGES, SKIPPED, Atoms
from docpipe.ask.days import Period, month_names, sided
from docpipe.ask.sentence import Sentence
from docpipe.ask.words import word_set

_CALLED = word_set(
    "year years month jahr jahre jahres monat annee an mois calendar fiscal financial business kalenderjahr "
    "geschaftsjahr wirtschaftsjahr kalenderjahres geschaftsjahres jahrgang exercice exercices millesime civile whole "
    "entire full ganze ganzen gesamte gesamten entiere monats fy"
)
_CALLED_MONTHS = word_set("month monat monats mois")
_JOINS = frozenset({"and", "und", "et", "or", "oder", "ou", "to", "bis", "a", "vs"})


def find_periods(sentence: Sentence, today: date) -> list[Period]:
    """The periods that a sentence names, whose words are taken. Days are told from `today`."""
    return _Reader(sentence, today).read()


class _Reader(Atoms):
    def read(self) -> list[Period]:
        found: list[Period] = []
        start = 0
        while start < len(self._s):
            span = self._range(start) or self._single(start)
            if span is None:
                start += 1
                continue
            length, period = span
            begin = start
            negated = self._s.before("not", begin, over=2)
            if negated is not None:
                self._s.take(negated[0], begin - negated[0], "not")
                period = replace(period, outside=True)
            self._s.take(start, length, "period")
            self._take_lead(start - 1)
            found.append(replace(period, said=self._s.said(start, length), at=begin))
            start += length
        found = list(self._of_one_year(found))
        years = [p.first.year if p.month is None and p.first is not None else None for p in found]
        return [  # March and May 2025 are of one year
            p.of(year) if p.month is not None and year is not None else p
            for p, year in zip(found, [*years[1:], None], strict=False)
        ]

    def _of_one_year(self, found: Sequence[Period]) -> Iterator[Period]:
        """The periods, with a year and a month of it that stand side by side as one: last year in December."""
        skipped = False
        for period, after in pairwise([*found, None]):
            if skipped or period is None:
                skipped = False
                continue
            between = self._s.words[period.at : after.at] if after is not None else []
            beside = len(between) <= 4 and not _JOINS & set(between)
            if after is not None and beside and after.month is not None and self._whole_year(period):
                skipped = period.first is not None
                yield replace(after.of(period.first.year), outside=period.outside) if period.first else period
            else:
                yield period

    def _take_lead(self, lead: int) -> None:
        """Take what a period is called: im Jahr 2023, the month of May."""
        s = self._s
        first = end = lead + 1
        while s.free(first - 1) and end - first < 6 and s.words[first - 1] in _CALLED | SKIPPED:
            first -= 1
        own = _CALLED_MONTHS if end < len(s) and s.words[end] in month_names() else _CALLED - _CALLED_MONTHS
        called = next((n for n in range(first, end) if s.words[n] in own), end)
        first = called
        while s.free(first - 1) and called - first < 2 and s.words[first - 1] in SKIPPED:
            first -= 1
        s.take(first, end - first, "period")

    # A range, or one period with a word before it.

    def _range(self, start: int) -> tuple[int, Period] | None:
        """between A and B, from A to B, A to B."""
        opened = self._s.at("between", start) or self._s.at("from", start)
        at = self._skip(start + opened)
        first = self._atom(at) or (self._same_month(at) if opened else None)
        if first is None:
            return None
        middle = at + first[0]
        to = self._s.at("to", middle)
        if not to and not self._dash(middle):
            return None
        second = self._atom(self._skip(middle + to))
        if second is None or (not opened and self._s.words[middle : middle + to] in (["and"], ["und"], ["et"])):
            return None
        end = self._skip(middle + to) + second[0]
        a, b = first[1], second[1]
        if a.month is not None and b.month is None and b.first is not None:
            year = b.first.year if a.month <= b.first.month else b.first.year - 1
            a = a.of(year)
        if a.month is not None and b.month is not None:
            months = (b.month - a.month) % 12 + b.months
            return end - start, replace(a, months=months, day=None, third=None)
        if a.first is None or b.until is None:
            return None
        return end - start, Period(a.first, b.until)

    def _same_month(self, at: int) -> tuple[int, Period] | None:
        """The first day of "between 1 and 15 December 2025"."""
        s = self._s
        number = re.fullmatch(r"(\d\d?)(?:er|st|nd|rd|th)?", s.words[at]) if s.free(at) else None
        to = s.at("to", at + 1) if number else 0
        day = self._days.get(self._skip(at + 1 + to)) if to else None
        if number is None or day is None or not 1 <= int(number[1]) <= 28:
            return None
        if day[1].month is not None:
            return 1, replace(day[1], day=int(number[1]))
        if day[1].first is None or day[1].other is not None:
            return None
        first = day[1].first.replace(day=int(number[1]))
        return 1, Period(first, first + timedelta(days=1))

    def _single(self, start: int) -> tuple[int, Period] | None:
        for side in ("before", "until", "after", "since"):
            length = self._s.at(side, start)
            at = self._skip(start + length)
            if length and at + 1 < len(self._s) and self._s.words[at] in EDGES and side in ("since", "before"):
                behind = self._skip(at + 1)  # since the start of 2024
                at = behind if behind < len(self._s) and self._unit(behind) is None else at
            atom = self._atom(at) if length else None
            if atom is not None:
                return at + atom[0] - start, sided(atom[1], side)
        atom = self._atom(start)
        for later, side in (("or later", "since"), ("or earlier", "until")):
            behind = self._s.at(later, start + atom[0]) if atom is not None else 0
            if atom is not None and behind:
                return atom[0] + behind, sided(atom[1], side)
        return atom

    def _dash(self, middle: int) -> bool:
        if not 0 < middle < len(self._s):
            return False
        between = self._s.text[self._s.tokens[middle - 1].end : self._s.tokens[middle].start]
        return between.strip() in ("-", "–", "—", "..")
