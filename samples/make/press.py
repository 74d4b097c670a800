"""Marked HTML goes in; a PDF with a text layer and the boxes of its marks come out (WeasyPrint)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from weasyprint import HTML
from weasyprint.formatting_structure.boxes import Box as LaidBox
from weasyprint.formatting_structure.boxes import TextBox

Placed = tuple[int, float, float, float, float]
PT_PER_PX = 0.75
# A line of text reaches about this far above and below its baseline, in ems; the box of a text is this tall
# whatever the line height is.
ABOVE, BELOW = 0.78, 0.22

PAGES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "sheets"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
)


@dataclass(frozen=True)
class Printed:
    """A finished PDF. Boxes are (page from 1, x0, y0, x1, y1) in points from the top left."""

    pdf: bytes
    boxes: dict[str, Placed]


def fill(template: str, **values: object) -> str:
    """The HTML of a page design of sheets/ with its values."""
    return PAGES.get_template(template).render(**values)


def _walk(box: LaidBox, at: tuple[str, ...]) -> Iterator[tuple[LaidBox, tuple[str, ...]]]:
    own = box.element.get("data-at") if box.element is not None else None
    if own and own not in at:
        at = (*at, own)
    yield box, at
    for child in getattr(box, "children", ()):
        yield from _walk(child, at)


def _text_rect(box: Any) -> tuple[float, float, float, float]:
    base = box.position_y + box.baseline
    size = box.style["font_size"]
    return (box.position_x, base - ABOVE * size, box.position_x + box.width, base + BELOW * size)


def _box_rect(box: Any) -> tuple[float, float, float, float]:
    x, y = box.border_box_x(), box.border_box_y()
    return (x, y, x + box.border_width(), y + box.border_height())


def _places(document: Any) -> dict[str, Placed]:
    texts: dict[str, list[Placed]] = {}
    frames: dict[str, list[Placed]] = {}
    for number, page in enumerate(document.pages, 1):
        for box, at in _walk(page._page_box, ()):
            if not at:
                continue
            if isinstance(box, TextBox) and box.text.strip():
                for pointer in at:
                    texts.setdefault(pointer, []).append((number, *_text_rect(box)))
            elif not isinstance(box, TextBox) and box.element is not None and box.element.get("data-at"):
                frames.setdefault(at[-1], []).append((number, *_box_rect(box)))
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
        body = document.pages[0]._page_box
        lowest = max(_text_rect(box)[3] for box, _ in _walk(body, ()) if isinstance(box, TextBox))
        height = round(lowest + 30)
        document = HTML(string=html.replace("</head>", f"<style>@page {{ size: {document.pages[0].width}px {height}px }}</style></head>")).render()
    if roll and len(document.pages) != 1:
        raise ValueError("a roll must be one page")
    return Printed(document.write_pdf(), _places(document))
