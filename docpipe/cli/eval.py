"""`docpipe eval`: documents with their expected values in, how well a model reads them out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from docpipe.cli import options, terminal
from docpipe.cli.extract import write_whole

if TYPE_CHECKING:
    from docpipe.evaluate.runner import Run

_TRUTH = "What is expected"
_RESULT = "What comes out"


def command(
    folder: Annotated[
        Path,
        typer.Argument(metavar="FOLDER", help="Documents with their expected JSON beside them, or a list: JSONL, CSV."),
    ],
    model: Annotated[
        list[str] | None,
        typer.Option("--model", "-m", metavar="NAME", help="nano (default), replay:FILE; twice: two are compared."),
    ] = None,
    schema: Annotated[
        str | None,
        typer.Option("--schema", "-s", metavar="SCHEMA", help="Where the truth names none.", rich_help_panel=_TRUTH),
    ] = None,
    maps: Annotated[
        list[str] | None,
        typer.Option(
            "--map",
            metavar="KEY=POINTER",
            help="Where a key of other people's truth belongs: company=/merchant_name. Only mapped keys count.",
            rich_help_panel=_TRUTH,
        ),
    ] = None,
    printed_only: Annotated[
        bool,
        typer.Option(
            "--only-printed", help="Skip expected values that stand nowhere in a PDF's text.", rich_help_panel=_TRUTH
        ),
    ] = False,
    only: Annotated[
        str | None,
        typer.Option("--only", metavar="PATTERN", help="Only these documents: 'invoice-*'.", rich_help_panel=_TRUTH),
    ] = None,
    pixels_only: Annotated[
        bool, typer.Option("--pixels-only", help="Show the model pictures: no text layer helps, no value is verified.")
    ] = False,
    html: Annotated[
        Path | None,
        typer.Option("--html", metavar="FILE", help="Write a report with pictures of misses.", rich_help_panel=_RESULT),
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="All figures as JSON on standard output.", rich_help_panel=_RESULT)
    ] = False,
    records: Annotated[
        Path | None,
        typer.Option(
            "--records",
            metavar="FILE",
            help="Keep records here, and read no document again that it has. Delete it when the model changes.",
            dir_okay=False,
            rich_help_panel=_RESULT,
        ),
    ] = None,
    calibrate: Annotated[
        Path | None,
        typer.Option(
            "--calibrate",
            metavar="FILE",
            help="Fit confidences to these documents and write the fit here.",
            dir_okay=False,
            rich_help_panel=_RESULT,
        ),
    ] = None,
    renderer: options.Rendered = None,
    device: options.Device = None,
    dtype: options.Number = None,
    dpi: options.Dpi = None,
    verify: options.Verify = None,
    verbose: options.Verbose = False,
    quiet: options.Quiet = False,
) -> None:
    """Measure how well documents are read, on documents whose values are known.

    Beside a.pdf stands a.expected.json with the values: only those that are given count, null means that it is not on
    the page. A number behind a figure is the interval that 95 % of draws of the documents lie in.

    [bold]Your invoices[/bold]      docpipe eval invoices/ --schema invoice --html report.html

    [bold]Without text[/bold]       docpipe eval samples --pixels-only

    [bold]Two models[/bold]         docpipe eval samples --model nano --model replay:a.jsonl

    [bold]Others' truth[/bold]      docpipe eval receipts/ -s receipt --map company=/merchant_name --map total=/total
    """
    from docpipe.evaluate.runner import run
    from docpipe.evaluate.tabulate import as_data, as_table
    from docpipe.evaluate.truth import Mapped, load_truths

    truths = load_truths(folder, schema=schema, maps=[Mapped.parse(text) for text in maps or ()], only=only)
    runs: list[Run] = []
    names: list[str | None] = [*model] if model else [None]
    with terminal.Meter(len(truths) * len(names), verbose=verbose, quiet=quiet) as meter:
        for name in names:
            settings = options.settings_of(
                model=name, renderer=renderer, device=device, dtype=dtype, dpi=dpi, verify=verify
            )
            runs.append(
                run(
                    truths,
                    settings,
                    pixels_only=pixels_only,
                    printed_only=printed_only,
                    kept=records,
                    progress=meter.show,
                )
            )
    if not quiet:
        for score in runs[0].scores:
            for said in score.skipped if verbose else ():
                terminal.say(f"{score.name}: not counted: {said}")
        skipped = sum(len(score.skipped) for score in runs[0].scores)
        if skipped and not verbose:
            terminal.say(f"{skipped} expected values do not count; --verbose says which and why")
    if as_json:
        terminal.write(json.dumps(as_data(str(folder), runs), ensure_ascii=False, indent=2) + "\n")
    else:
        terminal.write(
            as_table(
                str(folder), runs, fields=10_000 if verbose else 12, width=terminal.width(), colour=terminal.coloured()
            )
        )
    if calibrate is not None:
        from docpipe.evaluate.fit import calibrated

        made = calibrated(runs[0], str(folder))
        write_whole(calibrate, made.dumps().encode())
        if not quiet:
            for line in (*made.table().splitlines(), f"wrote {calibrate}"):
                terminal.say(line)
    if html is not None:
        from docpipe.evaluate.report import report

        write_whole(html, report(str(folder), runs, settings).encode())
        if not quiet:
            terminal.say(f"wrote {html}")
