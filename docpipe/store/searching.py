"""A query becomes the pages that hold its words."""

from __future__ import annotations

from sqlalchemy import Connection, and_, select

from docpipe.store.entries import SearchQuery
from docpipe.store.tables import documents, records, values
from docpipe.types import Hit


def search(connection: Connection, wanted: SearchQuery) -> list[Hit]:
    """The hits of `wanted`, at most as many as it wants, those with the most words of the query first."""
    words = list(dict.fromkeys(wanted.text.casefold().split()))
    query = (
        select(values, documents.c.id, documents.c.name, records.c.schema_name)
        .join(records, values.c.record_id == records.c.id)
        .join(documents, records.c.document_id == documents.c.id)
        .where(and_(records.c.current, documents.c.superseded.is_(False), values.c.text.is_not(None)))
    )
    if wanted.schema is not None:
        query = query.where(records.c.schema_name == wanted.schema)
    if wanted.status is not None:
        query = query.where(records.c.status == wanted.status)
    if wanted.documents is not None:
        query = query.where(documents.c.id.in_(wanted.documents))
    found = []
    for row in connection.execute(query):
        held = [word for word in words if word in row.text.casefold()]
        if held:
            box = None if row.x0 is None else (row.x0, row.y0, row.x1, row.y1)
            found.append(
                Hit(
                    document=row.id,
                    name=row.name,
                    page=row.page or 1,
                    score=len(held) / len(words),
                    snippet=row.text,
                    schema_name=row.schema_name,
                    pointer=row.pointer,
                    text=row.text,
                    box=box,
                )
            )
    return sorted(found, key=lambda hit: -hit.score)[: wanted.limit]
