"""A PDF becomes pages with sizes in points, their pixels and their words. Runs in the render child."""

from __future__ import annotations

import contextlib
import mmap
import re
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pymupdf

from docpipe.render_fault import Fault, out_of_memory

if TYPE_CHECKING:
    from docpipe.render_text import TextWord

Box = tuple[float, float, float, float]
# MuPDF keeps decoded pictures and fonts up to 256 MB; after this many views it starts anew.
_VIEWS_CACHED = 16


class PdfDocument:
    """A PDF, by MuPDF; its pictures by poppler where that is asked for."""

    kind = "pdf"

    def __init__(self, source: Path | bytes, password: str | None, *, poppler: bool, timeout_s: float) -> None:
        self.source = source
        self.password = password
        self.poppler = poppler
        self.timeout_s = timeout_s
        self.views = 0
        pymupdf.TOOLS.mupdf_display_errors(False)
        pymupdf.TOOLS.mupdf_display_warnings(False)
        try:
            if isinstance(source, Path):
                self.file = pymupdf.open(filename=str(source), filetype="pdf")
            else:
                self.file = pymupdf.open(stream=source, filetype="pdf")
        except (RuntimeError, pymupdf.mupdf.FzErrorBase) as error:
            if out_of_memory(error):
                raise MemoryError from error
            raise Fault("SourceDamaged", "is damaged: no PDF could be made out in it") from error
        if self.file.needs_pass and not self.file.authenticate(password or ""):
            why = "the password is wrong" if password else "a password is needed to open it"
            raise Fault("SourceEncrypted", f"is encrypted: {why}")
        # A repaired file may still be whole: many programs write a wrong cross-reference table.
        if self.file.is_repaired and _is_cut(source):
            raise Fault("SourceDamaged", "is cut off: the end of the file is missing")
        try:
            self.count = int(self.file.page_count)
        except (RuntimeError, pymupdf.mupdf.FzErrorBase) as error:
            raise Fault("SourceDamaged", f"is damaged: its pages cannot be counted: {error}") from error
        if self.count == 0:
            raise Fault("SourceDamaged", "is damaged: it has no pages")

    def size(self, number: int) -> tuple[float, float]:
        """Width and height of page `number` in points, rotation applied."""
        rect = self._page(number).rect
        if rect.width <= 0 or rect.height <= 0:
            raise Fault("SourceDamaged", f"page {number} has no area")
        return float(rect.width), float(rect.height)

    def view(self, number: int, dpi: float, clip: Box) -> tuple[Box, int, int, bytes]:
        """Pixels of `clip`: the part of the page they show, in points, then width, height and RGB bytes."""
        if self.poppler:
            return self._view_by_poppler(number, dpi, clip)
        zoom = dpi / 72
        page = self._page(number)
        pixmap = page.get_pixmap(
            matrix=pymupdf.Matrix(zoom, zoom), clip=pymupdf.Rect(clip), colorspace=pymupdf.csRGB, alpha=False
        )
        _raise_if_out_of_memory()
        self.views += 1
        if self.views % _VIEWS_CACHED == 0:
            pymupdf.TOOLS.store_shrink(100)
        if pixmap.width < 1 or pixmap.height < 1:
            raise Fault("RenderFailed", f"page {number}: the renderer gave an empty picture")
        shown = (
            pixmap.x / zoom, pixmap.y / zoom, (pixmap.x + pixmap.width) / zoom, (pixmap.y + pixmap.height) / zoom
        )  # fmt: skip
        return shown, pixmap.width, pixmap.height, pixmap.samples

    def words(self, number: int) -> tuple[list[TextWord], bool]:
        """The text layer of page `number`, and whether a scanner made it."""
        from docpipe.render_text import page_words

        found = page_words(self._page(number))
        _raise_if_out_of_memory()
        return found

    def attached(self, suffix: str) -> list[tuple[str, bytes]]:
        """The files inside the PDF whose names end like `suffix`, with their names, as far as they can be read."""
        found: list[tuple[str, bytes]] = []
        for place in range(self.file.embfile_count()):
            about = self.file.embfile_info(place)
            name = str(about.get("ufilename") or about.get("filename") or about["name"])
            if name.lower().endswith(suffix):
                with contextlib.suppress(RuntimeError, ValueError, pymupdf.mupdf.FzErrorBase):
                    found.append((name, bytes(self.file.embfile_get(place))))
        _raise_if_out_of_memory()
        return found

    def without_files(self) -> bytes:
        """The PDF as it looks, without the files inside it: the same bytes every time."""
        with pymupdf.open(stream=self.file.tobytes(no_new_id=True), filetype="pdf") as copy:
            catalogue = copy.pdf_catalog()
            for key in ("AF", "Names/EmbeddedFiles"):
                if copy.xref_get_key(catalogue, key)[0] != "null":
                    copy.xref_set_key(catalogue, key, "null")
            for page in copy:
                if copy.xref_get_key(page.xref, "AF")[0] != "null":
                    copy.xref_set_key(page.xref, "AF", "null")
                for note in list(page.annots(types=(pymupdf.PDF_ANNOT_FILE_ATTACHMENT,))):
                    page.delete_annot(note)
            return bytes(copy.tobytes(garbage=1, no_new_id=True))

    def part(self, numbers: Sequence[int]) -> bytes:
        """Some pages as a PDF without a password: the same bytes every time."""
        whole = self.file.tobytes(encryption=pymupdf.PDF_ENCRYPT_NONE, no_new_id=True)
        with pymupdf.open(stream=whole, filetype="pdf") as copy:
            copy.select([number - 1 for number in numbers])
            data = bytes(copy.tobytes(garbage=3, deflate=True, no_new_id=True))
        _raise_if_out_of_memory()
        return data

    def _page(self, number: int) -> pymupdf.Page:
        pymupdf.TOOLS.reset_mupdf_warnings()
        try:
            return self.file[number - 1]
        except (RuntimeError, ValueError, IndexError, pymupdf.mupdf.FzErrorBase) as error:
            if out_of_memory(error):
                raise MemoryError from error
            raise Fault("SourceDamaged", f"page {number} cannot be found in the file: {error}") from error

    def _view_by_poppler(self, number: int, dpi: float, clip: Box) -> tuple[Box, int, int, bytes]:
        """Poppler draws whole pages, so the clip is cut out afterwards."""
        import pdf2image
        from pdf2image.exceptions import PDFInfoNotInstalledError, PDFPageCountError, PDFPopplerTimeoutError

        width_pt, height_pt = self.size(number)
        options: dict[str, Any] = {
            "dpi": dpi,
            "first_page": number,
            "last_page": number,
            "userpw": self.password,
            "use_cropbox": True,
            "timeout": max(1, int(self.timeout_s)),
        }
        try:
            if isinstance(self.source, Path):
                pictures = pdf2image.convert_from_path(self.source, **options)
            else:
                with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
                    file.write(self.source)
                    file.flush()
                    pictures = pdf2image.convert_from_path(file.name, **options)
        except PDFInfoNotInstalledError as error:
            raise Fault("MissingDependency", "poppler-utils is needed for the renderer poppler") from error
        except PDFPopplerTimeoutError as error:
            raise Fault("RenderTimeout", f"page {number}: took longer than {self.timeout_s:g} s") from error
        except (PDFPageCountError, OSError, ValueError) as error:
            raise Fault("RenderFailed", f"page {number}: poppler could not draw it: {error}") from error
        # pdftoppm reports success with an empty or a token picture for some damaged pages.
        if len(pictures) != 1 or abs(pictures[0].width - width_pt * dpi / 72) > 2 + width_pt * dpi / 7200:
            raise Fault("RenderFailed", f"page {number}: poppler gave no picture of it")
        picture = pictures[0].convert("RGB")
        x, y = picture.width / width_pt, picture.height / height_pt
        part = (
            int(clip[0] * x),
            int(clip[1] * y),
            min(picture.width, int(clip[2] * x) + 1),
            min(picture.height, int(clip[3] * y) + 1),
        )
        picture = picture.crop(part)
        shown = (part[0] / x, part[1] / y, part[2] / x, part[3] / y)
        return shown, picture.width, picture.height, picture.tobytes()


def _is_cut(source: Path | bytes) -> bool:
    """Whether a PDF ends before it should: objects after its last end mark, or no such mark at all."""
    if isinstance(source, bytes):
        return _ends_early(source)
    with source.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        return _ends_early(data)


def _ends_early(data: bytes | mmap.mmap) -> bool:
    end = data.rfind(b"%%EOF")
    return end < 0 or re.search(rb"\d+ \d+ obj", data[end:]) is not None


def _raise_if_out_of_memory() -> None:
    """MuPDF draws on without what it had no memory for, and says so only in its warnings."""
    if out_of_memory(pymupdf.TOOLS.mupdf_warnings()):
        raise MemoryError
