"""A schema's labels become the places on a page where they stand, and how far a value's place is beside its own."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from rapidfuzz import fuzz, process

from docpipe.ground.layout import Layout, Place, in_column, union
from docpipe.printed.amounts import read_amount, read_currency
from docpipe.printed.convert import role
from docpipe.printed.words import FILLER, fold
from docpipe.schema import Leaf
from docpipe.types import Box

Side = Literal["right", "below", "above"]

_LONGEST_WORDS = 9
_FUZZY_FROM, _FUZZY_SCORE = 6, 88.0
# A label is its value's when it stands this near, in heights of its print.
_BELOW, _ABOVE = 2.6, 1.6
BESIDE = 0.5
_PERCENT = re.compile(r"(?:\d+ )*\d+ ?%")


@dataclass(frozen=True)
class Label:
    """A label of a schema where it stands on the page. `alone` says that its chunk holds nothing else."""

    place: Place
    path: str
    score: float
    leads: bool
    alone: bool


class Labels:
    """Every label of the schema's leaves on one page."""

    def __init__(self, layout: Layout, leaves: Sequence[Leaf]) -> None:
        self.layout = layout
        words: dict[str, set[str]] = defaultdict(set)
        for leaf in leaves:
            for text in wording(leaf):
                words[_bare(text)].add(leaf.path)
        words.pop("", None)
        self._kinds = {leaf.path: role(leaf) for leaf in leaves}
        self.by_path: dict[str, list[Label]] = defaultdict(list)
        found = _longest(list(_occurrences(layout, words)))
        for label in found:
            self.by_path[label.path].append(label)
        self._marked = {number for label in found for number in label.place.pieces if label.leads}
        self.sides: dict[Side, float] = {"right": 1.0, "below": 0.9, "above": 0.6}

    def settle(self, seen: Iterable[Side]) -> None:
        """Where this page's values stand beside their labels, learnt from those that can stand in one place only."""
        counts: dict[Side, int] = {"right": 0, "below": 0, "above": 0}
        for side in seen:
            counts[side] += 1
        if sum(counts.values()) >= 3:
            most = max(counts.values())
            for side, count in counts.items():
                self.sides[side] = 0.65 + 0.35 * count / most if count else 0.55 if side != "above" else 0.3

    def beside(self, place: Place, path: str) -> tuple[float, Side]:
        """How sure it is, from 0 to 1, that a label of the leaf or pointer `path` means this place, and from where."""
        best: tuple[float, Side] = (0.0, "right")
        for label in self.by_path.get(path, ()):
            for side, score in self._relations(label, place):
                rated = score * self.sides[side] * label.score * (1.0 if label.leads else 0.8)
                if rated > best[0]:
                    best = (rated, side)
        return best

    def claims(self, place: Place, *, but: str) -> float:
        """How sure it is that a label of another leaf than `but`, for which it is the right kind, means this place."""
        rates = (self.beside(place, path)[0] * self._admits(path, place) for path in self.by_path if path != but)
        return max(rates, default=0.0)

    def leads_to(self, place: Place) -> float:
        """How sure it is that a label of a leaf in no row stands on the line of this place and means it."""
        return max(
            (
                score * label.score * self._admits(path, place)
                for path, found in self.by_path.items()
                if "/*" not in path
                for label in found
                if label.leads and label.place.lines[-1] == place.lines[0]
                for side, score in self._relations(label, place)
                if side == "right"
            ),
            default=0.0,
        )

    def _admits(self, path: str, place: Place) -> float:
        """Whether the print in a place can be a value of a leaf: a name is no amount."""
        kind = self._kinds[path]
        amount = read_amount(place.text)
        if kind == "number":
            return float(amount is not None)
        if kind in ("date", "date-time", "time"):
            return float(
                any(set(place.pieces) <= set(other.pieces) for other, _ in (*self.layout.dates, *self.layout.times))
            )
        return 0.5 if amount is not None and (amount.currency or amount.decimal) else 1.0

    def regions(self, path: str) -> Iterator[tuple[Side, tuple[int, ...], float]]:
        """The pieces where the labels of `path` want their value to stand, with how sure that is."""
        for label in self.by_path.get(path, ()):
            sure = label.score * (1.0 if label.leads else 0.8)
            right = self._right(label)
            if right:
                yield "right", right, sure * self.sides["right"]
            height = label.place.height
            for side, chunks in (
                ("below", self.layout.below(label.place.box, within=_BELOW * height)),
                ("above", self.layout.above(label.place.box, within=_ABOVE * height)),
            ):
                free = [chunk for chunk in chunks[:2] if not self._is_label(self.layout.chunks[chunk])]
                if free:
                    pieces = tuple(number for chunk in free for number in self.layout.chunks[chunk])
                    yield side, pieces, sure * self.sides[side] * (0.6 if right else 1.0)  # type: ignore[index,misc]  # the two literals

    def _relations(self, label: Label, place: Place) -> Iterator[tuple[Side, float]]:
        if set(label.place.pieces) & set(place.pieces):
            if label.place.pieces[-1] < place.pieces[-1] and label.place.pieces[0] < place.pieces[0]:
                yield "right", 0.9
            return
        first = self.layout.pieces[place.pieces[0]]
        line = self.layout.pieces[label.place.pieces[-1]].line
        if first.line == line and place.pieces[0] > label.place.pieces[-1]:
            yield "right", self._across(label, place)
        elif place.lines[0] > line:
            yield "below", self._down(label, place)
            if first.order > 0:
                yield "right", self._onward(label, place)
        elif place.lines[-1] < self.layout.pieces[label.place.pieces[0]].line:
            yield "above", self._up(label, place)

    def _across(self, label: Label, place: Place) -> float:
        between = range(label.place.pieces[-1] + 1, place.pieces[0])
        if any(number in self._marked for number in between):
            return 0.0
        words = [number for number in between if not _filler(self.layout.pieces[number].text)]
        # A line of prose may have words between; a chunk that stands apart is another value.
        jumps = len(
            {self.layout.pieces[number].chunk for number in words} - {self._chunk(label), self._chunk_of(place)}
        )
        return max(0.0, 1.0 - 0.08 * len(words) - 0.25 * jumps)

    def _onward(self, label: Label, place: Place) -> float:
        """A label at the end of a line of prose, and its value at the start of the next."""
        last = self.layout.pieces[label.place.pieces[-1]]
        first = self.layout.pieces[place.pieces[0]]
        after = self.layout.by_order.get(last.order + 1)
        steps = first.order - last.order - 1
        if after is None or not 0 <= steps <= 6 or first.line != last.line + 1:
            return 0.0
        between = [self.layout.by_order[order] for order in range(last.order + 1, first.order)]
        if any(number in self._marked for number in between):
            return 0.0
        return max(0.0, 0.75 - 0.05 * steps) if len(self.layout.chunk_of(label.place.pieces[0])) > 3 else 0.0

    def _down(self, label: Label, place: Place) -> float:
        height = max(label.place.height, 0.6 * place.height)
        drop = place.box[1] - label.place.box[3]
        if drop > _BELOW * height + height or not in_column(label.place.box, _top(self.layout, place)):
            return 0.0
        blocked = self._blocking(label.place.box, place, drop)
        taken = 0.3 if self._right_is_value(label) else 0.0
        return max(0.0, 1.0 - 0.12 * max(0.0, drop / height - 0.8) - 0.3 * blocked - taken)

    def _up(self, label: Label, place: Place) -> float:
        rise = label.place.box[1] - place.box[3]
        if rise > _ABOVE * label.place.height or not in_column(label.place.box, place.box):
            return 0.0
        taken = 0.3 if self._right_is_value(label) else 0.0
        return max(0.0, 1.0 - 0.1 * max(0.0, rise / label.place.height) - taken)

    def _blocking(self, box: Box, place: Place, drop: float) -> int:
        """How many other chunks stand between a label and a place below it."""
        height = box[3] - box[1]
        chunks = self.layout.below(box, within=max(drop, 0.1) + 0.3 * height)
        mine = {self.layout.pieces[number].chunk for number in place.pieces}
        tops = [chunk for chunk in chunks if chunk not in mine]
        return sum(self.layout.chunk_place(chunk).box[3] <= place.box[1] + 0.4 * height for chunk in tops)

    def _right(self, label: Label) -> tuple[int, ...]:
        """What stands to the right of a label, up to the next label: its own chunk's rest, and the next chunk."""
        last = label.place.pieces[-1]
        line = self.layout.lines[self.layout.pieces[last].line]
        found: list[int] = []
        chunks: list[int] = []
        for number in line:
            if number <= last:
                continue
            piece = self.layout.pieces[number]
            if number in self._marked:
                break
            if piece.chunk not in chunks:
                if len([chunk for chunk in chunks if chunk != self._chunk(label)]) >= 2:
                    break
                chunks.append(piece.chunk)
            found.append(number)
        return tuple(found)

    def _right_is_value(self, label: Label) -> bool:
        right = [number for number in self._right(label) if not _filler(self.layout.pieces[number].text)]
        if not right:
            return False
        first = self.layout.pieces[right[0]]
        return first.box[0] - label.place.box[2] < 8 * label.place.height

    def _is_label(self, chunk: Sequence[int]) -> bool:
        return any(number in self._marked for number in chunk)

    def _chunk(self, label: Label) -> int:
        return self.layout.pieces[label.place.pieces[-1]].chunk

    def _chunk_of(self, place: Place) -> int:
        return self.layout.pieces[place.pieces[0]].chunk


