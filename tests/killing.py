"""Processes that watch and read are killed, at random moments and at every write; what must hold then is looked at."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

from docpipe.settings import Settings
from docpipe.store import open_store
from tests.forks import Forks, alive, kill
from tests.watching import NOTE, QUICK, Reader, assert_nothing_lost_nothing_twice, note, recorded, undisturbed, until

# Seconds in which work goes on after a kill.
RESUMED_S = 60
# Whatever changes what lies on a disk, and whatever makes it stay there.
CALLS = ("fdatasync", "fsync", "rename", "unlink", "write", "pwrite64")


def prepare(folder: Path) -> Path:
    """A folder with the schema of notes and an inbox."""
    (folder / "docpipe.toml").write_text("", "utf-8")
    (folder / "note.json").write_text(json.dumps(NOTE), "utf-8")
    (folder / "inbox").mkdir()
    return folder / "inbox"


def drop(inbox: Path, number: int) -> None:
    """Write a note, not all at once."""
    content = note(number)
    with (inbox / f"N-{number:05}.pdf").open("wb") as out:
        out.write(content[:100])
        out.flush()
        out.write(content[100:])


def check(folder: Path, inbox: Path, settings: Settings, model: Reader | None = None) -> None:
    """Nothing is lost, nothing is there twice, everything is as if nobody had been killed."""
    expected = undisturbed(folder / "undisturbed", inbox, settings, model)
    assert len(expected) == len(list(inbox.iterdir()))
    with open_store(Settings(database=str(folder / "docpipe.db"))) as store:
        assert_nothing_lost_nothing_twice(store, expected)


def random_kills(folder: Path, forks: Forks, kills: int, seed: int) -> float:
    """Kill a watcher and two workers `kills` times while documents come in; seconds until work went on after that."""
    chance = random.Random(seed)
    inbox = prepare(folder)
    model = recorded(folder, range(kills))
    settings = {**QUICK, "model": model, "database": folder / "docpipe.db", "job_attempts": 5}
    watch = ("watch", "inbox", "-s", "note.json", "--workers", "0", "--poll", "--log-format", "json")
    roles = [watch, ("worker", "--log-format", "json"), ("worker", "--log-format", "json")]
    running = [forks.start(folder, *role, **settings) for role in roles]
    for number in range(kills):
        drop(inbox, number)
        time.sleep(chance.uniform(0.0, 0.6))
        place = chance.randrange(len(running))
        kill(running[place])
        running[place] = forks.start(folder, *roles[place], **settings)
    last = time.monotonic()
    with open_store(Settings(database=str(folder / "docpipe.db"))) as store:
        done = store.jobs.standing().states["done"]
        until(lambda: store.jobs.standing().states["done"] > min(done, kills - 1), RESUMED_S)
        took = time.monotonic() - last
        until(lambda: store.jobs.standing().states["done"] == kills, 10 * RESUMED_S + kills)
    for process in running:
        os.kill(process, signal.SIGTERM)
    for process in running:
        while alive(process):
            time.sleep(0.02)
    check(folder, inbox, Settings(model=model))
    return took


def point_kills(folder: Path, forks: Forks, call: str, points: Iterator[int]) -> list[int]:
    """Kill a process that takes and reads, before its n-th `call`, for every n until there is none; those n.

    Between two calls nothing changes on the disk, so that before one is after the one before it.
    """
    inbox = prepare(folder)
    settings = {**QUICK, "settle_s": 0, "lease_s": 1, "database": folder / "docpipe.db", "job_attempts": 1000}
    settings = {**settings, "dpi": 36}
    killed = []
    for number, point in enumerate(points):
        drop(inbox, number)
        process = forks.start(folder, "both", "inbox", traced=True, **settings)
        trace = f"trace={call}", "-e", f"inject={call}:signal=SIGKILL:when={point}"
        command = ["strace", "-qq", "-o", str(folder / "strace.txt"), "-e", *trace, "-p", str(process)]
        tracer = subprocess.Popen(command, stderr=subprocess.DEVNULL)
        tracer.wait(120)
        while alive(process):
            time.sleep(0.01)
        if "killed by SIGKILL" not in (folder / "strace.txt").read_text("utf-8"):
            break
        killed.append(point)
    process = forks.start(folder, "both", "inbox", **settings)
    while alive(process):
        time.sleep(0.02)
    check(folder, inbox, Settings(dpi=36), Reader())
    return killed


def can_trace() -> str | None:
    """Why processes cannot be traced here, None when they can."""
    if shutil.which("strace") is None:
        return "strace is not installed"
    ran = subprocess.run(["strace", "-o", "/dev/null", "true"], capture_output=True, text=True, check=False)
    return None if ran.returncode == 0 else f"strace does not work here: {ran.stderr.strip()}"
