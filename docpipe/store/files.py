"""The bytes of documents become files named by their hash, whole or not at all, shared between processes."""

from __future__ import annotations

import hashlib
import io
import os
import tempfile
import time
from pathlib import Path

from docpipe.errors import SourceError, StoreError, StoreFull
from docpipe.types import Source

_CHUNK = 1 << 20
_NEW = ".new-"
# Seconds after which a file that nobody finished was left by a process that died.
LEFT_S = 3600


class Files:
    """A folder with one file for each content, named by its SHA-256."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def place(self, sha256: str) -> Path:
        """Where the content with this hash lies, if it does."""
        return self.folder / sha256

    def keep(self, source: Source) -> tuple[str, int]:
        """Write the bytes of `source` to disk, through to the disk itself; their hash and their number.

        An office file that came as bytes is kept as the PDF it was turned into, under the PDF's own hash. Raises
        SourceError when the file changed since it was opened, StoreFull and StoreError when it cannot be written.
        """
        try:
            if not self.folder.is_dir():
                # Not the folders above it: when they are gone, so is the drive that they were on.
                self.folder.mkdir(exist_ok=True)
                _sync(self.folder.parent)
            known = self.place(source.sha256)
            if known.is_file():
                _sync(self.folder)  # whoever wrote it may not have come to that yet
                return source.sha256, known.stat().st_size
            return self._write(source)
        except OSError as error:
            full = error.errno in (28, 122)  # no space left, over quota
            raise (StoreFull if full else StoreError)(
                f"{self.folder}: {source.name} cannot be kept: {error.strerror or error}", hint="docpipe db info"
            ) from error

    def sweep(self) -> None:
        """Take away what processes that died left half written."""
        for left in self.folder.glob(f"{_NEW}*"):
            if not self.is_new(left.name):
                left.unlink(missing_ok=True)  # another process may be quicker

    def is_new(self, name: str) -> bool:
        """Whether the file `name` is one that a living process may still be writing."""
        try:
            return name.startswith(_NEW) and time.time() - (self.folder / name).stat().st_mtime < LEFT_S
        except FileNotFoundError:
            return True

    def remove(self, sha256: str) -> None:
        """Take a content away."""
        self.place(sha256).unlink(missing_ok=True)
        if self.folder.is_dir():
            _sync(self.folder)

    def _write(self, source: Source) -> tuple[str, int]:
        digest, size = hashlib.sha256(), 0
        handle, temporary = tempfile.mkstemp(prefix=_NEW, dir=self.folder)
        try:
            with os.fdopen(handle, "wb") as out, _opened(source) as content:
                while chunk := content.read(_CHUNK):
                    digest.update(chunk)
                    size += out.write(chunk)
                out.flush()
                os.fsync(out.fileno())
            sha256 = digest.hexdigest()
            if source.path is not None and sha256 != source.sha256:
                raise SourceError(f"{source.name}: changed while it was read", hint=f"docpipe add {source.name}")
            Path(temporary).replace(self.place(sha256))
            _sync(self.folder)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
        return sha256, size


def _opened(source: Source) -> io.BufferedIOBase:
    return source.path.open("rb") if source.path is not None else io.BytesIO(source.data or b"")


def _sync(folder: Path) -> None:
    """Bring a folder's own entries to the disk, where the system can (Windows cannot and need not)."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
