"""Names of companies and banks as they are, too: with figures, initials, brackets, small words and towns in them."""

from __future__ import annotations

import random
import re
import string

_BANKS_OF = (
    "Bank of",
    "Banque de",
    "Banco de",
    "Banca di",
    "Volksbank",
    "Sparkasse",
    "Caisse d'Épargne",
    "Crédit Mutuel de",
    "First National Bank of",
    "Rabobank",
)
_ARTICLES = ("The", "La", "Le", "El", "Il", "De", "Zum", "Chez")


def town_of(line: str) -> tuple[str, str]:
    """The postcode and the town of a line of an address."""
    if match := re.fullmatch(r"(.+), [A-Z]{2} (\d{5}.*)", line):
        return match[2], match[1]
    words = line.split()
    code = [w for i, w in enumerate(words) if re.search(r"\d", w) or (i == 1 and re.fullmatch("[A-Z]{2}", w))]
    name = [w for w in words if w not in code]
    return " ".join(code) or "10115", " ".join(name) or line


def company_otherwise(rng: random.Random, name: str, root: str, word: str, trade: str, town: str) -> str:
    """A company's name made of a usual one, a last name, a word, a trade and a town."""
    initials = ".".join(rng.choice(string.ascii_uppercase) for _ in range(rng.randint(1, 3))) + "."
    inner = rng.choice((rng.choice(string.ascii_uppercase), town, str(rng.randint(1950, 2024)), word))
    return rng.choice(
        (
            f"{name} ({inner})",
            f"{root}'s {word}",
            f"{rng.choice(_ARTICLES)} {word} {trade}",
            f"{rng.randint(1, 999)} {word} {trade}",
            f"{initials} {name}",
            f"{word}-{trade}",
            f"{word} of {town}",
        )
    )


def bank_of(rng: random.Random, town: str) -> str:
    """A bank that is named after its town."""
    return f"{rng.choice(_BANKS_OF)} {town}"
