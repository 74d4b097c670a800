"""Charts drawn with known values, and what is measured on them. Their words are given as nano's eye gives them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from docpipe.ground import ground
from docpipe.models.charted import Fields, OnPage, charted, fields
from docpipe.nano.axes import Print, categories, numbers_of, scale
from docpipe.nano.charts import Chart, Found, Point, measured
from docpipe.nano.transcribing import Character
from docpipe.normalise import normalise
from docpipe.schema import load_schema
from docpipe.types import Page, PageText, Reading, Source, Word

LEFT, RIGHT, TOP, BOTTOM = 90, 690, 60, 460  # the plot, in pixels: 400 high, 600 wide
WIDTH, HEIGHT = 800, 560
DARK, PALE, MIDDLE = (40, 60, 120), (200, 160, 90), (120, 150, 120)
CLOSE = 0.01  # of the axis, how far a measured value may be from the true one
Color = tuple[int, int, int]


class Drawing:
    """A chart being drawn, and the words on it."""

    def __init__(self) -> None:
        self.image = Image.new("RGB", (WIDTH, HEIGHT), "white")
        self.ink = ImageDraw.Draw(self.image)
        self.font = ImageFont.load_default(13)
        self.words: list[tuple[str, float, float, list[float]]] = []

    def write(self, text: str, x: float, y: float, *, read: str | None = None, align: str = "mm") -> None:
        """Print a text with its middle (or its right or left end) at x; `read` is what nano makes of it."""
        self.ink.text((x, y), text, font=self.font, fill="black", anchor=align)
        x0, _, x1, _ = self.ink.textbbox((x, y), text, font=self.font, anchor=align)
        read = read or text
        pitch = (x1 - x0) / len(read)
        self.words.append((read, x0, y, [x0 + pitch * (i + 0.5) for i in range(len(read))]))

    def lines(self) -> list[list[list[Character]]]:
        """The words as nano's eye reads them: one word a line."""
        return [
            [[Character(c, x, y, 0.9) for c, x in zip(text, at, strict=True) if c != " "]]
            for text, _, y, at in self.words
        ]

    def read(self, at: Sequence[tuple[float, float]], what: str) -> list[tuple[str | None, float]]:
        """What nano's mouth says at places: the word that begins nearest."""
        del what
        near = [min(self.words, key=lambda w: abs(w[1] - x) + abs(w[2] - y)) for x, y in at]
        return [(word[0], 0.9) for word in near]

    def measured(self) -> Chart | None:
        """The chart that is found."""
        return measured(np.asarray(self.image), self.lines(), self.read)

    def bar(self, x0: float, y0: float, x1: float, y1: float, color: Color) -> None:
        """A filled rectangle, whichever way up."""
        self.ink.rectangle((min(x0, x1), min(y0, y1), max(x0, x1) - 1, max(y0, y1) - 1), fill=color)

    def legend(self, names: Sequence[str], colors: Sequence[Color], *, line: bool = False) -> None:
        """Series in a row over the plot, each with its mark."""
        for n, (name, color) in enumerate(zip(names, colors, strict=True)):
            x = 200 + 150 * n
            if line:
                self.ink.line((x, 30, x + 20, 30), fill=color, width=2)
            else:
                self.bar(x, 25, x + 11, 36, color)
            self.write(name, x + 28, 30, align="lm")

    def upright(self, ticks: Sequence[tuple[str, float]], names: Sequence[str], *, base: float = BOTTOM) -> list[float]:
        """The axes of a chart whose values run up, with gridlines; the middles of its categories."""
        for text, y in ticks:
            self.ink.line((LEFT, y, RIGHT, y), fill=(225, 225, 225))
            self.write(text, LEFT - 6, y, align="rm")
        self.ink.line((LEFT, base, RIGHT, base), fill="black")
        self.ink.line((LEFT, TOP, LEFT, BOTTOM), fill="black")
        step = (RIGHT - LEFT) / len(names)
        middles = [LEFT + step * (n + 0.5) for n in range(len(names))]
        for name, x in zip(names, middles, strict=True):
            self.write(name, x, BOTTOM + 16)
        return middles


def height(value: float, low: float, high: float) -> float:
    """Where a value stands on the upright axis."""
    return BOTTOM - (value - low) / (high - low) * (BOTTOM - TOP)


def even(low: float, high: float, count: int, form: str = "{:.0f}") -> list[tuple[str, float]]:
    """Ticks from low to high, with their heights."""
    values = [low + (high - low) * n / (count - 1) for n in range(count)]
    return [(form.format(v), height(v, low, high)) for v in values]