def wording(leaf: Leaf) -> tuple[str, ...]:
    """What the label of a leaf may look like: its labels, its title, its name, a short description."""
    texts = [*leaf.labels, leaf.title or "", leaf.key.replace("_", " ")]
    if leaf.description and len(leaf.description.split()) <= 4:
        texts.append(leaf.description)
    return tuple(dict.fromkeys(text for text in texts if text))


def _bare(text: str) -> str:
    """A label without case, accents, punctuation and the rate that may stand in it: VAT 20%."""
    return " ".join(_PERCENT.sub(" ", fold(text)).split())


def _filler(text: str) -> bool:
    """Dots, dashes, a currency or a rate: print that may stand between a label and its value."""
    if FILLER.fullmatch(text) or (read_currency(text) and not any(c.isdigit() for c in text)):
        return True
    amount = read_amount(text)
    return amount is not None and amount.percent


def _occurrences(layout: Layout, words: Mapping[str, set[str]]) -> Iterator[Label]:
    fuzzy = [word for word in words if len(word) >= _FUZZY_FROM]
    tried: dict[str, tuple[str, float] | None] = {}
    for chunk in layout.chunks:
        for at in range(len(chunk)):
            for end in range(at + 1, min(len(chunk), at + _LONGEST_WORDS) + 1):
                run = chunk[at:end]
                text = _bare(" ".join(layout.pieces[number].text for number in run))
                if not text:
                    continue
                leads = at == 0 or layout.pieces[chunk[at - 1]].text.endswith((":", "|", "/", "·", "•", "-", "–"))
                found: tuple[str, float] | None = (text, 1.0) if text in words else None
                # A label that was misprinted is still a label; with digits it is a label and its value.
                if found is None and at == 0 and len(text) >= _FUZZY_FROM and not any(c.isdigit() for c in text):
                    if text not in tried:
                        near = process.extractOne(text, fuzzy, scorer=fuzz.ratio, score_cutoff=_FUZZY_SCORE)
                        tried[text] = (near[0], near[1] / 100) if near else None
                    found = tried[text]
                if found is not None:
                    for path in words[found[0]]:
                        yield Label(layout.place(run), path, found[1], leads, alone=len(run) == len(chunk))


def _longest(labels: Sequence[Label]) -> list[Label]:
    """The labels without those that are a part of a longer one: "Total" of "Total excl. VAT"."""
    kept: list[Label] = []
    for label in sorted(labels, key=lambda one: (-len(one.place.pieces), -one.score)):
        mine = set(label.place.pieces)
        over = [other for other in kept if mine & set(other.place.pieces)]
        if all(set(other.place.pieces) == mine for other in over) and not any(o.path == label.path for o in over):
            kept.append(label)
    return kept


def _top(layout: Layout, place: Place) -> Box:
    """The first line of a place."""
    line = layout.pieces[place.pieces[0]].line
    return union([layout.pieces[n].box for n in place.pieces if layout.pieces[n].line == line])
