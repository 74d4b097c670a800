"""A value becomes the places on a page where the same stands, and the place in a region where something like it stands.

The same is what has the same normal form: 1.234,56 EUR and 1234.56, 4. März 2024 and 2024-03-04, a text divided over
lines and the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

from docpipe.ground.layout import OPENING, Layout, Place, in_column, leading, part, union
from docpipe.printed.amounts import Amount, read_amount, read_currency
from docpipe.printed.convert import day_of, full_time, role
from docpipe.printed.dates import PrintedDate, find_dates, read_date
from docpipe.printed.words import compact, joined, plain
from docpipe.schema import Leaf
from docpipe.types import Value

# A text of this many lines at most is looked for, each at most this many heights under the last.
_LINES, _LEADING = 8, 1.6
# In heights: a wider gap than this may end a line of a cell.
_SPACE = 0.4
_CLOSING = re.compile(r"[\s\"')\]}>,.:;!?*]+$")
_OUTER = re.compile(r"[\"')\]}>,.:;!?*/(\-]|$")


@dataclass(frozen=True)
class Match:
    """A place that says the same as a value. `same_case` is False where it differs in capitals only here and there.

    `sign_apart` says that the page has the digits and the sign comes from elsewhere, as from a column of debits.
    """

    place: Place
    same_case: bool = True
    sign_apart: bool = False


@dataclass(frozen=True)
class Near:
    """A place that says something like a value, `distance` characters from it, the longer of `length` characters.

    `surplus` is by how many characters one is longer than the other.
    """

    place: Place
    distance: int
    length: int
    surplus: int = 0

    @property
    def rank(self) -> tuple[int, int]:
        """How far it is from the value; of two equally far the one of the value's length is nearer."""
        return self.distance, self.surplus

    @property
    def close(self) -> bool:
        """Whether it is little enough to be one misread print."""
        return close(self.distance, self.length)


