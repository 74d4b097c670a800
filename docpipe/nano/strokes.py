"""The shades of a chart and where its categories stand go in; the lines that run through them come out, as heights.

A line is straight between two categories, so of all ways through the print the one that covers most of it is taken.
Entries of a legend are found here too, by the stroke or box before their words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from docpipe.nano.marks import Shade, strength

Color = tuple[float, float, float]
Alike = NDArray[np.float32]  # (height, width): how likely a pixel is a line's, 0 to 1
MOST = 14  # places at a category that are considered, at most
SAMPLES = 24  # points of a line between two categories that are looked at
SLIDES = (0, -2, 2, -4, 4, -6, 6)  # pixels by which labels may stand beside their places
COVERED = 0.55  # of a line that is print, at least
LONGEST = 44  # pixels of the stroke of a legend, at most


@dataclass(frozen=True)
class Stroke:
    """A line: its height at each category, None where it does not run, and how much of it is print, 0 to 1."""

    heights: tuple[float | None, ...]
    covered: float
    slide: float = 0.0


@dataclass(frozen=True)
class Swatch:
    """The mark of a legend before a word: from `left` to `right` at height `y`; whether it is a `box`; its colour."""

    left: float
    right: float
    y: float
    box: bool
    color: Color


def alike(print_: Shade, color: Color | None, faint: float) -> Alike:
    """How like a line of a colour every pixel is; without a colour, like any line that is no grid's."""
    print_ = print_.copy()
    strong = strength(print_)
    widest = _widest(strong)
    core = (strong >= 0.6 * widest) & (strong > faint)
    if color is None:
        like = np.clip((strong - faint) / 20, 0, 1) * core
    else:
        wanted = np.array(color, np.float32)
        share = (print_ @ wanted) / float(wanted @ wanted)
        rest = np.sqrt(np.maximum(((print_ - share[..., None] * wanted) ** 2).sum(2), 0))
        like = np.clip((share - 0.3) / 0.35, 0, 1) * np.exp(-((rest / 30) ** 2))
        like = like * np.where(share > 1.2, np.exp(-(((share - 1.2) / 0.25) ** 2)), 1) * core
    return np.asarray(like, np.float32)


def without_grid(print_: Shade) -> Shade:
    """The shades without level lines that run over most of the picture: what is over and under them is put there."""
    strong = np.minimum(strength(print_), 200.0)
    thin = np.minimum(strong - np.roll(strong, 3, 0), strong - np.roll(strong, -3, 0)) > 5
    result = print_
    for row in np.flatnonzero(thin.mean(1) > 0.33).tolist():
        if result is print_:
            result = print_.copy()
        above, below = print_[max(0, row - 3)], print_[min(len(print_) - 1, row + 3)]
        weaker = (np.abs(above).max(1) < np.abs(below).max(1))[:, None]
        between = np.where(weaker, above, below)
        own = (strong[row] < 1.25 * np.median(strong[row][thin[row]]))[:, None]
        result[row] = np.where(own, between, print_[row])
    return result


def _widest(strong: NDArray[np.float32]) -> NDArray[np.float32]:
    """The strongest of each pixel and its neighbours up to two away."""
    for axis in (0, 1):
        padded = np.pad(strong, [(2, 2) if a == axis else (0, 0) for a in (0, 1)])
        strong = np.max([np.roll(padded, s, axis) for s in (-2, -1, 0, 1, 2)], axis=0)
        strong = strong[2:-2] if axis == 0 else strong[:, 2:-2]
    return strong


def stroke(like: Alike, places: Sequence[float]) -> Stroke:
    """The line through the categories at these places across that covers most."""
    return max((_through(like, places, slide) for slide in SLIDES), key=lambda s: s.covered - 0.004 * abs(s.slide))


