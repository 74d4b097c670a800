"""nano behind the model seam: each leaf of the schema is a short question, all leaves of a page one batch.

Arrays are read in two steps, so they cannot loop: first where their rows start, all at once, then every cell of
every row, each asked about its row's start.
"""

from __future__ import annotations

import time
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from statistics import fmean
from typing import TYPE_CHECKING

import torch
import transformers

from docpipe import nano
from docpipe.errors import ModelTimeout
from docpipe.models.base import Turns
from docpipe.models.charted import Fields, OnPage, charted, fields, picture
from docpipe.models.device import precision, usable
from docpipe.models.nano_deciding import Said, Seen, decide, reading, surest_reading, weighed
from docpipe.models.nano_sifting import announcing, parted, sifted, totals
from docpipe.nano.charts import measured
from docpipe.nano.columns import Columns, columns
from docpipe.nano.grids import tables
from docpipe.nano.labels import Printed, everywhere, looked_up, sought, stated, unshared
from docpipe.nano.large import read_again
from docpipe.nano.level import Levelled, level
from docpipe.nano.looks import Looks
from docpipe.nano.model import NanoForConditionalGeneration, Sight
from docpipe.nano.mouth import Memory
from docpipe.nano.page import CELL, FINEST_DPI, at_most, ink
from docpipe.nano.reading import Answer, Ask, Lexicon, answer, look, starts
from docpipe.nano.reading import question as asked
from docpipe.nano.rows import FAINT, agreed, completed
from docpipe.nano.sizes import SURE, scale_of
from docpipe.nano.ticks import Ticked, boxes, told
from docpipe.nano.transcribing import Line, box, lines
from docpipe.nano.upright import sureness
from docpipe.printed.words import fold
from docpipe.schema import Leaf, Schema
from docpipe.types import PageText, Reading, ReadRequest, Reply, View, Word

if TYPE_CHECKING:
    from docpipe.settings import Settings

MOST_ROWS = 200  # of one array on one page
MOST_LABELS = 20  # printed labels that are offered for one field
TYPES = {"date": "date", "number": "amount", "integer": "integer", "boolean": "check"}


