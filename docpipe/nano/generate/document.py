"""A random style and a page become a document being written: text in its fonts, and facts as they are printed."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Literal

import pymupdf

from docpipe.nano.generate import fonts
from docpipe.nano.generate.canvas import Canvas, Color, Fact, FactType, Span
from docpipe.nano.generate.content import Content
from docpipe.nano.questions import questions_for
from docpipe.nano.vocabulary import COLUMNS, CONCEPTS, KINDS, Concept

Align = Literal["left", "right", "center"]
BLACK: Color = (0, 0, 0)


class Document:
    """One page being written: its style (fonts, sizes, colours, margins), its content, its canvas, its facts."""

    def __init__(
        self,
        rng: random.Random,
        language: str,
        width: float,
        height: float,
        *,
        evaluation: bool = False,
        mono: bool = False,
    ) -> None:
        self.rng = rng
        self.language = language
        self.content = Content(rng, language, evaluation)
        self.canvas = Canvas(width, height)
        family = fonts.choose(rng, evaluation=evaluation, mono=mono)
        other = fonts.choose(rng, evaluation=evaluation) if rng.random() < 0.15 else family
        self.regular = fonts.load(rng.choice(family.regular))
        self.bold = fonts.load(rng.choice(other.bold or other.regular))
        self.size = rng.choice((7.5, 8, 8.5, 9, 9, 9.5, 10, 10, 10.5, 11, 12))
        self.leading = rng.uniform(1.15, 1.6)
        dark = rng.uniform(0, 0.35)
        self.ink: Color = BLACK if rng.random() < 0.7 else (dark, dark, dark)
        self.accent: Color = rng.choice((BLACK, BLACK, (rng.random() * 0.6, rng.random() * 0.6, rng.random() * 0.8)))
        self.tint: Color = tuple(rng.uniform(0.82, 0.97) for _ in range(3))  # type: ignore[assignment]  # three of them
        self.margin = rng.uniform(28, 70) if width > 400 else rng.uniform(8, 18)
        self.colon = rng.choice((":", ":", ":", "", "", " :"))
        self.bold_labels = rng.random() < 0.4
        self.upper_labels = rng.random() < 0.12
        self.states_all = evaluation  # every row of a table: the truth of a document has to be whole
        self.asked: set[str] = set()
        self.printed: set[str] = set()
        self.trailing = self.varies(0.07)  # labels stand after their values

    def varies(self, share: float) -> bool:
        """Whether this document is one of a `share` that is laid out otherwise; never a held-out one.

        Held-out pages stay as they are, so that their figures compare.
        """
        return not self.content.evaluation and self.rng.random() < share

    @property
    def line(self) -> float:
        """Distance between baselines in points."""
        return self.size * self.leading

    @property
    def right(self) -> float:
        """The right end of the text area."""
        return self.canvas.width - self.margin

    def font(self, bold: bool = False) -> pymupdf.Font:
        """The regular or the bold font."""
        return self.bold if bold else self.regular

    def measure(self, text: str, *, bold: bool = False, size: float | None = None) -> float:
        """Width of a text in points."""
        return sum(fonts.advances(self.font(bold), text)) * (size or self.size)

    def write(
        self,
        x: float,
        y: float,
        text: str,
        *,
        bold: bool = False,
        size: float | None = None,
        color: Color | None = None,
        align: Align = "left",
    ) -> Span:
        """Write a line of text; `x` is its left, right or middle."""
        size = size or self.size
        if align != "left":
            x -= self.measure(text, bold=bold, size=size) * (1 if align == "right" else 0.5)
        return self.canvas.write(x, y, text, self.font(bold), size, self.ink if color is None else color)

    def wrap(self, text: str, width: float, *, bold: bool = False, size: float | None = None) -> list[str]:
        """Break a text into lines of at most `width` points (a single long word stays whole)."""
        lines: list[str] = []
        for word in text.split():
            if lines and self.measure(f"{lines[-1]} {word}", bold=bold, size=size) <= width:
                lines[-1] += f" {word}"
            else:
                lines.append(word)
        return lines or [""]

    def paragraph(
        self,
        x: float,
        y: float,
        width: float,
        text: str,
        *,
        size: float | None = None,
        bold: bool = False,
        color: Color | None = None,
    ) -> tuple[float, list[Span]]:
        """Write wrapped text from baseline `y` on; return the next baseline and the lines' runs."""
        spans = []
        for row in self.wrap(text, width, bold=bold, size=size):
            spans.append(self.write(x, y, row, size=size, bold=bold, color=color))
            y += (size or self.size) * self.leading
        return y, spans

    def label_of(self, concept: Concept) -> str:
        """A label for the concept in this document's language, or sometimes a random one."""
        text = self.rng.choice(concept.labels[self.language])
        return text.upper() if self.upper_labels else text

    def queries(self, concept: Concept, printed: str | None) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Labels and names to ask for the concept with; mostly the printed label is among them."""
        rng = self.rng
        own = list(concept.labels[self.language])
        others = [*own, *rng.sample(concept.all_labels(), min(16, len(concept.all_labels())))]
        labels = set(rng.sample(others, min(len(others), rng.choice((0, 0, 1, 2, 2, 3, 3, 4, 6, 24)))))
        if printed and rng.random() < 0.9:
            labels.add(
                printed if rng.random() < 0.6 else printed.title() if printed.isupper() else printed.rstrip(".:")
            )
        ordered = sorted(labels)
        rng.shuffle(ordered)
        names = rng.sample(
            concept.names, min(len(concept.names), rng.choice((0, 1, 1, 2)) if ordered else rng.choice((1, 2)))
        )
        return tuple(ordered), tuple(names)

    def question(self, key: str) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
        """Now and then a question in plain words, to ask for a concept with in place of its labels and names."""
        questions = questions_for(key)
        return ((), (self.rng.choice(questions),)) if questions and self.rng.random() < 0.1 else None

    def state(
        self,
        key: str,
        type_: FactType,
        spans: Sequence[Span],
        label: Span | None = None,
        printed: str | None = None,
        anchor: int | None = None,
    ) -> None:
        """Record that the document states the concept `key` in these runs of characters."""
        concept = CONCEPTS.get(key) or COLUMNS[key]
        labels, names = self.question(key) or self.queries(concept, printed)
        self.asked.add(key)
        kept = tuple(s for s in spans if s[1] > s[0])
        self.canvas.facts.append(Fact(type_, labels, names, kept, label, anchor, key=key))

    def ask(
        self,
        type_: FactType,
        names: Sequence[str],
        spans: Sequence[Span] = (),
        *,
        labels: Sequence[str] = (),
        label: Span | None = None,
        anchor: int | None = None,
        starts: Sequence[int] = (),
        state: bool | None = None,
    ) -> None:
        """Record a fact that is no concept; most often the first two of `names` ask for it, else one or two of them."""
        rng = self.rng
        chosen = list(names[:2]) if rng.random() < 0.5 else rng.sample(list(names), min(len(names), rng.choice((1, 2))))
        kept = tuple(s for s in spans if s[1] > s[0])
        self.canvas.facts.append(Fact(type_, tuple(labels), tuple(chosen), kept, label, anchor, tuple(starts), state))

    def print_label(
        self,
        x: float,
        y: float,
        text: str,
        *,
        bold: bool = False,
        align: Align = "left",
        size: float | None = None,
        color: Color | None = None,
        colon: bool = True,
    ) -> tuple[Span, float]:
        """Write a label with this document's colon; return its run (without the colon) and its right end."""
        tail = self.colon if colon and not text.endswith((":", "#", "?")) else ""
        first, last = self.write(x, y, text + tail, bold=bold, align=align, size=size, color=color)
        self.printed.add(text.lower().strip(" .:"))
        width = self.measure(text + tail, bold=bold, size=size)
        return (first, last - len(tail)), (x + width if align == "left" else x)

    def deny(self, keys: Sequence[str], count: int, tempting: Sequence[str] = ()) -> None:
        """Add facts for concepts that this document does not state, unless one of their labels is printed.

        Of those in `tempting`, whose values look like what it does state, all are asked for.
        """
        free = [
            k
            for k in keys
            if k not in self.asked
            and not any(label.lower().strip(" .:") in self.printed for label in CONCEPTS[k].all_labels())
        ]
        chosen = self.rng.sample(free, min(count, len(free)))
        for key in dict.fromkeys((*chosen, *(k for k in free if k in tempting))):
            labels, names = self.question(key) or self.queries(CONCEPTS[key], None)
            self.canvas.facts.append(Fact("text", labels, names, key=key))

    def fits(self, kind: str) -> None:
        """Record what kind of document this is, and four kinds that it is not, those most like it among them."""
        others = self.rng.sample([k for k in KINDS if k != kind], len(KINDS) - 1)
        alike = ({"invoice", "purchase_order", "receipt"}, {"form", "contract", "statement", "table"})
        others.sort(key=lambda k: not any({k, kind} <= group for group in alike))
        for name in (kind, *others[:2], *self.rng.sample(others[2:], 2)):
            title, description = KINDS[name]
            self.canvas.facts.append(Fact("fits", (), (title, description), state=name == kind))
