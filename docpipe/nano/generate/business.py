"""A seed becomes an invoice or a purchase order: header, parties, reference block, line items, totals, footer."""

from __future__ import annotations

import random

from docpipe.nano.generate.blocks import Column, Pair, address, pairs, prose, table
from docpipe.nano.generate.canvas import FactType
from docpipe.nano.generate.document import Document
from docpipe.nano.generate.edges import footer, payment, sender
from docpipe.nano.generate.fronts import FRONTS, Front, Room
from docpipe.nano.generate.values import TYPES, value_of
from docpipe.nano.vocabulary import TITLES

HEADER = {
    "invoice": (
        ("invoice_number", 0.97),
        ("invoice_date", 0.95),
        ("due_date", 0.6),
        ("order_reference", 0.45),
        ("customer_number", 0.35),
        ("delivery_date", 0.25),
        ("contact", 0.2),
        ("payment_terms", 0.3),
        ("project", 0.15),
        ("currency", 0.12),
        ("tax_id", 0.2),
    ),
    "purchase_order": (
        ("order_number", 0.97),
        ("order_date", 0.95),
        ("delivery_date", 0.6),
        ("customer_number", 0.2),
        ("contact", 0.35),
        ("payment_terms", 0.5),
        ("project", 0.2),
        ("currency", 0.12),
    ),
}
COLUMNS: tuple[tuple[str, FactType, float, float], ...] = (
    ("position", "integer", 0.5, 0.3),
    ("item_number", "text", 1.3, 0.3),
    ("description", "text", 4.0, 0.98),
    ("quantity", "amount", 0.9, 0.88),
    ("unit", "text", 0.7, 0.15),
    ("unit_price", "amount", 1.2, 0.8),
    ("tax_rate", "text", 0.8, 0.2),
    ("line_discount", "text", 0.9, 0.1),
    ("amount", "amount", 1.3, 0.96),
)


def line_items(doc: Document, x: float, y: float, width: float, bottom: float, most: int) -> tuple[float, int]:
    """A table of line items; returns the baseline after it and the sum in hundredths."""
    rng, c = doc.rng, doc.content
    chosen = [
        Column(
            k,
            t,
            w * rng.uniform(0.85, 1.2),
            "right"
            if t == "amount" and rng.random() < 0.93
            else "center"
            if t != "text" and rng.random() < 0.3
            else "left",
        )
        for k, t, w, p in COLUMNS
        if rng.random() < p
    ]
    if not any(k.key == "description" for k in chosen):
        chosen.insert(0, Column("description", "text", 4.0))
    if rng.random() < 0.12 or doc.varies(0.1):
        rng.shuffle(chosen)
    symbol = rng.random() < 0.3
    rows, total = [], 0
    for number in range(rng.randint(1, most)):
        quantity = rng.choice((1, 1, 1, 2, 3, 4, 5, 10, 12, 25, 100, rng.randint(1, 500)))
        fraction = rng.random() < 0.12
        price = c.cents(50, 200_000)
        amount = quantity * price
        total += amount
        rows.append(
            {
                "position": str(number + 1),
                "item_number": c.code(),
                "description": " ".join(c.item() for _ in range(1 if rng.random() < 0.85 else 2)),
                "quantity": c.number(quantity * 100) if fraction else str(quantity),
                "unit": rng.choice(("pcs", "Stk.", "h", "kg", "m", "pc", "ea", "Std.", "box", "u")),
                "unit_price": c.money(price, symbol),
                "tax_rate": rng.choice(("20%", "19%", "7%", "21%", "0%", "10%", "22 %")),
                "line_discount": rng.choice(("", "", "5%", "10%")),
                "amount": c.money(amount, symbol),
            }
        )
    names = (
        rng.choice(("line items", "the lines of the invoice", "the lines of the order", "items", "rows of the table")),
    )
    missing = [k for k, *_ in COLUMNS if k not in {c.key for c in chosen}]
    return table(
        doc, x, y, width, chosen, rows, names, bottom=bottom, missing=rng.sample(missing, min(2, len(missing)))
    ), total