class Nano:
    """The model that ships with docpipe. `name` is recorded with every value it reads.

    Raises ModelNotLoaded when its weights are missing or damaged.
    """

    def __init__(self, name: str, settings: Settings) -> None:
        del name
        self.name = nano.NAME
        self._limit_s = settings.page_timeout_s
        auto = "cuda" if torch.cuda.is_available() else "cpu"
        device = auto if settings.device == "auto" else usable(settings.device)
        transformers.utils.logging.disable_progress_bar()  # there is one file, and it is small
        self._model = NanoForConditionalGeneration.from_pretrained(nano.folder(), dtype=torch.float32).to(device).eval()
        self._model = self._model.to(memory_format=torch.channels_last)
        self._dtype = precision(settings.dtype, device)
        self._lower = self._dtype is not torch.float32
        if self._lower:
            _lower(self._model, self._dtype)
        self._lexicon = Lexicon(self._model)

    @torch.no_grad()
    def extract(self, requests: Iterable[ReadRequest]) -> Iterator[Reply]:
        """One reply for each request. Raises ModelTimeout when a request's pages take longer than the limit."""
        for request in requests:
            begun = time.perf_counter()
            reader = _Reader(
                self._model,
                self._lexicon,
                request.schema,
                request.only,
                begun + self._limit_s * max(1, len(request.views)),
            )
            of = fields(request.schema) if request.only is None else None
            with self._precision():
                pages = [self._see(view) for view in request.views]
                readings = reader.read(pages)
                if of is not None:
                    readings = charted(readings, of, [reader.chart(page, of) for page in pages])
            characters = sum(len(r.printed or "") for r in readings)
            yield Reply(tuple(readings), self.name, output_tokens=characters, read_s=time.perf_counter() - begun)

    @torch.no_grad()
    def answer(self, views: Sequence[View], question: str, earlier: Turns = ()) -> Reply:
        """The best answer that stands printed on one of the views. Each question stands alone for nano."""
        del earlier
        begun = time.perf_counter()
        ask = asked(question)
        with self._precision():
            found = [(seen, looked_up(self._model, seen.sight, seen.memory, ask)[1]) for seen in map(self._see, views)]
        readings = (surest_reading("", found),) if found else ()
        return Reply(readings, self.name, read_s=time.perf_counter() - begun)

    @torch.no_grad()
    def transcribe(self, view: View) -> PageText:
        """The words that nano's eye reads on the view."""
        with self._precision():
            seen = self._see(view)
        words = [word for line in lines(seen.sight) for word in line]
        return PageText(view.page, tuple(Word("".join(c.text for c in w), seen.on_page(box(w))) for w in words), "nano")

    @contextmanager
    def _precision(self) -> Iterator[None]:
        """Compute in what the settings say."""
        with warnings.catch_warnings(), torch.autocast(self._model.device.type, self._dtype, enabled=self._lower):
            # Weights of norms stay in single precision; torch would say so to every user.
            warnings.filterwarnings("ignore", message="Mismatch dtype between input and weight")
            yield

    def _see(self, view: View) -> Seen:
        page, scale, sight = self._look(view, FINEST_DPI)
        smaller = 1.0 if sureness(sight.read) >= SURE else scale_of(self._model, page.ink)
        if smaller < 1.0:
            page, scale, sight = self._look(view, min(view.dpi, FINEST_DPI) * smaller)
        return Seen(view, sight, self._model.memorise(sight), page, scale)

    def _look(self, view: View, dpi: float) -> tuple[Levelled, float, Sight]:
        """The view at a resolution of at most `dpi`: its ink, by how much it was reduced, and what nano sees."""
        image, scale = at_most(view.image, view.dpi, dpi)
        page = level(ink(image))
        return page, scale, look(self._model, torch.from_numpy(page.ink))


def _lower(model: NanoForConditionalGeneration, dtype: torch.dtype) -> None:
    """Keep the weights that are multiplied in less precision in it, all but the mouth's: see docpipe.nano.reading."""
    mouth = set(model.mouth.modules())
    for part in model.modules():
        if isinstance(part, torch.nn.Linear | torch.nn.Conv2d) and part not in mouth:
            part.to(dtype)


