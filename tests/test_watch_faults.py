"""The disk is full, the database or the model server away, and four watch at once: nothing is lost, and it goes on."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from docpipe.crew import Crew
from docpipe.errors import StoreFull
from docpipe.journal import Journal
from docpipe.settings import Settings
from docpipe.store import Store, open_store
from docpipe.work import Worker
from tests.fault_server import Handler, serving
from tests.forks import Forks, alive, kill
from tests.killing import check, drop, prepare
from tests.stores import query
from tests.watching import (
    NOTE,
    QUICK,
    Command,
    Reader,
    assert_nothing_lost_nothing_twice,
    recorded,
    undisturbed,
    until,
    watcher,
)

# Blocks of 4096 bytes by which the room that is left grows from one run to the next; 1 in tests/benchmarks.
BLOCKS = 12
WATCHERS, FILES = 4, 24


@pytest.fixture(scope="module")
def forks() -> Iterator[Forks]:
    """What starts processes quickly."""
    made = Forks()
    yield made
    made.close()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of two megabytes in memory."""
    disk = tmp_path / "disk"
    disk.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(disk)]
    if os.name == "nt" or shutil.which("mount") is None:
        pytest.skip("NOT TESTED ON A FULL DISK: there is no mount")
    mounted = subprocess.run(command, capture_output=True, text=True, check=False)
    if mounted.returncode != 0:
        pytest.skip(f"NOT TESTED ON A FULL DISK: {mounted.stderr.strip()}")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


class MakesRoom(Journal):
    """A journal that makes room on the disk when it hears that work pauses, and counts how often."""

    def __init__(self, filler: Path) -> None:
        super().__init__(quiet=True)
        self._filler = filler
        self.paused = 0

    def say(self, event: str, *, wrong: bool = False, **facts: str | float | None) -> None:
        """Listen."""
        del wrong, facts
        if event == "work_paused":
            self.paused += 1
            self._filler.unlink(missing_ok=True)


def full_disk(disk: Path, inbox: Path, blocks: int) -> tuple[int, list[dict[str, Any]]]:
    """Take and read a note on a disk with so many blocks left; how often that failed, and what came of it."""
    settings = Settings(database=str(disk / "docpipe.db"), **{**QUICK, "settle_s": 0, "dpi": 36})
    failed = 0
    with open_store(settings):
        pass  # the tables are there before the disk is full
    room = os.statvfs(disk)
    filler = disk / "filler"
    filler.write_bytes(b"x" * max(0, room.f_bavail - blocks) * room.f_frsize)
    try:
        store = open_store(settings)
    except StoreFull:
        failed += 1
        filler.unlink()
        store = open_store(settings)
    with store:
        watching = watcher(store, settings, inbox)
        watching.look()
        try:
            watching.look()
        except StoreFull:
            failed += 1
            filler.unlink()
            watching.look()
        journal = MakesRoom(filler)
        Worker(settings, store, journal, model=Reader()).run(once=True)
        made = [kept.record.model_dump(mode="json", exclude={"timing", "source"}) for kept in store.records()]
        assert [entry.state for entry in store.jobs.entries()] == ["done"]
        assert store.problems() == []
    for path in disk.iterdir():
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    return failed + journal.paused, made


@pytest.mark.slow
def test_a_disk_that_is_full_at_any_write(small_disk: Path, tmp_path: Path) -> None:
    """Wherever the room ends, what was taken stays whole, and the work goes on when there is room."""
    inbox = prepare(tmp_path)
    drop(inbox, 1)
    failures, blocks, outcomes = 0, 0, []
    while True:
        failed, made = full_disk(small_disk, inbox, blocks)
        outcomes.append(made)
        if not failed:
            break
        failures += 1
        blocks += BLOCKS
    assert failures > 3
    assert all(made == outcomes[0] for made in outcomes)
    assert len(outcomes[0]) == 1


def disturbed(
    tmp_path: Path, forks: Forks, database: str, files: str, disturb: Callable[[Store], None], seconds: float = 60
) -> None:
    """Watch and read while the database is disturbed, and after; then all must be there."""
    inbox = prepare(tmp_path)
    model = recorded(tmp_path, range(6))
    settings = {**QUICK, "model": model, "database": database, "files": files}
    watch = ("watch", "inbox", "-s", "note.json", "--workers", "0", "--poll")
    for number in range(3):
        drop(inbox, number)
    running = [forks.start(tmp_path, *role, **settings) for role in (watch, ("worker",))]
    ours = Settings(database=database, files=files)
    try:
        with open_store(ours) as store:
            until(lambda: store.jobs.standing().states["done"] > 0)
            disturb(store)
        with open_store(ours) as store:
            until(lambda: store.jobs.standing().states["done"] == 6, seconds)
            assert all(map(alive, running))
            expected = undisturbed(tmp_path / "undisturbed", inbox, Settings(model=model))
            assert_nothing_lost_nothing_twice(store, expected)
    finally:
        for process in running:
            kill(process)


