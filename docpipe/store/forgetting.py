"""A document leaves the store: its rows, its file, and the bytes that databases keep of what was deleted."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, delete, func, select, text

from docpipe.errors import StoreBusy
from docpipe.store.database import Database
from docpipe.store.files import Files
from docpipe.store.fulltext import NAMES, fulltext
from docpipe.store.questions import forget_questions
from docpipe.store.tables import documents, metadata, typed_tables

# What PostgreSQL knows of a table's columns, samples of their values among it. Analysing replaces that, but not of a
# table that is empty now; from version 18 on there is a way for that as well.
_FORGET_SAMPLES = text("""
    SELECT pg_clear_attribute_stats(n.nspname::text, c.relname::text, a.attname::text, false)
    FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.oid = to_regclass(:name) AND a.attnum > 0 AND NOT a.attisdropped
""")
_FORGETS_SAMPLES = (18,)


def forget(database: Database, files: Files, document: int, sha256: str) -> None:
    """Take a document and everything that was said of it out of the database and the folder, and compact the rest.

    `sha256` is that of its file. Raises StoreBusy when a reader holds on to the old state of the database.
    """
    with database.write() as connection:
        forget_questions(connection, document)
        # Everything else hangs on this row by foreign keys that delete with it.
        connection.execute(delete(documents).where(documents.c.id == document))
        shared = select(func.count()).where(documents.c.file_sha256 == sha256)
        # Before the commit: when it fails, the row is still there to be forgotten once more.
        if connection.execute(shared).scalar_one() == 0:
            files.remove(sha256)
    compact(database)


def compact(database: Database) -> None:
    """Rewrite the database, so that nothing stays in it of what was deleted. Takes as long as copying it.

    PostgreSQL's own log and backups are its administrator's.
    """
    with database.write() as connection:
        fulltext(connection).scrub()
    if not database.is_sqlite:
        with database.read() as connection:
            typed = connection.execute(select(typed_tables.c.name)).scalars().all()
        with database.outside() as connection:
            _compact_tables(connection, [*metadata.tables, *NAMES, *typed])
        return
    with database.outside() as connection:
        connection.exec_driver_sql("VACUUM")
        busy = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").one()[0]
    if busy:
        raise StoreBusy(
            f"{database.name}: another program is reading, and the log it reads still holds what was deleted",
            hint="close it, then run docpipe db compact",
        )


def _compact_tables(connection: Connection, names: Iterable[str]) -> None:
    """Rewrite tables of PostgreSQL, and the samples of their values that it keeps for its planner."""
    quote = connection.dialect.identifier_preparer.quote_identifier
    forgets = (connection.dialect.server_version_info or (0,)) >= _FORGETS_SAMPLES
    for name in names:
        if forgets:
            connection.execute(_FORGET_SAMPLES, {"name": quote(name)})
        connection.execute(text(f"VACUUM (FULL, ANALYZE) {quote(name)}"))
    connection.execute(text("VACUUM (FULL) pg_catalog.pg_statistic"))
