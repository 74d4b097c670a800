"""A view and the values found on its page become a picture: boxes, labels, and the status of each by its colour."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from docpipe.types import Box, Value, ValueStatus, View

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Told apart with red-green blindness too (Okabe and Ito, 2008); drawn in this order in the legend.
COLOURS: dict[ValueStatus, tuple[int, int, int]] = {
    "verified": (0, 158, 115),
    "reviewed": (0, 114, 178),
    "corrected": (86, 180, 233),
    "unverified": (230, 159, 0),
    "conflict": (213, 94, 0),
    "absent": (120, 120, 120),
}
# In points of the page, so that a sharper view gets a larger label.
LABEL_PT, MARGIN_PT = 7.0, 1.5
# Of 255: what is darker counts as print, on white and on a scanner's grey.
DARK = 140


def draw_page(view: View, values: Sequence[Value]) -> Image.Image:
    """An RGB picture of the view, as wide as it, with every value that has a box, and below it a legend.

    A label stands beside its box where it covers no other label or value, and as little print as can be.
    """
    picture = Image.fromarray(view.image).convert("RGB")
    scale = view.dpi / 72
    font = _font(LABEL_PT * scale)
    ink = ImageDraw.Draw(picture, "RGBA")
    placed = [(value, box) for value in values if (box := _pixels(view, value)) is not None]
    for value, box in placed:
        colour = COLOURS[value.status]
        ink.rectangle(box, outline=colour, fill=(*colour, 36), width=max(1, round(scale)))
    taken = [box for _, box in placed]
    dark = view.image.min(axis=2) < DARK
    for value, box in placed:
        label = _name(value.pointer)
        left, top, right, bottom = font.getbbox(label, anchor="la")
        where = _free_place(dark, right - min(left, 0) + 3, bottom - min(top, 0) + 2, box, taken)
        taken.append(where)
        ink.rectangle(where, fill=COLOURS[value.status])
        ink.text((where[0] + 1, where[1]), label, font=font, fill="white", anchor="la")
    return _with_legend(picture, [value.status for value, _ in placed], font)


def _pixels(view: View, value: Value) -> Box | None:
    """The box of a value in pixels of the view, None when it lies outside."""
    if value.box is None or value.page != view.page.number:
        return None
    x, y, sx, sy = view.to_page
    margin_x, margin_y = MARGIN_PT / sx, MARGIN_PT / sy
    height, width = view.image.shape[:2]
    x0, x1 = (value.box[0] - x) / sx - margin_x, (value.box[2] - x) / sx + margin_x
    y0, y1 = (value.box[1] - y) / sy - margin_y, (value.box[3] - y) / sy + margin_y
    if x1 <= 0 or y1 <= 0 or x0 >= width or y0 >= height or x1 < x0 or y1 < y0:
        return None
    return (max(0.0, x0), max(0.0, y0), min(width - 1.0, x1), min(height - 1.0, y1))


def _font(size_px: float) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    """Pillow's own font: it needs no font on the machine and has every Latin letter."""
    return ImageFont.load_default(size=max(8.0, size_px))


def _name(pointer: str) -> str:
    """What a label says: the field, and for a cell its row: /line_items/0/amount is 0.amount."""
    parts = pointer.lstrip("/").split("/")
    rows = [place for place, part in enumerate(parts) if part.isdigit()]
    return ".".join(parts[rows[-1] :] if rows and len(parts) > 1 else parts) or pointer


def _free_place(dark: NDArray[np.bool_], width: float, height: float, box: Box, taken: Sequence[Box]) -> Box:
    """Where a label of this size in pixels goes: near its box, off other labels and values and off print.

    `dark` is where the picture is printed on, (height, width).
    """
    tall, wide = dark.shape
    left, right = min(max(0.0, box[0]), max(0.0, wide - width)), min(max(0.0, box[2] - width), max(0.0, wide - width))
    above, below = box[1] - height, box[3] + 1
    places = [
        (left, above),
        (left, below),
        (right, above),
        (right, below),
        (box[2] + 1, box[1]),
        (box[0] - width - 1, box[1]),
    ]
    rooms = [
        (x, y, x + width, y + height) for x, y in places if 0 <= x <= wide - width and 0 <= y <= tall - height
    ] or [(left, 0.0, left + width, height)]
    free = [room for room in rooms if not any(_overlap(room, other) for other in taken)]
    return min(free or rooms, key=lambda room: _covered(dark, room))


def _covered(dark: NDArray[np.bool_], room: Box) -> int:
    """How much print a label would cover, in tens of pixels: less than that is a rule or a speck."""
    x0, y0, x1, y1 = map(int, room)
    return int(dark[y0:y1, x0:x1].sum()) // 10


def _overlap(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _with_legend(
    picture: Image.Image, statuses: Sequence[ValueStatus], font: ImageFont.FreeTypeFont | ImageFont.ImageFont
) -> Image.Image:
    """The picture with a strip below it that says what each colour means, and how many values have it."""
    counts = [(status, statuses.count(status)) for status in COLOURS if status in statuses]
    entries = [(COLOURS[status], f"{status}: {count}") for status, count in counts]
    entries = entries or [((0, 0, 0), "no value was found on this page")]
    line = round(getattr(font, "size", 10) * 1.6)
    spots, x, y = [], 4.0, 3.0
    for colour, text in entries:
        width = font.getlength(text) + line + 8
        if x > 4 and x + width > picture.width:
            x, y = 4.0, y + line
        spots.append((x, y, colour, text))
        x += width
    strip = Image.new("RGB", (picture.width, round(y) + line + 2), "white")
    ink = ImageDraw.Draw(strip)
    for x, y, colour, text in spots:
        ink.rectangle((x, y + 1, x + line * 0.6, y + line * 0.6), fill=colour)
        ink.text((x + line * 0.8, y), text, font=font, fill="black", anchor="la")
    whole = Image.new("RGB", (picture.width, picture.height + strip.height), "white")
    whole.paste(picture, (0, 0))
    whole.paste(strip, (0, picture.height))
    return whole
