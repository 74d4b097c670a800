"""Watchers and workers that are killed, at random and at every write: nothing is lost, and nothing is there twice."""

from __future__ import annotations

import itertools
import random
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.forks import Forks, alive
from tests.killing import RESUMED_S, can_trace, drop, point_kills, prepare, random_kills

KILLS = 50
# In CI every call that orders writes, and some of the many that write pages of the database; all of them by
# tests/benchmarks/watch_kills.py.
POINTS = {"fdatasync": 1, "fsync": 1, "rename": 1, "unlink": 1, "write": 2, "pwrite64": 40}


@pytest.fixture(scope="module")
def forks() -> Iterator[Forks]:
    """What starts processes quickly."""
    made = Forks()
    yield made
    made.close()


@pytest.fixture
def traced() -> None:
    """Processes can be traced here."""
    why = can_trace()
    if why is not None:
        pytest.skip(f"NOT TESTED AT EVERY WRITE: {why}")


@pytest.mark.slow
def test_killed_at_random_moments(tmp_path: Path, forks: Forks) -> None:
    """Fifty kills of a watcher and two workers: work goes on within a minute, and all is done as if nobody had been."""
    seed = random.randrange(2**32)
    print(f"seed {seed}")
    assert random_kills(tmp_path, forks, KILLS, seed) < RESUMED_S


@pytest.mark.slow
@pytest.mark.usefixtures("traced")
@pytest.mark.parametrize("call", POINTS)
def test_killed_before_and_after_every_write(tmp_path: Path, forks: Forks, call: str) -> None:
    """Killed before each call that writes, renames or commits, and so after each one before: the next run goes on."""
    killed = point_kills(tmp_path, forks, call, itertools.count(1, POINTS[call]))
    assert killed, "it was never called"


@pytest.mark.usefixtures("traced")
def test_files_are_on_the_disk_before_their_row(tmp_path: Path, forks: Forks) -> None:
    """A document's file and its folder are synced to the disk before the row that names it is written."""
    inbox = prepare(tmp_path)
    settings = {"settle_s": 0, "dpi": 36, "database": tmp_path / "docpipe.db"}
    for number in range(2):  # the first makes the database
        drop(inbox, number)
        process = forks.start(tmp_path, "both", "inbox", traced=True, **settings)
        log = tmp_path / "strace.txt"
        calls = "trace=write,pwrite64,fsync,fdatasync,rename"
        subprocess.run(["strace", "-qq", "-y", "-o", str(log), "-e", calls, "-p", str(process)], check=False)
        while alive(process):
            pass
    lines = log.read_text("utf-8").splitlines()
    folder = re.escape(str(tmp_path / "files"))

    def first(pattern: str, after: int = -1) -> int:
        return next(n for n, line in enumerate(lines) if n > after and re.match(pattern, line))

    written = first(rf"write\(\d+<{folder}/\.new-")
    synced = first(rf"fsync\(\d+<{folder}/\.new-", written)
    renamed = first(rf'rename\("{folder}/\.new-[^"]+", "{folder}/[0-9a-f]{{64}}"', synced)
    entry = first(rf"fsync\(\d+<{folder}>", renamed)
    row = first(r"pwrite64\(\d+<.*docpipe\.db-wal>", written)
    commit = first(r"fdatasync\(\d+<.*docpipe\.db-wal>", row)
    assert written < synced < renamed < entry < row < commit
