"""Invoices that carry their own truth as XML: hybrid PDFs of every profile, made by the reference package."""

from __future__ import annotations

import io
from decimal import Decimal
from pathlib import Path
from typing import Any

import pymupdf
import pytest
from facturx import generate_from_binary, xml_check_xsd

from docpipe.errors import UsageError
from docpipe.evaluate.runner import run
from docpipe.evaluate.truth import load_truths
from docpipe.ingest import open_source
from docpipe.render import Renderer
from docpipe.settings import load_settings
from docpipe.types import ReadRequest
from tests.answering import Answering, the_truth
from tests.readings import sample

# MINIMUM and BASIC WL have no lines; MINIMUM has little else.
PROFILES = {
    "minimum": "urn:factur-x.eu:1p0:minimum",
    "basicwl": "urn:factur-x.eu:1p0:basicwl",
    "basic": "urn:cen.eu:en16931:2017#compliant#urn:factur-x.eu:1p0:basic",
    "en16931": "urn:cen.eu:en16931:2017",
    "extended": "urn:cen.eu:en16931:2017#conformant#urn:factur-x.eu:1p0:extended",
}
NAMESPACES = """xmlns:rsm="urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100"
 xmlns:ram="urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100"
 xmlns:udt="urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100\""""
LINE = """<ram:IncludedSupplyChainTradeLineItem>
 <ram:AssociatedDocumentLineDocument><ram:LineID>1</ram:LineID></ram:AssociatedDocumentLineDocument>
 <ram:SpecifiedTradeProduct><ram:Name>Trennblätter A4</ram:Name></ram:SpecifiedTradeProduct>
 <ram:SpecifiedLineTradeAgreement><ram:NetPriceProductTradePrice><ram:ChargeAmount>9.90</ram:ChargeAmount>
 </ram:NetPriceProductTradePrice></ram:SpecifiedLineTradeAgreement>
 <ram:SpecifiedLineTradeDelivery><ram:BilledQuantity unitCode="H87">20.0000</ram:BilledQuantity>
 </ram:SpecifiedLineTradeDelivery>
 <ram:SpecifiedLineTradeSettlement><ram:ApplicableTradeTax><ram:TypeCode>VAT</ram:TypeCode>
  <ram:CategoryCode>S</ram:CategoryCode><ram:RateApplicablePercent>19.00</ram:RateApplicablePercent>
 </ram:ApplicableTradeTax><ram:SpecifiedTradeSettlementLineMonetarySummation>
  <ram:LineTotalAmount>198.00</ram:LineTotalAmount></ram:SpecifiedTradeSettlementLineMonetarySummation>
 </ram:SpecifiedLineTradeSettlement></ram:IncludedSupplyChainTradeLineItem>"""
# What MINIMUM leaves out of the settlement: how to pay, the tax by rate, and until when.
PAYMENT = """<ram:SpecifiedTradeSettlementPaymentMeans><ram:TypeCode>58</ram:TypeCode>
 <ram:PayeePartyCreditorFinancialAccount><ram:IBANID>DE89370400440532013000</ram:IBANID>
 </ram:PayeePartyCreditorFinancialAccount></ram:SpecifiedTradeSettlementPaymentMeans>
<ram:ApplicableTradeTax><ram:CalculatedAmount>37.62</ram:CalculatedAmount><ram:TypeCode>VAT</ram:TypeCode>
 <ram:BasisAmount>198.00</ram:BasisAmount><ram:CategoryCode>S</ram:CategoryCode>
 <ram:RateApplicablePercent>19.00</ram:RateApplicablePercent></ram:ApplicableTradeTax>
<ram:SpecifiedTradePaymentTerms><ram:DueDateDateTime><udt:DateTimeString format="102">20240403</udt:DateTimeString>
 </ram:DueDateDateTime></ram:SpecifiedTradePaymentTerms>"""
HEAD: dict[str, Any] = {
    "invoice_number": "471102",
    "invoice_date": "2024-03-04",
    "supplier_name": "Lieferant GmbH",
    "supplier_tax_id": "DE123456789",
    "customer_name": "Kunden AG",
    "order_reference": "B-77",
    "currency": "EUR",
    "subtotal": Decimal(198),
    "tax_amount": Decimal("37.62"),
    "total": Decimal("235.62"),
}
PAID = {"iban": "DE89370400440532013000", "due_date": "2024-04-03"}
LINES = [
    {
        "description": "Trennblätter A4",
        "quantity": Decimal(20),
        "unit_price": Decimal("9.9"),
        "amount": Decimal(198),
    }
]


