"""A folder with everything that goes wrong in real life beside one good invoice, through the command line."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pymupdf
import pytest

from docpipe.schema import load_schema
from tests.handmade import memory_eater, nested_forms, one_page, text_at
from tests.readings import entry, perfect, sample, write_replay

ROOT = Path(__file__).resolve().parent.parent
INVOICE = sample("invoice-01")
LIMITS = {"DOCPIPE_RENDER_TIMEOUT_S": "4", "DOCPIPE_RENDER_MEMORY_MB": "768"}


def encrypted(data: bytes) -> bytes:
    with pymupdf.open(stream=data, filetype="pdf") as document:
        locked: bytes = document.tobytes(encryption=pymupdf.PDF_ENCRYPT_AES_256, user_pw="secret", owner_pw="owner")
    return locked


FAULTS: dict[str, tuple[Callable[[bytes], bytes], set[str], str]] = {
    "cut.pdf": (lambda good: good[: len(good) // 2], {"source_damaged"}, "is cut off"),
    "eats memory.pdf": (lambda _: memory_eater(), {"render_memory"}, "needs more than the limit of 768 MB"),
    "empty.pdf": (lambda _: b"", {"source_empty"}, "has no bytes"),
    # Which limit ends it first depends on the machine.
    "hangs.pdf": (lambda _: nested_forms(), {"render_timeout", "render_memory"}, "page 1: "),
    "huge.pdf": (
        lambda _: one_page(text_at(100, 14300, "Plan"), size=(14400, 14400)),
        {"source_too_large"},
        "at 110 dpi that is 484 megapixels, the limit is 40",
    ),
    "locked.pdf": (encrypted, {"source_encrypted"}, "a password is needed to open it"),
    "text.pdf": (lambda _: b"Dear Sir or Madam,\n", {"source_unsupported"}, "is plain text"),
}


def children() -> set[int]:
    """Every process on this machine that is a render child."""
    found = set()
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                if b"docpipe.render_child" in (folder / "cmdline").read_bytes():
                    found.add(int(folder.name))
            except OSError:  # it ended while we looked
                continue
    return found


@pytest.mark.skipif(sys.platform != "linux", reason="limits on memory and the list of processes are Linux's")
def test_every_fault_is_told_and_the_good_document_is_read_as_ever(tmp_path: Path) -> None:
    """Seven faults and a good invoice: seven typed errors with a way out, one undisturbed record, no child left."""
    schema = load_schema("invoice")
    model = write_replay(tmp_path / "replies.jsonl", [entry(INVOICE, schema, perfect(INVOICE, schema))])
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    good = INVOICE.read_bytes()
    (inbox / "good.pdf").write_bytes(good)
    for name, (make, _, _) in FAULTS.items():
        (inbox / name).write_bytes(make(good))

    def extract(what: Path) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "docpipe", "extract", str(what), "-s", "invoice", "-m", model, "-f", "jsonl"]
        environment = {**os.environ, **LIMITS, "PYTHONPATH": str(ROOT)}
        return subprocess.run(command, capture_output=True, text=True, env=environment, check=False, timeout=120)

    before = children()
    start = time.monotonic()
    ran = extract(inbox)
    seconds = time.monotonic() - start
    alone = extract(inbox / "good.pdf")

    assert ran.returncode == 4, ran.stderr
    assert alone.returncode == 0, alone.stderr
    assert children() <= before
    # Two files run into the limit of four seconds, the others cost next to nothing.
    assert seconds < 40
    records: dict[str, dict[str, Any]] = {Path(r["source"]).name: r for r in map(json.loads, ran.stdout.splitlines())}
    assert set(records) == {"good.pdf", *FAULTS}
    undisturbed = json.loads(alone.stdout)
    assert {**records["good.pdf"], "timing": None} == {**undisturbed, "timing": None}
    assert undisturbed["status"] == "ok"
    for name, (_, codes, message) in FAULTS.items():
        error = records[name]["error"]
        assert records[name]["status"] == "failed"
        assert error["code"] in codes
        assert message in error["message"]
        assert error["hint"], name
