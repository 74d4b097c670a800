"""Pixels become the words that RapidOCR reads in them. A child of its own, since it takes seconds and may be killed.

Started by render_process as `python -m docpipe.render_ocr PARENT MEMORY_MB TIMEOUT_S`. A request has `height` and
`width`, the bytes after it are RGB. The models are those in RapidOCR's wheel: nothing is fetched.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from docpipe.render_child import main
from docpipe.render_fault import Fault

# In the folder of the package, by the part of RapidOCR that they are for.
_MODELS = {"Det": "PP-OCRv6_det_small.onnx", "Rec": "PP-OCRv6_rec_small.onnx"}
# A line that it is less sure of than this says nothing.
_SURE = 0.5


class Reading:
    """RapidOCR, loaded at the first request."""

    def __init__(self) -> None:
        self._engine: Any = None

    def answer(self, request: Mapping[str, Any], data: bytes) -> tuple[dict[str, Any], bytes]:
        """The words of one picture, each with its box in pixels."""
        if self._engine is None:
            self._engine = _engine()
        pixels = np.frombuffer(data, dtype=np.uint8).reshape(request["height"], request["width"], 3)
        return {"words": read(self._engine, pixels)}, b""


def read(engine: Any, pixels: NDArray[np.uint8]) -> list[tuple[str, tuple[float, float, float, float]]]:
    """Words and their boxes, (x0, y0, x1, y1) in pixels, of a picture (height, width, 3) in RGB."""
    found = engine(np.ascontiguousarray(pixels[:, :, ::-1]), return_word_box=True)
    words = []
    for line in found.word_results or ():
        for text, _, corners in line:
            across, down = [corner[0] for corner in corners], [corner[1] for corner in corners]
            words.append((text, (float(min(across)), float(min(down)), float(max(across)), float(max(down)))))
    return words


def _engine() -> Any:
    spec = find_spec("rapidocr")
    if spec is None or spec.origin is None:
        raise Fault("MissingDependency", "rapidocr is not installed")
    from rapidocr import RapidOCR

    folder = Path(spec.origin).parent / "models"
    models = {f"{part}.model_path": str(folder / name) for part, name in _MODELS.items()}
    for path in models.values():
        if not Path(path).is_file():
            raise Fault("MissingDependency", f"this version of rapidocr has no {path}")
    how = {
        "Global.log_level": "critical",
        "Global.use_cls": False,
        "Global.text_score": _SURE,
        # The child's limit is one of processor time, which threads would use up together.
        "EngineConfig.onnxruntime.intra_op_num_threads": 1,
    }
    return RapidOCR(params={**models, **how})


if __name__ == "__main__":
    main(Reading())
