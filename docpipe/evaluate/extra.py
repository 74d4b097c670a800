"""The name of a package of the extra `eval` becomes the package, or an error that says how to get it."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from docpipe.errors import MissingDependency

PACKAGES = {
    "anls_star": "anls-star",
    "table_recognition_metric": "table-recognition-metric",
    "scipy": "scipy",
    "ir_measures": "ir-measures",
}


def package(name: str) -> Any:
    """The module called `name`; raises MissingDependency when it is not installed."""
    try:
        return import_module(name)
    except ImportError as error:
        known = PACKAGES.get(name.partition(".")[0], name)
        raise MissingDependency(
            f"{known}, which computes this measure, is not installed", hint="pip install 'docpipe[eval]'"
        ) from error


def require() -> None:
    """Import those that documents are measured with; raises MissingDependency for the first that is not installed."""
    for name in ("anls_star", "table_recognition_metric", "scipy"):
        package(name)
