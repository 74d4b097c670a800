"""The pixels of a chart go in; its bars and lines come out, with their ends in pixels and their colours.

Pictures are upright: values run up or down. A colour is how far the red, green and blue of print are below the paper's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Box = tuple[float, float, float, float]
Shade = NDArray[np.float32]  # (height, width, 3): how far each channel is below the paper, 0 to 255
BLOCK = 24  # pixels a side of the blocks that tell the paper's brightness
OVER = 3  # pixels from the middle of the base's line on, where no more of it is seen
LEAST = 3  # pixels of a bar, at least, without these
APART = 22.0  # of 255, between the colours of two bars that touch, at least
HOLE = 3  # pixels of paper within a bar, at most
BELOW = 10.0  # pixels of the plot below the base, from which on bars may hang from it
COARSE, SMALLEST = 4, 70  # pixels a side of the cells of which a pie is made, and how wide one is at least
FAINT = 13.0  # of 255, how far print is from paper, at least


@dataclass(frozen=True)
class Bar:
    """A filled run from `start` to `end` (heights in pixels) between `left` and `right`; `color` is its shade."""

    left: float
    right: float
    start: float
    end: float
    color: tuple[float, float, float]

    @property
    def x(self) -> float:
        """Its middle."""
        return (self.left + self.right) / 2


def shade(image: NDArray[np.uint8]) -> Shade:
    """How far every pixel is below the paper around, whose brightness may change evenly over the picture."""
    pixels = image.astype(np.float32)
    height, width = (s // BLOCK * BLOCK for s in pixels.shape[:2])
    if not height or not width:
        return np.zeros_like(pixels)
    blocks = pixels[:height, :width].reshape(height // BLOCK, BLOCK, width // BLOCK, BLOCK, 3)
    tops = np.percentile(blocks.swapaxes(1, 2).reshape(height // BLOCK, width // BLOCK, -1, 3), 75, axis=2)
    ys, xs = np.meshgrid(np.arange(tops.shape[0]), np.arange(tops.shape[1]), indexing="ij")
    basis = np.stack([np.ones(ys.size), ys.ravel(), xs.ravel()], 1)
    flat = tops.reshape(-1, 3)
    light = flat.mean(1)
    kept = light >= np.percentile(light, 40)
    for _ in range(4):
        plane, *_ = np.linalg.lstsq(basis[kept], flat[kept], rcond=None)
        rest = (flat - basis @ plane).mean(1)
        kept = np.abs(rest) < max(4.0, 1.5 * float(np.abs(rest[kept]).mean()))
        if kept.sum() < 4:
            break
    y = (np.arange(pixels.shape[0], dtype=np.float32) / BLOCK - 0.5)[:, None, None]
    x = (np.arange(pixels.shape[1], dtype=np.float32) / BLOCK - 0.5)[None, :, None]
    paper = plane[0] + y * plane[1] + x * plane[2]
    return np.asarray(np.clip(paper, 0, 255) - pixels, np.float32)


def strength(print_: Shade) -> NDArray[np.float32]:
    """How far pixels are below paper, whatever their colour: print takes light of one colour at least."""
    return np.asarray(np.maximum(print_.max(2), 0), np.float32)


def faintest(print_: Shade) -> float:
    """From which strength on a pixel is print: above the noise of the paper."""
    spread = np.median(np.abs(print_[::2, ::2, 0])) * 1.48  # of the paper, which most of a page is
    return float(min(60.0, max(FAINT, 3.2 * spread)))


def erased(print_: Shade, boxes: Sequence[Box]) -> Shade:
    """The shades without the words in the boxes: each row of a box goes over evenly from its left to its right."""
    result = print_.copy()
    height, width = print_.shape[:2]
    for x0, y0, x1, y1 in boxes:
        left, right = max(0, int(x0) - 2), min(width - 1, int(np.ceil(x1)) + 2)
        top, bottom = max(0, int(y0) - 1), min(height, int(np.ceil(y1)) + 2)
        if right - left < 2 or bottom <= top:
            continue
        share = np.linspace(0, 1, right - left + 1, dtype=np.float32)[None, :, None]
        ends = print_[top:bottom, left, None], print_[top:bottom, right, None]
        result[top:bottom, left : right + 1] = ends[0] * (1 - share) + ends[1] * share
    return result


def level_line(print_: Shade, y: float, left: float, right: float, reach: float) -> float | None:
    """The height of the line that runs from left to right within `reach` of y; None where there is none."""
    first, last = max(0, round(y - reach)), min(print_.shape[0] - 1, round(y + reach))
    part = strength(print_)[max(0, first - 3) : last + 4, max(0, int(left)) : max(1, int(right))]
    if part.shape[0] < 8 or part.shape[1] < 10:
        return None
    # A line is darker than what is over it and under it; most of its length is not a bar's.
    rows = np.minimum(part, 120.0)
    thin = np.minimum(rows - np.roll(rows, 3, 0), rows - np.roll(rows, -3, 0))[3:-3]
    score = (thin > 6).mean(1) * 1.0
    best = int(score.argmax())
    if score[best] < 0.3:
        return None
    near = slice(max(0, best - 2), best + 3)
    weights = np.maximum(score[near] - 0.15, 0)
    return float(max(0, first - 3) + 3 + (np.arange(len(score))[near] * weights).sum() / weights.sum())


def foot(print_: Shade, y: float, left: float, right: float, reach: float, *, down: bool) -> float | None:
    """The height of the line bars stand on within `reach` of y, or of their feet where they hide it.

    `down` is whether there is paper below it, else above it. None where there is neither.
    """
    line = level_line(print_, y, left, right, reach)
    if line is not None:
        return line
    first, last = max(0, round(y - reach)), min(print_.shape[0] - 1, round(y + reach))
    part = strength(print_)[max(0, first - 3) : last + 4, max(0, int(left)) : max(1, int(right))]
    if part.shape[0] < 8 or part.shape[1] < 10:
        return None
    score = (part - np.roll(part, -3 if down else 3, 0) > 25)[3:-3].mean(1)
    if score.max() < 0.4:
        return None
    rows = np.flatnonzero(score > 0.9 * score.max())
    return float(max(0, first - 3) + 3 + (rows[-1] if down else rows[0]))


def bars(
    print_: Shade,
    base: float,
    limits: tuple[float, float],
    across: tuple[float, float],
    least: float,
    faint: float,
    *,
    several: bool = True,
) -> list[Bar]:
    """The bars that stand on or hang from the height `base` between heights `limits`, from the left to the right.

    `least` is how wide one is at least, in pixels; `faint` how far print is from paper, at least. Where there
    are `several` series, bars that touch are told apart by their colour.
    """
    left, right = max(0, int(across[0])), min(print_.shape[1], int(across[1]))
    found: list[Bar] = []
    for up in (True, False):
        if up:
            rows = print_[max(0, int(limits[0])) : max(0, round(base) - OVER), left:right][::-1]
        elif limits[1] - base > BELOW:
            rows = print_[round(base) + OVER : max(0, int(limits[1])) + 1, left:right]
        else:
            continue
        if rows.shape[0] < 4 or rows.shape[1] < 4:
            continue
        runs = _runs(rows, faint)
        for first, last, run in _segments(rows, runs, least, APART if several else 999.0):
            end = round(base) - OVER - run if up else round(base) + OVER + run
            inner = rows[: max(2, run - 1), first + (last - first) // 5 : last - (last - first) // 5]
            color = tuple(float(v) for v in np.median(inner.reshape(-1, 3), axis=0))
            found.append(Bar(left + first, left + last, base, end, color))  # type: ignore[arg-type]  # three of them
    return sorted(found, key=lambda b: b.x)


def _runs(rows: Shade, threshold: float) -> NDArray[np.int64]:
    """For each column how many rows from the first on are print, small holes counted."""
    mask = strength(_smooth(rows)) > threshold
    closed = mask.copy()
    for gap in range(1, HOLE + 1):
        closed[:-gap] |= mask[gap:] & closed[:-gap]
    filled = mask.copy()
    for shift in range(1, HOLE + 1):
        ahead = np.zeros_like(mask)
        ahead[:-shift] = mask[shift:]
        behind = np.zeros_like(mask)
        behind[HOLE + 1 - shift :] = mask[: -(HOLE + 1 - shift)]
        filled |= ahead & behind
    ends = np.argmin(np.vstack([filled, np.zeros((1, filled.shape[1]), bool)]), axis=0)
    return np.asarray(ends, np.int64)


def _smooth(rows: Shade) -> Shade:
    padded = np.pad(rows, ((0, 0), (1, 1), (0, 0)), mode="edge")
    return np.asarray((padded[:, :-2] + padded[:, 1:-1] + padded[:, 2:]) / 3, np.float32)


def _segments(rows: Shade, runs: NDArray[np.int64], least: float, apart: float) -> list[tuple[int, int, int]]:
    """Columns, first and behind the last, that are one bar, and how long it is."""
    colors = np.array([rows[: max(1, int(run)), c].mean(0) for c, run in enumerate(runs)])
    found: list[tuple[int, int, int]] = []
    first = 0
    for column in range(1, len(runs) + 1):
        if column < len(runs):
            own = slice(max(first, column - 6), column)
            same = abs(int(runs[column]) - float(np.median(runs[own]))) <= 3 + 0.01 * runs[column]
            same &= bool(np.abs(colors[column] - np.median(colors[own], axis=0)).max() < apart)
            if same:
                continue
        length = int(np.median(runs[first:column]))
        if length >= LEAST:
            found.append((first, column, length))
        first = column
    merged: list[tuple[int, int, int]] = []
    for one in found:
        last = merged[-1] if merged else None
        if last and one[0] - last[1] <= 2 and abs(one[2] - last[2]) <= 3 and _alike(colors, last, one, 1.4 * apart):
            merged[-1] = (last[0], one[1], max(last[2], one[2]) if one[1] - one[0] < 3 else last[2])
        else:
            merged.append(one)
    return [one for one in merged if one[1] - one[0] >= least]


def _alike(colors: NDArray[np.float32], one: tuple[int, int, int], other: tuple[int, int, int], apart: float) -> bool:
    a, b = (np.median(colors[s[0] : s[1]], axis=0) for s in (one, other))
    return bool(np.abs(a - b).max() < apart)


def stacked(print_: Shade, bar: Bar) -> list[Bar]:
    """The parts of a bar that differ in colour, from its start on; the bar alone where there is one colour."""
    low, high = sorted((bar.start, bar.end))
    inset, side = max(1, int((bar.right - bar.left) * 0.08)), max(2, int((bar.right - bar.left) * 0.22))
    # Values stand in the middle of their part: its sides have no print.
    columns = np.r_[int(bar.left) + inset : int(bar.left) + side, int(bar.right) - side : int(bar.right) - inset]
    part = print_[round(low) : round(high), columns]
    if part.shape[0] < 8 or part.shape[1] < 2:
        return [bar]
    rows = np.median(part, axis=1)
    jump = np.zeros(len(rows))
    for r in range(3, len(rows) - 3):
        jump[r] = np.abs(rows[r - 3 : r].mean(0) - rows[r : r + 3].mean(0)).max()
    borders = [r for r in range(5, len(rows) - 5) if jump[r] > 16 and jump[r] == jump[max(0, r - 4) : r + 5].max()]
    borders = [r for n, r in enumerate(borders) if not n or r - borders[n - 1] > 4]
    cuts = [0, *borders, len(rows)]
    parts = []
    for first, last in pairwise(cuts):
        color = tuple(float(v) for v in np.median(rows[first + 1 : max(first + 2, last - 1)], axis=0))
        a, b = round(low) + first, round(low) + last
        start, end = (b, a) if bar.end < bar.start else (a, b)
        parts.append(Bar(bar.left, bar.right, start, end, color))  # type: ignore[arg-type]  # three of them
    return parts[::-1] if bar.end < bar.start else parts


def has_disc(print_: Shade, faint: float) -> bool:
    """Whether a filled circle or ring stands on the picture, at least `SMALLEST` wide: a pie, its labels taken out."""
    height, width = (size // COARSE for size in print_.shape[:2])
    cells = strength(print_)[: height * COARSE, : width * COARSE] > faint
    filled = cells.reshape(height, COARSE, width, COARSE).mean((1, 3)) > 0.55  # lines are not
    left = {(int(y), int(x)) for y, x in np.argwhere(filled)}
    while left:
        todo = [left.pop()]
        blob = []
        while todo:
            y, x = todo.pop()
            blob.append((y, x))
            for one in ((y, x + 1), (y, x - 1), (y + 1, x), (y - 1, x)):
                if one in left:
                    left.remove(one)
                    todo.append(one)
        if len(blob) * COARSE**2 > 0.4 * SMALLEST**2 and _is_round(np.array(blob), filled):
            return True
    return False


def _is_round(blob: NDArray[np.int64], filled: NDArray[np.bool_]) -> bool:
    """Whether cells fill the rim of a circle within their box, and not its corners."""
    (top, left), (bottom, right) = blob.min(0), blob.max(0)
    size = max(bottom - top, right - left) + 1
    if abs((bottom - top) - (right - left)) > 0.08 * size or size * COARSE < SMALLEST:
        return False
    ys, xs = np.mgrid[top : bottom + 1, left : right + 1]
    part = filled[top : bottom + 1, left : right + 1]
    far = np.hypot(ys - (top + bottom) / 2, xs - (left + right) / 2) / (size / 2)
    rim, corners = part[(far > 0.7) & (far < 0.93)], part[far > 1.08]
    return bool(rim.mean() > 0.85 and corners.mean() < 0.15)
