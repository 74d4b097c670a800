"""The evidence on the digital samples: right values are found where they stand, wrong ones are never confirmed."""

from __future__ import annotations

import json
import random
import string
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from docpipe.ground import ground
from docpipe.ingest import open_source
from docpipe.normalise import normalise
from docpipe.render import Renderer
from docpipe.schema import Schema, load_schema
from docpipe.settings import Settings
from docpipe.types import Box, PageText, Reading, Value

SAMPLES = Path(__file__).resolve().parent.parent / "samples"
PLANTED, ELSEWHERE = 200, 50


@dataclass(frozen=True)
class Sample:
    """A sample document with a text layer, and its truth. `boxes` are page number and box by pointer."""

    name: str
    schema: Schema
    data: Mapping[str, Any]
    texts: Mapping[str, str]
    boxes: Mapping[str, tuple[int, Box]]
    pages: tuple[PageText, ...]

    def read(self, changed: Mapping[str, str] | None = None, *, boxes: bool = False) -> dict[str, Value]:
        """The grounded values of a reply that says what the page says, but for what is `changed`."""
        readings = []
        for pointer, text in {**self.texts, **(changed or {})}.items():
            page, box = self.boxes.get(pointer, (None, None))
            readings.append(Reading(pointer, text, page, box if boxes else None, 0.9))
        values, _ = normalise(readings, self.schema, "reader", self.pages)
        values, _ = ground(values, self.pages, self.schema)
        return {value.pointer: value for value in values if value.pointer in self.texts}


@pytest.fixture(scope="module")
def samples() -> list[Sample]:
    """Every sample whose pages have a text layer that is no scanner's."""
    return list(_samples())


def _samples() -> Iterator[Sample]:
    with Renderer(Settings()) as renderer:
        for path in sorted(SAMPLES.glob("*.json")):
            truth = json.loads(path.read_text("utf-8"))
            if "look" not in truth or truth["look"] != "digital":
                continue
            (document,) = (file for file in SAMPLES.glob(f"{path.stem}.*") if file.suffix != ".json")
            source = open_source(document, max_file_mb=100)
            pages = tuple(text for page in renderer.pages(source) if (text := renderer.text(page)) is not None)
            if not pages or any(page.origin != "layer" for page in pages):
                continue
            name = truth["schema"]
            yield Sample(
                name=path.stem,
                schema=load_schema(SAMPLES / name if name.endswith(".json") else name),
                data=truth["data"],
                texts=truth["texts"],
                boxes={p: (box[0], (box[1], box[2], box[3], box[4])) for p, box in truth["boxes"].items()},
                pages=pages,
            )


@pytest.mark.parametrize("boxes", [False, True], ids=["without boxes", "with boxes"])
def test_right_values_are_verified_where_they_stand(samples: list[Sample], boxes: bool) -> None:
    """Of right readings 90% are verified, 97% lie in their true box, none is changed, none is found on another line."""
    statuses: Counter[str] = Counter()
    inside = 0
    astray = []
    for sample in samples:
        for pointer, value in sample.read(boxes=boxes).items():
            statuses[value.status] += 1
            page, (x0, y0, x1, y1) = sample.boxes[pointer]
            if value.box is None:
                continue
            x, y = (value.box[0] + value.box[2]) / 2, (value.box[1] + value.box[3]) / 2
            inside += value.page == page and x0 <= x <= x1 and y0 <= y <= y1
            if value.status == "verified" and (value.page != page or not y0 - 2 <= y <= y1 + 2):
                astray.append((sample.name, pointer, value.text))
    count = statuses.total()
    assert len(samples) >= 30
    assert statuses["verified"] >= 0.9 * count, statuses
    assert inside >= 0.97 * count
    assert statuses["corrected"] + statuses["conflict"] <= 0.01 * count, statuses
    assert astray == []


