"""Held-out pages become a folder of documents with their truth, as `docpipe eval` reads it.

    python -m docpipe.nano.generate.folder generated --count 200
    docpipe eval generated --calibrate docpipe/nano/calibration.json

Half of the documents are PDFs with their text, half are pictures, most of them worn. They are invoices, orders,
receipts and statements with fonts, words and layouts that nano was not trained on, asked with the schemas that ship.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PIL import Image

from docpipe.nano.generate import KINDS as WRITERS
from docpipe.nano.generate import damage, heldout
from docpipe.nano.generate.canvas import Canvas, Fact
from docpipe.nano.vocabulary import KINDS, LANGUAGES
from docpipe.printed.amounts import read_amount
from docpipe.printed.conventions import Conventions, conventions
from docpipe.printed.convert import convert, role
from docpipe.schema import Leaf, Schema, list_schemas, load_schema
from docpipe.types import Scalar, json_numbers

# Seeds beyond those of training and of its figures.
FIRST = 960_000_000
_WRITTEN = ("business", "receipt", "statement")
# Concepts of the generator that shipped schemas call otherwise. What comes in and goes out of an account may be told
# by the column alone, so the amounts of movements are not part of the truth.
_NAMES = {"receipt_date": "date", "tax_id": "supplier_tax_id", "booking_date": "date", "details": "description"}
_IN_ORDERS = {"order_supplier": "supplier_name"}


@dataclass(frozen=True)
class Made:
    """A document: the file's ending and content, and what `docpipe eval` has to know of it."""

    ending: str
    content: bytes | Image.Image
    truth: Mapping[str, Any]

    def save(self, folder: Path, name: str) -> None:
        """Write the document and its truth beside it."""
        place = folder / f"{name}.{self.ending}"
        if isinstance(self.content, bytes):
            place.write_bytes(self.content)
        else:
            self.content.save(place, dpi=self.content.info["dpi"])
        (folder / f"{name}.json").write_text(json.dumps(self.truth, ensure_ascii=False, indent=1) + "\n", "utf-8")


def make(seed: int, *, picture: bool) -> Made | None:
    """The document of this seed, None where no shipped schema is for its kind."""
    rng = random.Random(f"folder {seed}")
    kind, language = rng.choice(_WRITTEN), rng.choices(LANGUAGES, (5, 2.2, 2, 1, 1, 1))[0]
    write = heldout.LAYOUTS[kind] if rng.random() < 0.5 else WRITERS[kind][0]
    canvas = write(rng, language, evaluation=True).canvas
    dpi = 150
    image = canvas.picture(dpi)[: max(64, round(canvas.height * dpi / 72))]
    schema = _schema(canvas.facts)
    if schema is None:
        return None
    data, texts = _truth(canvas, schema)
    look = "scanned" if picture else "digital"
    truth = {"schema": schema.name, "kind": schema.name, "language": language, "look": look, "data": data}
    if not picture:
        return Made("pdf", canvas.pdf(), {**truth, "texts": texts})
    strength = rng.random()
    if rng.random() < 0.8:
        image = damage.wear(image, rng, strength)
    shown = Image.fromarray(image)
    shown.info["dpi"] = (dpi, dpi)
    return Made("png", shown, {**truth, "texts": texts})


def _schema(facts: list[Fact]) -> Schema | None:
    titles = {KINDS[schema.name][0]: schema.name for schema in list_schemas() if schema.name in KINDS}
    said = [titles.get(fact.names[0]) for fact in facts if fact.type == "fits" and fact.state]
    return load_schema(said[0]) if said and said[0] is not None else None


def _truth(canvas: Canvas, schema: Schema) -> tuple[dict[str, Any], dict[str, str]]:
    """The data that the facts state, as far as it is certain, and the printed texts by pointer."""
    page = "".join(map(chr, canvas.codes))
    prints = conventions([_text(canvas, fact) for fact in canvas.facts if fact.spans] + [page])
    leaves = {leaf.key: leaf for leaf in schema.leaves}
    names = _NAMES | (_IN_ORDERS if schema.name == "purchase_order" else {})
    data: dict[str, Any] = {}
    texts: dict[str, str] = {}
    rows: dict[int, dict[str, Any]] = {}
    array = next((leaf.array for leaf in schema.leaves if leaf.array is not None), None)
    anchors = sorted({fact.anchor for fact in canvas.facts if fact.anchor is not None})
    sign = _sign(canvas)
    for fact in canvas.facts:
        leaf = leaves.get(names.get(fact.key, fact.key))
        if leaf is None or (leaf.array is None) != (fact.anchor is None):
            continue
        text = _text(canvas, fact)
        value, known = _value(text, leaf, prints)
        if not known or (role(leaf) == "currency" and not text and sign):
            continue
        if fact.anchor is None:
            data[leaf.key] = value
            texts |= {leaf.path: text} if text else {}
        else:
            rows.setdefault(fact.anchor, {})[leaf.key] = value
            texts |= {f"{array}/{anchors.index(fact.anchor)}/{leaf.key}": text} if text else {}
    for leaf in leaves.values():
        if role(leaf) == "currency" and leaf.array is None and leaf.key not in data and sign:
            value, known = _value(sign, leaf, prints)
            data |= {leaf.key: value} if known else {}
            texts |= {leaf.path: sign} if known else {}
    if array is not None and rows:
        data[array.lstrip("/")] = [rows.get(anchor, {}) for anchor in anchors]
    plain: dict[str, Any] = json_numbers(data)
    return plain, texts


def _text(canvas: Canvas, fact: Fact) -> str:
    return " ".join("".join(map(chr, canvas.codes[first:last])) for first, last in fact.spans)


def _sign(canvas: Canvas) -> str:
    """What the amounts print for their currency; nothing where they print none or several."""
    amounts = [read_amount(_text(canvas, fact)) for fact in canvas.facts if fact.type == "amount"]
    signs = {amount.symbol for amount in amounts if amount is not None and amount.symbol}
    return signs.pop() if len(signs) == 1 else ""


def _value(text: str, leaf: Leaf, prints: Conventions) -> tuple[Scalar, bool]:
    """What a text means, and whether that is certain."""
    if not text:
        return None, True
    found = convert(text, leaf, prints)
    return found.value, found.value is not None and found.ambiguous is None


def main() -> None:
    """Parse the command line and write the documents."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--count", type=int, default=200)
    plan = parser.parse_args()
    plan.folder.mkdir(parents=True, exist_ok=True)
    seed, made = FIRST, 0
    while made < plan.count:
        document = make(seed, picture=made % 2 == 1)
        if document is not None:
            document.save(plan.folder, f"{document.truth['kind']}-{seed - FIRST:04d}")
            made += 1
        seed += 1
    print(f"wrote {made} documents to {plan.folder}")


if __name__ == "__main__":
    main()
