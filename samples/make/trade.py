"""What invoices and orders are made of: parties, lines and sums that add up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")


def cents(value: Decimal) -> Decimal:
    return value.quantize(CENT, ROUND_HALF_UP)


def iban(country: str, account: str) -> str:
    """The IBAN of a domestic account number with its check digits (ISO 13616), in groups of four."""
    digits = "".join(str(int(c, 36)) for c in account + country + "00")
    whole = f"{country}{98 - int(digits) % 97:02d}{account}"
    return " ".join(whole[i : i + 4] for i in range(0, len(whole), 4))


@dataclass(frozen=True)
class Party:
    """A sender or a receiver. `address` and `contact` are printed line by line."""

    name: str
    address: tuple[str, ...] = ()
    contact: tuple[str, ...] = ()
    tax_id: str | None = None
    tag: str = ""


@dataclass(frozen=True)
class Line:
    """One line of goods; `unit` and `note` are printed but are no values."""

    description: str
    quantity: Decimal
    unit_price: Decimal
    unit: str = ""
    note: str = ""
    item: str = ""

    @property
    def amount(self) -> Decimal:
        return cents(self.quantity * self.unit_price)


def line(description: str, quantity: str | int, unit_price: str | int, unit: str = "", note: str = "", item: str = "") -> Line:
    """A line from plain numbers."""
    return Line(description, Decimal(quantity), Decimal(unit_price), unit, note, item)


@dataclass(frozen=True)
class Sums:
    """Subtotal, tax and total of some lines; `rate` is a percentage, None where no tax is charged."""

    lines: tuple[Line, ...]
    rate: Decimal | None

    @property
    def subtotal(self) -> Decimal:
        return sum((entry.amount for entry in self.lines), Decimal(0))

    @property
    def tax(self) -> Decimal | None:
        return None if self.rate is None else cents(self.subtotal * self.rate / 100)

    @property
    def total(self) -> Decimal:
        return self.subtotal + (self.tax or 0)


Labels = Mapping[str, str]


@dataclass(frozen=True)
class Paper:
    """How a document looks: its page design of sheets/, font, colour and paper."""

    template: str
    font: str
    accent: str = "#234"
    page: str = "A4"
    size: str = "10pt"
    options: Mapping[str, object] = field(default_factory=dict)