def totals(doc: Document, x: float, y: float, width: float, total: int) -> float:
    """Subtotal, tax and total, at the right or left of the page."""
    rng, c = doc.rng, doc.content
    tax = int(total * rng.choice((0.2, 0.19, 0.21, 0.07, 0.1, 0.0825, 0.06)))
    items = []
    if rng.random() < 0.75:
        items.append(Pair("subtotal", (c.money(total),), "amount"))
    if rng.random() < 0.15:
        items.append(Pair("discount", (c.money(-total // 20),), "amount"))
    if rng.random() < 0.15:
        items.append(Pair("shipping", (c.money(c.cents(300, 9000)),), "amount"))
    if rng.random() < 0.75:
        items.append(Pair("tax_amount", (c.money(tax),), "amount"))
    items.append(
        Pair("total", (c.money(total + tax, rng.random() < 0.7 or None),), "amount", strong=rng.random() < 0.6)
    )
    if rng.random() < 0.1:
        items.append(Pair("amount_paid", (c.money(total // 2),), "amount"))
    return pairs(doc, x, y, width, items, rng.choice(("spread", "spread", "spread", "aligned", "inline")))


def classic(doc: Document, front: Front) -> Room:
    """Who writes at one side, the title and the header at the other, to whom below."""
    rng = doc.rng
    left, right = doc.margin, doc.right
    middle = left + (right - left) * rng.uniform(0.5, 0.62)
    if rng.random() < 0.2:
        doc.canvas.box(0, 0, doc.canvas.width, rng.uniform(8, 40), fill=doc.accent)
    if rng.random() < 0.35:
        doc.canvas.box(left, doc.margin, left + 36, doc.margin + 30, fill=doc.accent, radius=rng.choice((None, 0.3)))
    top = doc.margin + doc.size + rng.uniform(0, 26)
    title_size = doc.size * rng.uniform(1.4, 2.8)
    swapped = rng.random() < 0.3
    side = left if swapped else middle
    other = middle if swapped else left
    shift = 44 if other == left else 0
    small = front.seller == "supplier_name" and rng.random() < 0.12  # who writes says so in small print alone
    at_foot = doc.varies(0.08)
    below = not at_foot and doc.varies(0.1)  # to whom stands first, by whom below it
    y_seller = (
        top
        if at_foot
        else address(doc, other + shift, top + 6, front.party, labelled=True)
        if below
        else sender(doc, other, top + 40, (right - left) * 0.5)
        if small
        else address(
            doc,
            other + (shift if rng.random() < 0.7 else 0),
            top + 6,
            front.seller,
            labelled=rng.random() < 0.15,
            large=rng.random() < 0.6,
        )
    )
    if not below and rng.random() < 0.5:
        contact = [
            Pair(k, value_of(doc, k), "text")
            for k in rng.sample(("phone", "email", "website", "tax_id"), rng.randint(1, 3))
            if k not in doc.asked
        ]
        y_seller = pairs(doc, other, y_seller, right - other, contact, "inline")
    if rng.random() < 0.5:
        doc.write(side, top + title_size * 0.5, front.title, bold=True, size=title_size, color=doc.accent)
    elif rng.random() < 0.8 and not swapped:
        doc.write(
            right, top + title_size * 0.5, front.title, bold=True, size=title_size, color=doc.accent, align="right"
        )
    y_side = top + title_size + doc.line
    layout = rng.choice(("aligned", "aligned", "inline", "spread", "stacked", "boxed", "row", "cards"))
    header = [pair for pair in front.header if pair.key not in doc.asked]
    second, labelled = (front.seller, 0.2) if below else (front.party, 0.85)
    if layout in {"boxed", "row", "cards"}:
        y = max(y_seller, y_side) + doc.line
        y = address(doc, left, y, second, labelled=rng.random() < labelled) + doc.line
        if rng.random() < 0.3:
            address(doc, middle, y - doc.line * 5, "ship_to", labelled=True)
        return Room(left, right, pairs(doc, left, y, right - left, header, layout))
    y_side = pairs(doc, side, y_side, right - side, header, layout)
    if below and rng.random() < 0.5:
        y_side = address(doc, side, y_side + doc.line, second, labelled=rng.random() < labelled)
        return Room(left, right, max(y_seller, y_side))
    y = address(doc, other, y_seller + doc.line * rng.uniform(0.5, 2), second, labelled=rng.random() < labelled)
    if rng.random() < 0.2:
        y = address(doc, other, y + doc.line * 0.6, "ship_to", labelled=True)
    return Room(left, right, max(y, y_side))


def _front(doc: Document, kind: str) -> Room:
    """The upper part in one of its designs."""
    rng = doc.rng
    header = [Pair(k, value_of(doc, k), TYPES.get(k, "text")) for k, p in HEADER[kind] if rng.random() < p]
    if rng.random() < 0.25:
        rng.shuffle(header)
    if rng.random() < 0.15:
        header.append(Pair("", (doc.content.code(),), "text", label=doc.content.words(rng.randint(1, 2)).title()))
    title = rng.choice(TITLES[kind][doc.language])
    front = (
        Front("supplier_name", "customer_name", "invoice_number", "invoice_date", title, header)
        if kind == "invoice"
        else Front("buyer_name", "order_supplier", "order_number", "order_date", title, header)
    )
    return (rng.choice(FRONTS) if rng.random() < 0.45 else classic)(doc, front)


def write(rng: random.Random, language: str, *, evaluation: bool = False) -> Document:
    """An invoice or a purchase order on one page."""
    kind = rng.choice(("invoice", "invoice", "purchase_order"))
    width, height = rng.choice(((595, 842), (612, 792)))
    doc = Document(rng, language, width, height, evaluation=evaluation, mono=rng.random() < 0.07)
    room = _front(doc, kind)
    left, right, y = room.left, room.right, room.y
    y += doc.line * rng.uniform(0.5, 2)
    if rng.random() < 0.3:
        y = prose(doc, left, y, right - left, y + doc.line * 3, sentences=2) + doc.line
    bottom = height - doc.margin - doc.line * rng.uniform(6, 10)
    y, total = line_items(doc, left, y + doc.line, right - left, bottom - doc.line * 6, rng.choice((2, 4, 6, 10, 20)))
    y += doc.line * 0.6
    wide = rng.uniform(0.32, 0.5)
    at_left = rng.random() < 0.08
    x = left if at_left else right - (right - left) * wide
    y_totals = totals(doc, x, y, (right - left) * wide, total)
    if rng.random() < 0.25:
        wide_enough = (right - left) * rng.uniform(0.6, 1)
        y_totals = payment(doc, left, y_totals + doc.line, wide_enough, doc.content.money(total, True))
    if rng.random() < 0.45:
        bank = [
            Pair(k, value_of(doc, k), "text")
            for k, p in (("iban", 0.8), ("bic", 0.5), ("payment_method", 0.3), ("tax_id", 0.3))
            if k not in doc.asked and rng.random() < p
        ]
        if rng.random() < 0.5 and not at_left:
            pairs(
                doc,
                left,
                y + doc.line,
                (right - left) * (1 - wide) - 12,
                bank,
                rng.choice(("inline", "aligned", "stacked")),
            )
        else:
            y_totals = pairs(
                doc, left, y_totals + doc.line, right - left, bank, rng.choice(("inline", "aligned", "row"))
            )
    seller = "supplier_name" if kind == "invoice" else "buyer_name"
    if seller not in doc.asked:  # who writes says so last
        x = rng.choice((left, left, left + (right - left) * 0.6))
        y_totals = address(doc, x, y_totals + doc.line * 2, seller, labelled=rng.random() < 0.2)
    whole = (left, right) == (doc.margin, doc.right)
    if whole and rng.random() < 0.35 and y_totals < height - doc.margin - doc.line * 2:
        footer(doc, height - doc.margin * rng.uniform(0.3, 0.7))
    elif rng.random() < 0.6:
        prose(
            doc,
            left,
            max(y_totals, bottom - doc.line) + doc.line * 2,
            right - left,
            height - doc.margin * 0.6,
            sentences=rng.randint(1, 5),
        )
    doc.deny(
        (
            "due_date",
            "order_reference",
            "iban",
            "tax_id",
            "subtotal",
            "tax_amount",
            "customer_number",
            "delivery_date",
            "payment_terms",
            "currency",
            "contact",
            "phone",
            "email",
            "opening_balance",
            "cashier",
            "discount",
            "shipping",
            "statement_date",
            "receipt_number",
            "time",
            "order_number",
            "invoice_number",
            "project",
            "account_holder",
        ),
        5,
        ("subtotal", "tax_amount", "due_date", "order_reference"),
    )
    doc.fits(kind)
    return doc