def cross_industry_invoice(profile: str) -> bytes:
    """One invoice, said as far as the profile goes."""
    whole = profile != "minimum"
    address = "<ram:PostalTradeAddress><ram:CountryID>DE</ram:CountryID></ram:PostalTradeAddress>"
    line_total = "<ram:LineTotalAmount>198.00</ram:LineTotalAmount>" if whole else ""
    # From EN 16931 on, tax may be said a second time, in the currency that it is accounted for in.
    twice = profile in ("en16931", "extended")
    other = '<ram:TaxTotalAmount currencyID="CHF">36.10</ram:TaxTotalAmount>' if twice else ""
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<rsm:CrossIndustryInvoice {NAMESPACES}>
 <rsm:ExchangedDocumentContext><ram:GuidelineSpecifiedDocumentContextParameter><ram:ID>{PROFILES[profile]}</ram:ID>
 </ram:GuidelineSpecifiedDocumentContextParameter></rsm:ExchangedDocumentContext>
 <rsm:ExchangedDocument><ram:ID>471102</ram:ID><ram:TypeCode>380</ram:TypeCode>
  <ram:IssueDateTime><udt:DateTimeString format="102">20240304</udt:DateTimeString></ram:IssueDateTime>
 </rsm:ExchangedDocument>
 <rsm:SupplyChainTradeTransaction>{LINE if profile not in ("minimum", "basicwl") else ""}
  <ram:ApplicableHeaderTradeAgreement>
   <ram:SellerTradeParty><ram:Name>Lieferant GmbH</ram:Name>{address}
    <ram:SpecifiedTaxRegistration><ram:ID schemeID="FC">201/113/40209</ram:ID></ram:SpecifiedTaxRegistration>
    <ram:SpecifiedTaxRegistration><ram:ID schemeID="VA">DE123456789</ram:ID></ram:SpecifiedTaxRegistration>
   </ram:SellerTradeParty>
   <ram:BuyerTradeParty><ram:Name>Kunden AG</ram:Name>{address if whole else ""}</ram:BuyerTradeParty>
   <ram:BuyerOrderReferencedDocument><ram:IssuerAssignedID>B-77</ram:IssuerAssignedID></ram:BuyerOrderReferencedDocument>
  </ram:ApplicableHeaderTradeAgreement>
  <ram:ApplicableHeaderTradeDelivery/>
  <ram:ApplicableHeaderTradeSettlement>
   {"<ram:TaxCurrencyCode>CHF</ram:TaxCurrencyCode>" if twice else ""}
   <ram:InvoiceCurrencyCode>EUR</ram:InvoiceCurrencyCode>{PAYMENT if whole else ""}
   <ram:SpecifiedTradeSettlementHeaderMonetarySummation>{line_total}
    <ram:TaxBasisTotalAmount>198.00</ram:TaxBasisTotalAmount>
    {other}<ram:TaxTotalAmount currencyID="EUR">37.62</ram:TaxTotalAmount>
    <ram:GrandTotalAmount>235.62</ram:GrandTotalAmount><ram:DuePayableAmount>235.62</ram:DuePayableAmount>
   </ram:SpecifiedTradeSettlementHeaderMonetarySummation>
  </ram:ApplicableHeaderTradeSettlement>
 </rsm:SupplyChainTradeTransaction>
