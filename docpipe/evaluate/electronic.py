"""The XML of an electronic invoice, beside a document or inside its PDF, becomes expected data of the invoice schema.

Factur-X, ZUGFeRD 2 and XRechnung are one form, UN/CEFACT's Cross Industry Invoice, in profiles from MINIMUM to
EXTENDED that say more or less of an invoice; ZUGFeRD 1 names its elements otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree

from docpipe.errors import DocpipeError
from docpipe.render import Renderer
from docpipe.types import Source


@dataclass(frozen=True)
class _Form:
    """What the two forms name differently, as local names of elements."""

    document: str
    transaction: str
    header: str
    line: str
    totals: str
    line_totals: str
    reference: str


_FORMS = {
    "CrossIndustryInvoice": _Form(
        document="ExchangedDocument",
        transaction="SupplyChainTradeTransaction",
        header="ApplicableHeaderTrade",
        line="SpecifiedLineTrade",
        totals="SpecifiedTradeSettlementHeaderMonetarySummation",
        line_totals="SpecifiedTradeSettlementLineMonetarySummation",
        reference="IssuerAssignedID",
    ),
    "CrossIndustryDocument": _Form(
        document="HeaderExchangedDocument",
        transaction="SpecifiedSupplyChainTradeTransaction",
        header="ApplicableSupplyChainTrade",
        line="SpecifiedSupplyChainTrade",
        totals="SpecifiedTradeSettlementMonetarySummation",
        line_totals="SpecifiedTradeSettlementMonetarySummation",
        reference="ID",
    ),
}


def inside(source: Source, renderer: Renderer) -> dict[str, Any] | None:
    """The truth in a PDF that carries its own invoice as XML, None where it carries none or cannot be opened."""
    try:
        files = renderer.attached(source, ".xml")
    except DocpipeError:
        return None  # reading it says what is wrong with it
    for file in files:
        try:
            root = parsed(file.content)
        except ValueError:
            continue
        if is_invoice(root):
            return {"schema": "invoice", "kind": "invoice", "data": invoice(root)}
    return None


def parsed(xml: bytes) -> ElementTree.Element:
    """The root of a document whose elements go by their local names. Raises ValueError that says what is wrong."""
    if b"<!ENTITY" in xml or b"<\0!\0E\0N\0T\0I\0T\0Y" in xml:
        raise ValueError("defines entities, which data has no need of")
    try:
        root = ElementTree.fromstring(xml)
    except (ElementTree.ParseError, LookupError) as error:
        raise ValueError(f"is not XML: {error}") from error
    for element in root.iter():
        element.tag = element.tag.rpartition("}")[2]
    return root


def is_invoice(root: ElementTree.Element) -> bool:
    """Whether this is a Cross Industry Invoice, of whatever profile."""
    return root.tag in _FORMS


def invoice(root: ElementTree.Element) -> dict[str, Any]:
    """What the XML says; a field or a line that its profile does not have is not known, and does not count."""
    form = _FORMS[root.tag]
    lines = [dict(_found(line, _line(form))) for line in root.iterfind(f"{form.transaction}/{_LINE}")]
    fields = dict(_found(root, _fields(form, root)))
    return fields | ({"line_items": lines} if lines else {})


_LINE = "IncludedSupplyChainTradeLineItem"


def _fields(form: _Form, root: ElementTree.Element) -> dict[str, str]:
    head = f"{form.transaction}/{form.header}"
    settlement, agreement = f"{head}Settlement", f"{head}Agreement"
    totals = f"{settlement}/{form.totals}"
    # Tax may be said twice, once in the currency that it is accounted for in.
    currency = (root.findtext(f"{settlement}/InvoiceCurrencyCode") or "").strip()
    tax = f"{totals}/TaxTotalAmount"
    own = f"{tax}[@currencyID='{currency}']" if currency.isalpha() else tax
    return {
        "invoice_number": f"{form.document}/ID",
        "invoice_date": f"{form.document}/IssueDateTime/DateTimeString",
        "due_date": f"{settlement}/SpecifiedTradePaymentTerms/DueDateDateTime/DateTimeString",
        "supplier_name": f"{agreement}/SellerTradeParty/Name",
        "supplier_tax_id": f"{agreement}/SellerTradeParty/SpecifiedTaxRegistration/ID[@schemeID='VA']",
        "customer_name": f"{agreement}/BuyerTradeParty/Name",
        "order_reference": f"{agreement}/BuyerOrderReferencedDocument/{form.reference}",
        "currency": f"{settlement}/InvoiceCurrencyCode",
        "iban": f"{settlement}/SpecifiedTradeSettlementPaymentMeans/PayeePartyCreditorFinancialAccount/IBANID",
        "subtotal": f"{totals}/TaxBasisTotalAmount",
        "tax_amount": own if root.find(own) is not None else tax,
        "total": f"{totals}/GrandTotalAmount",
    }


def _line(form: _Form) -> dict[str, str]:
    return {
        "description": "SpecifiedTradeProduct/Name",
        "quantity": f"{form.line}Delivery/BilledQuantity",
        "unit_price": f"{form.line}Agreement/NetPriceProductTradePrice/ChargeAmount",
        "amount": f"{form.line}Settlement/{form.line_totals}/LineTotalAmount",
    }


def _found(root: ElementTree.Element, paths: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for name, path in paths.items():
        text = (root.findtext(path) or "").strip()
        if text:
            yield name, _day(text) if name.endswith("_date") else text


def _day(text: str) -> str:
    """Format 102 of UN/EDIFACT, 20240304, as a date in ISO 8601."""
    return f"{text[:4]}-{text[4:6]}-{text[6:8]}" if len(text) == 8 and text.isdecimal() else text
