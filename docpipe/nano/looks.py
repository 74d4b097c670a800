"""Answers in doubt are asked for again of the page in other sizes, and the looks vote.

The same print falls on other cells of the eye in another size, so that what one look misreads another most often reads
right, and what two looks agree on is right more often than what one is sure of.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

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

DOUBT = 0.9  # confidence under which an answer is in doubt
SIZES = (0.92, 1.18)  # of the page; the second is looked at for answers that two looks do not agree on
ABSENT = 0.75  # of a vote, that "not there" counts: it is said more easily than something is seen

Box = tuple[float, float, float, float]
Asking = Callable[[Sight, Memory, Sequence[Ask]], list[Answer]]

Sifting = Callable[[int, list[Answer]], list[Answer]]


@dataclass(frozen=True)
class _Look:
    """The page in another `size`, 1 for the one that was read first."""

    size: float
    sight: Sight
    memory: Memory
    printed: Printed


@dataclass(frozen=True)
class _Vote:
    """What one look answered, in pixels and tokens of the first; `near` is where it found the label."""

    answer: Answer
    near: tuple[float, float] | None


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
        self._seen: dict[float, _Look] = {}

    def fields(
        self, asks: Sequence[Sequence[Ask]], answers: Sequence[Sequence[Answer]], sift: Sifting
    ) -> tuple[list[list[Ask]], list[list[Answer]]]:
        """The questions of `everywhere` and their answers; of those in doubt what the looks agree on.

        `sift` takes from the answers of the field of a number what cannot be its value.
        """
        votes: dict[int, list[_Vote]] = {}
        for number, (own, got) in enumerate(zip(asks, answers, strict=True)):
            best = surest(got)
            if best.confidence < DOUBT:
                votes[number] = [_Vote(best, next(a.near for a, one in zip(own, got, strict=True) if one is best))]
        for size in SIZES:
            open_ = [number for number, own in votes.items() if not _agreed(own)]
            if not open_:
                break
            seen = self._look(size)
            again = everywhere([asks[number][0] for number in open_], seen.printed)
            found = iter(self._asking(seen.sight, seen.memory, [ask for own in again for ask in own]))
            for number, own in zip(open_, again, strict=True):
                got = sift(number, [next(found) for _ in own])
                best = surest(got)
                near = next(a.near for a, one in zip(own, got, strict=True) if one is best)
                there = None if near is None else (near[0] / size, near[1] / size)
                votes[number].append(_Vote(self._as_first(best, seen), there))
        settled_asks, settled = [list(own) for own in asks], [list(own) for own in answers]
        for number, cast in votes.items():
            winner, from_nowhere = _elected(cast), asks[number][0]
            settled_asks[number], settled[number] = [from_nowhere], [winner.answer]
            if winner.near is not None:
                settled_asks[number].append(replace(from_nowhere, near=winner.near))
                settled[number].insert(0, _gone(answers[number][0]))
        return settled_asks, settled

    def cells(self, asks: Sequence[Ask], answers: Sequence[Answer]) -> list[Answer]:
        """The answers to questions about rows; of those in doubt what the looks agree on."""
        votes = {n: [_Vote(answer, None)] for n, answer in enumerate(answers) if answer.confidence < DOUBT}
        for size in SIZES:
            open_ = [number for number, own in votes.items() if not _agreed(own)]
            if not open_:
                break
            seen = self._look(size)
            again = [self._there(asks[number], seen) for number in open_]
            for number, one in zip(open_, self._asking(seen.sight, seen.memory, again), strict=True):
                votes[number].append(_Vote(self._as_first(one, seen), None))
        return [_elected(votes[n]).answer if n in votes else answer for n, answer in enumerate(answers)]

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
            seen = self._look(size)
            every.append(self._asking(seen.sight, seen.memory, asks))
            headed = [one or other for one, other in zip(headed, seen.printed.headings(words), strict=True)]
        chances = [sum(one.yes for one in own) / len(every) for own in zip(*every, strict=True)]
        return [replace(one, yes=yes) for one, yes in zip(answers, chances, strict=True)], headed

    def _look(self, size: float) -> _Look:
        if size not in self._seen:
            height, width = (max(CELL, round(side * size)) for side in self._ink.shape)
            ink = np.asarray(Image.fromarray(self._ink).resize((width, height), Image.Resampling.LANCZOS))
            ink = np.pad(np.clip(ink, 0.0, 1.0), ((0, -height % ROUND), (0, -width % ROUND)))
            sight = look(self._model, torch.from_numpy(ink))
            self._seen[size] = _Look(size, sight, self._model.memorise(sight), Printed(lines(sight)))
        return self._seen[size]

    def _there(self, ask: Ask, seen: _Look) -> Ask:
        """A question about the first look as one about another."""
        near = None if ask.near is None else (ask.near[0] * seen.size, ask.near[1] * seen.size)
        return replace(ask, anchor=_nearest(seen.sight, self._sight.places[ask.anchor] * seen.size), near=near)

    def _as_first(self, answer: Answer, seen: _Look) -> Answer:
        """An answer of another look in pixels and tokens of the first."""

        def in_first(box: Box | None) -> Box | None:
            if box is None:
                return None
            left, top, right, bottom = (side / seen.size for side in box)
            return left, top, right, bottom

        token, first = answer.token, answer.first
        if first is not None:
            first = (first[0] / seen.size, first[1] / seen.size)
            token = _nearest(self._sight, torch.tensor(first, device=self._sight.places.device) / CELL)
        return replace(answer, box=in_first(answer.box), label_box=in_first(answer.label_box), token=token, first=first)


def _nearest(sight: Sight, place: torch.Tensor) -> int:
    """The token that stands nearest to a place (2) in tokens."""
    return int(((sight.places[:-1] - place) ** 2).sum(1).argmin())


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


def _gone(answer: Answer) -> Answer:
    return replace(answer, text=None, box=None, token=-1, confidence=1 - answer.confidence)
