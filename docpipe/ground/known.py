"""Values and the evidence of their pages become what is known of each: where it stands, and whose place that is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from docpipe.ground.evidence import Evidence
from docpipe.ground.find import Match, Near, bare, like, matches
from docpipe.ground.labels import BESIDE, Labels
from docpipe.ground.layout import Layout, Place, area, overlap
from docpipe.ground.verdict import Verdict
from docpipe.printed.convert import read_boolean, role
from docpipe.printed.words import compact, fold
from docpipe.schema import Leaf, Schema
from docpipe.types import Value

# Shorter prints than these stand on any page by accident.
_SHORT, _DISTINCT = 4, 12
_AT_BOX = 0.3
# A print with so many that are almost the same is one of a series: none of them says that it was misread.
SERIES = 2


@dataclass
class Known:
    """One document's values, where the same stands on its pages, and what was decided so far.

    `found` are a value's matches, `verdicts` the decisions, both by pointer; `claimed` are the places of values that
    are right. `cells_of` counts the leaves of each kind of row.
    """

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

    def pages_of(self, value: Value) -> list[int]:
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
        found = tuple(match for n in self.pages_of(value) for match in matches(value, leaf, self.layouts[n]))
        if found or value.page is None or value.box is not None:
            return found
        # A model that names a page without a place may be mistaken about it, as people are.
        anywhere = self.pages_of(value.model_copy(update={"page": None}))
        return tuple(match for n in anywhere for match in matches(value, leaf, self.layouts[n]))

    def leaf(self, value: Value) -> Leaf:
        """The leaf of the schema that a value belongs to."""
        leaf = self.leaves[value.pointer]
        assert leaf is not None  # values of no leaf are left out before
        return leaf

    def kind(self, value: Value) -> str:
        """What kind of print a value is: number, date, enum, string..."""
        return role(self.leaf(value))

    def settle(self, values: Sequence[Value]) -> None:
        """Learn from the values that stand in one place only on which side of their labels this page's values are."""
        for number, labels in self.labels.items():
            seen = []
            for value in values:
                found = [match for match in self.found[value.pointer] if match.place.page == number]
                if len(found) == 1:
                    rate, side = labels.beside(found[0].place, self.leaf(value).path)
                    if rate >= BESIDE:
                        seen.append(side)
            labels.settle(seen)

    def decide(self, value: Value, verdict: Verdict) -> None:
        """Keep a verdict; the place of a value that is right is taken from then on."""
        self.verdicts[value.pointer] = verdict
        if verdict.place is not None and verdict.status in ("verified", "corrected"):
            self.claimed.append((value.pointer, verdict.place))

    def boxed(self, value: Value) -> Match | None:
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
        rest = [n for n in pieces_at(layout, value) if n not in match.place.pieces]
        other = max((overlap(layout.pieces[n].box, value.box) for n in rest), default=0.0)
        return match if overlap(match.place.box, value.box) >= 0.5 * other else None

    def best_labelled(self, value: Value) -> tuple[float, Match] | None:
        """The match that stands most surely beside the value's own label, and how surely."""
        path = self.leaf(value).path
        if not self.alone(value):
            return None  # a label over a column is every row's
        rated = []
        for match in self.found[value.pointer]:
            labels = self.labels[match.place.page]
            rate = labels.beside(match.place, path)[0]
            if rate >= BESIDE and labels.claims(match.place, but=path) <= rate + 0.15:
                rated.append((rate, match))
        return max(rated, key=lambda item: item[0]) if rated else None

    def alone(self, value: Value) -> bool:
        """Whether a value has no row: it stands once in the schema, or is all that a row of it has of its own."""
        path = self.leaf(value).path
        where = row_of(path, path)
        return where is None or (self.cells_of[where[1]] == 1 and not path.endswith("/*"))

    def taken(self, place: Place, value: Value) -> bool:
        """Whether a place belongs to another value: one that was found there, or one whose label it stands beside."""
        if any(pointer != value.pointer and place.meets(other) for pointer, other in self.claimed):
            return True
        path = self.leaf(value).path
        labels = self.labels[place.page]
        return labels.claims(place, but=path) >= max(0.6, labels.beside(place, path)[0] + 0.15)

    def rivals(self, value: Value) -> list[Near]:
        """Prints of the same kind elsewhere that are one misreading away and belong to nothing else, the nearest first.

        Of prints in one place the nearest counts.
        """
        leaf, text = self.leaf(value), bare(value.text or "")
        if len(text) < _SHORT:
            return []
        rivals: list[Near] = []
        # Two dates or amounts that differ in more than a digit are two dates or amounts.
        most = 1 if self.kind(value) in ("number", "date", "time") else len(text)
        for number in self.pages_of(value):
            layout = self.layouts[number]
            mine = {n for match in self.found[value.pointer] if match.place.page == number for n in match.place.pieces}
            for one in like(value, leaf, layout, [n for n in range(len(layout.pieces)) if n not in mine]):
                known = any(one.place.meets(other.place) for other in rivals)
                if one.distance > most or known or self.read_as_another(one.place, value):
                    continue
                if not self.taken(one.place, value):
                    rivals.append(one)
                    if len(rivals) == SERIES:
                        break
        return sorted(rivals, key=lambda near: near.rank)

    def read_as_another(self, place: Place, value: Value) -> bool:
        """Whether another value that has no place yet says just what stands there: it is no misreading of this one."""
        return any(
            place.meets(match.place)
            for pointer, found in self.found.items()
            if pointer != value.pointer and pointer not in self.verdicts
            for match in found
        )

    def tells(self, value: Value, place: Place) -> bool:
        """Whether a print is no accident: not short, no part of another text, behind no label of something else."""
        chunks = {self.layouts[place.page].pieces[number].chunk for number in place.pieces}
        whole = sum(len(self.layouts[place.page].chunks[chunk]) for chunk in chunks) == len(place.pieces)
        long = len(compact(value.text or "")) >= _DISTINCT or self.kind(value) not in ("string", "iban")
        return not short(value) and (whole or long) and not self.foreign(place)

    def foreign(self, place: Place) -> bool:
        """Whether a label that is none of the schema's stands right before a place: "Phone: ..."."""
        layout = self.layouts[place.page]
        first = place.pieces[0]
        if first == 0 or layout.pieces[first - 1].line != layout.pieces[first].line:
            return False
        before = layout.pieces[first - 1].text
        return before.endswith((":", "#")) and layout.gap(first - 1, first) < 12 * place.height

    def same_kind(self, value: Value, place: Place) -> bool:
        """Whether an amount, a date or a time stands there where the value is one."""
        kind, layout = self.kind(value), self.layouts[place.page]
        pool = {
            "number": [other for other, _ in layout.amounts],
            "date": [other for other, _ in layout.dates],
            "time": [other for other, _ in layout.times],
        }.get(kind, [])
        return any(set(place.pieces) <= set(other.pieces) for other in pool)

    def has_rivals(self, value: Value, place: Place) -> bool:
        """Whether other choices of the same field are printed around a place."""
        layout, leaf = self.layouts[place.page], self.leaf(value)
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


def _shared(place: Place, value: Value) -> float:
    if value.box is None:
        return 0.0
    smaller = min(area(place.box), area(value.box))
    return overlap(place.box, value.box) / smaller if smaller > 0 else 0.0


def pieces_at(layout: Layout, value: Value) -> list[int]:
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


def short(value: Value) -> bool:
    """Whether a print says too little to be recognised by itself."""
    return len(re.sub(r"[^\w]", "", value.text or "")) < _SHORT
