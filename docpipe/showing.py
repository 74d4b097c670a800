"""What a user names becomes pages, and a page what a model is shown: its view, set upright, and its text."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from docpipe.draw import draw_page
from docpipe.errors import UsageError
from docpipe.ingest import open_source
from docpipe.job import Ask, Named
from docpipe.models.upright import turn_of_view
from docpipe.render import Renderer
from docpipe.settings import Settings
from docpipe.several import parts_of
from docpipe.types import Page, PageText, ReadRequest, Record, Source, View
from docpipe.underway import Underway

if TYPE_CHECKING:
    from PIL.Image import Image

SourceRef = str | Path | bytes | BinaryIO | Named


class Showing:
    """Opens documents and shows their pages, with one renderer for its whole life."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._renderer: Renderer | None = None

    def close(self) -> None:
        """End the render child. It is started anew when it is needed."""
        if self._renderer is not None:
            self._renderer.close()
            self._renderer = None

    @property
    def renderer(self) -> Renderer:
        """What turns pages into pixels, started when it is first needed."""
        if self._renderer is None:
            self._renderer = Renderer(self._settings)
        return self._renderer

    def source(self, ref: SourceRef, password: str | None) -> Source:
        """The document that is meant. Raises SourceError."""
        limits = self._settings
        what, name = (ref.what, ref.name) if isinstance(ref, Named) else (ref, None)
        return open_source(
            what,
            name=name,
            password=password,
            max_file_mb=limits.max_file_mb,
            convert_timeout_s=limits.convert_timeout_s,
        )

    def page(self, document: Underway, page: Page) -> tuple[View, PageText | None]:
        """A page's view and text, set upright when nothing but its pixels says which way up it is."""
        view = self.renderer.view(page, dpi=self._settings.dpi)
        text = document.text(page, self.renderer.text)
        turn = turn_of_view(view) if text is None and page.turn == 0 and self._settings.upright else 0
        return (self.renderer.view(document.turn(page, turn), dpi=self._settings.dpi) if turn else view), text

    def window(self, document: Underway, span: Sequence[Page]) -> Ask | None:
        """What is asked about some pages of a document; None when none of them can be shown."""
        views, text = [], []
        started = time.perf_counter()
        for page in span:
            with document.failing(page.number):
                view, found = self.page(document, page)
                views.append(view)
                text += [found] if found is not None else []
        document.render_s += time.perf_counter() - started
        if not views or document.schema is None:
            return None
        return Ask(document, ReadRequest(tuple(views), document.schema), tuple(text))

    def split(self, ref: SourceRef, parts: str, password: str | None) -> list[Named]:
        """Parts of a PDF as documents of their own: see `Pipeline.split`."""
        source = self.source(ref, password)
        pages = len(self.renderer.pages(source))
        found = [Named(self.renderer.part(source, part), name) for part, name in parts_of(source.name, parts, pages)]
        if not all(part.what for part in found):
            raise UsageError(f"{source.name}: is a picture; only a PDF can be split")
        return found

    def pictures(
        self, record: Record, ref: SourceRef, pages: str | None, password: str | None
    ) -> Iterator[tuple[int, Image]]:
        """Pages of a record's document with its values drawn on them: see `Pipeline.pictures`."""
        source = self.source(ref, password)
        if source.sha256 != record.sha256:
            raise UsageError(
                f"{source.name} is not the document of this record, which was made from {record.source}",
                hint=f"docpipe show {source.name} --image out.png reads it now",
            )
        for page in self.renderer.pages(source, pages):
            view = self.renderer.view(page.turned(record.turned.get(page.number, 0)), dpi=self._settings.dpi)
            yield page.number, draw_page(view, [v for v in record.values if v.page == page.number])
