"""Jobs: one for each content and question, held by one worker at a time, ended with what they produced."""

from __future__ import annotations

import json
import threading
from pathlib import Path

import pymupdf
import pytest

from docpipe.errors import JobLost, ModelUnavailable, RecordNotFound
from docpipe.intake import Intake, Seen, walk
from docpipe.job import Named
from docpipe.journal import Journal
from docpipe.pipeline import Pipeline
from docpipe.settings import FolderRule, Settings
from docpipe.store import Lease, Store, Terms, open_store
from docpipe.work import Worker
from tests.stores import query
from tests.watching import NOTE, QUICK, Reader, note, schema, until

TERMS = Terms(lease_s=30, attempts=3, backoff_s=0, backoff_max_s=0)


@pytest.fixture
def settings(database: Settings) -> Settings:
    """Settings with a new database, and times that pass quickly."""
    return database.model_copy(update={**QUICK, "dpi": 36.0})


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    """An empty folder."""
    (tmp_path / "inbox").mkdir()
    return tmp_path / "inbox"


def drop(inbox: Path, *numbers: int) -> None:
    """Put notes into a folder, named by their numbers."""
    for number in numbers:
        (inbox / f"N-{number:05}.pdf").write_bytes(note(number))


def intake_of(store: Store, settings: Settings, tmp_path: Path) -> Intake:
    """What takes notes."""
    (tmp_path / "note.json").write_text(json.dumps(NOTE), "utf-8")
    return Intake(settings, store, str(tmp_path / "note.json"))


def take_all(store: Store, settings: Settings, inbox: Path) -> list[int]:
    """Take every file of a folder; the numbers of their jobs."""
    intake = intake_of(store, settings, inbox.parent)
    return [intake.take(seen) for seen in walk(inbox)]


def work(store: Store, settings: Settings, model: Reader, *, once: bool = True) -> Worker:
    """Do every job."""
    worker = Worker(settings, store, Journal(quiet=True), model=model)
    worker.run(once=once)
    return worker


def keep(store: Store, settings: Settings, lease: Lease) -> None:
    """Read the document of a lease and store its record."""
    assert lease.content is not None
    with Pipeline(settings, model=Reader(), store=store) as pipeline:
        file = Named(store.files.place(lease.content), lease.name)
        list(pipeline.add([file], schema=schema(), lease=lease))


def test_a_job_ends_in_the_transaction_of_its_record(settings: Settings, inbox: Path) -> None:
    """When the job is in other hands by then, the record is not stored either; else both are."""
    drop(inbox, 1)
    with open_store(settings) as store:
        take_all(store, settings, inbox)
        slow = store.jobs.claim("slow", Terms(lease_s=-1, attempts=3, backoff_s=0, backoff_max_s=0))
        quick = store.jobs.claim("quick", TERMS)
        assert slow is not None
        assert quick is not None
        with pytest.raises(JobLost, match="in other hands"):
            keep(store, settings, slow)
        assert query(store, "SELECT count(*) FROM docpipe_records") == [(0,)]
        assert not store.jobs.beat(slow)
        assert store.jobs.beat(quick)
        keep(store, settings, quick)
        assert query(store, "SELECT count(*) FROM docpipe_records") == [(1,)]
        (entry,) = store.jobs.entries()
        assert (entry.state, entry.attempts, entry.worker) == ("done", 2, None)
        with pytest.raises(JobLost):
            store.jobs.end(quick, None)


