"""Answers in doubt are asked for again of the page in other sizes, and the looks vote.

The same print falls on other cells of the eye in another size, so that what one look misreads another most often reads
right, and what two looks agree on is right more often than what one is sure of.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image

from docpipe.nano.labels import Printed, everywhere, surest
from docpipe.nano.model import NanoForConditionalGeneration, Sight
from docpipe.nano.mouth import Memory
from docpipe.nano.page import CELL, ROUND
from docpipe.nano.reading import Answer, Ask, look
from docpipe.nano.transcribing import lines

DOUBT = 0.75  # confidence under which an answer is in doubt
DOUBT_OF_CELL = 0.5  # the same of a cell: a table has many, and tells what they are by each other
SIZES = (0.92, 1.18)  # of the page; the second is looked at for answers that two looks do not agree on
AROUND = 48  # pixels over and under what is looked at again
MOST = 0.6  # of a page's rows, from which on all of it is looked at
ABSENT = 0.75  # of a vote, that "not there" counts: it is said more easily than something is seen

Box = tuple[float, float, float, float]
Asking = Callable[[Sight, Memory, Sequence[Ask]], list[Answer]]
Sifting = Callable[[int, list[Answer]], list[Answer]]


@dataclass(frozen=True)
class _Look:
    """Bands of the page, one under the other, in another `size`, 1 for that of the first look.

    `bands` are their first and last rows in pixels of the first look; `tops` where each begins among them.
    """

    size: float
    bands: tuple[tuple[int, int], ...]
    tops: tuple[int, ...]
    sight: Sight
    memory: Memory
    printed: Printed

    def as_first(self, x: float, y: float) -> tuple[float, float]:
        """A place in pixels of this look in those of the first."""
        x, y = x / self.size, y / self.size
        number = max(n for n, top in enumerate(self.tops) if n == 0 or y >= top)
        return x, y - self.tops[number] + self.bands[number][0]

    def here(self, x: float, y: float, row: float) -> tuple[float, float]:
        """A place in pixels of the first look in those of this one, as seen from the band with a row of the first."""
        number = min(range(len(self.bands)), key=lambda n: abs(sum(self.bands[n]) / 2 - row))
        return x * self.size, (y - self.bands[number][0] + self.tops[number]) * self.size


@dataclass(frozen=True)
class _Vote:
    """What one look answered, in pixels and tokens of the first; `near` is where it found the label."""

    answer: Answer
    near: tuple[float, float] | None = None


class Looks:
    """A page of ink (height, width) that was read once, to be looked at again. `asking` answers questions about it."""

    def __init__(
        self,
        model: NanoForConditionalGeneration,
        ink: NDArray[np.float32],
        sight: Sight,
        printed: Printed,
        asking: Asking,
    ) -> None:
        self._model = model
        self._ink = ink
        self._sight = sight
        self._printed = printed
        self._asking = asking

    def settled(
        self,
        asks: Sequence[Sequence[Ask]],
        answers: Sequence[Sequence[Answer]],
        cells: Sequence[Ask],
        found: Sequence[Answer],
        sift: Sifting = lambda _, answers: answers,
    ) -> tuple[list[list[Ask]], list[list[Answer]], list[Answer]]:
        """The questions of `everywhere`, their answers, and those to the questions about `cells`.

        What is in doubt becomes what the looks agree on. `sift` takes from the answers of the field of a number what
        cannot be its value.
        """
        fields: dict[int, list[_Vote]] = {}
        for number, (own, got) in enumerate(zip(asks, answers, strict=True)):
            best = surest(got)
            if best.confidence < DOUBT:
                fields[number] = [_Vote(best, next(a.near for a, one in zip(own, got, strict=True) if one is best))]
        rows = {n: [_Vote(answer)] for n, answer in enumerate(found) if answer.confidence < DOUBT_OF_CELL}
        for size in SIZES:
            open_fields = [number for number, votes in fields.items() if not _agreed(votes)]
            open_rows = [number for number, votes in rows.items() if not _agreed(votes)]
            if open_fields or open_rows:
                places = [self._rows_of(fields[number]) for number in open_fields]
                places += [self._row_of(cells[number]) for number in open_rows]
                seen = self._look(size, _bands(places, len(self._ink)))
                asked, of_rows = {n: fields[n] for n in open_fields}, {n: rows[n] for n in open_rows}
                self._vote(seen, asks, asked, cells, of_rows, sift)
        settled_asks, settled = [list(own) for own in asks], [list(own) for own in answers]
        for number, votes in fields.items():
            winner, from_nowhere = _elected(votes), asks[number][0]
            settled_asks[number], settled[number] = [from_nowhere], [winner.answer]
            if winner.near is not None:
                settled_asks[number].append(replace(from_nowhere, near=winner.near))
                settled[number].insert(0, answers[number][0].gone())
        return settled_asks, settled, [_elected(rows[n]).answer if n in rows else one for n, one in enumerate(found)]

    def options(
        self, asks: Sequence[Ask], answers: Sequence[Answer], words: Sequence[Sequence[str]]
    ) -> tuple[list[Answer], list[bool]]:
        """The answers about the options of a field, and for each whether one of its `words` is a line of its own.

        Other looks are taken, and the probabilities are their mean, where none was headed and no option is sure.
        """
        headed = self._printed.headings(words)
        if any(headed) or max(answer.yes for answer in answers) >= DOUBT:
            return list(answers), headed
        every = [list(answers)]
        for size in SIZES:
            seen = self._look(size, ((0, len(self._ink)),))
            every.append(self._asking(seen.sight, seen.memory, asks))
            headed = [one or other for one, other in zip(headed, seen.printed.headings(words), strict=True)]
        chances = [sum(one.yes for one in own) / len(every) for own in zip(*every, strict=True)]
        return [replace(one, yes=yes) for one, yes in zip(answers, chances, strict=True)], headed

    def _vote(
        self,
        seen: _Look,
        asks: Sequence[Sequence[Ask]],
        fields: Mapping[int, list[_Vote]],
        cells: Sequence[Ask],
        rows: Mapping[int, list[_Vote]],
        sift: Sifting,
    ) -> None:
        """Ask a look about the fields and cells whose votes are given, and add what it says to them."""
        again = everywhere([asks[number][0] for number in fields], seen.printed)
        there = [self._there(cells[number], seen) for number in rows]
        found = iter(self._asking(seen.sight, seen.memory, [*(ask for own in again for ask in own), *there]))
        for (number, votes), own in zip(fields.items(), again, strict=True):
            got = sift(number, [next(found) for _ in own])
            best = surest(got)
            near = next(a.near for a, one in zip(own, got, strict=True) if one is best)
            votes.append(_Vote(self._as_first(best, seen), None if near is None else _tokens(seen, near)))
        for votes in rows.values():
            votes.append(_Vote(self._as_first(next(found), seen)))

    def _look(self, size: float, bands: tuple[tuple[int, int], ...]) -> _Look:
        part = np.concatenate([self._ink[first:last] for first, last in bands])
        height, width = (max(CELL, round(side * size)) for side in part.shape)
        ink = np.asarray(Image.fromarray(part).resize((width, height), Image.Resampling.LANCZOS))
        ink = np.pad(np.clip(ink, 0.0, 1.0), ((0, -height % ROUND), (0, -width % ROUND)))
        sight = look(self._model, torch.from_numpy(ink))
        tops = tuple(accumulate((last - first for first, last in bands[:-1]), initial=0))
        return _Look(size, bands, tops, sight, self._model.memorise(sight), Printed(lines(sight), self._printed.titles))

    def _rows_of(self, votes: Sequence[_Vote]) -> tuple[float, float] | None:
        """The rows of pixels over which a field's label and value stand; None where one look saw no value."""
        heights = [y for vote in votes if vote.answer.box for y in vote.answer.box[1::2]]
        heights += [vote.near[1] * CELL for vote in votes if vote.near is not None]
        return None if any(vote.answer.box is None for vote in votes) else (min(heights), max(heights))

    def _row_of(self, ask: Ask) -> tuple[float, float]:
        """The rows of pixels of what a question is about."""
        y = float(self._sight.places[ask.anchor, 1]) * CELL
        return y, y

    def _there(self, ask: Ask, seen: _Look) -> Ask:
        """A question about the first look as one about another."""
        x, y = (self._sight.places[ask.anchor] * CELL).tolist()
        near = None
        if ask.near is not None:
            left, down = seen.here(ask.near[0] * CELL, ask.near[1] * CELL, y)
            near = (left / CELL, down / CELL)
        return replace(ask, anchor=_nearest(seen.sight, seen.here(x, y, y)), near=near)

    def _as_first(self, answer: Answer, seen: _Look) -> Answer:
        """An answer of another look in pixels and tokens of the first."""

        def in_first(box: Box | None) -> Box | None:
            return None if box is None else (*seen.as_first(*box[:2]), *seen.as_first(*box[2:]))

        first = None if answer.first is None else seen.as_first(*answer.first)
        return replace(
            answer,
            box=in_first(answer.box),
            label_box=in_first(answer.label_box),
            token=answer.token if first is None else _nearest(self._sight, first),
            first=first,
        )