</rsm:CrossIndustryInvoice>""".encode()


ZUGFERD_1 = """<?xml version="1.0" encoding="UTF-8"?>
<rsm:CrossIndustryDocument xmlns:rsm="urn:ferd:CrossIndustryDocument:invoice:1p0"
 xmlns:ram="urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:12"
 xmlns:udt="urn:un:unece:uncefact:data:standard:UnqualifiedDataType:15">
 <rsm:SpecifiedExchangedDocumentContext><ram:GuidelineSpecifiedDocumentContextParameter>
  <ram:ID>urn:ferd:CrossIndustryDocument:invoice:1p0:comfort</ram:ID>
 </ram:GuidelineSpecifiedDocumentContextParameter></rsm:SpecifiedExchangedDocumentContext>
 <rsm:HeaderExchangedDocument><ram:ID>471102</ram:ID><ram:Name>RECHNUNG</ram:Name><ram:TypeCode>380</ram:TypeCode>
  <ram:IssueDateTime><udt:DateTimeString format="102">20240304</udt:DateTimeString></ram:IssueDateTime>
 </rsm:HeaderExchangedDocument>
 <rsm:SpecifiedSupplyChainTradeTransaction>
  <ram:ApplicableSupplyChainTradeAgreement>
   <ram:SellerTradeParty><ram:Name>Lieferant GmbH</ram:Name>
    <ram:SpecifiedTaxRegistration><ram:ID schemeID="VA">DE123456789</ram:ID></ram:SpecifiedTaxRegistration>
   </ram:SellerTradeParty>
   <ram:BuyerTradeParty><ram:Name>Kunden AG</ram:Name></ram:BuyerTradeParty>
   <ram:BuyerOrderReferencedDocument><ram:ID>B-77</ram:ID></ram:BuyerOrderReferencedDocument>
  </ram:ApplicableSupplyChainTradeAgreement>
  <ram:ApplicableSupplyChainTradeDelivery/>
  <ram:ApplicableSupplyChainTradeSettlement><ram:InvoiceCurrencyCode>EUR</ram:InvoiceCurrencyCode>
   <ram:SpecifiedTradeSettlementPaymentMeans><ram:PayeePartyCreditorFinancialAccount>
    <ram:IBANID>DE89370400440532013000</ram:IBANID></ram:PayeePartyCreditorFinancialAccount>
   </ram:SpecifiedTradeSettlementPaymentMeans>
   <ram:SpecifiedTradePaymentTerms><ram:DueDateDateTime>
    <udt:DateTimeString format="102">20240403</udt:DateTimeString></ram:DueDateDateTime>
   </ram:SpecifiedTradePaymentTerms>
   <ram:SpecifiedTradeSettlementMonetarySummation>
    <ram:LineTotalAmount currencyID="EUR">198.00</ram:LineTotalAmount>
    <ram:ChargeTotalAmount currencyID="EUR">0.00</ram:ChargeTotalAmount>
    <ram:AllowanceTotalAmount currencyID="EUR">0.00</ram:AllowanceTotalAmount>
    <ram:TaxBasisTotalAmount currencyID="EUR">198.00</ram:TaxBasisTotalAmount>
    <ram:TaxTotalAmount currencyID="EUR">37.62</ram:TaxTotalAmount>
    <ram:GrandTotalAmount currencyID="EUR">235.62</ram:GrandTotalAmount>
   </ram:SpecifiedTradeSettlementMonetarySummation>
  </ram:ApplicableSupplyChainTradeSettlement>
  <ram:IncludedSupplyChainTradeLineItem>
   <ram:AssociatedDocumentLineDocument><ram:LineID>1</ram:LineID></ram:AssociatedDocumentLineDocument>
   <ram:SpecifiedSupplyChainTradeAgreement><ram:NetPriceProductTradePrice>
    <ram:ChargeAmount currencyID="EUR">9.90</ram:ChargeAmount></ram:NetPriceProductTradePrice>
   </ram:SpecifiedSupplyChainTradeAgreement>
   <ram:SpecifiedSupplyChainTradeDelivery><ram:BilledQuantity unitCode="C62">20.0000</ram:BilledQuantity>
   </ram:SpecifiedSupplyChainTradeDelivery>
   <ram:SpecifiedSupplyChainTradeSettlement><ram:SpecifiedTradeSettlementMonetarySummation>
    <ram:LineTotalAmount currencyID="EUR">198.00</ram:LineTotalAmount></ram:SpecifiedTradeSettlementMonetarySummation>
   </ram:SpecifiedSupplyChainTradeSettlement>
   <ram:SpecifiedTradeProduct><ram:Name>Trennblätter A4</ram:Name></ram:SpecifiedTradeProduct>
  </ram:IncludedSupplyChainTradeLineItem>
 </rsm:SpecifiedSupplyChainTradeTransaction>
</rsm:CrossIndustryDocument>""".encode()


def hybrid(profile: str, document: str = "invoice-01") -> bytes:
    """A sample as a PDF/A-3 with its XML, checked against the profile's schema by the package that makes it."""
    xml = cross_industry_invoice(profile)
    assert xml_check_xsd(xml, flavor="factur-x", level=profile)
    made: bytes = generate_from_binary(sample(document).read_bytes(), xml, flavor="factur-x", level=profile)
    return made


