"""What nano's eye reads in every half cell becomes lines of words with their places, in reading order."""

from __future__ import annotations

from dataclasses import dataclass

from docpipe.nano import characters
from docpipe.nano.model import Sight
from docpipe.nano.page import CELL

Box = tuple[float, float, float, float]
SURE = 0.4  # probability of a character, at least
GAP = 9.0  # pixels between the middles of two characters of one word, at most
TWICE = 4.5  # pixels between the middles of two marks that may be one character seen twice, at most
NARROW = frozenset("iljtfrI1.,:;'|!()[]-/")  # of these two may stand so close
PARTS = ({"m", "n"}, {"w", "v"}, {"W", "V"}, {"M", "N"})  # a wide character and what half of it looks like
DRIFT = 7.0  # pixels between the middles of two characters of one line, at most


@dataclass(frozen=True)
class Character:
    """A character, its middle in pixels and its probability."""

    text: str
    x: float
    y: float
    sure: float


Word = list[Character]
Line = list[Word]


def lines(sight: Sight) -> list[Line]:
    """Lines from the top, each with its words from the left."""
    chances, best = sight.read.float().softmax(-1).max(-1)
    corners = ((sight.places[:-1] - 0.5) * CELL).tolist()
    seen = (best > 4) & (chances > SURE)
    found = []
    for (token, cell, half), number, sure in zip(
        seen.nonzero().tolist(), best[seen].tolist(), chances[seen].tolist(), strict=True
    ):
        x = corners[token][0] + cell % 2 * 8 + half * 4 + 2
        y = corners[token][1] + cell // 2 * 8 + 4
        found.append(Character(characters.decode([number]), x, y, sure))
    return [_words(_once(line)) for line in _lines(found)]


def box(word: Word) -> Box:
    """The box of a word in pixels, about as large as its print."""
    return (word[0].x - 3, min(c.y for c in word) - 6, word[-1].x + 3, max(c.y for c in word) + 6)


def _lines(found: list[Character]) -> list[list[Character]]:
    """Characters that stand on one line together: each follows the nearest end of a line to its left."""
    begun: list[list[Character]] = []
    within: list[list[Character]] = []  # reach: those of which something may still stand to the right
    for place in sorted(found, key=lambda c: (c.x, c.y)):
        within = [line for line in within if place.x - line[-1].x < 4 * CELL]
        near = [line for line in within if abs(line[-1].y - place.y) <= DRIFT]
        if near:
            min(near, key=lambda line: (abs(line[-1].y - place.y), place.x - line[-1].x)).append(place)
        else:
            begun.append([place])
            within.append(begun[-1])
    return sorted(begun, key=lambda line: (sum(c.y for c in line) / len(line), line[0].x))


def _once(line: list[Character]) -> list[Character]:
    """The line with characters that two half cells saw kept once, where they were seen best."""
    kept: list[Character] = []
    for place in line:
        last = kept[-1] if kept else None
        if last is not None and place.x - last.x <= TWICE and _same(last.text, place.text):
            if place.sure > last.sure:
                kept[-1] = place
        else:
            kept.append(place)
    return kept


def _same(one: str, other: str) -> bool:
    return (one == other and one not in NARROW) or {one, other} in PARTS


def _words(line: list[Character]) -> Line:
    words: Line = [[line[0]]]
    for place in line[1:]:
        if place.x - words[-1][-1].x > GAP:
            words.append([])
        words[-1].append(place)
    return words
