"""What is stored becomes a list: every document with its current records, as far as a filter wants them."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from sqlalchemy import Connection, and_, exists, func, or_, select

from docpipe.store.entries import Entry, Filter
from docpipe.store.tables import documents, pages, records, values


def list_entries(connection: Connection, wanted: Filter) -> list[Entry]:
    """The entries that `wanted` admits, by the number of their document."""
    counted = select(func.count()).where(pages.c.document_id == documents.c.id).correlate(documents).scalar_subquery()
    query = (
        select(
            documents.c.id,
            documents.c.name,
            documents.c.sha256,
            documents.c.added_at,
            documents.c.superseded,
            records.c.schema_name,
            records.c.status,
            records.c.model,
            records.c.stored_at,
            counted.label("pages"),
        )
        .outerjoin(records, and_(records.c.document_id == documents.c.id, records.c.current))
        .order_by(documents.c.id, records.c.schema_name)
    )
    if not wanted.superseded:
        query = query.where(documents.c.superseded.is_(False))
    if wanted.schema is not None:
        query = query.where(records.c.schema_name == wanted.schema)
    if wanted.status is not None:
        query = query.where(records.c.status == wanted.status)
    if wanted.since is not None:
        query = query.where(records.c.stored_at >= datetime.combine(wanted.since, time(), UTC))
    if wanted.until is not None:
        query = query.where(records.c.stored_at < datetime.combine(wanted.until + timedelta(days=1), time(), UTC))
    if wanted.text is not None:
        inside = or_(
            values.c.text.icontains(wanted.text, autoescape=True),
            values.c.value.icontains(wanted.text, autoescape=True),
        )
        said = exists().where(values.c.record_id == records.c.id, inside)
        query = query.where(or_(documents.c.name.icontains(wanted.text, autoescape=True), said))
    return [
        Entry(
            document=row.id,
            name=row.name,
            sha256=row.sha256,
            pages=row.pages,
            added_at=_utc(row.added_at),
            superseded=row.superseded,
            schema=row.schema_name,
            status=row.status,
            model=row.model,
            stored_at=None if row.stored_at is None else _utc(row.stored_at),
        )
        for row in connection.execute(query)
    ]


def _utc(moment: datetime) -> datetime:
    """SQLite gives back moments without their zone."""
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
