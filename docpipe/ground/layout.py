"""The words of a page become lines, the chunks that stand apart on a line, and the amounts, dates and times in them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

from docpipe.printed.amounts import Amount, find_amounts
from docpipe.printed.dates import PrintedDate, find_dates, find_times
from docpipe.printed.words import compact
from docpipe.types import Box, PageText, Word

# In heights of a word: a wider gap ends a chunk, a word further below stands on another line of print.
GAP = 0.75
_SAME_LINE = 0.5
# "Date:12.03.2024" is a label and its value; "14:32" and "https://" are not.
_GLUED = re.compile(r"(?<=[^\W\d]:)(?=[^\s/:])|(?<=\.:)(?=\d)")

OPENING = re.compile(r"^[\s\"'(\[{<#*•·:;,.\-–—]+")
# Where a value may begin inside a word: behind its label, a bracket, a sign of multiplication.
_INNER = re.compile(r"(?<=[:(/#=\[\"'])|(?<=[^\W\d][-.°º])|(?<=\d[x×@])")


def leading(word: str) -> set[int]:
    """The characters of a word at which a text that it stands for may begin: the first, and that behind punctuation."""
    found = OPENING.match(word)
    return {0} | ({found.end()} if found and found.end() < len(word) else set())


@dataclass(frozen=True)
class Piece:
    """A word, or the part of one that a colon ends. `line` and `chunk` number where it stands, `order` the reading."""

    text: str
    box: Box
    line: int
    chunk: int
    order: int

    @cached_property
    def compact(self) -> str:
        """The text without spaces, in one form of dashes and quotes, without case."""
        return compact(self.text).casefold()

    @property
    def height(self) -> float:
        return self.box[3] - self.box[1]


@dataclass(frozen=True)
class Place:
    """Some print on a page. `text` is as printed, `pieces` are the numbers of the pieces that it is made of."""

    page: int
    box: Box
    text: str
    pieces: tuple[int, ...]
    lines: tuple[int, ...]

    @property
    def height(self) -> float:
        """The height of one of its lines, in points."""
        return (self.box[3] - self.box[1]) / max(1, len(set(self.lines)))

    def meets(self, other: Place) -> bool:
        """Whether both have a piece in common and stand over each other there."""
        if self.page != other.page or not set(self.pieces) & set(other.pieces):
            return False
        return overlap(self.box, other.box) > 0.3 * min(area(self.box), area(other.box))


class Layout:
    """The visible words of one page, as lines and chunks. Pieces are numbered line by line, from left to right."""

    def __init__(self, text: PageText, words: Iterable[Word] | None = None) -> None:
        self.page = text.page.number
        self.width = text.page.width_pt
        found = [word for word in (text.words if words is None else words) if word.text.strip()]
        self.pieces = tuple(_pieces(found))
        self.lines = tuple(_grouped(self.pieces, lambda piece: piece.line))
        self.chunks = tuple(_grouped(self.pieces, lambda piece: piece.chunk))
        self.by_order = {piece.order: number for number, piece in enumerate(self.pieces)}

    def place(self, numbers: Sequence[int], text: str | None = None, box: Box | None = None) -> Place:
        """The place that these pieces make; `text` and `box` where it is a part of them."""
        pieces = [self.pieces[number] for number in numbers]
        joined = " ".join(piece.text for piece in pieces) if text is None else text
        lines = tuple(sorted({piece.line for piece in pieces}))
        return Place(self.page, box or union([piece.box for piece in pieces]), joined, tuple(numbers), lines)

    @cached_property
    def amounts(self) -> tuple[tuple[Place, Amount], ...]:
        """Every amount, in reading order of the lines."""
        return tuple((place, amount) for place, amount in self._scan(find_amounts))

    @cached_property
    def dates(self) -> tuple[tuple[Place, PrintedDate], ...]:
        """Every date."""
        return tuple((place, date) for place, date in self._scan(find_dates))

    @cached_property
    def times(self) -> tuple[tuple[Place, str], ...]:
        """Every clock time."""
        return tuple((place, time) for place, time in self._scan(find_times))

    @cached_property
    def openings(self) -> dict[str, list[tuple[int, int]]]:
        """Where a text may begin, piece and character, by its first character without case."""
        found: dict[str, list[tuple[int, int]]] = {}
        for number, piece in enumerate(self.pieces):
            word = piece.compact
            for start in sorted(leading(word) | {inner.start() for inner in _INNER.finditer(word)} - {len(word)}):
                found.setdefault(word[start : start + 1], []).append((number, start))
        return found

    def _scan(self, find: Any) -> Iterator[tuple[Place, Any]]:
        for line in self.lines:
            for run in self._runs(line):
                text, starts = "", []
                for number in run:
                    starts.append(len(text))
                    text += self.pieces[number].text + " "
                for start, end, meaning in find(text):
                    yield self._part(run, starts, text, start, end), meaning

    def _runs(self, line: Sequence[int]) -> Iterator[list[int]]:
        """The line's pieces, parted where the gap is so wide that an amount or a date cannot go across it."""
        run: list[int] = []
        for number in line:
            if run and self.gap(run[-1], number) > 1.2 * self.pieces[number].height:
                yield run
                run = []
            run.append(number)
        if run:
            yield run

    def _part(self, run: Sequence[int], starts: Sequence[int], text: str, start: int, end: int) -> Place:
        while end > start and text[end - 1] == " ":
            end -= 1
        while start < end and text[start] == " ":
            start += 1
        inside = [(n, s) for n, s in zip(run, starts, strict=True) if s < end and s + len(self.pieces[n].text) > start]
        boxes = [
            part(self.pieces[n].box, self.pieces[n].text, max(0, start - s), min(len(self.pieces[n].text), end - s))
            for n, s in inside
        ]
        return self.place([n for n, _ in inside], text[start:end], union(boxes))

    def gap(self, left: int, right: int) -> float:
        """Points between two pieces of one line."""
        return self.pieces[right].box[0] - self.pieces[left].box[2]

    def chunk_of(self, number: int) -> tuple[int, ...]:
        """The pieces of the chunk that a piece stands in."""
        return self.chunks[self.pieces[number].chunk]

    def chunk_place(self, chunk: int) -> Place:
        """A whole chunk as a place."""
        return self.place(self.chunks[chunk])

    def below(self, box: Box, *, within: float) -> list[int]:
        """The chunks of the first lines under `box` that stand in its column, the nearest first."""
        height = box[3] - box[1]
        found = []
        for number, chunk in enumerate(self.chunks):
            other = self._chunk_box(chunk)
            drop = other[1] - box[3]
            if -0.4 * height <= drop <= within and other[1] > box[1] + 0.4 * height and in_column(box, other):
                found.append((drop, number))
        return [number for _, number in sorted(found)]

    def above(self, box: Box, *, within: float) -> list[int]:
        """The chunks of the last lines over `box` that stand in its column, the nearest first."""
        height = box[3] - box[1]
        found = []
        for number, chunk in enumerate(self.chunks):
            other = self._chunk_box(chunk)
            rise = box[1] - other[3]
            if -0.4 * height <= rise <= within and other[1] < box[1] - 0.4 * height and in_column(box, other):
                found.append((rise, number))
        return [number for _, number in sorted(found)]

    def _chunk_box(self, chunk: Sequence[int]) -> Box:
        return union([self.pieces[number].box for number in chunk])


