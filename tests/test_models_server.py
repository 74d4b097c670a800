"""A model server that misbehaves costs a typed error within its deadline, or nothing; never a wrong value."""

from __future__ import annotations

import base64
import io
import json
import logging
import re
import socket
import time
import traceback
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from docpipe.errors import (
    DocpipeError,
    ModelError,
    ModelNotLoaded,
    ModelTimeout,
    ModelUnavailable,
    ReplyInvalid,
    SettingsError,
    UnknownModel,
)
from docpipe.models import open_model
from docpipe.models.server import Server
from docpipe.pipeline import Pipeline
from docpipe.schema import Schema, load_schema
from docpipe.settings import Settings, load_settings
from docpipe.types import ReadRequest, Reply
from tests.fault_server import Handler, Play, serving
from tests.readings import SAMPLES
from tests.views import view

BILL = load_schema(
    {
        "title": "Bill",
        "type": "object",
        "properties": {
            "number": {"type": ["string", "null"], "description": "Number of the bill"},
            "total": {"type": ["number", "null"]},
            "rows": {
                "type": "array",
                "items": {
                    "type": "object",
                    "properties": {"item": {"type": ["string", "null"]}, "price": {"type": ["number", "null"]}},
                },
            },
        },
    }
)
ROWS = [{"item": "Bolt", "price": "1.50"}, {"item": "Nut", "price": "0.50"}]
GOOD = {"number": "B-7", "total": "2.00 EUR", "rows": ROWS}
VALUES = {
    "/number": "B-7",
    "/total": "2.00 EUR",
    "/rows/0/item": "Bolt",
    "/rows/0/price": "1.50",
    "/rows/1/item": "Nut",
    "/rows/1/price": "0.50",
}
PARTS = ("logprobs", "stream_options", "response_format")


def settings(**more: Any) -> Settings:
    """Short deadlines, so that the tests are quick."""
    limits = {"connect_timeout_s": 2, "first_byte_timeout_s": 0.6, "request_timeout_s": 2.0, "page_tokens": 400}
    return load_settings(**{**limits, **more})


def read(play: Play, *, schema: Schema = BILL, **more: Any) -> tuple[Reply, list[Mapping[str, Any]]]:
    """The reply of a server that plays `play`, and what it was asked."""
    with serving(play) as server:
        model = Server(f"{server.address}#tiny", settings(**more))
        (reply,) = model.extract([ReadRequest((view(),), schema)])
        return reply, server.asked


def values(reply: Reply) -> dict[str, str | None]:
    """What was read, by pointer."""
    return {reading.pointer: reading.printed for reading in reply.readings}


def script(*texts: str | dict[str, Any], finish: str = "stop") -> Play:
    """A server that gives these replies one after the other, and the last one for ever."""
    left = list(texts)

    def play(handler: Handler, _: Mapping[str, Any]) -> None:
        text = left.pop(0) if len(left) > 1 else left[0]
        handler.complete(text if isinstance(text, str) else json.dumps(text), finish)

    return play


def test_a_page_is_sent_as_a_picture_with_the_schema_and_comes_back_as_readings() -> None:
    """One request holds the picture's bytes, the instructions and the schema; the reply's texts stay as printed."""
    reply, (asked,) = read(script(GOOD))
    assert values(reply) == VALUES
    assert {reading.page for reading in reply.readings} == {1}
    assert (reply.finish_reason, reply.input_tokens, reply.output_tokens) == ("stop", 7, 5)
    picture, words = asked["messages"][0]["content"]
    head, _, data = picture["image_url"]["url"].partition(",")
    assert head == "data:image/jpeg;base64"
    assert Image.open(io.BytesIO(base64.b64decode(data))).size == (160, 220)
    assert "Number of the bill" in words["text"]
    schema = asked["response_format"]["json_schema"]["schema"]
    assert schema["required"] == ["number", "total", "rows"]
    assert schema["additionalProperties"] is False


