"""Text that nobody can see proves nothing and is reported; what a scanner left under its picture is no attack."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from importlib.util import find_spec
from pathlib import Path

import pymupdf
import pytest

from docpipe.ground import ground
from docpipe.ingest import open_source
from docpipe.normalise import normalise
from docpipe.pipeline import Pipeline
from docpipe.render import Renderer
from docpipe.schema import load_schema
from docpipe.settings import Settings
from docpipe.types import PageText, Reading, Record, Value
from tests.handmade import one_page, stream, text_at
from tests.readings import entry, write_replay

DEED = load_schema(
    {
        "title": "Deed",
        "type": "object",
        "properties": {
            "price": {"type": ["number", "null"], "x-labels": ["Purchase price"]},
            "buyer": {"type": ["string", "null"], "x-labels": ["Buyer"]},
            "closing": {"type": ["string", "null"], "format": "date", "x-labels": ["Closing date"]},
        },
    }
)
WIDTH, HEIGHT = 420, 220
LINES = {60: "Buyer: Margaret Oakes", 90: "Purchase price: $485,000", 120: "Closing date: 14 March 2025"}
PRINTED = {"/price": "$485,000", "/buyer": "Margaret Oakes", "/closing": "14 March 2025"}


def print_on(page: pymupdf.Page, **how: float) -> None:
    """The deed's lines, as print that anybody can see where `how` does not say otherwise."""
    for y, line in LINES.items():
        page.insert_text((40, y), line, fontsize=14, **how)


def deed(hide: Callable[[pymupdf.Page, str], None], text: str) -> bytes:
    """The deed as a PDF, with `text` hidden on it."""
    with pymupdf.open() as pdf:
        page = pdf.new_page(width=WIDTH, height=HEIGHT)
        print_on(page)
        hide(page, text)
        made: bytes = pdf.tobytes()
    return made


AT = (40, 160)
OVER = pymupdf.Rect(35, 145, 300, 165)


def by_render_mode(page: pymupdf.Page, text: str) -> None:
    page.insert_text(AT, text, fontsize=14, render_mode=3)


def white_on_white(page: pymupdf.Page, text: str) -> None:
    page.insert_text(AT, text, fontsize=14, color=(1, 1, 1))


def tiny(page: pymupdf.Page, text: str) -> None:
    page.insert_text(AT, text, fontsize=0.8)


def off_the_page(page: pymupdf.Page, text: str) -> None:
    page.insert_text((40, HEIGHT + 60), text, fontsize=14)


def under_a_picture(page: pymupdf.Page, text: str) -> None:
    page.insert_text(AT, text, fontsize=14)
    paper = pymupdf.Pixmap(pymupdf.csGRAY, pymupdf.IRect(0, 0, 40, 4), False)
    paper.clear_with(250)
    page.insert_image(OVER, pixmap=paper, keep_proportion=False)


def under_a_shape(page: pymupdf.Page, text: str) -> None:
    page.insert_text(AT, text, fontsize=14)
    page.draw_rect(OVER, color=None, fill=(1, 1, 1))


WAYS = [by_render_mode, white_on_white, tiny, off_the_page, under_a_picture, under_a_shape]


def read(document: bytes, readings: Iterable[Reading], folder: Path, **settings: str | float) -> Record:
    """The record of a document of which a model says these readings."""
    model = write_replay(folder / "r.jsonl", [entry(document, DEED, readings)])
    with Pipeline(Settings(model=model, **settings)) as pipeline:  # type: ignore[arg-type]  # each is of its field's type
        return pipeline.extract(document, schema=DEED.document)


def value(record: Record, pointer: str) -> Value:
    return next(value for value in record.values if value.pointer == pointer)


