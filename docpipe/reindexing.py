"""What is stored becomes searchable anew: the text that nobody read, what pages mean, and the index of words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from docpipe.errors import DocpipeError, StoreError
from docpipe.index import sentence_model, understood
from docpipe.ingest import open_source
from docpipe.page_words import keep_layer, transcribe
from docpipe.store.entries import PageWords
from docpipe.types import ErrorInfo
from docpipe.underway import Underway

if TYPE_CHECKING:
    from docpipe.pipeline import Pipeline
    from docpipe.store import Store


@dataclass(frozen=True)
class Reindexed:
    """A document whose pages are searchable; with an `error`, by their values and by what was read before."""

    document: int
    name: str
    pages: int
    error: ErrorInfo | None = None


def reindex(pipeline: Pipeline, store: Store) -> Iterator[Reindexed]:
    """Make everything in the store searchable, a document after the other, then the index of words.

    Pages without text are read again: their text layer, or by the model of the pipeline where there is none.
    """
    for entry in {entry.document: entry for entry in store.entries()}.values():
        known = {words.page: words for words in store.finder.texts(entry.document)}
        error = None
        try:
            words = {**known, **_missing(pipeline, store, entry.document, known)}
        except StoreError:
            raise
        except DocpipeError as failed:
            words = known
            error = ErrorInfo(code=failed.code, message=failed.message, hint=failed.hint)
        records = [kept.record for kept in store.history(entry.document) if kept.current]
        pages = tuple(words.values())
        values = [value for record in records for value in record.values]
        store.put_words(entry.document, understood(pages, values, sentence_model(pipeline.settings)))
        yield Reindexed(entry.document, entry.name, len(pages), error)
    store.rebuild_words()


def _missing(pipeline: Pipeline, store: Store, document: int, known: dict[int, PageWords]) -> dict[int, PageWords]:
    """The words of the pages that were shown to a model once, and whose text nobody read."""
    left = store.finder.pages_shown(document) - {page for page, words in known.items() if words.origin is not None}
    if not left:
        return {}
    limits = pipeline.settings
    source = open_source(
        store.file(document),
        name=store.name_of(document),
        max_file_mb=limits.max_file_mb,
        convert_timeout_s=limits.convert_timeout_s,
    )
    underway = Underway(source.name, None, source=source)
    for page in pipeline.renderer.pages(source, ",".join(map(str, sorted(left)))):
        keep_layer(underway, [text] if (text := pipeline.renderer.text(page)) is not None else [])
        if page.number not in underway.words:
            view = pipeline.renderer.view(page, dpi=limits.dpi)
            transcribe(underway, [view], pipeline.model, lambda _: frozenset())
    return underway.words
