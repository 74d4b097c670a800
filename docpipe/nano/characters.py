"""Text becomes character ids and back; typographic variants fall together (curly quotes, long dashes)."""

from __future__ import annotations

import unicodedata

BLANK, END, BEGIN, UNKNOWN = SPECIAL = 0, 1, 2, 3
_LATIN = (
    "".join(map(chr, range(0x21, 0x7F)))
    + "¡£¥§©®°±²³·¹º¼½¿ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜÝßàáâãäåæçèéêëìíîïñòóôõöøùúûüýÿŒœŠšŽžŁłęąćńśźżğşı€•×÷µ→✓☐☑☒"
)
CHARACTERS = " " + _LATIN
SPACE = len(SPECIAL)
_ID = {c: i + 4 for i, c in enumerate(CHARACTERS)}
SAME = str.maketrans(
    {
        "’": "'",
        "‘": "'",
        "`": "'",
        "´": "'",
        "“": '"',
        "”": '"',
        "„": '"',
        "«": '"',
        "»": '"',
        "–": "-",
        "—": "-",
        "−": "-",
        "‐": "-",
        "‑": "-",
        "\u00a0": " ",
        "\u202f": " ",
        "\u2009": " ",
        "●": "•",
        "∙": "•",
        "…": ".",
        "ﬁ": "f",
        "ﬂ": "f",
        "‚": ",",
        "✔": "✓",
        "ª": "a",
        "¸": ",",
    }
)
SIZE = len(CHARACTERS) + 4


def encode(text: str, limit: int | None = None) -> list[int]:
    """Ids of the characters of `text`, at most `limit` of them."""
    return [_ID.get(c, UNKNOWN) for c in unicodedata.normalize("NFC", text).translate(SAME)[:limit]]


def decode(ids: list[int]) -> str:
    """The text of ids, up to END; what is no character is left out."""
    text = []
    for number in ids:
        if number == END:
            break
        if number >= 4:
            text.append(CHARACTERS[number - 4])
    return "".join(text)
