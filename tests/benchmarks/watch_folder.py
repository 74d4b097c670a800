"""The watched folder at full size: kills, full disks, many watchers, many files, long outages; prints what came of it.

python tests/benchmarks/watch_folder.py kills [500]         kill -9 of a watcher and two workers at random moments
python tests/benchmarks/watch_folder.py points              kill -9 before every call that changes the disk
python tests/benchmarks/watch_folder.py disk                the disk is full at every block (as root)
python tests/benchmarks/watch_folder.py watchers [20]       runs of four watchers on a folder of 200 files
python tests/benchmarks/watch_folder.py many [10000]        small files dropped at once; the watcher's memory
python tests/benchmarks/watch_folder.py rate [200]          small files that nano reads; how many a minute
python tests/benchmarks/watch_folder.py outage [60]         seconds of a locked database, then of no model server
python tests/benchmarks/watch_folder.py folder PATH         everything in a folder, with nano
"""

from __future__ import annotations

import itertools
import json
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from docpipe.settings import Settings
from docpipe.store import open_store
from tests.fault_server import Handler, serving
from tests.forks import Forks
from tests.killing import CALLS, drop, point_kills, prepare, random_kills
from tests.test_watch_faults import full_disk, watchers
from tests.watching import Command, note, recorded, until

FILES = 200


def memory(process: int, which: str) -> float:
    """Megabytes that a process has in memory."""
    lines = Path(f"/proc/{process}/status").read_text("utf-8").splitlines()
    (line,) = (line for line in lines if line.startswith(f"{which}:"))
    return int(line.split()[1]) / 1024


def new(folder: Path) -> Path:
    """A folder of our own."""
    return Path(tempfile.mkdtemp(dir=folder))


def kills(folder: Path, count: int) -> None:
    """Kill at random moments."""
    seed = random.randrange(2**32)
    print(f"seed {seed}", flush=True)
    forks = Forks()
    try:
        took = random_kills(new(folder), forks, count, seed)
    finally:
        forks.close()
    print(f"{count} kills: nothing lost, nothing twice, all as undisturbed; work went on {took:.0f} s after the last")


def points(folder: Path, _: int) -> None:
    """Kill before every call."""
    forks = Forks()
    try:
        for call in CALLS:
            killed = point_kills(new(folder), forks, call, itertools.count(1))
            print(f"{call}: killed before each of {len(killed)}, nothing lost, nothing twice", flush=True)
    finally:
        forks.close()


def disk(folder: Path, _: int) -> None:
    """Fill the disk to every block."""
    inbox = prepare(new(folder))
    drop(inbox, 1)
    small = new(folder)
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(small)], check=True)
    try:
        outcomes = []
        for blocks in itertools.count():
            failed, made = full_disk(small, inbox, blocks)
            outcomes.append(json.dumps(made))
            if not failed:
                break
    finally:
        subprocess.run(["umount", str(small)], check=True)
    print(f"full at each of {len(outcomes) - 1} blocks: {len(set(outcomes))} outcome, which is that of an empty disk")


def many_watchers(folder: Path, runs: int) -> None:
    """Four watchers, again and again."""
    forks = Forks()
    try:
        for run in range(1, runs + 1):
            started = time.monotonic()
            place = new(folder)
            watchers(place, forks, FILES)
            shutil.rmtree(place)
            print(f"run {run}: {FILES} files, each once, {time.monotonic() - started:.0f} s", flush=True)
    finally:
        forks.close()


def many(folder: Path, count: int) -> None:
    """Drop many files at once."""
    place = new(folder)
    inbox = prepare(place)
    model = recorded(place, range(count))
    settings = {"model": model, "database": place / "docpipe.db", "rescan_s": 5, "settle_s": 1}
    command = Command(place, "watch", "inbox", "-s", "note.json", "--workers", "2", "-q", **settings)
    ours = Settings(database=str(place / "docpipe.db"))
    try:
        drop(inbox, 0)
        until(lambda: (place / "docpipe.db").exists())
        with open_store(ours) as store:
            until(lambda: store.jobs.standing().states["done"] == 1, 300)
            before = memory(command.process.pid, "VmRSS")
            (place / "heap").mkdir()
            for number in range(1, count):
                (place / "heap" / f"N-{number:05}.pdf").write_bytes(note(number))
            started = time.monotonic()
            (place / "heap").rename(inbox / "heap")
            until(lambda: store.jobs.standing().inputs == count, 24 * 3600, 1)
            print(f"{count} files taken in {time.monotonic() - started:.0f} s", flush=True)
            print(
                f"memory of the watcher: {before:.0f} MB before, at most {memory(command.process.pid, 'VmHWM'):.0f} MB"
            )
            sys.stdout.flush()
            until(lambda: store.jobs.standing().left == 0, 24 * 3600, 1)
            standing = store.jobs.standing()
            took = time.monotonic() - started
            print(f"all read in {took:.0f} s: {dict(standing.states)}, {standing.inputs} inputs", flush=True)
            print(f"memory of the watcher, at most: {memory(command.process.pid, 'VmHWM'):.0f} MB")
            print(f"problems: {store.problems()}")
    finally:
        command.kill()


