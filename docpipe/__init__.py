"""Documents become validated, typed values, each with its page, its box, its confidence and its evidence.

    record = docpipe.extract("invoice.pdf", schema="invoice")
    record.data["total"], record.values[0].box

Every name is imported when it is first used, so that `import docpipe` costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from docpipe.errors import DocpipeError as DocpipeError
    from docpipe.errors import MissingDependency as MissingDependency
    from docpipe.errors import ModelError as ModelError
    from docpipe.errors import RenderError as RenderError
    from docpipe.errors import SchemaError as SchemaError
    from docpipe.errors import SettingsError as SettingsError
    from docpipe.errors import SourceError as SourceError
    from docpipe.errors import UnknownModel as UnknownModel
    from docpipe.errors import UsageError as UsageError
    from docpipe.export import dumps as dumps
    from docpipe.export import printable as printable
    from docpipe.ingest import expand as expand
    from docpipe.job import Progress as Progress
    from docpipe.models import Model as Model
    from docpipe.models import list_models as list_models
    from docpipe.pipeline import Pipeline as Pipeline
    from docpipe.pipeline import extract as extract
    from docpipe.schema import Schema as Schema
    from docpipe.schema import infer_schema as infer_schema
    from docpipe.schema import list_schemas as list_schemas
    from docpipe.schema import load_schema as load_schema
    from docpipe.settings import Settings as Settings
    from docpipe.settings import load_settings as load_settings
    from docpipe.types import Notice as Notice
    from docpipe.types import PageText as PageText
    from docpipe.types import Reading as Reading
    from docpipe.types import ReadRequest as ReadRequest
    from docpipe.types import Record as Record
    from docpipe.types import Reply as Reply
    from docpipe.types import Value as Value
    from docpipe.types import View as View

__version__ = "0.1.0"

_HOME = {
    "DocpipeError": "errors",
    "MissingDependency": "errors",
    "Model": "models",
    "ModelError": "errors",
    "Notice": "types",
    "PageText": "types",
    "Pipeline": "pipeline",
    "Progress": "job",
    "ReadRequest": "types",
    "Reading": "types",
    "Record": "types",
    "RenderError": "errors",
    "Reply": "types",
    "Schema": "schema",
    "SchemaError": "errors",
    "Settings": "settings",
    "SettingsError": "errors",
    "SourceError": "errors",
    "UnknownModel": "errors",
    "UsageError": "errors",
    "Value": "types",
    "View": "types",
    "dumps": "export",
    "expand": "ingest",
    "extract": "pipeline",
    "infer_schema": "schema",
    "list_models": "models",
    "list_schemas": "schema",
    "load_schema": "schema",
    "load_settings": "settings",
    "printable": "export",
}

__all__ = [*_HOME, "__version__"]


def __getattr__(name: str) -> object:
    if name not in _HOME:
        raise AttributeError(f"module docpipe has no attribute {name!r}")
    return getattr(import_module(f"docpipe.{_HOME[name]}"), name)


def __dir__() -> list[str]:
    return sorted(__all__)
