"""What a question says becomes a plan: one of the tables, what must hold, what is made of the rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from docpipe.ask.days import Period, resolve
from docpipe.ask.describing import described, plural
from docpipe.ask.drafting import Draft
from docpipe.ask.names import Named
from docpipe.ask.said import Kinds, Mention
from docpipe.ask.sense import Sense
from docpipe.ask.vocabulary import Vocabulary
from docpipe.ask.words import word_set
from docpipe.plan import Aggregate, Catalogue, Column, QueryPlan, Table

# Dates that say when something ends or is due, not when it was.
_LATER = ("due", "delivery", "end", "expiry", "signature", "period", "valid", "until", "payment")
# Words that are said of more kinds of documents than those that they are called by.
_LOOSE = word_set(
    "bill bills order orders ticket tickets beleg belege auftrag auftrage account accounts slip slips document "
    "product products item items line lines position positionen posten artikel article articles poste postes "
    "ligne lignes bon bons transfer booking buchung umsatz operation table accord convention form"
)
_OF_MONEY = {"money", "much", "most", "least", "sum", "amount", "average", "maximum", "minimum"}
_SPENT = ("invoice", "receipt", "bill", "expense")


@dataclass(frozen=True)
class Choice:
    """A plan, what it is made to answer, in words, and what else the question could mean.

    `more` are the plans for what else was asked for, `otherwise` one with the same values in other languages.
    """

    plan: QueryPlan
    understood: str
    alternatives: tuple[str, ...] = ()
    more: tuple[QueryPlan, ...] = ()
    otherwise: QueryPlan | None = None


@dataclass(frozen=True)
class Refusal:
    """Why there is no plan: a name that is in no document, or nothing that the tables could answer.

    `within` are the documents to look in, as a plan, where the question names some.
    """

    why: str
    unknown: tuple[str, ...] = ()
    within: QueryPlan | None = None


class Planner:
    """Makes plans of what questions say. `months` gives the months that a column of days has."""

    def __init__(
        self, vocabulary: Vocabulary, months: Callable[[Column], Sequence[tuple[int, int]]], today: date
    ) -> None:
        self._catalogue: Catalogue = vocabulary.catalogue
        self._months = months
        self._today = today

    def plan(self, said: Sense) -> Choice | Refusal:
        """The plan for what was said, or why there is none."""
        if said.empty:
            return Refusal("it names no kind of document, no field and no name that is stored", said.left)
        tables, others = self._tables(said)
        if not tables and self._pinned(said):
            said = self._pinned(said) or said
            tables, others = self._tables(said)
        if not tables:
            return Refusal("no kind of document has all of that", said.left, self._of_numbers(said))
        drafts = [Draft(self, said, table) for table in tables]
        aggregate = drafts[0].aggregate
        if said.left:
            within = self._made("rows", drafts[:1]) if said.named or said.kinds or said.periods else None
            return Refusal(f"nothing is known here of {_listed(said.left)}", said.left, within)
        alike = [draft for draft in drafts if draft.aggregate == aggregate]
        plan, *more = [self._made(aggregate, measured) for measured in _measured(alike, aggregate, said)]
        notes = [note for draft in drafts for note in draft.notes]
        words = described([plan, *more], self._catalogue, said)
        return Choice(plan, words, tuple(dict.fromkeys([*notes, *others])), tuple(more))

    def _pinned(self, said: Sense) -> Sense | None:
        """What is said of a document whose number is said, without the single words that may be names elsewhere."""
        sure = tuple(n for n in said.named if n.exact)
        if len(sure) == len(said.named) or not any(c.isdigit() for n in sure for c in n.said):
            return None
        loose = tuple(n.said for n in said.named if not n.exact)
        return None if any(" " in word for word in loose) else replace(said, named=sure, passed=(*said.passed, *loose))

    def _made(self, aggregate: Aggregate, drafts: Sequence[Draft]) -> QueryPlan:
        first = drafts[0]
        order, descending, limit = first.order(aggregate)
        return QueryPlan(
            aggregate=aggregate,
            parts=[draft.part(aggregate) for draft in drafts],
            by=first.steps,
            order=order,
            descending=descending,
            limit=limit,
        )

    def _of_numbers(self, said: Sense) -> QueryPlan | None:
        """The documents whose numbers are said, whatever else is."""
        numbers = tuple(n for n in said.named if n.exact and any(c.isdigit() for c in n.said))
        of_them = Sense(language=said.language, named=numbers, kinds=said.kinds)
        tables = self._tables(of_them)[0] if numbers else []
        return self._made("rows", [Draft(self, of_them, tables[0])]) if tables else None

    # Which tables.

    def _tables(self, said: Sense) -> tuple[list[Table], list[str]]:
        """The tables that can answer, the same for all that is said, and what was not chosen."""
        everything = list(self._catalogue.tables)
        candidates = self._named_tables(said) or everything
        if said.wishes.keys() & {"incoming", "outgoing"}:
            roots = {table.root for table in candidates}
            candidates = candidates + [
                t for t in everything if t.root in roots and self.ledger(t) and t not in candidates
            ]
        fitting = [(table, score) for table in candidates if (score := self._fit(table, said)) is not None]
        if not fitting:  # a list's own fields may be what is asked of its document
            roots = {table.name for table in candidates}
            fitting = [
                (table, score)
                for table in self._catalogue.tables
                if table.root in roots and table.name not in roots and (score := self._fit(table, said)) is not None
            ]
        loose = all(kind.weak or kind.said.lower() in _LOOSE for kind in said.kinds if kind.tables)
        loose = loose or any(named.exact and any(c.isdigit() for c in named.said) for named in said.named)
        if not fitting and loose:  # a kind was named by a word that is used of others too: a bill, an order
            fitting = [(table, score) for table in everything if (score := self._fit(table, said)) is not None]
        if not fitting:
            return [], []
        moved = [(table, score) for table, score in fitting if self.ledger(table) is not None]
        if moved and said.wishes.keys() & {"incoming", "outgoing"}:
            fitting = moved
        best = max(score for _, score in fitting)
        chosen = [table for table, score in fitting if score == best]
        explicit = any(kind.tables for kind in said.kinds)
        if any(table.name == table.root for table in chosen):  # not one of its lists
            chosen = [table for table in chosen if table.name == table.root]
        if explicit or len(chosen) == 1:
            return chosen, []
        every = any(not kind.tables for kind in said.kinds)
        spent = [table for table in chosen if any(word in table.schema for word in _SPENT)]
        sums = [c for table in spent for m in said.mentions if (c := self.column(table, m)) and c.kind == "number"]
        if spent and not every and (not said.mentions or said.wishes.keys() & _OF_MONEY or sums):
            chosen = spent
        if not every and not self._same_names(chosen, said):
            return chosen[:1], [f"{plural(table)} of {self._meant(table, said)}" for table in chosen[1:]]
        return chosen, [f"only {plural(table)}" for table in chosen if len(chosen) > 1]

    def _same_names(self, tables: Sequence[Table], said: Sense) -> bool:
        """Whether a name is that of the same one in all tables."""
        for named in said.named:
            texts = [frozenset(t for found in self.hits(table, named).values() for t in found) for table in tables]
            if len(set(texts)) > 1 and not frozenset.intersection(*texts):
                return False
        return True

    def _meant(self, table: Table, said: Sense) -> str:
        return ", ".join(dict.fromkeys(t for n in said.named for found in self.hits(table, n).values() for t in found))

    def _named_tables(self, said: Sense) -> list[Table]:
        """The tables of the kinds that are named; a list named with its document is that document's list."""
        kinds = [kind for kind in said.kinds if kind.tables and not kind.weak]
        kinds = self._asked_kinds(kinds, said)
        kinds = kinds or [kind for kind in said.kinds if kind.tables]
        roots = {name for kind in kinds for name in kind.tables if self._is_root(name)}
        lists = {name for kind in kinds for name in kind.tables if not self._is_root(name)}
        tables = self._catalogue.tables
        if lists and roots:
            return [t for t in tables if t.name in lists and t.root in roots] or [t for t in tables if t.name in lists]
        if lists:
            return [t for t in tables if t.name in lists]
        if roots:
            return [t for t in tables if t.name in roots]
        if said.kinds:
            return [t for t in tables if t.name == t.root]
        return []

    def _asked_kinds(self, kinds: Sequence[Kinds], said: Sense) -> list[Kinds]:
        """The kinds without those that only say whose number follows: "which invoice is for order PO-24-0048"."""
        numbers = {named.at: named for named in said.named if named.exact and any(c.isdigit() for c in named.said)}
        led = [kind for kind in kinds if kind.at + len(kind.said.split()) in numbers]
        others = [kind for kind in kinds if kind not in led]
        tables = [t for kind in others for t in self._catalogue.tables if t.name in kind.tables]
        referred = [numbers[kind.at + len(kind.said.split())] for kind in led]
        fits = tables and all(self.hits(table, named) for table in tables for named in referred)
        return others if led and fits else self._referring(kinds, said)

    def _referring(self, kinds: Sequence[Kinds], said: Sense) -> list[Kinds]:
        """The first kind alone, where the other is what its own reference begins with: "a PO number starting PO-25"."""
        first = [t for t in self._catalogue.tables if kinds and t.name in kinds[0].tables]
        parts = [named for named in said.named if named.part is not None]
        others = {name.rsplit("_", 1)[-1] for kind in kinds[1:] for name in kind.tables}
        for table in first:
            columns = [c for named in parts for c in self.hits(table, named) if c.table == table.name]
            if others and any(others & set(c.key.split("_")) for c in columns):
                return [kinds[0]]
        return list(kinds)

    def _is_root(self, name: str) -> bool:
        table = self._catalogue.table(name)
        return table is not None and table.name == table.root

    def _fit(self, table: Table, said: Sense) -> int | None:
        """How well a table fits what was said; None when it lacks something."""
        score = 0
        wanted = [
            *said.mentions,
            *said.missing,
            *said.filled,
            *(g.mention for g in said.groups if g.mention is not None),
        ]
        for mention in wanted:
            column = self.column(table, mention)
            if column is None:
                return None
            score += 4 if column.table == table.name else 1
        for named in said.named:
            if not self.hits(table, named):
                return None
            own = any(column.table == table.name for column in self.hits(table, named))
            score += 3 if own else 1
        if (said.periods or "overdue" in said.wishes or any(g.step != "value" for g in said.groups)) and not self.days(
            table
        ):
            return None
        if (
            said.bounds
            and self.money(table) is None
            and not any(
                (c := self.column(table, m)) is not None and c.kind in ("number", "integer") for m in said.mentions
            )
        ):
            return None
        if said.currency and self._catalogue.currency(table) is None:
            return None
        return score

    # Which columns.

    def column(self, table: Table, mention: Mention) -> Column | None:
        """The column that a mention means in a table: the best said, of equals the table's own, then the first."""
        reach = {column.ref: place for place, column in enumerate(self._catalogue.reach(table))}
        inside = [meant for meant in mention.meant if meant.column.ref in reach]
        if not inside:
            return None
        return min(inside, key=lambda meant: (-meant.weight, reach[meant.column.ref])).column

    def hits(self, table: Table, named: Named) -> dict[Column, list[str]]:
        """The stored texts that a name may be, by the columns of a table."""
        reach = {column.ref for column in self._catalogue.reach(table)}
        found: dict[Column, list[str]] = {}
        for stored in named.stored:
            if stored.column.ref in reach:
                found.setdefault(stored.column, []).append(stored.text)
        return found

    def days(self, table: Table) -> list[Column]:
        """The columns of days, the one that says when it was first."""
        found = [c for c in self._catalogue.reach(table) if c.kind in ("date", "datetime")]
        return sorted(found, key=lambda column: any(word in column.key for word in _LATER))

    def money(self, table: Table) -> Column | None:
        """The column with what it comes to: the total, else the amount, else the first amount of money."""
        own = [c for c in table.columns if c.kind == "number"]
        for key in ("total", "amount", "closing_balance"):
            found = next((c for c in own if c.key == key), None)
            if found is not None:
                return found
        return next((c for c in own if c.money), own[0] if own else None)

    def ledger(self, table: Table) -> Column | None:
        """The amounts of a list of what comes in and goes out."""
        keys = {column.key for column in table.columns}
        amount = next((c for c in table.columns if c.key == "amount" and c.kind == "number"), None)
        return amount if table.path and "balance" in keys else None

    def number(self, table: Table) -> Column | None:
        """The column with the number of a document."""
        own = [c for c in table.columns if c.name in table.identity and c.kind == "text"]
        return next((c for c in own if c.key.endswith("number")), None)

    def party(self, table: Table, words: Sequence[str]) -> Column | None:
        """The column with the name of one side."""
        reach = [c for c in self._catalogue.reach(table) if c.kind == "text" and "id" not in c.key.split("_")]
        return next((c for word in words for c in reach if word in c.key and "address" not in c.key), None)

    def resolve(self, period: Period, column: Column) -> tuple[Period, list[int]]:
        """A period with its year."""
        known = self._months(column) if period.month is not None else ()
        ahead = any(word in column.key.split("_") for word in ("due", "end", "delivery", "expiry"))
        return resolve(period, known, self._today, ahead=ahead)

    @property
    def catalogue(self) -> Catalogue:
        """The tables."""
        return self._catalogue

    @property
    def today(self) -> date:
        """The day on which it is asked."""
        return self._today


def _measured(drafts: Sequence[Draft], aggregate: Aggregate, said: Sense) -> list[list[Draft]]:
    """The drafts once for each number that is to be computed of the same rows: the net and the gross total."""
    if aggregate not in ("sum", "average", "minimum", "maximum") or said.bounds or not said.both:
        return [list(drafts)]
    numbers = range(min(draft.measures for draft in drafts))
    return [[draft.of(number) for draft in drafts] for number in numbers] or [list(drafts)]


def _listed(words: Sequence[str]) -> str:
    return ", ".join(f'"{word}"' for word in words)
