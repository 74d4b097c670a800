"""A path or a URL becomes an open database: SQLite or PostgreSQL, at this version, with its errors as docpipe's."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, SQLAlchemyError

from docpipe.errors import MissingDependency, RecordNotFound, StoreBusy, StoreError, StoreFull
from docpipe.store.tables import VERSION, VERSION_TABLE

# How long a writer waits for its turn before it gives up.
BUSY_S = 60.0
# PostgreSQL's lock by which writers take turns, any constant number: "docpipe" on a telephone's keys.
_TURN = 3627473
_AUTOCOMMIT: dict[str, Any] = {"isolation_level": "AUTOCOMMIT"}


class Database:
    """Connections to one database. Writers take turns; readers never wait.

    A write takes milliseconds and a page seconds, so that turns cost nothing, and what a writer looked up (is this
    number known? is there such a column?) still holds when it commits.
    """

    def __init__(self, address: str | Path) -> None:
        self._url = _url(address)
        self.is_sqlite = self._url.get_backend_name() == "sqlite"
        try:
            self.engine = _sqlite(self._url) if self.is_sqlite else create_engine(self._url)
        except ModuleNotFoundError as error:
            raise MissingDependency(
                f"{self.name}: the package {error.name} is not installed", hint="pip install 'docpipe[postgres]'"
            ) from error

    @property
    def name(self) -> str:
        """The database as it may be shown: without its password."""
        return str(self._url.database) if self.is_sqlite else self._url.render_as_string(hide_password=True)

    @property
    def path(self) -> Path | None:
        """The file of a SQLite database."""
        return Path(str(self._url.database)) if self.is_sqlite else None

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection that sees one state of the database."""
        with self.errors(), self.engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def write(self, *, turn: bool = True) -> Iterator[Connection]:
        """A connection whose changes are committed together when the block ends, or not at all when it raises.

        Without a `turn` writers of PostgreSQL wait for each other's rows alone; SQLite has one writer at a time.
        """
        with self.errors(), self.engine.connect() as connection:
            connection = connection.execution_options(begin="BEGIN IMMEDIATE")
            with connection.begin():
                if turn and not self.is_sqlite:
                    connection.execute(text("SELECT pg_advisory_xact_lock(:turn)"), {"turn": _TURN})
                yield connection

    @contextmanager
    def outside(self) -> Iterator[Connection]:
        """A connection without a transaction, for what a database does as a whole: VACUUM, checkpoints."""
        with self.errors(), self.engine.connect() as connection:
            yield connection.execution_options(**({"begin": ""} if self.is_sqlite else _AUTOCOMMIT))

    def version(self) -> str | None:
        """The migration that the database has reached, None for a new one."""
        with self.read() as connection:
            return _version(connection)

    def prepare(self, *, create: bool) -> None:
        """Make the tables of a new database; see that those of an old one are of this version."""
        if create and self.path is not None:
            self.path.parent.mkdir(parents=True, exist_ok=True)
        elif self.path is not None and not self.path.is_file():
            raise RecordNotFound(f"{self.name}: there is no database yet", hint="docpipe add FILE makes one")
        found = self.version()
        if found is None and not create:
            raise RecordNotFound(f"{self.name}: there is nothing of docpipe in it", hint="docpipe add FILE")
        if found is None:
            self.migrate()
        elif found != VERSION:
            newer = found > VERSION
            raise StoreError(
                f"{self.name} is of {'a newer' if newer else 'an older'} docpipe (migration {found}, not {VERSION})",
                hint="pip install --upgrade docpipe" if newer else "docpipe db migrate",
            )

    def migrate(self, to: str = "head") -> None:
        """Bring the tables to this version, all steps or none. `to` is a migration to stop at."""
        # Alembic takes as long to import as SQLAlchemy itself, and is needed once in the life of a database.
        from alembic import command
        from alembic.config import Config

        config = Config()
        config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
        config.set_main_option("path_separator", "os")
        with self.write() as connection:
            found = _version(connection)  # another process may have been quicker
            if found is None or found < VERSION:
                config.attributes["connection"] = connection
                command.upgrade(config, to)

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()

    @contextmanager
    def errors(self) -> Iterator[None]:
        """What a database says is wrong, as an error of ours."""
        try:
            yield
        except DBAPIError as error:
            raise self._ours(error) from error
        except SQLAlchemyError as error:
            raise StoreError(f"{self.name}: {error}") from error

    def _ours(self, error: DBAPIError) -> StoreError:
        said = str(error.orig).strip().splitlines()[0] if str(error.orig).strip() else str(error)
        if "database is locked" in said or "database table is locked" in said:
            return StoreBusy(f"{self.name}: another process has been writing for {BUSY_S:.0f} s", hint="try again")
        if "disk is full" in said or "No space left" in said or "disk I/O error" in said:
            return StoreFull(f"{self.name}: {said}", hint="make room, or give another place with --database")
        return StoreError(f"{self.name}: {said}", hint="docpipe db check")


def _version(connection: Connection) -> str | None:
    if not inspect(connection).has_table(VERSION_TABLE):
        return None
    found: str | None = connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).scalar()
    return found


def _url(address: str | Path) -> URL:
    if isinstance(address, Path):
        return URL.create("sqlite", database=str(address))
    try:
        url = make_url(address)
        url.get_dialect()
    except (ArgumentError, NoSuchModuleError) as error:
        raise StoreError(
            f"the database's address is not understood: {error}",
            hint="a path, or postgresql://USER:PASSWORD@HOST/DATABASE",
        ) from error
    except ModuleNotFoundError:
        pass  # the driver that the address names by default; ours is named below
    backend = url.get_backend_name()
    if backend == "postgresql":
        return url.set(drivername="postgresql+psycopg")
    if backend == "sqlite" and url.database:
        return URL.create("sqlite", database=str(Path(url.database).absolute()))
    raise StoreError(f"databases of the kind {backend} are not supported", hint="SQLite or PostgreSQL")


def _sqlite(url: URL) -> Engine:
    engine = create_engine(url, connect_args={"timeout": BUSY_S})

    @event.listens_for(engine, "connect")
    def _connected(connection: sqlite3.Connection, _: Any) -> None:
        connection.isolation_level = None  # transactions begin where we say, see _begun
        _write_ahead(connection)
        for pragma in ("synchronous = FULL", "foreign_keys = ON", "secure_delete = ON"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begun(connection: Connection) -> None:
        # A transaction that reads first and writes later fails at once when another wrote in between: writers
        # take the lock when they begin, and wait for it.
        statement = connection.get_execution_options().get("begin", "BEGIN")
        if statement:
            connection.exec_driver_sql(statement)

    return engine


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Turn the write-ahead log on. Several processes that do so to a new file do not wait for each other: retry."""
    last = time.monotonic() + BUSY_S
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError:
            if time.monotonic() > last:
                raise
            time.sleep(0.02)
        else:
            return
