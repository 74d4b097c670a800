"""Any OpenAI-compatible server behind the model seam: vLLM, Ollama, llama.cpp, LM Studio, Hugging Face Inference.

A server may ignore `response_format`, or refuse it: each reply is checked against the schema whatever was promised.
"""

from __future__ import annotations

import asyncio
import base64
import io
import json
from collections.abc import Coroutine, Generator, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

import httpx
from PIL import Image

from docpipe.errors import DocpipeError, ModelError, ModelNotLoaded, SettingsError, UnknownModel
from docpipe.models.answers import answering
from docpipe.models.base import Turns
from docpipe.models.decoding import Bounds
from docpipe.models.prompt import Ask, page_labels, prompt_hash
from docpipe.models.reading import Written, conversation
from docpipe.models.wire import ADDRESS, NoSuchModel, Refused, Wire, refused_part, without
from docpipe.types import PageText, ReadRequest, Reply, View

if TYPE_CHECKING:
    from docpipe.settings import Settings

TOGETHER = 4  # requests to one server at a time
QUALITY = 92  # of the JPEG of a page
T = TypeVar("T")


class Server:
    """A model on a server, named as `http(s)://HOST/v1#MODEL`. Without #MODEL it is the only one that the server has.

    The token, where one is needed, is `settings.api_key` (DOCPIPE_API_KEY). Raises UsageError for an address that
    cannot be used, UnknownModel when the server has several models and none was named.
    """

    plans = True  # it understands what it is asked in words

    def __init__(self, name: str, settings: Settings, bounds: Bounds | None = None) -> None:
        address, _, model = name.partition("#")
        self._wire = Wire(
            address=_checked(address),
            token=_token(settings),
            connect_s=settings.connect_timeout_s,
            first_byte_s=min(settings.first_byte_timeout_s, settings.request_timeout_s),
            total_s=settings.request_timeout_s,
            attempts=settings.page_attempts,
        )
        self._model = model or self._only_model()
        self.name = f"{self._wire.address}#{self._model}"
        self.prompt_hash = prompt_hash()
        self._bounds = bounds or Bounds()
        self._page_tokens = settings.page_tokens
        self._left_out: list[str] = []
        self._ignored = False

    @property
    def about(self) -> str:
        """What is known of the server so far, in a line."""
        held = "response_format " + (
            "refused" if "schema" in self._left_out else "ignored" if self._ignored else "kept so far"
        )
        return f"{self._model} at {self._wire.address}, {held}"

    def extract(self, requests: Iterable[ReadRequest]) -> Iterator[Reply]:
        """One reply for each request, in order; some are asked at a time. Errors come at the place of their request."""
        for outcome in _run(self._read_all(list(requests))):
            if isinstance(outcome, DocpipeError):
                raise outcome
            yield outcome

    def answer(self, views: Sequence[View], question_: str, earlier: Turns = ()) -> Reply:
        """The answer to a question about `views`. `earlier` are the turns about them before it."""
        limits: dict[str, Any] = {"page_tokens": self._page_tokens, "limit_s": self._wire.total_s}
        talk = answering(views, question_, earlier, self.name, exact=False, **limits)

        async def once() -> Reply:
            async with self._wire.client() as client:
                return await self._talk(client, talk)

        return _run(once())

    def transcribe(self, view: View) -> PageText | None:
        """None: these models give text without places."""
        del view
        return None

    def _only_model(self) -> str:
        async def names() -> list[str]:
            async with self._wire.client() as client:
                return await self._wire.models(client)

        found = _run(names())
        if len(found) != 1:
            raise UnknownModel(
                f"{self._wire.address} has {len(found)} models{': ' if found else ''}{', '.join(found[:12])}",
                hint=f"--model {self._wire.address}#{found[0] if found else 'NAME'}",
            )
        return found[0]

    async def _read_all(self, requests: Sequence[ReadRequest]) -> list[Reply | DocpipeError]:
        gate = asyncio.Semaphore(TOGETHER)
        async with self._wire.client() as client:

            async def one(request: ReadRequest) -> Reply | DocpipeError:
                async with gate:
                    try:
                        return await self._read(client, request)
                    except DocpipeError as error:
                        return error

            return list(await asyncio.gather(*map(one, requests)))

    async def _read(self, client: httpx.AsyncClient, request: ReadRequest) -> Reply:
        limits: dict[str, Any] = {"page_tokens": self._page_tokens, "limit_s": self._wire.total_s}
        talk = conversation(request, self.name, bounds=self._bounds, exact=False, **limits)
        return await self._talk(client, talk)

    async def _talk(self, client: httpx.AsyncClient, talk: Generator[Ask, Written, Reply]) -> Reply:
        try:
            ask = next(talk)
            while True:
                ask = talk.send(await self._write(client, ask))
        except StopIteration as end:
            return self._scrubbed(end.value)

    async def _write(self, client: httpx.AsyncClient, ask: Ask) -> Written:
        """What the server writes, asked without what it refuses."""
        body, left_out = self._body(ask), list(self._left_out)
        while True:
            try:
                written = await self._wire.chat(client, without(body, left_out))
            except Refused as error:
                part = refused_part(error, left_out)
                if part is None:
                    raise ModelError(str(error), hint="docpipe models check NAME says what it can") from None
                left_out.append(part)
                continue
            except NoSuchModel as error:
                raise ModelNotLoaded(str(error), hint=await self._others(client)) from None
            # Only now is it known that it was this that the server refused.
            self._left_out += [part for part in left_out if part not in self._left_out]
            if written.finish == "stop" and "schema" not in self._left_out and not _follows(written.text, ask):
                self._ignored = True
            return written

    async def _others(self, client: httpx.AsyncClient) -> str:
        """What to do where the server does not know the model: the names that it knows, where it says them."""
        try:
            names = await self._wire.models(client)
        except DocpipeError:
            return ADDRESS
        if self._model in names or not names:
            return ADDRESS
        return f"the server has {', '.join(names[:12])}: --model {self._wire.address}#{names[0]}"

    def _scrubbed(self, reply: Reply) -> Reply:
        """The reply without the token, which a server may have written with escapes."""
        clean = self._wire.scrub
        readings = tuple(replace(r, printed=clean(r.printed) if r.printed else r.printed) for r in reply.readings)
        return replace(reply, readings=readings, raw=reply.raw if readings == reply.readings else "")

    def _body(self, ask: Ask) -> dict[str, Any]:
        shown: list[dict[str, Any]] = [{"type": "image_url", "image_url": {"url": _data_url(v)}} for v in ask.views]
        if labels := page_labels(ask.views):
            named = zip(labels, shown, strict=True)
            shown = [part for label, image in named for part in ({"type": "text", "text": label}, image)]
        messages: list[dict[str, Any]] = []
        for role, words in ask.turns:
            # Images only ever stand with words of ours, and what has none is sent as plain text.
            parts = [*shown, {"type": "text", "text": words}]
            messages.append({"role": role, "content": parts if shown else words})
            shown = []
        schema = {"name": "reply", "strict": True, "schema": ask.schema}
        return {
            "model": self._model,
            "messages": messages,
            "temperature": 0,
            "max_tokens": ask.most_tokens,
            "stream": True,
            "stream_options": {"include_usage": True},
            "logprobs": True,
            "response_format": {"type": "json_schema", "json_schema": schema},
        }


