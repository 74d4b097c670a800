"""What a model said is kept: a run that is killed goes on, a run of last week is held against one of today."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from docpipe.cli import app
from docpipe.errors import UsageError
from docpipe.evaluate.earlier import contests, load_earlier
from docpipe.evaluate.runner import Run, run
from docpipe.evaluate.tabulate import as_data, as_table
from docpipe.evaluate.truth import Truth, load_truths
from docpipe.settings import load_settings
from docpipe.types import ReadRequest, Reply
from tests.answering import Answering, nothing, the_truth
from tests.fault_server import Handler, serving
from tests.readings import sample, truth


@pytest.fixture
def truths(tmp_path: Path) -> tuple[Truth, ...]:
    """Two receipts with their truth."""
    for name in ("receipt-01", "receipt-02"):
        document = sample(name)
        for path in (document, document.with_suffix(".json")):
            (tmp_path / path.name).write_bytes(path.read_bytes())
    return load_truths(tmp_path)


class Counting(Answering):
    """Reads the truth, for seven tokens in and five out."""

    def extract(self, requests: Iterable[ReadRequest]) -> Iterator[Reply]:
        """As above."""
        for reply in super().extract(requests):
            yield replace(reply, input_tokens=7, output_tokens=5)


def kept(truths: Iterable[Truth], model: Answering, shelf: Path, **settings: Any) -> Run:
    """A run whose replies are kept in `shelf`."""
    return run(tuple(truths), load_settings(**settings), model=model, kept=shelf)


def test_what_was_said_is_not_asked_again(truths: tuple[Truth, ...], tmp_path: Path) -> None:
    """A run that was cut off goes on where it stopped, and costs what it did; another sharpness is asked."""
    shelf = tmp_path / "deep" / "replies.jsonl"
    first = kept(truths[:1], Counting(the_truth), shelf)
    later = Counting(the_truth)
    found = kept(truths, later, shelf)
    assert [Path(view.page.source.name).name for view in later.shown] == ["receipt-02.jpg"]
    assert found.resumed == 1
    assert [score.f1 for score in found.scores] == [1.0, 1.0]
    assert found.scores[0].spent.processor_s >= 0.9 * first.scores[0].spent.processor_s - 0.05
    tokens = {name: m.value for name, m in found.summary.measures.items() if "tokens" in name}
    assert tokens == {"input_tokens_a_page": 7, "output_tokens_a_page": 5}
    idle, sharper = Counting(the_truth), Counting(the_truth)
    assert kept(truths, idle, shelf).resumed == 2
    assert idle.shown == []
    kept(truths, sharper, shelf, dpi=150)
    assert len(sharper.shown) == 2


def test_a_model_that_counts_no_tokens_has_no_figure_for_them(truths: tuple[Truth, ...]) -> None:
    """Zero would be a claim."""
    found = run(truths[:1], load_settings(), model=Answering(the_truth))
    assert not [name for name in found.summary.measures if "tokens" in name]


def test_another_models_replies_are_left_alone(truths: tuple[Truth, ...], tmp_path: Path) -> None:
    """One file serves several models; the same file is one of recorded replies."""
    shelf = tmp_path / "replies.jsonl"
    kept(truths, Answering(the_truth), shelf)
    other = Answering(nothing, "nothing-1")
    assert [score.f1 for score in kept(truths, other, shelf).scores] == [0.0, 0.0]
    assert len(other.shown) == 2
    replayed = run(truths, load_settings(model=f"replay:{shelf}"))
    assert [score.f1 for score in replayed.scores] == [0.0, 0.0]


def test_a_damaged_file_is_named(truths: tuple[Truth, ...], tmp_path: Path) -> None:
    """A line in the middle that is no reply is refused with its place; half a line at the end was being written."""
    shelf = tmp_path / "replies.jsonl"
    kept(truths[:1], Answering(the_truth), shelf)
    whole = shelf.read_bytes()
    shelf.write_bytes(whole + b'{"task": "extr')
    later = Answering(the_truth)
    assert kept(truths[:1], later, shelf).resumed == 1
    assert shelf.read_bytes() == whole
    shelf.write_bytes(whole + b'{"spent": {}}\n')
    with pytest.raises(UsageError, match=r"replies\.jsonl:2 is no kept reply"):
        kept(truths[:1], later, shelf)


FIELD = {"title": "Slip", "type": "object", "properties": {"total": {"type": ["number", "null"]}}}


@pytest.mark.skipif(sys.platform == "win32", reason="nothing is killed like this there")
def test_a_killed_run_asks_nothing_twice(tmp_path: Path) -> None:
    """Four pictures; the process is killed without warning while the third is read. The next run asks for two."""
    for number in range(4):
        picture = sample("receipt-02").read_bytes() + bytes([number])  # four documents that look the same
        (tmp_path / f"{number}.jpg").write_bytes(picture)
        (tmp_path / f"{number}.expected.json").write_text('{"total": 2}', "utf-8")
    third = threading.Event()

    def play(handler: Handler, _: Mapping[str, Any]) -> None:
        if len(handler.server.asked) == 3:
            third.set()
            handler.stall()
        else:
            handler.complete('{"total": "2.00"}')

    shelf = tmp_path / "replies.jsonl"
    with serving(play) as server:
        name = f"{server.address}#tiny"
        command = [sys.executable, "-m", "docpipe", "eval", str(tmp_path), "-s", json.dumps(FIELD), "-m", name]
        command += ["--record", str(shelf), "--json"]
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as cut:
            assert third.wait(120)
            os.kill(cut.pid, signal.SIGKILL)
        assert cut.returncode == -signal.SIGKILL
        assert len(server.asked) == 3
        again = subprocess.run(command, capture_output=True, check=True)
        assert len(server.asked) == 3 + 2
        last = subprocess.run(command, capture_output=True, check=True)
        assert len(server.asked) == 3 + 2
    for ran, resumed in ((again, 2), (last, 4)):
        (found,) = json.loads(ran.stdout)["runs"]
        assert found["resumed"] == resumed
        assert found["measures"]["exact"]["value"] == 1.0
        assert found["measures"]["output_tokens_a_page"]["value"] == 5


# Two runs.


def written(runs: list[Run], place: Path) -> Path:
    """What --json writes of them."""
    place.write_text(json.dumps(as_data("receipts", runs, contests(runs))), "utf-8")
    return place


def test_a_run_is_held_against_an_earlier_one(truths: tuple[Truth, ...], tmp_path: Path) -> None:
    """The run before a change was worse on one document: that one is named, and the gain is exact."""

    def half(document: Path, readings: Any) -> Any:
        return nothing(document, readings) if document.stem == "receipt-01" else readings

    before = run(truths, load_settings(), model=Answering(half))
    now = run(truths, load_settings(), model=Answering(the_truth))
    earlier = load_earlier(written([before], tmp_path / "before.json"))
    (contest,) = contests([now], earlier)
    assert contest.one == "answering-1 in before.json"
    assert contest.warning is None
    assert contest.comparison.better == (("receipt-01.pdf", 0.0, 1.0),)
    assert contest.comparison.worse == ()
    exact = contest.comparison.differences["exact"]
    assert (exact.value, exact.low, exact.high) == (0.5, 0.0, 1.0)
    said = as_table("receipts", [now], [contest], width=120)
    assert "answering-1 (second) against answering-1 in before.json (first)" in said
    assert "better documents: 1\n  receipt-01.pdf: field F1 0.0, now 100.0\nworse documents: 0" in said


def test_what_else_is_different_is_said(truths: tuple[Truth, ...], tmp_path: Path) -> None:
    """Other documents, other pages: only what is in both counts, and it is said."""
    before = run(truths[:1], load_settings(), model=Answering(the_truth), pixels_only=True)
    now = run(truths, load_settings(), model=Answering(the_truth))
    (contest,) = contests([now], load_earlier(written([before], tmp_path / "before.json")))
    assert contest.comparison.documents == 1
    assert contest.warning == (
        "pages were shown otherwise: then pictures, 110 dpi, now documents as they are, 110 dpi; "
        "1 documents are in both; 1 were read then, 2 now"
    )
    other = [run(truths[1:], load_settings(), model=Answering(the_truth))]
    with pytest.raises(UsageError, match="none of its documents"):
        contests(other, load_earlier(tmp_path / "before.json"))


@pytest.mark.parametrize("text", ["", "[]", '{"runs": [{"model": "a"}]}'])
def test_another_file_is_no_earlier_run(tmp_path: Path, text: str) -> None:
    """It is named, with the command that writes one."""
    (tmp_path / "before.json").write_text(text, "utf-8")
    with pytest.raises(UsageError, match=r"before\.json is not what docpipe eval --json wrote"):
        load_earlier(tmp_path / "before.json")


# What people reviewed.


def test_reviewed_values_are_truth(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a person confirmed or set counts, and nothing else; it is read anew, without the database."""
    document = sample("receipt-02")
    known = truth(document)["texts"]
    readings = {pointer.strip("/"): text for pointer, text in known.items() if pointer.count("/") == 1}

    def answer(handler: Handler, _: Mapping[str, Any]) -> None:
        handler.complete(json.dumps(readings))

    database = ["--database", str(tmp_path / "docs.db")]
    monkeypatch.chdir(tmp_path)
    with serving(answer) as server:
        model = ["-m", f"{server.address}#tiny"]
        ran = CliRunner().invoke(app, ["add", str(document), "-s", "receipt", *model, *database])
        assert ran.exit_code in (0, 3, 4), ran.output
        nobody = CliRunner().invoke(app, ["eval", "--reviewed", *model, *database])
        assert isinstance(nobody.exception, UsageError)
        sets = ["--set", "/total=1.00", "--set", f"/merchant_name={truth(document)['data']['merchant_name']}"]
        assert CliRunner().invoke(app, ["review", "1", *sets, *database]).exit_code in (0, 3, 4)
        found = CliRunner().invoke(app, ["eval", "--reviewed", *model, *database, "--json"])
    assert found.exit_code == 0, found.output
    (result,) = json.loads(found.stdout)["runs"]
    assert result["fields"].keys() == {"receipt/merchant_name", "receipt/total"}
    (one,) = result["by_document"]
    assert one["document"] == f"1 {document} (receipt)"
    assert [(miss["pointer"], miss["verdict"], miss["expected"]) for miss in one["misses"]] == [("/total", "wrong", 1)]


def test_either_a_folder_or_reviews() -> None:
    """One of them says what is expected."""
    for arguments in (["eval"], ["eval", ".", "--reviewed"]):
        ran = CliRunner().invoke(app, arguments)
        assert "one of FOLDER, --reviewed and --questions" in str(ran.exception)
