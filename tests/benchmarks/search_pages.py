"""How long a search takes over many pages, how fast they are indexed and how large the file gets, beside plain FTS5.

    python tests/benchmarks/search_pages.py [PAGES] [FOLDER]

What was filled in FOLDER once is only searched the next time.

The pages are generated: about 200 words each, as often as words are in language, fifty pages a document, each with
its values. The store takes them through the same method as `docpipe add`, in one transaction a document; plain FTS5
takes the text of the same pages in transactions of the same size, in a table that holds the text. Then both are asked
the same, plain FTS5 for the ten best by BM25. Vectors are measured on some pages with the sentence model where it is
installed; the others get random ones, which take as much room and time to compare.

Times are of the processor, so that they mean the same on a machine that does other things as well; by the clock they
are at the end.
"""

from __future__ import annotations

import itertools
import random
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path

import numpy as np

from docpipe.index import Multilingual, SentenceModel, search, sentence_model, understood
from docpipe.schema import load_schema
from docpipe.settings import Settings
from docpipe.store import Origin, SearchQuery, Store, open_store
from docpipe.store.entries import PageWords
from docpipe.types import Record, Source, Value

PAGES_A_DOCUMENT = 50
WORDS_A_PAGE = 200
QUERIES = 40  # of each kind
NUMBERS, PASSAGES = 512, 6
_SYLLABLES = "ka ro mi ten sol bur ge lan vor ti re chu par den us ex nor al pin wer str au be li mon"
_COMMON = "invoice total date number amount payment company street page customer the of and for from with"


class Corpus:
    """Pages by their number, the same in every run."""

    def __init__(self) -> None:
        chance = random.Random(7)
        made = ("".join(chance.choices(_SYLLABLES.split(), k=chance.randint(2, 5))) for _ in range(60_000))
        self.words = list(dict.fromkeys([*_COMMON.split(), *made]))
        self._often = list(itertools.accumulate(1 / (place + 8) for place in range(len(self.words))))

    def page(self, number: int) -> str:
        """The text of a page."""
        chance = random.Random(number)
        words = chance.choices(self.words, cum_weights=self._often, k=WORDS_A_PAGE)
        return " ".join([*words[:100], self.amount(number), f"PO-{number:06d}", *words[100:]])

    def amount(self, number: int) -> str:
        """What an item on a page costs."""
        return f"{number * 7919 % 1_000_000 / 100:,.2f}"

    def sender(self, document: int) -> str:
        """Who sent a document; each sent about fifty."""
        return f"{self.words[500 + document % 200].title()} {self.words[900 + document % 200].title()} Ltd"


def record_of(corpus: Corpus, document: int) -> Record:
    """What a model would have read of a document."""
    schema = load_schema("invoice")
    day = date(2020, 1, 1) + timedelta(days=document % 1800)
    once = {"invoice_number": f"INV-{document:06d}", "invoice_date": day.isoformat(), "total": corpus.amount(document)}
    once["supplier_name"] = corpus.sender(document)
    values = [Value(pointer=f"/{key}", text=text, value=text, page=1, status="verified") for key, text in once.items()]
    items = []
    for page in range(PAGES_A_DOCUMENT):
        number = document * PAGES_A_DOCUMENT + page
        item = {"description": " ".join(corpus.page(number).split()[:3]), "amount": corpus.amount(number)}
        items.append(item)
        values += [
            Value(pointer=f"/line_items/{page}/{key}", text=text, value=text, page=page + 1, status="verified")
            for key, text in item.items()
        ]
    return Record(
        source=f"{document}.pdf",
        sha256=f"{document:064x}",
        schema_name=schema.name,
        schema_hash=schema.hash,
        status="ok",
        pages=PAGES_A_DOCUMENT,
        page_sizes=[(595, 842)] * PAGES_A_DOCUMENT,
        data={"invoice_number": once["invoice_number"], "supplier_name": once["supplier_name"]},
        values=values,
    )


