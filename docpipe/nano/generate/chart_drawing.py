"""The data of a chart becomes bars, lines or slices with axes, ticks, legend and printed values."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from docpipe.nano.generate.canvas import Color, Span
from docpipe.nano.generate.chart_data import Data, printed
from docpipe.nano.generate.document import Document

GREY: Color = (0.75, 0.75, 0.75)


@dataclass
class Plot:
    """Where the words of a chart stand: runs of its titles, categories, legend and, for each series, its values."""

    title: list[Span] = field(default_factory=list)
    x_title: list[Span] = field(default_factory=list)
    y_title: list[Span] = field(default_factory=list)
    categories: list[Span] = field(default_factory=list)
    legend: list[Span] = field(default_factory=list)
    values: list[list[Span | None]] = field(default_factory=list)


def palette(doc: Document, count: int) -> list[Color]:
    """Fills that differ in their grey."""
    rng = doc.rng
    first, spread = rng.uniform(0.1, 0.35), rng.uniform(0.45, 0.6)
    shades = [first + spread * i / max(1, count - 1) for i in range(count)]
    if rng.random() < 0.5:
        rng.shuffle(shades)
    colored = rng.random() < 0.7
    jitter = [tuple(rng.uniform(-0.18, 0.18) if colored else 0.0 for _ in range(3)) for _ in shades]
    return [tuple(min(0.93, max(0.0, s + j)) for j in row) for s, row in zip(shades, jitter, strict=True)]  # type: ignore[misc]  # three of them


class Axes:
    """A chart with a category axis and a value axis."""

    def __init__(self, doc: Document, words: Data, plot: Plot) -> None:
        rng = doc.rng
        self.doc, self.words, self.plot = doc, words, plot
        self.size = doc.size * rng.choice((0.8, 0.9, 1.0))
        self.colors = palette(doc, len(words.series))
        self.grid = rng.choice(("none", "lines", "lines", "dashed"))
        self.legend_at = rng.choice(("top", "bottom", "right")) if len(words.series) > 1 or rng.random() < 0.12 else ""
        self.ticks = rng.random() < (0.75 if words.printed else 1.0)
        self.frame = rng.random() < 0.3
        self.top = self._nice(max(max(row) for row in self.stacked()) * (1.12 if words.printed else 1.03))

    def stacked(self) -> list[tuple[int, ...]]:
        """The heights that have to fit: sums where series stand on each other."""
        rows = self.words.values
        return [tuple(map(sum, zip(*rows, strict=True)))] if self.words.form == "stacked" else list(rows)

    def _nice(self, high: float) -> tuple[float, int]:
        """The end of the value axis and its number of steps."""
        power = 10 ** math.floor(math.log10(max(high, 1) / 4))
        step = next(m * power for m in (1, 2, 2.5, 5, 10, 20, 50) if m * power * 6 >= high)
        count = math.ceil(high / step)
        return step * count, count

    def draw(self, x: float, y: float, right: float, bottom: float) -> None:
        """Draw all of it into the rectangle."""
        doc, words, size = self.doc, self.words, self.size
        x, y, right, bottom = self._legend(x, y, right, bottom)
        flat = words.form == "horizontal"
        if words.y_title:
            upward = doc.measure(words.y_title, size=size) < (bottom - y) * 0.8 and doc.rng.random() < 0.7
            if upward:
                middle = (y + bottom) / 2 + doc.measure(words.y_title, size=size) / 2
                self.plot.y_title.append(
                    doc.canvas.write_upward(x + size, middle, words.y_title, doc.regular, size, doc.ink)
                )
                x += size * 1.8
            else:
                self.plot.y_title.append(doc.write(x, y + size, words.y_title, size=size, bold=doc.bold_labels))
                y += size * 2
        high, count = self.top
        labels = [
            printed(doc, round(high * i / count), self._decimals(high / count), words.unit) for i in range(count + 1)
        ]
        side = words.categories if flat else labels
        wide = max(doc.measure(t, size=size) for t in side) + 6 if flat or self.ticks else 4
        left = x + wide
        base = bottom - size * (1.8 if not flat or self.ticks else 0.5) - (size * 1.6 if words.x_title else 0)
        if words.x_title:
            self.plot.x_title.append(
                doc.write((left + right) / 2, bottom - size * 0.3, words.x_title, size=size, align="center")
            )
        self._axis(left, y, right, base, labels, flat=flat)
        if flat:
            self._rows(left, y, right, base)
        else:
            self._columns(left, y, right, base)

    def _decimals(self, step: float) -> int:
        return 0 if step % 100 == 0 else 1 if step % 10 == 0 else 2

    def _axis(self, left: float, y: float, right: float, base: float, labels: list[str], *, flat: bool) -> None:
        doc, size = self.doc, self.size
        canvas = doc.canvas
        count = len(labels) - 1
        for number, text in enumerate(labels):
            share = number / count
            at = left + (right - left) * share if flat else base - (base - y) * share
            if self.grid != "none" and number:
                ends = (at, y, at, base) if flat else (left, at, right, at)
                canvas.line(*ends, 0.4, GREY, "[2 2]" if self.grid == "dashed" else None)
            if self.ticks and flat:
                doc.write(at, base + size * 1.3, text, size=size, align="center")
            elif self.ticks:
                doc.write(left - 4, at + size * 0.33, text, size=size, align="right")
        canvas.line(left, base, right if not flat else left, base if not flat else y, 0.8)
        if self.frame:
            canvas.box(left, y, right, base, color=(0.4, 0.4, 0.4))
        elif doc.rng.random() < 0.6:
            canvas.line(left, y, left, base, 0.8)
            canvas.line(left, base, right, base, 0.8)

    def _columns(self, left: float, y: float, right: float, base: float) -> None:
        """Categories side by side: columns or lines."""
        doc, words, size = self.doc, self.words, self.size
        step = (right - left) / len(words.categories)
        middles = [left + step * (i + 0.5) for i in range(len(words.categories))]
        skip = max((doc.measure(t, size=size) + 3) / step for t in words.categories)
        small = size / max(1.0, skip)
        for middle, text in zip(middles, words.categories, strict=True):
            self.plot.categories.append(
                doc.write(middle, base + size * 1.3, text, size=max(small, 5.5), align="center")
            )
        scale = (base - y) / self.top[0]
        if words.kind == "line":
            self._lines(middles, base, scale)
            return
        count = len(words.series) if words.form == "grouped" else 1
        room = step * doc.rng.uniform(0.5, 0.85)
        below = [0] * len(middles)
        for number, row in enumerate(words.values):
            self.plot.values.append([])
            for place, (middle, value) in enumerate(zip(middles, row, strict=True)):
                first = middle - room / 2 + (room / count * number if words.form == "grouped" else 0)
                low = base - below[place] * scale
                high = low - value * scale
                doc.canvas.box(first, high, first + room / count * 0.96, low, fill=self.colors[number])
                below[place] += value if words.form == "stacked" else 0
                self._value(number, first + room / count / 2, high - 2.5, value, room / count if count > 1 else step,
                            inside=(high, low) if words.form == "stacked" else None)  # fmt: skip

    def _rows(self, left: float, y: float, right: float, base: float) -> None:
        """Categories one below the other: horizontal bars."""
        doc, words, size = self.doc, self.words, self.size
        step = (base - y) / len(words.categories)
        thick = step * doc.rng.uniform(0.45, 0.8)
        scale = (right - left) / self.top[0]
        self.plot.values.append([])
        for place, text in enumerate(words.categories):
            middle = y + step * (place + 0.5)
            self.plot.categories.append(doc.write(left - 4, middle + size * 0.33, text, size=size, align="right"))
            end = left + words.values[0][place] * scale
            doc.canvas.box(left, middle - thick / 2, end, middle + thick / 2, fill=self.colors[0])
            span = None
            if words.printed:
                span = doc.write(end + 3, middle + size * 0.33, self._text(words.values[0][place]), size=size)
            self.plot.values[0].append(span)

    def _lines(self, middles: list[float], base: float, scale: float) -> None:
        doc, words = self.doc, self.words
        several = len(words.series) > 1
        for number, row in enumerate(words.values):
            color = self.colors[number]
            points = [(m, base - v * scale) for m, v in zip(middles, row, strict=True)]
            doc.canvas.polygon(points, None, color, doc.rng.choice((1.0, 1.4, 2.0)), closed=False)
            self.plot.values.append([])
            for (at, high), value in zip(points, row, strict=True):
                if words.form == "markers":
                    self._marker(number, at, high, color)
                if several:
                    self.plot.values[-1].append(None)
                else:
                    self._value(number, at, high - 5, value, middles[1] - middles[0], inside=None)

    def _marker(self, number: int, x: float, y: float, color: Color) -> None:
        canvas = self.doc.canvas
        if number % 4 == 0:
            canvas.circle(x, y, 2.4, fill=color)
        elif number % 4 == 1:
            canvas.box(x - 2.2, y - 2.2, x + 2.2, y + 2.2, fill=color)
        elif number % 4 == 2:
            canvas.polygon([(x - 2.7, y + 2), (x + 2.7, y + 2), (x, y - 2.9)], color)
        else:
            canvas.polygon([(x - 2.9, y), (x, y - 2.9), (x + 2.9, y), (x, y + 2.9)], color)

    def _text(self, value: int) -> str:
        return printed(self.doc, value, self.words.decimals, self.words.unit)

    def _value(
        self, series: int, x: float, y: float, value: int, room: float, *, inside: tuple[float, float] | None
    ) -> None:
        """Print a value above its bar, or in the middle of its part of one, where there is room for it."""
        doc, size = self.doc, self.size
        text = self._text(value)
        span = None
        color: Color | None = None
        if inside is not None:
            y = (inside[0] + inside[1]) / 2 + size * 0.33
            color = (1, 1, 1) if sum(self.colors[series]) < 1.4 else (0, 0, 0)
        fits = doc.measure(text, size=size * 0.9) < room and (inside is None or inside[1] - inside[0] > size * 1.1)
        if self.words.printed and fits:
            span = doc.write(x, y, text, size=size * 0.9, align="center", color=color)
        self.plot.values[series].append(span)

    def _legend(self, x: float, y: float, right: float, bottom: float) -> tuple[float, float, float, float]:
        """Draw the legend where it is; return what is left for the plot."""
        doc, words, size = self.doc, self.words, self.size
        if not self.legend_at:
            return x, y, right, bottom
        needs = [doc.measure(t, size=size) + size * 2.4 for t in words.series]
        if self.legend_at == "right" and max(needs) < (right - x) * 0.3:
            left = right - max(needs)
            for number, text in enumerate(words.series):
                self._entry(number, left, y + size * (2 + 1.7 * number), text)
            return x, y, left - size, bottom
        at = y + size if self.legend_at == "top" else bottom
        left = x + max(0.0, (right - x - sum(needs)) / 2)
        rows = 0
        for number, text in enumerate(words.series):
            if left + needs[number] > right + size and left > x:
                rows, left = rows + 1, x
            self._entry(number, left, at + size * 1.5 * rows * (1 if self.legend_at == "top" else -1), text)
            left += needs[number]
        taken = size * (2.2 + 1.5 * rows)
        return (x, y + taken, right, bottom) if self.legend_at == "top" else (x, y, right, bottom - taken)

    def _entry(self, number: int, x: float, y: float, text: str) -> None:
        doc, size = self.doc, self.size
        color = self.colors[number]
        if self.words.kind == "line":
            doc.canvas.line(x, y - size * 0.3, x + size * 1.2, y - size * 0.3, 1.4, color)
            if self.words.form == "markers":
                self._marker(number, x + size * 0.6, y - size * 0.3, color)
        else:
            doc.canvas.box(x, y - size * 0.7, x + size * 0.8, y + size * 0.1, fill=color)
        self.plot.legend.append(doc.write(x + size * 1.5, y, text, size=size))


class Pie:
    """A pie or a ring with labels beside the slices, in them, or in a legend."""

    def __init__(self, doc: Document, words: Data, plot: Plot) -> None:
        self.doc, self.words, self.plot = doc, words, plot
        self.size = doc.size * doc.rng.choice((0.85, 0.95, 1.0))
        self.colors = palette(doc, len(words.categories))

    def draw(self, x: float, y: float, right: float, bottom: float) -> None:
        """Draw all of it into the rectangle."""
        doc, words, size, rng = self.doc, self.words, self.size, self.doc.rng
        texts = [printed(doc, v, words.decimals, words.unit) for v in words.values[0]]
        legend = words.form == "legend"
        listed = legend and words.printed and rng.random() < 0.4
        wide = max(doc.measure(t, size=size) for t in words.categories) + size * 2
        wide += max(doc.measure(t, size=size) for t in texts) + size if listed or words.form == "beside" else 0
        room = right - x - (wide + size if legend else 2 * wide)
        radius = max(30.0, min((bottom - y) / 2 - size * 1.6, room / 2))
        middle = (x + radius + size if legend else (x + right) / 2, (y + bottom) / 2)
        total = sum(words.values[0])
        turn = rng.uniform(-math.pi, math.pi) if rng.random() < 0.3 else -math.pi / 2
        ring = rng.random() < 0.25
        self.plot.values.append([])
        angles = []
        for value, color in zip(words.values[0], self.colors, strict=True):
            end = turn + 2 * math.pi * value / total
            self._slice(middle, radius, turn, end, color)
            angles.append((turn + end) / 2)
            turn = end
        if ring:
            doc.canvas.circle(*middle, radius * 0.55, fill=(1, 1, 1))
        for number, (category, text, angle) in enumerate(zip(words.categories, texts, angles, strict=True)):
            share = words.values[0][number] / total
            if legend:
                at = y + size * (2 + 1.7 * number)
                left = middle[0] + radius + size * 2
                doc.canvas.box(left, at - size * 0.7, left + size * 0.8, at + size * 0.1, fill=self.colors[number])
                self.plot.categories.append(doc.write(left + size * 1.4, at, category, size=size))
                after = left + size * 1.4 + doc.measure(category + "  ", size=size)
                if listed:
                    self.plot.values[0].append(doc.write(after, at, text, size=size))
                else:
                    self._inside(middle, radius, angle, text, share, number)
            elif words.form == "inside" and share > 0.12 and doc.measure(category, size=size) < radius * 0.7:
                self._stack(middle, radius * (0.77 if ring else 0.62), angle, category, text, number)
            else:
                self._beside(middle, radius, angle, category, text)

    def _slice(self, middle: tuple[float, float], radius: float, start: float, end: float, color: Color) -> None:
        steps = max(2, int((end - start) / 0.08))
        arc = [start + (end - start) * i / steps for i in range(steps + 1)]
        points = [middle, *((middle[0] + radius * math.cos(a), middle[1] + radius * math.sin(a)) for a in arc)]
        self.doc.canvas.polygon(points, color, (1, 1, 1), 0.8)

    def _ink(self, number: int) -> Color:
        return (1, 1, 1) if sum(self.colors[number]) < 1.4 else (0, 0, 0)

    def _inside(
        self, middle: tuple[float, float], radius: float, angle: float, text: str, share: float, number: int
    ) -> None:
        """Print a value in its slice where it is large enough."""
        doc, size = self.doc, self.size
        span = None
        if self.words.printed and share > 0.06 and doc.measure(text, size=size) < radius * 0.45:
            x, y = middle[0] + radius * 0.77 * math.cos(angle), middle[1] + radius * 0.77 * math.sin(angle)
            span = doc.write(x, y + size * 0.33, text, size=size, align="center", color=self._ink(number))
        self.plot.values[0].append(span)

    def _stack(
        self, middle: tuple[float, float], reach: float, angle: float, category: str, text: str, number: int
    ) -> None:
        """A category with its value below, both in the slice."""
        doc, size, ink = self.doc, self.size, self._ink(number)
        x, y = middle[0] + reach * math.cos(angle), middle[1] + reach * math.sin(angle)
        self.plot.categories.append(doc.write(x, y, category, size=size, align="center", color=ink))
        low = doc.write(x, y + size * 1.15, text, size=size, align="center", color=ink) if self.words.printed else None
        self.plot.values[0].append(low)

    def _beside(self, middle: tuple[float, float], radius: float, angle: float, category: str, text: str) -> None:
        """A category with its value outside of the slice."""
        doc, size = self.doc, self.size
        edge, far = radius * 1.02, radius * 1.08
        x, y = middle[0] + far * math.cos(angle), middle[1] + far * math.sin(angle) + size * 0.33
        if doc.rng.random() < 0.5:
            doc.canvas.line(
                middle[0] + edge * math.cos(angle), middle[1] + edge * math.sin(angle), x, y - size * 0.33, 0.5
            )
        joint = ": " if doc.colon == ":" else " "
        whole = category + (joint + text if self.words.printed else "")
        left = x + 2 if math.cos(angle) >= 0 else x - 2 - doc.measure(whole, size=size)
        self.plot.categories.append(doc.write(left, y, category, size=size))
        span = None
        if self.words.printed:
            left += doc.measure(category, size=size)
            doc.write(left, y, joint, size=size)
            span = doc.write(left + doc.measure(joint, size=size), y, text, size=size)
        self.plot.values[0].append(span)
