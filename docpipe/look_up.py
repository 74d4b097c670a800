"""A question and a page become the answer that stands there, or none: a model reads, the page's own text decides.

An answer stands beside what it is called. Where the page has the label, what stands beside it is the answer, and what
the model read is held against that; where it has none, only a large model is believed, and only what is on the page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from docpipe.errors import ModelError
from docpipe.ground import ground
from docpipe.ground.labels import Labels
from docpipe.ground.layout import Layout, Place
from docpipe.models import Model
from docpipe.normalise import normalise
from docpipe.printed.words import compact, fold
from docpipe.schema import Leaf, Schema, load_schema
from docpipe.types import PageText, Value, View

_ANSWER = "/answer"
# How sure the page has to be that a text stands beside the label.
_SURE = 0.5
_STANDS = ("verified", "corrected", "unverified")


@dataclass(frozen=True)
class Look:
    """A page as it is read: what is shown, its text where it has one, and the schema of its document.

    `beside` are the labels of other things that pages print, one group a thing: what one of them is beside is its own.
    """

    view: View
    text: PageText | None
    schema: Schema | None
    beside: tuple[tuple[str, ...], ...] = ()


def look_up(look: Look, question: str, labels: Sequence[str], model: Model, *, believed: bool) -> Value | None:
    """The answer on a page with its place, None when it is not there.

    `labels` are what the answer may be called, `believed` says that the model understands questions by itself.
    """
    found = _beside(look, labels)
    if found is None and not believed:
        return None
    read = _read(look, question, labels, model)
    if found is None:
        return read if read is not None and read.status in _STANDS else None
    place, sure = found
    text = _trimmed(place.text)
    if read is not None and compact(read.text or "").casefold() == compact(text).casefold():
        return read
    layer = look.text is not None and look.text.origin != "nano"
    return Value(
        pointer=_ANSWER,
        text=text,
        value=text,
        page=place.page,
        box=place.box,
        confidence=round(min(1.0, sure), 2),
        status="corrected" if layer and read is not None else "unverified",
        model=model.name,
    )


def _beside(look: Look, labels: Sequence[str]) -> tuple[Place, float] | None:
    """What the page says beside one of the labels, and how sure that is."""
    if look.text is None or not labels:
        return None
    asked = Leaf(path=_ANSWER, key=labels[0], type="string", labels=tuple(labels))
    layout = Layout(look.text, [word for word in look.text.words if word.visible])
    known = () if look.schema is None else look.schema.leaves
    own = {fold(label) for label in labels}
    others = [replace(leaf, labels=tuple(n for n in leaf.labels if fold(n) not in own)) for leaf in known]
    printed = [
        Leaf(path=f"/printed/{n}", key=said[0], type="string", labels=said) for n, said in enumerate(look.beside)
    ]
    taken = own.union(*(map(fold, said) for said in look.beside))
    marked = Labels(layout, [asked, *others, *printed])
    regions = sorted(marked.regions(_ANSWER), key=lambda region: -region[2])
    for _, pieces, sure in regions:
        value = _first_chunk(layout, pieces)
        if sure >= _SURE and value:
            place = layout.place(value)
            if any(c.isalnum() for c in place.text) and fold(place.text) not in taken and not place.text.endswith(":"):
                return place, sure
    return None


def _first_chunk(layout: Layout, pieces: Sequence[int]) -> list[int]:
    """The pieces up to the first wide gap; a colon at the beginning belongs to the label."""
    rest = [number for number in pieces if layout.pieces[number].text.strip(":.- ")]
    return [number for number in rest if layout.pieces[number].chunk == layout.pieces[rest[0]].chunk]


def _trimmed(text: str) -> str:
    return text.strip().strip(":").strip()


def _read(look: Look, question: str, labels: Sequence[str], model: Model) -> Value | None:
    """What the model reads, and what the page says about that."""
    try:
        reply = model.answer([look.view], question)
    except ModelError:
        return None  # the page may still say it
    readings = [replace(reading, pointer=_ANSWER) for reading in reply.readings if reading.printed]
    if not readings:
        return None
    text = [look.text] if look.text is not None else []
    schema = _schema(question, labels)
    values, _ = normalise(readings[:1], schema, reply.model, text)
    grounded, _ = ground(values, text, schema)
    return grounded[0] if grounded and grounded[0].text else None


def _schema(question: str, labels: Sequence[str]) -> Schema:
    """The question as a schema of one field."""
    field = {
        "type": ["string", "null"],
        "description": question[:200],
        "x-labels": list(labels)[:20] or [question[:80]],
    }
    return load_schema({"title": "Answer", "type": "object", "properties": {"answer": field}})
