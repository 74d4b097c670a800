"""Fields and choices become a form being drawn: each in the style of its form, with what was filled in as facts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from docpipe.nano.generate import filling
from docpipe.nano.generate.canvas import Fact, FactType, Span
from docpipe.nano.generate.document import Document
from docpipe.nano.generate.filling import Pen
from docpipe.nano.generate.flow import printable
from docpipe.nano.generate.form_words import CHECKS, YES_NO
from docpipe.nano.generate.keyvalue import label as unknown_label
from docpipe.nano.generate.marks import Marks
from docpipe.nano.vocabulary import Concept

STYLES = ("boxed", "boxed", "line", "line", "under", "above", "beside", "leaders", "table", "plain")
LONG = 3  # lines of an answer in prose
# Styles in which a field is one label beside one value: these also stand in two columns.
BESIDE = {"line", "beside", "leaders", "plain", "after"}
FIELD_NAMES = (
    "fields",
    "The fields of the form, from the top",
    "every label of the form",
    "form fields",
    "entries of the form",
)
LABEL_NAMES = ("label", "The printed label", "name of the field", "label of the field")
VALUE_NAMES = ("value", "What was filled in; for a check box: yes or no", "what was filled in", "content of the field")


@dataclass(frozen=True)
class Entry:
    """One thing to fill in: its concept (none for an unknown label), its printed label, and the maker of its value.

    `options` are given for a choice, and one of them is chosen unless it is `empty`; a check box has neither
    maker nor options, and its state.
    """

    label: str
    share: float
    concept: Concept | None = None
    maker: str = ""
    options: tuple[str, ...] = ()
    empty: bool = False
    state: bool | None = None


@dataclass(frozen=True)
class Filled:
    """An entry as it stands on the page."""

    label: Span
    spans: tuple[Span, ...]
    type: FactType
    state: bool | None


class FormDrawing:
    """A form being drawn: its document, its pen, its marks, its style, and what has been filled in so far."""

    def __init__(self, doc: Document, style: str, *, evaluation: bool, mirrored: bool = False) -> None:
        rng = doc.rng
        self.doc, self.style, self.mirrored = doc, style, mirrored
        self.pen = Pen.choose(doc, evaluation=evaluation)
        self.marks = Marks.choose(doc, single=False)
        self.radios = Marks.choose(doc, single=True)
        self.small = max(5.8, doc.size * rng.choice((0.7, 0.75, 0.85))) if style in {"boxed", "under"} else doc.size
        self.row = max(doc.size, self.pen.size) * (1.7 if style in BESIDE else 1.25) * rng.uniform(1.0, 1.25)
        self.comb = rng.random() < (0.5 if style in {"boxed", "above", "under", "beside"} else 0)
        self.before = rng.random() < 0.75
        self.numbered = rng.random() < 0.12
        self.required = rng.random() < 0.15
        self.tinted = rng.random() < 0.3
        self.leader = rng.choice(("_", "_", "."))
        self.column = rng.uniform(0.28, 0.42)
        self.grey = rng.choice((0.0, 0.35, 0.6))
        self.wide = rng.random() < 0.5
        self.shaded = style in {"boxed", "above", "beside", "under"} and rng.random() < 0.2
        self.number = 0
        self.filled: list[Filled] = []

    def record(
        self, entry: Entry, label: Span, spans: Sequence[Span], type_: FactType, state: bool | None = None
    ) -> None:
        """State an entry's fact, and keep it for the facts about the form as a whole."""
        doc = self.doc
        kept = tuple(s for s in spans if s[1] > s[0])
        if entry.concept is not None:
            labels, names = doc.queries(entry.concept, entry.label)
        else:
            labels, names = (entry.label,), ()
        doc.canvas.facts.append(Fact(type_, labels, names, kept, label, state=state))
        said = "".join(map(chr, doc.canvas.codes[kept[0][0] : kept[0][1]])) if kept else ""
        if type_ == "choice" and said in YES_NO[doc.language]:  # a pair of boxes is asked for as one box is, too
            yes = said == YES_NO[doc.language][0]
            doc.canvas.facts.append(Fact("check", labels, names, kept, label, state=yes))
        self.filled.append(Filled(label, kept, type_, state))

    def print_label(self, x: float, y: float, text: str, *, size: float, colon: bool) -> tuple[Span, float]:
        """Write an entry's label, perhaps numbered or starred; return its run and its right end."""
        doc = self.doc
        if self.numbered:
            self.number += 1
            mark = f"{self.number}. "
            doc.write(x, y, mark, size=size)
            x += doc.measure(mark, size=size)
        span, end = doc.print_label(x, y, text, size=size, bold=doc.bold_labels, colon=colon)
        if self.required and doc.rng.random() < 0.6:
            doc.write(end + 1, y, "*", size=size)
            end += doc.measure("*", size=size) + 1
        return span, end

    def label_width(self, entry: Entry, size: float) -> float:
        """Room that an entry's label takes."""
        doc = self.doc
        return doc.measure(entry.label + doc.colon, bold=doc.bold_labels, size=size) + (
            2.2 * size if self.numbered or self.required else 0
        )

    def extra(self, entry: Entry) -> float:
        """Room that the further lines of a long answer take."""
        return self.row * (LONG - 1) if entry.maker == "long" else 0.0

    def height(self, entry: Entry) -> float:
        """Height of a line of the form that holds the entry."""
        if self.style in {"boxed", "under", "above"}:
            return self.small * 1.5 + self.row * 1.25 + (5 if self.style == "above" else 3) + self.extra(entry)
        return self.row * 1.2 + self.extra(entry)

    def value(self, entry: Entry, x: float, y: float, width: float) -> list[Span]:
        """Fill an entry in from `x` on, nothing where it is empty."""
        if entry.empty or width < 12:
            return []
        rows = filling.lines(self.doc, self.pen, entry.maker, width, LONG if entry.maker == "long" else 1)
        return [self.pen.write(self.doc, x, y + self.row * number, row) for number, row in enumerate(rows)]

    def combed(self, entry: Entry) -> bool:
        """Whether the entry has a cell for each character."""
        return self.comb and not entry.options and entry.maker not in {"long", "sentence", "email", "street"}

    @property
    def paper(self) -> tuple[float, float, float] | None:
        """What boxes are filled with."""
        return (1, 1, 1) if self.shaded else self.doc.tint if self.tinted else None

    def cells(self, entry: Entry, x: float, y: float, width: float, height: float) -> list[Span]:
        """A comb: one cell for each character."""
        doc, pen = self.doc, self.pen
        cell = max(pen.size * 1.15, 9.5)
        count = int(width / cell)
        texts = [filling.value(doc, entry.maker) for _ in range(3)]
        text = next((t for t in texts if len(t) <= count), "")
        text = "" if entry.empty else text.upper() if pen.capitals else text
        count = min(count, max(len(text), doc.rng.randint(6, 24)))
        closed = doc.rng.random() < 0.7
        bottom = y + height * 0.28
        for number in range(count + 1):
            left = x + number * cell
            doc.canvas.line(left, bottom, left, bottom - height * (1 if closed else 0.35), 0.5, (self.grey,) * 3)
        doc.canvas.line(x, bottom, x + count * cell, bottom, 0.5, (self.grey,) * 3)
        if closed:
            doc.canvas.line(x, bottom - height, x + count * cell, bottom - height, 0.5, (self.grey,) * 3)
        runs = [
            pen.write(doc, x + (number + 0.5) * cell - pen.width(char) / 2, y, char) for number, char in enumerate(text)
        ]
        return [(runs[0][0], runs[-1][1])] if runs else []

    def choose(self, entry: Entry, x: float, y: float, width: float) -> list[Span]:
        """The options of a choice side by side, as many as fit into `width`, one of them marked."""
        doc = self.doc
        mark, gap = self.radios.width(doc), doc.size * 0.4
        needs = [mark + gap + doc.measure(option) + doc.size * 1.2 for option in entry.options]
        shown = [i for i in range(len(needs)) if sum(needs[: i + 1]) <= width + doc.size]
        chosen = None if entry.empty or not shown else doc.rng.choice(shown)
        spans: list[Span] = []
        for number in shown:
            option = entry.options[number]
            if self.before:
                self.radios.draw(doc, x, y, number == chosen)
                span = doc.write(x + mark + gap, y, option)
            else:
                span = doc.write(x, y, option)
                self.radios.draw(doc, x + doc.measure(option) + gap, y, number == chosen)
            if number == chosen:
                spans.append(span)
            x += needs[number]
        return spans

    def options_width(self, entry: Entry) -> float:
        """Room that all options of a choice take."""
        doc = self.doc
        return sum(self.radios.width(doc) + doc.size * 1.6 + doc.measure(o) for o in entry.options)

    def fill(
        self, entry: Entry, x: float, y: float, width: float, height: float, *, framed: bool
    ) -> tuple[list[Span], FactType]:
        """Whatever stands in an entry's place: options, a comb or a value."""
        if entry.options:
            return self.choose(entry, x, y, width), "choice"
        if framed and self.combed(entry):
            return self.cells(entry, x, y, width, height), filling.fact_type(entry.maker)
        return self.value(entry, x, y, width), filling.fact_type(entry.maker)

    def draw(self, entry: Entry, x: float, y: float, width: float) -> None:
        """Draw an entry whose line starts at the top `y`, in this form's style."""
        doc, small = self.doc, self.small
        tall = self.height(entry)
        grey = (self.grey,) * 3
        paper = self.paper
        if self.style == "boxed":
            doc.canvas.box(x, y, x + width, y + tall, fill=paper, color=grey, width=0.6)
            label, _ = self.print_label(x + 3, y + small * 1.15, entry.label, size=small, colon=False)
            base = y + tall - self.row * 0.32 - self.extra(entry)
            spans, kind = self.fill(entry, x + 5, base, width - 9, self.row * 1.05, framed=True)
        elif self.style == "under":
            base = y + self.row
            spans, kind = self.fill(entry, x + 2, base, width - 14, self.row, framed=True)
            low = base + self.extra(entry)
            if not self.combed(entry):
                doc.canvas.line(x, low + 3, x + width - 10, low + 3, 0.5, grey)
            label, _ = self.print_label(x, low + 4 + small * 1.1, entry.label, size=small, colon=False)
        elif self.style == "above":
            label, _ = self.print_label(x, y + small, entry.label, size=small, colon=True)
            top = y + small * 1.4
            combed = self.combed(entry)
            if not entry.options and not combed:
                doc.canvas.box(
                    x, top, x + width - 10, top + self.row * 1.15 + self.extra(entry), fill=paper, color=grey
                )
            spans, kind = self.fill(
                entry, x + (0 if combed else 4), top + self.row * 0.82, width - 16, self.row * 1.1, framed=True
            )
        else:
            label, spans, kind = self._beside(entry, x, y, width, tall, grey)
        self.record(entry, label, spans, kind)

    def _beside(
        self, entry: Entry, x: float, y: float, width: float, tall: float, grey: tuple[float, float, float]
    ) -> tuple[Span, list[Span], FactType]:
        doc = self.doc
        line = tall - self.extra(entry)
        base = y + line * 0.68
        if self.mirrored:
            room = width * 0.6
            if entry.options:
                least = self.label_width(entry, doc.size) + 12
                room = min(max(room, self.options_width(entry)), width - least)
            label, _ = self.print_label(x + room + 8, base, entry.label, size=doc.size, colon=False)
            if not entry.options:
                doc.canvas.line(x, base + 2.5, x + room, base + 2.5, 0.5, grey)
            spans, kind = self.fill(entry, x + 3, base, room, tall, framed=False)
            return label, spans, kind
        if self.style == "after":
            return self._after(entry, x, base, width, line)
        label, end = self.print_label(
            x + (4 if self.style == "table" else 0), base, entry.label, size=doc.size, colon=self.style != "table"
        )
        left = max(
            end + 5,
            x + width * self.column
            if self.style in {"beside", "table"} or (self.style == "plain" and self.tinted)
            else 0,
        )
        right = x + width - 8
        if self.style == "table":
            doc.canvas.box(x, y, x + width, y + tall, color=grey)
            doc.canvas.line(left - 4, y, left - 4, y + tall, 0.5, grey)
        if self.style == "beside" and not entry.options and not self.combed(entry):
            doc.canvas.box(
                left - 3, base - line * 0.55, right, base + line * 0.24 + self.extra(entry), fill=self.paper, color=grey
            )
        spans, kind = self.fill(entry, left + 1, base, right - left - 2, line * 0.8, framed=self.style == "beside")
        if entry.options:
            return label, spans, kind
        if self.style == "line":
            for number in range(LONG if entry.maker == "long" else 1):
                low = base + 2.5 + self.row * number
                doc.canvas.line(end + 3, low, right, low, 0.5, grey, "[1 2]" if self.tinted else None)
        elif self.style == "leaders" and len(spans) < 2:
            stop = (
                left
                + 1
                + (self.pen.width("".join(map(chr, doc.canvas.codes[spans[0][0] : spans[0][1]]))) if spans else 0)
            )
            doc.write(stop + 1, base, self.leader * max(0, int((right - stop) / doc.measure(self.leader))))
        return label, spans, kind

    def _after(self, entry: Entry, x: float, y: float, width: float, line: float) -> tuple[Span, list[Span], FactType]:
        """The value, or a short blank, and its label at once behind it, now and then in brackets."""
        doc = self.doc
        size = doc.size * 0.9
        most = max(40.0, width - self.label_width(entry, size) - 16)
        spans, kind = self.fill(entry, x, y, most, line * 0.8, framed=False)
        if entry.options:
            end = x + min(most, self.options_width(entry))
        elif spans:
            end = x + max(self.pen.width("".join(map(chr, doc.canvas.codes[a:b]))) for a, b in spans)
        else:
            end = x + min(most, doc.rng.uniform(40, 110))
            doc.canvas.line(x, y + 2, end, y + 2, 0.5, (self.grey,) * 3)
        end += doc.rng.uniform(4, 14)
        if self.wide:
            doc.write(end, y, "(", size=size)
            end += doc.measure("(", size=size)
        label, end = self.print_label(end, y, entry.label, size=size, colon=False)
        if self.wide:
            doc.write(end, y, ")", size=size)
        return label, spans, kind

    def check(self, text: str, x: float, y: float, width: float) -> bool:
        """A check box on the baseline `y` with the text beside it; returns whether it fits and stands there once."""
        doc = self.doc
        mark, gap = self.marks.width(doc), doc.size * 0.5
        if mark + gap + doc.measure(text) > width or text.lower().strip(" .:") in doc.printed:
            return False
        state = doc.rng.random() < 0.45
        before = self.before
        label = None if before else doc.write(x, y, text)
        place = self.marks.draw(doc, x if before else x + doc.measure(text) + gap, y, state)
        if label is None:
            label = doc.write(x + mark + gap, y, text)
        doc.printed.add(text.lower().strip(" .:"))
        self.record(Entry(text, 1, state=state), label, [place], "check", state)
        return True

    def entries(self, entries: Sequence[Entry], x: float, y: float, width: float, bottom: float) -> float:
        """Draw entries in lines, several to a line where there is room; return the top of what follows."""
        rows: list[list[Entry]] = []
        single = self.style == "table" or width < 300 or self.mirrored
        for entry in entries:
            share = sum(e.share for e in rows[-1]) if rows else 1.0
            if (
                rows
                and not single
                and not entry.options
                and share + entry.share <= 1.05
                and not rows[-1][0].options
                and entry.maker != "long"
            ):
                rows[-1].append(entry)
            else:
                rows.append([entry])
        for row in rows:
            tall = max(self.height(e) for e in row)
            if y + tall > bottom:
                break
            total = sum(e.share for e in row) if len(row) > 1 or self.style == "boxed" else 1.0
            left = x
            for entry in row:
                wide = width * entry.share / total
                if len(row) == 1 and self.style != "boxed":
                    full = entry.options or single or self.wide or entry.maker == "long"
                    wide = width if full else max(wide, min(width, self.label_width(entry, self.small) + 150))
                self.draw(entry, left, y, wide)
                left += wide
            y += tall + (0 if self.style in {"boxed", "table"} else self.row * 0.15)
        return y

    def checks(self, x: float, y: float, width: float, bottom: float) -> float:
        """Some check boxes, in one to three columns."""
        doc, rng = self.doc, self.doc.rng
        columns = rng.choice((1, 2, 2, 3)) if width > 300 else 1
        texts = rng.sample(CHECKS[doc.language], rng.randint(2, 8))
        texts = [unknown_label(doc) if rng.random() < 0.2 else printable(doc, t) for t in texts]
        y += doc.line
        for number, text in enumerate(texts):
            if y > bottom:
                break
            self.check(text, x + width / columns * (number % columns), y, width / columns - 6)
            if number % columns == columns - 1 or number == len(texts) - 1:
                y += doc.line * 1.25
        return y

    def generic(self) -> None:
        """State the form as a list of fields: where its labels are, and for some what stands in them."""
        doc, rng = self.doc, self.doc.rng
        boxes = doc.canvas.boxes

        def place(entry: Filled) -> tuple[int, float]:
            left, top, *_ = boxes[entry.label[0]]
            return round(top / (doc.size * 0.8)), left

        ordered = sorted(self.filled, key=place)
        doc.ask("starts", FIELD_NAMES, starts=[f.label[0] for f in ordered])
        for entry in rng.sample(ordered, min(len(ordered), 7)):
            doc.ask("text", LABEL_NAMES, [entry.label], anchor=entry.label[0])
            doc.ask(
                entry.type if entry.type == "check" else "text",
                VALUE_NAMES,
                entry.spans,
                anchor=entry.label[0],
                state=entry.state,
            )
