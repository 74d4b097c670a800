"""A picture becomes ink: dark print on light paper, whatever the page was printed on."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from docpipe.nano.page import CELL, ROUND, cells_with_ink, ink

BAND = (32, 48, 368, 80)


def page(paper: int = 255) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    """An empty page of 400 by 320 pixels."""
    image = Image.new("L", (400, 320), paper)
    return image, ImageDraw.Draw(image)


def pixels(image: Image.Image) -> NDArray[np.uint8]:
    """The picture as an array."""
    return np.asarray(image)


def test_light_print_on_a_dark_band_is_the_ink_of_dark_print() -> None:
    """White words on a black band come out as the same words in black on white, inside the edge of the band."""
    font = ImageFont.load_default(16)
    dark, draw = page()
    draw.rectangle(BAND, fill=40)
    draw.text((40, 54), "Description Quantity Price", fill=255, font=font)
    light, draw = page()
    draw.text((40, 54), "Description Quantity Price", fill=40, font=font)
    inside = np.s_[BAND[1] + 3 : BAND[3] - 2, BAND[0] + 3 : BAND[2] - 2]
    assert np.abs(ink(pixels(dark))[inside] - ink(pixels(light))[inside]).max() < 0.1
    assert ink(pixels(dark))[BAND[1], 100] > 0.95


def test_rules_and_heavy_print_stay_as_they_are() -> None:
    """A thick rule and large bold letters are print, not ground."""
    image, draw = page()
    draw.rectangle((20, 150, 380, 157), fill=0)
    draw.text((20, 200), "TOTAL DUE", fill=0, font=ImageFont.load_default(48), stroke_width=1)
    plain = 1 - pixels(image).astype(np.float32) / 255
    assert np.array_equal(ink(pixels(image)) > 0.5, plain > 0.5)


def test_bars_of_a_chart_keep_their_outlines() -> None:
    """Wide dark bars become outlined boxes, and the gaps between them stay empty."""
    image, draw = page()
    draw.rectangle((40, 100, 160, 300), fill=30)
    draw.rectangle((220, 180, 340, 300), fill=30)
    found = ink(pixels(image))
    assert found[100:300, [40, 160]].min() > 0.9
    assert found[180:300, [220, 340]].min() > 0.9
    assert found[110:290, 60:140].max() < 0.1
    assert found[185:300, 165:215].max() < 0.1


def test_shaded_paper_is_paper() -> None:
    """On grey paper without print nothing is ink."""
    image, _ = page(190)
    assert ink(pixels(image)).max() == 0


def test_cells_come_in_round_numbers() -> None:
    """The cells with ink are all there, in reading order, filled up with blank ones to a round number less one."""
    image, draw = page()
    draw.rectangle((0, 0, 20, 8), fill=0)
    found = cells_with_ink(ink(pixels(image)), 500)
    assert {0, 1} <= set(found.tolist())
    assert len(found) % ROUND == ROUND - 1
    assert found.tolist() == sorted(set(found.tolist()))
    few = cells_with_ink(np.zeros((2 * CELL, 3 * CELL), np.float32), 500)
    assert few.tolist() == [0, 1, 2, 3, 4, 5]
