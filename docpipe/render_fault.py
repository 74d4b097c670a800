"""What the render child found wrong with a document, on its way to the error that the parent raises."""

from __future__ import annotations

import re


class Fault(Exception):
    """`kind` names a class of docpipe.errors; `message` says what is wrong, without the document's name."""

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(message)
        self.kind = kind
        self.message = message


def out_of_memory(said: object) -> bool:
    """Whether an error or a warning of MuPDF means that there was no memory left."""
    return re.search(r"malloc|calloc|realloc|out of memory|cannot allocate", str(said), re.IGNORECASE) is not None
