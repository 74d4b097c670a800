"""Seeds become a contact sheet: what the generator draws, as one picture to look at.

python -m docpipe.nano.generate.sheet OUT.png [--kind KIND] [--seed N] [--count N] [--truth] [--evaluation]
"""

from __future__ import annotations

import argparse
import math
from collections.abc import Sequence

import numpy as np
from PIL import Image, ImageDraw

from docpipe.nano.generate import KINDS, LabelledPage, make_page

# Values red, values of a row or a field green, labels blue, starts orange, boxes of checks by their state.
_VALUE, _ANCHORED, _LABEL, _START = "#d02020", "#109040", "#3050d0", "#f08000"


def truth(page: LabelledPage) -> Image.Image:
    """The page in colour with a box around everything that its facts point at."""
    picture = Image.fromarray(page.image).convert("RGB")
    pen = ImageDraw.Draw(picture)

    def mark(first: int, last: int, color: str, grow: int) -> None:
        boxes = page.boxes[first:last]
        low, high = boxes[:, :2].min(0) - grow, boxes[:, 2:].max(0) + grow
        pen.rectangle((*map(float, low), *map(float, np.maximum(high, low))), outline=color)

    for fact in page.facts:
        if fact.label is not None:
            mark(*fact.label, _LABEL, 0)
        for span in fact.spans:
            mark(*span, _VALUE if fact.anchor is None else _ANCHORED, 1)
        for start in fact.starts:
            mark(start, start + 1, _START, 2)
        if fact.type == "check" and fact.label is not None:
            x, y = page.boxes[fact.label[0], :2]
            pen.text((float(x), float(y) - 8), "on" if fact.state else "off", fill=_VALUE)
    return picture


def contact_sheet(pages: Sequence[LabelledPage], *, width: int = 2000, boxes: bool = False) -> Image.Image:
    """The pages side by side on a sheet `width` pixels wide; `boxes` draws their truth."""
    columns = min(len(pages), 4 if len(pages) > 4 else 3)
    cell = width // columns
    pictures = []
    for page in pages:
        picture = truth(page) if boxes else Image.fromarray(page.image).convert("RGB")
        picture.thumbnail((cell - 12, round(cell * 1.4)), Image.Resampling.LANCZOS)
        pictures.append(picture)
    rows = [pictures[i : i + columns] for i in range(0, len(pictures), columns)]
    heights = [max(p.height for p in row) + 12 for row in rows]
    sheet = Image.new("RGB", (width, sum(heights)), "#808080")
    for number, row in enumerate(rows):
        for column, picture in enumerate(row):
            sheet.paste(picture, (column * cell + 6, sum(heights[:number]) + 6))
    return sheet


def main(arguments: Sequence[str] | None = None) -> None:
    """Write a contact sheet."""
    parser = argparse.ArgumentParser(
        prog="python -m docpipe.nano.generate.sheet", description="Write a contact sheet of generated pages."
    )
    parser.add_argument("out", help="the picture to write")
    parser.add_argument("--kind", choices=sorted(KINDS), help="only this kind of document")
    parser.add_argument("--seed", type=int, default=0, help="seed of the first page")
    parser.add_argument("--count", type=int, default=8, help="how many pages")
    parser.add_argument("--width", type=int, default=2000, help="width of the sheet in pixels")
    parser.add_argument("--truth", action="store_true", help="draw a box around everything the facts point at")
    parser.add_argument("--evaluation", action="store_true", help="held-out fonts, words and layouts")
    parser.add_argument("--clean", action="store_true", help="without scan damage")
    chosen = parser.parse_args(arguments)
    pages = [
        make_page(seed, kind=chosen.kind, evaluation=chosen.evaluation, worn=0.0 if chosen.clean else None)
        for seed in range(chosen.seed, chosen.seed + max(1, chosen.count))
    ]
    contact_sheet(pages, width=chosen.width, boxes=chosen.truth).save(chosen.out)
    print(f"{chosen.out}: {len(pages)} pages, {math.fsum(len(p.facts) for p in pages):.0f} facts")


if __name__ == "__main__":
    main()