def _bands(places: Sequence[tuple[float, float] | None], height: int) -> tuple[tuple[int, int], ...]:
    """The rows of a page around places, in whole cells; all of them where one is not known, or most would be looked at.

    Each band has AROUND pixels over and under what it is about.
    """
    whole = ((0, height),)
    if any(place is None for place in places):
        return whole
    wanted = np.zeros(-(-height // CELL), bool)
    for first, last in filter(None, places):
        wanted[max(0, int((first - AROUND) // CELL)) : int((last + AROUND) // CELL) + 1] = True
    edges = np.flatnonzero(np.diff(np.pad(wanted, 1).astype(int))).reshape(-1, 2) * CELL
    return tuple((int(a), min(int(b), height)) for a, b in edges) if wanted.mean() < MOST else whole


def _tokens(seen: _Look, near: tuple[float, float]) -> tuple[float, float]:
    """A place in tokens of a look in those of the first."""
    x, y = seen.as_first(near[0] * CELL, near[1] * CELL)
    return x / CELL, y / CELL


def _nearest(sight: Sight, place: tuple[float, float]) -> int:
    """The token that stands nearest to a place in pixels."""
    return int(((sight.places[:-1] - torch.tensor(place, device=sight.places.device) / CELL) ** 2).sum(1).argmin())


def _agreed(votes: Sequence[_Vote]) -> bool:
    return len(votes) > 1 and len({vote.answer.text for vote in votes}) == 1


def _elected(votes: Sequence[_Vote]) -> _Vote:
    """The first vote for the text that most is said for, as sure as the looks are of that text on average."""
    sure: dict[str | None, float] = {}
    for vote in votes:
        sure[vote.answer.text] = sure.get(vote.answer.text, 0.0) + vote.answer.confidence
    text = max(sure, key=lambda said: sure[said] * (ABSENT if said is None else 1.0))
    first = next(vote for vote in votes if vote.answer.text == text)
    return replace(first, answer=replace(first.answer, confidence=sure[text] / len(votes)))