def drop_more(tmp_path: Path) -> None:
    """Three more notes."""
    for number in range(3, 6):
        drop(tmp_path / "inbox", number)


def wait_for(log: Path, words: str) -> None:
    """Wait until a process says something."""
    until(lambda: words in log.read_text("utf-8"))


def test_a_database_that_is_locked(tmp_path: Path, forks: Forks) -> None:
    """While another program writes and does not end, watcher and worker wait, and then go on."""
    database = tmp_path / "docpipe.db"

    def lock(_: Store) -> None:
        other = sqlite3.connect(database, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        drop_more(tmp_path)
        threading.Event().wait(3)  # how long it is locked is what this is about
        other.execute("ROLLBACK")
        other.close()

    disturbed(tmp_path, forks, str(database), str(tmp_path / "files"), lock)


def test_a_database_that_is_away(tmp_path: Path, forks: Forks) -> None:
    """While its folder is not there, as when a drive is unplugged, watcher and worker pause, and then go on."""
    away = tmp_path / "drive"
    away.mkdir()

    def unplug(store: Store) -> None:
        store.close()
        away.rename(tmp_path / "unplugged")
        drop_more(tmp_path)
        wait_for(tmp_path / "log.txt", "paused")
        (tmp_path / "unplugged").rename(away)

    disturbed(tmp_path, forks, str(away / "docpipe.db"), str(away / "files"), unplug)


def test_a_server_of_the_database_that_is_away(tmp_path: Path, forks: Forks, postgres: str) -> None:
    """When every connection is cut and no new one is let in, watcher and worker pause, and then go on."""
    from sqlalchemy import create_engine, make_url, text

    admin = make_url(postgres).set(drivername="postgresql+psycopg")
    engine = create_engine(admin, isolation_level="AUTOCOMMIT")
    name = f"away_{os.getpid()}"

    def say(*statements: str) -> None:
        with engine.connect() as connection:
            for statement in statements:
                connection.execute(text(statement))

    say(f"CREATE DATABASE {name}")
    address = admin.set(drivername="postgresql", database=name).render_as_string(hide_password=False)

    def cut(_: Store) -> None:
        say(
            f"ALTER DATABASE {name} ALLOW_CONNECTIONS false",
            f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'",
        )
        drop_more(tmp_path)
        wait_for(tmp_path / "log.txt", "paused")
        say(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")

    try:
        disturbed(tmp_path, forks, address, str(tmp_path / "files"), cut)
    finally:
        engine.dispose()


def test_a_model_server_that_is_down_slow_and_says_garbage(tmp_path: Path) -> None:
    """Refused, busy, silent and nonsense: every job waits its time, and is done when the server is well."""
    inbox = prepare(tmp_path)
    drop(inbox, 1)
    ills: list[Callable[[Handler], None]] = [
        lambda handler: handler.send(503, {"error": "busy"}),
        lambda handler: handler.stall(),
        lambda handler: handler.send(200, "<html>not a model</html>", "text/html"),
        lambda handler: handler.complete("no idea"),
        lambda handler: handler.complete("no idea"),
    ]

    def play(handler: Handler, _: Mapping[str, Any]) -> None:
        if ills:
            ills.pop(0)(handler)
        else:
            handler.complete(json.dumps({"number": "N-00001"}))

    with serving(play) as server:
        address, port = server.address, server.server_address[1]
    settings = Settings(
        database=str(tmp_path / "docpipe.db"),
        model=f"{address}#tiny",
        first_byte_timeout_s=0.5,
        page_attempts=1,
        **{**QUICK, "settle_s": 0, "dpi": 36},
    )
    with open_store(settings) as store:
        watching = watcher(store, settings, inbox)
        watching.look()
        watching.look()
        worker = Worker(settings, store, Journal(quiet=True))
        thread = threading.Thread(target=worker.run, kwargs={"once": True}, daemon=True)
        thread.start()
        try:
            until(lambda: store.jobs.standing().paused is not None)  # nobody listens at all
            with serving(play, port=port):
                thread.join(60)
        finally:
            worker.stop()
            thread.join(60)
        (entry,) = store.jobs.entries()
        assert (entry.state, entry.code, ills) == ("done", None, [])
        assert 1 < entry.attempts <= settings.job_attempts
        assert query(store, "SELECT number FROM note") == [("N-00001",)]


@pytest.mark.slow
@pytest.mark.parametrize(("told", "code"), [(signal.SIGTERM, 0), (signal.SIGINT, 130)])
def test_a_stop_while_the_model_is_silent(tmp_path: Path, told: signal.Signals, code: int) -> None:
    """Within ten seconds, whatever they wait for, SIGTERM ends watcher and workers well, and Ctrl-C with 130.

    The job waits as if nothing was.
    """
    (tmp_path / "docpipe.toml").write_text("", "utf-8")
    (tmp_path / "note.json").write_text(json.dumps(NOTE), "utf-8")
    (tmp_path / "inbox").mkdir()
    drop(tmp_path / "inbox", 1)

    with serving(lambda handler, _: handler.stall()) as server:
        for asked, arguments in enumerate((("watch", "inbox", "-s", "note.json"), ("worker",))):
            command = Command(
                tmp_path,
                *arguments,
                "--database",
                tmp_path / "docpipe.db",
                **{**QUICK, "model": f"{server.address}#tiny", "lease_s": 60},
            )
            try:
                until(lambda asked=asked: len(server.asked) > asked)  # type: ignore[misc]
                os.killpg(command.process.pid, told)  # as a terminal does, and a supervisor of services
                assert command.wait(10) == code, command.said
            finally:
                command.kill()
    with open_store(Settings(database=str(tmp_path / "docpipe.db"))) as store:
        (entry,) = store.jobs.entries()
        assert (entry.state, entry.attempts, entry.worker) == ("waiting", 0, None)
        assert store.problems() == []


def watchers(folder: Path, forks: Forks, files: int) -> None:
    """Four watchers and two workers on one folder that is filled meanwhile: each document exactly once."""
    inbox = prepare(folder)
    model = recorded(folder, range(files))
    settings = {**QUICK, "model": model, "database": folder / "docpipe.db"}
    watch = ("watch", "inbox", "-s", "note.json", "--workers", "0")
    running = [forks.start(folder, *watch, **settings) for _ in range(WATCHERS)]
    running += [forks.start(folder, "worker", **settings) for _ in range(2)]
    try:
        for number in range(files):
            drop(inbox, number)
        with open_store(Settings(database=str(folder / "docpipe.db"))) as store:
            until(lambda: store.jobs.standing().states["done"] == files, 60 + 5 * files, 0.2)
        check(folder, inbox, Settings(model=model))
    finally:
        for process in running:
            kill(process)


@pytest.mark.slow
def test_four_watchers_on_one_folder(tmp_path: Path, forks: Forks) -> None:
    """Each document is taken and read once, whoever sees it first."""
    watchers(tmp_path, forks, FILES)


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_several_workers_share_the_cores(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each computes with its part of them, unless the user said with how many."""
    database = str(tmp_path / "docpipe.db")

    def children() -> set[str]:
        return set(Path(f"/proc/self/task/{os.getpid()}/children").read_text("ascii").split())

    for size, said, each in ((1, None, None), (2, None, max(1, (os.cpu_count() or 1) // 2)), (2, "7", 7)):
        with monkeypatch.context() as patch, open_store(Settings(database=database)) as store:
            patch.delenv("OMP_NUM_THREADS", raising=False)
            if said is not None:
                patch.setenv("OMP_NUM_THREADS", said)
            crew = Crew(size, ["doctor", "--help"], {}, store, Journal(quiet=True))
            before = children()
            assert crew.tend() is None
            try:
                told = [Path(f"/proc/{child}/environ").read_bytes().split(b"\0") for child in children() - before]
            finally:
                crew.stop()
            assert [f"OMP_NUM_THREADS={each}".encode() in variables for variables in told] == [each is not None] * size


def test_a_worker_that_dies_is_replaced_and_its_job_goes_on(tmp_path: Path) -> None:
    """The watcher starts another one, which does not wait until the lease of the dead one ends."""
    (tmp_path / "docpipe.toml").write_text("", "utf-8")
    (tmp_path / "note.json").write_text(json.dumps(NOTE), "utf-8")
    (tmp_path / "inbox").mkdir()
    drop(tmp_path / "inbox", 1)
    killed: list[int] = []

    def play(handler: Handler, _: Mapping[str, Any]) -> None:
        if killed:
            handler.complete(json.dumps({"number": "N-00001"}))
        else:
            handler.stall()

    with serving(play) as server, open_store(Settings(database=str(tmp_path / "docpipe.db"))) as store:
        command = Command(
            tmp_path,
            *("watch", "inbox", "-s", "note.json", "--database", tmp_path / "docpipe.db", "--once"),
            **{**QUICK, "model": f"{server.address}#tiny", "lease_s": 3600},
        )
        try:
            until(lambda: len(server.asked) > 0)
            (entry,) = store.jobs.entries()
            killed.append(int(str(entry.worker).split(":")[1]))
            os.kill(killed[0], 9)
            assert command.wait() == 0, command.said
        finally:
            command.kill()
        (entry,) = store.jobs.entries()
        assert (entry.state, entry.attempts) == ("done", 2)
    assert sys.platform == "win32" or f"worker={killed[0]} signal=9" in command.said
