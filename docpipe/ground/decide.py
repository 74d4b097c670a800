"""Values and the evidence of their pages become verdicts: where each stands, and whether the page says the same."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from docpipe.ground.charts import points
from docpipe.ground.evidence import Evidence
from docpipe.ground.find import Match, Near, bare, like, matches, nearest
from docpipe.ground.labels import BESIDE, Labels
from docpipe.ground.layout import Layout, Place, area, overlap
from docpipe.ground.rows import OUT, Cell, Found, Row, locate
from docpipe.ground.verdict import Verdict
from docpipe.printed.convert import read_boolean, role
from docpipe.printed.words import compact, fold
from docpipe.schema import Leaf, Schema
from docpipe.types import Value

# A label this sure outweighs a model's box, and what a place beside it says is what its leaf should be.
_SURE = 0.75
# Shorter prints than these stand on any page by accident.
_SHORT, _TELLING, _DISTINCT = 4, 8, 12
_AT_BOX = 0.3


@dataclass
class Grounding:
    """One document's values on their way to a verdict each."""

    schema: Schema
    pages: Mapping[int, Evidence]
    values: Sequence[Value]
    verdicts: dict[str, Verdict] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.layouts = {number: page.layout for number, page in self.pages.items()}
        self.labels = {number: Labels(layout, self.schema.leaves) for number, layout in self.layouts.items()}
        self.leaves = {value.pointer: self.schema.leaf(value.pointer) for value in self.values}
        self.found = {value.pointer: self._matches(value) for value in self.values}
        rows = [row_of(leaf.path, leaf.path) for leaf in self.schema.leaves]
        self.cells_of = Counter(row[1] for row in rows if row is not None)
        self.claimed: list[tuple[str, Place]] = []

    def run(self) -> dict[str, Verdict]:
        """A verdict for every value that was read, by its pointer."""
        asked = [value for value in self.values if value.text is not None and self.leaves[value.pointer] is not None]
        with_evidence = [value for value in asked if self._pages_of(value)]
        for value in asked:
            if not self._pages_of(value):
                self.verdicts[value.pointer] = Verdict("unverified")
        self._settle(with_evidence)
        cells = self._rows(with_evidence)
        last: list[Value] = []
        for value in with_evidence:
            if value.pointer in self.verdicts:
                continue
            if self._kind(value) == "currency":
                last.append(value)
            else:
                verdict = self._at_box(value, cells.get(value.pointer)) or self._by_label(
                    value, cells.get(value.pointer)
                )
                if verdict is not None:
                    self._decide(value, verdict)
        for value in with_evidence:
            if value.pointer not in self.verdicts and value not in last:
                self._decide(value, self._without_label(value))
        for value in last:
            self._decide(value, self._at_box(value, None) or self._currency(value))
        for pointer, cell in cells.items():
            if cell.debit and self.verdicts[pointer].status in ("verified", "corrected"):
                self.verdicts[pointer] = replace(self.verdicts[pointer], debit=not self._names_debits(cell.cell.leaf))
        return self.verdicts

    @staticmethod
    def _names_debits(leaf: Leaf) -> bool:
        """Whether the leaf is for money going out by itself, and so needs no sign."""
        return bool(OUT & {fold(label) for label in (*leaf.labels, leaf.key.replace("_", " "))})

    # What is known beforehand.

    def _pages_of(self, value: Value) -> list[int]:
        """The pages whose evidence counts for a value: its own, or all where the model did not say."""
        numbers = [n for n, page in self.pages.items() if page.counts_for(value.model) and page.layout.pieces]
        return (
            [n for n in numbers if n == value.page]
            if value.page in self.pages
            else numbers
            if value.page is None
            else []
        )

    def _matches(self, value: Value) -> tuple[Match, ...]:
        leaf = self.leaves[value.pointer]
        if leaf is None or value.text is None:
            return ()
        return tuple(match for n in self._pages_of(value) for match in matches(value, leaf, self.layouts[n]))

    def _leaf(self, value: Value) -> Leaf:
        leaf = self.leaves[value.pointer]
        assert leaf is not None  # run() leaves the others out
        return leaf

    def _kind(self, value: Value) -> str:
        return role(self._leaf(value))

    def _settle(self, values: Sequence[Value]) -> None:
        """Learn from the values that stand in one place only on which side of their labels this page's values are."""
        for number, labels in self.labels.items():
            seen = []
            for value in values:
                found = [match for match in self.found[value.pointer] if match.place.page == number]
                if len(found) == 1:
                    rate, side = labels.beside(found[0].place, self._leaf(value).path)
                    if rate >= BESIDE:
                        seen.append(side)
            labels.settle(seen)

    def _decide(self, value: Value, verdict: Verdict) -> None:
        self.verdicts[value.pointer] = verdict
        if verdict.place is not None and verdict.status in ("verified", "corrected"):
            self.claimed.append((value.pointer, verdict.place))

    # Rows.

    def _rows(self, values: Sequence[Value]) -> dict[str, Found]:
        """What the lines of tables say about the cells of rows. Cells found for sure are decided here."""
        groups: dict[str, dict[str, dict[str, Cell]]] = {}
        for value in values:
            leaf = self._leaf(value)
            where = row_of(value.pointer, leaf.path)
            if where is not None and leaf.array is not None:
                group, key, name = where
                cell = Cell(value, leaf, self.found[value.pointer])
                groups.setdefault(group, {}).setdefault(key, {})[name] = cell
        tables = {group: [Row(key, group, cells) for key, cells in rows.items()] for group, rows in groups.items()}
        if self.schema.kind == "chart":
            for rows in tables.values():
                self._points(rows)
            return {}
        # Tables of one kind come one after the other on the page, as in the reply.
        kinds: dict[str, list[Row]] = {}
        for group, rows in tables.items():
            kinds.setdefault(re.sub(r"/\d+", "/*", group), []).extend(rows)
        found: dict[str, Found] = {}
        for rows in kinds.values():
            found |= locate(rows, self.layouts, self.labels)
        for one in found.values():
            if one.match is not None and not one.lonely:
                self._decide(one.cell.value, self._seen(one.cell.value, self._boxed(one.cell.value) or one.match))
        return found

    def _points(self, rows: Sequence[Row]) -> None:
        """Decide the points of a chart, those first that the model's box decides."""
        for pointer, verdict in points(rows, self.layouts).items():
            value = next(value for value in self.values if value.pointer == pointer)
            self.verdicts[pointer] = self._at_box(value, None) or verdict

    # One after the other: the model's box, the label, the rest.

    def _at_box(self, value: Value, cell: Found | None) -> Verdict | None:
        """What stands where the model says that it read; None where it says nothing, or nothing stands there."""
        if value.box is None or value.page not in self.layouts:
            return None
        match = self._boxed(value)
        if match is not None:
            return self._seen(value, match)
        layout = self.layouts[value.page]
        there = _pieces_at(layout, value)
        if not there:
            return None
        labelled = self._best_labelled(value)
        if labelled is not None and labelled[0] >= _SURE:
            return self._seen(value, labelled[1])
        near = nearest(value, self._leaf(value), layout, there)
        if cell is not None and cell.near is not None and (near is None or cell.near.rank < near.rank):
            near = cell.near
        return self._differs(value, near, layout.place(there))

    def _boxed(self, value: Value) -> Match | None:
        """The match that stands in the model's box, when nothing else stands there more."""
        if value.box is None or value.page not in self.layouts:
            return None
        here = [
            (_shared(match.place, value), match)
            for match in self.found[value.pointer]
            if match.place.page == value.page
        ]
        here = [(shared, match) for shared, match in here if shared >= _AT_BOX]
        if not here:
            return None
        _, match = max(here, key=lambda item: item[0])
        layout = self.layouts[value.page]
        rest = [n for n in _pieces_at(layout, value) if n not in match.place.pieces]
        other = max((overlap(layout.pieces[n].box, value.box) for n in rest), default=0.0)
        return match if overlap(match.place.box, value.box) >= 0.5 * other else None

    def _best_labelled(self, value: Value) -> tuple[float, Match] | None:
        path = self._leaf(value).path
        if not self._alone(value):
            return None  # a label over a column is every row's
        rated = []
        for match in self.found[value.pointer]:
            labels = self.labels[match.place.page]
            rate = labels.beside(match.place, path)[0]
            if rate >= BESIDE and labels.claims(match.place, but=path) <= rate + 0.15:
                rated.append((rate, match))
        return max(rated, key=lambda item: item[0]) if rated else None

    def _by_label(self, value: Value, cell: Found | None) -> Verdict | None:
        """The same beside the value's own label; or, without any such place, something like it there."""
        if self._alone(value):
            labelled = self._best_labelled(value)
            if labelled is not None:
                return self._seen(value, labelled[1])
            return self._otherwise_by_label(value)
        if cell is not None and not cell.lonely:
            return self._differs(value, cell.near, None)
        return None

    def _otherwise_by_label(self, value: Value) -> Verdict | None:
        leaf = self._leaf(value)
        elsewhere = [match for match in self.found[value.pointer] if not self._taken(match.place, value)]
        best: tuple[float, Near] | None = None
        for number in self._pages_of(value):
            for _, region, sure in self.labels[number].regions(leaf.path):
                near = nearest(value, leaf, self.layouts[number], region)
                if near is None or self._taken(near.place, value):
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
        telling = [match for match in elsewhere if self._tells(value, match.place)]
        little = _short(value) or (bool(elsewhere) and not telling)
        alike = self._same_kind(value, near.place) or (little and self._kind(value) != "boolean")
        if sure >= _SURE and alike and not telling:
            return Verdict("conflict", near.place, near)
        return None

    def _without_label(self, value: Value) -> Verdict:
        """What neither box, row nor label settles: print that stands only once and is like nothing else."""
        found = self.found[value.pointer]
        certain = all(self.pages[number].certain for number in self._pages_of(value))
        if self._kind(value) in ("boolean", "enum"):
            return self._choice(value, certain)
        free = _page_header([match for match in found if not self._taken(match.place, value)])
        rival = self._rival(value)
        if rival is not None and (free or found):
            return Verdict("conflict" if certain else "unverified", rival.place, rival)
        if len(free) == 1 and self._alone(value) and self._tells(value, free[0].place):
            return self._seen(value, free[0])
        if found:
            return Verdict("unverified", (free or list(found))[0].place if len(free or found) == 1 else None)
        telling = len(compact(value.text or "")) >= _TELLING and self._kind(value) not in ("number", "date")
        if rival is not None and telling:
            return self._differs(value, rival, rival.place)
        return Verdict("conflict") if certain else Verdict("unverified")

    def _alone(self, value: Value) -> bool:
        """Whether a value has no row: it stands once in the schema, or is all that a row of it has of its own."""
        path = self._leaf(value).path
        where = row_of(path, path)
        return where is None or (self.cells_of[where[1]] == 1 and not path.endswith("/*"))

    def _choice(self, value: Value, certain: bool) -> Verdict:
        """A choice that is not printed may be ticked, or be said by the whole page; one that is no choice is wrong."""
        found, rival = self.found[value.pointer], self._rival(value)
        if not found and rival is not None:
            return self._differs(value, rival, rival.place)
        if value.value is None:
            return Verdict("conflict" if certain else "unverified")
        return Verdict("unverified", found[0].place if len(found) == 1 else None)

    def _currency(self, value: Value) -> Verdict:
        """Where the currency stands: beside its own label, else at the first amount that was found."""
        found = self.found[value.pointer]
        labelled = self._best_labelled(value)
        if labelled is not None:
            return self._seen(value, labelled[1])
        if found:
            exact = [match for match in found if match.place.text == (value.text or "").strip()] or list(found)
            amounts = [place for _, place in self.claimed]
            at = [
                m for m in exact if any(m.place.page == p.page and set(m.place.pieces) & set(p.pieces) for p in amounts)
            ]
            return self._seen(value, (at or exact)[0])
        certain = all(self.pages[number].certain for number in self._pages_of(value))
        return self._otherwise_by_label(value) or Verdict("conflict" if certain else "unverified")

    # Small judgements.

    def _seen(self, value: Value, match: Match) -> Verdict:
        """The same stands there. A choice that stands beside the other choices was ticked by a pen, not by print."""
        if value.value is None:
            return Verdict("unverified", match.place)  # the page says so, and it is still no number
        if self._kind(value) in ("boolean", "enum") and self._has_rivals(value, match.place):
            return Verdict("unverified", match.place)
        if not match.same_case:
            near = Near(match.place, 1, len(match.place.text))
            return Verdict("corrected", match.place, near)
        return Verdict("verified", match.place)

    def _differs(self, value: Value, near: Near | None, place: Place | None) -> Verdict:
        """Something else stands there. What a reader saw there may itself be misread, so it corrects nothing."""
        numbers = [place.page] if place else [near.place.page] if near else self._pages_of(value)
        certain = all(self.pages[number].certain for number in numbers)
        if near is None:
            return Verdict("conflict" if certain else "unverified", place)
        if near.distance == 0:
            return self._seen(value, Match(near.place))
        if near.close and certain:
            return Verdict("corrected", near.place, near)
        if certain or self._kind(value) in ("number", "date"):
            return Verdict("conflict", near.place if near.close or place is None else place, near)
        return Verdict("unverified", place)

    def _taken(self, place: Place, value: Value) -> bool:
        """Whether a place belongs to another value: one that was found there, or one whose label it stands beside."""
        if any(pointer != value.pointer and place.meets(other) for pointer, other in self.claimed):
            return True
        path = self._leaf(value).path
        labels = self.labels[place.page]
        return labels.claims(place, but=path) >= max(0.6, labels.beside(place, path)[0] + 0.15)

    def _rival(self, value: Value) -> Near | None:
        """Print of the same kind elsewhere that is one misreading away and belongs to nothing else."""
        leaf, text = self._leaf(value), bare(value.text or "")
        best: Near | None = None
        for number in self._pages_of(value):
            layout = self.layouts[number]
            mine = {n for match in self.found[value.pointer] if match.place.page == number for n in match.place.pieces}
            region = [n for n in range(len(layout.pieces)) if n not in mine]
            if len(text) < _SHORT:
                continue
            free = (one for one in like(value, leaf, layout, region) if not self._read_as_another(one.place, value))
            # Two dates or amounts that differ in more than a digit are two dates or amounts.
            most = 1 if self._kind(value) in ("number", "date", "time") else len(text)
            near = next((one for one in free if one.distance <= most and not self._taken(one.place, value)), None)
            if near is not None and (best is None or near.rank < best.rank):
                best = near
        return best

    def _read_as_another(self, place: Place, value: Value) -> bool:
        """Whether another value that has no place yet says just what stands there: it is no misreading of this one."""
        return any(
            place.meets(match.place)
            for pointer, found in self.found.items()
            if pointer != value.pointer and pointer not in self.verdicts
            for match in found
        )

    def _tells(self, value: Value, place: Place) -> bool:
        """Whether a print is no accident: not short, no part of another text, behind no label of something else."""
        chunks = {self.layouts[place.page].pieces[number].chunk for number in place.pieces}
        whole = sum(len(self.layouts[place.page].chunks[chunk]) for chunk in chunks) == len(place.pieces)
        long = len(compact(value.text or "")) >= _DISTINCT or self._kind(value) not in ("string", "iban")
        return not _short(value) and (whole or long) and not self._foreign(place)

    def _foreign(self, place: Place) -> bool:
        """Whether a label that is none of the schema's stands right before a place: "Phone: ..."."""
        layout = self.layouts[place.page]
        first = place.pieces[0]
        if first == 0 or layout.pieces[first - 1].line != layout.pieces[first].line:
            return False
        before = layout.pieces[first - 1].text
        return before.endswith((":", "#")) and layout.gap(first - 1, first) < 12 * place.height

    def _same_kind(self, value: Value, place: Place) -> bool:
        kind, layout = self._kind(value), self.layouts[place.page]
        pool = {
            "number": [other for other, _ in layout.amounts],
            "date": [other for other, _ in layout.dates],
            "time": [other for other, _ in layout.times],
        }.get(kind, [])
        return any(set(place.pieces) <= set(other.pieces) for other in pool)

    def _has_rivals(self, value: Value, place: Place) -> bool:
        """Whether other choices of the same field are printed around a place."""
        layout, leaf = self.layouts[place.page], self._leaf(value)
        around = [
            n
            for n, piece in enumerate(layout.pieces)
            if n not in place.pieces
            and any(abs(piece.line - line) <= 1 for line in place.lines)
            and max(piece.box[0] - place.box[2], place.box[0] - piece.box[2]) < 25 * place.height
        ]
        if leaf.type == "boolean":
            other = {read_boolean(layout.pieces[n].text) for n in around if len(layout.pieces[n].compact) <= 5}
            return value.value is not None and (not value.value) in other
        text = f" {fold(' '.join(layout.pieces[n].text for n in around))} "
        choices = {fold(str(choice)) for choice in leaf.enum or ()} - {fold(value.text or ""), fold(str(value.value))}
        return any(f" {choice} " in text for choice in choices if choice)


