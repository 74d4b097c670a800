"""A clean picture becomes a scan: skew, blur, noise, faint or uneven print, shadows, JPEG."""

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
