"""Text, lines and shapes on a page become a grey picture and the place of every character.

The canvas draws with PyMuPDF and keeps, for each character it draws, its code point and its box in points
(origin top left), so that a generated page carries its own truth: what stands where, and which characters
make up which value.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

import numpy as np
import pymupdf
from numpy.typing import NDArray

from docpipe.nano.generate.fonts import advances

Color = tuple[float, float, float]
Span = tuple[int, int]  # first and one past the last character of a run of text
FactType = Literal["text", "date", "amount", "integer", "choice", "check", "starts", "fits"]


@dataclass(frozen=True)
class Fact:
    """One thing that can be asked of a page, and its true answer.

    `labels` are printed labels that may stand beside the value, `names` are words for what is asked (a key, a
    description, a question). `spans` are the runs of characters of the value in reading order: empty when it is
    not on the page. `label` is the run of the printed label. `anchor` is a character that the question is
    about (the start of a table row). `starts` are the first characters of the things to be found, for a fact
    of type `starts`. `state` answers a `check` or a `fits`. `key` is the concept's, where it is one.
    """

    type: FactType
    labels: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    spans: tuple[Span, ...] = ()
    label: Span | None = None
    anchor: int | None = None
    starts: tuple[int, ...] = ()
    state: bool | None = None
    key: str = ""


@dataclass
class LabelledPage:
    """A generated page: grey pixels (height, width) uint8, characters with boxes in pixels, and facts.

    `codes` holds code points, `boxes` (n, 4) float32 the characters' boxes in pixels of `image`; spaces are
    characters too. `kind` is the kind of document, `turn` by how many degrees it is turned clockwise.
    """

    image: NDArray[np.uint8]
    codes: NDArray[np.int32]
    boxes: NDArray[np.float32]
    facts: list[Fact]
    kind: str
    turn: int = 0

    def text(self, spans: tuple[Span, ...]) -> str:
        """The characters of the spans, spans joined by a space."""
        return " ".join("".join(map(chr, self.codes[a:b])) for a, b in spans)


@dataclass
class Canvas:
    """A page to draw on, `width` x `height` points."""

    width: float
    height: float
    codes: list[int] = field(default_factory=list)
    boxes: list[tuple[float, float, float, float]] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._document = pymupdf.open()
        self._page = self._document.new_page(width=self.width, height=self.height)
        self._shape = self._page.new_shape()
        self._writers: dict[Color, pymupdf.TextWriter] = {}
        self._upward: list[tuple[pymupdf.TextWriter, tuple[float, float], Color]] = []

    def write(self, x: float, y: float, text: str, font: pymupdf.Font, size: float, color: Color = (0, 0, 0)) -> Span:
        """Draw one line of text with its baseline at (x, y); return its run of characters."""
        if not text:
            return (len(self.codes), len(self.codes))
        if not text.isspace():
            writer = self._writers.get(color)
            if writer is None:
                writer = self._writers[color] = pymupdf.TextWriter(self._page.rect)
            writer.append((x, y), text, font=font, fontsize=size)
        first = len(self.codes)
        left = x
        for char, advance in zip(text, advances(font, text), strict=True):
            self.codes.append(ord(char))
            self.boxes.append((left, y - 0.74 * size, left + advance * size, y + 0.2 * size))
            left += advance * size
        return (first, len(self.codes))

    def shown(self, char: str, box: tuple[float, float, float, float]) -> Span:
        """Count a shape that was drawn as a character; return its run."""
        self.codes.append(ord(char))
        self.boxes.append(box)
        return (len(self.codes) - 1, len(self.codes))

    def write_upward(
        self, x: float, y: float, text: str, font: pymupdf.Font, size: float, color: Color = (0, 0, 0)
    ) -> Span:
        """Draw one line of text that runs up the page from (x, y), its baseline at `x`; return its run."""
        writer = pymupdf.TextWriter(self._page.rect)
        writer.append((x, y), text, font=font, fontsize=size)
        self._upward.append((writer, (x, y), color))
        first = len(self.codes)
        for char, advance in zip(text, advances(font, text), strict=True):
            self.codes.append(ord(char))
            self.boxes.append((x - 0.74 * size, y - advance * size, x + 0.2 * size, y))
            y -= advance * size
        return (first, len(self.codes))

    def line(
        self,
        x0: float,
        y0: float,
        x1: float,
        y1: float,
        width: float = 0.5,
        color: Color = (0, 0, 0),
        dashes: str | None = None,
    ) -> None:
        """Draw a straight line, `width` points wide."""
        self._shape.draw_line((x0, y0), (x1, y1))
        self._shape.finish(width=width, color=color, dashes=dashes)

    def box(
        self,
        x0: float,
        y0: float,
        x1: float,
        y1: float,
        fill: Color | None = None,
        color: Color | None = None,
        width: float = 0.5,
        radius: float | None = None,
    ) -> None:
        """Draw a rectangle, filled or outlined; `radius` rounds its corners (share of the shorter side)."""
        if x1 - x0 < 0.5 or y1 - y0 < 0.5:
            return
        self._shape.draw_rect(pymupdf.Rect(x0, y0, x1, y1), radius=radius)
        self._shape.finish(width=width, color=color, fill=fill)

    def polygon(
        self,
        points: list[tuple[float, float]],
        fill: Color | None,
        color: Color | None = None,
        width: float = 0.5,
        closed: bool = True,
    ) -> None:
        """Draw a polygon or, with `closed` false, a line through the points."""
        self._shape.draw_polyline(points)
        self._shape.finish(width=width, color=color, fill=fill, closePath=closed)

    def circle(
        self,
        x: float,
        y: float,
        radius: float,
        fill: Color | None = None,
        color: Color | None = None,
        width: float = 0.5,
    ) -> None:
        """Draw a circle around (x, y)."""
        self._shape.draw_circle((x, y), radius)
        self._shape.finish(width=width, color=color, fill=fill)

    def picture(self, dpi: float) -> NDArray[np.uint8]:
        """Render what was drawn as grey pixels (height, width)."""
        self._shape.commit()
        for color, writer in self._writers.items():
            writer.write_text(self._page, color=color)
        for writer, at, color in self._upward:
            writer.write_text(self._page, color=color, morph=(pymupdf.Point(*at), pymupdf.Matrix(90)))
        pixmap = self._page.get_pixmap(dpi=round(dpi), colorspace=pymupdf.csGRAY, alpha=False)
        pixels = np.frombuffer(pixmap.samples, np.uint8).reshape(pixmap.height, pixmap.stride)
        return pixels[:, : pixmap.width].copy()

    def pdf(self) -> bytes:
        """The page as a PDF file, with its text as text; after it was rendered."""
        foot = self._page.rect.height - self.height  # a receipt ends where its last line does
        self._page.set_mediabox(pymupdf.Rect(0, foot, self.width, foot + self.height))
        written: bytes = self._document.tobytes(garbage=3, deflate=True)
        return written

    def close(self) -> None:
        """Free the page."""
        self._document.close()
