"""The options that several commands share, each with its help, and the settings they make."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, get_type_hints

import typer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docpipe.job import Named
    from docpipe.settings import Settings


class Renderer(StrEnum):
    """What draws the pages."""

    pymupdf = "pymupdf"
    poppler = "poppler"


class Reader(StrEnum):
    """What reads scans beside the model, so that two agree."""

    rapidocr = "rapidocr"
    nano = "nano"


class Dtype(StrEnum):
    """The numbers a model computes with."""

    auto = "auto"
    float32 = "float32"
    bfloat16 = "bfloat16"
    float16 = "float16"


_READING = "How to read"
Schema = Annotated[
    str,
    typer.Option(
        "--schema",
        "-s",
        metavar="SCHEMA",
        help="A name (docpipe schemas list), a path, inline JSON, module:Class, or auto: the model chooses.",
    ),
]
Pages = Annotated[str | None, typer.Option("--pages", metavar="1-4,8", help="Which pages, from 1. All by default.")]
Split = Annotated[
    str | None,
    typer.Option("--split", metavar="1-2,3", help="Several documents in one PDF: read each of these parts by itself."),
]
Password = Annotated[
    str | None, typer.Option("--password", metavar="TEXT", help="For encrypted PDFs. Asked for on a terminal.")
]
Record = Annotated[
    Path | None,
    typer.Option(
        "--record", metavar="FILE", help="Append the model's replies here, for --model replay:FILE.", dir_okay=False
    ),
]
Model = Annotated[
    str | None,
    typer.Option(
        "--model",
        "-m",
        metavar="NAME",
        help="nano (default), FOLDER, OWNER/NAME, http://HOST/v1#NAME, replay:FILE.",
        rich_help_panel=_READING,
    ),
]
Rendered = Annotated[
    Renderer | None, typer.Option("--renderer", help="What draws the pages.", rich_help_panel=_READING)
]
Device = Annotated[
    str | None, typer.Option("--device", metavar="NAME", help="auto, cpu, cuda, mps.", rich_help_panel=_READING)
]
Number = Annotated[Dtype | None, typer.Option("--dtype", help="Precision of the model.", rich_help_panel=_READING)]
Verify = Annotated[
    Reader | None,
    typer.Option(
        "--verify", help="A second reader, as evidence on scans: rapidocr needs an extra.", rich_help_panel=_READING
    ),
]
Dpi = Annotated[
    float | None, typer.Option("--dpi", metavar="DPI", help="Resolution of a page, 110.", rich_help_panel=_READING)
]
Database = Annotated[
    str | None,
    typer.Option(
        "--database",
        metavar="PATH|URL",
        help="A SQLite file or postgresql://... Default: docpipe.db beside docpipe.toml, or in the data folder.",
    ),
]
Meaning = Annotated[
    bool | None,
    typer.Option(
        "--meaning/--no-meaning",
        help="Store what pages mean, for search: about a second a document, with the extra embed.",
        rich_help_panel=_READING,
    ),
]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="Say more on standard error.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Only errors on standard error.")]


@dataclass(frozen=True)
class Storing:
    """What every command that reads and stores can be told about that, as it was given."""

    database: Database = None
    model: Model = None
    renderer: Rendered = None
    device: Device = None
    dtype: Number = None
    dpi: Dpi = None
    verify: Verify = None
    meaning: Meaning = None

    def settings(self) -> Settings:
        """The settings in force with these flags."""
        return settings_of(**asdict(self))


def stores(command: Callable[..., None]) -> Callable[..., None]:
    """A command whose parameter `storing` is a Storing, with an option for each of its fields instead."""
    hints = get_type_hints(Storing, include_extras=True)
    kind = inspect.Parameter.KEYWORD_ONLY
    options = [inspect.Parameter(f.name, kind, default=f.default, annotation=hints[f.name]) for f in fields(Storing)]
    parameters: list[inspect.Parameter] = []
    for parameter in inspect.signature(command, eval_str=True).parameters.values():
        parameters += options if parameter.name == "storing" else [parameter.replace(kind=kind)]

    @functools.wraps(command)
    def told(**given: Any) -> None:
        storing = Storing(**{option.name: given.pop(option.name) for option in options})
        command(storing=storing, **given)

    told.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]  # which is what Typer reads
    told.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    return told


def settings_of(
    *,
    model: str | None = None,
    renderer: Renderer | None = None,
    device: str | None = None,
    dtype: Dtype | None = None,
    dpi: float | None = None,
    verify: Reader | None = None,
    database: str | None = None,
    meaning: bool | None = None,
) -> Settings:
    """The settings in force with these flags."""
    from docpipe.settings import load_settings

    return load_settings(
        model=model,
        renderer=None if renderer is None else renderer.value,
        device=device,
        dtype=None if dtype is None else dtype.value,
        dpi=dpi,
        verify=None if verify is None else verify.value,
        # A path on the command line is one from the working folder; one in docpipe.toml is from that file's folder.
        database=database if database is None or "://" in database else str(Path(database).absolute()),
        meaning=meaning,
    )


def parts(
    settings: Settings, refs: Sequence[str | Path], split: str, pages: str | None, password: str | None
) -> list[Named]:
    """The parts of the one document that is to be split. Raises UsageError when there are others, or pages chosen."""
    from docpipe.errors import UsageError
    from docpipe.pipeline import Pipeline

    if len(refs) != 1 or pages is not None:
        raise UsageError("--split is for one document, and all of its pages", hint="--split 1-2,3")
    with Pipeline(settings) as pipeline:
        return pipeline.split(refs[0], split, password=password)
