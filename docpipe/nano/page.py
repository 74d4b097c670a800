"""A picture becomes what nano's eye takes: ink from 0 to 1 in whole cells, and which cells hold ink."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image

CELL = 16  # pixels a side of a page token
# Processors prepare a multiplication for each size anew, which takes longer than the multiplication: few sizes occur.
ROUND = 64
FINEST_DPI = 130.0  # nano was trained on 90 to 130


def at_most(image: NDArray[np.uint8], dpi: float, finest: float = FINEST_DPI) -> tuple[NDArray[np.uint8], float]:
    """A picture of `dpi` reduced to `finest` where it is finer, and by how much: 1 for not at all.

    What is reduced comes back grey (height, width).
    """
    scale = min(1.0, finest / dpi)
    if scale == 1.0:
        return image, scale
    size = (max(CELL, round(image.shape[1] * scale)), max(CELL, round(image.shape[0] * scale)))
    return np.asarray(Image.fromarray(image).convert("L").resize(size, Image.Resampling.LANCZOS)), scale


def ink(image: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Grey pixels (height, width), or colour (height, width, 3), as ink: 0 paper, 1 the darkest print.

    Sides are padded with paper to whole cells.
    """
    if image.ndim == 3:
        image = (image @ np.array([0.299, 0.587, 0.114], np.float32)).astype(np.uint8)
    sample = image[::4, ::4]
    paper, dark = (float(p) for p in np.percentile(sample, (85, 0.3)))
    scaled = np.clip((paper - image.astype(np.float32)) / max(paper - dark, 60.0), 0.0, 1.0)
    height, width = scaled.shape
    return np.pad(scaled, ((0, -height % CELL), (0, -width % CELL)))


def cells_with_ink(page: NDArray[np.float32], limit: int) -> NDArray[np.int64]:
    """Flat indices, in reading order, of the cells that hold ink; the `limit` of most contrast when there are more.

    As many blank ones, from all over the page, are among them as make the number, with one more, a multiple of ROUND.
    """
    height, width = page.shape
    blocks = page.reshape(height // CELL, CELL, width // CELL, CELL)
    contrast = (blocks.max((1, 3)) - blocks.min((1, 3))).reshape(-1)
    found = np.flatnonzero(contrast > 0.22)
    if len(found) > limit:
        found = found[np.argsort(-contrast[found], kind="stable")[:limit]]
    blank = np.setdiff1d(np.arange(len(contrast)), found)
    more = min(-(len(found) + 1) % ROUND, len(blank))
    spread = blank[np.linspace(0, len(blank) - 1, more).astype(int)] if more else blank[:0]
    return np.sort(np.concatenate([found, spread])).astype(np.int64)
