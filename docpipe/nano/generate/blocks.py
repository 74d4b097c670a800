"""Parts of documents: labels with their values, tables, addresses, dense text; each states its facts as it is drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from docpipe.nano.generate.canvas import Fact, FactType, Span
from docpipe.nano.generate.document import Align, Document
from docpipe.nano.vocabulary import COLUMNS, CONCEPTS


@dataclass(frozen=True)
class Pair:
    """A label and its value: a concept, or a label of its own where `key` is empty. No value: an empty field."""

    key: str
    lines: tuple[str, ...]
    type: FactType = "text"
    label: str = ""
    strong: bool = False


@dataclass(frozen=True)
class Column:
    """A column of a table: its concept, what type its cells are, and its share of the width.

    `asked` is the concept that its cells are asked for where it is another: money in and money out are movements.
    """

    key: str
    type: FactType
    weight: float
    align: Align = "left"
    asked: str = ""


def _record(doc: Document, pair: Pair, spans: list[Span], label: Span, printed: str) -> None:
    if pair.key:
        doc.state(pair.key, pair.type, spans, label, printed)
    else:
        doc.canvas.facts.append(Fact(pair.type, (printed,), (), tuple(s for s in spans if s[1] > s[0]), label))


def _printed(doc: Document, pair: Pair) -> str:
    return pair.label or doc.label_of(CONCEPTS[pair.key])


def pairs(doc: Document, x: float, y: float, width: float, items: Sequence[Pair], layout: str) -> float:
    """Labels with values in one of the layouts; returns the baseline after them.

    `inline` puts the value after its label, `aligned` in a second column, `spread` at the right edge, `stacked`
    under its label, `boxed` under it in cells with rules, `row` under a line of labels; `cards` puts it large above or
    below its label, `captions` on a rule with its label in small print under it, `trailing` before its label.
    """
    if layout in {"cards", "captions"}:
        return _cards(doc, x, y, width, [_fitted(doc, p, width - 12) for p in items], ruled=layout == "captions")
    if layout == "trailing" or (doc.trailing and layout in {"inline", "aligned", "spread"}):
        return _trailing(doc, x, y, [_fitted(doc, p, width * 0.6) for p in items])
    if layout in {"boxed", "row"}:
        return _grid(doc, x, y, width, [_fitted(doc, p, width - 12) for p in items], boxed=layout == "boxed")
    texts = [_printed(doc, p) for p in items]
    column = max((doc.measure(t + doc.colon, bold=doc.bold_labels) for t in texts), default=0) + doc.rng.uniform(6, 30)
    column = min(column, width * 0.62)
    rules = layout == "spread" and doc.rng.random() < 0.3
    dotted = layout == "spread" and not rules and doc.rng.random() < 0.12
    right_labels = layout == "aligned" and doc.rng.random() < 0.15
    for pair, text in zip(items, texts, strict=True):
        bold = doc.bold_labels or pair.strong
        if layout == "stacked":
            small = doc.size * doc.rng.choice((0.8, 0.9, 1.0))
            label, _ = doc.print_label(
                x, y, text, bold=bold, size=small, color=doc.accent if doc.rng.random() < 0.3 else None
            )
            y += doc.line
            spans = []
            for row in _fitted(doc, pair, width).lines:
                spans.append(doc.write(x, y, row, bold=pair.strong))
                y += doc.line
            y += doc.line * 0.35
        else:
            if right_labels:
                label, _ = doc.print_label(x + column - 6, y, text, bold=bold, align="right")
                left = x + column
            else:
                label, end = doc.print_label(x, y, text, bold=bold)
                left = (
                    end + doc.measure(" ") * doc.rng.choice((1, 1, 2))
                    if layout == "inline"
                    else max(x + column, end + 3)
                )
            spans = []
            for index, row in enumerate(_fitted(doc, pair, x + width - left).lines):
                if index:
                    y += doc.line
                if layout == "spread":
                    if dotted and not index:
                        gap = x + width - doc.measure(row, bold=pair.strong) - left - 8
                        doc.write(left + 2, y, "." * max(0, int(gap / doc.measure("."))))
                    spans.append(doc.write(x + width, y, row, bold=pair.strong, align="right"))
                else:
                    spans.append(doc.write(left, y, row, bold=pair.strong))
            if rules:
                doc.canvas.line(x, y + doc.size * 0.35, x + width, y + doc.size * 0.35, 0.4, (0.6, 0.6, 0.6))
            y += doc.line * (1.15 if rules else 1)
        _record(doc, pair, spans, label, text)
    return y


def _fitted(doc: Document, pair: Pair, width: float) -> Pair:
    """The pair with lines that are broken where they are wider than `width` points."""
    broken = (row for line in pair.lines for row in (doc.wrap(line, width, bold=pair.strong) if line else [line]))
    return replace(pair, lines=tuple(broken))


def _grid(doc: Document, x: float, y: float, width: float, items: Sequence[Pair], *, boxed: bool) -> float:
    """Cells side by side, label above value; as many in a line as fit."""
    texts = [_printed(doc, p) for p in items]
    needs = [
        max([doc.measure(t + doc.colon, bold=doc.bold_labels), *(doc.measure(r, bold=p.strong) for r in p.lines)]) + 12
        for p, t in zip(items, texts, strict=True)
    ]
    filled = boxed and doc.rng.random() < 0.4
    line = doc.line
    start = 0
    while start < len(items):
        end, used = start + 1, needs[start]
        while end < len(items) and used + needs[end] <= width:
            used += needs[end]
            end += 1
        spare = max(0.0, width - used) / (end - start)
        left = x
        height = line * (1 + max(1, *(len(p.lines) for p in items[start:end]), 1)) + 4
        for pair, text, need in zip(items[start:end], texts[start:end], needs[start:end], strict=True):
            cell = need + spare
            if boxed:
                if filled:
                    doc.canvas.box(left, y - doc.size, left + cell, y + line * 0.4, fill=doc.tint)
                doc.canvas.box(
                    left, y - doc.size * 1.1, left + cell, y - doc.size * 1.1 + height, color=(0.4, 0.4, 0.4)
                )
            label, _ = doc.print_label(left + 4, y, text, bold=doc.bold_labels)
            spans = [doc.write(left + 4, y + line * (i + 1), row, bold=pair.strong) for i, row in enumerate(pair.lines)]
            _record(doc, pair, spans, label, text)
            left += cell
        y += height + (0 if boxed else 2)
        start = end
    return y + doc.line * 0.5


def _cards(doc: Document, x: float, y: float, width: float, items: Sequence[Pair], *, ruled: bool) -> float:
    """Values that catch the eye, side by side, each with its label in small print above or below."""
    rng = doc.rng
    texts = [_printed(doc, p) for p in items]
    large = doc.size * (rng.uniform(0.95, 1.1) if ruled else rng.uniform(1.1, 1.9))
    small = doc.size * rng.uniform(0.65, 0.95)
    under = ruled or rng.random() < 0.7
    boxed, bold = not ruled and rng.random() < 0.4, not ruled and rng.random() < 0.6
    align: Align = "center" if rng.random() < 0.35 else "left"
    start = 0
    while start < len(items):
        count, used = 0, 0.0
        for pair, text in zip(items[start : start + 4], texts[start:], strict=False):
            own = [doc.measure(row, bold=bold, size=large) for row in pair.lines[:1]]
            used = max(used, doc.measure(text, size=small), *own) if own else max(used, doc.measure(text, size=small))
            if count and (used + 14) * (count + 1) > width:
                break
            count += 1
        cell = width / count
        low = y + (max(small, large) * 1.35)
        for number, (pair, text) in enumerate(zip(items[start : start + count], texts[start:], strict=False)):
            left = x + cell * number + 5
            at = left if align == "left" else left + (cell - 10) / 2
            if boxed:
                doc.canvas.box(left - 5, y - large, left + cell - 11, low + small * 0.5, color=(0.5, 0.5, 0.5))
            value_at, label_at = (y, low) if under else (low, y)
            spans = [doc.write(at, value_at, row, bold=bold, size=large, align=align) for row in pair.lines[:1]]
            if ruled:
                doc.canvas.line(left, y + large * 0.3, left + cell - 14, y + large * 0.3, 0.5)
            label, _ = doc.print_label(at, label_at, text, size=small, align=align, colon=False)
            _record(doc, pair, spans, label, text)
        y = low + max(small, large) * (2.0 if boxed else 1.7)
        start += count
    return y


def _trailing(doc: Document, x: float, y: float, items: Sequence[Pair]) -> float:
    """Values with their labels after them, in a second column or at once."""
    values = [p.lines[0] if p.lines else "" for p in items]
    column = max((doc.measure(v) for v in values), default=0) + doc.rng.uniform(6, 40)
    beside, small = doc.rng.random() < 0.3, doc.size * doc.rng.uniform(0.8, 1.0)
    for pair, row in zip(items, values, strict=True):
        text = _printed(doc, pair)
        at = x + (doc.measure(row) + doc.measure("  ") if beside else column)
        spans = [doc.write(x, y, row)] if row else []
        label, _ = doc.print_label(at, y, text, size=small, bold=doc.bold_labels, colon=False)
        _record(doc, pair, spans, label, text)
        y += doc.line
    return y


def address(
    doc: Document, x: float, y: float, key: str, *, labelled: bool, align: Align = "left", large: bool = False
) -> float:
    """A name with its address, under a label or without one; states who it is."""
    label, text = None, None
    if labelled:
        text = doc.label_of(CONCEPTS[key])
        label, _ = doc.print_label(x, y, text, bold=doc.rng.random() < 0.6, align=align)
        y += doc.line
    name = doc.content.person() if key != "supplier_name" and doc.rng.random() < 0.3 else doc.content.company()
    size = doc.size * (doc.rng.uniform(1.2, 3.0) if large else 1)
    room = (doc.right - x) if align == "left" else doc.right - doc.margin
    size = max(doc.size, min(size, size * room / max(1.0, doc.measure(name, bold=large, size=size))))
    span = doc.write(
        x,
        y + (size - doc.size) * 0.7,
        name,
        bold=large or doc.rng.random() < 0.4,
        align=align,
        size=size,
        color=doc.accent if large else None,
    )
    y += (size - doc.size) * 0.9
    doc.state(key, "text", [span], label, text)
    rows = list(doc.content.address())
    if doc.rng.random() < 0.3:
        rows.insert(0, doc.content.person())
    if doc.rng.random() < 0.2:
        rows.append(
            doc.rng.choice(
                (
                    "USA",
                    "United Kingdom",
                    "Deutschland",
                    "France",
                    "España",
                    "Nederland",
                    "Italia",
                    "Österreich",
                    "Schweiz",
                )
            )
        )
    for row in rows:
        y += doc.line
        doc.write(x, y, row, align=align)
    return y + doc.line


def table(
    doc: Document,
    x: float,
    y: float,
    width: float,
    columns: Sequence[Column],
    rows: Sequence[dict[str, str]],
    names: tuple[str, ...],
    *,
    bottom: float,
    missing: Sequence[str] = (),
) -> float:
    """A table with a header; cells wrap. States where its rows start and, for four rows or all, every cell.

    Rows that would pass `bottom` are left out. `missing` are columns that it does not have but is asked for.
    """
    rng = doc.rng
    pad = rng.uniform(2, 6)
    style = rng.choice(("lines", "grid", "zebra", "plain", "header", "header"))
    headless = rng.random() < 0.05
    total = sum(c.weight for c in columns)
    edges = [x]
    for column in columns:
        edges.append(edges[-1] + width * column.weight / total)
    gap = doc.line * rng.uniform(0.1, 0.9)
    heads: dict[str, tuple[str, Span]] = {}
    if not headless:
        fill = rng.random() < 0.5
        dark = fill and rng.random() < 0.35
        header_lines = [
            doc.wrap(doc.label_of(COLUMNS[c.key]), edges[i + 1] - edges[i] - pad, bold=True)
            for i, c in enumerate(columns)
        ]
        height = doc.line * max(len(h) for h in header_lines)
        if fill:
            doc.canvas.box(
                x,
                y - doc.size * 1.15,
                x + width,
                y + height - doc.line + doc.size * 0.5,
                fill=doc.accent if dark and doc.accent != (0, 0, 0) else (0.2, 0.2, 0.25) if dark else doc.tint,
            )
        for i, (column, lines) in enumerate(zip(columns, header_lines, strict=True)):
            spans = [
                _cell(
                    doc,
                    edges[i],
                    edges[i + 1],
                    y + j * doc.line,
                    row,
                    column.align,
                    pad,
                    bold=True,
                    color=(1, 1, 1) if dark else None,
                )
                for j, row in enumerate(lines)
            ]
            text = " ".join(lines)
            heads[column.key] = (text, (spans[0][0], spans[-1][1]))
            doc.printed.add(text.lower().strip(" .:"))
        y += height
        if style != "plain" and not dark:
            doc.canvas.line(
                x, y - doc.line + doc.size * 0.5, x + width, y - doc.line + doc.size * 0.5, rng.choice((0.5, 1, 1.5))
            )
        y += gap * 0.7
    starts: list[int] = []
    drawn: list[dict[str, list[Span]]] = []
    top = y - doc.size * 1.15
    tops = [top]
    for number, row in enumerate(rows):
        texts = {
            c.key: doc.wrap(row[c.key], edges[i + 1] - edges[i] - pad * 1.5) if row.get(c.key) else []
            for i, c in enumerate(columns)
        }
        height = doc.line * max(1, max(len(v) for v in texts.values()))
        if y + height > bottom:
            break
        if style == "zebra" and number % 2:
            doc.canvas.box(
                x, y - doc.size * 1.1 - gap / 2, x + width, y - doc.size * 1.1 + height + gap / 2, fill=doc.tint
            )
        cells = {}
        for i, column in enumerate(columns):
            cells[column.key] = [
                _cell(doc, edges[i], edges[i + 1], y + j * doc.line, text, column.align, pad)
                for j, text in enumerate(texts[column.key])
            ]
        filled = [c for c in cells.values() if c]
        starts.append(filled[0][0][0])
        drawn.append(cells)
        y += height + gap
        tops.append(y - doc.size * 1.15 - gap / 2)
        if style in {"lines", "grid"}:
            doc.canvas.line(x, tops[-1], x + width, tops[-1], 0.4, (0.6, 0.6, 0.6) if rng.random() < 0.5 else (0, 0, 0))
    if style == "grid" and drawn:
        for edge in edges:
            doc.canvas.line(edge, top, edge, tops[-1], 0.4)
    asked = tuple(doc.label_of(COLUMNS[c.key]) for c in columns)
    labels = tuple(rng.sample(asked, min(4, len(asked))))
    doc.canvas.facts.append(Fact("starts", labels, names, starts=tuple(starts)))
    some = range(len(drawn)) if doc.states_all else rng.sample(range(len(drawn)), min(len(drawn), 4))
    for index in some:
        for column in columns:
            printed, span = heads.get(column.key, (None, None))
            if column.asked:
                if drawn[index][column.key]:
                    doc.state(column.asked, column.type, drawn[index][column.key], None, None, anchor=starts[index])
                continue
            doc.state(column.key, column.type, drawn[index][column.key], span, printed, anchor=starts[index])
        for key in missing:
            if COLUMNS[key] and not any(
                label.lower() in {t.lower() for t, _ in heads.values()} for label in COLUMNS[key].all_labels()
            ):
                doc.state(key, "text", [], None, None, anchor=starts[index])
    return y


def _cell(
    doc: Document,
    left: float,
    right: float,
    y: float,
    text: str,
    align: Align,
    pad: float,
    *,
    bold: bool = False,
    color: tuple[float, float, float] | None = None,
) -> Span:
    x = left + pad if align == "left" else right - pad if align == "right" else (left + right) / 2
    return doc.write(x, y, text, bold=bold, align=align, color=color)


def prose(
    doc: Document, x: float, y: float, width: float, bottom: float, *, size: float | None = None, sentences: int = 8
) -> float:
    """Dense text that answers nothing, until `bottom`."""
    size = size or doc.size * doc.rng.uniform(0.75, 1.0)
    text = " ".join(doc.content.sentence() for _ in range(sentences))
    for row in doc.wrap(text, width, size=size):
        if y > bottom:
            break
        doc.write(x, y, row, size=size)
        y += size * doc.leading
    return y
