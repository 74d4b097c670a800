"""What a model said at a second look becomes a new draft, when it leaves less in trouble than the first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from docpipe.ground import ground
from docpipe.judge import Draft, judge, standing
from docpipe.normalise import normalise
from docpipe.reask import Question
from docpipe.schema import Schema
from docpipe.types import PageText, Reading, Reply

LIKELY = 0.5  # confidence of a first reading that a second look has to contradict, not only to miss


@dataclass(frozen=True)
class LookedAgain:
    """A question that was asked again, the reply, and the text of its page: its own, and what a second reader read."""

    question: Question
    reply: Reply
    text: PageText | None
    second: PageText | None = None


def second_draft(draft: Draft, answers: Sequence[LookedAgain], schema: Schema) -> Draft:
    """The draft with the new readings in it, or as it was where they did not help.

    A value that was likely right and is not seen at the second look stays, with what is wrong with it: that there is
    nothing would break no rule, and is no proof that nothing is there.
    """
    read = {v.pointer for v in draft.values if v.value is not None and (v.confidence is None or v.confidence >= LIKELY)}
    readings = {
        r.pointer: r
        for a in answers
        for r in a.reply.readings
        if r.pointer in a.question.pointers and (r.printed is not None or r.pointer not in read)
    }
    if not readings:
        return draft
    text = [answer.text for answer in answers if answer.text is not None]
    # What the rest of the document says tells day from month, so the new readings are normalised among the old.
    everything = {v.pointer: Reading(v.pointer, v.text, v.page, v.box, v.confidence) for v in draft.values}
    values, unclear = normalise(tuple((everything | readings).values()), schema, answers[-1].reply.model, text)
    second = [answer.second for answer in answers if answer.second is not None]
    values, doubts = ground(values, text, schema, second=second)
    seen = {value.pointer: value for value in values if value.pointer in readings}
    kept = [n for n in draft.noticed if n.pointer not in readings]
    fresh = [n for n in standing((*unclear, *doubts), values) if n.pointer in readings]
    better = judge(tuple(seen.get(v.pointer, v) for v in draft.values), [*kept, *fresh], schema)
    return better if len(better.troubles) < len(draft.troubles) else draft
