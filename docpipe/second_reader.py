"""Scanned pages become what a reader other than the model reads on them, so that its readings have a witness."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec

from docpipe.errors import DocpipeError, MissingDependency, UsageError
from docpipe.models import Model, open_model
from docpipe.render_process import RenderProcess
from docpipe.settings import Settings
from docpipe.types import Notice, PageText, View, Word
from docpipe.underway import Underway


class SecondReader:
    """RapidOCR in a child with limits on time and memory, or nano: what `settings.verify` names.

    Raises MissingDependency without RapidOCR, UsageError where nano would be a witness for itself.
    """

    def __init__(self, settings: Settings, model: Model | None = None) -> None:
        self._settings = settings
        self._nano: Model | None = None
        self._process: RenderProcess | None = None
        reads = settings.model if model is None else model.name
        if settings.verify == "nano" and reads.startswith("nano"):
            raise UsageError("nano is no witness for what nano read", hint="--verify rapidocr")
        if settings.verify == "rapidocr" and find_spec("rapidocr") is None:
            raise MissingDependency("rapidocr is not installed", hint="pip install 'docpipe[verify]'")

    def read(self, document: Underway, views: Sequence[View], text: Sequence[PageText]) -> tuple[PageText, ...]:
        """What it reads on those pages that have no text of their own, or only what a scanner left.

        `views` show whole pages of the document. A page is read once; one that cannot be read is noted.
        """
        enough = {page.page.number for page in text if page.origin == "layer" and any(w.visible for w in page.words)}
        for view in views:
            number = view.page.number
            if number in enough or number in document.second:
                continue
            try:
                document.second[number] = self._nanos(view) if self._settings.verify == "nano" else self._ocr(view)
            except DocpipeError as error:
                message = f"page {number}: no second reader could read it, so nothing was verified: {error.message}"
                document.warnings.append(Notice(code="no_evidence", message=message))
        numbers = dict.fromkeys(view.page.number for view in views)
        return tuple(document.second[number] for number in numbers if number in document.second)

    def close(self) -> None:
        """End the child, if there is one."""
        if self._process is not None:
            self._process.close()

    def _nanos(self, view: View) -> PageText:
        self._nano = self._nano or open_model("nano", self._settings)
        return self._nano.transcribe(view) or PageText(view.page, (), "nano")

    def _ocr(self, view: View) -> PageText:
        limits = self._settings
        self._process = self._process or RenderProcess(
            memory_mb=limits.render_memory_mb, timeout_s=limits.page_timeout_s, module="docpipe.render_ocr"
        )
        height, width = view.image.shape[:2]
        answer, _ = self._process.ask({"height": height, "width": width}, view.image.tobytes())
        if "fault" in answer:
            raise MissingDependency(answer["message"], hint="pip install 'docpipe[verify]'")
        words = tuple(Word(text, view.box_to_page((x0, y0, x1, y1))) for text, (x0, y0, x1, y1) in answer["words"])
        return PageText(view.page, words, "ocr")
