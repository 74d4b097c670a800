"""The samples are what their truth says: documents, data, texts and boxes agree."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import numpy as np
import pymupdf
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageSequence

from docpipe.rules import check
from docpipe.schema import Schema, load_schema

SAMPLES = Path(__file__).parent.parent / "samples"
ENDINGS = {".pdf", ".jpg", ".png", ".tif"}
DOCUMENTS = sorted(path for path in SAMPLES.iterdir() if path.suffix in ENDINGS)
every_document = pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
Rect = tuple[float, float, float, float]


@cache
def truth(document: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(document.with_suffix(".json").read_text("utf-8"))
    return found


def schema_of(document: Path) -> Schema:
    name = truth(document)["schema"]
    return load_schema(SAMPLES / name if name.endswith(".json") else name)


def at(data: Any, pointer: str) -> Any:
    for step in pointer.strip("/").split("/"):
        data = data[int(step)] if isinstance(data, list) else data[step]
    return data


def page_sizes(document: Path) -> list[tuple[float, float]]:
    """Sizes in points; for pictures by the dpi that stands in the file."""
    if document.suffix == ".pdf":
        with pymupdf.open(document) as pages:
            return [(page.rect.width, page.rect.height) for page in pages]
    with Image.open(document) as picture:
        across, down = picture.info["dpi"]
        return [(72 * f.width / float(across), 72 * f.height / float(down)) for f in ImageSequence.Iterator(picture)]


@dataclass(frozen=True)
class Layer:
    """The characters of a page's text with their middles, in the order of the layer."""

    letters: NDArray[np.str_]
    x: NDArray[np.float64]
    y: NDArray[np.float64]

    def inside(self, box: Rect) -> str:
        """What stands in the box, without white space; half a point more, as a ligature's last letter has no width."""
        x0, y0, x1, y1 = box
        here = (self.x >= x0 - 0.5) & (self.x <= x1 + 0.5) & (self.y >= y0) & (self.y <= y1)
        return "".join("".join(self.letters[here]).split())


def layer(page: Any) -> Layer:
    lines = [line for block in page.get_text("rawdict")["blocks"] for line in block.get("lines", ())]
    chars = [char for line in lines for span in line["spans"] for char in span["chars"]]
    boxes = np.array([char["bbox"] for char in chars], dtype=float).reshape(-1, 4)
    letters = np.array([char["c"] for char in chars], dtype=np.str_)
    return Layer(letters, (boxes[:, 0] + boxes[:, 2]) / 2, (boxes[:, 1] + boxes[:, 3]) / 2)


def test_documents_and_truths_come_in_pairs() -> None:
    """No document is without its truth, no truth without its document, and no two documents share a name."""
    truths = {path.stem for path in SAMPLES.glob("*.json") if not path.name.endswith(".schema.json")}
    assert sorted(path.stem for path in DOCUMENTS) == sorted(truths)
    schemas = {truth(document)["schema"] for document in DOCUMENTS}
    assert {path.name for path in SAMPLES.glob("*.schema.json")} == {name for name in schemas if name.endswith(".json")}


@every_document
def test_the_data_fits_its_schema(document: Path) -> None:
    """The expected data validates, dates included, and keeps the rules of its schema: lines, taxes, balances."""
    schema = schema_of(document)
    checker = jsonschema.Draft202012Validator(dict(schema.document), format_checker=jsonschema.FormatChecker())
    data = truth(document)["data"]
    assert [error.message for error in checker.iter_errors(data)] == []
    assert set(data) == set(schema.document["properties"])
    assert check(data, schema) == ()


@every_document
def test_every_text_has_a_value_and_a_box_on_its_page(document: Path) -> None:
    """Pointers lead to values that are there, and boxes lie on the page as it is measured in points."""
    known = truth(document)
    sizes = page_sizes(document)
    assert set(known["texts"]) <= set(known["boxes"])
    for pointer, (page, x0, y0, x1, y1) in known["boxes"].items():
        assert at(known["data"], pointer) is not None, pointer
        width, height = sizes[page - 1]
        assert 0 <= x0 < x1 <= width, pointer
        assert 0 <= y0 < y1 <= height, pointer


