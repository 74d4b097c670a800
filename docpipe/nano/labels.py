"""Printed labels and what nano's eye reads on a page become the places where a label may stand.

The network finds labels too. The reading map finds those that stand on the page in the words of the schema, whatever
the network makes of them: labels and lines are compared without spaces, case and doubled letters, and by edit distance,
since the eye errs, joins words and sees letters twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from rapidfuzz import fuzz

from docpipe.nano.model import Sight
from docpipe.nano.page import CELL
from docpipe.nano.reading import Answer, Ask
from docpipe.nano.transcribing import Line, lines

ALIKE = 78.0  # how alike, of 100, a label of six characters and its print are at least; shorter ones more
APART = 1.5  # page tokens between two places, at least


@dataclass(frozen=True)
class Place:
    """Where a label may stand: its middle in page tokens, and how alike, of 100, label and print are.

    `line`, `first` and `last` say which characters of which line it is.
    """

    x: float
    y: float
    alike: float
    line: int
    first: int
    last: int

    def yields_to(self, other: Place) -> bool:
        """Whether the print is better another label: a longer one, as "Due date" for "Date", or a likelier one."""
        if self.line != other.line or self.first >= other.last or other.first >= self.last:
            return False
        longer = other.last - other.first > self.last - self.first
        return (longer and other.first <= self.first and self.last <= other.last) or other.alike > self.alike + 4


class Printed:
    """The lines of a page, to look labels up in."""

    def __init__(self, sight: Sight) -> None:
        self._lines = [_Flat(number, line) for number, line in enumerate(lines(sight))]

    def find(self, groups: Sequence[Sequence[str]], most: int = 3) -> list[list[Place]]:
        """For the labels of each question, the places where one of them may stand, best first, at most `most`.

        Print that is better another question's label is left out.
        """
        found = [[place for label in labels for place in self._all(label)] for labels in groups]
        everything = [place for places in found for place in places]
        kept = [[p for p in places if not any(p.yields_to(other) for other in everything)] for places in found]
        return [_apart(sorted(places, key=_worth, reverse=True))[:most] for places in kept]

    def _all(self, label: str) -> list[Place]:
        wanted = "".join(c for c, _ in groupby(c for c in label.lower() if not c.isspace())).strip(".:")
        return [place for line in self._lines if (place := line.find(wanted)) is not None]


def _worth(place: Place) -> float:
    """A long label that is met says more than a short one."""
    return place.alike + 2 * min(place.last - place.first, 15)


def _apart(places: Sequence[Place]) -> list[Place]:
    kept: list[Place] = []
    for place in places:
        if all(abs(place.x - other.x) + abs(place.y - other.y) > APART for other in kept):
            kept.append(place)
    return kept


def everywhere(asks: Sequence[Ask], printed: Printed) -> list[list[Ask]]:
    """Each question as it is, and once more from each place where its label may stand."""
    places = printed.find([ask.labels for ask in asks])
    return [[ask, *(replace(ask, near=(p.x, p.y)) for p in own)] for ask, own in zip(asks, places, strict=True)]


def surest(answers: Sequence[Answer]) -> Answer:
    """Of the answers to `everywhere` the surest that was found beside a label; where none was, the first."""
    told = [answer for answer in answers[1:] if answer.text is not None or answer.yes > 0.5]
    return max(told, key=lambda answer: answer.confidence) if told else answers[0]


class _Flat:
    """A line without spaces and doubled letters: its characters in lower case, their places, where words begin."""

    def __init__(self, number: int, line: Line) -> None:
        self.number = number
        self.text = ""
        self.at: list[tuple[float, float]] = []
        self.begins: set[int] = set()
        for word in line:
            self.begins.add(len(self.text))
            for character in word:
                if self.text[-1:] != character.text.lower():  # a doubled letter is often one that was seen twice
                    self.text += character.text.lower()
                    self.at.append((character.x, character.y))
        self.begins.add(len(self.text))

    def find(self, wanted: str) -> Place | None:
        """The best place of `wanted` that begins and ends with words, or None."""
        if len(wanted) < 2 or len(self.text) < len(wanted) - 1:
            return None
        least = 100.0 if len(wanted) <= 3 else ALIKE + max(0, 6 - len(wanted)) * 5
        best = fuzz.partial_ratio_alignment(wanted, self.text, score_cutoff=least)
        if best is None or len(self.text) < len(wanted):  # the shorter of the two is looked for in the longer
            return None
        first, last = best.dest_start, best.dest_end
        if not (self._border(first) and self._border(last)):
            return None
        points = self.at[first:last]
        x = (points[0][0] + points[-1][0]) / 2 / CELL
        return Place(x, sum(p[1] for p in points) / len(points) / CELL, best.score, self.number, first, last)

    def _border(self, index: int) -> bool:
        """Whether a word begins or ends before this character."""
        if index in self.begins or index >= len(self.text):
            return True
        return not self.text[index].isalnum() or not (self.text[index - 1].isalnum() or self.text[index - 1] == "-")
