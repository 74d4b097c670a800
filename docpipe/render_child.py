"""Requests on standard input become pages, pixels and words on standard output. The process that may be killed.

Started by render_process as `python -m docpipe.render_child PARENT MEMORY_MB TIMEOUT_S`. A request is a line of JSON,
`bytes` in it says how many bytes of a document follow. An answer is a line of JSON, and `bytes` of pixels after it.
Imports MuPDF and Pillow, and nothing of docpipe but the modules named render_*.
"""

from __future__ import annotations

import contextlib
import ctypes
import io
import json
import math
import os
import signal
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any, Protocol

from docpipe.render_fault import Fault, out_of_memory
from docpipe.render_pdf import PdfDocument
from docpipe.render_picture import PictureDocument

_PR_SET_PDEATHSIG = 1


class Answering(Protocol):
    """What does a child's work."""

    def answer(self, request: Mapping[str, Any], data: bytes) -> tuple[dict[str, Any], Any]:
        """The answer to one request, and the bytes that go with it."""
        ...


class Service:
    """Holds the document that was opened last and answers requests about it."""

    def __init__(self) -> None:
        self.document: PdfDocument | PictureDocument | None = None

    def answer(self, request: Mapping[str, Any], data: bytes) -> tuple[dict[str, Any], Any]:
        """The answer to one request, and the pixels or the content of files that go with it."""
        if request["do"] == "open":
            self.document = None
            self.document = _open(request, data)
            return {"pages": self.document.count}, b""
        document = self.document
        if document is None:
            raise Fault("RenderFailed", "no document is open")
        if request["do"] == "sizes":
            return {"sizes": [document.size(number) for number in request["pages"]]}, b""
        if request["do"] == "attached":
            files = [] if isinstance(document, PictureDocument) else document.attached(request["suffix"])
            return {"files": [(name, len(content)) for name, content in files]}, b"".join(c for _, c in files)
        if request["do"] == "without_files":
            return {}, b"" if isinstance(document, PictureDocument) else document.without_files()
        if request["do"] == "part":
            return {}, b"" if isinstance(document, PictureDocument) else document.part(request["pages"])
        number = request["page"]
        if request["do"] == "view":
            shown, width, height, pixels = document.view(number, request["dpi"], tuple(request["clip"]))
            return {"shown": shown, "width": width, "height": height}, pixels
        if isinstance(document, PictureDocument):
            return {"words": None}, b""
        words, scanned = document.words(number)
        return {"words": [(word.text, word.box, word.visible) for word in words], "scanned": scanned}, b""


def main(service: Answering) -> None:
    """Answer until standard input ends."""
    parent, memory_mb, timeout_s = int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])
    _die_with(parent)
    _limit_memory(memory_mb)
    requests, answers = sys.stdin.buffer, _private_output()
    _send(answers, {"ready": True}, b"")
    while line := requests.readline():
        request = json.loads(line)
        data = requests.read(request.get("bytes", 0))
        _limit_time(timeout_s)
        pixels: Any = b""
        try:
            answer, pixels = service.answer(request, data)
        except Fault as fault:
            answer = {"fault": fault.kind, "message": fault.message}
        except MemoryError:
            answer = _unforeseen("out of memory", request, memory_mb)
        except Exception as error:  # noqa: BLE001  # MuPDF's bindings raise whatever they like at a broken page
            answer = _unforeseen(error, request, memory_mb)
        finally:
            _limit_time(None)
        _send(answers, answer, pixels)


def _unforeseen(error: object, request: Mapping[str, Any], memory_mb: int) -> dict[str, Any]:
    """What a fault that nobody looked for means."""
    place = f"page {request['page']}: " if "page" in request else ""
    if out_of_memory(error):
        return {"fault": "RenderMemory", "message": f"{place}needs more than the limit of {memory_mb} MB"}
    return {"fault": "RenderFailed", "message": f"{place}{type(error).__name__}: {error}"}


def _open(request: Mapping[str, Any], data: bytes) -> PdfDocument | PictureDocument:
    """The document of an open request: at a path, or in `data`."""
    path = None if request["path"] is None else Path(request["path"])
    if request["kind"] == "pdf":
        return PdfDocument(
            path or data, request["password"], poppler=request["poppler"], timeout_s=request["timeout_s"]
        )
    if request["kind"] == "heif":
        try:
            from pillow_heif import register_heif_opener
        except ImportError as error:
            raise Fault("MissingDependency", "pillow-heif is needed to read HEIF pictures") from error
        register_heif_opener()
    return PictureDocument(path or io.BytesIO(data), request["max_megapixels"])


def _send(answers: IO[bytes], answer: dict[str, Any], pixels: Any) -> None:
    size = len(pixels)
    answers.write(json.dumps({**answer, "bytes": size}).encode() + b"\n")
    if size:
        answers.write(pixels)
    answers.flush()


def _private_output() -> IO[bytes]:
    """Standard output for answers alone; what a library prints goes where errors go."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return answers


def _die_with(parent: int) -> None:
    """Ask Linux to kill this process when the one that started it dies."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:  # it died before the line above
            sys.exit(1)


def _limit_memory(memory_mb: int) -> None:
    with contextlib.suppress(ImportError, ValueError, OSError):  # not on Windows; macOS refuses
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_AS, (memory_mb << 20, memory_mb << 20))


def _limit_time(timeout_s: float | None) -> None:
    """End this process when one request takes longer, for the case that the parent cannot: it hangs or is stopped."""
    if sys.platform == "win32":
        return
    import resource

    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = resource.RLIM_INFINITY if timeout_s is None else math.ceil(used.ru_utime + used.ru_stime + timeout_s) + 1
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))
    signal.setitimer(signal.ITIMER_REAL, 0 if timeout_s is None else timeout_s + 2)


if __name__ == "__main__":
    main(Service())
