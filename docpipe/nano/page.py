"""A picture becomes what nano's eye takes: ink from 0 to 1 in whole cells, and which cells hold ink."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image

CELL = 16  # pixels a side of a page token
# Processors prepare a multiplication for each size anew, which takes longer than the multiplication: few sizes occur.
ROUND = 64
# Dark ground: so great a share of pixels with so much ink, over so many to either side, and so many rows down. What
# lies between dark pixels no farther apart than a stroke is wide belongs to it.
GROUND, DARK, REACH, HEIGHT, STROKE = 0.45, 0.42, 48, 12, 12
EDGE = 2  # pixels of the ground's edge that stay dark
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
    return _light(np.pad(scaled, ((0, -height % CELL), (0, -width % CELL))))


def _light(page: NDArray[np.float32]) -> NDArray[np.float32]:
    """The page with light print on dark ground turned into dark print on light ground, as most print is.

    The ground keeps its edge: a bar of a chart becomes an outlined one.
    """
    dark = page > DARK
    result = page
    for first, last in _bands(dark):
        if result is page:
            result = page.copy()
        result[first:last] = _turned(page[first:last], dark[first:last].astype(np.float32))
    return result


def _bands(dark: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """The rows, first and behind the last, that have as large a share of dark pixels somewhere as ground has.

    Bands between which an edge would reach are one. Lower ones are lines of print.
    """
    some = np.flatnonzero(np.count_nonzero(dark, axis=1) > GROUND * 2 * REACH)
    some = some[_share(dark[some].astype(np.float32), REACH, REACH).max(1) > GROUND] if len(some) else some
    bands = np.split(some, np.flatnonzero(np.diff(some) > 2 * EDGE) + 1)
    return [(int(band[0]), int(band[-1]) + 1) for band in bands if len(band) >= HEIGHT]


def _turned(rows: NDArray[np.float32], dark: NDArray[np.float32]) -> NDArray[np.float32]:
    """Rows of a page, and 1 where they are dark, with light print on their ground turned into dark print."""
    around = _share((_share(dark, REACH, REACH) > GROUND).astype(np.float32), REACH, REACH) > 0
    ground = around & (_share(dark, STROKE, 0) > 0) & (_share(dark, 0, STROKE) > 0)
    ground = _runs(ground, HEIGHT)  # a rule is no ground
    wide = np.pad(ground, EDGE)
    inside = wide[2 * EDGE :, EDGE:-EDGE] & wide[: -2 * EDGE, EDGE:-EDGE]
    inside &= wide[EDGE:-EDGE, 2 * EDGE :] & wide[EDGE:-EDGE, : -2 * EDGE]
    blocks = rows.reshape(rows.shape[0], -1, CELL).max(2)
    near = np.max([np.roll(blocks, shift, axis=1) for shift in (-2, -1, 0, 1, 2)], axis=0).repeat(CELL, axis=1)
    return np.where(inside, 1.0 - rows / np.maximum(near, DARK), rows)


def _share(page: NDArray[np.float32], left: int, right: int) -> NDArray[np.float32]:
    """The mean of each pixel and its neighbours in the row: so many to its left and to its right."""
    sums = np.pad(page, ((0, 0), (left + 1, right))).cumsum(1, dtype=np.float32)
    return np.asarray((sums[:, left + 1 + right :] - sums[:, : page.shape[1]]) / (left + 1 + right), np.float32)


def _runs(mask: NDArray[np.bool_], least: int) -> NDArray[np.bool_]:
    """What of a mask lies in runs of at least `least` down a column."""
    count = np.pad(mask, ((least, least), (0, 0))).cumsum(0, dtype=np.int32)
    whole = (count[least:] - count[:-least]) == least  # the run of `least` that ends here is whole
    ends = whole.cumsum(0, dtype=np.int32)
    return (ends[least - 1 :] - np.pad(ends, ((1, 0), (0, 0)))[:-least])[: mask.shape[0]] > 0


def cells_with_ink(page: NDArray[np.float32], limit: int) -> NDArray[np.int64]:
    """Flat indices, in reading order, of the cells that hold ink; the `limit` of most contrast when there are more.

    As many blank ones, from all over the page, are among them as make the number, with one more, a multiple of ROUND.
    """
    height, width = page.shape
    rows, blocks = page.reshape(height // CELL, CELL, width), (height // CELL, width // CELL, CELL)
    contrast = (rows.max(1).reshape(blocks).max(2) - rows.min(1).reshape(blocks).min(2)).reshape(-1)
    found = np.flatnonzero(contrast > 0.22)
    if len(found) > limit:
        found = found[np.argsort(-contrast[found], kind="stable")[:limit]]
    blank = np.setdiff1d(np.arange(len(contrast)), found)
    more = min(-(len(found) + 1) % ROUND, len(blank))
    spread = blank[np.linspace(0, len(blank) - 1, more).astype(int)] if more else blank[:0]
    return np.sort(np.concatenate([found, spread])).astype(np.int64)
