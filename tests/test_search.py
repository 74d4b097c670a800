"""Pages are found by what stands on them and by what was read from them. On SQLite and on PostgreSQL."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as trying
from hypothesis import strategies as st

from docpipe.errors import JobLost
from docpipe.index import SentenceModel, fused, search, sentence_model, understood, words_of
from docpipe.pipeline import Pipeline
from docpipe.reindexing import reindex
from docpipe.schema import load_schema
from docpipe.settings import Settings
from docpipe.store import Kept, Lease, Origin, SearchQuery, Store, Terms, open_store
from docpipe.store.entries import PageWords
from docpipe.types import Page, PageText, Record, RecordStatus, Source, Value, View, Word
from tests.handmade import one_page, text_at
from tests.stores import Perfect, query, sha, sqlite
from tests.test_store import INVOICE
from tests.test_store_doors import Run, run

__all__ = ["run"]
ORIGIN = Origin("asked", "by hand")
JOINERY = "Harbour Lane Joinery Ltd, 12 Quay Street. Oak shelving unit, delivery within Bristol."
MULLER = "Müller & Söhne GmbH, Hauptstraße 7, Köln. Rechnungsnummer 4711, Gesamtbetrag 1.234,56 EUR."
LYON = "Société Lumière, Échéance le 12.03.2024. Facture n° 88, œuvre posée à Lyon."


@pytest.fixture
def store(database: Settings) -> Iterator[Store]:
    """A new store."""
    with open_store(database) as opened:
        yield opened


def keep(
    store: Store,
    name: str,
    *pages: str,
    values: Mapping[str, str] | None = None,
    status: RecordStatus = "ok",
    schema: str = "invoice",
    lease: Lease | None = None,
    model: SentenceModel | None = None,
) -> Kept:
    """Store a document as it comes out of the pipeline: its pages' text, and values that stand on the first page."""
    asked = load_schema(schema)
    source = Source(name, sha_of(name), "application/pdf", data=name.encode())
    said = [
        Value(pointer=pointer, text=text, value=text, page=1, box=(10, 20, 30, 40), status="verified")
        for pointer, text in (values or {}).items()
    ]
    record = Record(
        source=name,
        sha256=source.sha256,
        schema_name=asked.name,
        schema_hash=asked.hash,
        status=status,
        pages=len(pages),
        page_sizes=[(595, 842)] * len(pages),
        data={},
        values=said,
    )
    shown = [Page(source, number, 595, 842) for number in range(1, len(pages) + 1)]
    words = [PageWords(number, text, "layer") for number, text in enumerate(pages, start=1)]
    store.arrive(source)
    return store.keep(source, record, asked, ORIGIN, shown, words=understood(words, said, model), lease=lease)


def sha_of(name: str) -> str:
    """A hash for a document that is only a name."""
    return hashlib.sha256(name.encode()).hexdigest()


def found(store: Store, text: str, **more: object) -> list[tuple[str, int]]:
    """The pages that the words of a query find, by document and number."""
    return [(hit.name, hit.page) for hit in store.search(SearchQuery(text, **more))]  # type: ignore[arg-type]


def test_a_hit_is_a_page_or_a_value_with_its_place(store: Store) -> None:
    """What stands on a page gives its line; what was read as a value gives its pointer and its box as well."""
    kept = keep(store, "a.pdf", "Nothing here", f"{JOINERY} Order now.", values={"/invoice_number": "INV-2024-0386"})
    (page,) = store.search(SearchQuery("shelving OAK"))
    assert (page.document, page.name, page.page, page.schema_name) == (kept.document, "a.pdf", 2, "invoice")
    assert [page.snippet[start:end] for start, end in page.marks] == ["Oak", "shelving"]
    assert (page.pointer, page.box, page.coverage) == (None, None, 1.0)
    (value,) = store.search(SearchQuery("inv-2024-0386"))
    assert (value.pointer, value.text, value.box, value.page) == (
        "/invoice_number",
        "INV-2024-0386",
        (10, 20, 30, 40),
        1,
    )
    assert [value.snippet[start:end] for start, end in value.marks] == ["INV-2024-0386"]
    assert value.score == 1.0


def test_words_are_found_however_they_are_typed(store: Store) -> None:
    """Case, accents, umlauts, ß, beginnings, a letter or two too many or too few, and amounts in either notation."""
    keep(store, "joinery", JOINERY)
    keep(store, "muller", MULLER, values={"/total": "1234.56"})
    keep(store, "lyon", LYON)
    for document, typed in {
        "joinery": ["harbour", "HARBOUR LANE", '"Quay Street"', "harbuor", "jionery", "shelvng", "deliv", "Bristoll"],
        "muller": ["müller", "muller", "Mueller", "MÜLLER", "hauptstrasse", "Hauptstraße", "soehne", "köln", "koeln"],
        "lyon": ["societe", "SOCIÉTÉ", "echeance", "Lumiere", "lumìère", "12.03.2024", "Facture n° 88"],
    }.items():
        for text in typed:
            assert found(store, text)[:1] == [(document, 1)], text
    for text in ("1.234,56", "1234.56", "rechn", "Gesamtbetrg", "total 1234.56"):
        assert found(store, text) == [("muller", 1)], text
    for text in ("", "  ", '"', "...", "4712", '"Street Quay"', "zebra", "1.234,57", "quixotic harb0ur"):
        assert found(store, text) == [], text


