"""What goes into the store and comes out of it, as plain frozen objects."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from docpipe.schema import Schema
from docpipe.types import Box, Record, RecordStatus, TextOrigin

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# What storing a record did: a new document or schema, another reading of a known one, nothing, or a person's review.
Change = Literal["new", "changed", "unchanged", "reviewed"]


@dataclass(frozen=True)
class Origin:
    """How a record came about. A record of the same document and origin is not made again.

    `asked` is the hash of the schema that was asked for, or of the question which schema fits. `pages` is the choice
    of pages as given. `how` names the settings that change what a model is shown.
    """

    asked: str
    model: str
    pages: str = ""
    how: str = ""


@dataclass(frozen=True)
class Kept:
    """A record in the store. `document` is the number that commands take, `number` that of the record itself.

    `replaced` is the name of the document that this one took the place of, when it did.
    """

    document: int
    number: int
    record: Record
    origin: Origin
    current: bool
    stored_at: datetime
    change: Change = "unchanged"
    replaced: str | None = None


@dataclass(frozen=True)
class Entry:
    """A line of the list of what is stored: a document and its current record of one schema, if it has one."""

    document: int
    name: str
    sha256: str
    pages: int
    added_at: datetime
    superseded: bool
    schema: str | None = None
    status: RecordStatus | None = None
    model: str | None = None
    stored_at: datetime | None = None


@dataclass(frozen=True)
class Filter:
    """Which entries are wanted; what is None is not asked. Dates are days on which a record was stored, in UTC.

    `text` is looked for in names, printed texts and values, without regard to case.
    """

    schema: str | None = None
    status: RecordStatus | None = None
    since: date | None = None
    until: date | None = None
    text: str | None = None
    superseded: bool = False


@dataclass(frozen=True)
class SearchQuery:
    """What is looked for: any text a person types, and which documents are wanted; what is None is not asked.

    `schema` and `status` are those of a current record. `since` and `until` are days: of the document's own date, the
    first field of its schema that is one, else the day it was stored (UTC). `sender` is looked for, word by word, in
    the names that tell its documents apart (`x-identity`). `documents` are the numbers to look in.
    """

    text: str
    schema: str | None = None
    status: RecordStatus | None = None
    since: date | None = None
    until: date | None = None
    sender: str | None = None
    documents: tuple[int, ...] | None = None
    limit: int = 10


@dataclass(frozen=True)
class Reviewed:
    """What people said stands in a document: truth to measure with, to train with, and to give as an example.

    `data` has the shape of a record's data and only what was confirmed or set. `texts` (as printed) and `boxes` (page,
    box in points), by pointer into `data`, are of values that were right as they were read. `file` is where the bytes
    lie, `name` what they were called, `sha256` the hash of what came in.
    """

    document: int
    name: str
    sha256: str
    file: Path
    schema: Schema
    data: Mapping[str, Any]
    texts: Mapping[str, str]
    boxes: Mapping[str, tuple[int, Box]]


@dataclass(frozen=True)
class PageWords:
    """What stands on a page, to be searched. `origin` says who read it, None where nobody did.

    `vectors` is what its passages mean, float32 (passages, numbers), each of unit length, as the sentence model `model`
    has it; None without one.
    """

    page: int
    text: str
    origin: TextOrigin | None = None
    vectors: NDArray[np.float32] | None = field(default=None, repr=False, compare=False)
    model: str = ""


@dataclass(frozen=True)
class Shown:
    """What a model is shown: pages of a document at a resolution, or a part of one (as text). And which model."""

    sha256: str
    pages: tuple[int, ...]
    dpi: float
    clip: str
    model: str
    prompt: str


@dataclass(frozen=True)
class Wanted:
    """What a model is asked: `asked` is the hash of it all, `fields` each field's path and the hash of its definition.

    `again` is true of a second look at some values, `only` the pointers that were asked for, None for all.
    """

    asked: str
    fields: Mapping[str, str]
    again: bool
    schema_hash: str
    only: tuple[str, ...] | None = None
