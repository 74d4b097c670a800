"""The command that prints the README's table, on a public data set in its real layout."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import pytest

from docpipe.schema import load_schema
from tests.benchmarks.figures import HEADS, PICTURES, PUBLIC, cells, figures
from tests.readings import entry, perfect, sample, truth, write_replay


def test_a_data_set_is_a_line_of_the_table(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Two receipts with the key files of SROIE, one of them drawn, read without a fault; the command is shown."""
    sroie = PUBLIC[0]
    place = tmp_path / sroie.folder
    place.mkdir()
    document, schema = sample("receipt-02"), load_schema("receipt")
    known = truth(document)
    keys = {"company": known["data"]["merchant_name"], "date": known["texts"]["/date"], "address": ""}
    lines = []
    for number in range(2):
        content = document.read_bytes() + bytes([number])  # two documents that look the same
        (place / f"00{number}.jpg").write_bytes(content)
        (place / f"00{number}.json").write_text(json.dumps({**keys, "total": known["texts"]["/total"]}), "utf-8")
        lines.append(entry(content, schema, perfect(document, schema)))
    model = write_replay(tmp_path / "replies.jsonl", lines)
    asked = argparse.Namespace(data=tmp_path, model=model, limit=1, record=None)
    line = dict(zip(HEADS, cells(sroie, PICTURES, figures(sroie, place, PICTURES, asked)), strict=True))
    assert float(line.pop("s/page")) >= 0
    assert line == {
        "": "SROIE receipts",
        "documents": "1",
        "read as": "pictures",
        "field F1": "100.0",
        "95 %": "100 to 100",
        "all right": "100.0",
        "ANLS*": "100.0",
        "TEDS": "",
        "adj. F1": "",
        "invented": "",
    }
    assert "--map company=/merchant_name" in capfd.readouterr().err
