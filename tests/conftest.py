"""What holds for every test: nothing is fetched, and settings of the machine do not reach in."""

from __future__ import annotations

import os

import pytest

os.environ["HF_HUB_OFFLINE"] = "1"


@pytest.fixture(autouse=True)
def no_settings_of_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """A DOCPIPE_* variable of whoever runs the tests changes nothing."""
    for name in list(os.environ):
        if name.startswith("DOCPIPE_"):
            monkeypatch.delenv(name)