def test_pages_with_every_word_come_before_pages_with_some(store: Store) -> None:
    """The best page has all of the query; one with less than half of what the best one has is left out."""
    keep(store, "one", "oak oak oak oak oak table", "oak and walnut shelf", "walnut box", "pine shelf")
    assert found(store, "oak walnut shelf") == [("one", 2)]
    assert found(store, "oak walnut")[0] == ("one", 2)
    assert found(store, "oak walnut", limit=1) == [("one", 2)]


def test_filters_narrow_a_search(store: Store) -> None:
    """By schema, by status, by the document's own day or else that of storing, by sender, and by document."""
    old = keep(store, "old", "oak", values={"/invoice_date": "2023-05-02", "/supplier_name": "Müller Holz GmbH"})
    new = keep(store, "new", "oak", values={"/invoice_date": "2024-05-02", "/due_date": "2023-01-01"})
    keep(store, "bill", "oak", schema="receipt", status="needs_review", values={"/merchant_name": "Oakham 7"})
    today = datetime.now(UTC).date()

    def names(**more: object) -> set[str]:
        return {name for name, _ in found(store, "oak", **more)}

    assert names() == {"old", "new", "bill"}
    assert names(schema="invoice") == {"old", "new"}
    assert names(schema="invoice", status="needs_review") == set()
    assert names(status="needs_review") == {"bill"}
    assert names(until=date(2023, 12, 31)) == {"old"}
    assert names(since=date(2024, 5, 2), until=date(2024, 5, 2)) == {"new"}
    assert names(since=today) == {"bill"}
    assert names(sender="mueller holz") == set()
    assert names(sender="MULLER holz") == {"old"}
    assert names(documents=(old.document, new.document)) == {"old", "new"}


def test_a_filter_that_few_pages_pass_finds_them_all_the_same(store: Store) -> None:
    """Among many pages that are better, the one that is wanted is found."""
    keep(store, "many", *["oak oak oak"] * 450)
    keep(store, "few", "oak and much else that is of no interest here", values={"/supplier_name": "Acme"})
    assert found(store, "oak", sender="acme") == [("few", 1)]


def test_what_is_current_is_found_and_nothing_else(database: Settings, tmp_path: Path) -> None:
    """A file that is replaced leaves the results and comes back with its content; a review changes what is found."""
    first, second = one_page(text_at(72, 700, "walnut table")), one_page(text_at(72, 700, "cherry table"))
    place = tmp_path / "order.pdf"
    with open_store(database) as store:

        def add(content: bytes) -> Kept:
            place.write_bytes(content)
            model = Perfect(copies={sha(place): INVOICE}, changes={"/supplier_name": "Zanzibar Trading"})
            with Pipeline(database, model=model, store=store) as pipeline:
                (added,) = pipeline.add([place], schema="invoice")
            assert added.kept is not None
            return added.kept

        kept = add(first)
        assert found(store, "walnut") == [(str(place), 1)]
        add(second)
        assert (found(store, "walnut"), found(store, "cherry")) == ([], [(str(place), 1)])
        add(first)
        assert (found(store, "walnut"), found(store, "cherry")) == ([(str(place), 1)], [])
        assert found(store, "zanzibar") == [(str(place), 1)]
        values = [
            value.model_copy(update={"text": "Kilimanjaro", "value": "Kilimanjaro", "status": "reviewed"})
            if value.pointer == "/supplier_name"
            else value
            for value in kept.record.values
        ]
        now = store.get(kept.document)
        store.review(now, now.record.model_copy(update={"values": values}))
        assert (found(store, "zanzibar"), found(store, "kilimanjaro")) == ([], [(str(place), 1)])
        with Pipeline(database, model=Perfect(), store=store) as pipeline:
            (again,) = reindex(pipeline, store)
        assert (again.pages, again.error) == (1, None)
        assert found(store, "kilimanjaro walnut") == [(str(place), 1)]


def test_a_record_and_what_is_searched_of_it_are_stored_together(store: Store) -> None:
    """Where the record cannot be kept, since the job was taken away meanwhile, nothing of it is found."""
    nobody = Lease(
        job=99,
        worker="nobody",
        name="lost",
        path="lost",
        schema=None,
        asked="",
        content=None,
        rules=(),
        attempt=1,
        terms=Terms(60, 3, 1, 1),
    )
    with pytest.raises(JobLost):
        keep(store, "lost", JOINERY, lease=nobody)
    assert found(store, "harbour") == []
    assert query(store, "SELECT count(*) FROM docpipe_search") == [(0,)]


