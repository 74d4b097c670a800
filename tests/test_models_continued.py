"""Captions and answers that a server cuts are continued where they were cut, or end in a typed error in time."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
import torch

from docpipe.errors import ModelTimeout, ReplyInvalid
from docpipe.models.continued import beginning, joined
from docpipe.models.decoding import Bounds
from docpipe.models.local import Local
from docpipe.models.server import Server
from docpipe.models.written import read_sheet
from docpipe.pipeline import Pipeline
from docpipe.schema import Schema, load_schema
from docpipe.settings import Settings, load_settings
from docpipe.types import ReadRequest, Reply
from tests import tiny_models
from tests.fault_server import Handler, Play, serving
from tests.readings import SAMPLES
from tests.views import view

CAPTION = " ".join(
    f'In {1990 + year} the sales of "Nord\\Süd" stood at {7 * year + 3} million €,' for year in range(20)
)
ABOUT = {"type": ["string", "null"], "description": "What the figure shows", "x-described": True}
NUMBER = {"type": ["string", "null"], "description": "Number of the figure"}
FIGURE = load_schema({"title": "Figure", "type": "object", "properties": {"caption": ABOUT, "number": NUMBER}})
FIGURES = load_schema(
    {
        "title": "Figures",
        "type": "object",
        "properties": {
            "figures": {
                "type": "array",
                "items": {"type": "object", "properties": {"number": NUMBER, "caption": ABOUT, "source": NUMBER}},
            },
            "journal": {"type": ["string", "null"]},
        },
    }
)
STANDS = re.compile(r'What stands of it already is ("(?:[^"\\]|\\.)*")\.')


def settings(**more: Any) -> Settings:
    """Short deadlines, so that the tests are quick."""
    return load_settings(**{"first_byte_timeout_s": 20, "request_timeout_s": 20, "dpi": 40.0, **more})


def told(body: Mapping[str, Any]) -> str:
    """The words of a request's last turn."""
    content = body["messages"][-1]["content"]
    return content if isinstance(content, str) else str(content[-1]["text"])


def capped(most: int, say: Callable[[Mapping[str, Any], str], object], wait_s: float = 0.0) -> Play:
    """A server that streams what `say` gives for the asked names and the text so far, and ends after `most` characters,
    whatever was asked for.
    """

    def play(handler: Handler, body: Mapping[str, Any]) -> None:
        stands = STANDS.search(told(body))
        asked = body["response_format"]["json_schema"]["schema"]["properties"]
        text = json.dumps(say(asked, json.loads(stands.group(1)) if stands else ""), ensure_ascii=False)
        handler.begin()
        for at in range(0, min(most, len(text)), 7):
            piece = text[at : min(at + 7, most)]
            handler.delta(piece, logprobs={"content": [{"token": piece, "logprob": -0.001}]})
        handler.server.stopped.wait(wait_s)
        handler.delta("", "length" if len(text) > most else "stop")
        handler.done()

    return play


def after(text: str, so_far: str) -> str | None:
    """What follows in `text`, null where nothing does."""
    assert text.startswith(so_far)
    return text[len(so_far) :].strip() or None


def caption(asked: Mapping[str, Any], so_far: str) -> object:
    """A figure, or what is missing of it."""
    known = {"caption": after(CAPTION, so_far), "number": "7"}
    return {name: known[name] for name in asked}


def read(play: Play, schema: Schema, **more: Any) -> tuple[Reply, list[Mapping[str, Any]]]:
    """The reply of a server that plays `play`, and what it was asked."""
    with serving(play) as server:
        (reply,) = Server(f"{server.address}#tiny", settings(**more)).extract([ReadRequest((view(),), schema)])
        return reply, server.asked


def values(reply: Reply) -> dict[str, str | None]:
    """What was read, by pointer."""
    return {reading.pointer: reading.printed for reading in reply.readings}


def test_a_caption_longer_than_a_reply_is_continued_word_for_word() -> None:
    """A server that cuts every reply after 300 characters is asked for the rest until the caption is whole."""
    assert len(CAPTION) > 1000
    reply, asked = read(capped(300, caption), FIGURE)
    assert values(reply) == {"/caption": CAPTION, "/number": "7"}
    assert reply.finish_reason == "stop"
    assert 4 <= len(asked) <= 6
    sure = next(reading.confidence for reading in reply.readings if reading.pointer == "/caption")
    assert sure == pytest.approx(0.81, abs=0.05)  # of some 200 pieces in all the replies, 0.999 each
    rest = asked[-1]["response_format"]["json_schema"]["schema"]["properties"]["caption"]["maxLength"]
    assert rest < 2000 - 800


