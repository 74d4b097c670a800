"""A second reader is a witness on scans: what it reads too is verified, and nothing is changed by it."""

from __future__ import annotations

import os
from collections import Counter
from importlib.util import find_spec
from pathlib import Path

import pytest
from PIL import Image

import docpipe.second_reader
from docpipe.errors import MissingDependency, UsageError
from docpipe.ingest import open_source
from docpipe.pipeline import Pipeline
from docpipe.render import Renderer
from docpipe.schema import load_schema
from docpipe.settings import Settings
from docpipe.types import Record
from tests.readings import entry, perfect, replay_of, sample, write_replay

needs_rapidocr = pytest.mark.skipif(
    find_spec("rapidocr") is None, reason="NOT TESTED WITH RAPIDOCR: pip install 'docpipe[verify]'"
)
SCAN = sample("receipt-08")


def read(tmp_path: Path, settings: Settings, **changes: str | None) -> Record:
    """The record of a scanned receipt read well, but for `changes`."""
    model = replay_of(SCAN, tmp_path / "r.jsonl", "receipt", **changes)
    with Pipeline(settings.model_copy(update={"model": model})) as pipeline:
        return pipeline.extract(SCAN, schema="receipt")


def statuses(record: Record) -> Counter[str]:
    return Counter(value.status for value in record.values if value.text is not None)


@needs_rapidocr
@pytest.mark.slow
def test_rapidocr_is_a_witness_on_a_scan(tmp_path: Path) -> None:
    """Without it nothing on a scan is verified; with it what is right is, and what is wrong is contradicted."""
    assert set(statuses(read(tmp_path, Settings()))) == {"unverified"}
    record = read(tmp_path, Settings(verify="rapidocr", page_timeout_s=300), total="28,85")
    found = statuses(record)
    assert found["verified"] >= 0.9 * found.total()
    assert found["corrected"] == 0
    total = next(value for value in record.values if value.pointer == "/total")
    assert (total.status, total.text) == ("conflict", "28,85")
    assert record.status == "needs_review"


@needs_rapidocr
def test_a_second_reader_that_is_late_is_stopped(tmp_path: Path) -> None:
    """It is killed at its time; the record stands unverified, says so, and no child is left."""
    settings = Settings(verify="rapidocr", page_timeout_s=0.2, model=replay_of(SCAN, tmp_path / "r.jsonl", "receipt"))
    with Pipeline(settings) as pipeline:
        record = pipeline.extract(SCAN, schema="receipt")
    assert set(statuses(record)) == {"unverified"}
    (notice,) = [warning for warning in record.warnings if warning.code == "no_evidence"]
    assert notice.message == (
        "page 1: no second reader could read it, so nothing was verified: took longer than 0.2 s and was stopped"
    )
    commands = [
        path.read_bytes() for path in Path("/proc").glob("[0-9]*/cmdline") if os.access(path, os.R_OK) and path.exists()
    ]
    mine = f"\0{os.getpid()}\0".encode()
    assert not [command for command in commands if b"docpipe.render_ocr" in command and mine in command]


@pytest.mark.slow
def test_nano_is_a_witness_for_others(tmp_path: Path) -> None:
    """On a clean picture of a page nano confirms some of what another model read, and changes nothing."""
    document = sample("invoice-01")
    with Renderer(Settings()) as renderer:
        page = renderer.pages(open_source(document))[0]
        view = renderer.view(page, dpi=130)
    picture = tmp_path / "invoice.png"
    Image.fromarray(view.image).save(picture, dpi=(130, 130))
    schema = load_schema("invoice")
    model = write_replay(tmp_path / "r.jsonl", [entry(picture, schema, perfect(document, schema))])
    with Pipeline(Settings(model=model, verify="nano")) as pipeline:
        record = pipeline.extract(picture, schema="invoice")
    found = statuses(record)
    assert found["verified"] >= 3
    assert found["corrected"] == 0


def test_nano_is_no_witness_for_itself() -> None:
    """Asking nano to confirm nano is refused with the way out."""
    with pytest.raises(UsageError, match="nano is no witness for what nano read") as caught:
        Pipeline(Settings(verify="nano"))
    assert caught.value.hint == "--verify rapidocr"


def test_without_the_package_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where RapidOCR is not installed, the error says how to get it before anything is read."""
    monkeypatch.setattr(docpipe.second_reader, "find_spec", lambda _: None)
    with pytest.raises(MissingDependency, match="rapidocr is not installed") as caught:
        Pipeline(Settings(verify="rapidocr"))
    assert caught.value.hint == "pip install 'docpipe[verify]'"
