"""The account statements: banks, customers and movements go in here; samples come out."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any, NamedTuple

from samples.make.press import fill
from samples.make.sample import Sample
from samples.make.scanner import Ending, Scan
from samples.make.sheet import Sheet, read_schema
from samples.make.trade import Labels, iban

ENGLISH = {
    "page": "Page", "stated": "Statement date", "to": "to", "account": "Account number", "period": "Period", "currency": "Currency", "opening": "Opening balance",
    "closing": "Closing balance", "money_in": "Money in", "money_out": "Money out", "from": "From", "until": "To", "holder": "Account holder", "date": "Date",
    "description": "Details", "out": "Paid out", "in": "Paid in", "amount": "Amount", "balance": "Balance", "value": "Value date",
}  # fmt: skip
GERMAN = ENGLISH | {
    "page": "Seite", "stated": "Auszugsdatum", "to": "bis", "account": "IBAN", "period": "Zeitraum", "currency": "Währung", "opening": "Alter Kontostand",
    "closing": "Neuer Kontostand", "money_in": "Gutschriften", "money_out": "Lastschriften", "from": "Von", "until": "Bis", "holder": "Kontoinhaber",
    "date": "Buchungstag", "description": "Verwendungszweck", "out": "Soll", "in": "Haben", "amount": "Betrag EUR", "balance": "Saldo EUR", "value": "Wert",
}  # fmt: skip
FRENCH = ENGLISH | {
    "page": "Page", "stated": "Date du relevé", "to": "au", "account": "N° de compte", "period": "Période du", "currency": "Devise", "opening": "Ancien solde",
    "closing": "Nouveau solde", "money_in": "Total crédits", "money_out": "Total débits", "from": "Du", "until": "Au", "holder": "Titulaire", "date": "Date",
    "description": "Libellé", "out": "Débit", "in": "Crédit", "amount": "Montant", "balance": "Solde", "value": "Valeur",
}  # fmt: skip


class Payee(NamedTuple):
    """Where money goes (negative) or comes from, between two whole amounts.

    It comes up at most `most` times in a statement; `step` is what a cash machine gives; {n} counts up.
    """

    text: str
    low: int
    high: int
    most: int = 3
    step: int = 0


UK_HOME = (Payee("Card payment Ferndale Foods Halifax", -74, -12), Payee("Direct debit Calder Water", -38, -31, 1), Payee("Card payment Pump & Go 0417", -62, -35, 2), Payee("Card payment The Copper Kettle", -24, -6), Payee("Cash machine Northgate", -50, -20, 2, 10), Payee("Direct debit Brightline Energy", -118, -84, 1), Payee("Transfer from J Harker", 20, 60, 1, 5), Payee("Card payment Moorland Books", -36, -9, 2), Payee("Direct debit Halifax Gym Club", -29, -29, 1))  # fmt: skip
US_HOME = (Payee("POS purchase Lakeside Grocery #112", -142, -18), Payee("ACH debit Prairie Electric Coop", -131, -72, 1), Payee("Check {n}", -95, -40, 2), Payee("POS purchase Blue Heron Diner", -79, -14), Payee("Mobile deposit", 40, 260, 1), Payee("POS purchase Duluth Hardware", -88, -11, 2), Payee("ATM withdrawal London Road", -100, -40, 1, 20), Payee("ACH debit Great Lakes Insurance", -164, -164, 1), Payee("Transfer to savings", -300, -150, 1, 50))  # fmt: skip
BUSINESS = (Payee("Faster payment Whitcombe & Daughters", 1640, 4900, 7), Payee("Direct debit Severn Timber Ltd", -1980, -310, 9), Payee("Card sales settlement", 220, 1350, 18), Payee("BACS wages", -1890, -1240, 12), Payee("Cheque {n}", -460, -85, 9), Payee("Direct debit HMRC VAT", -3600, -2900, 1), Payee("Bank charges", -18, -7, 3), Payee("Card payment Bristol Van Hire", -145, -65, 8), Payee("Faster payment Saltmarsh Press", 410, 1480, 7), Payee("Direct debit Avon Business Rates", -389, -389, 3), Payee("Card payment Trade Counter BS2", -310, -24, 14), Payee("Card payment Post Office Temple Meads", -31, -4, 9))  # fmt: skip
GERMAN_HOME = (Payee("Kartenzahlung Frischmarkt Hellweg Unna", -96, -9, 9), Payee("Lastschrift Stadtwerke Unna Abschlag", -112, -78, 1), Payee("Bargeldauszahlung Automat 0417", -150, -50, 4, 50), Payee("Kartenzahlung Tankstelle Ehlers", -88, -41, 6), Payee("Gutschrift Steuererstattung", 140, 420, 1), Payee("Lastschrift Rundfunkbeitrag", -56, -55, 1), Payee("Überweisung Kinderturnverein", -36, -24, 3, 6), Payee("Kartenzahlung Linden-Apotheke", -34, -8, 5), Payee("Lastschrift Telefongesellschaft Westfalen", -45, -35, 3), Payee("Kartenzahlung Buchhandlung Korn", -48, -9, 4), Payee("Kartenzahlung Bäckerei Petersen", -12, -3, 8))  # fmt: skip
FRENCH_HOME = (Payee("CARTE BOULANGERIE AU LEVAIN D'OR", -24, -4), Payee("PRLV EAUX DE L'ANJOU", -58, -33, 1), Payee("RETRAIT DAB ANGERS CENTRE", -80, -40, 2, 20), Payee("CARTE SUPERMARCHE DES PONTS", -132, -18), Payee("CHEQUE {n}", -110, -35, 2), Payee("VIR REMBOURSEMENT SECURITE SOCIALE", 14, 72, 2), Payee("PRLV ELECTRICITE REGIONALE", -96, -64, 1), Payee("CARTE LIBRAIRIE RICHER", -42, -8, 2))  # fmt: skip


@dataclass(frozen=True)
class Move:
    """One movement; `balance` is None where the statement prints none in its row."""

    day: date
    valued: date
    text: str
    amount: Decimal
    balance: Decimal | None


@dataclass(frozen=True)
class Statement:
    """The content and the look of one statement. Layouts: panel, boxes, plain.

    `minus` is how money that left is printed: -45.00, 45.00- or 45.00 S. With `edges` the balances are the
    first and the last row of the table.
    """

    bank: str
    title: str
    account: str
    start: date
    end: date
    opening: Decimal
    payees: tuple[Payee, ...]
    count: int
    regular: tuple[tuple[int, str, str], ...]
    columns: tuple[str, ...]
    words: Labels
    font: str
    seed: int
    holder: str | None = None
    address: tuple[str, ...] = ()
    bank_address: tuple[str, ...] = ()
    stated: date | None = None
    currency_shown: bool = True
    signs: bool = False
    minus: str = "-45.00"
    balance_each: bool = True
    layout: str = "panel"
    edges: bool = False
    row_dates: str | None = None
    accent: str = "#1f3f6e"
    tint: str = "#eef2f7"
    size: str = "9pt"
    margin: str = "15mm 16mm 18mm"
    page: str = "A4"
    head_css: str = "border-bottom: 0.4mm solid #333"
    row_rule: str = "0.15mm solid #ddd"
    pad: str = "1.1mm"
    bank_css: str = "font-weight: bold"
    title_weight: str = "bold"
    extra: str = ""
    note: str = ""
    small_print: str = ""
    secret: str = ""


def _moves(statement: Statement) -> list[Move]:
    """Movements of the period in order: drawn from the payees, and the regular ones on their days."""
    draw = random.Random(statement.seed)
    days = (statement.end - statement.start).days
    found: list[tuple[date, str, Decimal]] = []
    pool = [payee for payee in statement.payees for _ in range(payee.most)]
    for payee in draw.sample(pool, min(statement.count, len(pool))):
        day = statement.start + timedelta(draw.randint(0, days))
        whole = draw.randint(payee.low, payee.high)
        if payee.step:
            amount = Decimal(whole - whole % payee.step)
        else:
            fraction = 0 if payee.low == payee.high else draw.randint(0, 99)
            amount = whole + Decimal(fraction) / 100 * (1 if whole > 0 else -1)
        found.append((day, payee.text, amount))
    found += [(statement.start + timedelta(offset), text, Decimal(amount)) for offset, text, amount in statement.regular]
    found.sort(key=lambda move: move[0])
    balance, number = statement.opening, 317 + 1000 * statement.seed
    moves: list[Move] = []
    for day, text, amount in found:
        balance += amount
        number += "{n}" in text
        moves.append(Move(day, day + timedelta(draw.choice((0, 0, 1))), text.format(n=number), amount, balance))
    if not statement.balance_each:
        last = [later.day != move.day for move, later in pairwise(moves)] + [True]
        moves = [move if ends else replace(move, balance=None) for move, ends in zip(moves, last, strict=True)]
    return moves


def _printer(sheet: Sheet, minus: str) -> Callable[..., str]:
    def show(value: Decimal, *, moved: bool = False) -> str:
        digits = sheet.number(abs(value))
        if minus == "45.00-":
            return digits + ("-" if value < 0 else " ").rstrip()
        if minus == "45.00 S":
            return digits + (" S" if value < 0 else " H")
        if minus == "+45.00" and moved:
            return ("-" if value < 0 else "+") + digits
        return ("-" if value < 0 else "") + digits

    return show


def _sample(
    name: str,
    statement: Statement,
    *,
    currency: str,
    language: str = "en",
    digits: str = "1,234.56",
    dates: str = "d MMM yyyy",
    sign: str = "",
    sign_after: bool = False,
    ending: Ending = "pdf",
    scan: Scan | None = None,
) -> Sample:
    sheet = Sheet(
        read_schema("statement"), language=language, digits=digits, dates=dates, currency=currency, sign=sign, sign_after=sign_after
    )
    moves = _moves(statement)
    amounts = [move.amount for move in moves]
    content: dict[str, Any] = vars(statement) | {
        "moves": moves,
        "closing": statement.opening + sum(amounts, Decimal(0)),
        "total_in": sum((amount for amount in amounts if amount > 0), Decimal(0)),
        "total_out": -sum((amount for amount in amounts if amount < 0), Decimal(0)),
        "show": _printer(sheet, statement.minus),
    }
    hidden = {"/closing_balance": statement.secret} if statement.secret else None
    return Sample(name, "statement", sheet, fill("statement.html", d=content, s=sheet), ending=ending, scan=scan, hidden=hidden)


def samples() -> list[Sample]:
    return [*_english(), *_german(), *_french()]


def _english() -> list[Sample]:
    return [
        _sample(
            "statement-01",
            Statement(
                "Pennine Mutual Bank",
                "Current account statement",
                "20-41-77  30418826",
                date(2024, 3, 1),
                date(2024, 3, 31),
                Decimal("842.17"),
                UK_HOME,
                15,
                ((0, "Standing order rent", "-725.00"), (27, "Salary Calderdale Schools", "2184.36")),
                ("date", "description", "out", "in", "balance"),
                ENGLISH,
                "Roboto",
                1,
                holder="Ms Alison Greenwood",
                address=("14 Savile Terrace", "Halifax HX1 3EA"),
                bank_address=("Commercial Street, Halifax HX1 1HG",),
                stated=date(2024, 4, 2),
                currency_shown=False,
                signs=True,
                row_dates="d MMM",
                accent="#5a2a6b",
                tint="#f3eef6",
                head_css="background: #5a2a6b; color: #fff",
                extra="Sheet 118",
            ),
            currency="GBP",
            sign="£",
            dates="d MMMM yyyy",
        ),
        _sample(
            "statement-02",
            Statement(
                "Lake Superior Credit Union",
                "Checking account statement",
                "0044-718826-01",
                date(2024, 10, 1),
                date(2024, 10, 31),
                Decimal("2311.58"),
                US_HOME,
                13,
                ((3, "Direct deposit Duluth Clinic payroll", "1873.42"), (17, "Direct deposit Duluth Clinic payroll", "1873.42")),
                ("date", "description", "amount", "balance"),
                ENGLISH | {"opening": "Previous balance", "closing": "New balance", "money_in": "Deposits", "money_out": "Withdrawals", "description": "Description", "to": "through", "period": "Statement period"},
                "Lato",
                2,
                holder="Karen and Todd Lindstrom",
                address=("1820 Minnehaha Street", "Duluth, MN 55803"),
                bank_address=("Member owned since 1941",),
                stated=date(2024, 10, 31),
                currency_shown=False,
                signs=True,
                page="Letter",
                accent="#0f5d73",
                tint="#e8f2f4",
                row_rule="none",
                head_css="border-top: 0.3mm solid #0f5d73; border-bottom: 0.3mm solid #0f5d73",
                note="Please examine this statement at once. Report errors within 60 days.",
            ),
            currency="USD",
            sign="$",
            dates="MM/dd/yyyy",
        ),
        _sample(
            "statement-03",
            Statement(
                "Severn Bank",
                "Business account",
                "40-05-15  31926819",
                date(2024, 7, 1),
                date(2024, 9, 30),
                Decimal("11846.02"),
                BUSINESS,
                94,
                (),
                ("date", "description", "out", "in", "balance"),
                ENGLISH | {"opening": "Balance brought forward", "closing": "Balance carried forward", "stated": "Date"},
                "Liberation Sans Narrow",
                33,
                holder="HARBOUR LANE JOINERY LTD",
                address=("Unit 6, Wharf Road Estate", "Bristol BS2 0QA"),
                bank_address=("4 Queen Charlotte Street, Bristol BS1 4HQ",),
                stated=date(2024, 10, 1),
                layout="boxes",
                edges=True,
                balance_each=False,
                row_dates="dd MMM yy",
                accent="#333",
                size="9.6pt",
                pad="0.75mm",
                small_print="Severn Bank plc. Registered in England No. 118204.",
            ),
            currency="GBP",
            dates="dd MMM yyyy",
        ),
        _sample(
            "statement-04",
            Statement(
                "Vale of Evesham Building Society",
                "Savings account",
                "7714-00382",
                date(2022, 1, 1),
                date(2022, 12, 31),
                Decimal("5230.00"),
                (Payee("Cash deposit", 40, 200, 6, 10), Payee("Cheque deposit", 85, 310, 4), Payee("Withdrawal, branch", -250, -60, 3, 10)),
                11,
                ((364, "Interest, gross", "47.83"),),
                ("date", "description", "amount", "balance"),
                ENGLISH | {"holder": "Account name", "description": "Transaction"},
                "EB Garamond",
                4,
                holder="Mr Leonard Pask",
                bank_address=("11 High Street, Evesham WR11 4DA",),
                stated=date(2023, 1, 6),
                layout="plain",
                accent="#2c4d2c",
                size="12pt",
                margin="24mm 24mm",
                bank_css="font-variant: normal",
            ),
            currency="GBP",
            dates="d MMM yyyy",
            ending="jpg",
            scan=Scan(150, 1.0, 0.7, 5, 0.88, 241, shadow=50, quality=40, seed=64),
        ),
        _sample(
            "statement-05",
            Statement(
                "Tern",
                "Account activity",
                "TN 8841 2207",
                date(2025, 4, 1),
                date(2025, 4, 30),
                Decimal("1290.44"),
                (Payee("Moorland Books", -36, -9), Payee("The Copper Kettle", -19, -5, 4), Payee("Liffey Rail", -58, -12), Payee("From Ravi", 15, 60, 2, 5), Payee("Corner Greengrocer", -31, -7, 4), Payee("Broadband", -32, -32, 1), Payee("Cinema", -24, -11, 2)),
                15,
                ((24, "Salary, Orchard Design", "2310.00"),),
                ("date", "description", "amount"),
                ENGLISH | {"period": "Shown", "account": "Account no."},
                "Cantarell",
                5,
                layout="plain",
                signs=True,
                currency_shown=False,
                minus="+45.00",
                accent="#e0523c",
                head_css="color: #888; font-weight: normal; border-bottom: 0.2mm solid #ccc",
                size="10pt",
                margin="20mm 26mm",
                note="Created in the app on 2 May 2025.",
                secret="Closing balance €9,914.10",
            ),
            currency="EUR",
            sign="€",
            dates="d MMM yyyy",
        ),
        _sample(
            "statement-06",
            Statement(
                "FIRST ANGLIAN BANK",
                "STATEMENT OF ACCOUNT",
                "61441902",
                date(2021, 5, 4),
                date(2021, 6, 3),
                Decimal("318.90"),
                (Payee("CHQ {n}", -120, -20, 4), Payee("D/D TV LICENCE", -14, -13, 1), Payee("CASH ELY MARKET PL", -60, -30, 4, 10), Payee("CREDIT", 45, 180, 2), Payee("D/D FENLAND WATER", -41, -29, 1), Payee("S/O A J BIRD", -50, -50, 1)),
                12,
                ((14, "PENSION DWP", "614.80"),),
                ("date", "description", "amount", "balance"),
                ENGLISH | {k: ENGLISH[k].upper() for k in ("date", "description", "amount", "balance", "opening", "closing", "account", "from", "until", "currency", "stated")},
                "Liberation Mono",
                6,
                holder="MISS D M CUTTER",
                address=("RIVERSIDE COTTAGE", "LITTLEPORT CB6 1QT"),
                stated=date(2021, 6, 3),
                minus="45.00-",
                layout="boxes",
                edges=True,
                accent="#222",
                row_rule="none",
                pad="0.5mm",
                bank_css="font-weight: normal",
            ),
            currency="GBP",
            dates="dd/MM/yy",
            scan=Scan(170, -1.2, 0.8, 6, 0.72, 240, shadow=40, quality=36, fold=True, seed=66),
        ),
    ]  # fmt: skip


def _german() -> list[Sample]:
    return [
        _sample(
            "statement-07",
            Statement(
                "Sparkasse Hellweg-Unna",
                "Kontoauszug 3/2024",
                iban("DE", "443500600001182204"),
                date(2024, 3, 1),
                date(2024, 3, 28),
                Decimal("1204.66"),
                GERMAN_HOME,
                11,
                ((3, "Dauerauftrag Miete Lindenhof", "-680.00"), (27, "Gehalt Stadtverwaltung Unna", "2417.90")),
                ("date", "value", "description", "amount"),
                GERMAN | {"stated": "Datum"},
                "Liberation Sans",
                7,
                holder="Matthias Rehbein",
                address=("Kastanienallee 8", "59425 Unna"),
                stated=date(2024, 3, 28),
                minus="45.00 S",
                edges=True,
                layout="boxes",
                accent="#b3001b",
                row_rule="none",
                size="9.4pt",
            ),
            currency="EUR",
            language="de",
            digits="1.234,56",
            dates="dd.MM.yyyy",
            ending="png",
            scan=Scan(150, 0.9, 0.5, 3, 0.9, 249, shadow=22, specks=8, seed=67),
        ),
        _sample(
            "statement-08",
            Statement(
                "Fördebank Kiel eG",
                "Kontoauszug Nr. 2",
                iban("DE", "210501700044718826"),
                date(2023, 4, 1),
                date(2023, 6, 30),
                Decimal("3480.25"),
                tuple(payee._replace(text=payee.text.replace("Unna", "Kiel").replace("Frischmarkt Hellweg", "Frischmarkt Förde").replace("Westfalen", "Nord")) for payee in GERMAN_HOME),
                43,
                ((2, "Dauerauftrag Miete Elendsredder", "-815.00"), (32, "Dauerauftrag Miete Elendsredder", "-815.00"), (63, "Dauerauftrag Miete Elendsredder", "-815.00"), (26, "Gehalt Werft Kiel GmbH", "2655.12"), (56, "Gehalt Werft Kiel GmbH", "2655.12"), (87, "Gehalt Werft Kiel GmbH", "2655.12")),
                ("date", "description", "amount", "balance"),
                GERMAN,
                "Carlito",
                8,
                holder="Frauke Thomsen",
                address=("Düppelstraße 41", "24105 Kiel"),
                bank_address=("Lorentzendamm 10, 24103 Kiel",),
                stated=date(2023, 7, 3),
                accent="#00559b",
                tint="#e9f1f8",
                head_css="background: #e9f1f8; border-bottom: 0.4mm solid #00559b",
                size="10pt",
                small_print="Einwendungen sind binnen sechs Wochen zu erheben.",
            ),
            currency="EUR",
            language="de",
            digits="1.234,56",
            dates="dd.MM.yyyy",
        ),
    ]  # fmt: skip


def _french() -> list[Sample]:
    return [
        _sample(
            "statement-09",
            Statement(
                "Crédit du Bocage",
                "RELEVÉ DE COMPTE",
                iban("FR", "14410000017188260041738"),
                date(2024, 5, 2),
                date(2024, 5, 31),
                Decimal("1118.40"),
                FRENCH_HOME,
                13,
                ((3, "VIR LOYER AGENCE DU MAIL", "-640.00"), (26, "VIR SALAIRE CLINIQUE SAINT-JOSEPH", "1986.27"),),
                ("date", "value", "description", "out", "in"),
                FRENCH | {"account": "IBAN"},
                "Open Sans",
                9,
                holder="Mme Lucie Ferrand",
                address=("9, rue du Mail", "49100 Angers"),
                bank_address=("Agence d'Angers Foch",),
                stated=date(2024, 6, 1),
                layout="panel",
                accent="#00695c",
                tint="#e5f2f0",
                head_css="background: #00695c; color: #fff",
                size="8.6pt",
                note="Sauf erreur ou omission de notre part.",
            ),
            currency="EUR",
            language="fr",
            digits="1 234,56",
            dates="dd/MM/yyyy",
        ),
        _sample(
            "statement-10",
            Statement(
                "Banque des Flandres",
                "Relevé n° 11",
                "30004 00872 44718826001 55",
                date(2022, 11, 1),
                date(2022, 11, 30),
                Decimal("604.12"),
                tuple(payee._replace(text=payee.text.replace("ANGERS", "LILLE").replace("DE L'ANJOU", "DE LA DEULE")) for payee in FRENCH_HOME),
                14,
                ((4, "VIR LOYER REGIE DES POSTES", "-590.00"), (27, "VIR SALAIRE IMPRIMERIE DELACOURT", "1742.90"),),
                ("date", "description", "out", "in"),
                FRENCH | {"opening": "Solde initial", "closing": "Solde final"},
                "Linux Biolinum O",
                10,
                holder="M. Bastien Vermeulen",
                address=("27, rue des Postes", "59000 Lille"),
                layout="boxes",
                edges=True,
                currency_shown=False,
                signs=True,
                accent="#444",
                size="10.5pt",
            ),
            currency="EUR",
            language="fr",
            digits="1 234,56",
            dates="dd.MM.yyyy",
            sign="€",
            sign_after=True,
            ending="jpg",
            scan=Scan(150, -1.7, 0.7, 5, 0.85, 238, shadow=60, quality=38, seed=70),
        ),
    ]  # fmt: skip
