"""An open store becomes what there is to say about it: its size, and whether all that belongs together is there."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from sqlalchemy import Connection, and_, column, func, select, table

from docpipe.store.database import Database
from docpipe.store.files import Files
from docpipe.store.tables import VERSION, documents, readings, records, typed_tables


@dataclass(frozen=True)
class Info:
    """What `docpipe db info` tells. `version` is None for a database that was not made yet; bytes are of the file."""

    database: str
    files: str
    version: str | None
    wanted_version: str
    size_bytes: int | None
    documents: int
    records: int
    readings: int
    tables: tuple[str, ...]


def info(database: Database, files: Files) -> Info:
    """Where the database lies and how much is in it."""
    missing = database.path is not None and not database.path.is_file()
    version = None if missing else database.version()
    size = None if database.path is None or missing else database.path.stat().st_size
    counts, tables = [0, 0, 0], ()
    if version is not None:
        with database.read() as connection:
            whole = (documents, records, readings)
            counts = [connection.execute(select(func.count()).select_from(t)).scalar_one() for t in whole]
            names = connection.execute(select(typed_tables.c.name).order_by(typed_tables.c.name)).scalars()
            tables = tuple(names)
    return Info(database.name, str(files.folder), version, VERSION, size, counts[0], counts[1], counts[2], tables)


def problems(database: Database, files: Files) -> list[str]:
    """Everything that is not as it should be, a sentence each; nothing is changed."""
    found: list[str] = []
    with database.read() as connection:
        if database.is_sqlite:
            said = connection.exec_driver_sql("PRAGMA integrity_check").scalars().all()
            found += [f"the database is damaged: {line}" for line in said if line != "ok"]
            loose = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
            found += [f"a row of {row[0]} belongs to a row of {row[2]} that is gone" for row in loose]
        found += _typed(connection)
        kept = connection.execute(select(documents.c.id, documents.c.name, documents.c.file_sha256)).all()
    for number, name, sha256 in kept:
        path = files.place(sha256)
        if not path.is_file():
            found.append(f"document {number} ({name}): its file {path} is missing")
        else:
            with path.open("rb") as file:
                if hashlib.file_digest(file, "sha256").hexdigest() != sha256:
                    found.append(f"document {number} ({name}): its file {path} was changed")
    named = {sha256 for _, _, sha256 in kept}
    # A file that is being written is not whole yet, and not lost.
    lying = sorted(p.name for p in files.folder.iterdir()) if files.folder.is_dir() else []
    found += [
        f"{files.folder / name} belongs to no document"
        for name in lying
        if name not in named and not files.is_new(name)
    ]
    return found


def _typed(connection: Connection) -> list[str]:
    """Whether the typed tables hold the current records and nothing else."""
    found = []
    roots = connection.execute(select(typed_tables.c.name, typed_tables.c.schema_name).where(typed_tables.c.path == ""))
    for name, schema in roots.all():
        rows = set(connection.execute(select(table(name, column("record_id")).c.record_id)).scalars())
        current = (
            select(records.c.id)
            .join(documents)
            .where(
                and_(
                    records.c.schema_name == schema,
                    records.c.current,
                    records.c.status != "failed",
                    documents.c.superseded.is_(False),
                )
            )
        )
        wanted = set(connection.execute(current).scalars())
        found += [f"table {name} lacks record {number}" for number in sorted(wanted - rows)]
        found += [f"table {name} has record {number}, which is not current" for number in sorted(rows - wanted)]
    return found
