"""What nano's eye reads in every half cell becomes words with boxes, in reading order."""

from __future__ import annotations

from docpipe.nano import characters
from docpipe.nano.model import Sight
from docpipe.nano.page import CELL

Box = tuple[float, float, float, float]
GAP = 9.0  # pixels between the middles of two characters of one word, at most
DRIFT = 7.0  # pixels between the middles of two characters of one line, at most


def lines(sight: Sight) -> list[tuple[str, Box]]:
    """Words with their boxes in pixels, line by line from the top, each line from the left."""
    chances, best = sight.read.float().softmax(-1).max(-1)
    columns = (sight.places[:-1, 0] - 0.5) * CELL
    rows = (sight.places[:-1, 1] - 0.5) * CELL
    found: list[tuple[float, float, str]] = []
    for token, cell, half in (best > 4).nonzero().tolist():
        if chances[token, cell, half] > 0.4:
            x = float(columns[token]) + cell % 2 * 8 + half * 4 + 2
            y = float(rows[token]) + cell // 2 * 8 + 4
            found.append((x, y, characters.decode([int(best[token, cell, half])])))
    return [word for line in _lines(found) for word in _words(line)]


def _lines(found: list[tuple[float, float, str]]) -> list[list[tuple[float, float, str]]]:
    """Characters that stand on one line together: each follows the nearest end of a line to its left."""
    open_lines: list[list[tuple[float, float, str]]] = []
    for place in sorted(found):
        near = [
            line for line in open_lines if abs(line[-1][1] - place[1]) <= DRIFT and place[0] - line[-1][0] < 4 * CELL
        ]
        if near:
            min(near, key=lambda line: (abs(line[-1][1] - place[1]), place[0] - line[-1][0])).append(place)
        else:
            open_lines.append([place])
    return sorted(open_lines, key=lambda line: (sum(p[1] for p in line) / len(line), line[0][0]))


def _words(line: list[tuple[float, float, str]]) -> list[tuple[str, Box]]:
    words: list[list[tuple[float, float, str]]] = [[line[0]]]
    for place in line[1:]:
        if place[0] - words[-1][-1][0] > GAP:
            words.append([])
        words[-1].append(place)
    return [
        (
            "".join(p[2] for p in word),
            (word[0][0] - 3, min(p[1] for p in word) - 6, word[-1][0] + 3, max(p[1] for p in word) + 6),
        )
        for word in words
    ]
