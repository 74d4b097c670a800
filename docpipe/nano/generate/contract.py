"""A seed becomes the first or last page of an agreement, or a short one whole: parties, clauses, terms, signatures."""

from __future__ import annotations

import random
from collections.abc import Mapping

from docpipe.nano.generate import contract_words as words
from docpipe.nano.generate.blocks import Pair, pairs, prose
from docpipe.nano.generate.canvas import FactType, Span
from docpipe.nano.generate.document import Document
from docpipe.nano.generate.flow import flow, printable

# What a gap of a sentence states.
STATED: dict[str, tuple[str, FactType]] = {
    "a": ("contract_party_a", "text"),
    "b": ("contract_party_b", "text"),
    "day": ("contract_signature_date", "date"),
    "start": ("contract_effective_date", "date"),
    "end": ("contract_end_date", "date"),
    "law": ("contract_governing_law", "text"),
    "notice": ("contract_notice_period", "text"),
    "amount": ("contract_amount", "amount"),
}
KEYS = ("contract_title", "contract_number", *(key for key, _ in STATED.values()), "contract_currency")
# What a clause states that a schedule of pairs may state in its place.
CLAUSES = {"term": ("start", "end"), "fee": ("amount",), "notice": ("notice",), "law": ("law",)}


class Agreement:
    """An agreement being written: what is agreed, and where on the page the next clause comes."""

    def __init__(self, doc: Document) -> None:
        rng, c = doc.rng, doc.content
        self.doc = doc
        titles, self.role_a, self.role_b = rng.choice(words.KINDS[doc.language])
        self.title = rng.choice(titles)
        self.size = doc.size * rng.choice((1, 1, 0.9))
        self.justify = rng.random() < 0.4
        self.strong = rng.random() < 0.25
        self.indent = rng.choice((0, 0, 0, 14, 22))
        self.number = rng.choice((0, 0, 3, 7))
        self.numbering = rng.choice(("{n}.", "{n}", "§ {n}", "Art. {n}", "Article {n}", "{n})", "", "{n}.1"))
        self.inline = rng.random() < 0.2
        symbol = rng.random() < 0.5
        money = c.money(c.cents(20_000, 50_000_000), True)
        self.code = rng.choice(("EUR", "USD", "GBP", "CHF"))
        if symbol:
            self.code = c.currency
        else:
            money = rng.choice(("{c} {n}", "{n} {c}")).format(
                c=self.code, n=c.money(c.cents(20_000, 50_000_000), False)
            )
        second = c.person() if rng.random() < 0.4 else c.company()
        self.gaps: dict[str, str] = {
            "a": c.company() if rng.random() < 0.8 else c.person(),
            "b": second,
            "ra": self.role_a,
            "rb": self.role_b,
            "at_a": ", ".join(c.address()),
            "at_b": ", ".join(c.address()),
            "day": c.date(),
            "start": c.date(),
            "end": c.date(),
            "law": rng.choice(words.LAWS[doc.language]),
            "notice": rng.choice(words.NOTICES[doc.language]),
            "amount": money,
        }
        self.x, self.y, self.width = doc.margin, doc.margin + doc.size * 2, doc.right - doc.margin
        self.bottom = doc.canvas.height - doc.margin - doc.line

    def filled(self) -> dict[str, str]:
        """The agreed things, with days, sums and places that nobody asks for."""
        c, rng = self.doc.content, self.doc.rng
        return {
            **self.gaps,
            "other": rng.choice(words.PERIODS[self.doc.language]),
            "sum": c.money(c.cents(), True),
            "date": c.date(),
            "years": str(rng.randint(2, 9)),
            "n": rng.choice("123AB"),
            "place": self.doc.content.town()[1],
        }

    def text(self, text: str, x: float, width: float) -> None:
        """Write a paragraph and state what fills its gaps."""
        doc = self.doc
        self.y, found = flow(
            doc,
            x,
            self.y,
            width,
            text,
            self.filled(),
            size=self.size,
            bottom=self.bottom,
            justify=self.justify,
            strong=self.strong,
        )
        self.state(found)

    def state(self, found: Mapping[str, list[Span]]) -> None:
        """Record what was just written, once for each thing."""
        doc = self.doc
        for gap, (key, kind) in STATED.items():
            if key in doc.asked or not found.get(gap):
                continue
            doc.state(key, kind, found[gap])
            if gap == "amount":
                self.currency(found[gap])

    def currency(self, spans: list[Span]) -> None:
        """State the currency where an amount prints it in one piece."""
        for first, last in spans:
            at = "".join(map(chr, self.doc.canvas.codes[first:last])).find(self.code)
            if at >= 0:
                self.doc.state("contract_currency", "text", [(first + at, first + at + len(self.code))])
                return

    def clause(self, name: str, text: str) -> bool:
        """A numbered clause with its heading; false where no room is left for it."""
        doc = self.doc
        text = printable(doc, text)
        need = doc.measure(text, size=self.size) * 1.3 / self.width + 2.5
        if self.y + need * self.size * doc.leading > self.bottom:
            return False
        self.number += 1
        mark = self.numbering.format(n=self.number)
        head = f"{mark} {printable(doc, name)}".strip()
        if self.inline:
            span = doc.write(self.x, self.y, head + ".", bold=True, size=self.size)
            left = doc.measure(head + ".  ", bold=True, size=self.size)
            if left < self.width * 0.4 and span:
                self.y, found = flow(
                    doc,
                    self.x,
                    self.y,
                    self.width,
                    text,
                    self.filled(),
                    size=self.size,
                    justify=self.justify,
                    strong=self.strong,
                    indent=left,
                )
                self.state(found)
                self.y += self.size * 0.7
                return True
        else:
            doc.write(self.x, self.y, head, bold=True, size=self.size * 1.05)
        self.y += self.size * doc.leading * 1.1
        self.text(text, self.x + self.indent, self.width - self.indent)
        self.y += self.size * 0.8
        return True

    def clauses(self, names: list[str], others: int) -> None:
        """The clauses that state something among others that do not."""
        doc, rng = self.doc, self.doc.rng
        table = words.CLAUSES[doc.language]
        parts = [(rng.choice(table[name][0]), rng.choice(table[name][1])) for name in names]
        pool = words.OTHERS[doc.language]
        for title, text in rng.sample(pool, min(others, len(pool))):
            tail = "".join(f" {doc.content.sentence().rstrip(';:.')}." for _ in range(rng.choice((0, 0, 1, 2, 3))))
            parts.append((title, text + tail))
        rng.shuffle(parts)
        for title, text in parts:
            if not self.clause(title, text):
                return
        more = rng.choice((0, 0, 2, 12))
        for _ in range(more):
            text = " ".join(doc.content.sentence().rstrip(";:.") + "." for _ in range(rng.randint(2, 5)))
            if not self.clause(doc.content.words(rng.randint(1, 3)).capitalize(), text):
                return

    def parties(self) -> None:
        """Who agrees with whom, in a sentence."""
        self.text(self.doc.rng.choice(words.PARTIES[self.doc.language]), self.x, self.width)
        self.y += self.doc.line * 0.7

    def schedule(self, gaps: list[str], number: bool) -> None:
        """Some of what is agreed as labels with values."""
        doc, rng = self.doc, self.doc.rng
        items = [
            Pair(STATED[g][0], (printable(doc, self.gaps[g]),), STATED[g][1], label=self.role(g))
            for g in gaps
            if STATED[g][0] not in doc.asked
        ]
        if number and rng.random() < 0.6:
            items.append(Pair("contract_number", (doc.content.code(),)))
        if rng.random() < 0.25 and "contract_currency" not in doc.asked:
            items.append(Pair("contract_currency", (rng.choice(("EUR", "USD", "GBP", "CHF")),)))
        if rng.random() < 0.5:
            doc.write(
                self.x,
                self.y,
                printable(doc, rng.choice(words.SCHEDULES[doc.language])),
                bold=True,
                size=doc.size * 1.1,
            )
            self.y += doc.line * 1.4
        self.y = (
            pairs(
                doc,
                self.x,
                self.y,
                self.width,
                items,
                rng.choice(("aligned", "aligned", "boxed", "inline", "stacked", "spread")),
            )
            + doc.line
        )

    def role(self, gap: str) -> str:
        """The label of a party in a schedule is its role; other labels are drawn."""
        return {"a": self.role_a, "b": self.role_b}.get(gap, "")

    def signatures(self) -> None:
        """The closing formula, day and place, and a line for each party."""
        doc, rng = self.doc, self.doc.rng
        self.y += doc.line
        if self.y + doc.line * 7 > self.bottom:
            return
        doc.write(self.x, self.y, doc.wrap(printable(doc, rng.choice(words.SIGNED[doc.language])), self.width)[0])
        self.y += doc.line * 2
        if rng.random() < 0.75 and "contract_signature_date" not in doc.asked:
            self.y, found = flow(
                doc, self.x, self.y, self.width, rng.choice(words.SIGNED_ON[doc.language]), self.filled()
            )
            self.state(found)
        self.y += doc.line * rng.uniform(1.5, 3)
        middle = self.x + self.width * 0.55
        below = rng.random() < 0.6
        for left, gap, role in ((self.x, "a", self.role_a), (middle, "b", self.role_b)):
            y = self.y
            doc.canvas.line(left, y, left + self.width * 0.4, y, 0.6)
            name = doc.wrap(printable(doc, self.gaps[gap]), self.width * 0.43)[0]
            for number, text in enumerate((name, role) if below else (role, name)):
                span = doc.write(left, y + doc.line * (number + 1), text)
                if text == name and STATED[gap][0] not in doc.asked:
                    if name == printable(doc, self.gaps[gap]):
                        doc.state(STATED[gap][0], "text", [span])
                    doc.asked.add(STATED[gap][0])
        self.y += doc.line * 3


