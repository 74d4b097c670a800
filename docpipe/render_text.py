"""A PDF page becomes the words of its text layer, each with whether a person can see it. Runs in the render child.

A word is seen when drawing the page with its text and without differs where the word stands. That settles text that
is white on white, transparent, clipped away or covered by a later picture or shape, however it was done. Where words
stand on each other the difference may be the other's, so there colour and drawing order decide as well.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pymupdf
from numpy.typing import NDArray

mupdf = pymupdf.mupdf

Box = tuple[float, float, float, float]
Pixels = NDArray[np.int16]

TINY_PT = 2.0
# Bits of a character's flags, fz_stext_char in MuPDF's structured-text.h.
FILLED, STROKED, CLIPPED = 16, 32, 64
_PAINTED = FILLED | STROKED | CLIPPED
# Levels of 255 by which a pixel must differ to be noticed, and the share of a word's pixels that must.
_NOTICED = 16
_NOTICED_SHARE = 0.02
_ZOOM = 1.5
_BAND_PIXELS = 4_000_000
# Pictures over this share of a page are the page; when this share of its words is unseen, a scanner read them there.
_FULL_PAGE = 0.8
_GRID = 200
_MOSTLY = 0.8


@dataclass(frozen=True)
class TextWord:
    """A word of the layer. `box` is in points; `size` is the font's, as it comes out on the page."""

    text: str
    box: Box
    size: float = 0.0
    flags: int = FILLED
    color: int = 0
    alpha: int = 255
    upright: bool = True
    origin: tuple[float, float] = (0.0, 0.0)
    visible: bool = True

    @property
    def core(self) -> Box:
        """The middle of the box, where the ink of lines above and below does not reach; dots and lines lie lower."""
        x0, y0, x1, y1 = self.box
        if not any(letter.isalnum() for letter in self.text):
            return self.box
        if self.upright:
            return (x0, y0 + 0.3 * (y1 - y0), x1, y0 + 0.75 * (y1 - y0))
        return (x0 + 0.25 * (x1 - x0), y0, x0 + 0.75 * (x1 - x0), y1)


@dataclass(frozen=True)
class _Look:
    """What stands on the page where a word does: the share of pixels its text changes, contrast, background."""

    changed: float
    contrast: float
    background: NDArray[np.float64] = field(repr=False)


def page_words(page: pymupdf.Page) -> tuple[list[TextWord], bool]:
    """The words of `page` as a person sees it, in the order of its content; and whether a scanner read them.

    Invisible text over a picture of the whole page is what a scanner read in it; such a word counts as seen when
    there is ink in the picture at its place.
    """
    turn = page.rotation
    page.set_rotation(0)
    try:
        words = list(_words(page))
        if not words:
            return [], False
        words, scanned = _judged(page, words)
    finally:
        page.set_rotation(turn)
    matrix = page.rotation_matrix
    return [replace(word, box=tuple((pymupdf.Rect(word.box) * matrix).normalize())) for word in words], scanned


def _words(page: pymupdf.Page) -> Iterator[TextWord]:
    """The words of a page without rotation, also those off the page."""
    everywhere = pymupdf.INFINITE_RECT()
    layer = page.get_textpage(clip=everywhere, flags=pymupdf.TEXT_PRESERVE_WHITESPACE).extractRAWDICT()
    for block in layer["blocks"]:
        for line in block.get("lines", ()):
            upright = abs(line["dir"][0]) >= abs(line["dir"][1])
            yield from _split(line["spans"], upright)


def _split(spans: Iterable[dict[str, Any]], upright: bool) -> Iterator[TextWord]:
    """The words of a line. A change of what decides about visibility ends a word, as a space does."""
    letters: list[dict[str, Any]] = []
    style: tuple[int, int, int, bool] | None = None
    look: dict[str, Any] = {}
    for span in spans:
        now = (span["char_flags"] & _PAINTED, span["color"], span["alpha"], span["size"] < TINY_PT)
        for letter in span["chars"]:
            if letters and (letter["c"].isspace() or now != style):
                yield _word(letters, look, upright)
                letters = []
            if not letter["c"].isspace():
                letters.append(letter)
                style, look = now, span
    if letters:
        yield _word(letters, look, upright)


def _printed(letter: dict[str, Any]) -> str:
    """The character as it is printed: many fonts call the hyphen a soft one, which has a width only where it is ink."""
    x0, _, x1, _ = letter["bbox"]
    return "-" if letter["c"] == "\u00ad" and x1 - x0 > 0.1 else str(letter["c"])