def test_a_caption_in_a_row_is_continued_and_so_are_the_rows() -> None:
    """The row's other cells are read once, before and after the caption; the next rows follow; no row comes twice."""
    rows = [{"number": str(n), "caption": f"Figure {n}. {CAPTION}", "source": f"page {n}"} for n in (1, 2)]

    def say(asked: Mapping[str, Any], so_far: str) -> object:
        said: dict[str, object] = {}
        for name in asked:
            if name == "figures":
                known = len(rows) - asked["figures"]["maxItems"] + 200 - len(rows)
                said[name] = rows[known:]
            elif name == "journal":
                said[name] = "Annals"
            else:
                _, _, row, cell = name.split("/")
                whole = rows[int(row)][cell]
                said[name] = after(whole, so_far) if cell == "caption" else whole
        return said

    reply, asked = read(capped(700, say), FIGURES)
    assert values(reply) == {
        "/journal": "Annals",
        **{f"/figures/{n}/{cell}": text for n, row in enumerate(rows) for cell, text in row.items()},
    }
    assert reply.finish_reason == "stop"
    second = asked[1]["response_format"]["json_schema"]["schema"]["required"]
    assert second == ["/figures/0/caption", "/figures/0/source", "figures", "journal"]


def test_a_model_that_begins_the_caption_again_or_repeats_its_last_words_is_understood() -> None:
    """The whole text again, or the last words of what stood, leave nothing twice in the caption."""

    def again(asked: Mapping[str, Any], _: str) -> object:
        return {name: CAPTION[:600] if name == "caption" else "7" for name in asked}

    def overlapping(asked: Mapping[str, Any], so_far: str) -> object:
        words = " ".join([*so_far.split()[-4:], after(CAPTION, so_far) or ""]).strip()
        return {name: words if name == "caption" else "7" for name in asked}

    def play(handler: Handler, body: Mapping[str, Any]) -> None:
        capped(300 if len(handler.server.asked) == 1 else 9999, again)(handler, body)

    assert values(read(play, FIGURE)[0])["/caption"] == CAPTION[:600].strip()
    assert values(read(capped(300, overlapping), FIGURE)[0])["/caption"] == CAPTION


def test_a_caption_that_does_not_get_further_is_said_to_be_cut() -> None:
    """A model that always begins anew is left after three requests: nothing half is taken, and the rest is kept."""

    def begins(asked: Mapping[str, Any], _: str) -> object:
        return {name: "7" if name == "number" else CAPTION for name in reversed(list(asked))}

    reply, asked = read(capped(300, begins), FIGURE)
    assert values(reply) == {"/number": "7"}
    assert reply.finish_reason == "length"
    assert len(asked) == 3


def test_a_caption_is_continued_only_while_there_is_time() -> None:
    """With half a second a reply and a deadline of 0.8 s the server is asked twice, and the reply says why it ended."""

    def for_ever(asked: Mapping[str, Any], so_far: str) -> object:
        return {name: f"{CAPTION[len(so_far) % 70 :]}" if name == "caption" else "7" for name in reversed(list(asked))}

    begun = time.perf_counter()
    limits = {"request_timeout_s": 0.8, "first_byte_timeout_s": 0.8}
    reply, asked = read(capped(200, for_ever, wait_s=0.5), FIGURE, **limits)
    assert time.perf_counter() - begun < 8
    assert values(reply) == {"/number": "7"}
    assert reply.finish_reason == "timeout"
    assert len(asked) <= 2
    with serving(capped(200, lambda *_: {"answer": CAPTION}, wait_s=0.9)) as server:
        model = Server(f"{server.address}#tiny", settings(**limits))
        with pytest.raises(ModelTimeout, match="took too long"):
            model.answer([view()], "What does it show?")
        assert len(server.asked) == 1


def test_an_answer_that_is_cut_is_continued() -> None:
    """Four replies of 90 characters make one answer; one that gets no further is an error that says that it was cut."""
    whole = CAPTION[:250].rpartition(" ")[0]

    def say(asked: Mapping[str, Any], so_far: str) -> object:
        return {"answer": after(whole, so_far), **({"page": 4} if "page" in asked else {})}

    with serving(capped(90, say)) as server:
        model = Server(f"{server.address}#tiny", settings())
        for views in ([view(3)], [view(3), view(4)]):
            (reading,) = model.answer(views, "What does it show?", [("Who drew it?", "Nobody")]).readings
            assert (reading.printed, reading.page) == (whole, views[-1].page.number)
        assert {len(asked["messages"]) for asked in server.asked} == {3}
        reply = model.answer([view(3)], "What does it show?")
        assert reply.raw.count("\n") >= 2
        assert reply.finish_reason == "stop"
    with serving(capped(90, lambda *_: {"answer": whole})) as server:
        model = Server(f"{server.address}#tiny", settings())
        with pytest.raises(ReplyInvalid, match="was cut at its limit of tokens"):
            model.answer([view(3)], "What does it show?")
        assert len(server.asked) == 2