def values(chart: Chart | None) -> list[tuple[str | None, str, float]]:
    """Series, label and value of every point; measured ones without the sign that says so."""
    assert chart is not None
    return [
        (p.series.text if p.series else None, p.label.text, numbers_of(p.value.text.removeprefix("≈"))[0])
        for p in chart.points
        if p.value
    ]


def holds(chart: Chart | None, truth: Sequence[tuple[str | None, str, float]], whole: float) -> None:
    """Check that points are those of the truth, in its order, values within one hundredth of the axis."""
    found = values(chart)
    assert [point[:2] for point in found] == [point[:2] for point in truth]
    assert [point[2] for point in found] == pytest.approx([point[2] for point in truth], abs=CLOSE * whole)


def test_grouped_bars_are_measured_series_by_series() -> None:
    """Bars side by side belong to the series of their colour in the legend."""
    draw = Drawing()
    rows = {"Bread": (120, 310, 45, 260), "Cakes": (200, 90, 380, 330)}
    middles = draw.upright(even(0, 400, 5), ("Q1", "Q2", "Q3", "Q4"))
    draw.legend(list(rows), [DARK, PALE])
    for n, (row, color) in enumerate(zip(rows.values(), (DARK, PALE), strict=True)):
        for x, v in zip(middles, row, strict=True):
            draw.bar(x - 40 + 41 * n, height(v, 0, 400), x - 1 + 41 * n, BOTTOM, color)
    chart = draw.measured()
    assert chart is not None
    assert chart.kind == "bar"
    holds(chart, [(s, f"Q{n + 1}", v) for s, row in rows.items() for n, v in enumerate(row)], 400)
    assert all(p.value is not None and p.value.text.startswith("≈") and p.value.sure < 0.8 for p in chart.points)


def test_the_box_of_a_measured_value_is_the_end_of_its_bar() -> None:
    """A person who looks there sees what was measured."""
    draw = Drawing()
    middles = draw.upright(even(0, 100, 6), ("North", "South", "West"))
    for x, v in zip(middles, (30, 80, 55), strict=True):
        draw.bar(x - 30, height(v, 0, 100), x + 30, BOTTOM, DARK)
    chart = draw.measured()
    assert chart is not None
    box = next(p.value.box for p in chart.points if p.value and p.label.text == "South")
    assert box == pytest.approx((middles[1] - 30, height(80, 0, 100), middles[1] + 30, height(80, 0, 100)), abs=4)


def test_stacked_bars_are_measured_part_by_part() -> None:
    """A part of a bar is what it adds, not where it ends."""
    draw = Drawing()
    rows = {"Gas": (100, 150, 60), "Oil": (80, 40, 90), "Wind": (60, 120, 30)}
    middles = draw.upright(even(0, 400, 5), ("2021", "2022", "2023"))
    draw.legend(list(rows), [DARK, PALE, MIDDLE])
    for n, x in enumerate(middles):
        below = 0
        for row, color in zip(rows.values(), (DARK, PALE, MIDDLE), strict=True):
            draw.bar(x - 50, height(below + row[n], 0, 400), x + 50, height(below, 0, 400), color)
            below += row[n]
    holds(draw.measured(), [(s, f"{2021 + n}", v) for s, row in rows.items() for n, v in enumerate(row)], 400)


def test_bars_that_lie_are_measured_along_their_axis() -> None:
    """Categories stand at the left, ticks below."""
    draw = Drawing()
    truth = {"Traffic": 38, "Wrong address": 24, "Loading": 19.5, "Weather": 7}
    draw.ink.line((200, TOP, 200, BOTTOM), fill="black")
    for n in range(5):
        draw.write(str(10 * n), 200 + 100 * n, BOTTOM + 16)
    for n, (name, v) in enumerate(truth.items()):
        y = TOP + 50 + 100 * n
        draw.write(name, 192, y, align="rm")
        draw.bar(200, y - 25, 200 + 10 * v, y + 25, DARK)
    holds(draw.measured(), [(None, name, v) for name, v in truth.items()], 40)


def test_bars_below_zero_are_negative() -> None:
    """They hang from the line at zero."""
    draw = Drawing()
    truth = {"Jan": -15, "Feb": -6, "Mar": 5, "Apr": 18}
    middles = draw.upright(even(-20, 20, 5), list(truth), base=height(0, -20, 20))
    for x, v in zip(middles, truth.values(), strict=True):
        draw.bar(x - 30, height(v, -20, 20), x + 30, height(0, -20, 20), DARK)
    holds(draw.measured(), [(None, name, v) for name, v in truth.items()], 40)


