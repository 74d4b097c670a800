"""A seed becomes a filled-in form: labels with values in boxes, on lines or in combs, choices, check boxes, gaps."""

from __future__ import annotations

import random
from collections.abc import Sequence

from docpipe.nano.generate.canvas import Fact
from docpipe.nano.generate.document import Document
from docpipe.nano.generate.flow import printable
from docpipe.nano.generate.form_drawing import BESIDE, STYLES, Entry, FormDrawing
from docpipe.nano.generate.form_fields import FIELDS
from docpipe.nano.generate.form_rows import matrix, questions
from docpipe.nano.generate.form_words import CHOICES, NOTES, SECTION_NAMES, THEMES, Theme
from docpipe.nano.generate.keyvalue import label as unknown_label

TITLE_NAMES = ("title", "Title of the form", "heading of the form", "what the form is called")


def plan(doc: Document, theme: Theme) -> list[tuple[str, list[Entry]]]:
    """The sections of a form: headings ("" for none) and what is to be filled in."""
    rng = doc.rng
    seen: set[str] = set()
    hollow = rng.choice((0.05, 0.12, 0.3))

    def usable(text: str) -> bool:
        fresh = text.lower().strip(" .:") not in seen
        seen.add(text.lower().strip(" .:"))
        return fresh

    sections: list[tuple[str, list[Entry]]] = []
    letters = iter("ABCDEFGH")
    choices = [k for k in theme.choices if rng.random() < 0.6]
    headed = rng.random() < 0.7
    for number, keys in enumerate(theme.sections, 1):
        found: list[Entry] = []
        for key in keys:
            field = FIELDS[key]
            text = doc.label_of(field.concept)
            if rng.random() < 0.15:
                text = unknown_label(doc)
                entry = Entry(
                    text,
                    rng.choice((0.3, 0.5, 0.6)),
                    None,
                    rng.choice(("code", "words:2", "date", "person", "int:1:999")),
                )
            else:
                entry = Entry(text, field.share * rng.uniform(0.85, 1.15), field.concept, field.maker)
            if rng.random() < 0.88 and usable(text):
                found.append(
                    entry
                    if rng.random() > hollow
                    else Entry(entry.label, entry.share, entry.concept, entry.maker, empty=True)
                )
        if choices and rng.random() < 0.7:
            concept, options = CHOICES[choices.pop()]
            text = doc.label_of(concept)
            if usable(text):
                found.insert(
                    rng.randint(0, len(found)),
                    Entry(text, 1.0, concept, "", options[doc.language], empty=rng.random() < 0.12),
                )
        topic = next(
            (
                t
                for t, key in (
                    ("person", "last_name"),
                    ("person", "full_name"),
                    ("address", "street"),
                    ("bank", "iban"),
                )
                if key in keys
            ),
            "",
        )
        name = rng.choice(SECTION_NAMES[doc.language][topic if rng.random() < 0.7 else ""]).format(
            n=number, a=next(letters)
        )
        sections.append((name if headed else "", found))
    return sections


def heading(doc: Document, x: float, y: float, width: float, text: str, look: str) -> float:
    """The heading of a section; returns the top of what follows."""
    size = doc.size * (1.0 if look == "bar" else 1.15)
    tall = size * 1.7
    if look in {"bar", "dark"}:
        doc.canvas.box(x, y, x + width, y + tall, fill=doc.tint if look == "bar" else (0.25, 0.25, 0.3))
    doc.write(
        x + (4 if look in {"bar", "dark"} else 0),
        y + tall * 0.72,
        text,
        bold=True,
        size=size,
        color=(1, 1, 1) if look == "dark" else None,
    )
    if look == "rule":
        doc.canvas.line(x, y + tall * 0.95, x + width, y + tall * 0.95, 0.8)
    return y + tall + (0 if look == "bar" else doc.size * 0.5)