@pytest.mark.parametrize("hide", WAYS, ids=lambda way: way.__name__)
def test_hidden_text_is_reported_and_proves_nothing(hide: Callable[[pymupdf.Page, str], None], tmp_path: Path) -> None:
    """What is printed stays verified; a model that takes the hidden price is contradicted, and both are reported."""
    document = deed(hide, "Purchase price: $1")
    right = read(document, [Reading(p, text, 1, None, 0.9) for p, text in PRINTED.items()], tmp_path)
    assert right.data == {"price": Decimal(485000), "buyer": "Margaret Oakes", "closing": "2025-03-14"}
    assert {v.status for v in right.values} == {"verified"}
    assert [(w.code, w.message) for w in right.warnings] == [
        ("hidden_text", 'page 1 has 3 words that nobody can see: "Purchase price: $1"')
    ]
    fooled = read(document, [Reading(p, text, 1) for p, text in {**PRINTED, "/price": "$1"}.items()], tmp_path)
    assert (value(fooled, "/price").status, fooled.status) == ("conflict", "needs_review")
    assert ("hidden_text", "/price") in [(w.code, w.pointer) for w in fooled.warnings]


@pytest.mark.parametrize("hide", WAYS, ids=lambda way: way.__name__)
def test_a_hidden_amount_mends_nothing(hide: Callable[[pymupdf.Page, str], None], tmp_path: Path) -> None:
    """A hidden amount that is one digit from a misreading does not confirm it: the printed one sets it right."""
    document = deed(hide, "Purchase price: $485,006")
    record = read(document, [Reading(p, t, 1) for p, t in {**PRINTED, "/price": "$485,006"}.items()], tmp_path)
    price = value(record, "/price")
    assert (price.status, price.text, price.value) == ("corrected", "$485,000", Decimal(485000))


def test_a_hidden_price_on_the_printed_one(tmp_path: Path) -> None:
    """A hidden "$1" in the very place of the printed price turns it into nothing else."""
    for mode in ("3 Tr", "1 g"):
        printed = b"".join(text_at(40, HEIGHT - y, line, size=14) for y, line in LINES.items())
        planted = text_at(40, HEIGHT - 90, "Purchase price: $1", size=14, before=mode)
        for content in (planted + printed, printed + planted.replace(b"1 g", b"1 g")):
            document = one_page(content, size=(WIDTH, HEIGHT))
            record = read(document, [Reading(p, text, 1) for p, text in PRINTED.items()], tmp_path)
            price = value(record, "/price")
            assert (price.status, price.value) == ("verified", Decimal(485000)), mode


# What scanners and OCR programs leave.


def paper(dpi: int = 150) -> pymupdf.Pixmap:
    """The deed as a scanner sees it."""
    with pymupdf.open() as pdf:
        page = pdf.new_page(width=WIDTH, height=HEIGHT)
        print_on(page)
        return page.get_pixmap(dpi=dpi, colorspace=pymupdf.csGRAY)


def text_over_the_picture() -> bytes:
    """Most scanners' software: the picture, and invisible text over it."""
    with pymupdf.open() as pdf:
        page = pdf.new_page(width=WIDTH, height=HEIGHT)
        page.insert_image(page.rect, stream=paper().tobytes("jpeg"))
        print_on(page, render_mode=3)
        made: bytes = pdf.tobytes()
    return made


def picture_over_the_text() -> bytes:
    """Acrobat's "searchable image": black text, and the picture over it."""
    with pymupdf.open() as pdf:
        page = pdf.new_page(width=WIDTH, height=HEIGHT)
        print_on(page)
        page.insert_image(page.rect, stream=paper().tobytes("png"))
        made: bytes = pdf.tobytes()
    return made


def picture_in_strips() -> bytes:
    """Copiers that save as they scan: the picture in strips, and invisible text over them."""
    sheet = paper()
    with pymupdf.open() as pdf:
        page = pdf.new_page(width=WIDTH, height=HEIGHT)
        for number in range(8):
            top, bottom = sheet.height * number // 8, sheet.height * (number + 1) // 8
            strip = pymupdf.Pixmap(pymupdf.csGRAY, pymupdf.IRect(0, top, sheet.width, bottom), False)
            strip.copy(sheet, strip.irect)
            place = pymupdf.Rect(0, HEIGHT * number / 8, WIDTH, HEIGHT * (number + 1) / 8)
            page.insert_image(place, pixmap=strip, keep_proportion=False)
        print_on(page, render_mode=3)
        made: bytes = pdf.tobytes()
    return made


