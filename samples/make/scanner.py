"""A printed PDF goes in; the picture that a scanner or a phone makes of it comes out, boxes moved along."""

from __future__ import annotations

import io
import math
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pymupdf
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from samples.make.press import Placed, Printed, Rect

Grey = NDArray[np.float32]


@dataclass(frozen=True)
class Scan:
    """How a page was scanned. Degrees turn clockwise; `ink` is 1 for black print, less for faint print.

    `blur` is a radius in pixels, `noise` a deviation in grey levels, `shadow` the darkening at one edge in
    grey levels, `bands` the depth of stripes that a worn thermal head leaves, `fax` makes it black and white,
    `desk` pixels of dark desk lie around the sheet in a phone's picture, `ocr` adds the invisible text that
    scanning software puts over the picture in a PDF, with its mistakes.
    """

    dpi: int = 150
    degrees: float = 0.0
    blur: float = 0.6
    noise: float = 4.0
    ink: float = 0.95
    paper: float = 248.0
    shadow: float = 0.0
    bands: float = 0.0
    quality: int = 45
    fax: bool = False
    colour: bool = False
    specks: int = 12
    holes: bool = False
    fold: bool = False
    desk: int = 0
    ocr: bool = False
    seed: int = 1


@dataclass(frozen=True)
class Scanned:
    """Pictures of all pages, the boxes in points of these pictures at their dpi, and what OCR read on each page."""

    pages: list[Image.Image]
    read: list[list[tuple[str, Rect]]]
    boxes: dict[str, Placed]
    dpi: int


def scan(printed: Printed, how: Scan) -> Scanned:
    """Every page of `printed` through the scanner `how`."""
    random = np.random.default_rng(how.seed)
    pages: list[Image.Image] = []
    boxes: dict[str, Placed] = {}
    read: list[list[tuple[str, Rect]]] = []
    with pymupdf.open(stream=printed.pdf, filetype="pdf") as document:
        for number, page in enumerate(document, 1):
            # The next sheet through the feeder lies a little differently.
            degrees = how.degrees * (1 if number == 1 else -0.4)
            pixels = page.get_pixmap(dpi=how.dpi, colorspace=pymupdf.csRGB)
            sheet = Image.frombytes("RGB", (pixels.width, pixels.height), pixels.samples)
            turned, move = _turn(sheet, degrees, how, random)
            pages.append(_expose(turned, how, random))
            words = page.get_text("words") if how.ocr else []
            read.append([(_misread(word[4], random), move(word[:4])) for word in words])
            for pointer, box in printed.boxes.items():
                if box[0] == number:
                    boxes[pointer] = (number, *move(box[1:]))
    return Scanned(pages, read, boxes, how.dpi)


def _misread(word: str, random: np.random.Generator) -> str:
    """A word as OCR gets it: now and then a character is taken for one that looks like it."""
    alike = {"0": "O", "1": "l", "5": "S", "8": "B", "l": "1", "O": "0", "S": "5", "m": "rn"}
    return "".join(alike.get(letter, letter) if random.random() < 0.03 else letter for letter in word)


def exported(dpi: int) -> Scan:
    """A picture without any damage."""
    return Scan(dpi, blur=0, noise=0, ink=1, paper=255, specks=0, colour=True, quality=80)


class _Move:
    """Maps a box of the upright sheet to the hull of its turned corners."""

    def __init__(self, degrees: float, size: tuple[int, int], offset: tuple[float, float], dpi: int) -> None:
        self.cos, self.sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
        self.centre = (size[0] / 2, size[1] / 2)
        self.offset = offset
        self.scale = dpi / 72

    def __call__(self, box: Rect) -> Rect:
        xs, ys = [], []
        for x, y in ((box[0], box[1]), (box[2], box[1]), (box[0], box[3]), (box[2], box[3])):
            dx, dy = x * self.scale - self.centre[0], y * self.scale - self.centre[1]
            xs.append((self.cos * dx - self.sin * dy + self.centre[0] + self.offset[0]) / self.scale)
            ys.append((self.sin * dx + self.cos * dy + self.centre[1] + self.offset[1]) / self.scale)
        return (round(min(xs), 2), round(min(ys), 2), round(max(xs), 2), round(max(ys), 2))


