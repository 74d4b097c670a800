"""Marked HTML goes in; a PDF with a text layer and the boxes of its marks come out (WeasyPrint)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from weasyprint import HTML  # type: ignore[import-untyped]  # it ships no types
from weasyprint.formatting_structure.boxes import Box as LaidBox  # type: ignore[import-untyped]  # as above
from weasyprint.formatting_structure.boxes import TextBox

Placed = tuple[int, float, float, float, float]
PT_PER_PX = 0.75
# A line of text reaches about this far above and below its baseline, in ems; the box of a text is this tall
# whatever the line height is.
ABOVE, BELOW = 0.78, 0.22

PAGES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "sheets"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


@dataclass(frozen=True)
class Printed:
    """A finished PDF. Boxes are (page from 1, x0, y0, x1, y1) in points from the top left."""

    pdf: bytes
    boxes: dict[str, Placed]


def fill(template: str, **values: object) -> str:
    """The HTML of a page design of sheets/ with its values."""
    return PAGES.get_template(template).render(**values)


Rect = tuple[float, float, float, float]


@dataclass(frozen=True)
class Laid:
    """A box of the layout, the marks it lies in, and the middle it is turned about (a quarter to the left)."""

    box: Any
    at: tuple[str, ...]
    middle: tuple[float, float] | None

    @property
    def rect(self) -> Rect:
        rect = _text_rect(self.box) if isinstance(self.box, TextBox) else _box_rect(self.box)
        if self.middle is None:
            return rect
        x, y = self.middle
        return (x + rect[1] - y, y + x - rect[2], x + rect[3] - y, y + x - rect[0])


def _walk(box: LaidBox, at: tuple[str, ...] = (), middle: tuple[float, float] | None = None) -> Iterator[Laid]:
    if box.element is not None and not isinstance(box, TextBox):
        own = box.element.get("data-at")
        if own and own not in at:
            at = (*at, own)
        if box.element.get("data-turned") and middle is None:
            x0, y0, x1, y1 = _box_rect(box)
            middle = ((x0 + x1) / 2, (y0 + y1) / 2)
    yield Laid(box, at, middle)
    for child in getattr(box, "children", ()):
        yield from _walk(child, at, middle)


def _text_rect(box: Any) -> Rect:
    base = box.position_y + box.baseline
    size = box.style["font_size"]
    return (box.position_x, base - ABOVE * size, box.position_x + box.width, base + BELOW * size)


def _box_rect(box: Any) -> Rect:
    x, y = box.border_box_x(), box.border_box_y()
    return (x, y, x + box.border_width(), y + box.border_height())


def _places(document: Any) -> dict[str, Placed]:
    """The hull of the texts in each mark; of the mark's own box where it holds no text."""
    texts: dict[str, list[Placed]] = {}
    frames: dict[str, list[Placed]] = {}
    for number, page in enumerate(document.pages, 1):
        for laid in _walk(page._page_box):
            if not laid.at:
                continue
            if isinstance(laid.box, TextBox):
                if laid.box.text.strip():
                    for pointer in laid.at:
                        texts.setdefault(pointer, []).append((number, *laid.rect))
            elif laid.box.element is not None and laid.box.element.get("data-at"):
                frames.setdefault(laid.at[-1], []).append((number, *laid.rect))
    return {pointer: _union(texts.get(pointer) or frames[pointer]) for pointer in {**frames, **texts}}


def _union(rects: list[Placed]) -> Placed:
    """The hull of the rectangles on the first of their pages, in points."""
    first = rects[0][0]
    here = [r for r in rects if r[0] == first]
    edges = (min(r[1] for r in here), min(r[2] for r in here), max(r[3] for r in here), max(r[4] for r in here))
    x0, y0, x1, y1 = (round(edge * PT_PER_PX, 2) for edge in edges)
    return (first, x0, y0, x1, y1)


def press(html: str, *, roll: bool = False) -> Printed:
    """Lays out `html`. A `roll` is one page cut off below its last line, as a till's printer does."""
    document = HTML(string=html).render()
    if roll:
        lowest = max(laid.rect[3] for laid in _walk(document.pages[0]._page_box) if isinstance(laid.box, TextBox))
        height = round(lowest + 30)
        document = HTML(
            string=html.replace("</head>", f"<style>@page {{ size: {document.pages[0].width}px {height}px }}</style></head>")
        ).render()
    if roll and len(document.pages) != 1:
        raise ValueError("a roll must be one page")
    return Printed(document.write_pdf(), _places(document))