def test_a_streamed_reply_gives_the_probability_of_each_value() -> None:
    """The confidence of a value is the product of its tokens' probabilities, quotes included."""
    pieces = [
        ('{"number": ', 0.0),
        ('"B', -0.1),
        ('-7"', -0.2),
        (', "total": ', 0.0),
        ("null", -0.5),
        (', "rows": []}', 0.0),
    ]

    def play(handler: Handler, _: Mapping[str, Any]) -> None:
        handler.begin()
        for text, log in pieces:
            handler.delta(text, logprobs={"content": [{"token": text, "logprob": log}]})
        handler.delta("", "stop")
        handler.done()

    reply, _ = read(play)
    sure = {reading.pointer: reading.confidence for reading in reply.readings}
    assert values(reply) == {"/number": "B-7", "/total": None}
    assert sure["/number"] == pytest.approx(0.740818, abs=1e-6)
    assert sure["/total"] == pytest.approx(0.606531, abs=1e-6)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (f"Sure! Here it is:\n```json\n{json.dumps(GOOD, indent=2)}\n```\nAnything else?", "a fence and chatter"),
        (f"<think>the total {{is}} 9</think>{json.dumps(GOOD)}", "a chain of thought"),
        (json.dumps(GOOD).replace('"B-7",', '"B-7"').replace("}]}", "},]}"), "a comma missing and one too many"),
        (json.dumps({**GOOD, "iban": "DE00", "total": 2.0}).replace("2.0,", "2.00,"), "a number and a field too many"),
    ],
    ids=lambda part: part if len(part) < 40 else "",
)
def test_a_server_that_ignores_the_schema_is_read_all_the_same(text: str, why: str) -> None:
    """Fences, chatter, damaged JSON and other types cost nothing: the values are the same, in one request."""
    reply, asked = read(script(text))
    expected = {**VALUES, "/total": "2.00"} if "number" in why else VALUES
    assert values(reply) == expected
    assert len(asked) == 1
    assert reply.finish_reason == "stop"


def test_several_pages_are_named_and_a_reply_says_on_which_of_them_a_value_stands() -> None:
    """Each picture has its page before it; a row's page is that of its cells; a page that was not shown is none."""
    rows = [{"(page)": 4, **ROWS[0]}, {"(page)": "5", **ROWS[1]}]
    said = {"number": "B-7", "number (page)": 4, "total": "2.00 EUR", "total (page)": 9, "rows": rows}
    with serving(script(said, {"answer": "12 May", "page": 5})) as server:
        model = Server(f"{server.address}#tiny", settings())
        (reply,) = model.extract([ReadRequest((view(4), view(5)), BILL)])
        answer = model.answer([view(4), view(5)], "When is it due?")
        asked, again = server.asked
    assert values(reply) == VALUES
    assert {r.pointer: r.page for r in reply.readings} == {
        "/number": 4,
        "/total": None,
        "/rows/0/item": 4,
        "/rows/0/price": 4,
        "/rows/1/item": 5,
        "/rows/1/price": 5,
    }
    assert [(r.printed, r.page) for r in answer.readings] == [("12 May", 5)]
    shown = [part.get("text", "picture") for part in asked["messages"][0]["content"]]
    assert shown[:4] == ["Page 4:", "picture", "Page 5:", "picture"]
    schema = asked["response_format"]["json_schema"]["schema"]
    assert schema["required"] == ["number", "number (page)", "total", "total (page)", "rows"]
    assert schema["properties"]["rows"]["items"]["required"] == ["(page)", "item", "price"]
    assert schema["properties"]["total (page)"] == {"enum": [4, 5, None]}
    assert again["response_format"]["json_schema"]["schema"]["required"] == ["answer", "page"]


def test_what_is_missing_is_asked_again_once_and_alone() -> None:
    """A reply without a field and with a row without its price is repaired by one request for these two."""
    first = {"total": "2.00 EUR", "rows": [ROWS[0], {"item": "Nut"}]}
    reply, asked = read(script(first, {"/rows/1/price": "0.50", "number": "B-7"}))
    assert values(reply) == VALUES
    assert reply.finish_reason == "stop"
    assert len(asked) == 2
    assert sorted(asked[1]["response_format"]["json_schema"]["schema"]["required"]) == ["/rows/1/price", "number"]
    assert '"rows/1/price" is missing in the reply' in asked[1]["messages"][0]["content"][1]["text"]


def test_a_field_that_stays_missing_is_no_silent_null() -> None:
    """After one repair in vain what was read is kept, without the field, and the reply is marked."""
    reply, asked = read(script({"number": "B-7", "rows": []}))
    assert values(reply) == {"/number": "B-7"}
    assert reply.finish_reason == "invalid"
    assert len(asked) == 2


