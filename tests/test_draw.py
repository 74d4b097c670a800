"""Pictures show where values were found."""

from __future__ import annotations

import numpy as np
import pytest
from PIL.Image import Image

from docpipe.draw import COLOURS, draw_page
from docpipe.types import Box, Page, Source, Value, ValueStatus, View

WHITE = (255, 255, 255)


def view(clip: Box | None = None, dpi: float = 144.0) -> View:
    """A white page of 200 x 100 points, or a part of it, at two pixels a point."""
    x0, y0, x1, y1 = clip or (0.0, 0.0, 200.0, 100.0)
    pixels = np.full((round((y1 - y0) * dpi / 72), round((x1 - x0) * dpi / 72), 3), 255, dtype=np.uint8)
    page = Page(Source("a.pdf", "a" * 64, "application/pdf"), 2, 200.0, 100.0)
    return View(page, dpi, clip, pixels, (x0, y0, 72 / dpi, 72 / dpi))


def value(pointer: str, box: Box | None, status: ValueStatus = "verified", page: int = 2) -> Value:
    return Value(pointer=pointer, text="x", value="x", page=page, box=box, status=status)


@pytest.mark.parametrize("status", COLOURS)
def test_a_box_has_the_colour_of_its_evidence(status: ValueStatus) -> None:
    """The frame lies around the value, in pixels of the view, and its colour tells the status."""
    picture = draw_page(view(), [value("/total", (50.0, 40.0, 100.0, 60.0), status)])
    # 1.5 pt of margin: the frame's left side is at (50 - 1.5) * 2 px, its lower side at (60 + 1.5) * 2 px.
    assert picture.getpixel((97, 100)) == COLOURS[status]
    assert picture.getpixel((150, 123)) == COLOURS[status]
    assert picture.getpixel((90, 100)) == WHITE
    assert picture.getpixel((150, 100)) not in (WHITE, COLOURS[status])  # tinted, so that the print shows through


def test_a_clipped_view_draws_what_lies_in_it() -> None:
    """Boxes are placed by the view's own place on the page; what lies outside is left out."""
    clip = (40.0, 30.0, 160.0, 70.0)
    picture = draw_page(view(clip), [value("/a", (50.0, 40.0, 100.0, 60.0)), value("/b", (0.0, 80.0, 30.0, 90.0))])
    assert picture.getpixel((17, 40)) == COLOURS["verified"]
    assert _in(picture.crop((0, 0, 240, 80)), COLOURS["verified"]) < 1200


def test_a_picture_without_values_says_so() -> None:
    """Values of other pages and without a box leave the page as it is, and the legend tells that nothing was found."""
    picture = draw_page(view(), [value("/a", None), value("/b", (50.0, 40.0, 100.0, 60.0), page=1)])
    page, legend = picture.crop((0, 0, 400, 200)), picture.crop((0, 200, 400, picture.height))
    assert page.getcolors() == [(400 * 200, WHITE)]
    assert _in(legend, WHITE) < legend.width * legend.height


def test_labels_do_not_cover_each_other_or_the_values() -> None:
    """Two fields side by side and one below keep a label each, in a free place."""
    boxes = {
        "/supplier_name": (10.0, 40.0, 40.0, 50.0),
        "/customer": (45.0, 40.0, 80.0, 50.0),
        "/x": (10.0, 52.0, 40.0, 60.0),
    }
    together = draw_page(view(), [value(pointer, box) for pointer, box in boxes.items()])
    alone = sum(_in(_page(draw_page(view(), [value(p, b)])), COLOURS["verified"]) for p, b in boxes.items())
    assert _in(_page(together), COLOURS["verified"]) == pytest.approx(alone, rel=0.06)


def test_a_label_stays_on_the_picture() -> None:
    """A value in the upper right corner has its label below or beside it, not outside."""
    picture = draw_page(view(), [value("/a_rather_long_name", (190.0, 0.0, 199.0, 8.0))])
    assert _in(picture.crop((200, 0, 400, 60)), COLOURS["verified"]) > 800


def test_damaged_boxes_are_left_out() -> None:
    """A model's box that is turned inside out or off the page does not end the picture."""
    wrong = [(60.0, 40.0, 50.0, 30.0), (900.0, 900.0, 950.0, 950.0), (-50.0, -50.0, -10.0, -10.0)]
    picture = draw_page(view(), [value(f"/{n}", box) for n, box in enumerate(wrong)])
    assert picture.crop((0, 0, 400, 200)).getcolors() == [(400 * 200, WHITE)]


def _page(picture: Image) -> Image:
    return picture.crop((0, 0, 400, 200))


def _in(picture: Image, colour: tuple[int, int, int]) -> int:
    return int(np.all(np.asarray(picture) == colour, axis=-1).sum())
