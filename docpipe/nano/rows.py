"""Rows of a table that were found, and the lines of the page, become the rows with those that were overlooked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from statistics import mean, median, median_low

import torch
from torch import Tensor

from docpipe.nano.page import CELL
from docpipe.nano.reading import LIKELY_START
from docpipe.nano.transcribing import Character, Line

FEWEST = 3  # rows, from which on it can be told what a row of this table looks like
ALIGNED = 1.0  # page tokens between where rows begin, at most
LOWEST = 0.5  # page tokens that rows are apart, at least
OWN = 0.7  # of the usual distance between rows, that a row is away from others at least
PITCH = (0.75, 1.35)  # of the usual distance, within which a row follows the last one
LEVEL = 7.0  # pixels between two places on one line, down the page, at most
MANY, BETWEEN = 3, 24.0  # columns, and pixels between the middles of characters of two columns, at least
WIDE = 0.8  # of the width of the rows, that a row has at least
FAINT = 0.05  # chance of a row's start, from which on it counts at all
TOGETHER = 0.3  # sum of the chances of faint starts that are taken together, at least
UNSURE = 0.3  # share of faint ones among all that a run has, at least: elsewhere the likely ones are the rows


def agreed(found: Sequence[tuple[int, float]], places: Tensor, lines: Sequence[Line]) -> list[int]:
    """The first tokens of rows, from the top: the likely ones, and faint ones that agree with one another.

    `found` are tokens with the chance that a row starts there, from FAINT on. Where a table looks as few do, no row of
    it is likely, but many are faint, and below one another stand lines that look alike: such a run of lines is rows
    from its first faint one to its last. Lines look alike that begin alike and end alike, with figures or without.
    """
    likely = [token for token, chance in found if chance >= LIKELY_START]
    at = {token: (float(places[token, 0]), float(places[token, 1])) for token, _ in found}
    chances = dict(found)

    def aligned(token: int) -> float:
        return sum(chance for other, chance in found if abs(at[other][0] - at[token][0]) < ALIGNED)

    left = at[max(at, key=aligned)][0] if at else 0.0
    rows = set(likely)
    for run in _runs(lines, left):
        marked = [next((token for token in at if _starts(line, *at[token])), None) for line in run]
        own = [token for token in marked if token is not None]
        faint = [chances[token] for token in own if token not in likely]
        elsewhere = len(set(likely) - set(own))
        if len(own) < FEWEST or sum(faint) < TOGETHER or len(faint) < UNSURE * len(own) or elsewhere > len(own) / 2:
            continue
        first, last = marked.index(own[0]), len(marked) - marked[::-1].index(own[-1])
        between = zip(marked[first:last], run[first:last], strict=True)
        rows |= {_nearest(places, line) if token is None else token for token, line in between}
    return sorted(rows, key=lambda token: (float(places[token, 1]), float(places[token, 0])))


def _runs(lines: Sequence[Line], left: float) -> list[list[Sequence[Character]]]:
    """Lines of several pieces that begin at `left` page tokens and look alike, as they follow one another.

    What begins farther to the right, such as the second line of a description, ends no run.
    """
    runs: list[list[Sequence[Character]]] = []
    form: tuple[bool, bool] | None = None
    for line in _across(lines):
        x = line[0].x / CELL
        if x - left >= ALIGNED:
            continue
        pieces = _pieces(line)
        own = (_is_figure(pieces[0]), _is_figure(pieces[-1])) if len(pieces) > 1 and left - x < ALIGNED else None
        if own is not None and own == form:
            runs[-1].append(line)
        elif own is not None:
            runs.append([line])
        form = own
    return runs


def completed(rows: Sequence[int], places: Tensor, lines: Sequence[Line]) -> list[int]:
    """The first tokens of rows, from the top, with those of lines that look like a row and stand where one is due.

    `rows` are the tokens that were found, `places` (n + 1, 2) the tokens' middles, `lines` what is printed on the page.
    Such a line begins where rows begin, is as wide as they are, ends with a figure where they do, and begins with one
    where they do. It stands between two rows, or one usual distance from an end. Tables of two columns stay as they
    are: items of a receipt have lines of their own for quantities, and sums follow them.
    """
    if len(rows) < FEWEST:
        return list(rows)
    at = {row: (float(places[row, 0]), float(places[row, 1])) for row in rows}
    whole = _across(lines)
    own = {row: line for row in rows for line in whole if _starts(line, *at[row])}
    if len(own) < FEWEST:
        return list(rows)
    usual = median_low(b - a for a, b in pairwise(sorted(y for _, y in at.values())))
    left = median(x for x, _ in at.values())
    right = median(line[-1].x for line in own.values()) / CELL
    figures = _share(line[-1] for line in own.values()), _share(line[0] for line in own.values())
    if usual < LOWEST or median(len(_pieces(line)) for line in own.values()) < MANY:
        return list(rows)
    found = dict(at)
    for line in sorted(whole, key=lambda line: line[0].y):
        x, y = line[0].x / CELL, line[0].y / CELL
        likely = (
            abs(x - left) < ALIGNED
            and line[-1].x / CELL - x > WIDE * (right - left)
            and (line[-1].text.isdigit() or figures[0] < 0.5)
            and line[0].text.isdigit() == (figures[1] > 0.5)
        )
        heights = [other for _, other in found.values()]
        inside = min(heights) < y < max(heights)
        next_to = min(abs(y - min(heights)), abs(y - max(heights)))
        due = inside or (PITCH[0] < next_to / usual < PITCH[1] and len(_pieces(line)) >= MANY)
        if likely and due and all(abs(y - other) > OWN * usual for other in heights):
            found.setdefault(_nearest(places, line), (x, y))
    return sorted(found, key=lambda row: found[row][1])


def _across(lines: Sequence[Line]) -> list[list[Character]]:
    """The characters of each line from one side of the page to the other, from the left: columns stand far apart."""
    across: list[list[Character]] = []
    for line in sorted(lines, key=lambda line: line[0][0].y):
        own = [character for word in line for character in word]
        if across and abs(own[0].y - across[-1][0].y) < LEVEL:
            across[-1] += own
        else:
            across.append(own)
    return [sorted(line, key=lambda character: character.x) for line in across]


def _starts(line: Sequence[Character], x: float, y: float) -> bool:
    """Whether a line begins at a place in page tokens."""
    return abs(line[0].x / CELL - x) < ALIGNED and abs(line[0].y / CELL - y) < ALIGNED


def _share(characters: Iterable[Character]) -> float:
    """How large a share of the characters is figures."""
    return mean(character.text.isdigit() for character in characters)


def _pieces(line: Sequence[Character]) -> list[list[Character]]:
    """The pieces of a line that stand apart from one another."""
    pieces = [[line[0]]]
    for before, after in pairwise(line):
        if after.x - before.x > BETWEEN:
            pieces.append([])
        pieces[-1].append(after)
    return pieces


def _is_figure(piece: Sequence[Character]) -> bool:
    return _share(piece) >= 0.5


def _nearest(places: Tensor, line: Sequence[Character]) -> int:
    """The token nearest to where a line begins."""
    return int((places[:-1] - torch.tensor([line[0].x, line[0].y]) / CELL).abs().sum(1).argmin())
