"""One chat request to an OpenAI-compatible server becomes what it wrote, or a typed error, within its deadlines.

The reply is streamed, so that one that runs in circles is ended at once. The token is sent in the header of a request
and nowhere else: what a server sends back is searched for it before anything is made of it.
"""

from __future__ import annotations

import asyncio
import json
import re
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from itertools import accumulate
from typing import Any, TypeVar

import httpx
from tenacity import (
    AsyncRetrying,
    RetryCallState,
    retry_if_exception_type,
    stop_after_attempt,
    stop_any,
    stop_before_delay,
)

from docpipe.errors import ModelError, ModelNotLoaded, ModelTimeout, ModelUnavailable, ReplyInvalid
from docpipe.models.loops import Loop, find_loop
from docpipe.models.reading import Finish, Written

T = TypeVar("T")
MOST_BYTES = 64 << 20  # of one reply with its probabilities
MOST_OF_A_LINE = 4 << 20
ADDRESS = "the address of a model server usually ends in /v1"
SHOWN = 200  # characters of what a server said, in a message
LOOPBACK = ("127.0.0.1", "::1", "localhost")
# What a server may not know, in the order in which it is left out.
OPTIONAL: Mapping[str, tuple[str, ...]] = {
    "extras": ("logprobs", "stream_options"),
    "schema": ("response_format",),
}
# What servers say of a model that reads text only, of one that takes fewer pictures, and of too long a request: the
# words of llama.cpp, vLLM, Ollama, LM Studio, OpenAI and OpenRouter.
_TEXT_ONLY = re.compile(
    r"(?:not|n't|no endpoints found that) (?:support|accept|take|process) "
    r"(?:images?|vision|multimodal)(?! (?:format|type|url|size))"
    r"|images?(?: inputs?)? (?:is|are) not supported|missing data required for image|not (?:a )?multimodal"
    r"|image_url is only supported by|at most 0 image",
    re.IGNORECASE,
)
_FEWER = re.compile(r"at most (\d+) image", re.IGNORECASE)
_TOO_LONG = re.compile(r"context[ _](?:length|size|window)|too many tokens", re.IGNORECASE)
_NAMED = {"extras": ("logprob", "stream_options"), "schema": ("response_format", "schema", "grammar")}


class Refused(Exception):
    """The server does not take the request as it is."""


class NoSuchModel(Exception):
    """The server does not know the model, or nothing is at the address."""


