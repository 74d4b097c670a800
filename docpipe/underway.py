"""What is known of a document while it is being read becomes its record, with the status it deserves."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from docpipe.errors import DocpipeError, StoreError
from docpipe.merge import Merged
from docpipe.schema import Schema
from docpipe.store.entries import Kept, PageWords
from docpipe.types import ErrorInfo, Notice, Page, PageText, Reading, Record, RecordStatus, Source, Timing, Value

# Notices that tell how a value came about and ask nothing of a person.
FOR_INFORMATION = frozenset({"corrected", "unknown_field", "turned"})
# Notices that ask for a person only where they are about a value.
ABOUT_A_PAGE = frozenset({"hidden_text"})
# Notices about a value that is null in the data, which is a failure where the schema does not admit null.
NO_VALUE = frozenset({"missing_required", "invalid_value", "not_converted"})


@dataclass
class Window:
    """What one window of pages gave: its values, and what was noticed about them."""

    values: tuple[Value, ...]
    notices: tuple[Notice, ...]


@dataclass
class Underway:
    """A document on its way through the pipeline: the one thing there that changes.

    `waiting` counts the windows that are still to be read, `read` holds the numbers of the pages that were, `answered`
    the pointers that the model said something about, be it that the field is absent, `second` what another reader
    read on its pages, `words` what is searched of them. `kept` is the record that the store has of it already, which
    then stands. Errors that are `fatal` are not the document's own.
    """

    name: str
    schema: Schema | None
    started: float = field(default_factory=time.perf_counter)
    source: Source | None = None
    pages: tuple[Page, ...] = ()
    waiting: int = 0
    windows: list[Window] = field(default_factory=list)
    read: set[int] = field(default_factory=set)
    answered: set[str] = field(default_factory=set)
    warnings: list[Notice] = field(default_factory=list)
    second: dict[int, PageText] = field(default_factory=dict)
    words: dict[int, PageWords] = field(default_factory=dict)
    error: ErrorInfo | None = None
    kept: Kept | None = None
    render_s: float = 0.0
    read_s: float = 0.0
    fatal: tuple[type[DocpipeError], ...] = (StoreError,)

    def fail(self, error: DocpipeError, page: int | None = None) -> None:
        """Keep what went wrong, with the page where it was one page; the first error stands as the record's."""
        self.error = self.error or ErrorInfo(code=error.code, message=error.message, hint=error.hint, page=page)
        if page is not None:
            self.read.discard(page)
            place = "" if f"page {page}" in error.message else f"page {page}: "
            self.warnings.append(Notice(code=error.code, message=place + error.message))

    @contextmanager
    def failing(self, page: int | None = None) -> Iterator[None]:
        """Errors of docpipe inside the block are kept as this document's, or this page's, and end there."""
        try:
            yield
        except DocpipeError as error:
            if isinstance(error, self.fatal):
                raise  # no document is at fault, and the next one would fare no better
            self.fail(error, page)

    def text(self, page: Page, read: Callable[[Page], PageText | None]) -> PageText | None:
        """What `read` finds on a page; when it fails, nothing, and a notice says that there is no evidence."""
        try:
            return read(page)
        except DocpipeError as error:
            message = f"page {page.number}: its text could not be read, so nothing was verified: {error.message}"
            self.warnings.append(Notice(code="no_evidence", message=message))
            return None

    def turn(self, page: Page, by: int) -> Page:
        """Set a page upright by so many degrees clockwise, and say so."""
        upright = page.turned(by)
        self.pages = tuple(upright if p.number == page.number else p for p in self.pages)
        how = "stood on its head" if by == 180 else "lay on its side"
        message = f"page {page.number} {how}; it was turned by {by} degrees clockwise"
        self.warnings.append(Notice(code="turned", message=message))
        return upright

    def interrupt(self) -> None:
        """Say which pages were not reached when the user stopped the work."""
        left = [str(page.number) for page in self.pages if page.number not in self.read]
        if left:
            self.warnings.append(Notice(code="interrupted", message=f"stopped before these pages: {', '.join(left)}"))

    def keep(self, pages: Iterable[int], readings: Iterable[Reading], window: Window) -> None:
        """Keep what a window gave."""
        self.windows.append(window)
        self.read |= set(pages)
        self.answered |= {reading.pointer for reading in readings}

    def renumbered(self, merged: Merged, values: Sequence[Value]) -> tuple[Notice, ...]:
        """The windows' notices, pointing at the rows as they are numbered after merging.

        A notice about a value that merging dropped (a repeated header, the worse of two readings) goes with it, and so
        does one about a value that does not stand in `values` any more.
        """
        standing = {value.pointer: value for value in values}
        unchanged = {value.pointer for value in merged.values if standing.get(value.pointer) == value}
        notices = []
        for number, window in enumerate(self.windows):
            read = {value.pointer for value in window.values}
            for notice in window.notices:
                if notice.pointer not in read:
                    notices.append(notice)
                elif (pointer := merged.moved.get((number, notice.pointer))) in unchanged:
                    notices.append(notice.model_copy(update={"pointer": pointer}))
        return tuple(dict.fromkeys(notices))

    def record(
        self,
        values: Sequence[Value],
        data: dict[str, Any],
        notices: Sequence[Notice],
        calibration: str = "uncalibrated",
    ) -> Record:
        """The record of what was read, with the reasons why it is not `ok` where it is not."""
        unread = [page.number for page in self.pages if page.number not in self.read]
        silent = [
            Notice(code="not_answered", message=f"the model said nothing about {leaf.path}", pointer=leaf.path)
            for leaf in (self.schema.leaves if self.schema is not None and self.read else ())
            if leaf.array is None and leaf.path not in self.answered
        ]
        warnings = [*self.warnings, *notices, *silent]
        return Record(
            source=self.name,
            sha256=self.source.sha256 if self.source is not None else "",
            schema_name=self.schema.name if self.schema is not None else "auto",
            schema_hash=self.schema.hash if self.schema is not None else "",
            status=self._status(bool(unread or silent), values, warnings),
            pages=len(self.pages),
            page_sizes=[(round(page.width_pt, 2), round(page.height_pt, 2)) for page in self.pages],
            turned={page.number: page.turn for page in self.pages if page.turn},
            data=data,
            values=[_rounded(value) for value in values],
            warnings=warnings,
            error=self.error,
            calibration=calibration,
            timing=Timing(
                render_s=round(self.render_s, 3),
                read_s=round(self.read_s, 3),
                total_s=round(time.perf_counter() - self.started, 3),
            ),
        )

    def _status(self, incomplete: bool, values: Sequence[Value], warnings: Sequence[Notice]) -> RecordStatus:
        if not self.read:
            return "failed"
        return status_of(values, warnings, self.schema, incomplete=incomplete or self.error is not None)


def status_of(
    values: Sequence[Value], warnings: Sequence[Notice], schema: Schema | None, *, incomplete: bool
) -> RecordStatus:
    """The status of a record of which at least one page was read; `incomplete` says that something was not."""
    if incomplete or any(_lacks(notice, schema) for notice in warnings):
        return "partial"
    if any(value.status == "conflict" for value in values) or any(map(_asks_for_a_person, warnings)):
        return "needs_review"
    return "ok"


def _lacks(notice: Notice, schema: Schema | None) -> bool:
    """Whether the data does not fit the schema for want of this value."""
    if notice.code == "missing_required":
        return True
    leaf = schema.leaf(notice.pointer or "") if schema is not None else None
    return notice.code in NO_VALUE and leaf is not None and leaf.required and not leaf.nullable


def _asks_for_a_person(notice: Notice) -> bool:
    return notice.code not in FOR_INFORMATION and not (notice.code in ABOUT_A_PAGE and notice.pointer is None)


def _rounded(value: Value) -> Value:
    """The value with its box in hundredths of a point, finer than any printer."""
    if value.box is None:
        return value
    x0, y0, x1, y1 = (round(number, 2) for number in value.box)
    return value.model_copy(update={"box": (x0, y0, x1, y1)})
