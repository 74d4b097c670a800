"""Printed labels and what nano's eye reads on a page become the places where a label may stand.

The network finds labels too. The reading map finds those that stand on the page in the words of the schema, whatever
the network makes of them: labels and lines are compared without spaces and case, and by edit distance, since the eye
errs and joins words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from docpipe.nano.model import Sight
from docpipe.nano.page import CELL
from docpipe.nano.reading import Answer, Ask
from docpipe.nano.transcribing import Line, lines

ALIKE = 78.0  # how alike, of 100, a label of six characters and its print are at least; shorter ones more
APART = 1.5  # page tokens between two places, at least


@dataclass(frozen=True)
class Place:
    """Where a label may stand: its middle in page tokens, and how alike, of 100, label and print are."""

    x: float
    y: float
    alike: float


class Printed:
    """The lines of a page, to look labels up in."""

    def __init__(self, sight: Sight) -> None:
        self._lines = [_Flat(line) for line in lines(sight)]

    def find(self, labels: Sequence[str], most: int = 3) -> list[Place]:
        """Places of any of the labels, best first; a long label that is met counts more than a short one."""
        found: list[tuple[float, Place]] = []
        for label in labels:
            wanted = "".join(c for c in label.lower() if not c.isspace()).strip(".:")
            for line in self._lines:
                place = line.find(wanted)
                if place is not None:
                    found.append((place.alike + 2 * min(len(wanted), 15), place))
        kept: list[Place] = []
        for _, place in sorted(found, key=lambda pair: -pair[0]):
            if all(abs(place.x - other.x) + abs(place.y - other.y) > APART for other in kept):
                kept.append(place)
        return kept[:most]


def everywhere(ask: Ask, printed: Printed) -> list[Ask]:
    """The question as it is, and once more from each place where its label may stand."""
    return [ask, *(replace(ask, near=(place.x, place.y)) for place in printed.find(ask.labels))]


def surest(answers: Sequence[Answer]) -> Answer:
    """Of the answers to `everywhere` the surest that was found beside a label; where none was, the first."""
    told = [answer for answer in answers[1:] if answer.text is not None or answer.yes > 0.5]
    return max(told, key=lambda answer: answer.confidence) if told else answers[0]


class _Flat:
    """A line without its spaces: its characters in lower case, their places, and where words begin."""

    def __init__(self, line: Line) -> None:
        self.text = "".join(character.text for word in line for character in word).lower()
        self.at = [(character.x, character.y) for word in line for character in word]
        self.begins = {sum(len(word) for word in line[:number]) for number in range(len(line) + 1)}

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
        return Place(x, sum(p[1] for p in points) / len(points) / CELL, best.score)

    def _border(self, index: int) -> bool:
        """Whether a word begins or ends before this character."""
        if index in self.begins or index >= len(self.text):
            return True
        return not self.text[index].isalnum() or not (self.text[index - 1].isalnum() or self.text[index - 1] == "-")
