"""How a document is asked to be read, how a worker holds it meanwhile, and how far the work is, as frozen objects."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from docpipe.schema import Schema

JobState = Literal["waiting", "running", "done", "needs_review", "failed"]
STATES: tuple[JobState, ...] = ("waiting", "running", "done", "needs_review", "failed")


def path_text(path: Path) -> str:
    """A file's path as the database knows it, be its name text or not."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


@dataclass(frozen=True)
class Order:
    """A file that is to be read. `path` is where it lies, `name` what to call it, `signature` its size and times.

    `schema` is None where the model chooses; `asked` is the hash of the question either way. `rule` names the folder
    rule that it came by, empty for none.
    """

    path: str
    name: str
    signature: str
    schema: Schema | None
    asked: str
    rule: str = ""


@dataclass(frozen=True)
class Terms:
    """How work is done: seconds that a lease lasts, attempts that a job has, seconds before the second attempt (twice
    as many before each further one, never more than `backoff_max_s`). `again` are codes of errors that may pass.
    """

    lease_s: float
    attempts: int
    backoff_s: float
    backoff_max_s: float
    again: frozenset[str] = frozenset()

    def backoff(self, failures: int) -> float:
        """Seconds to wait after so many failures in a row."""
        wait: float = min(self.backoff_max_s, self.backoff_s * 2.0 ** min(failures - 1, 30))
        return wait


@dataclass(frozen=True)
class Lease:
    """A job in the hands of a worker. `content` is the file in the store, None for one that could not be taken yet.

    `rules` are the folder rules it came by, `attempt` counts from 1.
    """

    job: int
    worker: str
    name: str
    path: str
    schema: Schema | None
    asked: str
    content: str | None
    rules: tuple[str, ...]
    attempt: int
    terms: Terms


@dataclass(frozen=True)
class JobEntry:
    """A job as it is listed. Moments are seconds since 1970 by the database's clock.

    `paths` are where its content lies, `earlier` where it lay before it was moved or replaced.
    """

    number: int
    state: JobState
    schema: str
    name: str
    content: str | None
    document: int | None
    attempts: int
    worker: str | None
    code: str | None
    reason: str | None
    hint: str | None
    waits_s: float
    taken_at: float
    started_at: float | None
    ended_at: float | None
    paths: tuple[str, ...] = ()
    earlier: tuple[str, ...] = ()


@dataclass(frozen=True)
class Standing:
    """How far the work is. `states` counts jobs and sums up to `inputs`; `files` counts the paths where they lie.

    `rate` is jobs a second over the last minutes, None where none ended. `paused` says why nothing is read now.
    """

    states: Mapping[JobState, int]
    inputs: int
    files: int
    rate: float | None = None
    paused: str | None = None

    @property
    def left(self) -> int:
        """Jobs that have not ended."""
        return self.states["waiting"] + self.states["running"]

    @property
    def seconds_left(self) -> float | None:
        """How long the rest takes at this rate."""
        return self.left / self.rate if self.rate and self.left else None
