"""A request goes to the render child, its answer comes back; a child past its time is killed and a new one started.

MuPDF holds the interpreter's lock while it works, so no thread can interrupt it: only a process that can be killed
bounds it. The child is a fresh interpreter, never a fork of a process with torch in it, and imports nothing of
docpipe but the child's own modules. Wall time is bounded everywhere, by killing. Memory and processor time are
bounded on Linux and macOS by the child's own limits (macOS keeps no address space limit), not on Windows. When this
process dies, however it dies, Linux kills the child with it; elsewhere the child ends at its next read, and at the
latest when its processor time is used up.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
import weakref
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any

from docpipe.errors import RenderFailed, RenderTimeout

_PACKAGES = Path(__file__).resolve().parent.parent
_PIPE_BYTES = 1 << 20
_START_S = 30.0


class RenderProcess:
    """The child and the pipes to it. It is started by the first request, and again after it was killed."""

    def __init__(self, *, memory_mb: int, timeout_s: float, module: str = "docpipe.render_child") -> None:
        self.timeout_s = timeout_s
        self.memory_mb = memory_mb
        self.module = module
        self.started = 0
        self._child: _Child | None = None

    def start(self) -> None:
        """Make sure that a child runs; `started` counts the children, so that a caller sees that it is a new one."""
        if self._child is None or self._child.process.poll() is not None:
            self.close()
            self._child = _Child(self.module, memory_mb=self.memory_mb, timeout_s=self.timeout_s)
            self.started += 1

    def ask(self, request: Mapping[str, Any], data: bytes = b"") -> tuple[dict[str, Any], memoryview]:
        """The child's answer to `request` and the bytes that go with it: a JSON object, and pixels if there are any.

        Raises RenderTimeout when the answer took longer than the limit and RenderFailed when the child died; either
        way the child is gone, and the next start gives a new one.
        """
        self.start()
        assert self._child is not None  # start has just seen to it
        try:
            return self._child.ask({**request, "bytes": len(data)}, data, self.timeout_s)
        except BaseException:
            # Also after Ctrl-C: an answer half read would be taken for the answer to the next request.
            self.close()
            raise

    @property
    def pid(self) -> int | None:
        """The process id of the running child, None when there is none."""
        return self._child.process.pid if self._child and self._child.process.poll() is None else None

    def close(self) -> None:
        """Kill the child, if there is one, and wait until it is gone."""
        if self._child:
            self._child.end()
            self._child = None


class _Child:
    """One life of the child."""

    def __init__(self, module: str, *, memory_mb: int, timeout_s: float) -> None:
        self.process = _spawn([sys.executable, "-P", "-m", module, str(os.getpid()), str(memory_mb), str(timeout_s)])
        assert self.process.stdin is not None  # both are pipes
        assert self.process.stdout is not None
        self.requests: IO[bytes] = self.process.stdin
        self.answers: IO[bytes] = self.process.stdout
        self.end = weakref.finalize(self, _end, self.process)
        self._exchange(b"", b"", _START_S)

    def ask(self, request: Mapping[str, Any], data: bytes, timeout_s: float) -> tuple[dict[str, Any], memoryview]:
        return self._exchange(json.dumps(request).encode() + b"\n", data, timeout_s)

    def _exchange(self, request: bytes, data: bytes, timeout_s: float) -> tuple[dict[str, Any], memoryview]:
        """Send, and take the next answer. A timer kills the child when it is late, which ends both on every system."""
        late = threading.Event()
        process = self.process  # a timer that held the child itself would keep it from being forgotten

        def kill() -> None:
            late.set()
            _kill(process)

        timer = threading.Timer(timeout_s, kill)
        timer.daemon = True
        timer.start()
        try:
            with contextlib.suppress(BrokenPipeError):  # the missing answer tells more
                self.requests.write(request)
                self.requests.write(data)
                self.requests.flush()
            line = self.answers.readline()
            answer: dict[str, Any] = json.loads(line) if line.endswith(b"\n") else {}
            pixels = memoryview(bytearray(answer.get("bytes", 0)))
            filled = 0
            while filled < len(pixels):
                # mypy's stubs know readinto for the buffered reader only, which this is.
                count = self.answers.readinto(pixels[filled:])  # type: ignore[attr-defined]
                if not count:
                    answer = {}
                    break
                filled += count
        finally:
            timer.cancel()
        if answer:
            return answer, pixels
        if late.is_set():
            raise RenderTimeout(f"took longer than {timeout_s:g} s and was stopped")
        code = self.process.wait()
        name = signal.Signals(-code).name if code < 0 else f"exit status {code}"
        if name in ("SIGXCPU", "SIGALRM"):  # the child's own limits were first
            raise RenderTimeout(f"took longer than {timeout_s:g} s and was stopped")
        raise RenderFailed(f"the render process died ({name})")


def _spawn(command: list[str]) -> subprocess.Popen[bytes]:
    """A child that lives as long as this process and no longer.

    Linux sends the parent-death signal when the thread that started the child ends, so a thread that does nothing
    but wait for the child starts it.
    """
    born: list[subprocess.Popen[bytes] | OSError] = []
    ready = threading.Event()

    def keep() -> None:
        try:
            process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=_environment(),
                start_new_session=True,  # Ctrl-C is for the parent, and a group of its own can be killed whole
                pipesize=_PIPE_BYTES if sys.platform == "linux" else -1,
            )
        except OSError as error:
            born.append(error)
            ready.set()
            return
        born.append(process)
        ready.set()
        process.wait()

    threading.Thread(target=keep, name="docpipe-render-keeper", daemon=True).start()
    ready.wait()
    if isinstance(born[0], OSError):
        raise RenderFailed(f"the render process could not be started: {born[0]}") from born[0]
    return born[0]


def _environment() -> dict[str, str]:
    """The parent's variables, with docpipe importable and one thread for every numeric library."""
    paths = [str(_PACKAGES), *filter(None, os.environ.get("PYTHONPATH", "").split(os.pathsep))]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(paths), "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}


def _kill(process: subprocess.Popen[bytes]) -> None:
    """End the child and what it started (pdftoppm)."""
    if sys.platform == "win32":
        process.kill()
        return
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)


def _end(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        _kill(process)
    process.wait()
    for pipe in (process.stdin, process.stdout):
        with contextlib.suppress(OSError):
            if pipe:
                pipe.close()