def _follows(text: str, ask: Ask) -> bool:
    """Whether a reply has the shape that was asked for: what a server that holds its model to a schema gives."""
    try:
        found = json.loads(text)
    except ValueError:
        return False
    return isinstance(found, dict) and sorted(found) == sorted(ask.schema["required"])


def _data_url(view: View) -> str:
    file = io.BytesIO()
    Image.fromarray(view.image).save(file, "JPEG", quality=QUALITY, subsampling=0)
    return f"data:image/jpeg;base64,{base64.b64encode(file.getvalue()).decode()}"


def _checked(address: str) -> str:
    """An address without a slash at its end; /v1 where it has no path."""
    try:
        url = httpx.URL(address)
    except httpx.InvalidURL:
        raise UnknownModel(f'"{address}" is no address', hint="--model http://HOST:8000/v1#NAME") from None
    if url.userinfo:
        raise UnknownModel(
            "a model's address is recorded, so it may hold no password", hint="export DOCPIPE_API_KEY=..."
        )
    if not url.host or url.query:
        raise UnknownModel(f'"{address}" is no address of a model server', hint="--model http://HOST:8000/v1#NAME")
    path = url.path.rstrip("/").removesuffix("/chat/completions")
    return str(url.copy_with(path=path or "/v1", fragment=None)).rstrip("#")


def _token(settings: Settings) -> str | None:
    if settings.api_key is None:
        return None
    token = settings.api_key.get_secret_value().strip()
    if not token.isascii() or not token.isprintable() or " " in token:
        raise SettingsError("DOCPIPE_API_KEY holds signs that no token has")
    return token or None


def _run(work: Coroutine[Any, Any, T]) -> T:
    """Run `work` to its end, inside a notebook or a server too, where this thread has a loop already."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(work)
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()
