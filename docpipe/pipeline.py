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
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from docpipe.asking import Asking
from docpipe.confidence import Confidences
from docpipe.errors import DocpipeError, ModelNotLoaded, ModelUnavailable, ReplyInvalid, StoreError, UsageError
from docpipe.fitting import fitting_schema, which_schema
from docpipe.ground import ground
from docpipe.index import sentence_model, understood
from docpipe.job import Added, Ask, Job, Named, Progress, batches, name_of
from docpipe.judge import Draft, judge, standing
from docpipe.merge import merge
from docpipe.models import Model, known_name, open_model
from docpipe.models.replay import Recording
from docpipe.normalise import normalise
from docpipe.page_words import keep_layer, transcribe
from docpipe.reask import Question, questions
from docpipe.remember import STORED, Remembering, Stored
from docpipe.render import Renderer
from docpipe.reviewing import carry
from docpipe.schema import Schema, load_schema
from docpipe.second_look import LookedAgain, second_draft
from docpipe.second_reader import SecondReader
from docpipe.settings import Settings, load_settings
from docpipe.several import several_documents
from docpipe.showing import Showing, SourceRef
from docpipe.store.entries import Origin
from docpipe.types import Answer, ReadRequest, Record, Reply
from docpipe.underway import Underway, Window

if TYPE_CHECKING:
    from PIL.Image import Image
    from pydantic import BaseModel

    from docpipe.store import Lease, Store

    SchemaRef = str | Path | Mapping[str, Any] | type[BaseModel] | Schema

AUTO = "auto"
# How much sharper than the first view a field in trouble is shown the second time.
SHARPER = 2.0


