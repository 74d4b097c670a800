"""The purchase orders: buyers, suppliers and lines go in here; samples come out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from samples.make.press import fill
from samples.make.sample import Sample
from samples.make.scanner import Ending, Scan
from samples.make.sheet import Sheet, read_schema
from samples.make.trade import Labels, Line, Party, Sums, line

ENGLISH = {
    "title": "Purchase order", "number": "PO number", "date": "Order date", "delivery": "Deliver by", "terms": "Payment terms", "currency": "Currency",
    "supplier": "Supplier", "ship_to": "Deliver to", "item_number": "Item", "description": "Description", "quantity": "Qty", "unit_price": "Unit price",
    "amount": "Amount", "total": "Order total", "page": "Page",
}  # fmt: skip
GERMAN = ENGLISH | {
    "title": "Bestellung", "number": "Bestellnummer", "date": "Bestelldatum", "delivery": "Liefertermin", "terms": "Zahlungsbedingungen", "currency": "Währung",
    "supplier": "Lieferant", "ship_to": "Lieferanschrift", "item_number": "Artikel-Nr.", "description": "Bezeichnung", "quantity": "Menge",
    "unit_price": "Einzelpreis", "amount": "Gesamtpreis", "total": "Bestellwert netto", "page": "Seite",
}  # fmt: skip
FRENCH = ENGLISH | {
    "title": "Bon de commande", "number": "Commande n°", "date": "Date de commande", "delivery": "Date de livraison", "terms": "Conditions de paiement",
    "currency": "Devise", "supplier": "Fournisseur", "ship_to": "Livrer à", "item_number": "Réf.", "description": "Désignation", "quantity": "Qté",
    "unit_price": "P.U. HT", "amount": "Montant HT", "total": "Total HT", "page": "Page",
}  # fmt: skip


@dataclass(frozen=True)
class Order:
    """The content and the look of one order. Layouts: strip (a row of boxes) or list (label left of value)."""

    number: str
    dated: date
    buyer: Party
    supplier: Party
    lines: tuple[Line, ...]
    font: str
    delivery: date | None = None
    terms: str | None = None
    ship_to: tuple[str, ...] = ()
    extra: tuple[tuple[str, str], ...] = ()
    opening: str = ""
    closing: tuple[str, ...] = ()
    signer: str = ""
    show_currency: bool = False
    show_total: bool = True
    columns: tuple[str, ...] = ("item_number", "description", "quantity", "unit_price", "amount")
    layout: str = "strip"
    accent: str = "#222"
    tint: str = "#eee"
    weight: str = "bold"
    size: str = "9.2pt"
    margin: str = "15mm 16mm 18mm"
    page: str = "A4"
    party_css: str = ""
    label_css: str = "color: #666; font-size: 0.85em"
    head_css: str = "border-bottom: 0.4mm solid #333"
    row_css: str = "border-bottom: 0.15mm solid #ccc"


def _sample(
    name: str,
    order: Order,
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
        read_schema("purchase_order"), language=language, digits=digits, dates=dates, currency=currency, sign=sign, sign_after=sign_after
    )
    content: dict[str, Any] = vars(order) | {"total": Sums(order.lines, None).total}
    return Sample(name, "purchase_order", sheet, fill("order.html", d=content, s=sheet, t=labels), ending=ending, scan=scan)


def samples() -> list[Sample]:
    return [
        _sample(
            "order-01",
            Order(
                "PO-2024-0741",
                date(2024, 5, 22),
                Party("Calder Valley Brewing Co.", ("Salterhebble Mill", "Halifax HX3 0QB"), ("purchasing@caldervalleybrewing.example",)),
                Party("Ouse Packaging Ltd", ("Foss Islands Road", "York YO31 7UL")),
                (
                    line("Bottle 500 ml amber, pallet of 1,458", 4, "388.00", item="OP-5001"),
                    line("Crown caps, plain gold, box of 10,000", 6, "61.50", item="OP-2207"),
                    line("Carton 12 x 500 ml, printed", 1500, "0.74", item="OP-8113"),
                    line("Pallet wrap 400 mm", 12, "7.20", item="OP-0090"),
                ),
                "Roboto",
                delivery=date(2024, 6, 5),
                terms="30 days net",
                ship_to=("Goods inward, Gate 2", "Salterhebble Mill", "Halifax HX3 0QB"),
                extra=(("Buyer", "Rachel Sugden"),),
                closing=("Deliveries Monday to Thursday, 8.00 to 15.30. Quote the order number on every delivery note and invoice.",),
                signer="Authorised by",
                show_currency=True,
                accent="#8a3b12",
                tint="#f6ece4",
                party_css="border: 0.25mm solid #ccc; padding: 2mm 3mm",
                head_css="background: #8a3b12; color: #fff",
            ),
            ENGLISH,
            currency="GBP",
            sign="£",
        ),
        _sample(
            "order-02",
            Order(
                "45-11870",
                date(2023, 9, 13),
                Party("MESA VERDE SCHOOL DISTRICT", ("Purchasing Department", "700 Cottonwood Drive", "Cortez, CO 81321"), ("Phone 970-555-0119",)),
                Party("Front Range Furniture Supply", ("5150 Havana Street", "Denver, CO 80239")),
                (
                    line("Student desk, 18 x 24, adjustable", 64, "87.25", "EA", item="1"),
                    line("Stack chair 16 in, navy", 64, "31.90", "EA", item="2"),
                    line("Teacher desk, double pedestal", 3, "412.00", "EA", item="3"),
                    line("Bookcase 36 x 48, maple", 6, "158.40", "EA", item="4"),
                    line("Freight, inside delivery", 1, "620.00", "LOT", item="5"),
                ),
                "Liberation Sans",
                delivery=date(2023, 10, 20),
                terms="Net 45",
                ship_to=("Kiva Elementary School", "1402 Mildred Road", "Cortez, CO 81321"),
                extra=(("F.O.B.", "Destination"), ("Requisition", "R-20418")),
                closing=("THIS ORDER IS TAX EXEMPT. Certificate 98-02118.",),
                signer="Purchasing agent",
                page="Letter",
                head_css="border: 0.25mm solid #555; background: #ddd",
                row_css="border: 0.25mm solid #555",
                party_css="border: 0.25mm solid #555; padding: 1.5mm 2mm",
            ),
            ENGLISH | {"title": "PURCHASE ORDER", "number": "No.", "supplier": "VENDOR", "ship_to": "SHIP TO", "delivery": "Delivery date", "date": "Date", "terms": "Terms", "total": "TOTAL", "item_number": "Line"},
            currency="USD",
            sign="$",
            dates="MM/dd/yyyy",
            scan=Scan(150, 1.3, 0.7, 5, 0.88, 240, shadow=45, quality=38, holes=True, ocr=True, seed=82),
        ),
        _sample(
            "order-03",
            Order(
                "4500227190",
                date(2025, 1, 15),
                Party("Tyne Rail Services plc", ("Central Stores, Heaton Depot", "Newcastle upon Tyne NE6 2YD"), ("stores@tynerail.example",)),
                Party("Cleveland Industrial Spares Ltd", ("Teesway", "Stockton-on-Tees TS18 2RT")),
                _SPARES,
                "Carlito",
                delivery=date(2025, 2, 28),
                terms="60 days from end of month",
                extra=(("Contract", "FA-0091"), ("Contact", "G. Robson, ext. 4417")),
                closing=("Part deliveries accepted. Certificates of conformity are required for all items marked C.",),
                show_currency=True,
                layout="list",
                accent="#1b4965",
                weight="normal",
                size="10pt",
                row_css="border-bottom: 0.15mm solid #bbb",
            ),
            ENGLISH | {"title": "Order", "number": "Order number", "date": "Date", "item_number": "Part no.", "quantity": "Quantity", "unit_price": "Price", "total": "Total value excl. VAT"},
            currency="GBP",
            dates="dd MMM yyyy",
        ),
        _sample(
            "order-04",
            Order(
                "B-24-3318",
                date(2024, 2, 19),
                Party("Orgelbau Winterhalder GmbH", ("Kapellenweg 2", "77709 Oberwolfach"), ("Tel. 07834 555 012", "einkauf@orgelbau-winterhalder.example")),
                Party("Holzhandel Kinzigtal OHG", ("Sägewerkstraße 19", "77756 Hausach")),
                (
                    line("Eiche, kammergetrocknet, 52 mm, Güte A", "1.85", "1640.00", "m³", item="EI-52-A"),
                    line("Fichte Klangholz, Spaltware", 40, "23.50", "Stück", item="FI-KL"),
                    line("Birnbaum, gedämpft, 26 mm", "0.4", "2980.00", "m³", item="BI-26"),
                    line("Anlieferung frei Werkstatt", 1, "95.00", item="FR-1"),
                ),
                "Linux Libertine O",
                delivery=date(2024, 3, 15),
                terms="14 Tage 2 % Skonto, 30 Tage netto",
                opening="Sehr geehrte Damen und Herren, wir bestellen gemäß Ihrem Angebot vom 9. Februar 2024:",
                closing=("Bitte bestätigen Sie uns den Liefertermin.", "Mit freundlichen Grüßen"),
                signer="Einkauf, B. Winterhalder",
                layout="list",
                accent="#5b3a1e",
                size="11pt",
                margin="20mm 22mm",
                weight="normal",
            ),
            GERMAN | {"item_number": "Art.-Nr."},
            currency="EUR",
            language="de",
            digits="1.234,56",
            dates="dd.MM.yyyy",
            sign="€",
            sign_after=True,
        ),
        _sample(
            "order-05",
            Order(
                "BC-23-0908",
                date(2023, 5, 16),
                Party("CHU de Montferrat", ("Direction des achats", "1, avenue de la Cité", "63000 Clermont-Ferrand")),
                Party("Papeterie du Puy SA", ("ZI du Brézet", "63100 Clermont-Ferrand")),
                (
                    line("Papier A4 80 g, carton de 5 ramettes", 120, "19.90", item="P-80-A4"),
                    line("Enveloppes DL à fenêtre, boîte de 500", 36, "14.25", item="E-DLF"),
                    line("Classeurs à levier, dos 70 mm", 200, "1.65", item="C-70"),
                    line("Stylos à bille bleus, boîte de 50", 24, "8.40", item="S-BB50"),
                    line("Cartouches d'agrafes 26/6", 150, "0.95", item="A-266"),
                ),
                "Liberation Sans Narrow",
                delivery=date(2023, 5, 30),
                terms="45 jours fin de mois",
                ship_to=("Magasin général, quai 3", "63000 Clermont-Ferrand"),
                closing=("Facture à adresser au service comptable avec le numéro de commande.",),
                signer="L'acheteur",
                show_currency=True,
                size="10pt",
                party_css="border: 0.25mm solid #888; padding: 1.5mm 2.5mm",
                head_css="background: #e4e4e4; border: 0.2mm solid #888",
                row_css="border: 0.2mm solid #888",
            ),
            FRENCH,
            currency="EUR",
            language="fr",
            digits="1 234,56",
            dates="dd/MM/yyyy",
            ending="jpg",
            scan=Scan(150, -1.0, 0.8, 5, 0.8, 239, shadow=55, quality=38, seed=85),
        ),
        _sample(
            "order-06",
            Order(
                "118",
                date(2024, 11, 21),
                Party("Nine Elms Ceramics", ("Arch 41, Ponton Road", "London SW11 7BN"), ("studio@nineelmsceramics.example",)),
                Party("Staffordshire Clay & Glaze", ("Campbell Road", "Stoke-on-Trent ST4 4EL")),
                (
                    line("Porcelain body, 12.5 kg bag", 40, "16.80"),
                    line("Buff stoneware, 12.5 kg bag", 60, "9.20"),
                    line("Transparent glaze, 5 l", 4, "34.50"),
                    line("Kiln props, set", 2, "27.00"),
                ),
                "Lato",
                columns=("description", "quantity", "unit_price", "amount"),
                closing=("Please telephone the day before delivery: 020 7946 0177. Thanks!",),
                layout="list",
                weight="300",
                size="10pt",
                margin="24mm 26mm",
                row_css="border-bottom: none",
                head_css="border-bottom: 0.15mm solid #999; font-weight: normal; color: #777",
            ),
            ENGLISH | {"number": "Number", "date": "Date", "supplier": "To", "total": "Total"},
            currency="GBP",
            sign="£",
            dates="d MMM yyyy",
        ),
    ]  # fmt: skip


_SPARES = tuple(
    line(description, quantity, price, item=item)
    for item, description, quantity, price in (
        ("118-0042", "Brake block, composite, type K (C)", 320, "18.45"),
        ("118-0047", "Brake block key, forged", 320, "2.10"),
        ("118-0113", "Slack adjuster, left (C)", 6, "684.00"),
        ("118-0114", "Slack adjuster, right (C)", 6, "684.00"),
        ("204-1180", "Door roller, nylon, 40 mm", 144, "7.35"),
        ("204-1182", "Door roller shaft, stainless", 144, "4.90"),
        ("204-1215", "Door seal, EPDM, per metre", 260, "6.25"),
        ("204-1301", "Limit switch, sealed", 24, "41.70"),
        ("310-0051", "Saloon lamp, LED, 24 V", 96, "38.60"),
        ("310-0058", "Lamp diffuser, opal", 96, "11.95"),
        ("310-0107", "Marker light, red", 18, "52.30"),
        ("310-0220", "Fuse 10 A, box of 50", 12, "14.80"),
        ("310-0224", "Fuse 16 A, box of 50", 12, "14.80"),
        ("310-0310", "Contactor, 3 pole, 110 V (C)", 8, "219.00"),
        ("402-0013", "Air hose, coupling, 680 mm (C)", 40, "63.20"),
        ("402-0019", "Hose clip, stainless", 160, "1.15"),
        ("402-0044", "Drain cock, brass", 30, "16.40"),
        ("402-0101", "Compressor filter element", 36, "28.75"),
        ("402-0102", "Compressor oil, 20 l", 10, "94.00"),
        ("511-2208", "Seat cover, moquette, double", 52, "73.50"),
        ("511-2210", "Seat foam, double", 52, "46.20"),
        ("511-2301", "Armrest cap, grey", 80, "5.85"),
        ("511-2417", "Table edging, per metre", 75, "3.40"),
        ("603-0009", "Wiper blade, 800 mm", 48, "19.90"),
        ("603-0011", "Wiper arm (C)", 12, "88.00"),
        ("603-0030", "Screen wash, 25 l", 20, "22.50"),
        ("603-0074", "Cab sun blind", 14, "67.10"),
        ("705-0102", "Axle box cover gasket", 64, "9.75"),
        ("705-0118", "Axle box grease, 18 kg", 15, "131.00"),
        ("705-0205", "Damper, vertical (C)", 16, "342.00"),
        ("705-0206", "Damper, lateral (C)", 16, "358.00"),
        ("705-0310", "Split pin, assorted, box", 25, "6.60"),
        ("811-0001", "Hi-vis vest, orange, L", 60, "8.95"),
        ("811-0002", "Hi-vis vest, orange, XL", 60, "8.95"),
        ("811-0044", "Track spanner, 36 mm", 6, "54.25"),
        ("811-0071", "Detonators, box of 12 (C)", 10, "47.50"),
        ("902-0150", "Cleaning wipes, drum", 40, "12.35"),
        ("902-0188", "Graffiti remover, 5 l", 18, "39.80"),
    )
)
