"""A state becomes a drawn or printed mark: check boxes and radio buttons as forms have them."""

from __future__ import annotations

from dataclasses import dataclass

from docpipe.nano.generate.canvas import Span
from docpipe.nano.generate.document import Document

# Pairs of characters for on and off.
_PRINTED = (("[x]", "[ ]"), ("[X]", "[ ]"), ("(x)", "( )"), ("(X)", "( )"), ("☒", "☐"), ("☑", "☐"), ("(•)", "( )"))
BOXES = "☐☒"  # what an empty and a marked shape are read as


@dataclass(frozen=True)
class Marks:
    """How one form draws its marks: as characters (`on`, `off`) or, where these are empty, as shapes."""

    shape: str
    tick: str
    size: float
    on: str = ""
    off: str = ""

    @staticmethod
    def choose(doc: Document, *, single: bool) -> Marks:
        """A style; `single` allows round ones, of which one is chosen."""
        rng = doc.rng
        size = doc.size * rng.uniform(0.75, 1.2)
        if rng.random() < 0.22:
            usable = [p for p in _PRINTED if all(doc.regular.has_glyph(ord(c)) for c in "".join(p))]
            on, off = rng.choice(usable)
            return Marks("printed", "", size, on, off)
        shape = rng.choice(
            ("square", "square", "circle", "circle") if single else ("square", "square", "square", "rounded")
        )
        ticks = (
            ("dot", "dot", "dot", "cross", "fill")
            if shape == "circle"
            else ("cross", "cross", "tick", "fill", "bold", "loose")
        )
        return Marks(shape, rng.choice(ticks), size)

    def width(self, doc: Document) -> float:
        """Room that a mark takes, in points."""
        return max(doc.measure(self.on), doc.measure(self.off)) if self.on else self.size

    def draw(self, doc: Document, x: float, y: float, state: bool) -> Span:
        """Draw a mark on the baseline `y`; return its characters. A shape counts as the character of a box."""
        if self.on:
            return doc.write(x, y, self.on if state else self.off)
        canvas, rng, side = doc.canvas, doc.rng, self.size
        top, bottom, right = y - side * 0.88, y + side * 0.12, x + side
        line = 0.7 if side < 9 else 0.9
        middle, centre = (x + right) / 2, (top + bottom) / 2
        if self.shape == "circle":
            canvas.circle(middle, centre, side / 2, color=doc.ink, width=line)
        else:
            canvas.box(
                x, top, right, bottom, color=doc.ink, width=line, radius=0.25 if self.shape == "rounded" else None
            )
        place = canvas.shown(BOXES[state], (x, top, right, bottom))
        if not state:
            return place
        reach = side * (0.32 if self.tick == "cross" else 0.62)
        slip = [rng.uniform(-0.12, 0.12) * side if self.tick == "loose" else 0.0 for _ in range(4)]
        if self.tick == "dot":
            canvas.circle(middle, centre, side * 0.27, fill=doc.ink)
        elif self.tick == "fill" and self.shape == "circle":
            canvas.circle(middle, centre, side * 0.46, fill=doc.ink)
        elif self.tick == "fill":
            inset = side * rng.choice((0.0, 0.2))
            canvas.box(x + inset, top + inset, right - inset, bottom - inset, fill=doc.ink)
        elif self.tick == "tick":
            points = [
                (x + side * 0.15, centre),
                (x + side * 0.4, bottom - side * 0.12),
                (right + side * 0.15, top - side * 0.1),
            ]
            canvas.polygon(points, None, doc.ink, 1.3, closed=False)
        elif self.tick == "bold":
            self._cross(doc, middle, centre, side * 0.28, [0.0] * 4, 1.4)
        else:
            self._cross(doc, middle, centre, reach, slip, rng.choice((0.9, 1.2)))
        return place

    @staticmethod
    def _cross(doc: Document, x: float, y: float, reach: float, slip: list[float], width: float) -> None:
        doc.canvas.line(
            x - reach + slip[0], y - reach + slip[1], x + reach + slip[2], y + reach + slip[3], width, doc.ink
        )
        doc.canvas.line(
            x - reach + slip[3], y + reach + slip[2], x + reach + slip[1], y - reach + slip[0], width, doc.ink
        )
