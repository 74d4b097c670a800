"""The days and months that a sentence names become periods: from a day on, before another, as far as it says."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from docpipe.ask.called import CURRENCIES, NUMBERS, ORDINALS
from docpipe.ask.days import MONTHS_IN, Period, calendar, month_names, sided, span, stretch
from docpipe.ask.sentence import Sentence
from docpipe.ask.words import word_set
from docpipe.printed.amounts import read_currency
from docpipe.printed.dates import find_dates

_UNITS = ("day", "week", "month", "quarter", "half", "year")

# Months that are words of another meaning too: only with a word before or a year behind that makes them months.
_DOUBTFUL = frozenset({"may", "mar", "mai", "march", "nov", "sep", "jun"} - {"mai"})
_CALLED = word_set(
    "year years month jahr jahre jahres monat annee an mois calendar fiscal financial business kalenderjahr "
    "geschaftsjahr wirtschaftsjahr kalenderjahres geschaftsjahres jahrgang exercice exercices millesime civile whole "
    "entire full ganze ganzen gesamte gesamten entiere monats fy"
)
_CALLED_MONTHS = word_set("month monat monats mois")
_SKIPPED = word_set("the of in le la les l de d du des der die das dem den im am em s")


def find_periods(sentence: Sentence, today: date) -> list[Period]:
    """The periods that a sentence names, whose words are taken. Days are told from `today`."""
    return _Reader(sentence, today).read()


class _Reader:
    def __init__(self, sentence: Sentence, today: date) -> None:
        self._s = sentence
        self._today = today
        self._days = self._explicit()

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
        years = [p.first.year if p.month is None and p.first is not None else None for p in found]
        return [  # March and May 2025 are of one year
            p.of(year) if p.month is not None and year is not None else p
            for p, year in zip(found, [*years[1:], None], strict=False)
        ]

    def _take_lead(self, lead: int) -> None:
        """Take what a period is called: im Jahr 2023, the month of May."""
        s = self._s
        first = end = lead + 1
        while s.free(first - 1) and end - first < 6 and s.words[first - 1] in _CALLED | _SKIPPED:
            first -= 1
        own = _CALLED_MONTHS if end < len(s) and s.words[end] in month_names() else _CALLED - _CALLED_MONTHS
        called = next((n for n in range(first, end) if s.words[n] in own), end)
        first = called
        while s.free(first - 1) and called - first < 2 and s.words[first - 1] in _SKIPPED:
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
            return end - start, replace(a, months=months, day=None)
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
            if length and at + 1 < len(self._s) and self._s.words[at] in _EDGES and side in ("since", "before"):
                behind = self._skip(at + 1)  # since the start of 2024
                at = behind if behind < len(self._s) and self._unit(behind) is None else at
            atom = self._atom(at) if length else None
            if atom is not None:
                return at + atom[0] - start, sided(atom[1], side)
        return self._atom(start)

    def _dash(self, middle: int) -> bool:
        if not 0 < middle < len(self._s):
            return False
        between = self._s.text[self._s.tokens[middle - 1].end : self._s.tokens[middle].start]
        return between.strip() in ("-", "–", "—", "..")

    def _skip(self, start: int) -> int:
        while start < len(self._s) and self._s.words[start] in _SKIPPED and self._s.free(start):
            start += 1
        return start

    # One period.

    def _atom(self, start: int) -> tuple[int, Period] | None:
        if not self._s.free(start):
            return None
        for read in (
            self._day,
            self._named_day,
            self._relative,
            self._quarter,
            self._month,
            self._season,
            self._edge,
            self._year,
        ):
            found = read(start)
            if found is not None and self._s.free(start, found[0]):
                return found
        return None

    def _explicit(self) -> dict[int, tuple[int, Period]]:
        """Days and months in figures, by their first word."""
        found: dict[int, tuple[int, Period]] = {}
        spans: list[tuple[int, int, Period]] = []
        for match in re.finditer(
            r"(?<![\d./-])(\d{4})-(\d{1,2})(?![\d-])|(?<![\d./-])(\d{1,2})[./](\d{4})(?![\d.])", self._s.text
        ):
            year, month = int(match[1] or match[4]), int(match[2] or match[3])
            if 1 <= month <= 12 and 1900 <= year <= 2100:
                spans.append((*match.span(), span(date(year, month, 1), 1)))
        for begin, end, printed in find_dates(self._s.text):
            month, day = printed.days[0]
            if printed.year is None:
                spans.append((begin, end, Period(None, None, month=month, day=day)))
                continue
            first = date(printed.year, month, day)
            other = date(printed.year, *printed.days[1]) if printed.ambiguous else None
            spans.append((begin, end, Period(first, first + timedelta(days=1), other=other)))
        for begin, end, period in spans:
            inside = [n for n, t in enumerate(self._s.tokens) if t.start >= begin and t.end <= end]
            if inside and (inside[0] not in found or found[inside[0]][0] < len(inside)):
                found[inside[0]] = (len(inside), period)
        return found

    def _day(self, start: int) -> tuple[int, Period] | None:
        found = self._days.get(start)
        if found is not None and found[1].month is not None and found[0] == 2 and self._s.words[start] in month_names():
            return None if self._short_year(start, start + 1) is not None else found
        return found

    def _named_day(self, start: int) -> tuple[int, Period] | None:
        for name, days in (("today", 0), ("yesterday", -1), ("tomorrow", 1)):
            length = self._s.at(name, start)
            if length:
                first = self._today + timedelta(days=days)
                return length, Period(first, first + timedelta(days=1))
        return None

    def _unit(self, start: int) -> tuple[int, str] | None:
        for unit in _UNITS:
            length = self._s.at(unit, start)
            if length:
                return length, unit
        return None

    def _number(self, start: int) -> int | None:
        if not self._s.free(start):
            return None
        word = self._s.words[start]
        number = int(word) if word.isdecimal() and len(word) < 4 else NUMBERS.get(word)
        return number if number and number <= 400 else None

    def _relative(self, start: int) -> tuple[int, Period] | None:
        """last month, the last three months, mois dernier, 3 derniers mois, 2 weeks ago."""
        for way, step in (("this", 0), ("last but one", -2), ("last", -1), ("next", 1)):
            length = self._s.at(way, start)
            if length:
                number = self._number(start + length)
                unit = self._unit(start + length + (number is not None))
                if unit is not None and number is None and step and self._vague(start, start + length):
                    return length + unit[0], Period(None, None)  # over the past years
                if unit is not None:
                    whole = length + (number is not None) + unit[0]
                    if number is not None and step:
                        return whole, stretch(self._today, unit[1], number * step)
                    return whole, calendar(self._today, unit[1], step)
        number = self._number(start)
        if number is not None:
            for way, step in (("last", -1), ("next", 1)):
                length = self._s.at(way, start + 1)
                unit = self._unit(start + 1 + length) if length else None
                if unit is not None:
                    return 1 + length + unit[0], stretch(self._today, unit[1], number * step)
            unit = self._unit(start + 1)
            if unit is not None and self._s.at("ago", start + 1 + unit[0]):
                return 2 + unit[0], calendar(self._today, unit[1], -number)
        lead = {"de": ["vor"], "fr": ["il", "y", "a"]}.get(self._s.language)
        if lead and self._s.words[start : start + len(lead)] == lead:
            number = self._number(start + len(lead))
            unit = self._unit(start + len(lead) + 1) if number else None
            if number is not None and unit is not None:
                return len(lead) + 1 + unit[0], calendar(self._today, unit[1], -number)
        former = _FORMER.get(self._s.words[start])
        if former is not None:  # Vorjahr
            return 1, calendar(self._today, former, -1)
        unit = self._unit(start)
        if unit is not None and self._s.words[start + unit[0] : start + unit[0] + 2] == ["before", "last"]:
            return unit[0] + 2, calendar(self._today, unit[1], -2)
        if unit is not None and self._s.language == "fr":
            for way, step in (("last", -1), ("next", 1)):
                length = self._s.at(way, start + unit[0])
                if length:
                    return unit[0] + length, calendar(self._today, unit[1], step)
            if self._s.words[start + unit[0] : start + unit[0] + 2] == ["en", "cours"]:
                return unit[0] + 2, calendar(self._today, unit[1], 0)
        return None

    def _vague(self, way: int, unit: int) -> bool:
        """Whether years, months or days are said without how many."""
        return self._s.words[unit] in _PLURALS or (self._s.words[unit] == "mois" and self._s.words[way].endswith("s"))

    def _quarter(self, start: int) -> tuple[int, Period] | None:
        """Q1, the first quarter, 2. Halbjahr, with or without a year."""
        word = self._s.words[start]
        short = re.fullmatch(r"([qth])([1-4])", word)
        if short and not (short[1] == "h" and int(short[2]) > 2):
            length, number, size = 1, int(short[2]), 6 if short[1] == "h" else 3
        else:
            given = ORDINALS.get(word)
            unit = self._unit(start + 1)
            if (
                given is None
                or unit is None
                or unit[1] not in ("quarter", "half")
                or given > (2 if unit[1] == "half" else 4)
            ):
                return None
            length, number, size = 1 + unit[0], given, MONTHS_IN[unit[1]]
        month = (number - 1) * size + 1
        return self._with_year(start, length, Period(None, None, month=month, months=size))

    def _month(self, start: int) -> tuple[int, Period] | None:
        word = self._s.words[start]
        month = month_names().get(word)
        if month is None:
            return None
        found = self._with_year(start, 1, Period(None, None, month=month))
        if word in _DOUBTFUL and found[0] == 1 and word not in ("mar", "nov", "sep", "jun"):
            led = start > 0 and self._s.words[start - 1] in _MONTH_LEADS
            return found if led or (start > 0 and self._s.tokens[start].text[:1].isupper()) else None
        return found

    def _with_year(self, start: int, length: int, period: Period) -> tuple[int, Period]:
        at = self._skip(start + length)
        year = self._year(at) if self._s.free(at) else None
        if year is not None and year[1].first is not None:
            return at + year[0] - start, period.of(year[1].first.year)
        short = self._short_year(start, at)
        if short is not None:
            return at + 1 - start, period.of(short)
        relative = self._relative(at) if self._s.free(at) else None
        if relative is not None and relative[1].first is not None and self._whole_year(relative[1]):
            return at + relative[0] - start, period.of(relative[1].first.year)
        return length, period

    def _short_year(self, start: int, at: int) -> int | None:
        """The year of "Q1 23", "in january 25"; but "on december 24" is a day."""
        s = self._s
        if not s.free(at) or not re.fullmatch(r"\d\d", s.words[at]) or (at + 1 < len(s) and self._year(at + 1)):
            return None
        number = int(s.words[at])
        named = s.words[start] in month_names()
        if named and (number <= 31 and s.words[start - 1 : start] and s.words[start - 1] in _DAY_LEADS):
            return None
        behind = s.text[s.tokens[at].end : s.tokens[at].end + 2]
        near = self._today.year % 100 - 10 < number <= self._today.year % 100 + 3
        return 2000 + number if near and not re.match(r"[.,:/-]\w|%", behind) else None

    def _season(self, start: int) -> tuple[int, Period] | None:
        """The summer: June to August, as in the northern half of the world."""
        month = _SEASONS.get(self._s.words[start])
        if month is None or not self._s.words[start - 1 : start] or self._s.words[start - 1] not in _SEASON_LEADS:
            return None
        length, period = self._with_year(start, 1, Period(None, None, month=month, months=3))
        return length, period

    def _edge(self, start: int) -> tuple[int, Period] | None:
        """The start of the year, Monatsanfang: from the first day of what runs now on."""
        s = self._s
        if s.at("week", start):
            return self._week(start)
        if s.words[start] == "ytd":
            return 1, calendar(self._today, "year", 0)
        if s.words[start] not in _EDGES:
            return None
        at = self._skip(start + 1)
        if s.words[at : at + 1] and s.words[at] in ("this", "dieses", "diesen", "ce", "cette"):
            at += 1
        unit = self._unit(at) if at < len(s) else None
        if unit is None:
            return None
        period = calendar(self._today, unit[1], 0)
        return at + unit[0] - start, period

    def _week(self, start: int) -> tuple[int, Period] | None:
        """The week of 3 November; KW 45, week 12 of 2025."""
        s = self._s
        at = self._skip(start + 1)
        day = self._day(at) if at < len(s) else None
        if day is not None and day[1].first is not None:
            monday = day[1].first - timedelta(days=day[1].first.weekday())
            return at + day[0] - start, Period(monday, monday + timedelta(weeks=1))
        if at < len(s) and s.free(at) and re.fullmatch(r"[1-9]|[1-4]\d|5[0-2]", s.words[at]):
            behind = self._skip(at + 1)
            year = self._year(behind) if s.free(behind) else None
            of = year[1].first.year if year is not None and year[1].first is not None else self._today.year
            monday = date.fromisocalendar(of, int(s.words[at]), 1)
            end = behind + year[0] if year is not None else at + 1
            return end - start, Period(monday, monday + timedelta(weeks=1))
        return None

    def _whole_year(self, period: Period) -> bool:
        first, until = period.first, period.until
        return first is not None and until is not None and (until - first).days in (365, 366) and first.month == 1

    def _is_amount(self, start: int) -> bool:
        """Whether four figures are an amount: over 2000, 2000 EUR, €2000."""
        s = self._s
        token = s.tokens[start]
        after = s.said(start + 1, 1) if start + 1 < len(s) else ""
        if after and (read_currency(after) if after.isupper() else after.casefold() in CURRENCIES):
            return True
        to = s.at("to", start + 1)
        other = s.words[start + 1 + to] if to and start + 1 + to < len(s) else ""
        if other.isdecimal() and not _YEAR.fullmatch(other):
            return True
        beside = s.text[: token.start].rstrip().endswith(_SIGNS) or s.text[token.end :].lstrip().startswith(_SIGNS)
        past = s.words[start - 1 : start] in (["beyond"], ["past"])
        return beside or (not past and any(s.before(meaning, start) for meaning in ("over", "under", "exactly")))

    def _year(self, start: int) -> tuple[int, Period] | None:
        word = self._s.words[start]
        if _YEAR.fullmatch(word):
            if self._is_amount(start):
                return None
            token = self._s.tokens[start]
            beside = self._s.text[max(0, token.start - 1) : token.start] + self._s.text[token.end : token.end + 1]
            if any(c in "-/#,." and c not in beside[-1:] for c in beside[:1]) or beside[:1] == "#":
                return None
            follow = self._s.text[token.end : token.end + 2]
            if re.match(r"[-/.,]\w", follow):
                return None
            quarter = re.fullmatch(r"q([1-4])", self._s.words[start + 1]) if start + 1 < len(self._s) else None
            if quarter is not None:
                return 2, span(date(int(word), int(quarter[1]) * 3 - 2, 1), 3)
            return 1, span(date(int(word), 1, 1), 12)
        return None


_PLURALS = word_set(
    "years months weeks quarters days jahre jahren monate monaten wochen tage tagen quartale quartalen annees ans "
    "semaines jours trimestres"
)
_FORMER = {
    "vorjahr": "year", "vorjahres": "year", "vormonat": "month", "vormonats": "month", "vorquartal": "quarter",
    "vorquartals": "quarter", "vorwoche": "week",
}  # fmt: skip
_SEASONS = {
    "spring": 3, "summer": 6, "autumn": 9, "winter": 12, "fruhling": 3, "fruhjahr": 3, "sommer": 6, "herbst": 9,
    "printemps": 3, "ete": 6, "automne": 9, "hiver": 12,
}  # fmt: skip
_SEASON_LEADS = word_set("in this last during of since the im diesen letzten vom seit l en cet d depuis")
_EDGES = word_set("start beginning anfang beginn debut")
# Behind these a month and a number are a day: on december 24.
_DAY_LEADS = word_set(
    "on by until till before after since to am bis vor nach seit zum le du au avant apres depuis jusqu"
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_SIGNS = ("€", "£", "$", "¥")
_MONTH_LEADS = word_set(
    "in of for since before after until to and from last this during by im seit vor nach bis ab en depuis avant apres "
    "mi de pour between through"
)
