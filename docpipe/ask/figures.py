"""A question with numbers in words and signs becomes one with figures: a grand as 1000, twenty twenty-four as 2024."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import pairwise

from docpipe.ask.called import NUMBERS
from docpipe.ask.words import word_set
from docpipe.printed.words import fold

_SMALL: Mapping[str, int] = {
    **NUMBERS,
    **{
        word: number
        for number, words in {
            11: "eleven elf onze", 12: "twelve zwolf zwoelf douze", 13: "thirteen dreizehn treize",
            14: "fourteen vierzehn quatorze", 15: "fifteen funfzehn quinze", 16: "sixteen sechzehn seize",
            17: "seventeen siebzehn", 18: "eighteen achtzehn", 19: "nineteen neunzehn",
            20: "twenty zwanzig vingt vingts", 30: "thirty dreissig trente", 40: "forty fourty vierzig quarante",
            50: "fifty funfzig cinquante", 60: "sixty sechzig soixante", 70: "seventy siebzig septante",
            80: "eighty achtzig huitante octante", 90: "ninety neunzig nonante",
        }.items()
        for word in words.split()
    },
}  # fmt: skip
_TIMES: Mapping[str, int] = {
    "hundred": 100, "hundert": 100, "cent": 100, "cents": 100, "thousand": 1000, "tausend": 1000,
    "mille": 1000, "grand": 1000,
    "million": 1_000_000, "millions": 1_000_000, "millionen": 1_000_000, "mio": 1_000_000,
}  # fmt: skip
_ONE = word_set("a an one ein eine einem einen einer un une")
_AND = frozenset({"and", "und", "et"})
# Before a number that has no other one before it: less than thousand, plus de cent.
_LEADS = word_set(
    "than under over below above exceeding around about roughly least most to between and de que a au sous "
    "entre et unter uber als ab bis von zwischen und mindestens hochstens rund etwa circa ueber gt lt gte lte"
)
# What may be no number alone: 100 of a percentage, the large one of a hotel's name.
_NOT_ALONE = frozenset({"grand", "cent", "cents", "hundred", "mio", "million", "millions"})
_SIGNS = (
    (re.compile(r"(?<!\S)(\S*\d[\d.,]*\s?[kK]?)\+(?=\s|$|[?.,;])"), r"gte \1"),
    (re.compile(r">\s*=|≥|=\s*>"), " gte "),
    (re.compile(r"<\s*=|≤|=\s*<"), " lte "),
    (re.compile(r">"), " gt "),
    (re.compile(r"<"), " lt "),
    (re.compile(r"(?<=\d)\s*(?:tsd\.?|tds\.?)(?!\w)", re.IGNORECASE), "k"),
)
_SHARED = re.compile(
    r"\b((?:between|from|zwischen|von|entre|de)\s+)([^\W\d_]+|\d{1,3})(\s*(?:and|to|und|bis|et|à|-)\s*)([^\W\d_]+|\d{1,3})"
    r"(\s?(?:k|thousand|tausend|mille))\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]+|\d+(?:[.,]\d+)?")


def in_figures(text: str) -> str:
    """A text with its spelt numbers in figures. One to twelve alone stay words: they may be articles."""
    text = _SHARED.sub(_both_times, text)
    for sign, words in _SIGNS:
        text = sign.sub(words, text)
    tokens = [(found[0], found.start(), found.end()) for found in _WORD.finditer(text)]
    made: list[str] = []
    end = start = 0
    while start < len(tokens):
        length, number = _number(tokens, start, text)
        if length and number is not None:
            made += [text[end : tokens[start][1]], str(number)]
            end = tokens[start + length - 1][2]
        start += length or 1
    return "".join([*made, text[end:]])


def _both_times(found: re.Match[str]) -> str:
    """Between ten and twenty thousand, zwischen 5 und 10k: both are thousands."""
    lead, first, middle, second, times = found.groups()
    known = first.isdecimal() or fold(first) in _SMALL
    return f"{lead}{first} {times.strip()}{middle}{second}{times}" if known else found[0]


def _number(tokens: list[tuple[str, int, int]], start: int, text: str) -> tuple[int, int | None]:
    """How many words from here on are a spelt number, and which."""
    words: list[str] = []
    for (_, _, end), (word, begin, _) in pairwise([("", 0, tokens[start][1]), *tokens[start:]]):
        if words and text[end:begin].strip(" \t-\u2010\u2011"):
            break
        words.append(fold(word) or word)
        if len(words) == 8:
            break
    before = fold(tokens[start - 1][0]) if start else ""
    for length in range(len(words), 0, -1):
        cut = bool(_AND & set(words[:length])) and words[length : length + 1] and words[length] in _TIMES
        number = None if cut else _value(tuple(words[:length]), before)
        if number is not None:
            return length, number
    return 0, None


def _value(words: tuple[str, ...], before: str) -> int | None:
    if words[-1] in _AND or words[0] in _AND:
        return None
    if words == ("half", "a", "million"):
        return 500_000
    if len(words) == 1 and words[0] in _TIMES:  # under thousand
        alone = words[0] not in _NOT_ALONE or words[0] == "cent"
        return _TIMES[words[0]] if before in _LEADS and alone else None
    if words[0] in _ONE and len(words) == 2 and words[1] in _TIMES:
        return _TIMES[words[1]]
    compounds = [(word,) if word in _AND else _compound(word) for word in words]
    if not all(compounds):
        return None
    parts = [part for compound in compounds for part in compound]
    spoken = [place for place, word in enumerate(words) if word in _AND]
    if any(set(words[place + 1 :]) & _TIMES.keys() for place in spoken):  # between five hundred and a thousand
        return None
    year = _year(parts)
    number = year if year is not None else _sum(parts)
    return number if number is not None and number > 12 else None


def _year(parts: list[str]) -> int | None:
    """twenty twenty-four, nineteen ninety-nine."""
    if len(parts) in (2, 3) and parts[0] in ("twenty", "nineteen") and all(part in _SMALL for part in parts[1:]):
        last = [_SMALL[part] for part in parts[1:]]
        if last[0] >= 10 and (len(last) == 1 or (last[0] >= 20 and last[1] < 10)):
            return _SMALL[parts[0]] * 100 + sum(last)
    return None


def _sum(parts: list[str]) -> int | None:
    """What words of numbers come to: two thousand five hundred, quatre vingt dix, vier und zwanzig."""
    total = part = 0
    last = 0  # the least that may not follow: after twenty comes no thirty
    for word in parts:
        if word in _AND:
            if not part and not total:
                return None
            continue
        number = _SMALL.get(word)
        if word in _TIMES:
            times = _TIMES[word]
            if times == 100:
                part = max(part, 1) * 100
            else:
                total, part = total + max(part, 1) * times, 0
            last = 0
        elif number is not None:
            if word.startswith("vingt") and part % 100 == 4:
                part += 76
            elif last and not (
                (number < 10 and last >= 20)
                or (last < 10 and number >= 20 and "und" in parts)
                or (word.isascii() and last in (60, 80) and number < 20)
            ):
                return None
            else:
                part += number
            last = 80 if word.startswith("vingt") and part % 100 == 80 else number
        else:
            return None
    return total + part


@cache
def _compound(word: str) -> tuple[str, ...]:
    """The words of numbers that a German one is made of; none for what is no number."""
    if word in _SMALL or word in _TIMES:
        return (word,)
    if word.isdecimal() or len(word) < 8:
        return ()
    return next(_split(word), ())


def _split(word: str) -> Iterator[tuple[str, ...]]:
    if not word:
        yield ()
        return
    for known in sorted((*_SMALL, *_TIMES, "und"), key=len, reverse=True):
        if word.startswith(known):
            for rest in _split(word[len(known) :]):
                yield (known, *rest)
