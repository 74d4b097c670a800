"""A database becomes a connection that can read some tables for some time, and do nothing else."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, create_engine, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from docpipe.errors import QueryTooLong, StoreError
from docpipe.store.database import Database

# Steps of SQLite's machine between two looks at the clock, well under a millisecond.
_STEPS = 2000
_FUNCTIONS = frozenset({"count", "sum", "rank", "lower", "strftime", "like", "coalesce"})


@contextmanager
def read_only(database: Database, tables: Iterable[str], *, seconds: float) -> Iterator[Connection]:
    """A connection that reads `tables` and their views, all statements together for as long as `seconds`.

    On SQLite the file is opened for reading, and each statement is checked, as it is compiled, for what it touches.
    On PostgreSQL it is a transaction that reads. Raises QueryTooLong.
    """
    allowed = frozenset(tables)
    with database.errors(), _in_time(database, seconds):
        if database.path is None:
            with database.engine.connect() as connection, connection.begin():
                connection.execute(text("SET TRANSACTION READ ONLY"))
                connection.execute(text(f"SET LOCAL statement_timeout = {max(1, int(seconds * 1000))}"))
                yield connection
            return
        engine = create_engine("sqlite://", creator=lambda: _opened(database), poolclass=NullPool)
        try:
            with engine.connect() as connection:
                driver = connection.connection.driver_connection
                if not isinstance(driver, sqlite3.Connection):
                    raise StoreError(f"{database.name}: not opened by sqlite3")
                connection.exec_driver_sql("BEGIN")
                end = time.monotonic() + seconds
                driver.set_authorizer(_Guard(allowed))
                driver.set_progress_handler(lambda: time.monotonic() > end, _STEPS)
                try:
                    yield connection
                finally:
                    driver.set_progress_handler(None, _STEPS)
                    driver.set_authorizer(None)
        finally:
            engine.dispose()


class _Guard:
    """What SQLite asks before it compiles a statement: SELECT from these tables and their views, with few functions."""

    def __init__(self, tables: frozenset[str]) -> None:
        self._tables = tables
        self._views = frozenset(f"{name}_view" for name in tables)

    def __call__(self, action: int, first: str | None, second: str | None, base: str | None, view: str | None) -> int:
        if action == sqlite3.SQLITE_SELECT:
            return sqlite3.SQLITE_OK
        if action == sqlite3.SQLITE_FUNCTION and second in _FUNCTIONS:
            return sqlite3.SQLITE_OK
        if action == sqlite3.SQLITE_READ and base in ("main", None):
            inside = first in self._tables or first in self._views or view in self._views
            return sqlite3.SQLITE_OK if inside else sqlite3.SQLITE_DENY
        return sqlite3.SQLITE_DENY


def _opened(database: Database) -> sqlite3.Connection:
    if database.path is None:
        raise StoreError(f"{database.name} is no file")
    connection = sqlite3.connect(f"{database.path.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None)
    connection.execute("PRAGMA query_only = ON")
    connection.execute("PRAGMA trusted_schema = OFF")
    return connection


@contextmanager
def _in_time(database: Database, seconds: float) -> Iterator[None]:
    try:
        yield
    except DBAPIError as error:
        if "interrupted" in str(error.orig) or "statement timeout" in str(error.orig):
            raise QueryTooLong(
                f"{database.name}: no answer in {seconds:g} s", hint="ask for less: a period, a name, a schema"
            ) from error
        raise
