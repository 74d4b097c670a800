"""Truth in the forms that others keep it in becomes truth in ours: XML of invoices and of tables, and CSV.

a.xml       Factur-X, ZUGFeRD, XRechnung (UN/CEFACT Cross Industry Invoice): `pdfdetach -saveall a.pdf` gets it
a-str.xml   the tables of the ICDAR 2013 competition (Göbel et al. 2013)
a.csv       the rows of the one table in the document
list.csv    a row a document, its path in the first column, a field in each other
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from docpipe.errors import UsageError

_HEADER = "SupplyChainTradeTransaction/ApplicableHeaderTrade"
_TOTALS = f"{_HEADER}Settlement/SpecifiedTradeSettlementHeaderMonetarySummation"
# Where the invoice schema's fields stand in a Cross Industry Invoice, by the local names of its elements.
_INVOICE = {
    "invoice_number": "ExchangedDocument/ID",
    "invoice_date": "ExchangedDocument/IssueDateTime/DateTimeString",
    "due_date": f"{_HEADER}Settlement/SpecifiedTradePaymentTerms/DueDateDateTime/DateTimeString",
    "supplier_name": f"{_HEADER}Agreement/SellerTradeParty/Name",
    "supplier_tax_id": f"{_HEADER}Agreement/SellerTradeParty/SpecifiedTaxRegistration/ID[@schemeID='VA']",
    "customer_name": f"{_HEADER}Agreement/BuyerTradeParty/Name",
    "order_reference": f"{_HEADER}Agreement/BuyerOrderReferencedDocument/IssuerAssignedID",
    "currency": f"{_HEADER}Settlement/InvoiceCurrencyCode",
    "iban": f"{_HEADER}Settlement/SpecifiedTradeSettlementPaymentMeans/PayeePartyCreditorFinancialAccount/IBANID",
    "subtotal": f"{_TOTALS}/TaxBasisTotalAmount",
    "tax_amount": f"{_TOTALS}/TaxTotalAmount",
    "total": f"{_TOTALS}/GrandTotalAmount",
}
_LINES = "SupplyChainTradeTransaction/IncludedSupplyChainTradeLineItem"
_LINE = {
    "description": "SpecifiedTradeProduct/Name",
    "quantity": "SpecifiedLineTradeDelivery/BilledQuantity",
    "unit_price": "SpecifiedLineTradeAgreement/NetPriceProductTradePrice/ChargeAmount",
    "amount": "SpecifiedLineTradeSettlement/SpecifiedTradeSettlementLineMonetarySummation/LineTotalAmount",
}


def beside(document: Path) -> dict[str, Any] | None:
    """The truth in a foreign file beside a document, None where there is none."""
    for name in (f"{document.stem}-str.xml", f"{document.stem}.xml"):
        if document.with_name(name).is_file():
            return _xml(document.with_name(name))
    table = document.with_suffix(".csv")
    return _table(table) if table.is_file() and table != document else None


def listed(path: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    """The documents of a CSV list, with their fields. Raises UsageError for a list without columns."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file)
        if not rows.fieldnames or len(rows.fieldnames) < 2:
            raise UsageError(f"{path}: expected a column with the documents and a column for each field")
        first, *fields = rows.fieldnames
        for row in rows:
            yield path.parent / row[first], {name: row[name] or "" for name in fields}


def _table(path: Path) -> dict[str, Any]:
    """The rows of a CSV file as the generic table schema has them; an empty cell is null."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = [{"cells": [cell.strip() or None for cell in row]} for row in csv.reader(file) if any(row)]
    return {"schema": "table", "kind": "table", "data": {"tables": [{"rows": rows}]}}


def _xml(path: Path) -> dict[str, Any]:
    text = path.read_text("utf-8-sig")
    if "<!ENTITY" in text:
        raise UsageError(f"{path} defines entities, which data has no need of", hint="take them out")
    try:
        root = ElementTree.fromstring(text)
    except ElementTree.ParseError as error:
        raise UsageError(f"{path} is not XML: {error}") from error
    for element in root.iter():
        element.tag = element.tag.rpartition("}")[2]
    if root.tag == "CrossIndustryInvoice":
        return {"schema": "invoice", "kind": "invoice", "data": _invoice(root)}
    if root.tag == "document" and root.find("table") is not None:
        return {"schema": "table", "kind": "table", "data": {"tables": [_rows(table) for table in root.iter("table")]}}
    raise UsageError(f"{path}: <{root.tag}> is neither a Cross Industry Invoice nor a list of ICDAR 2013 tables")


def _invoice(root: ElementTree.Element) -> dict[str, Any]:
    lines = [_found(line, _LINE) for line in root.iterfind(_LINES)]
    return _found(root, _INVOICE) | ({"line_items": lines} if lines else {})


def _found(root: ElementTree.Element, paths: dict[str, str]) -> dict[str, str]:
    """What stands there; what does not is not known, and does not count."""
    found = {name: (root.findtext(path) or "").strip() for name, path in paths.items()}
    return {name: _day(text) if name.endswith("_date") else text for name, text in found.items() if text}


def _day(text: str) -> str:
    """Format 102 of UN/EDIFACT, 20240304, as a date in ISO 8601."""
    return f"{text[:4]}-{text[4:6]}-{text[6:8]}" if len(text) == 8 and text.isdecimal() else text


def _rows(table: ElementTree.Element) -> dict[str, Any]:
    """The regions of a table one below the other; a cell that spans several stands in the first of them."""
    cells: dict[tuple[int, int], str] = {}
    top = 0
    for region in table.iter("region"):
        for cell in region.iter("cell"):
            row, column = int(cell.get("start-row", 0)), int(cell.get("start-col", 0))
            cells[top + row, column] = " ".join((cell.findtext("content") or "").split())
        top = max((row for row, _ in cells), default=-1) + 1
    wide = max((column for _, column in cells), default=-1) + 1
    return {"rows": [{"cells": [cells.get((row, column)) or None for column in range(wide)]} for row in range(top)]}
