"""`docpipe models`: which models there are, and whether one of them works here."""

from __future__ import annotations

import io
import time
from typing import TYPE_CHECKING, Annotated

import typer

import docpipe
from docpipe.cli import terminal
from docpipe.cli.options import Device, Number

if TYPE_CHECKING:
    from docpipe.types import Record, Value

app = typer.Typer(no_args_is_help=True, rich_markup_mode="rich", help="List models, and check whether one works here.")

Name = Annotated[str, typer.Argument(metavar="NAME", help="As --model takes it.")]
SHOWN = 60  # characters of a value
# What is printed on the page that `check` shows, and what should come back.
_PRINTED = {"number": ("Invoice No.", "B-7041"), "date": ("Date", "12 May 2024"), "total": ("Total", "318.40 EUR")}
_SCHEMA = {
    "title": "Note",
    "description": "A short bill.",
    "type": "object",
    "properties": {
        name: {"type": ["string", "null"], "description": f"What is printed beside {label}", "x-labels": [label]}
        for name, (label, _) in _PRINTED.items()
    },
}


@app.command("list")
def list_() -> None:
    """The kinds of models there are, and the checkpoints that lie in the hub's cache."""
    models = docpipe.list_models()
    wide = max(len(name) for name, _ in models)
    for name, said in models:
        terminal.write(docpipe.printable(f"{name:{wide}}  {said}") + "\n")


@app.command()
def check(name: Name, device: Device = None, dtype: Number = None) -> None:
    """Load a model, show it a page, and say what it can and how fast. Exit code 4 when it read nothing right."""
    number = None if dtype is None else dtype.value
    settings = docpipe.load_settings(model=name, device=device, dtype=number, upright=False)  # as the page is
    begun = time.perf_counter()
    with docpipe.Pipeline(settings) as pipeline:
        model = pipeline.model
        _say("opened", f"{model.name} in {time.perf_counter() - begun:.1f} s")
        record = pipeline.extract(_page(), schema=_SCHEMA)
        right = _right(record)
        if record.error is not None:
            _say("reads", f"no: {record.error.message}")
            if record.error.hint:
                _say("next", record.error.hint)
        else:
            _say("reads", f"{right} of {len(_PRINTED)} fields right, {record.timing.read_s:.1f} s for the page")
        for value in record.values:
            _say(f"  {value.pointer[1:]}", _compared(value))
        if record.values:
            sure = any(value.confidence is not None for value in record.values)
            placed = any(value.box is not None for value in record.values)
            _say("sure", "says how sure it is of each value" if sure else "gives no confidence")
            _say("places", "says where each value stands" if placed else "gives no places: the text of a page does")
            if hasattr(model, "about"):
                _say("what", str(model.about))
    if not right:
        raise typer.Exit(4)


def _right(record: Record) -> int:
    said = {value.pointer[1:]: value.text for value in record.values}
    return sum(said.get(name) == text for name, (_, text) in _PRINTED.items())


def _compared(value: Value) -> str:
    """A value, and what is printed where it is another."""
    printed = _PRINTED[value.pointer[1:]][1]
    said = "absent" if value.text is None else value.text if len(value.text) <= SHOWN else f"{value.text[:SHOWN]}..."
    return said if value.text == printed else f"{said}; printed is {printed}"


def _page() -> bytes:
    """A page with three lines in large print, as a PNG of 100 dpi."""
    from PIL import Image, ImageDraw, ImageFont

    page = Image.new("RGB", (620, 440), "white")
    pen = ImageDraw.Draw(page)
    font = ImageFont.load_default(22)
    for row, (label, text) in enumerate(_PRINTED.values()):
        pen.text((60, 80 + 70 * row), label, fill="black", font=font)
        pen.text((280, 80 + 70 * row), text, fill="black", font=font)
    file = io.BytesIO()
    page.save(file, "PNG", dpi=(100, 100))
    return file.getvalue()


def _say(what: str, said: str) -> None:
    terminal.write(docpipe.printable(f"{what:10} {said}") + "\n")
