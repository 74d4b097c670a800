"""What nano's eye reads on a picture becomes words with the boxes of their ink, and numbers that its mouth read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from docpipe.nano.axes import Print, numbers_of
from docpipe.nano.marks import Shade, strength
from docpipe.nano.transcribing import Line, box

Box = tuple[float, float, float, float]
# Reads what stands at places (pixels of the picture as it came): a category, a series or a number.
Read = Callable[[Sequence[tuple[float, float]], Literal["label", "series"]], Sequence[tuple[str | None, float]]]
MOST_NUMBERS = 80  # read on one picture


def words_of(print_: Shade, lines: Sequence[Line], faint: float) -> list[Print]:
    """The words with the boxes of their ink; a word that was seen on two lines once."""
    dark = strength(print_) > max(40.0, faint)
    found: list[Print] = []
    for line in lines:
        for word in line:
            x0, y0, x1, y1 = box(word)
            text = "".join(c.text for c in word)
            sure = float(np.mean([c.sure for c in word]))
            found.append(Print(text, _ink(dark, x0, x1, (y0 + y1) / 2), sure))
    kept: list[Print] = []
    for one in sorted(found, key=lambda p: (-len(p.text), -p.sure)):
        if not any(covers(other.box, one.box) for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda p: (p.y, p.box[0]))


def _ink(dark: NDArray[np.bool_], x0: float, x1: float, y: float) -> Box:
    """The box of the ink around a word whose characters' middles stand from x0 + 3 to x1 - 3 at about y."""
    first, last = max(0, round(y) - 13), min(dark.shape[0], round(y) + 14)
    left, right = max(0, round(x0) - 2), min(dark.shape[1], round(x1) + 3)
    rows = np.asarray(dark[first:last, left:right].any(1))
    at = min(len(rows) - 1, max(0, round(y) - first))
    inked = np.flatnonzero(rows)
    rough = (x0, y - 6, x1, y + 6)
    if not len(inked):
        return rough
    at = int(inked[np.abs(inked - at).argmin()])
    top, bottom = at, at + 1
    while top > 0 and rows[top - 1]:
        top -= 1
    while bottom < len(rows) and rows[bottom]:
        bottom += 1
    if not 4 <= bottom - top <= 22:
        return rough
    columns = np.flatnonzero(dark[first + top : first + bottom, left:right].any(0))
    return (float(left + columns[0]), float(first + top), float(left + columns[-1] + 1), float(first + bottom))


def covers(one: Box, other: Box) -> bool:
    across = min(one[2], other[2]) - max(one[0], other[0])
    down = min(one[3], other[3]) - max(one[1], other[1])
    return across > 0.5 * (other[2] - other[0]) and down > 0.4 * (other[3] - other[1])


def read_numbers(words: Sequence[Print], read: Read) -> list[Print]:
    """The runs of words that hold a figure, each read by nano's mouth; those that are numbers."""
    runs: list[Print] = []
    for word in sorted(words, key=lambda p: (round(p.y / 6), p.box[0])):
        beside = (r for r in reversed(runs[-6:]) if abs(r.y - word.y) < 6)
        last = next((r for r in beside if -4 < word.box[0] - r.box[2] < _gap(r, word)), None)
        if last is not None and len(last.text) + len(word.text) < 16:
            joined = (last.box[0], min(last.box[1], word.box[1]), word.box[2], max(last.box[3], word.box[3]))
            runs[runs.index(last)] = Print(last.text + word.text, joined, min(last.sure, word.sure))
        else:
            runs.append(word)
    likely = [r for r in runs if _figures(r.text)][:MOST_NUMBERS]
    said = read([(r.box[0] + 3, r.y) for r in likely], "label")
    found = []
    for run, (text, sure) in zip(likely, said, strict=True):
        if text and numbers_of(text):
            found.append(replace(run, text=text, sure=sure))
        elif numbers_of(run.text):
            found.append(replace(run, sure=0.5 * run.sure))
    return found


def _gap(one: Print, other: Print) -> float:
    """How far apart two words of one number may stand: more before a group of three figures."""
    return 14.0 if one.text[-1:].isdigit() and other.text.isdigit() and len(other.text) == 3 else 9.0


def _figures(text: str) -> bool:
    digits = sum(c.isdigit() for c in text)
    letters = sum(c.isalpha() for c in text)
    return text in {"O", "o", "Q"} or (digits > 0 and letters <= max(3, digits))


def phrases(words: Sequence[Print]) -> list[Print]:
    """Words on a line that stand close together as one."""
    runs: list[Print] = []
    for word in sorted(words, key=lambda p: p.box[0]):
        last = next((r for r in runs if abs(r.y - word.y) < 6 and -4 < word.box[0] - r.box[2] < 14), None)
        if last is None:
            runs.append(word)
        else:
            box_ = (last.box[0], min(last.box[1], word.box[1]), word.box[2], max(last.box[3], word.box[3]))
            runs[runs.index(last)] = Print(f"{last.text} {word.text}", box_, min(last.sure, word.sure))
    return runs
