"""A seed becomes a till receipt: a narrow page, shop at the top, items, totals, payment."""

from __future__ import annotations

import random
from collections.abc import Sequence

from docpipe.nano.generate.blocks import Column, Pair, pairs, table
from docpipe.nano.generate.canvas import Fact, Span
from docpipe.nano.generate.document import Align, Document
from docpipe.nano.generate.values import value_of
from docpipe.nano.vocabulary import COLUMNS, CONCEPTS, TITLES


def _items(doc: Document, y: float, width: float, bottom: float) -> tuple[float, int]:
    """Items as tills print them: name and amount on one line, or name above quantity x price and amount."""
    rng, c = doc.rng, doc.content
    form = rng.choice(("line", "line", "quantity", "two", "mixed", "mixed", "table"))
    count, total = rng.randint(1, 12), 0
    rows = []
    for _ in range(count):
        quantity, price = rng.choice((1, 1, 1, 1, 2, 3, 4, 6)), c.cents(50, 20_000)
        grams = rng.randint(80, 2900) if form == "mixed" and rng.random() < 0.15 else 0
        total += price * grams // 1000 if grams else quantity * price
        text = c.item(3)
        rows.append(
            {
                "description": text.upper() if rng.random() < 0.3 else text,
                "quantity": f"{grams // 1000}{c.decimal}{grams % 1000:03d}" if grams else str(quantity),
                "unit_price": c.number(price),
                "amount": c.number(price * grams // 1000 if grams else quantity * price),
            }
        )
    names = (rng.choice(("line items", "the items bought", "items")),)
    if form == "table":
        columns = [
            Column("description", "text", 3.5),
            Column("quantity", "amount", 0.8, "right"),
            Column("amount", "amount", 1.4, "right"),
        ]
        if rng.random() < 0.4:
            columns.insert(2, Column("unit_price", "amount", 1.4, "right"))
        if rng.random() < 0.4:
            columns.insert(0, columns.pop(1))
        return table(doc, doc.margin, y, width, columns, rows, names, bottom=bottom), total
    starts = []
    suffix = rng.choice(("", "", " A", " B", " T", " *"))
    indent, multiply = rng.choice((0, 8, 14)), rng.choice((" x ", " @ ", " X ", " × ", "x"))
    for row in rows:
        if y > bottom:
            break
        cells: dict[str, list[Span]] = {"description": [], "quantity": [], "unit_price": [], "amount": []}
        room = width - doc.measure(row["amount"] + "  " + suffix)
        text = doc.wrap(row["description"], room - 24)[0]
        if form == "quantity":
            cells["quantity"] = [doc.write(doc.margin, y, row["quantity"])]
            shift = doc.measure("000 ")
            gap = rng.choice((0, 0, doc.measure("x ")))
            if gap:
                doc.write(doc.margin + doc.measure(row["quantity"] + " "), y, "x")
            cells["description"] = [doc.write(doc.margin + shift + gap, y, doc.wrap(text, room - shift - gap)[0])]
        else:
            cells["description"] = [doc.write(doc.margin, y, text)]
        first = (cells["quantity"] or cells["description"])[0][0]
        if form == "two" or (form == "mixed" and row["quantity"] != "1"):
            y += doc.line
            left = doc.margin + indent
            cells["quantity"] = [doc.write(left, y, row["quantity"])]
            unit = f" {rng.choice(('kg', 'Stk', 'St.', 'l', 'pcs', 'ea'))}" if rng.random() < 0.12 else ""
            left += doc.measure(row["quantity"])
            times = unit + multiply
            doc.write(left, y, times)
            cells["unit_price"] = [doc.write(left + doc.measure(times), y, row["unit_price"])]
        cells["amount"] = [doc.write(doc.margin + width - doc.measure(suffix), y, row["amount"], align="right")]
        if suffix:
            doc.write(doc.margin + width, y, suffix, align="right")
        y += doc.line
        starts.append(first)
        if doc.states_all or rng.random() < 0.4:
            for key in ("description", "quantity", "amount"):
                doc.state(key, "text" if key == "description" else "amount", cells[key], None, None, anchor=first)
    labels = tuple(rng.choice(COLUMNS[k].labels[doc.language]) for k in ("description", "quantity", "amount"))
    doc.canvas.facts.append(Fact("starts", labels, names, starts=tuple(starts)))
    return y, total


def write(rng: random.Random, language: str, *, evaluation: bool = False) -> Document:
    """A receipt on one narrow page."""
    width = rng.uniform(190, 330)
    doc = Document(rng, language, width, rng.uniform(360, 720), evaluation=evaluation, mono=rng.random() < 0.5)
    doc.size = min(doc.size, width / 26)
    c = doc.content
    left, text_width, middle = doc.margin, width - 2 * doc.margin, width / 2
    centred = rng.random() < 0.75
    x = middle if centred else left
    align: Align = "center" if centred else "left"
    y = doc.margin + doc.size * 1.5
    rule = rng.choice(("line", "dashes", "stars", "none", "equals"))

    def divide(y: float) -> float:
        if rule == "line":
            doc.canvas.line(left, y - doc.size * 0.5, left + text_width, y - doc.size * 0.5, 0.7)
        elif rule != "none":
            char = {"dashes": "-", "stars": "*", "equals": "="}[rule]
            doc.write(left, y, char * int(text_width / doc.measure(char)))
        return y + doc.line

    at_foot = doc.varies(0.08)
    if not at_foot:
        y = _shop(doc, x, y, text_width, align)
    top = [
        Pair(k, value_of(doc, k), "text")
        for k, p in (("phone", 0.5), ("tax_id", 0.4), ("website", 0.1))
        if rng.random() < p
    ]
    y = pairs(doc, left if not centred else left + text_width * 0.15, y, text_width, top, "inline")
    if rng.random() < 0.5:
        y += doc.line * 0.4
        doc.write(middle, y, rng.choice(TITLES["receipt"][language]), bold=True, align="center")
        y += doc.line
    y = divide(y)
    head = [
        Pair(k, value_of(doc, k), "date" if k == "receipt_date" else "text")
        for k, p in (
            ("receipt_number", 0.75),
            ("receipt_date", 0.7),
            ("time", 0.4),
            ("cashier", 0.4),
            ("table_number", 0.3),
        )
        if rng.random() < p
    ]
    design = rng.random()
    if head and design < 0.6:
        y = (_run_on if design < 0.3 else _two_sided)(doc, left, y, text_width, head)
        head = []
    bare = "receipt_date" not in {p.key for p in head} and "receipt_date" not in doc.asked and rng.random() < 0.85
    y = pairs(doc, left, y, text_width, head, rng.choice(("inline", "aligned", "spread")))
    later = bare and rng.random() < 0.4
    if bare and not later:
        y = _bare_date(doc, left, y, text_width)
    y = divide(y)
    y, total = _items(doc, y, text_width, doc.canvas.height - doc.line * 11)
    y = divide(y)
    tax = int(total * rng.choice((0.06, 0.07, 0.19, 0.2, 0.1)))
    sums = [Pair("subtotal", (c.number(total),), "amount")] if rng.random() < 0.6 else []
    if rng.random() < 0.6:
        sums.append(Pair("tax_amount", (c.number(tax),), "amount"))
    if rng.random() < 0.25:
        sums.append(
            Pair(
                "",
                (c.number(rng.choice((0, 1, -2, 3))),),
                "amount",
                label=rng.choice(("Rounding", "Rounding Adj", "Rundung", "Arrondi")),
            )
        )
    sums.append(Pair("total", (c.money(total + tax),), "amount", strong=rng.random() < 0.6))
    cash = rng.random() < 0.4
    if cash:
        sums += [
            Pair("amount_paid", (c.number(total + tax + 500),), "amount"),
            Pair("change", (c.number(500),), "amount"),
        ]
    elif rng.random() < 0.4:
        sums.append(Pair("payment_method", value_of(doc, "payment_method"), "text"))
    y = pairs(doc, left, y, text_width, sums, rng.choice(("spread", "spread", "spread", "aligned", "inline")))
    if "payment_method" not in doc.asked and rng.random() < 0.7:
        y = _paid(doc, left, y, text_width, c.number(total + tax))
    if rng.random() < 0.25:
        y = _taxes(doc, left, y + doc.line * 0.5, text_width, total, tax)
    y = divide(y)
    if later:
        y = _bare_date(doc, left, y, text_width)
    for _ in range(rng.randint(0, 3)):
        if y < doc.canvas.height - doc.margin:
            doc.write(middle, y, doc.wrap(c.sentence(), text_width)[0], align="center", size=doc.size * 0.9)
            y += doc.line
    if at_foot:
        y = _shop(doc, x, y, text_width, align)
    doc.canvas.height = min(doc.canvas.height, y + doc.margin)
    doc.deny(
        (
            "time",
            "tax_amount",
            "subtotal",
            "cashier",
            "payment_method",
            "due_date",
            "iban",
            "order_reference",
            "customer_name",
            "discount",
            "change",
            "receipt_number",
            "phone",
            "table_number",
            "closing_balance",
        ),
        4,
        ("subtotal", "tax_amount", "time", "receipt_number"),
    )
    doc.fits("receipt")
    return doc


def _shop(doc: Document, x: float, y: float, width: float, align: Align) -> float:
    """The shop, mostly in large print, with its address; returns the next baseline."""
    rng, c = doc.rng, doc.content
    name = c.company()
    if doc.varies(0.35):  # tills like capitals
        name = name.upper()
    size = doc.size * rng.choice((1, 1.2, 1.5, 1.8, 2.4))
    spans = []
    for row in doc.wrap(name, width, size=size, bold=True):
        spans.append(doc.write(x, y, row, bold=True, size=size, align=align))
        y += size * 1.2
    doc.state("merchant_name", "text", spans)
    if rng.random() < 0.3:
        doc.write(x, y, f"({c.code()})", align=align)
        y += doc.line
    if rng.random() < 0.85:
        capitals = doc.varies(0.3)
        spans = []
        for part in c.address():
            written = part.upper() if capitals or rng.random() < 0.3 else part
            for row in doc.wrap(written, width):
                spans.append(doc.write(x, y, row, align=align))
                y += doc.line
        doc.state("merchant_address", "text", spans)
    return y


def _paid(doc: Document, x: float, y: float, width: float, total: str) -> float:
    """How it was paid, where a label would stand, with the amount at the right."""
    text = value_of(doc, "payment_method")[0]
    span = doc.write(x, y, text.upper() if doc.rng.random() < 0.3 else text)
    doc.state("payment_method", "text", [span])
    if doc.rng.random() < 0.8:
        doc.write(x + width, y, total, align="right")
    return y + doc.line


def _run_on(doc: Document, x: float, y: float, width: float, head: Sequence[Pair]) -> float:
    """Labels and values one after the other on as few lines as hold them, some without their label."""
    left = x
    gap = doc.measure(doc.rng.choice((" ", "  ", "    ")))
    for pair in head:
        value = pair.lines[0]
        bare = pair.key in {"receipt_date", "time"} and doc.rng.random() < 0.7
        text = "" if bare else doc.label_of(CONCEPTS[pair.key])
        wide = doc.measure(value) + (0 if bare else doc.measure(f"{text}{doc.colon} "))
        if left > x and left + wide > x + width:
            left, y = x, y + doc.line
        label = None
        if text:
            label, left = doc.print_label(left, y, text)
            left += doc.measure(" ")
        doc.state(pair.key, pair.type, [doc.write(left, y, value)], label, text or None)
        left += doc.measure(value) + gap
    return y + doc.line


def _two_sided(doc: Document, x: float, y: float, width: float, head: Sequence[Pair]) -> float:
    """Two to a line, one at each edge; dates, times and tables often without their label."""
    rng = doc.rng
    for number, pair in enumerate(head):
        value = pair.lines[0]
        bare = pair.key in {"receipt_date", "time"} and rng.random() < 0.75
        text = "" if bare else doc.label_of(CONCEPTS[pair.key])
        whole = doc.measure(f"{text}{doc.colon} {value}") if text else doc.measure(value)
        at_right = number % 2 == 1
        if at_right and doc.measure(f"{head[number - 1].lines[0]}    ") + whole > width * 0.8:
            y, at_right = y + doc.line, False
        at = x + width - whole if at_right else x
        label = None
        if text:
            label, at = doc.print_label(at, y, text)
            at += doc.measure(" ")
        doc.state(pair.key, pair.type, [doc.write(at, y, value)], label, text or None)
        if at_right or number + 1 == len(head):
            y += doc.line
    return y


def _taxes(doc: Document, x: float, y: float, width: float, total: int, tax: int) -> float:
    """A line for the rate of tax under small headings: rate, net, tax, gross."""
    rng, c = doc.rng, doc.content
    rate = doc.label_of(COLUMNS["tax_rate"])
    cells = [("", rate, c.percent(tax, total))]
    for key, amount in (("subtotal", total), ("tax_amount", tax), ("total", total + tax)):
        cells.append((key, doc.label_of(CONCEPTS[key]), c.number(amount)))
    if rng.random() < 0.3:
        cells[1], cells[2] = cells[2], cells[1]
    needs = [max(doc.measure(text), doc.measure(value)) + doc.measure("  ") for _, text, value in cells]
    shrink = min(1.0, width / sum(needs))
    size = doc.size * shrink
    if size < 5:
        return y
    spare = (width - sum(needs) * shrink) / len(cells)
    edge = x
    for (key, text, value), need in zip(cells, needs, strict=True):
        edge += need * shrink + spare
        label = doc.write(edge, y, text, size=size, align="right")
        span = doc.write(edge, y + size * 1.25, value, size=size, align="right")
        if key and key not in doc.asked:
            doc.state(key, "amount", [span], label, text)
            doc.printed.add(text.lower().strip(" .:"))
    return y + size * 1.25 + doc.line


def _bare_date(doc: Document, x: float, y: float, width: float) -> float:
    """A date, mostly with the time, that no label announces."""
    first = doc.content.date()
    span = doc.write(x, y, first)
    doc.state("receipt_date", "date", [span])
    if doc.rng.random() < 0.8 and "time" not in doc.asked:
        time = doc.content.time()
        at = x + doc.measure(first + "  ") if doc.rng.random() < 0.6 else x + width - doc.measure(time)
        doc.state("time", "text", [doc.write(at, y, time)])
    return y + doc.line
