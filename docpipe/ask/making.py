"""What a question says and a table that fits it become what is made of its rows: a sum, a count by supplier, a list."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from docpipe.ask.days import Period
from docpipe.ask.sense import Sense
from docpipe.plan import Aggregate, Column, Step, Table

if TYPE_CHECKING:
    from docpipe.ask.planner import Planner

SENDERS = ("supplier", "merchant", "vendor", "seller", "party_a", "bank", "issuer", "provider", "landlord", "sender")
RECEIVERS = ("customer", "client", "buyer", "party_b", "holder", "tenant", "recipient", "receiver")
# Numbers that are not added up.
_LEVELS = ("balance", "price", "rate", "percent")
# What goes out stands on an account as less than nothing.
_OTHER_END = {"maximum": "minimum", "minimum": "maximum"}
# What came into an account asks for no account.
_WHOSE = ("account_number", "account_holder", "bank_name")


class Made:
    """What is to be made of the rows of one table, worked out of what was said."""

    def __init__(self, planner: Planner, said: Sense, table: Table) -> None:
        self._p = planner
        if "outgoing" in said.wishes and planner.ledger(table) is not None:
            said = replace(said, wishes={_OTHER_END.get(wish, wish): at for wish, at in said.wishes.items()})
        self._said = said
        self._table = table
        self.notes: list[str] = []
        self._moved = planner.ledger(table) if said.wishes.keys() & {"incoming", "outgoing"} else None
        self._columns = [
            (m, c)
            for m in said.mentions
            if (c := planner.column(table, m)) is not None and not (self._moved is not None and c.key in _WHOSE)
        ]
        self._numbers = [c for _, c in self._columns if c.kind in ("number", "integer")]
        self._days = [c for _, c in self._columns if c.kind in ("date", "datetime")]
        self._texts = [c for _, c in self._columns if c not in self._numbers and c not in self._days]
        self.groups, self.steps = self._grouped()
        self.aggregate = self._aggregate()

    @property
    def measures(self) -> int:
        """How many numbers were named."""
        return len(self._numbers)

    # What is made of the rows.

    def _grouped(self) -> tuple[list[Column], list[Step]]:
        groups: list[tuple[Column, Step]] = []
        days = self._p.days(self._table)
        for group in self._said.groups:
            column = self._p.column(self._table, group.mention) if group.mention else (self._days or days)[0]
            if column is not None and group.mention is not None and self._sorts(column):
                self._columns.insert(0, (group.mention, column))
                (self._numbers if column.kind in ("number", "integer") else self._days).insert(0, column)
            elif column is not None:
                groups.append((column, group.step))
        wishes = self._said.wishes
        extreme = wishes.keys() & {"most", "least", "maximum", "minimum", "top"}
        if not groups and not extreme and (shared := self._shared_out()):
            groups.append((shared, "value"))
            self._texts = [c for c in self._texts if c != shared]
        if not groups and extreme:
            asked = self._asked_group()
            if asked is not None:
                groups.append((asked, "value"))
                self._texts = [c for c in self._texts if c != asked]
        if not groups and self._said.compares:
            groups += self._compared()
        return [column for column, _ in groups], [step for _, step in groups]

    def _compared(self) -> list[tuple[Column, Step]]:
        """Of "X vs Y" the column of both names, of "2023 compared to 2024" the year."""
        hits = [list(self._p.hits(self._table, named)) for named in self._said.named if not named.turned]
        both = [column for column in (hits[0] if len(hits) > 1 else []) if all(column in own for own in hits)]
        if both:
            return [(both[0], "value")]
        steps = [step for period in self._said.periods if (step := _step(period)) is not None]
        days = (self._days or self._p.days(self._table))[:1]
        return [(days[0], steps[0])] if days and len(steps) > 1 and len(set(steps)) == 1 else []

    def _sorts(self, column: Column) -> bool:
        """ "The newest contract by signature", "top 3 by VAT": what is sorted by, not grouped."""
        extreme = self._said.wishes.keys() & {"latest", "first", "maximum", "minimum", "top"}
        return bool(extreme) and column.kind in ("number", "integer", "date", "datetime")

    def _shared_out(self) -> Column | None:
        """ "Which supplier got how many orders", "wer hat wie viele Rechnungen geschickt": each with its own."""
        wishes = self._said.wishes
        many = min((wishes[wish] for wish in ("count", "much") if wish in wishes), default=-1)
        if "which" in wishes and wishes["which"] < many and self._columns:
            first, column = min(self._columns, key=lambda one: one[0].at)
            return column if column in self._texts and wishes["which"] < first.at < many else None
        if "list" in wishes and self._columns and wishes["list"] < many:
            first, column = min(self._columns, key=lambda one: one[0].at)
            return column if column in self._texts and wishes["list"] < first.at < many else None
        if "who" in wishes and wishes["who"] < many and not self._texts:
            return self._p.party(self._table, SENDERS)
        return None

    def _asked_group(self) -> Column | None:
        """Of "which supplier has the most", "top 5 suppliers", "who was paid the most": the supplier."""
        wishes = self._said.wishes
        row_wanted = (
            wishes.keys() & {"maximum", "minimum"}
            and any(k.tables and not k.weak for k in self._said.kinds)
            and not self._numbers
        )
        if self._texts and wishes.keys() & {"which", "top", "most", "least", "who"} and not row_wanted:
            return self._texts[0]
        if self._texts and wishes.keys() & {"amount", "sum", "money", "count"} and self._leads():
            return self._texts[0]
        if not self._texts and wishes.keys() & {"who", "where"} and wishes.keys() & {"most", "least"}:
            return self._p.party(self._table, SENDERS)
        return None

    def _leads(self) -> bool:
        """ "The supplier with the highest total of invoices": the supplier, not the invoice."""
        wishes = self._said.wishes
        at = min(m.at for m, c in self._columns if c == self._texts[0])
        extreme = min(wishes[w] for w in ("maximum", "minimum", "most", "least", "top") if w in wishes)
        return at < extreme and all(kind.at > extreme for kind in self._said.kinds)

    def _aggregate(self) -> Aggregate:
        wishes = self._said.wishes
        if "average" in wishes:
            return "average"
        if self._of_each():
            return "maximum" if "maximum" in wishes else "minimum"
        if self.groups and wishes.keys() & {"most", "least", "maximum", "minimum", "top"}:
            return self._of_groups()
        if "count" in wishes or self._many_of():
            return self._counted()
        if wishes.keys() & {"maximum", "minimum"} and not ("sum" in wishes and self.groups):
            return "maximum" if "maximum" in wishes else "minimum"
        if wishes.keys() & {"most", "least"} and (self._numbers or "money" in wishes or self._one_of()):
            return "maximum" if "most" in wishes else "minimum"
        if wishes.keys() & {"latest", "first", "next", "top"}:
            return "rows"
        if ("sum" in wishes or self._in_total()) and self._measure() is not None:
            return "sum"
        if self.groups:
            return "sum" if self._numbers or wishes.keys() & {"much", "money", "sum", "amount"} else "count"
        if "who" in wishes and self._texts:
            return self._of_lists()
        if wishes.keys() & {"when", "who", "whom", "where"}:
            return "rows"
        if "much" in wishes and self._texts and not self._numbers and not any(sided(c) for c in self._texts):
            return "rows"  # how much notice: what a field says
        if "much" in wishes:
            level = bool(self._numbers) and all(map(_is_level, self._numbers))
            return "sum" if self._measure() is not None and not level else "rows"
        if "money" in wishes and not self._columns and all(kind.weak for kind in self._said.kinds):
            return "sum"  # quel est notre chiffre d'achats
        if (
            self._said.both
            and len(self._numbers) > 1
            and "list" not in wishes
            and self._rows()
            and not self._of_number()
        ):
            return "sum"  # the total and the VAT of all invoices
        spoken = "which" in wishes and "amount" not in wishes
        if (("list" in wishes and "amount" not in wishes) or spoken) and not self._one_number():
            return self._of_lists()
        many = any(kind.plural for kind in self._said.kinds) or not any(kind.tables for kind in self._said.kinds)
        pinned = self._of_number()
        money = bool(self._numbers or wishes.keys() & {"money", "amount"})
        level = any(map(_is_level, self._numbers))
        if money and many and not (pinned or level or self._texts or self._days):
            return "sum"
        return self._of_lists()

    def _rows(self) -> bool:
        """Whether documents are meant, several."""
        rows = [kind for kind in self._said.kinds if kind.tables and not kind.weak]
        return bool(rows) and all(kind.plural for kind in rows)

    def _of_number(self) -> bool:
        """Whether the number of a document is said."""
        return any(named.exact and any(c.isdigit() for c in named.said) for named in self._said.named)

    def _one_number(self) -> bool:
        """ "Give me the VAT of all invoices" is one number; "the net amounts" are one of each."""
        said = self._said
        own = [m for m, c in self._columns if c in self._numbers]
        word = own[0].said.casefold() if len(own) == 1 else "s"
        single = word.endswith("ss") or not word.endswith(("s", "e", "n", "x"))
        return single and "which" not in said.wishes and self._rows()

    def _of_each(self) -> bool:
        """ "The largest invoice per supplier": not the supplier with most."""
        wishes = self._said.wishes
        return bool(self._said.groups) and bool(wishes.keys() & {"maximum", "minimum"}) and "which" not in wishes

    def _one_of(self) -> bool:
        """ "Which invoice hurt the most": the largest."""
        rows = any(kind.tables and not kind.weak for kind in self._said.kinds)
        return rows and not self._texts and not self.groups and "count" not in self._said.wishes

    def _in_total(self) -> bool:
        """ "Total VAT" is the sum of it, whatever it is said of."""
        at = self._said.wishes.get("amount", -2) + 1
        if any(kind.at == at for kind in self._said.kinds) and not self._texts and not self._numbers:
            return True  # the total order value
        return any(m.at == at and c in self._numbers for m, c in self._columns) and not self._texts

    def _many_of(self) -> bool:
        """ "Combien avons-nous reçu de factures": how many, though that does not stand together."""
        said = self._said
        plain = not said.wishes.keys() & {"money", "amount", "sum"}
        return "much" in said.wishes and said.language == "fr" and plain and any(k.plural and k.of for k in said.kinds)

    def _of_groups(self) -> Aggregate:
        wishes = self._said.wishes
        if "count" in wishes:
            return "count"
        if self._numbers or wishes.keys() & {"money", "amount", "much", "sum", "maximum", "minimum"}:
            return "sum"
        return "count" if any(kind.tables and not kind.weak for kind in self._said.kinds) else "sum"

    def _counted(self) -> Aggregate:
        """How many invoices; how many suppliers; how many hours."""
        if "times" in self._said.wishes:
            return "count"
        at = self._said.wishes.get("count", -1)
        after = sorted(
            [(m.at, c) for m, c in self._columns] + [(k.at, None) for k in self._said.kinds], key=lambda x: x[0]
        )
        behind = [column for place, column in after if place > at]
        french = self._said.language == "fr"
        if behind and behind[0] is not None and behind[0].kind == "number" and after[0][0] > at and french:
            return "sum"  # combien de TVA
        thing = min((n.at for n in self._said.named if n.at > at), default=None)
        root = [k for k in self._said.kinds if k.at > at and self._table.root in k.tables]
        root = [k for k in root if thing is not None and k.at < thing]
        if self._table.path and root and not any(self._table.name in k.tables for k in self._said.kinds):
            number = self._p.number(self._p.catalogue.root(self._table))
            if number is not None and all(place >= root[0].at for place, _ in after if place > at):
                self._texts = [number]  # of the documents that have such a line, each once
                return "distinct"
        if thing is not None and self._table.path and all(place > thing for place, _ in after if place > at):
            how_many = next((c for c in self._table.columns if c.key == "quantity"), None)
            if how_many is not None:  # how many panels: as many as were bought, not as many lines
                self._numbers = [how_many]
                return "sum"
        if behind and behind[0] is not None:
            if behind[0].kind == "text":
                return "distinct"
            if behind[0].kind in ("number", "integer") and not behind[0].money:
                return "sum"
        return "count"

    def _of_lists(self) -> Aggregate:
        """ "Which suppliers" are all different ones; "which invoices" are rows."""
        wishes = self._said.wishes
        kinds = [kind for kind in self._said.kinds if kind.tables]
        if not self._texts or self.groups or self._numbers or not wishes.keys() & {"which", "list", "different", "who"}:
            return "rows"
        first = next(m for m, c in self._columns if c == self._texts[0])
        plural = first.said.lower().endswith(("s", "n", "e", "x", "r")) and not first.said.isupper()
        if (
            plural
            and (not kinds or "different" in wishes)
            and not any(n.exact for n in self._said.named if n.role is None and any(ch.isdigit() for ch in n.said))
        ):
            self.groups, self.steps = [self._texts[0]], ["value"]
            return "count"
        return "rows"

    def _measure(self) -> Column | None:
        free = [c for c in self._numbers if c not in self._bounded()]
        return free[0] if free else self._numbers[0] if self._numbers else self._p.money(self._table)

    def _bounded(self) -> list[Column]:
        """The columns that a bound speaks of, when another number is asked for."""
        return [] if not self._said.bounds or len(self._numbers) < 2 else self._numbers[1:]


def _step(period: Period) -> Step | None:
    """How long a period is: a year, a quarter, a month."""
    if period.month is not None:
        months = period.months
    elif period.first is None or period.until is None or period.first.day != 1 or period.until.day != 1:
        return None
    else:
        months = (period.until.year - period.first.year) * 12 + period.until.month - period.first.month
    steps: dict[int, Step] = {1: "month", 3: "quarter", 12: "year"}
    return steps.get(months)


def _is_level(column: Column) -> bool:
    return any(word in column.key for word in _LEVELS)


def sided(column: Column) -> bool:
    return column.kind == "text" and any(word in column.key for word in (*SENDERS, *RECEIVERS))
