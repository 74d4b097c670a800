"""Verdicts on places become verdicts on meaning: print that belongs to another field confirms nothing of this one.

A value can stand where the model says that it does and still be another field's: the label beside it, the header over
it, the line of its row, or a second field that was read from the same print says so. Such a value is in conflict; where
two fields were read from one print and no label tells whose it is, neither is verified.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from docpipe.ground.known import Known, row_of
from docpipe.ground.labels import BESIDE
from docpipe.ground.layout import Place
from docpipe.ground.rows import Found, stands_under
from docpipe.ground.verdict import Verdict
from docpipe.types import Value

# A label of another field has to be this sure of a place, and by so much surer than the value's own.
_ANOTHERS, _CLEARLY = 0.75, 0.25
# What one print can mean for several fields at once: a sign of currency in an amount, a choice in a sentence.
_SHARING = frozenset({"currency", "boolean", "enum"})
_EXACT = frozenset({"number", "date", "time"})
# A quantity and a price may stand on a line of their own; with words it is another row's.
_WORD = re.compile(r"[^\W\d_]{3}")
# When this share of a leaf's cells stands over or under the line of its row, the table is set like that.
_APART = 0.75
# A header stands at most so many lines over the first row.
_HEADER = 6


class Meaning:
    """One document's verdicts, held against the labels, headers and rows of other fields."""

    def __init__(self, known: Known, cells: Mapping[str, Found], values: Sequence[Value]) -> None:
        self.known = known
        self.cells = cells
        self.values = [value for value in values if known.kind(value) not in _SHARING]
        self.rows = {value.pointer: row_of(value.pointer, known.leaf(value).path) for value in self.values}

    def doubt(self) -> None:
        """Take the confirmation from every value whose print means something else."""
        for value, place in list(self._confirmed()):
            if (
                self._is_two(value, place)
                or self._is_label(place)
                or self._is_anothers(value, place)
                or self._is_off_its_row(value, place)
            ):
                self._contradict(value)
        self._shared_in_rows()
        self._shared()

    def _confirmed(self) -> Iterator[tuple[Value, Place]]:
        for value in self.values:
            verdict = self.known.verdicts[value.pointer]
            if verdict.place is not None and verdict.status in ("verified", "corrected"):
                yield value, verdict.place

    def _contradict(self, value: Value) -> None:
        """What a reader saw says less of rows and labels than the page's own text, and only takes the confirmation."""
        place = self.known.verdicts[value.pointer].place
        certain = place is not None and self.known.pages[place.page].certain
        self.known.verdicts[value.pointer] = Verdict("conflict" if certain else "unverified", place)

    def _leave_open(self, value: Value, others: Sequence[Value]) -> None:
        shared = [v.pointer for v in self.values if v is value or any(v is other for other in others)]
        verdict = self.known.verdicts[value.pointer]
        self.known.verdicts[value.pointer] = replace(verdict, status="unverified", shared=tuple(shared))

    def _is_two(self, value: Value, place: Place) -> bool:
        """Whether a day was read from two, one under the other."""
        if self.known.kind(value) != "date" or len(place.lines) < 2:
            return False
        days = [day for day, _ in self.known.layouts[place.page].dates if set(day.pieces) <= set(place.pieces)]
        return len({day.lines for day in days}) > 1

    # Labels.

    def _is_label(self, place: Place) -> bool:
        """Whether a label that stands for itself is a part of the print: a label is no value."""
        mine = set(place.pieces)
        return any(
            label.alone and label.leads and set(label.place.pieces) <= mine
            for found in self.known.labels[place.page].by_path.values()
            for label in found
        )

    def _is_anothers(self, value: Value, place: Place) -> bool:
        """Whether the label of another field stands there and the value's own does not, or far less surely."""
        labels, path = self.known.labels[place.page], self.known.leaf(value).path
        if self.known.alone(value):
            return labels.claims(place, but=path) >= max(_ANOTHERS, self._rate(value, place) + _CLEARLY)
        if self.known.kind(value) not in _EXACT:
            return False
        return labels.leads_to(place) >= _ANOTHERS or self._headed_as_anothers(value, place)

    def _rate(self, value: Value, place: Place) -> float:
        return self.known.labels[place.page].beside(place, self.known.leaf(value).path)[0]

    # Rows.

    def _headed_as_anothers(self, value: Value, place: Place) -> bool:
        """Whether the header over a cell is that of another leaf, which has no other column, and not its own."""
        over = self._headers(value, place)
        path = self.known.leaf(value).path
        if any(path == name and here for name, here in over):
            return False
        others = {name for name, here in over if here and name != path}
        elsewhere = {name for name, here in over if not here}
        return bool(others - elsewhere)

    def _headers(self, value: Value, place: Place) -> list[tuple[str, bool]]:
        """The leaves of the value's array that have a header on the place's page, and whether it is over the place."""
        where = self.rows[value.pointer]
        lines = [
            cell.line[1]
            for pointer, cell in self.cells.items()
            if where and cell.line[0] == place.page and (row := self.rows.get(pointer)) and row[0] == where[0]
        ]
        if not lines:
            return []
        array = self.known.leaf(value).array
        return [
            (path, stands_under(place.box, label.place.box))
            for path, found in self.known.labels[place.page].by_path.items()
            if (leaf := self.known.schema.leaf(path)) is not None and leaf.array == array
            for label in found
            if min(lines) - _HEADER <= label.place.lines[0] < min(lines)
        ]

    def _is_off_its_row(self, value: Value, place: Place) -> bool:
        """Whether a cell stands outside of its row or its column, or on a line of which the rest is another row's."""
        cell = self.cells.get(value.pointer)
        if cell is None or cell.lonely:
            return False
        spots = [(place.page, line) for line in place.lines]
        if not cell.band.intersection(spots):
            return True
        if self.known.kind(value) not in _EXACT:
            return False
        if self._is_in_anothers_column(value, place):
            return True
        return cell.line not in spots and self._is_another_rows(value, place) and not self._apart(value)

    def _is_in_anothers_column(self, value: Value, place: Place) -> bool:
        """Whether a cell stands where another leaf of its row has its column, and not where its own leaf has it."""
        layout = self.known.layouts[place.page]
        return not any(column.holds(place, layout) for column in self.cells[value.pointer].columns) and any(
            column.holds(place, layout)
            for other in self._row_of(value)
            if other is not value and other.pointer in self.cells and self.known.kind(other) in _EXACT
            for column in self.cells[other.pointer].columns
        )

    def _row_of(self, value: Value) -> list[Value]:
        where = self.rows[value.pointer]
        return [v for v in self.values if where and (row := self.rows[v.pointer]) and row[1] == where[1]]

    def _is_another_rows(self, value: Value, place: Place) -> bool:
        """Whether the line of a cell has words that start where the texts of rows start, and are none of its own."""
        layout, line = self.known.layouts[place.page], self.cells[value.pointer].line
        mine = {number for other in self._row_of(value) for number in self._pieces(other, place.page)}
        starts = [
            layout.chunk_place(layout.pieces[number].chunk).box[0]
            for number in layout.lines[line[1]]
            if _WORD.search(layout.pieces[number].text)
        ]
        rest = {layout.pieces[number].chunk for at in place.lines for number in layout.lines[at] if number not in mine}
        return any(
            _WORD.search(chunk.text) and any(abs(chunk.box[0] - start) < 0.5 * place.height for start in starts)
            for chunk in map(layout.chunk_place, rest)
        )

    def _pieces(self, value: Value, page: int) -> Iterator[int]:
        places = [self.known.verdicts[value.pointer].place, *(m.place for m in self.known.found[value.pointer])]
        for place in places:
            if place is not None and place.page == page:
                yield from place.pieces

    def _apart(self, value: Value) -> bool:
        """Whether the cells of a value's leaf stand over or under the line of their rows, as in a receipt."""
        path = self.known.leaf(value).path
        apart = [
            self.cells[other.pointer].line not in [(place.page, line) for line in place.lines]
            for other, place in self._confirmed()
            if other.pointer in self.cells and self.known.leaf(other).path == path
        ]
        return sum(apart) > _APART * len(apart)

    # One print, several fields.

    def _shared_in_rows(self) -> None:
        """One print is not two cells of a row: the header says which, or nothing does."""
        rows: dict[str, list[tuple[Value, Place]]] = {}
        for value, place in self._confirmed():
            where = self.rows[value.pointer]
            if where is not None:
                rows.setdefault(where[1], []).append((value, place))
        for cells in rows.values():
            for value, place in cells:
                others = [other for other, there in cells if other is not value and place.meets(there)]
                self._divide(value, others, place, self._is_headed)

    def _is_headed(self, value: Value, place: Place) -> bool:
        path = self.known.leaf(value).path
        return any(name == path and here for name, here in self._headers(value, place))

    def _shared(self) -> None:
        """Of fields that were read from one print, those whose label does not stand there lose it."""
        confirmed = list(self._confirmed())
        alone = [(value, place) for value, place in confirmed if self.known.alone(value)]
        for value, place in confirmed:
            others = [other for other, there in alone if other is not value and place.meets(there)]
            if self.known.alone(value):
                self._divide(value, others, place, self._is_labelled)
            elif self.known.kind(value) in _EXACT and any(self._is_labelled(other, place) for other in others):
                self._contradict(value)

    def _is_labelled(self, value: Value, place: Place) -> bool:
        return self._rate(value, place) >= BESIDE

    def _divide(
        self, value: Value, others: Sequence[Value], place: Place, owns: Callable[[Value, Place], bool]
    ) -> None:
        """Decide about a value whose place others were read from too; `owns` is whether a label gives it to a value."""
        if others and not owns(value, place):
            if any(owns(other, place) for other in others):
                self._contradict(value)
            else:
                self._leave_open(value, others)
