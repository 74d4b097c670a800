"""A miss is shown where it stands on the page, also where the truth does not say where that is."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from docpipe.evaluate.compare import Outcome
from docpipe.evaluate.pictures import pictures
from docpipe.evaluate.places import placed
from docpipe.evaluate.score import overlap
from docpipe.evaluate.truth import Truth
from docpipe.ingest import open_source
from docpipe.render import Renderer
from docpipe.schema import load_schema
from docpipe.settings import load_settings
from docpipe.types import Box, PageText
from tests.readings import sample, truth

INVOICE = load_schema("invoice")
DOCUMENT = sample("invoice-01")


@pytest.fixture(scope="module")
def text() -> Sequence[PageText]:
    """The words of an invoice."""
    with Renderer(load_settings()) as renderer:
        found = [renderer.text(page) for page in renderer.pages(open_source(DOCUMENT))]
    return [page for page in found if page is not None]


def missed(pointer: str, expected: Any) -> Outcome:
    """A value that was not read, and of which nobody says where it stands."""
    path = "/".join("*" if step.isdigit() else step for step in pointer.split("/"))
    return Outcome(path, "missed", expected, None, pointer, None)


def known(boxes: dict[str, tuple[int, Box]]) -> Truth:
    """The truth of the invoice, with these boxes alone."""
    return Truth("a.pdf", Path(DOCUMENT), "invoice", INVOICE, {}, boxes=boxes)


@pytest.mark.parametrize(
    ("pointer", "expected"),
    [
        ("/total", Decimal("2665.20")),
        ("/invoice_date", "2024-09-17"),
        ("/supplier_name", "Harbour Lane Joinery Ltd"),
        ("/invoice_number", "INV-2024-0386"),
    ],
)
def test_a_value_is_found_where_it_is_printed(text: Sequence[PageText], pointer: str, expected: object) -> None:
    """In whatever notation; the place is that of the sample's own truth."""
    page, *box = truth(DOCUMENT)["boxes"][pointer]
    found = placed(missed(pointer, expected), known({}), text)
    assert found.true_page == page
    assert found.true_box is not None
    x0, y0, x1, y1 = box
    here = Outcome(
        "/f", "right", 1, 1, "/f", "/f", page=page, box=(x0, y0, x1, y1), true_page=page, true_box=found.true_box
    )
    assert overlap(here) > 0.5


def test_a_value_of_a_row_is_shown_with_its_row(text: Sequence[PageText]) -> None:
    """What the row's other values cover is where to look."""
    boxes: dict[str, tuple[int, Box]] = {
        "/line_items/0/amount": (1, (0, 0, 5, 5)),
        "/line_items/1/amount": (1, (400, 300, 450, 310)),
        "/line_items/1/description": (1, (50, 300, 200, 310)),
    }
    found = placed(missed("/line_items/1/quantity", 3), known(boxes), text)
    assert (found.true_page, found.true_box) == (1, (50, 300, 450, 310))


@pytest.mark.parametrize(
    ("pointer", "expected"), [("/line_items/0/quantity", Decimal(1)), ("/supplier_name", "Nobody & Sons")]
)
def test_what_could_be_anywhere_is_nowhere(text: Sequence[PageText], pointer: str, expected: object) -> None:
    """A short number that is printed often, and a name that is not printed, have no place."""
    assert placed(missed(pointer, expected), known({}), text).true_box is None


def test_a_miss_without_a_box_has_a_picture() -> None:
    """The report crops the page where the value is printed."""
    outcomes = [missed("/total", Decimal("2665.20")), missed("/supplier_name", "Nobody & Sons")]
    with Renderer(load_settings()) as renderer:
        shown = pictures(known({}), outcomes, renderer, most=5)
    assert shown.crops.keys() == {0}
    assert shown.page is not None
