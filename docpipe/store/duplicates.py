"""A record says which document it is, by number and sender; the same said of another document is a possible duplicate.

A schema names the fields that tell its documents apart in `x-identity`: pointers of values that stand once.
"""

from __future__ import annotations

import hashlib
import json

from sqlalchemy import Connection, and_, select

from docpipe.schema import Schema
from docpipe.store.coding import value_text
from docpipe.store.tables import documents, records
from docpipe.types import Notice, Record

CODE = "possible_duplicate"


def identity_of(record: Record, schema: Schema) -> str | None:
    """A hash of the values that tell a document from others, without regard to case, gaps and signs between.

    None where one of them is missing, or where the schema names none.
    """
    found = {value.pointer: value.value for value in record.values}
    texts = [value_text(found.get(pointer)) or "" for pointer in schema.document.get("x-identity", ())]
    bare = ["".join(filter(str.isalnum, text.casefold())) for text in texts]
    return hashlib.sha256(json.dumps(bare).encode()).hexdigest() if bare and all(bare) else None


def marked(
    connection: Connection, document: int, record: Record, schema: Schema | None, identity: str | None
) -> Record:
    """The record with a notice when another document has the same identity, unless a person has seen that it does."""
    pointers: list[str] = [] if schema is None else list(schema.document.get("x-identity", ()))
    seen = {value.pointer for value in record.values if value.status == "reviewed"}
    if identity is None or schema is None or seen.issuperset(pointers):
        return record
    like = and_(
        records.c.schema_name == record.schema_name,
        records.c.identity == identity,
        records.c.current,
        records.c.document_id != document,
        documents.c.superseded.is_(False),
    )
    twin = connection.execute(
        select(documents.c.id, documents.c.name).join(records).where(like).order_by(documents.c.id).limit(1)
    ).first()
    if twin is None:
        return record
    same = " and ".join(pointer.lstrip("/") for pointer in pointers)
    notice = Notice(code=CODE, message=f"same {same} as document {twin.id}, {twin.name}", pointer=pointers[0])
    status = "needs_review" if record.status == "ok" else record.status
    return record.model_copy(update={"warnings": [*record.warnings, notice], "status": status})
