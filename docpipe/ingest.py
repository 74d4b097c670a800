"""A path, bytes, an open file or standard input becomes a Source: named, hashed, its type decided by its content."""

from __future__ import annotations

import hashlib
import io
import os
import stat
import sys
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from docpipe.errors import SourceEmpty, SourceError, SourceNotFound, SourceTooLarge, SourceUnsupported
from docpipe.office import OFFICE, convert
from docpipe.types import Source

PDF = "application/pdf"
UNKNOWN = "application/octet-stream"
STDIN = "-"

_PICTURES = {
    "image/png": (".png",),
    "image/jpeg": (".jpg", ".jpeg"),
    "image/webp": (".webp",),
    "image/tiff": (".tif", ".tiff"),
    "image/heif": (".heic", ".heif"),
}
SUFFIXES = frozenset(
    {".pdf", *(end for ends in _PICTURES.values() for end in ends), *(kind.suffix for kind in OFFICE.values())}
)
_HEAD_BYTES = 4096
_RAISE = "raise it with max_file_mb in docpipe.toml or DOCPIPE_MAX_FILE_MB"


def open_source(
    ref: str | Path | bytes | BinaryIO,
    *,
    name: str | None = None,
    password: str | None = None,
    max_file_mb: float = 100,
    convert_timeout_s: float = 120,
) -> Source:
    """The document `ref` as a Source; "-" is standard input.

    A file is hashed and sniffed but never written to and not kept in memory. An office file is turned into a PDF by
    LibreOffice, which then lies in `data`; hash and media type are the original's.

    Raises SourceNotFound, SourceEmpty, SourceTooLarge, SourceUnsupported, SourceError when it cannot be read,
    SourceDamaged when an office file cannot be converted, and MissingDependency without LibreOffice.
    """
    limit = int(max_file_mb * 1_000_000)
    path: Path | None = None
    data = b""
    if isinstance(ref, bytes):
        name, data = name or "document", ref
    elif isinstance(ref, str | Path) and str(ref) == STDIN:
        name = name or "stdin"
        data = _read(sys.stdin.buffer, name, limit)
    elif isinstance(ref, str | Path):
        path = Path(ref)
        name = name or str(ref)
        if not _is_regular(path, name):
            with _opened(path, name) as pipe:
                path, data = None, _read(pipe, name, limit)
    else:
        name = name or Path(str(getattr(ref, "name", "document"))).name
        data = _read(ref, name, limit)

    size = len(data) if path is None else path.stat().st_size
    if size == 0:
        raise SourceEmpty(f"{name}: has no bytes", hint="was it copied or downloaded to the end?")
    if size > limit:
        raise SourceTooLarge(f"{name}: {_mb(size)} MB, the limit is {_mb(limit)} MB", hint=_RAISE)
    with io.BytesIO(data) if path is None else _opened(path, name) as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
        media_type = _media_type(stream, name)
        if media_type in OFFICE:
            stream.seek(0)
            data = convert(stream, name, OFFICE[media_type], timeout_s=convert_timeout_s)
    return Source(name=name, sha256=digest, media_type=media_type, path=path, data=data or None, password=password)


def look(path: Path, name: str) -> Source:
    """A file as it lies, hashed and sniffed; what docpipe does not read is of the type `application/octet-stream`.

    Nothing is refused or converted. Raises SourceNotFound, and SourceError when it cannot be read.
    """
    try:
        with _opened(path, name) as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
            return Source(name, digest, _sniff(stream) or UNKNOWN, path=path)
    except OSError as error:
        raise SourceError(f"{name}: cannot be read: {error.strerror}") from error


def is_document(path: Path) -> bool:
    """Whether a file is named or built like a document that docpipe reads."""
    return path.suffix.lower() in SUFFIXES or _looks_readable(path)