def _word(letters: list[dict[str, Any]], span: dict[str, Any], upright: bool) -> TextWord:
    boxes = np.array([letter["bbox"] for letter in letters], dtype=float)
    low, high = boxes[:, :2].min(axis=0), boxes[:, 2:].max(axis=0)
    return TextWord(
        text="".join(_printed(letter) for letter in letters),
        box=(float(low[0]), float(low[1]), float(high[0]), float(high[1])),
        size=span["size"],
        flags=span["char_flags"] & _PAINTED,
        color=span["color"],
        alpha=span["alpha"],
        upright=upright,
        origin=letters[0]["origin"],
    )


def _judged(page: pymupdf.Page, words: list[TextWord]) -> tuple[list[TextWord], bool]:
    """`words` with `visible` decided, and whether they are a scanner's."""
    looks = dict(_looks(page, [word for word in words if _on_page(word, page.rect)]))
    unseen = sum(1 for word, look in looks.items() if not word.flags or look.changed == 0)
    scanned = bool(looks) and unseen >= _MOSTLY * len(looks) and _is_picture(page)
    crowded = _crowded(list(looks))
    order = _DrawingOrder(page, list(looks)) if crowded else None

    def seen(word: TextWord) -> bool:
        look = looks.get(word)
        if look is None or word.size < TINY_PT:
            return False
        if scanned and (not word.flags or look.changed == 0):
            return look.contrast >= 2 * _NOTICED
        if not word.flags:
            return False
        if look.changed < _NOTICED_SHARE:
            # A stencil changes nothing itself: what shows through it was drawn as a picture or a shape.
            return bool(word.flags & CLIPPED) and look.contrast >= 2 * _NOTICED and word not in crowded
        if word not in crowded:
            return True
        return _stands_out(word, look) and not (order and order.covers(word))

    judged = [replace(word, visible=seen(word)) for word in words]
    return _without_shadows(judged), scanned


def _on_page(word: TextWord, rect: pymupdf.Rect) -> bool:
    x, y = (word.box[0] + word.box[2]) / 2, (word.box[1] + word.box[3]) / 2
    return bool(rect.x0 <= x <= rect.x1 and rect.y0 <= y <= rect.y1)


def _stands_out(word: TextWord, look: _Look) -> bool:
    """Whether the word's own colour differs from what it stands on. Outlined text has two colours and passes."""
    if word.flags & FILLED and word.flags & STROKED:
        return True
    color = np.array([word.color >> 16 & 255, word.color >> 8 & 255, word.color & 255])
    return float(np.abs(color - look.background).max()) * word.alpha / 255 >= _NOTICED


