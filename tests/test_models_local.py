"""Checkpoints of real architectures, with random weights, go the whole way from a picture to readings."""

from __future__ import annotations

import json
import pickle
import weakref
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import torch
from jsonschema import Draft202012Validator
from safetensors.torch import load_file, save_file
from transformers import AutoProcessor

from docpipe.errors import MissingDependency, ModelError, ModelNotLoaded, ModelTimeout, ReplyInvalid, UnknownModel
from docpipe.ingest import open_source
from docpipe.models import open_model
from docpipe.models.answers import question
from docpipe.models.decoding import Bounds, Wanted, decoding_schema
from docpipe.models.local import Local
from docpipe.pipeline import Pipeline
from docpipe.schema import list_schemas, load_schema
from docpipe.settings import Settings, load_settings
from docpipe.types import ReadRequest, View
from tests import tiny_models
from tests.readings import SAMPLES
from tests.views import view

# PaliGemma's processor hands tensors to numpy 2 in a way that only warns.
pytestmark = [
    pytest.mark.filterwarnings("ignore:__array__ implementation doesn't accept a copy:DeprecationWarning"),
    pytest.mark.usefixtures("one_thread"),
]
SHORT = Bounds(text=8, rows=2, groups=2, cells=2)
NOTE = load_schema(
    {
        "title": "Note",
        "type": "object",
        "properties": {
            "total": {"type": ["number", "null"], "x-labels": ["Total"]},
            "paid": {"type": ["boolean", "null"]},
            "kind": {"type": ["string", "null"], "enum": ["bill", "credit", None]},
            "rows": {
                "type": "array",
                "items": {"type": "object", "properties": {"item": {"type": ["string", "null"]}}},
            },
        },
    }
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the checkpoints of these tests lie."""
    return tmp_path_factory.mktemp("checkpoints")


@cache
def loaded(family: str, folder: Path, bounds: Bounds = SHORT) -> Local:
    """The checkpoint of a family, written and loaded once."""
    place = folder / family
    if not place.exists():
        tiny_models.save(family, place)
    return Local(str(place), settings(), bounds)


def settings(**more: Any) -> Settings:
    """Room for random replies on a slow machine."""
    return load_settings(**{"device": "cpu", "page_timeout_s": 300, **more})


def first_logits(model: Local, *seeds: int) -> torch.Tensor:
    """The logits after the prompt, for a batch of pictures, (batch, vocabulary)."""
    asks = [question([view(seed=seed)], "Total?", (), page_tokens=99) for seed in seeds]
    inputs, _ = model._inputs(asks)
    with torch.inference_mode():
        logits: torch.Tensor = model.checkpoint.model(**inputs).logits[:, -1].float()
        return logits


def answer_or_loop(model: Local, shown: View) -> Iterator[str]:
    """The pointer of an answer, which is empty; weights without sense may run in circles, and that is said."""
    try:
        yield from (reading.pointer for reading in model.answer([shown], "What is the total?").readings)
    except ReplyInvalid as error:
        yield error.message.rpartition("the reply ")[2]


def assert_follows(raw: str, request: ReadRequest, bounds: Bounds) -> None:
    """The reply is JSON that validates against the schema it was to be held to."""
    schema = decoding_schema(Wanted.by(request), bounds)
    Draft202012Validator(schema).validate(json.loads(raw))


@pytest.mark.parametrize("family", tiny_models.FAMILIES)
def test_a_checkpoint_of_this_family_reads_and_answers(family: str, folder: Path) -> None:
    """It loads, is asked in its own form, sees the pixels, keeps to the schema, and reads two pages as it reads one."""
    model = loaded(family, folder)
    assert model.checkpoint.kind == family

    one, two = first_logits(model, 1), first_logits(model, 2)
    assert float((one - two).abs().max()) > 1e-3, "other pixels, same logits"

    requests = [ReadRequest((view(seed=1),), NOTE), ReadRequest((view(seed=2, width=230, height=150),), NOTE)]
    single = [next(iter(model.extract([request]))) for request in requests]
    for request, reply, batched in zip(requests, single, model.extract(requests), strict=True):
        assert_follows(reply.raw, request, SHORT)
        assert batched.raw == reply.raw
        assert [r.confidence for r in batched.readings] == pytest.approx(
            [r.confidence for r in reply.readings], abs=1e-4
        )
        assert reply.finish_reason == "stop"
        assert {"/total", "/paid", "/kind"} <= {reading.pointer for reading in reply.readings}

    answers = tuple(answer_or_loop(model, view(seed=1)))
    assert len(answers) == 1
    assert answers[0] in ("", "repeats itself")


@pytest.mark.parametrize("family", tiny_models.FAMILIES)
@pytest.mark.parametrize("seed", [1, 2])
def test_random_weights_of_this_family_keep_to_the_schema(family: str, seed: int, folder: Path) -> None:
    """Two more sets of random weights each, on a form."""
    model = loaded(family, folder)
    tiny_models.shake(model.checkpoint.model, seed)
    request = ReadRequest((view(seed=seed),), load_schema("form"))
    (reply,) = model.extract([request])
    assert_follows(reply.raw, request, SHORT)
    tiny_models.shake(model.checkpoint.model, 0)


@pytest.mark.parametrize("schema", list_schemas(), ids=lambda schema: schema.name)
def test_a_hundred_random_replies_keep_to_the_shipped_schemas(schema: Any, folder: Path) -> None:
    """Thirteen sets of random weights on each of the eight shipped schemas; every reply parses and validates."""
    model = loaded("llava", folder)
    for seed in range(13):
        tiny_models.shake(model.checkpoint.model, 100 + seed)
        request = ReadRequest((view(seed=seed),), schema)
        (reply,) = model.extract([request])
        assert_follows(reply.raw, request, SHORT)
        assert reply.finish_reason == "stop"
    tiny_models.shake(model.checkpoint.model, 0)


def test_several_pages_and_turns_are_shown_together(folder: Path) -> None:
    """Two pages make one request; a later question sees the pictures, the question before and its answer."""
    model = loaded("llava", folder)
    request = ReadRequest((view(1, seed=1), view(2, seed=2)), NOTE)
    (reply,) = model.extract([request])
    assert_follows(reply.raw, request, SHORT)
    said = json.loads(reply.raw)
    pages = {reading.pointer: reading.page for reading in reply.readings}
    assert (pages["/total"], pages["/paid"]) == (said["total (page)"], said["paid (page)"])
    assert [pages[f"/rows/{number}/item"] for number in range(len(said["rows"]))] == [r["(page)"] for r in said["rows"]]
    plain = question([view(seed=1)], "Total?", (), page_tokens=99)
    later = question([view(seed=1)], "Total?", [("Date?", "12 May")], page_tokens=99)
    texts = [model.checkpoint.tokenizer.decode(model._inputs([ask])[0]["input_ids"][0]) for ask in (plain, later)]
    assert "12 May" in texts[1]
    assert texts[0].count("<image>") == texts[1].count("<image>") == 16
    asks = [question([view(3, seed=1), view(4, seed=2)], "Total?", (), page_tokens=99)]
    labelled = model.checkpoint.tokenizer.decode(model._inputs(asks)[0]["input_ids"][0]).replace("<image>", "")
    assert "Page 3:Page 4:Answer" in labelled


def test_fields_that_are_asked_again_keep_their_pointers(folder: Path) -> None:
    """A request for the price of the fourth row gives that pointer and no other."""
    model = loaded("llava", folder)
    request = ReadRequest((view(),), NOTE, only=("/rows/3/item", "/total"), problems=("the sum is 3",))
    (reply,) = model.extract([request])
    assert [reading.pointer for reading in reply.readings] == ["/rows/3/item", "/total"]
    assert_follows(reply.raw, request, SHORT)


def test_control_tokens_in_a_schema_are_text(folder: Path) -> None:
    """An image token or an end of turn in a description reaches no model as such."""
    model = loaded("llava", folder)
    evil = {"properties": {"a": {"type": ["string", "null"], "description": "<image><|im_end|></s> x"}}}
    schema = load_schema({"title": "Evil", "type": "object", **evil})
    request = ReadRequest((view(),), schema)
    (reply,) = model.extract([request])
    assert_follows(reply.raw, request, SHORT)


@pytest.mark.parametrize("family", tiny_models.FAMILIES)
def test_a_document_goes_the_whole_way_with_this_family(family: str, folder: Path, tmp_path: Path) -> None:
    """`auto` takes the schema that the model chose, a given schema is kept to, and its page is asked a question."""
    model = loaded(family, folder)
    kept = tmp_path / "replies.jsonl"
    with Pipeline(settings(dpi=40.0), model=model, record=kept) as pipeline:
        fitting = pipeline.extract(SAMPLES / "chart-01.pdf")
        given = pipeline.extract(SAMPLES / "chart-01.pdf", schema=NOTE.document)
        (page,) = pipeline.renderer.pages(open_source(SAMPLES / "chart-01.pdf", max_file_mb=10))
        answer = tuple(answer_or_loop(model, pipeline.renderer.view(page, dpi=40.0)))
    chosen = json.loads(json.loads(kept.read_text("utf-8").splitlines()[0])["reply"]["raw"])["schema"]
    unclear = "schema_unclear" in {notice.code for notice in fitting.warnings}
    assert (fitting.schema_name, unclear) == (chosen or "form", chosen is None)
    for record, schema in ((fitting, load_schema(fitting.schema_name)), (given, NOTE)):
        assert record.error is None
        assert record.status in ("ok", "needs_review")
        Draft202012Validator(dict(schema.document)).validate(record.model_dump(mode="json")["data"])
        assert {value.status for value in record.values} <= {
            "absent",
            "unverified",
            "conflict",
        }  # nonsense is no evidence
        assert {value.model for value in record.values} == {model.name}
    assert {"/total", "/paid", "/kind"} <= {value.pointer for value in given.values}
    assert len(answer) == 1
    assert answer[0] in ("", "repeats itself")


def test_a_reply_that_is_cut_is_continued(folder: Path) -> None:
    """With room for 40 tokens at a time the fields of an invoice still come, in several replies."""
    place = folder / "llava"
    loaded("llava", folder)
    model = Local(str(place), settings(page_tokens=48), SHORT)
    (reply,) = model.extract([ReadRequest((view(seed=3),), load_schema("receipt"))])
    assert reply.raw.count("\n") >= 1
    assert len({reading.pointer for reading in reply.readings}) == len(reply.readings) >= 5


def test_a_model_that_runs_in_circles_is_ended_at_once(folder: Path) -> None:
    """One that writes the same letter for ever is ended long before its cap, at both attempts, and nothing is taken."""
    loaded("llava", folder)
    model = Local(str(folder / "llava"), settings(), Bounds(text=2000))
    words = model.checkpoint.tokenizer.get_vocab()
    letter, nulls = words["a"], [number for word, number in words.items() if word.startswith("n")]
    steps = []

    def always(module: object, args: object, logits: torch.Tensor) -> torch.Tensor:
        del module, args
        steps.append(len(logits))
        logits[..., letter] += 1000
        logits[..., nulls] -= 1000
        return logits

    text = load_schema({"title": "Text", "type": "object", "properties": {"all": {"type": ["string", "null"]}}})
    model.checkpoint.model.lm_head.register_forward_hook(always)
    with pytest.raises(ReplyInvalid, match="repeats itself: it repeats 'a' from character"):
        list(model.extract([ReadRequest((view(),), text)]))
    assert len(steps) < 2 * 150


def test_a_model_that_takes_too_long_is_ended(folder: Path) -> None:
    """Past its time for a page the reply ends; where nothing was read, the error says so."""
    loaded("llava", folder)
    model = Local(str(folder / "llava"), settings(page_timeout_s=0.001), SHORT)
    with pytest.raises(ModelTimeout, match="took too long"):
        list(model.extract([ReadRequest((view(),), NOTE)]))


def test_a_question_longer_than_the_model_can_take_is_refused(folder: Path) -> None:
    """The message says how long it is, how long it may be, and what to do."""
    model = loaded("vision-encoder-decoder", folder)
    with pytest.raises(ModelError, match="one page at a time"):
        list(model.extract([ReadRequest((view(1), view(2)), NOTE)]))
    loaded("llava", folder)
    short = tiny_models.save("llava", folder / "short")
    config = json.loads((short / "config.json").read_text("utf-8"))
    config["text_config"]["max_position_embeddings"] = 64
    (short / "config.json").write_text(json.dumps(config), "utf-8")
    with pytest.raises(ModelError, match="takes 64 together"):
        list(Local(str(short), settings(), SHORT).extract([ReadRequest((view(),), NOTE)]))


class Bomb:
    """An object that writes a file when it is unpickled."""

    def __init__(self, target: Path) -> None:
        self.target = target

    def __reduce__(self) -> tuple[Any, ...]:
        return (Path.write_text, (self.target, "it ran"))


def test_a_pickle_is_refused_and_not_opened(folder: Path, tmp_path: Path) -> None:
    """Weights as a pickle raise, and nothing of it is run; beside safetensors it is left alone."""
    loaded("llava", folder)
    target = tmp_path / "ran"
    poisoned = tmp_path / "poisoned"
    tiny_models.save("llava", poisoned)
    bomb = pickle.dumps({"weights": Bomb(target)})
    (poisoned / "pytorch_model.bin").write_bytes(bomb)
    Local(str(poisoned), settings())
    (poisoned / "model.safetensors").unlink()
    with pytest.raises(ModelNotLoaded, match="a pickle, which can run code"):
        open_model(str(poisoned), settings())
    assert not target.exists()
    pickle.loads(bomb)  # the bomb is one
    assert target.read_text("utf-8") == "it ran"


def test_code_that_a_checkpoint_brings_is_not_run(tmp_path: Path) -> None:
    """A configuration, a model and a processor of its own raise, and their modules are not imported."""
    target = tmp_path / "ran"
    for part in ("config.json", "processor_config.json"):
        place = tiny_models.save("llava", tmp_path / part.split(".")[0])
        (place / "evil.py").write_text(f"open({str(target)!r}, 'w').write('it ran')\nclass Evil: pass\n", "utf-8")
        found = json.loads((place / part).read_text("utf-8"))
        auto = ("AutoConfig", "AutoModelForImageTextToText") if part == "config.json" else ("AutoProcessor",)
        found["auto_map"] = dict.fromkeys(auto, "evil.Evil")
        if part == "config.json":
            found["model_type"] = "evil"
        (place / part).write_text(json.dumps(found), "utf-8")
        if part == "config.json":
            with pytest.raises(ModelNotLoaded, match="brings code of its own"):
                Local(str(place), settings())
        else:  # a class that transformers has itself is taken instead
            model = Local(str(place), settings())
            assert type(model.checkpoint.processor).__module__.startswith("transformers.")
    assert not target.exists()


def test_a_checkpoint_without_some_weights_or_with_damaged_ones_is_refused(tmp_path: Path) -> None:
    """Weights that are missing would be random, so they raise; so does a file that ends too early."""
    place = tiny_models.save("llava", tmp_path / "llava")
    weights = load_file(place / "model.safetensors")
    lacking = next(name for name in weights if "q_proj" in name)
    save_file({k: v for k, v in weights.items() if k != lacking}, place / "model.safetensors", {"format": "pt"})
    with pytest.raises(ModelNotLoaded, match="1 weights are missing"):
        Local(str(place), settings())
    (place / "model.safetensors").write_bytes((place / "model.safetensors").read_bytes()[:1000])
    with pytest.raises(ModelNotLoaded, match="cannot be loaded"):
        Local(str(place), settings())


@pytest.mark.parametrize("family", tiny_models.VIDEO)
def test_a_processor_with_a_part_for_video_is_made_without_it(family: str, folder: Path) -> None:
    """transformers cannot make it without torchvision; its image processor and its tokenizer are all it needs here."""
    place = folder / family
    loaded(family, folder)
    with pytest.raises((ImportError, TypeError, AttributeError, ValueError)):
        AutoProcessor.from_pretrained(place)
    assert "video_processor" in json.loads((place / "processor_config.json").read_text("utf-8"))


@pytest.mark.parametrize("lacks", ["torchvision", "num2words"])
def test_what_a_processor_lacks_is_named_with_the_command_that_gets_it(
    lacks: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A fast image processor that exists for torchvision only, and SmolVLM without num2words, are typed errors."""
    place = tiny_models.save("smolvlm", tmp_path / "smolvlm")
    if lacks == "num2words":
        monkeypatch.setattr("transformers.models.smolvlm.processing_smolvlm.num2words", None)
    else:
        found = json.loads((place / "processor_config.json").read_text("utf-8"))
        found["image_processor"]["image_processor_type"] = "Sam2ImageProcessor"
        (place / "processor_config.json").write_text(json.dumps(found), "utf-8")
    with pytest.raises(MissingDependency, match=lacks) as caught:
        Local(str(place), settings())
    assert "pip install" in str(caught.value.hint)


def test_a_name_that_is_nowhere_is_an_unknown_model(tmp_path: Path) -> None:
    """Neither a folder nor in the hub's cache: the message says where it was looked for, and how to get it."""
    with pytest.raises(UnknownModel, match='no model is called "nobody/nothing": no folder, no checkpoint') as caught:
        open_model("nobody/nothing", settings())
    assert str(caught.value.hint).startswith("hf download nobody/nothing --local-dir FOLDER")
    with pytest.raises(UnknownModel, match=r"no folder \(docpipe models list\)"):
        open_model(str(tmp_path / "nothing"), settings())
    (tmp_path / "empty").mkdir()
    with pytest.raises(ModelNotLoaded, match=r"has no config\.json"):
        open_model(str(tmp_path / "empty"), settings())


@pytest.mark.parametrize("name", ["nano", "llava"])
@pytest.mark.parametrize("device", ["cuda:7", "meta", "gpu"])
def test_a_device_that_is_not_there_is_refused_with_the_next_step(device: str, name: str, folder: Path) -> None:
    """A GPU that is missing, a device without memory and a name that is none: before anything is loaded."""
    loaded("llava", folder)
    with pytest.raises(ModelNotLoaded, match=f"device {device} cannot be used: ") as caught:
        open_model(name if name == "nano" else str(folder / name), settings(device=device))
    assert str(caught.value.hint).startswith("--device cpu")
    assert len(caught.value.message) < 300
    built = torch.version.cuda is not None
    assert ("pytorch.org" in str(caught.value.hint)) == (device == "cuda:7" and not built)


def test_the_precision_asked_for_is_that_of_weights_and_arithmetic(folder: Path, tmp_path: Path) -> None:
    """Single precision on a CPU whatever the checkpoint has, halves where asked for; the schema holds in all."""
    loaded("llava", folder)
    request = ReadRequest((view(seed=1),), NOTE)
    for asked, has in (("auto", "float32"), ("float32", "float32"), ("bfloat16", "bfloat16"), ("float16", "float16")):
        model = Local(str(folder / "llava"), settings(dtype=asked), SHORT)
        assert {str(weight.dtype) for weight in model.checkpoint.model.parameters()} == {f"torch.{has}"}
        assert f"{has} on cpu" in model.about
        (reply,) = model.extract([request])
        assert_follows(reply.raw, request, SHORT)
        assert all(0 <= (reading.confidence or 0) <= 1 for reading in reply.readings)
    model.checkpoint.model.save_pretrained(tmp_path)
    model.checkpoint.processor.save_pretrained(tmp_path)
    assert {weight.dtype for weight in load_file(tmp_path / "model.safetensors").values()} == {torch.float16}
    assert Local(str(tmp_path), settings(), SHORT).checkpoint.model.dtype == torch.float32


def test_a_batch_that_does_not_fit_is_read_in_halves(folder: Path) -> None:
    """The allocator refuses batches of more than one: same replies, and what a batch held is free when it is halved."""
    loaded("llava", folder)
    model = Local(str(folder / "llava"), settings(), SHORT)
    requests = [ReadRequest((view(seed=seed),), NOTE) for seed in range(5)]
    single = [next(model.extract([request])).raw for request in requests]
    held: list[weakref.ref[torch.Tensor]] = []
    sizes: list[int] = []
    fits = 1

    def allocate(module: object, args: object, kwargs: dict[str, torch.Tensor]) -> None:
        del module, args
        assert [tensor() for tensor in held] == [None] * len(held), "the batch that failed is still in memory"
        mine = torch.ones(len(kwargs["input_ids"]))
        held.append(weakref.ref(mine))
        sizes.append(len(mine))
        if len(mine) > fits:
            torch.empty(1 << 47, len(mine), dtype=torch.uint8)  # more than any address space has

    hook = model.checkpoint.model.register_forward_pre_hook(allocate, with_kwargs=True)
    assert [reply.raw for reply in model.extract(requests)] == single
    assert [size for size in sizes if size > 1] == [5, 2, 3, 2]
    fits = 0
    with pytest.raises(ModelError, match="cpu has not enough memory for one page") as caught:
        model.answer([view()], "Total?")
    assert "--dpi 80" in str(caught.value.hint)
    hook.remove()
