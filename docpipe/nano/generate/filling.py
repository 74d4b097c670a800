"""A field becomes what a person writes into it, in the pen of one form."""

from __future__ import annotations

import re
import string
from dataclasses import dataclass

import pymupdf

from docpipe.nano.generate import fonts
from docpipe.nano.generate.canvas import Color, FactType, Span
from docpipe.nano.generate.document import Document
from docpipe.nano.generate.form_words import NATIONS


@dataclass(frozen=True)
class Pen:
    """What a form is filled in with: a font, its size, its colour, how far it strays from the line, capitals."""

    font: pymupdf.Font
    size: float
    color: Color
    stray: float
    capitals: bool

    @staticmethod
    def choose(doc: Document, *, evaluation: bool) -> Pen:
        """Often the form's own font, else another: typed or written by hand."""
        rng = doc.rng
        own = rng.random() < 0.4
        font = doc.regular if own else fonts.load(fonts.filled_in(rng, evaluation=evaluation))
        size = doc.size * (1 if own and rng.random() < 0.6 else rng.uniform(0.95, 1.3))
        ink = rng.choice(((0.0, 0.0, 0.0), (0.0, 0.0, 0.0), (0.05, 0.1, 0.45), (0.2, 0.2, 0.25)))
        return Pen(font, size, ink, 0.0 if own else rng.choice((0.0, 0.0, 0.4, 0.9)), rng.random() < 0.15)

    def width(self, text: str) -> float:
        """Width of a text in points."""
        return sum(fonts.advances(self.font, text)) * self.size

    def write(self, doc: Document, x: float, y: float, text: str) -> Span:
        """Write a value from `x` on, near the baseline `y`."""
        shift = doc.rng.uniform(-self.stray, self.stray) if self.stray else 0.0
        return doc.canvas.write(x, y + shift, text, self.font, self.size, self.color)


def _person(doc: Document) -> list[str]:
    names = [w for w in doc.content.person().split() if not w.endswith(".") and not re.fullmatch("[A-Z]{2,4}", w)]
    return names or ["Anna"]


def value(doc: Document, maker: str) -> str:
    """What is filled in for a maker such as `date`, `words:2` or `int:1:60`."""
    rng, c = doc.rng, doc.content
    name, *limits = maker.split(":")
    if name == "int":
        low, high = map(int, limits)
        return str(int(low + (high - low) * rng.random() ** (1 if high < 1000 else 2)))
    if name == "words":
        text = c.words(rng.randint(1, int(limits[0])))
        return text[0].upper() + text[1:]
    digits = "".join(rng.choice(string.digits) for _ in range(4))
    capitals = "".join(rng.choice(string.ascii_uppercase) for _ in range(4))
    match name:
        case "first":
            return _person(doc)[0]
        case "last":
            return rng.choice(c.pools.roots)
        case "town":
            return doc.content.town()[1]
        case "postcode":
            return doc.content.town()[0]
        case "street":
            return c.address()[0]
        case "nation":
            return rng.choice(NATIONS[doc.language]).split("|")[0]
        case "nation_name":
            return rng.choice(NATIONS[doc.language]).split("|")[1]
        case "height":
            return rng.choice(
                (f"{rng.randint(150, 200)}", f"{rng.randint(150, 200)} cm", f"1{c.decimal}{rng.randint(50, 99)} m")
            )
        case "weight":
            return rng.choice(
                (f"{rng.randint(45, 130)}", f"{rng.randint(45, 130)} kg", f"{c.number(rng.randint(100, 90000))} kg")
            )
        case "blood":
            return rng.choice(("A+", "A-", "B+", "B-", "AB+", "0+", "0-", "O+", "O-", "AB-"))
        case "plate":
            return rng.choice(
                (
                    f"{capitals[:1]}-{capitals[1:3]} {digits}",
                    f"{capitals[:2]}{digits[:2]} {capitals[1:]}",
                    f"{capitals[:2]}-{digits[:3]}-{capitals[2:]}",
                    f"{digits} {capitals[:3]}",
                )
            )
        case "hours":
            return rng.choice((str(rng.randint(1, 60)), f"{rng.randint(0, 40)}{c.decimal}{rng.choice((5, 25, 75))}"))
        case "year":
            return str(rng.randint(2005, 2026))
        case "bic":
            return capitals + rng.choice(("DEFF", "FRPP", "NL2A", "GB22XXX", "ITMM", "ESMM"))
        case "money":
            return c.money(c.cents(500, 9_000_000), True if rng.random() < 0.5 else None)
        case "sentence":
            return c.sentence()
        case "long":
            return " ".join(c.sentence() for _ in range(rng.randint(1, 3)))
        case "item":
            return c.item(4)
        case "time":
            return c.time()
        case "company":
            return c.company()
        case "date":
            return c.date()
        case "phone":
            return c.phone()
        case "email":
            return c.email()
        case "iban":
            return c.iban()
        case "person":
            return c.person()
    return c.code()


def fact_type(maker: str) -> FactType:
    """What type of answer a maker's value is."""
    if maker.startswith("int"):
        return "integer"
    return "date" if maker == "date" else "amount" if maker == "money" else "text"


def lines(doc: Document, pen: Pen, maker: str, width: float, most: int) -> list[str]:
    """A value broken into at most `most` lines of `width` points; prose is cut to fit, other values are left out."""
    rows: list[str] = []
    for _ in range(4):
        text = value(doc, maker)
        rows = [""]
        for word in (text.upper() if pen.capitals else text).split():
            longer = f"{rows[-1]} {word}".strip()
            if pen.width(longer) <= width:
                rows[-1] = longer
            else:
                rows.append(word)
        rows = [r for r in rows if r]
        if len(rows) <= most and all(pen.width(r) <= width for r in rows):
            return rows
    prose = maker in {"long", "sentence", "item"} or maker.startswith("words")
    return [r for r in rows[:most] if pen.width(r) <= width] if prose else []
