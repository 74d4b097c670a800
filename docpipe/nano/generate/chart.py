"""A seed becomes a chart, alone or on a page of a report: bars, lines or a pie, titles, ticks, legend, values."""

from __future__ import annotations

import random

from docpipe.nano.generate.blocks import prose
from docpipe.nano.generate.chart_data import TITLES, Data, data
from docpipe.nano.generate.chart_drawing import Axes, Pie, Plot
from docpipe.nano.generate.document import Document

TITLE_NAMES = ("title", "Title of the chart", "heading of the chart", "what the chart shows")
X_NAMES = ("x title", "Title of the category axis", "name of the horizontal axis", "category axis")
Y_NAMES = ("y title", "Title of the value axis", "name of the value axis", "unit of the values")
POINT_NAMES = (
    "points",
    "The data, series by series, from the left; slices of a pie from the first",
    "data points",
    "categories of the chart",
)
SERIES_LIST = ("series", "names of the series", "the series of the legend")
LABEL_NAMES = ("label", "Category or x value as printed", "category", "x value")
VALUE_NAMES = ("value", "Value, printed or read off the axis", "printed value", "height of the bar")
SERIES_NAMES = ("series", "Name of the series, when there is a legend", "name of the series")
TYPES = ("bar", "line", "pie")


def state(doc: Document, words: Data, plot: Plot) -> None:
    """State what a chart says: its kind, its titles, its categories, its series, and the values that it prints."""
    rng = doc.rng
    for kind in TYPES:
        name = rng.choice((f"chart_type: {kind}", f"chart_type: {kind}", f"Kind of chart: {kind}", f"{kind} chart"))
        doc.ask("fits", (name,), state=kind == words.kind)
    doc.ask("text", TITLE_NAMES, plot.title)
    doc.ask("text", X_NAMES, plot.x_title)
    doc.ask("text", Y_NAMES, plot.y_title)
    doc.ask("starts", POINT_NAMES, starts=[span[0] for span in plot.categories])
    if plot.legend:
        doc.ask("starts", SERIES_LIST, starts=[span[0] for span in plot.legend])
        for span in plot.legend:
            doc.ask("text", SERIES_NAMES, [span], anchor=span[0])
    several = len(words.series) > 1
    for number in rng.sample(range(len(plot.categories)), min(len(plot.categories), 5)):
        category = plot.categories[number]
        doc.ask("text", LABEL_NAMES, [category], anchor=category[0])
        if not several:
            named = [plot.legend[0]] if plot.legend and words.kind != "pie" else []
            doc.ask("text", SERIES_NAMES, named, anchor=category[0])
        for series, values in enumerate(plot.values):
            value = values[number] if number < len(values) else None
            if value is None:
                continue
            labels = (words.series[series],) if several else ()
            label = plot.legend[series] if several and series < len(plot.legend) else None
            doc.ask("amount", VALUE_NAMES, [value], labels=labels, label=label, anchor=category[0])


def draw(doc: Document, words: Data, x: float, y: float, width: float, height: float) -> Plot:
    """A chart in the rectangle from (x, y); returns where its words came to stand."""
    rng = doc.rng
    plot = Plot()
    size = doc.size
    top = y
    if words.title:
        big = size * rng.uniform(1.1, 1.5)
        centred = rng.random() < 0.6
        for row in doc.wrap(words.title, width, bold=True, size=big):
            top += big * 1.3
            at = x + width / 2 if centred else x
            plot.title.append(
                doc.write(at, top, row, bold=doc.bold_labels, size=big, align="center" if centred else "left")
            )
        top += size * 0.8
    if rng.random() < 0.15:
        doc.canvas.box(x - 8, y - 6, x + width + 8, y + height + 6, color=(0.6, 0.6, 0.6))
    painter = Pie(doc, words, plot) if words.kind == "pie" else Axes(doc, words, plot)
    painter.draw(x, top, x + width, y + height)
    return plot


def write(rng: random.Random, language: str, *, evaluation: bool = False) -> Document:
    """A chart as a picture of its own, or one on a page with text around it."""
    alone = rng.random() < 0.55
    if alone:
        width, height = rng.choice(((480, 320), (560, 360), (640, 480), (420, 420), (720, 400), (595, 842)))
    else:
        width, height = rng.choice(((595, 842), (612, 792), (842, 595)))
    doc = Document(rng, language, width, height, evaluation=evaluation)
    doc.margin = min(doc.margin, 40) if alone else doc.margin
    left, right = doc.margin, doc.right
    words = data(doc, wide=right - left)
    if alone:
        bottom = min(height - doc.margin, doc.margin + (right - left) * 1.1)
        plot = draw(doc, words, left, doc.margin * 0.6, right - left, bottom - doc.margin * 0.6)
        doc.canvas.height = min(height, bottom + doc.margin)
    else:
        y = doc.margin + doc.size * 2
        if rng.random() < 0.6:
            heading = doc.content.words(rng.randint(1, 4)).capitalize()
            y, _ = doc.paragraph(left, y, right - left, heading, bold=True, size=doc.size * rng.uniform(1.2, 1.8))
            y += doc.line
        if rng.random() < 0.8:
            y = prose(doc, left, y, right - left, y + doc.line * rng.randint(1, 9), sentences=8) + doc.line
        tall = min((right - left) * rng.uniform(0.45, 0.8), height - doc.margin - y)
        wide = (right - left) * rng.choice((1, 1, 0.75))
        plot = draw(doc, words, left + (right - left - wide) / 2, y, wide, tall)
        y += tall + doc.line * 1.5
        if rng.random() < 0.4:
            caption = rng.choice(TITLES[language]).format(n=rng.randint(1, 9), w=doc.content.words(rng.randint(2, 6)))
            doc.write(left, y, doc.wrap(caption, right - left)[0], size=doc.size * 0.9)
            y += doc.line * 1.5
        prose(doc, left, y, right - left, height - doc.margin, sentences=rng.randint(0, 12))
    state(doc, words, plot)
    doc.deny(("invoice_number", "total", "due_date", "iban", "closing_balance", "receipt_date"), 2)
    doc.fits("chart")
    return doc
