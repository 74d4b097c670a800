"""A record becomes rows within one transaction, and it is settled which rows are current."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, and_, delete, insert, select, update

from docpipe.schema import Schema
from docpipe.store import coding
from docpipe.store.duplicates import identity_of, marked
from docpipe.store.entries import Change, Kept, Origin
from docpipe.store.rows import by_number, keep_schema, kept_of, kept_rows, schema_of, value_row
from docpipe.store.tables import documents, places, records, values
from docpipe.store.typed import TypedTables
from docpipe.types import Record

# A record that says less does not take the place of one that says more.
_RANK = {"failed": 0, "partial": 1, "needs_review": 2, "ok": 2}
# The schema's name in the record of a document that failed before its schema was known.
_UNKNOWN = "auto"


def put(
    connection: Connection,
    document: int,
    record: Record,
    schema: Schema | None,
    origin: Origin,
    *,
    at_once: bool = False,
) -> Kept:
    """Store a record of a document; it becomes the current one of its schema, unless it says less than that one.

    `at_once`: it does so whatever it lacks.
    """
    identity = None if schema is None else identity_of(record, schema)
    record = marked(connection, document, record, schema, identity)
    here = and_(records.c.document_id == document, records.c.schema_name == record.schema_name)
    before = connection.execute(kept_rows().where(here, records.c.current)).first()
    digest = coding.digest(record)
    like = and_(
        here,
        records.c.digest == digest,
        records.c.asked == origin.asked,
        records.c.model == origin.model,
        records.c.pages_asked == origin.pages,
        records.c.how == origin.how,
    )
    row = connection.execute(kept_rows().where(like).order_by(records.c.id.desc()).limit(1)).first()
    if before is not None and row is not None and row.id == before.id:
        return replace(kept_of(row), change="unchanged")
    better = at_once or before is None or _RANK[record.status] >= _RANK[before.status]
    if row is not None and not better:
        return replace(kept_of(row), change="unchanged")
    number = row.id if row is not None else _insert(connection, document, record, schema, origin, digest, identity)
    if better:
        connection.execute(update(records).where(here, records.c.id != number).values(current=False))
        connection.execute(update(records).where(records.c.id == number).values(current=True))
        if record.schema_name != _UNKNOWN:
            failed = and_(records.c.document_id == document, records.c.schema_name == _UNKNOWN)
            connection.execute(update(records).where(failed, records.c.current).values(current=False))
        _show(connection, document, record.schema_name)
    change: Change = "new" if before is None else "changed"
    return replace(kept_of(by_number(connection, number)), change=change)


def _insert(
    connection: Connection,
    document: int,
    record: Record,
    schema: Schema | None,
    origin: Origin,
    digest: str,
    identity: str | None,
) -> int:
    if schema is not None:
        keep_schema(connection, schema)
    row: dict[str, Any] = {
        "document_id": document,
        "schema_name": record.schema_name,
        "schema_hash": record.schema_hash,
        "asked": origin.asked,
        "model": origin.model,
        "pages_asked": origin.pages,
        "how": origin.how,
        "status": record.status,
        "current": False,
        "identity": identity,
        "digest": digest,
        "content": coding.encode(record),
        "stored_at": datetime.now(UTC),
    }
    number: int = connection.execute(insert(records).values(row).returning(records.c.id)).scalar_one()
    lines = [value_row(number, index, value) for index, value in enumerate(record.values)]
    if lines:
        connection.execute(insert(values), lines)
    return number


def _show(connection: Connection, document: int, schema_name: str) -> None:
    """Make the typed tables of a schema hold what is current of a document: one row, or none."""
    typed = TypedTables(connection)
    here = and_(records.c.document_id == document, records.c.schema_name == schema_name, records.c.current)
    row = connection.execute(kept_rows().where(here, documents.c.superseded.is_(False))).first()
    if row is None or row.status == "failed":
        typed.clear(document, schema_name)
    else:
        typed.put(document, row.id, coding.decode(row.content), schema_of(connection, row.schema_hash))


def is_settled(connection: Connection, place: str | None, document: int) -> bool:
    """Whether this document is known to lie where it lies; None for bytes that lie nowhere."""
    row = connection.execute(select(documents.c.superseded).where(documents.c.id == document)).scalar_one()
    there = connection.execute(select(places.c.document_id).where(places.c.path == place)).scalar()
    return not row and (place is None or there == document)


def settle(connection: Connection, place: str | None, document: int) -> str | None:
    """Note where a document lies. What lay there before leaves the typed tables, unless it lies elsewhere too.

    The name of the document that left.
    """
    if is_settled(connection, place, document):
        return None
    left = connection.execute(select(places.c.document_id).where(places.c.path == place)).scalar()
    if place is not None and left != document:
        connection.execute(delete(places).where(places.c.path == place))
        connection.execute(insert(places).values(path=place, document_id=document))
    supersede(connection, document, superseded=False)
    elsewhere = select(places.c.path).where(places.c.document_id == left).limit(1)
    if left is None or left == document or connection.execute(elsewhere).first() is not None:
        return None
    supersede(connection, left, superseded=True)
    name: str = connection.execute(select(documents.c.name).where(documents.c.id == left)).scalar_one()
    return name


def supersede(connection: Connection, document: int, *, superseded: bool) -> None:
    """Take what a document says out of the typed tables, as it lies nowhere any more, or put it back."""
    here = documents.c.id == document
    if connection.execute(select(documents.c.superseded).where(here)).scalar_one() == superseded:
        return
    connection.execute(update(documents).where(here).values(superseded=superseded))
    names = select(records.c.schema_name).where(records.c.document_id == document, records.c.current)
    for name in connection.execute(names).scalars().all():
        _show(connection, document, name)
