"""The forms: what they ask and what was filled in go in here; samples with a schema of their own come out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from samples.make.ink import scribble
from samples.make.press import fill
from samples.make.sample import Sample
from samples.make.scanner import Ending, Scan
from samples.make.sheet import Sheet

TYPES: dict[str, dict[str, object]] = {
    "text": {"type": ["string", "null"]},
    "comb": {"type": ["string", "null"]},
    "date": {"type": ["string", "null"], "format": "date"},
    "tick": {"type": ["boolean", "null"]},
    "yesno": {"type": ["boolean", "null"]},
    "number": {"type": ["number", "null"]},
}


@dataclass(frozen=True)
class Field:
    """One place to fill in. `width` is its share of the row in percent."""

    key: str
    label: str
    value: Any
    width: int = 100
    kind: str = "text"
    options: tuple[str, ...] = ()
    unit: str = ""
    cells: int = 0
    shown: str | None = None
    also: tuple[str, ...] = ()

    def schema(self) -> dict[str, object]:
        kind: dict[str, object] = {"type": ["string", "null"], "enum": [*self.options, None]} if self.options else TYPES[self.kind]
        label = self.label.rstrip(" :?*")
        return {**kind, "description": label, "x-labels": [label, *self.also]}


def text(key: str, label: str, value: str | None, width: int = 100, *also: str) -> Field:
    return Field(key, label, value, width, also=also)


def day(key: str, label: str, value: date | None, width: int = 100, *also: str) -> Field:
    return Field(key, label, value, width, "date", also=also)


def number(key: str, label: str, value: str | None, width: int = 100, unit: str = "", shown: str | None = None) -> Field:
    amount = None if value is None else Decimal(value)
    return Field(key, label, amount, width, "number", unit=unit, shown=shown or value)


def choice(key: str, label: str, value: str | None, options: tuple[str, ...], width: int = 100) -> Field:
    return Field(key, label, value, width, "choice", options)


def tick(key: str, label: str, value: bool, width: int = 100) -> Field:
    return Field(key, label, value, width, "tick")


def yesno(key: str, label: str, value: bool | None, width: int = 100) -> Field:
    return Field(key, label, value, width, "yesno")


def comb(key: str, label: str, value: str | None, cells: int, width: int = 100) -> Field:
    return Field(key, label, value, width, "comb", cells=cells)


@dataclass(frozen=True)
class Section:
    """Rows of fields under a heading; `layout` overrides that of the form."""

    heading: str
    rows: tuple[tuple[Field, ...], ...]
    layout: str = ""


@dataclass(frozen=True)
class Form:
    """The content and the look of one form. Layouts: boxed, lines, under, card, ask."""

    title: str
    org: tuple[str, ...]
    sections: tuple[Section, ...]
    layout: str
    font: str
    pen: str
    lead: str = ""
    code: tuple[str, ...] = ()
    yes_no: tuple[str, str] = ("Yes", "No")
    sign: tuple[tuple[str, bool], ...] = ()
    tail: str = ""
    accent: str = "#222"
    pen_ink: str = "#14306e"
    size: str = "9.6pt"
    margin: str = "15mm 16mm"
    page: str = "A4"
    title_css: str = "margin-bottom: 2mm"
    section_css: str = "border-bottom: 0.3mm solid #333"
    scribble: int = 0


def _sample(
    name: str,
    form: Form,
    *,
    language: str = "en",
    digits: str = "1,234.56",
    dates: str = "dd/MM/yyyy",
    ending: Ending = "pdf",
    scan: Scan | None = None,
) -> Sample:
    fields = [entry for section in form.sections for row in section.rows for entry in row]
    schema: dict[str, Any] = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": form.title,
        "description": form.lead or form.title,
        "type": "object",
        "required": [],
        "properties": {entry.key: entry.schema() for entry in fields},
    }
    sheet = Sheet(schema, language=language, digits=digits, dates=dates)
    scribbles = [scribble(form.scribble + at, form.pen_ink) for at in range(len(form.sign))]
    html = fill("form.html", d=vars(form), s=sheet, scribbles=scribbles)
    return Sample(name, "form", sheet, html, ending=ending, scan=scan, own_schema=schema)


def samples() -> list[Sample]:
    return [*_english(), *_german(), *_french()]


def _english() -> list[Sample]:
    return [
        _sample(
            "form-01",
            Form(
                "New patient registration",
                ("Meadowbank Medical Practice", "20 Orchard Way, Shrewsbury SY2 6LR"),
                (
                    Section(
                        "1. About you",
                        (
                            (choice("salutation", "Title", "Mrs", ("Mr", "Mrs", "Ms", "Dr"), 45), day("birth_date", "Date of birth", date(1984, 5, 19), 30), text("nhs_number", "NHS number", "485 777 3456", 25)),
                            (text("surname", "Surname", "Okafor", 50, "Last name", "Family name"), text("first_names", "First names", "Grace Adaeze", 50, "Given names")),
                            (text("address", "Home address", "7 Castle Gates, Shrewsbury", 70), text("postcode", "Postcode", "SY1 2AB", 30)),
                            (text("phone", "Telephone", "01743 555 0168", 34), text("mobile", "Mobile", "07700 900417", 33), text("email", "Email", None, 33)),
                        ),
                    ),
                    Section(
                        "2. Your health",
                        (
                            (yesno("smoker", "Do you smoke?", False, 34), yesno("asthma", "Asthma?", True, 33), yesno("diabetes", "Diabetes?", False, 33)),
                            (number("height_cm", "Height", "168", 34, "cm"), number("weight_kg", "Weight", "71.5", 33, "kg"), number("units_per_week", "Alcohol (units per week)", "4", 33)),
                            (text("allergies", "Allergies to medicines", "Penicillin", 50), text("medicines", "Medicines you take regularly", "Salbutamol inhaler", 50)),
                        ),
                    ),
                    Section(
                        "3. Emergency contact",
                        ((text("contact_name", "Name", "Emeka Okafor", 50), text("contact_relation", "Relationship", "Husband", 25), text("contact_phone", "Telephone", "07700 900552", 25)),),
                    ),
                ),
                "boxed",
                "Open Sans",
                "Liberation Mono",
                "Please complete every section in capital letters or tick the box that applies.",
                ("Form PR1", "Rev. 03/23"),
                sign=(("Signature of patient", True),),
                size="9.2pt",
                accent="#1d5c8a",
                section_css="background: #dfe9f2; padding: 1mm 2mm",
            ),
        ),
        _sample(
            "form-02",
            Form(
                "Membership application",
                ("Ashcombe Allotment Society", "Registered charity"),
                (
                    Section(
                        "",
                        (
                            (text("full_name", "Full name", "Derek Hollins", 100),),
                            (text("address", "Address", "33 Brook Street, Ashcombe TQ13 8QN", 100),),
                            (text("telephone", "Telephone", "01364 555 0127", 50), day("date_of_birth", "Date of birth", date(1957, 11, 30), 50)),
                            (choice("plot_size", "Plot wanted", "Half plot", ("Full plot", "Half plot", "Raised bed")),),
                            (yesno("shed", "Do you need a shed?", True, 50), yesno("waiting_list", "Put me on the waiting list", True, 50)),
                            (text("experience", "Growing experience", "30 years, mostly vegetables and dahlias"),),
                            (number("fee_paid", "Fee enclosed (£)", "18.50", 40), text("paid_by", "Paid by", "cheque", 60)),
                        ),
                    ),
                ),
                "lines",
                "Linux Libertine O",
                "Inconsolata",
                "Return this page to the secretary, Mrs P. Vane, 2 Church Cottages.",
                sign=(("Signed", True), ("Date", False)),
                size="12pt",
                margin="22mm 24mm",
                title_css="text-align: center; margin: 4mm 0 6mm",
                section_css="",
                scribble=1,
            ),
            ending="jpg",
            scan=Scan(150, 1.1, 0.7, 5, 0.9, 242, shadow=35, colour=True, quality=40, seed=42),
        ),
        _sample(
            "form-03",
            Form(
                "Application for employment",
                ("HARGREAVE & SONS", "Printing and bookbinding"),
                (
                    Section(
                        "Applicant",
                        (
                            (text("last_name", "Last name", "Delgado", 40), text("first_name", "First name", "Marisol", 40), text("middle_initial", "M.I.", "T", 20)),
                            (text("street", "Street address", "4418 Quarry Road, Apt. 2B", 70), text("city", "City", "Dayton", 30)),
                            (text("state", "State", "OH", 15), text("zip", "ZIP code", "45402", 20), text("phone", "Phone", "(937) 555-0143", 30), text("email", "E-mail", "m.delgado@postbox.example", 35)),
                        ),
                    ),
                    Section(
                        "Position",
                        (
                            (text("position", "Position applied for", "Bindery operator", 50), day("start_date", "Date available", date(2024, 10, 14), 25), number("pay", "Desired pay per hour ($)", "23.50", 25)),
                            (choice("employment", "Type of employment", "Full time", ("Full time", "Part time", "Seasonal"), 60), yesno("night_shift", "Willing to work nights", False, 40)),
                            (yesno("authorized", "Authorized to work in the United States", True, 60), yesno("worked_before", "Have you worked here before", False, 40)),
                        ),
                    ),
                    Section(
                        "Last employer",
                        (
                            (text("employer", "Company", "Miami Valley Packaging Inc.", 50), text("supervisor", "Supervisor", "Ron Tackett", 50)),
                            (day("employed_from", "From", date(2019, 3, 4), 25), day("employed_to", "To", date(2024, 8, 30), 25), text("reason", "Reason for leaving", "Plant closed", 50)),
                        ),
                    ),
                    Section("Declaration", ((tick("declared", "I certify that my answers are true and complete to the best of my knowledge.", True),),)),
                ),
                "under",
                "Carlito",
                "Liberation Mono",
                "An equal opportunity employer",
                sign=(("Signature", True), ("Date", False)),
                page="Letter",
                size="10.5pt",
                section_css="background: #222; color: #fff; padding: 0.8mm 2mm",
                pen_ink="#111",
                scribble=2,
            ),
            dates="MM/dd/yyyy",
        ),
        _sample(
            "form-04",
            Form(
                "Motor accident report",
                ("CROWN MUTUAL INSURANCE", "Claims Department, Norwich NR1 3DX"),
                (
                    Section(
                        "A  POLICY",
                        (
                            (comb("policy_number", "Policy number", "CM40718826", 12, 60), comb("registration", "Vehicle registration", "AY19KRL", 8, 40)),
                            (text("policyholder", "Policyholder", "Tamsin Eldridge", 60), text("occupation", "Occupation", "Surveyor", 40)),
                        ),
                    ),
                    Section(
                        "B  THE ACCIDENT",
                        (
                            (day("accident_date", "Date", date(2023, 1, 26), 25), text("accident_time", "Time", "08.40", 20), text("place", "Place", "A140 at Dickleburgh, northbound", 55)),
                            (choice("weather", "Weather", "Ice", ("Dry", "Rain", "Fog", "Ice"), 55), number("speed", "Your speed", "25", 20, "mph"), number("passengers", "Passengers", "1", 25)),
                            (yesno("police", "Police called?", True, 35), text("police_reference", "Police reference", "36/4471/23", 30), yesno("injured", "Was anyone injured?", False, 35)),
                            (text("damage", "Damage to your vehicle", "Front bumper, offside headlamp, bonnet"),),
                        ),
                    ),
                    Section("C  OTHER DRIVER", ((text("other_name", "Name", "Mr K. Wojcik", 50), text("other_insurer", "Insurer", None, 50)), (text("other_registration", "Registration", "FN66 UVD", 50), text("other_phone", "Telephone", "07700 900128", 50)))),
                ),
                "boxed",
                "Liberation Sans",
                "Liberation Mono",
                "Complete in black ink and return within 14 days.",
                ("MA/3", "Page 1 of 1"),
                sign=(("Signature of policyholder", True),),
                pen_ink="#111",
                size="9pt",
                section_css="font-size: 9.5pt",
            ),
            scan=Scan(150, -1.5, 0.7, 5, 0.9, 240, shadow=60, quality=38, holes=True, seed=44),
        ),
        _sample(
            "form-05",
            Form(
                "Registration – Northern Archives Conference 2025",
                ("Northern Archives Conference", "York, 11–13 June 2025"),
                (
                    Section(
                        "Attendee",
                        (
                            (text("name", "Name", "Hannah Lindqvist", 50), text("organisation", "Organisation", "Durham County Record Office", 50)),
                            (text("email", "Email address", "h.lindqvist@durhamrecords.example", 50), text("job_title", "Job title", None, 50)),
                        ),
                    ),
                    Section(
                        "Booking",
                        (
                            (choice("ticket", "Ticket", "Full conference", ("Full conference", "Single day", "Student"), 60), text("invoice_reference", "Purchase order", None, 40)),
                            (day("arrival", "Arrival", date(2025, 6, 10), 33), day("departure", "Departure", date(2025, 6, 13), 33), number("nights", "Nights", "3", 34)),
                            (choice("diet", "Dietary needs", "Vegetarian", ("None", "Vegetarian", "Vegan", "Gluten free")),),
                        ),
                    ),
                    Section("Options", ((tick("dinner", "Conference dinner, Thursday", True, 50), tick("tour", "Tour of the Minster library", False, 50)), (tick("newsletter", "Send me the newsletter", False, 50), tick("list", "Show my name in the delegate list", True, 50)))),
                ),
                "card",
                "Lato",
                "Lato",
                "Submitted on 4 March 2025 at 15:12. Keep this page for your records.",
                ("Booking reference NAC-0382",),
                accent="#7a2048",
                pen_ink="#111",
                size="10pt",
                title_css="color: #7a2048; margin-bottom: 2mm",
                section_css="color: #7a2048",
            ),
            dates="EEE d MMM yyyy",
        ),
        _sample(
            "form-06",
            Form(
                "CHANGE OF ADDRESS",
                ("FENLAND WATER", "Customer Services, PO Box 118, Ely CB7 4XX"),
                (
                    Section("Account", ((comb("account_number", "Account number", "3300718462", 10),), (comb("surname", "Surname", "WINTERBOURNE", 16),), (comb("initials", "Initials", "JR", 4),))),
                    Section("Old address", ((comb("old_street", "Street", "12 HEREWARD CLOSE", 20),), (comb("old_postcode", "Postcode", "CB6 3ND", 8),))),
                    Section("New address", ((comb("new_street", "Street", "5 STATION ROAD", 20),), (comb("new_town", "Town", "MARCH", 20),), (comb("new_postcode", "Postcode", "PE15 8SJ", 8),), (comb("email", "Email", None, 20),))),
                    Section("Details", ((day("moving_date", "Date of move", date(2024, 1, 19)),), (text("meter_reading", "Meter reading", "04417"),), (choice("owner", "I am the", "tenant", ("owner", "tenant")),), (tick("paperless", "Send my bills by email only", False),))),
                ),
                "lines",
                "Liberation Sans",
                "Liberation Mono",
                "",
                ("FW 22 (07/21)",),
                sign=(("Signature", True),),
                pen_ink="#000",
                size="10.5pt",
                scribble=2,
                margin="17mm 20mm",
                section_css="margin-top: 5mm",
            ),
            ending="tif",
            scan=Scan(200, 0.8, 0.8, 14, 1.0, 248, fax=True, specks=120, seed=46),
        ),
        _sample(
            "form-07",
            Form(
                "Leave request",
                ("Bramley Borough Council", "Human Resources"),
                (
                    Section(
                        "Employee",
                        ((text("employee", "Employee", "Stuart Mbeki", 60), text("payroll_number", "Payroll no.", "20418", 40)), (text("department", "Department", "Parks and Open Spaces", 60), text("manager", "Line manager", "Christine Hale", 40))),
                    ),
                    Section(
                        "Leave",
                        (
                            (choice("leave_type", "Type of leave", "Annual", ("Annual", "Unpaid", "Parental", "Compassionate")),),
                            (day("first_day", "First day", date(2024, 8, 5), 36), day("last_day", "Last day", date(2024, 8, 16), 36), number("working_days", "Working days", "10", 28)),
                            (number("remaining", "Days remaining after this request", "7.5", 60),),
                            (text("cover", "Cover arranged with", "Ayesha Karim", 100),),
                        ),
                    ),
                    Section("For office use", ((yesno("approved", "Approved", True, 40), day("approved_on", "Date", date(2024, 6, 18), 60)), (text("remarks", "Remarks", None, 100),))),
                ),
                "lines",
                "Caladea",
                "Liberation Mono",
                "",
                ("HR-07",),
                sign=(("Employee", True), ("Line manager", True)),
                pen_ink="#0d2c80",
                size="10.8pt",
                margin="20mm 22mm",
                page="A4",
            ),
        ),
        _sample(
            "form-08",
            Form(
                "Adoption questionnaire",
                ("Second Chance Greyhounds", "Rehoming centre, Taunton"),
                (
                    Section("Your household", ((text("name", "Your name", "Priya Ramanathan", 60), text("phone", "Daytime phone", "01823 555 0136", 40)), (number("adults", "Adults at home", "2", 30), number("children", "Children at home", "1", 30), number("youngest", "Age of the youngest", "9", 40))), "card"),
                    Section(
                        "Please answer all questions",
                        (
                            (yesno("own_home", "Do you own your home?", True),),
                            (yesno("garden", "Is the garden fully fenced?", True),),
                            (yesno("cats", "Do you keep cats or other small animals?", False),),
                            (yesno("dog_before", "Have you kept a dog before?", True),),
                            (yesno("alone", "Will the dog be alone for more than four hours a day?", False),),
                            (yesno("visit", "May we visit you at home before the adoption?", True),),
                            (yesno("stairs", "Are there steep stairs in the house?", None),),
                        ),
                        "ask",
                    ),
                    Section("The dog", ((choice("sex", "Preference", "Female", ("Male", "Female", "No preference"), 60), number("budget", "Monthly budget (£)", "120", 40)),), "card"),
                ),
                "card",
                "Roboto",
                "Roboto",
                "It takes five minutes. Your answers help us to find the right companion for you.",
                ("Received 22 April 2024",),
                accent="#b5541c",
                pen_ink="#111",
                title_css="color: #b5541c; margin-bottom: 2mm",
                section_css="border-bottom: 0.5mm solid #b5541c; padding-bottom: 1mm",
            ),
        ),
    ]  # fmt: skip


def _german() -> list[Sample]:
    return [
        _sample(
            "form-09",
            Form(
                "Anmeldung zur Kindertagesstätte",
                ("Stadt Bad Rothenfels", "Amt für Kinder und Familie"),
                (
                    Section(
                        "Angaben zum Kind",
                        (
                            (text("child_surname", "Name", "Brandstetter", 40), text("child_first_name", "Vorname", "Lena Marie", 35), day("child_birth_date", "Geburtsdatum", date(2021, 7, 23), 25)),
                            (choice("sex", "Geschlecht", "weiblich", ("weiblich", "männlich", "divers"), 50), text("nationality", "Staatsangehörigkeit", "deutsch", 50)),
                            (text("street", "Straße, Hausnummer", "Mühlenweg 14 a", 60), text("town", "PLZ, Ort", "97337 Bad Rothenfels", 40)),
                        ),
                    ),
                    Section(
                        "Betreuung",
                        (
                            (day("from_date", "Aufnahme ab", date(2024, 9, 1), 30), number("hours", "Stunden je Woche", "35", 25), choice("time", "Umfang", "ganztags", ("vormittags", "ganztags"), 45)),
                            (yesno("lunch", "Mittagessen", True, 30), yesno("siblings", "Geschwister in der Einrichtung", False, 40), yesno("vaccinated", "Masernschutz", True, 30)),
                            (text("allergies", "Unverträglichkeiten", "Haselnuss", 100),),
                        ),
                    ),
                    Section("Erziehungsberechtigte", ((text("parent", "Name, Vorname", "Brandstetter, Julia", 50), text("parent_phone", "Telefon", "09342 555 016", 50)), (text("parent_email", "E-Mail", "j.brandstetter@post.example", 50), text("employer", "Arbeitgeber", None, 50)))),
                ),
                "boxed",
                "Roboto Condensed",
                "Inconsolata",
                "Zutreffendes bitte ankreuzen. Für jedes Kind ist ein eigener Bogen auszufüllen.",
                ("KFA 12", "Stand 01/2024"),
                ("ja", "nein"),
                (("Ort, Datum", False), ("Unterschrift", True)),
                size="10.4pt",
                section_css="border-left: 1.5mm solid #555; padding-left: 2mm",
                scribble=1,
            ),
            language="de",
            digits="1.234,56",
            dates="dd.MM.yyyy",
        ),
        _sample(
            "form-10",
            Form(
                "Schadenmeldung Hausrat",
                ("VERSA Versicherungsverein a. G.", "Schadenabteilung · 30159 Hannover"),
                (
                    Section(
                        "Versicherungsnehmer",
                        ((text("insured", "Name", "Holger Dreyer", 55), text("contract", "Versicherungsschein-Nr.", "HR 772-104-88", 45)), (text("address", "Anschrift", "Fliederstr. 9, 31785 Hameln", 60), text("phone", "Telefon", "05151 555 013", 40))),
                    ),
                    Section(
                        "Schaden",
                        (
                            (day("damage_date", "Schadentag", date(2023, 12, 17), 50),),
                            (choice("cause", "Ursache", "Leitungswasser", ("Feuer", "Leitungswasser", "Sturm", "Diebstahl")),),
                            (text("description", "Hergang", "Zulauf der Waschmaschine gerissen, Parkett aufgequollen"),),
                            (number("amount", "Schadenhöhe in Euro", "2350.00", 50, shown="2.350,00"), yesno("repaired", "Bereits repariert?", False, 50)),
                            (yesno("police", "Polizei verständigt?", False, 50), yesno("photos", "Fotos beigefügt?", True, 50)),
                        ),
                    ),
                    Section("Zahlung", ((text("account_holder", "Kontoinhaber", "Holger Dreyer", 45), text("iban", "IBAN", "DE41 2545 0001 0007 7218 63", 55)),)),
                ),
                "lines",
                "Carlito",
                "Liberation Mono",
                "",
                ("S-HR 3",),
                ("ja", "nein"),
                (("Datum", False), ("Unterschrift", True)),
                size="11pt",
                margin="18mm 18mm",
                scribble=2,
            ),
            language="de",
            digits="1.234,56",
            dates="dd.MM.yyyy",
            ending="jpg",
            scan=Scan(150, 1.8, 0.8, 6, 0.75, 236, shadow=55, quality=40, fold=True, seed=50),
        ),
    ]  # fmt: skip


def _french() -> list[Sample]:
    return [
        _sample(
            "form-11",
            Form(
                "Bulletin d'inscription – saison 2024-2025",
                ("Club nautique de l'Erdre", "Base de Sucé, 44240 Sucé-sur-Erdre"),
                (
                    Section(
                        "Adhérent",
                        (
                            (text("last_name", "Nom", "Rousselet", 50), text("first_name", "Prénom", "Antoine", 50)),
                            (day("birth_date", "Date de naissance", date(2010, 2, 27), 35), choice("sex", "Sexe", "Masculin", ("Féminin", "Masculin"), 65)),
                            (text("address", "Adresse", "6, rue du Port-Boyer", 60), text("town", "Code postal et ville", "44300 Nantes", 40)),
                            (text("phone", "Téléphone", None, 40), text("email", "Courriel", "famille.rousselet@courrier.example", 60)),
                        ),
                    ),
                    Section("Activité", ((choice("activity", "Discipline", "Aviron", ("Aviron", "Kayak", "Voile")),), (choice("level", "Niveau", "Débutant", ("Débutant", "Confirmé", "Compétition")),), (number("fee", "Cotisation (€)", "185.00", 40, shown="185,00"), choice("payment", "Règlement", "chèque", ("chèque", "virement", "espèces"), 60)))),
                    Section("Autorisations", ((tick("swim", "Je certifie que l'enfant sait nager 50 mètres.", True),), (tick("image", "J'autorise l'utilisation de son image.", False),), (tick("transport", "J'autorise le transport en minibus.", True),))),
                ),
                "card",
                "Open Sans",
                "Liberation Mono",
                "À remettre au secrétariat avec un certificat médical et une photo.",
                ("Licence n° 44-1187",),
                ("oui", "non"),
                (("Date", False), ("Signature du responsable légal", True)),
                accent="#0f5f8c",
                section_css="color: #0f5f8c; border-bottom: 0.3mm solid #0f5f8c",
            ),
            language="fr",
            digits="1 234,56",
        ),
        _sample(
            "form-12",
            Form(
                "Demande de carte de lecteur",
                ("Médiathèque municipale", "Ville de Saint-Brévin"),
                (
                    Section(
                        "Demandeur",
                        (
                            (comb("last_name", "Nom", "MARCHAND", 18, 60), comb("card_number", "N° de carte", "0044718", 8, 40)),
                            (comb("first_name", "Prénom", "SOLENE", 18, 60), day("birth_date", "Né(e) le", date(1996, 10, 13), 40)),
                            (text("address", "Adresse", "22, avenue de Mindin", 60), text("postcode", "Code postal", "44250", 40)),
                            (text("profession", "Profession", "infirmière", 50), text("email", "Courriel", None, 50)),
                            (choice("tariff", "Tarif", "plein", ("plein", "réduit", "gratuit"), 50), number("paid", "Somme versée (€)", "12.00", 50, shown="12,00")),
                            (yesno("digital", "Accès aux livres numériques", True, 50), yesno("renewal", "Renouvellement", False, 50)),
                        ),
                    ),
                ),
                "boxed",
                "Cantarell",
                "Inconsolata",
                "Remplir en lettres capitales. Une pièce d'identité sera demandée.",
                ("MM-02",),
                ("oui", "non"),
                (("Signature", True),),
                size="9.4pt",
                page="A5 landscape",
                margin="9mm 10mm",
                pen_ink="#102a6b",
                scribble=1,
            ),
            language="fr",
            digits="1 234,56",
            dates="dd.MM.yyyy",
            ending="png",
            scan=Scan(170, -0.7, 0.5, 3, 0.9, 248, shadow=20, specks=5, seed=52),
        ),
    ]  # fmt: skip