def _turn(sheet: Image.Image, degrees: float, how: Scan, random: np.random.Generator) -> tuple[Image.Image, _Move]:
    """The sheet turned about its middle, on a desk where there is one."""
    pad = how.desk
    width, height = sheet.width + 2 * pad, sheet.height + 2 * pad
    ground = Image.new("RGB", (width, height), (92, 74, 58) if pad else (255, 255, 255))
    if pad:
        grain = random.normal(0, 7, (height, 1, 1)) + random.normal(0, 3, (height, width, 1))
        ground = Image.fromarray(np.clip(np.asarray(ground, np.float32) + grain, 0, 255).astype(np.uint8))
    # Pillow turns counter-clockwise and about the middle; a mask keeps what lies beyond the sheet's edge.
    turned = sheet.rotate(-degrees, Image.Resampling.BICUBIC, expand=False, fillcolor=(255, 255, 255))
    if pad:
        big = Image.new("RGB", (width, height), (255, 255, 255))
        big.paste(sheet, (pad, pad))
        mask = Image.new("L", (width, height), 0)
        mask.paste(255, (pad, pad, pad + sheet.width, pad + sheet.height))
        turned, mask = big.rotate(-degrees, Image.Resampling.BICUBIC), mask.rotate(-degrees, Image.Resampling.BICUBIC)
        cast = mask.filter(ImageFilter.GaussianBlur(14))
        dark = Image.eval(ground, lambda level: level // 2)
        ground = Image.composite(dark, ground, cast)
        turned = Image.composite(turned, ground, mask)
    return turned, _Move(degrees, sheet.size, (pad, pad), how.dpi)


def _expose(sheet: Image.Image, how: Scan, random: np.random.Generator) -> Image.Image:
    """Ink, light and grain of the scanner on an upright or turned sheet."""
    image = sheet if how.colour else sheet.convert("L")
    if how.blur:
        image = image.filter(ImageFilter.GaussianBlur(how.blur))
    levels: Grey = np.asarray(image, np.float32)
    height, width = levels.shape[:2]
    across, down = np.linspace(0, 1, width, dtype=np.float32), np.linspace(0, 1, height, dtype=np.float32)
    light = np.full((height, width), how.paper / 255, np.float32)
    light *= 1 - (how.shadow / 255) * (np.exp(-across * 9)[None, :] + 0.4 * np.exp(-(1 - down) * 6)[:, None])
    if how.fold:
        crease = int(height * 0.5 + random.integers(-8, 8))
        profile = (
            np.exp(-(((np.arange(height) - crease) / 2.2) ** 2)) * 0.10 - np.exp(-(((np.arange(height) - crease - 5) / 5) ** 2)) * 0.03
        )
        light *= (1 - profile.astype(np.float32))[:, None]
    ink = np.full((1, width), how.ink, np.float32)
    if how.bands:
        stripes = np.interp(np.arange(width), np.linspace(0, width, 24), random.uniform(0, 1, 24)).astype(np.float32)
        ink = ink * (1 - how.bands * stripes[None, :] ** 2)
    shape = (slice(None), slice(None), None) if levels.ndim == 3 else (slice(None), slice(None))
    levels = (255 - (255 - levels) * ink[shape]) * light[shape]
    levels = levels + random.normal(0, how.noise, (height, width)).astype(np.float32)[shape]
    _dirty(levels, how, random)
    done = Image.fromarray(np.clip(levels, 0, 255).astype(np.uint8))
    return done.point(lambda level: 255 * (level > 150), "1") if how.fax else done


def _dirty(levels: Grey, how: Scan, random: np.random.Generator) -> None:
    height, width = levels.shape[:2]
    for _ in range(how.specks):
        y, x, r = int(random.integers(0, height - 4)), int(random.integers(0, width - 4)), int(random.integers(1, 3))
        levels[y : y + r, x : x + r] *= 0.55
    if how.holes:
        rows, columns = np.ogrid[:height, :width]
        for share in (0.365, 0.635):
            radius = how.dpi * 0.11
            inside = (rows - height * share) ** 2 + (columns - how.dpi * 0.27) ** 2 < radius**2
            levels[inside] = 70


Ending = Literal["pdf", "jpg", "png", "tif"]


def develop(pictures: Scanned, ending: Ending, quality: int) -> bytes:
    """The file of the pictures; the dpi is written into it. Only PDF and TIFF hold more than one page."""
    first, rest = pictures.pages[0], pictures.pages[1:]
    if rest and ending not in ("pdf", "tif"):
        raise ValueError(f"a .{ending} holds one page, not {len(pictures.pages)}")
    dpi = (pictures.dpi, pictures.dpi)
    out = io.BytesIO()
    if ending == "jpg":
        first.save(out, "JPEG", quality=quality, dpi=dpi, optimize=True)
    elif ending == "png":
        (first if first.mode == "1" else _few_colours(first)).save(out, "PNG", dpi=dpi, optimize=True)
    elif ending == "tif":
        packing = "group4" if first.mode == "1" else "jpeg"
        first.save(out, "TIFF", compression=packing, dpi=dpi, save_all=True, append_images=rest)
    else:
        return _bind(pictures, quality)
    return out.getvalue()


def _few_colours(picture: Image.Image) -> Image.Image:
    """Colours as a program exports them, or sixteen greys and white paper as scanning software saves: small either way."""
    if picture.mode == "RGB":
        return picture.quantize(48, dither=Image.Dither.NONE)
    return picture.convert("L").point(lambda level: min(255, 17 * round(level / 232 * 15))).quantize(16, dither=Image.Dither.NONE)


def _bind(pictures: Scanned, quality: int) -> bytes:
    """A PDF of one picture a page, with invisible text where OCR read some."""
    with pymupdf.open() as document:
        for picture, words in zip(pictures.pages, pictures.read, strict=True):
            part = io.BytesIO()
            if picture.mode == "1":
                picture.save(part, "PNG", optimize=True)
            else:
                picture.save(part, "JPEG", quality=quality, optimize=True)
            page = document.new_page(width=picture.width * 72 / pictures.dpi, height=picture.height * 72 / pictures.dpi)
            page.insert_image(page.rect, stream=part.getvalue())
            for text, (x0, y0, x1, y1) in words:
                size = min((y1 - y0) * 0.8, (x1 - x0) / max(0.1, pymupdf.get_text_length(text, fontsize=1)))
                page.insert_text((x0, y1 - 0.22 * (y1 - y0)), text, fontsize=size, render_mode=3)
        data: bytes = document.tobytes(garbage=3, deflate=True, no_new_id=True)
    return data
