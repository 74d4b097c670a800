"""Names of samples go in (none: all); their documents and truths are written to samples/."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from samples.make import charts, contracts, forms, invoices, orders, receipts, statements, tables
from samples.make.sample import Sample, write

MAKERS: tuple[Callable[[], list[Sample]], ...] = (
    invoices.samples,
    receipts.samples,
    forms.samples,
    statements.samples,
    orders.samples,
    contracts.samples,
    tables.samples,
    charts.samples,
)


def main(wanted: list[str]) -> int:
    folder = Path(__file__).resolve().parents[1]
    made = 0
    for maker in MAKERS:
        for sample in maker():
            if not wanted or any(sample.name.startswith(name) for name in wanted):
                path = write(sample, folder)
                print(f"{path.name}  {path.stat().st_size // 1024 + 1} kB")
                made += 1
    return 0 if made else 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
