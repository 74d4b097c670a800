"""A seed becomes a document laid out as no page of training is: what measures whether layouts are understood."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

from docpipe.nano.generate import form
from docpipe.nano.generate.blocks import Column, Pair, address, prose, table
from docpipe.nano.generate.business import HEADER, line_items
from docpipe.nano.generate.canvas import Fact, Span
from docpipe.nano.generate.document import Document
from docpipe.nano.generate.keyvalue import items
from docpipe.nano.generate.values import TYPES, value_of
from docpipe.nano.vocabulary import CONCEPTS, TITLES


def mirrored(doc: Document, x: float, y: float, width: float, pairs: Sequence[Pair]) -> float:
    """Labels to the right of their values; returns the next baseline."""
    widest = max((doc.measure(row, bold=True) for pair in pairs for row in pair.lines), default=0.0)
    middle = x + max(width * 0.5, widest + 8)
    for pair in pairs:
        text = pair.label or doc.label_of(CONCEPTS[pair.key])
        spans: list[Span] = []
        for number, row in enumerate(pair.lines):
            spans.append(doc.write(middle - 6, y + doc.line * number, row, bold=pair.strong, align="right"))
        label, _ = doc.print_label(middle + 6, y, text, bold=doc.bold_labels, colon=False)
        _state(doc, pair, spans, label, text)
        y += doc.line * max(1, len(pair.lines)) * 1.1
    return y


def below(doc: Document, x: float, y: float, width: float, pairs: Sequence[Pair]) -> float:
    """Values side by side, each above its label; returns the next baseline."""
    wide = width / max(1, len(pairs))
    for number, pair in enumerate(pairs):
        text = pair.label or doc.label_of(CONCEPTS[pair.key])
        left = x + wide * number
        spans = [doc.write(left, y + doc.line * i, row, bold=True) for i, row in enumerate(pair.lines[:1])]
        label, _ = doc.print_label(left, y + doc.line, text, size=doc.size * 0.85, colon=False)
        _state(doc, pair, spans, label, text)
    return y + doc.line * 2.5


def _state(doc: Document, pair: Pair, spans: list[Span], label: Span, text: str) -> None:
    if pair.key:
        doc.state(pair.key, pair.type, spans, label, text)
    else:
        doc.canvas.facts.append(Fact(pair.type, (text,), (), tuple(s for s in spans if s[1] > s[0]), label))


def invoice(rng: random.Random, language: str, *, evaluation: bool = True) -> Document:
    """An invoice as a sheet of two columns: totals and references at the right, items at the left."""
    doc = Document(rng, language, 842, 595, evaluation=evaluation)
    doc.size = min(doc.size, 9.5)
    c = doc.content
    left, right = doc.margin, doc.right
    split = left + (right - left) * 0.6
    y = doc.margin + doc.size * 2
    doc.write(split + 20, y, rng.choice(TITLES["invoice"][language]), bold=True, size=doc.size * 1.8)
    y_left = address(doc, left, y, "customer_name", labelled=True) + doc.line
    total = c.cents(10_000, 900_000)
    tax = total // 5
    sums = [
        Pair("total", (c.money(total + tax),), "amount", strong=True),
        Pair("tax_amount", (c.money(tax),), "amount"),
        Pair("subtotal", (c.money(total),), "amount"),
    ]
    y_right = mirrored(doc, split, y + doc.line * 3, right - split, sums) + doc.line
    keys = [k for k, chance in HEADER["invoice"] if rng.random() < chance]
    header = [Pair(k, value_of(doc, k), "date" if k in TYPES else "text") for k in keys if k not in doc.asked]
    y_right = mirrored(doc, split, y_right, right - split, header) + doc.line
    address(doc, split + 20, y_right, "supplier_name", labelled=False)
    line_items(doc, left, y_left + doc.line, split - left, 595 - doc.margin, rng.choice((2, 4, 6)))
    doc.canvas.line(split + 8, doc.margin, split + 8, 595 - doc.margin, 0.6)
    doc.deny(
        ("due_date", "order_reference", "iban", "customer_number", "payment_terms", "contact", "discount", "shipping"),
        4,
    )
    doc.fits("invoice")
    return doc


def receipt(rng: random.Random, language: str, *, evaluation: bool = True) -> Document:
    """A receipt with its total at the top, its items below, and shop and date at the very end."""
    width = rng.uniform(220, 320)
    doc = Document(rng, language, width, 640, evaluation=evaluation)
    doc.size = min(doc.size, width / 28)
    c = doc.content
    left, wide = doc.margin, width - 2 * doc.margin
    y = doc.margin + doc.size * 2
    prices = [c.cents(50, 20_000) for _ in range(rng.randint(1, 8))]
    text = doc.label_of(CONCEPTS["total"])
    label, _ = doc.print_label(width / 2, y, text, align="center")
    y += doc.line * 1.5
    amount = doc.write(width / 2, y, c.money(sum(prices), True), bold=True, size=doc.size * 1.6, align="center")
    doc.state("total", "amount", [amount], label, text)
    y += doc.line * 2
    starts = []
    for price in prices:
        cost = doc.write(left, y, c.number(price))
        name = doc.write(left + doc.measure("00.000,00  "), y, doc.wrap(c.item(3), wide * 0.6)[0])
        starts.append(cost[0])
        doc.state("amount", "amount", [cost], anchor=cost[0])
        doc.state("description", "text", [name], anchor=cost[0])
        y += doc.line
    doc.canvas.facts.append(Fact("starts", (), ("line items",), starts=tuple(starts)))
    keys = [
        k
        for k, chance in (("receipt_number", 0.8), ("cashier", 0.4), ("payment_method", 0.6), ("table_number", 0.3))
        if rng.random() < chance
    ]
    y = mirrored(doc, left, y + doc.line, wide, [Pair(k, value_of(doc, k)) for k in keys]) + doc.line
    doc.state("merchant_name", "text", [doc.write(left, y, doc.wrap(c.company(), wide, bold=True)[0], bold=True)])
    rows = [row for part in c.address() for row in doc.wrap(part, wide)]
    doc.state("merchant_address", "text", [doc.write(left, y + doc.line * (i + 1), row) for i, row in enumerate(rows)])
    y += doc.line * (len(rows) + 2)
    doc.state("receipt_date", "date", [doc.write(left + wide, y, c.date(), align="right")])
    doc.canvas.height = min(640, y + doc.margin * 2)
    doc.deny(("time", "tax_amount", "subtotal", "due_date", "iban", "customer_name", "change", "phone"), 4)
    doc.fits("receipt")
    return doc


def statement(rng: random.Random, language: str, *, evaluation: bool = True) -> Document:
    """A statement in landscape: movements first, the amount at the left, account and balances at the bottom."""
    doc = Document(rng, language, 842, 595, evaluation=evaluation)
    c = doc.content
    left, right = doc.margin, doc.right
    y = doc.margin + doc.size * 2
    doc.write(right, y, rng.choice(TITLES["statement"][language]), bold=True, size=doc.size * 1.5, align="right")
    moves = [c.cents(100, 300_000) * rng.choice((1, -1)) for _ in range(rng.randint(2, 12))]
    opening = c.cents(1000, 2_000_000)
    columns = [
        Column("movement", "amount", 1.4, "right"),
        Column("details", "text", 4.5),
        Column("booking_date", "date", 1.4),
    ]
    rows = [{"movement": c.number(m), "details": c.purpose(), "booking_date": c.date()} for m in moves]
    bottom = 595 - doc.margin - doc.line * 9
    y = table(doc, left, y + doc.line * 2, (right - left) * 0.8, columns, rows, ("transactions",), bottom=bottom)
    y = max(y, bottom) + doc.line
    balances = [
        Pair("closing_balance", (c.money(opening + sum(moves)),), "amount"),
        Pair("opening_balance", (c.money(opening),), "amount"),
        Pair("account_number", (c.iban(),)),
    ]
    y = below(doc, left, y, right - left, balances)
    owner = [
        Pair("account_holder", (c.person(),)),
        Pair("period_start", (c.date(),), "date"),
        Pair("period_end", (c.date(),), "date"),
    ]
    y = below(doc, left, y, right - left, owner)
    bank = rng.choice((" Bank", " Banque", " Banco", " Credit Union"))
    doc.state("bank_name", "text", [doc.write(right, y, c.company().split(" ")[0] + bank, bold=True, align="right")])
    doc.deny(("statement_number", "currency", "due_date", "invoice_number", "bic", "sort_code", "total_in"), 3)
    doc.fits("statement")
    return doc


def keyvalue(rng: random.Random, language: str, *, evaluation: bool = True) -> Document:
    """Labels to the right of their values, or below them, with dense text between."""
    doc = Document(rng, language, 595, 842, evaluation=evaluation)
    y = doc.margin + doc.size * 2
    wide = doc.right - doc.margin
    while y < 842 - doc.margin - doc.line * 8:
        if rng.random() < 0.5:
            y = mirrored(doc, doc.margin, y, wide, items(doc, rng.randint(2, 6))) + doc.line
        else:
            y = below(doc, doc.margin, y, wide, items(doc, 2)) + doc.line
        y = prose(doc, doc.margin, y, wide, y + doc.line * rng.randint(1, 5)) + doc.line * 1.5
    doc.deny(tuple(CONCEPTS), 4)
    return doc


def mirrored_form(rng: random.Random, language: str, *, evaluation: bool = True) -> Document:
    """A form with every label to the right of its line."""
    return form.write(rng, language, evaluation=evaluation, mirrored=True)


# By the kind of document that they are laid out otherwise.
LAYOUTS: dict[str, Callable[..., Document]] = {
    "business": invoice,
    "receipt": receipt,
    "statement": statement,
    "keyvalue": keyvalue,
    "form": mirrored_form,
}
