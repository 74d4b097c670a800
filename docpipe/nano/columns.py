"""The labels of a table's columns become places of their headers, and say which columns hold money that went out."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from docpipe.nano.labels import Place, Printed
from docpipe.nano.page import CELL
from docpipe.nano.reading import Answer, Ask
from docpipe.nano.synonyms import synonyms
from docpipe.printed.debits import IN, OUT
from docpipe.printed.words import fold

HEADER = 6.0  # page tokens from a table's first row up to its header, at most
_SIDE = re.compile(r"\d\s*(?:S|H|D|C|DR|CR|DB)\.?$", re.IGNORECASE)  # debit or credit, in letters after the amount
SAME, CLOSE = 0.6, 10.0  # of the narrower of two boxes across, and pixels down: nearer than lines, they are one print
LEVEL = 1.5  # page tokens between the headers of a table, down the page, at most


@dataclass(frozen=True)
class Columns:
    """The questions for the cells of a row, each told where its column's header stands, in page tokens.

    `out` are the middles, across the page, of headers of money that went out, `others` those of all other columns.
    """

    asks: tuple[Ask, ...]
    out: tuple[float, ...] = ()
    others: tuple[float, ...] = ()

    def settled(
        self,
        rows: Sequence[int],
        found: Sequence[Sequence[Answer]],
        height: Callable[[int], float],
        stated: Mapping[int, float],
    ) -> list[list[Answer]]:
        """The answers to the questions of every row, of which `rows` are the first tokens; `height` is how far down.

        A line that states a field, such as a total with its label, is no row: `stated` are first tokens of values with
        the heights of their labels.

        Two starts of one row, that give the same prints, are one row.
        What is printed once is the value of one row and of one column: of those that claim it the nearest row, then a
        column whose header was found, then the surest. Amounts under a header of money that went out get a minus.
        """
        rows, found = _once(rows, found)
        claims: dict[int, list[tuple[float, bool, float, int, int]]] = {}
        for i, (row, own) in enumerate(zip(rows, found, strict=True)):
            for j, one in enumerate(own):
                if one.text is not None:
                    far = abs(height(one.token) - height(row))
                    claims.setdefault(one.token, []).append((far, self.asks[j].near is None, -one.confidence, i, j))
        mine = {min(claim)[3:] for claim in claims.values()}
        other = {
            i
            for i, (row, own) in enumerate(zip(rows, found, strict=True))
            if any(one.token in stated and abs(stated[one.token] - height(row)) < 1 for one in own)
        }
        return [
            [
                self.signed(self.asks[j], one)
                if one.text is None or (i, j) in mine
                else replace(one, text=None, box=None, token=-1, confidence=1 - one.confidence)
                for j, one in enumerate(own)
            ]
            for i, own in enumerate(found)
            if i not in other
        ]

    def signed(self, ask: Ask, found: Answer) -> Answer:
        """The answer with a minus where an amount without a sign stands under a header of money that went out."""
        if not self.out or not found.text or found.box is None or ask.type != "amount" or _sign(found.text):
            return found
        if any(fold(label) in OUT for label in ask.labels):
            return found
        middle = (found.box[0] + found.box[2]) / 2 / CELL
        nearest = min((*self.out, *self.others), key=lambda x: abs(x - middle))
        return replace(found, text=f"-{found.text}") if nearest in self.out else found


def _once(rows: Sequence[int], found: Sequence[Sequence[Answer]]) -> tuple[list[int], list[list[Answer]]]:
    """Rows and their answers without those that were started twice; of two answers about one print the surer."""
    kept: list[int] = []
    answers: list[list[Answer]] = []
    for row, own in zip(rows, found, strict=True):
        both = [(a, b) for a, b in zip(answers[-1], own, strict=True) if a.text and b.text] if answers else []
        if both and all(_one_print(a, b) for a, b in both):
            pairs = zip(answers[-1], own, strict=True)
            answers[-1] = [max(pair, key=lambda one: (one.text is not None, one.confidence)) for pair in pairs]
        else:
            kept.append(row)
            answers.append(list(own))
    return kept, answers


def _one_print(one: Answer, other: Answer) -> bool:
    """Whether two values stand in the same place, but for a little."""
    if one.box is None or other.box is None:
        return False
    across = min(one.box[2], other.box[2]) - max(one.box[0], other.box[0])
    narrow = min(one.box[2] - one.box[0], other.box[2] - other.box[0])
    return across > SAME * narrow and abs(one.box[1] + one.box[3] - other.box[1] - other.box[3]) / 2 < CLOSE


def columns(asks: Sequence[Ask], labels: Sequence[Sequence[str]], printed: Printed, first: float) -> Columns:
    """The columns, with their `labels`, of the table whose first row stands `first` tokens down the page."""
    also = [synonyms(replace(ask, anchor=0)) for ask in asks]
    groups = [*(own or more for own, more in zip(labels, also, strict=True)), tuple(OUT), tuple(IN)]
    above = [[p for p in own if 0.5 < first - p.y < HEADER] for own in printed.find(groups, most=6, also=also)]
    own, (out, others) = above[: len(asks)], above[len(asks) :]
    best = [_best(places, own) for places in own]
    there = [place for place in best if place is not None]
    told = tuple(
        ask if place is None else replace(ask, near=(place.x, place.y), printed=place.label)
        for ask, place in zip(asks, best, strict=True)
    )

    def beside(places: Sequence[Place]) -> tuple[float, ...]:
        return tuple(p.x for p in places if any(abs(p.y - header.y) < LEVEL for header in there))

    return Columns(told, beside(out), (*beside(others), *(place.x for place in there)))


def _best(own: Sequence[Place], all_columns: Sequence[Sequence[Place]]) -> Place | None:
    """Of the places of a column's label, the one with most other columns' labels on its line."""

    def level(place: Place) -> int:
        return sum(any(abs(place.y - p.y) < LEVEL for p in column) for column in all_columns)

    return max(own, key=lambda place: (level(place), place.alike), default=None)


def _sign(text: str) -> bool:
    """Whether an amount says by itself which way the money went."""
    return any(sign in text for sign in "-−–+(") or _SIDE.search(text) is not None
