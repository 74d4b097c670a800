"""A document's truth becomes its paper: a PDF, the text of every value as printed there, and its place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from functools import cache

from tests.benchmarks.questions import names
from tests.benchmarks.questions.documents import Cell, Truth, earlier, truths
from tests.benchmarks.questions.sheet import BOTTOM, LEFT, RIGHT, Place, Sheet

_MONTHS: Mapping[str, tuple[str, ...]] = {
    "en": ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December"),
    "de": ("Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November",
           "Dezember"),
    "fr": ("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
           "décembre"),
}  # fmt: skip
_SIGNS = {"EUR": "€", "GBP": "£", "CHF": "CHF"}
_TITLES = {"invoice": "invoice", "purchase_order": "order", "statement": "statement", "contract": "contract"}
# Where the columns of a table end; the first begins at the left edge.
_COLUMNS: Mapping[str, tuple[tuple[str, float], ...]] = {
    "invoice": (("description", LEFT), ("quantity", 350), ("unit_price", 440), ("amount", RIGHT)),
    "purchase_order": (
        ("item_number", LEFT), ("description", 120), ("quantity", 350), ("unit_price", 440), ("amount", RIGHT),
    ),
    "receipt": (("description", LEFT), ("quantity", 230), ("amount", 300)),
    "statement": (("date", LEFT), ("description", 140), ("amount", 450), ("balance", RIGHT)),
}  # fmt: skip
_TEXT_COLUMNS = ("description", "item_number", "date")


@dataclass(frozen=True)
class Paper:
    """A printed document. `texts` and `places` are by JSON pointer; those of facts are by their name."""

    name: str
    truth: Truth
    texts: Mapping[str, str]
    places: Mapping[str, Place]
    content: bytes


@cache
def papers() -> tuple[Paper, ...]:
    """The 500 documents as they are printed, in the order in which they come in."""
    return tuple(print_paper(truth, f"scan-{number:04d}.pdf") for number, truth in enumerate(truths(), start=1))


@cache
def replaced() -> tuple[Paper, ...]:
    """What lay under the names of ten of them before."""
    amended = [p for p in papers() if p.truth.schema in ("invoice", "purchase_order") and len(p.truth.lines) < 5]
    return tuple(print_paper(earlier(paper.truth), paper.name) for paper in amended[5::17][:10])


def print_paper(truth: Truth, name: str) -> Paper:
    """Print a document."""
    sheet = Sheet(truth.style)
    if truth.schema == "contract":
        _contract(sheet, truth)
    elif truth.schema == "receipt":
        _receipt(sheet, truth)
    else:
        _form(sheet, truth)
    return Paper(name, truth, dict(sheet.texts), dict(sheet.places), sheet.content())


def show(value: Cell, truth: Truth) -> str:
    """A value as the paper prints it."""
    tongue, style = truth.language, truth.style
    if isinstance(value, date):
        if tongue == "en" and style == 2:
            return value.isoformat()
        if tongue != "en" and style != 1:
            return value.strftime("%d.%m.%Y" if tongue == "de" else "%d/%m/%Y")
        month = _MONTHS[tongue][value.month - 1]
        return f"{value.day}. {month} {value.year}" if tongue == "de" else f"{value.day} {month} {value.year}"
    if isinstance(value, time):
        return value.strftime("%H:%M")
    if isinstance(value, Decimal):
        return _grouped(value, truth)
    return str(value)


def money(value: Decimal, truth: Truth) -> str:
    """An amount with its currency."""
    sign, text = _SIGNS[truth.currency], _grouped(value, truth)
    if truth.currency == "CHF":
        return f"CHF {text}"
    return f"{sign}{text}" if truth.language == "en" else f"{text} {sign}"


def _grouped(value: Decimal, truth: Truth) -> str:
    text = f"{value:,.2f}"
    if truth.language == "en":
        return text
    group = "'" if truth.currency == "CHF" else "." if truth.language == "de" else " "
    point = "." if truth.currency == "CHF" else ","
    return text.replace(",", "G").replace(".", point).replace("G", group)


def _label(truth: Truth, name: str) -> str:
    choices = names.LABELS[truth.language][name]
    return choices[truth.style % len(choices)]


def _rows(truth: Truth, wanted: Sequence[str]) -> list[tuple[str, str, str]]:
    """Label, text and pointer of the fields that the document has."""
    found = []
    for name in wanted:
        value = truth.fields.get(name)
        if value is not None:
            found.append((_label(truth, name), show(value, truth), f"/{name}"))
    return found


def _facts(truth: Truth) -> list[tuple[str, str, str]]:
    return [(_label(truth, name), text, name) for name, text in truth.facts.items()]


def _form(sheet: Sheet, truth: Truth) -> None:
    """An invoice, an order or a statement: who, a block of fields, a table, and what is under it."""
    fields, style = truth.fields, truth.style
    sender = {"invoice": "supplier_name", "purchase_order": "buyer_name", "statement": "bank_name"}[truth.schema]
    below = ("subtotal", "tax_amount", "total", "opening_balance", "closing_balance", "iban")
    named = [name for name in fields if name not in (*below, sender)]
    named += [name for name in ("opening_balance", "closing_balance") if name in fields]
    if style == 2:
        named.remove("currency")  # the sign beside the total says it
    sheet.put(LEFT if style != 1 else 330, 66, str(fields[sender]), value=f"/{sender}", size=14, bold=True)
    sheet.put(LEFT, 110, _label(truth, _TITLES[truth.schema]), size=16, bold=True)
    rows = _rows(truth, named)
    if style == 2:
        y = sheet.stacked(140, [*rows, *_facts(truth)])
    else:
        y = sheet.pairs(LEFT, 140, rows, gap=120)
        sheet.pairs(350, 140, _facts(truth), gap=96)
    y = _table(sheet, truth, y + 18)
    if truth.schema == "statement":
        return
    if y > BOTTOM - 90:
        sheet.turn()
        y = 80
    sheet.rule(y - 8)
    for name in ("subtotal", "tax_amount", "total"):
        value = fields.get(name)
        if isinstance(value, Decimal):
            whole = name == "total"
            y += 16
            sheet.put(330, y, _label(truth, name), bold=whole)
            text = money(value, truth) if whole else show(value, truth)
            sheet.put(RIGHT, y, text, value=f"/{name}", bold=whole, right=True)
    if style == 2:
        _sign(sheet)
    if fields.get("iban"):
        sheet.pairs(LEFT, y + 30, _rows(truth, ["iban"]), gap=60)


def _sign(sheet: Sheet) -> None:
    """The currency is read from the sign in the total."""
    text = sheet.texts["/total"]
    sheet.texts["/currency"] = "CHF" if "CHF" in text else "€" if "€" in text else "£"
    sheet.places["/currency"] = sheet.places["/total"]


def _table(sheet: Sheet, truth: Truth, y: float) -> float:
    """The lines, on as many pages as they take. The y below them."""
    columns = _COLUMNS[truth.schema]
    array = "transactions" if truth.schema == "statement" else "line_items"
    y = _head(sheet, truth, columns, y)
    for number, line in enumerate(truth.lines):
        if y > BOTTOM:
            sheet.turn()
            y = _head(sheet, truth, columns, 70)
        for name, x in columns:
            value = line[name]
            text = f"{value:f}" if name == "quantity" else show(value, truth)
            sheet.put(x, y, text, value=f"/{array}/{number}/{name}", right=name not in _TEXT_COLUMNS)
        y += 15
    return y


def _head(sheet: Sheet, truth: Truth, columns: Sequence[tuple[str, float]], y: float) -> float:
    for name, x in columns:
        sheet.put(x, y, _label(truth, name), size=9, bold=True, right=name not in _TEXT_COLUMNS)
    sheet.rule(y + 5)
    return y + 20


def _receipt(sheet: Sheet, truth: Truth) -> None:
    sheet.put(LEFT, 60, str(truth.fields["merchant_name"]), value="/merchant_name", size=14, bold=True)
    sheet.put(LEFT, 78, str(truth.fields["merchant_address"]), value="/merchant_address", size=9)
    y = sheet.pairs(LEFT, 108, _rows(truth, ["receipt_number", "date", "time"]), gap=110)
    y = _table(sheet, truth, y + 14)
    for name in ("subtotal", "tax_amount", "total"):
        value = truth.fields[name]
        assert isinstance(value, Decimal)
        y += 16
        sheet.put(LEFT, y, _label(truth, name), bold=name == "total")
        text = money(value, truth) if name == "total" else show(value, truth)
        sheet.put(300, y, text, value=f"/{name}", bold=name == "total", right=True)
    _sign(sheet)
    sheet.pairs(LEFT, y + 24, [*_rows(truth, ["payment_method"]), *_facts(truth)], gap=110)


def _contract(sheet: Sheet, truth: Truth) -> None:
    fields = truth.fields
    sheet.put(LEFT, 80, str(fields["title"]), value="/title", size=16, bold=True)
    y = sheet.pairs(LEFT, 116, _rows(truth, ["contract_number", "party_a", "party_b"]), gap=120)
    y = sheet.pairs(LEFT, y + 10, _rows(truth, ["effective_date", "end_date", "notice_period"]), gap=120)
    amount = fields["amount"]
    if isinstance(amount, Decimal):
        y = sheet.pairs(LEFT, y, [(_label(truth, "fee"), money(amount, truth), "/amount")], gap=120)
        sheet.texts["/currency"] = {"EUR": "€", "GBP": "£", "CHF": "CHF"}[truth.currency]
        sheet.places["/currency"] = sheet.places["/amount"]
    y = sheet.pairs(LEFT, y, [row for row in _facts(truth) if row[2] == "deposit"], gap=120) + 16
    clauses = names.CLAUSES[truth.language]
    for number in range(truth.clauses):
        if y > BOTTOM:
            sheet.turn()
            y = 80
        sheet.put(LEFT, y, f"§ {number + 1}  {clauses[number % len(clauses)]}", size=9.5)
        y += 22
    if y > BOTTOM - 60:
        sheet.turn()
        y = 80
    last = [*_rows(truth, ["governing_law"]), *(row for row in _facts(truth) if row[2] != "deposit")]
    sheet.pairs(LEFT, y + 16, [*last, *_rows(truth, ["signature_date"])], gap=120)
