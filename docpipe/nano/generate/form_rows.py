"""Rows of a form that are answered by a mark: questions under common options, questions with yes and no at their end."""

from __future__ import annotations

from docpipe.nano.generate.canvas import Span
from docpipe.nano.generate.document import Document
from docpipe.nano.generate.form_drawing import Entry, FormDrawing
from docpipe.nano.generate.form_words import CHOICES, YES_NO
from docpipe.nano.generate.keyvalue import label as unknown_label


def _question(doc: Document, width: float, mark: str) -> str:
    """Words that may be a question, on one line."""
    text = unknown_label(doc) if doc.rng.random() < 0.3 else doc.content.sentence().rstrip(".;:")
    return doc.wrap(text, width)[0].rstrip(" ,.:;") + mark


def matrix(sheet: FormDrawing, x: float, y: float, width: float, bottom: float) -> float:
    """Questions with the same options in columns, a mark in each row; returns the baseline after them."""
    doc, rng = sheet.doc, sheet.doc.rng
    key = rng.choice(("satisfaction", "smoker", "frequency"))
    options = CHOICES[key][1][doc.language]
    if rng.random() < 0.3:
        options = tuple("12345")
    cell = max(max(doc.measure(o) for o in options) + 10, 24)
    start = x + width - cell * len(options)
    if start - x < 110 or y + doc.line * 6 > bottom:
        return y
    y += doc.line
    heads = [doc.write(start + cell * (i + 0.5), y, o, align="center") for i, o in enumerate(options)]
    for _ in range(rng.randint(2, 6)):
        y += doc.line * 1.3
        text = _question(doc, start - x - 8, "")
        if y > bottom or text.lower() in doc.printed:
            break
        label = doc.write(x, y, text)
        doc.printed.add(text.lower().strip(" .:"))
        chosen = rng.randrange(len(options)) if rng.random() < 0.9 else None
        for number in range(len(options)):
            sheet.radios.draw(doc, start + cell * (number + 0.5) - sheet.radios.width(doc) / 2, y, number == chosen)
        doc.canvas.line(x, y + doc.size * 0.45, x + width, y + doc.size * 0.45, 0.3, (0.6, 0.6, 0.6))
        sheet.record(Entry(text, 1), label, [heads[chosen]] if chosen is not None else [], "choice")
    return y + doc.line


def questions(sheet: FormDrawing, x: float, y: float, width: float, bottom: float) -> float:
    """Questions, each with boxes for yes and no at the end of its line; returns the baseline after them."""
    doc, rng = sheet.doc, sheet.doc.rng
    options = YES_NO[doc.language]
    needed = sheet.options_width(Entry("", 1, options=options))
    room = width - needed - doc.size * 2
    if room < 90:
        return y
    ruled, mark = rng.random() < 0.6, rng.choice(("?", "?", " ?", "")) if doc.language == "fr" else rng.choice("??:")
    y += doc.line
    for _ in range(rng.randint(2, 7)):
        text = _question(doc, room, mark)
        bare = text.lower().strip(" .:")
        if y > bottom or bare in doc.printed:
            break
        label: Span = doc.write(x, y, text)
        doc.printed.add(bare)
        entry = Entry(text, 1, options=options, empty=rng.random() < 0.08)
        sheet.record(entry, label, sheet.choose(entry, x + width - needed, y, needed), "choice")
        if ruled:
            doc.canvas.line(x, y + doc.size * 0.5, x + width, y + doc.size * 0.5, 0.3, (0.6, 0.6, 0.6))
        y += doc.line * 1.4
    return y
