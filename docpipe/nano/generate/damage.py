"""A clean picture becomes a scan: skew, blur, noise, faint or uneven print, shadows, ragged strokes, JPEG."""

from __future__ import annotations

import io
import math
import random

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

Pixels = NDArray[np.uint8]
Boxes = NDArray[np.float32]


def skew(image: Pixels, boxes: Boxes, degrees: float) -> tuple[Pixels, Boxes]:
    """Turn the picture by a small angle about its middle; boxes keep their size and move with their middles."""
    height, width = image.shape
    turned = Image.fromarray(image).rotate(degrees, resample=Image.Resampling.BILINEAR, fillcolor=255)
    angle = math.radians(degrees)
    centre = np.array([width / 2, height / 2], np.float32)
    middles = (boxes[:, :2] + boxes[:, 2:]) / 2 - centre
    turn = np.array([[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]], np.float32)
    shift = middles @ turn - middles
    return np.asarray(turned), boxes + np.concatenate([shift, shift], 1)


def quarter_turns(image: Pixels, boxes: Boxes, times: int) -> tuple[Pixels, Boxes]:
    """Turn the picture clockwise by `times` right angles."""
    for _ in range(times % 4):
        height = image.shape[0]
        image = np.ascontiguousarray(np.rot90(image, -1))
        boxes = np.stack([height - boxes[:, 3], boxes[:, 0], height - boxes[:, 1], boxes[:, 2]], 1)
    return image, boxes


def wear(image: Pixels, rng: random.Random, strength: float) -> Pixels:
    """Scan and print damage; `strength` 0 leaves the picture, 1 is a bad fax."""
    dice = np.random.default_rng(rng.getrandbits(32))
    height, width = image.shape
    if rng.random() < 0.5 * strength + 0.15:
        image = np.asarray(
            Image.fromarray(image).filter(ImageFilter.GaussianBlur(rng.uniform(0.2, 0.4 + 0.5 * strength)))
        )
    pixels = image.astype(np.float32)
    if rng.random() < strength:
        ink = rng.uniform(0, 110 * strength)
        paper = rng.uniform(255 - 60 * strength, 255)
        pixels = ink + pixels * ((paper - ink) / 255)
    if rng.random() < 0.3 * strength:
        slope = dice.normal(size=2)
        ys, xs = (
            np.linspace(-1, 1, height, dtype=np.float32)[:, None],
            np.linspace(-1, 1, width, dtype=np.float32)[None],
        )
        pixels *= 1 - rng.uniform(0.05, 0.35) * (0.5 + 0.5 * np.clip(slope[0] * ys + slope[1] * xs, -1, 1))
    if rng.random() < 0.25 * strength:
        bands = np.repeat(dice.uniform(0, 0.5 * strength, max(1, width // 24) + 1), 24)[:width].astype(np.float32)
        pixels = 255 - (255 - pixels) * (1 - bands[None])
    if rng.random() < 0.7 * strength:
        pixels += dice.normal(0, rng.uniform(1, 16 * strength), (height, width)).astype(np.float32)
    if rng.random() < 0.2 * strength:
        spots = dice.random((height, width)) < rng.uniform(0.0003, 0.004)
        pixels[spots] = dice.choice((0.0, 255.0))
    image = np.clip(pixels, 0, 255).astype(np.uint8)
    if rng.random() < 0.6 * strength + 0.1:
        buffer = io.BytesIO()
        Image.fromarray(image).save(buffer, "JPEG", quality=rng.randint(int(85 - 50 * strength), 92))
        image = np.asarray(Image.open(io.BytesIO(buffer.getvalue())))
    return image


def reprint(image: Pixels, rng: random.Random, strength: float) -> Pixels:
    """Strokes as poor printers and scanners in black and white leave them: thick, thin, ragged, in patches.

    The picture at half its size more, blurred, is cut at a level that noise and slow patches shift.
    """
    dice = np.random.default_rng(rng.getrandbits(32))
    height, width = image.shape
    large = Image.fromarray(255 - image).resize((width * 3 // 2, height * 3 // 2), Image.Resampling.BICUBIC)
    ink = np.asarray(large.filter(ImageFilter.GaussianBlur(rng.uniform(0.5, 1.0 + 0.4 * strength)))).astype(np.float32)
    level = rng.uniform(85, 150) - 30 * strength * (rng.random() < 0.5)
    if rng.random() < 0.6:
        ink += _tiled(dice, ink.shape) * rng.uniform(0, 40 * strength)
    if rng.random() < 0.5:
        small = dice.normal(0, rng.uniform(0, 45 * strength), (height // rng.randint(12, 80) + 2, width // 40 + 2))
        slow = Image.fromarray(small.astype(np.float32)).resize(
            (width * 3 // 2, height * 3 // 2), Image.Resampling.BICUBIC
        )
        ink += np.asarray(slow) * (ink > 30)
    gain = rng.choice((2.0, 4.0, 20.0))
    black = np.clip((ink - level) * gain + 127, 0, 255).astype(np.uint8)
    return np.asarray(Image.fromarray(255 - black).resize((width, height), Image.Resampling.BOX))


def _tiled(dice: np.random.Generator, shape: tuple[int, int]) -> NDArray[np.float32]:
    """Noise of deviation 1, a tile of it over and over."""
    tile = dice.normal(size=(256, 256)).astype(np.float32)
    return np.tile(tile, (shape[0] // 256 + 1, shape[1] // 256 + 1))[: shape[0], : shape[1]]


def coarsen(image: Pixels, rng: random.Random) -> Pixels:
    """The picture as it is after it was kept smaller."""
    height, width = image.shape
    share = rng.uniform(0.6, 0.9)
    down = rng.choice((Image.Resampling.BOX, Image.Resampling.BILINEAR, Image.Resampling.BICUBIC))
    up = rng.choice((Image.Resampling.NEAREST, Image.Resampling.BILINEAR, Image.Resampling.BICUBIC))
    small = Image.fromarray(image).resize((max(1, round(width * share)), max(1, round(height * share))), down)
    return np.asarray(small.resize((width, height), up))
