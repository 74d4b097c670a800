"""The upper part of a business document, in designs where labels stand above their values: band, side bar, columns."""

from __future__ import annotations

import colorsys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from docpipe.nano.generate.blocks import Pair, pairs
from docpipe.nano.generate.canvas import Color, Fact, Span
from docpipe.nano.generate.document import Align, Document
from docpipe.nano.generate.values import value_of
from docpipe.nano.vocabulary import CONCEPTS

WHITE: Color = (1, 1, 1)
# How the number of a document is announced right beside or below its title.
NUMBER = {
    "en": ("No.", "#", "No", "Number", "Nr."),
    "de": ("Nr.", "Nummer", "Nr"),
    "fr": ("N°", "n°", "No", "Numéro"),
    "es": ("Nº", "N.º", "Número"),
    "nl": ("Nr.", "Nummer"),
    "it": ("N.", "n.", "Numero"),
}
OF_THE = {
    "en": ("dated", "of", "|"),
    "de": ("vom",),
    "fr": ("du",),
    "es": ("de", "del"),
    "nl": ("van",),
    "it": ("del",),
}


@dataclass(frozen=True)
class Front:
    """What is to be told: by whom, to whom, and the pairs of the header. The number's key is told by the title."""

    seller: str
    party: str
    number: str
    date: str
    title: str
    header: Sequence[Pair]


@dataclass(frozen=True)
class Room:
    """What is left of the page for the body: from `left` to `right`, its first baseline at `y`."""

    left: float
    right: float
    y: float


@contextmanager
def _painted(doc: Document, ink: Color, accent: Color) -> Iterator[None]:
    """Write in other colours for a while."""
    before = doc.ink, doc.accent
    doc.ink, doc.accent = ink, accent
    try:
        yield
    finally:
        doc.ink, doc.accent = before


def _ground(doc: Document) -> tuple[Color, Color]:
    """A colour for a large area, mostly dark, and what is written on it."""
    rng = doc.rng
    if rng.random() < 0.25:
        return doc.tint, doc.ink
    dark = colorsys.hsv_to_rgb(rng.random(), rng.uniform(0.2, 0.95), rng.uniform(0.12, 0.62))
    return dark, WHITE if rng.random() < 0.8 else (0.93, 0.93, 0.9)


def _name(doc: Document, key: str, x: float, y: float, width: float, size: float, align: Align = "left") -> float:
    """Who it is, broken where it is too wide; returns the next baseline. A company, now and then a person."""
    name = doc.content.person() if doc.rng.random() < 0.2 else doc.content.company()
    name = name.upper() if doc.rng.random() < 0.12 else name
    bold = doc.rng.random() < 0.5
    while size > doc.size and max(doc.measure(word, bold=bold, size=size) for word in name.split()) > width:
        size *= 0.9
    spans = []
    for row in doc.wrap(name, width, bold=bold, size=size):
        spans.append(doc.write(x, y, row, bold=bold, size=size, align=align))
        y += size * 1.2
    doc.state(key, "text", spans)
    return y + max(0.0, doc.line - size * 1.2)


def _contact(doc: Document, x: float, y: float, width: float, size: float) -> float:
    """Address and ways to reach somebody, most without labels; returns the next baseline."""
    rng = doc.rng
    rows = list(doc.content.address())
    for row in (r for part in rows for r in doc.wrap(part, width, size=size)):
        doc.write(x, y, row, size=size)
        y += size * doc.leading
    for key in rng.sample(("phone", "email", "website", "tax_id"), rng.randint(0, 3)):
        value = value_of(doc, key)[0]
        if key in doc.asked or doc.measure(value, size=size) > width:
            continue
        label, at, text = None, x, None
        if key == "tax_id" or rng.random() < 0.3:
            text = doc.label_of(CONCEPTS[key])
            if doc.measure(f"{text}: {value}", size=size) > width:
                continue
            label, end = doc.print_label(x, y, text, size=size)
            at = end + doc.measure(" ", size=size)
        doc.state(key, "text", [doc.write(at, y, value, size=size)], label, text)
        y += size * doc.leading
    return y


