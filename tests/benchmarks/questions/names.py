"""Who sends, who buys, what is sold and how it is labelled: the words of the generated documents."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Language = Literal["en", "de", "fr"]
Catalogue = tuple[tuple[str, float, float], ...]  # what is sold, and the least and the most that one of it costs


@dataclass(frozen=True)
class Sender:
    """A company as its paper shows it. `sells` is a key of ITEMS, `style` the look of its paper (0 to 2)."""

    name: str
    language: Language
    currency: str
    sells: str
    number: str
    style: int
    contact: str = ""
    phone: str = ""


# Names that are alike, hold a month or a word of arithmetic, or differ in an accent: people's suppliers are called so.
SUPPLIERS: tuple[Sender, ...] = (
    Sender("Müller Metallbau GmbH", "de", "EUR", "metal", "{y}-{n:04d}", 0, "Jürgen Falk", "0221 4471 20"),
    Sender("Müller & Söhne KG", "de", "EUR", "timber", "RE-{yy}-{n:04d}", 1, "Karin Söhnlein", "0711 90 33 12"),
    Sender("Mueller Logistics Ltd", "en", "GBP", "transport", "ML{n:05d}", 2, "Priya Raman", "020 7946 0112"),
    Sender("Nordlicht Energie AG", "de", "EUR", "energy", "{y}{n:05d}", 1, "Ute Brandt", "040 5566 780"),
    Sender("Nordlicht Elektro GmbH", "de", "EUR", "electric", "NE-{n:05d}", 0, "Sven Petersen", "0431 880 41"),
    Sender("Zürcher Kabelwerk AG", "de", "CHF", "electric", "R{n:06d}", 2, "Reto Ammann", "044 320 18 00"),
    Sender("Könighaus Bürobedarf GmbH & Co. KG", "de", "EUR", "office", "KB{yy}/{n:04d}", 0, "Inge Maur", "069 7013"),
    Sender("Bäckerei Grünwald e.K.", "de", "EUR", "catering", "{n:04d}/{y}", 2, "Lena Grünwald", "0761 29 44"),
    Sender("Gebäudereinigung Öztürk GmbH", "de", "EUR", "cleaning", "GÖ-{y}-{n:03d}", 1, "E. Öztürk", "0228 61 09"),
    Sender("Steuerkanzlei Weiß & Partner mbB", "de", "EUR", "advice", "W{y}-{n:03d}", 0, "Dr. Anna Weiß", "0211 36 80"),
    Sender("Alpenblick Spedition AG", "de", "CHF", "transport", "AS-{n:05d}", 1, "Urs Gerber", "081 250 77 00"),
    Sender("Helvetia Werkzeuge AG", "de", "CHF", "tools", "HW{yy}{n:04d}", 0, "Monika Frei", "052 212 40 40"),
    Sender("Acme Tooling GmbH", "de", "EUR", "tools", "AT-{y}-{n:04d}", 2, "Ralf Kuhn", "0911 540 22"),
    Sender("Acme Tools Ltd", "en", "GBP", "tools", "AC-{n:05d}", 0, "Gemma Boyle", "0161 496 0733"),
    Sender("Harrow Print Ltd", "en", "GBP", "print", "HP-{y}-{n:03d}", 1, "Oliver Nash", "020 7946 0855"),
    Sender("Harrow Printing Supplies Ltd", "en", "GBP", "office", "{n:06d}", 2, "Sadie Quirk", "020 7946 0291"),
    Sender("March Consulting LLP", "en", "GBP", "advice", "MC/{yy}/{n:03d}", 0, "Rowan March", "0117 496 0140"),
    Sender("First Choice Catering Ltd", "en", "GBP", "catering", "FC{n:05d}", 1, "Dev Patel", "0113 496 0477"),
    Sender("Total Office Supplies Ltd", "en", "GBP", "office", "TOS-{n:05d}", 0, "Helen Marsh", "0115 496 0602"),
    Sender("Pennine Tools plc", "en", "GBP", "tools", "PT{y}{n:04d}", 2, "Barry Holt", "0114 496 0359"),
    Sender("Brightwater Cleaning Services Ltd", "en", "GBP", "cleaning", "BW-{n:04d}", 1, "Inês Duarte", "0118 496"),
    Sender("O'Connell Electrical Ltd", "en", "EUR", "electric", "OC{n:05d}", 0, "Fergus O'Connell", "01 555 0188"),
    Sender("Dublin Cloud Hosting Ltd", "en", "EUR", "hosting", "DCH-{y}{n:04d}", 2, "Niamh Daly", "01 555 0134"),
    Sender("Boulangerie Lefèvre SARL", "fr", "EUR", "catering", "F{y}/{n:03d}", 0, "Paul Lefèvre", "03 88 15 40 22"),
    Sender("Lefebvre Transports SA", "fr", "EUR", "transport", "LT{n:05d}", 1, "Sophie Lefebvre", "04 72 00 11 90"),
    Sender("Étoile Conseil SAS", "fr", "EUR", "advice", "EC-{y}-{n:03d}", 2, "Marc Aubry", "01 70 18 99 04"),
    Sender("Imprimerie du Léman SA", "fr", "CHF", "print", "IL-{n:05d}", 0, "Chloé Rochat", "021 345 67 10"),
    Sender("Société Romande de Nettoyage SA", "fr", "CHF", "cleaning", "SRN{yy}-{n:04d}", 1, "L. Favre", "022 700 31"),
    Sender("Électricité Chevallier SAS", "fr", "EUR", "electric", "FA{n:05d}", 2, "Yann Chevallier", "02 40 55 12 08"),
)  # fmt: skip

SHOPS: tuple[Sender, ...] = (
    Sender("Café Étoile", "fr", "CHF", "coffee", "T-{n:05d}", 0, "Amélie"),
    Sender("Average Joe's Coffee", "en", "GBP", "coffee", "{n:06d}", 1, "Tariq"),
    Sender("Green Leaf Deli", "en", "GBP", "lunch", "GL{n:05d}", 0, "Mandy"),
    Sender("Station Road Hardware", "en", "GBP", "hardware", "{n:05d}", 1, "Colin"),
    Sender("Tankstelle Seeblick", "de", "CHF", "fuel", "B{n:06d}", 0, "Kasse 2"),
    Sender("Rail Kiosk Basel", "de", "CHF", "coffee", "{n:06d}", 1, "Kasse 1"),
    Sender("Ristorante Da Luca", "de", "CHF", "dinner", "R-{n:04d}", 0, "Luca"),
    Sender("Hotel Drei Kronen", "de", "EUR", "hotel", "HDK-{n:05d}", 1, "Frau Seidel"),
    Sender("Parkhaus Altstadt", "de", "EUR", "parking", "P{n:06d}", 0, "Automat 3"),
    Sender("Bäckerei Grünwald", "de", "EUR", "coffee", "{n:05d}", 1, "Lena"),
    Sender("Papeterie du Marché", "fr", "EUR", "stationery", "PM{n:05d}", 0, "Zoé"),
    Sender("Librairie Fournier", "fr", "EUR", "books", "{n:06d}", 1, "Henri"),
    Sender("Taxi Genève Plus", "fr", "CHF", "taxi", "TX{n:05d}", 0, "Voiture 114"),
)

# Our own companies, by the currency that they are billed in.
OURS: Mapping[str, str] = {
    "EUR": "Brückner Anlagenbau GmbH",
    "GBP": "Brueckner Engineering Ltd",
    "CHF": "Brückner Suisse SA",
}


@dataclass(frozen=True)
class Account:
    """A bank account of ours."""

    bank: str
    language: Language
    currency: str
    number: str
    bic: str


ACCOUNTS: tuple[Account, ...] = (
    Account("Bank am Ring AG", "de", "EUR", "DE02 1203 0000 0000 2020 51", "BARIDEFFXXX"),
    Account("Crédit du Lac SA", "fr", "CHF", "CH56 0483 5012 3456 7800 9", "CRLACHGGXXX"),
    Account("Thames Valley Bank plc", "en", "GBP", "GB33 BUKB 2020 1555 5555 55", "TVBKGB2LXXX"),
)

# Who contracts with us: name, language, currency, title, what is paid from and to (None: nothing is agreed).
PARTNERS: tuple[tuple[str, Language, str, str, tuple[int, int] | None], ...] = (
    ("Rheinblick Immobilien GmbH", "de", "EUR", "Mietvertrag", (1800, 9500)),
    ("Gebäudereinigung Öztürk GmbH", "de", "EUR", "Reinigungsvertrag", (450, 2400)),
    ("Nordlicht Energie AG", "de", "EUR", "Stromliefervertrag", (900, 6000)),
    ("Tobias Krämer", "de", "EUR", "Dienstvertrag", (3000, 14000)),
    ("Helvetia Werkzeuge AG", "de", "CHF", "Wartungsvertrag", (600, 4200)),
    ("Régie Bonvin SA", "fr", "CHF", "Contrat de bail", (1500, 8800)),
    ("Hélène Dupré", "fr", "EUR", "Contrat de prestation", (1200, 7500)),
    ("Étoile Conseil SAS", "fr", "EUR", "Contrat de conseil", (2500, 18000)),
    ("Société Romande de Nettoyage SA", "fr", "CHF", "Contrat de nettoyage", (500, 2600)),
    ("Canal Street Properties Ltd", "en", "GBP", "Lease agreement", (1400, 9000)),
    ("March Consulting LLP", "en", "GBP", "Consulting agreement", (2000, 21000)),
    ("Aoife Brennan", "en", "EUR", "Freelance agreement", (1500, 9800)),
    ("Dublin Cloud Hosting Ltd", "en", "EUR", "Hosting agreement", (120, 1900)),
    ("Acme Tools Ltd", "en", "GBP", "Non-disclosure agreement", None),
    ("Pennine Tools plc", "en", "GBP", "Maintenance agreement", (300, 3900)),
)

LAWS: Mapping[str, str] = {"de": "Deutsches Recht", "fr": "Droit suisse", "en": "England and Wales"}
COURTS: Mapping[str, tuple[str, ...]] = {
    "de": ("Köln", "München", "Zürich"), "fr": ("Genève", "Lyon", "Strasbourg"), "en": ("London", "Dublin", "Leeds"),
}  # fmt: skip
NOTICE: Mapping[str, tuple[str, ...]] = {
    "de": ("3 Monate", "6 Wochen", "6 Monate"),
    "fr": ("3 mois", "30 jours", "6 mois"),
    "en": ("3 months", "30 days", "6 months"),
}
PAYING: Mapping[str, tuple[str, ...]] = {
    "de": ("Bar", "EC-Karte", "Visa"),
    "fr": ("Espèces", "Carte bancaire", "Visa"),
    "en": ("Cash", "Mastercard", "Visa"),
}
TERMS: Mapping[str, tuple[str, ...]] = {
    "de": ("30 Tage netto", "14 Tage 2% Skonto"),
    "fr": ("30 jours net", "60 jours fin de mois"),
    "en": ("30 days net", "14 days net"),
}
PROJECTS = ("Hafen West", "Bluebird", "Tunnel 7", "Lac Nord", "Kestrel", "Atelier B")
STREETS: Mapping[str, tuple[str, ...]] = {
    "de": ("Lindenweg 4, 50667 Köln", "Hauptstr. 18, 8001 Zürich", "Am Markt 2, 79098 Freiburg"),
    "fr": ("12 rue du Port, 1204 Genève", "5 quai Sud, 69002 Lyon", "8 place d'Armes, 67000 Strasbourg"),
    "en": ("14 Mill Lane, Leeds LS1 4AB", "3 Canal Street, London E1 6QL", "27 Quay Road, Dublin D02"),
}

ITEMS: Mapping[str, Mapping[str, Catalogue]] = {
    "metal": {"de": (("Stahlträger IPE 200", 90, 240), ("Geländer verzinkt", 180, 620), ("Schweißarbeiten", 58, 72),
                     ("Blechzuschnitt 3 mm", 22, 85), ("Montage vor Ort", 52, 66))},
    "timber": {"de": (("Eichenbohlen", 38, 120), ("Fichtenbretter", 9, 28), ("Hobelarbeiten", 44, 55),
                      ("Palette Kantholz", 140, 310))},
    "transport": {
        "de": (("Transport Basel-Chur", 280, 760), ("Lagergebühr", 35, 90), ("Zollabwicklung", 65, 140)),
        "en": (("Pallet delivery", 60, 190), ("Warehouse storage", 30, 110), ("Customs handling", 55, 150)),
        "fr": (("Transport Lyon-Nantes", 240, 820), ("Frais de stockage", 30, 95), ("Dédouanement", 60, 130))},
    "energy": {"de": (("Strom Arbeitspreis", 180, 1900), ("Grundpreis", 18, 42), ("Netzentgelt", 60, 420))},
    "electric": {
        "de": (("Kupferkabel 3x1,5", 28, 75), ("Schaltschrank", 420, 1450), ("LED-Leuchte", 24, 96),
               ("Elektromontage", 54, 68)),
        "en": (("Copper cable 3x1.5", 25, 70), ("Switch cabinet", 390, 1300), ("LED panel", 22, 90),
               ("Electrician labour", 48, 62)),
        "fr": (("Câble cuivre 3x1,5", 26, 72), ("Armoire électrique", 380, 1350), ("Dalle LED", 23, 88),
               ("Main-d'oeuvre", 46, 60))},
    "office": {
        "de": (("Kopierpapier A4", 4, 9), ("Toner schwarz", 48, 120), ("Bürostuhl Comfort", 180, 420),
               ("Aktenordner", 2, 5)),
        "en": (("Copy paper A4", 4, 8), ("Toner cartridge black", 45, 115), ("Office chair Ergo", 150, 390),
               ("Lever arch file", 2, 5))},
    "catering": {
        "de": (("Belegte Brötchen", 3, 5), ("Blechkuchen", 18, 32), ("Lieferung", 12, 25)),
        "en": (("Sandwich platter", 24, 48), ("Hot buffet per head", 14, 29), ("Coffee service", 35, 80)),
        "fr": (("Plateau viennoiseries", 22, 45), ("Pains surprises", 28, 52), ("Livraison", 10, 24))},
    "cleaning": {
        "de": (("Unterhaltsreinigung", 260, 780), ("Glasreinigung", 90, 240), ("Sonderreinigung", 120, 460)),
        "en": (("Office cleaning", 220, 690), ("Window cleaning", 80, 210), ("Deep clean", 150, 480)),
        "fr": (("Nettoyage de bureaux", 240, 720), ("Nettoyage de vitres", 85, 230), ("Remise en état", 160, 520))},
    "advice": {
        "de": (("Buchführung", 190, 640), ("Jahresabschluss", 900, 3800), ("Beratung", 120, 210)),
        "en": (("Strategy workshop", 600, 2400), ("Advisory day", 750, 1300), ("Travel expenses", 40, 380)),
        "fr": (("Journée de conseil", 700, 1250), ("Atelier stratégie", 550, 2100), ("Frais de déplacement", 40, 310))},
    "tools": {
        "de": (("Bohrmaschine", 120, 390), ("Fräser HSS 10 mm", 18, 64), ("Schraubendrehersatz", 22, 58),
               ("Schleifscheibe", 3, 12)),
        "en": (("Cordless drill", 95, 320), ("End mill 10 mm", 16, 60), ("Screwdriver set", 18, 49),
               ("Grinding disc", 3, 11))},
    "print": {
        "en": (("Flyers A5", 90, 340), ("Business cards", 38, 110), ("Exhibition banner", 120, 460)),
        "fr": (("Flyers A5", 95, 360), ("Cartes de visite", 42, 120), ("Bâche publicitaire", 130, 480))},
    "hosting": {"en": (("Virtual server", 18, 96), ("Object storage", 9, 140), ("Support plan", 49, 249))},
    "coffee": {
        "de": (("Kaffee", 3, 6), ("Gipfeli", 2, 4), ("Mineralwasser", 3, 5)),
        "en": (("Flat white", 3, 5), ("Blueberry muffin", 2, 4), ("Bacon roll", 4, 6)),
        "fr": (("Café crème", 3, 6), ("Croissant", 2, 4), ("Jus d'orange", 4, 7))},
    "lunch": {"en": (("Falafel wrap", 6, 9), ("Soup of the day", 4, 7), ("Lemonade", 2, 4))},
    "hardware": {"en": (("Wood screws", 3, 9), ("Masking tape", 2, 6), ("Paint brush", 4, 12))},
    "fuel": {"de": (("Diesel", 60, 140), ("Scheibenreiniger", 6, 12))},
    "dinner": {"de": (("Pizza Margherita", 17, 22), ("Pasta al forno", 19, 26), ("Rotwein 5 dl", 24, 39))},
    "hotel": {"de": (("Übernachtung", 89, 210), ("Frühstück", 12, 22), ("Parkplatz", 9, 15))},
    "parking": {"de": (("Parkgebühr", 3, 28),)},
    "stationery": {"fr": (("Cahier", 2, 6), ("Stylos", 3, 12), ("Ramette papier", 5, 9))},
    "books": {"fr": (("Livre technique", 24, 79), ("Guide des normes", 35, 96))},
    "taxi": {"fr": (("Course aéroport", 35, 68), ("Course en ville", 12, 34))},
}  # fmt: skip

# What stands beside a value, by language. Where two are given, the style of the paper decides.
LABELS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "en": {
        "invoice": ("INVOICE",), "invoice_number": ("Invoice No.", "Invoice number"), "invoice_date": ("Invoice date",),
        "due_date": ("Due date", "Payment due"), "customer_name": ("Bill to",), "supplier_name": ("Supplier",),
        "order_reference": ("Your order", "PO number"), "supplier_tax_id": ("VAT No.",), "iban": ("IBAN",),
        "subtotal": ("Subtotal", "Net total"), "tax_amount": ("VAT",), "total": ("Total due", "Total"),
        "currency": ("Currency",), "description": ("Description",), "quantity": ("Qty",), "unit_price": ("Unit price",),
        "amount": ("Amount",), "receipt_number": ("Receipt No.",), "date": ("Date",), "time": ("Time",),
        "payment_method": ("Paid by",), "order": ("PURCHASE ORDER",), "order_number": ("PO number",),
        "order_date": ("Order date",), "delivery_date": ("Delivery date",), "buyer_name": ("Buyer",),
        "payment_terms": ("Payment terms",), "item_number": ("Item no.",), "statement": ("ACCOUNT STATEMENT",),
        "bank_name": ("Bank",), "account_holder": ("Account holder",), "account_number": ("Account number",),
        "statement_date": ("Statement date",), "period_start": ("Period from",), "period_end": ("Period to",),
        "opening_balance": ("Opening balance",), "closing_balance": ("Closing balance",), "balance": ("Balance",),
        "contract_number": ("Contract No.",), "party_a": ("Provider",), "party_b": ("Client",),
        "effective_date": ("Effective date",), "end_date": ("End date",), "governing_law": ("Governing law",),
        "notice_period": ("Notice period",), "fee": ("Fee",), "signature_date": ("Signed on",),
        "contact": ("Contact",), "phone": ("Phone",), "project": ("Project",), "customer_no": ("Customer no.",),
        "served_by": ("Served by",), "deliver_to": ("Deliver to",), "bic": ("BIC",), "overdraft": ("Overdraft limit",),
        "court": ("Place of jurisdiction",), "deposit": ("Deposit",), "contract": ("AGREEMENT",),
    },
    "de": {
        "invoice": ("RECHNUNG",), "invoice_number": ("Rechnungsnummer", "Rechnung Nr."),
        "invoice_date": ("Rechnungsdatum",), "due_date": ("Zahlbar bis", "Fällig am"), "customer_name": ("Kunde",),
        "supplier_name": ("Lieferant",), "order_reference": ("Ihre Bestellung", "Bestellnummer"),
        "supplier_tax_id": ("USt-IdNr.",), "iban": ("IBAN",), "subtotal": ("Nettobetrag", "Zwischensumme"),
        "tax_amount": ("MwSt.",), "total": ("Gesamtbetrag", "Rechnungsbetrag"), "currency": ("Währung",),
        "description": ("Bezeichnung",), "quantity": ("Menge",), "unit_price": ("Einzelpreis",), "amount": ("Betrag",),
        "receipt_number": ("Beleg-Nr.",), "date": ("Datum",), "time": ("Uhrzeit",), "payment_method": ("Bezahlt mit",),
        "order": ("BESTELLUNG",), "order_number": ("Bestellnummer",), "order_date": ("Bestelldatum",),
        "delivery_date": ("Liefertermin",), "buyer_name": ("Besteller",), "payment_terms": ("Zahlungsbedingungen",),
        "item_number": ("Art.-Nr.",), "statement": ("KONTOAUSZUG",), "bank_name": ("Bank",),
        "account_holder": ("Kontoinhaber",), "account_number": ("Kontonummer",), "statement_date": ("Auszugsdatum",),
        "period_start": ("Zeitraum von",), "period_end": ("Zeitraum bis",), "opening_balance": ("Alter Kontostand",),
        "closing_balance": ("Neuer Kontostand",), "balance": ("Saldo",), "contract_number": ("Vertragsnummer",),
        "party_a": ("Auftragnehmer",), "party_b": ("Auftraggeber",), "effective_date": ("Vertragsbeginn",),
        "end_date": ("Vertragsende",), "governing_law": ("Anwendbares Recht",), "notice_period": ("Kündigungsfrist",),
        "fee": ("Vergütung",), "signature_date": ("Unterzeichnet am",), "contact": ("Ansprechpartner",),
        "phone": ("Telefon",), "project": ("Projekt",), "customer_no": ("Kundennummer",),
        "served_by": ("Es bediente Sie",), "deliver_to": ("Lieferadresse",), "bic": ("BIC",),
        "overdraft": ("Dispolimit",), "court": ("Gerichtsstand",), "deposit": ("Kaution",), "contract": ("VERTRAG",),
    },
    "fr": {
        "invoice": ("FACTURE",), "invoice_number": ("Facture n°", "Numéro de facture"),
        "invoice_date": ("Date de facture",), "due_date": ("Échéance", "Date d'échéance"),
        "customer_name": ("Facturé à",), "supplier_name": ("Fournisseur",), "order_reference": ("N° commande",),
        "supplier_tax_id": ("N° TVA",), "iban": ("IBAN",), "subtotal": ("Total HT", "Sous-total"),
        "tax_amount": ("TVA",), "total": ("Total TTC", "Net à payer"), "currency": ("Devise",),
        "description": ("Désignation",), "quantity": ("Quantité",), "unit_price": ("Prix unitaire",),
        "amount": ("Montant",), "receipt_number": ("Ticket n°",), "date": ("Date",), "time": ("Heure",),
        "payment_method": ("Paiement",), "order": ("BON DE COMMANDE",), "order_number": ("Bon de commande n°",),
        "order_date": ("Date de commande",), "delivery_date": ("Date de livraison",), "buyer_name": ("Acheteur",),
        "payment_terms": ("Conditions de paiement",), "item_number": ("Réf.",), "statement": ("RELEVÉ DE COMPTE",),
        "bank_name": ("Banque",), "account_holder": ("Titulaire",), "account_number": ("N° de compte",),
        "statement_date": ("Date du relevé",), "period_start": ("Période du",), "period_end": ("Au",),
        "opening_balance": ("Ancien solde",), "closing_balance": ("Nouveau solde",), "balance": ("Solde",),
        "contract_number": ("Contrat n°",), "party_a": ("Prestataire",), "party_b": ("Client",),
        "effective_date": ("Date d'effet",), "end_date": ("Date de fin",), "governing_law": ("Droit applicable",),
        "notice_period": ("Préavis",), "fee": ("Montant",), "signature_date": ("Fait le",), "contact": ("Contact",),
        "phone": ("Téléphone",), "project": ("Projet",), "customer_no": ("N° client",), "served_by": ("Servi par",),
        "deliver_to": ("Adresse de livraison",), "bic": ("BIC",), "overdraft": ("Découvert autorisé",),
        "court": ("For juridique",), "deposit": ("Dépôt de garantie",), "contract": ("CONTRAT",),
    },
}  # fmt: skip

CLAUSES: Mapping[str, tuple[str, ...]] = {
    "en": (
        "The provider performs the services with due care and in line with the state of the art.",
        "The client grants access to the premises during normal working hours.",
        "Changes to this agreement are valid only in writing.",
        "Both parties keep confidential what they learn of each other's business.",
        "If one clause is void, the others stand.",
        "Invoices are sent monthly and are paid within thirty days.",
        "The provider is insured against damage to persons and things.",
    ),
    "de": (
        "Der Auftragnehmer erbringt die Leistungen mit der gebotenen Sorgfalt.",
        "Der Auftraggeber gewährt Zutritt zu den Räumen während der üblichen Zeiten.",
        "Änderungen dieses Vertrags bedürfen der Schriftform.",
        "Beide Seiten behandeln vertraulich, was sie voneinander erfahren.",
        "Ist eine Bestimmung unwirksam, bleiben die übrigen bestehen.",
        "Abgerechnet wird monatlich, zahlbar innerhalb von dreißig Tagen.",
        "Der Auftragnehmer ist gegen Schäden an Personen und Sachen versichert.",
    ),
    "fr": (
        "Le prestataire exécute les travaux avec le soin requis.",
        "Le client donne accès aux locaux pendant les heures habituelles.",
        "Toute modification du présent contrat se fait par écrit.",
        "Les parties gardent confidentiel ce qu'elles apprennent l'une de l'autre.",
        "Si une clause est nulle, les autres demeurent.",
        "La facturation est mensuelle, payable sous trente jours.",
        "Le prestataire est assuré contre les dommages aux personnes et aux biens.",
    ),
}
