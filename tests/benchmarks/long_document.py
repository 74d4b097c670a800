"""A PDF of a thousand pages is drawn and read; prints how much memory that leaves behind, and the time of a page.

python tests/benchmarks/long_document.py [PAGES]
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from docpipe.ingest import open_source
from docpipe.render import Renderer
from docpipe.settings import load_settings
from tests.handmade import many_pages

WARM_UP = 20


def resident_mb(pid: int) -> float:
    """Memory of a process that lies in RAM, from Linux's /proc."""
    pages = int(Path(f"/proc/{pid}/statm").read_text("utf-8").split()[1])
    return pages * os.sysconf("SC_PAGESIZE") / 1e6


def main(count: int) -> None:
    """Draw every page at 110 dpi and read its text layer."""
    with tempfile.TemporaryDirectory() as folder, Renderer(load_settings(max_pages=count)) as renderer:
        path = Path(folder) / "long.pdf"
        path.write_bytes(many_pages(count))
        pages = renderer.pages(open_source(path))
        start = time.perf_counter()
        before = (0.0, 0.0)
        for page in pages:
            renderer.view(page, dpi=110)
            renderer.text(page)
            child = renderer._process.pid
            if page.number == WARM_UP and child is not None:
                before = (resident_mb(os.getpid()), resident_mb(child))
        seconds = time.perf_counter() - start
        child = renderer._process.pid
        after = (resident_mb(os.getpid()), resident_mb(child) if child is not None else 0.0)
    for name, first, last in zip(("docpipe", "render child"), before, after, strict=True):
        print(f"{name}: {last:.0f} MB after {count} pages, {(last - first) / (count - WARM_UP):+.4f} MB a page")
    print(f"{seconds / count * 1000:.0f} ms a page for drawing at 110 dpi and reading 160 words")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
