"""Many writers at once, and a process that is killed: what was finished is kept, and nothing is done twice."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from docpipe.settings import Settings
from docpipe.store import Store, open_store
from tests.handmade import many_pages
from tests.stores import dump, query, sqlite

ROOT = Path(__file__).parent.parent
WRITERS, TRANSACTIONS = 8, 12
PAGES = 400


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


def read_long(document: Path, folder: Path, *, stop_at: int | None = None) -> tuple[list[str], int]:
    """Read a long document into a store, in a process that kills itself at a page; the pages asked, and its end."""
    arguments: list[str | Path] = [document, folder / "docpipe.db", *([str(stop_at)] if stop_at else [])]
    process = python(Path(__file__).parent / "long_reader.py", *arguments)
    out, err = process.communicate(timeout=300)
    assert process.returncode in (0, -signal.SIGKILL), err
    return out.split(), process.returncode


def rows(store: Store) -> str:
    """What the typed tables hold."""
    return str([query(store, f"SELECT * FROM {name} ORDER BY id") for name in ("pages", "pages_lines")])


@pytest.mark.slow
def test_a_long_document_goes_on_where_it_was_killed(tmp_path: Path) -> None:
    """Killed at page 399 of 400, the next run asks for one window, and the result is that of an undisturbed run."""
    document = tmp_path / "long.pdf"
    document.write_bytes(many_pages(PAGES))
    disturbed, undisturbed = tmp_path / "disturbed", tmp_path / "undisturbed"
    asked, ended = read_long(document, disturbed, stop_at=PAGES - 1)
    assert (len(asked), ended) == (PAGES // 4, -signal.SIGKILL)
    asked, ended = read_long(document, disturbed)
    assert (asked, ended) == ([f"{PAGES - 3},{PAGES - 2},{PAGES - 1},{PAGES}"], 0)
    asked, ended = read_long(document, undisturbed)
    assert (len(asked), ended) == (PAGES // 4, 0)
    with open_store(sqlite(disturbed)) as one, open_store(sqlite(undisturbed)) as other:
        assert rows(one) == rows(other)
        first, second = one.get(1).record, other.get(1).record
        assert first.model_copy(update={"timing": second.timing}) == second
        assert len(first.data["lines"]) == PAGES
        before = dump(one)
    asked, _ = read_long(document, disturbed)
    assert asked == []
    with open_store(sqlite(disturbed)) as one:
        assert dump(one) == before
        assert one.problems() == []