class _Busy(Exception):
    """The server is busy or failed, and may be tried again; `after` is the time in seconds that it asks for."""

    def __init__(self, message: str, *, after: float | None = None, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.after = after
        self.hint = hint


@dataclass(frozen=True)
class Wire:
    """A server and how long it may take, in seconds: to connect, to the first byte, altogether with all attempts."""

    address: str
    token: str | None = field(repr=False)
    connect_s: float
    first_byte_s: float
    total_s: float
    attempts: int

    def client(self) -> httpx.AsyncClient:
        """A client for one round of requests. Proxies of the environment are not used on the loopback."""
        limits = httpx.Timeout(self.first_byte_s, connect=self.connect_s, pool=None)
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        outside = httpx.URL(self.address).host not in LOOPBACK
        return httpx.AsyncClient(timeout=limits, headers=headers, trust_env=outside)

    async def chat(self, client: httpx.AsyncClient, body: Mapping[str, Any]) -> Written:
        """What the server writes for `body`. Raises Refused, NoSuchModel, and ModelError of all kinds."""
        begun = time.perf_counter()
        reply = _Reply(self)

        async def once() -> None:
            nonlocal reply
            reply = _Reply(self)
            await self._stream(client, body, reply)

        try:
            await self._tried(once)
        except TimeoutError:
            if not reply.text:
                raise self._late(f"no answer in {self.total_s:g} s", "request_timeout_s") from None
            reply.finish = "timeout"
        return reply.written(time.perf_counter() - begun)

    async def models(self, client: httpx.AsyncClient) -> list[str]:
        """The names of the models that the server has."""

        async def once() -> httpx.Response:
            return await self._get(client, f"{self.address}/models")

        try:
            response = await self._tried(once)
            return [str(model["id"]) for model in response.json()["data"]]
        except TimeoutError:
            raise self._late(f"no answer in {self.total_s:g} s", "request_timeout_s") from None
        except NoSuchModel as error:
            raise ModelNotLoaded(str(error), hint=ADDRESS) from None
        except Refused as error:
            raise ModelError(str(error)) from None
        except (ValueError, TypeError, KeyError):
            raise ReplyInvalid(f"{self.address}/models does not list models") from None

    async def _tried(self, once: Callable[[], Awaitable[T]]) -> T:
        """What `once` gives, tried again while the server is busy, as far as the time goes."""
        again = AsyncRetrying(
            retry=retry_if_exception_type(_Busy),
            stop=stop_any(stop_after_attempt(self.attempts), stop_before_delay(self.total_s)),
            wait=_wait,
            reraise=True,
        )
        try:
            async with asyncio.timeout(self.total_s):
                return await again(once)
        except _Busy as error:
            raise ModelUnavailable(error.message, hint=error.hint) from None

    async def _get(self, client: httpx.AsyncClient, url: str) -> httpx.Response:
        try:
            response = await client.get(url)
        except httpx.HTTPError as error:
            raise self._failed(error) from None
        if response.status_code != 200:
            raise self._status(response.status_code, response.headers, response.content)
        return response

    async def _stream(self, client: httpx.AsyncClient, body: Mapping[str, Any], reply: _Reply) -> None:
        url = f"{self.address}/chat/completions"
        try:
            async with client.stream("POST", url, json=body) as response:
                if response.status_code != 200:
                    content = await _at_most(response, 1 << 16)
                    raise self._status(response.status_code, response.headers, content)
                kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
                if kind == "application/json":
                    reply.whole(await _at_most(response, MOST_BYTES))
                elif kind == "text/event-stream":
                    async for line in _lines(response):
                        reply.event(line)
                        if reply.done:
                            break
                else:
                    shown = self.scrub((await _at_most(response, 1 << 16)).decode("utf-8", "replace"))
                    raise ReplyInvalid(
                        f"{self.address} sent {kind or 'something'} instead of a reply: {_short(shown)!r}",
                        hint=ADDRESS,
                    )
        except httpx.HTTPError as error:
            if reply.text and not isinstance(error, httpx.TimeoutException):
                return  # cut: what is there is kept, and continued
            if reply.text:
                reply.finish = "timeout"
                return
            raise self._failed(error) from None

    def _failed(self, error: httpx.HTTPError) -> Exception:
        """An error of the transport, in our words: httpx's own may quote a header."""
        if isinstance(error, httpx.ConnectTimeout):
            return _Busy(f"{self.address} did not take the connection in {self.connect_s:g} s")
        if isinstance(error, httpx.TimeoutException):
            return self._late(f"nothing came in {self.first_byte_s:g} s", "first_byte_timeout_s")
        if isinstance(error, httpx.ConnectError):
            return _Busy(f"{self.address} cannot be reached", hint="is the model server running there?")
        return _Busy(f"{self.address} broke the connection off ({type(error).__name__})")

    def _late(self, why: str, setting: str) -> ModelTimeout:
        return ModelTimeout(f"{self.address}: {why}", hint=f"raise {setting} in docpipe.toml")

    def _status(self, status: int, headers: Mapping[str, str], content: bytes) -> Exception:
        said = _short(self.scrub(_message(content)))
        what = f"{self.address} answered {status}: {said}" if said else f"{self.address} answered {status}"
        if status in (401, 403):
            return ModelNotLoaded(what, hint="export DOCPIPE_API_KEY=...")
        if status != 429 and (final := _final(what)) is not None:
            return final
        if status == 429 or (status >= 500 and status != 501):
            return _Busy(what, after=_after(headers.get("retry-after")))
        if status == 404:
            return NoSuchModel(what)
        if status in (400, 422, 501):
            return Refused(what)
        return ModelError(what)

    def scrub(self, text: str) -> str:
        """`text` without the token, which a server may have sent back."""
        return text.replace(self.token, "***") if self.token else text


class _Reply:
    """A reply as it comes in."""

    def __init__(self, wire: Wire) -> None:
        self.wire = wire
        self.text = ""
        self.tokens: list[str] = []
        self.logs: list[float] = []
        self.finish: Finish = "length"  # until the server says that it is whole
        self._told = False
        self.loop: Loop | None = None
        self.done = False
        self.usage: Mapping[str, Any] = {}

    def whole(self, content: bytes) -> None:
        """A reply that was not streamed."""
        try:
            self._choice(json.loads(content), "message")
        except (ValueError, TypeError, KeyError, AttributeError, IndexError):
            shown = _short(self.wire.scrub(content.decode("utf-8", "replace")))
            raise ReplyInvalid(f"{self.wire.address} sent no chat completion: {shown!r}") from None

    def event(self, line: bytes) -> None:
        """One line of a stream of events."""
        if not line.startswith(b"data:"):
            return
        data = line[5:].strip()
        if data == b"[DONE]":
            self.done = True
            if self.finish == "length" and not self._told:
                self.finish = "stop"
            return
        try:
            self._choice(json.loads(data), "delta")
        except (ValueError, TypeError, KeyError, AttributeError, IndexError):
            shown = _short(self.wire.scrub(data.decode("utf-8", "replace")))
            raise ReplyInvalid(f"{self.wire.address} sent no chat completion: {shown!r}") from None

    def _choice(self, found: Mapping[str, Any], part: str) -> None:
        if found.get("error"):
            what = f"{self.wire.address}: {_short(self.wire.scrub(_message(json.dumps(found).encode())))}"
            raise _final(what) or _Busy(what)
        self.usage = found.get("usage") or self.usage
        if part == "delta" and not found.get("choices"):
            return
        choice = found["choices"][0]
        content = (choice.get(part) or {}).get("content")
        if content:
            if not isinstance(content, str):
                raise TypeError(content)
            self.text += content
            self.loop = find_loop(self.text)
        for token in (choice.get("logprobs") or {}).get("content") or ():
            self.tokens.append(str(token["token"]))
            self.logs.append(float(token["logprob"]))
        if choice.get("finish_reason"):
            self._told = True
            self.finish = "length" if choice["finish_reason"] == "length" else "stop"
        if self.loop is not None:
            self.finish, self.done = "repetition", True

    def written(self, read_s: float) -> Written:
        """What came, with the places of its tokens where the server gave them and they are the text."""
        text = self.wire.scrub(self.text)
        exact = "".join(self.tokens) == text and bool(text)
        return Written(
            text=text,
            finish=self.finish,
            loop=self.loop,
            input_tokens=_count(self.usage, "prompt_tokens"),
            output_tokens=_count(self.usage, "completion_tokens") or len(self.tokens),
            ends=tuple(accumulate(map(len, self.tokens))) if exact else (),
            logs=tuple(self.logs) if exact else (),
            read_s=read_s,
        )


def _final(what: str) -> ModelError | None:
    """The error that a server's words mean where asking again is of no use, whatever its status; None otherwise."""
    if _TEXT_ONLY.search(what):
        return ModelNotLoaded(what, hint="choose a model that takes pictures; llama.cpp needs its --mmproj FILE too")
    if fewer := _FEWER.search(what):
        return ModelError(what, hint=f"--window-pages {fewer.group(1)}")
    if _TOO_LONG.search(what):
        return ModelError(what, hint="--window-pages 1, --dpi 80, or a longer context where the server is started")
    return None


def _wait(state: RetryCallState) -> float:
    """Seconds until the next attempt: what the server asked for, else longer each time."""
    error = state.outcome.exception() if state.outcome else None
    asked = error.after if isinstance(error, _Busy) else None
    return min(0.25 * 2**state.attempt_number, 8.0) if asked is None else asked


def without(body: Mapping[str, Any], left_out: Sequence[str]) -> dict[str, Any]:
    """A request without what the server was found not to know."""
    words = {word for name in left_out for word in OPTIONAL[name]}
    return {key: value for key, value in body.items() if key not in words}


def refused_part(error: Refused, left_out: Sequence[str]) -> str | None:
    """What to leave out of a request that was refused: what the message names, else the next in line."""
    rest = [name for name in OPTIONAL if name not in left_out]
    said = str(error).lower()
    return next((name for name in rest if any(word in said for word in _NAMED[name])), rest[0] if rest else None)


async def _lines(response: httpx.Response) -> AsyncIterator[bytes]:
    waiting = b""
    taken = 0
    async for piece in response.aiter_bytes():
        taken += len(piece)
        if taken > MOST_BYTES or len(waiting) > MOST_OF_A_LINE:
            raise ReplyInvalid(f"{response.url} sent more than {MOST_BYTES >> 20} MB, or a line without end")
        *lines, waiting = (waiting + piece).replace(b"\r\n", b"\n").split(b"\n")
        for line in lines:
            yield line
    if waiting:
        yield waiting


async def _at_most(response: httpx.Response, most: int) -> bytes:
    content = b""
    async for piece in response.aiter_bytes():
        content += piece
        if len(content) > most:
            break
    return content[:most]


def _message(content: bytes) -> str:
    """What an error says, wherever in its JSON it stands; its text otherwise."""
    text = content.decode("utf-8", "replace")
    try:
        found = json.loads(text)
        for step in ("error", "message", "detail"):
            found = found.get(step, found) if isinstance(found, dict) else found
        return found if isinstance(found, str) else json.dumps(found)
    except ValueError:
        return text


def _short(text: str) -> str:
    return " ".join(text[: 4 * SHOWN].split())[:SHOWN]


def _after(header: str | None) -> float | None:
    """Seconds of a Retry-After header, which is a number or a date."""
    if not header:
        return None
    try:
        return max(0.0, float(header))
    except ValueError:
        pass
    try:
        return max(0.0, parsedate_to_datetime(header).timestamp() - time.time())
    except ValueError:
        return None


def _count(usage: Mapping[str, Any], name: str) -> int:
    found = usage.get(name) if isinstance(usage, Mapping) else None
    return found if isinstance(found, int) else 0
