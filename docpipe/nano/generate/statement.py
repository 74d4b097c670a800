"""A seed becomes a bank or card statement: account block, balances, movements."""

from __future__ import annotations

import random

from docpipe.nano.generate.blocks import Column, Pair, pairs, prose, table
from docpipe.nano.generate.document import Align, Document
from docpipe.nano.generate.values import value_of
from docpipe.nano.vocabulary import CONCEPTS, TITLES


def write(rng: random.Random, language: str, *, evaluation: bool = False) -> Document:
    """An account statement on one page."""
    width, height = rng.choice(((595, 842), (612, 792)))
    doc = Document(rng, language, width, height, evaluation=evaluation)
    c = doc.content
    left, right = doc.margin, doc.right
    y = doc.margin + doc.size * 2
    bank = c.bank()
    if rng.random() < 0.2:
        bank = bank.upper()
    size = min(doc.size * rng.uniform(1.1, 3), doc.size * (right - left) * 0.55 / doc.measure(bank, bold=True))
    at_foot = doc.varies(0.15)
    if not at_foot:
        doc.state("bank_name", "text", [doc.write(left, y, bank, bold=True, size=size, color=doc.accent)])
    title = rng.choice(TITLES["statement"][language])
    if rng.random() < 0.5:
        doc.write(right, y, title, bold=True, size=doc.size * 1.5, align="right")
        y += doc.line * 2.5
    else:
        y += doc.line * 2.5
        doc.write(left, y, title, bold=True, size=doc.size * 1.6)
        y += doc.line * 1.8
    opening = c.cents(1000, 2_000_000)
    moves = [c.cents(100, 300_000) * rng.choice((1, -1, -1)) for _ in range(rng.randint(2, 22))]
    header = [
        Pair("account_holder", (c.person(),), "text"),
        Pair("account_number", (c.iban() if rng.random() < 0.6 else c.code(),), "text"),
    ]
    for key, chance in (
        ("statement_date", 0.6),
        ("statement_number", 0.4),
        ("sort_code", 0.3),
        ("bic", 0.3),
        ("currency", 0.2),
    ):
        if rng.random() < chance:
            header.append(Pair(key, value_of(doc, key), "date" if key == "statement_date" else "text"))
    aside = None  # where the header stands beside the holder
    if rng.random() < 0.6:
        at = left if rng.random() < 0.8 else left + (right - left) * 0.5
        aside = y if at == left and rng.random() < 0.5 else None
        header.pop(0)
        doc.state("account_holder", "text", [doc.write(at, y, _holder(doc), bold=rng.random() < 0.15)])
        for row in c.address():
            y += doc.line
            doc.write(at, y, row)
        y += doc.line * 2
    period = (
        [Pair("period_start", (c.date(),), "date"), Pair("period_end", (c.date(),), "date")]
        if rng.random() < 0.75
        else []
    )
    joined = bool(period) and rng.random() < 0.4
    if period and not joined:
        header += period
    rng.shuffle(header)
    opened, closed = _dated(doc)
    balances = [
        Pair("opening_balance", (c.money(opening),), "amount", opened),
        Pair("closing_balance", (c.money(opening + sum(moves)),), "amount", closed, strong=rng.random() < 0.4),
    ]
    if rng.random() < 0.3:
        balances[1:1] = [
            Pair("total_in", (c.money(sum(m for m in moves if m > 0)),), "amount"),
            Pair("total_out", (c.money(sum(m for m in moves if m < 0)),), "amount"),
        ]
    split = rng.random()
    layout = rng.choice(("aligned", "aligned", "inline", "boxed", "row", "spread", "stacked", "cards"))
    if split < 0.4:
        header += balances
        balances = []
    if aside is not None:
        half = left + (right - left) * 0.5
        beside = rng.choice(("aligned", "inline", "spread", "stacked"))
        y = max(y, pairs(doc, half, aside, right - half, header, beside))
    else:
        x = left if rng.random() < 0.6 or layout not in {"aligned", "inline", "spread"} else (left + right) * 0.45
        y = pairs(doc, x, y, right - x, header, layout)
    if joined:
        _period(doc, left, y, period)
        y += doc.line
    y += doc.line
    closing_later = balances and rng.random() < 0.6
    if balances:
        first = balances[:1] if closing_later else balances
        y = pairs(
            doc,
            left,
            y,
            (right - left) * rng.choice((1, 1, 0.5)),
            first,
            rng.choice(("spread", "aligned", "inline", "boxed", "row", "cards", "trailing")),
        )
    columns = [Column("booking_date", "date", 1.3)]
    if rng.random() < 0.25:
        columns.append(Column("value_date", "date", 1.3))
    columns.append(Column("details", "text", 4.2))
    apart = rng.random() < 0.35
    if apart:
        both = [Column(key, "amount", 1.3, "right", asked="movement") for key in ("money_out", "money_in")]
        columns += both if rng.random() < 0.6 else both[::-1]
    else:
        columns.append(Column("movement", "amount", 1.5, "right"))
    if rng.random() < 0.6:
        columns.append(Column("balance", "amount", 1.6, "right"))
    if doc.varies(0.2):
        rng.shuffle(columns)
    rows, balance = [], opening
    c.date_pattern = (
        rng.choice((c.date_pattern, c.date_pattern, "dd.MM.", "dd MMM", "MM/dd"))
        if rng.random() < 0.4
        else c.date_pattern
    )
    for move in moves:
        balance += move
        rows.append(
            {
                "booking_date": c.date(),
                "value_date": c.date(),
                "details": c.purpose(),
                "movement": c.number(move),
                "money_out": c.number(-move) if move < 0 else "",
                "money_in": c.number(move) if move > 0 else "",
                "balance": c.number(balance),
            }
        )
    y = table(
        doc,
        left,
        y + doc.line * 1.5,
        right - left,
        columns,
        rows,
        (rng.choice(("transactions", "the movements", "account movements")),),
        bottom=height - doc.margin - doc.line * 4,
        missing=() if any(column.key == "balance" for column in columns) else ("balance",),
    )
    if closing_later:
        y = pairs(doc, left, y + doc.line, right - left, balances[1:], rng.choice(("spread", "aligned", "inline")))
    if at_foot:
        _bank_at_foot(doc, y + doc.line * 2, bank)
    elif rng.random() < 0.5:
        prose(doc, left, y + doc.line * 2, right - left, height - doc.margin * 0.7, sentences=4)
    doc.deny(
        (
            "statement_date",
            "statement_number",
            "currency",
            "due_date",
            "invoice_number",
            "total",
            "tax_amount",
            "customer_name",
            "iban",
            "order_reference",
            "subtotal",
            "payment_terms",
            "sort_code",
            "merchant_name",
        ),
        4,
        ("statement_date", "sort_code"),
    )
    doc.fits("statement")
    return doc


