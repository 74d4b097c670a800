"""Shades, words and numbers of a chart become the chart set upright: its scale and the places of its categories."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from docpipe.nano.axes import FEWEST, OFF, Category, Print, Scale, categories, decimal_of, numbers_of, scale
from docpipe.nano.chart_words import Box, covers, phrases
from docpipe.nano.marks import Shade, foot, level_line, strength
from docpipe.printed.amounts import DecimalSign
from docpipe.printed.conventions import conventions


@dataclass(frozen=True)
class Plane:
    """A chart set upright: its shades, its words, its scale and its categories. `flat` says that it was turned.

    Where the axis has no ticks (`told` is False) its scale is of pixels, until prints at the marks tell more.
    """

    print_: Shade
    faint: float
    words: tuple[Print, ...]
    numbers: tuple[Print, ...]
    scale: Scale
    categories: tuple[Category, ...]
    decimal: DecimalSign | None
    flat: bool
    told: bool = True

    def box(self, box: Box) -> Box:
        """A box on the picture as it came."""
        return (box[1], box[0], box[3], box[2]) if self.flat else box


def given_plane(
    print_: Shade,
    faint: float,
    words: Sequence[Print],
    numbers: Sequence[Print],
    *,
    flat: bool,
) -> Plane | None:
    """The chart with its values upright: its scale, and the categories in a row below the axis or beside it."""
    if flat:
        print_ = np.ascontiguousarray(print_.swapaxes(0, 1))
        words = [w.turned() for w in phrases(words)]
        numbers = [n.turned() for n in numbers]
    axis = scale(numbers, beside=not flat)
    if axis is None or abs(axis.ends[1] - axis.ends[0]) < 40:
        return None
    taken = [t.box for t in axis.ticks]
    named: list[Category] = []
    if flat:
        named = categories([w for w in _row_beside(words, axis) if not any(covers(t, w.box) for t in taken)], -1e9)
    else:
        space = 1.3 * float(np.median([t.height for t in axis.ticks]))
        rows = (_pieces(print_, faint, row) for row in _rows_below(words, axis))
        named = next((own for row in rows if len(own := categories(row, space)) > 1), [])
        axis = _down_to_zero(axis, named)
    if len(named) < 2:
        return None
    decimal = decimal_of(axis) or conventions([n.text for n in numbers]).decimal
    axis = _set_exactly(print_, axis, named)
    return Plane(print_, faint, tuple(words), tuple(numbers), axis, tuple(named), decimal, flat)


def bare_planes(
    print_: Shade, faint: float, words: Sequence[Print], numbers: Sequence[Print], *, flat: bool
) -> list[Plane]:
    """Charts whose values are printed at their marks, not at an axis: rows of words along a line, numbers over it."""
    if flat:
        print_ = np.ascontiguousarray(print_.swapaxes(0, 1))
        words = [w.turned() for w in phrases(words)]
        numbers = [n.turned() for n in numbers]
    found: list[Plane] = []
    tried: list[Print] = []
    for first in words:
        edge = 3 if flat else 1
        row = [w for w in words if abs(w.box[edge] - first.box[edge]) < 6]
        left, right = min(w.box[0] for w in row), max(w.box[2] for w in row)
        if len(row) < 2 or first in tried or right - left < 60:
            continue
        tried += row
        at = max(w.box[3] for w in row) + 7 if flat else min(w.box[1] for w in row) - 7
        over = [n for n in numbers if left < n.x < right and (4 < n.y - at < 900 if flat else 4 < at - n.y < 700)]
        base = foot(print_, at, left, right, 9, down=not flat) if len(over) >= FEWEST else None
        named = categories(row if flat else _pieces(print_, faint, row), -1e9 if flat else 14.0) if base else []
        if base is None or len(named) < 2:
            continue
        end = max(n.box[3] for n in over) + 12 if flat else min(n.box[1] for n in over) - 12
        ticks = tuple(Print("", (left - 9.0, y - 1, left - 8.0, y + 1)) for y in (base, float(end)))
        axis = Scale(-base, 1.0, ticks) if flat else Scale(base, -1.0, ticks)
        found.append(Plane(print_, faint, tuple(words), tuple(numbers), axis, tuple(named), None, flat, told=False))
    return found


def _rows_below(words: Sequence[Print], axis: Scale) -> list[list[Print]]:
    """The rows of at least two words below the lowest tick that was read, to the right of the ticks, from the top."""
    bottom = axis.ends[1]
    right = float(np.median([t.box[2] for t in axis.ticks]))
    far = bottom + 60 + 1.2 * (bottom - axis.ends[0]) / (len(axis.ticks) - 1)
    below = sorted((w for w in words if bottom + 2 < w.y < far and w.x > right), key=lambda w: w.y)
    rows: list[list[Print]] = []
    for first in below:
        row = [w for w in below if abs(w.y - first.y) < 0.5 * max(8.0, first.height)]
        if len(row) > 1 and not any(first in other for other in rows):
            rows.append(row)
    return rows


def _down_to_zero(axis: Scale, named: Sequence[Category]) -> Scale:
    """The axis with a tick at zero where zero stands between its lowest tick and the categories: it was misread."""
    zero = axis.place(0.0)
    if not named or not axis.ends[1] + OFF < zero < named[0].label.box[1] + OFF:
        return axis
    x0, _, x1, _ = axis.ticks[0].box
    return replace(axis, ticks=(*axis.ticks, Print("0", (x0, zero - 1, x1, zero + 1))))


def _pieces(print_: Shade, faint: float, row: Sequence[Print]) -> list[Print]:
    """A row of words as the pieces of its ink, since the eye overlooks characters, each with the word it is of."""
    if not row:
        return []
    top, bottom = (int(np.median([w.box[i] for w in row])) for i in (1, 3))
    first, last = int(min(w.box[0] for w in row)) - 20, int(max(w.box[2] for w in row)) + 20
    dark = strength(print_[max(0, top - 1) : bottom + 2, max(0, first) : last]) > max(40.0, faint)
    at = np.flatnonzero(np.diff(np.concatenate([[0], (dark.sum(0) > 0).astype(np.int8), [0]])))
    found: list[Print] = []
    for a, b in zip(at[::2].tolist(), at[1::2].tolist(), strict=True):
        x0, x1 = float(a + max(0, first)), float(b + max(0, first))
        if dark[:, a:b].sum() < 4:
            continue
        if min(max(w.box[0] - x1, x0 - w.box[2]) for w in row) > 8:
            continue
        word = next((w for w in row if w.box[0] - 2 <= (x0 + x1) / 2 <= w.box[2] + 2), None)
        seen = word is not None and any(f.text == word.text and f.box[0] >= word.box[0] - 3 for f in found)
        text = "" if word is None or seen else word.text
        found.append(Print(text, (x0, float(top), x1, float(bottom)), word.sure if word else 0.5))
    return found


def _row_beside(words: Sequence[Print], axis: Scale) -> list[Print]:
    """Turned over: the words that end shortly before the height from which bars grow."""
    base = axis.ends[0] if axis.slope > 0 else axis.ends[1]
    left, right = min(t.x for t in axis.ticks), max(t.x for t in axis.ticks)
    near = [w for w in words if -34 < w.box[3] - base < 4 and not left - 6 < w.x < right + 6]
    return [w for w in near if w.x < left]


def _set_exactly(print_: Shade, axis: Scale, named: Sequence[Category]) -> Scale:
    """The scale set by the lines at its ticks, where there are such, else by the line at its base."""
    left, right = named[0].x, named[-1].x
    middle = (left + right) / 2
    half = max(right - left, 40) / 2 * 1.15
    seen = [(t, level_line(print_, t.y, middle - half, middle + half, 6)) for t in axis.ticks]
    exact = [(axis.value(t.y), y) for t, y in seen if y is not None]
    if len(exact) >= 3:
        values, places = np.array([v for v, _ in exact]), np.array([y for _, y in exact])
        slope, at_zero = np.polyfit(places, values, 1)
        rest = np.abs((values - at_zero) / slope - places)
        if rest.max() < 2.0 and np.ptp(places) > 0.6 * (axis.ends[1] - axis.ends[0]):
            # The values of the ticks are round, those on the first scale are not.
            return _on_lines(axis, [(t, y) for t, y in seen if y is not None], float(rest.mean()))
    base = foot(print_, axis.base, middle - half, middle + half, 7, down=axis.slope < 0)
    if base is None:
        return axis
    return replace(axis, at_zero=axis.value(axis.base) - axis.slope * base)


def _on_lines(axis: Scale, seen: Sequence[tuple[Print, float]], off: float) -> Scale:
    """The scale through the lines at its ticks, of which every print has the value next to its place."""
    values = [min(numbers_of(t.text), key=lambda v, t=t: abs(v - axis.value(t.y))) for t, _ in seen]  # type: ignore[misc]  # a default has no type
    slope, at_zero = np.polyfit([y for _, y in seen], values, 1)
    return replace(axis, at_zero=float(at_zero), slope=float(slope), off=off)