def expand(refs: Iterable[str | Path]) -> Iterator[str | Path]:
    """The documents that `refs` mean: "-" and files as they are, folders with all below them, sorted by path.

    In a folder, what is neither named nor built like a document is passed over, and so is what is hidden; a file
    given by itself always comes back, so that its fault is told.
    """
    for ref in refs:
        if str(ref) == STDIN:
            yield STDIN
        elif Path(ref).is_dir():
            yield from _documents(Path(ref))
        else:
            yield Path(ref)


def _documents(folder: Path) -> Iterator[Path]:
    found: list[Path] = []
    for root, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        found += [Path(root) / name for name in files if not name.startswith(".")]
    yield from filter(is_document, sorted(found))


def _looks_readable(path: Path) -> bool:
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            return False
        with path.open("rb") as stream:
            return _sniff(stream) is not None
    except OSError:
        return False


def _is_regular(path: Path, name: str) -> bool:
    """Whether `path` is a plain file; a pipe or a device is read like standard input."""
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        raise SourceNotFound(f"{name}: no such file") from None
    except (OSError, ValueError) as error:
        raise SourceError(f"{name!r}: cannot be opened: {getattr(error, 'strerror', None) or error}") from error
    if stat.S_ISDIR(mode):
        raise SourceUnsupported(f"{name}: is a folder", hint="give its files, or the folder to docpipe extract")
    return stat.S_ISREG(mode)


def _opened(path: Path, name: str) -> io.BufferedReader:
    try:
        return path.open("rb")
    except OSError as error:
        raise SourceError(f"{name}: cannot be read: {error.strerror}") from error


def _read(stream: BinaryIO, name: str, limit: int) -> bytes:
    """All of `stream`, or one byte more than `limit`, which the caller refuses."""
    data = stream.read(limit + 1)
    if len(data) > limit:
        raise SourceTooLarge(f"{name}: more than the limit of {_mb(limit)} MB", hint=_RAISE)
    return data


def _media_type(stream: BinaryIO, name: str) -> str:
    found = _sniff(stream)
    if found is None:
        stream.seek(0)
        what = _describe(stream.read(_HEAD_BYTES))
        raise SourceUnsupported(
            f"{name}: {what}, not a document that docpipe reads",
            hint="it reads PDF, PNG, JPEG, WebP, TIFF, HEIF, DOCX, PPTX, XLSX and ODT, whatever they are called",
        )
    return found


def _sniff(stream: BinaryIO) -> str | None:
    """The media type by content, None when it is none that docpipe reads."""
    stream.seek(0)
    head = stream.read(_HEAD_BYTES)
    # Readers accept a PDF header anywhere in the first kilobyte (ISO 32000-1, annex H.3.4.1).
    if b"%PDF-" in head[:1024]:
        return PDF
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if head.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "image/webp"
    if head[:4] in (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+"):
        return "image/tiff"
    if head[4:8] == b"ftyp" and head[8:12] in (b"heic", b"heix", b"mif1", b"msf1", b"hevc", b"heim", b"heis"):
        return "image/heif"
    if head.startswith(b"PK\x03\x04"):
        return _office_type(stream)
    return None


def _office_type(stream: BinaryIO) -> str | None:
    stream.seek(0)
    try:
        with zipfile.ZipFile(stream) as archive:
            names = set(archive.namelist())
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 200:
                declared = archive.read("mimetype").decode("ascii", "replace").strip()
                return declared if declared in OFFICE else None
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError):
        return None
    return next((media_type for media_type, kind in OFFICE.items() if kind.member in names), None)


def _describe(head: bytes) -> str:
    """What the first bytes look like, for the message that refuses them."""
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        return "is an old office file (DOC, XLS or PPT)"
    if head.startswith(b"PK"):
        return "is a ZIP archive"
    if b"\0" not in head:
        try:
            head[:-4].decode("utf-8")
        except UnicodeDecodeError:
            return "has unknown content"
        return "is HTML" if b"<html" in head.lower() else "is plain text"
    return "has unknown content"


def _mb(size: float) -> str:
    return f"{size / 1_000_000:,.1f}".removesuffix(".0")
