"""A seed becomes a report page with one to three tables between prose: captions, headers, rows, totals, footnotes."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

from docpipe.nano.generate.blocks import prose
from docpipe.nano.generate.canvas import Fact, Span
from docpipe.nano.generate.document import Align, Document
from docpipe.nano.generate.table_words import NUMERIC, Grid, capital, grid

TABLE_NAMES = ("tables", "rows from the top, header rows included", "The tables of the page", "rows of the tables")
ROW_NAMES = ("cells", "The printed text of each cell, from the left", "cells of the row", "the row's cells")
CELL_NAMES = ("cell", "text of the cell", "cells", "printed text")
TITLE_NAMES = ("title", "Title or caption of the table", "caption", "heading of the table")
BODY_NAMES = ("rows of the table", "table rows", "entries of the table", "lines")
STYLES = ("open", "open", "booktabs", "grid", "grid", "zebra", "lines", "frame", "plain")


@dataclass(frozen=True)
class Drawn:
    """A row as it stands on the page: the runs of each cell, with how many columns it covers."""

    cells: tuple[tuple[tuple[Span, ...], int], ...]
    header: bool

    @property
    def filled(self) -> list[tuple[Span, ...]]:
        """The cells that hold something, from the left."""
        return [spans for spans, _ in self.cells if spans]

    @property
    def start(self) -> int:
        """The first character of the row."""
        return self.filled[0][0][0]


class Painter:
    """A table being drawn into a width: where its columns are, and its rows as they come to stand on the page."""

    def __init__(self, doc: Document, words: Grid, x: float, width: float) -> None:
        rng = doc.rng
        self.doc, self.words = doc, words
        self.size = doc.size * rng.choice((1, 1, 0.9, 0.85))
        self.style = rng.choice(STYLES)
        self.pad = rng.uniform(3, 7)
        self.gap = self.size * rng.uniform(0.25, 1.0)
        figures: Align = rng.choice(("right", "right", "right", "center", "left"))
        self.aligns: list[Align] = [figures if k in NUMERIC and i else "left" for i, k in enumerate(words.kinds)]
        self.middle = rng.random() < 0.25
        self.edges = self._edges(x, width)
        self.rows: list[Drawn] = []
        self.ink = rng.choice((0.0, 0.0, 0.4, 0.65))

    def _edges(self, x: float, width: float) -> list[float]:
        """Columns as wide as what they hold, narrowed so that they fit; sometimes the table is as wide as it can be."""
        doc, words = self.doc, self.words
        needs, least = self._needs(width)
        while sum(least) > width and len(needs) > 2:
            words.narrow()
            needs, least = self._needs(width)
        if sum(needs) > width:
            room = max(0.0, width - sum(least)) / max(1.0, sum(needs) - sum(least))
            needs = [low + (need - low) * room for need, low in zip(needs, least, strict=True)]
        elif doc.rng.random() < 0.6:
            needs = [n * width / sum(needs) for n in needs]
        edges = [x]
        for need in needs:
            edges.append(edges[-1] + need)
        return edges

    def _needs(self, width: float) -> tuple[list[float], list[float]]:
        """The width of each column with its cells on one line, and the least that its words need."""
        doc, words = self.doc, self.words
        needs, least = [], []
        for column, kind in enumerate(words.kinds):
            heads = [row[column][0] for row in words.headers if len(row) == len(words.kinds)]
            texts = [row[column] for row in words.rows] + heads
            whole = texts if kind in NUMERIC | {"date", "code"} else []
            pieces = [w for t in (heads if whole else texts) for w in t.split()] + [t for t in whole if t not in heads]
            longest = max(doc.measure(t, bold=True, size=self.size) for t in texts)
            low = max((doc.measure(t, bold=True, size=self.size) for t in pieces), default=0.0)
            least.append(low + 2 * self.pad + 0.5)
            needs.append(max(low, min(longest, width * 0.42)) + 2 * self.pad + 0.5)
        return needs, least

    def _lines(self, text: str, left: float, right: float, bold: bool) -> list[str]:
        return self.doc.wrap(text, right - left - 2 * self.pad, bold=bold, size=self.size) if text else []

    def row(self, y: float, cells: Sequence[tuple[str, int]], bottom: float, *, header: bool, bold: bool) -> float:
        """Write a row whose top is `y`; return its lower end, or `y` where it does not fit."""
        doc = self.doc
        line = self.size * min(doc.leading, 1.35)
        spans: list[tuple[tuple[Span, ...], int]] = []
        column = 0
        blocks = []
        for text, wide in cells:
            left, right = self.edges[column], self.edges[column + wide]
            align = "center" if wide > 1 else self.aligns[column]
            blocks.append((self._lines(text, left, right, bold), left, right, align, wide))
            column += wide
        most = max(1, *(len(b[0]) for b in blocks))
        tall = most * line + self.gap
        if y + tall > bottom or not any(text for text, _ in cells):
            return y
        dark = header and self.style in {"zebra", "grid"} and self.shade == "dark"
        if (header and self.shade) or (self.style == "zebra" and not header and len(self.rows) % 2):
            doc.canvas.box(self.edges[0], y, self.edges[-1], y + tall, fill=(0.25, 0.28, 0.33) if dark else doc.tint)
        for lines, left, right, align, wide in blocks:
            base = y + self.gap / 2 + line * 0.76 + (line * (most - len(lines)) / 2 if self.middle else 0)
            at = left + self.pad if align == "left" else right - self.pad if align == "right" else (left + right) / 2
            runs = [
                doc.write(
                    at, base + line * i, text, bold=bold, size=self.size, align=align, color=(1, 1, 1) if dark else None
                )
                for i, text in enumerate(lines)
            ]
            spans.append((tuple(runs), wide))
        self.rows.append(Drawn(tuple(spans), header))
        return y + tall

    def draw(self, y: float, bottom: float) -> float:
        """Draw header, rows and rules from the top `y`; return the lower end."""
        doc, words = self.doc, self.words
        self.shade = doc.rng.choice(("", "", "tint", "dark"))
        grey = (self.ink,) * 3
        top, ends = y, []
        left, right = self.edges[0], self.edges[-1]
        for number, header in enumerate(words.headers):
            low = self.row(y, header, bottom, header=True, bold=True)
            if len(header) < len(words.kinds) and low > y and self.style in {"booktabs", "open", "lines"}:
                self._underline(low, header)
            y = low
            if number == len(words.headers) - 1 and self.style != "plain":
                doc.canvas.line(left, y, right, y, 0.9 if self.style != "grid" else 0.5, grey)
        body = y
        for number, cells in enumerate(words.rows):
            bold = number in words.bold
            low = self.row(y, [(text, 1) for text in cells], bottom, header=False, bold=bold)
            if low == y:
                break
            if bold and number == len(words.rows) - 1 and self.style not in {"plain", "grid"}:
                doc.canvas.line(left, y, right, y, 0.6, grey)
            y = low
            ends.append(y)
        if self.style in {"grid", "lines"}:
            for end in ends:
                doc.canvas.line(left, end, right, end, 0.5, grey)
        if self.style in {"grid", "frame"}:
            doc.canvas.box(left, top, right, y, color=grey)
        if self.style == "grid":
            for edge in self.edges[1:-1]:
                first = body if len(words.headers) > 1 else top
                doc.canvas.line(edge, first, edge, y, 0.5, grey)
        if self.style == "booktabs":
            doc.canvas.line(left, top, right, top, 1.2, grey)
            doc.canvas.line(left, y, right, y, 1.2, grey)
        return y

    def _underline(self, y: float, header: Sequence[tuple[str, int]]) -> None:
        column = 0
        for text, wide in header:
            if text:
                self.doc.canvas.line(self.edges[column] + 2, y, self.edges[column + wide] - 2, y, 0.5, (self.ink,) * 3)
            column += wide

    def state(self, caption: Sequence[Span]) -> None:
        """State the table's caption, the cells of some rows, and for some cells their text."""
        doc, rng = self.doc, self.doc.rng
        if not self.rows:
            return
        doc.ask("text", TITLE_NAMES, caption, anchor=self.rows[0].start)
        heads = self._heads()
        for row in rng.sample(self.rows, min(5, len(self.rows))):
            filled = row.filled
            doc.ask("starts", ROW_NAMES, anchor=row.start, starts=[spans[0][0] for spans in filled])
            for spans in rng.sample(filled, min(2, len(filled))):
                doc.ask("text", CELL_NAMES, spans, anchor=spans[0][0])
            if row.header or not heads or rng.random() < 0.4:
                continue
            column = rng.choice(list(heads))
            text, label = heads[column]
            doc.ask("text", (), row.cells[column][0], labels=(text,), label=label, anchor=row.start)

    def _heads(self) -> dict[int, tuple[str, Span]]:
        """The columns with a name of one line: what it says and where."""
        rows = [r for r in self.rows if r.header and len(r.cells) == len(self.words.kinds)]
        if not rows:
            return {}
        names = [text for text, _ in self.words.headers[-1]]
        return {i: (names[i], spans[0]) for i, (spans, _) in enumerate(rows[-1].cells) if len(spans) == 1}

    def body(self) -> None:
        """State where the rows under the header start, asked for by the names of columns."""
        heads = [text for text, _ in self._heads().values()]
        rows = [r.start for r in self.rows if not r.header]
        if len(heads) > 1 and rows:
            labels = self.doc.rng.sample(heads, min(4, len(heads)))
            self.doc.ask("starts", BODY_NAMES, labels=labels, starts=rows)