def write(rng: random.Random, language: str, *, evaluation: bool = False) -> Document:
    """A page of an agreement: its first, its last, or its only one."""
    width, height = rng.choice(((595, 842), (612, 792), (612, 1008)))
    doc = Document(rng, language, width, height, evaluation=evaluation)
    doc.leading = min(doc.leading, 1.4)
    doc.content.date_pattern = rng.choice(
        (
            doc.content.date_pattern,
            {"en": "d MMMM yyyy", "de": "d. MMMM yyyy", "es": "d 'de' MMMM 'de' yyyy"}.get(language, "d MMMM yyyy"),
        )
    )
    paper = Agreement(doc)
    part = rng.choice(("first", "first", "whole", "whole", "last"))
    if rng.random() < 0.3:
        doc.write(
            doc.right,
            doc.margin * 0.6,
            rng.choice((f"- {rng.randint(1, 9)} -", doc.content.company(), doc.content.code())),
            size=doc.size * 0.8,
            align="right",
        )
    names = [n for n in CLAUSES if rng.random() < (0.8 if part != "last" else 0.45)]
    if part == "last":
        paper.number = rng.randint(5, 14)
        if rng.random() < 0.4:
            paper.y = prose(doc, paper.x, paper.y, paper.width, paper.y + doc.line * 4, sentences=3) + doc.line
    else:
        _title(paper)
        if rng.random() < 0.3:
            gaps = ["a", "b"] + [g for n in list(names) for g in CLAUSES[n] if rng.random() < 0.6]
            paper.schedule(gaps, "contract_number" not in doc.asked)
            names = [n for n in names if not any(STATED[g][0] in doc.asked for g in CLAUSES[n])]
        else:
            paper.parties()
            if rng.random() < 0.3 and names:
                name = rng.choice(names)
                names.remove(name)
                paper.schedule(list(CLAUSES[name]), "contract_number" not in doc.asked)
    paper.clauses(names, rng.randint(2, 8))
    if part != "first":
        paper.signatures()
    if part == "last" and rng.random() < 0.3:
        paper.schedule([g for g in ("notice", "law", "end") if rng.random() < 0.5], number=True)
    if rng.random() < 0.4:
        doc.write(width / 2, height - doc.margin * 0.5, f"{rng.randint(1, 9)}", align="center", size=doc.size * 0.85)
    doc.deny(KEYS, 4)
    doc.deny(("invoice_number", "total", "due_date", "iban", "account_number", "payment_method", "order_date"), 1)
    doc.fits("contract")
    return doc


def _title(paper: Agreement) -> None:
    """The title, in the middle or at the left, and perhaps the number of the agreement."""
    doc, rng = paper.doc, paper.doc.rng
    size = doc.size * rng.uniform(1.3, 2.0)
    centred = rng.random() < 0.65
    spans = []
    for row in doc.wrap(paper.title, paper.width, bold=True, size=size):
        spans.append(
            doc.write(
                doc.canvas.width / 2 if centred else paper.x,
                paper.y + size * 0.5,
                row,
                bold=True,
                size=size,
                align="center" if centred else "left",
                color=doc.accent,
            )
        )
        paper.y += size * 1.3
    doc.state("contract_title", "text", spans)
    paper.y += doc.line * 0.8
    if rng.random() < 0.4:
        number = Pair("contract_number", (doc.content.code(),))
        paper.y = pairs(doc, paper.x, paper.y, paper.width, [number], "inline") + doc.line * 0.5
