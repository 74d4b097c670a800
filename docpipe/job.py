"""What a pipeline was asked for, what it hands from step to step, how far it is, and what it gives back."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from docpipe.schema import Schema
from docpipe.store.entries import Kept, Origin
from docpipe.types import PageText, ReadRequest, Record
from docpipe.underway import Underway


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
    """What a stream was asked for. `known`: whether a record that is stored already will do; `origin` is for stores."""

    schema: Schema | None
    pages: str | None
    password: str | None
    known: bool
    origin: Origin | None


@dataclass(frozen=True)
class Ask:
    """Some pages of a document as the model is shown them, and the text they are checked against."""

    document: Underway
    request: ReadRequest
    text: tuple[PageText, ...]

    @property
    def pages(self) -> tuple[int, ...]:
        return tuple(view.page.number for view in self.request.views)


def name_of(ref: object) -> str:
    """What to call a document that could not be opened."""
    if isinstance(ref, str | Path):
        return str(ref)
    return str(getattr(ref, "name", f"<{type(ref).__name__}>"))
