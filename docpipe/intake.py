"""A file in a watched folder becomes a job: its bytes are kept, through to the disk, before there is a row of it."""

from __future__ import annotations

import fnmatch
import os
import re
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from docpipe.errors import DocpipeError, SourceError, SourceTooLarge
from docpipe.fitting import which_schema
from docpipe.ingest import is_document, look
from docpipe.schema import Schema, load_schema
from docpipe.settings import FolderRule, Settings, settings_file
from docpipe.store import Order, Store, path_text
from docpipe.types import ErrorInfo

AUTO = "auto"
# What programs write to while a file is not whole yet, or that is none of the user's.
NEVER = (".*", "*~", "~$*", "*.tmp", "*.part", "*.partial", "*.crdownload", "*.download", "Thumbs.db", "desktop.ini")
_NEVER = re.compile("|".join(map(fnmatch.translate, NEVER)))


@dataclass(frozen=True)
class Seen:
    """A file as it was seen: its place, and its size and times. It is what was taken as long as these are the same.

    `below` is its path below the folder that is watched, `name` what to call it: that folder as it was given, and this.
    """

    path: Path
    below: str
    name: str
    size: int
    signature: str

    @property
    def key(self) -> str:
        """The file's path as the database knows it."""
        return path_text(self.path)


@dataclass(frozen=True)
class Filter:
    """Which files of a folder are wanted, by patterns of their names or of their paths below it."""

    include: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()

    def admits(self, seen: Seen) -> bool:
        """Whether a file is wanted. Without patterns to include it must be named or built like a document."""
        if _matches(seen, self.ignore):
            return False
        return _matches(seen, self.include) if self.include else is_document(seen.path)


class Intake:
    """Takes files into the store as the settings and their folder rules say. `schema` is for files without a rule.

    Raises SchemaError for a schema that cannot be used.
    """

    def __init__(self, settings: Settings, store: Store, schema: str = AUTO) -> None:
        self._settings = settings
        self._store = store
        self._default = schema
        beside = settings_file()
        root = Path.cwd() if beside is None else beside.parent
        self._rules = sorted(
            (((root / rule.path).resolve(), rule) for rule in settings.folders),
            key=lambda pair: -len(pair[0].parts),
        )
        # A path in docpipe.toml is from its folder, one on the command line from the working folder.
        refs: dict[str, str | Path] = {
            rule.schema_: root / rule.schema_ if (root / rule.schema_).is_file() else rule.schema_
            for _, rule in self._rules
            if rule.schema_ is not None
        }
        refs[schema] = schema
        self._schemas = {name: None if name == AUTO else load_schema(ref) for name, ref in refs.items()}

    @property
    def folders(self) -> list[Path]:
        """The folders that there are rules for, in the order of the settings."""
        given = {rule.path: path for path, rule in self._rules}
        return [given[rule.path] for rule in self._settings.folders]

    def rule(self, path: Path) -> FolderRule | None:
        """The rule for a file whose path is resolved."""
        return next((rule for folder, rule in self._rules if path.is_relative_to(folder)), None)

    def asked(self, path: Path) -> str:
        """The hash of the question that is asked of a file."""
        return self._question(self.rule(path))[1]

    def questions(self) -> set[str]:
        """The hashes of all questions."""
        return {(schema or which_schema()).hash for schema in self._schemas.values()}

    def admits(self, seen: Seen, wanted: Filter) -> bool:
        """Whether a file is to be taken, by what is wanted and by its rule."""
        rule = self.rule(seen.path)
        if rule is not None:
            wanted = Filter((*wanted.include, *rule.include), (*wanted.ignore, *rule.ignore))
        return wanted.admits(seen)

    def take(self, seen: Seen) -> int:
        """Keep a file and make a job of it, unless another watcher was quicker; the job's number.

        A file that cannot be read or is too large becomes a job that failed. Raises SourceError when it changed while
        it was copied, or is gone, and StoreError.
        """
        rule = self.rule(seen.path)
        schema, asked = self._question(rule)
        order = Order(
            path=seen.key,
            name=seen.name,
            signature=seen.signature,
            schema=schema,
            asked=asked,
            rule="" if rule is None else rule.path,
        )
        known = self._store.jobs.taken(order)
        return known if known is not None else take(self._store, order, seen.path, self._settings.max_file_mb)

    def _question(self, rule: FolderRule | None) -> tuple[Schema | None, str]:
        schema = self._schemas[self._default if rule is None or rule.schema_ is None else rule.schema_]
        return schema, (schema or which_schema()).hash


def take(store: Store, order: Order, path: Path, max_file_mb: float) -> int:
    """Keep the file at `path` and make the job of `order` from it; see `Intake.take`."""
    try:
        size = path.stat().st_size
        if size > max_file_mb * 1_000_000:
            why = f"{order.name}: {size / 1e6:,.1f} MB, the limit is {max_file_mb:g} MB"
            raise SourceTooLarge(why, hint="raise max_file_mb in docpipe.toml, then docpipe jobs retry")
        source = look(path, order.name)
    except (OSError, SourceError) as error:
        if signature_of(path) != order.signature:
            raise SourceError(f"{order.name}: changed, or is gone") from error
        return store.jobs.refuse(order, refusal(error))
    # Hashed once more as it is copied: what was written to meanwhile is refused, and taken when it is still.
    return store.order(source, order)


def refusal(error: Exception) -> ErrorInfo:
    """An error as it stands in a job."""
    if isinstance(error, DocpipeError):
        return ErrorInfo(code=error.code, message=error.message, hint=error.hint)
    return ErrorInfo(code="source_error", message=str(error))


def walk(folder: Path, without: Sequence[Path] = ()) -> Iterator[Seen]:
    """Every plain file below a folder as it is now, but for what is hidden or half written, and what lies in `without`.

    Folders that cannot be read, and files that vanish meanwhile, are passed over: the next look may see them.
    """
    top = folder.resolve()
    for root, folders, names in os.walk(top):
        here = Path(root)
        folders[:] = sorted(name for name in folders if not name.startswith(".") and here / name not in without)
        below = here.relative_to(top)
        # There may be very many files: what their paths have in common is worked out once.
        inside, shown = ("" if here == top else f"{below.as_posix()}/"), str(folder / below / "x")[:-1]
        for name in sorted(names):
            if _NEVER.match(name):
                continue
            path = here / name
            try:
                found = path.stat()
            except OSError:
                continue
            if stat.S_ISREG(found.st_mode):
                yield Seen(path, inside + name, shown + name, found.st_size, _signature(found))


def signature_of(path: Path) -> str | None:
    """The size and times of a file, None when it is gone."""
    try:
        return _signature(path.stat())
    except OSError:
        return None


def _signature(found: os.stat_result) -> str:
    # The time of the last change of the file itself tells a copy that kept its time of writing from what it replaced.
    return f"{found.st_size} {found.st_mtime_ns} {found.st_ctime_ns}"


def _matches(seen: Seen, patterns: Sequence[str]) -> bool:
    return any(fnmatch.fnmatch(seen.path.name, p) or fnmatch.fnmatch(seen.below, p) for p in patterns)
