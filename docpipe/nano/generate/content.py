"""A seed becomes what people and companies write: names, addresses, dates, amounts, codes and prose."""

from __future__ import annotations

import functools
import random
import string
from dataclasses import dataclass

from babel.dates import format_date
from faker import Faker

from docpipe.nano.generate.fonts import held_out
from docpipe.nano.generate.names import bank_of, company_otherwise, town_of

LOCALES = {
    "en": ("en_US", "en_GB", "en_AU", "en_IN"),
    "de": ("de_DE", "de_AT"),
    "fr": ("fr_FR",),
    "es": ("es_ES",),
    "nl": ("nl_NL",),
    "it": ("it_IT",),
}
DATE_PATTERNS = {
    "en": (
        "MM/dd/yyyy",
        "dd/MM/yyyy",
        "MMM d, yyyy",
        "MMMM d, yyyy",
        "d MMM yyyy",
        "d MMMM yyyy",
        "yyyy-MM-dd",
        "dd-MMM-yyyy",
        "dd MMM yyyy",
        "M/d/yy",
        "dd/MM/yy",
        "dd-MM-yyyy",
        "MMM dd yyyy",
        "EEE d MMM yyyy",
    ),
    "de": ("dd.MM.yyyy", "d. MMMM yyyy", "dd.MM.yy", "yyyy-MM-dd", "d.M.yyyy"),
    "fr": ("dd/MM/yyyy", "d MMMM yyyy", "dd/MM/yy", "dd.MM.yyyy"),
    "es": ("dd/MM/yyyy", "d 'de' MMMM 'de' yyyy", "dd-MM-yyyy", "dd/MM/yy"),
    "nl": ("dd-MM-yyyy", "d MMMM yyyy", "dd/MM/yyyy"),
    "it": ("dd/MM/yyyy", "d MMMM yyyy", "dd-MM-yyyy"),
}
CURRENCIES = {
    "en": ("$", "£", "USD", "GBP", "€", "RM", "A$", "CHF", "US$"),
    "de": ("€", "EUR", "CHF"),
    "fr": ("€", "EUR", "CHF"),
    "es": ("€", "EUR"),
    "nl": ("€", "EUR"),
    "it": ("€", "EUR"),
}
SUFFIXES = {
    "en": (
        "Ltd",
        "Inc.",
        "LLC",
        "Ltd.",
        "Corp.",
        "Group",
        "& Co.",
        "PLC",
        "Pty Ltd",
        "SDN BHD",
        "Services",
        "Limited",
        "Partners",
    ),
    "de": ("GmbH", "AG", "GmbH & Co. KG", "KG", "OHG", "e.K.", "UG"),
    "fr": ("SARL", "SA", "SAS", "EURL"),
    "es": ("S.L.", "S.A.", "S.L.U."),
    "nl": ("B.V.", "BV", "N.V.", "V.O.F."),
    "it": ("S.r.l.", "S.p.A.", "SRL", "S.n.c."),
}
_TRADES = [
    "Trading",
    "Logistics",
    "Systems",
    "Consulting",
    "Design",
    "Foods",
    "Motors",
    "Electronics",
    "Garden",
    "Media",
    "Software",
    "Hardware",
    "Interiors",
    "Solutions",
    "Bakery",
    "Market",
    "Hotel",
    "Cafe",
    "Bistro",
    "Pharmacy",
    "Books",
    "Sports",
    "Energy",
    "Construction",
    "Plumbing",
    "Printing",
    "Textiles",
    "Supplies",
    "Industries",
    "Analytics",
    "Dental",
    "Travel",
    "Cleaning",
    "Tools",
    "Paper",
    "Coffee",
    "Flowers",
    "Optics",
    "Furniture",
    "Marine",
    "Steel",
    "Glass",
    "Wines",
    "Music",
    "Toys",
]
_GOODS = [
    "Widget",
    "Cable",
    "Desk",
    "Chair",
    "Lamp",
    "Notebook",
    "Printer",
    "Paper",
    "Toner",
    "Monitor",
    "Keyboard",
    "Mouse",
    "Adapter",
    "Battery",
    "Charger",
    "Bottle",
    "Coffee",
    "Tea",
    "Milk",
    "Bread",
    "Butter",
    "Cheese",
    "Apple",
    "Banana",
    "Tomato",
    "Rice",
    "Pasta",
    "Pizza",
    "Burger",
    "Salad",
    "Soup",
    "Juice",
    "Water",
    "Beer",
    "Wine",
    "Chicken",
    "Beef",
    "Fish",
    "Sandwich",
    "Cake",
    "Cookie",
    "Soap",
    "Shampoo",
    "Towel",
    "Pen",
    "Pencil",
    "Folder",
    "Envelope",
    "Stapler",
    "Tape",
    "Box",
    "Hammer",
    "Drill",
    "Screw",
    "Bolt",
    "Nut",
    "Pipe",
    "Valve",
    "Pump",
    "Filter",
    "Bearing",
    "Motor",
    "Sensor",
    "Switch",
    "Router",
    "Server",
    "License",
    "Subscription",
    "Support",
    "Consulting",
    "Training",
    "Workshop",
    "Installation",
    "Maintenance",
    "Repair",
    "Cleaning",
    "Delivery",
    "Design",
    "Development",
    "Hosting",
    "Domain",
    "Translation",
    "Audit",
    "Review",
    "Inspection",
    "Schraube",
    "Kabel",
    "Tisch",
    "Stuhl",
    "Lampe",
    "Drucker",
    "Papier",
    "Filter",
    "Pumpe",
    "Wartung",
    "Beratung",
    "Schulung",
    "Montage",
    "Reinigung",
    "Lieferung",
    "Brot",
    "Käse",
    "Milch",
    "Kaffee",
    "Wasser",
    "Apfel",
    "Hähnchen",
    "Suppe",
    "Vis",
    "Câble",
    "Chaise",
    "Lampe",
    "Papier",
    "Filtre",
    "Pompe",
    "Entretien",
    "Conseil",
    "Formation",
    "Livraison",
    "Pain",
    "Fromage",
    "Lait",
    "Café",
    "Eau",
    "Pomme",
    "Poulet",
    "Silla",
    "Mesa",
    "Papel",
    "Bomba",
    "Limpieza",
    "Asesoría",
    "Pan",
    "Queso",
    "Leche",
    "Manzana",
    "Pollo",
    "Stoel",
    "Tafel",
    "Boor",
    "Schroef",
    "Onderhoud",
    "Advies",
    "Brood",
    "Kaas",
    "Melk",
    "Appel",
    "Sedia",
    "Tavolo",
    "Carta",
    "Pompa",
    "Manutenzione",
    "Consulenza",
    "Pane",
    "Formaggio",
    "Latte",
    "Mela",
    "Premium",
    "Standard",
    "Deluxe",
    "Basic",
    "Pro",
    "Mini",
    "Maxi",
    "Large",
    "Small",
    "Medium",
    "Black",
    "White",
    "Blue",
    "Red",
    "Green",
    "Steel",
    "Organic",
    "Fresh",
]
_TAILS = ("tech", "soft", "works", "line", "hub", "lab")
_DOMAINS = ("com", "de", "fr", "co.uk", "example", "net", "nl", "it", "es")
_UNITS = (
    "500g",
    "1kg",
    "250ml",
    "1L",
    "0.75l",
    "A4",
    "12V",
    "10mm",
    "2m",
    "XL",
    "6-pack",
    "50 pcs",
    "USB-C",
    "M8x40",
    "15W",
    "4x6",
    "100%",
    "24h",
    "No. 5",
    "Type B",
    "(new)",
    "2.0",
    "x12",
    "230 V",
)
_BANKS = (
    " Bank",
    " Banque",
    " Banco",
    "bank AG",
    " Credit Union",
    " Sparkasse",
    " Savings",
    " Bank plc",
    " Building Society",
)
_PURPOSES = (
    "CARD PAYMENT",
    "Direct debit",
    "Standing order",
    "ATM withdrawal",
    "Transfer",
    "Salary",
    "POS purchase",
    "Online payment",
    "Interest",
    "Fee",
    "Refund",
    "Überweisung",
    "Lastschrift",
    "Gutschrift",
    "Dauerauftrag",
    "Kartenzahlung",
    "Gehalt",
    "Miete",
    "VIREMENT",
    "PRLV",
    "CARTE",
    "Retrait DAB",
    "Frais",
    "Transferencia",
    "Recibo",
    "Nómina",
    "Compra",
    "Betaalautomaat",
    "Overboeking",
    "Incasso",
    "Bonifico",
    "Pagamento",
    "Prelievo",
    "Cheque",
    "Deposit",
    "Rent",
    "Insurance",
)