def close(distance: int, length: int) -> bool:
    """Whether two texts of that length differ by little: one character of three, two of eight, a seventh of more."""
    return length >= 3 and distance <= (1 if length < 8 else 2 if length < 20 else length // 7)


def matches(value: Value, leaf: Leaf, layout: Layout) -> list[Match]:
    """The places that say the same as the value, each once, in reading order of the page."""
    kind = role(leaf)
    found: list[Match] = []
    if kind == "number":
        found += _amounts(value, layout)
    elif kind == "date":
        found += _dates(value, layout)
    elif kind == "time":
        found += [Match(place) for place, time in layout.times if full_time(time) == value.value]
    elif kind == "currency":
        found += _currencies(value, layout)
    if value.text and kind != "currency":
        found += _texts(value.text, layout, strict=kind == "number")
    return _once(found)


def _once(found: Sequence[Match]) -> list[Match]:
    kept: list[Match] = []
    for match in sorted(found, key=lambda m: (m.sign_apart, not m.same_case, -len(m.place.text))):
        if not any(match.place.meets(other.place) for other in kept):
            kept.append(match)
    return sorted(kept, key=lambda m: m.place.pieces)


def _amounts(value: Value, layout: Layout) -> Iterator[Match]:
    if not isinstance(value.value, (Decimal, int, float)) or isinstance(value.value, bool):
        return
    wanted = Decimal(str(value.value))
    for place, amount in layout.amounts:
        meant = {amount.value} | ({amount.other} if amount.other is not None else set())
        if amount.percent:
            meant |= {amount.value / 100}
        if amount.loose_sign:
            meant |= {-number for number in meant}
        if wanted in meant:
            yield Match(place)
        elif -wanted in meant and wanted < 0:
            yield Match(place, sign_apart=True)


def _dates(value: Value, layout: Layout) -> Iterator[Match]:
    day = day_of(value.value)
    if day is None:
        return
    said = read_date(value.text) if value.text else None
    if said is not None and not any(find_dates(value.text or "")):
        return  # in a language of which only the very words prove it
    for place, printed in layout.dates:
        if (day.month, day.day) not in printed.days or printed.year not in (None, day.year):
            continue
        # Printed in numbers on both sides, day and month must stand in the same order, or 03/04 would prove 04/03.
        if said and said.numeric and printed.numeric and said.ambiguous and said.days[0] != printed.days[0]:
            continue
        yield Match(place)


def _currencies(value: Value, layout: Layout) -> Iterator[Match]:
    for number, piece in enumerate(layout.pieces):
        found = read_currency(piece.text)
        if found is None:
            continue
        code, sign = found
        if code == value.value or (value.text and sign == value.text.strip()):
            at = piece.text.find(sign)
            box = part(piece.box, piece.text, at, at + len(sign)) if at >= 0 else piece.box
            yield Match(layout.place([number], sign, box))
    for place, amount in layout.amounts:
        if amount.symbol and (amount.currency == value.value or amount.symbol == (value.text or "").strip()):
            for number in place.pieces:
                at = layout.pieces[number].text.find(amount.symbol)
                if at >= 0:
                    piece = layout.pieces[number]
                    box = part(piece.box, piece.text, at, at + len(amount.symbol))
                    yield Match(layout.place([number], amount.symbol, box))


# Text over words, lines and columns.


def _texts(text: str, layout: Layout, *, strict: bool) -> Iterator[Match]:
    """Where the text stands, whole words of it, over as many lines as it takes. `strict` wants it for itself."""
    for wanted in dict.fromkeys((compact(text), compact(joined(text)))):
        target = wanted.casefold()
        best: dict[int, _Path] = {}
        for number, start in layout.openings.get(target[:1], ()):
            path = _start(layout, number, start, target)
            if path is not None and not (strict and start not in leading(layout.pieces[number].compact)):
                best[number] = _shorter(best.get(number), path) or path
        for path in best.values():
            yield _text_match(layout, path, wanted)


@dataclass(frozen=True)
class _Path:
    """Pieces that make a text, from character `start` of the first to character `end` of the last."""

    pieces: tuple[int, ...]
    start: int
    end: int
    jumps: int = 0


def _start(layout: Layout, number: int, start: int, target: str) -> _Path | None:
    """The path of a text that begins at a character of a piece."""
    rest = layout.pieces[number].compact[start:]
    if target.startswith(rest):
        return _follow(layout, (number,), start, target[len(rest) :], 0)
    if rest.endswith("-") and len(rest) > 2 and target.startswith(rest[:-1]):
        return _follow(layout, (number,), start, target[len(rest) - 1 :], 0, below=True)
    if rest.startswith(target) and _OUTER.match(rest[len(target) :]) and not _within_number(rest, len(target)):
        return _Path((number,), start, start + len(target))
    return None


def _follow(
    layout: Layout, path: tuple[int, ...], start: int, target: str, jumps: int, *, below: bool = False
) -> _Path | None:
    """The path on through the words that come next, until `target` is used up; the one with the fewest jumps."""
    last = layout.pieces[path[-1]]
    if not target:
        return _Path(path, start, len(last.compact), jumps)
    if len(path) > 80:
        return None
    best: _Path | None = None
    for number, jump in _next(layout, path, below=below):
        word = layout.pieces[number].compact
        if target.startswith(word):
            best = _shorter(best, _follow(layout, (*path, number), start, target[len(word) :], jumps + jump))
        elif word.endswith("-") and len(word) > 2 and target.startswith(word[:-1]):
            tail = target[len(word) - 1 :]
            best = _shorter(best, _follow(layout, (*path, number), start, tail, jumps + jump, below=True))
        elif word.startswith(target) and _OUTER.match(word[len(target) :]) and not _within_number(word, len(target)):
            best = _shorter(best, _Path((*path, number), start, len(target), jumps + jump))
    return best


def _next(layout: Layout, path: tuple[int, ...], *, below: bool) -> Iterator[tuple[int, int]]:
    """The words that may come after a path, each with how far it has to jump for it."""
    last = path[-1]
    piece = layout.pieces[last]
    seen = set(path)
    if not below and last + 1 < len(layout.pieces) and layout.pieces[last + 1].line == piece.line:
        seen.add(last + 1)
        yield last + 1, int(layout.pieces[last + 1].chunk != piece.chunk) * 2
    ends = last + 1 == len(layout.pieces) or layout.pieces[last + 1].line != piece.line
    ends = ends or layout.gap(last, last + 1) > _SPACE * piece.height
    if ends and len({layout.pieces[number].line for number in path}) < _LINES:
        first = [number for number in path if layout.pieces[number].line == layout.pieces[path[0]].line]
        head = layout.place(first).box
        row = [number for number in path if layout.pieces[number].line == piece.line]
        box = union([layout.place(row).box, (head[0], layout.place(row).box[1], head[0] + 1, layout.place(row).box[3])])
        for line in range(piece.line + 1, min(piece.line + 4, len(layout.lines))):
            numbers = layout.lines[line]
            drop = layout.pieces[numbers[0]].box[1] - piece.box[3]
            if drop > _LEADING * piece.height:
                break
            for number in numbers:
                other = layout.pieces[number]
                leads = number == numbers[0] or layout.pieces[number - 1].chunk != other.chunk
                aligned = abs(other.box[0] - head[0]) < 0.6 * piece.height
                if number not in seen and (aligned or (leads and in_column(box, layout.chunk_place(other.chunk).box))):
                    seen.add(number)
                    yield number, 1 if aligned else 2
    after = layout.by_order.get(piece.order + 1)
    if after is not None and after not in seen:
        yield after, 3


def _shorter(one: _Path | None, other: _Path | None) -> _Path | None:
    if one is None or other is None:
        return one or other
    return other if (other.jumps, len(other.pieces)) < (one.jumps, len(one.pieces)) else one


def _within_number(word: str, end: int) -> bool:
    """Whether the text ends inside a number: 1.234 in 1.234,56."""
    return bool(re.match(r"[.,:/'-]\d", word[end:])) and word[end - 1 : end].isdigit()


def _text_match(layout: Layout, path: _Path, wanted: str) -> Match:
    boxes = [layout.pieces[number].box for number in path.pieces]
    texts = [layout.pieces[number].text for number in path.pieces]
    last, first = texts[-1], texts[0]
    end = path.end if len(layout.pieces[path.pieces[-1]].compact) == len(last) else len(last)
    texts[-1], boxes[-1] = last[:end], part(boxes[-1], last, 0, end)
    start = path.start if len(layout.pieces[path.pieces[0]].compact) == len(first) else 0
    boxes[0] = part(layout.pieces[path.pieces[0]].box, first, start, end if len(texts) == 1 else len(first))
    texts[0] = texts[0][start:]
    printed = "".join(
        text + ("\n" if layout.pieces[here].line != layout.pieces[there].line else " ")
        for text, here, there in zip(texts, path.pieces, (*path.pieces[1:], path.pieces[-1]), strict=True)
    ).strip()
    place = layout.place(path.pieces, printed, union(boxes))
    return Match(place, same_case=_same_case(wanted, compact(printed)))


def _same_case(wanted: str, printed: str) -> bool:
    """Whether capitals agree, or all of one text are capitals: a style of print, no other name."""
    if wanted == printed or len(wanted) != len(printed):
        return True
    return any(text == text.upper() and len(text) > 3 for text in (wanted, printed))


# What is like it.


def nearest(value: Value, leaf: Leaf, layout: Layout, region: Sequence[int]) -> Near | None:
    """The print among the pieces of `region` that is most like the value."""
    return min(_nears(value, leaf, layout, region), key=lambda near: near.rank, default=None)


def like(value: Value, leaf: Leaf, layout: Layout, region: Sequence[int]) -> list[Near]:
    """All print among the pieces of `region` that differs by little from the value, the most like it first."""
    return sorted((near for near in _nears(value, leaf, layout, region) if near.close), key=lambda near: near.rank)


def _nears(value: Value, leaf: Leaf, layout: Layout, region: Sequence[int]) -> Iterator[Near]:
    if not region or not value.text:
        return
    said = (compact(value.text), bare(value.text))
    mine = None
    if value.value is not None:
        mine = _digits(Decimal(str(value.value))) if role(leaf) == "number" else str(value.value)
    for place, canon in _alike(value, leaf, layout, set(region)):
        distance, length = _apart(said, place.text)
        if mine is not None and (apart := Levenshtein.distance(mine, canon)) < distance:
            # What means the same and was not found to be the same was misread all the same.
            distance, length = max(apart, 1), max(len(mine), len(canon))
        yield Near(place, distance, length)
    for run in _spans(layout, region, len(said[0])):
        distance, length = _apart(said, " ".join(layout.pieces[number].text for number in run))
        yield Near(
            layout.place(run), distance, length, abs(sum(len(layout.pieces[n].compact) for n in run) - len(said[0]))
        )


def _apart(said: tuple[str, str], printed: str) -> tuple[int, int]:
    """How many characters a print differs from what was said, and how many there are."""
    there = bare(printed)
    return min(Levenshtein.distance(text, there) for text in said), max(len(said[0]), len(there))


def _alike(value: Value, leaf: Leaf, layout: Layout, inside: set[int]) -> Iterator[tuple[Place, str]]:
    """Print of the value's own kind, with its normal form."""
    kind = role(leaf)
    if kind == "number":
        for place, amount in layout.amounts:
            if inside.issuperset(place.pieces):
                yield place, _digits(amount.value)
    elif kind in ("date", "date-time"):
        for place, printed in layout.dates:
            if inside.issuperset(place.pieces):
                yield place, _iso(printed, day_of(value.value))
    elif kind == "time":
        for place, time in layout.times:
            if inside.issuperset(place.pieces):
                yield place, full_time(time)


def _spans(layout: Layout, region: Sequence[int], length: int) -> Iterator[list[int]]:
    """Runs of the region's pieces that are about as long as the value, in reading order and not over a gap in it."""
    numbers = sorted(region)
    for at in range(len(numbers)):
        run: list[int] = []
        size = 0
        for number in numbers[at:]:
            if run and number != run[-1] + 1 and layout.pieces[number].line == layout.pieces[run[-1]].line:
                break
            run.append(number)
            size += len(layout.pieces[number].compact)
            if size > 1.5 * length + 3:
                if len(run) == 1:
                    yield run[:]
                break
            if size >= 0.6 * length - 2:
                yield run[:]


@lru_cache(maxsize=8192)
def bare(text: str) -> str:
    """The text without spaces and without the punctuation around it."""
    return compact(_CLOSING.sub("", OPENING.sub("", plain(text)))) or compact(text)


def _digits(number: Decimal) -> str:
    return f"{abs(number).normalize():f}"


def _iso(printed: PrintedDate, like: object) -> str:
    year = printed.year or getattr(like, "year", None) or 1
    days = [f"{year:04}-{month:02}-{day:02}" for month, day in printed.days]
    return days[0] if like is None else min(days, key=lambda day: Levenshtein.distance(day, str(like)))


def amount_of(place: Place) -> Amount | None:
    """The amount that a place prints, when it is one."""
    return read_amount(place.text)
