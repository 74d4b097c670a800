"""`docpipe eval`: what a user sees, on the terminal, as JSON and in the report."""

from __future__ import annotations

import base64
import io
import json
import re
import sys
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple

import pytest
from PIL import Image

from docpipe.cli import main
from docpipe.evaluate.earlier import contests
from docpipe.evaluate.report import report
from docpipe.evaluate.runner import Run, run
from docpipe.evaluate.tabulate import as_data, as_table
from docpipe.evaluate.truth import load_truths
from docpipe.schema import load_schema
from docpipe.settings import load_settings
from tests.readings import entry, perfect, sample, truth, write_replay

RECEIPT = load_schema("receipt")
TOTAL = "24.92 <script>alert(1)</script>"


class Ran(NamedTuple):
    """What a command left behind."""

    code: int
    out: str
    err: str


@pytest.fixture
def evaluate(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Callable[..., Ran]:
    """The command, in this process, without a terminal."""

    def command(*arguments: str | Path) -> Ran:
        monkeypatch.setattr(sys, "argv", ["docpipe", "eval", *map(str, arguments)])
        with pytest.raises(SystemExit) as left:
            main()
        out, err = capfd.readouterr()
        return Ran(left.value.code if isinstance(left.value.code, int) else 0, out, err)

    return command


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two receipts with their truth; `right` reads both without a fault, `faulty` one of them with three."""
    folder = tmp_path_factory.mktemp("receipts")
    documents = [sample("receipt-01"), sample("receipt-02")]
    for document in documents:
        for path in (document, document.with_suffix(".json")):
            (folder / path.name).write_bytes(path.read_bytes())
    replies = folder.parent / "replies"
    replies.mkdir(exist_ok=True)
    write_replay(replies / "right.jsonl", [entry(d, RECEIPT, perfect(d, RECEIPT)) for d in documents])
    faults = {"/merchant_name": TOTAL, "/time": None, "/date": "11/11/2011"}
    readings = [perfect(documents[0], RECEIPT, faults), perfect(documents[1], RECEIPT)]
    write_replay(replies / "faulty.jsonl", [entry(d, RECEIPT, r) for d, r in zip(documents, readings, strict=True)])
    return folder


def model(place: Path, name: str) -> str:
    """The name of a recorded model."""
    return f"replay:{place.parent / 'replies' / name}.jsonl"


@pytest.fixture(scope="module")
def runs(place: Path) -> list[Run]:
    """Both models, as `eval --model right --model faulty` reads with them."""
    return [run(load_truths(place), load_settings(model=model(place, name))) for name in ("right", "faulty")]


def test_the_table_shows_the_figures_with_their_intervals(evaluate: Callable[..., Ran], place: Path) -> None:
    """A model without faults on two receipts: full marks, what was not asked for left out, exit code 0."""
    ran = evaluate(place, "--model", model(place, "right"))
    assert ran.code == 0
    assert re.search(r"Field F1 +100\.0 +100\.0 to 100\.0 +2 ", ran.out)
    assert re.search(r"Absent fields that were given a value +0\.0 ", ran.out)
    assert "TEDS" not in ran.out
    assert re.search(r"\n kind .*\n.*\n receipt +2 +100\.0 +100\.0 ", ran.out)
    assert re.search(r"confidence 0\.9 to 1\.0: \d+ values, on average 0\.90, right 1\.00", ran.out)


def test_json_holds_every_miss(evaluate: Callable[..., Ran], place: Path, tmp_path: Path) -> None:
    """One object with the measures, the groups and the three planted faults; records are kept where asked."""
    ran = evaluate(place, "-m", model(place, "faulty"), "--json", "--record", tmp_path / "replies.jsonl")
    data = json.loads(ran.out)
    (found,) = data["runs"]
    assert found["groups"]["look"]["scanned"]["field_f1"]["value"] == 1.0
    misses = {miss["pointer"]: miss for miss in found["by_document"][0]["misses"]}
    assert {pointer: miss["verdict"] for pointer, miss in misses.items()} == {
        "/merchant_name": "wrong",
        "/time": "missed",
        "/date": "wrong",
    }
    assert misses["/time"]["expected"] == truth(sample("receipt-01"))["data"]["time"]
    assert found["measures"]["exact"] == {"value": 0.5, "low": 0.0, "high": 1.0, "documents": 2}
    assert len((tmp_path / "replies.jsonl").read_text("utf-8").splitlines()) == 2


def test_two_models_are_set_against_each_other(runs: list[Run]) -> None:
    """The second is worse on one document, and it is said by how much."""
    against = contests(runs)
    said = as_table("receipts", runs, against, width=120)
    assert "better documents: 0\nworse documents: 1\n  receipt-01.pdf: field F1 100.0, now " in said
    comparison = as_data("receipts", runs, against)["comparisons"][0]
    assert comparison["differences"]["exact"]["value"] == -0.5


class Page(HTMLParser):
    """What is in a page: its tags, the sources of its pictures, and the text that a person sees."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.pictures: list[str] = []
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag."""
        self.tags.append(tag)
        self.pictures += [value or "" for name, value in attrs if name == "src"]

    def handle_data(self, data: str) -> None:
        """Note text."""
        self.text += f"{data} "


def test_the_report_shows_each_miss_with_a_picture(runs: list[Run]) -> None:
    """The three misses stand in the page with the piece of the document; a document without misses is left out."""
    page = Page(report("receipts", runs[1:], load_settings()))
    assert "1 of 2 documents have some." in page.text
    assert "receipt-02" not in page.text
    for pointer, expected in (("/merchant_name", "FERNDALE FOODS"), ("/time", "17:42:00")):
        assert pointer in page.text
        assert expected in page.text
    # The first page, and a piece for each of the three misses: two boxes on the page, one in the truth.
    pictures = [base64.b64decode(source.removeprefix("data:image/jpeg;base64,")) for source in page.pictures]
    sizes = [Image.open(io.BytesIO(picture)).size for picture in pictures]
    assert len(sizes) == 4
    assert all(20 <= height < width for width, height in sizes[1:])


def test_the_report_is_one_file_that_runs_nothing(runs: list[Run]) -> None:
    """Text of a document is text; there is no script, and nothing is fetched from anywhere."""
    text = report("receipts <b>", runs, load_settings(), contests(runs))
    page = Page(text)
    assert TOTAL in page.text
    assert not {"script", "link", "iframe", "object"} & set(page.tags)
    assert "receipts <b>" in page.text
    assert re.findall(r"https?://|url\(|@import", text) == []
    assert "Of 2 documents, 0 are read better, 1 worse." in page.text


def test_the_report_is_written_where_it_is_asked_for(evaluate: Callable[..., Ran], place: Path, tmp_path: Path) -> None:
    """With --html, and said so on standard error; --only picks documents."""
    ran = evaluate(place, "-m", model(place, "right"), "--only", "receipt-01*", "--html", tmp_path / "deep" / "r.html")
    assert f"wrote {tmp_path}/deep/r.html" in ran.err
    assert "1 documents, 1 pages" in " ".join(ran.out.split())  # a long folder breaks the line anywhere
    assert "0 of 1 documents have some." in (tmp_path / "deep" / "r.html").read_text("utf-8")


def test_other_peoples_truth_needs_no_file_to_be_changed(
    evaluate: Callable[..., Ran], place: Path, tmp_path: Path
) -> None:
    """Mapped keys count, an empty value does not, and what does not is said on request."""
    (tmp_path / "a.pdf").write_bytes(sample("receipt-01").read_bytes())
    told = {"company": "FERNDALE FOODS", "date": "24/08/2024", "address": "", "total": "24.02", "cashier": "Jo"}
    (tmp_path / "a.json").write_text(json.dumps(told), "utf-8")
    maps = [f"--map={key}=/{to}" for key, to in (("company", "merchant_name"), ("date", "date"), ("total", "total"))]
    ran = evaluate(tmp_path, "-s", "receipt", *maps, "-m", model(place, "right"), "--json")
    (found,) = json.loads(ran.out)["runs"]
    assert found["fields"].keys() == {"receipt/merchant_name", "receipt/date", "receipt/total"}
    assert found["measures"]["field_f1"]["value"] == 1.0


def test_a_schema_of_ones_own_is_a_path(evaluate: Callable[..., Ran], place: Path, tmp_path: Path) -> None:
    """It counts wherever it lies; the truth may leave it to the command."""
    schema, mine = tmp_path / "schemas" / "mine.json", tmp_path / "mine"
    for path in (schema, mine / "a.pdf"):
        path.parent.mkdir()
    schema.write_text(json.dumps({**RECEIPT.document, "title": "Mine"}), "utf-8")
    (mine / "a.pdf").write_bytes(sample("receipt-01").read_bytes())
    (mine / "a.json").write_text('{"total": "24.02"}', "utf-8")
    ran = evaluate(mine, "-s", schema, "-m", model(place, "right"), "--json")
    assert ran.code == 0
    (found,) = json.loads(ran.out)["runs"]
    assert [pointer.rpartition("/")[2] for pointer in found["fields"]] == ["total"]


def test_a_calibration_is_written_and_said(evaluate: Callable[..., Ran], place: Path, tmp_path: Path) -> None:
    """The fit goes into a file, its error rates to standard error."""
    ran = evaluate(place, "-m", model(place, "faulty"), "--calibrate", tmp_path / "fit.json")
    assert ran.code == 0
    assert re.search(r"calibrated on \d+ values of 2 documents", ran.err)
    assert json.loads((tmp_path / "fit.json").read_text("utf-8"))["documents"] == 2


def test_a_folder_without_truth_is_bad_usage(evaluate: Callable[..., Ran], tmp_path: Path) -> None:
    """Exit code 2, and where the truth has to stand."""
    ran = evaluate(tmp_path)
    assert ran.code == 2
    assert "no document has a truth beside it" in ran.err
    assert "FOLDER/a.expected.json" in ran.err
