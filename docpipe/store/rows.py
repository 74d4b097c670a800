"""Rows of the fixed tables become records and schemas, and pages and values become rows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC
from typing import Any

from sqlalchemy import Connection, insert, select

from docpipe.schema import Schema
from docpipe.store import coding
from docpipe.store.entries import Kept, Origin
from docpipe.store.leases import path_text
from docpipe.store.tables import documents, pages, records, schemas
from docpipe.types import Page, Source, Value


def kept_rows() -> Any:
    """The query of records with their documents, to be narrowed."""
    return select(records, documents.c.name, documents.c.superseded).join(documents)


def kept_of(row: Any) -> Kept:
    """The stored record in a row of that query. SQLite gives back moments without their zone, which is UTC."""
    origin = Origin(row.asked, row.model, row.pages_asked, row.how)
    stored_at = row.stored_at if row.stored_at.tzinfo else row.stored_at.replace(tzinfo=UTC)
    return Kept(row.document_id, row.id, coding.decode(row.content), origin, row.current, stored_at)


def by_number(connection: Connection, number: int) -> Any:
    """The row of one record."""
    return connection.execute(kept_rows().where(records.c.id == number)).one()


def schema_of(connection: Connection, schema_hash: str) -> Schema:
    """A schema as it was when something was read with it."""
    row = connection.execute(select(schemas).where(schemas.c.hash == schema_hash)).one()
    return coding.schema_from(row.document, row.name)


def keep_schema(connection: Connection, schema: Schema) -> None:
    """Note a schema that is not noted yet."""
    if connection.execute(select(schemas.c.hash).where(schemas.c.hash == schema.hash)).first() is None:
        asked = {"hash": schema.hash, "name": schema.name, "document": coding.schema_text(schema)}
        connection.execute(insert(schemas).values(asked))


def keep_pages(connection: Connection, document: int, shown: Sequence[Page]) -> None:
    """Note the pages of a document that are not noted yet."""
    known = set(connection.execute(select(pages.c.number).where(pages.c.document_id == document)).scalars())
    rows = [
        {"document_id": document, "number": p.number, "width_pt": p.width_pt, "height_pt": p.height_pt}
        for p in shown
        if p.number not in known
    ]
    if rows:
        connection.execute(insert(pages), rows)


def place_of(source: Source) -> str | None:
    """The file a document lies in; None for bytes that came another way, and for the store's own file of them."""
    if source.path is None or source.path.name == source.sha256:
        return None
    return path_text(source.path.resolve())


def value_row(record: int, number: int, value: Value) -> dict[str, Any]:
    """A value as a row of the table of values."""
    x0, y0, x1, y1 = value.box or (None, None, None, None)
    return {
        "record_id": record,
        "number": number,
        "pointer": value.pointer,
        "text": coding.storable(value.text),
        "value": coding.value_text(value.value),
        "page": value.page,
        "x0": x0,
        "y0": y0,
        "x1": x1,
        "y1": y1,
        "confidence": value.confidence,
        "status": value.status,
        "model": value.model,
    }
