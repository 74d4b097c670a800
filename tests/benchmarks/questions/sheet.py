"""Texts at places become the pages of a PDF with a text layer, and the box of every value that was put there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

import pymupdf

from docpipe.types import Box
from tests.handmade import stream, write_pdf

WIDTH, HEIGHT = 595.0, 842.0
LEFT, RIGHT, BOTTOM = 56.0, 540.0, 770.0
# The letters of each style, plain and bold, as names of the PDF's standard fonts and as PyMuPDF calls them.
_FACES = (("Helvetica", "helv"), ("Helvetica-Bold", "hebo"), ("Times-Roman", "tiro"), ("Times-Bold", "tibo"))
_FIRST_FACE = (0, 2, 0)


@dataclass(frozen=True)
class Place:
    """Where a value is printed: its page, from 1, and its box in points from the top left."""

    page: int
    box: Box


@dataclass
class Sheet:
    """Pages as they are filled. `style` (0 to 2) chooses the letters. Values are noted under their JSON pointer."""

    style: int
    texts: dict[str, str] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._pages: list[list[str]] = []
        self.turn()

    def turn(self) -> None:
        """Begin the next page."""
        self._pages.append([])

    @property
    def number(self) -> int:
        """The page that is being filled."""
        return len(self._pages)

    def put(
        self,
        x: float,
        y: float,
        text: str,
        *,
        value: str | None = None,
        size: float = 10,
        bold: bool = False,
        right: bool = False,
    ) -> float:
        """Print `text` with its baseline at `y`, from `x` or, with `right`, up to it. The x where it ends.

        `value` is the pointer of the value that it is.
        """
        face = _FIRST_FACE[self.style] + bold
        width = _width(text, _FACES[face][1]) * size
        start = x - width if right else x
        shown = text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
        self._pages[-1].append(f"BT /F{face} {size:g} Tf {start:.2f} {HEIGHT - y:.2f} Td ({shown}) Tj ET")
        if value is not None:
            self.texts[value] = text
            self.places[value] = Place(self.number, (start, y - 0.8 * size, start + width, y + 0.25 * size))
        return start + width

    def rule(self, y: float) -> None:
        """A line across the page."""
        self._pages[-1].append(f"0.6 w {LEFT:g} {HEIGHT - y:.2f} m {RIGHT:g} {HEIGHT - y:.2f} l S")

    def pairs(self, x: float, y: float, rows: Sequence[tuple[str, str, str]], *, gap: float = 100) -> float:
        """Rows of a label and, `gap` to its right, a value with its pointer. The y below them."""
        for label, text, value in rows:
            self.put(x, y, f"{label}:", size=9.5)
            self.put(x + gap, y, text, value=value)
            y += 16
        return y

    def stacked(self, y: float, rows: Sequence[tuple[str, str, str]]) -> float:
        """Values under their labels, three beside each other. The y below them."""
        for start in range(0, len(rows), 3):
            for column, (label, text, value) in enumerate(rows[start : start + 3]):
                x = LEFT + 168 * column
                self.put(x, y, label, size=8.5)
                self.put(x, y + 13, text, value=value)
            y += 36
        return y

    def content(self) -> bytes:
        """The PDF, the same bytes for the same texts."""
        first = 3 + len(_FACES)
        fonts = b" ".join(b"/F%d %d 0 R" % (number, 3 + number) for number in range(len(_FACES)))
        kids = b" ".join(b"%d 0 R" % (first + 2 * index) for index in range(len(self._pages)))
        objects = {
            1: b"<< /Type /Catalog /Pages 2 0 R >>",
            2: b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, len(self._pages)),
        }
        for number, (face, _) in enumerate(_FACES):
            said = b"<< /Type /Font /Subtype /Type1 /BaseFont /%s /Encoding /WinAnsiEncoding >>" % face.encode()
            objects[3 + number] = said
        for index, shown in enumerate(self._pages):
            objects[first + 2 * index] = (
                b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %g %g] /Contents %d 0 R"
                b" /Resources << /Font << %s >> >> >>" % (WIDTH, HEIGHT, first + 2 * index + 1, fonts)
            )
            objects[first + 2 * index + 1] = stream("\n".join(shown).encode("cp1252"))
        return write_pdf(objects)


@cache
def _width(text: str, face: str) -> float:
    """In units of the letters' size."""
    # PyMuPDF takes the letters by their WinAnsi codes.
    width: float = pymupdf.get_text_length(text.encode("cp1252").decode("latin-1"), fontname=face, fontsize=1)
    return width
