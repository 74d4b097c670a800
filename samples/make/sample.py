"""A sample goes in; its document and its truth are written to samples/."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from samples.make.press import Placed, press
from samples.make.scanner import Ending, Scan, develop, scan
from samples.make.sheet import Sheet

Kind = Literal["invoice", "receipt", "form", "statement", "purchase_order", "contract", "table", "chart"]
HIDDEN = "hidden:"


@dataclass(frozen=True)
class Sample:
    """One document to be made. Marks that begin with `hidden:` are text that nobody can see.

    With `export` the `scan` is a clean picture that a program saved. `own_schema` is written beside the document where none of schemas/ is its schema.
    """

    name: str
    kind: Kind
    sheet: Sheet
    html: str
    ending: Ending = "pdf"
    scan: Scan | None = None
    roll: bool = False
    hidden: dict[str, str] | None = None
    export: bool = False
    own_schema: dict[str, Any] | None = None


def write(sample: Sample, folder: Path) -> Path:
    """Makes NAME.pdf (or .jpg, .png, .tif) and NAME.json in `folder`; returns the document's path."""
    printed = press(sample.html, roll=sample.roll)
    content, boxes = printed.pdf, printed.boxes
    if sample.scan:
        pictures = scan(printed, sample.scan)
        content, boxes = develop(pictures, sample.ending, sample.scan.quality), pictures.boxes
    sheet = sample.sheet
    lost = [pointer for pointer in sheet.texts if pointer not in boxes]
    if lost:
        raise ValueError(f"{sample.name}: not on the page: {', '.join(lost)}")
    truth: dict[str, object] = {
        "schema": f"{sample.name}.schema.json" if sample.own_schema else sample.kind,
        "kind": sample.kind,
        "language": sheet.language[:2],
        "look": "scanned" if sample.scan and not sample.export else "digital",
        "data": sheet.data,
        "texts": sheet.texts,
        "boxes": {pointer: list(box) for pointer, box in boxes.items() if not pointer.startswith(HIDDEN)},
    }
    if sample.hidden:
        truth["hidden"] = {pointer: {"text": text, "box": list(boxes[HIDDEN + pointer])} for pointer, text in sample.hidden.items()}
    if sample.own_schema:
        (folder / f"{sample.name}.schema.json").write_text(json.dumps(sample.own_schema, ensure_ascii=False, indent=2) + "\n", "utf-8")
    path = folder / f"{sample.name}.{sample.ending}"
    path.write_bytes(content)
    (folder / f"{sample.name}.json").write_text(_lines(truth) + "\n", "utf-8")
    return path


def _lines(truth: dict[str, object]) -> str:
    """JSON with one line for each text and box, so that a change reads well."""
    parts = []
    for key, value in truth.items():
        if key in ("texts", "boxes", "hidden") and isinstance(value, dict):
            rows = ",\n".join(f"    {json.dumps(name)}: {json.dumps(entry, ensure_ascii=False)}" for name, entry in value.items())
            parts.append(f'  "{key}": {{\n{rows}\n  }}')
        else:
            body = json.dumps(value, ensure_ascii=False, indent=2).replace("\n", "\n  ")
            parts.append(f'  "{key}": {body}')
    return "{\n" + ",\n".join(parts) + "\n}"


__all__ = ["HIDDEN", "Kind", "Placed", "Sample", "write"]
