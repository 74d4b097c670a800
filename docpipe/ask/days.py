"""Days and months become periods: from a day on, before another, of a year that may still have to be found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache

from babel.dates import get_month_names

from docpipe.ask.words import LANGUAGES
from docpipe.printed.words import fold

# How many months a unit of time has.
MONTHS_IN = {"month": 1, "quarter": 3, "half": 6, "year": 12}
_MORE_MONTHS = {"sept": 9, "maerz": 3, "mrz": 3, "janner": 1, "febr": 2, "fevr": 2, "avr": 4, "juil": 7, "jul": 7}


@dataclass(frozen=True)
class Period:
    """Days from `first` on and before `until`; None where there is no such end.

    `month` and `months` say which months of the year are meant where no year was said. `outside` turns it around.
    """

    first: date | None
    until: date | None
    said: str = ""
    month: int | None = None
    months: int = 1
    day: int | None = None
    outside: bool = False
    at: int = -1  # the place in the sentence
    other: date | None = None  # what a day such as 03/04/2024 could be as well
    third: int | None = None  # of a month its first ten days (0), the next ten (1), the rest (2)

    @property
    def day_only(self) -> bool:
        """Whether it is a single day."""
        return self.first is not None and self.until == self.first + timedelta(days=1)

    def of(self, year: int) -> Period:
        """The same months in this year."""
        if self.month is None:
            return self
        first = date(year, self.month, 1)
        until = months_later(first, self.months)
        if self.day is not None:
            first = _day(year, self.month, self.day) or first
            until = first + timedelta(days=1)
        elif self.third is not None and self.months == 1:
            begins = (date(year, self.month, 1), date(year, self.month, 11), date(year, self.month, 21), until)
            first, until = begins[self.third], begins[self.third + 1]
        made = Period(first, until, self.said, outside=self.outside, at=self.at, third=self.third)
        side = (self.first, self.until)
        if side == (date.min, None):  # from then on
            return replace(made, until=None)
        if side == (date.max, None):  # after it
            return replace(made, first=until, until=None)
        if side == (None, date.min):  # before it
            return replace(made, first=None, until=first)
        if side == (None, date.max):  # up to its end
            return replace(made, first=None)
        return made


def resolve(
    period: Period, known: Sequence[tuple[int, int]], today: date, *, ahead: bool = False
) -> tuple[Period, list[int]]:
    """A period with its year, and the other years it could be of. `known` are the months that documents are of.

    Without a year it is the last one, up to now, in which there is something; else the last one up to now. Of days
    that lie `ahead`, such as when something is due, it is the one nearest to today.
    """
    if period.month is None:
        return period, []
    wanted = {(period.month - 1 + n) % 12 + 1 for n in range(period.months)}
    years = sorted({year for year, month in known if month in wanted}, reverse=True)
    past = [year for year in years if (year, period.month) <= (today.year, today.month)]
    fallback = today.year if period.month <= today.month else today.year - 1
    if ahead and years:
        now, month = today.year * 12 + today.month, period.month
        past = [min(years, key=lambda year: abs(year * 12 + month - now))]
    chosen = (past or years or [fallback])[0]
    return period.of(chosen), [year for year in years if year != chosen]


@cache
def month_names() -> dict[str, int]:
    """The months by what they are called, folded, in all languages."""
    names = dict(_MORE_MONTHS)
    for language in LANGUAGES:
        for width in ("wide", "abbreviated"):
            for month, name in get_month_names(width, "format", language).items():
                names.setdefault(fold(name), month)
    return names


def month_words() -> frozenset[str]:
    """What months are called."""
    return frozenset(month_names())


def whole_month(period: Period) -> Period:
    """The month of which a period is a part."""
    if period.first is None or period.until is None:
        return period
    first = period.first.replace(day=1)
    return replace(period, first=first, until=months_later(first, 1), third=None)


def span(first: date, months: int) -> Period:
    """So many months from a day on."""
    return Period(first, months_later(first, months))


def months_later(first: date, months: int) -> date:
    """The first day of the month so many months later."""
    number = first.year * 12 + first.month - 1 + months
    return date(number // 12, number % 12 + 1, 1)


def calendar(today: date, unit: str, step: int) -> Period:
    """A whole day, week, month, quarter or year, `step` of them from now."""
    if unit == "day":
        first = today + timedelta(days=step)
        return Period(first, first + timedelta(days=1))
    if unit == "week":
        first = today - timedelta(days=today.weekday()) + timedelta(weeks=step)
        return Period(first, first + timedelta(weeks=1))
    size = MONTHS_IN[unit]
    first = date(today.year, (today.month - 1) // size * size + 1, 1)
    first = months_later(first, step * size)
    return span(first, size)


def stretch(today: date, unit: str, number: int) -> Period:
    """So many days up to today or from tomorrow; months and years as whole ones, without the one that runs."""
    if unit in ("day", "week"):
        days = number * (7 if unit == "week" else 1)
        tomorrow = today + timedelta(days=1)
        return (
            Period(tomorrow + timedelta(days=days), tomorrow)
            if days < 0
            else Period(tomorrow, tomorrow + timedelta(days=days))
        )
    size = MONTHS_IN[unit]
    if number > 0:
        until = months_later(today.replace(day=1), number * size)
        day = min(today.day, (months_later(until, 1) - timedelta(days=1)).day)
        return Period(today, until.replace(day=day) + timedelta(days=1))
    running = date(today.year, (today.month - 1) // size * size + 1, 1)
    first = months_later(running, number * size)
    return span(first, abs(number) * size)


def sided(period: Period, side: str) -> Period:
    """A period as the end of a longer one."""
    if period.month is not None:  # of a year that is not known yet; see Period.of
        ends = {
            "since": (date.min, None),
            "after": (date.max, None),
            "before": (None, date.min),
            "until": (None, date.max),
        }
        return replace(period, first=ends[side][0], until=ends[side][1])
    ends = {
        "since": (period.first, None),
        "after": (period.until, None),
        "before": (None, period.first),
        "until": (None, period.until),
    }
    return replace(period, first=ends[side][0], until=ends[side][1], other=None)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
