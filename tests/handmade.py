"""PDFs written by hand, byte by byte: plain ones, hostile ones, and ones that hide text."""

from __future__ import annotations

A4 = (595, 842)
FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"


def write_pdf(objects: dict[int, bytes], root: int = 1) -> bytes:
    """A PDF file of numbered objects, with a right cross-reference table."""
    out = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    places: dict[int, int] = {}
    for number, body in objects.items():
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    size = max(objects) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n" % size
    for number in range(1, size):
        known = number in places
        out += b"%010d %05d %s \n" % (places.get(number, 0), 0 if known else 65535, b"n" if known else b"f")
    out += b"trailer\n<< /Size %d /Root %d 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, root, start)
    return bytes(out)


def stream(data: bytes, entries: bytes = b"") -> bytes:
    """A stream object."""
    return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (entries, len(data), data)


def one_page(
    content: bytes,
    *,
    size: tuple[float, float] = A4,
    page: bytes = b"",
    resources: bytes = b"",
    more: dict[int, bytes] | None = None,
) -> bytes:
    """A PDF of one page with `content`; the font is /F1, further objects start at number 10."""
    return write_pdf(
        {
            1: b"<< /Type /Catalog /Pages 2 0 R >>",
            2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %g %g] /Contents 4 0 R %s"
            b" /Resources << /Font << /F1 5 0 R >> %s >> >>" % (*size, page, resources),
            4: stream(content),
            5: FONT,
            **(more or {}),
        }
    )


def text_at(x: float, y: float, words: str, *, size: float = 11, before: str = "") -> bytes:
    """Operators that show `words` with the baseline at (x, y) from the bottom left; `before` sets colour or mode."""
    return f"q BT {before} /F1 {size:g} Tf {x:g} {y:g} Td ({words}) Tj ET Q\n".encode("cp1252")


def many_pages(count: int) -> bytes:
    """A PDF of `count` pages, each with its number and a paragraph of its own."""
    objects = {1: b"<< /Type /Catalog /Pages 2 0 R >>", 5: FONT}
    kids = []
    for index in range(count):
        page, content = 10 + 2 * index, 11 + 2 * index
        kids.append(b"%d 0 R" % page)
        lines = b"".join(text_at(72, 760 - 14 * line, f"Page {index + 1} line {line}") for line in range(40))
        objects[page] = (
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R"
            b" /Resources << /Font << /F1 5 0 R >> >> >>" % content
        )
        objects[content] = stream(lines)
    objects[2] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(kids), count)
    return write_pdf(dict(sorted(objects.items())))


def nested_forms(depth: int = 8, times: int = 20) -> bytes:
    """A page that draws a form that draws a form ... : times**depth drawings of one small rectangle."""
    more = {}
    for level in range(depth):
        number = 10 + level
        inner = b"/Resources << /XObject << /X %d 0 R >> >>" % (number + 1) if level < depth - 1 else b""
        body = b"/X Do " * times if level < depth - 1 else b"0 0 1 1 re f " * times
        more[number] = stream(body, b"/Type /XObject /Subtype /Form /BBox [0 0 600 850] " + inner)
    return one_page(b"/X Do", resources=b"/XObject << /X 10 0 R >>", more=more)


def memory_eater(depth: int = 50, side: int = 3000) -> bytes:
    """A page of see-through groups, one in the other: the renderer holds a picture of the page for each of them."""
    more = {9: b"<< /Type /ExtGState /ca 0.9 /BM /Multiply >>"}
    for level in range(depth):
        number = 10 + level
        last = level == depth - 1
        inner = b"" if last else b"/XObject << /X %d 0 R >>" % (number + 1)
        more[number] = stream(
            b"0 0 1 rg 10 10 2000 2000 re f" if last else b"/G gs /X Do",
            b"/Type /XObject /Subtype /Form /BBox [0 0 %d %d] /Group << /S /Transparency /I true /K true >>"
            b" /Resources << /ExtGState << /G 9 0 R >> %s >>" % (side, side, inner),
        )
    resources = b"/ExtGState << /G 9 0 R >> /XObject << /X 10 0 R >>"
    return one_page(b"/G gs /X Do", size=(side, side), resources=resources, more=more)
