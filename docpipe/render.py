"""A Source becomes Pages; a Page becomes a View (pixels) and PageText (words), in a child that can be killed."""

from __future__ import annotations

import re
import shutil
import threading
from collections.abc import Sequence
from itertools import accumulate
from types import TracebackType
from typing import Any, Self

import numpy as np

from docpipe import errors
from docpipe.errors import DocpipeError, MissingDependency, RenderFailed, SourceTooLarge, UsageError
from docpipe.render_process import RenderProcess
from docpipe.settings import Settings
from docpipe.types import Attachment, Box, Page, PageText, Source, View, Word

_HINTS = {
    "SourceDamaged": "get the file again, or open it in another program and save it as a new PDF",
    "SourceEncrypted": "--password PASSWORD",
    "SourceTooLarge": "scale it down, or raise max_view_megapixels in docpipe.toml",
    "RenderTimeout": "raise render_timeout_s in docpipe.toml, or try --renderer poppler",
    "RenderMemory": "raise render_memory_mb in docpipe.toml, or lower --dpi",
    "MissingDependency": "pip install 'docpipe[heif]'",
    "RenderFailed": "try --renderer poppler, or save it as a new PDF with another program",
}
_POPPLER = "apt-get install poppler-utils, or --renderer pymupdf"


class Renderer:
    """Opens documents and draws their pages. A context manager; one child for its whole life, unless one is killed.

    May be shared by threads, which then wait for each other.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._process = RenderProcess(memory_mb=settings.render_memory_mb, timeout_s=settings.render_timeout_s)
        self._lock = threading.RLock()
        self._opened: tuple[int, Source, int] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the child. The renderer can be used again and then starts another."""
        with self._lock:
            self._process.close()

    def pages(self, source: Source, wanted: str | None = None) -> tuple[Page, ...]:
        """The pages of `source`, in order; `wanted` chooses some: "1-4,8", "3-".

        Raises SourceDamaged, SourceEncrypted, SourceTooLarge (too many pages, or a picture with too many pixels),
        RenderError, and UsageError when `wanted` is not understood or names a page that is not there.
        """
        with self._lock:
            numbers = page_numbers(wanted, self._open(source), source.name, limit=self.settings.max_pages)
            answer, _ = self._ask(source, {"do": "sizes", "pages": numbers})
        return tuple(
            Page(source=source, number=number, width_pt=width, height_pt=height)
            for number, (width, height) in zip(numbers, answer["sizes"], strict=True)
        )

    def view(self, page: Page, *, dpi: float, clip: Box | None = None) -> View:
        """Pixels of `page`, or of `clip` in points of it, at `dpi`.

        Raises SourceTooLarge before anything is drawn when the view would have too many pixels, RenderTimeout,
        RenderMemory, RenderFailed, and MissingDependency when the renderer is not installed.
        """
        part = _within(page, clip)
        # Poppler draws the whole page, whatever part of it is wanted.
        self._check_size(page, part if self.settings.renderer == "pymupdf" else _within(page, None), dpi)
        request = {"do": "view", "page": page.number, "dpi": dpi, "clip": page.turned_box(part, -page.turn)}
        answer, pixels = self._ask_about(page, request)
        width, height = answer["width"], answer["height"]
        if width * height * 3 != len(pixels) or not len(pixels):
            raise RenderFailed(f"{page.source.name}: page {page.number}: the renderer gave no picture")
        x0, y0, x1, y1 = page.turned(-page.turn).turned_box(tuple(answer["shown"]), page.turn)
        image = np.frombuffer(pixels, dtype=np.uint8).reshape(height, width, 3)
        if page.turn:
            image = np.ascontiguousarray(np.rot90(image, -page.turn // 90))
            height, width = image.shape[:2]
        to_page = (x0, y0, (x1 - x0) / width, (y1 - y0) / height)
        return View(page=page, dpi=dpi, clip=None if clip is None else part, image=image, to_page=to_page)

    def text(self, page: Page) -> PageText | None:
        """The words of the page's text layer, in the order of its content; None when it has none.

        Words that nobody can see are there with `visible` False. The origin is "ocr" when the layer is what a
        scanner read in a picture of the page.
        """
        answer, _ = self._ask_about(page, {"do": "text", "page": page.number})
        if not answer["words"]:
            return None
        lying = page.turned(-page.turn)
        words = tuple(
            Word(text=text, box=lying.turned_box(tuple(box), page.turn), visible=visible)
            for text, box, visible in answer["words"]
        )
        return PageText(page=page, words=words, origin="ocr" if answer["scanned"] else "layer")

    def attached(self, source: Source, suffix: str) -> tuple[Attachment, ...]:
        """The files inside a PDF whose names end like `suffix` (".xml"); a picture has none.

        Raises what opening the document can raise, RenderTimeout and RenderMemory.
        """
        with self._lock:
            self._open(source)
            answer, content = self._ask(source, {"do": "attached", "suffix": suffix})
        ends = list(accumulate(size for _, size in answer["files"]))
        return tuple(
            Attachment(name, bytes(content[end - size : end]))
            for (name, size), end in zip(answer["files"], ends, strict=True)
        )

    def part(self, source: Source, pages: Sequence[int]) -> bytes:
        """Some pages of a PDF as a PDF: the same bytes every time, without a password. Empty for a picture.

        Raises what opening the document can raise, RenderTimeout and RenderMemory.
        """
        with self._lock:
            self._open(source)
            _, content = self._ask(source, {"do": "part", "pages": list(pages)})
        return bytes(content)

    def without_files(self, source: Source) -> bytes:
        """A PDF as it looks, without the files inside it; the same bytes every time. Empty for a picture.

        Raises what opening the document can raise, RenderTimeout and RenderMemory.
        """
        with self._lock:
            self._open(source)
            _, content = self._ask(source, {"do": "without_files"})
        return bytes(content)

    def _check_size(self, page: Page, part: Box, dpi: float) -> None:
        """Refuse a view that is over the limit, before it costs anything."""
        area_in = (part[2] - part[0]) * (part[3] - part[1]) / 72**2
        limit = self.settings.max_view_megapixels
        if area_in * dpi**2 > limit * 1e6:
            fits = int((limit * 1e6 / area_in) ** 0.5)
            raise SourceTooLarge(
                f"{page.source.name}: page {page.number} is {page.width_pt:.0f} x {page.height_pt:.0f} pt; at {dpi:g} "
                f"dpi that is {area_in * dpi**2 / 1e6:.0f} megapixels, the limit is {limit:g}",
                hint=f"--dpi {fits}" if fits >= 36 else "raise max_view_megapixels in docpipe.toml",
            )

    def _ask_about(self, page: Page, request: dict[str, Any]) -> tuple[dict[str, Any], memoryview]:
        with self._lock:
            self._open(page.source)
            return self._ask(page.source, request)

    def _open(self, source: Source) -> int:
        """Make `source` the child's document and return its number of pages."""
        self._process.start()
        if self._opened and self._opened[0] == self._process.started and self._opened[1] is source:
            return self._opened[2]
        self._opened = None
        kind = {"image/heif": "heif"}.get(source.media_type, "picture")
        request = {
            "do": "open",
            "kind": kind if source.media_type.startswith("image/") else "pdf",
            "path": None if source.data is not None else str(source.path),
            "password": source.password,
            "poppler": self.settings.renderer == "poppler",
            "timeout_s": self.settings.render_timeout_s,
            "max_megapixels": self.settings.max_view_megapixels,
        }
        if self.settings.renderer == "poppler" and shutil.which("pdftoppm") is None:
            raise MissingDependency("poppler-utils is not installed", hint=_POPPLER)
        answer, _ = self._ask(source, request, source.data or b"")
        self._opened = (self._process.started, source, answer["pages"])
        return self._opened[2]

    def _ask(self, source: Source, request: dict[str, Any], data: bytes = b"") -> tuple[dict[str, Any], memoryview]:
        """The child's answer, or the error it means, named after the document."""
        place = f"{source.name}: page {request['page']}" if "page" in request else source.name
        try:
            answer, pixels = self._process.ask(request, data)
        except errors.RenderError as error:
            kind = type(error)
            raise kind(f"{place}: {error.message}", hint=_HINTS.get(kind.__name__)) from error
        if "fault" in answer:
            raise _error(answer["fault"], f"{source.name}: {answer['message']}")
        return answer, pixels


def page_numbers(wanted: str | None, count: int, name: str, *, limit: int) -> list[int]:
    """The numbers that `wanted` means of a document with `count` pages, ascending, each once, at most `limit`."""
    ranges = [(1, count)] if wanted is None else [_range(part, wanted, count) for part in wanted.split(",")]
    last = max(last for _, last in ranges)
    if last > count:
        raise UsageError(f"{name}: has {count} page{'s' * (count != 1)}, there is no page {last}")
    found: set[int] = set()
    for first, last in ranges:
        # A file can claim a thousand million pages, so the range is measured before it is spelled out.
        found.update(range(first, min(last, first + limit) + 1))
    if len(found) > limit:
        over = f"{name}: has {count} pages" if wanted is None else f'{name}: --pages "{wanted}" means more pages'
        raise SourceTooLarge(
            f"{over}, the limit is {limit}", hint=f"--pages 1-{limit}, or raise max_pages in docpipe.toml"
        )
    return sorted(found)


def _range(part: str, wanted: str, count: int) -> tuple[int, int]:
    match = re.fullmatch(r"\s*(\d{1,9})\s*(-\s*(\d{1,9})?)?\s*", part)
    first = int(match.group(1)) if match else 0
    last = first if not match or not match.group(2) else int(match.group(3) or max(first, count))
    if first < 1 or last < first:
        raise UsageError(f'--pages "{wanted}": "{part.strip()}" is no page and no range', hint="--pages 1-4,8")
    return first, last


def _within(page: Page, clip: Box | None) -> Box:
    """`clip` cut to the page, or the whole page."""
    if clip is None:
        return (0.0, 0.0, page.width_pt, page.height_pt)
    part = (
        max(0.0, clip[0]),
        max(0.0, clip[1]),
        min(page.width_pt, clip[2]),
        min(page.height_pt, clip[3]),
    )
    if part[0] >= part[2] or part[1] >= part[3]:
        raise RenderFailed(f"{page.source.name}: page {page.number}: the clip {clip} shows nothing of the page")
    return part


def _error(kind: str, message: str) -> DocpipeError:
    """The error that a fault of the child means."""
    found: type[DocpipeError] = getattr(errors, kind)
    return found(message, hint=_HINTS.get(kind))
