"""The fonts on this machine that can print what documents say, split into those trained on and those held out."""

from __future__ import annotations

import functools
import hashlib
import random
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pymupdf

NEEDED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.,:;-/()%&+#@'€$£äöüÄÖÜßéèàçêñ"
# Kept for the samples, so that they measure unseen fonts.
RESERVED = (
    "lato",
    "open sans",
    "opensans",
    "carlito",
    "caladea",
    "roboto",
    "cantarell",
    "inconsolata",
    "garamond",
    "libertine",
    "biolinum",
    "liberation",
    "dejavu",
)
UNFIT = (
    "italicc",
    "symbol",
    "dingbat",
    "emoji",
    "math",
    "outline",
    "swash",
    "initial",
    "inverse",
    "ornament",
    "music",
    "keyboard",
    "braille",
    "style std",
    "titling",
    "upright",
    "blackboard",
    "sc.",
    "smallcap",
    "smcp",
    "caps",
    "unslanted",
    "d050000l",
    "pagella-math",
    "fraktur",
    "variable",
    "[wght",
)


@dataclass(frozen=True)
class Family:
    """The files of one typeface: upright regular and, where there are such, bold and italic ones."""

    name: str
    regular: tuple[str, ...]
    bold: tuple[str, ...]
    italic: tuple[str, ...]


def held_out(name: str) -> bool:
    """Whether a typeface or a word is kept for evaluation: one in ten, by the hash of its name."""
    return hashlib.sha256(name.lower().encode()).digest()[0] < 26


# PyMuPDF carries these: a machine without font packages can still draw every kind of page.
CARRIED = (
    Family("Courier", ("cour",), ("cobo",), ("coit",)),
    Family("Helvetica", ("helv",), ("hebo",), ("heit",)),
    Family("Times", ("tiro",), ("tibo",), ("tiit",)),
)
BASE = tuple(file for f in CARRIED for file in (*f.regular, *f.bold, *f.italic))
ENOUGH = 5  # families; with fewer, the carried ones are used
END = "\x1e"  # of a font in the listing: some have a line's end in their names


def _listing() -> str:
    """What fontconfig lists; empty where it is not installed."""
    if shutil.which("fc-list") is None:
        return ""
    return subprocess.run(
        ["fc-list", "--format", "%{family[0]}\t%{style[0]}\t%{slant}\t%{weight}\t%{file}" + END],
        capture_output=True,
        text=True,
        check=True,
    ).stdout


@functools.cache
def families() -> tuple[Family, ...]:
    """Every usable family that fontconfig lists, sorted by name; the carried ones where it lists fewer than five."""
    listing = _listing()
    found: dict[str, tuple[list[str], list[str], list[str]]] = {}
    for row in sorted(set(filter(None, listing.split(END)))):
        name, style, slant, weight, file = (" ".join(part.split()) for part in row.split("\t"))
        low = (name + " " + style + " " + Path(file).name).lower()
        if Path(file).suffix.lower() not in {".ttf", ".otf"} or any(w in low for w in RESERVED + UNFIT):
            continue
        if name.lower().startswith("noto ") and name not in {
            "Noto Sans",
            "Noto Serif",
            "Noto Sans Mono",
            "Noto Sans Display",
            "Noto Serif Display",
        }:
            continue
        slot = 2 if slant not in {"", "0"} else 1 if float(weight or 80) >= 180 else 0
        found.setdefault(name, ([], [], []))[slot].append(file)
    usable = tuple(
        Family(name, tuple(r), tuple(b), tuple(i)) for name, (r, b, i) in sorted(found.items()) if r and _complete(r[0])
    )
    return usable if len(usable) >= ENOUGH else CARRIED


@functools.cache
def load(file: str) -> pymupdf.Font:
    """The font in `file`, or the carried font of that short name; kept for the life of the process."""
    return pymupdf.Font(file) if file in BASE else pymupdf.Font(fontfile=file)


@functools.cache
def _widths(font: pymupdf.Font) -> dict[str, float]:
    """Widths at one point of the characters of a font that were measured so far."""
    del font
    return {}


def advances(font: pymupdf.Font, text: str) -> list[float]:
    """The width of each character at a size of one point. Asking the font anew each time is what took longest."""
    known = _widths(font)
    for char in set(text).difference(known):
        known[char] = float(font.text_length(char, 1))
    return [known[char] for char in text]


def _complete(file: str) -> bool:
    try:
        font = pymupdf.Font(fontfile=file)
    except (
        RuntimeError,
        ValueError,
        pymupdf.mupdf.FzErrorBase,
    ):  # FreeType refuses some of the files that fontconfig lists
        return False
    return all(font.has_glyph(ord(c)) for c in NEEDED) and font.text_length("0123456789", 10) > 20


@functools.cache
def _split(evaluation: bool) -> tuple[Family, ...]:
    everything = families()
    kept = {f for f in everything if held_out(f.name)}
    if not 0 < len(kept) < len(everything):  # few families may all fall on one side
        kept = {everything[-1]}
    return tuple(f for f in everything if (f in kept) == evaluation)


PLAIN = (
    "nimbus",
    "tex gyre",
    "free",
    "arimo",
    "tinos",
    "cousine",
    "noto",
    "clear sans",
    "latin modern",
    "ibm plex",
    "inter",
    "gentium",
    "charis",
    "paratype",
    "pt sans",
    "pt serif",
    "c059",
    "p052",
    "ursg",
    "urw",
    "stix",
    "go",
)


def choose(rng: random.Random, *, evaluation: bool, mono: bool = False) -> Family:
    """A family: often one of those that office documents use, else any; `mono` asks for a fixed pitch."""
    pool = _split(evaluation)
    if mono:
        pool = (
            tuple(
                f
                for f in pool
                if any(
                    w in f.name.lower()
                    for w in ("mono", "courier", "ocr", "typewriter", "code", "cousine", "hack", "anonymous")
                )
            )
            or pool
        )
    elif rng.random() < 0.45:
        pool = tuple(f for f in pool if f.name.lower().startswith(PLAIN)) or pool
    return rng.choice(pool)


HAND = ("comic neue", "delphine", "tex gyre chorus", "el abogado loco")


@functools.cache
def _slanted(evaluation: bool) -> tuple[Family, ...]:
    return tuple(f for f in _split(evaluation) if f.italic and (f.italic[0] in BASE or _complete(f.italic[0])))


def filled_in(rng: random.Random, *, evaluation: bool) -> str:
    """A font file for what a person fills in: like handwriting, like a typewriter, or any other."""
    if (kind := rng.random()) < 0.4:
        pool = tuple(f for f in _split(evaluation) if f.name.lower() in HAND)
        slanted = _slanted(evaluation)
        if pool and (rng.random() < 0.7 or not slanted):
            return rng.choice(rng.choice(pool).regular)
        if slanted:
            return rng.choice(slanted).italic[0]
    return rng.choice(choose(rng, evaluation=evaluation, mono=kind < 0.7).regular)
