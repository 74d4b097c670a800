"""A page of ink that lies askew becomes level, and boxes on it become boxes on the page as it lay.

The angle is the one at which rows of pixels differ most from their neighbours: lines of print are then sharpest (Postl
1986, "Detection of linear oblique structures and skew scan in digitized documents"). Columns of strips are moved up and
down in place of turning the page for every angle.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from docpipe.nano.page import CELL

Box = tuple[float, float, float, float]
MOST, COARSE, FINE = 4.0, 0.2, 0.05  # degrees: the steepest that is looked for, and in which steps
LEAST = 0.2  # degrees that a page is turned by, at least
SHARPER = 1.05  # times as sharp as unturned that a turned page has to be


@dataclass(frozen=True)
class Levelled:
    """A page of ink (height, width) that was turned about its middle, `degrees` against the clock, or 0."""

    ink: NDArray[np.float32]
    degrees: float

    def as_it_lay(self, box: Box) -> Box:
        """A box on the levelled page as the smallest box around it on the page before."""
        if not self.degrees:
            return box
        middle = np.array([self.ink.shape[1] / 2, self.ink.shape[0] / 2])
        corners = np.array([(box[i], box[j]) for i in (0, 2) for j in (1, 3)]) - middle
        c, s = math.cos(math.radians(self.degrees)), math.sin(math.radians(self.degrees))
        before = corners @ np.array([[c, s], [-s, c]]) + middle
        (left, top), (right, bottom) = before.min(0).tolist(), before.max(0).tolist()
        return left, top, right, bottom


def level(ink: NDArray[np.float32]) -> Levelled:
    """The page turned so that its lines are level."""
    degrees = askew(ink)
    if not degrees:
        return Levelled(ink, 0.0)
    turned = np.asarray(Image.fromarray(ink).rotate(degrees, resample=Image.Resampling.BICUBIC, fillcolor=0))
    return Levelled(np.clip(turned, 0.0, 1.0), degrees)


def askew(ink: NDArray[np.float32]) -> float:
    """By how many degrees the lines of a page fall to the right; 0 where that is little or cannot be told."""
    wide = 2 * CELL if ink.shape[1] % (2 * CELL) == 0 else CELL
    strips = np.ascontiguousarray(ink.reshape(ink.shape[0], -1, wide).sum(2).T)
    across = (np.arange(len(strips)) + 0.5 - len(strips) / 2) * wide
    room = math.ceil(ink.shape[1] / 2 * math.tan(math.radians(MOST + COARSE + FINE))) + 1
    padded = np.pad(strips, ((0, 0), (room, room)), mode="edge")

    def sharpness(degrees: float) -> float:
        down = room + np.rint(across * math.tan(math.radians(degrees))).astype(int)
        rows = sum(strip[first : first + ink.shape[0]] for strip, first in zip(padded, down.tolist(), strict=True))
        return float((np.diff(rows) ** 2).sum())

    level_now = sharpness(0.0)
    best = max(np.arange(-MOST, MOST + COARSE / 2, COARSE), key=sharpness)
    near = np.arange(best - COARSE - FINE, best + COARSE + FINE * 1.5, FINE)
    # Strips move by whole pixels, so that single angles are sharp by chance.
    sharp = np.convolve([sharpness(degrees) for degrees in near], np.ones(3) / 3, "valid")
    best = near[1 + int(sharp.argmax())]
    return float(best) if abs(best) >= LEAST and sharp.max() > SHARPER * level_now else 0.0
