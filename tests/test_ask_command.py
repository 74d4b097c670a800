"""`docpipe ask` as a shell sees it: its answers, its JSON, its pictures, and a page that only a model can read."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pymupdf
import pytest
from PIL import Image

from docpipe.cli import main
from docpipe.pipeline import Pipeline
from docpipe.schema import load_schema
from docpipe.store import open_store
from docpipe.types import Box, Reading, Reply
from tests.readings import entry, perfect, sample, write_replay
from tests.stores import Perfect, sqlite

INVOICES = [sample(f"invoice-{number}") for number in ("01", "09")]
# A supplier's name that clears a screen, begins another line, and turns the reading order.
NAME = "Grün\x1b[2J & \x9bSöhne\u202e Ltd"


class Ran(NamedTuple):
    """What the command left behind."""

    code: int
    out: str
    err: str


Ask = Callable[..., Ran]


@pytest.fixture
def ask(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Ask:
    """`docpipe ask` in this process, with `typed` on its standard input."""

    def command(folder: Path, *arguments: str | Path, typed: str = "", model: str = "nano") -> Ran:
        given = ["ask", *map(str, arguments), "--database", str(folder / "docpipe.db"), "--model", model]
        monkeypatch.setattr(sys, "argv", ["docpipe", *given])
        monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
        with pytest.raises(SystemExit) as left:
            main()
        out, err = capfd.readouterr()
        return Ran(left.value.code if isinstance(left.value.code, int) else 0, out, err)

    return command


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a database of two invoices, and a scan whose supplier has a hostile name."""
    folder = tmp_path_factory.mktemp("ask")
    settings = sqlite(folder)
    with open_store(settings) as store:
        with Pipeline(settings, model=Perfect(), store=store) as pipeline:
            list(pipeline.add(INVOICES, schema="invoice"))
        with Pipeline(settings, model=Perfect("perfect-2", changes={"/supplier_name": NAME}), store=store) as pipeline:
            list(pipeline.add([sample("invoice-12")], schema="invoice"))
    return folder


def test_an_answer_is_words_and_where_they_stand(stored: Path, ask: Ask) -> None:
    """The value first, how the question was understood, and each place; what is not there ends with 3."""
    ran = ask(stored, "How much did we pay Harbor Lane in 2024?")
    first, understood, place = ran.out.splitlines()
    assert (ran.code, first, ran.err) == (0, "2665.20 GBP", "")
    assert understood.endswith('reading "Harbor" as "harbour"')
    assert place == f'  [1] {INVOICES[0]}, page 1 at 486, 494, 539, 506: "£2,665.20", confidence 0.90, verified'
    none = ask(stored, "How many invoices from Zorblax?")
    assert (none.code, none.out) == (3, 'Not in your documents: nothing is known here of "Zorblax".\n')


def test_the_sql_that_ran_is_shown(stored: Path, ask: Ask) -> None:
    """With --sql the SELECT follows, and it is no other than the one that gives the answer."""
    ran = ask(stored, "How many invoices are there?", "--sql")
    assert ran.out.startswith("3\n")
    statement = ran.out[ran.out.index("SELECT") :]
    with open_store(sqlite(stored)) as store, store.database.read() as connection:
        assert connection.exec_driver_sql(statement).one()[-1] == 3
    assert "SELECT" not in ask(stored, "How many invoices are there?").out


def test_json_is_one_object_that_commands_no_terminal(stored: Path, ask: Ask) -> None:
    """For programs the stored name is whole, as escapes; for people what would command the terminal is replaced."""
    ran = ask(stored, "Which suppliers sent invoices?", "--json")
    assert ran.out.isascii()
    assert ran.out.count("\n") == 1
    assert not any(ord(character) < 32 for character in ran.out.rstrip("\n"))
    answer = json.loads(ran.out)
    named = {cell for row in answer["rows"] for cell in row if isinstance(cell, str)}
    assert NAME in named
    assert {citation["name"] for citation in answer["citations"]} == {*map(str, INVOICES), str(sample("invoice-12"))}
    shown = ask(stored, "Which suppliers sent invoices?").out
    assert "S\N{LATIN SMALL LETTER O WITH DIAERESIS}hne" in shown
    assert not set(shown) & {"\x1b", "\x9b", "\u202e"}


