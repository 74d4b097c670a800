"""Documents come in: types by content, whole files untouched, every fault with its own error."""

from __future__ import annotations

import hashlib
import io
import os
import shutil
import sys
import tempfile
import threading
import zipfile
from pathlib import Path

import pytest
from PIL import Image

from docpipe import errors
from docpipe.ingest import expand, open_source
from tests.handmade import one_page, text_at

PDF = one_page(text_at(72, 700, "Invoice 12"))


def picture(kind: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (60, 40), "white").save(out, kind)
    return out.getvalue()


def office(members: dict[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "media_type"),
    [
        (PDF, "application/pdf"),
        (b"\r\n" * 100 + PDF, "application/pdf"),
        (picture("PNG"), "image/png"),
        (picture("JPEG"), "image/jpeg"),
        (picture("WEBP"), "image/webp"),
        (picture("TIFF"), "image/tiff"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "image/heif"),
    ],
)
def test_the_content_decides_the_type(tmp_path: Path, data: bytes, media_type: str) -> None:
    """A document is what its bytes are, whatever its name ends in."""
    path = tmp_path / "scan.txt"
    path.write_bytes(data)
    source = open_source(path)
    assert (source.media_type, source.path, source.data) == (media_type, path, None)
    assert source.sha256 == hashlib.sha256(data).hexdigest()
    assert open_source(data, name="x").media_type == media_type


def test_a_document_can_come_from_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    """`docpipe extract -` reads what is piped in."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(PDF)))
    source = open_source("-")
    assert (source.name, source.media_type, source.data) == ("stdin", "application/pdf", PDF)


def test_a_document_can_come_from_an_open_file_or_a_named_pipe(tmp_path: Path) -> None:
    """Anything with bytes is a document: an open file, a shell's <(...)."""
    path = tmp_path / "a.pdf"
    path.write_bytes(PDF)
    with path.open("rb") as stream:
        assert open_source(stream).name == "a.pdf"
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_bytes, args=(PDF,))
    writer.start()
    source = open_source(pipe)
    writer.join()
    assert (source.path, source.data) == (None, PDF)


def test_input_is_never_written_to(tmp_path: Path) -> None:
    """A read-only file in a read-only folder is read, and is afterwards what it was before."""
    path = tmp_path / "a.pdf"
    path.write_bytes(PDF)
    path.chmod(0o400)
    tmp_path.chmod(0o500)
    before = (path.stat().st_mtime_ns, sorted(tmp_path.iterdir()))
    try:
        open_source(path)
    finally:
        tmp_path.chmod(0o700)
    assert (path.stat().st_mtime_ns, sorted(tmp_path.iterdir())) == before
    assert path.read_bytes() == PDF


@pytest.mark.parametrize(
    ("data", "error", "message"),
    [
        (b"", errors.SourceEmpty, "a.pdf: has no bytes"),
        (
            b"Dear Sir,\nplease find\n",
            errors.SourceUnsupported,
            "a.pdf: is plain text, not a document that docpipe reads",
        ),
        (b"<!doctype html><html>", errors.SourceUnsupported, "a.pdf: is HTML, not a document that docpipe reads"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
            errors.SourceUnsupported,
            "a.pdf: is an old office file (DOC, XLS or PPT)",
        ),
        (b"PK\x03\x04 cut", errors.SourceUnsupported, "a.pdf: is a ZIP archive"),
        (b"\x00\x01\x02\x03", errors.SourceUnsupported, "a.pdf: has unknown content"),
    ],
)
def test_what_is_no_document_is_refused(data: bytes, error: type[Exception], message: str) -> None:
    """Each kind of wrong file has its own error, which says what the file is instead."""
    with pytest.raises(error) as caught:
        open_source(data, name="a.pdf")
    assert str(caught.value).startswith(message)
    assert isinstance(caught.value, errors.SourceError)
    assert caught.value.hint


def test_a_file_over_the_limit_is_refused_before_it_is_read(tmp_path: Path) -> None:
    """A sparse terabyte costs nothing; the message gives both sizes and the way to raise the limit."""
    path = tmp_path / "huge.pdf"
    with path.open("wb") as file:
        file.truncate(1 << 40)
    with pytest.raises(errors.SourceTooLarge, match=r"huge\.pdf: 1,099,511\.6 MB, the limit is 100 MB"):
        open_source(path)
    with pytest.raises(errors.SourceTooLarge, match="more than the limit of 100 MB"):
        open_source("/dev/zero")


