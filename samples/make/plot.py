"""A chart goes in; HTML with the drawing and its marked texts comes out.

Shapes are SVG, texts are HTML boxes over it, so that each text has its place in the layout. All lengths are CSS pixels.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from markupsafe import Markup, escape

from samples.make.sheet import Sheet

Side = Literal["start", "middle", "end"]


@dataclass(frozen=True)
class Axis:
    """The value axis: from `low` to `high` in steps; `places` decimals at its ticks."""

    low: float
    high: float
    step: float
    places: int = 0


@dataclass(frozen=True)
class Chart:
    """What a chart shows and how. `values` holds one tuple of plain numbers a series.

    `printed` puts the values at the marks, with `unit` behind them. `across` lays bars on their side, `hole`
    makes a pie a ring. `legend` is right, top or none; a pie without legend has its labels beside the slices.
    """

    kind: Literal["bar", "line", "pie"]
    title: str
    labels: tuple[str, ...]
    values: tuple[tuple[str, ...], ...]
    series: tuple[str | None, ...] = (None,)
    axis: Axis = Axis(0, 100, 20)
    x_title: str | None = None
    y_title: str | None = None
    printed: bool = False
    unit: str = ""
    across: bool = False
    hole: bool = False
    legend: Literal["right", "top", "none"] = "none"
    y_title_turned: bool = True
    grid: bool = True
    frame: bool = False
    markers: bool = True
    title_side: Literal["left", "center"] = "center"
    colours: tuple[str, ...] = ("#3b6ea5", "#d9822b", "#6a9a3b", "#a03c5a", "#7a6bb0", "#8c8c8c")
    width: int = 620
    height: int = 360
    text_px: float = 12
    label_room: int = 46


class Plot:
    """Draws one chart, marking its texts on `sheet` under /points and at the titles."""

    def __init__(self, chart: Chart, sheet: Sheet) -> None:
        self.chart, self.sheet = chart, sheet
        self.shapes: list[str] = []
        self.texts: list[Markup] = []
        room_top = 34 + (36 if chart.legend == "top" else 0) + (28 if chart.y_title and not chart.y_title_turned else 0)
        left = (chart.label_room if chart.across else 52) + (22 if chart.y_title and chart.y_title_turned else 0)
        right = 118 if chart.legend == "right" else 18
        bottom = 30 + (22 if chart.x_title else 0)
        self.x0, self.y0, self.x1, self.y1 = left, room_top, chart.width - right, chart.height - bottom

    def draw(self) -> Markup:
        chart = self.chart
        self.sheet.know("/chart_type", chart.kind)
        self._titles()
        if chart.kind == "pie":
            self._pie()
        else:
            self._scale()
            (self._bars if chart.kind == "bar" else self._lines)()
        if chart.legend != "none":
            self._legend()
        border = "border:1px solid #999;" if chart.frame else ""
        head = Markup('<div style="position:relative;width:{}px;height:{}px;font-size:{}px;line-height:1;{}">').format(
            chart.width, chart.height, chart.text_px, Markup(border)
        )
        svg = Markup('<svg style="position:absolute;left:0;top:0" width="{0}" height="{1}" viewBox="0 0 {0} {1}">{2}</svg>')
        return head + svg.format(chart.width, chart.height, Markup("".join(self.shapes))) + Markup("").join(self.texts) + Markup("</div>")

    def _index(self, series: int, label: int) -> int:
        return series * len(self.chart.labels) + label

    def _text(self, x: float, y: float, inner: Markup | str, side: Side = "middle", css: str = "") -> None:
        """Text whose vertical middle is `y`, set to one side of `x`."""
        room = 320
        left = {"start": x, "middle": x - room / 2, "end": x - room}[side]
        align = {"start": "left", "middle": "center", "end": "right"}[side]
        box = '<div style="position:absolute;left:{:.1f}px;top:{:.1f}px;width:{}px;text-align:{};white-space:nowrap;line-height:16px;{}">{}</div>'
        self.texts.append(Markup(box.format(left, y - 8, room, align, css, escape(inner))))

    def _titles(self) -> None:
        chart, sheet = self.chart, self.sheet
        title = sheet.put("/title", chart.title)
        x, side = (chart.width / 2, "middle") if chart.title_side == "center" else (8.0, "start")
        self._text(x, 15, title, "middle" if side == "middle" else "start", "font-weight:bold;font-size:1.2em")
        if chart.x_title:
            self._text((self.x0 + self.x1) / 2, chart.height - 12, sheet.put("/x_title", chart.x_title))
        if chart.y_title and not chart.y_title_turned:
            self._text(8, self.y0 - 22, sheet.put("/y_title", chart.y_title), "start")
        elif chart.y_title:
            middle = (self.y0 + self.y1) / 2
            turned = '<div data-turned="1" style="position:absolute;left:{:.1f}px;top:{:.1f}px;width:240px;text-align:center;line-height:16px;transform:rotate(-90deg)">{}</div>'
            self.texts.append(Markup(turned.format(13 - 120, middle - 8, escape(sheet.put("/y_title", chart.y_title)))))

    def _at(self, value: float) -> float:
        """Where a value lies along the value axis."""
        axis = self.chart.axis
        share = (value - axis.low) / (axis.high - axis.low)
        return self.x0 + share * (self.x1 - self.x0) if self.chart.across else self.y1 - share * (self.y1 - self.y0)

    def _line(self, x0: float, y0: float, x1: float, y1: float, colour: str, width: float = 1) -> None:
        self.shapes.append(f'<line x1="{x0:.1f}" y1="{y0:.1f}" x2="{x1:.1f}" y2="{y1:.1f}" stroke="{colour}" stroke-width="{width}"/>')

    def _scale(self) -> None:
        chart, axis = self.chart, self.chart.axis
        count = round((axis.high - axis.low) / axis.step)
        for tick in range(count + 1):
            value = axis.low + tick * axis.step
            place = self._at(value)
            text = self.sheet.number(Decimal(str(round(value, 4))), axis.places)
            if chart.across:
                if chart.grid:
                    self._line(place, self.y0, place, self.y1, "#ddd")
                self._text(place, self.y1 + 13, text, css="color:#444")
            else:
                if chart.grid:
                    self._line(self.x0, place, self.x1, place, "#ddd")
                self._text(self.x0 - 7, place, text, "end", "color:#444")
        base = self._at(max(axis.low, 0))
        if chart.across:
            self._line(base, self.y0, base, self.y1, "#444")
        else:
            self._line(self.x0, base, self.x1, base, "#444")
            if not chart.grid:
                self._line(self.x0, self.y0, self.x0, self.y1, "#444")

    def _labels(self, place: int, x: float, y: float, side: Side) -> None:
        """A category's label, marked for its point in every series."""
        inner: Markup | str = self.chart.labels[place]
        for series in range(len(self.chart.values)):
            pointer = f"/points/{self._index(series, place)}/label"
            if series == 0:
                inner = self.sheet.put(pointer, self.chart.labels[place])
            else:
                self.sheet.put(pointer, self.chart.labels[place])
                inner = self.sheet.mark(pointer, inner)
        self._text(x, y, inner, side)

    def _value(self, series: int, place: int, x: float, y: float, side: Side = "middle", css: str = "") -> None:
        value = Decimal(self.chart.values[series][place])
        pointer = f"/points/{self._index(series, place)}/value"
        if not self.chart.printed:
            self.sheet.know(pointer, value)
            return
        exponent = value.as_tuple().exponent
        text = self.sheet.number(value, max(0, -int(exponent))) + self.chart.unit
        self._text(x, y, self.sheet.put(pointer, value, text), side, css)

    def _bars(self) -> None:
        chart = self.chart
        count, group = len(chart.labels), len(chart.values)
        length = (self.y1 - self.y0) if chart.across else (self.x1 - self.x0)
        slot = length / count
        thick = slot * (0.62 if group == 1 else 0.76) / group
        for series in range(group):
            for place in range(count):
                value = float(chart.values[series][place])
                start = (self.y0 if chart.across else self.x0) + slot * (place + 0.5) - thick * group / 2 + thick * series
                zero, end = self._at(max(chart.axis.low, 0)), self._at(value)
                low, high = min(zero, end), max(zero, end)
                fill = chart.colours[series]
                if chart.across:
                    self.shapes.append(f'<rect x="{low:.1f}" y="{start:.1f}" width="{high - low:.1f}" height="{thick:.1f}" fill="{fill}"/>')
                    self._value(series, place, high + 5, start + thick / 2, "start")
                else:
                    self.shapes.append(f'<rect x="{start:.1f}" y="{low:.1f}" width="{thick:.1f}" height="{high - low:.1f}" fill="{fill}"/>')
                    self._value(series, place, start + thick / 2, high + 9 if value < 0 else low - 9)
        for place in range(count):
            middle = (self.y0 if chart.across else self.x0) + slot * (place + 0.5)
            if chart.across:
                self._labels(place, self.x0 - 7, middle, "end")
            else:
                self._labels(place, middle, self.y1 + 13, "middle")

    def _lines(self) -> None:
        chart = self.chart
        gap = (self.x1 - self.x0) / len(chart.labels)
        across = [self.x0 + gap * (place + 0.5) for place in range(len(chart.labels))]
        for series, values in enumerate(chart.values):
            points = [(x, self._at(float(value))) for x, value in zip(across, values, strict=True)]
            path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
            colour = chart.colours[series]
            self.shapes.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2.2"/>')
            for place, (x, y) in enumerate(points):
                if chart.markers:
                    self.shapes.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.4" fill="{colour}"/>')
                valley = 0 < place < len(points) - 1 and y > max(points[place - 1][1], points[place + 1][1])
                self._value(series, place, x, y + 14 if valley else y - 12)
        for place, x in enumerate(across):
            self._labels(place, x, self.y1 + 13, "middle")

    def _pie(self) -> None:
        chart = self.chart
        shares = [float(value) for value in chart.values[0]]
        cx = (self.x0 + self.x1) / 2 - (18 if chart.legend == "right" else 0)
        cy = (self.y0 + chart.height - 12) / 2
        radius = min(self.x1 - self.x0, chart.height - 12 - self.y0) / 2 - (4 if chart.legend != "none" else 26)
        turn = -math.pi / 2
        for place, share in enumerate(shares):
            angle = 2 * math.pi * share / sum(shares)
            x0, y0 = cx + radius * math.cos(turn), cy + radius * math.sin(turn)
            x1, y1 = cx + radius * math.cos(turn + angle), cy + radius * math.sin(turn + angle)
            wide = 1 if angle > math.pi else 0
            colour = chart.colours[place]
            self.shapes.append(
                f'<path d="M{cx:.1f} {cy:.1f} L{x0:.1f} {y0:.1f} A{radius:.1f} {radius:.1f} 0 {wide} 1 {x1:.1f} {y1:.1f} Z" fill="{colour}" stroke="#fff" stroke-width="1.5"/>'
            )
            half = turn + angle / 2
            inside = radius * (0.78 if chart.hole else 0.66)
            if chart.legend == "none":
                x, y = cx + (radius + 10) * math.cos(half), cy + (radius + 12) * math.sin(half)
                self._labels(place, x, y, "start" if math.cos(half) >= 0 else "end")
            self._value(0, place, cx + inside * math.cos(half), cy + inside * math.sin(half), css="color:#fff;font-weight:bold")
            turn += angle
        if chart.hole:
            self.shapes.append(f'<circle cx="{cx:.1f}" cy="{cy:.1f}" r="{radius * 0.55:.1f}" fill="#fff"/>')

    def _legend(self) -> None:
        """Series of a bar or line chart, slices of a pie."""
        chart = self.chart
        names = list(chart.labels) if chart.kind == "pie" else [name or "" for name in chart.series]
        step = 22.0 if chart.legend == "right" else (chart.width - 40) / max(3, len(names))
        for at, name in enumerate(names):
            if chart.legend == "right":
                x, y = chart.width - 104.0, self.y0 + 14 + at * step
            else:
                x, y = 30 + at * step, 46.0
            self.shapes.append(f'<rect x="{x:.1f}" y="{y - 5:.1f}" width="10" height="10" fill="{chart.colours[at]}"/>')
            if chart.kind == "pie":
                self._labels(at, x + 16, y, "start")
                continue
            inner: Markup | str = name
            for place in range(len(chart.labels)):
                pointer = f"/points/{self._index(at, place)}/series"
                fresh = self.sheet.put(pointer, name)
                inner = fresh if place == 0 else self.sheet.mark(pointer, inner)
            self._text(x + 16, y, inner, "start")
