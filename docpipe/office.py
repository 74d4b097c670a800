"""An office file becomes a PDF, through LibreOffice in a process of its own."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from docpipe.errors import MissingDependency, SourceDamaged


@dataclass(frozen=True)
class OfficeKind:
    """One office format: its ending, the Debian package that reads it, and a member that only its archive has."""

    suffix: str
    package: str
    member: str


_OOXML = "application/vnd.openxmlformats-officedocument"
OFFICE = {
    f"{_OOXML}.wordprocessingml.document": OfficeKind(".docx", "libreoffice-writer", "word/document.xml"),
    f"{_OOXML}.presentationml.presentation": OfficeKind(".pptx", "libreoffice-impress", "ppt/presentation.xml"),
    f"{_OOXML}.spreadsheetml.sheet": OfficeKind(".xlsx", "libreoffice-calc", "xl/workbook.xml"),
    "application/vnd.oasis.opendocument.text": OfficeKind(".odt", "libreoffice-writer", "mimetype"),
}


def convert(document: BinaryIO, name: str, kind: OfficeKind, *, timeout_s: float) -> bytes:
    """`document` as a PDF.

    Profile and folders belong to this call alone: LibreOffice refuses to start twice with one profile, and writes
    over the output of another file with the same stem. Raises MissingDependency when LibreOffice is not installed
    and SourceDamaged when it gives no PDF in `timeout_s` seconds.
    """
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        raise MissingDependency(
            f"{name}: LibreOffice is needed to read {kind.suffix[1:].upper()} files",
            hint=f"apt-get install {kind.package}, or save the file as a PDF",
        )
    with tempfile.TemporaryDirectory(prefix="docpipe-office-") as folder:
        work = Path(folder)
        original = work / f"document{kind.suffix}"
        with original.open("wb") as copy:
            shutil.copyfileobj(document, copy)
        command = [program, "--headless", "--norestore", "--nolockcheck"]
        command += [f"-env:UserInstallation={(work / 'profile').as_uri()}", "--convert-to", "pdf"]
        command += ["--outdir", str(work / "out"), str(original)]
        said = _run(command, name, timeout_s)
        made = work / "out" / "document.pdf"
        if not made.is_file() or made.stat().st_size == 0:
            raise SourceDamaged(
                f"{name}: LibreOffice could not read it: {said or 'it gave no PDF and no reason'}",
                hint="open it in an office program and save it as a PDF",
            )
        return made.read_bytes()


def _run(command: list[str], name: str, timeout_s: float) -> str:
    """What the program said last. soffice is a wrapper, so its whole group is killed when time is up."""
    process = subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True
    )
    try:
        said, _ = process.communicate(timeout=timeout_s)
    except subprocess.TimeoutExpired:
        raise SourceDamaged(
            f"{name}: LibreOffice did not finish in {timeout_s:g} s",
            hint="save it as a PDF, or raise convert_timeout_s",
        ) from None
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
    lines = [line for line in said.decode("utf-8", "replace").splitlines() if line.strip()]
    return lines[-1].strip() if lines else ""