def _through(like: Alike, places: Sequence[float], slide: int) -> Stroke:
    height, width = like.shape
    columns = [min(width - 1, max(0, round(x + slide))) for x in places]
    near = [_heights(like, column) for column in columns]
    best: list[NDArray[np.float64]] = [np.zeros(len(near[0]))]
    came: list[NDArray[np.int64]] = []
    reach = np.maximum.reduce([like, np.roll(like, 1, 0), np.roll(like, -1, 0)])
    at = (np.arange(SAMPLES) + 0.5) / SAMPLES
    covers: list[NDArray[np.float64]] = []
    for n in range(1, len(columns)):
        a, b = near[n - 1], near[n]
        if not len(a) or not len(b):
            best.append(np.full(len(b), best[-1].max() if len(best[-1]) else 0.0))
            came.append(np.full(len(b), best[-2].argmax() if len(best[-2]) else -1))
            covers.append(np.zeros((max(1, len(a)), len(b))))
            continue
        ys = a[:, None, None] * (1 - at) + b[None, :, None] * at
        xs = columns[n - 1] * (1 - at) + columns[n] * at
        cover = reach[np.clip(np.round(ys).astype(int), 0, height - 1), np.round(xs).astype(int)[None, None]].mean(2)
        worth = best[-1][:, None] + cover
        came.append(worth.argmax(0))
        best.append(worth.max(0))
        covers.append(cover)
    if not len(best[-1]):
        return Stroke((None,) * len(columns), 0.0, slide)
    path = [int(best[-1].argmax())]
    for back in came[::-1]:
        path.append(int(back[path[-1]]) if path[-1] >= 0 and len(back) else -1)
    path.reverse()
    heights = tuple(float(own[k]) if len(own) and k >= 0 else None for own, k in zip(near, path, strict=True))
    return Stroke(heights, float(best[-1].max()) / max(1, len(columns) - 1), slide)