def test_a_conversation_is_typed_line_by_line(stored: Path, ask: Ask) -> None:
    """Each line goes on from the one before, until the end or "exit"; nothing found ends nothing."""
    ran = ask(stored, "-i", typed="How many invoices in 2024?\n\nand in 1999?\nand in 2024?\nexit\nHow many?\n")
    firsts = [line for line in ran.out.splitlines() if not line.startswith("  ")]
    assert ran.code == 0
    assert firsts[0] == firsts[2]
    assert firsts[1].startswith("Not in your documents: number of invoices where invoice date >= 1999-01-01")
    assert len(firsts) == 3
    assert ask(stored).code == 2


def test_every_page_that_is_cited_is_drawn(stored: Path, ask: Ask, tmp_path: Path) -> None:
    """One page is the file that was named, several are numbered; around each value stands a box."""
    one = ask(stored, "How much did we pay Harbour Lane?", "--image", tmp_path / "one.png")
    assert one.err == f"wrote {tmp_path / 'one.png'}\n"
    several = ask(stored, "sum of all invoices", "--image", tmp_path / "all.png", "--quiet")
    assert several.err == ""
    drawn = sorted(place.name for place in tmp_path.iterdir())
    assert drawn == ["all-1.png", "all-2.png", "all-3.png", "one.png"]
    assert coloured(tmp_path / "one.png", (486, 494, 539, 506)) > 100


def test_a_page_without_text_is_read_by_the_model(ask: Ask, tmp_path: Path) -> None:
    """Of a scan the answer is what the model reads beside the label, with the page, the box and the picture."""
    scan, words = scanned(sample("invoice-09"), tmp_path)
    (number,) = (word for word in words if word[4] == "10432")
    box: Box = (number[0], number[1], number[2], number[3])
    question = "Wie lautet die Kundennummer bei Bergmann Gartenbau?"
    read = Reply((Reading("", "10432", 1, box, 0.8),), "recorded-1")
    known = {"sha256": entry(scan, load_schema("invoice"), [])["sha256"], "pages": [1]}
    text = [{"text": word[4], "box": list(word[:4]), "visible": True} for word in words]
    model = write_replay(
        tmp_path / "replies.jsonl",
        [
            entry(scan, load_schema("invoice"), perfect(sample("invoice-09"), load_schema("invoice"))),
            {"task": "transcribe", **known, "text": {"origin": "nano", "words": text}},
            {"task": "answer", **known, "question": question, "reply": asdict(read)},
        ],
    )
    settings = sqlite(tmp_path, model=model)
    with open_store(settings) as store, Pipeline(settings, store=store) as pipeline:
        list(pipeline.add([scan], schema="invoice"))
    ran = ask(tmp_path, question, "--image", tmp_path / "answer.png", model=model)
    at = ", ".join(f"{side:.0f}" for side in box)
    assert ran.code == 0, ran.out
    assert ran.out.splitlines()[0] == "10432"
    assert f'  [1] {scan}, page 1 at {at}: "10432"' in ran.out
    assert ", confidence 0.80, verified" in ran.out  # beside its label, and so read twice
    assert coloured(tmp_path / "answer.png", box) > 20
    kept = json.loads(ask(tmp_path, question, "--json", model=model).out)
    assert (kept["how"], kept["value"], kept["citations"][0]["status"]) == ("page", "10432", "verified")


def scanned(document: Path, folder: Path) -> tuple[Path, list[Any]]:
    """A document's first page as a picture in a PDF, with no text, and the words that stood on it."""
    with pymupdf.open(document) as whole, pymupdf.open() as made:
        page = whole[0]
        picture = page.get_pixmap(dpi=150).tobytes("png")
        made.new_page(width=page.rect.width, height=page.rect.height).insert_image(page.rect, stream=picture)
        place = folder / "scan.pdf"
        made.save(place)
        return place, page.get_text("words")


def coloured(picture: Path, box: tuple[float, ...]) -> int:
    """How many pixels of a picture of an A4 page are of a colour around a box in points."""
    with Image.open(picture) as opened:
        pixels = np.asarray(opened.convert("RGB")).astype(int)
    scale = pixels.shape[1] / 595
    x0, y0, x1, y1 = (round(side * scale) for side in (box[0] - 6, box[1] - 6, box[2] + 6, box[3] + 6))
    part = pixels[max(0, y0) : y1, max(0, x0) : x1]
    return int((part.max(axis=2) - part.min(axis=2) > 60).sum())