def _bank_at_foot(doc: Document, y: float, bank: str) -> None:
    """The bank below everything else, to the left, right or in the middle, its address after it on half of them."""
    rng = doc.rng
    align: Align = rng.choice(("left", "center", "right"))
    x = {"left": doc.margin, "center": doc.canvas.width / 2, "right": doc.right}[align]
    y = max(y, doc.canvas.height - doc.margin - doc.line * rng.uniform(1, 4))
    text = ", ".join((bank, *doc.content.address())) if rng.random() < 0.5 else bank
    first, last = doc.write(x, y, text, bold=rng.random() < 0.5, align=align)
    doc.state("bank_name", "text", [(first, last - len(text) + len(bank))])


def _period(doc: Document, x: float, y: float, period: list[Pair]) -> None:
    """Both days of the period on one line: "Period: 01/02/2024 - 29/02/2024"."""
    rng = doc.rng
    word = rng.choice(
        {
            "en": ("Statement period", "Period", "From"),
            "de": ("Zeitraum", "Vom"),
            "fr": ("Période", "Du"),
            "es": ("Periodo", "Del"),
            "nl": ("Periode", "Van"),
            "it": ("Periodo", "Dal"),
        }[doc.language]
    )
    label, left = None, x
    if rng.random() < 0.65:
        label, left = doc.print_label(x, y, word, bold=doc.bold_labels)
        left += doc.measure(" ")
    first = doc.write(left, y, period[0].lines[0])
    left += doc.measure(period[0].lines[0])
    joint = rng.choice((" - ", " – ", " to ", " bis ", " au ")) if doc.language in {"en", "de", "fr"} else " - "
    doc.write(left, y, joint)
    second = doc.write(left + doc.measure(joint), y, period[1].lines[0])
    doc.state("period_start", "date", [first], label, word if label else None)
    doc.state("period_end", "date", [second], label, word if label else None)


def _holder(doc: Document) -> str:
    """Who owns the account, as above an address: a person, two of one name, a company."""
    c, rng = doc.content, doc.rng
    kind = rng.random()
    if kind < 0.3:
        name = c.company()
    elif kind < 0.42:
        last = c.person().split()[-1]
        both = {"en": "and", "de": "und", "fr": "et", "es": "y", "nl": "en", "it": "e"}[doc.language]
        name = f"{c.person().split()[0]} {rng.choice((both, '&'))} {c.person().split()[0]} {last}"
    else:
        name = rng.choice(("", "", "Mr ", "Ms ", "Mrs ", "Herr ", "Frau ", "M. ", "Mme ", "Dr ")) + c.person()
    return name.upper() if rng.random() < 0.2 else name


def _dated(doc: Document) -> tuple[str, str]:
    """Labels of the balances that say of which day they are; mostly none of their own."""
    if doc.rng.random() < 0.7:
        return "", ""
    word = {"en": ("on", "at", "as of"), "de": ("am", "per", "vom"), "fr": ("au",)}.get(doc.language, ("",))
    joint = f" {doc.rng.choice(word)} ".replace("  ", " ")
    keys = ("opening_balance", "closing_balance")
    first, last = (f"{doc.label_of(CONCEPTS[key])}{joint}{doc.content.date()}" for key in keys)
    return first, last
