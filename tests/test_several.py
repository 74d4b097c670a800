"""One PDF with several documents in it: it is noticed, and its parts are read as documents of their own."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pymupdf
import pytest

from docpipe.errors import UsageError
from docpipe.pipeline import Pipeline
from docpipe.schema import load_schema
from docpipe.settings import Settings
from docpipe.several import several_documents
from docpipe.store import open_store
from docpipe.store.entries import PageWords
from tests.handmade import one_page, text_at
from tests.readings import SAMPLES, sample
from tests.stores import Perfect, query, sqlite
from tests.watching import Reader, note

INVOICES = [sample("invoice-01"), sample("invoice-02")]


def together(*parts: bytes) -> bytes:
    """PDFs one after the other in one."""
    with pymupdf.open() as whole:
        for part in parts:
            with pymupdf.open(stream=part, filetype="pdf") as document:
                whole.insert_pdf(document)
        return bytes(whole.tobytes())


def told(data: bytes, schema: str) -> list[str]:
    """What is noticed about the words of a PDF's pages."""
    with pymupdf.open(stream=data, filetype="pdf") as document:
        words = {n: PageWords(n, page.get_text()) for n, page in enumerate(document, start=1)}
    return [notice.message for notice in several_documents(words, load_schema(schema))]


def test_several_invoices_in_one_file_are_noticed() -> None:
    """Another number beside the label of the number begins another document, a page without one goes on with it."""
    one, two = (path.read_bytes() for path in INVOICES)
    plain = one_page(text_at(72, 700, "Terms and conditions"))
    assert told(together(one, two), "invoice") == ["it seems to hold 2 documents, one after the other: --split 1,2"]
    assert told(together(one, plain, two, plain), "invoice") == [
        "it seems to hold 2 documents, one after the other: --split 1-2,3-4"
    ]
    assert told(together(one, one, plain), "invoice") == []


def test_pages_that_count_themselves_anew_are_noticed() -> None:
    """A second first page begins another document, in the languages of our schemas."""
    pages = ["Page 1 of 2", "Page 2 of 2", "Seite 1 von 1", "Page 1/1"]
    data = together(*(one_page(text_at(72, 40, words)) for words in pages))
    assert told(data, "contract") == ["it seems to hold 3 documents, one after the other: --split 1-2,3,4"]


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.pdf")), ids=lambda path: path.stem)
def test_one_document_is_not_taken_for_several(path: Path) -> None:
    """No sample is suspected, be it of one page or of many."""
    schema = json.loads(path.with_suffix(".json").read_text("utf-8"))["schema"]
    assert told(path.read_bytes(), str(SAMPLES / schema) if schema.endswith(".json") else schema) == []


def test_the_notice_stands_in_the_record(tmp_path: Path) -> None:
    """A record of several documents wants a person."""
    file = tmp_path / "N-00001.pdf"
    file.write_bytes(together(note(1), note(2)))
    schema = {
        "title": "Note",
        "type": "object",
        "x-identity": ["/number"],
        "properties": {"number": {"type": ["string", "null"], "x-labels": ["Note No."]}},
    }
    with Pipeline(Settings(dpi=36), model=Reader()) as pipeline:
        record = pipeline.extract(file, schema=schema)
    assert record.status == "needs_review"
    assert [n.message for n in record.warnings if n.code == "several_documents"] == [
        "it seems to hold 2 documents, one after the other: --split 1,2"
    ]


def test_parts_are_documents_of_their_own(tmp_path: Path) -> None:
    """Each part has its pages, its name says which, its values are its own; a second time nothing is read."""
    file = tmp_path / "both.pdf"
    file.write_bytes(together(*(path.read_bytes() for path in INVOICES)))
    settings = sqlite(tmp_path)
    with open_store(settings) as store, Pipeline(settings) as pipeline:
        parts = pipeline.split(file, "1,2")
        assert parts == pipeline.split(file, "1,2")
        assert [part.name for part in parts] == [f"{file}, page 1", f"{file}, page 2"]
        copies = {
            hashlib.sha256(p.what if isinstance(p.what, bytes) else b"").hexdigest(): i
            for p, i in zip(parts, INVOICES, strict=True)
        }
        model = Perfect(copies=copies)
        with Pipeline(settings, model=model, store=store) as reading:
            added = list(reading.add(parts, schema="invoice"))
            again = list(reading.add(parts, schema="invoice"))
        assert [a.record.data["invoice_number"] for a in added] == ["INV-2024-0386", "10482"]
        assert [a.kept is not None and a.kept.change for a in again] == ["unchanged"] * 2
        assert len(model.asked) == 2
        assert query(store, "SELECT count(*) FROM invoice") == [(2,)]
        assert store.problems() == []


def test_a_page_is_in_one_part(tmp_path: Path) -> None:
    """A page that is left out, or in two parts, and what is no part at all are refused; so is a picture."""
    file = tmp_path / "three.pdf"
    file.write_bytes(together(note(1), note(2), note(3)))
    with Pipeline(Settings()) as pipeline:
        for split, message in {
            "1-2": "page 3 is in no part",
            "1-2,2-3": "page 2 is in two parts",
            "1-4": '"1-4" is no part of 3 pages',
            "2-1,3": '"2-1" is no part of 3 pages',
            "one": '"one" is no part of 3 pages',
        }.items():
            with pytest.raises(UsageError, match=message):
                pipeline.split(file, split)
        with pytest.raises(UsageError, match="only a PDF can be split"):
            pipeline.split(sample("chart-03"), "1")