class Eyed(Perfect):
    """A model that can also read a page as text."""

    text = "transcribed walnut"

    def transcribe(self, view: View) -> PageText | None:
        words = tuple(Word(text, (0, 0, 9, 9)) for text in self.text.split())
        return PageText(view.page, words, "nano")


def test_a_scan_is_found_by_what_the_model_reads_on_it(tmp_path: Path) -> None:
    """A page without text is transcribed; one with text is not. Stored pages without text are made up for."""
    scan, page = tmp_path / "scan.pdf", tmp_path / "page.pdf"
    scan.write_bytes(one_page(b"0 0 100 100 re f"))
    page.write_bytes(one_page(text_at(72, 700, "printed cherry")))
    settings = sqlite(tmp_path)
    copies = {sha(scan): INVOICE, sha(page): INVOICE}
    with open_store(settings) as store:
        with Pipeline(settings, model=Eyed(copies=copies), store=store) as pipeline:
            assert [added.record.status for added in pipeline.add([scan, page], schema="invoice")]
        assert found(store, "transcribed") == [(str(scan), 1)]
        assert found(store, "cherry") == [(str(page), 1)]
        with store.database.write() as connection:
            connection.exec_driver_sql("DELETE FROM docpipe_search")
        assert found(store, "transcribed") == []
        with Pipeline(settings, model=Eyed(copies=copies), store=store) as pipeline:
            assert [(done.pages, done.error) for done in reindex(pipeline, store)] == [(1, None), (1, None)]
        assert found(store, "transcribed") == [(str(scan), 1)]
        assert found(store, "cherry") == [(str(page), 1)]


def test_what_nobody_can_see_is_not_found() -> None:
    """Hidden words of a layer are left out; those that a scanner put under its picture are what the page says."""
    page = Page(Source("a", "a" * 64, "application/pdf"), 3, 595, 842)
    words = (Word("seen", (0, 0, 1, 1)), Word("hidden", (0, 0, 1, 1), visible=False))
    assert words_of(PageText(page, words, "layer")) == PageWords(3, "seen", "layer")
    assert words_of(PageText(page, words, "ocr")) == PageWords(3, "seen hidden", "ocr")


def test_what_means_the_same_is_found_without_a_word_of_it(store: Store) -> None:
    """With the sentence model, across languages; quotes and numbers are for words, and nonsense finds nothing."""
    model = sentence_model(Settings())
    assert model is not None
    keep(
        store,
        "power",
        "Invoice for electricity supply, meter reading March, consumption 412 kWh, Neuburg works",
        model=model,
    )
    keep(
        store,
        "rent",
        "Mietvertrag über eine Wohnung mit drei Zimmern, Kaltmiete 980 Euro, Kaution drei Monatsmieten",
        model=model,
    )
    keep(store, "train", "Train ticket from Vienna to Zurich, second class, seat reservation, coach 12", model=model)

    def names(text: str, **more: object) -> list[str]:
        return [hit.name for hit in search(store, SearchQuery(text, **more), model)]  # type: ignore[arg-type]

    assert names("Stromrechnung") == ["power"]
    assert names("loyer appartement") == ["rent"]
    assert names("Zugticket") == ["train"]
    assert names("zurich") == ["train"]
    for text in ('"Stromrechnung"', "4711", "blorptastic", "loyer appartement"):
        assert names(text, documents=(1,)) == [], text
    assert [hit.name for hit in search(store, SearchQuery("Stromrechnung"))] == []