def test_lines_that_cross_are_told_by_their_colours() -> None:
    """Each line is followed through the crossing, to the series of its colour."""
    draw = Drawing()
    rows = {"Hens": (20, 60, 90, 70, 30), "Ducks": (80, 70, 40, 50, 95)}
    middles = draw.upright(even(0, 100, 6), ("Mon", "Tue", "Wed", "Thu", "Fri"))
    draw.legend(list(rows), [DARK, PALE], line=True)
    for row, color in zip(rows.values(), (DARK, PALE), strict=True):
        draw.ink.line([(x, height(v, 0, 100)) for x, v in zip(middles, row, strict=True)], fill=color, width=3)
    chart = draw.measured()
    assert chart is not None
    assert chart.kind == "line"
    truth = [
        (s, d, v) for s, row in rows.items() for d, v in zip(("Mon", "Tue", "Wed", "Thu", "Fri"), row, strict=True)
    ]
    holds(chart, truth, 100)


def test_ticks_that_were_misread_do_not_bend_the_axis() -> None:
    """Of six ticks two lost a figure; the four others agree."""
    draw = Drawing()
    middles = draw.upright([], ("A", "B", "C"))
    for (text, y), read in zip(even(0, 500, 6), ("0", "10", "200", "300", "4000", "500"), strict=True):
        draw.write(text, LEFT - 6, y, read=read, align="rm")
    for x, v in zip(middles, (125, 480, 260), strict=True):
        draw.bar(x - 50, height(v, 0, 500), x + 50, BOTTOM, DARK)
    holds(draw.measured(), [(None, "A", 125), (None, "B", 480), (None, "C", 260)], 500)


def test_a_printed_value_wins_over_the_measured_one() -> None:
    """It is exact, and it is what a person reads; a bar without one is still measured."""
    draw = Drawing()
    middles = draw.upright(even(0, 400, 5), ("A", "B", "C"))
    for x, v in zip(middles, (100, 250, 330), strict=True):
        draw.bar(x - 50, height(v, 0, 400), x + 50, BOTTOM, DARK)
    draw.write("103", middles[0], height(100, 0, 400) - 10)
    draw.write("251.75", middles[1], height(250, 0, 400) - 10)
    chart = draw.measured()
    assert chart is not None
    texts = [p.value.text if p.value else None for p in chart.points]
    assert texts[:2] == ["103", "251.75"]
    assert texts[2] is not None
    assert texts[2].startswith("≈")


def test_prints_at_the_bars_tell_the_scale_of_an_axis_without_ticks() -> None:
    """What is printed is read; the one bar without print is measured by the others."""
    draw = Drawing()
    middles = draw.upright([], ("A", "B", "C", "D", "E"))
    truth = (100.0, 250.0, 330.0, 180.0, 55.0)
    for x, v in zip(middles, truth, strict=True):
        draw.bar(x - 30, height(v, 0, 400), x + 30, BOTTOM, DARK)
        if v != 180:
            draw.write(f"{v:.0f}", x, height(v, 0, 400) - 10)
    holds(draw.measured(), [(None, n, v) for n, v in zip("ABCDE", truth, strict=True)], 400)


def test_without_ticks_and_prints_nothing_is_measured() -> None:
    """Bars alone say nothing about values, nor do two ticks, of which any two agree."""
    draw = Drawing()
    middles = draw.upright([], ("A", "B", "C"))
    for x, v in zip(middles, (100, 250, 330), strict=True):
        draw.bar(x - 50, height(v, 0, 400), x + 50, BOTTOM, DARK)
    assert draw.measured() is None
    draw.write("0", LEFT - 6, BOTTOM, align="rm")
    draw.write("400", LEFT - 6, TOP, align="rm")
    assert draw.measured() is None


def test_a_page_of_print_is_no_chart() -> None:
    """Not even one with a column of numbers at even distances."""
    draw = Drawing()
    for n in range(8):
        draw.write(f"{n * 10}", 120, 60 + 40 * n)
        draw.write("Oak shelving unit", 300, 60 + 40 * n)
    assert draw.measured() is None


