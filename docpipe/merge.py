"""The values of several windows of pages become those of one document.

Of a value that stands once, the best supported reading stays. The rows of arrays come one after the other in the order
of their pages and are numbered anew; headers that a page repeats, running totals at its edges and rows without any
value are dropped, a row that a page break cuts in two is one row again, and so is a table.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from docpipe.printed.words import fold
from docpipe.schema import Leaf, Schema
from docpipe.types import Value, ValueStatus

_RANK: dict[ValueStatus, int] = {
    "reviewed": 6, "verified": 5, "corrected": 4, "unverified": 3, "conflict": 2, "absent": 1,
}  # fmt: skip
# What is printed before a sum that a page takes over from the one before, or hands on to the next; folded.
_RUNNING = re.compile(
    r"(?:(?:sub ?)?total |balance |amounts? |summe |saldo |zwischensumme |solde |totale |totaal |subtotaal )?"
    r"(?:carried (?:forward|over|down)|brought (?:forward|down|over)|[bc] [fd]|continued (?:on|from)|"
    r"ubertrag|vortrag|report|a reporter|suma y sigue|suma anterior|viene de|riporto|a riportare|"
    r"over te brengen|overgebracht)(?: .*)?"
)
_WORDS_OF_RUNNING, _SUMS_OF_RUNNING = 7, 2
_UNFINISHED = re.compile(
    r"(?:[-,/&(]|\b(?:and|or|of|for|with|the|und|oder|für|mit|von|et|de|du|pour|avec|y|en|con|e))$"
)


# A value as it was read: the number of its window, and its pointer there.
Read = tuple[int, str]


@dataclass(frozen=True)
class Merged:
    """The values of a whole document: those that stand once, in the schema's order, then the rows.

    `moved` says where a value of a window went: its pointer in `values`. What was dropped is not in it.
    """

    values: tuple[Value, ...]
    moved: Mapping[Read, str]


def merge(windows: Sequence[Sequence[Value]], schema: Schema) -> Merged:
    """The values of the windows as those of one document."""
    parts = tuple(_merged(windows, schema))
    moved = {read: value.pointer for value, reads in parts for read in reads}
    return Merged(tuple(value for value, _ in parts), moved)


def better(one: Value, other: Value) -> Value:
    """The better supported of two readings of one value: by status, then by confidence; the first where they tie."""
    if _RANK[other.status] != _RANK[one.status]:
        return other if _RANK[other.status] > _RANK[one.status] else one
    return other if (other.confidence or 0.0) > (one.confidence or 0.0) else one


@dataclass
class _Row:
    """One row as it was read: its cells by the rest of their pointer, where each was read, and the arrays inside it."""

    window: int
    number: int
    cells: dict[str, Value] = field(default_factory=dict)
    reads: dict[str, tuple[Read, ...]] = field(default_factory=dict)
    inner: dict[str, list[_Row]] = field(default_factory=dict)

    def put(self, name: str, value: Value) -> None:
        """Take a cell in as it was read."""
        self.cells[name] = value
        self.reads[name] = ((self.window, value.pointer),)

    @property
    def page(self) -> int | None:
        """The page of its first cell that has one."""
        own = [value.page for value in self.cells.values() if value.page is not None and value.text]
        if own:
            return min(own)
        return next((row.page for rows in self.inner.values() for row in rows if row.page is not None), None)

    @property
    def empty(self) -> bool:
        return not any(value.text for value in self.cells.values()) and all(
            row.empty for rows in self.inner.values() for row in rows
        )


_Part = tuple[Value, tuple[Read, ...]]


def _merged(windows: Sequence[Sequence[Value]], schema: Schema) -> Iterator[_Part]:
    singles: dict[str, _Part] = {}
    arrays: dict[str, list[_Row]] = {}
    order = {leaf.path: place for place, leaf in enumerate(schema.leaves)}
    for window, values in enumerate(windows):
        here: dict[str, dict[int, _Row]] = {}
        for value in values:
            leaf = schema.leaf(value.pointer)
            if leaf is None:
                continue
            if "*" not in leaf.path.split("/"):
                known = singles.get(value.pointer)
                if known is None or better(known[0], value) is value:
                    singles[value.pointer] = (value, ((window, value.pointer),))
            else:
                _plant(here, value.pointer.split("/")[1:], leaf.path.split("/")[1:], value, window)
        for array, found in here.items():
            arrays.setdefault(array, []).extend(found[number] for number in sorted(found))
    for pointer in sorted(singles, key=lambda p: order[_path(schema, p)]):
        yield singles[pointer]
    for array, rows in arrays.items():
        yield from _flat(array, _stitched(rows, array, schema))


def _path(schema: Schema, pointer: str) -> str:
    leaf = schema.leaf(pointer)
    return leaf.path if leaf is not None else pointer


def _plant(arrays: dict[str, dict[int, _Row]], steps: list[str], path: list[str], value: Value, window: int) -> None:
    """Put a value into its row, making the rows on the way."""
    star = path.index("*")
    array = "/" + "/".join(steps[:star])
    number = int(steps[star])
    row = arrays.setdefault(array, {}).setdefault(number, _Row(window, number))
    rest, tail = steps[star + 1 :], path[star + 1 :]
    if "*" not in tail[:-1] and not (tail and tail[-1] == "*" and len(tail) == 1):
        row.put("/".join(rest), value)
        return
    # The cells of a table's row are its cells; rows of a table inside a list of tables are rows of their own.
    if tail.count("*") == 1 and tail[-1] == "*":
        row.put("/".join(rest), value)
        return
    inner = {name: {r.number: r for r in rows} for name, rows in row.inner.items()}
    _plant(inner, rest, tail, value, window)
    row.inner = {name: [rows[n] for n in sorted(rows)] for name, rows in inner.items()}


def _flat(array: str, rows: Iterable[_Row]) -> Iterator[_Part]:
    for number, row in enumerate(rows):
        for rest, value in row.cells.items():
            pointer = f"{array}/{number}" + (f"/{rest}" if rest else "")
            yield value.model_copy(update={"pointer": pointer}), row.reads[rest]
        for name, inner in row.inner.items():
            yield from _flat(f"{array}/{number}{name}", inner)


# Rows that belong together, and rows that are none.


def _stitched(rows: Sequence[_Row], array: str, schema: Schema) -> list[_Row]:
    rows = _once([row for row in rows if not row.empty])
    if any(row.inner for row in rows):
        return _continued(rows, array, schema)
    leaves = {_rest(leaf.path, array): leaf for leaf in schema.leaves if _belongs(leaf.path, array)}
    rows = [row for place, row in enumerate(rows) if not _is_header(row, leaves, rows[0] if place else None)]
    rows = [row for place, row in enumerate(rows) if not _is_running(row, place, rows, leaves)]
    return _joined(rows, leaves)


def _once(rows: Sequence[_Row]) -> list[_Row]:
    """The rows without those that a second window read in the same place."""
    seen: set[tuple[object, ...]] = set()
    kept = []
    for row in rows:
        boxes = tuple((name, v.page, v.box) for name, v in row.cells.items() if v.box and v.page)
        key = tuple(sorted(boxes, key=lambda item: item[0]))
        if len(key) < 2 or key not in seen:
            kept.append(row)
        if len(key) > 1:
            seen.add(key)
    return kept


def _continued(rows: Sequence[_Row], array: str, schema: Schema) -> list[_Row]:
    """Tables of which the next page holds the rest become one: no other title, and rows of as many cells."""
    kept: list[_Row] = []
    for row in rows:
        last = kept[-1] if kept else None
        if last is not None and _goes_on(last, row):
            for name, inner in row.inner.items():
                last.inner.setdefault(name, []).extend(inner)
        else:
            kept.append(row)
    for number, row in enumerate(kept):
        row.inner = {name: _stitched(inner, f"{array}/{number}{name}", schema) for name, inner in row.inner.items()}
    return kept


def _goes_on(one: _Row, other: _Row) -> bool:
    """Whether the second is the rest of the first: read on a later page, with the same title or none, of one width."""
    if other.window == one.window and (one.page is None or other.page is None or other.page <= one.page):
        return False
    for name, value in other.cells.items():
        mine = one.cells.get(name)
        if value.text and (mine is None or fold(mine.text or "") != fold(value.text or "")):
            return False
    widths = [
        max((len(row.cells) for rows in table.inner.values() for row in rows), default=0) for table in (one, other)
    ]
    return widths[0] == widths[1] > 0


def _is_header(row: _Row, leaves: Mapping[str, Leaf], first: _Row | None) -> bool:
    """Whether a row is the headers of its columns: their labels, or the first row of a table once more."""
    texts = {name: fold(value.text or "") for name, value in row.cells.items() if value.text}
    if first is not None and first.page != row.page and len(texts) > 1:
        same = {name: fold(value.text or "") for name, value in first.cells.items() if value.text}
        if texts == same and not any(any(c.isdigit() for c in text) for text in texts.values()):
            return True
    named = 0
    for name, text in texts.items():
        leaf = leaves.get(name)
        labels = {fold(label) for label in (*leaf.labels, leaf.title or "", leaf.key)} if leaf else set()
        named += text in labels
    return len(texts) > 1 and named == len(texts)


def _is_running(row: _Row, place: int, rows: Sequence[_Row], leaves: Mapping[str, Leaf]) -> bool:
    """Whether a row only takes a sum over from page to page: by its words, at the edge of its page."""
    words = [fold(value.text or "") for name, value in row.cells.items() if value.text and _is_text(leaves.get(name))]
    said = " ".join(word for word in words if re.search(r"[^\W\d]", word))
    if (
        len(said.split()) > _WORDS_OF_RUNNING
        or not _RUNNING.fullmatch(said)
        or _numbers(row, leaves) > _SUMS_OF_RUNNING
    ):
        return False
    if not any(c.isdigit() for value in row.cells.values() for c in value.text or ""):
        return False
    before, after = rows[place - 1] if place else None, rows[place + 1] if place + 1 < len(rows) else None
    return before is None or after is None or not _same_page(before, row) or not _same_page(row, after)


def _same_page(one: _Row, other: _Row) -> bool:
    return one.page == other.page if one.page is not None else one.window == other.window


def _joined(rows: Sequence[_Row], leaves: Mapping[str, Leaf]) -> list[_Row]:
    """The rows, of which those that a page break cut are whole."""
    kept: list[_Row] = []
    whole = [_numbers(row, leaves) for row in rows]
    for place, row in enumerate(rows):
        last = kept[-1] if kept else None
        if (
            last is not None
            and not _same_page(last, row)
            and _cut(last, row, leaves, whole[:place] + whole[place + 1 :])
        ):
            kept[-1] = _both(last, row)
        else:
            kept.append(row)
    return kept


def _cut(one: _Row, other: _Row, leaves: Mapping[str, Leaf], rest: Sequence[int]) -> bool:
    """Whether two rows on either side of a page break are the halves of one: one has no numbers, other rows have."""
    upper, lower = _numbers(one, leaves), _numbers(other, leaves)
    if upper and lower:
        return False
    usual = [count for count in rest if count]
    if not usual:
        return False
    if not upper:
        # A text without numbers at the foot of a page, and its numbers at the head of the next.
        return lower > 0
    texts = [value.text or "" for name, value in other.cells.items() if _is_text(leaves.get(name)) and value.text]
    if not texts:
        return False
    begun = [value.text or "" for name, value in one.cells.items() if _is_text(leaves.get(name)) and value.text]
    goes_on = texts[0][:1].islower() or texts[0][:1] in "(,;&-" or any(_UNFINISHED.search(text) for text in begun)
    # Where every other row has its numbers, a text alone at the head of a page is no row and no heading.
    return goes_on or (len(usual) >= 3 and rest.count(0) == 0)


def _both(one: _Row, other: _Row) -> _Row:
    """Two halves as one row, in the place of the half that says more."""
    row = _Row(one.window, one.number, dict(one.cells), dict(one.reads), one.inner)
    for name, value in other.cells.items():
        mine = row.cells.get(name)
        if mine is None or not mine.text:
            row.cells[name], row.reads[name] = value, other.reads[name]
        elif value.text and isinstance(mine.value, str) and isinstance(value.value, str):
            row.cells[name], row.reads[name] = _together(mine, value), (*row.reads[name], *other.reads[name])
    return row


def _together(one: Value, other: Value) -> Value:
    first = str(one.value)
    divided = bool(re.search(r"[^\W\d]-$", first)) and str(other.value)[:1].islower()
    value = first[:-1] + str(other.value) if divided else f"{first} {other.value}"
    weaker = min(one, other, key=lambda half: _RANK[half.status])
    sure = [half.confidence for half in (one, other) if half.confidence is not None]
    update = {"text": f"{one.text}\n{other.text}", "value": value, "status": weaker.status}
    return one.model_copy(update=update | {"confidence": min(sure) if sure else None})


def _numbers(row: _Row, leaves: Mapping[str, Leaf]) -> int:
    return sum(bool(value.text) for name, value in row.cells.items() if not _is_text(leaves.get(name)))


def _is_text(leaf: Leaf | None) -> bool:
    return leaf is None or (leaf.type == "string" and leaf.format not in ("date", "date-time", "time"))


def _belongs(path: str, array: str) -> bool:
    steps, of = array.split("/"), path.split("/")
    return (
        len(of) > len(steps)
        and all(a == b or b == "*" for a, b in zip(steps, of, strict=False))
        and of[len(steps)] == "*"
    )


def _rest(path: str, array: str) -> str:
    return "/".join(path.split("/")[len(array.split("/")) + 1 :])
