"""Files become rows of jobs within a transaction, and so does the end of a job with the record that it made."""

from __future__ import annotations

import hashlib
from typing import Any

from sqlalchemy import ColumnElement, Connection, Double, and_, delete, insert, literal_column, select, update

from docpipe.errors import JobLost
from docpipe.store.coding import storable
from docpipe.store.database import Database
from docpipe.store.keeping import settle, supersede
from docpipe.store.leases import JobState, Lease, Order
from docpipe.store.rows import keep_schema
from docpipe.store.tables import inputs, jobs, places
from docpipe.types import ErrorInfo, Record

# What stands for the schema where the model chooses.
AUTO = "auto"
# Notices that are no reason to look at a record.
FOR_INFORMATION = frozenset({"corrected", "unknown_field"})
ENDED = ("done", "needs_review", "failed")
_STATE_OF: dict[str, JobState] = {
    "ok": "done",
    "needs_review": "needs_review",
    "partial": "needs_review",
    "failed": "failed",
}


def now(database: Database) -> ColumnElement[float]:
    """Seconds since 1970 by the database's clock, as SQL."""
    sql = "((julianday('now') - 2440587.5) * 86400.0)"
    if not database.is_sqlite:
        sql = "CAST(extract(epoch FROM clock_timestamp()) AS double precision)"
    return literal_column(sql, Double)


def enter(
    connection: Connection, order: Order, content: str, document: int | None, moment: ColumnElement[float]
) -> int:
    """Make a job of a file whose bytes are kept, or find the one that its content has; the job's number."""
    same = and_(jobs.c.content == content, jobs.c.asked == order.asked)
    row = connection.execute(select(jobs).where(same)).first()
    if row is None:
        if order.schema is not None:
            keep_schema(connection, order.schema)
        fresh = insert(jobs).values(
            content=content,
            asked=order.asked,
            document_id=document,
            schema_name=AUTO if order.schema is None else order.schema.name,
            name=storable(order.name),
            state="waiting",
            attempts=0,
            not_before=0.0,
            taken_at=moment,
        )
        number = int(connection.execute(fresh.returning(jobs.c.id)).scalar_one())
    else:
        number = row.id
    rules = set(connection.execute(select(inputs.c.rule).where(inputs.c.job_id == number)).scalars())
    _place(connection, order, number)
    if row is not None and row.state == "failed" and order.rule not in rules:
        # It may be another password.
        connection.execute(update(inputs).where(inputs.c.job_id == number).values(rule=order.rule))
        connection.execute(update(jobs).where(same).values(state="waiting", attempts=0, not_before=0.0, **why(None)))
    elif row is not None and row.state in ENDED and document is not None:
        settle(connection, order.path, document)
    return number


def _place(connection: Connection, order: Order, number: int) -> None:
    """The path holds what this job is about, and nothing else."""
    asked = select(jobs.c.id).where(jobs.c.asked == order.asked, jobs.c.id != number)
    here = inputs.c.path == order.path
    connection.execute(update(inputs).where(here, inputs.c.job_id.in_(asked)).values(signature=None))
    nothing = and_(jobs.c.content == path_hash(order.path), jobs.c.document_id.is_(None), jobs.c.id != number)
    connection.execute(delete(jobs).where(nothing, jobs.c.asked == order.asked))
    connection.execute(delete(inputs).where(here, inputs.c.job_id == number))
    line = {"job_id": number, "path": order.path, "signature": order.signature, "rule": order.rule}
    connection.execute(insert(inputs).values(line))


def end(
    connection: Connection, lease: Lease, made: Record | None, error: ErrorInfo | None, moment: ColumnElement[float]
) -> JobState:
    """End a job in the transaction that stores its record, or let it wait for another attempt. Raises JobLost.

    `error` is why there is no record.
    """
    error = error or (made.error if made is not None else None)
    state = "failed" if made is None else _STATE_OF[made.status]
    again = error is not None and error.code in lease.terms.again and lease.attempt < lease.terms.attempts
    values: dict[str, Any] = {"state": state, "worker": None, "lease_until": None, "ended_at": moment}
    if again and state != "done":
        wait_s = lease.terms.backoff(lease.attempt)
        values |= {"state": "waiting", "ended_at": None, "not_before": moment + wait_s}
    values |= why(error) if error is not None or made is None else _doubt(made)
    held = connection.execute(update(jobs).where(held_by(lease)).values(values).returning(jobs.c.document_id)).first()
    if held is None:
        raise JobLost(f"job {lease.job} ({lease.name}) is in other hands", hint=f"docpipe jobs show {lease.job}")
    if held.document_id is not None:
        _settle(connection, lease.job, held.document_id)
    ended: JobState = values["state"]
    return ended


def _settle(connection: Connection, job: int, document: int) -> None:
    """The document lies where its job's files lie. Where all of them hold something else now, it is superseded."""
    lines = connection.execute(select(inputs.c.path, inputs.c.signature).where(inputs.c.job_id == job)).all()
    held = [line.path for line in lines if line.signature is not None]
    for path in held:
        settle(connection, path, document)
    elsewhere = select(places.c.path).where(places.c.document_id == document).limit(1)
    if lines and not held and connection.execute(elsewhere).first() is None:
        supersede(connection, document, superseded=True)


def path_hash(path: str) -> str:
    """What stands for the content of a file that cannot be taken."""
    return hashlib.sha256(f"path:{path}".encode()).hexdigest()


def held_by(lease: Lease) -> ColumnElement[bool]:
    """Whether a row is a job in the hands of the worker that leased it."""
    return and_(jobs.c.id == lease.job, jobs.c.state == "running", jobs.c.worker == lease.worker)


def why(error: ErrorInfo | None) -> dict[str, str | None]:
    """The columns that say why a job is where it is."""
    if error is None:
        return {"code": None, "reason": None, "hint": None}
    return {"code": error.code, "reason": storable(error.message), "hint": storable(error.hint)}


def _doubt(record: Record) -> dict[str, str | None]:
    """Why a record wants a person: the first thing that was noticed."""
    first = next((n for n in record.warnings if n.code not in FOR_INFORMATION), None)
    if record.status == "ok" or first is None:
        return why(None)
    return {"code": first.code, "reason": storable(first.message), "hint": None}