def test_meaning_is_kept_and_asked_for_only_where_it_is_wanted(
    run: Run, database: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Switched off, nothing is stored of it and words alone are searched; switched on again, reindexing makes it."""
    vectors = "SELECT count(*) FROM docpipe_words_vectors"
    power, place = "Invoice for electricity supply, meter reading March, consumption 412 kWh", tmp_path / "power.pdf"
    place.write_bytes(one_page(text_at(72, 700, power)))
    plain = database.model_copy(update={"meaning": False})
    with open_store(plain) as store:
        with Pipeline(plain, model=Perfect(copies={sha(place): INVOICE}), store=store) as pipeline:
            (added,) = pipeline.add([place], schema="invoice")
        assert query(store, vectors) == [(0,)]
        assert (run("search", "Stromrechnung").code, run("search", "electricity").code) == (3, 0)
        assert run("db", "reindex").out == "1 documents, 1 pages\n"
        assert query(store, vectors) == [(1,)]
        assert run("search", "Stromrechnung").code == 0
        assert run("db", "reindex", "--no-meaning").code == 0
        assert query(store, vectors) == [(1,)]  # which is still true of the page
        assert added.kept is not None
        store.put_words(added.kept.document, [PageWords(1, "something else", "layer")])
        assert query(store, vectors) == [(0,)]
    monkeypatch.setenv("DOCPIPE_MEANING", "false")
    assert run("search", "Stromrechnung").code == 3
    assert "for search by meaning: off, as meaning is false" in run("doctor").out


def test_rankings_are_fused_by_reciprocal_rank() -> None:
    """A page in both lists comes before one that is first in one of them, and is worth what the formula says."""
    assert [entry for entry, _ in fused([1, 2], [3, 2])] == [2, 1, 3]
    scores = dict(fused([1, 2], [3, 2]))
    assert scores[2] == pytest.approx(61 / 62)
    assert scores[1] == pytest.approx(1 / 2)
    assert fused([7], []) == [(7, 1.0)]
    assert fused([], []) == []


OPERATORS = [
    "AND",
    "OR",
    "NOT",
    "NEAR(",
    "^",
    "*",
    '"',
    "'",
    "(",
    ")",
    "{a b}:",
    "text:",
    "-",
    "+",
    "\\",
    "%",
    "&",
    "|",
]
TYPED = st.text(max_size=40) | st.lists(st.sampled_from([*OPERATORS, "oak", "Müller"]), max_size=8).map(" ".join)


def test_any_text_is_a_query(store: Store) -> None:
    """Nothing that a person types or pastes is an error, least of all what databases take for operators."""
    keep(store, "a", JOINERY, MULLER)

    @trying(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
    @given(TYPED)
    def types(text: str) -> None:
        for hit in store.search(SearchQuery(text, sender=text[:3] or None)):
            assert all(0 <= start < end <= len(hit.snippet) for start, end in hit.marks)

    types()
    assert found(store, 'harbour AND NOT "*') == [("a", 1)]
    store.search(SearchQuery(" ".join([JOINERY, MULLER] * 200)))


def test_searching_from_the_command_line(run: Run, database: Settings) -> None:
    """Hits are shown with their page and what matched, or a JSON object a line; exit code 3 when there are none."""
    with open_store(database) as store:
        keep(store, "a.pdf", f"{JOINERY} \x1b[31m", values={"/supplier_name": "Harbour Lane Joinery Ltd"})
        keep(store, "b.pdf", "oak", schema="receipt")
    shown = run("search", "harbour joinery", "--words")
    assert (shown.code, shown.err) == (0, "")
    assert shown.out.splitlines() == [
        "1.00     1  a.pdf, page 1  /supplier_name",
        "            supplier name: [Harbour] Lane [Joinery] Ltd",
    ]
    lines = run("search", "oak", "--json", "--schema", "invoice", "--words").out.splitlines()
    (hit,) = map(json.loads, lines)
    assert {key: hit[key] for key in ("document", "name", "page", "schema", "pointer", "box", "coverage")} == {
        "document": 1,
        "name": "a.pdf",
        "page": 1,
        "schema": "invoice",
        "pointer": None,
        "box": None,
        "coverage": 1.0,
    }
    assert hit["snippet"][slice(*hit["marks"][0])] == "Oak"
    nothing = run("search", "blorptastic", "--sender", "nobody")
    assert (nothing.code, nothing.out) == (3, "")
    assert nothing.err == "nothing found for 'blorptastic'\n  next: leave a filter out, or docpipe list\n"
    assert run("search", "oak", "--since", "yesterday").code == 2


def test_an_older_database_is_searchable_after_reindexing(run: Run) -> None:
    """What was added before there was search is found once `docpipe db reindex` has read its pages."""
    settings = Settings()
    with open_store(settings) as store, Pipeline(settings, model=Perfect(), store=store) as pipeline:
        assert [added.record.status for added in pipeline.add([INVOICE], schema="invoice")] == ["ok"]
        with store.database.write() as connection:
            connection.exec_driver_sql("DELETE FROM docpipe_search")
    assert run("search", "shelving", "--words").code == 3
    again = run("db", "reindex")
    assert (again.code, again.out) == (0, "1 documents, 1 pages\n")
    assert run("search", "shelving", "--words").code == 0


def test_a_database_of_many_pages_is_searched_in_a_twinkling(tmp_path: Path) -> None:
    """The benchmark runs, small, and prints every line that it prints of 100,000 pages."""
    from tests.benchmarks import search_pages

    said: list[str] = []
    printed: Callable[..., None] = lambda *parts, **_: said.append(" ".join(map(str, parts)))  # noqa: E731
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("builtins.print", printed)
        patch.setattr(search_pages, "QUERIES", 2)
        search_pages.main(100, tmp_path)
    assert said[-1].startswith("all, by the clock")
    assert len(said) == 20
