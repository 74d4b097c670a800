"""The invoices: their senders, lines and looks go in here; samples come out."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from samples.make.press import fill
from samples.make.sample import Sample
from samples.make.scanner import Ending, Scan
from samples.make.sheet import Sheet, read_schema
from samples.make.trade import Labels, Line, Paper, Party, Sums, iban, line

ENGLISH = {
    "title": "INVOICE", "number": "Invoice No.", "date": "Invoice date", "due": "Due date", "order": "PO number", "tax_id": "VAT No.",
    "to": "Bill to", "from": "From", "currency": "Currency", "description": "Description", "quantity": "Qty", "unit_price": "Unit price",
    "amount": "Amount", "subtotal": "Subtotal", "tax": "VAT 20%", "total": "Total due", "pay": "Payment details", "bank": "Bank", "iban": "IBAN",
    "regards": "", "page": "Page",
}  # fmt: skip
GERMAN = ENGLISH | {
    "title": "Rechnung", "number": "Rechnungsnummer", "date": "Rechnungsdatum", "due": "Zahlbar bis", "order": "Ihre Bestellung", "tax_id": "USt-IdNr.",
    "to": "Rechnungsempfänger", "from": "Von", "currency": "Währung", "description": "Bezeichnung", "quantity": "Menge", "unit_price": "Einzelpreis",
    "amount": "Gesamt", "subtotal": "Nettobetrag", "tax": "zzgl. 19 % MwSt.", "total": "Rechnungsbetrag", "pay": "Bankverbindung", "bank": "Bank",
    "regards": "Mit freundlichen Grüßen", "page": "Seite",
}  # fmt: skip
FRENCH = ENGLISH | {
    "title": "Facture n°", "number": "Facture n°", "date": "Date", "due": "Échéance", "order": "Votre référence", "tax_id": "TVA intracommunautaire :",
    "to": "Facturé à", "from": "Émetteur", "currency": "Devise", "description": "Désignation", "quantity": "Qté", "unit_price": "P.U. HT",
    "amount": "Montant HT", "subtotal": "Total HT", "tax": "TVA 20 %", "total": "Total TTC", "pay": "Règlement par virement", "bank": "Banque",
    "page": "Page",
}  # fmt: skip


@dataclass(frozen=True)
class Invoice:
    """The content of one invoice."""

    number: str
    dated: date
    supplier: Party
    customer: Party
    lines: tuple[Line, ...]
    rate: str | None
    due: date | None = None
    order: str | None = None
    iban: str | None = None
    bic: str = ""
    bank: str = ""
    closing: str = ""
    opening: str = ""
    signed: str = ""
    legal: str = ""
    secret: str = ""
    extra: tuple[tuple[str, str], ...] = ()
    show_currency: bool = False
    columns: tuple[str, ...] = ("description", "quantity", "unit_price", "amount")
    labels: Labels = field(default_factory=dict)


def _sample(
    name: str,
    invoice: Invoice,
    paper: Paper,
    labels: Labels,
    *,
    currency: str,
    language: str = "en",
    digits: str = "1,234.56",
    dates: str = "d MMMM yyyy",
    sign: str = "",
    sign_after: bool = False,
    ending: Ending = "pdf",
    scan: Scan | None = None,
) -> Sample:
    sheet = Sheet(
        read_schema("invoice"), language=language, digits=digits, dates=dates, currency=currency, sign=sign, sign_after=sign_after
    )
    sums = Sums(invoice.lines, None if invoice.rate is None else Decimal(invoice.rate))
    content: dict[str, Any] = {"fill": 30, "height": 297, "signs": False}
    content |= vars(invoice) | vars(paper) | dict(paper.options) | {"subtotal": sums.subtotal, "tax": sums.tax, "total": sums.total}
    html = fill(f"invoice-{paper.template}.html", d=content, s=sheet, t={**labels, **invoice.labels})
    hidden = {"/total": invoice.secret} if invoice.secret else None
    return Sample(name, "invoice", sheet, html, ending=ending, scan=scan, hidden=hidden)


def samples() -> list[Sample]:
    return [*_english(), *_german(), *_french()]


def _english() -> list[Sample]:
    return [
        _sample(
            "invoice-01",
            Invoice(
                "INV-2024-0386",
                date(2024, 9, 17),
                Party("Harbour Lane Joinery Ltd", ("Unit 6, Wharf Road Estate", "Bristol BS2 0QA", "United Kingdom"), ("0117 496 0142", "accounts@harbourlanejoinery.example"), "GB 318 4471 06"),
                Party("Whitcombe & Daughters", ("41 Clifton Down Road", "Bristol BS8 4AN")),
                (
                    line("Oak shelving unit, 1800 mm", 3, "245.00"),
                    line("Window seat with storage", 1, "680.00"),
                    line("Brass cabinet handles", 24, "6.75"),
                    line("Fitting on site (hours)", "14.5", "42.00"),
                    line("Delivery within Bristol", 1, "35.00"),
                ),
                "20",
                due=date(2024, 10, 17),
                order="WD-1174",
                iban=iban("GB", "MIDL40051531926819"),
                bic="MIDLGB22",
                bank="Severn Bank, Bristol",
                closing="Please quote the invoice number with your payment. Thank you for your business.",
                show_currency=True,
            ),
            Paper("classic", "Lato", "#2b5d63"),
            ENGLISH | {"tax": "VAT (20%)"},
            currency="GBP",
            sign="£",
        ),
        _sample(
            "invoice-02",
            Invoice(
                "10482",
                date(2025, 2, 5),
                Party("Copper Ridge Electric", ("2207 Juniper Avenue", "Boulder, CO 80304"), ("(303) 555-0164", "billing@copperridge.example"), "84-3127745", "Licensed commercial electricians since 1998"),
                Party("Tallgrass Veterinary Clinic", ("918 Pearl Street, Suite 3", "Boulder, CO 80302")),
                (
                    line("LED panel light, 2 x 4 ft", 18, "94.50"),
                    line("Occupancy sensor, ceiling mount", 6, "58.25"),
                    line("Electrician, regular hours", 22, "88.00"),
                    line("Electrician, after hours", "4.5", "132.00"),
                    line("Permit and inspection fee", 1, "215.00"),
                    line("Disposal of old fixtures", 18, "4.00"),
                ),
                "4.7",
                due=date(2025, 3, 7),
                order="TVC-2025-014",
                closing="Make checks payable to Copper Ridge Electric. Balances past due bear interest at 1.5% per month.",
            ),
            Paper("band", "Roboto", "#9a4a1f", "Letter"),
            ENGLISH | {"number": "Invoice #", "date": "DATE", "due": "PAYMENT DUE", "order": "YOUR ORDER", "to": "BILL TO", "from": "FROM", "tax_id": "EIN", "tax": "Sales tax (4.7%)", "total": "Amount due", "unit_price": "Rate", "amount": "Total"},
            currency="USD",
            sign="$",
            dates="MMMM d, yyyy",
        ),
        _sample(
            "invoice-03",
            Invoice(
                "SI/08817",
                date(2023, 11, 28),
                Party("PENNINE FASTENERS & TOOLS LTD", ("Aire Mill, Canal Side", "Keighley BD21 4PT"), ("Tel. 01535 555 0188",), "GB 502 7719 34"),
                Party("J. Ackroyd Building Services", ("17 Station Approach", "Skipton BD23 1UP")),
                (
                    line("Coach screws M8 x 80 zinc (box 100)", 4, "18.60"),
                    line("Joist hangers 47 x 195 mm", 60, "1.42"),
                    line("Wall plugs brown (tub 500)", 2, "9.95"),
                    line("SDS drill bit set, 7 piece", 1, "27.50"),
                    line("Expanding foam 750 ml", 12, "5.30"),
                    line("Decking screws 4.5 x 65 green (1000)", 3, "31.80"),
                    line("Masonry nails 50 mm (kg)", "2.5", "6.40"),
                ),
                "20",
                due=date(2023, 12, 28),
                order="JA 4471",
                closing="Goods remain the property of the seller until paid for in full. Claims within 7 days of delivery.",
                iban=iban("GB", "YORK30921400876543"),
                bank="Yorkdale Bank",
                show_currency=True,
            ),
            Paper("boxed", "Liberation Sans", options={"fill": 62}),
            ENGLISH | {"title": "TAX INVOICE", "to": "Invoice to", "order": "Your order no.", "due": "Payment due", "date": "Date / tax point", "tax_id": "VAT reg. no.", "subtotal": "Goods total", "tax": "VAT @ 20%", "total": "INVOICE TOTAL", "quantity": "Quantity", "pay": "Pay to"},
            currency="GBP",
            dates="dd/MM/yyyy",
            ending="jpg",
            scan=Scan(150, 0.9, 0.7, 5, 0.9, 244, shadow=50, holes=True, quality=38, seed=3),
        ),
        _sample(
            "invoice-04",
            Invoice(
                "27",
                date(2024, 5, 14),
                Party("Imogen Farrow", ("Studio 3, The Old Dairy", "Totnes TQ9 5HR"), ("imogen@farrowletterpress.example",)),
                Party("Saltmarsh Press", ("8 Quay Street", "Exeter EX2 4AP")),
                (
                    line("Cover illustration, “The Tide Clock”", 1, "850.00"),
                    line("Chapter ornaments", 12, "35.00"),
                    line("Second round of corrections", 3, "48.00", note="as agreed by telephone on 2 May"),
                ),
                None,
                closing="Payment within 30 days, please. I am not registered for VAT.",
            ),
            Paper("minimal", "EB Garamond", "#5b2b3a", size="11.5pt"),
            ENGLISH | {"to": "For", "number": "Invoice", "date": "Date", "total": "Total", "quantity": "Number", "unit_price": "Each"},
            currency="GBP",
            sign="£",
        ),
        _sample(
            "invoice-05",
            Invoice(
                "NWL-55120",
                date(2024, 12, 3),
                Party("Northwind Logistics", ("400 Terminal Way", "Tacoma, WA 98421"), ("206-555-0117", "ar@northwindlog.example"), "91-2046618"),
                Party("Bellweather Coffee Roasters", ("1519 Harbor Avenue SW", "Seattle, WA 98126")),
                (
                    line("Pallet storage, November", 46, "12.50", "pal."),
                    line("Inbound handling", 31, "8.75"),
                    line("Order picking, cartons", 1284, "0.65"),
                    line("Line haul SEA-PDX", 4, "420.00"),
                    line("Fuel surcharge", 4, "57.30"),
                ),
                "10.1",
                due=date(2024, 12, 18),
                order="PO 7783",
                closing="Questions? Call our billing desk, Monday to Friday, 8 am to 5 pm.",
            ),
            Paper("sidebar", "Cantarell", "#27446e", "Letter", options={"height": 279, "signs": True}),
            ENGLISH | {"title": "Invoice", "number": "Invoice number", "date": "Issue date", "tax_id": "Tax ID", "tax": "Tax 10.1%", "total": "Balance due", "unit_price": "Rate", "to": "Billed to"},
            currency="USD",
            sign="$",
            dates="MMM d, yyyy",
        ),
        _sample(
            "invoice-06",
            Invoice(
                "G-24/1093",
                date(2024, 7, 31),
                Party("Greenhithe Catering Supplies Ltd", ("Trading Estate Road", "Dartford DA1 5PZ"), ("01322 555 019", "sales@greenhithe.example"), "GB 744 0128 55"),
                Party("St Anselm's College Kitchens", ("Refectory Lane", "Canterbury CT1 2QX")),
                _CATERING,
                "20",
                due=date(2024, 8, 30),
                order="CK-0719",
                closing="All prices in pounds sterling. E. & O. E.",
                iban=iban("GB", "KENT60161331926020"),
                bank="Medway Bank",
            ),
            Paper("ledger", "Liberation Sans"),
            ENGLISH | {"title": "Invoice", "order": "Order no.", "total": "Invoice total", "pay": "Please pay to", "to": "Sold to"},
            currency="GBP",
            sign="£",
            dates="dd MMM yyyy",
        ),
        _sample(
            "invoice-07",
            Invoice(
                "A-3316",
                date(2022, 3, 22),
                Party("MARLOW MARINE ENGINEERS", ("The Slipway", "Falmouth TR11 3XP"), ("TEL 01326 555014   FAX 01326 555015",), "GB 291 0067 18"),
                Party("Penrose Charter Boats", ("Custom House Quay", "Falmouth TR11 3JT")),
                (
                    line("Haul out and pressure wash, 38 ft", 1, "310.00"),
                    line("Anodes, shaft 1 1/2 inch", 4, "22.40"),
                    line("Antifouling paint, 5 l", 3, "118.95"),
                    line("Labour, engineer", 16, "46.00"),
                    line("Sea water pump impeller", 2, "39.10"),
                ),
                "20",
                due=date(2022, 4, 21),
                closing="TERMS 30 DAYS NET",
            ),
            Paper("ledger", "Liberation Mono"),
            ENGLISH | {"total": "TOTAL GBP", "number": "NUMBER", "date": "DATE", "due": "DUE", "to": "TO", "tax_id": "VAT NO"},
            currency="GBP",
            dates="dd.MM.yy",
            ending="tif",
            scan=Scan(200, -1.3, 0.9, 16, 0.95, 246, fax=True, specks=160, seed=7),
        ),
        _sample(
            "invoice-08",
            Invoice(
                "2024-0611-A",
                date(2024, 6, 11),
                Party("Liffey Data Consulting", ("12 Merchant's Quay", "Dublin D08 HX5W", "Ireland"), ("hello@liffeydata.example",), "IE 6388047V", "Data engineering and training"),
                Party("Kestrel Insurance DAC", ("Block 4, Harcourt Yard", "Dublin D02 XE81")),
                (
                    line("Warehouse migration, phase 2", 18, "720.00", "days"),
                    line("Training workshop, 2 days", 1, "2400.00"),
                    line("Travel at cost", 1, "186.40"),
                ),
                "23",
                due=date(2024, 7, 11),
                order="KI-88120",
                iban=iban("IE", "AIBK93115212345678"),
                bic="AIBKIE2D",
                bank="Anna Livia Bank, Dame Street",
                closing="Please pay by bank transfer within 30 days.",
                secret="Total due €1,890.00",
            ),
            Paper("band", "Caladea", "#1f5a45"),
            ENGLISH | {"number": "No.", "tax": "VAT 23%", "total": "Total", "unit_price": "Price", "order": "Your reference"},
            currency="EUR",
            sign="€",
        ),
    ]  # fmt: skip


def _german() -> list[Sample]:
    return [
        _sample(
            "invoice-09",
            Invoice(
                "RE-2024-1187",
                date(2024, 10, 8),
                Party("Bergmann Gartenbau GmbH", ("Lindenstraße 48", "79102 Freiburg"), ("Tel. 0761 555 01 23", "info@bergmann-gartenbau.example"), "DE 287 334 915", "Gärten · Höfe · Dachbegrünung"),
                Party("Hausverwaltung Sommerfeld KG", ("Frau Annette Kübler", "Schillerplatz 3", "79098 Freiburg")),
                (
                    line("Hecke schneiden, inkl. Abfuhr", "6.5", "54.00", "Std."),
                    line("Rollrasen liefern und verlegen", 85, "11.90", "m²"),
                    line("Felsenbirne, 3 x verpflanzt, 200–250 cm", 4, "189.00", "St."),
                    line("Mutterboden, gesiebt", 12, "38.50", "m³"),
                ),
                "19",
                due=date(2024, 10, 22),
                order="HS-2231",
                iban=iban("DE", "680501010012345678"),
                bic="FRSPDE66XXX",
                bank="Sparkasse Dreisamtal",
                opening="Sehr geehrte Frau Kübler, für die Arbeiten am Objekt Wiehrestraße 20 berechnen wir Ihnen wie vereinbart:",
                closing="Bitte überweisen Sie den Betrag ohne Abzug.",
                signed="Jörg Bergmann",
                extra=(("Kundennummer", "10432"), ("Leistungszeitraum", "September 2024")),
            ),
            Paper("din", "Carlito", "#3c6e2f", options={"signs": True}),
            GERMAN,
            currency="EUR",
            language="de",
            digits="1.234,56",
            dates="dd.MM.yyyy",
            sign="€",
            sign_after=True,
        ),
        _sample(
            "invoice-10",
            Invoice(
                "2023/0417",
                date(2023, 6, 15),
                Party("Kühn & Partner Elektrotechnik", ("Am Hafen 7", "24103 Kiel"), ("Telefon 0431 555 07 70",), "DE 198 276 540"),
                Party("Bäckerei Petersen e. K.", ("Holstenstraße 112", "24103 Kiel")),
                (
                    line("Drehstromzähler, geeicht", 2, "148.00"),
                    line("Leitung NYM-J 5 x 2,5 mm² (Ring 50 m)", 3, "92.75"),
                    line("Sicherungsautomat B16, einpolig", 14, "4.85"),
                    line("Montage Monteur, je Stunde", "19.5", "58.00"),
                    line("Anfahrt", 3, "25.00"),
                ),
                "19",
                due=date(2023, 6, 29),
                iban=iban("DE", "210501700998877665"),
                bank="Fördebank Kiel",
                closing="Zahlbar ohne Abzug. Die Ware bleibt bis zur vollständigen Bezahlung unser Eigentum.",
                show_currency=True,
            ),
            Paper("boxed", "Liberation Sans Narrow", options={"fill": 74}),
            GERMAN | {"title": "RECHNUNG", "subtotal": "Summe netto", "tax": "MwSt. 19 %", "total": "Gesamtbetrag", "order": "Ihr Zeichen", "due": "Fällig am"},
            currency="EUR",
            language="de",
            digits="1.234,56",
            dates="dd.MM.yyyy",
            scan=Scan(160, -1.6, 0.7, 4, 0.86, 240, shadow=70, quality=38, fold=True, seed=10),
        ),
        _sample(
            "invoice-11",
            Invoice(
                "14-2025",
                date(2025, 1, 20),
                Party("Textbüro Ines Halvorsen", ("Gustav-Adolf-Straße 15", "04105 Leipzig"), ("0341 555 0192", "post@textbuero-halvorsen.example")),
                Party("Museum für Druckkunst Wurzen", ("Domplatz 2", "04808 Wurzen")),
                (
                    line("Lektorat Ausstellungskatalog", 64, "6.50", "Seiten"),
                    line("Objekttexte, deutsch und englisch", 22, "28.00"),
                    line("Korrektur der Druckfahnen", 5, "45.00", "Std."),
                ),
                None,
                due=date(2025, 2, 3),
                iban=iban("DE", "860555920110203040"),
                closing="Gemäß § 19 UStG wird keine Umsatzsteuer berechnet. Vielen Dank für den Auftrag!",
            ),
            Paper("minimal", "Roboto Condensed", "#333", size="10.5pt"),
            GERMAN | {"to": "An", "number": "Rechnung Nr.", "date": "Datum", "due": "Fällig am", "total": "Zu zahlen", "amount": "Betrag", "quantity": "Anzahl", "description": "Leistung"},
            currency="EUR",
            language="de",
            digits="1.234,56",
            dates="d. MMMM yyyy",
            sign="EUR",
            sign_after=True,
        ),
        _sample(
            "invoice-12",
            Invoice(
                "CH-70425",
                date(2024, 4, 23),
                Party("Rüegg Präzisionsteile AG", ("Industriestrasse 31", "8610 Uster"), ("Tel. 044 555 06 60", "verkauf@rueegg-teile.example"), "CHE-116.284.907 MWST", "Drehen · Fräsen · Schleifen"),
                Party("Seilbahnen Urserental AG", ("Einkauf", "Gotthardstrasse 110", "6490 Andermatt")),
                (
                    line("Rollenbolzen 16MnCr5, Zeichnung 4471-02", 120, "14.80", "Stk."),
                    line("Distanzhülse Ø 28 x 40", 240, "6.35", "Stk."),
                    line("Härten und Schleifen pauschal", 1, "980.00"),
                    line("Verpackung und Fracht", 1, "74.50"),
                ),
                "8.1",
                due=date(2024, 5, 23),
                order="4500118823",
                iban=iban("CH", "00700110000387254"),
                bic="ZKUSCHZZ80A",
                bank="Glattalbank Uster",
                opening="Wir danken für Ihre Bestellung und berechnen Ihnen gemäss unseren Lieferbedingungen:",
                closing="Zahlungsbedingungen: 30 Tage netto.",
                signed="Rüegg Präzisionsteile AG",
                extra=(("Lieferschein", "LS 20891"),),
            ),
            Paper("din", "Open Sans", "#a11d2b", size="9.4pt"),
            GERMAN | {"number": "Rechnung Nr.", "date": "Datum", "order": "Bestellnummer", "tax_id": "UID", "tax": "MWST 8.1 %", "total": "Total", "amount": "Betrag", "subtotal": "Zwischensumme", "unit_price": "Preis", "regards": "Freundliche Grüsse"},
            currency="CHF",
            language="de",
            digits="1'234.56",
            dates="dd.MM.yyyy",
            sign="CHF",
            ending="png",
            scan=Scan(150, 0.6, 0.5, 3, 0.97, 250, shadow=24, specks=6, seed=12),
        ),
    ]  # fmt: skip


def _french() -> list[Sample]:
    return [
        _sample(
            "invoice-13",
            Invoice(
                "FA-2024-0093",
                date(2024, 3, 29),
                Party("Imprimerie Delacourt SARL", ("23, rue des Tanneurs", "59000 Lille"), ("Tél. 03 20 55 01 44", "contact@imprimerie-delacourt.example"), "FR 41 482 390 117"),
                Party("Association Les Quais en Fête", ("5, place du Concert", "59800 Lille")),
                (
                    line("Affiches 40 x 60 cm, quadri recto", 500, "1.18"),
                    line("Dépliants 3 volets, papier 135 g", 4000, "0.09"),
                    line("Bâche PVC 300 x 80 cm avec œillets", 6, "64.00"),
                    line("Frais de mise en page", 1, "240.00"),
                    line("Livraison", 2, "18.50"),
                ),
                "20",
                due=date(2024, 4, 28),
                order="LQF 2024-07",
                iban=iban("FR", "20041010050500013M02606"),
                bic="PSSTFRPPLIL",
                bank="Banque des Flandres",
                closing="Pénalités de retard : trois fois le taux d'intérêt légal. Indemnité forfaitaire pour frais de recouvrement : 40 €.",
                legal="SARL au capital de 15 000 € – RCS Lille Métropole 482 390 117 – APE 1812Z",
                extra=(("Code client", "QUAIS"), ("Mode de règlement", "Virement 30 jours")),
            ),
            Paper("facture", "Open Sans", "#28508c", options={"signs": True}),
            FRENCH,
            currency="EUR",
            language="fr",
            digits="1 234,56",
            dates="dd/MM/yyyy",
            sign="€",
            sign_after=True,
        ),
        _sample(
            "invoice-14",
            Invoice(
                "2023-118",
                date(2023, 10, 16),
                Party("Menuiserie Vasseur et Fils", ("Zone artisanale du Moulin", "35500 Vitré"), ("02 99 55 01 70",), "FR 08 331 907 264"),
                Party("Mme Claire Le Goff", ("14, allée des Noyers", "35510 Cesson-Sévigné")),
                (
                    line("Porte d'entrée chêne, vitrage feuilleté", 1, "2150.00"),
                    line("Dépose de l'ancienne porte", 1, "180.00"),
                    line("Pose et réglage", 9, "48.00"),
                    line("Quincaillerie laiton", 1, "126.80"),
                ),
                "10",
                order="Devis 23-071",
                iban=iban("FR", "14410000011234567890163"),
                bank="Crédit du Bocage",
                bic="AGRIFRPP836",
                closing="Facture payable à réception.",
                legal="SARL Vasseur – RCS Rennes 331 907 264 – assurance décennale n° 55 0187 B",
                extra=(("Chantier", "Cesson-Sévigné"),),
            ),
            Paper("facture", "Linux Libertine O", "#6b4423"),
            FRENCH | {"title": "FACTURE N°", "date": "Date d'émission", "order": "Référence", "tax": "Montant TVA 10 %", "total": "Net à payer", "tax_id": "N° TVA", "to": "Client"},
            currency="EUR",
            language="fr",
            digits="1 234,56",
            dates="d MMMM yyyy",
            sign="€",
            sign_after=True,
            scan=Scan(150, 1.2, 0.8, 5, 0.82, 238, shadow=45, quality=40, colour=True, seed=14),
        ),
    ]  # fmt: skip


_CATERING = (
    line("Chopping board, polypropylene, red", 6, "14.20"),
    line("Chopping board, polypropylene, green", 6, "14.20"),
    line("Chopping board, polypropylene, blue", 4, "14.20"),
    line("Cook's knife 25 cm", 8, "31.50"),
    line("Paring knife 9 cm (pack of 6)", 3, "11.75"),
    line("Stock pot with lid, 24 l", 2, "68.90"),
    line("Sauté pan 28 cm, stainless", 5, "42.30"),
    line("Gastronorm tray 1/1, 65 mm", 20, "9.85"),
    line("Gastronorm tray 1/2, 100 mm", 20, "7.40"),
    line("Gastronorm lid 1/1", 20, "6.10"),
    line("Digital probe thermometer", 4, "23.95"),
    line("Ladle 150 ml", 6, "5.60"),
    line("Perforated spoon", 6, "4.95"),
    line("Mixing bowl 12 l", 5, "16.45"),
    line("Colander 36 cm", 2, "28.70"),
    line("Oven cloth, heavy duty", 24, "2.85"),
    line("Chef's jacket, white, M", 10, "19.90"),
    line("Chef's jacket, white, L", 12, "19.90"),
    line("Apron, navy stripe", 25, "7.25"),
    line("Blue nitrile gloves (box 100)", 30, "6.80"),
    line("Centrefeed roll, 2 ply (case 6)", 15, "12.99"),
    line("Sanitiser spray 750 ml (case 6)", 10, "17.60"),
    line("Degreaser 5 l", 8, "11.35"),
    line("Dishwasher tablets (tub 150)", 6, "24.80"),
    line("Rinse aid 10 l", 4, "21.50"),
    line("Food labels, day dots (roll 1000)", 14, "3.95"),
    line("Vacuum bags 200 x 300 (pack 100)", 12, "8.45"),
    line("Baking parchment 450 mm x 75 m", 9, "10.20"),
    line("Foil 450 mm x 75 m, heavy", 9, "15.75"),
    line("Cling film 450 mm x 300 m", 9, "9.65"),
    line("Storage box with lid, 22 l", 16, "13.30"),
    line("Squeeze bottle 700 ml", 20, "1.60"),
    line("Serving tray, oval, 46 cm", 10, "12.15"),
    line("Water jug, polycarbonate, 1.4 l", 24, "4.35"),
    line("Tumbler 255 ml (case 48)", 4, "33.60"),
    line("Dinner plate 27 cm (case 24)", 6, "58.80"),
    line("Soup bowl 23 cm (case 24)", 6, "54.00"),
    line("Table fork (dozen)", 20, "8.10"),
    line("Table knife (dozen)", 20, "10.50"),
    line("Dessert spoon (dozen)", 20, "8.10"),
    line("Carriage", 1, "24.00"),
)