@pytest.mark.parametrize(
    "document",
    [path for path in DOCUMENTS if path.suffix == ".pdf" and truth(path)["look"] == "digital"],
    ids=lambda path: path.name,
)
def test_the_text_layer_says_at_the_box_what_the_truth_says(document: Path) -> None:
    """In a digital PDF the characters in the box of a value are those of its text, and no others."""
    known = truth(document)
    with pymupdf.open(document) as pages:
        layers = [layer(page) for page in pages]
    boxes = known["boxes"]
    found = {pointer: layers[boxes[pointer][0] - 1].inside(boxes[pointer][1:]) for pointer in known["texts"]}
    assert found == {pointer: "".join(text.split()) for pointer, text in known["texts"].items()}


@pytest.mark.parametrize(
    "document",
    [path for path in DOCUMENTS if path.suffix == ".pdf" and truth(path)["look"] == "scanned"],
    ids=lambda path: path.name,
)
def test_a_scanned_pdf_shows_a_picture_and_no_text(document: Path) -> None:
    """Pages are one picture; only what OCR software put there is text, and nobody can see it."""
    with pymupdf.open(document) as pages:
        for page in pages:
            (picture,) = page.get_image_info()
            assert picture["bbox"] == pytest.approx(tuple(page.rect), abs=0.01)
            assert {span["type"] for span in page.get_texttrace()} <= {3}


@every_document
def test_hidden_text_contradicts_what_is_printed(document: Path) -> None:
    """Text that nobody can see stands in the layer, and is another value than the one on the page."""
    known = truth(document)
    for pointer, hidden in known.get("hidden", {}).items():
        page, *box = hidden["box"]
        with pymupdf.open(document) as pages:
            assert layer(pages[page - 1]).inside(tuple(box)) == "".join(hidden["text"].split())
        assert known["texts"][pointer] not in hidden["text"]


def test_the_samples_are_as_many_and_as_mixed_as_promised() -> None:
    """Enough of every kind; a third scanned, a quarter German or French; long, empty and hidden ones among them."""
    truths = {document: truth(document) for document in DOCUMENTS}
    kinds = Counter(known["kind"] for known in truths.values())
    assert len(truths) >= 64
    assert kinds["invoice"] >= 12
    assert min(kinds[kind] for kind in ("receipt", "form", "statement", "table", "chart")) >= 10
    assert kinds["purchase_order"] + kinds["contract"] >= 10
    assert {known["data"]["chart_type"] for known in truths.values() if known["kind"] == "chart"} == {
        "bar",
        "line",
        "pie",
    }
    assert sum(known["look"] == "scanned" for known in truths.values()) * 3 >= len(truths)
    assert sum(known["language"] in ("de", "fr") for known in truths.values()) * 4 >= len(truths)
    across = [
        document
        for document, known in truths.items()
        if len({box[0] for pointer, box in known["boxes"].items() if pointer.count("/") > 1}) > 1
    ]
    assert len(across) >= 4
    assert sum(bool(known.get("hidden")) for known in truths.values()) >= 2
    assert sum(None in known["data"].values() for known in truths.values()) >= 10
    assert {document.suffix for document in DOCUMENTS} == ENDINGS


def test_the_samples_stay_small() -> None:
    """All files together are under 6 MB and none is over 120 kB."""
    sizes = {path.name: path.stat().st_size for path in SAMPLES.iterdir() if path.is_file()}
    assert {name: size for name, size in sizes.items() if size > 120_000} == {}
    assert sum(sizes.values()) < 6_000_000


def test_the_first_invoice_has_every_field() -> None:
    """The document of the README's first command prints all fields of the invoice's schema and four to six lines."""
    data = truth(SAMPLES / "invoice-01.pdf")["data"]
    assert None not in data.values()
    assert 4 <= len(data["line_items"]) <= 6
