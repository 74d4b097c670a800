"""A chart set upright becomes the marks on it: ends of bars and heights of lines, each of a series and a category."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import permutations

import numpy as np

from docpipe.nano.axes import Print
from docpipe.nano.chart_words import covers
from docpipe.nano.marks import Bar, Shade, stacked
from docpipe.nano.planes import Plane
from docpipe.nano.strokes import COVERED, Swatch, alike, color_of, removed, stroke, swatches, without_grid

SAME_COLOR = 45.0  # of 255, between the colours of a mark and of its entry in the legend, at most


@dataclass(frozen=True)
class Mark:
    """The end of a bar, of a part of one, or a line at a category: its place and what it measures."""

    series: int
    category: int
    x: float
    y: float
    wide: float
    value: float | None
    color: tuple[float, float, float]
    start: float | None = None


def legend_of(plane: Plane, across: tuple[float, float], limits: tuple[float, float]) -> list[tuple[Swatch, Print]]:
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
        and not any(covers(b, w.box) or covers(w.box, b) for b in (*ticks, *named))
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


def far(one: Sequence[float], other: Sequence[float]) -> float:
    return float(np.abs(np.array(one) - np.array(other)).max())


def bar_marks(
    plane: Plane,
    bare: Shade,
    standing: Sequence[Bar],
    legend: list[tuple[Swatch, Print]],
    step: float,
    *,
    several: bool,
) -> list[Mark]:
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
    colors = [c for c in colors if any(far(c, o) < SAME_COLOR for o in own_colors)]
    legend[:] = [e for e in legend if e[0].color in colors]
    marks: list[Mark] = []
    for category, own in sorted(of.items()):
        if is_stacked:
            parts = piled[category][0]
            series_of = numbered([p.color for p in parts], colors)
            for part, series in zip(parts, series_of, strict=True):
                value = plane.scale.value(part.end) - plane.scale.value(part.start)
                if series is not None:
                    marks.append(
                        Mark(series, category, part.x, part.end, part.right - part.left, value, part.color, part.start)
                    )
        else:
            for bar, series in zip(own, numbered([b.color for b in own], colors), strict=True):
                if series is not None:
                    value = plane.scale.value(bar.end)
                    marks.append(Mark(series, category, bar.x, bar.end, bar.right - bar.left, value, bar.color))
    return marks


def _largest(bars_: Sequence[Bar], count: int) -> list[Bar]:
    """So many of the bars that cover most, from the left."""
    best = sorted(bars_, key=lambda b: (b.right - b.left) * (abs(b.end - b.start) + 3), reverse=True)[:count]
    return sorted(best, key=lambda b: b.x)


def numbered(
    own: Sequence[tuple[float, float, float]], colors: Sequence[tuple[float, float, float]]
) -> list[int | None]:
    """Which series each of a category's bars is: that of its colour, each once; in order where no legend tells."""
    if len(colors) < 2:
        return [n if n < max(1, len(own)) else None for n in range(len(own))]
    result: list[int | None] = [None] * len(own)
    pairs = sorted((far(o, c), abs(n - k), n, k) for n, o in enumerate(own) for k, c in enumerate(colors))
    for _, _, n, k in pairs:
        if result[n] is None and k not in result:
            result[n] = k
    return result


def line_marks(
    plane: Plane,
    bare: Shade,
    legend: list[tuple[Swatch, Print]],
    limits: tuple[float, float],
    across: tuple[float, float],
) -> tuple[list[Mark], list[tuple[Swatch, Print]], float]:
    """The heights of lines at the categories."""
    first, left = max(0, int(limits[0])), max(0, int(across[0]))
    part = bare[first : int(limits[1]), left : int(across[1]) + 1]
    if part.shape[0] < 30 or part.shape[1] < 30:
        return [], legend, 0.0
    part = without_grid(part)
    places = [c.x - left for c in plane.categories]
    marks: list[Mark] = []
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
    kept = named_by_color([color_of(part, line, places) for line in drawn], legend)
    for number, line in enumerate(drawn):
        covers.append(line.covered)
        for n, (x, y) in enumerate(zip(places, line.heights, strict=True)):
            if y is not None:
                value = plane.scale.value(y + first)
                marks.append(Mark(number, n, x + left + line.slide, y + first, 8.0, value, (0.0, 0.0, 0.0)))
    if kept:
        # Series stand in the order of the legend.
        order_ = sorted(range(len(kept)), key=lambda n: legend.index(kept[n]))
        marks = [replace(m, series=order_.index(m.series)) for m in marks]
        kept = [kept[n] for n in order_]
    return marks, kept, float(np.mean(covers)) if covers else 0.0


def named_by_color(
    colors: Sequence[tuple[float, float, float] | None], legend: Sequence[tuple[Swatch, Print]]
) -> list[tuple[Swatch, Print]]:
    """The entry of the legend for each line, so that colours differ least in all; none where a line is left over."""
    if not legend or len(legend) < len(colors):
        return []
    best: tuple[float, list[tuple[Swatch, Print]]] = (1e9, [])
    for chosen in permutations(legend[:6], len(colors)):
        apart = sum(far(own, e[0].color) if own else 255.0 for own, e in zip(colors, chosen, strict=True))
        if apart < best[0]:
            best = (apart, list(chosen))
    return best[1] if len(colors) > 1 or best[0] < 2 * SAME_COLOR else []
