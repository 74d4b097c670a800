"""What nano answered about a field on every page becomes the field's reading: a value with its place, or none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import exp
from statistics import fmean

import numpy as np

from docpipe.nano.labels import Printed, surest
from docpipe.nano.level import Levelled
from docpipe.nano.model import Sight
from docpipe.nano.mouth import Memory
from docpipe.nano.reading import Answer
from docpipe.nano.ticks import Ticked
from docpipe.printed.convert import read_boolean
from docpipe.schema import Leaf
from docpipe.types import Box, Reading, View

POSSIBLE = 0.001  # probability of an option, from which on its heading decides
TELLING = 4.0  # by how many logits an option is likelier of whose fields all labels are printed than one with none
UNNAMED = 0.2  # of probability, that an option without a heading, which fits anything, has to be likelier


@dataclass(frozen=True)
class Seen:
    """A view after nano looked at it: what it saw, and how its pixels lie on the page."""

    view: View
    sight: Sight
    memory: Memory
    level: Levelled
    scale: float  # pixels of what nano saw to a pixel of the view

    def on_page(self, box: Box) -> Box:
        """A box in nano's pixels as points of the page."""
        left, top, right, bottom = self.level.as_it_lay(box)
        return self.view.box_to_page((left / self.scale, top / self.scale, right / self.scale, bottom / self.scale))

    def height(self, token: int) -> float:
        """How far down the view a token stands, in tokens."""
        return float(self.sight.places[token, 1])


@dataclass(frozen=True)
class Said:
    """What a page says of a field: the answers to its questions, first those asked from nowhere.

    `headed` tells for each option of an enum whether it is printed as a line of its own, `ticked` what boxes beside the
    label say. The answers of a field that is yes or no are half about one box, half about two words.
    """

    page: Seen
    answers: Sequence[Answer]
    headed: Sequence[bool]
    ticked: Ticked | None


def weighed(answers: Sequence[Answer], labels: Sequence[Sequence[Sequence[str]]], printed: Printed) -> list[Answer]:
    """The answers about options, likelier the more of the fields whose `labels` an option has are printed.

    Their `yes` are weights then, and may be more than 1. An option without labels is as likely as one with half.
    """
    if not labels:
        return list(answers)
    shares = [fmean(map(bool, printed.find(own, most=1))) if own else 0.5 for own in labels]
    return [replace(a, yes=a.yes * exp(TELLING * (s - 0.5))) for a, s in zip(answers, shares, strict=True)]


def decide(leaf: Leaf, pages: Sequence[Said]) -> Reading:
    """The reading of a field that stands once, from what each page says: the surest stands."""
    if leaf.enum and not leaf.labels:
        return _chosen(leaf, pages)
    if leaf.type == "boolean":
        return _ticked(leaf.path, pages)
    return surest_reading(leaf.path, [(said.page, surest(said.answers)) for said in pages])


def reading(pointer: str, page: Seen, found: Answer) -> Reading:
    """An answer as the reading of a value."""
    if found.text is None:
        return Reading(pointer, None, confidence=found.confidence)
    return Reading(
        pointer,
        found.text,
        page.view.page.number,
        None if found.box is None else page.on_page(found.box),
        found.confidence,
    )


def _chosen(leaf: Leaf, pages: Sequence[Said]) -> Reading:
    """The likeliest option, of those whose words are a heading where any such is possible at all.

    Options without words of their own, which fit anything, have to be likelier than the others.
    """
    options = list(leaf.enum or ())
    general = [bool(leaf.options) and not words for words in leaf.options or [()] * len(options)]
    scores = []
    for said in pages:
        headed = said.headed or [False] * len(options)
        named = [there and one.yes > POSSIBLE for one, there in zip(said.answers, headed, strict=True)]
        scores.append(
            [
                one.yes - UNNAMED * wide - (any(named) and not there)
                for one, wide, there in zip(said.answers, general, named, strict=True)
            ]
        )
    said, score = max(zip(pages, scores, strict=True), key=lambda pair: max(pair[1]))
    best, yes = int(np.argmax(score)), [one.yes for one in said.answers]
    return Reading(leaf.path, str(options[best]), said.page.view.page.number, None, yes[best] / max(1.0, sum(yes)))


def _ticked(pointer: str, pages: Sequence[Said]) -> Reading:
    """Yes or no: what boxes beside the label say, else the word that is ticked, else what the network makes of it."""
    single = [(said, one) for said in pages for one in said.answers[1 : len(said.answers) // 2] or said.answers[:1]]
    said, best = max(single, key=lambda pair: (pair[0].ticked is not None, pair[1].label * abs(pair[1].yes - 0.5)))
    words = surest_reading(pointer, [(said.page, surest(said.answers[len(said.answers) // 2 :])) for said in pages])
    if said.ticked is not None:
        state, sure = said.ticked.state, best.label
    elif words.printed is not None and read_boolean(words.printed) is not None:
        return words
    else:
        state = best.yes > 0.5 if best.label > 0.5 else None
        sure = best.label * max(best.yes, 1 - best.yes) if best.label > 0.5 else 1 - best.label
    if state is None:
        return Reading(pointer, None, confidence=sure)
    place = None if best.label_box is None else said.page.on_page(best.label_box)
    return Reading(pointer, "yes" if state else "no", said.page.view.page.number, place, sure)


def surest_reading(pointer: str, found: Sequence[tuple[Seen, Answer]]) -> Reading:
    """The surest of the answers that pages gave."""
    there = [(page, a) for page, a in found if a.text is not None]
    if not there:
        return Reading(pointer, None, confidence=min((a.confidence for _, a in found), default=None))
    page, best = max(there, key=lambda pair: pair[1].confidence)
    return reading(pointer, page, best)
