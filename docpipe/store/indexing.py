"""A document's pages and the values of its current records become the entries that are searched, one a page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import PurePath
from typing import Any

from sqlalchemy import Connection, and_, insert, select, update

from docpipe.store import coding
from docpipe.store.entries import PageWords
from docpipe.store.fulltext import fulltext
from docpipe.store.rows import schema_of
from docpipe.store.tables import documents, entries, records, values
from docpipe.store.terms import fold, terms
from docpipe.store.vectors import drop_vectors, keep_vectors


def put_entries(connection: Connection, document: int, read: Sequence[PageWords] = ()) -> None:
    """Make the entries of a document hold what its current records say, and what was `read` of its pages.

    The text of pages that are not in `read` stays as it is.
    """
    texts = {words.page: words for words in read}
    known = {row.page: row for row in connection.execute(select(entries).where(entries.c.document_id == document))}
    name = connection.execute(select(documents.c.name).where(documents.c.id == document)).scalar_one()
    said = _values(connection, document)
    first = min((*texts, *known, *(row.page for row in said if row.page is not None)), default=1)
    fields = _fields(said, first)
    fields[first] = "\n".join(filter(None, [fields.get(first), f"name: {PurePath(name).name}"]))
    sender, day = _about(connection, document, said)
    fresh: list[dict[str, Any]] = []
    changed: dict[int, tuple[str, str]] = {}
    stale: list[int] = []
    for page in sorted({*texts, *known, *fields}):
        words, old = texts.get(page), known.get(page)
        row: dict[str, Any] = {"fields": fields.get(page, ""), "sender": sender, "day": day}
        if words is not None:
            row |= {"text": _storable(words.text), "origin": words.origin}
        if old is None:
            fresh.append({"document_id": document, "page": page, "text": "", "origin": None, **row})
            continue
        row = {key: value for key, value in row.items() if getattr(old, key) != value}
        if row:
            connection.execute(update(entries).where(entries.c.id == old.id).values(row))
        if {"text", "fields"} & row.keys():
            changed[old.id] = (row.get("text", old.text), fields.get(page, ""))
            # A page means what its text says, or what its values do where it has none.
            if words is not None and words.vectors is None and ("text" in row or not words.text):
                stale.append(old.id)
    numbers = {page: row.id for page, row in known.items()}
    if fresh:
        numbers |= {row.page: row.id for row in connection.execute(insert(entries).returning(entries), fresh)}
        changed |= {numbers[row["page"]]: (row["text"], row["fields"]) for row in fresh}
    fulltext(connection).put(changed)
    meant = {numbers[words.page]: words.vectors for words in read if words.vectors is not None}
    drop_vectors(connection, stale)
    if meant:
        (model,) = {words.model for words in read if words.vectors is not None}
        keep_vectors(connection, meant, model)


def _values(connection: Connection, document: int) -> Sequence[Any]:
    """The values that the current records of a document give, in their order."""
    query = (
        select(values, records.c.schema_hash, records.c.stored_at)
        .join(records, records.c.id == values.c.record_id)
        .where(and_(records.c.document_id == document, records.c.current, values.c.status != "absent"))
        .order_by(values.c.record_id, values.c.number)
    )
    return connection.execute(query).all()


def _fields(said: Sequence[Any], first: int) -> dict[int, str]:
    """For each page a line a field: its name, and what is printed there; the typed value where it reads otherwise.

    A value without a page is put on the `first` one.
    """
    lines: dict[int, dict[str, list[str]]] = {}
    for row in said:
        texts = [text for text in (row.text, row.value) if text]
        if len(texts) == 2 and terms(texts[0]) == terms(texts[1]):
            texts.pop()
        if texts:
            page = lines.setdefault(row.page or first, {})
            page.setdefault(field_name(row.pointer), []).append(" = ".join(texts))
    return {
        page: _storable("\n".join(f"{name}: {' | '.join(found)}" for name, found in named.items()))
        for page, named in lines.items()
    }


def field_name(pointer: str) -> str:
    """What a value's field is called: `unit price` for /line_items/3/unit_price."""
    steps = [step for step in pointer.split("/")[1:] if not step.isdigit()]
    return steps[-1].replace("~1", "/").replace("~0", "~").replace("_", " ") if steps else ""


def _about(connection: Connection, document: int, said: Sequence[Any]) -> tuple[str, date | None]:
    """Who sent a document, in folded letters, and which day it bears; that of its storing where it bears none."""
    senders: dict[str, None] = {}
    day: date | None = None
    for schema_hash in dict.fromkeys(row.schema_hash for row in said):
        if not schema_hash:
            continue
        schema = schema_of(connection, schema_hash)
        found = {row.pointer: row.value for row in said if row.schema_hash == schema_hash and row.value}
        for pointer in schema.document.get("x-identity", ()):
            text = found.get(pointer, "")
            # Numbers and dates tell documents apart as well, but nobody sends under them.
            if sum(map(str.isalpha, text)) > sum(map(str.isdigit, text)):
                senders[fold(text)] = None
        dates = [leaf.path for leaf in schema.leaves if leaf.format == "date" and leaf.array is None]
        bears = next((found[path] for path in dates if path in found), None)
        day = day or (None if bears is None else _day(bears))
    if day is None:
        stored = select(records.c.stored_at).where(records.c.document_id == document, records.c.current)
        moment = connection.execute(stored.order_by(records.c.id).limit(1)).scalar()
        day = None if moment is None else moment.date()
    return "\n".join(senders), day


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def _storable(text: str) -> str:
    return coding.storable(text) or ""
