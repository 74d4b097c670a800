"""A document becomes a record. The only place that knows the order of the steps:

    open -> window of pages -> read -> normalise -> ground     (each window, kept as it is finished)
         -> merge -> validate -> rules
         -> what failed is asked again on clipped, sharper views, one round -> the same way -> Record

One document is a stream of one. Pages of several documents are handed to the model together.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Literal, Self

from docpipe.draw import draw_page
from docpipe.errors import DocpipeError, ModelUnavailable, ReplyInvalid, UsageError
from docpipe.ground import ground
from docpipe.ingest import open_source
from docpipe.merge import merge
from docpipe.models import Model, open_model
from docpipe.models.replay import Recording
from docpipe.normalise import normalise
from docpipe.reask import Question, Trouble, questions
from docpipe.render import Renderer
from docpipe.rules import check
from docpipe.schema import Schema, list_schemas, load_schema
from docpipe.settings import Settings, load_settings
from docpipe.types import (
    Notice,
    Page,
    PageText,
    Reading,
    ReadRequest,
    Record,
    Reply,
    Source,
    Value,
)
from docpipe.underway import Underway, Window
from docpipe.validate import assemble

if TYPE_CHECKING:
    from PIL.Image import Image
    from pydantic import BaseModel

    SchemaRef = str | Path | Mapping[str, Any] | type[BaseModel]

SourceRef = str | Path | bytes | BinaryIO
AUTO = "auto"
# `auto` falls back on the schema that fits any page when the model cannot tell.
ANY_DOCUMENT = "form"
# Notices about a value that a sharper look may put right.
ASKED_AGAIN = frozenset({"conflict", "not_converted", "invalid_value", "missing_required"})
# How much sharper than the first view a field in trouble is shown the second time.
SHARPER = 2.0


@dataclass(frozen=True)
class Progress:
    """How far a stream is. `page` of `pages` in `document`; both 0 before the document is open."""

    stage: Literal["model", "open", "read", "again", "done"]
    document: str = ""
    page: int = 0
    pages: int = 0


@dataclass(frozen=True)
class _Draft:
    """What a document says so far: what was noticed while it was read, and what is wrong with the whole."""

    values: tuple[Value, ...]
    data: dict[str, Any]
    noticed: tuple[Notice, ...]
    wrong: tuple[Notice, ...]
    troubles: tuple[Trouble, ...]


@dataclass(frozen=True)
class _Window:
    """Some pages of a document as the model is shown them, and the text they are checked against."""

    document: Underway
    request: ReadRequest
    text: tuple[PageText, ...]

    @property
    def pages(self) -> tuple[int, ...]:
        return tuple(view.page.number for view in self.request.views)


class Pipeline:
    """Reads documents with one model, one renderer and one set of settings.

    `settings` are those of `docpipe.toml` and DOCPIPE_* when left out. `model` takes the place of the one the settings
    name. `record` is a file to which every reply of the model is appended, for `replay:FILE`. `progress` is called
    as the work goes on. Use it as a context manager, or call `close()`: it owns a child process.
    """

    def __init__(
        self,
        settings: Settings | None = None,
        *,
        model: Model | None = None,
        record: Path | None = None,
        progress: Callable[[Progress], None] | None = None,
    ) -> None:
        self.settings = settings or load_settings()
        self._model = model
        self._record = record
        self._progress = progress or (lambda _: None)
        self._renderer: Renderer | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the render child. The pipeline opens a new one when it is used again."""
        if self._renderer is not None:
            self._renderer.close()
            self._renderer = None

    def extract(
        self, ref: SourceRef, *, schema: SchemaRef = AUTO, pages: str | None = None, password: str | None = None
    ) -> Record:
        """The record of one document: a path, `-` for stdin, bytes or an open binary file.

        `schema` is a name, a path, inline JSON, a mapping or a pydantic class; `auto` lets the model choose.
        `pages` is like `1-4,8`, all when left out. A document that cannot be read gives a record whose status is
        `failed`, with its error. Raises UsageError for a schema or a model that cannot be used.
        """
        (record,) = self.stream([ref], schema=schema, pages=pages, password=password)
        return record

    def stream(
        self,
        refs: Iterable[SourceRef],
        *,
        schema: SchemaRef = AUTO,
        pages: str | None = None,
        password: str | None = None,
    ) -> Iterator[Record]:
        """One record for each document, in order, as they are finished. Arguments and errors as for `extract`.

        On KeyboardInterrupt a document whose first windows are read comes out as `partial` before it is raised.
        """
        chosen = None if isinstance(schema, str) and schema == AUTO else load_schema(schema)
        begun: deque[Underway] = deque()
        try:
            for batch in self._batches(self._windows(refs, chosen, pages, password, begun)):
                replies = self._read([window.request for window in batch])
                for window, reply in zip(batch, replies, strict=True):
                    self._keep(window, reply)
                while begun and begun[0].waiting == 0:
                    yield self._conclude(begun.popleft())
            while begun:
                yield self._conclude(begun.popleft())
        except KeyboardInterrupt:
            for document in begun:
                if document.windows or document.error is not None:
                    yield self._conclude(document, stopped=True)
            raise

    def pictures(
        self, record: Record, ref: SourceRef, *, pages: str | None = None, password: str | None = None
    ) -> Iterator[tuple[int, Image]]:
        """Each page of a record's document with the values drawn where they were found, numbered as in the document.

        Raises UsageError when `ref` is another document than the one in the record, and what opening it can raise.
        """
        source = self._source(ref, password)
        if source.sha256 != record.sha256:
            raise UsageError(
                f"{source.name} is not the document of this record, which was made from {record.source}",
                hint=f"docpipe show {source.name} --image out.png reads it now",
            )
        for page in self.renderer.pages(source, pages):
            view = self.renderer.view(page, dpi=self.settings.dpi)
            yield page.number, draw_page(view, [v for v in record.values if v.page == page.number])

    @property
    def model(self) -> Model:
        """The model that reads, loaded when it is first needed."""
        if self._model is None:
            self._progress(Progress("model", self.settings.model))
            self._model = open_model(self.settings.model, self.settings)
        if self._record is not None and not isinstance(self._model, Recording):
            self._model = Recording(self._model, self._record)
        return self._model

    @property
    def renderer(self) -> Renderer:
        """What turns pages into pixels, started when it is first needed."""
        if self._renderer is None:
            self._renderer = Renderer(self.settings)
        return self._renderer

    # Open, and show: documents become windows of pages.

    def _windows(
        self,
        refs: Iterable[SourceRef],
        schema: Schema | None,
        wanted: str | None,
        password: str | None,
        begun: deque[Underway],
    ) -> Iterator[_Window]:
        for ref in refs:
            document = Underway(_name_of(ref), schema, time.perf_counter())
            begun.append(document)
            with document.failing():
                self._open(document, ref, wanted, password)
            if document.pages:
                model = self.model  # an error of the model itself is no error of the document
                with document.failing():
                    document.schema = schema or self._fitting_schema(model, document)
            if document.error is not None:
                continue
            size = self.settings.window_pages
            spans = [document.pages[start : start + size] for start in range(0, len(document.pages), size)]
            document.waiting = len(spans)
            for span in spans:
                window = self._show(document, span)
                if window is None:
                    document.waiting -= 1
                else:
                    yield window

    def _open(self, document: Underway, ref: SourceRef, wanted: str | None, password: str | None) -> None:
        self._progress(Progress("open", document.name))
        document.source = self._source(ref, password)
        document.name = document.source.name
        document.pages = self.renderer.pages(document.source, wanted)

    def _source(self, ref: SourceRef, password: str | None) -> Source:
        limits = self.settings
        return open_source(
            ref, password=password, max_file_mb=limits.max_file_mb, convert_timeout_s=limits.convert_timeout_s
        )

    def _fitting_schema(self, model: Model, document: Underway) -> Schema:
        """What `auto` means: the kind of document is itself a field, with an enum, read off the first page."""
        kinds = {schema.name: schema for schema in list_schemas()}
        which = load_schema(
            {
                "title": "Kind of document",
                "type": "object",
                "properties": {
                    "schema": {
                        "type": ["string", "null"],
                        "description": " ".join(f"{name}: {kind.description}" for name, kind in kinds.items()),
                        "enum": [*kinds, None],
                    }
                },
            }
        )
        request = ReadRequest((self.renderer.view(document.pages[0], dpi=self.settings.dpi),), which)
        (reply,) = model.extract([request])
        values, _ = normalise(reply.readings, which, reply.model)
        named = next((str(value.value) for value in values if value.value is not None), None)
        if named not in kinds:
            said = "the model could not tell which schema fits"
            document.warnings.append(Notice(code="schema_unclear", message=f"{said}; it was read as {ANY_DOCUMENT}"))
        return kinds[named if named in kinds else ANY_DOCUMENT]

    def _show(self, document: Underway, span: Sequence[Page]) -> _Window | None:
        views, text = [], []
        started = time.perf_counter()
        for page in span:
            with document.failing(page.number):
                views.append(self.renderer.view(page, dpi=self.settings.dpi))
                found = self._text(document, page)
                text += [found] if found is not None else []
        document.render_s += time.perf_counter() - started
        if not views or document.schema is None:
            return None
        return _Window(document, ReadRequest(tuple(views), document.schema), tuple(text))

    def _text(self, document: Underway, page: Page) -> PageText | None:
        try:
            return self.renderer.text(page)
        except DocpipeError as error:
            message = f"page {page.number}: its text could not be read, so nothing was verified: {error.message}"
            document.warnings.append(Notice(code="no_evidence", message=message))
            return None

    def _batches(self, windows: Iterable[_Window]) -> Iterator[list[_Window]]:
        """Windows of one or several documents, together about as many pages as one window may have."""
        batch: list[_Window] = []
        for window in windows:
            batch.append(window)
            if sum(len(w.pages) for w in batch) >= self.settings.window_pages:
                yield batch
                batch = []
        if batch:
            yield batch

    # Read: a window becomes values with evidence.

    def _read(self, requests: Sequence[ReadRequest]) -> Iterator[Reply | DocpipeError]:
        """A reply or an error for each request. When a batch fails, the rest of it is asked one by one."""
        model = self.model
        answered = 0
        try:
            for reply in model.extract(requests):
                answered += 1
                yield reply
        except DocpipeError as error:
            if len(requests) == 1:
                yield error
            else:
                for request in requests[answered:]:
                    yield from self._read([request])

    def _keep(self, window: _Window, outcome: Reply | DocpipeError) -> None:
        document, schema = window.document, window.request.schema
        document.waiting -= 1
        if isinstance(outcome, DocpipeError):
            self._retry_pages(window, outcome)
            return
        values, unclear = normalise(outcome.readings, schema, outcome.model, window.text)
        values, doubts = ground(values, window.text, schema)
        if outcome.finish_reason != "stop":
            cut = f"the reply of {outcome.model} ended too early ({outcome.finish_reason}), so values may be missing"
            document.fail(ReplyInvalid(cut), window.pages[0])
        document.keep(window.pages, outcome.readings, Window(values, _standing((*unclear, *doubts), values)))
        document.read_s += outcome.read_s
        self._progress(Progress("read", document.name, window.pages[-1], len(document.pages)))

    def _retry_pages(self, window: _Window, error: DocpipeError) -> None:
        """A window that failed is asked page by page, so that one bad page does not cost the others."""
        document = window.document
        if len(window.pages) == 1 or isinstance(error, ModelUnavailable):
            for number in window.pages:
                document.fail(error, number)
            return
        for view in window.request.views:
            text = tuple(page for page in window.text if page.page.number == view.page.number)
            alone = replace(window, request=replace(window.request, views=(view,)), text=text)
            document.waiting += 1
            for outcome in self._read([alone.request]):
                self._keep(alone, outcome)

    # Conclude: windows become one record.

    def _conclude(self, document: Underway, *, stopped: bool = False) -> Record:
        schema = document.schema
        if schema is None:
            return document.record((), {}, ())
        values = merge([window.values for window in document.windows], schema)
        draft = self._judge(values, document.renumbered(values), schema)
        if stopped:
            document.interrupt()
        elif draft.troubles:
            draft = self._ask_again(document, draft, schema)
        self._progress(Progress("done", document.name, len(document.pages), len(document.pages)))
        return document.record(draft.values, draft.data, (*draft.noticed, *draft.wrong))

    def _judge(self, values: tuple[Value, ...], notices: Sequence[Notice], schema: Schema) -> _Draft:
        data, unfit = assemble(values, schema)
        broken = check(data, schema)
        rules = [Notice(code="rule_broken", message=b.message, pointer=next(iter(b.pointers), None)) for b in broken]
        troubles = [Trouble(pointer, b.message) for b in broken for pointer in b.pointers]
        troubles += [
            Trouble(n.pointer, n.message)
            for n in (*notices, *unfit)
            if n.code in ASKED_AGAIN and n.pointer and schema.leaf(n.pointer)
        ]
        return _Draft(values, data, tuple(notices), (*unfit, *rules), tuple(troubles))

    def _ask_again(self, document: Underway, draft: _Draft, schema: Schema) -> _Draft:
        """The draft after one more look at the fields in trouble, or as it was where that did not help."""
        readings: dict[str, Reading] = {}
        text: list[PageText] = []
        model = ""
        for question in questions(draft.troubles, draft.values, document.pages):
            self._progress(Progress("again", document.name, question.page.number, len(document.pages)))
            reply = self._look_again(document, question, schema)
            if reply is not None:
                model = reply.model
                readings |= {r.pointer: r for r in reply.readings if r.pointer in question.pointers}
                found = self._text(document, question.page)
                text += [found] if found is not None else []
        if not readings:
            return draft
        # What the rest of the document says tells day from month, so the new readings are normalised among the old.
        everything = {v.pointer: Reading(v.pointer, v.text, v.page, v.box, v.confidence) for v in draft.values}
        values, unclear = normalise(tuple((everything | readings).values()), schema, model, text)
        values, doubts = ground(values, text, schema)
        seen = {value.pointer: value for value in values if value.pointer in readings}
        kept = [n for n in draft.noticed if n.pointer not in readings]
        fresh = [n for n in _standing((*unclear, *doubts), values) if n.pointer in readings]
        second = self._judge(tuple(seen.get(v.pointer, v) for v in draft.values), [*kept, *fresh], schema)
        return second if len(second.troubles) < len(draft.troubles) else draft

    def _look_again(self, document: Underway, question: Question, schema: Schema) -> Reply | None:
        page, clip = question.page, question.clip
        started = time.perf_counter()
        try:
            view = self.renderer.view(page, dpi=self.settings.dpi * SHARPER, clip=clip)
        except DocpipeError:
            return None  # the first reading and its trouble stand, and the record says so
        document.render_s += time.perf_counter() - started
        request = ReadRequest((view,), schema, only=question.pointers, problems=question.problems)
        (outcome,) = self._read([request])
        if isinstance(outcome, DocpipeError):
            return None
        document.read_s += outcome.read_s
        return outcome


def _standing(notices: Iterable[Notice], values: Iterable[Value]) -> tuple[Notice, ...]:
    """The notices that still hold: text that was no value may have been corrected by the page's own text."""
    mended = {value.pointer for value in values if value.value is not None}
    return tuple(n for n in notices if not (n.code == "not_converted" and n.pointer in mended))


def _name_of(ref: SourceRef) -> str:
    """What to call a document that could not be opened."""
    if isinstance(ref, str | Path):
        return str(ref)
    return str(getattr(ref, "name", f"<{type(ref).__name__}>"))


def extract(
    ref: SourceRef,
    *,
    schema: SchemaRef = AUTO,
    pages: str | None = None,
    password: str | None = None,
    model: str | None = None,
    settings: Settings | None = None,
) -> Record:
    """The record of one document, with a pipeline for it alone; `Pipeline` is quicker for several.

    Arguments and errors as for `Pipeline.extract`; `model` is a name such as `nano` or `replay:FILE`.
    """
    chosen = settings or load_settings()
    with Pipeline(chosen if model is None else chosen.model_copy(update={"model": model})) as pipeline:
        return pipeline.extract(ref, schema=schema, pages=pages, password=password)
