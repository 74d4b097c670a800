"""Many writers at once, and a process that is killed: what was finished is kept, and nothing is done twice."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from docpipe.settings import Settings
from docpipe.store import open_store
from tests.benchmarks.killed_reader import killed
from tests.benchmarks.samples_twice import add_all
from tests.stores import by_hash, dump, query

ROOT = Path(__file__).parent.parent
WRITERS, TRANSACTIONS = 8, 12
PAGES = 40


def python(*arguments: str | Path) -> subprocess.Popen[str]:
    """A process of its own, with docpipe importable."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), *sys.path])}
    return subprocess.Popen(
        [sys.executable, *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
    )


def test_many_writers_take_turns(database: Settings) -> None:
    """Eight processes that open a new database and write to it at once all succeed, and every row is there."""
    script = ROOT / "tests" / "benchmarks" / "store_writers.py"
    address = str(database.database)
    writers = [python(script, "--writer", str(n), address, str(TRANSACTIONS)) for n in range(WRITERS)]
    said = [writer.communicate() for writer in writers]
    assert [writer.returncode for writer in writers] == [0] * WRITERS, said
    with open_store(database) as store:
        assert query(store, "SELECT count(*), count(DISTINCT document_id) FROM written") == [
            (WRITERS * TRANSACTIONS, WRITERS * TRANSACTIONS)
        ]
        assert query(store, "SELECT sum(number) FROM written_lines")[0][0] == WRITERS * sum(range(TRANSACTIONS))


@pytest.mark.slow
def test_a_long_document_goes_on_where_it_was_killed(database: Settings, tmp_path: Path) -> None:
    """Killed at the last page but one, the next run asks for one window, and the result is that of an undisturbed run.

    `python tests/benchmarks/killed_reader.py` does so with 400 pages.
    """
    found = killed(database, tmp_path, PAGES)
    assert (len(found.first), found.ended) == (PAGES // 4, -signal.SIGKILL)
    assert found.second == [f"{PAGES - 3},{PAGES - 2},{PAGES - 1},{PAGES}"]
    assert len(found.undisturbed) == PAGES // 4
    assert (found.equal, found.rows) == (True, PAGES)
    assert (found.third, found.unchanged) == ([], True)


@pytest.mark.slow
def test_every_sample_added_twice_is_read_once(database: Settings) -> None:
    """The second time no model is asked anything, and the database holds what it held."""
    with open_store(database) as store:
        asked, statuses = add_all(store, database)
        assert asked >= statuses.total() == len(by_hash())
        assert set(statuses) <= {"ok", "needs_review"}
        before = dump(store)
        assert add_all(store, database) == (0, statuses)
        assert dump(store) == before
