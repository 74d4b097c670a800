"""A page that lies askew is read level: its angle, what is left alone, and where boxes were before."""

from __future__ import annotations

import numpy as np
import pymupdf
import pytest
from numpy.typing import NDArray
from PIL import Image

from docpipe.nano.level import askew, level
from docpipe.nano.page import ink

DPI = 110


def _page(degrees: float) -> tuple[NDArray[np.float32], tuple[float, float, float, float]]:
    """The ink of a page of text turned by `degrees` with the clock, and where its last word was on the level page."""
    document = pymupdf.open()
    sheet = document.new_page(width=595, height=842)
    for row in range(30):
        sheet.insert_text((60, 80 + 20 * row), "Pallet storage, November    46    12.50    575.00", fontsize=10)
    sheet.insert_text((400, 760), "Signature", fontsize=10)
    pixmap = sheet.get_pixmap(dpi=DPI, colorspace=pymupdf.csGRAY)
    grey = Image.frombytes("L", (pixmap.width, pixmap.height), pixmap.samples)
    (word,) = [w[:4] for w in sheet.get_text("words") if w[4] == "Signature"]
    box = tuple(v * DPI / 72 for v in word)
    return ink(np.asarray(grey.rotate(-degrees, resample=Image.Resampling.BICUBIC, fillcolor=255))), box


@pytest.mark.parametrize("degrees", [-2.6, -0.5, 0.3, 1.2, 2.8])
def test_the_angle_of_a_page_is_found(degrees: float) -> None:
    """By how much lines fall to the right is known to a tenth of a degree."""
    assert askew(_page(degrees)[0]) == pytest.approx(degrees, abs=0.1)


def test_a_level_page_and_a_blank_one_are_left_alone() -> None:
    """What lies level comes back as it is, and so does what has no lines."""
    straight = _page(0.0)[0]
    assert level(straight).degrees == 0.0
    assert level(straight).ink is straight
    assert level(np.zeros((640, 448), np.float32)).degrees == 0.0


def test_a_box_on_the_level_page_is_a_box_on_the_page_as_it_lay() -> None:
    """What is read on the level page is shown where it stands on the page that came in."""
    page, box = _page(2.0)
    levelled = level(page)
    x0, y0, x1, y1 = (round(v) for v in box)
    assert float(levelled.ink[y0 - 2 : y1 + 2, x0 - 2 : x1 + 2].max()) > 0.7  # the word is back in its place
    left, top, right, bottom = levelled.as_it_lay(box)
    assert abs((top + bottom) / 2 - (y0 + y1) / 2) > 5  # two degrees move a word at the foot of the page
    inside = page[round(top) : round(bottom) + 1, round(left) : round(right) + 1]
    around = page[round(top) - 8 : round(bottom) + 9, round(left) - 8 : round(right) + 9]
    assert float(inside.max()) > 0.7
    assert float(inside.sum()) > 0.95 * float(around.sum())