class Pipeline:
    """Reads documents with one model, one renderer and one set of settings.

    `settings` are those of `docpipe.toml` and DOCPIPE_* when left out. `model` takes the place of the one the settings
    name. `record` is a file to which every reply of the model is appended, for `replay:FILE`. With a `store`, what was
    read before is not read again, and records go into its database. `progress` is called as the work goes on. With
    `patient`, a model that is not available is raised as ModelUnavailable, and is no error of the document. Use it as
    a context manager, or call `close()`: it owns a child process.
    """

    def __init__(
        self,
        settings: Settings | None = None,
        *,
        model: Model | None = None,
        record: Path | None = None,
        store: Store | None = None,
        progress: Callable[[Progress], None] | None = None,
        patient: bool = False,
    ) -> None:
        self.settings = settings or load_settings()
        self._model = model
        self._record = record
        self._store = store
        self._progress = progress or (lambda _: None)
        self._showing = Showing(self.settings)
        self._asking: Asking | None = None
        self._fatal = (StoreError, ModelUnavailable) if patient else (StoreError,)
        self._confidences = Confidences(self.settings)
        self._second = SecondReader(self.settings, model) if self.settings.verify else None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the children. The pipeline opens new ones when it is used again."""
        self._showing.close()
        if self._second is not None:
            self._second.close()

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

        When the user or the model itself ends the work (KeyboardInterrupt, ModelNotLoaded), a document whose first
        windows are read comes out with what was read before that is raised.
        """
        for added in self._concluded(refs, schema, pages, password, known=True):
            yield added.record

    def add(
        self,
        refs: Iterable[SourceRef],
        *,
        schema: SchemaRef = AUTO,
        pages: str | None = None,
        password: str | None = None,
        known: bool = True,
        lease: Lease | None = None,
    ) -> Iterator[Added]:
        """As `stream`, with what storing each record did. With `known=False` a record that is stored is made anew from
        what the model said then. Raises UsageError without a store, StoreError when it fails. No record is stored
        before its document is read to its end. The job of `lease` ends in the transaction that stores a record.
        """
        if self._store is None:
            raise UsageError("there is no store to add to", hint="Pipeline(settings, store=open_store(settings))")
        yield from self._concluded(refs, schema, pages, password, known=known, lease=lease)

    def _concluded(
        self,
        refs: Iterable[SourceRef],
        schema: SchemaRef,
        pages: str | None,
        password: str | None,
        *,
        known: bool,
        lease: Lease | None = None,
    ) -> Iterator[Added]:
        chosen = None if isinstance(schema, str) and schema == AUTO else load_schema(schema)
        origin = None if self._store is None else self._origin(chosen or which_schema(), pages)
        job = Job(chosen, pages, password, known, origin, lease)
        begun: deque[Underway] = deque()
        try:
            for batch in batches(self._windows(refs, job, begun), self.settings.window_pages):
                replies = self._read([window.request for window in batch])
                for window, reply in zip(batch, replies, strict=True):
                    self._keep(window, reply)
                while begun and begun[0].waiting == 0:
                    yield self._conclude(begun[0], job)
                    begun.popleft()
            while begun:
                yield self._conclude(begun[0], job)
                begun.popleft()
        except (KeyboardInterrupt, UsageError, ModelNotLoaded):
            for document in begun:
                if document.windows or document.error is not None:
                    yield self._conclude(document, job, stopped=True)
            raise

    def split(self, ref: SourceRef, parts: str, *, password: str | None = None) -> list[Named]:
        """Parts of a PDF as documents of their own, which say in their names which pages they are.

        `parts` is like `1-2,3`: every page in one of them. Raises UsageError when a page is in none or in two, or the
        document is no PDF, and what opening the document can raise.
        """
        return self._showing.split(ref, parts, password)

    def pictures(
        self, record: Record, ref: SourceRef, *, pages: str | None = None, password: str | None = None
    ) -> Iterator[tuple[int, Image]]:
        """Each page of a record's document with the values drawn where they were found, numbered as in the document.

        Raises UsageError when `ref` is another document than the one in the record, and what opening it can raise.
        """
        return self._showing.pictures(record, ref, pages, password)

    def ask(
        self, question: str, *, schema: str | None = None, goes_on: bool = False, today: date | None = None
    ) -> Answer:
        """The answer to a question about what is stored, which is kept with what it cites.

        `schema` is the only one that is asked. With `goes_on` it may go on from the question before: "and in April?".
        `today` is what "last month" is told from. Raises UsageError without a store, StoreError when it fails.
        """
        if self._store is None:
            raise UsageError("there is no store to ask", hint="Pipeline(settings, store=open_store(settings))")
        self._asking = self._asking or Asking(self, self._store)
        return self._asking.ask(question, schema=schema, goes_on=goes_on, today=today)

    @property
    def model(self) -> Model:
        """The model that reads, loaded when it is first needed."""
        model = Stored(self.settings) if self._model is None and self.settings.model == STORED else self._model
        if self._store is not None and not isinstance(model, Remembering | Recording | Stored):
            name = known_name(self.settings.model) if model is None else model.name
            examples = self._store.examples(self.settings.examples)
            model = Remembering(self._store.readings, self._load if model is None else model, name, examples)
        model = model or self._load()
        if self._record is not None and not isinstance(model, Recording):
            model = Recording(model, self._record)
        self._model = model
        return model

    def _load(self) -> Model:
        self._progress(Progress("model", self.settings.model))
        return open_model(self.settings.model, self.settings)

    @property
    def renderer(self) -> Renderer:
        """What turns pages into pixels, started when it is first needed."""
        return self._showing.renderer

    # Open, and show: documents become windows of pages.

    def _windows(self, refs: Iterable[SourceRef], job: Job, begun: deque[Underway]) -> Iterator[Ask]:
        for ref in refs:
            document = Underway(name_of(ref), job.schema, time.perf_counter(), fatal=self._fatal)
            begun.append(document)
            with document.failing():
                self._open(document, ref, job)
            if document.pages:
                model = self.model  # an error of the model itself is no error of the document
                with document.failing():
                    document.schema = job.schema or self._fitting_schema(model, document)
            if document.error is not None:
                continue
            size = self.settings.window_pages
            spans = [document.pages[start : start + size] for start in range(0, len(document.pages), size)]
            document.waiting = len(spans)
            for span in spans:
                window = self._showing.window(document, span)
                if window is None:
                    document.waiting -= 1
                else:
                    yield window

    def _open(self, document: Underway, ref: SourceRef, job: Job) -> None:
        self._progress(Progress("open", document.name))
        document.source = self._showing.source(ref, job.password)
        document.name = document.source.name
        if self._store is not None and job.origin is not None:
            self._store.arrive(document.source)
            document.kept = self._store.known(document.source, job.origin) if job.known else None
        if document.kept is None:
            document.pages = self.renderer.pages(document.source, job.pages)

    def _origin(self, asked: Schema, pages: str | None) -> Origin:
        """What tells one reading of a document from another: the question, the model, and what it is shown."""
        how = f"{self.settings.dpi:g} dpi, {self.settings.window_pages} pages, {self.settings.renderer}"
        how += f", verified by {self.settings.verify}" if self.settings.verify else ""
        how += f", calibrated by {self.settings.calibration}" if self.settings.calibration else ""
        how += f", {self.settings.examples} examples" if self.settings.examples else ""
        return Origin(asked.hash, self.model.name, pages or "", how)

    def _fitting_schema(self, model: Model, document: Underway) -> Schema:
        view, _ = self._showing.page(document, document.pages[0])
        (reply,) = model.extract([ReadRequest((view,), which_schema())])
        schema, notices = fitting_schema(reply.readings, reply.model)
        document.warnings += notices
        return schema

    # Read: a window becomes values with evidence.

    def _read(self, requests: Sequence[ReadRequest]) -> Iterator[Reply | DocpipeError]:
        """A reply or an error for each request. When a batch fails, the rest of it is asked one by one."""
        model = self.model
        answered = 0
        try:
            for reply in model.extract(requests):
                answered += 1
                yield reply
        except (UsageError, ModelNotLoaded, *self._fatal):
            raise  # of no use to any request
        except DocpipeError as error:
            if len(requests) == 1:
                yield error
            else:
                for request in requests[answered:]:
                    yield from self._read([request])

    def _keep(self, window: Ask, outcome: Reply | DocpipeError) -> None:
        document, schema = window.document, window.request.schema
        document.waiting -= 1
        keep_layer(document, window.text)
        if isinstance(outcome, DocpipeError):
            self._retry_pages(window, outcome)
            return
        values, unclear = normalise(outcome.readings, schema, outcome.model, window.text)
        second = self._second.read(document, window.request.views, window.text) if self._second is not None else ()
        values, doubts = ground(values, window.text, schema, second=second)
        if self._store is not None:
            transcribe(document, window.request.views, self.model, self._store.finder.pages_read)
        if outcome.finish_reason != "stop":
            end = outcome.finish_reason
            why = "is not whole" if end == "invalid" else f"ended too early ({end})"
            document.fail(
                ReplyInvalid(f"the reply of {outcome.model} {why}, so values may be missing"), window.pages[0]
            )
        document.keep(window.pages, outcome.readings, Window(values, standing((*unclear, *doubts), values)))
        document.read_s += outcome.read_s
        self._progress(Progress("read", document.name, window.pages[-1], len(document.pages)))

    def _retry_pages(self, window: Ask, error: DocpipeError) -> None:
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

    def _conclude(self, document: Underway, job: Job, *, stopped: bool = False) -> Added:
        if document.kept is not None:
            return Added(document.kept.record, document.kept)
        record = self._record_of(document, stopped=stopped)
        self._progress(Progress("done", document.name, len(document.pages), len(document.pages)))
        if self._store is None or job.origin is None or document.source is None or stopped:
            return Added(record)
        words = understood(tuple(document.words.values()), record.values, sentence_model(self.settings))
        kept = self._store.keep(
            document.source, record, document.schema, job.origin, document.pages, words=words, lease=job.lease
        )
        return Added(kept.record, kept)

    def _record_of(self, document: Underway, *, stopped: bool) -> Record:
        schema = document.schema
        if schema is None:
            return document.record((), {}, ())
        merged = merge([window.values for window in document.windows], schema)
        values = merged.values
        if self._store is not None and document.source is not None:
            values = carry(values, self._store.reviewed(document.source.sha256, schema.name), schema)
        draft = judge(values, document.renumbered(merged, values), schema)
        if stopped:
            document.interrupt()
        elif draft.troubles:
            draft = self._ask_again(document, draft, schema)
        values, calibration = self._confidences.of(draft, schema)
        document.warnings += several_documents(document.words, schema)
        return document.record(values, draft.data, (*draft.noticed, *draft.wrong), calibration)

    def _ask_again(self, document: Underway, draft: Draft, schema: Schema) -> Draft:
        answers: list[LookedAgain] = []
        for question in questions(draft.troubles, draft.values, document.pages):
            self._progress(Progress("again", document.name, question.page.number, len(document.pages)))
            reply = self._look_again(document, question, schema)
            if reply is not None:
                text = document.text(question.page, self.renderer.text)
                answers.append(LookedAgain(question, reply, text, document.second.get(question.page.number)))
        return second_draft(draft, answers, schema)

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
