"""Recorded replies answer like the model that gave them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest

from docpipe.errors import ModelNotLoaded, ReplyMissing, UnknownModel
from docpipe.models import Turns, open_model
from docpipe.models.replay import Recording, Replay
from docpipe.schema import load_schema
from docpipe.settings import Settings
from docpipe.types import Page, PageText, Reading, ReadRequest, Reply, Source, View, Word

INVOICE = load_schema("invoice")


def view(sha256: str = "a" * 64, page: int = 1) -> View:
    source = Source(name=f"{sha256[0]}.pdf", sha256=sha256, media_type="application/pdf")
    pixels = np.zeros((4, 4, 3), dtype=np.uint8)
    return View(Page(source, page, 595.0, 842.0), 110.0, None, pixels, (0.0, 0.0, 1.0, 1.0))


class Scripted:
    """A model that says the same of every page, so that what comes back is known."""

    name = "scripted-1"

    def extract(self, requests: Iterable[ReadRequest]) -> Iterator[Reply]:
        for request in requests:
            wanted = request.only or ("/total", "/due_date")
            page = request.views[0].page.number
            readings = tuple(
                Reading(p, f"{page},50 €", page, (1.0, 2.5, 3.0, 4.0), 0.875) if p == "/total" else Reading(p, None)
                for p in wanted
            )
            yield Reply(readings, self.name, raw="…", input_tokens=3, output_tokens=4, read_s=1.5)

    def answer(self, views: Sequence[View], question: str, earlier: Turns = ()) -> Reply:
        said = "".join([*(words for words, _ in earlier), question.upper()])
        return Reply((Reading("", said, views[0].page.number),), self.name)

    def transcribe(self, view: View) -> PageText | None:
        if view.page.number > 1:
            return None
        return PageText(view.page, (Word("Grüße", (0.0, 1.0, 2.0, 3.0), visible=False),), "nano")


def test_what_was_recorded_is_what_comes_back(tmp_path: Path) -> None:
    """Readings, answers and page texts come back as the model gave them, but for the time they take."""
    file = tmp_path / "new" / "replies.jsonl"
    recording = Recording(Scripted(), file)
    whole = ReadRequest((view(), view(page=2)), INVOICE)
    again = ReadRequest((view(),), INVOICE, only=("/total",), problems=("it does not add up",))
    first, second = recording.extract([whole, again])
    answer = recording.answer([view()], "who pays?")
    later = recording.answer([view()], "who pays?", [("how much?", "1,50 €"), ("when?", None)])
    texts = [recording.transcribe(view()), recording.transcribe(view(page=2))]

    replay = Replay(f"replay:{file}", Settings())
    assert recording.name == "scripted-1"
    assert list(replay.extract([again, whole])) == [
        Reply(second.readings, "scripted-1", raw="…", input_tokens=3, output_tokens=4),
        Reply(first.readings, "scripted-1", raw="…", input_tokens=3, output_tokens=4),
    ]
    assert replay.answer([view()], "who pays?") == answer
    assert replay.answer([view()], "who pays?", [("how much?", "1,50 €"), ("when?", None)]) == later
    assert later.readings[0].printed == "how much?when?WHO PAYS?"
    assert [replay.transcribe(view()), replay.transcribe(view(page=2))] == texts


def test_a_reply_is_on_disk_before_it_is_used(tmp_path: Path) -> None:
    """Whoever is stopped half-way keeps the replies that were given until then."""
    file = tmp_path / "replies.jsonl"
    replies = Recording(Scripted(), file).extract([ReadRequest((view(page=p),), INVOICE) for p in (1, 2, 3)])
    next(replies)
    next(replies)
    assert [json.loads(line)["pages"] for line in file.read_text().splitlines()] == [[1], [2]]


def test_the_later_of_two_replies_holds(tmp_path: Path) -> None:
    """Recording again into the same file replaces what was there."""
    file = tmp_path / "replies.jsonl"
    request = ReadRequest((view(),), INVOICE)
    list(Recording(Scripted(), file).extract([request]))
    changed = file.read_text().replace("1,50", "9,99")
    file.write_text(file.read_text() + changed)
    (reply,) = Replay(f"replay:{file}").extract([request])
    assert reply.readings[0].printed == "9,99 €"


@pytest.mark.parametrize(
    ("request_", "why"),
    [
        (ReadRequest((view("b" * 64),), INVOICE), "b.pdf, page 1: nothing was recorded of this document"),
        (ReadRequest((view(),), load_schema("receipt")), "a.pdf, page 1: it was recorded with another schema"),
        (ReadRequest((view(page=3),), INVOICE), "a.pdf, page 3: recorded were pages 1"),
        (ReadRequest((view(),), INVOICE, only=("/iban", "/total")), "a.pdf, page 1: not recorded for /iban, /total"),
    ],
)
def test_a_missing_reply_says_what_is_missing(tmp_path: Path, request_: ReadRequest, why: str) -> None:
    """The error names the file, the document, its page, and in what the recorded requests differ."""
    file = tmp_path / "replies.jsonl"
    list(Recording(Scripted(), file).extract([ReadRequest((view(),), INVOICE)]))
    with pytest.raises(ReplyMissing) as caught:
        list(Replay(f"replay:{file}").extract([request_]))
    assert caught.value.message == f"{file} has no reply for {why}"
    assert caught.value.hint == f"docpipe extract {why.split(',')[0]} --model nano --record {file}"


def test_a_damaged_line_is_named(tmp_path: Path) -> None:
    """A file that was cut or edited says in which line."""
    file = tmp_path / "replies.jsonl"
    list(Recording(Scripted(), file).extract([ReadRequest((view(page=p),), INVOICE) for p in (1, 2)]))
    file.write_text(file.read_text()[:-40])
    with pytest.raises(ModelNotLoaded, match=r"replies\.jsonl line 2 is not a recorded reply"):
        Replay(f"replay:{file}")


def test_a_file_that_is_not_there_is_bad_usage(tmp_path: Path) -> None:
    """A wrong path is told as such, with the command that writes the file."""
    with pytest.raises(UnknownModel, match=f"there is no file {tmp_path}/none.jsonl"):
        open_model(f"replay:{tmp_path}/none.jsonl", Settings())


def test_an_unknown_model_lists_the_known_ones() -> None:
    """A typing error in a model's name is answered with the names there are."""
    with pytest.raises(UnknownModel) as caught:
        open_model("nanno", Settings())
    assert caught.value.message == 'no model is called "nanno"; known: nano, replay'


def test_another_package_brings_a_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An installed package adds a model by an entry point, and one that is broken is named."""
    (tmp_path / "acme_reader.py").write_text(
        "class Reader:\n    def __init__(self, name, settings):\n        self.name = name + '!'\n"
    )
    metadata = tmp_path / "acme_reader-1.0.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: acme-reader\nVersion: 1.0\n")
    (metadata / "entry_points.txt").write_text(
        "[docpipe.models]\nacme = acme_reader:Reader\nbroken = acme_nothing:Reader\n"
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    assert open_model("acme:large", Settings()).name == "acme:large!"
    with pytest.raises(ModelNotLoaded, match="acme_nothing:Reader cannot be imported"):
        open_model("broken", Settings())
