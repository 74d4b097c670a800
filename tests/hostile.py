"""Documents that are made to do harm, each with what must come of it: by name, how they are made, and their errors."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from dataclasses import dataclass

import pymupdf

from tests.handmade import many_pages, nested_forms, one_page, stream, text_at, write_pdf
from tests.watching import note


@dataclass(frozen=True)
class Hostile:
    """A file's name, what makes it, and the codes with one of which its job must end; None where it is read well."""

    name: str
    make: Callable[[], bytes]
    codes: frozenset[str | None]


def repeated(piece: bytes, times: int) -> bytes:
    """`times` pieces, packed as fast as one of them."""
    packer = zlib.compressobj(9)
    begun = packer.compress(b"") + packer.flush(zlib.Z_FULL_FLUSH)
    packed = packer.compress(piece) + packer.flush(zlib.Z_FULL_FLUSH)
    check = 1
    for _ in range(times):
        check = zlib.adler32(piece, check)
    end = packer.flush()[:-4] + struct.pack(">I", check)
    return begun + packed * times + end


def double_flate(size: int = 10**9) -> bytes:
    """A page whose content is `size` bytes of blanks, packed twice: a few kilobytes on the disk."""
    twice = zlib.compress(repeated(b" " * 10**7, size // 10**7), 9)
    content = stream(twice, b"/Filter [/FlateDecode /FlateDecode]")
    return write_pdf(
        {
            1: b"<< /Type /Catalog /Pages 2 0 R >>",
            2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>",
            4: content,
        }
    )


def huge_picture(side: int = 30_000) -> bytes:
    """A PNG of side x side pixels, all white."""
    header = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    data = repeated((b"\0" + b"\xff" * (side // 8)) * 1000, side // 1000)

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def many_vectors(count: int = 3_000_000) -> bytes:
    """A page of `count` lines, packed."""
    lines = b"".join(b"%d %d m %d %d l S\n" % (n % 595, n % 842, (n * 7) % 595, (n * 13) % 842) for n in range(1000))
    packed = repeated(lines * 100, count // 100_000)
    return write_pdf(
        {
            1: b"<< /Type /Catalog /Pages 2 0 R >>",
            2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>",
            4: stream(packed, b"/Filter /FlateDecode"),
        }
    )


def endless_tree() -> bytes:
    """A tree of pages whose branch is its own root."""
    return write_pdf(
        {
            1: b"<< /Type /Catalog /Pages 2 0 R >>",
            2: b"<< /Type /Pages /Kids [3 0 R] /Count 1000 >>",
            3: b"<< /Type /Pages /Parent 2 0 R /Kids [2 0 R 3 0 R] /Count 1000 >>",
        }
    )


def looping_table() -> bytes:
    """A file whose table of objects names itself as the one before it."""
    data = note(9001)
    start = data.rindex(b"xref\n0")
    return data.replace(b"/Root 1 0 R", b"/Root 1 0 R /Prev %d" % start)


def claims_many_pages() -> bytes:
    """One page, and a claim of 10^9."""
    return one_page(text_at(72, 760, "Note No. N-09002")).replace(b"/Count 1 ", b"/Count 1000000000 ")


def locked() -> bytes:
    """A document that wants a password."""
    with pymupdf.open(stream=note(9003), filetype="pdf") as document:
        data: bytes = document.tobytes(encryption=pymupdf.PDF_ENCRYPT_AES_256, user_pw="x", owner_pw="y")
    return data


def self_drawing_form() -> bytes:
    """A form that draws itself."""
    form = stream(b"/X Do", b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 10 0 R >> >>")
    return one_page(b"/X Do", resources=b"/XObject << /X 10 0 R >>", more={10: form})


# Which limit ends it first depends on the machine.
BOUNDED = frozenset({"render_timeout", "render_memory", "render_failed", "source_damaged"})
# What the reader of the tests says of it does not stand on the page.
READ = frozenset({None, "conflict"})
IN_TIME = BOUNDED | READ  # a quick machine is done with it before any limit
DAMAGED, TOO_LARGE = frozenset({"source_damaged"}), frozenset({"source_too_large"})
HOSTILE = (
    Hostile("nested forms.pdf", nested_forms, BOUNDED),
    Hostile("double flate.pdf", double_flate, IN_TIME),
    Hostile("30000 x 30000.png", huge_picture, TOO_LARGE),
    Hostile("vectors.pdf", many_vectors, IN_TIME),
    Hostile("14400 points.pdf", lambda: one_page(b"", size=(14400, 14400)), TOO_LARGE),
    Hostile("truncated.pdf", lambda: note(9005)[:300], DAMAGED),
    Hostile("encrypted.pdf", locked, frozenset({"source_encrypted"})),
    Hostile("endless tree.pdf", endless_tree, DAMAGED),
    Hostile("looping table.pdf", looping_table, DAMAGED | READ),
    Hostile("billion pages.pdf", claims_many_pages, DAMAGED),
    Hostile("501 pages.pdf", lambda: many_pages(501), TOO_LARGE),
    Hostile("self drawing.pdf", self_drawing_form, BOUNDED | READ),
    Hostile("empty.pdf", lambda: b"", frozenset({"source_empty"})),
    # Names can do harm too; one with a slash or a NUL in it can not be on a disk.
    Hostile("a\\..\\..\\etc\\passwd.pdf", lambda: note(9006), READ),
    Hostile("\u202efdp.exe\x1b[31m.pdf", lambda: note(9007), READ),
    Hostile("n" * 246 + ".pdf", lambda: note(9008), READ),
    Hostile("no text\udcff\udcfe.pdf", lambda: note(9009), READ),
)
