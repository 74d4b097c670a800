"""Pages whose print is far larger than usual are read in a smaller size, others as they are."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pymupdf
import pytest
import torch
from numpy.typing import NDArray
from PIL import Image

from docpipe.nano.model import NanoForConditionalGeneration
from docpipe.nano.page import CELL, ink
from docpipe.nano.reading import look
from docpipe.nano.sizes import SURE, scale_of
from docpipe.nano.upright import sureness
from docpipe.pipeline import Pipeline
from docpipe.settings import Settings
from tests.readings import sample
from tests.shipped import network

DPI = 110


@pytest.fixture(scope="module")
def model() -> NanoForConditionalGeneration:
    """The network that ships."""
    return network()


def _enlarged(by: float) -> NDArray[np.float32]:
    """The ink of a sample receipt, `by` times as large as it is printed."""
    pixmap = pymupdf.open(sample("receipt-05"))[0].get_pixmap(dpi=round(DPI * by), colorspace=pymupdf.csGRAY)
    return ink(np.frombuffer(pixmap.samples, np.uint8).reshape(pixmap.height, pixmap.width))


def test_print_of_usual_size_is_read_as_it_is(model: NanoForConditionalGeneration) -> None:
    """No much smaller size is surer."""
    assert scale_of(model, _enlarged(1.0)) >= 0.8


@pytest.mark.parametrize(("by", "least", "most"), [(2.0, 0.4, 0.64), (2.6, 0.4, 0.5)])
def test_large_print_is_made_smaller(model: NanoForConditionalGeneration, by: float, least: float, most: float) -> None:
    """A page enlarged is unsure, and made about as small as it was."""
    page = _enlarged(by)
    assert sureness(look(model, torch.from_numpy(page)).read) < SURE
    assert least <= scale_of(model, page) <= most


def test_a_blank_page_stays_as_it_is(model: NanoForConditionalGeneration) -> None:
    """Where nothing is printed no size is better."""
    assert scale_of(model, np.zeros((20 * CELL, 20 * CELL), np.float32)) == 1.0


def test_a_receipt_that_fills_its_picture_is_read(tmp_path: Path) -> None:
    """A picture without a resolution, twice as large as its receipt: values are right, and stand on their lines."""
    page = pymupdf.open(sample("receipt-10"))[0]
    pixmap = page.get_pixmap(dpi=300)
    picture = tmp_path / "receipt.png"
    Image.frombytes("RGB", (pixmap.width, pixmap.height), pixmap.samples).save(picture)
    with Pipeline(Settings(model="nano")) as pipeline:
        record = pipeline.extract(picture, schema="receipt")
    printed = {"/date": "12. Februar 2025", "/subtotal": "20,70", "/total": "24,63"}
    values = {value.pointer: value for value in record.values}
    assert all(text in (values[pointer].text or "") for pointer, text in printed.items())
    enlarged = 842 / page.rect.height
    for pointer, text in printed.items():
        box = values[pointer].box
        assert box is not None
        middle = pymupdf.Point((box[0] + box[2]) / 2, (box[1] + box[3]) / 2) / enlarged
        assert any(found.contains(middle) for found in page.search_for(text)), pointer