def _looks(page: pymupdf.Page, words: list[TextWord]) -> Iterator[tuple[TextWord, _Look]]:
    """Each word with its look. The page is drawn in bands, so that a huge page takes no more memory than a small."""
    shown = page.get_displaylist(annots=1)
    width = max(1, round(page.rect.width * _ZOOM))
    step = max(64, _BAND_PIXELS // width)
    bands: dict[int, list[TextWord]] = defaultdict(list)
    for word in words:
        bands[int((word.core[1] + word.core[3]) / 2 * _ZOOM) // step].append(word)
    for band, standing in bands.items():
        top = min(word.core[1] for word in standing) * _ZOOM
        bottom = max(word.core[3] for word in standing) * _ZOOM
        area = pymupdf.IRect(0, max(0, int(top) - 1), width, min(int(bottom) + 2, (band + 2) * step))
        full, bare = _drawn(shown, area, text=True), _drawn(shown, area, text=False)
        for word in standing:
            x0, y0, x1, y1 = (edge * _ZOOM for edge in word.core)
            rows = slice(max(0, int(y0) - area.y0), max(int(y0) - area.y0, int(np.ceil(y1)) - area.y0) + 1)
            columns = slice(max(0, int(x0)), max(0, int(np.ceil(x1))) + 1)
            with_text, without = full[rows, columns], bare[rows, columns]
            if with_text.size == 0:
                continue
            differing = np.abs(with_text - without).max(axis=2) > _NOTICED
            yield (
                word,
                _Look(
                    changed=float(differing.mean()),
                    contrast=float(np.ptp(with_text.reshape(-1, 3), axis=0).max()),
                    background=np.median(without.reshape(-1, 3), axis=0),
                ),
            )


def _drawn(shown: pymupdf.DisplayList, area: pymupdf.IRect, *, text: bool) -> Pixels:
    """The pixels of `area` at 108 dpi, (height, width, 3), with or without text."""
    pixmap = pymupdf.Pixmap(pymupdf.csRGB, area, False)
    pixmap.clear_with(255)
    device = mupdf.fz_new_draw_device(mupdf.FzMatrix(_ZOOM, 0, 0, _ZOOM, 0, 0), pixmap.this)
    if not text:
        # MuPDF skips what a device has no function for.
        device.m_internal.fill_text = None
        device.m_internal.stroke_text = None
    mupdf.fz_run_display_list(
        shown.this, device, mupdf.FzMatrix(), mupdf.FzRect(mupdf.FzRect.Fixed_INFINITE), mupdf.FzCookie()
    )
    mupdf.fz_close_device(device)
    rows = np.frombuffer(pixmap.samples_mv, dtype=np.uint8).reshape(pixmap.height, pixmap.stride)
    return rows[:, : pixmap.width * 3].reshape(pixmap.height, pixmap.width, 3).astype(np.int16)


def _is_picture(page: pymupdf.Page) -> bool:
    """Whether pictures cover the page: one, or strips of one."""
    rect = page.rect
    covered = np.zeros((_GRID, _GRID), dtype=bool)
    for info in page.get_image_info():
        part = pymupdf.Rect(info["bbox"]) & rect
        if not part.is_empty:
            x0, x1 = ((x - rect.x0) / rect.width * _GRID for x in (part.x0, part.x1))
            y0, y1 = ((y - rect.y0) / rect.height * _GRID for y in (part.y0, part.y1))
            covered[round(y0) : round(y1), round(x0) : round(x1)] = True
    return bool(covered.mean() >= _FULL_PAGE)


def _crowded(words: list[TextWord]) -> set[TextWord]:
    """The words whose middle another word's box reaches into."""
    if not words:
        return set()
    boxes = np.array([word.box for word in words])
    found = set()
    for index, word in enumerate(words):
        x0, y0, x1, y1 = word.core
        wide = np.minimum(boxes[:, 2], x1) - np.maximum(boxes[:, 0], x0)
        high = np.minimum(boxes[:, 3], y1) - np.maximum(boxes[:, 1], y0)
        # A hair's breadth of overlap is kerning.
        meets = (wide > 0.5) & (high > 0.5)
        meets[index] = False
        if meets.any():
            found.add(word)
    return found


class _DrawingOrder:
    """What was painted after which word: pictures without a mask and filled rectangles hide what lies under them."""

    def __init__(self, page: pymupdf.Page, words: list[TextWord]) -> None:
        places: dict[tuple[str, int, int], list[int]] = defaultdict(list)
        for span in page.get_texttrace():
            for code, _, origin, _ in span["chars"]:
                places[(chr(code), round(origin[0]), round(origin[1]))].append(span["seqno"])
        self.turn: dict[TextWord, int] = {}
        for word in words:
            drawn = places.get((word.text[0], round(word.origin[0]), round(word.origin[1])))
            if drawn:
                self.turn[word] = drawn.pop(0) if len(drawn) > 1 else drawn[0]
        masked = {tuple(round(edge) for edge in info["bbox"]) for info in page.get_image_info() if info["has-mask"]}
        self.lids = [
            (turn, pymupdf.Rect(box))
            for turn, (kind, box) in enumerate(page.get_bboxlog())
            if kind == "fill-image" and tuple(round(edge) for edge in box) not in masked
        ]
        for drawing in page.get_drawings():
            items = drawing["items"]
            if drawing["fill"] and drawing["fill_opacity"] == 1 and len(items) == 1 and items[0][0] == "re":
                self.lids.append((drawing["seqno"], items[0][1]))

    def covers(self, word: TextWord) -> bool:
        """Whether something painted later lies over all of `word`."""
        turn = self.turn.get(word)
        return turn is not None and any(later > turn and word.core in lid for later, lid in self.lids)


def _without_shadows(words: list[TextWord]) -> list[TextWord]:
    """`words` without unseen ones that repeat a seen one in its place: outlines and shadows, not hidden text."""
    seen: dict[str, list[Box]] = defaultdict(list)
    for word in words:
        if word.visible:
            seen[word.text].append(word.box)
    return [word for word in words if word.visible or not any(_overlap(word.box, box) for box in seen[word.text])]


def _overlap(one: Box, other: Box) -> bool:
    wide = min(one[2], other[2]) - max(one[0], other[0])
    high = min(one[3], other[3]) - max(one[1], other[1])
    area = min((box[2] - box[0]) * (box[3] - box[1]) for box in (one, other))
    return wide > 0 and high > 0 and wide * high > 0.5 * area
