"""`docpipe eval` on samples/ and on public data sets, as the table of the README; each command is shown as it is run.

python tests/benchmarks/figures.py DATA [--model nano] [--limit N] [--record FOLDER]

DATA is a folder with some of receipts/ (images and key files of SROIE), invoices/ (PDFs and JSON of invoice2data's
tests) and tables/ (PDFs and CSV of tabula-java's tests); what is not there is said. --limit measures N documents of
each, drawn by chance, the same ones every time. --record keeps what the model said, so that a run that was cut off goes
on.
"""

from __future__ import annotations

import argparse
import json
import shlex
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
PICTURES = ("--pixels-only",)


@dataclass(frozen=True)
class DataSet:
    """What it is called, in which folder it lies, how `docpipe eval` is told of its truth, whether it has text."""

    name: str
    folder: str
    options: tuple[str, ...] = ()
    text: bool = True


def mapped(**keys: str) -> tuple[str, ...]:
    """The options that say where keys belong."""
    return tuple(part for key, pointer in keys.items() for part in ("--map", f"{key}=/{pointer}"))


SAMPLES = DataSet("our samples", "samples")
PUBLIC = (
    DataSet(
        "SROIE receipts",
        "receipts",
        ("-s", "receipt", *mapped(company="merchant_name", address="merchant_address", date="date", total="total")),
        text=False,
    ),
    DataSet(
        "invoice2data invoices",
        "invoices",
        (
            *("-s", "invoice", "--only-printed"),
            *mapped(invoice_number="invoice_number", date="invoice_date", date_due="due_date", amount="total"),
            *mapped(amount_untaxed="subtotal", amount_tax="tax_amount", currency="currency", issuer="supplier_name"),
        ),
    ),
    DataSet("tabula-java tables", "tables"),
)
HEADS = ("", "documents", "read as", "field F1", "95 %", "all right", "ANLS*", "TEDS", "adj. F1", "invented", "s/page")
COLUMNS = ("exact", "anls", "teds", "adjacency_f1", "invention")


def main(arguments: argparse.Namespace) -> None:
    """The table, a line as soon as it is known."""
    print(row(HEADS), row(["---"] * len(HEADS)), sep="\n", flush=True)
    for found, place in ((SAMPLES, ROOT / "samples"), *((s, arguments.data / s.folder) for s in PUBLIC)):
        if not place.is_dir():
            print(f"{found.name}: there is no folder {place}", file=sys.stderr)
            continue
        for how in (PICTURES, ()) if found.text else (PICTURES,):
            print(row(cells(found, how, figures(found, place, how, arguments))), flush=True)


def figures(found: DataSet, place: Path, how: tuple[str, ...], arguments: argparse.Namespace) -> Mapping[str, Any]:
    """What `docpipe eval --json` says of one data set."""
    options = [str(place), *found.options, *how, "--model", arguments.model]
    options += ["--limit", str(arguments.limit)] if arguments.limit else []
    options += ["--record", str(arguments.record / f"{found.folder}.jsonl")] if arguments.record else []
    print(f"docpipe eval {shlex.join(options)}", file=sys.stderr, flush=True)
    ran = subprocess.run(
        [sys.executable, "-m", "docpipe", "eval", *options, "--json"], stdout=subprocess.PIPE, check=True
    )
    result: dict[str, Any] = json.loads(ran.stdout)
    return result


def cells(found: DataSet, how: tuple[str, ...], result: Mapping[str, Any]) -> Iterator[str]:
    """One line of the table: shares in per cent, seconds as they are."""
    (run,) = result["runs"]
    measures = run["measures"]
    f1 = measures["field_f1"]
    yield from (found.name, str(result["documents"]), "pictures" if how else "files as they are")
    yield from (f"{100 * f1['value']:.1f}", f"{100 * f1['low']:.0f} to {100 * f1['high']:.0f}")
    for name in COLUMNS:
        yield f"{100 * measures[name]['value']:.1f}" if name in measures else ""
    yield f"{measures['seconds_a_page']['value']:.1f}"


def row(texts: Any) -> str:
    """A line of a Markdown table."""
    return f"| {' | '.join(texts)} |"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, metavar="DATA")
    parser.add_argument("--model", default="nano")
    parser.add_argument("--limit", type=int)
    parser.add_argument("--record", type=Path)
    main(parser.parse_args())
