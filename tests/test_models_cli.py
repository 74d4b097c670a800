"""`docpipe models`: which there are, and whether one reads the page that it is shown."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from docpipe.cli import app
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
    assert wrong.exit_code == 4
    assert "is not whole" in wrong.output
