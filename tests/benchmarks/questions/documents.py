"""A seed becomes 500 documents with all that they say: invoices, orders, receipts, statements, contracts."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, time, timedelta
from decimal import Decimal
from functools import cache

from docpipe.types import Scalar
from tests.benchmarks.questions import names
from tests.benchmarks.questions.names import Account, Sender

SEED = 20251130
FIRST, LAST = date(2023, 1, 2), date(2025, 11, 28)
INVOICES, ORDERS, RECEIPTS, CONTRACTS = 232, 80, 90, 58
# Statements of each account: the months from here to October 2025 in steps of so many.
STATEMENTS = ((date(2023, 3, 1), 3), (date(2024, 12, 1), 1), (date(2024, 5, 1), 1))
CENT = Decimal("0.01")
TAX: Mapping[str, int | Decimal] = {
    "EURde": 19,
    "EURfr": 20,
    "EURen": 23,
    "CHFde": Decimal("8.1"),
    "CHFfr": Decimal("8.1"),
    "GBPen": 20,
}

Cell = Scalar | date | time
Cells = Mapping[str, Cell]


@dataclass(frozen=True)
class Truth:
    """What one document says, before it is printed. None is a field that is not on it.

    `fields` and `lines` are named as in its schema; `facts` are printed as well, but no schema asks for them.
    """

    schema: str
    language: names.Language
    style: int
    fields: Cells
    lines: tuple[Cells, ...] = ()
    facts: Mapping[str, str] = field(default_factory=dict)
    clauses: int = 0

    @property
    def currency(self) -> str:
        """The currency of its amounts."""
        return str(self.fields["currency"])


@cache
def truths() -> tuple[Truth, ...]:
    """The 500 documents, in the order in which they come in. Always the same."""
    chance = random.Random(SEED)
    orders = _orders(chance)
    made = [
        *_invoices(chance, orders),
        *orders,
        *_receipts(chance),
        *_statements(chance),
        *_contracts(chance),
    ]
    chance.shuffle(made)
    return tuple(made)


def earlier(truth: Truth) -> Truth:
    """An invoice or an order as it was before it was replaced: with one line more, of 100.00."""
    lines = (
        {**truth.lines[0], "quantity": Decimal(1), "unit_price": Decimal(100), "amount": Decimal(100)},
        *truth.lines,
    )
    more = {name: Decimal(str(truth.fields[name])) + 100 for name in ("subtotal", "total") if name in truth.fields}
    return replace(truth, fields={**truth.fields, **more}, lines=lines)


def _invoices(chance: random.Random, orders: list[Truth]) -> list[Truth]:
    made = []
    for supplier, days in _spread(chance, names.SUPPLIERS, INVOICES):
        number = chance.randint(11, 900)
        tax_id = f"{supplier.language.upper()}{chance.randint(10**8, 10**9 - 1)}"
        iban = _iban(chance, supplier)
        customer_no = str(chance.randint(10000, 99999))
        open_orders = [order for order in orders if order.fields["supplier_name"] == supplier.name]
        for day in days:
            number += chance.randint(1, 7)
            lines = _lines(chance, supplier, many=chance.random() < 0.09)
            subtotal = _sum(lines)
            tax = (subtotal * TAX[supplier.currency + supplier.language] / 100).quantize(CENT)
            reference = None
            if chance.random() < 0.45:
                before = [order for order in open_orders if _day(order, "order_date") < day]
                order = before[-1] if before else None
                if order is not None:
                    open_orders.remove(order)
                reference = f"BR-{chance.randint(1000, 9999)}" if order is None else order.fields["order_number"]
            contact = {"contact": supplier.contact, "phone": supplier.phone, "customer_no": customer_no}
            facts = {**contact, **({"project": chance.choice(names.PROJECTS)} if chance.random() < 0.3 else {})}
            fields: Cells = {
                "invoice_number": supplier.number.format(y=day.year, yy=day.year % 100, n=number),
                "invoice_date": day,
                "due_date": None if chance.random() < 0.13 else day + timedelta(chance.choice((10, 14, 30, 30))),
                "supplier_name": supplier.name,
                "supplier_tax_id": None if chance.random() < 0.1 else tax_id,
                "customer_name": names.OURS[supplier.currency],
                "order_reference": reference,
                "currency": supplier.currency,
                "subtotal": subtotal,
                "tax_amount": tax,
                "total": subtotal + tax,
                "iban": None if chance.random() < 0.12 else iban,
            }
            made.append(Truth("invoice", supplier.language, supplier.style, fields, tuple(lines), facts))
    return made


def _orders(chance: random.Random) -> list[Truth]:
    made = []
    suppliers = [s for s in names.SUPPLIERS if s.sells in ("metal", "electric", "office", "tools", "print")]
    for supplier, days in _spread(chance, suppliers, ORDERS):
        for day in days:
            catalogue = _lines(chance, supplier)
            numbers = {
                str(line["description"]): f"{chance.randint(100, 999)}-{index}" for index, line in enumerate(catalogue)
            }
            lines = tuple({"item_number": numbers[str(line["description"])], **line} for line in catalogue)
            fields: Cells = {
                "order_number": "",
                "order_date": day,
                "delivery_date": None if chance.random() < 0.15 else day + timedelta(chance.randint(5, 60)),
                "buyer_name": names.OURS[supplier.currency],
                "supplier_name": supplier.name,
                "payment_terms": None if chance.random() < 0.2 else chance.choice(names.TERMS[supplier.language]),
                "currency": supplier.currency,
                "total": _sum(lines),
            }
            facts = {"deliver_to": chance.choice(names.STREETS[supplier.language])}
            made.append(Truth("purchase_order", supplier.language, chance.randint(0, 2), fields, lines, facts))
    made.sort(key=lambda order: _day(order, "order_date"))
    numbered = []
    for number, order in enumerate(made, start=11):
        called = f"PO-{_day(order, 'order_date').year % 100}-{number:04d}"
        numbered.append(replace(order, fields={**order.fields, "order_number": called}))
    return numbered


def _receipts(chance: random.Random) -> list[Truth]:
    made = []
    for shop, days in _spread(chance, names.SHOPS, RECEIPTS):
        number = chance.randint(100, 3000)
        address = chance.choice(names.STREETS[shop.language])
        for day in days:
            number += chance.randint(3, 60)
            bought = _lines(chance, shop, few=True)
            lines: list[Cells] = [{k: v for k, v in line.items() if k != "unit_price"} for line in bought]
            total = _sum(lines)
            rate = Decimal(TAX[shop.currency + shop.language])
            tax = (total * rate / (100 + rate)).quantize(CENT)
            fields: Cells = {
                "merchant_name": shop.name,
                "merchant_address": address,
                "date": day,
                "time": None if chance.random() < 0.15 else time(chance.randint(7, 21), chance.randint(0, 59)),
                "receipt_number": None if chance.random() < 0.15 else shop.number.format(n=number),
                "currency": shop.currency,
                "subtotal": total - tax,
                "tax_amount": tax,
                "total": total,
                "payment_method": None if chance.random() < 0.1 else chance.choice(names.PAYING[shop.language]),
            }
            made.append(Truth("receipt", shop.language, 2, fields, tuple(lines), {"served_by": shop.contact}))
    return made


def _statements(chance: random.Random) -> list[Truth]:
    made = []
    for account, (month, step) in zip(names.ACCOUNTS, STATEMENTS, strict=True):
        balance = Decimal(chance.randint(2_000_000, 9_000_000)) / 100
        limit = {"overdraft": f"{chance.randint(1, 9) * 5000}.00" if account.language == "en" else "20000,00"}
        start = month
        while start < date(2025, 11, 1):
            truth = _statement(chance, account, start, _months_on(start, step) - timedelta(1), balance, limit)
            made.append(truth)
            balance = Decimal(str(truth.fields["closing_balance"]))
            start = _months_on(start, step)
    return made


def _statement(
    chance: random.Random, account: Account, start: date, end: date, opening: Decimal, limit: Mapping[str, str]
) -> Truth:
    others = [s.name for s in names.SUPPLIERS if s.currency == account.currency]
    balance = opening
    lines: list[Cells] = []
    for day in sorted(start + timedelta(chance.randint(0, (end - start).days)) for _ in range(chance.randint(7, 46))):
        coming_in = chance.random() < 0.3
        amount = _price(chance, 900, 9500) if coming_in else -_price(chance, 40, 4200)
        balance += amount
        said = f"Payment from client {chance.randint(100, 999)}" if coming_in else chance.choice(others)
        lines.append({"date": day, "description": said, "amount": amount, "balance": balance})
    fields: Cells = {
        "bank_name": account.bank,
        "account_holder": names.OURS[account.currency],
        "account_number": account.number,
        "statement_date": None if chance.random() < 0.1 else end + timedelta(chance.randint(0, 4)),
        "period_start": start,
        "period_end": end,
        "currency": account.currency,
        "opening_balance": opening,
        "closing_balance": balance,
    }
    return Truth("statement", account.language, 1, fields, tuple(lines), {"bic": account.bic, **limit})


def _contracts(chance: random.Random) -> list[Truth]:
    made = []
    for index in range(CONTRACTS):
        name, language, currency, title, paid = names.PARTNERS[index % len(names.PARTNERS)]
        signed = _weekday(chance)
        begins = signed + timedelta(chance.randint(1, 75))
        ours = names.OURS[currency]
        fields: Cells = {
            "title": title,
            "contract_number": f"{'CVN'[index % 3]}-{signed.year}-{index + 101}",
            "party_a": name,
            "party_b": ours,
            "effective_date": begins,
            "end_date": None if chance.random() < 0.3 else _months_on(begins, 12 * chance.randint(1, 4)) - timedelta(1),
            "governing_law": None if chance.random() < 0.1 else names.LAWS[language],
            "notice_period": None if chance.random() < 0.15 else chance.choice(names.NOTICE[language]),
            "amount": None if paid is None else Decimal(chance.randint(paid[0] // 10, paid[1] // 10) * 10),
            "currency": None if paid is None else currency,
            "signature_date": signed,
        }
        facts = {"court": chance.choice(names.COURTS[language])}
        if title in ("Mietvertrag", "Contrat de bail", "Lease agreement"):
            facts["deposit"] = str(chance.randint(2, 9) * 1000)
        clauses = chance.choice((5, 9, 14, 52, 70))
        made.append(Truth("contract", language, chance.randint(0, 1), fields, (), facts, clauses))
    return made


def _spread(chance: random.Random, senders: Sequence[Sender], count: int) -> list[tuple[Sender, list[date]]]:
    """`count` weekdays, shared out among the senders, a few of whom write often, in order for each."""
    days: dict[str, list[date]] = {sender.name: [_weekday(chance), _weekday(chance)] for sender in senders}
    weights = [chance.choice((1, 2, 3, 6)) for _ in senders]
    for sender in chance.choices(senders, weights, k=count - 2 * len(senders)):
        days[sender.name].append(_weekday(chance))
    return [(sender, sorted(days[sender.name])) for sender in senders]


def _lines(chance: random.Random, sender: Sender, *, many: bool = False, few: bool = False) -> list[dict[str, Cell]]:
    catalogue = names.ITEMS[sender.sells][sender.language]
    count = chance.randint(38, 76) if many else chance.randint(1, 3) if few else chance.randint(1, 6)
    lines: list[dict[str, Cell]] = []
    for _ in range(count):
        what, least, most = chance.choice(catalogue)
        quantity = Decimal(chance.randint(1, 3 if few else 12))
        price = _price(chance, least, most)
        lines.append({"description": what, "quantity": quantity, "unit_price": price, "amount": quantity * price})
    return lines


def _iban(chance: random.Random, sender: Sender) -> str:
    country = {"CHF": "CH", "GBP": "GB"}.get(sender.currency, {"de": "DE", "fr": "FR", "en": "IE"}[sender.language])
    return f"{country}{chance.randint(10, 97)} " + " ".join(f"{chance.randint(0, 9999):04d}" for _ in range(4))


def _price(chance: random.Random, least: float, most: float) -> Decimal:
    return Decimal(chance.randint(int(least * 100), int(most * 100))) / 100


def _weekday(chance: random.Random) -> date:
    day = FIRST + timedelta(chance.randint(0, (LAST - FIRST).days))
    return day - timedelta(max(0, day.weekday() - 4))


def _months_on(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, 28))


def _day(truth: Truth, name: str) -> date:
    found = truth.fields[name]
    assert isinstance(found, date)
    return found


def _sum(lines: Sequence[Cells]) -> Decimal:
    return sum((Decimal(str(line["amount"])) for line in lines), Decimal(0))
