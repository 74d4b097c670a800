"""A document becomes a record, and what went wrong on the way stands in it."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pymupdf
import pytest
from PIL import Image

import docpipe
from docpipe.errors import ModelUnavailable, ReplyInvalid, SchemaError, UnknownModel, UsageError
from docpipe.ingest import open_source
from docpipe.job import Progress
from docpipe.models import Turns
from docpipe.pipeline import Pipeline
from docpipe.render import Renderer
from docpipe.settings import Settings
from docpipe.types import PageText, Reading, ReadRequest, Reply, View
from tests.readings import SAMPLES, entry, expected, perfect, replay_of, sample, write_replay

NOTE = {
    "title": "Note",
    "type": "object",
    "properties": {
        "title": {"type": ["string", "null"]},
        "total": {"type": ["number", "null"]},
        "lines": {"type": "array", "items": {"type": "object", "properties": {"amount": {"type": ["number", "null"]}}}},
    },
    "x-rules": [{"rule": "sum(lines.amount) == total", "message": "the lines do not add up"}],
}


class Reader:
    """A model that reads by a function, and keeps what it was asked."""

    name = "reader-1"

    def __init__(self, read: Callable[[ReadRequest], Iterable[Reading] | Reply]) -> None:
        self._read = read
        self.batches: list[list[ReadRequest]] = []

    def extract(self, requests: Iterable[ReadRequest]) -> Iterator[Reply]:
        batch = list(requests)
        self.keep(batch)
        for request in batch:
            read = self._read(request)
            yield read if isinstance(read, Reply) else Reply(tuple(read), self.name, read_s=0.25)

    def keep(self, batch: list[ReadRequest]) -> None:
        self.batches.append(batch)

    def answer(self, views: Sequence[View], question: str, earlier: Turns = ()) -> Reply:
        del earlier
        return Reply((Reading("", question, views[0].page.number),), self.name)

    def transcribe(self, view: View) -> PageText | None:
        return PageText(view.page, (), "nano")

    @property
    def pages(self) -> list[list[tuple[int, ...]]]:
        return [[numbers(request) for request in batch] for batch in self.batches]


def numbers(request: ReadRequest) -> tuple[int, ...]:
    return tuple(view.page.number for view in request.views)


def note(path: Path, *pages: str) -> Path:
    """A PDF whose pages each print a title and some lines."""
    with pymupdf.open() as pdf:
        for text in pages:
            pdf.new_page(width=300, height=200).insert_text((20, 40), ["Note", text], fontsize=11, lineheight=2)
        pdf.save(path)
    return path


def lines_of(request: ReadRequest) -> list[Reading]:
    """One line with its page number as amount for each page, and the fields that stand once from the first page."""
    once = [Reading("/title", "Note", 1), Reading("/total", None)]
    return once + [Reading(f"/lines/{row}/amount", str(page), page) for row, page in enumerate(numbers(request))]


def scan(path: Path) -> Path:
    """A picture of an empty page, 300 x 200 points: there is no text to check a reading against."""
    Image.new("L", (600, 400), 255).save(path, dpi=(144, 144))
    return path


@pytest.fixture(scope="module")
def small() -> Settings:
    """Two pages a window."""
    return Settings(window_pages=2)


@pytest.mark.parametrize("name", ["invoice-01", "receipt-01"])
def test_a_sample_read_well_is_its_truth(name: str, tmp_path: Path) -> None:
    """Printed text of a digital page becomes the values a person would type, each verified at its box."""
    document = sample(name)
    kind = name.partition("-")[0]
    record = docpipe.extract(document, schema=kind, model=replay_of(document, tmp_path / "r.jsonl", kind))
    assert record.model_dump(mode="json")["data"] == expected(document, docpipe.load_schema(kind))
    assert record.status == "ok", record.warnings
    assert (record.source, record.pages, record.schema_name) == (str(document), 1, kind)
    assert {value.model for value in record.values} == {"recorded-1"}
    for value in record.values:
        assert value.status == ("absent" if value.text is None else "verified"), value


KINDS = {"invoice": "invoice", "receipt": "receipt", "statement": "statement", "order": "purchase_order"}


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_every_sample_read_well_is_its_truth(kind: str, tmp_path: Path) -> None:
    """The PDFs of many senders, some across pages and in three languages, come out as a person would type them."""
    schema = docpipe.load_schema(KINDS[kind])
    documents = sorted(SAMPLES.glob(f"{kind}-*.pdf"))
    with Renderer(Settings()) as renderer:
        counts = [len(renderer.pages(open_source(document))) for document in documents]
    lines = [
        entry(d, schema, perfect(d, schema), pages=range(1, n + 1)) for d, n in zip(documents, counts, strict=True)
    ]
    with Pipeline(Settings(model=write_replay(tmp_path / "r.jsonl", lines))) as pipeline:
        records = list(pipeline.stream(documents, schema=schema.name))
    assert len(records) >= 5
    for document, record in zip(documents, records, strict=True):
        assert (record.source, record.status) == (str(document), "ok"), record.warnings
        assert record.model_dump(mode="json")["data"] == expected(document, schema), document


def test_every_way_in_gives_the_same_record(tmp_path: Path) -> None:
    """A path, its text, its bytes, an open file, and one of a stream are read by the same code."""
    document = sample("invoice-01")
    settings = Settings(model=replay_of(document, tmp_path / "r.jsonl"))
    content = document.read_bytes()
    with Pipeline(settings) as pipeline:
        records = [pipeline.extract(ref, schema="invoice") for ref in (str(document), content, io.BytesIO(content))]
        records += pipeline.stream([document, content], schema="invoice")
    records.append(docpipe.extract(document, schema="invoice", settings=settings))
    same = [r.model_dump(exclude={"timing", "source"}) for r in records]
    assert same == same[:1] * 6


def test_pages_of_several_documents_are_read_together(tmp_path: Path, small: Settings) -> None:
    """A model is given windows of several documents at once, never more pages than a window or two hold."""
    reader = Reader(lines_of)
    refs = [note(tmp_path / "a.pdf", "1"), note(tmp_path / "b.pdf", "1"), note(tmp_path / "c.pdf", "1", "2", "3")]
    with Pipeline(small, model=reader) as pipeline:
        records = list(pipeline.stream(refs, schema=NOTE))
    assert reader.pages == [[(1,), (1,)], [(1, 2)], [(3,)]]
    assert [Path(r.source).name for r in records] == ["a.pdf", "b.pdf", "c.pdf"]
    assert records[2].data["lines"] == [{"amount": Decimal(1)}, {"amount": Decimal(2)}, {"amount": Decimal(3)}]
    assert [r.timing.read_s for r in records] == [0.25, 0.25, 0.5]
    assert all(r.timing.total_s >= r.timing.render_s > 0 for r in records)


def test_a_record_is_out_before_the_next_document_is_read(tmp_path: Path, small: Settings) -> None:
    """A stream hands on what is finished, so that a long batch loses nothing."""
    reader = Reader(lines_of)
    refs = [note(tmp_path / "a.pdf", "1", "2"), note(tmp_path / "b.pdf", "1", "2")]
    with Pipeline(small, model=reader) as pipeline:
        stream = pipeline.stream(refs, schema=NOTE)
        assert next(stream).status == "ok"
        assert reader.pages == [[(1, 2)]]
        assert next(stream).status == "ok"


def test_one_page_that_fails_leaves_the_others(tmp_path: Path, small: Settings) -> None:
    """A window that fails is asked page by page; the page that fails again is named, and the record is partial."""

    def read(request: ReadRequest) -> list[Reading]:
        if 3 in numbers(request):
            raise ReplyInvalid("the reply loops")
        return lines_of(request)

    reader = Reader(read)
    with Pipeline(small, model=reader) as pipeline:
        record = pipeline.extract(note(tmp_path / "a.pdf", *"12345"), schema=NOTE)
    assert reader.pages == [[(1, 2)], [(3, 4)], [(3,)], [(4,)], [(5,)]]
    assert record.status == "partial"
    assert [line["amount"] for line in record.data["lines"]] == [1, 2, 4, 5]
    assert record.error is not None
    assert (record.error.code, record.error.page, record.error.message) == ("reply_invalid", 3, "the reply loops")
    assert [(w.code, w.message) for w in record.warnings] == [("reply_invalid", "page 3: the reply loops")]


def test_a_batch_that_fails_costs_only_the_document_at_fault(tmp_path: Path, small: Settings) -> None:
    """When one request of a batch fails, the others of it are still read."""

    def read(request: ReadRequest) -> list[Reading]:
        if request.views[0].page.source.name.endswith("a.pdf"):
            raise ReplyInvalid("the reply loops")
        return lines_of(request)

    refs = [note(tmp_path / name, "1") for name in ("a.pdf", "b.pdf")]
    with Pipeline(small, model=Reader(read)) as pipeline:
        records = list(pipeline.stream(refs, schema=NOTE))
    assert [r.status for r in records] == ["failed", "ok"]
    assert records[0].data == {"title": None, "total": None, "lines": []}


def test_a_server_that_is_down_is_not_asked_page_by_page(tmp_path: Path, small: Settings) -> None:
    """What no page can mend is asked once."""

    def read(request: ReadRequest) -> list[Reading]:
        raise ModelUnavailable(f"connection refused for page {numbers(request)}")

    reader = Reader(read)
    with Pipeline(small, model=reader) as pipeline:
        record = pipeline.extract(note(tmp_path / "a.pdf", "1", "2"), schema=NOTE)
    assert reader.pages == [[(1, 2)]]
    assert record.status == "failed"
    assert record.error is not None
    assert record.error.code == "model_unavailable"


def test_a_cut_reply_is_never_all_well(tmp_path: Path, small: Settings) -> None:
    """Values of a reply that ended at its limit are kept, and the record says that some may be missing."""

    def read(request: ReadRequest) -> Reply:
        return Reply(tuple(lines_of(request)), "reader-1", finish_reason="length")

    with Pipeline(small, model=Reader(read)) as pipeline:
        record = pipeline.extract(note(tmp_path / "a.pdf", "1"), schema=NOTE)
    assert record.status == "partial"
    assert record.data["lines"] == [{"amount": 1}]
    assert record.error is not None
    assert record.error.message == "the reply of reader-1 ended too early (length), so values may be missing"


def test_a_field_that_the_model_passed_over_is_not_absent(tmp_path: Path, small: Settings) -> None:
    """Silence about a field makes a record partial: absent is something a model must say."""
    with Pipeline(small, model=Reader(lambda _: [Reading("/title", "Note", 1)])) as pipeline:
        record = pipeline.extract(note(tmp_path / "a.pdf", "Note"), schema=NOTE)
    assert record.status == "partial"
    assert [(w.code, w.pointer) for w in record.warnings] == [("not_answered", "/total")]


def test_fields_of_a_broken_rule_are_read_again_sharper(tmp_path: Path) -> None:
    """The fields of a rule that does not hold are shown again, larger and clipped, and the better reading is taken."""
    row_box, total_box = (20.0, 50.0, 42.0, 66.0), (76.0, 50.0, 102.0, 66.0)

    def read(request: ReadRequest) -> list[Reading]:
        if request.only is not None:
            return [Reading(p, "7.50", 1, total_box, 0.9) for p in request.only if p == "/total"]
        row = Reading("/lines/0/amount", "7.50", 1, row_box, 0.9)
        return [Reading("/title", None), Reading("/total", "19.20", 1, total_box, 0.6), row]

    reader = Reader(read)
    with Pipeline(Settings(), model=reader) as pipeline:
        record = pipeline.extract(note(tmp_path / "a.pdf", "7.50            7.50"), schema=NOTE)
    _, (again,) = reader.batches
    (view,) = again.views
    assert again.only is not None
    assert set(again.only) == {"/total", "/lines/0/amount"}
    assert "the lines do not add up" in again.problems
    assert view.dpi == 2 * Settings().dpi
    assert view.clip == (0.0, 2.0, 300.0, 98.0)
    assert view.image.shape[:2] == (294, 917)
    assert record.data["total"] == Decimal("7.50")
    assert record.status == "ok", record.warnings


def test_what_stays_broken_needs_review_after_one_more_look(tmp_path: Path) -> None:
    """A second reading that is no better changes nothing, and there is no third."""

    def read(request: ReadRequest) -> list[Reading]:
        wrong = (
            {"/total": "2.50", "/lines/0/amount": "9"} if request.only else {"/total": "1.50", "/lines/0/amount": "7"}
        )
        return [Reading("/title", None), *(Reading(p, text, 1) for p, text in wrong.items())]

    reader = Reader(read)
    with Pipeline(Settings(), model=reader) as pipeline:
        record = pipeline.extract(scan(tmp_path / "a.png"), schema=NOTE)
    assert len(reader.batches) == 2
    assert record.data["total"] == Decimal("1.50")
    assert record.status == "needs_review"
    assert [(w.code, w.message) for w in record.warnings] == [("rule_broken", "the lines do not add up")]


@pytest.mark.parametrize("gone", ["/total", "/lines/0/amount"])
@pytest.mark.parametrize("sure", [None, 0.6, 0.4])
def test_a_value_that_a_second_look_does_not_see_is_not_lost(tmp_path: Path, gone: str, sure: float | None) -> None:
    """Without the value no rule would be broken, which proves nothing: it stays, and a person is asked.

    What was more likely wrong than right is gone when it is not seen again.
    """

    def read(request: ReadRequest) -> list[Reading]:
        first = {"/total": "1.50", "/lines/0/amount": "7"}
        again = {pointer: None if pointer == gone else text for pointer, text in first.items()}
        said = (again if request.only else first).items()
        return [Reading("/title", None), *(Reading(pointer, text, 1, confidence=sure) for pointer, text in said)]

    with Pipeline(Settings(), model=Reader(read)) as pipeline:
        record = pipeline.extract(scan(tmp_path / "a.png"), schema=NOTE)
    values = {value.pointer for value in record.values if value.value is not None}
    if sure == 0.4:
        assert gone not in values
        return
    assert {"/total", "/lines/0/amount"} <= values
    assert record.status == "needs_review"
    assert [(w.code, w.message) for w in record.warnings] == [("rule_broken", "the lines do not add up")]


def test_a_second_look_that_fails_keeps_the_first(tmp_path: Path) -> None:
    """An error while asking again leaves the record as it was: in need of review, not failed."""

    def read(request: ReadRequest) -> list[Reading]:
        if request.only:
            raise ReplyInvalid("the reply loops")
        return [Reading("/title", None), Reading("/total", "1.50", 1), Reading("/lines/0/amount", "7", 1)]

    with Pipeline(Settings(), model=Reader(read)) as pipeline:
        record = pipeline.extract(scan(tmp_path / "a.png"), schema=NOTE)
    assert (record.status, record.error, record.data["total"]) == ("needs_review", None, Decimal("1.50"))


def test_text_that_is_no_number_needs_review(tmp_path: Path) -> None:
    """What cannot be converted keeps its text, is null in the data, and is listed."""
    with Pipeline(
        Settings(),
        model=Reader(lambda r: [replace(x, printed="soon") if x.pointer == "/total" else x for x in lines_of(r)]),
    ) as pipeline:
        record = pipeline.extract(note(tmp_path / "a.pdf", "soon"), schema=NOTE)
    assert record.status == "needs_review"
    assert record.data["total"] is None
    assert [(v.text, v.value) for v in record.values if v.pointer == "/total"] == [("soon", None)]
    assert ("not_converted", "/total") in [(w.code, w.pointer) for w in record.warnings]


def test_a_field_the_schema_demands_makes_a_record_partial(tmp_path: Path) -> None:
    """Where the data cannot fit the schema, the record does not claim that it does."""
    demanding = {"title": "Note", "type": "object", "required": ["total"], "properties": {"total": {"type": "number"}}}
    with Pipeline(Settings(), model=Reader(lambda _: [Reading("/total", None)])) as pipeline:
        record = pipeline.extract(note(tmp_path / "a.pdf", "1"), schema=demanding)
    assert record.status == "partial"
    assert [(w.code, w.pointer) for w in record.warnings] == [("missing_required", "/total")]


def test_auto_reads_the_kind_first(tmp_path: Path) -> None:
    """Without a schema the model is asked which one fits, then reads with it."""

    def read(request: ReadRequest) -> list[Reading]:
        if [leaf.path for leaf in request.schema.leaves] == ["/schema"]:
            return [Reading("/schema", "receipt")]
        return [Reading(leaf.path, None) for leaf in request.schema.leaves if leaf.array is None]

    reader = Reader(read)
    with Pipeline(Settings(), model=reader) as pipeline:
        record = pipeline.extract(note(tmp_path / "a.pdf", "1"))
    (which,), (whole,) = reader.batches
    assert which.schema.leaves[0].enum == tuple(schema.name for schema in docpipe.list_schemas())
    assert whole.schema.name == record.schema_name == "receipt"
    assert record.status == "ok"


def test_auto_without_an_answer_reads_any_field(tmp_path: Path) -> None:
    """A page that fits no schema is read as a form, and a person is asked to look."""
    reader = Reader(lambda r: [Reading(leaf.path, None) for leaf in r.schema.leaves if leaf.array is None])
    with Pipeline(Settings(), model=reader) as pipeline:
        record = pipeline.extract(note(tmp_path / "a.pdf", "1"))
    assert (record.schema_name, record.status) == ("form", "needs_review")
    assert [w.code for w in record.warnings] == ["schema_unclear"]


def test_a_stopped_stream_keeps_the_pages_it_has(tmp_path: Path, small: Settings) -> None:
    """On Ctrl-C the document under way comes out with its finished windows, as partial, before the stream ends."""

    def read(request: ReadRequest) -> list[Reading]:
        if 3 in numbers(request):
            raise KeyboardInterrupt
        return lines_of(request)

    with Pipeline(small, model=Reader(read)) as pipeline:
        stream = pipeline.stream([note(tmp_path / "a.pdf", *"12345")], schema=NOTE)
        record = next(stream)
        with pytest.raises(KeyboardInterrupt):
            next(stream)
    assert record.status == "partial"
    assert [line["amount"] for line in record.data["lines"]] == [1, 2]
    assert [w.message for w in record.warnings] == ["stopped before these pages: 3, 4, 5"]


@pytest.mark.parametrize(
    ("ref", "pages", "code"),
    [
        ("none.pdf", None, "source_not_found"),
        ("empty.pdf", None, "source_empty"),
        ("text.pdf", None, "source_unsupported"),
        ("cut.pdf", None, "source_damaged"),
        ("good.pdf", "9", "usage_error"),
    ],
)
def test_a_document_that_cannot_be_used_says_why(tmp_path: Path, ref: str, pages: str | None, code: str) -> None:
    """A bad document is a failed record with an error of its kind, and the model is not asked."""
    (tmp_path / "empty.pdf").touch()
    (tmp_path / "text.pdf").write_text("Dear Sir or Madam")
    whole = note(tmp_path / "good.pdf", "1").read_bytes()
    (tmp_path / "cut.pdf").write_bytes(whole[:80])
    reader = Reader(lines_of)
    with Pipeline(Settings(), model=reader) as pipeline:
        record = pipeline.extract(tmp_path / ref, schema=NOTE, pages=pages)
    assert record.status == "failed"
    assert record.error is not None
    assert record.error.code == code
    assert record.error.message.startswith(str(tmp_path / ref))
    assert record.data == {"title": None, "total": None, "lines": []}
    assert reader.batches == []


def test_wrong_usage_is_raised_before_any_work() -> None:
    """A schema or a model that does not exist is an exception, not a thousand failed records."""
    with pytest.raises(SchemaError, match='no schema "invoyce"'):
        docpipe.extract(sample("invoice-01"), schema="invoyce")
    with pytest.raises(UnknownModel, match="no model is called"):
        docpipe.extract(sample("invoice-01"), schema="invoice", model="nanno")


def test_pictures_are_of_the_document_that_was_read(tmp_path: Path) -> None:
    """A record is drawn on its own pages only."""
    document = sample("invoice-01")
    with Pipeline(Settings(model=replay_of(document, tmp_path / "r.jsonl"))) as pipeline:
        record = pipeline.extract(document, schema="invoice")
        ((number, picture),) = pipeline.pictures(record, document)
        other = note(tmp_path / "other.pdf", "1")
        with pytest.raises(UsageError, match=r"other\.pdf is not the document of this record"):
            list(pipeline.pictures(record, other))
    width, height = record.page_sizes[0]
    assert number == 1
    assert picture.width == pytest.approx(width * 110 / 72, abs=1)
    assert picture.height > height * 110 / 72
    assert (0, 158, 115) in {colour for _, colour in picture.getcolors(1 << 20) or []}


def test_progress_is_told_in_order(tmp_path: Path, small: Settings) -> None:
    """Whoever waits can see which page is read."""
    seen: list[Progress] = []
    with Pipeline(small, model=Reader(lines_of), progress=seen.append) as pipeline:
        path = note(tmp_path / "a.pdf", "1", "2", "3")
        pipeline.extract(path, schema=NOTE)
    name = str(path)
    assert seen == [
        Progress("open", name),
        Progress("read", name, 2, 3),
        Progress("read", name, 3, 3),
        Progress("done", name, 3, 3),
    ]


class Forgetful(Reader):
    """Keeps no pixels."""

    def keep(self, batch: list[ReadRequest]) -> None:
        del batch


@pytest.mark.slow
def test_a_long_document_does_not_grow_the_process(tmp_path: Path) -> None:
    """A thousand pages cost less than a tenth of a megabyte each, since pages are let go when they are read."""

    def resident_mb() -> float:
        return int(Path("/proc/self/statm").read_text().split()[1]) * 4096 / 1e6

    path = note(tmp_path / "long.pdf", *map(str, range(1, 1001)))
    with Pipeline(Settings(max_pages=1000, dpi=72), model=Forgetful(lines_of)) as pipeline:
        pipeline.extract(path, schema=NOTE, pages="1-8")
        before = resident_mb()
        record = pipeline.extract(path, schema=NOTE)
    assert len(record.data["lines"]) == 1000
    assert resident_mb() - before < 100
