"""Files that are to be read become jobs: rows that workers lease, and whose end commits with the record it made.

No library of jobs is used: none of them commits in a transaction of ours on both databases, and a record whose job is
marked as done a moment later is one that a crash reads twice.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Double,
    Row,
    and_,
    delete,
    func,
    insert,
    literal_column,
    or_,
    select,
    true,
    update,
)

from docpipe.errors import JobLost, RecordNotFound
from docpipe.store.coding import storable
from docpipe.store.database import Database
from docpipe.store.keeping import settle, supersede
from docpipe.store.leases import STATES, JobEntry, JobState, Lease, Order, Standing, Terms
from docpipe.store.rows import keep_schema, schema_of
from docpipe.store.tables import documents, inputs, jobs, places
from docpipe.types import ErrorInfo, Record

# Seconds over which the rate of work is measured.
RATE_S = 300.0
# What stands for the schema where the model chooses.
AUTO = "auto"
# Notices that are no reason to look at a record.
FOR_INFORMATION = frozenset({"corrected", "unknown_field"})
# What stands for the signature of a file that was moved: nobody watches where it went.
_MOVED = "moved"
_ENDED = ("done", "needs_review", "failed")
_STATE_OF: dict[str, JobState] = {
    "ok": "done",
    "needs_review": "needs_review",
    "partial": "needs_review",
    "failed": "failed",
}


class Jobs:
    """The table of jobs. Every change is one transaction; every moment is the database's."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._now = now(database)

    # In.

    def known(self, asked: str, folder: str) -> dict[str, str]:
        """The files below a folder that were taken with this question, each with its signature as it was then."""
        query = (
            select(inputs.c.path, inputs.c.signature)
            .join(jobs)
            .where(jobs.c.asked == asked, inputs.c.signature.is_not(None))
            .where(inputs.c.path.startswith(folder, autoescape=True))
        )
        with self._database.read() as connection:
            return {row.path: row.signature for row in connection.execute(query)}

    def refuse(self, order: Order, error: ErrorInfo) -> int:
        """Note a file that cannot be taken, as a job that failed; the job's number."""
        with self._database.write() as connection:
            number = enter(connection, order, path_hash(order.path), None, self._now)
            connection.execute(update(jobs).where(jobs.c.id == number).values(self._failed(error)))
        return number

    # Work.

    def claim(self, worker: str, terms: Terms) -> Lease | None:
        """The next job that is due, leased to `worker`; None when there is none.

        One that was tried less often comes first, so that a document that kills its reader does not hold up the rest.
        A job whose worker was not heard of until its lease ended is due again, and fails once it was tried too often.
        """
        due = or_(
            and_(jobs.c.state == "waiting", jobs.c.not_before <= self._now),
            and_(jobs.c.state == "running", jobs.c.lease_until < self._now),
        )
        with self._database.read() as connection:  # most of the time there is nothing, and nobody has to wait for that
            if connection.execute(select(jobs.c.id).where(due).limit(1)).first() is None:
                return None
        first = select(jobs).where(due).order_by(jobs.c.attempts, jobs.c.id).limit(1)
        with self._database.write(turn=False) as connection:
            while (row := connection.execute(first.with_for_update(skip_locked=True)).first()) is not None:
                if row.state == "running" and row.attempts >= terms.attempts:
                    why = f"whoever read it ended without a word, {row.attempts} times"
                    failed = self._failed(
                        ErrorInfo(code="worker_died", message=why, hint=f"docpipe jobs retry {row.id}")
                    )
                    connection.execute(update(jobs).where(jobs.c.id == row.id).values(failed))
                    continue
                connection.execute(
                    update(jobs)
                    .where(jobs.c.id == row.id)
                    .values(
                        state="running",
                        worker=worker,
                        attempts=row.attempts + 1,
                        lease_until=self._now + terms.lease_s,
                        started_at=self._now,
                        ended_at=None,
                    )
                )
                return self._lease(connection, row, worker, terms)
        return None

    def beat(self, lease: Lease) -> bool:
        """Say that the worker lives; False when the job is no longer its own."""
        with self._database.write(turn=False) as connection:
            until = update(jobs).where(_held(lease)).values(lease_until=self._now + lease.terms.lease_s)
            return connection.execute(until).rowcount == 1

    def end(self, lease: Lease, record: Record | None, error: ErrorInfo | None = None) -> JobState:
        """End a job whose record was not stored: it was there already, or there is none. Raises JobLost."""
        with self._database.write() as connection:
            return end(connection, lease, record, error, self._now)

    def release(self, lease: Lease, *, wait_s: float = 0, error: ErrorInfo | None = None) -> None:
        """Give a job back as if it had not been claimed; it is due again after `wait_s`."""
        with self._database.write(turn=False) as connection:
            connection.execute(
                update(jobs)
                .where(_held(lease))
                .values(
                    state="waiting",
                    attempts=jobs.c.attempts - 1,
                    worker=None,
                    lease_until=None,
                    not_before=self._now + wait_s,
                    **_why(error),
                )
            )

    def holds(self, lease: Lease) -> bool:
        """Whether a job is still in the hands of the worker that leased it."""
        with self._database.read() as connection:
            return connection.execute(select(jobs.c.id).where(_held(lease))).first() is not None

    def abandon(self, worker: str) -> None:
        """The leases of a worker that has died end now. `worker` is how its name begins."""
        with self._database.write(turn=False) as connection:
            mine = and_(jobs.c.state == "running", jobs.c.worker.startswith(worker, autoescape=True))
            connection.execute(update(jobs).where(mine).values(lease_until=self._now - 1))

    def _failed(self, error: ErrorInfo) -> dict[str, Any]:
        return {"state": "failed", "worker": None, "lease_until": None, "ended_at": self._now, **_why(error)}

    # For people.

    def entries(
        self, *, state: JobState | None = None, number: int | None = None, limit: int | None = None
    ) -> list[JobEntry]:
        """Jobs with every path they came under, in the order they came in; the last `limit` of them."""
        query = select(jobs, (jobs.c.not_before - self._now).label("waits")).order_by(jobs.c.id.desc())
        if state is not None:
            query = query.where(jobs.c.state == state)
        if number is not None:
            query = query.where(jobs.c.id == number)
        with self._database.read() as connection:
            rows = connection.execute(query.limit(limit)).all()
            found = select(inputs).where(inputs.c.job_id.in_([row.id for row in rows]))
            if len(rows) > 500:  # one query for all of them, or one that has a number for each
                found = select(inputs)
            paths: dict[int, list[tuple[bool, str]]] = {}
            for line in connection.execute(found):
                paths.setdefault(line.job_id, []).append((line.signature is None, line.path))
        return [_entry(row, [path for _, path in sorted(paths.get(row.id, []))]) for row in reversed(rows)]

    def get(self, number: int) -> JobEntry:
        """One job. Raises RecordNotFound."""
        found = self.entries(number=number)
        if not found:
            raise RecordNotFound(f"there is no job {number} in {self._database.name}", hint="docpipe jobs list")
        return found[0]

    def retry(self, numbers: Sequence[int] = ()) -> int:
        """Make jobs that have ended or wait due now, with all their attempts; those that failed when no numbers are
        given. How many. Raises RecordNotFound.
        """
        for number in numbers:
            self.get(number)
        wanted = jobs.c.id.in_(numbers) if numbers else jobs.c.state == "failed"
        with self._database.write() as connection:
            fresh = {"state": "waiting", "attempts": 0, "not_before": 0.0, "ended_at": None, **_why(None)}
            return connection.execute(update(jobs).where(wanted, jobs.c.state != "running").values(fresh)).rowcount

    def standing(self, folders: Sequence[str] = ()) -> Standing:
        """How far the work is, of files below these folders where some are given."""
        since = self._now - RATE_S
        below = _below(folders)
        mine = jobs.c.id.in_(select(inputs.c.job_id).where(below)) if folders else true()
        with self._database.read() as connection:
            by_state = select(jobs.c.state, func.count().label("jobs")).where(mine).group_by(jobs.c.state)
            counted: dict[str, int] = {row.state: row.jobs for row in connection.execute(by_state)}
            files = connection.execute(select(func.count(inputs.c.path.distinct())).where(below)).scalar_one()
            recent = select(func.count(), self._now - func.min(jobs.c.started_at)).where(mine, jobs.c.ended_at > since)
            ended, seconds = connection.execute(recent).one()
            down = and_(jobs.c.state == "waiting", jobs.c.code == "model_unavailable")
            paused = connection.execute(select(jobs.c.reason).where(down).limit(1)).scalar()
        return Standing(
            states={state: counted.get(state, 0) for state in STATES},
            inputs=sum(counted.values()),
            files=files,
            rate=ended / min(max(seconds, 0.001), RATE_S) if ended else None,
            paused=paused,
        )

    def left(self, folders: Sequence[str] = ()) -> int:
        """How many jobs have not ended, of files below these folders where some are given."""
        query = select(func.count(jobs.c.id.distinct())).where(jobs.c.state.not_in(_ENDED))
        if folders:
            query = query.join(inputs).where(_below(folders))
        with self._database.read() as connection:
            return connection.execute(query).scalar_one()

    def done(self, folder: str) -> dict[str, str]:
        """The files below a folder whose jobs are done, each with its signature as it was taken."""
        query = (
            select(inputs.c.path, inputs.c.signature)
            .join(jobs)
            .where(inputs.c.path.startswith(folder, autoescape=True), inputs.c.signature.is_not(None))
            .group_by(inputs.c.path, inputs.c.signature)
            .having(func.min(jobs.c.state) == "done", func.max(jobs.c.state) == "done")
        )
        with self._database.read() as connection:
            return {row.path: row.signature for row in connection.execute(query)}

    def moved(self, path: str, to: str) -> bool:
        """A file is about to be moved: what comes to lie at `path` later is another document.

        False, and nothing is changed, when the place is another job's.
        """
        with self._database.write() as connection:
            held = and_(inputs.c.path == path, inputs.c.signature.is_not(None))
            lines = connection.execute(select(inputs.c.job_id, inputs.c.rule).where(held)).all()
            mine = [line.job_id for line in lines]
            there = and_(inputs.c.path == to, inputs.c.signature.is_not(None))
            if connection.execute(select(inputs.c.job_id).where(there, inputs.c.job_id.not_in(mine))).first():
                return False
            connection.execute(delete(inputs).where(inputs.c.path == to, inputs.c.job_id.in_(mine)))
            moved = [{"job_id": n, "path": to, "signature": _MOVED, "rule": rule} for n, rule in lines]
            if moved:
                connection.execute(insert(inputs), moved)
            connection.execute(update(inputs).where(held).values(signature=None))
            connection.execute(delete(places).where(places.c.path == to))
            connection.execute(update(places).where(places.c.path == path).values(path=to))
        return True

    def _lease(self, connection: Connection, row: Row[Any], worker: str, terms: Terms) -> Lease:
        lines = connection.execute(
            select(inputs.c.path, inputs.c.rule).where(inputs.c.job_id == row.id).order_by(inputs.c.signature.is_(None))
        ).all()
        content = select(documents.c.file_sha256).where(documents.c.id == row.document_id)
        auto = row.schema_name == AUTO
        return Lease(
            job=row.id,
            worker=worker,
            name=row.name,
            path=lines[0].path if lines else row.name,
            schema=None if auto else schema_of(connection, row.asked),
            asked=row.asked,
            content=connection.execute(content).scalar(),
            rules=tuple(dict.fromkeys(line.rule for line in lines if line.rule)),
            attempt=row.attempts + 1,
            terms=terms,
        )


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
        connection.execute(update(jobs).where(same).values(state="waiting", attempts=0, not_before=0.0, **_why(None)))
    elif row is not None and row.state in _ENDED and document is not None:
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
    values |= _why(error) if error is not None or made is None else _doubt(made)
    held = connection.execute(update(jobs).where(_held(lease)).values(values).returning(jobs.c.document_id)).first()
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


