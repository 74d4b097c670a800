"""A chart that was measured in pixels becomes readings of a schema of charts, in the place of those that nano gave.

A reading is the text as printed; of a value that no print says it is the measured number with a sign for "about" before
it, which no chart prints: `≈31.5`. The evidence step leaves such values unverified.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from docpipe.nano.charts import Chart, Found
from docpipe.schema import Leaf, Schema
from docpipe.types import Box, Reading

SURE_KIND = 0.9  # of the kind of a chart whose marks were found


@dataclass(frozen=True)
class Fields:
    """The leaves of a schema that a chart answers; `kind` None where it does not ask for the kind of chart."""

    series: Leaf
    label: Leaf
    value: Leaf
    kind: Leaf | None

    @property
    def array(self) -> str:
        """The path of the array of points."""
        return self.value.array or ""


@dataclass(frozen=True)
class OnPage:
    """A chart, the number of its page, and what turns its boxes into boxes on the page."""

    chart: Chart
    page: int
    place: Callable[[Box], Box]


def fields(schema: Schema) -> Fields | None:
    """What a chart answers of a schema; None where it asks for no points of series, label and value."""
    if schema.kind != "chart":
        return None
    points = {leaf.key: leaf for leaf in schema.leaves if leaf.array is not None}
    if not {"series", "label", "value"} <= set(points) or len({points[k].array for k in points}) > 1:
        return None
    kinds = [leaf for leaf in schema.leaves if leaf.array is None and {"bar", "line"} <= set(leaf.enum or ())]
    return Fields(points["series"], points["label"], points["value"], kinds[0] if kinds else None)


def picture(image: NDArray[np.uint8], scale: float, shape: tuple[int, int], degrees: float) -> NDArray[np.uint8]:
    """A picture (height, width, 3) as nano saw it, in colour: `scale` times as large, padded to `shape`, level."""
    if scale < 1:
        size = (round(image.shape[1] * scale), round(image.shape[0] * scale))
        image = np.asarray(Image.fromarray(image).resize(size, Image.Resampling.LANCZOS))
    more = [max(0, whole - own) for whole, own in zip(shape, image.shape, strict=False)]
    image = np.pad(image, ((0, more[0]), (0, more[1]), (0, 0)), mode="edge")[: shape[0], : shape[1]]
    if not degrees:
        return image
    paper = tuple(int(v) for v in np.percentile(image[::8, ::8].reshape(-1, 3), 85, axis=0))
    return np.asarray(Image.fromarray(image).rotate(degrees, Image.Resampling.BICUBIC, fillcolor=paper))


def charted(readings: Sequence[Reading], of: Fields, charts: Sequence[OnPage | None]) -> list[Reading]:
    """The readings with the points of the charts in place of nano's on their pages; one entry of `charts` a page.

    Where a page's chart could not be measured, what nano read there stays.
    """
    if not any(charts):
        return list(readings)
    measured = {one.page for one in charts if one is not None and one.chart.points}
    array = f"{of.array}/"
    kept: dict[str, list[Reading]] = {}
    others = [r for r in readings if not r.pointer.startswith(array)]
    for reading in readings:
        if reading.pointer.startswith(array):
            kept.setdefault(reading.pointer.removeprefix(array).partition("/")[0], []).append(reading)
    rows = [own for own in kept.values() if not any(reading.page in measured for reading in own)]
    rows += [
        [
            _reading(of.series, point.series, one),
            _reading(of.label, point.label, one),
            _reading(of.value, point.value, one),
        ]
        for one in charts
        if one is not None
        for point in one.chart.points
    ]
    kind = next(one for one in charts if one is not None)
    if of.kind is not None:
        told = Reading(of.kind.path, kind.chart.kind, kind.page, None, SURE_KIND)
        others = [told if r.pointer == of.kind.path else r for r in others]
    numbered = [
        Reading(f"{array}{n}/{r.pointer.rpartition('/')[2]}", r.printed, r.page, r.box, r.confidence)
        for n, row in enumerate(rows)
        for r in row
    ]
    return [*others, *numbered]


def _reading(leaf: Leaf, found: Found | None, one: OnPage) -> Reading:
    if found is None:
        return Reading(leaf.path, None)
    return Reading(leaf.path, found.text, one.page, one.place(found.box), found.sure)
