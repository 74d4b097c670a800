"""Words of a chart with their places go in; the scale of its value axis and the places of its categories come out.

Places are pixels of an upright picture whose values run up or down: horizontal bars are turned over beforehand.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

import numpy as np

from docpipe.printed.amounts import DecimalSign, read_amount, read_currency

Box = tuple[float, float, float, float]
FEWEST = 3  # ticks that agree, at least
OFF = 5.0  # pixels a tick stands from where the others put it, at most: the eye tells a place to four
ALIGNED = 7.0  # pixels between the ends or middles of ticks, at most
NEAREST = 12.0  # pixels between two ticks, at least
UNEVEN = 0.17  # of the distance between categories, how far one stands from its even place, at most
EVEN = 0.08  # of it, within which categories stand evenly beyond doubt
LOOK_ALIKE = str.maketrans("OoQlI|", "000111")


@dataclass(frozen=True)
class Print:
    """A run of words, its box in pixels, and the probability with which it was read."""

    text: str
    box: Box
    sure: float = 1.0

    @property
    def x(self) -> float:
        """Its middle across."""
        return (self.box[0] + self.box[2]) / 2

    @property
    def y(self) -> float:
        """Its middle down."""
        return (self.box[1] + self.box[3]) / 2

    @property
    def height(self) -> float:
        """Of its ink."""
        return self.box[3] - self.box[1]

    def turned(self) -> Print:
        """The same where across is down."""
        return Print(self.text, (self.box[1], self.box[0], self.box[3], self.box[2]), self.sure)


@dataclass(frozen=True)
class Scale:
    """A value axis: the value at pixel y is `at_zero` + `slope` * y. `ticks` are the prints that agree on it.

    `off` is how far, in pixels, they stand from it on average.
    """

    at_zero: float
    slope: float
    ticks: tuple[Print, ...]
    off: float = 0.0

    def value(self, y: float) -> float:
        """The value at a height."""
        return self.at_zero + self.slope * y

    def place(self, value: float) -> float:
        """The height of a value."""
        return (value - self.at_zero) / self.slope

    @property
    def ends(self) -> tuple[float, float]:
        """The heights of the highest and the lowest tick on the picture."""
        places = [tick.y for tick in self.ticks]
        return min(places), max(places)

    @property
    def base(self) -> float:
        """The height from which bars grow: that of zero, or of the end of the axis that is next to it."""
        top, bottom = self.ends
        low, high = sorted((self.value(top), self.value(bottom)))
        return self.place(min(max(0.0, low), high))


@dataclass(frozen=True)
class Category:
    """A category: what is printed, and the middle of its place across, in pixels."""

    label: Print
    x: float


def numbers_of(text: str, decimal: DecimalSign | None = None) -> tuple[float, ...]:
    """What a print may mean as a number: two values where one separator stands before three digits."""
    if text[:1].isalpha() and text.strip() not in {"O", "o", "Q"} and read_currency(text) is None:
        return ()
    amount = read_amount(text) or (read_amount(text.translate(LOOK_ALIKE)) if any(c.isdigit() for c in text) else None)
    if amount is None and text.strip() in {"O", "o", "Q"}:
        return (0.0,)
    if amount is None:
        return ()
    amount = amount.resolved(decimal)
    return (float(amount.value),) if amount.other is None else (float(amount.value), float(amount.other))


def decimal_of(axis: Scale) -> DecimalSign | None:
    """The decimal sign that the ticks of an axis show, by themselves or by what their one separator means on it."""
    for tick in axis.ticks:
        amount = read_amount(tick.text)
        if amount is not None and amount.decimal is not None:
            if amount.other is None:
                return amount.decimal
            at = axis.value(tick.y)
            if abs(float(amount.other) - at) < abs(float(amount.value) - at):
                return amount.decimal
            return "," if amount.decimal == "." else "."
    return None


def scale(prints: Sequence[Print], *, beside: bool = True) -> Scale | None:
    """The scale on which most numbers of one column agree; None where fewer than three do.

    `beside` is for numbers in one column, of which the ends or the middles are in line; without it they stand in a row
    of the upright picture (turned over), where the middles are.
    """
    found = [(p, v) for p in prints for v in numbers_of(p.text)]
    # Ticks are seldom printed with three decimals, so that 150.000 is more likely a large number.
    doubts = np.array([float(v != numbers_of(p.text)[0]) for p, v in found])
    best: tuple[float, list[int], float, float] | None = None
    places = np.array([p.y for p, _ in found])
    values = np.array([v for _, v in found])
    sides = np.array([(p.box[0], p.x, p.box[2]) if beside else (p.x, p.x, p.x) for p, _ in found]).reshape(-1, 3)
    for i, j in combinations(range(len(found)), 2):
        if abs(places[i] - places[j]) < NEAREST or values[i] == values[j]:
            continue
        slope = (values[i] - values[j]) / (places[i] - places[j])
        line = (np.abs(sides - sides[i]) < ALIGNED) & (np.abs(sides[j] - sides[i]) < ALIGNED)
        column = line.any(1)
        on = column & (np.abs(places - places[i] - (values - values[i]) / slope) < OFF)
        kept = _apart(on, places)
        if len(kept) < FEWEST:
            continue
        # Ticks stand at even distances, so that of two scales that as many agree on the more even one is right.
        between = (places > min(places[kept]) + OFF) & (places < max(places[kept]) - OFF) & column & ~on
        worth = len(kept) - 0.3 * len(_apart(between, places)) + 0.5 * _even(places[kept]) + 0.2 * _round(values[kept])
        worth += 0.8 * _multiples(values[kept]) - 0.4 * sum(doubts[kept])
        if best is None or worth > best[0]:
            best = (worth, kept, values[i] - slope * places[i], slope)
    if best is None:
        return None
    kept = best[1]
    slope, at_zero = np.polyfit(places[kept], values[kept], 1)
    off = float(np.abs((values[kept] - at_zero) / slope - places[kept]).mean())
    return Scale(float(at_zero), float(slope), tuple(found[k][0] for k in kept), off)


def _apart(on: np.ndarray, places: np.ndarray) -> list[int]:
    """Of numbers seen twice at one place one."""
    kept: list[int] = []
    for k in sorted(np.flatnonzero(on).tolist(), key=lambda k: float(places[k])):
        if not kept or places[k] - places[kept[-1]] >= NEAREST:
            kept.append(k)
    return kept


def _even(places: np.ndarray) -> float:
    """How even the distances of ticks are, 0 to 1: 1 where each is a whole number of the smallest."""
    gaps = np.diff(np.sort(places))
    steps = gaps / gaps.min()
    return float(max(0.0, 1 - 4 * np.abs(steps - np.round(steps)).mean()))


def _multiples(values: np.ndarray) -> float:
    """Whether ticks are whole multiples of the step between them, as on nearly every axis."""
    shares = values / np.diff(np.sort(values)).min()
    return float(np.abs(shares - np.round(shares)).max() < 0.02)


def _round(values: np.ndarray) -> float:
    """Whether the step between ticks has few figures."""
    gaps = np.abs(np.diff(np.sort(values)))
    step = float(gaps.min())
    return float(len(f"{step:.6g}".replace(".", "").strip("0")) <= 2)


def categories(row: Sequence[Print], most_gap: float) -> list[Category]:
    """The categories that a row of words names: words are joined so that the middles stand evenly.

    `most_gap` is how far apart, in pixels, words of one label may stand. Empty where no joining makes them even.
    """
    words = sorted(row, key=lambda p: p.box[0])
    if len(words) < 2:
        return []
    gaps = [b.box[0] - a.box[2] for a, b in pairwise(words)]
    best: tuple[float, list[Category]] | None = None
    # Of characters and words that stand closer than a space is wide nobody asks whether they are one label.
    for limit in sorted({0.3 * most_gap, *(g + 0.01 for g in gaps if 0.3 * most_gap < g <= most_gap)}):
        labels = _joined(words, gaps, limit)
        if len(labels) < 2:
            continue
        worst, step, evened = _evened([p.x for p in labels])
        share = worst / step if len(labels) > 2 else UNEVEN
        if share <= UNEVEN and (best is None or (best[0] > EVEN and share < 0.6 * best[0])):
            best = (share, [Category(p, x) for p, x in zip(labels, evened, strict=True)])
    return best[1] if best else []


def _joined(words: Sequence[Print], gaps: Sequence[float], limit: float) -> list[Print]:
    labels = [words[0]]
    for gap, word in zip(gaps, words[1:], strict=True):
        if gap <= limit:
            a, b = labels[-1], word
            box = (a.box[0], min(a.box[1], b.box[1]), b.box[2], max(a.box[3], b.box[3]))
            labels[-1] = Print(f"{a.text} {b.text}".strip(), box, min(a.sure, b.sure))
        else:
            labels.append(word)
    return labels


def _evened(middles: Sequence[float]) -> tuple[float, float, list[float]]:
    """How far at worst middles stand from even places, the distance of these, and the even places; some may lack."""
    x = np.array(middles)
    gaps = np.diff(x)
    best: tuple[float, float, list[float]] = (1e9, 1.0, list(middles))
    for least in sorted({float(g) for g in gaps if g > 1}):
        at = np.round((x - x[0]) / least)
        if len(set(at.tolist())) < len(x) or at[-1] > 1.6 * len(x):
            continue
        step, start = np.polyfit(at, x, 1)
        worst = float(np.abs(start + step * at - x).max())
        if worst / step < best[0] / best[1]:
            best = (worst, float(step), [float(start + step * k) for k in at])
    return best