class _Reader:
    """One request being read: a schema, the fields that are wanted, and the time by which to be done."""

    def __init__(
        self,
        model: NanoForConditionalGeneration,
        lexicon: Lexicon,
        schema: Schema,
        only: tuple[str, ...] | None,
        end: float,
    ) -> None:
        self.model = model
        self.lexicon = lexicon
        self.schema = schema
        self.only = only
        self.end = end
        self.totals = totals(schema)
        once = [leaf for leaf in schema.leaves if leaf.array is None and not leaf.described]
        self.titles = frozenset(map(fold, schema.headings))
        self.announced = announcing(schema, {leaf.path: _ask(leaf) for leaf in once})

    def read(self, pages: Sequence[Seen]) -> list[Reading]:
        """Readings of everything that is wanted, from all pages; a page's fields and cells are one batch."""
        once = [
            leaf
            for leaf in self.schema.leaves
            if leaf.array is None and not leaf.described and (self.only is None or leaf.path in self.only)
        ]
        arrays = self._arrays()
        of_arrays: dict[str, list[Reading]] = {path: [] for path in arrays}
        counts = dict.fromkeys(arrays, 0)
        said: list[list[Said]] = []
        before: Printed | None = None  # what is printed on the page before
        for page in pages:
            read = lines(page.sight)
            printed = Printed(read, self.schema.headings)
            asks = _asks(once, printed)
            alone = [ask for group in asks for ask in group]
            rows = self._rows(arrays, page, read)
            flat = {path: leaves for path, leaves in arrays.items() if not _nested(leaves)}
            rows |= {path: completed(rows[path], page.sight.places, read) for path in flat if not self._wanted(path)}
            heads = {path: _columns(leaves, printed, page, rows[path]) for path, leaves in flat.items()}
            cells = [replace(ask, anchor=row) for path in flat for row in rows[path] for ask in heads[path].asks]
            first = self._answer(page, [*alone, *cells])
            looks = Looks(self.model, page.level.ink, page.sight, printed, partial(self._asked, page))
            found = iter(read_again(self.model, page.level.ink, read, first[: len(alone)]))
            grouped = [[next(found) for _ in group] for group in asks]
            asks, answers, settled_cells = self._settled(looks, once, asks, grouped, cells, first[len(alone) :])
            found = iter(settled_cells)
            heads_of: list[list[bool]] = [[] for _ in once]
            for n, leaf in enumerate(once):
                if asks[n][0].type == "fits":
                    told, heads_of[n] = looks.options(asks[n], answers[n], leaf.options)
                    answers[n] = weighed(told, leaf.option_labels, printed)
            ticks = _ticks(once, printed, read)
            said.append([Said(page, *told) for told in zip(answers, heads_of, ticks, strict=True)])
            for path, leaves in arrays.items():
                if path in flat:
                    own = [[next(found) for _ in leaves] for _ in rows[path]]
                    wanted = self._wanted(path)
                    known = {} if wanted else stated(asks, answers)
                    settled = heads[path].settled(rows[path], own, page.height, known)
                    numbers = wanted or range(counts[path], counts[path] + len(settled))
                    of_arrays[path] += [
                        reading(leaf.path.replace("*", str(n), 1), page, cell)
                        for n, row in zip(numbers, settled, strict=False)
                        for leaf, cell in zip(leaves, row, strict=True)
                    ]
                    counts[path] += len(settled)
                else:
                    readings, more = self._tables(leaves, page, read, rows[path], counts[path], before)
                    of_arrays[path] += readings
                    counts[path] += more
            before = printed
        readings = [decide(leaf, [own[n] for own in said]) for n, leaf in enumerate(once)]
        # It describes nothing: what it writes, it sees printed.
        readings += [Reading(leaf.path, None) for leaf in self.schema.leaves if leaf.described and leaf.array is None]
        return readings + [r for own in of_arrays.values() for r in own if self.only is None or r.pointer in self.only]

    def chart(self, page: Seen, of: Fields) -> OnPage | None:
        """The chart on a page as far as its pixels tell; None where its axes or its marks are not clear."""
        image = picture(page.view.image, page.scale, page.level.ink.shape, page.level.degrees)
        middles = page.sight.places[:-1].cpu() * CELL

        def read(at: Sequence[tuple[float, float]], what: str) -> list[tuple[str | None, float]]:
            near = [int(((middles - torch.tensor(place)) ** 2).sum(1).argmin()) for place in at]
            leaf = of.series if what == "series" else of.label
            return [(a.text, a.confidence) for a in self._answer(page, [replace(_ask(leaf), anchor=n) for n in near])]

        found = measured(image, lines(page.sight), read)
        return None if found is None else OnPage(found, page.view.page.number, page.on_page)

    def _settled(
        self,
        looks: Looks,
        leaves: Sequence[Leaf],
        asks: Sequence[Sequence[Ask]],
        answers: Sequence[Sequence[Answer]],
        cells: Sequence[Ask],
        found: Sequence[Answer],
    ) -> tuple[list[list[Ask]], list[list[Answer]], list[Answer]]:
        """Questions, answers to them and to those about cells after all looks, each print the value of one field."""
        plain = [n for n, own in enumerate(asks) if own[0].type not in {"fits", "check"}]

        def sift(number: int, own: Sequence[Answer]) -> list[Answer]:
            leaf = leaves[plain[number]]
            total = leaf.path in self.totals
            return sifted(leaf, own, total=total, announced=self.announced, titles=self.titles)

        first = [sift(number, answers[n]) for number, n in enumerate(plain)]
        looked_asks, looked, of_cells = looks.settled([asks[n] for n in plain], first, cells, found, sift)
        settled_asks, settled = [list(own) for own in asks], [list(own) for own in answers]
        for n, own, got in zip(plain, looked_asks, looked, strict=True):
            settled_asks[n], settled[n] = own, got
        wholes = {n for n in plain if leaves[n].path in self.totals}
        by_path = {leaves[n].path: own for n, own in enumerate(unshared(settled, wholes))}
        kept = parted(self.totals, by_path)
        return settled_asks, [kept[leaf.path] for leaf in leaves], of_cells

    def _answer(self, page: Seen, asks: Sequence[Ask]) -> list[Answer]:
        return self._asked(page, page.sight, page.memory, asks)

    def _asked(self, page: Seen, sight: Sight, memory: Memory, asks: Sequence[Ask]) -> list[Answer]:
        """What a look at a page answers."""
        if time.perf_counter() > self.end:
            raise ModelTimeout(
                f"page {page.view.page.number}: nano did not finish in time",
                hint="raise page_timeout_s, or ask for fewer pages with --pages",
            )
        return answer(self.model, sight, memory, asks, lexicon=self.lexicon)

    def _arrays(self) -> dict[str, list[Leaf]]:
        """The arrays of which something is wanted, by their path, with their leaves."""
        arrays: dict[str, list[Leaf]] = {}
        for leaf in self.schema.leaves:
            if leaf.array is not None and not leaf.described:
                arrays.setdefault("/" + leaf.path.split("/")[1], []).append(leaf)
        only = self.only
        return {p: a for p, a in arrays.items() if only is None or any(pointer.startswith(f"{p}/") for pointer in only)}

    def _wanted(self, path: str) -> list[int]:
        """The numbers of the rows that are wanted of an array; none for all."""
        parts = [pointer.split("/") for pointer in self.only or () if pointer.startswith(f"{path}/")]
        return sorted({int(part[2]) for part in parts if part[2].isdigit()})

    def _rows(self, arrays: Mapping[str, Sequence[Leaf]], page: Seen, read: Sequence[Line]) -> dict[str, list[int]]:
        """The tokens where the rows of each array start, from the top.

        None of an array of which certain rows are wanted and not as many are found: which was meant cannot be told.
        """
        asks = []
        for path, leaves in arrays.items():
            node = self.schema.document["properties"][path[1:]]
            columns = tuple(leaf.labels[0] for leaf in leaves if leaf.labels)[:4]
            names = (path[1:].replace("_", " "), *((node["description"],) if node.get("description") else ()))
            asks.append(Ask(columns, names, "starts"))
        found = starts(self.model, page.sight, asks, lexicon=self.lexicon, least=FAINT)
        rows = {path: agreed(own, page.sight.places, read)[:MOST_ROWS] for path, own in zip(arrays, found, strict=True)}
        return {p: r if len(self._wanted(p)) in {0, len(r)} else [] for p, r in rows.items()}

    def _tables(
        self,
        leaves: Sequence[Leaf],
        page: Seen,
        read: Sequence[Line],
        rows: Sequence[int],
        first: int,
        before: Printed | None,
    ) -> tuple[list[Reading], int]:
        """Free tables: every cell of a row is found from its start, and rows and cells are laid out as tables.

        What stands on the page `before`, too, is no title: it runs over every page, or the table goes on.
        """
        inner = next(leaf for leaf in leaves if leaf.path.count("*") == 3)
        titles = [leaf for leaf in leaves if leaf.path.count("*") == 1]
        names = (inner.key, *((inner.description,) if inner.description else ()))
        cells = starts(self.model, page.sight, [Ask((), names, "starts", row) for row in rows], lexicon=self.lexicon)
        texts = iter(self._answer(page, [Ask((), ("cell",), "text", token) for row in cells for token, _ in row]))
        printed = [fmean(character.y for word in line for character in word) for line in read]
        heights = [page.height(row) for row in rows]
        found = tables(rows, heights, [[next(texts) for _ in row] for row in cells], printed)
        readings: list[Reading] = []
        for number, table in enumerate(found, first):
            named = self._answer(page, [replace(_ask(leaf), anchor=table.start) for leaf in titles])
            again = before.headings([[a.text] if a.text else [] for a in named]) if before else [False] * len(named)
            named = [a.gone() if runs else a for a, runs in zip(named, again, strict=True)]
            readings += [
                reading(leaf.path.replace("*", str(number)), page, a) for leaf, a in zip(titles, named, strict=True)
            ]
            for i, row in enumerate(table.rows):
                for j, cell in enumerate(row):
                    pointer = inner.path.replace("*", str(number), 1).replace("*", str(i), 1).replace("*", str(j), 1)
                    readings.append(Reading(pointer, None) if cell is None else reading(pointer, page, cell))
        return readings, len(found)