@pytest.mark.parametrize("boxes", [False, True], ids=["without boxes", "with boxes"])
def test_planted_errors_are_found(samples: list[Sample], boxes: bool) -> None:
    """Of 200 values with one character changed, 50 of which then stand elsewhere on the page, none is verified.

    99 of 100 are mended or contradicted, and what is mended is mended to what the page says.
    """
    planted = _planted(samples, random.Random(20260101))
    assert sum(len(changes) for changes in planted.values()) == PLANTED
    outcomes: Counter[str] = Counter()
    wrong = []
    for sample in samples:
        changes = planted.get(sample.name, {})
        if not changes:
            continue
        values, truth = sample.read(changes, boxes=boxes), sample.read()
        for pointer, text in changes.items():
            value = values[pointer]
            outcomes[value.status] += 1
            mended = value.status == "corrected" and value.value == truth[pointer].value
            if not mended and value.status != "conflict":
                wrong.append((sample.name, pointer, sample.texts[pointer], text, value.status, value.text))
    assert outcomes["verified"] == 0, wrong
    assert len(wrong) <= 0.01 * PLANTED, wrong


def _planted(samples: list[Sample], chance: random.Random) -> dict[str, dict[str, str]]:
    """One changed character for some values of every sample: by sample and pointer, what is read instead."""
    places = [(sample, pointer) for sample in samples for pointer in sample.texts]
    chance.shuffle(places)
    elsewhere = list(_elsewhere(places, chance))[:ELSEWHERE]
    used = {(sample.name, pointer) for sample, pointer, _ in elsewhere}
    left = [(s, p) for s, p in places if (s.name, p) not in used and any(c.isalnum() for c in s.texts[p])]
    rest = [(s, p, _changed(s.texts[p], chance)) for s, p in left[: PLANTED - len(elsewhere)]]
    planted: dict[str, dict[str, str]] = defaultdict(dict)
    for sample, pointer, text in [*elsewhere, *rest]:
        planted[sample.name][pointer] = text
    return planted


def _elsewhere(places: list[tuple[Sample, str]], chance: random.Random) -> Iterator[tuple[Sample, str, str]]:
    """The values that one changed character makes another word of their page."""
    for sample, pointer in places:
        text, page = sample.texts[pointer], sample.boxes[pointer][0]
        words = {word.text for of in sample.pages if of.page.number == page for word in of.words}
        others = sorted(word for word in words if len(word) == len(text) and _one_apart(word, text))
        if others:
            yield sample, pointer, chance.choice(others)


def _one_apart(one: str, other: str) -> bool:
    differing = [(a, b) for a, b in zip(one, other, strict=True) if a != b]
    return len(differing) == 1 and all(a.isalnum() and b.isalnum() for a, b in differing)


def _changed(text: str, chance: random.Random) -> str:
    at = chance.choice([place for place, letter in enumerate(text) if letter.isalnum()])
    pool = (
        string.digits
        if text[at].isdigit()
        else string.ascii_lowercase
        if text[at].islower()
        else string.ascii_uppercase
    )
    return text[:at] + chance.choice([letter for letter in pool if letter != text[at]]) + text[at + 1 :]


def test_planted_absences_are_not_confirmed(samples: list[Sample]) -> None:
    """A value for a field that the page has not is never verified: neither another document's nor the page's own."""
    confirmed = []
    for number, sample in enumerate(samples):
        for leaf in sample.schema.leaves:
            pointer = leaf.path
            if leaf.array is not None or pointer in sample.texts or leaf.type == "boolean" or leaf.enum:
                continue
            for donor in (samples[number - 1], sample):
                text = next((t for p, t in donor.texts.items() if p.count("/") == 1 and p != "/currency"), None)
                if text is None or leaf.key == "currency":
                    continue
                values, _ = normalise(
                    [*_readings(sample), Reading(pointer, text)], sample.schema, "reader", sample.pages
                )
                values, _ = ground(values, sample.pages, sample.schema)
                planted = next(value for value in values if value.pointer == pointer)
                if planted.status == "verified":
                    confirmed.append((sample.name, pointer, text))
    assert confirmed == []


def _readings(sample: Sample) -> list[Reading]:
    return [Reading(pointer, text, sample.boxes[pointer][0]) for pointer, text in sample.texts.items()]
