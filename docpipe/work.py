"""Jobs become records: a worker leases one after the other, reads its document, and ends it with its record."""

from __future__ import annotations

import os
import secrets
import socket
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

from docpipe.errors import DocpipeError, JobLost, ModelUnavailable, RecordNotFound, SourceError, StoreError
from docpipe.intake import AUTO, refusal, signature_of, take
from docpipe.job import Named
from docpipe.journal import Journal
from docpipe.pipeline import Pipeline
from docpipe.stopping import leave_within
from docpipe.store import Lease, Order, Store, Terms
from docpipe.types import ErrorInfo, Record

if TYPE_CHECKING:
    from docpipe.models import Model
    from docpipe.settings import Settings

# Seconds between two looks for work when there was none, and between two looks whether to stop.
IDLE_S, TICK_S = 0.5, 0.1
# Seconds that a worker which is asked to stop has for the document in its hands, and then to give it back.
GRACE_S, LAST_S = 4.0, 1.5
# Errors of a model server that may be gone the next time; a model in this process says the same again.
_MAY_PASS = frozenset({"model_timeout", "reply_invalid"})


def terms_of(settings: Settings) -> Terms:
    """How work is done, as the settings say."""
    served = settings.model.startswith(("http://", "https://"))
    return Terms(
        lease_s=settings.lease_s,
        attempts=settings.job_attempts,
        backoff_s=settings.backoff_s,
        backoff_max_s=settings.backoff_max_s,
        again=_MAY_PASS if served else frozenset(),
    )