@dataclass(frozen=True)
class _Pools:
    people: tuple[str, ...]
    streets: tuple[str, ...]
    cities: tuple[str, ...]
    words: tuple[str, ...]
    roots: tuple[str, ...]


@functools.cache
def _pools(language: str, evaluation: bool) -> _Pools:
    """Words of a language, one in ten kept for evaluation by the hash of the word."""
    kept: dict[str, set[str]] = {"people": set(), "streets": set(), "cities": set(), "words": set(), "roots": set()}
    for locale in LOCALES[language]:
        fake = Faker(locale)
        fake.seed_instance(20 if evaluation else 10)
        for provider in fake.get_providers():
            if getattr(provider, "cities", None):  # the Italian ones come in the order of a set
                provider.cities = sorted(provider.cities)
        for _ in range(700 if evaluation else 2500):
            kept["people"].add(fake.name())
            kept["roots"].add(fake.last_name())
            kept["streets"].add(fake.street_address().replace("\n", " "))
            kept["cities"].add(
                f"{fake.postcode()} {fake.city()}"
                if locale != "en_US"
                else f"{fake.city()}, {fake.state_abbr()} {fake.postcode()}"
            )
            kept["words"].update(w.strip(".,") for w in fake.sentence(12).split())
    return _Pools(
        *(
            tuple(
                sorted(
                    w
                    for w in kept[name]
                    if held_out(w) == evaluation and len(w) < 60 and w.isprintable() and all(ord(c) < 0x180 for c in w)
                )
            )
            for name in ("people", "streets", "cities", "words", "roots")
        )
    )


