"""A picture file becomes pages with sizes in points, and their pixels. Runs in the render child."""

from __future__ import annotations

import io
import math
from pathlib import Path

from PIL import Image, ImageOps, UnidentifiedImageError

from docpipe.render_fault import Fault

Box = tuple[float, float, float, float]

# Resolutions outside these are defaults or mistakes, and so is one that makes the page larger than A2.
DPI_BELIEVED = (50, 1200)
LONGEST_PT = 1684.0
A4_LONG_PT = 842.0
# A picture is decoded whole before it is scaled down, so it may have this many times the pixels of a view.
DECODED_PER_VIEW = 4
# What Pillow raises at a broken file.
_BROKEN = (OSError, ValueError, SyntaxError, EOFError)


class PictureDocument:
    """PNG, JPEG, WebP, HEIF: one page. TIFF: a page a frame. Turned as EXIF says."""

    kind = "picture"

    def __init__(self, source: Path | io.BytesIO, max_megapixels: float) -> None:
        Image.MAX_IMAGE_PIXELS = None  # this class has a limit of its own, with a message
        self.max_pixels = int(max_megapixels * DECODED_PER_VIEW * 1e6)
        self.decoded: tuple[int, Image.Image] | None = None
        try:
            self.file = Image.open(source)
            # Only TIFF keeps pages in frames; the frames of the others are animation.
            self.count = getattr(self.file, "n_frames", 1) if self.file.format == "TIFF" else 1
        except UnidentifiedImageError as error:
            raise Fault("SourceDamaged", "is damaged: the picture's header cannot be read") from error
        except _BROKEN as error:
            raise Fault("SourceDamaged", f"is damaged: {error}") from error

    def size(self, number: int) -> tuple[float, float]:
        """Width and height of page `number` in points, as a person sees it."""
        self._go_to(number)
        width, height = self.file.size
        if width * height > self.max_pixels:
            raise Fault(
                "SourceTooLarge",
                f"page {number} has {width} x {height} pixels, more than {self.max_pixels / 1e6:g} megapixels",
            )
        x_dpi, y_dpi = self._dpi()
        size = (width * 72 / x_dpi, height * 72 / y_dpi)
        try:
            orientation = self.file.getexif().get(0x0112)
        except _BROKEN as error:  # a PNG is read to its end for this
            raise Fault("SourceDamaged", f"page {number} is damaged: {error}") from error
        # Pillow turns TIFF by itself, the others when asked. These values swap the sides (EXIF 2.32, tag 0x0112).
        turned = self.file.format != "TIFF" and orientation in (5, 6, 7, 8)
        return (size[1], size[0]) if turned else size

    def view(self, number: int, dpi: float, clip: Box) -> tuple[Box, int, int, bytes]:
        """Pixels of `clip`: the part of the page they show, in points, then width, height and RGB bytes."""
        page_width, page_height = self.size(number)
        image = self._upright(number)
        x, y = image.width / page_width, image.height / page_height
        part = (clip[0] * x, clip[1] * y, min(clip[2] * x, image.width), min(clip[3] * y, image.height))
        width = max(1, round((clip[2] - clip[0]) * dpi / 72))
        height = max(1, round((clip[3] - clip[1]) * dpi / 72))
        scaled = image.resize((width, height), Image.Resampling.BICUBIC, box=part, reducing_gap=3.0)
        return clip, width, height, scaled.tobytes()

    def _go_to(self, number: int) -> None:
        try:
            self.file.seek(number - 1)
        except _BROKEN as error:
            raise Fault("SourceDamaged", f"page {number} is damaged: {error}") from error

    def _dpi(self) -> tuple[float, float]:
        width, height = self.file.size
        try:
            x, y = (float(value) for value in self.file.info.get("dpi", (0, 0)))
        except (TypeError, ValueError, ZeroDivisionError):
            x = y = 0.0
        low, high = DPI_BELIEVED
        if all(math.isfinite(dpi) and low <= dpi <= high for dpi in (x, y)) and (
            max(width * 72 / x, height * 72 / y) <= LONGEST_PT
        ):
            return x, y
        dpi = max(width, height) * 72 / A4_LONG_PT
        return dpi, dpi

    def _upright(self, number: int) -> Image.Image:
        """The whole page as RGB, turned as EXIF says; the last one is kept for its next view."""
        if self.decoded and self.decoded[0] == number:
            return self.decoded[1]
        self.decoded = None
        self._go_to(number)
        try:
            image = _rgb(ImageOps.exif_transpose(self.file))
        except _BROKEN as error:
            raise Fault("SourceDamaged", f"page {number} is damaged: {error}") from error
        self.decoded = (number, image)
        return image


def _rgb(image: Image.Image) -> Image.Image:
    """`image` as RGB on white paper."""
    if image.mode.startswith(("I", "F")):
        deep = image.convert("F")
        # Deep greys have no stated white; it is the next usual one that the brightest pixel fits under.
        brightest = float(deep.getextrema()[1])  # type: ignore[arg-type]  # one band, so a pair of numbers
        white = next((top for top in (1.0, 255.0, 65535.0) if brightest <= top), brightest)
        return deep.point(lambda level: level * (255.0 / white) + 0.0).convert("L").convert("RGB")
    if "A" in image.mode or "transparency" in image.info:
        layered = image.convert("RGBA")
        paper = Image.new("RGB", layered.size, "white")
        paper.paste(layered, mask=layered.getchannel("A"))
        return paper
    return image.convert("RGB")