def _below(folders: Sequence[str]) -> ColumnElement[bool]:
    """Whether an input lies below one of these folders; any does where none are given."""
    if not folders:
        return true()
    return or_(*(inputs.c.path.startswith(folder, autoescape=True) for folder in folders))


def _held(lease: Lease) -> ColumnElement[bool]:
    return and_(jobs.c.id == lease.job, jobs.c.state == "running", jobs.c.worker == lease.worker)


def _why(error: ErrorInfo | None) -> dict[str, str | None]:
    if error is None:
        return {"code": None, "reason": None, "hint": None}
    return {"code": error.code, "reason": storable(error.message), "hint": storable(error.hint)}


def _doubt(record: Record) -> dict[str, str | None]:
    """Why a record wants a person: the first thing that was noticed."""
    first = next((n for n in record.warnings if n.code not in FOR_INFORMATION), None)
    if record.status == "ok" or first is None:
        return _why(None)
    return {"code": first.code, "reason": storable(first.message), "hint": None}


def _entry(row: Row[Any], paths: Sequence[str]) -> JobEntry:
    return JobEntry(
        number=row.id,
        state=row.state,
        schema=row.schema_name,
        name=row.name,
        content=None if row.document_id is None else row.content,
        document=row.document_id,
        attempts=row.attempts,
        worker=row.worker,
        code=row.code,
        reason=row.reason,
        hint=row.hint,
        waits_s=max(0.0, row.waits) if row.state == "waiting" else 0.0,
        taken_at=row.taken_at,
        started_at=row.started_at,
        ended_at=row.ended_at,
        paths=tuple(paths),
    )