def union(boxes: Sequence[Box]) -> Box:
    """The smallest box around all of them."""
    return (
        min(box[0] for box in boxes), min(box[1] for box in boxes),
        max(box[2] for box in boxes), max(box[3] for box in boxes),
    )  # fmt: skip


def area(box: Box) -> float:
    return max(0.0, box[2] - box[0]) * max(0.0, box[3] - box[1])


def overlap(one: Box, other: Box) -> float:
    """The area that two boxes share, in square points."""
    return area((max(one[0], other[0]), max(one[1], other[1]), min(one[2], other[2]), min(one[3], other[3])))


def in_column(one: Box, other: Box) -> bool:
    """Whether two boxes on different lines stand in one column: aligned left, right or centred, or over each other."""
    slack = 0.6 * min(one[3] - one[1], other[3] - other[1])
    if abs(one[0] - other[0]) <= slack or abs(one[2] - other[2]) <= slack:
        return True
    shared = min(one[2], other[2]) - max(one[0], other[0])
    return shared >= 0.5 * min(one[2] - one[0], other[2] - other[0])


def part(box: Box, text: str, start: int, end: int) -> Box:
    """The box of some characters of a word, as if all were of one width."""
    width = (box[2] - box[0]) / max(1, len(text))
    return (box[0] + start * width, box[1], box[2] - (len(text) - end) * width, box[3])


def _pieces(words: Sequence[Word]) -> Iterator[Piece]:
    split: list[tuple[str, Box, int]] = []
    for word in words:
        cuts = [0, *(found.start() for found in _GLUED.finditer(word.text)), len(word.text)]
        for start, end in pairwise(cuts):
            box = word.box if len(cuts) == 2 else part(word.box, word.text, start, end)
            split.append((word.text[start:end], box, len(split)))
    line_of = _lines([box for _, box, _ in split])
    chunk, line, edge = -1, -1, 0.0
    for number in sorted(range(len(split)), key=lambda n: (line_of[n], split[n][1][0])):
        text, box, order = split[number]
        if line != line_of[number] or box[0] - edge > GAP * (box[3] - box[1]):
            chunk += 1
        line, edge = line_of[number], box[2]
        yield Piece(text, box, line_of[number], chunk, order)


def _lines(boxes: Sequence[Box]) -> list[int]:
    """Which line each box stands on, counted from the top."""
    line_of = [0] * len(boxes)
    lines: list[tuple[float, float, list[int]]] = []
    for number in sorted(range(len(boxes)), key=lambda n: (boxes[n][1] + boxes[n][3]) / 2):
        top, bottom = boxes[number][1], boxes[number][3]
        if lines:
            above, under, members = lines[-1]
            shared = min(bottom, under) - max(top, above)
            if shared > _SAME_LINE * min(bottom - top, under - above):
                members.append(number)
                # The line stays where most of its words are, so that a tall one does not drag the next line in.
                lines[-1] = (_median([boxes[n][1] for n in members]), _median([boxes[n][3] for n in members]), members)
                continue
        lines.append((top, bottom, [number]))
    for line, (_, _, members) in enumerate(lines):
        for number in members:
            line_of[number] = line
    return line_of


def _median(numbers: Sequence[float]) -> float:
    return sorted(numbers)[len(numbers) // 2]


def _grouped(pieces: Sequence[Piece], key: Any) -> Iterator[tuple[int, ...]]:
    groups: dict[int, list[int]] = {}
    for number, piece in enumerate(pieces):
        groups.setdefault(key(piece), []).append(number)
    yield from (tuple(groups[name]) for name in sorted(groups))
