"""Scanned pages that lie on their side or stand on their head are set upright before anything reads them."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from docpipe.ingest import open_source
from docpipe.pipeline import Pipeline
from docpipe.render import Renderer
from docpipe.settings import Settings
from docpipe.types import PageText, ReadRequest, Reply, View
from tests.readings import sample

SCANS = ("receipt-02", "invoice-03", "form-12")


class Looking:
    """A model that says nothing and keeps what it was shown."""

    name = "looking"

    def __init__(self) -> None:
        self.shown: list[View] = []

    def extract(self, requests: Iterable[ReadRequest]) -> Iterator[Reply]:
        """Nothing, for each request."""
        for request in requests:
            self.shown += request.views
            yield Reply((), self.name)

    def answer(self, views: Sequence[View], question: str, earlier: object = ()) -> Reply:
        """Nothing."""
        del views, question, earlier
        return Reply((), self.name)

    def transcribe(self, view: View) -> PageText | None:
        """Nothing."""
        del view
        return None


def turned(path: Path, by: int) -> bytes:
    """A picture turned by so many degrees clockwise, as a PNG of 150 dpi."""
    out = io.BytesIO()
    Image.open(path).convert("RGB").rotate(-by, expand=True).save(out, "PNG", dpi=(150, 150))
    return out.getvalue()


@pytest.mark.parametrize("name", SCANS)
def test_a_scan_is_read_upright_however_it_lies(name: str) -> None:
    """A scan that was laid wrong is turned back, the record says by how much, and the model sees the upright page."""
    pictures = []
    for by in (0, 90, 180, 270):
        model = Looking()
        with Pipeline(Settings(), model=model) as pipeline:
            record = pipeline.extract(turned(sample(name), by), schema="form")
        assert record.turned == ({1: 360 - by} if by else {})
        assert [notice.code for notice in record.warnings if notice.code == "turned"] == (["turned"] if by else [])
        (view,) = model.shown
        assert record.page_sizes == [(round(view.page.width_pt, 2), round(view.page.height_pt, 2))]
        pictures.append(view.image.astype(int))
    for picture in pictures[1:]:
        assert picture.shape == pictures[0].shape
        assert np.abs(picture - pictures[0]).mean() < 3  # scaled down before the turn, or after it


def test_pages_stay_as_they_lie_where_nobody_wants_them_turned() -> None:
    """With `upright = false` a page is shown as the file has it."""
    model = Looking()
    with Pipeline(Settings(upright=False), model=model) as pipeline:
        record = pipeline.extract(turned(sample(SCANS[0]), 90), schema="form")
    assert record.turned == {}
    assert model.shown[0].page.turn == 0


@pytest.mark.parametrize("by", [90, 180, 270])
def test_a_turned_page_keeps_words_and_clips_in_place(by: int) -> None:
    """On a turned page, the part of the picture that a word's box marks shows the same pixels, turned."""
    with Renderer(Settings()) as renderer:
        (page, *_) = renderer.pages(open_source(sample("invoice-01"), max_file_mb=10))
        text = renderer.text(page)
        upright = page.turned(by)
        moved = renderer.text(upright)
        assert text is not None
        assert moved is not None
        for before, after in list(zip(text.words, moved.words, strict=True))[::40]:
            assert after.text == before.text
            plain = renderer.view(page, dpi=150, clip=before.box)
            view = renderer.view(upright, dpi=150, clip=after.box)
            assert np.array_equal(view.image, np.rot90(plain.image, -by // 90))
            height, width = view.image.shape[:2]
            assert view.box_to_page((0, 0, width, height)) == pytest.approx(after.box, abs=0.6)