def test_no_job_is_ever_in_two_hands(settings: Settings, inbox: Path) -> None:
    """Four workers that claim at the same time share the jobs, each of them once."""
    drop(inbox, *range(12))
    with open_store(settings) as store:
        numbers = take_all(store, settings, inbox)
        got: list[int] = []

        def claim(name: str) -> None:
            with open_store(settings) as own:
                while (lease := own.jobs.claim(name, TERMS)) is not None:
                    got.append(lease.job)

        threads = [threading.Thread(target=claim, args=(f"worker {n}",)) for n in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(got) == sorted(numbers)


def test_a_lease_ends_by_itself_and_a_job_that_kills_its_workers_fails(settings: Settings, inbox: Path) -> None:
    """A job whose worker says nothing is due again, after those that were tried less; after three times it failed."""
    drop(inbox, 1, 2)
    dead = Terms(lease_s=-1, attempts=3, backoff_s=0, backoff_max_s=0)
    with open_store(settings) as store:
        first, second = take_all(store, settings, inbox)
        claimed = [store.jobs.claim("dies", dead) for _ in range(6)]
        assert [lease.job for lease in claimed if lease is not None] == [first, second, first, second, first, second]
        assert store.jobs.claim("dies", dead) is None
        entries = store.jobs.entries()
        assert [(e.state, e.code, e.attempts) for e in entries] == [("failed", "worker_died", 3)] * 2
        assert entries[0].reason == "whoever read it ended without a word, 3 times"
        assert store.jobs.retry([first]) == 1
        assert work(store, settings, Reader())
        assert [e.state for e in store.jobs.entries()] == ["done", "failed"]
        assert store.jobs.retry() == 1
        with pytest.raises(RecordNotFound, match="there is no job 99"):
            store.jobs.retry([99])


def test_one_job_for_a_content_and_a_question(settings: Settings, inbox: Path) -> None:
    """A copy adds a path and no job, a rule with another schema adds a job; the states sum up to the inputs."""
    drop(inbox, 1)
    (inbox / "copy.pdf").write_bytes(note(1))
    (inbox / "forms").mkdir()
    (inbox / "forms" / "copy.pdf").write_bytes(note(1))
    rules = (FolderRule(path=str(inbox / "forms"), schema="form"),)
    settings = settings.model_copy(update={"folders": rules})
    with open_store(settings) as store:
        first, again, other = take_all(store, settings, inbox)
        assert first == again != other
        entries = store.jobs.entries()
        assert [(e.schema, [Path(p).name for p in e.paths]) for e in entries] == [
            ("note", ["N-00001.pdf", "copy.pdf"]),
            ("form", ["copy.pdf"]),
        ]
        standing = store.jobs.standing()
        assert (standing.inputs, standing.files, sum(standing.states.values())) == (2, 3, 2)


def test_a_model_that_is_down_burns_no_attempt(settings: Settings, inbox: Path) -> None:
    """Work pauses, the job waits with its attempts, nothing is stored; when the model is back, it is done."""
    drop(inbox, 1)
    down = True

    def fault(_: str) -> None:
        if down:
            raise ModelUnavailable("http://127.0.0.1:1/v1: refused")

    with open_store(settings) as store:
        take_all(store, settings, inbox)
        model = Reader(fault)
        worker = Worker(settings, store, Journal(quiet=True), model=model)
        thread = threading.Thread(target=worker.run, kwargs={"once": True}, daemon=True)
        thread.start()
        try:
            until(lambda: len(model.asked) >= settings.job_attempts + 2)
            until(lambda: store.jobs.standing().paused == "http://127.0.0.1:1/v1: refused")
            (entry,) = store.jobs.entries()
            assert entry.attempts <= 1
            assert query(store, "SELECT count(*) FROM docpipe_records") == [(0,)]
            down = False
            thread.join(60)
        finally:
            worker.stop()
            thread.join(60)
        (entry,) = store.jobs.entries()
        assert (entry.state, entry.attempts, entry.reason) == ("done", 1, None)


def test_every_end_has_its_state_and_its_reason(settings: Settings, inbox: Path) -> None:
    """Read well is done, a doubt is needs_review, what cannot be read failed; a bug is told by its place alone."""

    def fault(name: str) -> None:
        if "bug" in name:
            raise ZeroDivisionError("the secret of the document")

    drop(inbox, 1)
    (inbox / "wrong.pdf").write_bytes(note(2))
    (inbox / "cut.pdf").write_bytes(note(3)[:200])
    (inbox / "bug.pdf").write_bytes(note(4))
    (inbox / "empty.pdf").write_bytes(b"")
    with open_store(settings) as store:
        take_all(store, settings, inbox)
        work(store, settings, Reader(fault))
        ended = {Path(e.name).name: (e.state, e.code) for e in store.jobs.entries()}
        assert ended == {
            "N-00001.pdf": ("done", None),
            "wrong.pdf": ("needs_review", "conflict"),
            "cut.pdf": ("failed", "source_damaged"),
            "bug.pdf": ("failed", "internal_error"),
            "empty.pdf": ("failed", "source_empty"),
        }
        entries = {Path(e.name).name: e for e in store.jobs.entries()}
        assert "secret" not in str(entries["bug.pdf"])
        assert str(entries["bug.pdf"].reason).startswith("internal error: ZeroDivisionError in test_jobs.py, line ")
        assert entries["empty.pdf"].reason == f"{inbox / 'empty.pdf'}: has no bytes"
        assert sum(store.jobs.standing().states.values()) == store.jobs.standing().inputs == 5
        assert store.problems() == []


def test_a_file_that_cannot_be_taken_fails_and_can_be_tried_again(settings: Settings, inbox: Path) -> None:
    """A file over the limit is not copied; with a higher limit and a retry, it is read under a job of its own."""
    drop(inbox, 1)
    tight = settings.model_copy(update={"max_file_mb": 0.0001})
    with open_store(settings) as store:
        take_all(store, tight, inbox)
        (entry,) = store.jobs.entries()
        assert (entry.state, entry.code, entry.document) == ("failed", "source_too_large", None)
        assert not store.files.folder.exists() or list(store.files.folder.iterdir()) == []
        store.jobs.retry()
        work(store, tight, Reader())
        (entry,) = store.jobs.entries()
        assert (entry.state, entry.code) == ("failed", "source_too_large")
        store.jobs.retry()
        work(store, settings, Reader())
        (entry,) = store.jobs.entries()
        assert (entry.state, entry.document) == ("done", 1)


def test_the_password_of_a_rule_opens_what_comes_its_way(settings: Settings, inbox: Path) -> None:
    """A locked document fails without its password, and is read when it comes to a folder whose rule has it."""
    with pymupdf.open(stream=note(1), filetype="pdf") as document:
        locked = document.tobytes(encryption=pymupdf.PDF_ENCRYPT_AES_256, user_pw="sesame", owner_pw="owner")
    (inbox / "N-00001.pdf").write_bytes(locked)
    rules = (FolderRule.model_validate({"path": str(inbox / "bank"), "password": "sesame"}),)
    settings = settings.model_copy(update={"folders": rules})
    with open_store(settings) as store:
        take_all(store, settings, inbox)
        work(store, settings, Reader())
        (entry,) = store.jobs.entries()
        assert (entry.state, entry.code) == ("failed", "source_encrypted")
        (inbox / "bank").mkdir()
        (inbox / "N-00001.pdf").rename(inbox / "bank" / "N-00001.pdf")
        intake = intake_of(store, settings, inbox.parent)
        seen: list[Seen] = list(walk(inbox))
        for one in seen:
            intake.take(one)
        work(store, settings, Reader())
        (entry,) = store.jobs.entries()
        assert entry.state == "done"
        assert "sesame" not in str(query(store, "SELECT * FROM docpipe_jobs")) + str(
            query(store, "SELECT * FROM docpipe_inputs")
        )


def test_a_document_that_is_forgotten_leaves_no_job(settings: Settings, inbox: Path) -> None:
    """Its job goes with it, be it done or waiting, and a worker that has it in its hands stores nothing."""
    drop(inbox, 1, 2)
    with open_store(settings) as store:
        take_all(store, settings, inbox)
        lease = store.jobs.claim("worker", TERMS)
        assert lease is not None
        store.forget(1)
        assert [e.number for e in store.jobs.entries()] == [2]
        with pytest.raises((JobLost, RecordNotFound)):
            store.jobs.end(lease, None)
        store.forget(2)
        assert query(store, "SELECT count(*) FROM docpipe_inputs") == [(0,)]
        assert store.problems() == []