def _nested(leaves: Sequence[Leaf]) -> bool:
    """Whether an array holds arrays: a free table."""
    return any(leaf.path.count("*") > 1 for leaf in leaves)


def _asks(leaves: Sequence[Leaf], printed: Printed) -> list[list[Ask]]:
    """What is asked for each field: once from each place where its label may stand, and once from nowhere.

    An enum without labels asks once for each option; a check box is asked for once more as a choice of two words.
    """
    beside = everywhere([_ask(leaf) for leaf in leaves], printed)
    choices = [[_choice(leaf, option) for option in leaf.enum or ()] if not leaf.labels else [] for leaf in leaves]
    words = [[replace(ask, type="choice") for ask in own] if own[0].type == "check" else [] for own in beside]
    return [options or [*own, *said] for options, own, said in zip(choices, beside, words, strict=True)]


def _ticks(leaves: Sequence[Leaf], printed: Printed, read: Sequence[Line]) -> list[Ticked | None]:
    """What boxes on the page say of each leaf that is yes or no, beside where its label most likely stands."""
    if all(leaf.type != "boolean" for leaf in leaves):
        return [None] * len(leaves)
    places, found = sought([_ask(leaf) for leaf in leaves], printed), boxes(read)
    return [
        next((t for p in own if (t := told(p.left, p.right, p.y, found)) is not None), None)
        if leaf.type == "boolean"
        else None
        for leaf, own in zip(leaves, places, strict=True)
    ]


