"""`docpipe doctor`: what is installed and whole, what is missing, and how to get it."""

from __future__ import annotations

import hashlib
import platform
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, requires, version
from importlib.resources import files
from typing import Literal

import typer

import docpipe
from docpipe.cli import terminal

INCOMPLETE = 4
# Programs that docpipe calls, what for, and the packages that bring them.
_PROGRAMS = (
    ("pdftoppm", "--renderer poppler", "apt install poppler-utils, or brew install poppler"),
    ("soffice", "DOCX, PPTX, XLSX and ODT", "apt install libreoffice-nogui, or brew install --cask libreoffice"),
)
_EXTRAS = {
    "verify": "a second reader, as evidence on scans",
    "embed": "search by meaning",
    "postgres": "a shared database",
    "export": "parquet and xlsx",
    "charts": "charts in reports",
    "eval": "docpipe eval",
    "heif": "HEIC and HEIF pictures",
}
_SIGNS = {"ok": "ok     ", "missing": "missing", "broken": "BROKEN ", "optional": "-      "}


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at. `optional` is missing too, but nothing breaks without it."""

    state: Literal["ok", "missing", "broken", "optional"]
    what: str
    then: str = ""


def command() -> None:
    """Say what is installed and whole, what is missing, and how to get it. Exit code 4 when something needed is not."""
    findings = [*_this(), *_packages(), *_weights(), *_large_models(), *_programs(), *_extras(), *_settings()]
    for finding in findings:
        then = f"  -> {finding.then}" if finding.then else ""
        terminal.write(f"{_SIGNS[finding.state]}  {docpipe.printable(finding.what + then)}\n")
    if any(finding.state in ("missing", "broken") for finding in findings):
        raise typer.Exit(INCOMPLETE)


def _this() -> Iterator[Finding]:
    yield Finding("ok", f"docpipe {docpipe.__version__}, Python {platform.python_version()}, {platform.platform()}")
    if sys.platform != "linux":
        yield Finding("optional", "no memory limit for the renderer", "its time limit holds; memory limits need Linux")


def _packages() -> Iterator[Finding]:
    """The packages docpipe cannot do without, as its own metadata lists them."""
    try:
        needed = [line for line in requires("docpipe") or () if "extra ==" not in line]
    except PackageNotFoundError:
        yield Finding("broken", "docpipe runs from a folder and is not installed", "pip install .")
        return
    for name in map(_name, needed):
        found = _version(name)
        yield Finding("ok", f"{name} {found}") if found else Finding("missing", name, f"pip install {name}")
    if _version("torchvision") and "+cpu" in (_version("torch") or ""):
        broken = "torchvision beside a CPU build of torch breaks transformers"
        yield Finding("broken", broken, "pip uninstall torchvision")


def _weights() -> Iterator[Finding]:
    """Nano's weights against the hash that was written with them."""
    folder = files("docpipe") / "nano" / "weights"
    weights, recorded = folder / "model.safetensors", folder / "SHA256"
    again = "pip install --force-reinstall --no-deps docpipe"
    if not weights.is_file() or not recorded.is_file():
        yield Finding("missing", f"nano's weights in {folder}", again)
    elif hashlib.sha256(weights.read_bytes()).hexdigest() != recorded.read_text("utf-8").split()[0]:
        yield Finding("broken", f"{weights} is not the file that was shipped", again)
    else:
        yield Finding("ok", f"nano's weights, {len(weights.read_bytes()) / 1e6:.1f} MB")


def _large_models() -> Iterator[Finding]:
    """What checkpoints of transformers and model servers need beyond the packages."""
    if not _version("torchvision"):
        few = "torchvision, for the checkpoints whose pictures only it prepares"
        yield Finding("optional", few, "pip install 'docpipe[gpu]', beside a CUDA torch")
    if not _version("num2words"):
        yield Finding("optional", "num2words, for SmolVLM", "pip install num2words")
    settings = docpipe.load_settings()
    held = "is set" if settings.api_key is not None else "is not set"
    yield Finding("ok", f"model servers: DOCPIPE_API_KEY {held}; docpipe models check http://HOST/v1#NAME tries one")


def _programs() -> Iterator[Finding]:
    for program, needed_for, how in _PROGRAMS:
        place = shutil.which(program)
        if place is None:
            yield Finding("optional", f"{program}, for {needed_for}", how)
        else:
            yield Finding("ok", f"{program}, for {needed_for}: {place}")
    if shutil.which("nvidia-smi") is not None:
        asked = ["nvidia-smi", "--query-gpu=name,memory.total", "--format=csv,noheader"]
        cards = subprocess.run(asked, capture_output=True, text=True, timeout=20, check=False).stdout
        yield from (Finding("ok", f"GPU {line}") for line in cards.splitlines())


def _extras() -> Iterator[Finding]:
    try:
        listed = requires("docpipe") or []
    except PackageNotFoundError:
        return
    for extra, needed_for in _EXTRAS.items():
        names = [_name(line) for line in listed if f"extra == '{extra}'" in line.replace('"', "'")]
        lacking = [name for name in names if not _version(name)]
        if lacking:
            yield Finding("optional", f"{', '.join(lacking)}, for {needed_for}", f"pip install 'docpipe[{extra}]'")
        elif names:
            off = extra == "embed" and not docpipe.load_settings().meaning
            yield Finding("ok", f"{', '.join(names)}, for {needed_for}{': off, as meaning is false' if off else ''}")


def _settings() -> Iterator[Finding]:
    from docpipe.settings import settings_file

    settings = docpipe.load_settings()
    place = settings_file()
    yield Finding("ok", f"settings: {place or 'defaults, no docpipe.toml here or above'}")
    yield Finding("ok", f"model {settings.model}, renderer {settings.renderer}, device {settings.device}")


def _name(requirement: str) -> str:
    """The project's name in a requirement such as `torch<=2.13,>=2.8; extra == "gpu"`."""
    end = next((i for i, c in enumerate(requirement) if not (c.isalnum() or c in "-_.")), len(requirement))
    return requirement[:end]


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None