def _numbered(doc: Document, front: Front, x: float, y: float, align: Align, size: float, width: float) -> float:
    """The title with the document's number beside or below it; returns the next baseline."""
    rng = doc.rng
    value = value_of(doc, front.number)[0]
    mark = rng.choice(NUMBER[doc.language])
    own = doc.label_of(CONCEPTS[front.number])
    bold = rng.random() < 0.7
    beside = rng.random() < 0.35
    if beside:  # the title is the number's label
        label = front.title if rng.random() < 0.35 else own if rng.random() < 0.4 else f"{front.title} {mark}"
        tail = ""
        if front.date not in doc.asked and rng.random() < 0.3:
            tail = f" {rng.choice(OF_THE[doc.language])} "
        date = doc.content.date() if tail else ""
        while size > doc.size and doc.measure(f"{label} {value}{tail}{date}", bold=bold, size=size) > width:
            size *= 0.92
        text = f"{label} {value}{tail}{date}"
        first, _ = doc.write(x, y, text, bold=bold, size=size, align=align, color=doc.accent)
        begin = first + len(label) + 1
        doc.state(front.number, "text", [(begin, begin + len(value))], (first, first + len(label)), label)
        doc.printed.add(label.lower().strip(" .:"))
        if date:
            begin += len(value) + len(tail)
            doc.state(front.date, "date", [(begin, begin + len(date))])
        return y + size * 1.1 + doc.line
    doc.write(x, y, front.title, bold=bold, size=size, align=align, color=doc.accent)
    y += size * rng.uniform(0.3, 0.6) + doc.size
    small = doc.size * rng.uniform(0.85, 1.15)
    label = rng.choice((mark, mark, own, f"{front.title} {mark}", ""))
    joint = rng.choice((" ", " ", ": ")) if label else ""
    first, last = doc.write(x, y, f"{label}{joint}{value}", size=small, align=align)
    run = (first, first + len(label)) if label else None
    doc.state(front.number, "text", [(last - len(value), last)], run, label or None)
    doc.printed.add(label.lower().strip(" .:"))
    return y + doc.line * 1.6


def band(doc: Document, front: Front) -> Room:
    """A coloured band with the name at one side and title and number at the other, columns of parties below it."""
    rng = doc.rng
    height = rng.uniform(58, 125)
    ground, ink = _ground(doc)
    top = rng.choice((0.0, 0.0, doc.margin * 0.6))
    inset = 0.0 if top == 0 else doc.margin * 0.6
    doc.canvas.box(inset, top, doc.canvas.width - inset, top + height, fill=ground)
    base = top + height * rng.uniform(0.42, 0.55)
    half = (doc.right - doc.margin) * 0.5
    swapped = rng.random() < 0.2
    with _painted(doc, ink, ink):
        side: Align = "left" if swapped else "right"
        told = rng.random() < 0.75
        title = min(doc.size * rng.uniform(1.7, 3), height * 0.3)
        at = doc.margin if swapped else doc.right
        if told:
            _numbered(doc, front, at, base, side, title, half * 0.9)
        else:
            doc.write(at, base, front.title, bold=rng.random() < 0.7, size=title, align=side)
        x = doc.right - half * 0.85 if swapped else doc.margin
        y = _name(doc, front.seller, x, base, half * 0.85, min(doc.size * rng.uniform(1.3, 2.6), height * 0.28))
        if rng.random() < 0.5 and y < top + height - 2:
            words = doc.wrap(doc.content.sentence().rstrip("."), half, size=doc.size * 0.8)[0]
            doc.write(x, y - doc.size * 0.3, words, size=doc.size * 0.8)
    return columns(doc, front, top + height + doc.line * rng.uniform(1.5, 3))


def plain(doc: Document, front: Front) -> Room:
    """A name, perhaps with its address in one line, large and alone; then columns of parties."""
    rng = doc.rng
    y = doc.margin + doc.size * rng.uniform(1.5, 3)
    half = (doc.right - doc.margin) * 0.55
    if rng.random() < 0.6:
        _numbered(doc, front, doc.right, y, "right", doc.size * rng.uniform(1.2, 2.6), half * 0.75)
    elif rng.random() < 0.6:
        doc.write(doc.right, y, front.title, size=doc.size * rng.uniform(1.2, 2.6), align="right", color=doc.accent)
    y = _name(doc, front.seller, doc.margin, y, half, doc.size * rng.uniform(1.1, 2.4))
    y = _contact(doc, doc.margin, y, half, doc.size * rng.uniform(0.8, 1))
    return columns(doc, front, y + doc.line * rng.uniform(1, 2.5))