def outage(folder: Path, seconds: int) -> None:
    """Lock the database, then take the model server away."""
    place = new(folder)
    inbox = prepare(place)
    drop(inbox, 1)

    def play(handler: Handler, _: Mapping[str, Any]) -> None:
        handler.complete(json.dumps({"number": "N-00001"}))

    with serving(play) as server:
        address, port = server.address, server.server_address[1]
    command = Command(
        place,
        *("watch", "inbox", "-s", "note.json", "--log-format", "json"),
        database=place / "docpipe.db",
        model=f"{address}#tiny",
    )
    try:
        until(lambda: "work_paused" in command.said, 120)
        other = sqlite3.connect(place / "docpipe.db", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        drop(inbox, 2)
        threading.Event().wait(seconds + 15)  # writers give up after 60 seconds, and come again
        other.execute("ROLLBACK")
        other.close()
        threading.Event().wait(seconds)
        with serving(play, port=port), open_store(Settings(database=str(place / "docpipe.db"))) as store:
            back = time.monotonic()
            until(lambda: store.jobs.standing().inputs == 2 and store.jobs.standing().left == 0, 300)
            took = time.monotonic() - back
            entries = store.jobs.entries()
        print(f"locked for {seconds + 15} s, then no model server for {seconds} s: done {took:.0f} s after it was back")
        print(f"jobs: {[(entry.state, entry.attempts) for entry in entries]}")
        print(f"pauses: {command.said.count('paused')}")
    finally:
        command.kill()


def rate(folder: Path, count: int) -> None:
    """Have nano read small files."""
    inbox = prepare(new(folder))
    for number in range(count):
        drop(inbox, number)
    whole(folder, inbox, "-s", str(inbox.parent / "note.json"))


def whole(folder: Path, path: Path, *arguments: str) -> None:
    """Read what lies in a folder."""
    place = new(folder)
    (place / "docpipe.toml").write_text("", "utf-8")
    started = time.monotonic()
    # On a machine that does much else, a page takes longer than its minute.
    command = Command(
        place,
        "watch",
        path,
        "--once",
        "--log-format",
        "json",
        *arguments,
        database=place / "docpipe.db",
        page_timeout_s=6000,
    )
    try:
        assert command.wait(24 * 3600) in (0, 3, 4, 5), command.said
    finally:
        command.kill()
    took = time.monotonic() - started
    with open_store(Settings(database=str(place / "docpipe.db"))) as store:
        standing = store.jobs.standing()
        reasons: dict[str, int] = {}
        for entry in store.jobs.entries(state="failed"):
            reasons[str(entry.code)] = reasons.get(str(entry.code), 0) + 1
        print(f"{path}: {standing.files} files, {standing.inputs} inputs in {took:.0f} s: {dict(standing.states)}")
        print(f"failed: {reasons}; problems: {store.problems()}")
        print(f"{60 * standing.inputs / took:.1f} a minute")


if __name__ == "__main__":
    what = sys.argv[1] if len(sys.argv) > 1 else ""
    sizes = {"kills": 500, "points": 0, "disk": 0, "watchers": 20, "many": 10_000, "rate": 200, "outage": 60}
    does = {
        "kills": kills,
        "points": points,
        "disk": disk,
        "watchers": many_watchers,
        "many": many,
        "rate": rate,
        "outage": outage,
    }
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as top:
        if what == "folder":
            whole(Path(top), Path(sys.argv[2]).resolve())
        elif what in does:
            does[what](Path(top), int(sys.argv[2]) if len(sys.argv) > 2 else sizes[what])
        else:
            print(__doc__)
            sys.exit(2)
