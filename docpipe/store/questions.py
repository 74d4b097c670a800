"""Questions and their answers become rows, and leave with the documents that they cite."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, delete, insert, select

from docpipe.plan import QueryPlan
from docpipe.store.coding import storable
from docpipe.store.database import Database
from docpipe.store.tables import questions
from docpipe.types import Answer


@dataclass(frozen=True)
class Kept:
    """A question that was asked: its number, when, the plan that answered it, and the answer with what it cited."""

    number: int
    asked_at: datetime
    plan: QueryPlan | None
    answer: Answer
    follows: int | None


class Questions:
    """What was asked of a database, and what was answered."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def keep(self, answer: Answer, plan: QueryPlan | None, *, follows: int | None = None) -> int:
        """Store an answer and give it a number. `follows` is the number of the question that it went on from."""
        row = {
            "asked_at": datetime.now(UTC),
            "question": storable(answer.question),
            "follows": follows,
            "plan": None if plan is None else storable(plan.model_dump_json()),
            "answer": storable(answer.model_dump_json()),
        }
        with self._database.write() as connection:
            number: int = connection.execute(insert(questions).values(row).returning(questions.c.id)).scalar_one()
        return number

    def all(self) -> list[Kept]:
        """Everything that was asked, the latest last."""
        with self._database.read() as connection:
            rows = connection.execute(select(questions).order_by(questions.c.id)).all()
        return [
            Kept(
                number=row.id,
                asked_at=row.asked_at if row.asked_at.tzinfo else row.asked_at.replace(tzinfo=UTC),
                plan=None if row.plan is None else QueryPlan.model_validate_json(row.plan),
                answer=Answer.model_validate_json(row.answer),
                follows=row.follows,
            )
            for row in rows
        ]


def forget_questions(connection: Connection, document: int) -> None:
    """Erase every question whose answer cites a document: what it held stands in the answer."""
    rows = connection.execute(select(questions.c.id, questions.c.answer)).all()
    told = [row.id for row in rows if any(c["document"] == document for c in json.loads(row.answer)["citations"])]
    if told:
        connection.execute(delete(questions).where(questions.c.id.in_(told)))