class Scripted:
    """Makes a checkpoint write a text, or what it is told to go on with; everything else of it stays as it is."""

    def __init__(self, model: Local, text: str) -> None:
        self.tokenizer = model.checkpoint.tokenizer
        self.text = text
        self.left: list[int] = []
        self.prompts: list[str] = []
        self.quote = self.tokenizer.convert_tokens_to_ids('"')
        model.checkpoint.model.register_forward_pre_hook(self.read, with_kwargs=True)
        model.checkpoint.model.lm_head.register_forward_hook(self.write)

    def read(self, _: object, args: object, kwargs: Mapping[str, torch.Tensor]) -> None:
        """Note what a prompt says, and which token came last."""
        del args
        ids = kwargs["input_ids"][0].tolist()
        if len(ids) > 1:
            self.prompts.append(self.tokenizer.decode(ids))
            stands = STANDS.search(self.prompts[-1])
            rest = after(self.text, json.loads(stands.group(1)) if stands else "") or ""
            self.left = self.tokenizer.encode(rest, add_special_tokens=False)
        elif self.left and ids == self.left[:1]:
            self.left = self.left[1:]

    def write(self, _: object, args: object, logits: torch.Tensor) -> torch.Tensor:
        """The next token of the text where the grammar allows it, else a quotation mark, else what the weights say."""
        del args
        logits[..., self.quote] += 1000
        if self.left:
            logits[..., self.left[0]] += 2000
        return logits


@pytest.mark.usefixtures("one_thread")
def test_a_checkpoint_in_process_is_told_to_go_on_too(tmp_path: Path) -> None:
    """With room for 60 tokens a reply, caption and answer come whole, in several replies."""
    place = tiny_models.save("llava", tmp_path / "llava")
    model = Local(str(place), load_settings(device="cpu", page_timeout_s=300, page_tokens=60), Bounds(described=400))
    whole = " ".join(f"In {1990 + year} it stood at {7 * year + 3} million," for year in range(12))
    assert 300 < len(whole) < 400
    scripted = Scripted(model, whole)
    only = load_schema({"title": "Figure", "type": "object", "properties": {"caption": ABOUT}})
    (reply,) = model.extract([ReadRequest((view(),), only)])
    assert values(reply) == {"/caption": whole}
    assert reply.finish_reason == "stop"
    assert len(scripted.prompts) >= 3
    (reading,) = model.answer([view()], "What does it show?").readings
    assert reading.printed == whole


def test_a_document_s_caption_comes_whole_through_the_pipeline() -> None:
    """From a file to a record: the caption is one value, in the words of the server, and nothing needs a look."""
    with serving(capped(300, caption)) as server, Pipeline(settings(model=f"{server.address}#tiny")) as pipeline:
        record = pipeline.extract(SAMPLES / "chart-01.pdf", schema=FIGURE.document)
    assert record.data["caption"] == CAPTION
    assert record.error is None


def test_a_text_is_cut_at_a_word_whatever_it_was_cut_in() -> None:
    """Every beginning of a JSON text gives words that stand in it, escapes and pictographs included."""
    whole = 'One "two"\tthree \U0001f600 four\\five sechs süß'
    for ascii_only in (True, False):
        text = json.dumps({"a": {"b": [whole]}}, ensure_ascii=ascii_only)
        for end in range(text.index("One"), len(text) - 5):
            begun = read_sheet(text[:end], cut=True).begun
            assert begun is not None
            assert begun[0] == ("a", "b", 0)
            words = beginning(str(begun[1].value)).split()
            assert words == whole.split()[: len(words)]
            assert len(words) >= len(str(begun[1].value).split()) - 1


@pytest.mark.parametrize(
    ("before", "then", "whole"),
    [
        ("The bars", "rise.", "The bars rise."),
        ("The bars rise from year", "from year to year.", "The bars rise from year to year."),
        ("It goes on and", "on.", "It goes on and on."),
        ("One two three four five", "One two three four five six", "One two three four five six"),
        ("图" * 70, "表", "图" * 70 + "表"),
        ("", "All of it", "All of it"),
        ("All of it", "", "All of it"),
    ],
)
def test_two_parts_of_a_text_make_one(before: str, then: str, whole: str) -> None:
    """With a blank between words, without what stands in both."""
    assert joined(before, then) == whole


def test_a_text_that_is_written_once_more_counts_as_it_ended() -> None:
    """A second version that comes to its end is the text, though shorter; one that is cut sooner than the first not."""
    long, short = "One two three four five six seven eight", "One two three four five six."
    assert joined(long, short) == short
    assert joined(long, short, ended=False) == long
