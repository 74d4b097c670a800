"""What a question says and a table that fits it become a part of a plan: what must hold and what is shown."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from datetime import date
from typing import TYPE_CHECKING

from docpipe.ask.days import Period, whole_month
from docpipe.ask.making import RECEIVERS, SENDERS, Made, sided
from docpipe.ask.names import Named
from docpipe.ask.sense import Sense
from docpipe.plan import Aggregate, Column, Condition, Operator, Part, Table

if TYPE_CHECKING:
    from docpipe.ask.planner import Planner

MOST_SHOWN = 5
_NAME_KEYS = ("name", "party", "supplier", "customer", "merchant", "buyer", "holder", "bank", "vendor")


class Draft(Made):
    """A plan's part on one table, worked out of what was said."""

    def __init__(self, planner: Planner, said: Sense, table: Table) -> None:
        super().__init__(planner, said, table)
        self._conditions = self._hold()

    def of(self, number: int) -> Draft:
        """The same for one of the numbers that were named."""
        made = copy(self)
        made._numbers = [self._numbers[number]]
        made._columns = [(m, c) for m, c in self._columns if c not in self._numbers or c == self._numbers[number]]
        return made

    # What must hold.

    def _hold(self) -> list[Condition]:
        said, p, table = self._said, self._p, self._table
        conditions = self._together([self._name(named) for named in said.named])
        ranges: dict[str, list[str]] = {}
        for period in said.periods:
            for condition in self._period(period):
                if condition.operator == "within":
                    ranges.setdefault(condition.column, []).extend(condition.values)
                else:
                    conditions.append(condition)
        for dated, values in ranges.items():
            conditions += _ranges(dated, values)
        for bound in said.bounds:
            numbers = [c for m, c in self._columns if c in self._numbers and m.at < bound.at] or self._numbers
            column = numbers[-1] if numbers else p.money(table)
            if column is not None:
                conditions.append(
                    Condition(column=column.ref, operator=bound.operator, values=[format(bound.value, "f")])
                )
        currency = p.catalogue.currency(table)
        if said.currency and currency is not None:
            operator: Operator = "is_not" if said.not_currency else "is"
            conditions.append(Condition(column=currency.ref, operator=operator, values=[said.currency]))
        if "next" in said.wishes:
            day = (self._days or p.days(table))[0]
            conditions.append(Condition(column=day.ref, operator="at_least", values=[p.today.isoformat()]))
        for mention in said.missing:
            column = p.column(table, mention)
            if column is not None:
                conditions.append(Condition(column=column.ref, operator="empty"))
        for mention in said.filled:
            column = p.column(table, mention)
            if column is not None:
                conditions.append(Condition(column=column.ref, operator="filled"))
        if self._moved is not None:
            operator = "more" if "incoming" in said.wishes else "less"
            conditions.append(Condition(column=self._moved.ref, operator=operator, values=["0"]))
        if "overdue" in said.wishes:
            due = next((c for c in p.days(table) if "due" in c.key), p.days(table)[0])
            conditions.append(Condition(column=due.ref, operator="less", values=[p.today.isoformat()]))
        return conditions

    def _together(self, conditions: Sequence[Condition]) -> list[Condition]:
        """Names for the same column: any of them, and none of those that it must not be."""
        found: dict[tuple[str, str], list[str]] = {}
        for condition in conditions:
            found.setdefault((condition.column, condition.operator), []).extend(condition.values)
        return [
            Condition(column=column, operator=operator, values=list(dict.fromkeys(values)))
            for (column, operator), values in found.items()
        ]

    def _name(self, named: Named) -> Condition:
        hits = self._p.hits(self._table, named)
        order = list(hits)
        sides = {"sender": SENDERS, "receiver": RECEIVERS}

        def rank(column: Column) -> tuple[bool, bool, bool, int]:
            mentioned = any(column == c for c in self._texts)
            fits = named.role is not None and any(word in column.key for word in sides[named.role])
            return (not mentioned, not fits, not any(word in column.key for word in SENDERS), order.index(column))

        best = min(order, key=rank)
        if named.part is not None:
            return Condition(column=best.ref, operator=named.part, values=[named.said])
        texts = list(dict.fromkeys(hits[best]))
        whole = [t for t in texts if len(t.split()) == len(named.said.split())]
        if not named.exact and len(texts) > 1:
            texts = whole or texts
            if len(texts) > 1 and best.key in (c for c in _NAME_KEYS if c in best.key):
                self.notes += [f'"{named.said}" as {text}' for text in texts[:MOST_SHOWN]]
        for other in order:
            if other != best and named.role is None and sided(other) and sided(best):
                self.notes.append(f'"{named.said}" as {other.words}')
        return Condition(column=best.ref, operator="is_not" if named.turned else "is", values=texts)

    def _period(self, period: Period) -> list[Condition]:
        days = self._p.days(self._table)
        own = self._dated_by(period)
        if self._said.at_end:
            own += [c for c in days if "end" in c.key.split("_")]
        spans = [c for c in days if c.key == "period_start" and c.table == self._table.name and not period.day_only]
        column = (own or spans or days)[0]
        dated, others = self._p.resolve(period, column)
        if dated.third is not None and any(c.key == "period_start" and c.table == column.table for c in days):
            dated = whole_month(dated)  # a statement is of a whole month
        elif dated.third is not None:
            self.notes.append(f"{period.said} as the whole month")
        self.notes += [f"{period.said} {year}" for year in others]
        if period.other is not None:
            self.notes.append(f"{period.said} as {period.other.isoformat()}")
        first, until = dated.first, dated.until
        if dated.outside:
            values = [(first or date.min).isoformat(), (until or date.max).isoformat()]
            return [Condition(column=column.ref, operator="outside", values=values)]
        if first is not None and until is not None:
            values = [first.isoformat(), until.isoformat()]
            return [Condition(column=column.ref, operator="within", values=values)]
        if first is not None:
            return [Condition(column=column.ref, operator="at_least", values=[first.isoformat()])]
        return [Condition(column=column.ref, operator="less", values=[until.isoformat()])] if until is not None else []

    def _dated_by(self, period: Period) -> list[Column]:
        """The columns of days that a period may be of: of several periods, the one that is named in front of it."""
        named = [(m.at, c) for m, c in self._columns if c in self._days and "when" not in self._said.wishes]
        others = [other.at for other in self._said.periods if other.at < period.at]
        if len(self._said.periods) < 2 or period.at < 0 or not named:
            return [c for _, c in named]
        before = [c for at, c in named if max(others, default=-1) < at < period.at]
        if before:
            return before[-1:]
        alone = all(at > min(p.at for p in self._said.periods) for at, _ in named)
        return [] if alone and not others else [c for _, c in named]

    # The part.

    def part(self, aggregate: Aggregate) -> Part:
        """The part for this table."""
        value = self._value(aggregate)
        return Part(
            table=self._table.name,
            value=None if value is None else value.ref,
            show=[c.ref for c in self._shown(aggregate)],
            conditions=self._conditions,
            group=[c.ref for c in self.groups],
        )

    def order(self, aggregate: Aggregate) -> tuple[str, bool, int | None]:
        """By what, which way, how many."""
        wishes, limit = self._said.wishes, self._said.limit
        if self.groups:
            extreme = wishes.keys() & {"most", "least", "maximum", "minimum", "top"}
            if extreme and not self._of_each():
                down = not wishes.keys() & {"least", "minimum"}
                many = limit or (None if "top" in wishes else 1)
                return "value", down, many
            return "group", False, None
        if aggregate == "rows" and wishes.keys() & {"latest", "first", "next"}:
            return "value", "latest" in wishes, limit or 1
        if aggregate == "rows" and "top" in wishes:
            return "value", True, limit
        if aggregate in ("maximum", "minimum") and limit:
            return "value", aggregate == "maximum", limit
        return "none", False, None

    def _value(self, aggregate: Aggregate) -> Column | None:
        wishes = self._said.wishes
        if aggregate == "count":
            return None
        if aggregate == "distinct":
            return self._texts[0] if self._texts else None
        if aggregate == "rows":
            if wishes.keys() & {"latest", "first", "next"}:
                return (self._days or self._of_document() or self._p.days(self._table))[0]
            if "top" in wishes:
                return self._measure()
            return None
        return self._measure()

    def _of_document(self) -> list[Column]:
        """ "The items of the latest invoice": the latest is the invoice, where it is named."""
        table = self._table
        roots = {name for kind in self._said.kinds for name in kind.tables}
        return [c for c in self._p.days(table) if c.table == table.root] if table.path and table.root in roots else []

    def _shown(self, aggregate: Aggregate) -> list[Column]:
        """What is asked for; where nothing is, what tells the documents apart, when it was and what it comes to."""
        if aggregate not in ("rows", "maximum", "minimum"):
            return []
        wishes = self._said.wishes
        held = {condition.column for condition in self._conditions}
        asked = [c for _, c in self._columns if c not in self.groups]
        if not (len(asked) == 1 and any(k.tables for k in self._said.kinds) and wishes.keys() & {"which", "list"}):
            asked = [c for c in asked if c.ref not in held] or [c for c in asked if not self._said.named]
        if "when" in wishes and not any(c.kind in ("date", "datetime") for c in asked):
            asked = [*self._p.days(self._table)[:1], *asked]
        if "who" in wishes and not any(sided(c) for c in asked):
            party = self._p.party(self._table, SENDERS)
            asked = [*([party] if party is not None else []), *asked]
        if "whom" in wishes and not any(sided(c) for c in asked):
            party = self._p.party(self._table, RECEIVERS if not self._ordered() else SENDERS)
            asked = [*([party] if party is not None else []), *asked]
        if not asked and "which" in wishes:
            asked = self._referred()
        if "where" in wishes and not asked:
            asked = [c for c in self._p.catalogue.reach(self._table) if "address" in c.key][:1] or asked
        if aggregate == "rows" and ("amount" in wishes or (wishes.keys() & {"much", "money"} and not asked)):
            money = self._p.money(self._table)
            asked = [*asked, *([money] if money is not None and not self._numbers else [])]
        several = "which" in wishes and any(k.plural and k.tables and not k.weak for k in self._said.kinds)
        if asked and not wishes.keys() & {"list"} and not several:
            return asked
        return list(dict.fromkeys([*asked, *self._default()]))

    def _ordered(self) -> bool:
        """An order is sent to who supplies."""
        return any("buyer" in c.key for c in self._table.columns)

    def _referred(self) -> list[Column]:
        """ "Which order does this invoice belong to": what the invoice says of the order."""
        own = {name for kind in self._said.kinds for name in kind.tables}
        if not own or self._table.name in own or self._table.root in own:
            return []
        words = {name.split("_")[-1] for name in own}
        return [c for c in self._table.columns if c.kind == "text" and words & set(c.key.split("_"))][:1]

    def _default(self) -> list[Column]:
        table = self._table
        root = self._p.catalogue.root(table)
        own = list(table.columns) if table.path else []
        known = [c for c in root.columns if c.name in root.identity] or list(root.columns[:2])
        days = [c for c in self._p.days(table) if c not in known][:1]
        money = self._p.money(table)
        return list(dict.fromkeys([*own, *known, *days, *([money] if money is not None else [])]))[: MOST_SHOWN + 2]


def _ranges(column: str, values: Sequence[str]) -> list[Condition]:
    """From a day on and before another; of several such, any."""
    if len(values) > 2:
        return [Condition(column=column, operator="within", values=list(values))]
    first, until = values
    return [
        Condition(column=column, operator="at_least", values=[first]),
        Condition(column=column, operator="less", values=[until]),
    ]