def columns(doc: Document, front: Front, y: float) -> Room:
    """Who, to whom and what, side by side, each under its heading; who writes has been named above."""
    rng = doc.rng
    blocks = ["to", *(["from"] if rng.random() < 0.55 else []), *(["to too"] if rng.random() < 0.15 else [])]
    if rng.random() < 0.3:
        rng.shuffle(blocks)
    elif "from" in blocks:
        blocks.sort()
    header = [pair for pair in front.header if pair.key not in doc.asked]
    below = rng.random() < 0.25
    facts = 0 if below or not header else rng.choice((1, 1, 2))
    count = len(blocks) + facts
    wide = (doc.right - doc.margin) / count
    size = doc.size * rng.uniform(0.75, 1.0)
    bold, color = rng.random() < 0.6, rng.choice((doc.accent, doc.accent, (0.45, 0.45, 0.45)))
    ends = [y]

    def heading(x: float, key: str) -> tuple[Span, str]:
        text = doc.label_of(CONCEPTS[key])
        return doc.print_label(x, y, text, size=size, bold=bold, color=color)[0], text

    for number, block in enumerate(blocks):
        x = doc.margin + wide * number
        room = wide - 10
        if block == "from":
            heading(x, front.seller)
            low = y + doc.line
            if rng.random() < 0.3:
                doc.write(x, low, doc.wrap(doc.content.company(), room)[0], bold=rng.random() < 0.4)
                low += doc.line
            low = _contact(doc, x, low, room, doc.size)
        else:
            key = front.party if block == "to" else "ship_to"
            label, text = heading(x, key)
            name = doc.content.person() if rng.random() < 0.3 else doc.content.company()
            strong = rng.random() < 0.5
            low, spans = doc.paragraph(x, y + doc.line, room, name, bold=strong)
            doc.state(key, "text", spans, label, text)
            for row in (r for part in doc.content.address() for r in doc.wrap(part, room)):
                doc.write(x, low, row)
                low += doc.line
        ends.append(low)
    if facts:
        half = (len(header) + facts - 1) // facts
        align: Align = "right" if facts == 1 and rng.random() < 0.5 else "left"
        for number in range(facts):
            x = doc.margin + wide * (len(blocks) + number)
            ends.append(
                _stack(doc, header[number * half : (number + 1) * half], x, y, wide - 6, size, bold, color, align)
            )
    low = max(ends)
    if below:
        low = pairs(
            doc, doc.margin, low + doc.line, doc.right - doc.margin, header, rng.choice(("row", "boxed", "row"))
        )
    return Room(doc.margin, doc.right, low + doc.line)


def _stack(
    doc: Document,
    items: Sequence[Pair],
    x: float,
    y: float,
    width: float,
    size: float,
    bold: bool,
    color: Color,
    align: Align,
) -> float:
    """Headings, each with its value below; returns the next baseline."""
    at = x + width if align == "right" else x
    for pair in items:
        text = pair.label or doc.label_of(CONCEPTS[pair.key])
        label, _ = doc.print_label(at, y, text, size=size, bold=bold, color=color, align=align)
        y += doc.line
        y, spans = _rows(doc, pair, at, y, width, align)
        if pair.key:
            doc.state(pair.key, pair.type, spans, label, text)
        else:
            doc.canvas.facts.append(Fact(pair.type, (text,), (), tuple(s for s in spans if s[1] > s[0]), label))
        y += doc.line * doc.rng.choice((0.2, 0.2, 0.6))
    return y


def _rows(doc: Document, pair: Pair, x: float, y: float, width: float, align: Align) -> tuple[float, list[Span]]:
    spans = []
    for row in (r for line in pair.lines for r in doc.wrap(line, width)):
        spans.append(doc.write(x, y, row, align=align))
        y += doc.line
    return y, spans


def bar(doc: Document, front: Front) -> Room:
    """A coloured bar down one side with who writes and the header; title and party stand beside it."""
    rng = doc.rng
    width = doc.canvas.width * rng.uniform(0.22, 0.31)
    ground, ink = _ground(doc)
    at_left = rng.random() < 0.75
    edge = 0.0 if at_left else doc.canvas.width - width
    doc.canvas.box(edge, 0, edge + width, doc.canvas.height, fill=ground)
    x, room = edge + 16, width - 28
    y = doc.margin + doc.size * 2
    with _painted(doc, ink, ink):
        low = _name(doc, front.seller, x, y, room, doc.size * rng.uniform(1, 1.8)) + doc.line * 0.5
        low = _contact(doc, x, low, room, doc.size * rng.uniform(0.8, 1)) + doc.line
        small = doc.size * rng.uniform(0.75, 0.95)
        fitting = [p for p in front.header if p.key not in doc.asked]
        _stack(doc, fitting, x, low, room, small, rng.random() < 0.4, ink, "left")
    left = width + 24 if at_left else doc.margin
    right = doc.right if at_left else doc.canvas.width - width - 24
    size = doc.size * rng.uniform(1.6, 3)
    doc.write(left, y, front.title, bold=rng.random() < 0.5, size=size, color=doc.accent)
    y += size + doc.line
    labelled = rng.random() < 0.85
    text = doc.label_of(CONCEPTS[front.party])
    label = doc.print_label(left, y, text, size=doc.size * rng.uniform(0.75, 1))[0] if labelled else None
    y += doc.line * labelled
    name = doc.wrap(doc.content.company() if rng.random() < 0.7 else doc.content.person(), right - left)[0]
    span = doc.write(left, y, name, bold=rng.random() < 0.5)
    doc.state(front.party, "text", [span], label, text if labelled else None)
    for row in doc.content.address():
        y += doc.line
        doc.write(left, y, row)
    return Room(left, right, y + doc.line * 2)


FRONTS = (band, plain, bar)
