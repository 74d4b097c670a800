"""A business document gets what stands around its body: a sender's line, a sentence about payment, a small footer."""

from __future__ import annotations

from docpipe.nano.generate.canvas import FactType
from docpipe.nano.generate.document import Document
from docpipe.nano.generate.flow import flow
from docpipe.nano.generate.values import value_of
from docpipe.nano.vocabulary import CONCEPTS

# What such sentences say; {label_KEY} is the printed label of the gap {KEY}.
PAYMENT = {
    "en": (
        "Please pay {total} by {due_date} to {label_iban} {iban}.",
        "Please transfer {total} to {label_iban} {iban} ({label_bic} {bic}).",
        "Payment by {due_date}, please, to {label_iban} {iban}, quoting {invoice_number}.",
        "Payable by {due_date} without deduction.",
        "Payment within {payment_terms} of the date of the invoice.",
        "Bank: {bank_name}, {label_iban} {iban}",
    ),
    "de": (
        "Bitte überweisen Sie {total} bis zum {due_date} auf das Konto {label_iban} {iban}.",
        "Zahlbar bis {due_date} ohne Abzug.",
        "Bankverbindung: {bank_name}, {label_iban} {iban}, {label_bic} {bic}",
        "Wir bitten um Überweisung auf {label_iban} {iban} unter Angabe von {invoice_number}.",
        "Bitte zahlen Sie bis spätestens {due_date}.",
    ),
    "fr": (
        "Merci de régler {total} avant le {due_date} par virement : {label_iban} {iban}.",
        "À régler au plus tard le {due_date}.",
        "Règlement par virement, {label_iban} {iban}, {label_bic} {bic}",
        "Coordonnées bancaires : {bank_name}, {label_iban} {iban}",
    ),
    "es": (
        "Rogamos el pago de {total} antes del {due_date} en la cuenta {label_iban} {iban}.",
        "Pago por transferencia: {label_iban} {iban} ({bank_name})",
        "A pagar antes del {due_date}.",
    ),
    "nl": (
        "Gelieve {total} vóór {due_date} over te maken op {label_iban} {iban}.",
        "Betaling naar {label_iban} {iban} ten name van de leverancier, onder vermelding van {invoice_number}.",
        "Te betalen voor {due_date}.",
    ),
    "it": (
        "Si prega di pagare {total} entro il {due_date} su {label_iban} {iban}.",
        "Bonifico bancario: {bank_name}, {label_iban} {iban}",
        "Da pagare entro il {due_date}.",
    ),
}
AT_THE_FOOT = ("iban", "bic", "tax_id", "phone", "email", "website", "bank_name", "contact")
JOINTS = (" · ", " | ", " - ", "   ", ", ", " • ", " / ")
NOT_TEXT: dict[str, FactType] = {"due_date": "date", "total": "amount"}


def sender(doc: Document, x: float, y: float, width: float) -> float:
    """Name and address of who writes, small, on one line above the recipient; returns the next baseline."""
    size = doc.size * doc.rng.uniform(0.65, 0.85)
    joint = doc.rng.choice(JOINTS)
    name = doc.content.company()
    rest = joint.join(("", *doc.content.address()))
    while rest and doc.measure(name + rest, size=size) > width:
        rest = rest[: rest.rfind(joint)]
    span = doc.write(x, y, name + rest, size=size)
    if "supplier_name" not in doc.asked:
        doc.state("supplier_name", "text", [(span[0], span[0] + len(name))])
    if doc.rng.random() < 0.5:
        long = doc.measure(name + rest, size=size)
        doc.canvas.line(x, y + size * 0.3, x + long, y + size * 0.3, 0.4)
    return y + doc.line * 1.4


