"""A concept becomes a value that a document could state for it."""

from __future__ import annotations

from docpipe.nano.generate.canvas import FactType
from docpipe.nano.generate.document import Document

TYPES: dict[str, FactType] = {"invoice_date": "date", "due_date": "date", "delivery_date": "date", "order_date": "date"}


def value_of(doc: Document, key: str) -> tuple[str, ...]:
    """A value for a concept of the header."""
    c, rng = doc.content, doc.rng
    if key in TYPES or key.endswith("_date") or key in {"period_start", "period_end"}:
        return (c.date(),)
    simple = {
        "contact": c.person,
        "tax_id": c.tax_id,
        "iban": c.iban,
        "phone": c.phone,
        "email": c.email,
        "time": c.time,
        "cashier": c.person,
        "account_holder": c.person,
        "merchant_name": c.company,
    }
    if key in simple:
        return (simple[key](),)
    if key == "payment_terms":
        return (
            rng.choice(
                (
                    "30 days",
                    "Net 30",
                    "14 days net",
                    "Due on receipt",
                    "14 Tage netto",
                    "Zahlbar sofort",
                    "30 jours",
                    "À réception",
                    "30 días",
                    "30 dagen",
                    "60 giorni",
                    "2% 10, net 30",
                    "Net 15",
                    "50% deposit",
                )
            ),
        )
    if key == "payment_method":
        return (
            rng.choice(
                (
                    "Cash",
                    "VISA",
                    "Credit card",
                    "Mastercard",
                    "Bank transfer",
                    "EC-Karte",
                    "Bar",
                    "Überweisung",
                    "Carte bancaire",
                    "Espèces",
                    "Tarjeta",
                    "Efectivo",
                    "PIN",
                    "iDEAL",
                    "Contante",
                    "Bonifico",
                    "Debit",
                    "PayPal",
                    "Apple Pay",
                    "Girocard",
                    "CASH",
                    "VISA DEBIT",
                    "CARD",
                    "Card payment",
                    "Contactless",
                    "Debit Mastercard",
                    "ESPECES",
                    "CB",
                    "Visa Débit",
                    "Kartenzahlung",
                    "Barzahlung",
                    "SEPA-Lastschrift",
                    "Direct debit",
                    "Cheque",
                    "American Express",
                    "AMEX",
                    "Maestro",
                    "Twint",
                )
            ),
        )
    if key == "bank_name":
        return (c.bank(),)
    if key == "receipt_number":
        return (
            rng.choice(
                (
                    c.code(),
                    c.code(),
                    f"{rng.randint(1, 999999):06d}",
                    f"{rng.randint(1, 9999):04d} {rng.randint(0, 9999):04d} {rng.randint(0, 9999):04d}",
                )
            ),
        )
    if key == "project":
        return (c.item(4),)
    if key == "currency":
        return (rng.choice(("EUR", "USD", "GBP", "CHF", "Euro", "US Dollar", "MYR", "AUD")),)
    if key == "website":
        return (f"www.{c.email().split('@')[1]}",)
    if key == "bic":
        return (
            "".join(rng.choice("ABCDEFGHIJKLMNOPRSTUVWXYZ") for _ in range(6))
            + rng.choice(("2L", "33", "FF", "2AXXX", "21", "FFXXX")),
        )
    if key == "table_number":
        return (str(rng.randint(1, 60)),)
    return (c.code(),)
