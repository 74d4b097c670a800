"""Settings become an open store: the database of documents, records and readings, and the folder of their files.

SQLAlchemy is imported with the names that need it and not before.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from docpipe.settings import Settings
    from docpipe.store.difference import Difference as Difference
    from docpipe.store.difference import differences as differences
    from docpipe.store.entries import Entry as Entry
    from docpipe.store.entries import Filter as Filter
    from docpipe.store.entries import Kept as Kept
    from docpipe.store.entries import Origin as Origin
    from docpipe.store.entries import Reviewed as Reviewed
    from docpipe.store.entries import SearchQuery as SearchQuery
    from docpipe.store.entries import Shown as Shown
    from docpipe.store.entries import Wanted as Wanted
    from docpipe.store.examples import Examples as Examples
    from docpipe.store.leases import JobEntry as JobEntry
    from docpipe.store.leases import JobState as JobState
    from docpipe.store.leases import Lease as Lease
    from docpipe.store.leases import Order as Order
    from docpipe.store.leases import Standing as Standing
    from docpipe.store.leases import Terms as Terms
    from docpipe.store.leases import path_text as path_text
    from docpipe.store.readings import Readings as Readings
    from docpipe.store.store import Store as Store


def open_store(settings: Settings, *, create: bool = True) -> Store:
    """The store that `settings` name, made when it is not there yet.

    Raises RecordNotFound when it is not there and `create` is false, StoreError when it cannot be opened or is of
    another version of docpipe, MissingDependency when PostgreSQL's driver is not installed.
    """
    from docpipe.store.store import Store

    return Store.open(settings, create=create)


_HOME = {
    "Difference": "difference",
    "Entry": "entries",
    "Examples": "examples",
    "Filter": "entries",
    "JobEntry": "leases",
    "JobState": "leases",
    "Kept": "entries",
    "Lease": "leases",
    "Order": "leases",
    "Origin": "entries",
    "Readings": "readings",
    "Reviewed": "entries",
    "SearchQuery": "entries",
    "Shown": "entries",
    "Standing": "leases",
    "Store": "store",
    "Terms": "leases",
    "Wanted": "entries",
    "differences": "difference",
    "path_text": "leases",
}

__all__ = [*_HOME, "open_store"]


def __getattr__(name: str) -> object:
    if name not in _HOME:
        raise AttributeError(f"module docpipe.store has no attribute {name!r}")
    return getattr(import_module(f"docpipe.store.{_HOME[name]}"), name)
