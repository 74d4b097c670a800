"""A real HTTP server on the loopback that behaves as badly as it is told to."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Play = Callable[["Handler", Mapping[str, Any]], None]


class Handler(BaseHTTPRequestHandler):
    """Hands each request to the play that the server was started with."""

    protocol_version = "HTTP/1.1"
    server: Server

    def do_POST(self) -> None:
        """A chat request."""
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        self.server.asked.append(body)
        self.server.tokens.append(self.headers.get("authorization", ""))
        try:
            self.server.play(self, body)
        except OSError:
            self.close_connection = True  # the client had enough

    def do_GET(self) -> None:
        """The list of models."""
        self.send(200, {"data": [{"id": name} for name in self.server.names]})

    def log_message(self, *_: object) -> None:
        """Nothing on standard error."""

    def send(self, status: int, content: object, kind: str = "application/json", **headers: str) -> None:
        """A whole response."""
        data = content.encode() if isinstance(content, str) else json.dumps(content).encode()
        self.send_response(status)
        for name, value in {"content-type": kind, "content-length": str(len(data)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(data)

    def complete(self, text: str, finish: str = "stop") -> None:
        """A chat completion in one piece."""
        choice = {"message": {"role": "assistant", "content": text}, "finish_reason": finish}
        self.send(200, {"choices": [choice], "usage": {"prompt_tokens": 7, "completion_tokens": 5}})

    def begin(self, kind: str = "text/event-stream") -> None:
        """The head of a response whose end is the end of the connection."""
        self.send_response(200)
        self.send_header("content-type", kind)
        self.send_header("connection", "close")
        self.end_headers()
        self.close_connection = True

    def delta(self, text: str, finish: str | None = None, **more: object) -> None:
        """One event of a streamed chat completion."""
        event = {"choices": [{"delta": {"content": text}, "finish_reason": finish, **more}]}
        self.wfile.write(f"data: {json.dumps(event)}\n\n".encode())
        self.wfile.flush()

    def done(self) -> None:
        """The last event."""
        self.wfile.write(b"data: [DONE]\n\n")

    def stall(self) -> None:
        """Nothing more, until the server is stopped."""
        self.server.stopped.wait(60)
        self.close_connection = True


class Server(ThreadingHTTPServer):
    """The server with what it was asked, in order."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, play: Play, names: tuple[str, ...] = ("tiny",), port: int = 0) -> None:
        super().__init__(("127.0.0.1", port), Handler)
        self.play = play
        self.names = names
        self.asked: list[Mapping[str, Any]] = []
        self.tokens: list[str] = []
        self.stopped = threading.Event()

    @property
    def address(self) -> str:
        """Where it listens, as --model takes it, without the model's name."""
        return f"http://127.0.0.1:{self.server_address[1]}/v1"


@contextmanager
def serving(play: Play, *names: str, port: int = 0) -> Iterator[Server]:
    """A server that runs until the block ends."""
    server = Server(play, names or ("tiny",), port)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.stopped.set()
        server.shutdown()
        server.server_close()
        thread.join(5)
