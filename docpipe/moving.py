"""A file that is done goes to another folder, under its own name or the next that is free; none is ever overwritten."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path


def move(path: Path, to: Path, unchanged: Callable[[], bool], claim: Callable[[Path], bool]) -> Path:
    """Move `path` to `to`, or to `to (2)` where that is taken; where it went.

    `claim` is called with the place before anything moves, and says whether no other file is meant for it. Raises
    OSError; the file is then where it was. That `unchanged` is false is such an error.
    """
    to.parent.mkdir(parents=True, exist_ok=True)
    first, number = to, 1
    while to.exists() or not claim(to):
        number += 1
        to = first.with_name(f"{first.stem} ({number}){first.suffix}")
    if not unchanged():
        raise OSError(errno.ESTALE, "changed meanwhile")
    try:
        path.replace(to)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        _carry(path, to, unchanged)
    for folder in {to.parent, path.parent}:
        _sync(folder)
    return to


def _carry(path: Path, to: Path, unchanged: Callable[[], bool]) -> None:
    """Move to another file system: the copy is on the disk before the file goes."""
    handle, name = tempfile.mkstemp(prefix=".moving-", dir=to.parent)
    copy = Path(name)
    try:
        with os.fdopen(handle, "wb") as out, path.open("rb") as content:
            shutil.copyfileobj(content, out)
            out.flush()
            os.fsync(out.fileno())
        shutil.copystat(path, copy)
        if not unchanged():
            raise OSError(errno.ESTALE, "changed meanwhile")
        copy.replace(to)
    except BaseException:
        copy.unlink(missing_ok=True)
        raise
    _sync(to.parent)
    path.unlink()


def _sync(folder: Path) -> None:
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
