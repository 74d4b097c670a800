"""Values and the evidence of their pages become verdicts: where each stands, and whether the page says the same."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from docpipe.ground.charts import is_measured, points
from docpipe.ground.evidence import Evidence
from docpipe.ground.find import Match, Near, nearest
from docpipe.ground.known import SERIES, Known, pieces_at, row_of, short
from docpipe.ground.layout import Place, area, overlap
from docpipe.ground.meaning import Meaning
from docpipe.ground.rows import Cell, Found, Row, locate
from docpipe.ground.verdict import Verdict
from docpipe.printed.convert import read_boolean
from docpipe.printed.debits import OUT
from docpipe.printed.words import compact, fold
from docpipe.schema import Leaf, Schema
from docpipe.types import Value

# A label this sure outweighs a model's box, and what a place beside it says is what its leaf should be.
_SURE = 0.75
# A longer print than this is no accident, wherever it stands.
_TELLING = 8


class Grounding:
    """One document's values on their way to a verdict each."""

    def __init__(self, schema: Schema, pages: Mapping[int, Evidence], values: Sequence[Value]) -> None:
        self.known = Known(schema, pages, values)

    def run(self) -> dict[str, Verdict]:
        """A verdict for every value that was read, by its pointer."""
        asked = [
            value
            for value in self.known.values
            if value.text is not None and self.known.leaves[value.pointer] is not None
        ]
        with_evidence = [value for value in asked if self.known.pages_of(value)]
        for value in asked:
            if not self.known.pages_of(value):
                self.known.verdicts[value.pointer] = Verdict("unverified")
        self.known.settle(with_evidence)
        cells = self._rows(with_evidence)
        last: list[Value] = []
        for value in with_evidence:
            if value.pointer in self.known.verdicts:
                continue
            if self.known.kind(value) == "currency":
                last.append(value)
            else:
                verdict = self._at_box(value, cells.get(value.pointer)) or self._by_label(
                    value, cells.get(value.pointer)
                )
                if verdict is not None:
                    self._decide(value, verdict)
        for value in with_evidence:
            if value.pointer not in self.known.verdicts and value not in last:
                self._decide(value, self._without_label(value))
        for value in last:
            self._decide(value, self._at_box(value, None) or self._currency(value))
        Meaning(self.known, cells, with_evidence).doubt()
        for pointer, cell in cells.items():
            verdict = self.known.verdicts[pointer]
            place = verdict.instead.place if verdict.instead is not None else verdict.place
            if place is not None and verdict.status in ("verified", "corrected"):
                out = cell.goes_out(place, self.known.layouts[place.page])
                self.known.verdicts[pointer] = replace(verdict, debit=out and not self._names_debits(cell.cell.leaf))
        return self.known.verdicts

    @staticmethod
    def _names_debits(leaf: Leaf) -> bool:
        """Whether the leaf is for money going out by itself, and so needs no sign."""
        return bool(OUT & {fold(label) for label in (*leaf.labels, leaf.key.replace("_", " "))})

    # Rows.

    def _rows(self, values: Sequence[Value]) -> dict[str, Found]:
        """What the lines of tables say about the cells of rows. Cells found for sure are decided here."""
        groups: dict[str, dict[str, dict[str, Cell]]] = {}
        for value in values:
            leaf = self.known.leaf(value)
            where = row_of(value.pointer, leaf.path)
            if where is not None and leaf.array is not None:
                group, key, name = where
                cell = Cell(value, leaf, self.known.found[value.pointer])
                groups.setdefault(group, {}).setdefault(key, {})[name] = cell
        tables = {group: [Row(key, group, cells) for key, cells in rows.items()] for group, rows in groups.items()}
        if self.known.schema.kind == "chart":
            for rows in tables.values():
                self._points(rows)
            return {}
        # Tables of one kind come one after the other on the page, as in the reply.
        kinds: dict[str, list[Row]] = {}
        for group, rows in tables.items():
            kinds.setdefault(re.sub(r"/\d+", "/*", group), []).extend(rows)
        found: dict[str, Found] = {}
        for rows in kinds.values():
            found |= locate(rows, self.known.layouts, self.known.labels)
        for one in found.values():
            if one.match is not None and not one.lonely:
                self._decide(one.cell.value, self._seen(one.cell.value, self.known.boxed(one.cell.value) or one.match))
        return found

    def _points(self, rows: Sequence[Row]) -> None:
        """Decide the points of a chart. A model's box tells which of two prints it read, not which of them a point is.

        So a number that is nobody's number where the model read it, as one of an axis, stays open.
        """
        for pointer, verdict in points(rows, self.known.layouts).items():
            value = next(value for value in self.known.values if value.pointer == pointer)
            if is_measured(value):
                self.known.verdicts[pointer] = verdict
                continue
            boxed = self._at_box(value, None)
            if boxed is not None and boxed.status == "verified" and self.known.kind(value) == "number":
                same = verdict.place is not None and boxed.place is not None and verdict.place.meets(boxed.place)
                boxed = boxed if same else replace(boxed, status="unverified")
            self.known.verdicts[pointer] = self._as_sure(value, boxed or verdict)

    def _decide(self, value: Value, verdict: Verdict) -> None:
        self.known.decide(value, self._as_sure(value, verdict))

    def _as_sure(self, value: Value, verdict: Verdict) -> Verdict:
        """The verdict as far as the evidence carries it: what a reader saw corrects nothing, and it may overlook."""
        places = (verdict.place, verdict.instead.place if verdict.instead is not None else None)
        if any(p is not None and set(p.pieces) & self.known.pages[p.page].disputed for p in places):
            return Verdict("unverified", verdict.place)
        if verdict.status not in ("corrected", "conflict") or self._certain(value):
            return verdict
        instead = verdict.instead.place if verdict.instead is not None else None
        says_else = instead is not None and self.known.same_kind(value, instead)
        return replace(verdict, status="conflict" if says_else else "unverified")

    # One after the other: the model's box, the label, the rest.

    def _at_box(self, value: Value, cell: Found | None) -> Verdict | None:
        """What stands where the model says that it read; None where it says nothing, or nothing stands there."""
        if value.box is None or value.page not in self.known.layouts:
            return None
        match = self.known.boxed(value)
        if match is not None:
            return self._seen(value, match)
        layout = self.known.layouts[value.page]
        there = pieces_at(layout, value)
        if not there or self._is_tick(value, [layout.pieces[number].text for number in there]):
            return None
        labelled = self.known.best_labelled(value)
        if labelled is not None and labelled[0] >= _SURE:
            return self._seen(value, labelled[1])
        near = nearest(value, self.known.leaf(value), layout, there)
        if cell is not None and cell.near is not None and (near is None or cell.near.rank < near.rank):
            near = cell.near
        return self._differs(value, near, layout.place(there))

    def _is_tick(self, value: Value, there: Sequence[str]) -> bool:
        """Whether a yes or no was read where neither is printed: print beside a tick says nothing about it."""
        if self.known.kind(value) != "boolean" or value.value is None:
            return False
        return all(read_boolean(text) is None for text in there)

    def _by_label(self, value: Value, cell: Found | None) -> Verdict | None:
        """The same beside the value's own label; or, without any such place, something like it there."""
        if self.known.alone(value):
            labelled = self.known.best_labelled(value)
            if labelled is not None:
                return self._seen(value, labelled[1])
            return self._otherwise_by_label(value)
        if cell is not None and not cell.lonely:
            return self._differs(value, cell.near, None)
        return None

    def _otherwise_by_label(self, value: Value) -> Verdict | None:
        leaf = self.known.leaf(value)
        elsewhere = [match for match in self.known.found[value.pointer] if not self.known.taken(match.place, value)]
        best: tuple[float, Near] | None = None
        for number in self.known.pages_of(value):
            for _, region, sure in self.known.labels[number].regions(leaf.path):
                near = nearest(value, leaf, self.known.layouts[number], region)
                if near is None or self.known.taken(near.place, value):
                    continue
                if best is None or (near.close, -near.distance, sure) > (best[1].close, -best[1].distance, best[0]):
                    best = (sure, near)
        if best is None:
            return None
        sure, near = best
        if near.close and (not elsewhere or sure >= _SURE):
            # Where the value stands elsewhere as it was read, the page does not say that it is a misreading.
            return self._differs(value, near, near.place) if not elsewhere else Verdict("conflict", near.place, near)
        # Print that says little is looked for beside its label only; what stands there instead contradicts it.
        telling = [match for match in elsewhere if self.known.tells(value, match.place)]
        little = short(value) or (bool(elsewhere) and not telling)
        alike = self.known.same_kind(value, near.place) or (little and self.known.kind(value) != "boolean")
        if sure >= _SURE and alike and not telling:
            return Verdict("conflict", near.place, near)
        return None

    def _without_label(self, value: Value) -> Verdict:
        """What neither box, row nor label settles: print that stands only once and is like nothing else."""
        found = self.known.found[value.pointer]
        certain = self._certain(value)
        if self.known.kind(value) in ("boolean", "enum"):
            return self._choice(value, certain)
        free = _page_header([match for match in found if not self.known.taken(match.place, value)])
        rivals = self.known.rivals(value)
        rival = rivals[0] if rivals else None
        series = len(rivals) >= SERIES and len(found) == 1
        if rival is not None and (free or found) and not series:
            return Verdict("conflict" if certain else "unverified", rival.place, rival)
        if len(free) == 1 and self.known.alone(value) and self.known.tells(value, free[0].place):
            return self._seen(value, free[0])
        if found:
            return Verdict("unverified", (free or list(found))[0].place if len(free or found) == 1 else None)
        telling = len(compact(value.text or "")) >= _TELLING and self.known.kind(value) not in ("number", "date")
        if rival is not None and telling:
            return self._differs(value, rival, rival.place)
        return Verdict("conflict") if certain else Verdict("unverified")

    def _choice(self, value: Value, certain: bool) -> Verdict:
        """A choice that is not printed may be ticked, or be said by the whole page; one that is no choice is wrong."""
        found, rival = self.known.found[value.pointer], next(iter(self.known.rivals(value)), None)
        if not found and rival is not None:
            return self._differs(value, rival, rival.place)
        if value.value is None:
            return Verdict("conflict" if certain else "unverified")
        return Verdict("unverified", found[0].place if len(found) == 1 else None)

    def _currency(self, value: Value) -> Verdict:
        """Where the currency stands: beside its own label, else at the first amount that was found."""
        found = self.known.found[value.pointer]
        labelled = self.known.best_labelled(value)
        if labelled is not None:
            return self._seen(value, labelled[1])
        if found:
            exact = [match for match in found if match.place.text == (value.text or "").strip()] or list(found)
            amounts = [place for _, place in self.known.claimed]
            at = [
                m for m in exact if any(m.place.page == p.page and set(m.place.pieces) & set(p.pieces) for p in amounts)
            ]
            return self._seen(value, (at or exact)[0])
        certain = self._certain(value)
        return self._otherwise_by_label(value) or Verdict("conflict" if certain else "unverified")

    # Small judgements.

    def _seen(self, value: Value, match: Match) -> Verdict:
        """The same stands there. A choice that stands beside the other choices was ticked by a pen, not by print."""
        if value.value is None:
            return Verdict("unverified", match.place)  # the page says so, and it is still no number
        if self.known.kind(value) in ("boolean", "enum") and self.known.has_rivals(value, match.place):
            return Verdict("unverified", match.place)
        if not match.same_case and not self.known.pages[match.place.page].certain:
            return Verdict("unverified", match.place)
        if not match.same_case:
            near = Near(match.place, 1, len(match.place.text))
            return Verdict("corrected", match.place, near)
        return Verdict("verified", match.place)

    def _certain(self, value: Value) -> bool:
        """Whether the evidence of a value's pages is their own text and not what somebody read."""
        return all(self.known.pages[number].certain for number in self.known.pages_of(value))

    def _differs(self, value: Value, near: Near | None, place: Place | None) -> Verdict:
        """Something else stands there. What a reader saw there may itself be misread, so it corrects nothing."""
        numbers = [place.page] if place else [near.place.page] if near else self.known.pages_of(value)
        certain = all(self.known.pages[number].certain for number in numbers)
        if near is None:
            return Verdict("conflict" if certain else "unverified", place)
        if near.distance == 0:
            return self._seen(value, Match(near.place))
        if near.close and certain:
            return Verdict("corrected", near.place, near)
        if certain or self.known.kind(value) in ("number", "date"):
            return Verdict("conflict", near.place if near.close or place is None else place, near)
        return Verdict("unverified", place)


def _page_header(found: Sequence[Match]) -> list[Match]:
    """The matches, of which those that stand in the same place on every page count once."""
    first = found[0].place if found else None
    one_a_page = len({match.place.page for match in found}) == len(found)
    if first is not None and one_a_page and all(_same_spot(match.place, first) for match in found):
        return [found[0]]
    return list(found)


def _same_spot(one: Place, other: Place) -> bool:
    """Whether two places on different pages are in the same part of them."""
    return overlap(one.box, other.box) > 0.5 * area(other.box)
