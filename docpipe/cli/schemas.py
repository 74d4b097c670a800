"""`docpipe schemas`: what can be read, and help with schemas of one's own."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer

import docpipe
from docpipe.cli import terminal

app = typer.Typer(no_args_is_help=True, rich_markup_mode="rich", help="List, show, check and infer schemas.")

Reference = Annotated[str, typer.Argument(metavar="SCHEMA", help="A name, a path, inline JSON, or module:Class.")]


@app.command("list")
def list_() -> None:
    """The schemas that ship with docpipe."""
    schemas = docpipe.list_schemas()
    wide = max(len(schema.name) for schema in schemas)
    for schema in schemas:
        terminal.write(f"{schema.name:{wide}}  {len(schema.leaves):2} fields  {schema.description}\n")


@app.command()
def show(schema: Reference) -> None:
    """A schema as JSON, to read or to start your own from: docpipe schemas show invoice > mine.json."""
    document = dict(docpipe.load_schema(schema).document)
    terminal.write(json.dumps(document, ensure_ascii=False, indent=2, default=str) + "\n")


@app.command()
def check(schema: Reference) -> None:
    """Whether a schema can be used, and what it asks for. Exit code 2 when it cannot."""
    found = docpipe.load_schema(schema)
    lines = [f"{found.name}: fields: {len(found.leaves)}, rules: {len(found.rules)}"]
    lines += [f"  {_field(leaf.path)}: {leaf.format or leaf.type}{_labels(leaf.labels)}" for leaf in found.leaves]
    lines += [f"  rule {rule.rule}" for rule in found.rules]
    terminal.write("".join(f"{docpipe.printable(line)}\n" for line in lines))


@app.command()
def infer(
    examples: Annotated[
        list[Path], typer.Argument(metavar="EXAMPLE.json", help="The JSON you want for some documents, or records.")
    ],
) -> None:
    """A schema that fits example outputs: docpipe schemas infer example.json > mine.json."""
    schema = docpipe.infer_schema([_example(path) for path in examples])
    terminal.write(json.dumps(schema, ensure_ascii=False, indent=2) + "\n")


def _example(path: Path) -> dict[str, Any]:
    """The data in a file: the whole of it, or what stands under `data` in a record."""
    from docpipe.errors import UsageError

    try:
        example = json.loads(path.read_text("utf-8"))
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}") from error
    except ValueError as error:
        raise UsageError(f"{path} is not JSON: {error}") from error
    if isinstance(example, dict) and {"schema_hash", "data"} <= example.keys():
        example = example["data"]
    if not isinstance(example, dict):
        raise UsageError(f"{path}: an example is a JSON object, got {type(example).__name__}")
    return example


def _field(path: str) -> str:
    return path.lstrip("/").replace("/*", "[]").replace("/", ".")


def _labels(labels: tuple[str, ...]) -> str:
    return f" ({', '.join(labels[:3])}{', ...' if len(labels) > 3 else ''})" if labels else ""
