"""The receipts: shops, what was bought and how the till prints go in here; samples come out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from samples.make.press import fill
from samples.make.sample import Sample
from samples.make.scanner import Ending, Scan
from samples.make.sheet import Sheet, read_schema
from samples.make.trade import Labels, Line, cents, line

DASHES, RULE, THICK, NONE = "0.25mm dashed #333", "0.2mm solid #333", "0.5mm solid #222", "none"


@dataclass(frozen=True)
class Receipt:
    """The content and the look of one receipt. `rate` is the tax in percent that the prices include, or with
    `tax_on_top` do not include yet; None where the receipt prints no tax."""

    merchant: str
    address: str
    lines: tuple[Line, ...]
    rate: str | None
    dated: date | None
    font: str
    words: Labels
    contact: tuple[str, ...] = ()
    time: str | None = None
    time_text: str | None = None
    number: str | None = None
    number_label: str = ""
    date_label: str = ""
    time_label: str = ""
    till: str = ""
    paid_with: str | None = None
    given: Decimal | None = None
    tax_on_top: bool = False
    tax_table: tuple[str, ...] = ()
    rate_text: str = ""
    tax_mark: str = ""
    item_heads: tuple[str, ...] = ()
    style: str = "plain"
    when_first: bool = False
    card: tuple[str, ...] = ()
    foot: tuple[str, ...] = ()
    extra: tuple[tuple[str, str], ...] = ()
    size: str = "9.5pt"
    width: int = 76
    align: str = "center"
    rule: str = DASHES
    name_size: str = "1.35em"
    total_size: str = "1.25em"
    page: str = "A5"
    margin: str = "12mm"
    accent: str = "#333"
    template: str = "roll"


def _sample(
    name: str,
    receipt: Receipt,
    *,
    currency: str,
    language: str = "en",
    digits: str = "1,234.56",
    dates: str = "dd/MM/yyyy",
    sign: str = "",
    sign_after: bool = False,
    ending: Ending = "pdf",
    scan: Scan | None = None,
) -> Sample:
    sheet = Sheet(
        read_schema("receipt"), language=language, digits=digits, dates=dates, currency=currency, sign=sign, sign_after=sign_after
    )
    paid = sum((entry.amount for entry in receipt.lines), Decimal(0))
    subtotal: Decimal | None = None
    tax: Decimal | None = None
    total = paid
    if receipt.rate is not None:
        rate = Decimal(receipt.rate) / 100
        subtotal = paid if receipt.tax_on_top else cents(paid / (1 + rate))
        tax = cents(paid * rate) if receipt.tax_on_top else paid - subtotal
        total = subtotal + tax
    content: dict[str, Any] = vars(receipt) | {
        "words": {"code": "", "title": "", "subtotal": "", "tax": "", "change": "", **receipt.words},
        "subtotal": subtotal,
        "tax": tax,
        "total": total,
        "given": receipt.given or total,
        "net_first": tax is not None and not receipt.tax_table,
        "time_text": receipt.time_text or (receipt.time or "")[:5],
    }
    html = fill(f"receipt-{receipt.template}.html", d=content, s=sheet)
    return Sample(name, "receipt", sheet, html, ending=ending, scan=scan, roll=receipt.template == "roll")


def samples() -> list[Sample]:
    return [*_english(), *_german(), *_french()]


def _english() -> list[Sample]:
    return [
        _sample(
            "receipt-01",
            Receipt(
                "FERNDALE FOODS",
                "112 Northgate, Halifax HX1 1XF",
                (
                    line("SEMI SKIMMED MILK 2L", 2, "1.55"),
                    line("WHOLEMEAL BREAD 800G", 1, "1.40"),
                    line("FREE RANGE EGGS 12", 1, "3.15"),
                    line("BANANAS LOOSE", "0.865", "0.90", "kg"),
                    line("MATURE CHEDDAR 400G", 1, "3.80"),
                    line("CHOPPED TOMATOES 4PK", 1, "2.10"),
                    line("GROUND COFFEE 227G", 2, "4.25"),
                    line("WASHING UP LIQUID", 1, "1.19"),
                ),
                None,
                date(2024, 8, 24),
                "Inconsolata",
                {"total": "TOTAL", "paid": "", "change": "CHANGE"},
                contact=("Tel 01422 555 0131", "VAT 661 3308 91"),
                time="17:42:00",
                number="0417 0093 2218",
                number_label="RECEIPT NO",
                till="TILL 07",
                paid_with="VISA DEBIT",
                card=("CARD  **** **** **** 4471", "AUTH CODE 018832   CONTACTLESS"),
                foot=("YOU WERE SERVED BY NADIA", "THANK YOU FOR SHOPPING LOCALLY"),
                style="under",
                size="10.5pt",
            ),
            currency="GBP",
            sign="£",
        ),
        _sample(
            "receipt-02",
            Receipt(
                "Blue Heron Diner",
                "3306 Lakeshore Blvd\nDuluth, MN 55804",
                (
                    line("Walleye Sandwich", 2, "14.95"),
                    line("Patty Melt", 1, "12.50"),
                    line("Side Coleslaw", 1, "3.75"),
                    line("Iced Tea", 3, "2.95"),
                    line("Wild Rice Soup, cup", 1, "5.25"),
                    line("Blueberry Pie", 2, "6.00"),
                ),
                "8.875",
                date(2024, 7, 13),
                "Liberation Mono",
                {"subtotal": "Subtotal", "tax": "Tax", "total": "TOTAL", "paid": "", "change": "Change"},
                contact=("(218) 555-0150",),
                time="13:18:00",
                time_text="1:18 PM",
                number="20451",
                number_label="Check #",
                till="Table 14",
                paid_with="Mastercard",
                tax_on_top=True,
                style="first",
                when_first=True,
                foot=("Tip: ______________", "", "Come back soon!"),
                size="9pt",
                width=80,
            ),
            currency="USD",
            sign="$",
            dates="MM/dd/yyyy",
            ending="jpg",
            scan=Scan(150, 1.7, 0.8, 6, 0.86, 236, shadow=30, desk=70, colour=True, quality=50, seed=22),
        ),
        _sample(
            "receipt-03",
            Receipt(
                "The Copper Kettle",
                "9 Market Place, Ludlow SY8 1BS",
                (line("Flat white", 2, "3.40"), line("Pot of tea", 1, "2.80"), line("Lemon drizzle cake", 2, "3.95"), line("Cheese scone, butter", 1, "3.20")),
                None,
                date(2025, 3, 29),
                "Roboto Condensed",
                {"total": "Total", "paid": "Paid by", "change": "Change"},
                time="10:56:00",
                till="Your server today: Owen",
                paid_with="cash",
                given=Decimal("25.00"),
                foot=("Dogs welcome. Children too.",),
                style="first",
                rule=RULE,
                name_size="1.7em",
                size="10pt",
                width=72,
            ),
            currency="GBP",
            sign="£",
            dates="d MMM yyyy",
        ),
        _sample(
            "receipt-04",
            Receipt(
                "HOLLOWAY HARDWARE",
                "77 Mill Street, Macclesfield SK11 6NN",
                (
                    line("PAINT MATT WHITE 5L", 1, "24.99"),
                    line("MASKING TAPE 25MM", 3, "1.85"),
                    line("ROLLER SET 9IN", 1, "8.50"),
                    line("SANDPAPER ASSTD 10PK", 1, "4.25"),
                    line("DUST SHEET COTTON", 2, "11.00"),
                    line("FILLER 600G", 1, "3.99"),
                ),
                "20",
                date(2023, 4, 15),
                "Liberation Sans Narrow",
                {"total": "TOTAL", "paid": "", "change": "CHANGE DUE", "code": "GBP"},
                contact=("01625 555 0122", "VAT REG 402 1187 66"),
                time="09:31:00",
                number="H-118204",
                number_label="Trans. no.",
                till="OP 03",
                paid_with="CASH",
                given=Decimal("80.00"),
                tax_table=("VAT", "NET", "TAX", "GROSS"),
                rate_text="A 20%",
                tax_mark="A",
                style="under",
                foot=("REFUNDS WITHIN 28 DAYS WITH THIS RECEIPT",),
                align="left",
                size="9.5pt",
            ),
            currency="GBP",
            ending="jpg",
            scan=Scan(200, -1.1, 1.0, 7, 0.55, 242, bands=0.35, quality=42, specks=8, seed=24),
        ),
        _sample(
            "receipt-05",
            Receipt(
                "Castle City Cabs",
                "Unit 2, Station Arches\nEdinburgh EH1 1BB",
                (line("Airport (EDI) to Leith Walk", 1, "31.40"), line("Airport drop-off charge", 1, "5.00"), line("Luggage", 2, "0.50")),
                None,
                date(2024, 11, 6),
                "Cantarell",
                {"title": "Receipt", "total": "Fare paid", "paid": "Payment method"},
                contact=("0131 555 0190",),
                time="22:05:00",
                time_text="22:05",
                number="CC-90417-B",
                number_label="Receipt No.",
                date_label="Date",
                time_label="Time",
                extra=(("Driver", "Plate 1128 – M. Osei"),),
                paid_with="Contactless card",
                item_heads=("Journey", "Qty", "Amount"),
                foot=("Lost something? Call us within 14 days.",),
                page="A6",
                margin="9mm",
                size="8.6pt",
                accent="#c58a00",
                template="slip",
            ),
            currency="GBP",
            sign="£",
            dates="EEE d MMMM yyyy",
        ),
        _sample(
            "receipt-06",
            Receipt(
                "Lantern & Loom",
                "58 Hudson Street, Portland, ME 04101",
                (line("Merino throw, oatmeal", 1, "128.00"), line("Beeswax candle, tall", 4, "14.50"), line("Linen napkins, set of 6", 2, "42.00"), line("Shipping, ground", 1, "9.80")),
                "5.5",
                date(2024, 12, 11),
                "Lato",
                {"title": "Payment receipt", "subtotal": "Subtotal", "tax": "Sales tax 5.5%", "total": "Total paid", "paid": "Paid with"},
                contact=("orders@lanternandloom.example",),
                number="LL-2024-30817",
                number_label="Receipt",
                date_label="Date paid",
                paid_with="Amex ending 1009",
                tax_on_top=True,
                item_heads=("Item", "Quantity", "Price"),
                extra=(("Ordered by", "Rosalind Pettigrew"),),
                foot=("Returns are free within 30 days of delivery.",),
                accent="#6a4c7d",
                size="9.4pt",
                template="slip",
            ),
            currency="USD",
            sign="$",
            dates="MMMM d, yyyy",
        ),
        _sample(
            "receipt-07",
            Receipt(
                "WHARFSIDE CAR PARK",
                "Canal Street, Leeds LS11 5BD",
                (line("PARKING 4 HOURS", 1, "9.60"),),
                "20",
                date(2024, 2, 18),
                "Liberation Mono",
                {"subtotal": "EXCL VAT", "tax": "VAT 20.00%", "total": "PAID", "paid": "BY"},
                time="14:07:33",
                time_text="14:07:33",
                number="005518",
                number_label="TICKET",
                date_label="DATE",
                time_label="TIME",
                till="PAY STATION 2",
                paid_with="CARD",
                foot=("KEEP THIS TICKET. EXIT WITHIN 20 MINUTES.",),
                when_first=True,
                size="9pt",
                width=70,
                rule=NONE,
            ),
            currency="GBP",
            sign="£",
            scan=Scan(200, 1.4, 1.0, 8, 0.7, 240, bands=0.3, shadow=20, quality=45, seed=27),
        ),
    ]  # fmt: skip


def _german() -> list[Sample]:
    return [
        _sample(
            "receipt-08",
            Receipt(
                "Frischmarkt Hellweg",
                "Bahnhofstr. 21\n59423 Unna",
                (
                    line("VOLLMILCH 3,5 % 1L", 3, "1.19"),
                    line("ROGGENMISCHBROT", 1, "2.79"),
                    line("BIO-EIER 10ER", 1, "3.49"),
                    line("GOUDA JUNG SCHEIBEN", 2, "2.29"),
                    line("ÄPFEL BRAEBURN", "1.246", "2.49", "kg"),
                    line("BUTTER MILD 250G", 2, "2.39"),
                    line("KARTOFFELN 2,5KG", 1, "3.54"),
                ),
                "7",
                date(2024, 9, 27),
                "Inconsolata",
                {"total": "SUMME", "paid": "", "change": "Rückgeld", "code": "EUR"},
                contact=("Tel. 02303 555 017", "UID DE 815 226 403"),
                time="18:24:00",
                number="4417",
                number_label="Bon-Nr.",
                till="Kasse 3",
                paid_with="Girocard",
                tax_table=("MwSt", "Netto", "Steuer", "Brutto"),
                rate_text="B 7 %",
                style="under",
                tax_mark="B",
                foot=("Es bediente Sie Frau Yildiz", "Vielen Dank für Ihren Einkauf!"),
                size="10.5pt",
            ),
            currency="EUR",
            language="de",
            digits="1.234,56",
            dates="dd.MM.yyyy",
            ending="png",
            scan=Scan(150, -0.8, 0.6, 3, 0.66, 250, bands=0.4, specks=5, seed=28),
        ),
        _sample(
            "receipt-09",
            Receipt(
                "Tankstelle Ehlers",
                "Bremer Straße 140, 27283 Verden",
                (line("Super E10  Säule 4", 1, "71.43"), line("Scheibenreiniger 3 l", 1, "6.49"), line("Kaffee groß", 2, "2.90")),
                "19",
                date(2023, 8, 19),
                "Liberation Mono",
                {"total": "Gesamt", "paid": "Bezahlt mit", "change": "", "code": "EUR"},
                contact=("Tel. 04231 555 044",),
                time="07:52:00",
                number="118-00472",
                number_label="Beleg-Nr.",
                date_label="Datum",
                time_label="Uhrzeit",
                paid_with="EC-Karte",
                tax_table=("MwSt.", "Netto", "MwSt.", "Brutto"),
                rate_text="19 %",
                style="under",
                foot=("St.-Nr. 48/112/00871", "Gute Fahrt!"),
                when_first=True,
                size="9pt",
                width=80,
            ),
            currency="EUR",
            language="de",
            digits="1.234,56",
            dates="dd.MM.yy",
            ending="jpg",
            scan=Scan(150, -1.9, 0.7, 6, 0.8, 232, shadow=40, desk=60, colour=True, quality=48, fold=True, seed=29),
        ),
        _sample(
            "receipt-10",
            Receipt(
                "Linden-Apotheke",
                "Kirchgasse 5, 65183 Wiesbaden",
                (line("Ibuprofen 400 mg, 20 St.", 1, "6.98"), line("Nasenspray Meersalz", 2, "5.45"), line("Pflaster sensitiv, 1 m", 1, "3.80"), line("Zahnpasta Kamille", 1, "2.95")),
                "19",
                date(2025, 2, 12),
                "Carlito",
                {"title": "Kassenbon", "subtotal": "Nettobetrag", "tax": "MwSt. 19 %", "total": "Zu zahlen", "paid": "Zahlungsart"},
                contact=("Inhaberin Dr. Sabine Wolff",),
                number="25-02-1186",
                number_label="Belegnummer",
                date_label="Datum",
                paid_with="bar",
                item_heads=("Artikel", "Anzahl", "Betrag"),
                foot=("Alle Preise inkl. MwSt. Gute Besserung!",),
                page="A6",
                margin="8mm",
                size="8.4pt",
                accent="#a4142c",
                template="slip",
            ),
            currency="EUR",
            language="de",
            digits="1.234,56",
            dates="d. MMMM yyyy",
            sign="€",
            sign_after=True,
        ),
    ]  # fmt: skip


def _french() -> list[Sample]:
    return [
        _sample(
            "receipt-11",
            Receipt(
                "BOULANGERIE AU LEVAIN D'OR",
                "18 rue Saint-Michel\n49100 ANGERS",
                (line("BAGUETTE TRADITION", 3, "1.30"), line("PAIN AUX CEREALES", 1, "3.20"), line("CROISSANT BEURRE", 4, "1.25"), line("TARTE CITRON 6P", 1, "18.50")),
                "5.5",
                date(2024, 6, 30),
                "Liberation Sans Narrow",
                {"total": "TOTAL TTC", "paid": "", "change": "RENDU"},
                contact=("02 41 55 01 28",),
                time="09:14:00",
                number="7742",
                number_label="TICKET N°",
                till="CAISSE 1",
                paid_with="ESPECES",
                given=Decimal("40.00"),
                tax_table=("TAUX", "HT", "TVA", "TTC"),
                rate_text="5,50 %",
                style="first",
                foot=("MERCI DE VOTRE VISITE", "OUVERT LE DIMANCHE MATIN"),
                size="10pt",
                width=74,
            ),
            currency="EUR",
            language="fr",
            digits="1 234,56",
            sign="€",
            sign_after=True,
            ending="jpg",
            scan=Scan(180, 1.0, 0.8, 5, 0.62, 246, bands=0.3, quality=45, shadow=25, seed=31),
        ),
        _sample(
            "receipt-12",
            Receipt(
                "Le Petit Quai",
                "3, quai des Chartrons, 33000 Bordeaux",
                (line("Menu du jour", 2, "19.50"), line("Entrecôte, frites", 1, "24.00"), line("Verre de Graves", 3, "6.50"), line("Eau gazeuse 1 l", 1, "5.00"), line("Café gourmand", 2, "8.50"), line("Crème brûlée", 1, "7.50")),
                "10",
                date(2025, 5, 17),
                "Linux Biolinum O",
                {"total": "À payer", "paid": "Réglé par", "change": ""},
                contact=("Tél. 05 56 55 01 73", "SIRET 512 087 334 00019"),
                time="14:02:00",
                time_text="14h02",
                number="0001266",
                number_label="Note n°",
                till="Table 8 – 3 couverts",
                paid_with="carte bancaire",
                tax_table=("TVA", "Base HT", "Montant", "TTC"),
                rate_text="10 %",
                item_heads=("", "Qté", ""),
                style="columns",
                foot=("Prix nets, service compris.",),
                when_first=True,
                rule=RULE,
                name_size="1.9em",
                size="10.5pt",
                width=80,
            ),
            currency="EUR",
            language="fr",
            digits="1 234,56",
            sign="€",
            sign_after=True,
        ),
    ]  # fmt: skip