def _columns(leaves: Sequence[Leaf], printed: Printed, page: Seen, rows: Sequence[int]) -> Columns:
    """The questions for the cells of a row."""
    asks = tuple(_ask(leaf) for leaf in leaves)
    labels = [leaf.labels or ask.labels for leaf, ask in zip(leaves, asks, strict=True)]
    return columns(asks, labels, printed, page.height(rows[0])) if rows else Columns(asks)


def _ask(leaf: Leaf) -> Ask:
    """A leaf as a question: its printed labels, its key, and its description when it has no labels."""
    key = leaf.key.replace("_", " ")
    names = (
        (key, leaf.description)
        if leaf.description and not leaf.labels
        else (leaf.title.lower() if leaf.title else key,)
    )
    kind = "choice" if leaf.enum else TYPES.get(leaf.format or "", TYPES.get(leaf.type, "text"))
    return Ask(leaf.labels[:MOST_LABELS] or ((leaf.title,) if leaf.title else ()), names, kind)


def _choice(leaf: Leaf, option: object) -> Ask:
    """Whether one option of an enum without labels holds: "chart_type: bar", or what the description says of it."""
    _, named, after = (leaf.description or "").partition(f"{option}: ")
    if not named:
        return Ask((), (f"{leaf.key}: {option}",), "fits")
    others = [after.find(f" {other}: ") for other in leaf.enum or () if f" {other}: " in after]
    told = after[: min(others)] if others else after
    return Ask((), (str(option).replace("_", " ").capitalize(), told), "fits")
