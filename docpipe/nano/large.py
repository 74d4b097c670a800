"""Values in large print are read again from a smaller picture of them: the eye knows print of the size of a page's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image

from docpipe.nano.model import NanoForConditionalGeneration
from docpipe.nano.page import CELL
from docpipe.nano.reading import Answer, all_of, look
from docpipe.nano.transcribing import Line

LARGE = 10.0  # pixels that a character takes across, from which on its print is large
USUAL = (6.0, 7.0, 8.5, 10.0)  # pixels that a character of the page takes across: it is read in each of these sizes
SURE = 0.6  # probability of a reading that takes the place of the first, at least
AROUND = 1.2  # of a character's width, to each side of the print


def read_again(
    model: NanoForConditionalGeneration, ink: NDArray[np.float32], lines: Sequence[Line], answers: Sequence[Answer]
) -> list[Answer]:
    """The answers, those in large print with the text of the surest reading. Places stay as they were.

    `ink` (height, width) is the page that was read, `lines` what is printed on it.
    """
    kept: dict[int, Answer] = {}
    for found in answers:
        if _is_large(found) and found.token not in kept:
            kept[found.token] = _again(model, ink, lines, found)
    # Each answer stays one of its own: which of two that say the same stood beside a label is told by that.
    return [
        replace(a, text=kept[a.token].text, confidence=kept[a.token].confidence) if _is_large(a) else a for a in answers
    ]


def _is_large(found: Answer) -> bool:
    return found.box is not None and found.text is not None and len(found.text) > 2 and _wide(found) > LARGE


def _wide(found: Answer) -> float:
    """How many pixels a character of a value on one line takes across."""
    left, _, right, _ = found.box or (0.0, 0.0, 0.0, 0.0)
    return (right - left) / max(1, len(found.text or ""))


def _again(
    model: NanoForConditionalGeneration, ink: NDArray[np.float32], lines: Sequence[Line], found: Answer
) -> Answer:
    wide = _wide(found)
    left, top, right, bottom = found.box or (0.0, 0.0, 0.0, 0.0)
    for line in lines:  # the whole of the line, of which the first reading may have lost an end
        places = [c for word in line for c in word]
        if any(left <= c.x <= right and top <= c.y <= bottom for c in places):
            left, right = min(left, places[0].x), max(right, places[-1].x)
    margin = AROUND * wide
    x0, x1 = (round(min(max(v, 0), ink.shape[1])) for v in (left - margin, right + margin))
    y0, y1 = (round(min(max(v, 0), ink.shape[0])) for v in (top - margin, bottom + margin))
    best = found
    if min(x1 - x0, y1 - y0) < CELL:
        return best
    for usual in USUAL:
        size = max(CELL, round((x1 - x0) * usual / wide)), max(CELL, round((y1 - y0) * usual / wide))
        part = np.asarray(Image.fromarray(ink[y0:y1, x0:x1]).resize(size, Image.Resampling.LANCZOS))
        part = np.pad(np.clip(part, 0.0, 1.0), ((0, -size[1] % CELL), (0, -size[0] % CELL)))
        text, sure = all_of(model, look(model, torch.from_numpy(part)))
        if text and sure > max(SURE, best.confidence):
            best = replace(found, text=text, confidence=sure)
    return best
