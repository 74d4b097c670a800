"""`docpipe eval`: documents with their expected values in, how well a model reads them out."""

from __future__ import annotations

import json
from fnmatch import fnmatch
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

import docpipe
from docpipe.cli import options, terminal
from docpipe.cli.extract import write_whole

if TYPE_CHECKING:
    from docpipe.evaluate.runner import Run
    from docpipe.evaluate.truth import Truth

_TRUTH = "What is expected"
_RESULT = "What comes out"


def command(
    folder: Annotated[
        Path | None,
        typer.Argument(metavar="FOLDER", help="Documents with what is expected beside them, or a list: JSONL, CSV."),
    ] = None,
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
    truth: Annotated[
        Path | None,
        typer.Option(
            "--truth",
            metavar="FOLDER",
            help="Where the truth lies when not beside the documents, under the same names.",
            rich_help_panel=_TRUTH,
        ),
    ] = None,
    reviewed: Annotated[
        bool,
        typer.Option("--reviewed", help="What people reviewed in the database. No FOLDER.", rich_help_panel=_TRUTH),
    ] = False,
    questions: Annotated[
        Path | None,
        typer.Option(
            "--questions",
            metavar="FILE",
            help="How well docpipe search answers, on the database: JSONL of questions with their pages. No FOLDER.",
            exists=True,
            dir_okay=False,
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
    limit: Annotated[
        int | None,
        typer.Option(
            "--limit",
            metavar="N",
            min=1,
            help="N documents, drawn by chance, the same ones every time.",
            rich_help_panel=_TRUTH,
        ),
    ] = None,
    pixels_only: Annotated[
        bool, typer.Option("--pixels-only", "--pixels", help="Show the model pictures: no text, no evidence.")
    ] = False,
    html: Annotated[
        Path | None,
        typer.Option("--html", metavar="FILE", help="Write a report with pictures of misses.", rich_help_panel=_RESULT),
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="All figures as JSON on standard output.", rich_help_panel=_RESULT)
    ] = False,
    record: Annotated[
        Path | None,
        typer.Option(
            "--record",
            metavar="FILE",
            help="Keep what the model says here, and ask nothing that it has: a run that was cut off goes on. "
            "Delete it when a model of the same name changes.",
            dir_okay=False,
            rich_help_panel=_RESULT,
        ),
    ] = None,
    against: Annotated[
        Path | None,
        typer.Option(
            "--against",
            metavar="FILE",
            help="What --json wrote before: which documents are read better or worse now.",
            exists=True,
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
    database: options.Database = None,
    verbose: options.Verbose = False,
    quiet: options.Quiet = False,
) -> None:
    """Measure how well documents are read, on documents whose values are known.

    Beside a.pdf stands a.expected.json with the values: only those that are given count, null means that it is not on
    the page. A number behind a figure is the interval that 95 % of draws of the documents lie in.

    [bold]Your invoices[/bold]      docpipe eval invoices/ --schema invoice --html report.html

    [bold]Your reviews[/bold]       docpipe eval --reviewed

    [bold]Your search[/bold]        docpipe eval --questions q.jsonl ({"question": "oak", "documents": ["a.pdf"]})

    [bold]Without text[/bold]       docpipe eval samples --pixels-only

    [bold]Two models[/bold]         docpipe eval samples --model nano --model replay:a.jsonl

    [bold]Two runs[/bold]           docpipe eval samples --against before.json (written by --json > before.json)

    [bold]A spreadsheet[/bold]      docpipe eval list.csv -s receipt (columns: document, total, date, ...)

    [bold]Tables[/bold]             docpipe eval tables/ (a.pdf with a.csv, or a-str.xml of ICDAR 2013)

    [bold]E-invoices[/bold]         docpipe eval invoices/ (Factur-X, ZUGFeRD; or a.pdf with a.xml)

    [bold]SROIE[/bold]              docpipe eval img/ --truth key/ -s receipt --map company=/merchant_name ...

    [bold]invoice2data[/bold]       docpipe eval pdfs/ -s invoice --only-printed --map amount=/total ...
    """
    place = _place(folder, reviewed=reviewed, questions=questions)
    if questions is not None:
        _search(questions, options.settings_of(database=database), as_json=as_json, html=html)
        return
    from docpipe.evaluate.earlier import contests, load_earlier
    from docpipe.evaluate.tabulate import as_data, as_table
    from docpipe.evaluate.truth import SEED, Mapped, drawn, load_truths

    settings = options.settings_of(
        renderer=renderer, device=device, dtype=dtype, dpi=dpi, verify=verify, database=database
    )
    if calibrate is not None:
        settings = settings.model_copy(update={"calibration": "none"})  # a fit is of the model's own probabilities
    if pixels_only and verify is None:
        settings = settings.model_copy(update={"verify": None})  # whatever docpipe.toml says: it would be evidence
    truths = (
        load_truths(
            place,
            schema=schema,
            maps=[Mapped.parse(text) for text in maps or ()],
            only=only,
            beside=truth,
            settings=settings,
        )
        if not reviewed
        else _reviewed(settings, schema, only)
    )
    name = "what people reviewed" if reviewed else str(place)
    if limit is not None and limit < len(truths):
        name = f"{name} ({limit} of {len(truths)} documents, drawn with seed {SEED})"
        truths = drawn(truths, limit)
    earlier = () if against is None else load_earlier(against)
    models = [settings.model_copy(update={"model": chosen}) for chosen in model or [settings.model]]
    with terminal.Meter(len(truths) * len(models), verbose=verbose, quiet=quiet) as meter:
        from docpipe.evaluate.runner import run

        runs = [
            run(
                truths,
                each,
                pixels_only=pixels_only,
                printed_only=printed_only,
                kept=record,
                progress=meter.show,
            )
            for each in models
        ]
    if not quiet:
        _say_skipped(runs[0], verbose=verbose)
    held = contests(runs, earlier)
    if as_json:
        terminal.write(json.dumps(as_data(name, runs, held), ensure_ascii=False, indent=2) + "\n")
    else:
        fields, colour = 10_000 if verbose else 12, terminal.coloured()
        terminal.write(as_table(name, runs, held, fields=fields, width=terminal.width(), colour=colour))
    if calibrate is not None:
        _calibrate(runs[0], name, calibrate, quiet=quiet)
    if html is not None:
        from docpipe.evaluate.report import report

        write_whole(html, report(name, runs, settings, held).encode())
        if not quiet:
            terminal.say(f"wrote {html}")


def _place(folder: Path | None, *, reviewed: bool, questions: Path | None) -> Path:
    from docpipe.errors import UsageError

    if (folder is not None) + reviewed + (questions is not None) != 1:
        raise UsageError(
            "one of FOLDER, --reviewed and --questions says what is expected",
            hint="docpipe eval FOLDER, or docpipe eval --reviewed",
        )
    return folder or Path()


def _search(questions: Path, settings: docpipe.Settings, *, as_json: bool, html: Path | None) -> None:
    """What `docpipe search` finds, held against a file of questions."""
    from docpipe.evaluate.questions import load_questions, searched
    from docpipe.evaluate.tabulate import searched_data, searched_table
    from docpipe.index import search, sentence_model
    from docpipe.store import SearchQuery, open_store

    asked = load_questions(questions)
    with open_store(settings, create=False) as store:
        model = sentence_model(settings)
        found = searched(asked, lambda text, limit: search(store, SearchQuery(text, limit=limit), model))
    if as_json:
        terminal.write(json.dumps(searched_data(str(questions), found), ensure_ascii=False, indent=2) + "\n")
    else:
        table = searched_table(str(questions), found, width=terminal.width(), colour=terminal.coloured())
        terminal.write(table)
    if html is not None:
        from docpipe.evaluate.report import searched_report

        write_whole(html, searched_report(str(questions), found).encode())
        terminal.say(f"wrote {html}")


def _reviewed(settings: docpipe.Settings, schema: str | None, only: str | None) -> tuple[Truth, ...]:
    """The truths that people's reviews in the database make."""
    from docpipe.errors import UsageError
    from docpipe.evaluate.truth import Truth
    from docpipe.store import Filter, open_store

    with open_store(settings, create=False) as store:
        found = list(store.reviewed_truth(Filter(schema=schema)))
    truths = tuple(
        Truth(
            name=f"{one.document} {one.name} ({one.schema.name})",
            document=one.file,
            ref=one.schema.document,
            schema=one.schema,
            data=one.data,
            texts=one.texts,
            boxes=one.boxes,
            groups={"kind": one.schema.name},
        )
        for one in found
        if only is None or fnmatch(Path(one.name).name, only)
    )
    if not truths:
        raise UsageError("nobody has reviewed any of these documents", hint="docpipe review ID --confirm")
    return truths


def _say_skipped(first: Run, *, verbose: bool) -> None:
    skipped = [f"{score.name}: not counted: {said}" for score in first.scores for said in score.skipped]
    for line in skipped if verbose else ():
        terminal.say(line)
    if skipped and not verbose:
        terminal.say(f"{len(skipped)} expected values do not count; --verbose says which and why")


def _calibrate(first: Run, name: str, path: Path, *, quiet: bool) -> None:
    from docpipe.evaluate.fit import calibrated

    made = calibrated(first, name)
    write_whole(path, made.dumps().encode())
    if not quiet:
        for line in (*made.table().splitlines(), f"wrote {path}"):
            terminal.say(line)
