"""A seed becomes a labelled page: pixels, the place of every character, and what can be asked of it."""

from __future__ import annotations

import random
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from docpipe.nano.generate import (
    business,
    chart,
    contract,
    damage,
    form,
    heldout,
    keyvalue,
    letter,
    receipt,
    statement,
    tables,
)
from docpipe.nano.generate.canvas import Fact, LabelledPage
from docpipe.nano.generate.document import Document
from docpipe.nano.vocabulary import LANGUAGES

KINDS: dict[str, tuple[Callable[..., Document], float]] = {
    "business": (business.write, 3.0),
    "receipt": (receipt.write, 1.6),
    "statement": (statement.write, 1.2),
    "keyvalue": (keyvalue.write, 1.6),
    "form": (form.write, 1.6),
    "contract": (contract.write, 0.6),
    "table": (tables.write, 0.8),
    "chart": (chart.write, 0.6),
    "letter": (letter.write, 0.4),
}


def make_page(
    seed: int,
    *,
    evaluation: bool = False,
    kind: str | None = None,
    dpi: float | None = None,
    worn: float | None = None,
) -> LabelledPage:
    """The page of this seed. `evaluation` draws from the held-out fonts and words and, half of the time, layouts.

    `kind` fixes the kind of document, `dpi` the resolution, `worn` the scan damage (0 none to 1 heavy).
    """
    rng = random.Random(f"{'held out' if evaluation else 'train'} {seed}")
    kind = kind or rng.choices(list(KINDS), [w for _, w in KINDS.values()])[0]
    language = rng.choices(LANGUAGES, (5, 2.2, 2, 1, 1, 1))[0]
    write = KINDS[kind][0]
    if evaluation and kind in heldout.LAYOUTS and rng.random() < 0.5:
        write = heldout.LAYOUTS[kind]
    doc = write(rng, language, evaluation=evaluation)
    canvas = doc.canvas
    # The renderer takes whole numbers only; boxes scaled by anything else drift towards the foot of the page.
    dpi = round(dpi or rng.choice((rng.uniform(90, 130), rng.uniform(100, 120), 110)))
    image = canvas.picture(dpi)
    height = round(canvas.height * dpi / 72)
    image = image[: max(height, 64)]
    canvas.close()
    boxes = np.array(canvas.boxes, np.float32).reshape(-1, 4) * np.float32(dpi / 72)
    strength = worn if worn is not None else (0.0 if rng.random() < 0.45 else rng.random())
    askew = rng.gauss(0, 0.8 * strength) if strength and rng.random() < 0.7 else 0.0
    if askew:
        image, boxes = damage.skew(image, boxes, askew)
    if strength:
        if not evaluation and rng.random() < 0.5:  # held-out pages stay as they are, so that their figures compare
            image = damage.reprint(image, rng, strength)
            if rng.random() < 0.3:
                image = damage.coarsen(image, rng)
        image = damage.wear(image, rng, strength)
    if askew and rng.random() < 0.7:  # what is read lies level, as far as that can be told: see docpipe.nano.level
        image, boxes = damage.skew(image, boxes, rng.gauss(0, 0.04) - askew)
    turn = 0
    if worn is None and rng.random() < 0.06:
        turn = rng.choice((1, 2, 3))
        image, boxes = damage.quarter_turns(image, boxes, turn)
    codes, facts = _seen(image, np.array(canvas.codes, np.int32), boxes, canvas.facts)
    return LabelledPage(image, codes, boxes, facts, kind, turn * 90)


def _seen(
    image: NDArray[np.uint8], codes: NDArray[np.int32], boxes: NDArray[np.float32], facts: list[Fact]
) -> tuple[NDArray[np.int32], list[Fact]]:
    """Characters and facts without those that ran off the paper: a space for each of the former."""
    height, width = image.shape
    middles = (boxes[:, :2] + boxes[:, 2:]) / 2
    gone = ((middles < 0) | (middles >= (width, height))).any(1)
    if not gone.any():
        return codes, facts
    places = {int(i) for i in np.flatnonzero(gone & (codes != ord(" ")))}

    def whole(fact: Fact) -> bool:
        runs = (*fact.spans, *([fact.label] if fact.label else []), *((s, s + 1) for s in fact.starts))
        return fact.anchor not in places and not any(i in places for first, last in runs for i in range(first, last))

    return np.where(gone, ord(" "), codes).astype(np.int32), [f for f in facts if whole(f)]


__all__ = ["KINDS", "Fact", "LabelledPage", "make_page"]