def put(doc: Document, words: Grid, x: float, y: float, width: float, bottom: float) -> tuple[float, Painter]:
    """A table with its caption above or below and perhaps a footnote; returns the next baseline."""
    rng = doc.rng
    painter = Painter(doc, words, x, width)
    above = rng.random() < 0.75
    caption: list[Span] = []
    bold = rng.random() < 0.4
    if words.title and above:
        y, caption = doc.paragraph(x, y, width, words.title, bold=bold)
    y = painter.draw(y - doc.size * 0.5, bottom - (doc.line * 2 if words.title and not above else 0))
    y += doc.line
    if words.title and not above and painter.rows:
        y, caption = doc.paragraph(x, y + doc.line * 0.2, width, words.title, bold=bold)
    if rng.random() < 0.2 and y + doc.line < bottom:
        note = rng.choice(("* ", "1) ", "Source: ", "Note: ", "Quelle: ", "Source : ")) + doc.content.sentence()
        doc.write(x, y, doc.wrap(note, width, size=doc.size * 0.8)[0], size=doc.size * 0.8)
        y += doc.line
    painter.state(caption)
    return y + doc.line * 0.5, painter


def write(rng: random.Random, language: str, *, evaluation: bool = False) -> Document:
    """A page of a report, or a part of one, with tables."""
    width, height = rng.choice(((595, 842), (612, 792), (595, 842), (842, 595), (520, 400)))
    doc = Document(rng, language, width, height, evaluation=evaluation)
    left, right = doc.margin, doc.right
    bottom = height - doc.margin
    y = doc.margin + doc.size * 2
    if rng.random() < 0.6:
        text = capital(doc.content.words(rng.randint(1, 5)))
        y, _ = doc.paragraph(left, y, right - left, text, bold=True, size=doc.size * rng.uniform(1.2, 1.9))
        y += doc.line * 0.5
    painters: list[Painter] = []
    wanted = rng.choice((1, 1, 1, 2, 2, 3))
    for number in range(wanted):
        if rng.random() < 0.7:
            y = prose(doc, left, y, right - left, min(y + doc.line * rng.randint(1, 7), bottom), sentences=6) + doc.line
        if bottom - y < doc.line * 6:
            break
        room = bottom if number == wanted - 1 else min(bottom, y + (bottom - y) * 0.6)
        rows = rng.choice((5, 8, 14, 30)) if width > 550 else 6
        if right - left > 460 and rng.random() < 0.12:
            half = (right - left - 24) / 2
            ends = []
            for x in (left, left + half + 24):
                end, painter = put(doc, grid(doc, 3, 6), x, y, half, room)
                ends.append(end)
                painters.append(painter)
            y = max(ends)
            continue
        wide = right - left if rng.random() < 0.8 else (right - left) * rng.uniform(0.55, 0.9)
        words = grid(doc, 7 if wide > 400 else 5, rows)
        y, painter = put(doc, words, left + (right - left - wide) * rng.choice((0, 0, 0.5)), y, wide, room)
        painters.append(painter)
    if rng.random() < 0.6 and y < bottom:
        prose(doc, left, y + doc.line, right - left, bottom, sentences=rng.randint(2, 10))
    doc.ask("starts", TABLE_NAMES, starts=[row.start for painter in painters for row in painter.rows])
    if len([p for p in painters if p.rows]) == 1:
        painters[0].body()
    doc.deny(
        ("invoice_number", "total", "due_date", "iban", "closing_balance", "merchant_name", "contract_end_date"), 2
    )
    doc.canvas.facts.append(Fact("text", (doc.content.gibberish() + " " + doc.content.gibberish(),)))
    doc.fits("table")
    return doc
