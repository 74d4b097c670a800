"""`docpipe models`: which there are, and whether one reads the page that it is shown."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from docpipe.cli import app
from docpipe.errors import ModelNotLoaded, UnknownModel
from tests import tiny_models
from tests.fault_server import Handler, serving


def test_the_list_names_ours_servers_and_the_checkpoints_in_the_cache(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A checkpoint in the hub's cache is listed with its architecture; damaged folders are passed over."""
    snapshot = tmp_path / "models--llava-hf--tiny" / "snapshots" / "main"
    snapshot.mkdir(parents=True)
    (snapshot / "config.json").write_text('{"model_type": "llava"}', "utf-8")
    broken = tmp_path / "models--a--b" / "snapshots" / "main"
    broken.mkdir(parents=True)
    (broken / "config.json").write_text("[", "utf-8")
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path))
    lines = CliRunner().invoke(app, ["models", "list"]).output.splitlines()
    assert [line.split()[0] for line in lines] == ["nano", "replay", "http://HOST/v1#MODEL", "FOLDER,", "llava-hf/tiny"]
    assert lines[-1].endswith("in the hub's cache: llava")


def test_check_says_what_a_model_reads_and_how_fast() -> None:
    """A model that reads the page right ends with 0, one that reads it wrong with 4, and both are shown."""
    replies = [{"number": "B-7041", "date": "12 May 2024", "total": "318.40 EUR"}, {"number": "8", "date": None}]

    def play(handler: Handler, _: Mapping[str, Any]) -> None:
        handler.complete(json.dumps(replies[min(1, len(handler.server.asked) - 1)]))

    with serving(play) as server:
        right = CliRunner().invoke(app, ["models", "check", f"{server.address}#tiny"])
        wrong = CliRunner().invoke(app, ["models", "check", f"{server.address}#tiny"])
    assert right.exit_code == 0
    assert "3 of 3 fields right" in right.output
    assert "response_format kept so far" in right.output
    assert "gives no confidence" in right.output
    assert wrong.exit_code == 4
    assert "is not whole" in wrong.output
    assert "number   8; printed is B-7041" in wrong.output


def test_check_of_a_server_that_is_down_or_has_other_models_says_what_to_do() -> None:
    """A model that was not reached is not described; a name that the server does not know brings those it knows."""

    def play(handler: Handler, body: Mapping[str, Any]) -> None:
        handler.send(404, {"error": {"message": f"model '{body['model']}' not found"}})

    with serving(play, "big", "small") as server:
        wrong = CliRunner().invoke(app, ["models", "check", f"{server.address}#tiny"])
        unnamed = CliRunner().invoke(app, ["models", "check", server.address])
        nowhere = CliRunner().invoke(app, ["models", "check", f"{server.address}#big"])
    down = CliRunner().invoke(app, ["models", "check", f"{server.address}#tiny"])
    assert isinstance(wrong.exception, ModelNotLoaded)
    assert wrong.exception.message == f"{server.address} answered 404: model 'tiny' not found"
    assert wrong.exception.hint == f"the server has big, small: --model {server.address}#big"
    assert isinstance(unnamed.exception, UnknownModel)
    assert unnamed.exception.message == f"{server.address} has 2 models: big, small"
    assert isinstance(nowhere.exception, ModelNotLoaded)
    assert nowhere.exception.hint == "the address of a model server usually ends in /v1"
    assert down.exit_code == 4
    assert down.output.splitlines()[1:] == [
        f"reads      no: {server.address} cannot be reached",
        "next       is the model server running there?",
    ]


@pytest.mark.usefixtures("one_thread")
def test_check_of_a_checkpoint_says_what_it_is_and_shows_what_it_read(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Random weights read nothing right: each value is shown, cut where it is long, with what is printed."""
    monkeypatch.setenv("DOCPIPE_PAGE_TIMEOUT_S", "300")
    place = tiny_models.save("llava", tmp_path / "llava")
    checked = CliRunner().invoke(app, ["models", "check", str(place), "--device", "cpu", "--dtype", "float32"])
    assert checked.exit_code == 4, checked.output
    lines = checked.output.splitlines()
    assert lines[0].startswith(f"opened     {place} in ")
    assert lines[1].startswith("reads      0 of 3 fields right, ")
    assert [line.rpartition("; printed is ")[2] for line in lines[2:5]] == ["B-7041", "12 May 2024", "318.40 EUR"]
    assert max(map(len, lines[2:5])) < 120
    assert lines[5:] == [
        "sure       says how sure it is of each value",
        "places     gives no places: the text of a page does",
        "what       llava, 0.1 M weights, float32 on cpu, held to the schema",
    ]
    refused = CliRunner().invoke(app, ["models", "check", str(place), "--device", "cuda:7"])
    assert isinstance(refused.exception, ModelNotLoaded)
    assert str(refused.exception.hint).startswith("--device cpu")


def test_check_of_nano_says_that_it_gives_places() -> None:
    """The model that ships is opened by its name, and is sure of what it reads and where."""
    checked = CliRunner().invoke(app, ["models", "check", "nano"])
    lines = checked.output.splitlines()
    assert lines[0].startswith("opened     nano-1 in ")
    assert lines[1].startswith("reads      ")
    assert lines[5:] == ["sure       says how sure it is of each value", "places     says where each value stands"]
    assert checked.exit_code == (4 if lines[1].startswith("reads      0 of") else 0)
