"""Text becomes the terms that it is found by, and a snippet of it with the places of those that were looked for.

A term is a run of letters and digits without case and accents, as SQLite's `unicode61 remove_diacritics 2` makes them,
so that both databases and the snippets agree on what a word is.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

# A question, or a page pasted into the search: what is read of it.
MOST_WORDS = 32
LONGEST = 64
SNIPPET = 160
_RUN = re.compile(r"[^\W_]+(?:[\u0300-\u036f]+[^\W_]*)*")
_QUOTED = re.compile(r'["“”„«»]([^"“”„«»]+)["“”„«»]')
_UMLAUTS = {"ä": "ae", "ö": "oe", "ü": "ue"}


@dataclass(frozen=True)
class Word:
    """What was typed as one word or between quotes: its terms stand one after the other on a page.

    `spellings` are the ways in which a single term may be written: Müller, Mueller and Muller. What was `quoted` stands
    so or not at all.
    """

    terms: tuple[str, ...]
    spellings: tuple[str, ...]
    quoted: bool = False


def fold(text: str) -> str:
    """The text in small letters, without accents. Other than `str.casefold`, it leaves ß, as SQLite does."""
    if text.isascii():
        return text.lower()
    bare = unicodedata.normalize("NFD", text.lower())
    return unicodedata.normalize("NFC", "".join(c for c in bare if not unicodedata.combining(c)))


def spans(text: str) -> Iterator[tuple[str, int, int]]:
    """The terms of a text, each with where its characters begin and end."""
    for found in _RUN.finditer(text):
        yield fold(found.group()), found.start(), found.end()


def terms(text: str) -> list[str]:
    """The terms of a text in their order."""
    return [term for term, _, _ in spans(text)]


def words(query: str) -> list[Word]:
    """The words of anything that a person types, each once; what is in quotes is one."""
    parts: list[tuple[str, bool]] = []
    left = 0
    for quoted in _QUOTED.finditer(query):
        parts += [*((part, False) for part in query[left : quoted.start()].split()), (quoted.group(1), True)]
        left = quoted.end()
    parts += ((part, False) for part in query[left:].split())
    found: dict[tuple[str, ...], Word] = {}
    for part, whole in parts:
        short = tuple(term[:LONGEST] for term in terms(part)[:MOST_WORDS])
        if short and len(found) < MOST_WORDS:
            found.setdefault(short, Word(short, spellings(part) if len(short) == 1 else (), whole))
    return list(found.values())


def spellings(word: str) -> tuple[str, ...]:
    """A word's term as it is, and with umlauts and ß written in the other way."""
    (term,) = terms(word)
    lower = unicodedata.normalize("NFC", word.lower())
    ways = {term}
    ways.update(terms("".join(_UMLAUTS.get(c, c) for c in lower))[:1])
    if len(term) > 4:
        ways.add(re.sub("([aou])e", r"\1", term))
    ways |= {way.replace("ß", "ss") for way in ways} | {way.replace("ss", "ß") for way in ways}
    return (term, *sorted(way[:LONGEST] for way in ways - {term} if way))


def snippet(text: str, weights: Mapping[str, float]) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The part of a text with the weightiest terms, about a line long, and where in it they stand.

    `weights` tells what a term is worth; each counts once.
    """
    found = [(term, start, end) for term, start, end in spans(text) if term in weights]
    best, first = -1.0, 0
    for index, (_, start, _) in enumerate(found):
        near = {term for term, _, end in found[index : index + 64] if end <= start + SNIPPET}
        worth = sum(weights[term] for term in near)
        if worth > best:
            best, first = worth, start
    start = max(0, text.rfind(" ", 0, max(0, first - SNIPPET // 4)) + 1) if first > SNIPPET // 4 else 0
    end = len(text) if start + SNIPPET >= len(text) else max(text.rfind(" ", start, start + SNIPPET), start + 1)
    before, after = ("…" if start else ""), ("…" if end < len(text) else "")
    shift = len(before) - start
    marks: list[tuple[int, int]] = []
    for _, at, to in found:
        if at >= start and to <= end:
            # What only a dot or a dash divides, 1.234,56 or INV-7, is marked as one.
            beside = bool(marks) and not re.search(r"[\s\w]", text[marks[-1][1] - shift : at])
            begun = marks.pop()[0] if beside else at + shift
            marks.append((begun, to + shift))
    return before + re.sub(r"\s", " ", text[start:end]) + after, tuple(marks)


def held(text: str, wanted: Collection[str]) -> set[str]:
    """Which of these terms a text has."""
    folded = fold(text)
    return {t for t in wanted if t in folded and re.search(rf"(?<![^\W_]){re.escape(t)}(?![^\W_])", folded)}
