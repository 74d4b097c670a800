"""The contracts: terms, clauses and looks go in here; samples come out.

Clauses hold the values as {number}, {party_a}, {party_b}, {start}, {end}, {law}, {notice}, {amount} and {signed}.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from markupsafe import Markup, escape

from samples.make.ink import scribble
from samples.make.press import fill
from samples.make.sample import Sample
from samples.make.scanner import Ending, Scan
from samples.make.sheet import Sheet, read_schema

Clause = tuple[str, tuple[str, ...]]


@dataclass(frozen=True)
class Contract:
    """The content and the look of one contract; what is None is nowhere on the page."""

    title: str
    font: str
    clauses: tuple[Clause, ...]
    signatures: tuple[tuple[str, str, bool], ...]
    party_a: str
    party_b: str
    opening: tuple[str, ...] = ()
    terms: tuple[tuple[str, str], ...] = ()
    number: str | None = None
    start: date | None = None
    end: date | None = None
    law: str | None = None
    notice: str | None = None
    amount: str | None = None
    signed: date | None = None
    letterhead: tuple[str, ...] = ()
    number_word: str = "Agreement No."
    page_word: str = "Page"
    size: str = "10.5pt"
    margin: str = "22mm 24mm"
    page: str = "A4"
    align: str = "justify"
    tint: str = "#f0f0f0"
    title_css: str = "text-align: center; margin-bottom: 3mm"
    code_css: str = "text-align: center; margin-bottom: 6mm"
    scribble: int = 0


def _sample(
    name: str,
    contract: Contract,
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
        read_schema("contract"), language=language, digits=digits, dates=dates, currency=currency, sign=sign, sign_after=sign_after
    )
    marks = {
        "title": sheet.put("/title", contract.title),
        "party_a": sheet.put("/party_a", contract.party_a),
        "party_b": sheet.put("/party_b", contract.party_b),
    }
    for key, pointer, words in (
        ("number", "/contract_number", contract.number),
        ("law", "/governing_law", contract.law),
        ("notice", "/notice_period", contract.notice),
    ):
        if words is not None:
            marks[key] = sheet.put(pointer, words)
    for key, pointer, day in (
        ("start", "/effective_date", contract.start),
        ("end", "/end_date", contract.end),
        ("signed", "/signature_date", contract.signed),
    ):
        if day is not None:
            marks[key] = sheet.day(pointer, day)
    if contract.amount is not None:
        marks["amount"] = sheet.money("/amount", Decimal(contract.amount), sign=True)

    def marked(text: str) -> Markup:
        return Markup(escape(text)).format(**marks)

    html = fill(
        "contract.html",
        d=vars(contract),
        s=sheet,
        marks=marks,
        opening=[marked(text) for text in contract.opening],
        terms=[(label, marked(text)) for label, text in contract.terms],
        clauses=[(heading, [marked(text) for text in texts]) for heading, texts in contract.clauses],
        signatures=[(marked(above), marked(below), signed) for above, below, signed in contract.signatures],
        scribbles=[scribble(contract.scribble + at, "#1b2a63") for at in range(2)],
    )
    return Sample(name, "contract", sheet, html, ending=ending, scan=scan)


def samples() -> list[Sample]:
    return [
        _sample(
            "contract-01",
            Contract(
                "Consultancy Agreement",
                "EB Garamond",
                (
                    ("1. Services", ("The Consultant shall advise the Client on the conservation of its collection of printed maps, including a survey of condition, a plan of treatment and the supervision of contractors, as set out in Schedule 1.", "The Consultant shall carry out the services with reasonable skill and care and shall report to the Client's Head of Collections.")),
                    ("2. Term", ("This agreement takes effect on {start} and, unless terminated earlier, continues until {end}. It may be extended once, by written agreement, for no more than six months.",)),
                    ("3. Fee", ("The Client shall pay the Consultant a fixed fee of {amount}, exclusive of value added tax, in three equal instalments: on signature, on delivery of the survey, and on completion.", "Travel outside London is reimbursed at cost against receipts and only where it was approved beforehand.")),
                    ("4. Confidentiality", ("Neither party shall disclose information about the other that is marked confidential, or that is plainly so by its nature, except to its professional advisers or where the law requires it. This clause survives the end of this agreement for three years.",)),
                    ("5. Intellectual property", ("Copyright in the report and the photographs passes to the Client on payment of the final instalment. The Consultant may cite the work in publications with the Client's consent, which shall not be withheld without reason.",)),
                    ("6. Termination", ("Either party may terminate this agreement by giving the other {notice} in writing. Work that has been done up to then is paid for in proportion.",)),
                    ("7. Liability", ("The liability of the Consultant for loss caused by negligence is limited to the amount of the professional indemnity insurance, which shall be kept at no less than one million pounds.", "Nothing in this agreement limits liability for death or personal injury.")),
                    ("8. General", ("This agreement contains all that the parties have agreed and may be changed only in writing. It is governed by {law}, and the courts of that country have sole jurisdiction.",)),
                ),
                (("For the Consultant", "Dr Philippa Marchbanks", True), ("For the Client", "Anthony Oyelaran, Director", True)),
                "Marchbanks Paper Conservation Ltd",
                "The Hakluyt Library Trust",
                opening=("This agreement is made between {party_a}, of 4 Lamb's Passage, London EC1Y 8TB (the “Consultant”), and {party_b}, of 21 Bedford Row, London WC1R 4EB (the “Client”).",),
                number="HLT-2024-017",
                start=date(2024, 2, 1),
                end=date(2025, 1, 31),
                law="the law of England and Wales",
                notice="two months' notice",
                amount="18600.00",
                size="12pt",
            ),
            currency="GBP",
            sign="£",
        ),
        _sample(
            "contract-02",
            Contract(
                "RESIDENTIAL LEASE AGREEMENT",
                "Liberation Serif",
                (
                    ("1. PREMISES", ("Landlord leases to Tenant the apartment at 233 Maple Street, Unit 4, Burlington, Vermont 05401, with one parking space, for use as a private residence only.",)),
                    ("2. TERM", ("The lease begins on {start} and ends on {end}. If Tenant stays on with Landlord's consent, the tenancy runs from month to month.",)),
                    ("3. RENT", ("Tenant shall pay rent of {amount} per month, in advance, on or before the first day of each month. A late charge of $40 applies after the fifth day.",)),
                    ("4. SECURITY DEPOSIT", ("On signing, Tenant pays a deposit equal to one month's rent. Landlord returns it within 14 days after Tenant moves out, less the cost of damage beyond ordinary wear.",)),
                    ("5. UTILITIES", ("Landlord pays for water, sewer and trash removal. Tenant pays for heat, electricity and internet.",)),
                    ("6. TERMINATION", ("Either party may end a month-to-month tenancy by {notice}.",)),
                    ("7. GOVERNING LAW", ("This lease is governed by {law}.",)),
                ),
                (("Landlord: ", "Date: {signed}", True), ("Tenant: ", "Date:", True)),
                "Green Mountain Properties LLC",
                "Joanna and Peter Castellano",
                opening=("This lease is made between {party_a} (“Landlord”) and {party_b} (“Tenant”). The parties agree as follows.",),
                start=date(2023, 9, 1),
                end=date(2024, 8, 31),
                law="the laws of the State of Vermont",
                notice="30 days' written notice",
                amount="1475.00",
                signed=date(2023, 8, 16),
                size="11.2pt",
                page="Letter",
                scribble=1,
            ),
            currency="USD",
            sign="$",
            dates="MMMM d, yyyy",
            scan=Scan(150, -0.9, 0.7, 5, 0.9, 241, shadow=50, quality=36, seed=92),
        ),
        _sample(
            "contract-03",
            Contract(
                "Maintenance contract",
                "Open Sans",
                (
                    ("Scope", ("The Contractor inspects each lift six times a year, keeps the maintenance log and replaces worn parts listed in Annex A without charge.",)),
                    ("Response", ("Faults that trap passengers are attended within one hour, other faults by the end of the next working day. Calls are answered day and night on 0113 496 0155.",)),
                    ("Price review", ("The fee may be changed once a year, on the anniversary of the start date, by no more than the change of the services producer price index.",)),
                    ("Access", ("The Customer gives access to the machine rooms and keeps them clear, dry and lit.",)),
                ),
                (("For the contractor", "Name and position", True), ("For the customer", "Name and position", False)),
                "Aire Lifts & Escalators Ltd",
                "Headrow Court Management Company",
                terms=(("Contract no.", "{number}"), ("Contractor", "{party_a}"), ("Customer", "{party_b}"), ("Equipment", "Two passenger lifts, Headrow Court, Leeds"), ("Start date", "{start}"), ("End date", "{end}"), ("Annual fee", "{amount} plus VAT"), ("Notice period", "{notice}"), ("Governing law", "{law}"), ("Date of signature", "{signed}")),
                number="MC-25-118",
                start=date(2025, 4, 1),
                end=date(2028, 3, 31),
                law="England and Wales",
                notice="3 months",
                amount="3840.00",
                signed=date(2025, 3, 18),
                size="9.8pt",
                margin="18mm 20mm",
                align="left",
                tint="#e9eff5",
                title_css="color: #1d4e79; margin-bottom: 2mm",
                letterhead=("Aire Lifts & Escalators", "Low Road, Leeds LS10 1QR"),
            ),
            currency="GBP",
            sign="£",
        ),
        _sample(
            "contract-04",
            Contract(
                "Mietvertrag über Gewerberäume",
                "Carlito",
                (
                    ("§ 1 Mietgegenstand", ("Vermietet werden im Erdgeschoss des Hauses Brühl 27 in 04109 Leipzig eine Ladenfläche von 64 m² und ein Lagerraum im Keller von 12 m² zum Betrieb einer Buchhandlung.",)),
                    ("§ 2 Mietzeit", ("Das Mietverhältnis beginnt am {start} und endet am {end}. Es verlängert sich jeweils um ein Jahr, wenn es nicht vorher gekündigt wird. Die Kündigungsfrist beträgt {notice}.",)),
                    ("§ 3 Miete", ("Die Miete beträgt monatlich {amount} zuzüglich der gesetzlichen Umsatzsteuer. Sie ist bis zum dritten Werktag eines Monats im Voraus zu zahlen.", "Auf die Betriebskosten leistet der Mieter eine Vorauszahlung, über die jährlich abgerechnet wird.")),
                    ("§ 4 Kaution", ("Der Mieter leistet bei Übergabe eine Kaution in Höhe von drei Monatsmieten, wahlweise durch Bürgschaft einer deutschen Bank.",)),
                    ("§ 5 Instandhaltung", ("Schönheitsreparaturen trägt der Mieter. Der Vermieter hält Dach und Fach sowie die Heizungsanlage instand.",)),
                    ("§ 6 Schlussbestimmungen", ("Änderungen bedürfen der Schriftform. Es gilt {law}. Gerichtsstand ist Leipzig.",)),
                ),
                (("Leipzig, {signed}", "Vermieter", True), ("Leipzig, ______________", "Mieter", True)),
                "Grundstücksgesellschaft Brühl mbH",
                "Buchhandlung Seiltänzer, Inh. Nora Albrecht",
                opening=("zwischen {party_a}, Nikolaistraße 10, 04109 Leipzig – Vermieter – und {party_b}, Kolonnadenstraße 5, 04109 Leipzig – Mieter –",),
                number="GB-27/EG-02",
                number_word="Vertragsnummer",
                page_word="Seite",
                start=date(2024, 7, 1),
                end=date(2029, 6, 30),
                law="deutsches Recht",
                notice="sechs Monate",
                amount="1280.00",
                signed=date(2024, 5, 17),
                size="11pt",
                align="left",
                scribble=2,
            ),
            currency="EUR",
            language="de",
            digits="1.234,56",
            dates="dd.MM.yyyy",
            sign="Euro",
            sign_after=True,
        ),
        _sample(
            "contract-05",
            Contract(
                "CONTRAT DE PRESTATION DE SERVICES",
                "Linux Libertine O",
                (
                    ("Article 1 – Objet", ("Le Client confie au Prestataire l'entretien des espaces verts de son site de Chasseneuil : tonte, taille des haies, désherbage et ramassage des feuilles.",)),
                    ("Article 2 – Durée", ("Le contrat prend effet le {start} et s'achève le {end}. Chaque partie peut le résilier par lettre recommandée avec un préavis de {notice}.",)),
                    ("Article 3 – Prix", ("Le Client verse au Prestataire {amount} hors taxes par trimestre, payables à trente jours sur présentation de la facture.",)),
                    ("Article 4 – Obligations", ("Le Prestataire fournit le matériel et le personnel nécessaires et respecte les règles de sécurité du site. Le Client garantit l'accès aux points d'eau.",)),
                    ("Article 5 – Droit applicable", ("Le présent contrat est soumis au {law}. Tout litige relève du tribunal de commerce de Poitiers.",)),
                ),
                (("Fait à Poitiers, le {signed}", "Le Prestataire", True), ("Lu et approuvé", "Le Client", True)),
                "Jardins du Clain SARL",
                "Laboratoires Verneuil SAS",
                opening=("Entre {party_a}, 12, rue de la Croix-Blanche, 86000 Poitiers, ci-après « le Prestataire », et {party_b}, Téléport 4, 86360 Chasseneuil-du-Poitou, ci-après « le Client », il est convenu ce qui suit.",),
                number="2022-E-041",
                number_word="Contrat n°",
                start=date(2022, 3, 1),
                end=date(2024, 2, 29),
                law="droit français",
                notice="trois mois",
                amount="2475.00",
                signed=date(2022, 2, 14),
                size="12.4pt",
                scribble=1,
            ),
            currency="EUR",
            language="fr",
            digits="1 234,56",
            dates="d MMMM yyyy",
            sign="euros",
            sign_after=True,
            ending="jpg",
            scan=Scan(150, 1.4, 0.8, 5, 0.84, 239, shadow=60, quality=36, fold=True, seed=95),
        ),
        _sample(
            "contract-06",
            Contract(
                "Mutual non-disclosure agreement",
                "Cantarell",
                (
                    ("1. Purpose", ("The parties wish to talk about a joint tender for the ferry terminal at Rosslare and will show each other drawings, prices and methods.",)),
                    ("2. Duties", ("Each party keeps what it receives secret, uses it only for the purpose, and shows it only to staff and advisers who need it and are bound in the same way.",)),
                    ("3. Exceptions", ("There is no duty for what is public, what the receiver knew already, or what a court orders to be disclosed.",)),
                    ("4. Return", ("On request a party returns or destroys all papers and copies within ten working days and confirms it in writing.",)),
                    ("5. Duration", ("This agreement applies from {start}. The duties last for five years from the last disclosure.",)),
                ),
                (("For Barrow Strand", "Managing partner", True), ("For Slaney Civil", "Company secretary", False)),
                "Barrow Strand Architects",
                "Slaney Civil Engineering DAC",
                opening=("Between {party_a}, The Quay, New Ross, County Wexford, and {party_b}, Redmond Road, Wexford, together “the parties”.",),
                start=date(2024, 10, 21),
                size="10pt",
                align="left",
                title_css="margin-bottom: 6mm; font-weight: 300; font-size: 2em",
                scribble=2,
            ),
            currency="EUR",
        ),
    ]  # fmt: skip
