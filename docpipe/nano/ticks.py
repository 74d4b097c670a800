"""Boxes that nano's eye reads on a page, and where a label stands, become what is ticked there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from docpipe.nano.page import CELL
from docpipe.nano.transcribing import Line, Word
from docpipe.printed.convert import read_boolean

ON, OFF = frozenset("☒☑✓"), frozenset("☐")
LEVEL = 0.65  # page tokens between a label and its box, down the page, at most
BESIDE = 2.5  # page tokens between a label and a box of its own, at most
WORD = 3.0  # page tokens between a box and the word that it stands for, at most
NEXT = 2.3  # page tokens from a label to the line with its boxes above or below it, at most


@dataclass(frozen=True)
class Box:
    """A box on the page, its middle in page tokens: whether it is ticked, and what the word beside it means, if any."""

    x: float
    y: float
    on: bool
    says: bool | None


@dataclass(frozen=True)
class Ticked:
    """What boxes say of a label: yes, no, or neither where there is one for each and none is ticked."""

    state: bool | None


def boxes(lines: Sequence[Line]) -> list[Box]:
    """The boxes of a page."""
    words = [word for line in lines for word in line]
    found = []
    for word in words:
        for number, character in enumerate(word):
            if character.text in ON | OFF:
                x, y = character.x / CELL, character.y / CELL
                found.append(Box(x, y, character.text in ON, _said(word[number + 1 :], words, x, y)))
    return found


def _said(rest: Word, words: Sequence[Word], x: float, y: float) -> bool | None:
    """What the word after a box means, as yes or no: what follows at once, else the nearest word to its right."""
    after = [
        word
        for word in words
        if abs(word[0].y / CELL - y) < LEVEL and 0.3 < word[0].x / CELL - x < WORD and word[0].text not in ON | OFF
    ]
    word = rest or min(after, key=lambda word: word[0].x, default=[])
    return read_boolean("".join(c.text for c in word)) if word else None


def told(left: float, right: float, y: float, found: Sequence[Box]) -> Ticked | None:
    """What the boxes of a page say of a label that lies from `left` to `right`, in page tokens; None for nothing.

    Boxes for yes and no to its right, or under or over it, count first; then one box beside it.
    """
    level = [box for box in found if abs(box.y - y) < LEVEL]
    pair = _pair([box for box in level if box.x > left])
    if pair is not None:
        return pair
    own = min(level, key=lambda box: max(left - box.x, box.x - right), default=None)
    if own is not None and own.says is None and max(left - own.x, own.x - right) < BESIDE:
        return Ticked(own.on)
    near = [box for box in found if LEVEL < abs(box.y - y) < NEXT and left - 1 < box.x < right + 4 * BESIDE]
    closest = min((abs(box.y - y) for box in near), default=0.0)
    return _pair([box for box in near if abs(abs(box.y - y) - closest) < LEVEL])


def _pair(row: Sequence[Box]) -> Ticked | None:
    """The state of the first box for yes and the first for no, if both are there."""
    ordered = sorted(row, key=lambda box: box.x)
    first = [next((box for box in ordered if box.says is meaning), None) for meaning in (True, False)]
    if first[0] is None or first[1] is None:
        return None
    ticked = [box.says for box in first if box is not None and box.on]
    return Ticked(ticked[0] if len(ticked) == 1 else None)
