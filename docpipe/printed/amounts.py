"""A printed amount becomes a Decimal with its currency, whatever its decimal sign, its grouping and its minus.

Read: 1,234.56 · 1.234,56 € · 1 234,56 · 1'234.50 · 12,34,567.00 · (12.00) · 12.00- · 12.00 DR · 12,- · 19 % · 1.2M.
What has one separator before three digits (1.234) has two readings; the caller knows the document and decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Literal

from babel import Locale
from babel.core import get_global
from babel.numbers import get_currency_name, get_currency_precision, get_territory_currencies

from docpipe.printed.words import LANGUAGES

DecimalSign = Literal[",", "."]

# Symbols that say which currency they are. Where several countries print the same one, see SHARED.
SYMBOLS = {
    "€": "EUR", "£": "GBP", "£GB": "GBP", "₤": "GBP", "₹": "INR", "₽": "RUB", "₩": "KRW", "₪": "ILS", "₺": "TRY",
    "₫": "VND", "₱": "PHP", "₦": "NGN", "฿": "THB", "₴": "UAH", "₸": "KZT", "zł": "PLN", "Kč": "CZK", "Ft": "HUF",
    "лв": "BGN", "SFr.": "CHF", "Sfr.": "CHF", "Fr.": "CHF", "US$": "USD", "$US": "USD", "USD$": "USD", "A$": "AUD",
    "AU$": "AUD", "$AU": "AUD", "C$": "CAD", "CA$": "CAD", "$CA": "CAD", "CDN$": "CAD", "NZ$": "NZD", "HK$": "HKD",
    "S$": "SGD", "R$": "BRL", "MX$": "MXN", "NT$": "TWD", "$": "USD", "¥": "JPY", "￥": "JPY", "kr.": "SEK",
    "kr": "SEK", "Kr.": "SEK", "Kr": "SEK", "Rs.": "INR", "Rs": "INR", "RM": "MYR", "Rp": "IDR", "Rp.": "IDR",
}  # fmt: skip
# What these may stand for besides the currency that SYMBOLS gives them.
SHARED = {
    "$": ("AUD", "CAD", "NZD", "HKD", "SGD", "MXN", "TWD"),
    "¥": ("CNY",), "￥": ("CNY",),
} | dict.fromkeys(("kr", "kr.", "Kr", "Kr."), ("DKK", "NOK", "ISK"))  # fmt: skip
# Everyday words that no table of currencies has.
WORDS = {
    "euros": "EUR", "eur.": "EUR", "dollar": "USD", "dollars": "USD", "dólar": "USD", "dólares": "USD",
    "dollaro": "USD", "dollari": "USD", "pound": "GBP", "pounds": "GBP", "pound sterling": "GBP",
    "pounds sterling": "GBP", "pfund": "GBP", "livres sterling": "GBP", "franken": "CHF", "francs suisses": "CHF",
    "franchi": "CHF", "yen": "JPY", "rupees": "INR", "kronor": "SEK", "kroner": "NOK",
}  # fmt: skip
_WIDELY_NAMED = (
    "EUR",
    "USD",
    "GBP",
    "CHF",
    "JPY",
    "CNY",
    "INR",
    "AUD",
    "CAD",
    "NZD",
    "SEK",
    "NOK",
    "DKK",
    "PLN",
    "CZK",
)
_TIMES = {
    "k": 3, "K": 3, "Tsd.": 3, "thousand": 3, "M": 6, "Mio.": 6, "Mio": 6, "million": 6, "millions": 6, "Millionen": 6,
    "bn": 9, "Mrd.": 9, "Mrd": 9, "billion": 9,
}  # fmt: skip

# One character for each that print has many of; lengths stay, so that places in the text stay true.
_PLAIN = str.maketrans(
    dict.fromkeys("\u00a0\u2007\u2009\u202f\u2002\u2003\t\n\r", " ")
    | dict.fromkeys("\u2212\u2010\u2011\u2012\u2013\u2014\ufe63\uff0d", "-")
    | dict.fromkeys("\u2019\u2018\u02bc\u00b4`", "'")
    | {chr(0xFF10 + n): str(n) for n in range(10)}
)

_CORE = r"""(?:
      \d{1,3}(?:'\d{3})+(?:[.,]\d{1,4})?
    | \d{1,3}(?:\ \d{3})+(?:[.,]\d{1,4})?
    | \d{1,3}(?:\.\d{3})+,(?:\d{1,4}|-{1,2}) | \d{1,3}(?:,\d{3})+\.(?:\d{1,4}|-{1,2})
    | \d{1,2}(?:,\d{2})+,\d{3}(?:\.\d{1,4})?
    | \d{1,3}(?:\.\d{3}){2,} | \d{1,3}(?:,\d{3}){2,}
    | \d+[.,]-{1,2}
    | \d+[.,]\d+ | \d+ | [.,]\d+
)"""
_PLAIN_CORE = r"(?:\d+[.,]\d+|\d+)"


@dataclass(frozen=True)
class Amount:
    """A printed amount. `other` is the second reading of an ambiguous one, `decimal` the sign that it shows for sure.

    `currency` is an ISO 4217 code and `symbol` what was printed for it. `loose_sign` says that the sign stands apart
    and may belong to something else.
    """

    value: Decimal
    other: Decimal | None = None
    decimal: DecimalSign | None = None
    currency: str | None = None
    symbol: str | None = None
    percent: bool = False
    loose_sign: bool = False

    def resolved(self, decimal: DecimalSign | None) -> Amount:
        """The reading that fits a document whose decimal sign is `decimal`; the amount itself where none is known."""
        if self.other is None or decimal is None:
            return self
        # `value` takes the only separator for a grouping one, `other` for the decimal sign, which `decimal` holds.
        chosen = self.other if self.decimal == decimal else self.value
        return Amount(chosen, None, decimal, self.currency, self.symbol, self.percent, self.loose_sign)

    @property
    def ambiguous(self) -> bool:
        """Whether only the rest of the document can tell what it is."""
        return self.other is not None


def read_amount(text: str) -> Amount | None:
    """The amount that `text` is, or None when it is none or holds something else besides."""
    plain = text.translate(_PLAIN).strip()
    found = _whole().fullmatch(plain)
    return _amount(found) if found else None


def find_amounts(text: str) -> Iterator[tuple[int, int, Amount]]:
    """Every amount in a line of text with its place: start and end of the match, sign and currency included.

    Digits grouped by spaces are given grouped and one by one, since both may be meant: "2 100.00".
    """
    plain = text.translate(_PLAIN)
    for pattern in (_inside(), _inside_ungrouped()):
        for found in pattern.finditer(plain):
            if pattern is _inside() or _beside_space(plain, found):
                amount = _amount(found)
                if amount is not None:
                    yield found.start(), found.end(), amount


def read_currency(text: str) -> tuple[str, str] | None:
    """The ISO code and the sign or word that stands for it, for a text that is a currency or an amount with one."""
    word = text.translate(_PLAIN).strip(" .,:;()[]/")
    if word.upper() in _codes():
        return word.upper(), word
    for sign in (text.strip(), word):
        if sign in SYMBOLS:
            return SYMBOLS[sign], sign
    if word.casefold() in _names():
        return _names()[word.casefold()], word
    amount = read_amount(text)
    if amount is not None and amount.currency and amount.symbol:
        return amount.currency, amount.symbol
    pair = [part for part in re.split(r"[\s()/]+", word) if part]
    if len(pair) > 1:
        codes = {code[0] for code in map(read_currency, pair) if code}
        if len(codes) == 1:
            return codes.pop(), word
    return None


def is_currency_code(code: str) -> bool:
    """Whether `code` is the ISO 4217 code of a currency in use."""
    return code in _codes()


def minor_digits(currency: str) -> int:
    """How many digits the currency has after the decimal sign: 2 for EUR, 0 for JPY, 3 for KWD."""
    return int(get_currency_precision(currency))


def _amount(found: re.Match[str]) -> Amount | None:
    core = found["core"]
    value, other, decimal = _core(core)
    if value is None:
        return None
    symbol = found["before"] or found["after"]
    symbol = symbol.strip() if symbol else None
    currency = _currency(symbol) if symbol else None
    if other is not None and currency and minor_digits(currency) < 3:
        # No currency with two decimals is printed with three: 1.234 EUR are thousands.
        other, decimal = None, "," if decimal == "." else "."
    side = (found["side"] or "").upper()
    minus = "-" in (found["sign"] or "") + (found["sign2"] or "") + (found["trail"] or "")
    negative = minus or bool((found["open"] or found["open2"]) and found["close"]) or side in ("DR", "S", "OD")
    power = _TIMES.get(found["times"] or "", 0)
    scale = Decimal(10) ** power * (-1 if negative else 1)
    return Amount(
        value=value * scale if power or negative else value,
        other=None if other is None else other * scale,
        decimal=decimal,
        currency=currency,
        symbol=symbol,
        percent=bool(found["percent"]),
        loose_sign=bool((found["sign"] or found["sign2"] or "").endswith(" ")),
    )


def _core(core: str) -> tuple[Decimal | None, Decimal | None, DecimalSign | None]:
    """The digits as a number, its second reading, and its decimal sign.

    For an ambiguous number the sign is the one that the second reading takes it for.
    """
    spaced = " " in core or "'" in core
    core = core.replace(" ", "").replace("'", "")
    core = re.sub(r"[.,]-+$", "", core)
    signs = [c for c in core if c in ".,"]
    if not signs:
        return Decimal(core), None, None
    last: DecimalSign = "," if signs[-1] == "," else "."
    head, _, tail = core.rpartition(last)
    if len(set(signs)) == 2 or (len(signs) == 1 and (spaced or len(tail) != 3 or not 1 <= len(head) <= 3)):
        digits = re.sub(r"[.,]", "", head)
        return Decimal(f"{digits or '0'}.{tail}"), None, last
    whole = Decimal(re.sub(r"[.,]", "", core))
    if len(signs) > 1:
        return whole, None, "." if last == "," else ","
    fraction = Decimal(f"{head}.{tail}")
    if head == "0":
        return fraction, None, last
    return whole, fraction, last


def _currency(sign: str) -> str | None:
    return SYMBOLS.get(sign) or (sign if sign in _codes() else None) or _names().get(sign.casefold())


@cache
def _codes() -> frozenset[str]:
    """The currencies that are legal tender somewhere today."""
    territories = get_global("territory_currencies")
    return frozenset(code for territory in territories for code in get_territory_currencies(territory))


@cache
def _names() -> dict[str, str]:
    """What currencies are called in the languages that docpipe knows, casefolded."""
    names = dict(WORDS)
    for language in LANGUAGES:
        for code in _codes():
            name = Locale(language).currencies.get(code)
            if name:
                names.setdefault(name.casefold(), code)
        for code in _WIDELY_NAMED:
            names.setdefault(get_currency_name(code, count=2, locale=language).casefold(), code)
    return names


@cache
def _sign_pattern() -> str:
    short = [re.escape(sign) for sign in sorted(SYMBOLS, key=len, reverse=True)]
    words = [rf"{re.escape(w)}\b" for w in ("Euro", "euro", "EURO", *sorted(_codes()))]
    for code in _WIDELY_NAMED:
        words += [rf"(?i:{re.escape(name)})\b" for name, of in _names().items() if of == code and len(name) > 4]
    return "(?:" + "|".join([*words, *short]) + ")"


def _pattern(core: str, *, before: str, after: str) -> re.Pattern[str]:
    sign = _sign_pattern()
    times = "|".join(re.escape(word) for word in sorted(_TIMES, key=len, reverse=True))
    return re.compile(
        rf"""{before}
        (?P<open>\()?\ ?
        (?P<sign>[-+]\ ?)?
        (?P<before>(?<![^\W\d_]){sign}\ ?)?
        (?P<sign2>[-+]\ ?)?
        (?P<open2>\((?=[^()]*\)))?
        (?P<core>{core})
        (?:\ ?(?P<times>(?:{times}))(?![\w]))?
        (?P<trail>-(?![\w-]))?
        (?P<percent>\ ?%)?
        (?P<after>\ ?{sign}(?!\w))?
        (?:\ ?(?P<side>CR|DR|Cr|Dr|OD|(?<=\d\d\ )[SH])(?!\w))?
        (?(trail)|(?:(?<=[\w€%$])(?:\ ?)(?P<plus>[+])(?!\w))?)
        \ ?(?P<close>\))?
        {after}""",
        re.VERBOSE,
    )


@cache
def _whole() -> re.Pattern[str]:
    # "Total: 12.00", "ca. 5", "≈5", "x 3" and "12 Stk." are amounts with a word; two amounts in one text are none.
    label = r"(?:[^\d:()]{1,40}:\ ?|ca\.\ ?|approx\.\ ?|≈\ ?|[x×]\ ?)?"
    unit = r"(?:\ ?[^\W\d_](?:[^\W\d]|\.(?=\w)){0,11}[²³.]?(?:\ [^\W\d_]{1,12}\.?)?|\ ?[x×*]|\ ?\"|\ ?°C?)?"
    return _pattern(_CORE, before=label, after=unit)


@cache
def _inside() -> re.Pattern[str]:
    return _pattern(_CORE, before=_NOT_WITHIN, after=_NOT_BEFORE)


@cache
def _inside_ungrouped() -> re.Pattern[str]:
    return _pattern(_PLAIN_CORE, before=_NOT_WITHIN, after=_NOT_BEFORE)


# Digits inside an identifier, a date or a time are no amounts; a unit may be written onto a number (2x, 5kg).
_NOT_WITHIN = r"(?<![\w.,:/'#-])"
_NOT_BEFORE = r"(?![.,:/'-]?\d|-\w|[^\W\d_]{4,}|[^\W_]*\d|/\w)"


def _beside_space(plain: str, found: re.Match[str]) -> bool:
    """Whether the match touches a space with a digit beyond it, so that the grouped reading took it for a part."""
    start, end = found.span("core")
    return bool(re.search(r"\d $", plain[:start]) or re.match(r" \d", plain[end:]))
