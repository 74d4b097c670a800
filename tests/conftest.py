"""What holds for every test: nothing is fetched, and settings of the machine do not reach in."""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, settings

os.environ["HF_HUB_OFFLINE"] = "1"
# A busy machine is slow at making examples; that says nothing about the code.
settings.register_profile("docpipe", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("docpipe")


@pytest.fixture(autouse=True)
def no_settings_of_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """A DOCPIPE_* variable of whoever runs the tests changes nothing."""
    for name in list(os.environ):
        if name.startswith("DOCPIPE_"):
            monkeypatch.delenv(name)
