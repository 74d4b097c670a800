"""A seed becomes a letter or a page of prose, asked in plain words for what its sentences say and do not say."""

from __future__ import annotations

import random

from docpipe.nano.generate import filling
from docpipe.nano.generate.canvas import Fact, FactType, Span
from docpipe.nano.generate.content import DATE_PATTERNS
from docpipe.nano.generate.document import Document
from docpipe.nano.generate.flow import flow, printable
from docpipe.nano.generate.letter_words import CLOSINGS, GREETINGS, QUESTIONS, SUBJECTS, TOPICS
from docpipe.nano.vocabulary import KINDS


def ask(doc: Document, questions: dict[str, tuple[str, ...]], type_: FactType, spans: list[Span]) -> None:
    """Ask in the document's language, sometimes in another."""
    language = doc.language if doc.rng.random() < 0.75 else doc.rng.choice(list(questions))
    doc.canvas.facts.append(
        Fact(type_, (), (doc.rng.choice(questions[language]),), tuple(s for s in spans if s[1] > s[0]))
    )


def value(doc: Document, maker: str) -> str:
    """What a sentence says in its gap."""
    if maker == "percent":
        return f"{doc.rng.randint(1, 30)}{doc.content.decimal}{doc.rng.randint(0, 9)} %"
    return filling.value(doc, maker)


def body(doc: Document, y: float, bottom: float) -> tuple[float, set[str]]:
    """Paragraphs with sentences that state something among others; returns the next baseline and what was stated."""
    rng, c = doc.rng, doc.content
    size = doc.size * rng.choice((1, 1, 1.1))
    justify, indent = rng.random() < 0.3, rng.choice((0, 0, 0, 18))
    topics = rng.sample(list(TOPICS), rng.randint(1, 8))
    extra = rng.choice((0, 1, 2, 4))
    used: set[str] = set()
    while (topics or extra) and y < bottom - doc.line * 4:
        extra -= 0 if topics else 1
        sentences: list[str] = []
        gaps: dict[str, str] = {}
        for _ in range(rng.randint(1, 4)):
            if topics and rng.random() < 0.6:
                key = topics.pop()
                sentences.append(rng.choice(TOPICS[key].sentences[doc.language]).replace("{v}", f"{{{key}}}"))
                gaps[key] = value(doc, TOPICS[key].maker)
            elif rng.random() < 0.3:
                sentences.append(c.sentence().rstrip(".;:") + ".")
            else:
                sentences.append(c.words(rng.randint(6, 16)).capitalize() + ".")
        y, found = flow(
            doc,
            doc.margin,
            y,
            doc.right - doc.margin,
            " ".join(sentences),
            gaps,
            size=size,
            bottom=bottom,
            justify=justify,
            indent=indent,
        )
        for key, spans in found.items():
            ask(doc, TOPICS[key].questions, filling.fact_type(TOPICS[key].maker), spans)
        used.update(gaps)
        y += size * doc.leading * rng.choice((0.3, 0.7, 1))
    return y, used


def head(doc: Document) -> tuple[float, list[str]]:
    """Sender, recipient, date and subject; returns the next baseline and what is not there."""
    rng, c = doc.rng, doc.content
    left, right = doc.margin, doc.right
    missing = ["sender", "recipient", "date", "subject"]
    y = doc.margin + doc.size * 1.5
    if rng.random() < 0.85:
        size = doc.size * rng.uniform(1, 1.7)
        at_right = rng.random() < 0.3
        ask(
            doc,
            QUESTIONS["sender"],
            "text",
            [
                doc.write(
                    right if at_right else left,
                    y,
                    c.company(),
                    bold=True,
                    size=size,
                    align="right" if at_right else "left",
                    color=doc.accent,
                )
            ],
        )
        for row in c.address():
            y += doc.line
            doc.write(right if at_right else left, y, row, align="right" if at_right else "left")
        missing.remove("sender")
        y += doc.line * rng.uniform(2, 4)
    if rng.random() < 0.85:
        ask(
            doc, QUESTIONS["recipient"], "text", [doc.write(left, y, c.person() if rng.random() < 0.6 else c.company())]
        )
        for row in c.address():
            y += doc.line
            doc.write(left, y, row)
        missing.remove("recipient")
        y += doc.line * 2
    if rng.random() < 0.85:
        day = c.date()
        before = "" if rng.random() < 0.5 else f"{doc.content.town()[1]}, "
        x = right - doc.measure(before + day) if rng.random() < 0.6 else left
        doc.write(x, y, before)
        ask(doc, QUESTIONS["date"], "date", [doc.write(x + doc.measure(before), y, day)])
        missing.remove("date")
        y += doc.line * 2
    if rng.random() < 0.75:
        subject = c.words(rng.randint(2, 6)).capitalize()
        y, found = flow(doc, left, y, right - left, rng.choice(SUBJECTS[doc.language]), {"s": subject}, strong=True)
        ask(doc, QUESTIONS["subject"], "text", found["s"])
        missing.remove("subject")
        y += doc.line
    return y, missing


def write(rng: random.Random, language: str, *, evaluation: bool = False) -> Document:
    """A letter on one page, or a page of prose."""
    width, height = rng.choice(((595, 842), (612, 792), (595, 842), (420, 595)))
    doc = Document(rng, language, width, height, evaluation=evaluation)
    doc.size = min(doc.size, width / 48)
    doc.content.date_pattern = rng.choice(
        (doc.content.date_pattern, rng.choice([p for p in DATE_PATTERNS[language] if "MMMM" in p]))
    )
    bottom = height - doc.margin
    missing = list(QUESTIONS)
    y = doc.margin + doc.size * 2
    is_letter = rng.random() < 0.75
    if is_letter:
        y, missing = head(doc)
        doc.write(doc.margin, y, printable(doc, rng.choice(GREETINGS[language])))
        y += doc.line * 1.7
    else:
        y, _ = doc.paragraph(
            doc.margin,
            y,
            doc.right - doc.margin,
            doc.content.words(rng.randint(2, 6)).capitalize(),
            bold=True,
            size=doc.size * 1.5,
        )
        y += doc.line
    y, used = body(doc, y, bottom - doc.line * 4)
    if is_letter and y < bottom - doc.line * 3:
        y += doc.line
        doc.write(doc.margin, y, printable(doc, rng.choice(CLOSINGS[language])))
        if rng.random() < 0.8:
            y += doc.line * rng.uniform(1.5, 3)
            missing = [k for k in missing if k not in {"signer", "sender"}]
            ask(doc, QUESTIONS["signer"], "text", [doc.write(doc.margin, y, doc.content.person())])
        else:
            missing.append("signer")
    for key in rng.sample([k for k in TOPICS if k not in used], 5):
        ask(doc, TOPICS[key].questions, "text", [])
    for key in missing[:2]:
        ask(doc, QUESTIONS[key], "text", [])
    stated = {"total": "total", "iban": "iban", "rent_due": "due_date", "reference": "order_number"}
    free = ("invoice_number", "total", "due_date", "iban", "tax_amount", "closing_balance", "order_number")
    doc.deny([k for k in free if k not in {stated.get(u) for u in used}], 2)
    for kind in rng.sample(list(KINDS), 2):
        doc.canvas.facts.append(Fact("fits", (), KINDS[kind], state=False))
    return doc