@pytest.mark.parametrize("profile", PROFILES)
def test_a_hybrid_invoice_carries_its_own_truth(tmp_path: Path, profile: str) -> None:
    """What each profile of Factur-X says is expected, and what it does not say does not count."""
    (tmp_path / "a.pdf").write_bytes(hybrid(profile))
    (found,) = load_truths(tmp_path)
    lined = profile not in ("minimum", "basicwl")
    paid = {} if profile == "minimum" else PAID
    assert found.schema.name == "invoice"
    assert found.inside
    assert found.data == {**HEAD, **paid, **({"line_items": LINES} if lined else {})}


def test_an_invoice_of_the_first_zugferd_carries_its_truth(tmp_path: Path) -> None:
    """Its elements have other names, its file too."""
    assert xml_check_xsd(ZUGFERD_1, flavor="zugferd")
    with pymupdf.open(sample("invoice-01")) as pdf:
        pdf.embfile_add("terms.xml", b"<terms/>")
        pdf.embfile_add("ZUGFeRD-invoice.xml", ZUGFERD_1)
        pdf.save(tmp_path / "a.pdf")
    (found,) = load_truths(tmp_path)
    assert found.data == {**HEAD, **PAID, "line_items": LINES}


def test_the_truth_is_taken_out_before_anybody_reads(tmp_path: Path) -> None:
    """What a model is shown comes from a PDF without files in it that looks the same and reads the same."""
    (tmp_path / "invoice-01.pdf").write_bytes(hybrid("en16931"))
    shown: list[ReadRequest] = []

    class Looking(Answering):
        def extract(self, requests: Any) -> Any:
            asked = list(requests)
            shown.extend(asked)
            return super().extract(asked)

    settings = load_settings()
    (truth,) = load_truths(tmp_path)
    found = run([truth], settings, model=Looking(the_truth))
    source = shown[0].views[0].page.source
    assert source.data is not None
    with pymupdf.open(stream=source.data) as stripped, pymupdf.open(sample("invoice-01")) as plain:
        everything = b"".join(
            stripped.xref_stream(number) or b""
            for number in range(1, stripped.xref_length())
            if stripped.xref_is_stream(number)
        )
        assert b"CrossIndustryInvoice" not in everything
        assert stripped.embfile_count() == 0
        assert stripped[0].get_text() == plain[0].get_text()
        assert stripped[0].get_pixmap().samples == plain[0].get_pixmap().samples
    assert found.records[0].data["total"] == Decimal("2665.20")
    assert found.scores[0].outcomes[0].verdict == "wrong"  # the XML of this test is of another invoice
    with Renderer(settings) as renderer:
        assert renderer.without_files(open_source(tmp_path / "invoice-01.pdf")) == source.data


def test_a_truth_beside_a_document_goes_before_the_one_inside(tmp_path: Path) -> None:
    """A person who wrote it down knows better."""
    (tmp_path / "a.pdf").write_bytes(hybrid("basic"))
    (tmp_path / "a.expected.json").write_text('{"total": 1}', "utf-8")
    (found,) = load_truths(tmp_path, schema="invoice")
    assert (found.data, found.inside) == ({"total": Decimal(1)}, False)


def test_other_files_in_a_pdf_are_no_truth(tmp_path: Path) -> None:
    """Entities, damaged XML and orders are passed over, as is a PDF that cannot be opened."""
    with pymupdf.open(sample("invoice-01")) as pdf:
        pdf.embfile_add("bomb.xml", b'<!DOCTYPE a [<!ENTITY b "b">]><CrossIndustryInvoice>&b;</CrossIndustryInvoice>')
        pdf.embfile_add("half.xml", b"<CrossIndustryInvoice>")
        pdf.embfile_add("order.xml", b"<SCRDMCCBDACIOMessageStructure/>")
        pdf.embfile_add("factur-x.txt", cross_industry_invoice("basic"))
        out = io.BytesIO()
        pdf.save(out)
    (tmp_path / "a.pdf").write_bytes(out.getvalue())
    (tmp_path / "b.pdf").write_bytes(b"%PDF-1.7\n")
    with pytest.raises(UsageError, match="no document has a truth beside it"):
        load_truths(tmp_path)
