"""Truths and a model become a Run: every document read, scored, and timed."""

from __future__ import annotations

import io
import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image

from docpipe.errors import DocpipeError
from docpipe.evaluate import extra
from docpipe.evaluate.kept import Keeping
from docpipe.evaluate.printed import only_printed
from docpipe.evaluate.score import Score, Spent, score
from docpipe.evaluate.summary import Summary, summarise
from docpipe.evaluate.truth import Truth
from docpipe.ingest import open_source
from docpipe.job import Progress
from docpipe.models import Model, open_model
from docpipe.pipeline import Pipeline
from docpipe.settings import Settings
from docpipe.types import Page, PageText, Record, Source

# Pages become pictures this much sharper than the model is first shown them, as a second look asks for more.
SHARPER = 2.0


@dataclass(frozen=True)
class Run:
    """One model over all documents. `truths` are what was held against, after what is not printed was left out.

    `load_s` is what loading the model took, `peak_mb` the most memory that this process held, None where the system
    does not tell. `resumed` documents needed no model, as an earlier run kept its replies, with what they cost then.
    """

    model: str
    pixels_only: bool
    dpi: float
    truths: tuple[Truth, ...] = field(repr=False)
    records: tuple[Record, ...] = field(repr=False)
    scores: tuple[Score, ...] = field(repr=False)
    summary: Summary
    load_s: float
    peak_mb: float | None
    threads: int
    resumed: int


def run(
    truths: Sequence[Truth],
    settings: Settings,
    *,
    pixels_only: bool = False,
    printed_only: bool = False,
    kept: Path | None = None,
    model: Model | None = None,
    progress: Callable[[Progress], None] = lambda _: None,
) -> Run:
    """Read every document of `truths` and score it.

    `pixels_only` shows the model pictures of the pages, so that no text layer can help it or back it. `printed_only`
    leaves out expected values that stand nowhere in the document's text. `kept` is a file that every reply of the model
    is appended to, and that replies are taken from when it has them (see Keeping). `model` takes the place of the one
    that the settings name.
    Raises MissingDependency without the extra `eval`, UsageError when `kept` cannot be used, and what loading the
    model raises. A document that cannot be read has missed everything.
    """
    extra.require()
    name = settings.model if model is None else model.name

    def opened() -> Model:
        progress(Progress("model", name))
        return open_model(name, settings) if model is None else model

    asked = Keeping(opened, name, kept)
    used: list[Truth] = []
    records: list[Record] = []
    scores: list[Score] = []
    resumed = 0
    with Pipeline(settings, model=asked, progress=progress) as reader:
        _warm(reader, truths, asked)
        for truth in truths:
            truth = only_printed(truth, _text(reader, truth)) if printed_only else truth
            record, spent, fresh = _timed(reader, truth, asked, pixels_only=pixels_only)
            resumed += not fresh and record.status != "failed"
            used.append(truth)
            records.append(record)
            scores.append(score(truth, record, spent))
    return Run(
        model=name,
        pixels_only=pixels_only,
        dpi=settings.dpi,
        truths=tuple(used),
        records=tuple(records),
        scores=tuple(scores),
        summary=summarise(scores, {truth.name: truth.schema.name for truth in used}),
        load_s=asked.loading.seconds,
        peak_mb=_peak_mb(),
        threads=_threads(),
        resumed=resumed,
    )


def _warm(reader: Pipeline, truths: Sequence[Truth], asked: Keeping) -> None:
    """Load the model and start the renderer before anything is timed; a run that goes on may need no model."""
    if not asked.begun:
        asked.load()
        asked.settle()
    for _ in _pages(reader, truths[0]):
        break


def _timed(reader: Pipeline, truth: Truth, asked: Keeping, *, pixels_only: bool) -> tuple[Record, Spent, bool]:
    """The record of one document, what it cost, and whether the model was asked anything.

    A document alone, so that no other one's work is counted.
    """
    shown = _pictures(reader, truth, reader.settings) if pixels_only else None
    if shown is None and truth.inside:
        with suppress(DocpipeError):  # then reading it says what is wrong with it
            shown = _named(reader.renderer.without_files(_source(truth, reader.settings)), truth)
    started, worked = time.perf_counter(), time.process_time()
    record = reader.extract(shown or truth.document, schema=truth.ref)
    passed = Spent(time.perf_counter() - started, time.process_time() - worked)
    added, times = asked.settle()
    return record, passed + added, times > 0


def _pictures(reader: Pipeline, truth: Truth, settings: Settings) -> io.BytesIO | None:
    """The pages of a document as one TIFF; None for a picture, which is one already, and for what cannot be opened."""
    dpi = settings.dpi * SHARPER
    try:
        source = _source(truth, settings)
        if source.media_type.startswith("image/"):
            return None
        pages = reader.renderer.pages(source)
        frames = [Image.fromarray(reader.renderer.view(page, dpi=dpi).image) for page in pages]
    except DocpipeError:
        return None
    file = io.BytesIO()
    frames[0].save(file, "TIFF", save_all=True, append_images=frames[1:], dpi=(dpi, dpi), compression="tiff_lzw")
    return _named(file.getvalue(), truth)


def _named(content: bytes, truth: Truth) -> io.BytesIO:
    file = io.BytesIO(content)
    file.name = truth.name
    return file


def _text(reader: Pipeline, truth: Truth) -> list[PageText]:
    return [text for page in _pages(reader, truth) if (text := reader.renderer.text(page)) is not None]


def _pages(reader: Pipeline, truth: Truth) -> Iterator[Page]:
    try:
        yield from reader.renderer.pages(_source(truth, reader.settings))
    except DocpipeError:
        return  # the reading says what is wrong with it


def _source(truth: Truth, limits: Settings) -> Source:
    return open_source(truth.document, max_file_mb=limits.max_file_mb, convert_timeout_s=limits.convert_timeout_s)


def _peak_mb() -> float | None:
    """The most memory that this process held so far; the renderer's child is another process."""
    if sys.platform == "win32":
        return None
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1e6 if sys.platform == "darwin" else 1e3)


def _threads() -> int:
    """Threads that the model computes with: torch's, when it is loaded, else the processors there are."""
    torch = sys.modules.get("torch")
    return int(torch.get_num_threads()) if torch is not None else os.cpu_count() or 1
