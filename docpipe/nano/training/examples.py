"""A labelled page becomes arrays to train on: ink, the character of every half cell, questions and values."""

from __future__ import annotations

import random
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from docpipe.nano import characters
from docpipe.nano.generate.canvas import Fact, LabelledPage, Span
from docpipe.nano.page import CELL, ROUND, cells_with_ink, ink
from docpipe.nano.reading import Ask

SPACE = ord(" ")


@dataclass(frozen=True)
class Target:
    """One text to be read: ids with END, and where each character stands, in pixels (t, 2); -1 for spaces."""

    ids: NDArray[np.int64]
    at: NDArray[np.float32]
    tokens: NDArray[np.int64]  # positions in `kept` that hold it


@dataclass(frozen=True)
class Question:
    """A fact as the model is asked, and where the truth lies in `kept`.

    With `only_label` nothing is asked but where the words stand: any words of the page teach to find labels.
    """

    ask: Ask
    label: NDArray[np.int64]
    target: Target | None
    mask: NDArray[np.int64]
    state: bool | None
    first: int
    only_label: bool = False


@dataclass(frozen=True)
class Example:
    """A page, or a part of one, ready for the model. `slots` (n, 4, 2) are the character ids of half cells."""

    ink: NDArray[np.float16]
    kept: NDArray[np.int64]
    slots: NDArray[np.int16]
    questions: tuple[Question, ...]
    spans: tuple[Target, ...]
    turn: int