def _heights(like: Alike, column: int) -> NDArray[np.float64]:
    """The middles and ends of the runs of print at a column, the likeliest first."""
    part = like[:, max(0, column - 1) : column + 2].max(1)
    on = np.flatnonzero(np.diff(np.concatenate([[0], (part > 0.25).astype(int), [0]])))
    found: list[tuple[float, float]] = []
    for first, last in zip(on[::2], on[1::2], strict=True):
        weight = part[first:last]
        found.append((float(weight.max()) + 0.1, float((np.arange(first, last) * weight).sum() / weight.sum())))
        if last - first > 7:
            found += [
                (float(weight.max()), float(y)) for y in np.linspace(first + 1, last - 2, min(6, (last - first) // 3))
            ]
    found.sort(reverse=True)
    return np.array([y for _, y in found[:MOST]])


def color_of(print_: Shade, line: Stroke, places: Sequence[float]) -> Color | None:
    """The colour of a line where it is strongest: at its markers, if it has such, and along it."""
    found = []
    for n in range(1, len(places)):
        y0, y1 = line.heights[n - 1], line.heights[n]
        if y0 is None or y1 is None:
            continue
        for share in (0.0, 0.15, 0.3, 0.5, 0.7, 0.85, 1.0):
            x = round(places[n - 1] + line.slide + (places[n] - places[n - 1]) * share)
            y = round(y0 + (y1 - y0) * share)
            near = print_[max(0, y - 2) : y + 3, max(0, x - 1) : x + 2].reshape(-1, 3)
            if len(near):
                found.append(near[np.abs(near).max(1).argmax()])
    if not found:
        return None
    r, g, b = np.median(np.array(found), axis=0)
    return float(r), float(g), float(b)


def removed(print_: Shade, line: Stroke, places: Sequence[float]) -> Shade:
    """The shades without a line that was found, except near the categories, where lines meet."""
    result = print_.copy()
    for (x0, y0), (x1, y1) in zip(
        zip(places, line.heights, strict=True), list(zip(places, line.heights, strict=True))[1:], strict=False
    ):
        if y0 is None or y1 is None:
            continue
        x0, x1 = x0 + line.slide, x1 + line.slide
        for x in range(round(x0) + 5, round(x1) - 4):
            y = y0 + (y1 - y0) * (x - x0) / (x1 - x0)
            thick = 2.5 + min(8.0, abs((y1 - y0) / (x1 - x0)))
            if 0 <= x < result.shape[1]:
                result[max(0, round(y - thick)) : max(0, round(y + thick) + 1), x] = 0
    return result


def swatches(print_: Shade, left: float, right: float, y: float, tall: float, faint: float) -> list[Swatch]:
    """The marks of a legend in a line of words from left to right whose middle is at y and whose ink is `tall`."""
    first, last = max(0, round(y - 0.9 * tall)), min(print_.shape[0], round(y + 0.9 * tall) + 1)
    begin, end = max(0, int(left)), min(print_.shape[1], int(right))
    part = print_[first:last, begin:end]
    if part.shape[0] < 5 or part.shape[1] < 8:
        return []
    strong = strength(part)
    found: list[Swatch] = []
    # Pale marks are seen at a low threshold, dark ones on noisy paper at a high one.
    for least in (max(faint, 16.0), 40.0, 70.0):
        mask = strong > least
        for row in range(len(mask)):
            for a, b in _runs(mask[row]):
                if not 6 <= b - a <= LONGEST:
                    continue
                if any(s.left - begin < b + 3 and a < s.right - begin + 3 for s in found):
                    continue
                blank = _blank(mask[:, max(0, a - 4) : max(0, a - 1)]) and _blank(mask[:, b : b + 2])
                is_box = _is_box(strong, a, b, tall)
                if blank and (is_box or _is_line(mask, row, a, b, tall)):
                    found.append(Swatch(begin + a, begin + b, y, is_box, _color(part[:, a:b])))
    return sorted(found, key=lambda s: s.left)


def _color(part: Shade) -> Color:
    """The colour of the strongest print in a part."""
    pixels = part.reshape(-1, 3)
    strong = np.abs(pixels).max(1)
    r, g, b = np.median(pixels[strong >= 0.8 * np.percentile(strong, 97)], axis=0)
    return float(r), float(g), float(b)


def _blank(mask: NDArray[np.bool_]) -> bool:
    """Whether there is paper, but for a little noise."""
    return not mask.size or float(mask.mean()) < 0.13


def _is_box(strong: NDArray[np.float32], a: int, b: int, tall: float) -> bool:
    """Whether columns hold a filled box, about as tall as wide."""
    if not max(7.0, 0.6 * tall) <= b - a <= 2.4 * tall:
        return False
    # Between the strokes of a bold letter the print is weaker.
    inner = strong[:, a + 1 : b - 1]
    full = np.flatnonzero(inner.min(1) > 0.6 * np.percentile(inner, 90))
    return bool(len(full) >= max(5, 0.65 * (b - a)) and full[-1] - full[0] < len(full) + 1)


def _is_line(mask: NDArray[np.bool_], row: int, a: int, b: int, tall: float) -> bool:
    """Whether columns hold a level stroke, perhaps with a marker on its middle."""
    columns = mask[:, a:b].sum(0)
    if b - a < max(11.0, 1.1 * tall) or float(np.percentile(columns, 30)) > 4:
        return False
    inked = [np.flatnonzero(mask[:, c]) for c in range(a, b)]
    if sum(len(own) > 0 and own[-1] - own[0] < len(own) for own in inked) < 0.7 * len(inked):
        return False  # two arms of a letter, one over the other
    rows = np.flatnonzero(mask[:, a:b].any(1))
    return bool(abs((row - rows[0]) - (rows[-1] - row)) <= 5)


def _runs(row: NDArray[np.bool_]) -> list[tuple[int, int]]:
    at = np.flatnonzero(np.diff(np.concatenate([[0], row.astype(np.int8), [0]])))
    return list(zip(at[::2].tolist(), at[1::2].tolist(), strict=True))
