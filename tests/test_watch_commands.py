"""The commands around the watched folder: what they print, what they leave, and their exit codes."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from docpipe.cli import main
from docpipe.types import Reading
from tests.readings import entry, write_replay
from tests.watching import NOTE, QUICK, Command, note, schema

Run = Callable[..., tuple[int, str]]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], tmp_path: Path) -> Run:
    """The command `docpipe`, in this process and a folder of its own: its exit code, and what it says."""
    monkeypatch.chdir(tmp_path)

    def command(*arguments: str) -> tuple[int, str]:
        monkeypatch.setattr(sys, "argv", ["docpipe", *arguments])
        with pytest.raises(SystemExit) as left:
            main()
        out, err = capfd.readouterr()
        return (left.value.code if isinstance(left.value.code, int) else 0), out + err

    return command


@pytest.mark.slow
def test_a_folder_from_its_rule_to_its_jobs(tmp_path: Path, run: Run) -> None:
    """One run reads what a rule in docpipe.toml says, moves what is done, and the commands tell of the rest."""
    (tmp_path / "note.json").write_text(json.dumps(NOTE), "utf-8")
    rule = '[[folders]]\npath = "inbox"\nschema = "note.json"\nignore = ["*.draft.pdf"]\n'
    (tmp_path / "docpipe.toml").write_text(rule, "utf-8")
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    files = {"good.pdf": note(1), "wrong.pdf": note(2), "cut.pdf": note(3)[:300], "a.draft.pdf": note(4)}
    for name, content in files.items():
        (inbox / name).write_bytes(content)
    read = {1: "N-00001", 2: "N-00077"}
    lines = [entry(note(n), schema(), [Reading("/number", text, 1, confidence=0.9)]) for n, text in read.items()]
    model = write_replay(tmp_path / "replies.jsonl", lines)
    command = Command(tmp_path, "watch", "--once", "--move-done", "done", **QUICK, model=model)
    try:
        assert command.wait(300) == 4
    finally:
        command.kill()
    assert "3 inputs: 1 done, 1 needs review, 1 failed" in command.said
    assert (tmp_path / "done" / "good.pdf").read_bytes() == note(1)
    assert sorted(path.name for path in inbox.iterdir()) == ["a.draft.pdf", "cut.pdf", "wrong.pdf"]

    code, listed = run("jobs", "list")
    assert code == 0
    assert re.fullmatch(
        r" +\d  failed        note             \S+/inbox/cut.pdf: is cut off.*\n"
        r" +\d  done          note             \S+/inbox/good.pdf\n"
        r" +\d  needs review  note             \S+/inbox/wrong.pdf: .*\n",
        listed,
    )
    number = listed.split()[0]
    assert len(run("jobs", "list", "--state", "failed", "--json")[1].splitlines()) == 1
    shown = run("jobs", "show", number)[1]
    assert f"files      {inbox / 'cut.pdf'}\n" in shown
    assert f"why        source_damaged: {inbox / 'cut.pdf'}: is cut off" in shown
    assert json.loads(run("jobs", "show", number, "--json")[1])["attempts"] == 1
    moved = run("jobs", "show", next(line.split()[0] for line in listed.splitlines() if " done " in line))[1]
    assert f"files      {tmp_path / 'done' / 'good.pdf'}\nearlier    {inbox / 'good.pdf'}\n" in moved
    code, said = run("jobs", "show", "99")
    assert (code, said.splitlines()[-1]) == (5, "  next: docpipe jobs list")

    status = json.loads(run("status", "--json")[1])
    assert (status["inputs"], status["done"], status["needs_review"], status["failed"]) == (3, 1, 1, 1)
    assert status["inputs"] == sum(status[s] for s in ("waiting", "running", "done", "needs_review", "failed"))
    assert "inputs              3   in 3 files" in run("status")[1]
    assert run("jobs", "retry") == (0, "1 job waits to be read\n")
    status = json.loads(run("status", "--json")[1])
    assert (status["waiting"], status["failed"]) == (1, 0)
    assert status["seconds_left"] > 0


def test_a_folder_that_is_not_there_is_named(tmp_path: Path, run: Run) -> None:
    """Wrong usage ends at once, with the way out, and leaves nothing behind."""
    (tmp_path / "docpipe.toml").write_text("", "utf-8")
    code, said = run("watch", "nowhere")
    assert (code, said.splitlines()[-2:]) == (
        2,
        ["docpipe: nowhere: is not a folder", "  next: docpipe watch FOLDER"],
    )
    code, said = run("watch")
    assert code == 2
    assert "docpipe.toml has no [[folders]]" in said
    assert run("jobs", "list")[0] == 0
    (tmp_path / "docpipe.toml").write_text('[[folders]]\npath = "inbox"\npasword = "sesame"\n', "utf-8")
    code, said = run("watch", ".")
    assert code == 2
    assert 'docpipe.toml: folders[0].pasword: no such setting (did you mean "password"?)' in said
    assert "sesame" not in said