@pytest.mark.parametrize("refuses", [*PARTS, "everything at once"])
def test_a_server_that_refuses_a_part_of_the_request_is_asked_without_it(refuses: str) -> None:
    """A 400 for logprobs, stream options or the response format is noticed, and remembered for the next page."""

    def play(handler: Handler, body: Mapping[str, Any]) -> None:
        if refuses in body:
            handler.send(400, {"error": {"message": f"unknown field {refuses}"}})
        elif refuses not in PARTS and any(part in body for part in PARTS):
            handler.send(422, {"detail": "bad request"})
        else:
            handler.complete(json.dumps(GOOD))

    with serving(play) as server:
        model = Server(f"{server.address}#tiny", settings())
        for _ in range(2):
            (reply,) = model.extract([ReadRequest((view(),), BILL)])
            assert values(reply) == VALUES
        assert len(server.asked) == (4 if refuses == "everything at once" else 3)
        assert ("refused" in model.about) == (refuses in ("response_format", "everything at once"))


def test_a_request_that_is_refused_without_reason_ends_with_what_the_server_said() -> None:
    """After everything optional is left out, the server's own words are the error."""
    with pytest.raises(ModelError, match="answered 400: the picture is too small"):
        read(lambda handler, _: handler.send(400, {"error": {"message": "the picture is too small"}}))


@pytest.mark.parametrize(
    ("status", "words", "kind", "hint"),
    [
        (500, "image input is not supported - hint: you may need to provide the mmproj", ModelNotLoaded, "--mmproj"),
        (400, "tiny is not a multimodal model", ModelNotLoaded, "a model that takes pictures"),
        (400, "Model does not support images. Please use a model that does.", ModelNotLoaded, "takes pictures"),
        (500, "this model is missing data required for image input", ModelNotLoaded, "takes pictures"),
        (400, "At most 1 image(s) may be provided in one request.", ModelError, "--window-pages 1"),
        (400, "the request exceeds the available context size", ModelError, "--window-pages 1, --dpi 80"),
    ],
)
def test_a_server_that_says_why_it_never_will_is_asked_once(
    status: int, words: str, kind: type[DocpipeError], hint: str
) -> None:
    """No pictures, fewer pictures, too long: one request, the server's words, and what to do; nothing is left out."""

    def play(handler: Handler, _: Mapping[str, Any]) -> None:
        if len(handler.server.asked) == 1:
            handler.send(status, {"error": {"message": words}})
        else:
            handler.complete(json.dumps(GOOD))

    with serving(play) as server:
        model = Server(f"{server.address}#tiny", settings())
        with pytest.raises(kind, match=re.escape(words)) as caught:
            list(model.extract([ReadRequest((view(),), BILL)]))
        assert type(caught.value) is kind
        assert hint in str(caught.value.hint)
        list(model.extract([ReadRequest((view(),), BILL)]))
        assert len(server.asked) == 2
        assert all(part in server.asked[1] for part in PARTS)


def test_what_was_refused_for_another_reason_is_asked_whole_the_next_time() -> None:
    """A page that the server refuses whatever is left out costs the next one neither schema nor confidences."""

    def play(handler: Handler, _: Mapping[str, Any]) -> None:
        if len(handler.server.asked) <= 3:
            handler.send(400, {"error": {"message": "the picture is too small"}})
        else:
            handler.complete(json.dumps(GOOD))

    with serving(play) as server:
        model = Server(f"{server.address}#tiny", settings())
        with pytest.raises(ModelError, match="too small"):
            list(model.extract([ReadRequest((view(),), BILL)]))
        list(model.extract([ReadRequest((view(),), BILL)]))
        assert [sum(part in asked for part in PARTS) for asked in server.asked] == [3, 1, 0, 3]


def test_a_busy_server_is_tried_again() -> None:
    """A 429 with Retry-After and a 500 are waited out."""
    left = [(429, {"retry_after": "0.1"}), (500, {})]

    def play(handler: Handler, _: Mapping[str, Any]) -> None:
        if left:
            status, headers = left.pop(0)
            handler.send(status, {"error": "wait"}, **headers)
        else:
            handler.complete(json.dumps(GOOD))

    reply, asked = read(play)
    assert values(reply) == VALUES
    assert len(asked) == 3


