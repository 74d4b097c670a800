"""What a model said is kept as it comes, and found again by what it was asked."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, and_, func, insert, select

from docpipe.store.coding import decode_reply, encode_reply
from docpipe.store.database import Database
from docpipe.store.entries import Shown, Wanted
from docpipe.store.tables import documents, readings
from docpipe.types import Reply

# A reply that was cut short by the clock may be longer the next time; any other would come out the same.
_WORTH_ANOTHER = "timeout"


class Readings:
    """The table of kept replies."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def find(self, shown: Shown, wanted: Wanted) -> Reply | None:
        """The last reply to just this, None when there is none that can stand."""
        query = select(readings.c.reply).where(_same(shown), readings.c.asked == wanted.asked)
        with self._database.read() as connection:
            kept = connection.execute(query.order_by(readings.c.attempt.desc()).limit(1)).scalar()
        reply = None if kept is None else decode_reply(kept)
        return None if reply is None or reply.finish_reason == _WORTH_ANOTHER else reply

    def others(self, shown: Shown) -> list[tuple[dict[str, str], Reply]]:
        """Replies to other questions about the same pages, the newest first, with the fields that were asked."""
        query = select(readings.c.fields, readings.c.reply).where(_same(shown), readings.c.again.is_(False))
        with self._database.read() as connection:
            found = connection.execute(query.order_by(readings.c.id.desc())).all()
        replies = [(json.loads(fields), decode_reply(reply)) for fields, reply in found]
        return [(fields, reply) for fields, reply in replies if reply.finish_reason == "stop"]

    def said(self, sha256: str, pages: Sequence[int], schema_hash: str, only: Sequence[str] | None) -> Reply | None:
        """The last reply of any model about these pages, asked for these fields of this schema."""
        asked = and_(
            documents.c.sha256 == sha256,
            readings.c.pages == ",".join(map(str, pages)),
            readings.c.schema_hash == schema_hash,
            readings.c.only == json.dumps(None if only is None else sorted(only)),
        )
        query = select(readings.c.reply).join(documents).where(asked).order_by(readings.c.id.desc()).limit(1)
        with self._database.read() as connection:
            kept = connection.execute(query).scalar()
        return None if kept is None else decode_reply(kept)

    def replay(self, documents_wanted: Sequence[int]) -> Iterator[dict[str, object]]:
        """The last reply to each question about these documents, as the lines of a file for `--model replay:FILE`."""
        query = select(readings, documents.c.sha256, documents.c.name).join(documents).order_by(readings.c.id)
        with self._database.read() as connection:
            for row in connection.execute(query.where(documents.c.id.in_(documents_wanted))):
                fields = json.loads(row.only)
                yield {
                    "task": "extract",
                    "sha256": row.sha256,
                    "pages": [int(number) for number in row.pages.split(",")],
                    "schema_hash": row.schema_hash,
                    **({} if fields is None else {"fields": fields}),
                    "source": row.name,
                    "reply": json.loads(row.reply),
                }

    def keep(self, shown: Shown, wanted: Wanted, reply: Reply) -> None:
        """Write a reply down, through to the disk. That of a document which was forgotten meanwhile is dropped."""
        with self._database.write() as connection:
            document = connection.execute(select(documents.c.id).where(documents.c.sha256 == shown.sha256)).scalar()
            if document is None:
                return
            before = select(func.max(readings.c.attempt)).where(_same(shown), readings.c.asked == wanted.asked)
            connection.execute(
                insert(readings).values(
                    document_id=document,
                    pages=_pages(shown),
                    dpi=shown.dpi,
                    clip=shown.clip,
                    asked=wanted.asked,
                    fields=json.dumps(wanted.fields),
                    again=wanted.again,
                    only=json.dumps(wanted.only),
                    schema_hash=wanted.schema_hash,
                    model=shown.model,
                    prompt=shown.prompt,
                    attempt=(connection.execute(before).scalar() or 0) + 1,
                    reply=encode_reply(reply),
                    read_at=datetime.now(UTC),
                )
            )


def _pages(shown: Shown) -> str:
    return ",".join(map(str, shown.pages))


def _same(shown: Shown) -> ColumnElement[bool]:
    document = select(documents.c.id).where(documents.c.sha256 == shown.sha256).scalar_subquery()
    return and_(
        readings.c.document_id == document,
        readings.c.pages == _pages(shown),
        readings.c.dpi == shown.dpi,
        readings.c.clip == shown.clip,
        readings.c.model == shown.model,
        readings.c.prompt == shown.prompt,
    )
