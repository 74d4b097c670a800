"""Worker processes: started, started anew when they die, and stopped together."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence

from docpipe.errors import StoreError
from docpipe.journal import Journal
from docpipe.store import Store

# Seconds that workers have to end when they are asked to; they give their job back before.
STOP_S = 7.5
# Seconds before a worker that died is replaced, so that one that cannot live does not take the machine.
PAUSE_S = 0.5


class Crew:
    """`size` processes that run `command`, with `environment` besides this one's own.

    Several share the cores: models that compute with all of them would wait for each other most of the time.
    """

    def __init__(
        self, size: int, command: Sequence[str], environment: Mapping[str, str], store: Store, journal: Journal
    ) -> None:
        self._size = size
        self._command = [sys.executable, "-m", "docpipe", *command]
        share = {"OMP_NUM_THREADS": str(max(1, (os.cpu_count() or 1) // size))} if size > 1 else {}
        self._environment = {**share, **os.environ, **environment}
        self._store = store
        self._journal = journal
        self._workers: list[subprocess.Popen[bytes]] = []
        self._next = 0.0

    def tend(self) -> int | None:
        """Have as many workers as there should be. The exit code of one that ended by itself: it cannot work here."""
        for worker in list(self._workers):
            code = worker.poll()
            if code is None:
                continue
            self._workers.remove(worker)
            self._abandon(worker.pid)
            if code > 0:
                return code
            self._journal.say("worker_ended", wrong=True, worker=worker.pid, signal=-code)
            self._next = time.monotonic() + PAUSE_S
        while len(self._workers) < self._size and time.monotonic() >= self._next:
            self._workers.append(subprocess.Popen(self._command, env=self._environment, stdin=subprocess.DEVNULL))
        return None

    def ask(self) -> None:
        """Ask the workers to end."""
        for worker in list(self._workers):
            worker.send_signal(signal.SIGTERM)

    def stop(self) -> None:
        """End the workers: those that do not in time are killed, and their jobs are done later by others."""
        self.ask()
        last = time.monotonic() + STOP_S
        for worker in self._workers:
            try:
                worker.wait(max(0.0, last - time.monotonic()))
            except subprocess.TimeoutExpired:
                worker.kill()
                worker.wait()
                self._abandon(worker.pid)
        self._workers.clear()

    def _abandon(self, process: int) -> None:
        """Let others have the job of a worker that is dead."""
        try:
            self._store.jobs.abandon(f"{socket.gethostname()}:{process}:")
        except StoreError as error:  # its lease ends by itself
            self._journal.say("job_not_given_back", wrong=True, worker=process, code=error.code)
