"""The words of a sentence from a place on become one period: a day, a month, last year, Q1 23, the week of 3 May."""

from __future__ import annotations

import re
from datetime import date, timedelta

from docpipe.ask.called import CURRENCIES, NUMBERS, ORDINALS
from docpipe.ask.days import MONTHS_IN, Period, calendar, month_names, months_later, span, stretch
from docpipe.ask.sentence import Sentence
from docpipe.ask.words import word_set
from docpipe.printed.amounts import read_currency
from docpipe.printed.dates import find_dates

_UNITS = ("day", "week", "month", "quarter", "half", "year")
# Months that are words of another meaning too: only with a word before or a year behind that makes them months.
_DOUBTFUL = frozenset({"may", "mar", "mai", "march", "nov", "sep", "jun"} - {"mai"})
SKIPPED = word_set("the of in le la les l de d du des der die das dem den im am em s")
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
# What a third of a month is called: its first ten days, the next ten, the rest.
_THIRDS = (
    word_set("early start beginning anfang beginn debut"),
    word_set("mid middle mitte mi milieu"),
    word_set("late end ende fin"),
)
EDGES = word_set("start beginning anfang beginn debut")
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


class Atoms:
    """Reads single periods, of which ranges and those with a side are made."""

    def __init__(self, sentence: Sentence, today: date) -> None:
        self._s = sentence
        self._today = today
        self._days = self._explicit()

    def _skip(self, start: int) -> int:
        while start < len(self._s) and self._s.words[start] in SKIPPED and self._s.free(start):
            start += 1
        return start

    def _atom(self, start: int) -> tuple[int, Period] | None:
        if not self._s.free(start):
            return None
        for read in (
            self._day,
            self._named_day,
            self._months_of_year,
            self._relative,
            self._quarter,
            self._part,
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

    def _months_of_year(self, start: int) -> tuple[int, Period] | None:
        """The first three months of 2024, die letzten zwei Monate 2025."""
        s = self._s
        way = next((way for way in ("first", "last") if s.at(way, start)), None)
        number = self._number(start + 1) if way else None
        unit = self._unit(start + 2) if number is not None and start + 2 < len(s) else None
        at = self._skip(start + 2 + unit[0]) if unit is not None else len(s)
        year = self._year(at) if s.free(at) else None
        if number is None or unit is None or unit[1] not in MONTHS_IN or year is None or year[1].first is None:
            return None
        months = number * MONTHS_IN[unit[1]]
        begins = year[1].first if way == "first" else months_later(year[1].first, 12 - months)
        return at + year[0] - start, span(begins, months)

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

    def _part(self, start: int) -> tuple[int, Period] | None:
        """A part of a month: early May, Mitte März, fin avril. The first ten days, the next ten, the rest."""
        s = self._s
        third = next((n for n, words in enumerate(_THIRDS) if s.words[start] in words), None)
        at = self._skip(start + 1)
        month = month_names().get(s.words[at]) if third is not None and at < len(s) and s.free(at) else None
        if month is None or (
            s.words[at] in ("may", "march") and not s.tokens[at].text[:1].isupper() and at < start + 2
        ):
            return None
        length, period = self._with_year(at, 1, Period(None, None, month=month, third=third))
        return at + length - start, period

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
        if s.words[start] not in EDGES:
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
