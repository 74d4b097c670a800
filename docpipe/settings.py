"""Flags, DOCPIPE_* variables and docpipe.toml become one frozen Settings.

A flag wins over a variable, a variable over the nearest docpipe.toml (the working folder or one above it), and that
over the default. Nothing else in docpipe reads the environment or the file.
"""

from __future__ import annotations

import difflib
import os
import sys
import tomllib
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource

from docpipe.errors import SettingsError

FILE_NAME = "docpipe.toml"
PREFIX = "DOCPIPE_"


class FolderRule(BaseModel):
    """How the files below a folder are read: a table `[[folders]]` of docpipe.toml.

    `path` is from that file's folder. `include` and `ignore` are patterns such as `*.pdf` or `drafts/*`, of a file's
    name or of its path below the folder. Of several rules that hold for a file, the one with the longest path counts.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    path: str
    schema_: str | None = Field(None, alias="schema")
    password: SecretStr | None = None
    include: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()


class Settings(BaseSettings):
    """Everything that can be set, with its unit in its name. Limits hold for every door."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="forbid")

    model: str = Field(
        "nano", description="nano, replay:FILE, replay:, http(s)://HOST/v1#NAME, or a transformers checkpoint"
    )
    revision: str | None = Field(None, description="revision of the checkpoint, for a local model")
    device: str = Field("auto", description="auto, cpu, cuda, cuda:1, mps")
    dtype: Literal["auto", "float32", "bfloat16", "float16"] = "auto"

    verify: Literal["rapidocr", "nano"] | None = Field(None, description="a second reader, as evidence on scans")

    calibration: str | None = Field(
        None, description="file of docpipe eval --calibrate; `none` for the model's own probabilities"
    )

    renderer: Literal["pymupdf", "poppler"] = "pymupdf"
    dpi: float = Field(110.0, ge=36, le=600, description="resolution of a whole-page view")
    upright: bool = Field(True, description="turn scanned pages that lie on their side or stand on their head")

    max_file_mb: float = Field(100, gt=0)
    max_pages: int = Field(500, ge=1)
    max_view_megapixels: float = Field(40, gt=0)
    render_timeout_s: float = Field(20, gt=0, description="for one view, one page's text, or opening a document")
    render_memory_mb: int = Field(2048, ge=128, description="address space of the render child, Linux only")
    convert_timeout_s: float = Field(120, gt=0, description="for LibreOffice to turn an office file into a PDF")

    examples: int = Field(
        0, ge=0, le=20, description="reviewed documents of the same schema that a larger model is told about, as text"
    )

    window_pages: int = Field(4, ge=1, description="pages that a model is shown at once")
    page_timeout_s: float = Field(60, gt=0, description="model time for one page")
    page_tokens: int = Field(4096, ge=16, description="output tokens for one page")
    page_attempts: int = Field(3, ge=1)
    connect_timeout_s: float = Field(10, gt=0, description="to reach a model server")
    first_byte_timeout_s: float = Field(
        60, gt=0, description="for a model server to begin its answer, or go on with it"
    )
    request_timeout_s: float = Field(120, gt=0, description="for one request to a model server, with its repetitions")
    api_key: SecretStr | None = Field(None, description="token for a model server; keep it in DOCPIPE_API_KEY")

    meaning: bool = Field(True, description="what is stored can be searched by meaning, with the extra `embed`")
    database: str | None = Field(None, description="path of a SQLite database, or postgresql://USER:PASSWORD@HOST/NAME")
    files: str | None = Field(None, description="folder of the documents' bytes, `files` beside the database")

    folders: tuple[FolderRule, ...] = Field((), description="how the files below a folder are read")
    settle_s: float = Field(6, ge=0, description="how long a file must have been still before it is taken")
    rescan_s: float = Field(30, gt=0, description="between two looks at all files, whatever the system reports")
    job_attempts: int = Field(5, ge=1, description="how often a job is tried")
    lease_s: float = Field(30, ge=1, description="after which a worker that says nothing is taken for dead")
    backoff_s: float = Field(
        5, ge=0, description="before a job's second attempt; twice as long before each further one"
    )
    backoff_max_s: float = Field(60, ge=0)

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Flags, then variables, then the file; .env files and secret folders are not read."""
        del dotenv_settings, file_secret_settings
        found = settings_file()
        file = (TomlConfigSettingsSource(settings_cls, toml_file=found),) if found else ()
        return (init_settings, env_settings, *file)


def settings_file(start: Path | None = None) -> Path | None:
    """The nearest docpipe.toml in `start` (the working folder) or a folder above it."""
    folder = (start or Path.cwd()).resolve()
    for candidate in (folder, *folder.parents):
        if (candidate / FILE_NAME).is_file():
            return candidate / FILE_NAME
    return None


def data_folder() -> Path:
    """Where the platform wants a program's data to lie, when no docpipe.toml says otherwise."""
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData" / "Local")) / "docpipe"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "docpipe"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "docpipe"


def load_settings(**flags: Any) -> Settings:
    """The settings in force; a flag that is None was not given.

    Raises SettingsError, which names the flag, the variable or the file with the fault.
    """
    given = {name: value for name, value in flags.items() if value is not None}
    try:
        return Settings(**given)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{settings_file()}: {error}", hint="see https://toml.io for the syntax") from error
    except ValidationError as error:
        raise _named(error, given) from error


def _named(error: ValidationError, flags: dict[str, Any]) -> SettingsError:
    """The first fault of `error`, said of the place that the value came from."""
    fault = error.errors()[0]
    name = str(fault["loc"][0]) if fault["loc"] else ""
    if name in flags:
        place = f"--{name.replace('_', '-')}"
    elif any(key.upper() == f"{PREFIX}{name}".upper() for key in os.environ):
        place = f"{PREFIX}{name.upper()}"
    else:
        place = f"{settings_file()}: {name}"
    inside = fault["loc"][1:]
    place += "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in inside)
    if name == "api_key" or "password" in inside:  # what was given is a secret, whatever is wrong with it
        return SettingsError(f"{place}: {fault['msg'][:1].lower()}{fault['msg'][1:]}")
    if fault["type"] == "extra_forbidden":
        known = [f.alias or n for n, f in FolderRule.model_fields.items()] if inside else Settings.model_fields
        near = difflib.get_close_matches(str(fault["loc"][-1]), known, n=1)
        return SettingsError(f"{place}: no such setting" + (f' (did you mean "{near[0]}"?)' if near else ""))
    return SettingsError(f"{place}: {fault['msg'][:1].lower()}{fault['msg'][1:]}, got {fault['input']!r}")
