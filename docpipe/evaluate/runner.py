"""Truths and a model become a Run: every document read, scored, and timed."""

from __future__ import annotations

import io
import json
import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from PIL import Image
from pydantic import ValidationError

from docpipe.errors import DocpipeError, UsageError
from docpipe.evaluate import extra
from docpipe.evaluate.printed import only_printed
from docpipe.evaluate.score import Score, Spent, score
from docpipe.evaluate.summary import Summary, summarise
from docpipe.evaluate.truth import Truth
from docpipe.ingest import open_source
from docpipe.job import Progress
from docpipe.models import Model
from docpipe.pipeline import Pipeline
from docpipe.settings import Settings
from docpipe.types import Page, PageText, Record, Source

# Pages become pictures this much sharper than the model is first shown them, as a second look asks for more.
SHARPER = 2.0


@dataclass(frozen=True)
class Run:
    """One model over all documents. `truths` are what was held against, after what is not printed was left out.

    `load_s` is what loading the model took, `peak_mb` the most memory that this process held, None where the system
    does not tell. Documents whose records were kept from an earlier run are `resumed`, with what they cost then.
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
    leaves out expected values that stand nowhere in the document's text. `kept` is a file that every record is
    appended to, and that records are taken from when it has them: of this model's name, this document, this schema.
    `model` takes the place of the one that the settings name.
    Raises MissingDependency without the extra `eval`, UsageError when `kept` cannot be used, and what loading the
    model raises. A document that cannot be read has missed everything.
    """
    extra.require()
    shelf = Shelf(kept, settings, pixels_only=pixels_only)
    used: list[Truth] = []
    records: list[Record] = []
    scores: list[Score] = []
    resumed = 0
    with Pipeline(settings, model=model, progress=progress) as reader:
        load_s = _warmed(reader, truths, shelf)
        for truth in truths:
            truth = only_printed(truth, _text(reader, truth)) if printed_only else truth
            known = shelf.take(truth)
            if known is not None:
                resumed += 1
                progress(Progress("done", truth.name))
            record, spent = known or _timed(reader, truth, settings, pixels_only=pixels_only)
            if known is None:
                shelf.put(truth, record, spent)
            used.append(truth)
            records.append(record)
            scores.append(score(truth, record, spent))
    return Run(
        model=settings.model if model is None else model.name,
        pixels_only=pixels_only,
        dpi=settings.dpi,
        truths=tuple(used),
        records=tuple(records),
        scores=tuple(scores),
        summary=summarise(scores, {truth.name: truth.schema.name for truth in used}),
        load_s=load_s,
        peak_mb=_peak_mb(),
        threads=_threads(),
        resumed=resumed,
    )


class Shelf:
    """Records of earlier runs in a JSONL file, one a line with what they were read with."""

    def __init__(self, path: Path | None, settings: Settings, *, pixels_only: bool) -> None:
        self._path = path
        self._with = {"model": settings.model, "pixels_only": pixels_only, "dpi": settings.dpi}
        self._kept: dict[tuple[str, str], tuple[Record, Spent]] = {}
        if path is not None and path.is_file():
            for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
                self._read(line, f"{path}:{number}")

    def take(self, truth: Truth) -> tuple[Record, Spent] | None:
        """The record of a document and what it cost, when it is there."""
        return self._kept.get((_sha256(truth), truth.schema.hash)) if self._kept else None

    def put(self, truth: Truth, record: Record, spent: Spent) -> None:
        """Keep a record; one that failed is read again next time."""
        if self._path is None or record.status == "failed":
            return
        told = {"document": _sha256(truth), "spent": asdict(spent), "record": record.model_dump(mode="json")}
        line = {**self._with, **told}
        try:
            with self._path.open("a", encoding="utf-8") as file:
                file.write(json.dumps(line, ensure_ascii=False) + "\n")
        except OSError as error:
            raise UsageError(f"{self._path} cannot be written: {error.strerror}", hint="--records FILE") from error

    def __bool__(self) -> bool:
        return bool(self._kept)

    def _read(self, line: str, place: str) -> None:
        try:
            entry: dict[str, Any] = json.loads(line)
            if {key: entry[key] for key in self._with} == self._with:
                record = Record.model_validate(entry["record"])
                self._kept[entry["document"], record.schema_hash] = (record, Spent(**entry["spent"]))
        except (ValueError, KeyError, TypeError, ValidationError) as error:
            raise UsageError(
                f"{place} is no kept record: {error}", hint="delete the line, or give another file"
            ) from error


def _warmed(reader: Pipeline, truths: Sequence[Truth], shelf: Shelf) -> float:
    """Seconds to load the model and to start the renderer, before anything is timed; 0 where every record is kept."""
    if shelf and all(shelf.take(truth) is not None for truth in truths):
        return 0.0
    started = time.perf_counter()
    _ = reader.model
    load_s = time.perf_counter() - started
    for _ in _pages(reader, truths[0]):
        break
    return load_s


def _timed(reader: Pipeline, truth: Truth, settings: Settings, *, pixels_only: bool) -> tuple[Record, Spent]:
    """The record of one document, and what it cost: a document alone, so that no other one's work is counted."""
    shown = _pictures(reader, truth, settings) if pixels_only else None
    if shown is None and truth.inside:
        with suppress(DocpipeError):  # then reading it says what is wrong with it
            shown = _named(reader.renderer.without_files(_source(truth, settings)), truth)
    started, worked = time.perf_counter(), time.process_time()
    record = reader.extract(shown or truth.document, schema=truth.ref)
    return record, Spent(time.perf_counter() - started, time.process_time() - worked)


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


def _sha256(truth: Truth) -> str:
    try:
        return open_source(truth.document).sha256
    except DocpipeError:
        return ""


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
