"""Every error docpipe raises, in one tree.

    DocpipeError
    ├── UsageError                 a flag, a setting or an argument is wrong
    │   ├── SettingsError
    │   ├── SchemaError            a schema is not in the supported subset (names the JSON pointer)
    │   └── UnknownModel
    ├── SourceError                the document cannot be used
    │   ├── SourceNotFound
    │   ├── SourceEmpty
    │   ├── SourceUnsupported      not a type docpipe reads
    │   ├── SourceDamaged          truncated, or not what it claims to be
    │   ├── SourceEncrypted        a password is missing or wrong
    │   └── SourceTooLarge         file size, page count or page size over the limit
    ├── RenderError
    │   ├── RenderTimeout          the render child was killed at its time limit
    │   ├── RenderMemory           the render child ran into its memory limit
    │   └── RenderFailed           the child died or gave no picture
    ├── ModelError
    │   ├── ModelNotLoaded         weights or processor missing, damaged or not usable here
    │   ├── ModelTimeout
    │   ├── ModelUnavailable       server down or refusing (retryable)
    │   ├── ReplyInvalid           the reply is cut, loops, or does not follow the schema
    │   └── ReplyMissing           a replay file has no reply for this request
    ├── StoreError
    │   ├── StoreBusy              locked (retryable)
    │   ├── StoreFull              no space left (retryable)
    │   ├── JobLost                another worker has it
    │   ├── QueryTooLong           a plan ran into its time limit
    │   └── RecordNotFound
    └── MissingDependency          an optional package or program is not installed

A class's docstring is its default message. `hint` is the next step, as a command where there is one.
`retryable` says whether trying again makes sense. `exit_code` is what a command line door returns.
"""

from __future__ import annotations


class DocpipeError(Exception):
    """Something went wrong in docpipe."""

    retryable: bool = False
    exit_code: int = 1

    def __init__(self, message: str | None = None, *, hint: str | None = None) -> None:
        self.message = message or (type(self).__doc__ or "").strip().splitlines()[0]
        self.hint = hint
        super().__init__(self.message)

    def __str__(self) -> str:
        return f"{self.message} ({self.hint})" if self.hint else self.message

    @property
    def code(self) -> str:
        """Stable name of the error in JSON output, the class name in snake case: `source_encrypted`."""
        name = type(self).__name__
        return "".join(f"_{c.lower()}" if c.isupper() and i else c.lower() for i, c in enumerate(name))


class UsageError(DocpipeError):
    """The command was used wrongly."""

    exit_code = 2


class SettingsError(UsageError):
    """A setting is wrong."""


class SchemaError(UsageError):
    """The schema is not supported."""


class UnknownModel(UsageError):
    """No model of this name."""


class SourceError(DocpipeError):
    """The document cannot be used."""

    exit_code = 5


class SourceNotFound(SourceError):
    """The document does not exist."""


class SourceEmpty(SourceError):
    """The document has no bytes."""


class SourceUnsupported(SourceError):
    """The document is of a type that docpipe does not read."""


class SourceDamaged(SourceError):
    """The document is damaged."""


class SourceEncrypted(SourceError):
    """The document is encrypted."""


class SourceTooLarge(SourceError):
    """The document is over a limit."""


class RenderError(DocpipeError):
    """A page could not be rendered."""


class RenderTimeout(RenderError):
    """Rendering took longer than its limit."""


class RenderMemory(RenderError):
    """Rendering needed more memory than its limit."""


class RenderFailed(RenderError):
    """The renderer gave no picture."""


class ModelError(DocpipeError):
    """The model could not read."""


class ModelNotLoaded(ModelError):
    """The model could not be loaded."""


class ModelTimeout(ModelError):
    """The model took longer than its limit."""


class ModelUnavailable(ModelError):
    """The model server does not answer."""

    retryable = True


class ReplyInvalid(ModelError):
    """The model's reply does not follow the schema."""


class ReplyMissing(ModelError):
    """No reply was recorded for this request."""


class StoreError(DocpipeError):
    """The database could not be used."""


class StoreBusy(StoreError):
    """The database is locked by another process."""

    retryable = True


class StoreFull(StoreError):
    """No space is left for the database or its files."""

    retryable = True


class QueryTooLong(StoreError):
    """The answer took too long to compute."""


class JobLost(StoreError):
    """The job is no longer this worker's."""


class RecordNotFound(StoreError):
    """No such record."""

    exit_code = 5


class MissingDependency(DocpipeError):
    """An optional package or program is not installed."""