def test_what_is_not_there_is_said(tmp_path: Path) -> None:
    """A missing file, a folder and an impossible name are told apart."""
    with pytest.raises(errors.SourceNotFound, match="no such file"):
        open_source(tmp_path / "none.pdf")
    with pytest.raises(errors.SourceUnsupported, match="is a folder"):
        open_source(tmp_path)
    with pytest.raises(errors.SourceError, match="cannot be opened"):
        open_source("a\0b.pdf")


def test_an_office_file_without_libreoffice_names_the_package(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Four office formats are known by their content; the error says what to install."""
    monkeypatch.setenv("PATH", str(tmp_path))
    cases = {
        "word/document.xml": ("DOCX", "libreoffice-writer"),
        "ppt/presentation.xml": ("PPTX", "libreoffice-impress"),
        "xl/workbook.xml": ("XLSX", "libreoffice-calc"),
    }
    for member, (kind, package) in cases.items():
        with pytest.raises(errors.MissingDependency) as caught:
            open_source(office({"[Content_Types].xml": "", member: ""}), name="letter")
        assert str(caught.value) == (
            f"letter: LibreOffice is needed to read {kind} files (apt-get install {package}, or save the file as a PDF)"
        )
    with pytest.raises(errors.MissingDependency, match="ODT files"):
        open_source(office({"mimetype": "application/vnd.oasis.opendocument.text"}))


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed: DOCX to PDF was NOT tested")
def test_an_office_file_becomes_a_pdf() -> None:
    """A letter written as DOCX is a PDF afterwards, under the hash and the type of the original."""
    body = "<w:p><w:r><w:t>Total 12.50 EUR</w:t></w:r></w:p>"
    types = "http://schemas.openxmlformats.org/package/2006"
    data = office(
        {
            "[Content_Types].xml": f'<Types xmlns="{types}/content-types"><Default Extension="rels" ContentType='
            '"application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" '
            'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
            "_rels/.rels": f'<Relationships xmlns="{types}/relationships"><Relationship Id="r1" Type="http://schemas.'
            'openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>'
            "</Relationships>",
            "word/document.xml": '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
            f"<w:body>{body}</w:body></w:document>",
        }
    )
    source = open_source(data, name="letter.docx")
    assert source.media_type.endswith("wordprocessingml.document")
    assert source.sha256 == hashlib.sha256(data).hexdigest()
    assert source.data is not None
    assert source.data.startswith(b"%PDF-")


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed: its limit was NOT tested")
def test_a_conversion_that_takes_too_long_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """LibreOffice is killed with all it started, its folder is removed, and the error says how to go on."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", None)
    data = office({"[Content_Types].xml": "", "word/document.xml": ""})
    with pytest.raises(errors.SourceDamaged, match=r"a\.docx: LibreOffice did not finish in 0\.2 s"):
        open_source(data, name="a.docx", convert_timeout_s=0.2)
    assert not list(tmp_path.glob("docpipe-office-*"))
    assert not [path for path in Path("/proc").glob("[0-9]*/cmdline") if str(tmp_path).encode() in _command_line(path)]


def _command_line(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:  # the process has ended
        return b""


def test_folders_give_their_documents_in_order(tmp_path: Path) -> None:
    """Documents of all subfolders, sorted; notes and hidden files passed over; a file by itself always comes."""
    for name, data in {
        "b.pdf": PDF,
        "a/c.png": picture("PNG"),
        "a/scan": picture("JPEG"),
        "a/notes.txt": b"notes",
        "a/broken.pdf": b"",
        ".cache/d.pdf": PDF,
        "truth.json": b"{}",
    }.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
    notes = tmp_path / "a" / "notes.txt"
    found = list(expand([tmp_path, "-", notes, "missing.pdf"]))
    assert found == [
        *(tmp_path / name for name in ("a/broken.pdf", "a/c.png", "a/scan", "b.pdf")),
        "-",
        notes,
        Path("missing.pdf"),
    ]
