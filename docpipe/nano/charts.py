"""The picture of a chart and the words that nano's eye reads on it go in; its points come out, printed or measured.

A value that is printed at its mark is taken from the print. Any other is measured: where the end of its bar or its line
stands on the axis. Where axis, categories or marks are not clear, nothing comes out.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from docpipe.nano.axes import Print, Scale, decimal_of, numbers_of, scale
from docpipe.nano.chart_marks import Mark, bar_marks, legend_of, line_marks
from docpipe.nano.chart_words import Box, Read, covers, read_numbers, words_of
from docpipe.nano.marks import bars, erased, faintest, has_disc, shade
from docpipe.nano.planes import Plane, bare_planes, given_plane
from docpipe.nano.strokes import Swatch
from docpipe.nano.transcribing import Line
from docpipe.printed.amounts import DecimalSign
from docpipe.printed.conventions import conventions

ABOUT = "≈"  # before a value that was measured: no page prints it so
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


def measured(image: NDArray[np.uint8], lines: Sequence[Line], read: Read) -> Chart | None:
    """The chart on a level picture (height, width, 3), of which `lines` were read; None where nothing is clear."""
    print_ = shade(image)
    faint = faintest(print_)
    words = words_of(print_, lines, faint)
    numbers = read_numbers(words, read)
    given = [p for flat in (False, True) if (p := given_plane(print_, faint, words, numbers, flat=flat)) is not None]
    found = [c for p in given if (c := _chart(p, read)) is not None]
    if not found:
        bare = [p for flat in (False, True) for p in bare_planes(print_, faint, words, numbers, flat=flat)]
        found = [c for p in bare if (c := _chart(p, read)) is not None]
    if found:
        return max(found, key=lambda c: c[0])[1]
    return Chart("pie", ()) if has_disc(erased(print_, [w.box for w in words]), 1.5 * faint) else None


def _chart(plane: Plane, read: Read) -> tuple[float, Chart] | None:
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
    legend = legend_of(plane, across, (top, bottom))
    several = sum(mark.box for mark, _ in legend) > 1
    standing = bars(bare, plane.scale.base, limits, across, max(4.0, 0.06 * step), plane.faint, several=several)
    marks = bar_marks(plane, bare, standing, legend, step, several=several)
    kind: Literal["bar", "line"] = "bar"
    clear = len({m.category for m in marks}) / len(at)
    if clear < 0.6:
        kind = "line"
        entries, (marks, legend, clear) = legend, line_marks(plane, bare, legend, limits, across)
        if not marks and entries:
            marks, legend, clear = line_marks(plane, bare, [], limits, across)
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


def _told(plane: Plane, marks: Sequence[Mark], kind: Literal["bar", "line"]) -> tuple[Plane, list[Mark]] | None:
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


def _as_printed(plane: Plane, marks: Sequence[Mark]) -> tuple[Plane, list[Mark]]:
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


def _series(legend: Sequence[tuple[Swatch, Print]], read: Read) -> list[Found]:
    at = [(word.box[0] + 3, word.y) for _, word in legend]
    said = read(at, "series") if at else []
    return [
        Found(text or word.text, word.box, sure if text else 0.5 * word.sure)
        for (_, word), (text, sure) in zip(legend, said, strict=True)
    ]


def _labels(plane: Plane, read: Read) -> list[Found]:
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


def _points(plane: Plane, marks: Sequence[Mark], series: Sequence[Found], labels: Sequence[Found]) -> tuple[Point, ...]:
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


def _printed(plane: Plane, marks: Sequence[Mark]) -> dict[Mark, Print]:
    """The print at each mark whose number is about what the mark measures: the nearest, each once."""
    ticks = {t.box for t in plane.scale.ticks if t.box[0] != 0.0}
    named = [c.label.box for c in plane.categories]
    top, bottom = plane.scale.ends
    whole = abs(plane.scale.value(top) - plane.scale.value(bottom))
    near: list[tuple[float, int, int]] = []
    free = [n for n in plane.numbers if n.box not in ticks and not any(covers(b, n.box) for b in named)]
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
