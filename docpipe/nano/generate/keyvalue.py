"""A seed becomes a page of labels and values of any kind: what teaches to find a label one has never seen."""

from __future__ import annotations

import random

from docpipe.nano.generate.blocks import Pair, pairs, prose
from docpipe.nano.generate.canvas import Fact
from docpipe.nano.generate.document import Document
from docpipe.nano.generate.values import value_of
from docpipe.nano.vocabulary import CONCEPTS

LAYOUTS = ("aligned", "inline", "spread", "stacked", "boxed", "row", "cards", "captions", "trailing")
# Layouts as columns of the page, as shares of its width.
SPLITS = (((0.0, 1.0),), ((0.0, 0.48), (0.52, 1.0)), ((0.0, 0.31), (0.345, 0.655), (0.69, 1.0)))


def label(doc: Document) -> str:
    """A label nobody has seen: words of a language, random letters, a code."""
    rng, c = doc.rng, doc.content
    text = rng.choice(
        (
            lambda: c.words(rng.randint(1, 3)),
            lambda: c.gibberish(),
            lambda: f"{c.gibberish()} {c.gibberish()}",
            lambda: f"{c.words(1)} {rng.choice(('No.', 'Nr.', 'ID', 'date', '#', 'code', 'n°'))}",
            lambda: c.words(2),
        )
    )()
    return text if rng.random() < 0.4 else text[0].upper() + text[1:]


def value(doc: Document) -> tuple[str, ...]:
    """A value of any sort, on one line or two."""
    rng, c = doc.rng, doc.content

    def one() -> str:
        return rng.choice(
            (
                c.code,
                c.date,
                c.company,
                c.person,
                c.phone,
                c.email,
                lambda: c.money(c.cents()),
                lambda: c.words(rng.randint(1, 5)),
                c.gibberish,
                c.iban,
                c.tax_id,
                lambda: str(rng.randint(0, 9999)),
                lambda: c.address()[1],
                c.time,
                lambda: f"{c.gibberish()} {c.gibberish()}",
            )
        )()

    return (one(), one()) if rng.random() < 0.08 else (one(),)


def items(doc: Document, count: int, own: float = 0.75) -> list[Pair]:
    """Pairs with labels of their own (share `own`), else of concepts; some have no value."""
    found: list[Pair] = []
    seen: set[str] = set()
    for _ in range(count):
        empty = doc.rng.random() < 0.06
        if doc.rng.random() < own:
            text = label(doc)
            if text.lower().strip(" .:") not in seen:
                seen.add(text.lower().strip(" .:"))
                found.append(Pair("", () if empty else value(doc), "text", label=text))
        else:
            key = doc.rng.choice([k for k in CONCEPTS if k not in {p.key for p in found}])
            found.append(Pair(key, () if empty else value_of(doc, key), "date" if "date" in key else "text"))
    return found


def write(rng: random.Random, language: str, *, evaluation: bool = False) -> Document:
    """A page, or a part of one, of labels and values in one to three columns, with dense text between."""
    width, height = rng.choice(((595, 842), (612, 792), (842, 595), (420, 595), (400, 300)))
    doc = Document(rng, language, width, height, evaluation=evaluation)
    y = doc.margin + doc.size * 2
    if rng.random() < 0.5:
        doc.write(
            doc.margin,
            y,
            doc.content.words(rng.randint(1, 4)).title(),
            bold=True,
            size=doc.size * rng.uniform(1.2, 2.2),
            color=doc.accent,
        )
        y += doc.line * 2.5
    inner = doc.right - doc.margin
    while y < height - doc.margin - doc.line * 4:
        split = rng.choice(SPLITS if inner > 350 else SPLITS[:2])
        layout = rng.choice(LAYOUTS)
        room = int((height - doc.margin - y) / doc.line / (2.6 if layout in {"stacked", "cards", "captions"} else 1.3))
        ends = []
        for a, b in split:
            ends.append(
                pairs(
                    doc,
                    doc.margin + inner * a,
                    y,
                    inner * (b - a),
                    items(doc, min(rng.randint(1, 8), max(1, room))),
                    layout,
                )
            )
        y = max(ends) + doc.line * rng.uniform(0.5, 2)
        if rng.random() < 0.35:
            y = (
                prose(doc, doc.margin, y, inner, min(y + doc.line * rng.randint(2, 6), height - doc.margin))
                + doc.line * 1.5
            )
        if rng.random() < 0.2:
            break
    for _ in range(3):
        text = label(doc)
        if text.lower().strip(" .:") not in doc.printed:
            doc.canvas.facts.append(Fact("text", (text,)))
    doc.deny(tuple(CONCEPTS), 4)
    return doc
