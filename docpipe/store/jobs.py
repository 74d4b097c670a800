"""Files that are to be read become jobs: rows that workers lease, and whose end commits with the record it made.

No library of jobs is used: none of them commits in a transaction of ours on both databases, and a record whose job is
marked as done a moment later is one that a crash reads twice.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, delete, func, insert, or_, select, true, update

from docpipe.errors import RecordNotFound
from docpipe.store.database import Database
from docpipe.store.job_rows import AUTO, ENDED, end, enter, held_by, now, path_hash, why
from docpipe.store.leases import STATES, JobEntry, JobState, Lease, Order, Standing, Terms
from docpipe.store.rows import schema_of
from docpipe.store.tables import documents, inputs, jobs, places
from docpipe.types import ErrorInfo, Record

# Seconds over which the rate of work is measured.
RATE_S = 300.0
# What stands for the signature of a file that was moved: nobody watches where it went.
_MOVED = "moved"


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

    def taken(self, order: Order) -> int | None:
        """The job of a file that was taken just as it is now, by the same rule; None when it was not."""
        same = and_(inputs.c.path == order.path, inputs.c.signature == order.signature, inputs.c.rule == order.rule)
        query = select(jobs.c.id).join(inputs).where(same, jobs.c.asked == order.asked)
        with self._database.read() as connection:
            return connection.execute(query).scalar()

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
        # Each by itself is found in the order of an index.
        waits = and_(jobs.c.state == "waiting", jobs.c.not_before <= self._now)
        left = and_(jobs.c.state == "running", jobs.c.lease_until < self._now)
        with self._database.read() as connection:  # most of the time there is nothing, and nobody has to wait for that
            if all(connection.execute(select(jobs.c.id).where(due).limit(1)).first() is None for due in (waits, left)):
                return None
        firsts = [select(jobs).where(due).order_by(jobs.c.attempts, jobs.c.id).limit(1) for due in (waits, left)]
        with self._database.write(turn=False) as connection:
            while (row := _first(connection, firsts)) is not None:
                if row.state == "running" and row.attempts >= terms.attempts:
                    said = f"whoever read it ended without a word, {row.attempts} times"
                    told = ErrorInfo(code="worker_died", message=said, hint=f"docpipe jobs retry {row.id}")
                    connection.execute(update(jobs).where(jobs.c.id == row.id).values(self._failed(told)))
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
            until = update(jobs).where(held_by(lease)).values(lease_until=self._now + lease.terms.lease_s)
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
                .where(held_by(lease))
                .values(
                    state="waiting",
                    attempts=jobs.c.attempts - 1,
                    worker=None,
                    lease_until=None,
                    not_before=self._now + wait_s,
                    **why(error),
                )
            )

    def holds(self, lease: Lease) -> bool:
        """Whether a job is still in the hands of the worker that leased it."""
        with self._database.read() as connection:
            return connection.execute(select(jobs.c.id).where(held_by(lease))).first() is not None

    def abandon(self, worker: str) -> None:
        """The leases of a worker that has died end now. `worker` is how its name begins."""
        with self._database.write(turn=False) as connection:
            mine = and_(jobs.c.state == "running", jobs.c.worker.startswith(worker, autoescape=True))
            connection.execute(update(jobs).where(mine).values(lease_until=self._now - 1))

    def _failed(self, error: ErrorInfo) -> dict[str, Any]:
        return {"state": "failed", "worker": None, "lease_until": None, "ended_at": self._now, **why(error)}

    # For people.

    def entries(self, *, state: JobState | None = None, number: int | None = None) -> list[JobEntry]:
        """Jobs with every path they came under, in the order they came in."""
        wanted = and_(
            true() if state is None else jobs.c.state == state, true() if number is None else jobs.c.id == number
        )
        query = select(jobs, (jobs.c.not_before - self._now).label("waits")).where(wanted).order_by(jobs.c.id)
        came = select(inputs).where(inputs.c.job_id.in_(select(jobs.c.id).where(wanted)))
        paths: dict[int, dict[bool, list[str]]] = {}
        with self._database.read() as connection:
            for line in connection.execute(came):
                paths.setdefault(line.job_id, {}).setdefault(line.signature is not None, []).append(line.path)
            rows = connection.execute(query).all()
        return [_entry(row, paths.get(row.id, {})) for row in rows]

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
            fresh = {"state": "waiting", "attempts": 0, "not_before": 0.0, "ended_at": None, **why(None)}
            return connection.execute(update(jobs).where(wanted, jobs.c.state != "running").values(fresh)).rowcount

    def standing(self, folders: Sequence[str] = ()) -> Standing:
        """How far the work is, of files below these folders where some are given; not of what was replaced there."""
        since = self._now - RATE_S
        below, lies = _below(folders), inputs.c.signature.is_not(None)
        came = and_(*(jobs.c.id.in_(select(inputs.c.job_id).where(here)) for here in (below, lies)))
        mine = came if folders else true()
        with self._database.read() as connection:
            by_state = select(jobs.c.state, func.count().label("jobs")).where(mine).group_by(jobs.c.state)
            counted: dict[str, int] = {row.state: row.jobs for row in connection.execute(by_state)}
            files = connection.execute(select(func.count(inputs.c.path.distinct())).where(below, lies)).scalar_one()
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
        query = select(func.count(jobs.c.id.distinct())).where(jobs.c.state.not_in(ENDED))
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


def _first(connection: Connection, firsts: Sequence[Select[Any]]) -> Row[Any] | None:
    """The job that was tried least often, of the first of each kind; nobody else has it meanwhile."""
    found = [connection.execute(first.with_for_update(skip_locked=True)).first() for first in firsts]
    return min((row for row in found if row is not None), key=lambda row: (row.attempts, row.id), default=None)


def _below(folders: Sequence[str]) -> ColumnElement[bool]:
    """Whether an input lies below one of these folders; any does where none are given."""
    if not folders:
        return true()
    return or_(*(inputs.c.path.startswith(folder, autoescape=True) for folder in folders))


def _entry(row: Row[Any], paths: Mapping[bool, Sequence[str]]) -> JobEntry:
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
        paths=tuple(sorted(paths.get(True, ()))),
        earlier=tuple(sorted(paths.get(False, ()))),
    )
