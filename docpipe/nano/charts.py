"""The picture of a chart and the words that nano's eye reads on it go in; its points come out, printed or measured.

A value that is printed at its mark is taken from the print. Any other is measured: where the end of its bar or its line
stands on the axis. Where axis, categories or marks are not clear, nothing comes out.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import permutations
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from docpipe.nano.axes import FEWEST, OFF, Category, Print, Scale, categories, decimal_of, numbers_of, scale
from docpipe.nano.marks import (
    Bar,
    Shade,
    bars,
    erased,
    faintest,
    foot,
    has_disc,
    level_line,
    shade,
    stacked,
    strength,
)
from docpipe.nano.strokes import COVERED, Swatch, alike, color_of, removed, stroke, swatches, without_grid
from docpipe.nano.transcribing import Line, box
from docpipe.printed.amounts import DecimalSign
from docpipe.printed.conventions import conventions

Box = tuple[float, float, float, float]
# Reads what stands at places (pixels of the picture as it came): a category, a series or a number.
Read = Callable[[Sequence[tuple[float, float]], Literal["label", "series"]], Sequence[tuple[str | None, float]]]
ABOUT = "≈"  # before a value that was measured: no page prints it so
MOST_NUMBERS = 80
SAME_COLOR = 45.0
FAR = 0.15  # of the axis, how far a print may be from the end of its mark and still be its value


@dataclass(frozen=True)
class Found:
    """A text, where it stands in pixels of the picture as it came, and how sure it is."""

    text: str
    box: Box
    sure: float


@dataclass(frozen=True)
class Point:
    """A value of a chart: its series where there is a legend, its category, and its value, printed or measured."""

    series: Found | None
    label: Found
    value: Found | None


@dataclass(frozen=True)
class Chart:
    """What was measured: the kind and the points, series by series. Of a pie, whose shares are read, the kind alone."""

    kind: Literal["bar", "line", "pie"]
    points: tuple[Point, ...]


@dataclass(frozen=True)
class _Mark:
    """The end of a bar, of a part of one, or a line at a category: its place and what it measures."""

    series: int
    category: int
    x: float
    y: float
    wide: float
    value: float | None
    color: tuple[float, float, float]
    start: float | None = None


@dataclass(frozen=True)
class _Plane:
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


def measured(image: NDArray[np.uint8], lines: Sequence[Line], read: Read) -> Chart | None:
    """The chart on a level picture (height, width, 3), of which `lines` were read; None where nothing is clear."""
    print_ = shade(image)
    faint = faintest(print_)
    words = _words(print_, lines, faint)
    numbers = _numbers(words, read)
    given = [p for flat in (False, True) if (p := _plane(print_, faint, words, numbers, flat=flat)) is not None]
    found = [c for p in given if (c := _chart(p, read)) is not None]
    if not found:
        bare = [p for flat in (False, True) for p in _without_ticks(print_, faint, words, numbers, flat=flat)]
        found = [c for p in bare if (c := _chart(p, read)) is not None]
    if found:
        return max(found, key=lambda c: c[0])[1]
    return Chart("pie", ()) if has_disc(erased(print_, [w.box for w in words]), 1.5 * faint) else None


# Words.


def _words(print_: Shade, lines: Sequence[Line], faint: float) -> list[Print]:
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
        if not any(_covers(other.box, one.box) for other in kept):
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


def _covers(one: Box, other: Box) -> bool:
    across = min(one[2], other[2]) - max(one[0], other[0])
    down = min(one[3], other[3]) - max(one[1], other[1])
    return across > 0.5 * (other[2] - other[0]) and down > 0.4 * (other[3] - other[1])


def _numbers(words: Sequence[Print], read: Read) -> list[Print]:
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


# Axes.


def _plane(
    print_: Shade,
    faint: float,
    words: Sequence[Print],
    numbers: Sequence[Print],
    *,
    flat: bool,
) -> _Plane | None:
    """The chart with its values upright: its scale, and the categories in a row below the axis or beside it."""
    if flat:
        print_ = np.ascontiguousarray(print_.swapaxes(0, 1))
        words = [w.turned() for w in _phrases(words)]
        numbers = [n.turned() for n in numbers]
    axis = scale(numbers, beside=not flat)
    if axis is None or abs(axis.ends[1] - axis.ends[0]) < 40:
        return None
    taken = [t.box for t in axis.ticks]
    named: list[Category] = []
    if flat:
        named = categories([w for w in _row_beside(words, axis) if not any(_covers(t, w.box) for t in taken)], -1e9)
    else:
        space = 1.3 * float(np.median([t.height for t in axis.ticks]))
        rows = (_pieces(print_, faint, row) for row in _rows_below(words, axis))
        named = next((own for row in rows if len(own := categories(row, space)) > 1), [])
        axis = _down_to_zero(axis, named)
    if len(named) < 2:
        return None
    decimal = decimal_of(axis) or conventions([n.text for n in numbers]).decimal
    axis = _set_exactly(print_, axis, named)
    return _Plane(print_, faint, tuple(words), tuple(numbers), axis, tuple(named), decimal, flat)


def _without_ticks(
    print_: Shade, faint: float, words: Sequence[Print], numbers: Sequence[Print], *, flat: bool
) -> list[_Plane]:
    """Charts whose values are printed at their marks, not at an axis: rows of words along a line, numbers over it."""
    if flat:
        print_ = np.ascontiguousarray(print_.swapaxes(0, 1))
        words = [w.turned() for w in _phrases(words)]
        numbers = [n.turned() for n in numbers]
    found: list[_Plane] = []
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
        found.append(_Plane(print_, faint, tuple(words), tuple(numbers), axis, tuple(named), None, flat, told=False))
    return found


def _told(plane: _Plane, marks: Sequence[_Mark], kind: Literal["bar", "line"]) -> tuple[_Plane, list[_Mark]] | None:
    """The chart with the scale that the prints at its marks agree on; as it is, with nothing measured, without one."""
    printed = _printed(plane, marks)
    ends = [replace(p, box=(0.0, m.y - 1, 9.0, m.y + 1)) for m, p in printed.items() if m.start is None]
    if kind == "bar":
        ends.append(Print("0", (0.0, plane.scale.base - 1, 9.0, plane.scale.base + 1)))
    axis = scale(ends)
    if axis is None or axis.slope * plane.scale.slope < 0:
        if 2 * len(printed) <= len(marks):
            return None
        return plane, [replace(m, value=None) for m in marks]
    decimal = decimal_of(axis) or conventions([n.text for n in plane.numbers]).decimal
    told = replace(plane, scale=axis, decimal=decimal, told=True)
    values = [axis.value(m.y) - (axis.value(m.start) if m.start is not None else 0.0) for m in marks]
    return told, [replace(m, value=v) for m, v in zip(marks, values, strict=True)]


def _as_printed(plane: _Plane, marks: Sequence[_Mark]) -> tuple[_Plane, list[_Mark]]:
    """The scale times a power of ten where the prints at marks say so: ticks of which all lost a nought, or a point."""
    near = _printed(replace(plane, told=False), marks)
    powers: Counter[int] = Counter()
    for mark, own in near.items():
        shares = [value / mark.value for value in numbers_of(own.text) if mark.value and value / mark.value > 0]
        exact = min((math.log10(share) for share in shares), key=abs, default=0.5)
        if abs(exact - round(exact)) < 0.03:
            powers[round(exact)] += 1
    power, count = powers.most_common(1)[0] if powers else (0, 0)
    if not power or count < 2 or 2 * count <= len(near) or powers[0] >= count:
        return plane, list(marks)
    by = 10.0**power
    axis = replace(plane.scale, at_zero=plane.scale.at_zero * by, slope=plane.scale.slope * by)
    decimal = conventions([own.text for own in near.values()]).decimal
    values = [None if m.value is None else m.value * by for m in marks]
    return replace(plane, scale=axis, decimal=decimal), [
        replace(m, value=v) for m, v in zip(marks, values, strict=True)
    ]


def _phrases(words: Sequence[Print]) -> list[Print]:
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
    values = [min(numbers_of(t.text), key=lambda v, t=t: abs(v - axis.value(t.y))) for t, _ in seen]  # type: ignore[misc]
    slope, at_zero = np.polyfit([y for _, y in seen], values, 1)
    return replace(axis, at_zero=float(at_zero), slope=float(slope), off=off)


# Marks.


def _chart(plane: _Plane, read: Read) -> tuple[float, Chart] | None:
    """The chart of a plane and how clear it is."""
    at = [c.x for c in plane.categories]
    step = float(np.diff(at).min())
    top, bottom = plane.scale.ends
    reach = 0.12 * (bottom - top)
    limits = (max(0.0, top - reach), min(plane.print_.shape[0] - 1.0, bottom + reach * 0.2))
    across = (at[0] - step / 2, at[-1] + step / 2)
    inside = [
        w.box
        for w in (*plane.words, *plane.numbers)
        if across[0] < w.x < across[1] and limits[0] - 5 < w.y < bottom - 2
    ]
    bare = erased(plane.print_, inside)
    legend = _legend(plane, across, (top, bottom))
    several = sum(mark.box for mark, _ in legend) > 1
    standing = bars(bare, plane.scale.base, limits, across, max(4.0, 0.06 * step), plane.faint, several=several)
    marks = _bar_marks(plane, bare, standing, legend, step, several=several)
    kind: Literal["bar", "line"] = "bar"
    clear = len({m.category for m in marks}) / len(at)
    if clear < 0.6:
        kind = "line"
        entries, (marks, legend, clear) = legend, _line_marks(plane, bare, legend, limits, across)
        if not marks and entries:
            marks, legend, clear = _line_marks(plane, bare, [], limits, across)
    if not marks:
        return None
    if not plane.told:
        told = _told(plane, marks, kind) if clear >= 0.6 else None
        if told is None:
            return None
        plane, marks = told
    plane, marks = _as_printed(plane, marks)
    series = _series(legend, read)
    labels = _labels(plane, read)
    points = _points(plane, marks, series, labels)
    zero = 0.1 if abs(plane.scale.value(plane.scale.base)) < 1e-6 else 0.0
    return clear + zero + 0.02 * len(plane.scale.ticks), Chart(kind, points)


def _legend(plane: _Plane, across: tuple[float, float], limits: tuple[float, float]) -> list[tuple[Swatch, Print]]:
    """The entries of the legend: a stroke or box outside of the plot, and the word after it. In reading order."""
    print_ = plane.print_.swapaxes(0, 1) if plane.flat else plane.print_
    words = [w.turned() for w in plane.words] if plane.flat else list(plane.words)
    x0, y0, x1, y1 = across[0], limits[0], across[1], limits[1]
    x0, y0, x1, y1 = (y0, x0, y1, x1) if plane.flat else (x0, y0, x1, y1)
    ticks = [t.turned().box if plane.flat else t.box for t in plane.scale.ticks]
    named = [c.label.turned().box if plane.flat else c.label.box for c in plane.categories]
    outer = [
        w
        for w in words
        if y0 - 80 < w.y < y1 + 90
        and x0 - 60 < w.x
        and not any(_covers(b, w.box) or _covers(w.box, b) for b in (*ticks, *named))
    ]
    found: list[tuple[Swatch, Print]] = []
    for word in sorted(outer, key=lambda w: (round(w.y / 5), w.box[0])):
        tall = min(14.0, max(8.0, word.height))
        for mark in swatches(print_, word.box[0] - 34, min(word.box[2], word.box[0] + 34), word.y, tall, plane.faint):
            if any(abs(mark.left - m.left) < 6 and abs(mark.y - m.y) < 8 for m, _ in found):
                continue
            if x0 < mark.left < x1 and y0 - 3 < mark.y < y1:
                continue
            after = [w for w in outer if abs(w.y - mark.y) < 6 and -3 < w.box[0] - mark.right < 18]
            own = min(after, key=lambda w: w.box[0]) if after else word
            if word.box[0] > mark.right + 18 or own.box[2] < mark.right + 2:
                continue
            found.append((mark, replace(own, box=(max(own.box[0], mark.right + 3), *own.box[1:]))))
    found = [f for f in found if not _in_prose(f[0], [m for m, _ in found], words)]
    groups = [[f for f in found if _in_line(f[0], one)] for one, _ in found]
    return max(groups, key=len, default=[])


def _in_prose(mark: Swatch, marks: Sequence[Swatch], words: Sequence[Print]) -> bool:
    """Whether the first mark of its line follows a word: a legend's line begins with a mark, prose does not."""
    first = min((m for m in marks if abs(m.y - mark.y) < 5), key=lambda m: m.left)
    return any(abs(w.y - first.y) < 5 and 0 < first.left - w.box[2] < 14 and len(w.text) > 2 for w in words)