def text_as_a_form_beneath() -> bytes:
    """OCRmyPDF: the text layer is a form of its own, put in before the picture."""
    sheet = paper()
    layer = b"".join(text_at(40, HEIGHT - y, line, size=14, before="3 Tr") for y, line in LINES.items())
    about = b"/Type /XObject /Subtype /Image /ColorSpace /DeviceGray /BitsPerComponent 8 /Width %d /Height %d"
    form = b"/Type /XObject /Subtype /Form /BBox [0 0 %d %d] /Resources << /Font << /F1 5 0 R >> >>" % (WIDTH, HEIGHT)
    return one_page(
        b"q /OCR Do Q q %d 0 0 %d 0 0 cm /P Do Q" % (WIDTH, HEIGHT),
        size=(WIDTH, HEIGHT),
        resources=b"/XObject << /P 10 0 R /OCR 11 0 R >>",
        more={10: stream(sheet.samples, about % (sheet.width, sheet.height)), 11: stream(layer, form)},
    )


def tesseracts_own() -> bytes:
    """What tesseract writes: a font without glyphs, stretched over what it read."""
    if shutil.which("tesseract") is None:
        pytest.skip("NOT TESTED WITH TESSERACT: apt install tesseract-ocr")
    done = subprocess.run(
        ["tesseract", "stdin", "stdout", "--dpi", "150", "pdf"],
        input=paper().tobytes("png"),
        capture_output=True,
        check=True,
        timeout=120,
        env={"OMP_THREAD_LIMIT": "1", "PATH": "/usr/bin:/bin:/usr/local/bin"},
    )
    made: bytes = done.stdout
    return made


SCANS = [text_over_the_picture, picture_over_the_text, picture_in_strips, text_as_a_form_beneath, tesseracts_own]


@pytest.fixture(scope="module")
def renderer() -> Iterator[Renderer]:
    with Renderer(Settings()) as made:
        yield made


def layer_of(renderer: Renderer, document: bytes) -> PageText:
    text = renderer.text(renderer.pages(open_source(document))[0])
    assert text is not None
    return text


@pytest.mark.parametrize("scan", SCANS, ids=lambda way: way.__name__)
def test_a_scanners_layer_is_no_attack_and_needs_a_witness(
    scan: Callable[[], bytes], renderer: Renderer, tmp_path: Path
) -> None:
    """It warns of nothing. By itself it proves nothing; what a second reader read too in that place is verified."""
    document = scan()
    record = read(document, [Reading(p, text, 1) for p, text in PRINTED.items()], tmp_path)
    assert (record.status, record.warnings) == ("ok", [])
    assert {v.status for v in record.values} == {"unverified"}
    layer = layer_of(renderer, document)
    assert layer.origin == "ocr"
    print_ = layer_of(renderer, deed(lambda *_: None, ""))
    other = deed_of({60: "Buyer: Margaret Oates", 90: "Purchase price: $435,000", 120: "Closing date: 14 March 2026"})
    readings = [Reading(p, text, 1) for p, text in PRINTED.items()]
    values, _ = normalise(readings, DEED, "reader", [layer])
    agreed, quiet = ground(values, [layer], DEED, second=[print_])
    denied, _ = ground(values, [layer], DEED, second=[layer_of(renderer, other)])
    assert ([v.status for v in agreed], quiet) == (["verified"] * 3, ())
    assert "verified" not in {v.status for v in denied}


def deed_of(lines: dict[int, str]) -> bytes:
    """A deed that says something else."""
    return one_page(b"".join(text_at(40, HEIGHT - y, t, size=14) for y, t in lines.items()), size=(WIDTH, HEIGHT))


@pytest.mark.skipif(find_spec("rapidocr") is None, reason="NOT TESTED WITH RAPIDOCR: pip install 'docpipe[verify]'")
def test_rapidocr_bears_a_scanners_layer_out(tmp_path: Path) -> None:
    """With a second reader that looks at the picture, what the layer and it agree on is verified."""
    document = text_over_the_picture()
    readings = [Reading(p, text, 1) for p, text in PRINTED.items()]
    record = read(document, readings, tmp_path, verify="rapidocr", page_timeout_s=300)
    assert {v.pointer: v.status for v in record.values} == dict.fromkeys(PRINTED, "verified")
