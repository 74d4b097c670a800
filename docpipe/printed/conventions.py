"""The texts of one document become its conventions: decimal sign, order of day and month, language, year, currency."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from babel import Locale
from babel.numbers import get_decimal_symbol

from docpipe.printed.amounts import SHARED, SYMBOLS, DecimalSign, find_amounts
from docpipe.printed.dates import DateOrder, PrintedDate, find_dates
from docpipe.printed.words import language

_T = TypeVar("_T")

# So many numbers with three digits behind their only sign are no accident.
_MANY = 3

# Day and month as English is printed with these currencies; a guess, never a certainty.
_MONTH_FIRST = {"USD"}


@dataclass(frozen=True)
class Conventions:
    """How one document prints. `date_order_sure` is False where the order is only the likelier one.

    `days` are the dates that it prints for sure. `currencies` are the ISO codes that stand beside its amounts, the
    most frequent first, with a bare "$" as USD; `named` those that it names by code or by a full sign (A$).
    """

    decimal: DecimalSign | None = None
    date_order: DateOrder = "DMY"
    date_order_sure: bool = False
    language: str | None = None
    days: tuple[date, ...] = ()
    currencies: tuple[str, ...] = ()
    named: frozenset[str] = frozenset()

    def year_of(self, printed: PrintedDate) -> int | None:
        """The year of a date printed without one: that within the document's span of dates, else its only year."""
        if not self.days:
            return None
        first, last = min(self.days), max(self.days)
        days = [d for d in (printed.day(self.date_order, y) for y in range(first.year, last.year + 1)) if d]
        inside = [day.year for day in days if first <= day <= last]
        if len(inside) == 1:
            return inside[0]
        if first.year == last.year:
            return first.year
        # The statement of 5 January lists days of December: the year that brings it nearest to the document's span.
        near = sorted(days, key=lambda day: min(abs((day - first).days), abs((day - last).days)))
        return near[0].year if near else None


def conventions(texts: Iterable[str]) -> Conventions:
    """What the unambiguous amounts and dates among `texts` show, then what their language is known for."""
    texts = tuple(texts)
    tongue = language(texts)
    decimals: Counter[DecimalSign] = Counter()
    maybe: Counter[DecimalSign] = Counter()
    currencies: Counter[str] = Counter()
    orders: Counter[DateOrder] = Counter()
    days: list[date] = []
    for text in texts:
        for _, _, printed in find_dates(text):
            if printed.order is not None:
                orders[printed.order] += 1
            if printed.year is not None and not printed.ambiguous:
                days += [day for day in (printed.day(),) if day]
        for _, _, amount in find_amounts(text):
            if amount.decimal is not None:
                (maybe if amount.ambiguous else decimals)[amount.decimal] += 1
            if amount.currency is not None:
                currencies[amount.currency] += 1
    order = _leading(orders)
    guess: DateOrder = "MDY" if tongue in (None, "en") and _first(currencies) in _MONTH_FIRST else "DMY"
    return Conventions(
        decimal=_leading(decimals) or _grouped(maybe) or (_decimal_of(tongue) if tongue else None),
        date_order=order or guess,
        # English is printed in both orders; no other of the languages is.
        date_order_sure=order is not None or tongue not in (None, "en"),
        language=tongue,
        days=tuple(days),
        currencies=tuple(code for code, _ in currencies.most_common()),
        named=_named(texts),
    )


def _named(texts: Iterable[str]) -> frozenset[str]:
    """The currencies of a shared sign ($, kr, ¥) that the texts name by their code or their full sign."""
    full = {sign: code for sign, code in SYMBOLS.items() if sign.endswith("$") and sign != "$"}
    codes = set(full.values()) | {code for codes in SHARED.values() for code in codes} | {"JPY", "SEK"}
    found: set[str] = set()
    for text in texts:
        for word in text.replace("(", " ").replace(")", " ").split():
            bare = word.strip(".,:;[]/")
            if bare in codes:
                found.add(bare)
            found |= {code for sign, code in full.items() if bare.startswith(sign)}
    return frozenset(found)


def _grouped(maybe: Counter[DecimalSign]) -> DecimalSign | None:
    """The decimal sign of a document whose only sign always stands before three digits: it must be the other one."""
    if len(maybe) != 1 or maybe.total() < _MANY:
        return None
    return "," if "." in maybe else "."


def _first(counts: Counter[str]) -> str | None:
    return counts.most_common(1)[0][0] if counts else None


def _leading(counts: Counter[_T]) -> _T | None:
    ranked = counts.most_common(2)
    if not ranked or (len(ranked) == 2 and ranked[0][1] == ranked[1][1]):
        return None
    return ranked[0][0]


def _decimal_of(tongue: str) -> DecimalSign | None:
    # The de and fr of Babel print commas as all their countries but Switzerland and Mexico do.
    symbol = get_decimal_symbol(Locale(tongue))
    return "," if symbol == "," else "." if symbol == "." else None