def fill(store: Store, corpus: Corpus, pages: int) -> float:
    """Store the documents; pages a second, with everything that `docpipe add` does but reading."""
    origin, schema = Origin("asked", "generated"), load_schema("invoice")
    chance = np.random.default_rng(7)
    spent = 0.0
    for document in range(pages // PAGES_A_DOCUMENT):
        record = record_of(corpus, document)
        first = document * PAGES_A_DOCUMENT
        words = []
        for page in range(PAGES_A_DOCUMENT):
            vectors = chance.standard_normal((PASSAGES, NUMBERS), np.float32)
            vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
            words.append(PageWords(page + 1, corpus.page(first + page), "layer", vectors, Multilingual.name))
        source = Source(record.source, record.sha256, "application/pdf", data=b"%PDF")
        begun = time.process_time()
        store.arrive(source)
        store.keep(source, record, schema, origin, words=words)
        spent += time.process_time() - begun
        if document % 100 == 99:
            print(f"  {first + PAGES_A_DOCUMENT} pages, {(first + PAGES_A_DOCUMENT) / spent:.0f}/s", flush=True)
    return pages / spent


def fill_plain(place: Path, corpus: Corpus, pages: int) -> tuple[sqlite3.Connection, float]:
    """Plain FTS5 over the same text, and pages a second."""
    database = sqlite3.connect(place, isolation_level=None)
    database.execute("PRAGMA journal_mode = WAL")
    database.execute("PRAGMA synchronous = FULL")
    database.execute("CREATE VIRTUAL TABLE plain USING fts5(text, tokenize='unicode61 remove_diacritics 2')")
    spent = 0.0
    for first in range(0, pages, PAGES_A_DOCUMENT):
        rows = [(corpus.page(number),) for number in range(first, first + PAGES_A_DOCUMENT)]
        begun = time.process_time()
        database.execute("BEGIN")
        database.executemany("INSERT INTO plain (text) VALUES (?)", rows)
        database.execute("COMMIT")
        spent += time.process_time() - begun
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return database, pages / spent


def queries(corpus: Corpus, pages: int) -> dict[str, list[str]]:
    """What people look for, by kind."""
    chance = random.Random(11)

    def word(low: int, high: int) -> str:
        return corpus.words[chance.randrange(low, high)]

    made: dict[str, Callable[[], str]] = {
        "a rare word": lambda: word(5_000, 30_000),
        "a word": lambda: word(200, 2_000),
        "a common word": lambda: word(0, 10),
        "two words": lambda: f"{word(200, 2_000)} {word(200, 2_000)}",
        "a sentence": lambda: f"the {word(0, 10)} of {word(500, 5_000)} {word(0, 10)} {word(200, 2_000)} from",
        "a number": lambda: f"PO-{chance.randrange(pages):06d}",
        "an amount": lambda: corpus.amount(chance.randrange(pages)),
        "a phrase": lambda: f'"{" ".join(corpus.page(chance.randrange(pages)).split()[10:13])}"',
        "a beginning": lambda: word(200, 30_000)[:5],
        "a typing error": lambda: (w := word(200, 5_000))[:3] + w[4:],
        "what is not there": lambda: f"quixotic{chance.randrange(1000)}",
        "of a sender": lambda: word(200, 2_000),
    }
    return {kind: [make() for _ in range(QUERIES)] for kind, make in made.items()}


def wanted_of(kind: str, text: str, corpus: Corpus) -> SearchQuery:
    """The query of a kind, with its filters."""
    wanted = SearchQuery(text)
    if kind != "of a sender":
        return wanted
    return replace(wanted, sender=corpus.sender(len(text) * 7), schema="invoice", since=date(2021, 1, 1))


def plainly(database: sqlite3.Connection, text: str) -> None:
    """The ten best of plain FTS5, every word quoted."""
    match = text if text.startswith('"') else " ".join(f'"{word}"' for word in text.split())
    database.execute(
        "SELECT rowid, snippet(plain, 0, '[', ']', '…', 24) FROM plain WHERE plain MATCH ? ORDER BY rank LIMIT 10",
        (match,),
    ).fetchall()


# Milliseconds of the processor, and by the clock.
Taken = tuple[float, float]


def taken(ask: Callable[[str], object], texts: Sequence[str]) -> list[Taken]:
    """How long each takes."""
    spent = []
    for text in texts:
        clock, processor = time.perf_counter(), time.process_time()
        ask(text)
        spent.append((1000 * (time.process_time() - processor), 1000 * (time.perf_counter() - clock)))
    return spent


def at(spent: Sequence[float], share: float) -> float:
    """The time that this share of the searches keeps under."""
    return sorted(spent)[min(len(spent) - 1, int(share * len(spent)))]


def main(pages: int, folder: Path) -> None:
    """Fill both, ask both, print what they take."""
    corpus = Corpus()
    print(f"{pages} pages, {WORDS_A_PAGE} words each, {PAGES_A_DOCUMENT} to a document")
    settings = Settings(database=str(folder / "docpipe.db"))
    rate = 0.0
    if (folder / "docpipe.db").exists():
        database = sqlite3.connect(folder / "plain.db", isolation_level=None)
    else:
        database, plain_rate = fill_plain(folder / "plain.db", corpus, pages)
        print(f"plain FTS5: {plain_rate:.0f} pages/s, {(folder / 'plain.db').stat().st_size / 1e6:.0f} MB", flush=True)
        with open_store(settings) as store:
            rate = fill(store, corpus, pages)
    model = sentence_model(settings)
    if model is not None:
        some = [PageWords(number, corpus.page(number)) for number in range(100)]
        model.embed(["load it"])
        begun = time.process_time()
        understood(some, [], model)
        print(f"meaning of a page: {100 / (time.process_time() - begun):.0f} pages/s", flush=True)
    with open_store(settings) as store:
        with store.database.outside() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
            parts = connection.exec_driver_sql(
                "SELECT CASE WHEN name LIKE 'docpipe_words_vectors%' THEN 'vectors'"
                " WHEN name LIKE 'docpipe_words%' THEN 'words'"
                " WHEN name LIKE 'docpipe_search%' THEN 'text' ELSE 'records' END, sum(pgsize)"
                " FROM dbstat GROUP BY 1 ORDER BY 2 DESC"
            ).all()
        size = (folder / "docpipe.db").stat().st_size / 1e6
        shares = ", ".join(f"{part} {held / 1e6:.0f}" for part, held in parts)
        made = f"{rate:.0f} pages/s with records, text, words and vectors" if rate else "filled before"
        print(f"docpipe: {made}, {size:.0f} MB: {shares}")
        begun = time.process_time()
        search(store, SearchQuery("payment for the company"), model)
        print(f"first search of a process, vectors read: {time.process_time() - begun:.2f} s", flush=True)
        ways: list[list[Taken]] = [[], [], []]
        print(f"{'ms: median, 95 %, worst':<26}{'words':>24}{'words and meaning':>24}{'plain FTS5':>24}")
        for kind, texts in queries(corpus, pages).items():
            both = partial(looked_for, store, corpus, kind)
            rows = [
                taken(both, texts),
                taken(partial(both, model=model), texts),
                taken(partial(plainly, database), texts),
            ]
            for way, row in zip(ways, rows, strict=True):
                way += row
            print(f"{kind:<26}" + "".join(told([processor for processor, _ in row]) for row in rows), flush=True)
        print(f"{'all':<26}" + "".join(told([processor for processor, _ in way]) for way in ways))
        print(f"{'all, by the clock':<26}" + "".join(told([clock for _, clock in way]) for way in ways))


def looked_for(store: Store, corpus: Corpus, kind: str, text: str, *, model: SentenceModel | None = None) -> None:
    """One search."""
    search(store, wanted_of(kind, text, corpus), model)


def told(spent: Sequence[float]) -> str:
    """Median, 95 % and worst of some times, in a column."""
    return f"{at(spent, 0.5):>8.1f}{at(spent, 0.95):>8.1f}{max(spent):>8.1f}"


if __name__ == "__main__":
    wished = Path(sys.argv[2]) if len(sys.argv) > 2 else None
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    if wished is not None:
        wished.mkdir(parents=True, exist_ok=True)
        main(count, wished)
    else:
        with tempfile.TemporaryDirectory() as place:
            main(count, Path(place))