class Worker:
    """Does jobs until it is told to stop, while threads say that it lives and see that it ends in time.

    `model` takes the place of the one that the settings name. `parent` is the process without which there is no sense
    in going on.
    """

    def __init__(
        self,
        settings: Settings,
        store: Store,
        journal: Journal,
        *,
        model: Model | None = None,
        parent: int | None = None,
    ) -> None:
        self.name = worker_name(os.getpid())
        self._settings = settings
        self._store = store
        self._journal = journal
        self._terms = terms_of(settings)
        self._pipeline = Pipeline(settings, model=model, store=store, patient=True)
        self._parent = parent
        self._lease: Lease | None = None
        self._failures = 0
        self._stopping = False
        self._ended = False
        self.code = 0

    def stop(self, code: int = 0) -> None:
        """Take no more jobs. The one in hand is finished, or given back when that takes too long.

        `code` is what the process ends with then; one that a watcher started ends well, and the watcher says why.
        """
        if self._parent is None:
            self.code = code
        self._stopping = True

    def run(self, *, once: bool = False) -> None:
        """Work until `stop`; with `once`, until every job has ended.

        Raises UsageError and ModelNotLoaded for a model that cannot be used. A database or a model server that cannot
        be reached is waited for.
        """
        threads = [threading.Thread(target=work, daemon=True) for work in (self._live, self._guard)]
        for thread in threads:
            thread.start()
        try:
            with self._pipeline:
                while not self._stopping and (self._step() or not once or self._left() != 0):
                    pass
        finally:
            self._ended = True
            for thread in threads:
                thread.join()

    def _left(self) -> int | None:
        try:
            return self._store.jobs.left()
        except StoreError:
            return None

    def _step(self) -> bool:
        """Do the next job; False after a little while when there is none."""
        lease = None
        try:
            lease = self._store.jobs.claim(self.name, self._terms)
            if lease is None:
                self._wait(IDLE_S)
                return False
            self._lease = lease
            self._journal.say("job_started", job=lease.job, file=lease.name, attempt=lease.attempt)
            self._do(lease)
            self._failures = 0
        except (JobLost, RecordNotFound) as error:  # or its document was forgotten
            self._journal.say("job_lost", wrong=True, code=error.code, job=None if lease is None else lease.job)
        except (StoreError, ModelUnavailable) as error:
            self._wait_out(lease, error)
        except BaseException:
            if lease is not None:
                self._give_back(lease)
            raise
        finally:
            self._lease = None
        return True

    def _do(self, lease: Lease) -> None:
        started = time.monotonic()
        if lease.content is None:
            self._take(lease)
        else:
            try:
                record: Record | None = self._read(lease, lease.content)
                error = None
            except DocpipeError:
                raise  # of no document: the database's, the model's, or of how docpipe is used
            except Exception as bug:  # noqa: BLE001  # that one document shows; the others are read all the same
                record, error = None, _internal(bug, lease)
            if self._store.jobs.holds(lease):  # no record was stored with which it ended
                self._store.jobs.end(lease, record, error)
        self._tell(lease, time.monotonic() - started)

    def _read(self, lease: Lease, content: str) -> Record:
        place = self._store.files.place(content)
        if not place.parent.is_dir():
            raise StoreError(f"{place.parent}: the folder of the documents is not there", hint="docpipe db info")
        rules = [rule for rule in self._settings.folders if rule.path in lease.rules and rule.password is not None]
        secret = rules[0].password.get_secret_value() if rules and rules[0].password is not None else None
        (added,) = self._pipeline.add(
            [Named(place, lease.name)],
            schema=lease.schema or AUTO,
            password=secret,
            lease=lease,
        )
        return added.record

    def _take(self, lease: Lease) -> None:
        """Try once more to take a file that could not be taken: it fails again, or another job comes of it."""
        path = Path(lease.path)
        signature = signature_of(path)
        try:
            if signature is None:
                raise SourceError(f"{lease.name}: is not there any more")
            rule = next(iter(lease.rules), "")
            order = Order(lease.path, lease.name, signature, lease.schema, lease.asked, rule)
            take(self._store, order, path, self._settings.max_file_mb)
        except SourceError as error:
            self._store.jobs.end(lease, None, refusal(error))

    def _tell(self, lease: Lease, seconds: float) -> None:
        for entry in self._store.jobs.entries(number=lease.job):
            self._journal.say(
                "job_ended" if entry.state != "waiting" else "job_waits",
                job=lease.job,
                file=lease.name,
                state=entry.state,
                code=entry.code,
                seconds=round(seconds, 2),
            )

    def _wait_out(self, lease: Lease | None, error: DocpipeError) -> None:
        """Give the job back and wait: the next one would fare no better."""
        self._failures += 1
        wait_s = self._terms.backoff(self._failures)
        self._journal.say("work_paused", wrong=True, code=error.code, seconds=wait_s)
        if lease is not None:
            self._give_back(lease, wait_s=wait_s, error=error)
        self._wait(wait_s)

    def _give_back(self, lease: Lease, *, wait_s: float = 0, error: DocpipeError | None = None) -> None:
        try:
            self._store.jobs.release(lease, wait_s=wait_s, error=None if error is None else refusal(error))
        except StoreError as fault:  # its lease ends by itself
            self._journal.say("job_not_given_back", wrong=True, job=lease.job, code=fault.code)

    def _wait(self, seconds: float) -> None:
        last = time.monotonic() + seconds
        while not self._stopping and time.monotonic() < last:
            time.sleep(TICK_S)

    def _live(self) -> None:
        """Say that the worker lives, three times a lease."""
        due = time.monotonic()
        while not self._ended:
            time.sleep(TICK_S)
            lease = self._lease
            if lease is None or time.monotonic() < due:
                continue
            due = time.monotonic() + self._terms.lease_s / 3
            try:
                self._store.jobs.beat(lease)
            except StoreError as error:
                self._journal.say("no_heartbeat", wrong=True, job=lease.job, code=error.code)

    def _guard(self) -> None:
        """See that the worker ends in time when it is asked to, and when its parent is gone."""
        asked: float | None = None
        while not self._ended:
            time.sleep(TICK_S)
            if self._parent is not None and os.getppid() != self._parent:
                self._stopping = True
            if self._stopping:
                asked = asked or time.monotonic()
                if time.monotonic() - asked > GRACE_S:
                    self._leave()

    def _leave(self) -> None:
        """End now, whatever is being done. The windows that were read are kept, and the next worker goes on there."""
        leave_within(LAST_S, self.code)  # the database may be what is waited for
        if self._lease is not None:
            self._give_back(self._lease)
        os._exit(self.code)


def worker_name(process: int) -> str:
    """What a worker signs its leases with: the machine, its process, and what tells it from one before it."""
    return f"{socket.gethostname()}:{process}:{secrets.token_hex(4)}"


def _internal(bug: Exception, lease: Lease) -> ErrorInfo:
    """A bug, by its kind and place: its message may hold text of the document."""
    trace = bug.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    where = "" if trace is None else f" in {Path(trace.tb_frame.f_code.co_filename).name}, line {trace.tb_lineno}"
    message = f"internal error: {type(bug).__name__}{where}"
    return ErrorInfo(code="internal_error", message=message, hint=f"docpipe --debug extract {lease.name}")