def head(doc: Document, theme: Theme) -> float:
    """Title, perhaps with a company, a form number and a note; returns the top of what follows."""
    rng, c = doc.rng, doc.content
    left, right = doc.margin, doc.right
    y = doc.margin + doc.size
    if rng.random() < 0.45:
        doc.write(left, y, c.company(), bold=rng.random() < 0.5, color=doc.accent)
        y += doc.line * 1.3
    title = doc.wrap(rng.choice(theme.titles[doc.language]), right - left - 60, bold=True, size=doc.size * 1.4)[0]
    size = (
        doc.size * rng.uniform(1.3, 2.0)
        if doc.measure(title, bold=True, size=doc.size * 2) < right - left
        else doc.size * 1.2
    )
    centred = rng.random() < 0.3
    y += size * 0.8
    span = doc.write(
        (left + right) / 2 if centred else left,
        y,
        title,
        bold=True,
        size=size,
        align="center" if centred else "left",
        color=doc.accent,
    )
    doc.ask("text", TITLE_NAMES, [span])
    if rng.random() < 0.4 and not centred:
        number = rng.choice(
            (f"Form {c.code()}", c.code(), f"{rng.randint(1, 90)}/{rng.randint(2005, 2026)}", f"Nr. {c.code()}")
        )
        if doc.measure(title, bold=True, size=size) + doc.measure(number) < right - left - 20:
            doc.write(right, y, number, align="right")
    y += size * 0.6
    if rng.random() < 0.5:
        y += doc.line * 0.8
        for row in doc.wrap(
            printable(doc, " ".join(rng.sample(NOTES[doc.language], 2))), right - left, size=doc.size * 0.85
        ):
            doc.write(left, y, row, size=doc.size * 0.85)
            y += doc.line * 0.85
    return y + doc.line * 0.6


def write(rng: random.Random, language: str, *, evaluation: bool = False, mirrored: bool = False) -> Document:
    """A form on one page; `mirrored` puts every label to the right of its value."""
    width, height = rng.choice(((595, 842), (612, 792), (595, 842), (420, 595), (842, 595)))
    doc = Document(rng, language, width, height, evaluation=evaluation)
    doc.size = min(doc.size, width / 50)
    theme = rng.choice(THEMES)
    style = "line" if mirrored else "after" if doc.varies(0.15) else rng.choice(STYLES)
    sheet = FormDrawing(doc, style, evaluation=evaluation, mirrored=mirrored)
    if sheet.shaded:
        doc.canvas.box(0, 0, width, height, fill=doc.tint)
    y = head(doc, theme)
    sections = [s for s in plan(doc, theme) if s[1]]
    if rng.random() < 0.4:
        sections += _more(doc, sections)
    columns = 2 if width > 580 and sheet.style in BESIDE and rng.random() < 0.35 else 1
    wide = (doc.right - doc.margin - 18 * (columns - 1)) / columns
    look = rng.choice(("bar", "bold", "rule", "dark", "bold"))
    tops = [y] * columns
    bottom = height - doc.margin - doc.line * 2
    for number, (text, entries) in enumerate(sections):
        at = number * columns // len(sections)
        x, y = doc.margin + at * (wide + 18), tops[at]
        if y + sheet.height(entries[0]) + doc.size * 2.5 > bottom:
            continue
        if text:
            y = heading(doc, x, y, wide, text, look)
        y = sheet.entries(entries, x, y, wide, bottom)
        if rng.random() < 0.28:
            y = sheet.checks(x, y, wide, bottom)
        elif rng.random() < 0.15:
            y = matrix(sheet, x, y, wide, bottom)
        elif rng.random() < 0.2:
            y = questions(sheet, x, y, wide, bottom)
        tops[at] = y + doc.line * rng.uniform(0.4, 1.2)
    y = max(tops)
    if rng.random() < 0.5 and y < bottom - doc.line * 2:
        doc.write(doc.margin, y + doc.line, printable(doc, rng.choice(NOTES[language])), size=doc.size * 0.85)
    if rng.random() < 0.3:
        doc.write(
            doc.right,
            height - doc.margin * 0.6,
            f"{rng.randint(1, 4)} / {rng.randint(4, 6)}",
            align="right",
            size=doc.size * 0.8,
        )
    sheet.generic()
    _deny(doc)
    doc.fits("form")
    return doc


def _more(doc: Document, sections: Sequence[tuple[str, list[Entry]]]) -> list[tuple[str, list[Entry]]]:
    """Sections of another kind of form, for a longer one; no label comes twice."""
    used = {e.label.lower().strip(" .:") for _, entries in sections for e in entries}
    concepts = {id(e.concept) for _, entries in sections for e in entries if e.concept}
    others = [
        (text, [e for e in entries if e.label.lower().strip(" .:") not in used and id(e.concept) not in concepts])
        for text, entries in plan(doc, doc.rng.choice(THEMES))
    ]
    return [s for s in others if s[1]]


def _deny(doc: Document) -> None:
    """Ask for fields that this form does not have."""
    printed = doc.printed
    free = [
        f.concept
        for f in FIELDS.values()
        if not any(text.lower().strip(" .:") in printed for text in f.concept.all_labels())
    ]
    for concept in doc.rng.sample(free, min(4, len(free))):
        labels, names = doc.queries(concept, None)
        doc.canvas.facts.append(Fact("text", labels, names))
    text = unknown_label(doc)
    if text.lower().strip(" .:") not in printed:
        doc.canvas.facts.append(Fact("text", (text,)))