def faults() -> dict[str, tuple[Play, type[DocpipeError], str]]:
    """What a server can do, the error that it costs, and words of it."""

    def drip(handler: Handler, _: Mapping[str, Any]) -> None:
        handler.begin()
        for byte in b"data: " + b" " * 1000:
            handler.wfile.write(bytes([byte]))
            handler.server.stopped.wait(0.2)

    def drip_headers(handler: Handler, _: Mapping[str, Any]) -> None:
        for byte in b"HTTP/1.1 200 OK\r\nx-slow: " + b"a" * 1000:
            handler.wfile.write(bytes([byte]))
            handler.server.stopped.wait(0.2)

    def newlines(handler: Handler, _: Mapping[str, Any]) -> None:
        handler.begin()
        while not handler.server.stopped.is_set():
            handler.delta("\n")

    def hang_up(handler: Handler, _: Mapping[str, Any]) -> None:
        handler.close_connection = True
        handler.connection.shutdown(socket.SHUT_RDWR)

    def keep_alive(handler: Handler, _: Mapping[str, Any]) -> None:
        handler.begin()
        while not handler.server.stopped.wait(0.05):
            handler.wfile.write(b": still here\n\n")

    def break_off(handler: Handler, _: Mapping[str, Any]) -> None:
        handler.send_response(200)
        handler.send_header("content-type", "application/json")
        handler.send_header("content-length", "5000")
        handler.end_headers()
        handler.wfile.write(b'{"choices": [{"message": {"content": "{')
        handler.close_connection = True

    def secret(handler: Handler, _: Mapping[str, Any]) -> None:
        handler.send(401, {"error": {"message": "no access"}})

    return {
        "accepts and stalls": (lambda handler, _: handler.stall(), ModelTimeout, "nothing came in 0.6 s"),
        "drips": (drip, ModelTimeout, "no answer in 2 s"),
        "drips headers": (drip_headers, ModelTimeout, "no answer in 2 s"),
        "sends nothing but signs of life": (keep_alive, ModelTimeout, "no answer in 2 s"),
        "writes newlines for ever": (newlines, ReplyInvalid, "repeats itself"),
        "hangs up": (hang_up, ModelUnavailable, "broke the connection off"),
        "500 for ever": (lambda h, _: h.send(500, {"error": "on fire"}), ModelUnavailable, "answered 500: on fire"),
        "429 for an hour": (
            lambda h, _: h.send(429, {"error": "slow down"}, retry_after="3600"),
            ModelUnavailable,
            "answered 429: slow down",
        ),
        "401": (secret, ModelNotLoaded, "answered 401: no access"),
        "404": (lambda h, _: h.send(404, {"error": "no such model"}), ModelNotLoaded, "answered 404"),
        "HTML": (lambda h, _: h.send(200, "<html><h1>Hi", "text/html"), ReplyInvalid, "sent text/html"),
        "garbage": (lambda h, _: h.send(200, "\x00{]garbage"), ReplyInvalid, "sent no chat completion"),
        "JSON that ends too early": (
            lambda h, _: h.send(200, '{"choices": [{"message": {"content": "{'),
            ReplyInvalid,
            "sent no chat completion",
        ),
        "a body that is broken off": (break_off, ModelUnavailable, "broke the connection off"),
        "no choices": (lambda h, _: h.send(200, {"choices": []}), ReplyInvalid, "sent no chat completion"),
        "prose": (script("I cannot read this page, sorry."), ReplyInvalid, "it began 'I cannot read"),
        "an empty reply": (script(""), ReplyInvalid, "missing in the reply"),
    }


@pytest.mark.parametrize("fault", faults())
def test_every_fault_is_a_typed_error_within_its_deadline(fault: str) -> None:
    """Whatever the server does, the error has its kind and the server's words, and comes in time."""
    play, kind, words = faults()[fault]
    begun = time.perf_counter()
    with pytest.raises(kind, match=words):
        read(play)
    # Two asks of two seconds at most: the reading and its repair. The rest is for a slow machine.
    assert time.perf_counter() - begun < 8


