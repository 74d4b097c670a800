"""A document leaves the store: its rows, its file, and the bytes that databases keep of what was deleted."""

from __future__ import annotations

from sqlalchemy import delete, func, select, text

from docpipe.errors import StoreBusy
from docpipe.store.database import Database
from docpipe.store.files import Files
from docpipe.store.tables import documents, metadata, typed_tables


def forget(database: Database, files: Files, document: int, sha256: str) -> None:
    """Take a document and everything that was said of it out of the database and the folder, and compact the rest.

    `sha256` is that of its file. Raises StoreBusy when a reader holds on to the old state of the database.
    """
    with database.write() as connection:
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
    if not database.is_sqlite:
        with database.read() as connection:
            typed = connection.execute(select(typed_tables.c.name)).scalars().all()
        with database.outside() as connection:
            quote = connection.dialect.identifier_preparer.quote_identifier
            for name in (*metadata.tables, *typed):
                connection.execute(text(f"VACUUM (FULL) {quote(name)}"))
        return
    with database.outside() as connection:
        connection.exec_driver_sql("VACUUM")
        busy = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").one()[0]
    if busy:
        raise StoreBusy(
            f"{database.name}: another program is reading, and the log it reads still holds what was deleted",
            hint="close it, then run docpipe db compact",
        )
