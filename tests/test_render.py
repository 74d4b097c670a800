"""Pages become pixels and words, in a child that cannot hang, eat the machine or stay behind."""

from __future__ import annotations

import io
import os
import select
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pymupdf
import pytest
from PIL import Image

from docpipe import errors
from docpipe.ingest import open_source
from docpipe.render import Renderer, page_numbers
from docpipe.settings import load_settings
from docpipe.types import Page, Source, Word
from tests.handmade import FONT, many_pages, memory_eater, nested_forms, one_page, stream, text_at, write_pdf

POPPLER = pytest.mark.skipif(
    shutil.which("pdftoppm") is None, reason="poppler-utils is not installed: poppler was NOT tested"
)
BLACK_BOX = b"0 g 100 642 200 100 re f\n"
LETTER = text_at(72, 700, "Total 485,000") + text_at(72, 680, "Due 2024-05-01")


@pytest.fixture(scope="module")
def renderer() -> Iterator[Renderer]:
    with Renderer(load_settings()) as shared:
        yield shared


def strict(**settings: object) -> Renderer:
    return Renderer(load_settings(**settings))


def page_of(renderer: Renderer, data: bytes, name: str = "a.pdf", number: int = 1) -> Page:
    return renderer.pages(open_source(data, name=name))[number - 1]


def words_of(renderer: Renderer, data: bytes) -> list[Word]:
    text = renderer.text(page_of(renderer, data))
    return list(text.words) if text else []


def hidden(words: list[Word]) -> list[str]:
    return [word.text for word in words if not word.visible]