def row_of(pointer: str, path: str) -> tuple[str, str, str] | None:
    """The array, the row and the cell that a pointer means; None for a value that is in no row of its own.

    /line_items/3/amount is the cell /amount of the row /line_items/3; /tables/0/rows/2/cells/1 the cell /cells/1.
    """
    steps, stars = pointer.split("/"), [n for n, step in enumerate(path.split("/")) if step == "*"]
    if path.endswith("/*"):
        stars = stars[:-1]
    if not stars:
        return None
    at = stars[-1]
    return "/".join(steps[:at]), "/".join(steps[: at + 1]), "/" + "/".join(steps[at + 1 :])


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


def _shared(place: Place, value: Value) -> float:
    if value.box is None:
        return 0.0
    smaller = min(area(place.box), area(value.box))
    return overlap(place.box, value.box) / smaller if smaller > 0 else 0.0


def _pieces_at(layout: Layout, value: Value) -> list[int]:
    """The pieces whose middle lies in the model's box, or which fill it."""
    if value.box is None:
        return []
    x0, y0, x1, y1 = value.box
    found = []
    for number, piece in enumerate(layout.pieces):
        x, y = (piece.box[0] + piece.box[2]) / 2, (piece.box[1] + piece.box[3]) / 2
        inside = x0 - 1 <= x <= x1 + 1 and y0 - 1 <= y <= y1 + 1
        if inside or overlap(piece.box, value.box) >= 0.5 * min(area(piece.box), area(value.box)):
            found.append(number)
    return found


def _short(value: Value) -> bool:
    """Whether a print says too little to be recognised by itself."""
    return len(re.sub(r"[^\w]", "", value.text or "")) < _SHORT