@dataclass
class Content:
    """Everything that can be written in one document: one language, one way to write dates and amounts."""

    rng: random.Random
    language: str
    evaluation: bool = False

    def __post_init__(self) -> None:
        rng = self.rng
        self.pools = _pools(self.language, self.evaluation)
        self.date_pattern = rng.choice(DATE_PATTERNS[self.language])
        self.currency = rng.choice(CURRENCIES[self.language])
        self.decimal, self.group = rng.choice(
            ((".", ","),) * 6 + ((".", ""),) * 3 + ((".", " "),)
            if self.language == "en"
            else ((",", "."),) * 6 + ((",", ""),) * 2 + ((",", " "),) * 2 + ((".", ","),)
        )
        self.symbol_place = rng.choice(
            ("before", "before", "none", "none", "space")
            if self.language == "en"
            else ("after", "after", "none", "none", "before")
        )

    def date(self, shift_days: int = 0) -> str:
        """A date within 25 years, as this document writes dates."""
        import datetime

        day = datetime.date(2000, 1, 1) + datetime.timedelta(days=self.rng.randrange(9900) + shift_days)
        return str(format_date(day, self.date_pattern, locale=self.language)).replace("\u202f", " ")

    def time(self) -> str:
        """A time of day."""
        hour, minute, second = self.rng.randrange(24), self.rng.randrange(60), self.rng.randrange(60)
        own = {"de": "{h:02}:{m:02} Uhr", "fr": "{h:02}h{m:02}", "es": "{h:02}:{m:02} h"}.get(
            self.language, "{t}:{m:02}{p}"
        )
        form = self.rng.choice(("{h:02}:{m:02}", "{h:02}:{m:02}", "{h:02}:{m:02}:{s:02}", "{t}:{m:02} {p}", own))
        return form.format(h=hour, m=minute, s=second, t=hour % 12 or 12, p="AM" if hour < 12 else "PM")

    def number(self, cents: int, decimals: int = 2) -> str:
        """`cents` hundredths as this document writes numbers."""
        whole, part = divmod(abs(cents), 100)
        digits = f"{whole:,}".replace(",", self.group) if self.group else str(whole)
        return ("-" if cents < 0 else "") + (f"{digits}{self.decimal}{part:02}" if decimals else digits)

    def money(self, cents: int, symbol: bool | None = None) -> str:
        """An amount, with the currency where this document writes it (or as `symbol` says)."""
        text = self.number(cents)
        place = (
            self.symbol_place
            if symbol is None
            else ("before" if symbol and self.symbol_place == "none" else self.symbol_place if symbol else "none")
        )
        gap = " " if len(self.currency) > 1 and self.currency.isalpha() else ""
        return {
            "none": text,
            "before": f"{self.currency}{gap}{text}",
            "space": f"{self.currency} {text}",
            "after": f"{text} {self.currency}",
        }[place]

    def percent(self, part: int, whole: int) -> str:
        """A share in whole percent."""
        tail = self.rng.choice(("%", " %", f"{self.decimal}00 %", f"{self.decimal}0%"))
        return f"{round(100 * part / max(1, whole))}{tail}"

    def cents(self, low: int = 100, high: int = 1_000_000) -> int:
        """A sum in hundredths, small ones more often."""
        value = int(low * (high / low) ** self.rng.random())
        return value // 100 * 100 if self.rng.random() < 0.2 and value > 1000 else value

    def code(self) -> str:
        """A number or code such as documents have: 2024-0117, INV/2023/03/0008, RX 20 431."""
        rng = self.rng

        def digits(count: int) -> str:
            return "".join(rng.choice(string.digits) for _ in range(count))

        def letters(count: int) -> str:
            return "".join(rng.choice(string.ascii_uppercase) for _ in range(count))

        year = str(rng.randrange(2005, 2027))
        return rng.choice(
            (
                lambda: digits(rng.randint(3, 10)),
                lambda: f"{year}-{digits(rng.randint(3, 5))}",
                lambda: f"{letters(rng.randint(1, 4))}-{digits(rng.randint(3, 7))}",
                lambda: f"{letters(3)}/{year}/{digits(4)}",
                lambda: f"{letters(2)}{digits(rng.randint(4, 8))}",
                lambda: f"{year}/{digits(4)}",
                lambda: f"#{digits(rng.randint(4, 6))}",
                lambda: f"{digits(3)}-{digits(4)}-{letters(1)}",
                lambda: f"{letters(2)}-{year}-{digits(3)}",
                lambda: f"{digits(4)} {digits(4)}",
                lambda: f"{letters(1)}{digits(2)}.{digits(3)}",
                lambda: "".join(rng.choice(string.ascii_uppercase + string.digits) for _ in range(rng.randint(5, 10))),
            )
        )()

    def iban(self) -> str:
        """Something that looks like an IBAN, in groups of four or in one piece."""
        rng = self.rng
        text = rng.choice(("DE", "FR", "ES", "NL", "IT", "GB", "CH", "AT", "BE", "IE")) + "".join(
            rng.choice(string.digits) for _ in range(2)
        )
        text += "".join(rng.choice(string.ascii_uppercase) for _ in range(4)) if text[:2] in {"NL", "GB", "IE"} else ""
        text += "".join(rng.choice(string.digits) for _ in range(rng.choice((14, 16, 18))))
        return " ".join(text[i : i + 4] for i in range(0, len(text), 4)) if rng.random() < 0.7 else text

    def tax_id(self) -> str:
        """A VAT or tax number."""
        rng = self.rng
        digits = "".join(rng.choice(string.digits) for _ in range(9))
        return rng.choice(
            (
                f"{rng.choice(('GB', 'DE', 'FR', 'ATU', 'ESB', 'IT', 'BE0'))}{digits}",
                f"GB {digits[:3]} {digits[3:7]} {digits[7:]}",
                f"{digits[:2]}-{digits[2:]}",
                f"{digits[:3]}/{digits[3:6]}/{digits[4:9]}",
                f"NL{digits}B01",
                f"{digits[:2]} {digits[2:5]} {digits[5:8]} {digits[1:4]}",
            )
        )

    def phone(self) -> str:
        """A telephone number."""
        d = "".join(self.rng.choice(string.digits) for _ in range(10))
        return self.rng.choice(
            (
                f"({d[:3]}) {d[3:6]}-{d[6:]}",
                f"+44 {d[:4]} {d[4:]}",
                f"0{d[:3]}/{d[3:9]}",
                f"+49 {d[:2]} {d[2:9]}",
                f"0{d[0]} {d[1:3]} {d[3:5]} {d[5:7]} {d[7:9]}",
                f"{d[:3]}-{d[3:6]}-{d[6:]}",
                d,
            )
        )

    def person(self) -> str:
        """A person's name."""
        return self.rng.choice(self.pools.people)

    def company(self) -> str:
        """A company's name."""
        rng, roots = self.rng, self.pools.roots
        middle = rng.choice(_TRADES)
        name = rng.choice(
            (
                lambda: f"{rng.choice(roots)} {middle}",
                lambda: f"{rng.choice(roots)} & {rng.choice(roots)}",
                lambda: f"{rng.choice(self.pools.words).title()} {middle}",
                lambda: f"{rng.choice(roots)} {rng.choice(roots)}",
                lambda: rng.choice(self.pools.words).title() + rng.choice(_TAILS),
                lambda: f"{rng.choice(_TRADES)} {rng.choice(roots)}",
                lambda: "".join(rng.choice(string.ascii_uppercase) for _ in range(3)) + f" {middle}",
            )
        )()
        if not self.evaluation and rng.random() < 0.12:  # to be read, not guessed
            name = f"{self.gibberish().title()} {middle}"
        elif not self.evaluation and rng.random() < 0.25:
            word = rng.choice(self.pools.words).title()
            name = company_otherwise(rng, name, rng.choice(roots), word, middle, self.town()[1])
        if rng.random() < 0.65:
            name += " " + rng.choice(SUFFIXES[self.language])
        return name.upper() if rng.random() < 0.12 else name

    def bank(self) -> str:
        """A bank's name."""
        if not self.evaluation and self.rng.random() < 0.3:
            return bank_of(self.rng, self.town()[1])
        return self.company().split(" ")[0] + self.rng.choice(_BANKS)

    def address(self) -> tuple[str, str]:
        """Street and town."""
        return self.rng.choice(self.pools.streets), self.rng.choice(self.pools.cities)

    def town(self) -> tuple[str, str]:
        """A postcode and a town."""
        return town_of(self.address()[1])

    def email(self) -> str:
        """An e-mail address."""
        root = "".join(c for c in self.rng.choice(self.pools.roots).lower() if c.isascii() and c.isalpha()) or "info"
        host = "".join(c for c in self.rng.choice(self.pools.words).lower() if c.isascii() and c.isalpha()) or "mail"
        user = self.rng.choice(("info", "office", "billing", root, root[0] + "." + root))
        return f"{user}@{host}.{self.rng.choice(_DOMAINS)}"

    def item(self, most_words: int = 5) -> str:
        """What a line of an invoice says."""
        rng = self.rng
        words = [
            rng.choice(_GOODS) if rng.random() < 0.6 else rng.choice(self.pools.words)
            for _ in range(rng.randint(1, most_words))
        ]
        if rng.random() < 0.3:
            words.append(rng.choice(_UNITS))
        text = " ".join(words)
        if rng.random() < 0.1:
            text = self._with_apostrophe(text)
        if rng.random() < 0.35:
            text += rng.choice(
                (
                    lambda: f", {rng.choice(self.pools.words)}",
                    lambda: f" ({rng.choice((rng.choice(self.pools.words), str(rng.randint(2, 1000)), 'kg', 'ea'))})",
                    lambda: f" {rng.randint(2, 400)} x {rng.randint(2, 400)} {rng.choice(('mm', 'cm', 'm', 'in'))}",
                    lambda: f" {rng.uniform(0.2, 20):.1f} x {rng.randint(10, 200)}",
                    lambda: f" {rng.randint(1, 750)} {rng.choice(('ml', 'l', 'g', 'kg', 'cm', 'm', 'W', 'A4', 'pcs'))}",
                    lambda: f" - {rng.choice(self.pools.words)}",
                    lambda: f" M{rng.randint(3, 20)}x{rng.randint(10, 90)}",
                    lambda: f", {rng.choice(self.pools.words)} {rng.choice(('S', 'M', 'L', 'XL', '1/1', '2 ply'))}",
                    lambda: f" '{rng.choice(self.pools.words).title()}'",
                    lambda: (
                        f" {rng.randint(1, 40)}{self.decimal}{rng.randint(1, 9)} {rng.choice(('l', 'm²', 'm³', 'kg'))}"
                    ),
                    lambda: f" {rng.choice(('Ø', 'ø'))} {rng.randint(3, 90)}",
                )
            )()
        return text.upper() if rng.random() < 0.1 else text[0].upper() + text[1:]

    def _with_apostrophe(self, text: str) -> str:
        """The text with an article cut short, or a name whose thing it is, in front, straight or curled."""
        mark = self.rng.choice(("'", "\u2019"))
        word = self.rng.choice(self.pools.words)
        if self.language in {"fr", "it"}:
            short = {"fr": ("l", "d", "L", "D", "qu"), "it": ("l", "dell", "L", "un")}[self.language]
            return f"{text} {self.rng.choice(short)}{mark}{word}"
        return f"{word.capitalize()}{mark}s {text}"

    def purpose(self) -> str:
        """What a line of a bank statement says."""
        rng = self.rng
        tail = rng.choice((self.company, self.person, self.code, lambda: f"{self.company()} {self.code()}"))()
        text = f"{rng.choice(_PURPOSES)} {tail}"
        return text.upper() if rng.random() < 0.3 else text

    def words(self, count: int) -> str:
        """`count` words of prose without a full stop."""
        return " ".join(self.rng.choice(self.pools.words) for _ in range(count))

    def sentence(self) -> str:
        """A sentence; some carry a number, a date or a name."""
        rng = self.rng
        words = self.words(rng.randint(5, 16)).split()
        if rng.random() < 0.3:
            words.insert(
                rng.randrange(len(words)),
                rng.choice(
                    (
                        self.date,
                        self.code,
                        self.company,
                        lambda: self.money(self.cents()),
                        self.person,
                        lambda: f"{rng.randint(1, 99)}%",
                    )
                )(),
            )
        text = " ".join(words)
        return text[0].upper() + text[1:] + rng.choice((".", ".", ".", ";", ":"))

    def gibberish(self) -> str:
        """A word of random letters: what is to be read, not guessed."""
        rng = self.rng
        text = "".join(
            rng.choice(
                rng.choice(("aeiou", string.ascii_lowercase, "äöüéèàßñç"))
                if rng.random() < 0.93
                else string.digits + "-&'/+"
            )
            for _ in range(rng.randint(2, 11))
        )
        return rng.choice((text, text.title(), text.upper()))
