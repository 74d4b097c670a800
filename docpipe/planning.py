"""A question becomes a plan by a large model: the plan is a document's schema to it, and the question is the document.

What comes back is checked like any plan: it names tables and columns that there are, or it is not run.
"""

from __future__ import annotations

import hashlib
import textwrap
from datetime import date

import numpy as np
from PIL import Image, ImageDraw, ImageFont
from pydantic import ValidationError

from docpipe.ask import Vocabulary, settle
from docpipe.errors import ModelError
from docpipe.models import Model
from docpipe.normalise import normalise
from docpipe.plan import Catalogue, QueryPlan, Table
from docpipe.schema import Schema, load_schema
from docpipe.types import Page, ReadRequest, Source, View
from docpipe.validate import assemble

_WIDTH, _LINE, _DPI = 800, 28, 96


def plans(model: Model) -> bool:
    """Whether a model can make plans: what it is asked in words, it understands."""
    return not model.name.startswith("nano") and bool(getattr(model, "plans", False))


def plan_by(model: Model, question: str, vocabulary: Vocabulary, today: date) -> QueryPlan | None:
    """The plan that a model makes of a question; None when it makes none that holds together."""
    schema = plan_schema(question, vocabulary.catalogue, today)
    try:
        (reply,) = model.extract([ReadRequest((_picture(question),), schema)])
    except ModelError:
        return None  # the rules of language still understand much
    values, _ = normalise(reply.readings, schema, reply.model)
    data, _ = assemble(values, schema)
    try:
        plan = QueryPlan.model_validate(_without_nulls(data))
    except ValidationError:
        return None
    return settle(plan, vocabulary)


def plan_schema(question: str, catalogue: Catalogue, today: date) -> Schema:
    """The schema of a plan, which tells the question and the tables that there are."""
    document = QueryPlan.model_json_schema()
    document["title"] = "Query plan"
    document["description"] = "\n".join(
        [
            (
                "The picture shows a question about stored documents. Do not answer it: write the plan of the tables "
                f"that answers it. Today is {today.isoformat()}. The question: {question}"
            ),
            "The tables, with their columns:",
            *map(_told, catalogue.tables),
        ]
    )
    return load_schema(document)


def _told(table: Table) -> str:
    columns = ", ".join(f"{column.ref} ({column.kind})" for column in table.columns)
    above = "" if table.name == table.root else f", rows of {table.root}"
    return f"{table.name}{above}: {table.description or table.title} {columns}"


def _without_nulls(node: object) -> object:
    """What was left empty is what it is without being said."""
    if isinstance(node, dict):
        return {key: _without_nulls(inner) for key, inner in node.items() if inner is not None}
    return [_without_nulls(inner) for inner in node if inner is not None] if isinstance(node, list) else node


def _picture(question: str) -> View:
    """The question as a page: models of pages are shown one."""
    lines = textwrap.wrap(question, 60) or [question]
    height = _LINE * (len(lines) + 2)
    picture = Image.new("RGB", (_WIDTH, height), "white")
    ink = ImageDraw.Draw(picture)
    for number, line in enumerate(lines):
        ink.text((_LINE, _LINE * (number + 1)), line, font=ImageFont.load_default(20), fill="black")
    scale = 72 / _DPI
    source = Source("question", hashlib.sha256(question.encode()).hexdigest(), "image/png")
    page = Page(source, 1, _WIDTH * scale, height * scale)
    return View(page, _DPI, None, np.asarray(picture), (0.0, 0.0, scale, scale))
