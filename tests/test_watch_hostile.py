"""Hostile documents among good ones in a watched folder: each ends within its limit, and the good ones are read."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from docpipe.journal import Journal
from docpipe.settings import Settings
from docpipe.store import open_store
from docpipe.work import Worker
from tests.hostile import HOSTILE
from tests.stores import query
from tests.test_faults import children
from tests.watching import Clock, Reader, note, watcher


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="limits on memory are Linux's")
def test_hostile_documents_are_bounded_and_the_rest_is_unharmed(tmp_path: Path) -> None:
    """Every hostile document ends with a reason that names its limit, every good one is done, and no child is left."""
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    for number in range(3):
        (inbox / f"N-{number:05}.pdf").write_bytes(note(number))
    for hostile in HOSTILE:
        Path(os.fsdecode(os.fsencode(str(inbox)) + b"/" + os.fsencode(hostile.name))).write_bytes(hostile.make())
    settings = Settings(
        database=str(tmp_path / "docpipe.db"),
        dpi=36,
        render_timeout_s=4,
        render_memory_mb=768,
        settle_s=0,
        upright=False,
    )
    before = children()
    with open_store(settings) as store:
        watching = watcher(store, settings, inbox, clock=Clock())
        watching.look()
        assert watching.look() == len(HOSTILE) + 3
        Worker(settings, store, Journal(quiet=True), model=Reader()).run(once=True)
        entries = {Path(entry.name).name: entry for entry in store.jobs.entries()}
        for number in range(3):
            assert entries[f"N-{number:05}.pdf"].state == "done"
        for hostile in HOSTILE:
            name = hostile.name.encode("utf-8", "replace").decode()
            told = entries[name]
            assert told.code in hostile.codes, told
            assert told.state == ("failed" if None not in hostile.codes else told.state)
            assert told.state != "failed" or (told.reason and told.hint), told
        standing = store.jobs.standing()
        assert standing.left == 0
        assert sum(standing.states.values()) == standing.inputs == len(HOSTILE) + 3
        assert len(query(store, "SELECT number FROM note WHERE number LIKE 'N-0000%'")) == 3
        assert store.problems() == []
    assert children() <= before
