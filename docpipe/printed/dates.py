"""A printed date or time becomes the day and the clock time that it means, or the two days that it may mean.

Read: 2024-03-04 · 04.03.2024 · 4/3/24 · 4 March 2024 · March 4th, 2024 · 4. März 2024 · 1er mars 2024 · 4 de marzo de
2024 · 04-MAR-2024 · and, with the year to be told by the document, 04.03. and 4 Mar.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import Literal

from babel.dates import get_month_names

from docpipe.printed.words import LANGUAGES

DateOrder = Literal["DMY", "MDY"]

# What stands on paper besides the names that Babel knows.
_MORE_MONTHS = {
    "sept": 9, "maerz": 3, "mär": 3, "mrz": 3, "jänner": 1, "fév": 2, "fevr": 2, "aout": 8, "décembre": 12, "set": 9,
    "setiembre": 9, "avr": 4, "juil": 7, "jul": 7, "jun": 6, "jan": 1, "feb": 2, "dez": 12, "okt": 10, "mrt": 3,
}  # fmt: skip
_OTHER_LANGUAGES = ["en", "de", "fr", "es", "nl", "it", "pt", "pl", "cs", "sv", "da", "nb", "fi", "hu", "ro", "tr"]
_LONGEST_FOR_PARSER = 40


@dataclass(frozen=True)
class PrintedDate:
    """The days a printed date may mean as (month, day), the likelier first, and its year where it is printed.

    `order` is which of day and month is printed first, where the print itself shows it.
    """

    days: tuple[tuple[int, int], ...]
    year: int | None
    order: DateOrder | None = None
    numeric: bool = True

    def day(self, order: DateOrder | None = None, year: int | None = None) -> date | None:
        """The date in a document that prints day and month in this `order`, with `year` where it prints none."""
        year = self.year or year
        if year is None:
            return None
        month, day = self.days[0]
        if len(self.days) > 1 and order == "MDY":
            month, day = self.days[1]
        try:
            return date(year, month, day)
        except ValueError:
            return None

    @property
    def ambiguous(self) -> bool:
        """Whether only the rest of the document can tell day from month."""
        return len(self.days) > 1


def read_date(text: str) -> PrintedDate | None:
    """The date that `text` is, or None when it is none or holds more than one."""
    text = " ".join(text.split())
    found = list(find_dates(text))
    if len(found) == 1:
        start, end, printed = found[0]
        rest = text[:start] + " " + text[end:]
        if not re.search(r"\d", re.sub(r"(?<!\d)\d{1,2}[:.h]\d{2}(?:[:.]\d{2})?(?!\d)", "", rest)) and len(rest) < 30:
            return printed
        return None
    if found or len(text) > _LONGEST_FOR_PARSER or not re.search(r"\d", text) or not re.search(r"[^\W\d]{3}", text):
        return None
    return _parsed(text)


def find_dates(text: str) -> Iterator[tuple[int, int, PrintedDate]]:
    """Every date in a line of text with its place: start and end."""
    taken: list[tuple[int, int]] = []
    for pattern, kind in _patterns():
        for found in pattern.finditer(text):
            start, end = found.span()
            if any(start < b and a < end for a, b in taken):
                continue
            printed = _printed(found, kind)
            if printed is not None:
                taken.append((start, end))
                yield start, end, printed


def read_time(text: str) -> str | None:
    """A clock time as HH:MM, or HH:MM:SS where seconds are printed; None when the text is none."""
    found = list(find_times(text))
    return found[0][2] if len(found) == 1 else None


def find_times(text: str) -> Iterator[tuple[int, int, str]]:
    """Every clock time in a line of text with its place: start and end."""
    for found in _TIME.finditer(text):
        hour = int(found["h"])
        half = (found["half"] or "").replace(".", "").lower()
        minute = int(found["m"] or 0)
        if found["m"] is None and not half and not found["uhr"]:
            continue
        if found["sep"] == "." and not half and not found["uhr"]:
            continue  # 14.30 alone is a number
        if half and not 1 <= hour <= 12:
            continue
        hour = hour % 12 + 12 * (half == "pm") if half else hour
        if hour > 23 or minute > 59:
            continue
        yield found.start(), found.end(), f"{hour:02}:{minute:02}" + (f":{found['s']}" if found["s"] else "")


_TIME = re.compile(
    r"(?:(?<![\w.,:/-])|(?<=\dT))(?P<h>\d{1,2})(?:(?P<sep>[:.]|\s?[hH]\s?)(?P<m>\d{2}))?(?:[:.](?P<s>[0-5]\d))?(?:\.\d{1,6})?"
    r"(?:\s?(?P<half>[ap]\.?m\b\.?))?(?P<uhr>\s?(?:Uhr|uur|hrs|h)\b)?(?![\w:/]|[.,-]\d)",
    re.IGNORECASE,
)


@cache
def _months() -> dict[str, int]:
    names = dict(_MORE_MONTHS)
    for language in LANGUAGES:
        for width in ("wide", "abbreviated"):
            for context in ("format", "stand-alone"):
                for month, name in get_month_names(width, context, language).items():
                    names.setdefault(name.casefold().rstrip("."), month)
    return names


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    month = "|".join(sorted(map(re.escape, _months()), key=len, reverse=True))
    mon = rf"(?P<mon>{month})(?![^\W\d_])\.?"
    day = r"(?P<d>\d{1,2})\s?(?:st|nd|rd|th|er|[.º°])?"
    year = r"(?P<y>\d{4}|['’]?\d{2})"
    within, before = r"(?<![\w.,:/-])", r"(?![\w:/]|[.,-]\d)"
    gap = r"[\s.,/-]*"
    of = r"(?:\s?(?:day\s+)?(?:of|de|del|d['’])\s?)?"
    flags = re.IGNORECASE
    return (
        (
            re.compile(rf"{within}(?P<y>\d{{4}})(?P<sep>[-/.])(?P<b>\d{{1,2}})(?P=sep)(?P<d>\d{{1,2}})(?=T|{before})"),
            "YMD",
        ),
        (
            re.compile(
                rf"{within}(?P<a>\d{{1,2}})\s?(?P<sep>[-/.])\s?(?P<b>\d{{1,2}})\s?(?P=sep)\s?(?P<y>\d{{4}}|\d{{2}}){before}"
            ),
            "numbers",
        ),
        (re.compile(rf"{within}{day}{gap}{of}{gap}{mon}{gap}{of}{gap}{year}{before}", flags), "DMY"),
        (
            re.compile(rf"(?<!\w){mon}\s?(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?:,\s?|\s|\.\s?|-)+{year}{before}", flags),
            "MDY",
        ),
        (re.compile(rf"{within}(?P<y>\d{{4}})[\s-]{mon}[\s-](?P<d>\d{{1,2}}){before}", flags), "YMD"),
        (re.compile(r"(?P<y>\d{4})年(?P<b>\d{1,2})月(?P<d>\d{1,2})日"), "YMD"),
        (re.compile(rf"{within}(?P<y>(?:19|20)\d\d)(?P<b>[01]\d)(?P<d>[0-3]\d){before}"), "YMD"),
        (re.compile(rf"{within}{day}{gap}{of}{gap}{mon}(?!\s?\d){before}", flags), "DMY"),
        (re.compile(rf"(?<!\w){mon}\s?(?P<d>\d{{1,2}})(?:st|nd|rd|th)?{before}", flags), "MDY"),
        (
            re.compile(rf"{within}(?P<a>\d{{2}})(?:(?P<sep>\.)(?P<b>\d{{2}})\.(?!\d)|/(?P<c>\d{{2}}){before})"),
            "numbers",
        ),
    )


def _printed(found: re.Match[str], kind: str) -> PrintedDate | None:
    parts = found.groupdict()
    year = _year(parts.get("y"))
    if kind == "numbers":
        return _numbers(int(parts["a"]), int(parts["b"] or parts["c"]), year, dotted=parts["sep"] == ".")
    name = parts.get("mon")
    month = _months()[name.casefold()] if name else int(parts["b"])
    day = int(parts["d"])
    if not _possible(month, day, year):
        return None
    order: DateOrder | None = "DMY" if kind == "DMY" else "MDY" if kind == "MDY" else None
    return PrintedDate(((month, day),), year, order, numeric=name is None)


def _numbers(first: int, second: int, year: int | None, *, dotted: bool) -> PrintedDate | None:
    """Two numbers that are day and month. Nobody who writes dots puts the month first."""
    by_day, by_month = (second, first), (first, second)
    days = [pair for pair in (by_day, by_month) if _possible(*pair, year)]
    if not days or (dotted and by_day not in days):
        return None
    if first == second:
        return PrintedDate((by_day,), year)
    if len(days) == 1 or dotted:
        return PrintedDate((days[0],), year, "DMY" if days[0] == by_day else "MDY")
    return PrintedDate((by_day, by_month), year)


def _year(printed: str | None) -> int | None:
    if not printed:
        return None
    digits = printed.lstrip("'’")
    number = int(digits)
    if len(digits) == 2:
        return number + (2000 if number < 70 else 1900)
    return number


def _possible(month: int, day: int, year: int | None) -> bool:
    try:
        date(year or 2024, month, day)
    except ValueError:
        return False
    return year is None or 1800 <= year <= 2200


@lru_cache(maxsize=1024)
def _parsed(text: str) -> PrintedDate | None:
    """What dateparser makes of it: other languages than ours, and unusual wording."""
    import dateparser  # heavy, and rarely needed

    settings = {"REQUIRE_PARTS": ["day", "month", "year"], "PARSERS": ["absolute-time"], "STRICT_PARSING": True}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # its own use of what Python deprecates
        found = dateparser.parse(text, languages=_OTHER_LANGUAGES, settings=settings)
    return None if found is None else PrintedDate(((found.month, found.day),), found.year, numeric=False)