def payment(doc: Document, x: float, y: float, width: float, total: str) -> float:
    """A sentence or a line that says how to pay; returns the next baseline."""
    template = doc.rng.choice(PAYMENT[doc.language])
    gaps: dict[str, str] = {}
    asked = [
        k for k in (*AT_THE_FOOT, "total", "due_date", "invoice_number", "payment_terms") if f"{{{k}}}" in template
    ]
    for key in asked:
        gaps[key] = total if key == "total" else value_of(doc, key)[0]
        if f"{{label_{key}}}" in template:
            gaps[f"label_{key}"] = doc.label_of(CONCEPTS[key])
    size = doc.size * doc.rng.uniform(0.85, 1.05)
    y, found = flow(doc, x, y, width, template, gaps, size=size, strong=doc.rng.random() < 0.2)
    for key in asked:
        printed = gaps.get(f"label_{key}")
        label = found.get(f"label_{key}", [None])[0]
        if key not in doc.asked and found.get(key):
            doc.state(key, NOT_TEXT.get(key, "text"), found[key], label, printed if label else None)
            if printed:
                doc.printed.add(printed.lower().strip(" .:"))
    return y


def footer(doc: Document, bottom: float) -> None:
    """Small print at the foot of the page: who one is, and how to reach and to pay one."""
    rng = doc.rng
    keys = [k for k in rng.sample(AT_THE_FOOT, rng.randint(2, 6)) if k not in doc.asked]
    size = doc.size * rng.uniform(0.68, 0.9)
    if rng.random() < 0.5:
        doc.canvas.line(doc.margin, bottom - size * 4.4, doc.right, bottom - size * 4.4, 0.5, doc.accent)
    if rng.random() < 0.5:
        _line(doc, bottom - size * 2.8, keys, size)
    else:
        _columns(doc, bottom - size * 2.8, keys, size)


def _line(doc: Document, y: float, keys: list[str], size: float) -> None:
    """Labels and values one after the other, on as many lines as they take."""
    joint = doc.rng.choice(JOINTS)
    space, between = doc.measure(" ", size=size), doc.measure(joint, size=size)
    x = doc.margin
    if doc.rng.random() < 0.6:
        name = doc.content.company()
        doc.write(x, y, name, size=size)
        x += doc.measure(name, size=size)
    for key in keys:
        label, value = _told(doc, key)
        wide = doc.measure(f"{label}{doc.colon} {value}", size=size)
        if x > doc.margin and x + between + wide > doc.right:
            x, y = doc.margin, y + size * 1.3
        elif x > doc.margin:
            doc.write(x, y, joint, size=size)
            x += between
        x = _state(doc, x, y, key, label, value, size, space)


def _columns(doc: Document, y: float, keys: list[str], size: float) -> None:
    """Two to four columns of short lines."""
    count = doc.rng.randint(2, 4)
    wide = (doc.right - doc.margin) / count
    first = [doc.content.company(), *doc.content.address()]
    heights = [y] * count
    for row in first:
        doc.write(doc.margin, heights[0], doc.wrap(row, wide - 6, size=size)[0], size=size)
        heights[0] += size * 1.25
    for number, key in enumerate(keys):
        column = 1 + number % (count - 1)
        label, value = _told(doc, key)
        if doc.measure(f"{label}{doc.colon} {value}", size=size) < wide:
            left = doc.margin + wide * column
            _state(doc, left, heights[column], key, label, value, size, doc.measure(" ", size=size))
            heights[column] += size * 1.25


def _told(doc: Document, key: str) -> tuple[str, str]:
    """Label and value; addresses of the net mostly stand without a label."""
    bare = key in {"email", "website", "bank_name", "phone"} and doc.rng.random() < 0.6
    return "" if bare else doc.label_of(CONCEPTS[key]), value_of(doc, key)[0]


def _state(doc: Document, x: float, y: float, key: str, label: str, value: str, size: float, space: float) -> float:
    """Write a label, if there is one, and its value; returns where the value ends."""
    run = None
    if label:
        run, end = doc.print_label(x, y, label, size=size)
        x = end + space
    doc.state(key, "text", [doc.write(x, y, value, size=size)], run, label or None)
    return x + doc.measure(value, size=size)