def test_a_port_where_nobody_listens_is_an_unavailable_model() -> None:
    """A refused connection is tried again, and then said in words."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    model = Server(f"http://127.0.0.1:{port}/v1#tiny", settings(page_attempts=2))
    with pytest.raises(ModelUnavailable, match="cannot be reached"):
        list(model.extract([ReadRequest((view(),), BILL)]))


def test_a_cut_reply_is_continued_from_its_last_whole_row() -> None:
    """A reply that ends in the third row goes on with the third row; nothing is read twice or lost."""
    rows = [{"item": f"Part {n}", "price": f"{n}.00"} for n in range(1, 6)]
    whole = json.dumps({"number": "B-7", "total": "15.00", "rows": rows})
    cut = whole[: whole.index("Part 3") + 3]

    def play(handler: Handler, body: Mapping[str, Any]) -> None:
        if "Begin with row 3" in body["messages"][0]["content"][1]["text"]:
            handler.complete(json.dumps({"rows": rows[2:]}))
        else:
            handler.complete(cut, "length")

    reply, asked = read(play)
    expected = {f"/rows/{i}/{key}": row[key] for i, row in enumerate(rows) for key in row}
    assert values(reply) == {"/number": "B-7", "/total": "15.00", **expected}
    assert reply.finish_reason == "stop"
    assert list(asked[1]["response_format"]["json_schema"]["schema"]["properties"]) == ["rows"]


def test_a_stream_that_breaks_off_is_continued() -> None:
    """A connection lost in the middle of a reply costs only what had not come."""

    def play(handler: Handler, body: Mapping[str, Any]) -> None:
        if "total" in body["response_format"]["json_schema"]["schema"]["properties"] and "number" not in json.dumps(
            body["response_format"]
        ):
            handler.complete(json.dumps({"total": "2.00 EUR", "rows": ROWS}))
        else:
            handler.begin()
            handler.delta('{"number": "B-7", "tot')

    assert values(read(play)[0]) == VALUES


def test_a_row_that_repeats_for_ever_is_ended_and_said() -> None:
    """What stood before the loop is kept, the loop's rows are not, and the reply is no whole one."""

    def play(handler: Handler, _: Mapping[str, Any]) -> None:
        handler.begin()
        handler.delta('{"number": "B-7", "total": "2.00 EUR", "rows": [')
        while not handler.server.stopped.is_set():
            handler.delta('{"item": "Bolt", "price": "1.50"}, ')

    begun = time.perf_counter()
    reply, asked = read(play, request_timeout_s=30, first_byte_timeout_s=30)
    assert time.perf_counter() - begun < 20
    assert reply.finish_reason == "repetition"
    assert values(reply) == {"/number": "B-7", "/total": "2.00 EUR"}
    assert len(asked) == 1


def test_a_table_with_many_equal_rows_is_read() -> None:
    """Forty equal rows are no loop."""
    rows = [{"item": "Parking, one day", "price": "12.00"}] * 40
    reply, _ = read(script({"number": "B-7", "total": "480.00", "rows": rows}))
    assert reply.finish_reason == "stop"
    assert values(reply)["/rows/39/price"] == "12.00"
    assert len(reply.readings) == 2 + 80