def crop(page: LabelledPage, rng: random.Random, most: int) -> LabelledPage:
    """A part of the page with at most about `most` pixels a side of the crop's area; the whole page if it is small.

    Facts whose value is cut are dropped; those whose value and label lie outside become absent ones.
    """
    height, width = page.image.shape
    if height * width <= most:
        return page
    w = max(ROUND, int(rng.uniform(0.7, 1.0) * width) // ROUND * ROUND)
    h = min(height, max(1, most // w // ROUND) * ROUND)
    x, y = rng.randint(0, width - w), rng.randint(0, height - h)
    boxes = page.boxes - np.array([x, y, x, y], np.float32)
    inside = (boxes[:, 0] >= 0) & (boxes[:, 1] >= 0) & (boxes[:, 2] < w) & (boxes[:, 3] < h)
    outside = (boxes[:, 2] <= 0) | (boxes[:, 3] <= 0) | (boxes[:, 0] >= w) | (boxes[:, 1] >= h)

    def whole(span: Span) -> bool:
        return bool(inside[span[0] : span[1]].all())

    def gone(span: Span) -> bool:
        return bool(outside[span[0] : span[1]].all())

    facts = []
    for fact in page.facts:
        if fact.type == "fits":
            if w * h > 0.7 * width * height:
                facts.append(fact)
            continue
        if fact.anchor is not None and not inside[fact.anchor]:
            continue
        if fact.starts:
            kept = tuple(s for s in fact.starts if inside[s])
            if all(inside[s] or outside[s] for s in fact.starts):
                facts.append(Fact(fact.type, fact.labels, fact.names, anchor=fact.anchor, starts=kept))
        elif all(map(whole, fact.spans)):
            label = fact.label if fact.label is not None and whole(fact.label) else None
            if fact.label is not None and label is None and (not fact.spans or not gone(fact.label)):
                continue
            facts.append(Fact(fact.type, fact.labels, fact.names, fact.spans, label, fact.anchor, (), fact.state))
        elif all(map(gone, fact.spans)) and (fact.label is None or gone(fact.label)) and fact.state is None:
            facts.append(Fact(fact.type, fact.labels, fact.names, anchor=fact.anchor))
    codes = page.codes.copy()
    codes[~inside] = SPACE
    return LabelledPage(page.image[y : y + h, x : x + w], codes, boxes, facts, page.kind, page.turn)


def _rare(fact: Fact) -> bool:
    """Whether a page holds one or two such facts, so that all are asked."""
    return fact.type == "fits" or (fact.type == "starts" and fact.anchor is None)


def _keep(labels: tuple[str, ...], printed: str, most: int) -> list[str]:
    """At most `most` of the labels, the printed one among them where it was offered."""
    return sorted(labels, key=lambda s: s.lower() not in printed.lower())[:most]


def prepare(
    page: LabelledPage,
    rng: random.Random,
    *,
    questions: int = 40,
    spans: int = 6,
    phrases: int = 2,
    max_tokens: int = 1700,
    max_value: int = 72,
) -> Example | None:
    """The example of a page; None when it holds no ink."""
    pixels = ink(page.image)
    pixels = np.pad(pixels, ((0, -pixels.shape[0] % ROUND), (0, -pixels.shape[1] % ROUND)))
    kept = cells_with_ink(pixels, max_tokens)
    if not len(page.codes):
        return None
    rows, columns = pixels.shape[0] // CELL, pixels.shape[1] // CELL
    places = np.stack([kept % columns, kept // columns], 1) + 0.5
    position = np.full(rows * columns, -1, np.int64)
    position[kept] = np.arange(len(kept))
    ids = np.array(characters.encode("".join(map(chr, page.codes))), np.int64)
    if len(ids) != len(page.codes):  # a composed character fell apart
        return None
    middles = (page.boxes[:, :2] + page.boxes[:, 2:]) / 2
    middles = np.clip(middles, 0, [pixels.shape[1] - 1, pixels.shape[0] - 1])
    cell_x, cell_y = (middles[:, 0] // CELL).astype(int), (middles[:, 1] // CELL).astype(int)
    token = position[cell_y * columns + cell_x]
    quarter = (middles[:, 1] % CELL // 8).astype(int) * 2 + (middles[:, 0] % CELL // 8).astype(int)
    half = (middles[:, 0] % 8 // 4).astype(int)
    slots = np.zeros((len(kept), 4, 2), np.int16)
    real = (page.codes != SPACE) & (token >= 0)
    slots[token[real], quarter[real], half[real]] = ids[real]

    def target(pieces: tuple[Span, ...]) -> Target | None:
        text, at = [], []
        for number, (a, b) in enumerate(pieces):
            if number:
                text.append(characters.encode(" "))
                at.append(np.full((1, 2), -1, np.float32))
            text.append(ids[a:b].tolist())
            at.append(np.where((page.codes[a:b] == SPACE)[:, None], -1, middles[a:b]).astype(np.float32))
        flat = [i for part in text for i in part]
        where = np.concatenate(at)
        tokens = np.unique(np.concatenate([token[a:b][real[a:b]] for a, b in pieces]))
        if not len(tokens) or len(flat) > max_value or where[0, 0] < 0:
            return None
        return Target(
            np.array([*flat, characters.END], np.int64),
            np.concatenate([where, np.full((1, 2), -1, np.float32)]),
            tokens,
        )

    printed = [int(t) for fact in page.facts if fact.label for t in (token[sum(fact.label) // 2],) if t >= 0]
    asked = []
    first_of_all = [f for f in page.facts if _rare(f)]
    others = [f for f in page.facts if not _rare(f)]
    room = max(0, questions - len(first_of_all))
    facts = first_of_all[:questions] + (others if len(others) <= room else rng.sample(others, room))
    for fact in facts:
        anchor = -1
        if fact.anchor is not None:
            anchor = int(token[fact.anchor])
            if anchor < 0:
                continue
        answer = None
        if fact.spans and fact.state is None:
            answer = target(fact.spans)
            if answer is None:
                continue
        mask = (
            np.unique(token[list(fact.starts)]) if fact.starts else answer.tokens if answer else np.zeros(0, np.int64)
        )
        label = np.unique(token[fact.label[0] : fact.label[1]]) if fact.label else np.zeros(0, np.int64)
        most = rng.choice((1, 2, 2, 3, 3, 6, 6, 20))
        labels = _keep(fact.labels, page.text((fact.label,)) if fact.label else "", most)
        label = label[label >= 0]
        near = None
        if fact.type not in {"fits", "starts"}:
            if len(label) and rng.random() < 0.95:
                near = (
                    float(places[label, 0].mean()) + rng.gauss(0, 0.3),
                    float(places[label, 1].mean()) + rng.gauss(0, 0.15),
                )
            elif not len(label) and answer is None and rng.random() < 0.5:  # something else stands there
                other = rng.choice(printed) if printed and rng.random() < 0.7 else rng.randrange(len(kept))
                near = (float(places[other, 0]), float(places[other, 1]))
        ask = Ask(tuple(labels), fact.names[: 1 if labels else 2], fact.type, anchor, near)
        first = int(token[fact.spans[0][0]]) if answer else -1
        asked.append(Question(ask, label, answer, mask[mask >= 0], fact.state, first))
    read = []
    begins = (page.codes != SPACE) & np.concatenate([[True], page.codes[:-1] == SPACE])[: len(page.codes)]
    words: list[int] = np.flatnonzero(begins).tolist()
    for _ in range(spans if len(words) else 0):
        begin = end = rng.choice(words)
        most = rng.randint(3, 28)
        line = page.boxes[begin, 3]
        while (
            end < len(ids)
            and end - begin < most
            and abs(page.boxes[end, 3] - line) < 3
            and (end == begin or page.boxes[end, 0] >= page.boxes[end - 1, 0])
        ):
            end += 1
        while end > begin and page.codes[end - 1] == SPACE:
            end -= 1
        piece = target(((begin, end),)) if end > begin else None
        if piece is not None:
            read.append(piece)
    written = "".join(map(chr, page.codes))
    for _ in range(phrases if len(words) else 0):
        begin = end = rng.choice(words)
        for _ in range(rng.choice((1, 1, 2, 2, 3))):
            space = written.find(" ", end + 1)
            end = space if 0 <= space < begin + 28 else end
        text = written[begin:end]
        tokens = np.unique(token[begin:end][real[begin:end]])
        if (
            len(text) > 1
            and len(tokens)
            and abs(page.boxes[begin, 3] - page.boxes[end - 1, 3]) < 3
            and written.count(text) == 1
        ):
            seen_as = rng.choice((text, text, text, text.lower(), text.title())).strip(" .:")
            kind = Ask((seen_as,), (), "text") if rng.random() < 0.8 else Ask((), (seen_as,), "text")
            asked.append(Question(kind, tokens, None, np.zeros(0, np.int64), None, -1, only_label=True))
    return Example(pixels.astype(np.float16), kept, slots, tuple(asked), tuple(read), page.turn // 90)
