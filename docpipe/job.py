"""What a pipeline was asked for, what it hands from step to step, how far it is, and what it gives back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from docpipe.schema import Schema
from docpipe.store.entries import Kept, Origin
from docpipe.store.leases import Lease
from docpipe.types import PageText, ReadRequest, Record
from docpipe.underway import Underway


@dataclass(frozen=True)
class Named:
    """A document, a file or its bytes, under another name than its own: the one it came with."""

    what: Path | bytes
    name: str


@dataclass(frozen=True)
class Progress:
    """How far a stream is. `page` of `pages` in `document`; both 0 before the document is open."""

    stage: Literal["model", "open", "read", "again", "done"]
    document: str = ""
    page: int = 0
    pages: int = 0


@dataclass(frozen=True)
class Added:
    """A record, and how it was stored; `kept` is None for a document that could not be opened."""

    record: Record
    kept: Kept | None = None


@dataclass(frozen=True)
class Job:
    """What a stream was asked for. `known`: whether a record that is stored already will do; `origin` is for stores.

    `lease` is that of the job which ends with the document's record.
    """

    schema: Schema | None
    pages: str | None
    password: str | None
    known: bool
    origin: Origin | None
    lease: Lease | None = None


@dataclass(frozen=True)
class Ask:
    """Some pages of a document as the model is shown them, and the text they are checked against."""

    document: Underway
    request: ReadRequest
    text: tuple[PageText, ...]

    @property
    def pages(self) -> tuple[int, ...]:
        return tuple(view.page.number for view in self.request.views)


def batches(windows: Iterable[Ask], pages: int) -> Iterator[list[Ask]]:
    """Windows of one or several documents, together about as many pages as one window may have."""
    batch: list[Ask] = []
    for window in windows:
        batch.append(window)
        if sum(len(w.pages) for w in batch) >= pages:
            yield batch
            batch = []
    if batch:
        yield batch


def name_of(ref: object) -> str:
    """What to call a document that could not be opened."""
    if isinstance(ref, str | Path):
        return str(ref)
    return str(getattr(ref, "name", f"<{type(ref).__name__}>"))
