"""The truth of a sample becomes the replies that a perfect model would give, as a file for `--model replay:FILE`."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from docpipe.schema import Schema, load_schema
from docpipe.types import Reading, Reply

SAMPLES = Path(__file__).parent.parent / "samples"


def truth(document: Path) -> dict[str, Any]:
    """What stands in the JSON file beside a sample."""
    found: dict[str, Any] = json.loads(document.with_suffix(".json").read_text("utf-8"))
    return found


def expected(document: Path, schema: Schema) -> dict[str, Any]:
    """The data of a sample's record: its truth, null for what is not printed, an IBAN without the gaps it is set in."""
    data = truth(document)["data"]
    empty: dict[str, Any] = {
        name: [] if node.get("type") == "array" else None for name, node in schema.document["properties"].items()
    }
    return {
        **empty,
        **{key: value.replace(" ", "") if key == "iban" and value else value for key, value in data.items()},
    }


def sample(name: str) -> Path:
    """The sample document called `name`, whatever its ending."""
    (found,) = (path for path in SAMPLES.glob(f"{name}.*") if path.suffix != ".json")
    return found


def perfect(document: Path, schema: Schema, changes: Mapping[str, str | None] | None = None) -> tuple[Reading, ...]:
    """A reading of every value that is printed, and an absent one for every field that is not.

    `changes` are texts to read instead, by pointer.
    """
    known = truth(document)
    texts = {**known["texts"], **(changes or {})}
    absent = {leaf.path: None for leaf in schema.leaves if leaf.array is None and leaf.path not in texts}
    return tuple(
        Reading(
            pointer=pointer,
            printed=text,
            page=known["boxes"][pointer][0] if text is not None and pointer in known["boxes"] else None,
            box=tuple(known["boxes"][pointer][1:]) if text is not None and pointer in known["boxes"] else None,
            confidence=0.9,
        )
        for pointer, text in {**texts, **absent}.items()
    )


def entry(
    document: Path | bytes,
    schema: Schema,
    readings: Iterable[Reading],
    *,
    pages: Iterable[int] = (1,),
    fields: Iterable[str] | None = None,
    finish_reason: str = "stop",
) -> dict[str, Any]:
    """One line of a replay file, as `docpipe extract --record` writes it."""
    content = document if isinstance(document, bytes) else document.read_bytes()
    reply = asdict(Reply(readings=tuple(readings), model="recorded-1"))
    return {
        "task": "extract",
        "sha256": hashlib.sha256(content).hexdigest(),
        "pages": list(pages),
        "schema_hash": schema.hash,
        **({} if fields is None else {"fields": sorted(fields)}),
        "reply": {**reply, "finish_reason": finish_reason},
    }


def write_replay(path: Path, entries: Iterable[Mapping[str, Any]]) -> str:
    """Write a replay file; the name to give to `--model`."""
    path.write_text("".join(f"{json.dumps(line)}\n" for line in entries), "utf-8")
    return f"replay:{path}"


def replay_of(document: Path, path: Path, schema: str = "invoice", **changes: str | None) -> str:
    """A replay file for one sample of one window, read perfectly but for `changes` (total="1.00")."""
    loaded = load_schema(schema)
    readings = perfect(document, loaded, {f"/{name}": text for name, text in changes.items()})
    pages = range(1, 1 + max(box[0] for box in truth(document)["boxes"].values()))
    return write_replay(path, [entry(document, loaded, readings, pages=pages)])
