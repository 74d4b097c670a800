"""A model server behind `docpipe add`: what goes into the database, and what an error in the middle of it leaves."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from docpipe.cli import app
from docpipe.errors import ModelNotLoaded
from docpipe.pipeline import Pipeline
from docpipe.settings import Settings, load_settings
from docpipe.store import open_store
from tests.fault_server import Handler, serving
from tests.readings import SAMPLES

TOKEN = "sk-tell-nobody-4711"
BILL = {
    "title": "Bill",
    "type": "object",
    "properties": {
        "number": {"type": ["string", "null"]},
        "net": {"type": ["number", "null"]},
        "tax": {"type": ["number", "null"]},
        "total": {"type": ["number", "null"]},
    },
    "x-rules": [{"rule": "net + tax == total", "message": "net and tax are not the total"}],
}
WRONG = {"number": "B-7", "net": "1.00", "tax": "0.20", "total": "9.00"}


def settings(address: str, **more: Any) -> Settings:
    """A server on the loopback, with short deadlines."""
    return load_settings(model=f"{address}#tiny", first_byte_timeout_s=20, request_timeout_s=20, dpi=40.0, **more)


def test_the_token_is_in_no_database_log_or_output(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    """A server repeats the token in values, with escapes, and in an error: no file of the store holds it afterwards."""
    monkeypatch.setenv("DOCPIPE_API_KEY", TOKEN)
    caplog.set_level(logging.DEBUG)
    schema = tmp_path / "bill.json"
    schema.write_text(json.dumps(BILL), "utf-8")
    escaped = "".join(f"\\u{ord(sign):04x}" for sign in TOKEN)

    def play(handler: Handler, _: Mapping[str, Any]) -> None:
        said = handler.headers["authorization"]
        if len(handler.server.asked) == 1:
            handler.complete(f'{{"number": "{said}", "net": "1.00", "tax": "{escaped}", "total": null}}')
        else:
            handler.send(401, {"error": {"message": f"bad key: {said}"}}, www_authenticate=said)

    with serving(play) as server:
        told = ["--database", str(tmp_path / "new" / "docpipe.db"), "--schema", str(schema), "--verbose"]
        told += ["--model", f"{server.address}#tiny"]
        files = [str(SAMPLES / f"invoice-0{number}.pdf") for number in (1, 2)]
        first = CliRunner().invoke(app, ["add", files[0], *told])
        second = CliRunner().invoke(app, ["add", files[1], *told])
        assert server.tokens == [f"Bearer {TOKEN}"] * len(server.tokens)
    assert isinstance(second.exception, ModelNotLoaded)
    assert "bad key: Bearer ***" in str(second.exception)
    kept = {path: path.read_bytes() for path in (tmp_path / "new").rglob("*") if path.is_file()}
    assert any(b"Bearer ***" in content for content in kept.values())
    forms = [form.encode() for form in (TOKEN, escaped, escaped.replace("\\", "\\\\"))]
    assert [path for path, content in kept.items() if any(form in content for form in forms)] == []
    assert TOKEN not in "".join([first.output, second.output, str(second.exception)])
    ours = [record for record in caplog.records if not record.name.startswith("httpcore")]  # what came over the wire
    assert TOKEN not in "".join(record.getMessage() for record in ours)


def test_the_caption_of_a_figure_is_a_field_that_no_page_contradicts() -> None:
    """A long description is taken as it is, unverified, in one request; the same words as print are contradicted."""
    caption = "Bars of three years, the last the tallest. " * 40
    text = {"type": ["string", "null"], "description": "What the figure shows", "maxLength": 4000}
    reply = json.dumps({"title": None, "figures": [{"caption": caption, "number": None}]})
    statuses = []
    for described in (True, False):
        figure = {"caption": {**text, "x-described": described}, "number": {"type": ["string", "null"]}}
        figures = {"type": "array", "items": {"type": "object", "properties": figure}}
        properties = {"title": {"type": ["string", "null"]}, "figures": figures}
        schema = {"title": "Figures", "type": "object", "properties": properties}
        with serving(lambda handler, _: handler.complete(reply)) as server, Pipeline(settings(server.address)) as pipe:
            record = pipe.extract(SAMPLES / "chart-01.pdf", schema=schema)
        assert record.data["figures"][0]["caption"] == caption.strip()
        value = next(value for value in record.values if value.pointer == "/figures/0/caption")
        statuses.append((value.status, record.status, len(server.asked)))
    assert statuses[0] == ("unverified", "ok", 1)
    assert statuses[1][:2] == ("conflict", "needs_review")


@pytest.mark.parametrize("status", [401, 403])
def test_a_key_that_is_refused_at_the_second_look_ends_the_run_and_keeps_the_first_readings(
    status: int, tmp_path: Path
) -> None:
    """The document comes out as it was read, the error has its hint, and the next run asks for the rest alone."""
    refuses = True

    def play(handler: Handler, body: Mapping[str, Any]) -> None:
        again = "What was wrong" in body["messages"][0]["content"][-1]["text"]
        if again and refuses:
            handler.send(status, {"error": {"message": "the key has expired"}})
        else:
            handler.complete(json.dumps({**WRONG, "total": "1.20"} if again else WRONG))

    with serving(play) as server:
        chosen = settings(server.address, database=str(tmp_path / "docpipe.db"))
        files = [SAMPLES / "invoice-01.pdf", SAMPLES / "invoice-02.pdf"]
        with Pipeline(chosen) as pipeline:
            stream = pipeline.stream(files, schema=BILL)
            record = next(stream)
            with pytest.raises(ModelNotLoaded, match="the key has expired") as caught:
                list(stream)
        assert caught.value.hint == "export DOCPIPE_API_KEY=..."
        assert record.status == "needs_review"
        assert record.data["number"] == "B-7"

        with open_store(chosen) as store, Pipeline(chosen, store=store) as pipeline:
            added = pipeline.add(files[:1], schema=BILL)
            assert next(added).kept is None  # it is not read to its end, so it is no record yet
            with pytest.raises(ModelNotLoaded):
                next(added)
            refuses = False
            before = len(server.asked)
            (whole,) = pipeline.add(files[:1], schema=BILL)
        assert whole.kept is not None
        assert whole.record.data["total"] is not None
        assert len(server.asked) == before + 1, "the first reading was asked again"