@pytest.mark.parametrize("ring", [False, True])
def test_a_pie_is_told_by_its_round_shape(ring: bool) -> None:
    """Its shares are read, not measured: of a pie or a ring only the kind comes out."""
    draw = Drawing()
    for first, last, color in ((0, 130, DARK), (130, 250, PALE), (250, 360, MIDDLE)):
        draw.ink.pieslice((250, 120, 530, 400), first, last, fill=color, outline="white")
    if ring:
        draw.ink.ellipse((320, 190, 460, 330), fill="white")
    draw.write("Staff 46 %", 600, 300)
    assert draw.measured() == Chart("pie", ())


def test_a_scale_needs_three_ticks_and_takes_decimals_as_the_axis_means_them() -> None:
    """1.000 is a thousand between 500 and 1.500."""
    ticks = [Print(t, (50.0, y - 5, 80.0, y + 5)) for t, y in (("1.500", 100.0), ("1.000", 200.0), ("500", 300.0))]
    axis = scale(ticks)
    assert axis is not None
    assert axis.value(250) == pytest.approx(750)
    assert scale(ticks[:2]) is None


def test_words_of_a_row_are_joined_so_that_categories_stand_evenly() -> None:
    """Two words are one label where their middle is then where it belongs."""
    row = [("North", 100, 140), ("White", 200, 236), ("similar", 244, 290), ("South", 350, 390), ("East", 476, 504)]
    found = categories([Print(t, (float(a), 0.0, float(b), 10.0)) for t, a, b in row], 15.0)
    assert [c.label.text for c in found] == ["North", "White similar", "South", "East"]


def test_a_measured_value_is_neither_verified_nor_in_conflict() -> None:
    """Its number may stand at the axis, and the other values may all be printed: the page says nothing about it."""
    page = Page(Source("a.pdf", "0" * 64, "application/pdf"), 1, 600, 400)
    words = [("100", 20, 50), ("50", 20, 100), ("0", 20, 150), ("Ash", 60, 170), ("Elm", 120, 170), ("Oak", 180, 170)]
    words += [("80", 60, 60), ("72", 180, 70)]
    text = PageText(page, tuple(Word(t, (x, y, x + 20.0, y + 10.0)) for t, x, y in words), "layer")
    points = [("Ash", "80", (60, 60, 80, 70)), ("Elm", "≈100", (110, 54, 140, 58)), ("Oak", "72", (180, 70, 200, 80))]
    readings = [
        reading
        for n, (label, value, box) in enumerate(points)
        for reading in (
            Reading(f"/points/{n}/label", label, 1, None, 0.9),
            Reading(f"/points/{n}/value", value, 1, (*map(float, box),), 0.7),  # type: ignore[arg-type]  # four of them
        )
    ]
    schema = load_schema("chart")
    made, noticed = normalise(readings, schema, "nano-1", [text])
    assert not noticed
    stands = {v.pointer: v for v in ground(made, [text], schema)[0]}
    assert [stands[f"/points/{n}/value"].status for n in range(3)] == ["verified", "unverified", "verified"]
    assert stands["/points/1/value"].value == Decimal(100)
    assert stands["/points/1/value"].box == (110, 54, 140, 58)


def test_the_points_of_a_measured_chart_take_the_place_of_those_that_were_read_on_its_page() -> None:
    """What was read on other pages stays, and rows are numbered anew; only schemas of charts are answered so."""
    of = fields(load_schema("chart"))
    assert isinstance(of, Fields)
    assert fields(load_schema("invoice")) is None
    found = Found("Ash", (0.0, 0.0, 1.0, 1.0), 0.9)
    chart = Chart("bar", (Point(None, found, Found("≈31.5", (2.0, 2.0, 3.0, 3.0), 0.7)),))
    read = [Reading("/chart_type", "line", 1), Reading("/title", "Trees", 1)]
    read += [Reading(f"/points/{n}/{key}", f"{key} {n}", 1 + n) for n in (0, 1) for key in ("series", "label", "value")]
    result = charted(read, of, [OnPage(chart, 1, lambda box: box), None])
    assert [(r.pointer, r.printed, r.page) for r in result] == [
        ("/chart_type", "bar", 1),
        ("/title", "Trees", 1),
        ("/points/0/series", "series 1", 2),
        ("/points/0/label", "label 1", 2),
        ("/points/0/value", "value 1", 2),
        ("/points/1/series", None, None),
        ("/points/1/label", "Ash", 1),
        ("/points/1/value", "≈31.5", 1),
    ]
    assert charted(read, of, [None, None]) == read
