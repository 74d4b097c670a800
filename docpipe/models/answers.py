"""A question about pages becomes what to ask a model; what the model writes becomes the answer, continued or none."""

from __future__ import annotations

import json
from collections.abc import Generator, Sequence

from docpipe.errors import ModelTimeout, ReplyInvalid
from docpipe.models.base import Turns
from docpipe.models.continued import Cut, beginning, joined
from docpipe.models.prompt import ANSWER_MOST, Ask, Role, answer_prompt, answer_schema
from docpipe.models.reading import CONTINUED, ENDINGS, Written, both, document, named_page
from docpipe.models.written import read_sheet
from docpipe.types import Reading, Reply, View

_ANSWER = ("answer",)
_NONE = Cut("", "")


def question(
    views: Sequence[View], words: str, earlier: Turns, so_far: str = "", *, page_tokens: int, exact: bool = True
) -> Ask:
    """What to ask for an answer, or for the rest of one. `earlier` are the turns about the same views before it."""
    turns: list[tuple[Role, str]] = []
    for asked, answered in earlier:
        turns += [("user", answer_prompt(asked, views)), ("assistant", json.dumps({"answer": answered}))]
    most = min(page_tokens, 4 * ANSWER_MOST)
    now: tuple[Role, str] = ("user", answer_prompt(words, views, so_far))
    return Ask(tuple(views), (*turns, now), answer_schema(views, so_far, exact=exact), most, words)


def answering(
    views: Sequence[View],
    words: str,
    earlier: Turns,
    model: str,
    *,
    page_tokens: int,
    limit_s: float,
    exact: bool = True,
) -> Generator[Ask, Written, Reply]:
    """Answer a question about `views`.

    An answer that was cut is continued, unless more than `limit_s` seconds went by. Raises ReplyInvalid or ModelTimeout
    when there is no whole answer and no null in its place.
    """
    read: list[Written] = []
    so_far = _NONE
    for _ in range(1 + CONTINUED):
        written = yield question(views, words, earlier, so_far.text, page_tokens=page_tokens, exact=exact)
        read.append(written)
        sheet = read_sheet(written.text, cut=written.finish != "stop")
        scrap = sheet.scraps.get(_ANSWER)
        if scrap is not None and not isinstance(scrap.value, bool):
            said = None if scrap.value is None else str(scrap.value if isinstance(scrap.value, str) else scrap.literal)
            numbers = {view.page.number for view in views}
            printed = joined(so_far.text, said or "") or None
            page = next(iter(numbers)) if len(numbers) == 1 else named_page(sheet, ("page",), numbers)
            sure = both(so_far.sure, written.confidence(scrap.start, scrap.end))
            return _reply(Reading("", printed, page if printed or len(numbers) == 1 else None, None, sure), model, read)
        if written.finish != "length" or sheet.begun is None or sheet.begun[0] != _ANSWER:
            break
        cut = sheet.begun[1]
        text = joined(so_far.text, beginning(str(cut.value)), ended=False)
        if len(text) <= len(so_far.text):
            break
        so_far = Cut("", text, both(so_far.sure, written.confidence(cut.start, cut.end)))
        if sum(each.read_s for each in read) > limit_s:
            raise ModelTimeout(f"{model}: {document(views)}: the reply {ENDINGS['timeout']}")
    error = ModelTimeout if written.finish == "timeout" else ReplyInvalid
    why = ENDINGS.get(written.finish, f"is no answer: {' '.join(written.text[:80].split())!r}")
    raise error(f"{model}: {document(views)}: the reply {why}")


def _reply(reading: Reading, model: str, read: Sequence[Written]) -> Reply:
    return Reply(
        readings=(reading,),
        model=model,
        raw="\n".join(each.text for each in read),
        input_tokens=sum(each.input_tokens for each in read),
        output_tokens=sum(each.output_tokens for each in read),
        finish_reason="stop",
        read_s=sum(each.read_s for each in read),
    )
