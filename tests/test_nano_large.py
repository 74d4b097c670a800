"""Values in large print are read again from smaller pictures of them, and no reading is taken that is less sure."""

from __future__ import annotations

import numpy as np
import pymupdf
import pytest
import torch
from numpy.typing import NDArray

from docpipe.nano.large import SURE, read_again
from docpipe.nano.model import NanoForConditionalGeneration
from docpipe.nano.page import ink
from docpipe.nano.reading import Answer, all_of, look
from docpipe.nano.transcribing import lines
from tests.shipped import network

NAME = "Harbour Joinery"
DPI = 110


@pytest.fixture(scope="module")
def model() -> NanoForConditionalGeneration:
    """The network that ships."""
    return network()


def _written(size: float) -> tuple[NDArray[np.float32], tuple[float, float, float, float]]:
    """The ink of a letterhead with the name in print of `size` points, and where the name stands in pixels."""
    document = pymupdf.open()
    page = document.new_page(width=420, height=120)
    page.insert_text((30, 60), NAME, fontsize=size, fontname="helv")
    pixmap = page.get_pixmap(dpi=DPI, colorspace=pymupdf.csGRAY)
    grey = np.frombuffer(pixmap.samples, np.uint8).reshape(pixmap.height, pixmap.width)
    wide = pymupdf.get_text_length(NAME, "helv", size)
    left, top, right, bottom = (v * DPI / 72 for v in (30, 60 - 0.7 * size, 30 + wide, 60 + 0.2 * size))
    return ink(grey), (left, top, right, bottom)


def test_large_print_is_read_from_a_smaller_picture(model: NanoForConditionalGeneration) -> None:
    """What was read wrong in print of 30 points is replaced by a surer reading; its place stays."""
    page, box = _written(30)
    seen = lines(look(model, torch.from_numpy(page)))
    wrong = Answer("Hrrbovr Joimcrv", box, 0.05, token=3)
    (again,) = read_again(model, page, seen, [wrong])
    assert again.text == NAME
    assert again.confidence > SURE
    assert (again.box, again.token) == (wrong.box, wrong.token)


def test_a_surer_reading_and_small_print_stay(model: NanoForConditionalGeneration) -> None:
    """Nothing replaces a reading that is sure, print of usual size is not read again, nor is what is absent."""
    page, box = _written(30)
    seen = lines(look(model, torch.from_numpy(page)))
    sure = Answer("Harbor Joinery", box, 1.0, token=3)
    small_page, small_box = _written(9)
    small, absent = Answer("Hrrbour", small_box, 0.05, token=3), Answer(None, None, 0.9)
    assert read_again(model, page, seen, [sure, absent]) == [sure, absent]
    assert read_again(model, small_page, [], [small]) == [small]


def test_one_print_is_read_again_once_for_all_who_found_it(model: NanoForConditionalGeneration) -> None:
    """Two answers get the same text and stay two: one was found beside a label, the other was not."""
    page, box = _written(30)
    first, second = Answer("Hrrbovr Joimcrv", box, 0.05, token=3), Answer("Horbovr Jomery", box, 0.04, token=3)
    again = read_again(model, page, lines(look(model, torch.from_numpy(page))), [first, second])
    assert [a.text for a in again] == [NAME, NAME]
    assert again[0] is not again[1]


def test_a_picture_without_print_has_no_text(model: NanoForConditionalGeneration) -> None:
    """There is nothing to read on blank paper."""
    assert all_of(model, look(model, torch.zeros(64, 128))) == ("", 0.0)