def test_a_table_over_several_pages_may_have_more_rows_than_one_page_has() -> None:
    """The rows that a reply may have are bounded for each page: sixty on each of four are all read."""
    rows = [{"(page)": 1 + n // 60, "item": f"Part {n}", "price": f"{n}.00"} for n in range(240)]
    said = {"number": "B-7", "number (page)": 1, "total": "7.00", "total (page)": 4, "rows": rows}
    with serving(script(said)) as server:
        model = Server(f"{server.address}#tiny", settings())
        (reply,) = model.extract([ReadRequest(tuple(view(page) for page in range(1, 5)), BILL)])
        bound = server.asked[0]["response_format"]["json_schema"]["schema"]["properties"]["rows"]["maxItems"]
    assert bound == 800
    assert reply.finish_reason == "stop"
    assert values(reply)["/rows/239/item"] == "Part 239"
    assert len(reply.readings) == 2 + 2 * 240


def test_a_reply_that_takes_too_long_keeps_what_came() -> None:
    """At the deadline the values that were whole are kept, and the reply says that time was up."""

    def play(handler: Handler, _: Mapping[str, Any]) -> None:
        handler.begin()
        handler.delta('{"number": "B-7", "total": "2')
        while not handler.server.stopped.wait(0.1):
            handler.delta("0")

    reply, _ = read(play)
    assert reply.finish_reason == "timeout"
    assert values(reply) == {"/number": "B-7"}


def test_the_requests_of_a_batch_come_back_in_their_order() -> None:
    """Pages asked at the same time are answered in the order of the pages, and a failure at its own place."""

    def play(handler: Handler, body: Mapping[str, Any]) -> None:
        pages = body["messages"][0]["content"]
        url = pages[0]["image_url"]["url"].partition(",")[2]
        width = Image.open(io.BytesIO(base64.b64decode(url))).width
        if width == 102:
            handler.send(403, {"error": "not this one"})
        else:
            handler.server.stopped.wait(0.3 - (width - 100) * 0.1)
            handler.complete(json.dumps({**GOOD, "number": str(width)}))

    with serving(play) as server:
        replies = Server(f"{server.address}#tiny", settings()).extract(
            [ReadRequest((view(width=100 + n),), BILL) for n in range(3)]
        )
        assert [values(next(replies))["/number"] for _ in range(2)] == ["100", "101"]
        with pytest.raises(ModelNotLoaded, match="not this one"):
            next(replies)


def test_questions_keep_the_picture_and_the_turns_before() -> None:
    """A second question is sent with the picture, the first question and its answer."""
    with serving(script({"answer": "12 May"}, {"answer": None})) as server:
        model = Server(f"{server.address}#tiny", settings())
        first = model.answer([view()], "When is it due?")
        assert [(r.pointer, r.printed, r.page) for r in first.readings] == [("", "12 May", 1)]
        second = model.answer([view()], "And who signed?", [("When is it due?", "12 May")])
        assert second.readings[0].printed is None
        messages = server.asked[1]["messages"]
    assert [message["role"] for message in messages] == ["user", "assistant", "user"]
    assert [part["type"] for part in messages[0]["content"]] == ["image_url", "text"]
    assert messages[1]["content"] == '{"answer": "12 May"}'
    assert "And who signed?" in messages[2]["content"]


TOKEN = "sk-tell-nobody-4711"


def test_the_token_reaches_the_server_and_nothing_else(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    """A server that repeats the token in errors and values learns that neither log nor record nor file holds it."""
    monkeypatch.setenv("DOCPIPE_API_KEY", TOKEN)
    caplog.set_level(logging.DEBUG)
    kept = tmp_path / "replies.jsonl"
    known = [TOKEN]

    def play(handler: Handler, _: Mapping[str, Any]) -> None:
        if known:
            handler.complete(json.dumps({**GOOD, "number": handler.headers["authorization"]}))
        else:
            handler.send(401, {"error": {"message": f"bad key: {handler.headers['authorization']}"}})

    with serving(play) as server:
        chosen = settings(model=f"{server.address}#tiny")
        with Pipeline(chosen, record=kept) as pipeline:
            record = pipeline.extract(SAMPLES / "invoice-01.pdf", schema=BILL.document).model_dump_json()
            known.clear()
            with pytest.raises(ModelNotLoaded) as caught:
                pipeline.extract(SAMPLES / "invoice-02.pdf", schema=BILL.document)
        assert server.tokens[0] == f"Bearer {TOKEN}"
    assert "Bearer ***" in record
    assert "bad key: Bearer ***" in str(caught.value)
    trace = "".join(traceback.format_exception(caught.value))
    assert TOKEN not in "".join([record, trace, caplog.text, kept.read_text("utf-8"), repr(chosen), repr(pipeline)])


@pytest.mark.parametrize(
    ("name", "kind", "words"),
    [
        ("http://me:pw-4711@127.0.0.1/v1#m", UnknownModel, "may hold no password"),
        ("http:///v1#m", UnknownModel, "no address"),
        ("http://[::1/v1#m", UnknownModel, "no address"),
    ],
)
def test_an_address_that_cannot_be_used_is_refused(name: str, kind: type[DocpipeError], words: str) -> None:
    """Passwords, missing hosts and damaged addresses are bad usage, and the message repeats no password."""
    with pytest.raises(kind, match=words) as caught:
        open_model(name, settings())
    assert "pw-4711" not in str(caught.value)


def test_a_token_that_is_none_is_refused_without_repeating_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """A line break in the token would end up in an error of the HTTP library, which quotes it."""
    monkeypatch.setenv("DOCPIPE_API_KEY", "sk-4711\nX-Evil: 1")
    with pytest.raises(SettingsError) as caught:
        open_model("http://127.0.0.1:9/v1#m", settings())
    assert "4711" not in str(caught.value)


def test_a_server_with_one_model_needs_no_name() -> None:
    """The only model is taken; of several, the names are listed."""
    with serving(script(GOOD), "tiny") as server:
        assert open_model(server.address, settings()).name == f"{server.address}#tiny"
    with serving(script(GOOD), "big", "small") as server, pytest.raises(UnknownModel, match="big, small"):
        open_model(server.address, settings())


def test_it_works_where_a_loop_is_running() -> None:
    """In a notebook, where this thread runs an event loop already, reading works too."""
    import asyncio

    async def cell() -> Callable[[], dict[str, str | None]]:
        reply, _ = read(script(GOOD))
        return lambda: values(reply)

    assert asyncio.run(cell())() == VALUES