def picture(image: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def encrypted(password: str) -> bytes:
    with pymupdf.open(stream=one_page(LETTER), filetype="pdf") as document:
        locked: bytes = document.tobytes(
            encryption=pymupdf.PDF_ENCRYPT_AES_256, user_pw=password, owner_pw="owner" if password else "x"
        )
    return locked


def ends(pid: int, within_s: float = 10) -> bool:
    """Whether a process that was killed has ended, or does so in time: a signal takes a moment to arrive."""
    try:
        handle = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    try:
        return bool(select.select([handle], [], [], within_s)[0])
    finally:
        os.close(handle)


def gone(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return Path(f"/proc/{pid}/stat").read_text().split()[2] == "Z"


# --- pixels ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["pymupdf", pytest.param("poppler", marks=POPPLER)])
def test_pixels_map_back_to_the_page(name: str) -> None:
    """What is seen at a pixel of any view lies at the point of the page that `box_to_page` says."""
    with strict(renderer=name) as renderer:
        page = page_of(renderer, one_page(BLACK_BOX))
        assert (page.width_pt, page.height_pt) == (595, 842)
        for dpi, clip in ((72, None), (110, None), (200, (90.0, 90.0, 400.0, 250.0))):
            view = renderer.view(page, dpi=dpi, clip=clip)
            assert view.image.dtype == np.uint8
            assert view.image.shape[2] == 3
            dark = np.argwhere(view.image.max(axis=2) < 128)
            (y0, x0), (y1, x1) = dark.min(axis=0), dark.max(axis=0) + 1
            box = view.box_to_page((x0, y0, x1, y1))
            assert box == pytest.approx((100, 100, 300, 200), abs=72 / dpi)
            assert view.image.shape[1] * view.to_page[2] == pytest.approx(310 if clip else 595, abs=2 * 72 / dpi)


def test_a_turned_page_is_as_a_person_sees_it(renderer: Renderer) -> None:
    """/Rotate swaps the sides of the page and turns pixels and words alike."""
    page = page_of(renderer, one_page(BLACK_BOX + text_at(110, 690, "Sideways", before="1 g"), page=b"/Rotate 90"))
    assert (page.width_pt, page.height_pt) == (842, 595)
    dark = np.argwhere(renderer.view(page, dpi=72).image.max(axis=2) < 128)
    assert tuple(dark.min(axis=0)) == (100, 642)
    text = renderer.text(page)
    assert text is not None
    (word,) = text.words
    assert word.visible
    x0, y0, x1, y1 = word.box
    assert 642 < x0 < x1 < 742
    assert 100 < y0 < y1 < 200
    assert y1 - y0 > 2 * (x1 - x0)


@pytest.mark.parametrize(
    ("orientation", "corner"), [(1, "top left"), (3, "bottom right"), (6, "top right"), (8, "bottom left")]
)
def test_a_photo_is_turned_as_its_camera_says(renderer: Renderer, orientation: int, corner: str) -> None:
    """EXIF orientation turns the picture and swaps the page's sides."""
    image = Image.new("RGB", (400, 300), "white")
    image.paste("black", (0, 0, 100, 100))
    exif = Image.Exif()
    exif[0x0112] = orientation
    page = page_of(renderer, picture(image, "JPEG", exif=exif, dpi=(100, 100)))
    turned = orientation in (6, 8)
    assert (page.width_pt, page.height_pt) == pytest.approx((216, 288) if turned else (288, 216))
    view = renderer.view(page, dpi=100)
    height, width, _ = view.image.shape
    assert (width, height) == ((300, 400) if turned else (400, 300))
    y = 50 if "top" in corner else height - 50
    x = 50 if "left" in corner else width - 50
    assert view.image[y, x].max() < 60
    assert (view.image.max(axis=2) < 128).mean() == pytest.approx(100 * 100 / (400 * 300), abs=0.01)


@pytest.mark.parametrize(
    ("dpi", "size", "points"),
    [
        (200, (1000, 500), (360, 180)),
        (None, (1000, 500), (842, 421)),
        (10, (1000, 500), (842, 421)),
        (2400, (1000, 500), (842, 421)),
        (72, (4032, 3024), (842, 631.5)),
    ],
)
def test_a_picture_has_a_size_on_paper(
    renderer: Renderer, dpi: int | None, size: tuple[int, int], points: tuple[float, float]
) -> None:
    """Its resolution gives it; a resolution that is missing, absent-minded or a phone's 72 dpi means A4."""
    options = {} if dpi is None else {"dpi": (dpi, dpi)}
    page = page_of(renderer, picture(Image.new("L", size, 255), "JPEG", **options))
    assert (page.width_pt, page.height_pt) == pytest.approx(points, rel=0.001)


def test_a_fax_with_unequal_resolutions_keeps_its_shape(renderer: Renderer) -> None:
    """A TIFF of 204 x 98 dpi is as tall on paper as the page that was faxed."""
    fax = Image.new("1", (1728, 1143), 1)
    page = page_of(renderer, picture(fax, "TIFF", dpi=(204, 98)))
    assert (page.width_pt, page.height_pt) == pytest.approx((609.9, 839.8), abs=0.2)
    height, width, _ = renderer.view(page, dpi=100).image.shape
    assert (width, height) == (847, 1166)


PIXELS = {
    "PNG": ("1", "L", "LA", "P", "RGB", "RGBA", "I;16"),
    "WEBP": ("RGB", "RGBA"),
    "JPEG": ("L", "RGB", "CMYK"),
    "TIFF": ("1", "L", "LA", "P", "RGB", "RGBA", "CMYK", "I;16"),
}


@pytest.mark.parametrize(("kind", "mode"), [(kind, mode) for kind, modes in PIXELS.items() for mode in modes])
def test_every_kind_of_pixel_becomes_black_on_white(renderer: Renderer, kind: str, mode: str) -> None:
    """Grey, palette, transparent, print colours and 16 bits: black ink stays black, paper and nothing are white."""
    image = Image.new("L", (100, 100), 255)
    image.paste(0, (0, 0, 50, 100))
    if mode == "I;16":
        image = Image.fromarray(np.array(image, dtype=np.uint16) * 257)
    elif mode.endswith("A"):
        ink = image.point(lambda level: 255 - level)
        image = Image.new(mode, image.size)
        image.putalpha(ink)
    else:
        image = image.convert("RGB").convert(mode)
    seen = renderer.view(page_of(renderer, picture(image, kind)), dpi=30).image
    middle = len(seen) // 2
    assert seen[middle, middle // 2].max() < 40
    assert seen[middle, middle + middle // 2].min() > 215


def test_each_frame_of_a_tiff_is_a_page(renderer: Renderer) -> None:
    """Three scanned sheets in one TIFF are three pages with their own sizes."""
    sheets = [Image.new("L", (width, 300), level) for width, level in ((200, 0), (210, 128), (220, 255))]
    data = picture(sheets[0], "TIFF", save_all=True, append_images=sheets[1:], dpi=(100, 100))
    pages = renderer.pages(open_source(data, name="fax.tif"))
    assert [round(page.width_pt) for page in pages] == [144, 151, 158]
    assert [int(renderer.view(page, dpi=50).image.mean()) for page in pages] == [0, 128, 255]
    assert renderer.text(pages[0]) is None


def test_pages_are_chosen_as_people_write_them() -> None:
    """Lists and ranges, each page once, in order; what is not there or no number is refused."""
    assert page_numbers(None, 3, "a.pdf", limit=9) == [1, 2, 3]
    assert page_numbers("8, 1-4,3", 9, "a.pdf", limit=9) == [1, 2, 3, 4, 8]
    assert page_numbers("7-", 9, "a.pdf", limit=9) == [7, 8, 9]
    for wrong in ("0", "4-1", "x", "", "1,,2", "-3"):
        with pytest.raises(errors.UsageError, match="no page and no range"):
            page_numbers(wrong, 9, "a.pdf", limit=9)
    with pytest.raises(errors.UsageError, match=r"a\.pdf: has 1 page, there is no page 8"):
        page_numbers("8", 1, "a.pdf", limit=9)


def test_too_many_pages_are_refused_with_the_way_out(renderer: Renderer) -> None:
    """A long document is not cut in silence, also not when it claims a thousand million pages."""
    with strict(max_pages=3) as small:
        source = open_source(many_pages(5), name="long.pdf")
        with pytest.raises(errors.SourceTooLarge) as caught:
            small.pages(source)
        assert caught.value.message == "long.pdf: has 5 pages, the limit is 3"
        assert caught.value.hint is not None
        assert "--pages 1-3" in caught.value.hint
        assert [page.number for page in small.pages(source, "2-4")] == [2, 3, 4]
    claim = one_page(LETTER).replace(b"/Count 1 ", b"/Count 999999999 ")
    with pytest.raises(errors.SourceDamaged, match="its pages cannot be counted"):
        renderer.pages(open_source(claim, name="claim.pdf"))


# --- words ----------------------------------------------------------------------------------------------------------


def test_words_stand_where_they_are_seen(renderer: Renderer) -> None:
    """Every word of the layer, in order, with its box around its ink."""
    data = one_page(LETTER)
    words = words_of(renderer, data)
    assert [word.text for word in words] == ["Total", "485,000", "Due", "2024-05-01"]
    assert not hidden(words)
    page = page_of(renderer, data)
    for word in words:
        ink = renderer.view(page, dpi=144, clip=word.box).image.min(axis=2) < 128
        assert ink.mean() > 0.05
    everything = renderer.view(page, dpi=144).image.min(axis=2)
    for word in words:
        x0, y0, x1, y1 = (round(edge * 2) for edge in word.box)
        everything[y0:y1, x0:x1] = 255
    assert everything.min() > 128


HIDDEN = {
    "invisible": text_at(72, 650, "Total 1.00", before="3 Tr"),
    "white on white": text_at(72, 650, "Total 1.00", before="1 g"),
    "nearly white": text_at(72, 650, "Total 1.00", before="0.97 g"),
    "transparent": b"q /Z gs " + text_at(72, 650, "Total 1.00") + b"Q ",
    "tiny": text_at(72, 650, "Total 1.00", size=1),
    "off the page": text_at(72, 900, "Total 1.00"),
    "clipped away": b"q 0 0 10 10 re W n " + text_at(72, 650, "Total 1.00") + b"Q ",
    "under a shape": text_at(72, 650, "Total 1.00") + b"q 1 g 60 640 200 30 re f Q ",
    "under a picture": text_at(72, 650, "Total 1.00") + b"q 200 0 0 30 60 640 cm /P Do Q ",
    "dark on dark": b"q 0.1 g 60 640 200 30 re f Q " + text_at(72, 650, "Total 1.00", before="0.1 g"),
}
SHOWN = {
    "white on dark": b"0 0 0.4 rg 60 640 200 30 re f " + text_at(72, 650, "Total 1.00", before="1 g"),
    "light grey": text_at(72, 650, "Total 1.00", before="0.8 g"),
    "outline only": text_at(72, 650, "Total 1.00", size=18, before="1 Tr"),
    "as a stencil": b"q BT 7 Tr /F1 18 Tf 72 650 Td (Total 1.00) Tj ET 0 g 0 600 500 200 re f Q ",
    "small print": text_at(72, 650, "Total 1.00", size=4),
    "over a picture": b"q 200 0 0 30 60 640 cm /P Do Q " + text_at(72, 650, "Total 1.00"),
    "twice for a shadow": text_at(72.5, 650, "Total 1.00", before="0.7 g") + text_at(72, 650, "Total 1.00"),
    "dots and lines": text_at(72, 650, "... _ - . ,"),
    "turned": b"q 0 1 -1 0 300 500 cm " + text_at(0, 0, "Total 1.00") + b"Q ",
}
GREY = stream(b"\xf0", b"/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8")
RESOURCES = b"/XObject << /P 10 0 R >> /ExtGState << /Z 11 0 R >>"
MORE = {10: GREY, 11: b"<< /Type /ExtGState /ca 0 /CA 0 >>"}


@pytest.mark.parametrize("way", HIDDEN)
@pytest.mark.parametrize("rotate", [0, 270])
def test_text_that_nobody_can_see_is_marked(renderer: Renderer, way: str, rotate: int) -> None:
    """A planted amount is in the layer but not on the paper; the printed one stays what it is."""
    content = LETTER + HIDDEN[way]
    words = words_of(renderer, one_page(content, page=b"/Rotate %d" % rotate, resources=RESOURCES, more=MORE))
    assert hidden(words) == ["Total", "1.00"]
    assert [word.text for word in words if word.visible] == ["Total", "485,000", "Due", "2024-05-01"]


@pytest.mark.parametrize("way", ["white on white", "under a shape"])
def test_text_hidden_below_printed_text_is_marked(renderer: Renderer, way: str) -> None:
    """The ink of the printed amount does not lend itself to a hidden one in the same place."""
    planted = HIDDEN[way].replace(b"Total 1.00", b"1.00")
    words = words_of(renderer, one_page(planted + text_at(72, 650, "485,000"), resources=RESOURCES, more=MORE))
    assert hidden(words) == ["1.00"]
    assert [word.text for word in words if word.visible] == ["485,000"]


@pytest.mark.parametrize("way", SHOWN)
def test_text_that_can_be_seen_is_not_suspected(renderer: Renderer, way: str) -> None:
    """Headers in reverse, outlines, small print, shadows and dotted lines are not hidden text."""
    words = words_of(renderer, one_page(SHOWN[way], resources=RESOURCES, more=MORE))
    assert words
    assert not hidden(words)


def test_a_printed_hyphen_is_a_hyphen(renderer: Renderer) -> None:
    """A font that calls its hyphen a soft one takes no minus from an amount and no dash from a number."""
    cmap = (
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /A def /CMapType 2 def "
        b"1 begincodespacerange <00> <ff> endcodespacerange 1 beginbfchar <2d> <00ad> endbfchar "
        b"1 beginbfrange <20> <2c> <0020> endbfrange 1 beginbfrange <2e> <7e> <002e> endbfrange endcmap end end"
    )
    font = FONT.removesuffix(b">>") + b"/ToUnicode 10 0 R >>"
    data = one_page(text_at(72, 650, "2017-68762 -871.81"), more={5: font, 10: stream(cmap)})
    with pymupdf.open(stream=data) as document:
        assert "\u00ad" in document[0].get_text()
    assert [word.text for word in words_of(renderer, data)] == ["2017-68762", "-871.81"]


def scan(layer: bytes) -> bytes:
    """A page that is one picture, with what its scanner read in it as text."""
    with pymupdf.open(stream=one_page(LETTER), filetype="pdf") as document:
        pixels = document[0].get_pixmap(dpi=72, colorspace=pymupdf.csGRAY)
    paper = stream(
        pixels.samples,
        b"/Type /XObject /Subtype /Image /ColorSpace /DeviceGray /BitsPerComponent 8 /Width %d /Height %d"
        % (pixels.width, pixels.height),
    )
    content = b"q 595 0 0 842 0 0 cm /P Do Q " + layer
    return one_page(content, resources=b"/XObject << /P 10 0 R >>", more={10: paper})


def test_what_a_scanner_read_is_no_hidden_text(renderer: Renderer) -> None:
    """Invisible text over a picture of the page is its OCR layer, and so is text under it."""
    layer = text_at(72, 700, "Total 485,000", before="3 Tr") + text_at(72, 680, "Due 2024-05-01", before="3 Tr")
    text = renderer.text(page_of(renderer, scan(layer)))
    assert text is not None
    assert text.origin == "ocr"
    assert [(word.text, word.visible) for word in text.words] == [
        ("Total", True),
        ("485,000", True),
        ("Due", True),
        ("2024-05-01", True),
    ]


def test_a_scanners_layer_cannot_put_words_on_empty_paper(renderer: Renderer) -> None:
    """Invisible text where the picture has no ink is hidden, OCR layer or not."""
    layer = text_at(72, 700, "Total 485,000", before="3 Tr") + text_at(72, 680, "Due 2024-05-01", before="3 Tr")
    text = renderer.text(page_of(renderer, scan(layer + text_at(72, 300, "Pay 1.00", before="3 Tr"))))
    assert text is not None
    assert text.origin == "ocr"
    assert hidden(list(text.words)) == ["Pay", "1.00"]


def test_filled_form_fields_are_text(renderer: Renderer) -> None:
    """What somebody typed into a PDF form is seen and read."""
    with pymupdf.open() as document:
        page = document.new_page()
        field = pymupdf.Widget()
        field.field_type = pymupdf.PDF_WIDGET_TYPE_TEXT
        field.field_name, field.field_value, field.rect = "name", "Erika Muster", pymupdf.Rect(72, 72, 300, 92)
        page.add_widget(field)
        data = document.tobytes()
    assert [(word.text, word.visible) for word in words_of(renderer, data)] == [("Erika", True), ("Muster", True)]


# --- faults ---------------------------------------------------------------------------------------------------------


def test_a_password_opens_what_is_locked(renderer: Renderer) -> None:
    """Without one, with a wrong one and with the right one: two errors and a page."""
    data = encrypted("secret")
    for password, why in ((None, "a password is needed to open it"), ("guess", "the password is wrong")):
        with pytest.raises(errors.SourceEncrypted) as caught:
            renderer.pages(open_source(data, name="locked.pdf", password=password))
        assert caught.value.message == f"locked.pdf: is encrypted: {why}"
        assert caught.value.hint == "--password PASSWORD"
    page = renderer.pages(open_source(data, name="locked.pdf", password="secret"))[0]
    assert renderer.view(page, dpi=72).image.min() < 100
    assert len(renderer.pages(open_source(encrypted(""), name="free to read.pdf"))) == 1


@POPPLER
def test_poppler_opens_what_is_locked() -> None:
    """The password reaches the other renderer too."""
    with strict(renderer="poppler") as renderer:
        page = renderer.pages(open_source(encrypted("secret"), name="locked.pdf", password="secret"))[0]
        assert renderer.view(page, dpi=72).image.min() < 100


def test_poppler_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The message names the package to install, not a program nobody knows."""
    monkeypatch.setenv("PATH", str(tmp_path))
    with strict(renderer="poppler") as renderer, pytest.raises(errors.MissingDependency, match="poppler-utils"):
        renderer.pages(open_source(one_page(LETTER)))


@pytest.mark.parametrize("code", [0, 1])
def test_poppler_that_gives_nothing_is_a_failure(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, code: int) -> None:
    """A pdftoppm that succeeds with an empty output is not taken for a white page."""
    real = shutil.which("pdfinfo")
    if real is None:
        pytest.skip("poppler-utils is not installed: an empty picture was NOT tested")
    for name, script in (("pdfinfo", f'exec {real} "$@"'), ("pdftoppm", f"exit {code}")):
        (tmp_path / name).write_text(f"#!/bin/sh\n{script}\n", "utf-8")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    with strict(renderer="poppler") as renderer:
        page = page_of(renderer, one_page(LETTER))
        with pytest.raises(errors.RenderFailed, match=r"a\.pdf: page 1: poppler gave no picture of it"):
            renderer.view(page, dpi=72)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (many_pages(5)[:9000], "a.pdf: is cut off: the end of the file is missing"),
        (one_page(LETTER)[:60], "a.pdf: is cut off: the end of the file is missing"),
        (b"%PDF-1.7\n", "a.pdf: is damaged: no PDF could be made out in it"),
        (
            write_pdf({1: b"<< /Type /Catalog /Pages 2 0 R >>", 2: b"<< /Type /Pages /Kids [] /Count 0 >>"}),
            "a.pdf: is damaged: it has no pages",
        ),
        (picture(Image.effect_noise((300, 300), 50))[:9000], "a.pdf: page 1 is damaged: "),
        (picture(Image.effect_noise((300, 300), 50), "JPEG")[:9000], "a.pdf: page 1 is damaged: "),
        (picture(Image.new("L", (9, 9)))[:12], "a.pdf: is damaged: the picture's header cannot be read"),
    ],
)
def test_a_damaged_document_says_so(renderer: Renderer, data: bytes, message: str) -> None:
    """A file that was cut off is not read as if it were whole."""
    with pytest.raises(errors.SourceDamaged) as caught:
        renderer.view(page_of(renderer, data), dpi=72)
    assert caught.value.message.startswith(message)
    assert caught.value.hint


def test_a_document_with_a_wrong_table_but_all_its_parts_is_read(renderer: Renderer) -> None:
    """Many programs write wrong offsets; nothing is missing, so nothing is refused."""
    data = one_page(LETTER).replace(b"startxref\n", b"startxref\n9")
    assert [word.text for word in words_of(renderer, data)] == ["Total", "485,000", "Due", "2024-05-01"]


def test_a_huge_page_is_refused_before_it_is_drawn(renderer: Renderer) -> None:
    """A page of 200 inches names its pixels and the resolution that would do; a part of it can be seen sharply."""
    page = page_of(renderer, one_page(text_at(100, 14300, "Plan"), size=(14400, 14400)))
    with pytest.raises(errors.SourceTooLarge) as caught:
        renderer.view(page, dpi=110)
    assert caught.value.message == (
        "a.pdf: page 1 is 14400 x 14400 pt; at 110 dpi that is 484 megapixels, the limit is 40"
    )
    assert renderer.view(page, dpi=200, clip=(90, 80, 190, 110)).image.min() < 100
    text = renderer.text(page)
    assert text is not None
    assert [(word.text, word.visible) for word in text.words] == [("Plan", True)]


def test_a_huge_picture_is_refused_before_it_is_decoded(renderer: Renderer) -> None:
    """196 megapixels in a file of kilobytes are counted in its header."""
    data = picture(Image.new("1", (14_000, 14_000)), "TIFF", compression="group4")
    with pytest.raises(errors.SourceTooLarge, match="14000 x 14000 pixels, more than 160 megapixels"):
        renderer.pages(open_source(data, name="bomb.tif"))


def test_a_page_that_hangs_is_stopped_and_the_next_is_read(renderer: Renderer) -> None:
    """20 to the power of 8 drawings end at the time limit with an error; the same renderer then reads on."""
    page = page_of(renderer, one_page(LETTER))
    before = renderer.view(page, dpi=72).image
    with strict(render_timeout_s=2) as hurried:
        bad = page_of(hurried, nested_forms())
        first = hurried._process.pid
        assert first is not None
        with pytest.raises(errors.RenderTimeout) as caught:
            hurried.text(bad)
        assert caught.value.message == "a.pdf: page 1: took longer than 2 s and was stopped"
        assert gone(first)
        assert np.array_equal(hurried.view(page_of(hurried, one_page(LETTER)), dpi=72).image, before)
        assert hurried._process.pid != first


def test_a_page_that_eats_memory_is_stopped_and_the_next_is_read() -> None:
    """Groups within groups run into the child's memory limit; this process does not grow."""
    with strict(render_memory_mb=512) as renderer:
        with pytest.raises(errors.RenderMemory) as caught:
            renderer.view(page_of(renderer, memory_eater()), dpi=110)
        assert caught.value.message == "a.pdf: page 1: needs more than the limit of 512 MB"
        assert renderer.view(page_of(renderer, one_page(LETTER)), dpi=72).image.min() < 100


def test_a_child_that_dies_is_replaced(renderer: Renderer) -> None:
    """A crash between two pages costs nothing, one while drawing costs that page."""
    page = page_of(renderer, one_page(LETTER))
    pid = renderer._process.pid
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    child = renderer._process._child
    assert child is not None
    child.process.wait()
    assert renderer.view(page, dpi=72).image.min() < 100


@pytest.mark.skipif(find_spec("pillow_heif") is not None, reason="pillow-heif is installed: its absence was NOT tested")
def test_a_format_that_needs_an_extra_names_it(renderer: Renderer) -> None:
    """A photo of a phone in HEIF, without the reader for it, says what to install."""
    with pytest.raises(errors.MissingDependency) as caught:
        renderer.pages(open_source(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", name="photo.heic"))
    assert str(caught.value) == (
        "photo.heic: pillow-heif is needed to read HEIF pictures (pip install 'docpipe[heif]')"
    )


@POPPLER
def test_a_hanging_poppler_is_ended_with_the_child(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The program that the child started goes with it."""
    mark = tmp_path / "pid"
    tool = tmp_path / "pdftoppm"
    tool.write_text(f"#!/bin/sh\necho $$ > {mark}\nexec sleep 60\n", "utf-8")
    tool.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    with strict(renderer="poppler", render_timeout_s=2) as renderer:
        page = page_of(renderer, one_page(LETTER))
        with pytest.raises(errors.RenderTimeout):
            renderer.view(page, dpi=72)
    assert ends(int(mark.read_text()))


def test_no_child_is_left_behind() -> None:
    """Closing the renderer, forgetting it and leaving by an error all end the child."""
    with strict() as renderer:
        page_of(renderer, one_page(LETTER))
        closed = renderer._process.pid
    forgotten = strict()
    page_of(forgotten, one_page(LETTER))
    dropped = forgotten._process.pid
    del forgotten
    assert closed is not None
    assert dropped is not None
    assert gone(closed)
    assert gone(dropped)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child that its parent has died")
def test_a_killed_process_takes_its_busy_child_with_it(tmp_path: Path) -> None:
    """kill -9 while a page hangs leaves nothing running."""
    path = tmp_path / "hang.pdf"
    path.write_bytes(nested_forms())
    script = (
        "import sys\n"
        "from docpipe.ingest import open_source\n"
        "from docpipe.render import Renderer\n"
        "from docpipe.settings import load_settings\n"
        "renderer = Renderer(load_settings())\n"
        "page = renderer.pages(open_source(sys.argv[1]))[0]\n"
        "print(renderer._process.pid, flush=True)\n"
        "renderer.text(page)\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", script, str(path)], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    assert not gone(child)
    parent.kill()
    parent.wait()
    parent.stdout.close()
    # The kernel sends the signal as the parent goes; the watch below ends when the child has.
    watch = os.pidfd_open(child) if not gone(child) else None
    if watch is not None:
        import select

        assert select.select([watch], [], [], 5)[0], "the child outlived its parent"
        os.close(watch)
    assert gone(child)


def test_the_child_outlives_the_thread_that_started_it() -> None:
    """A renderer made in a worker thread works on after the thread has ended."""
    with strict() as renderer:
        pages: list[Page] = []
        thread = threading.Thread(target=lambda: pages.append(page_of(renderer, one_page(LETTER))))
        thread.start()
        thread.join()
        pid = renderer._process.pid
        assert renderer.view(pages[0], dpi=72).image.min() < 100
        assert renderer._process.pid == pid


def test_a_source_that_vanished_is_a_typed_error(renderer: Renderer, tmp_path: Path) -> None:
    """A file deleted between opening and drawing is an error of the document, not of docpipe."""
    path = tmp_path / "a.pdf"
    path.write_bytes(one_page(LETTER))
    source: Source = open_source(path)
    path.unlink()
    with pytest.raises(errors.SourceError):
        renderer.pages(source)


def test_drawn_pages_do_not_pile_up() -> None:
    """Neither this process nor the child keeps what it has drawn: under 0.1 MB a page."""

    def resident_mb(pid: int) -> float:
        fields = Path(f"/proc/{pid}/statm").read_text().split()
        return int(fields[1]) * os.sysconf("SC_PAGESIZE") / 1e6

    with strict() as renderer:
        pages = renderer.pages(open_source(many_pages(60), name="long.pdf"))
        for page in pages[:20]:
            renderer.view(page, dpi=50)
            renderer.text(page)
        child = renderer._process.pid
        assert child is not None
        before = resident_mb(os.getpid()), resident_mb(child)
        for page in pages[20:]:
            renderer.view(page, dpi=50)
            renderer.text(page)
        grown = resident_mb(os.getpid()) - before[0], resident_mb(child) - before[1]
    assert max(grown) < 0.1 * 40