def _in_line(one: Swatch, other: Swatch) -> bool:
    """Whether two marks may be of one legend: of one kind, beside or above one another."""
    return one.box == other.box and (abs(one.y - other.y) < 5 or abs(one.left - other.left) < 5)


def _far(one: Sequence[float], other: Sequence[float]) -> float:
    return float(np.abs(np.array(one) - np.array(other)).max())


def _bar_marks(
    plane: _Plane,
    bare: Shade,
    standing: Sequence[Bar],
    legend: list[tuple[Swatch, Print]],
    step: float,
    *,
    several: bool,
) -> list[_Mark]:
    """The ends of bars, of their parts where they are stacked. The legend's colours tell series, or their order."""
    at = np.array([c.x for c in plane.categories])
    of: dict[int, list[Bar]] = {}
    for bar in standing:
        nearest = int(np.abs(at - bar.x).argmin())
        if abs(at[nearest] - bar.x) < 0.52 * step and bar.right - bar.left < 1.1 * step:
            of.setdefault(nearest, []).append(bar)
    if not of:
        return []
    counts = sorted(len(own) for own in of.values())
    most = counts[-1] if several else counts[len(counts) // 2]
    if not several:  # what else stands on the base is a stroke or a spot
        of = {n: _largest(own, most) for n, own in of.items()}
    piled = {n: [stacked(bare, bar) if several else [bar] for bar in own] for n, own in of.items()}
    usual = sorted(len(parts) for own in piled.values() for parts in own)
    is_stacked = most == 1 and usual[len(usual) // 2] > 1
    colors = [s.color for s, _ in legend]
    own_colors = [b.color for own in piled.values() for parts in own for b in (parts if is_stacked else parts[:1])]
    colors = [c for c in colors if any(_far(c, o) < SAME_COLOR for o in own_colors)]
    legend[:] = [e for e in legend if e[0].color in colors]
    marks: list[_Mark] = []
    for category, own in sorted(of.items()):
        if is_stacked:
            parts = piled[category][0]
            numbered = _numbered([p.color for p in parts], colors)
            for part, series in zip(parts, numbered, strict=True):
                value = plane.scale.value(part.end) - plane.scale.value(part.start)
                if series is not None:
                    marks.append(
                        _Mark(series, category, part.x, part.end, part.right - part.left, value, part.color, part.start)
                    )
        else:
            for bar, series in zip(own, _numbered([b.color for b in own], colors), strict=True):
                if series is not None:
                    value = plane.scale.value(bar.end)
                    marks.append(_Mark(series, category, bar.x, bar.end, bar.right - bar.left, value, bar.color))
    return marks


def _largest(bars_: Sequence[Bar], count: int) -> list[Bar]:
    """So many of the bars that cover most, from the left."""
    best = sorted(bars_, key=lambda b: (b.right - b.left) * (abs(b.end - b.start) + 3), reverse=True)[:count]
    return sorted(best, key=lambda b: b.x)


def _numbered(
    own: Sequence[tuple[float, float, float]], colors: Sequence[tuple[float, float, float]]
) -> list[int | None]:
    """Which series each of a category's bars is: that of its colour, each once; in order where no legend tells."""
    if len(colors) < 2:
        return [n if n < max(1, len(own)) else None for n in range(len(own))]
    result: list[int | None] = [None] * len(own)
    pairs = sorted((_far(o, c), abs(n - k), n, k) for n, o in enumerate(own) for k, c in enumerate(colors))
    for _, _, n, k in pairs:
        if result[n] is None and k not in result:
            result[n] = k
    return result


def _line_marks(
    plane: _Plane,
    bare: Shade,
    legend: list[tuple[Swatch, Print]],
    limits: tuple[float, float],
    across: tuple[float, float],
) -> tuple[list[_Mark], list[tuple[Swatch, Print]], float]:
    """The heights of lines at the categories."""
    first, left = max(0, int(limits[0])), max(0, int(across[0]))
    part = bare[first : int(limits[1]), left : int(across[1]) + 1]
    if part.shape[0] < 30 or part.shape[1] < 30:
        return [], legend, 0.0
    part = without_grid(part)
    places = [c.x - left for c in plane.categories]
    marks: list[_Mark] = []
    covers: list[float] = []
    entries: list[tuple[Swatch, Print] | None] = [*legend]
    if len(entries) < 2:
        entries = [legend[0] if legend else None]
    order = sorted(entries, key=lambda e: -max(e[0].color) if e else 0.0)
    rest = part
    lines = {}
    for entry in order:
        line = stroke(alike(rest, entry[0].color if entry and len(entries) > 1 else None, plane.faint), places)
        lines[id(entry)] = line
        if line.covered >= COVERED and len(entries) > 1:
            rest = removed(rest, line, places)
    drawn = [lines[id(entry)] for entry in entries]
    drawn = [line for line in drawn if line.covered >= COVERED]
    kept = _named_by_color([color_of(part, line, places) for line in drawn], legend)
    for number, line in enumerate(drawn):
        covers.append(line.covered)
        for n, (x, y) in enumerate(zip(places, line.heights, strict=True)):
            if y is not None:
                value = plane.scale.value(y + first)
                marks.append(_Mark(number, n, x + left + line.slide, y + first, 8.0, value, (0.0, 0.0, 0.0)))
    if kept:
        # Series stand in the order of the legend.
        order_ = sorted(range(len(kept)), key=lambda n: legend.index(kept[n]))
        marks = [replace(m, series=order_.index(m.series)) for m in marks]
        kept = [kept[n] for n in order_]
    return marks, kept, float(np.mean(covers)) if covers else 0.0


def _named_by_color(
    colors: Sequence[tuple[float, float, float] | None], legend: Sequence[tuple[Swatch, Print]]
) -> list[tuple[Swatch, Print]]:
    """The entry of the legend for each line, so that colours differ least in all; none where a line is left over."""
    if not legend or len(legend) < len(colors):
        return []
    best: tuple[float, list[tuple[Swatch, Print]]] = (1e9, [])
    for chosen in permutations(legend[:6], len(colors)):
        far = sum(_far(own, e[0].color) if own else 255.0 for own, e in zip(colors, chosen, strict=True))
        if far < best[0]:
            best = (far, list(chosen))
    return best[1] if len(colors) > 1 or best[0] < 2 * SAME_COLOR else []


# Points.


def _series(legend: Sequence[tuple[Swatch, Print]], read: Read) -> list[Found]:
    at = [(word.box[0] + 3, word.y) for _, word in legend]
    said = read(at, "series") if at else []
    return [
        Found(text or word.text, word.box, sure if text else 0.5 * word.sure)
        for (_, word), (text, sure) in zip(legend, said, strict=True)
    ]


def _labels(plane: _Plane, read: Read) -> list[Found]:
    boxes = [plane.box(c.label.box) for c in plane.categories]
    heard = read([(b[0] + 3, (b[1] + b[3]) / 2) for b in boxes], "label")
    return [
        Found(said[0], b, said[1])
        for c, b, (text, sure) in zip(plane.categories, boxes, heard, strict=True)
        for said in [_said(text, sure, c.label)]
    ]


def _said(text: str | None, sure: float, seen: Print) -> tuple[str, float]:
    """What the mouth says, or what the eye saw where the mouth says nothing or runs on."""
    if text and len(text) < 2 * max(8, len(seen.text)) + 8:
        return text, sure
    return seen.text, 0.5 * seen.sure


def _points(
    plane: _Plane, marks: Sequence[_Mark], series: Sequence[Found], labels: Sequence[Found]
) -> tuple[Point, ...]:
    """A point for every series and category, in this order, with the print at its mark or what that measures."""
    printed = _printed(plane, marks)
    of = {(m.series, m.category): m for m in marks}
    count = max(len(series), 1 + max(m.series for m in marks))
    # A word at an end of the row that has no mark, as the title of the axis, is no category.
    first, last = min(m.category for m in marks), max(m.category for m in marks)
    points = []
    for number in range(count):
        name = series[number] if number < len(series) else None
        for category, label in enumerate(labels):
            if not first <= category <= last:
                continue
            mark = of.get((number, category))
            value = None
            if mark is not None and mark in printed:
                own = printed[mark]
                value = Found(own.text, plane.box(own.box), own.sure)
            elif mark is not None and mark.value is not None:
                half = mark.wide / 2
                spot = (mark.x - half, mark.y - 2, mark.x + half, mark.y + 2)
                value = Found(_text(mark.value, plane.scale, plane.decimal), plane.box(spot), _sure(plane.scale))
            points.append(Point(name, label, value))
    return tuple(points)


def _printed(plane: _Plane, marks: Sequence[_Mark]) -> dict[_Mark, Print]:
    """The print at each mark whose number is about what the mark measures: the nearest, each once."""
    ticks = {t.box for t in plane.scale.ticks if t.box[0] != 0.0}
    named = [c.label.box for c in plane.categories]
    top, bottom = plane.scale.ends
    whole = abs(plane.scale.value(top) - plane.scale.value(bottom))
    near: list[tuple[float, int, int]] = []
    free = [n for n in plane.numbers if n.box not in ticks and not any(_covers(b, n.box) for b in named)]
    for k, mark in enumerate(marks):
        for n, one in enumerate(free):
            values = numbers_of(one.text, plane.decimal)
            apart = max(one.box[1] - mark.y, mark.y - one.box[3], 0.0)
            inside = mark.start is not None and min(mark.start, mark.y) < one.y < max(mark.start, mark.y)
            beside = max(one.box[0] - mark.x, mark.x - one.box[2], 0.0)
            if beside > max(2.0, mark.wide / 2) or (apart > 24 and not inside):
                continue
            if plane.told and mark.value is not None and min(abs(v - mark.value) for v in values) > FAR * whole:
                continue
            near.append((abs(one.x - mark.x) + (0 if inside else apart), k, n))
    taken: dict[int, int] = {}
    for _, k, n in sorted(near):
        if k not in taken and n not in taken.values():
            taken[k] = n
    return {marks[k]: free[n] for k, n in taken.items()}


def _text(value: float, axis: Scale, decimal: DecimalSign | None) -> str:
    """A measured value in the round figures that a pixel can tell, with the sign that says it is one."""
    pixel = abs(axis.slope)
    power = 10.0 ** math.floor(math.log10(pixel))
    step = max(s * power for s in (1, 2, 5) if s * power <= pixel * 1.0001)
    figures = max(0, -math.floor(math.log10(step) + 1e-9))
    text = f"{round(value / step) * step:.{figures}f}"
    text = text.removeprefix("-") if float(text) == 0 else text
    # Three figures behind the only sign could be thousands.
    text += "0" if figures == 3 else ""
    return ABOUT + (text.replace(".", ",") if decimal == "," else text)


def _sure(axis: Scale) -> float:
    """How sure a measured value is: more with more ticks that agree, and the closer they do."""
    return 0.8 * (1 - 0.5 ** (len(axis.ticks) - 1)) * math.exp(-axis.off / 6)
