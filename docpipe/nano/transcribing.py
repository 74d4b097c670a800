"""What nano's eye reads in every half cell becomes lines of words with their places, in reading order."""

from __future__ import annotations

from dataclasses import dataclass

from docpipe.nano import characters
from docpipe.nano.model import Sight
from docpipe.nano.page import CELL

Box = tuple[float, float, float, float]
SURE = 0.4  # probability of a character, at least
GAP = 9.0  # pixels between the middles of two characters of one word, at most
DRIFT = 7.0  # pixels between the middles of two characters of one line, at most


@dataclass(frozen=True)
class Character:
    """A character and its middle in pixels."""

    text: str
    x: float
    y: float


Word = list[Character]
Line = list[Word]


def lines(sight: Sight) -> list[Line]:
    """Lines from the top, each with its words from the left."""
    chances, best = sight.read.float().softmax(-1).max(-1)
    columns = (sight.places[:-1, 0] - 0.5) * CELL
    rows = (sight.places[:-1, 1] - 0.5) * CELL
    found = []
    for token, cell, half in ((best > 4) & (chances > SURE)).nonzero().tolist():
        x = float(columns[token]) + cell % 2 * 8 + half * 4 + 2
        y = float(rows[token]) + cell // 2 * 8 + 4
        found.append(Character(characters.decode([int(best[token, cell, half])]), x, y))
    return [_words(line) for line in _lines(found)]


def box(word: Word) -> Box:
    """The box of a word in pixels, about as large as its print."""
    return (word[0].x - 3, min(c.y for c in word) - 6, word[-1].x + 3, max(c.y for c in word) + 6)


def _lines(found: list[Character]) -> list[list[Character]]:
    """Characters that stand on one line together: each follows the nearest end of a line to its left."""
    begun: list[list[Character]] = []
    for place in sorted(found, key=lambda c: (c.x, c.y)):
        near = [line for line in begun if abs(line[-1].y - place.y) <= DRIFT and place.x - line[-1].x < 4 * CELL]
        if near:
            min(near, key=lambda line: (abs(line[-1].y - place.y), place.x - line[-1].x)).append(place)
        else:
            begun.append([place])
    return sorted(begun, key=lambda line: (sum(c.y for c in line) / len(line), line[0].x))


def _words(line: list[Character]) -> Line:
    words: Line = [[line[0]]]
    for place in line[1:]:
        if place.x - words[-1][-1].x > GAP:
            words.append([])
        words[-1].append(place)
    return words
