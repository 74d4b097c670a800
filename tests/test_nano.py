"""nano around its weights: one page or many, absent or endless, through transformers, and with damaged files.

The network here is small and its weights are random: what it answers is nonsense, but always the same nonsense.
"""

from __future__ import annotations

import shutil
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from PIL import Image, ImageDraw
from safetensors.torch import load_file

from docpipe import nano
from docpipe.errors import ModelNotLoaded, UsageError
from docpipe.models import nano as backend
from docpipe.nano import characters
from docpipe.nano.auto import NanoConfig, NanoForConditionalGeneration
from docpipe.nano.layers import LOGITS, mixture
from docpipe.nano.page import CELL, ROUND, ink
from docpipe.nano.processor import IMAGE, IMAGE_ID, NanoProcessor, character_tokenizer, new_processor
from docpipe.nano.reading import Ask, answer, look, question, starts
from docpipe.nano.training import export
from docpipe.nano.training.going_on import take_up
from docpipe.schema import load_schema
from docpipe.settings import Settings
from docpipe.types import Page, ReadRequest, Source, View

SMALL: dict[str, Any] = {
    "eye": (8, 8, 16),
    "blocks": 1,
    "width": 32,
    "heads": 4,
    "page_layers": 1,
    "text_layers": 1,
    "query_layers": 2,
    "mouth_layers": 1,
    "character_width": 8,
    "max_value": 24,
}
ASKS = [
    Ask(("Invoice No.", "Rechnungsnummer"), ("invoice number",)),
    Ask((), ("What is the total?",)),
    Ask(("Total",), (), "amount"),
    Ask(("a label that is much longer than fourteen characters",), ("x",), "date"),
]


def picture(*texts: str, size: tuple[int, int] = (400, 300)) -> Image.Image:
    """A white picture with a line of print for each text."""
    image = Image.new("RGB", size, "white")
    draw = ImageDraw.Draw(image)
    for number, text in enumerate(texts):
        draw.text((20, 20 + 40 * number), text, fill="black")
    return image


def page_of(image: Image.Image) -> torch.Tensor:
    """The ink of a picture."""
    return torch.from_numpy(ink(np.asarray(image)))


def view_of(image: Image.Image, number: int = 1) -> View:
    """A picture as a view of a page at 110 dpi."""
    pixels: NDArray[np.uint8] = np.asarray(image)
    scale = 72 / 110
    source = Source("a.png", "0" * 64, "image/png")
    page = Page(source, number, pixels.shape[1] * scale, pixels.shape[0] * scale)
    return View(page, 110.0, None, pixels, (0.0, 0.0, scale, scale))


@pytest.fixture(scope="module")
def model() -> NanoForConditionalGeneration:
    """A small network with random weights."""
    torch.manual_seed(4)
    network: NanoForConditionalGeneration = NanoForConditionalGeneration(NanoConfig(**SMALL)).eval()
    return network


@pytest.fixture(scope="module")
def shipped(model: NanoForConditionalGeneration, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that the export command makes of a run that gave these weights."""
    run, to = tmp_path_factory.mktemp("run"), tmp_path_factory.mktemp("weights")
    torch.save({"model": model.state_dict()}, run / "checkpoint.pt")
    (run / "log.jsonl").write_text("".join(f'{{"step": {step}, "loss": 1.0}}\n' for step in range(1000)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(export, "NanoConfig", lambda: NanoConfig(**SMALL))
        export.export(run, to)
    return to


def test_weights_may_be_the_mean_of_two(
    model: NanoForConditionalGeneration, shipped: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Half-way between a checkpoint of zeros and the weights of a folder every number is half of what it was."""
    zeros = {name: torch.zeros_like(value) for name, value in model.state_dict().items()}
    torch.save({"model": zeros}, tmp_path / "checkpoint.pt")
    monkeypatch.setattr(export, "NanoConfig", lambda: NanoConfig(**SMALL))
    mean, whole = load_file(export.export(tmp_path, tmp_path / "to", shipped)), load_file(shipped / "model.safetensors")
    assert mean.keys() == whole.keys()
    assert all(torch.equal(mean[name].float(), (whole[name].float() / 2).half().float()) for name in whole)


@pytest.fixture
def reader(shipped: Path, monkeypatch: pytest.MonkeyPatch) -> backend.Nano:
    """nano behind the model seam, with the small weights, in full precision."""
    monkeypatch.setattr(nano, "WEIGHTS", shipped)
    return backend.Nano("nano", Settings(device="cpu", dtype="float32"))


def close(a: Any, b: Any) -> bool:
    """Two answers that say the same with the same confidence, to what float32 can tell."""
    same = replace(a, confidence=0, yes=0, label=0) == replace(b, confidence=0, yes=0, label=0)
    return same and np.allclose([a.confidence, a.yes, a.label], [b.confidence, b.yes, b.label], atol=1e-5)


def test_a_question_is_answered_alike_alone_and_among_others(model: NanoForConditionalGeneration) -> None:
    """What else is asked of a page changes no answer."""
    sight = look(model, page_of(picture("Invoice No. 123", "Total 55.30", "Date 2024-01-05")))
    memory = model.memorise(sight)
    together = answer(model, sight, memory, ASKS, most=20)
    assert any(a.text for a in together)
    for ask, among in zip(ASKS, together, strict=True):
        (alone,) = answer(model, sight, memory, [ask], most=20)
        assert close(alone, among), ask


def test_pages_of_different_sizes_are_read_alike_alone_and_together(model: NanoForConditionalGeneration) -> None:
    """A batch of two pages gives the ids and logits that each page gives alone, to the last cell at its edge."""
    processor = new_processor()
    pictures = [picture("Invoice No. 123", "Total 55.30"), picture("Somme 12", size=(208, 352))]
    ImageDraw.Draw(pictures[1]).rectangle((60, 0, 207, 351), outline="black", width=5)
    texts = ["Total:", "What is the number of the invoice?"]
    inputs = processor(images=pictures, text=texts, return_tensors="pt", padding=True)
    both, logits = model.generate(**inputs), model(**inputs).logits
    for row, (image, text) in enumerate(zip(pictures, texts, strict=True)):
        inputs = processor(images=image, text=text, return_tensors="pt")
        alone = model.generate(**inputs)
        assert torch.allclose(model(**inputs).logits[0], logits[row], atol=1e-5)
        said = [ids[ids.index(IMAGE_ID) :] for ids in (alone[0].tolist(), both[row].tolist())]
        assert characters.decode(said[0][1:-1])
        assert said[1][: len(said[0])] == said[0]
        assert set(said[1][len(said[0]) :]) <= {characters.BLANK}


def test_generation_says_the_likeliest_character_at_every_step(model: NanoForConditionalGeneration) -> None:
    """The ids of `generate` are the argmax of the logits that `forward` gives for them."""
    inputs = new_processor()(images=picture("Total 55.30"), text="Total:", return_tensors="pt")
    ids = model.generate(**inputs, max_new_tokens=10)[:, inputs["input_ids"].shape[1] :]
    begun = torch.cat([torch.tensor([[characters.BEGIN]]), ids[:, :-1]], 1)
    output = model(**inputs, decoder_input_ids=begun)
    assert output.logits.shape == (1, ids.shape[1], characters.SIZE)
    said = output.logits.argmax(-1)[0].tolist()
    count = min(10, len(said))
    assert said[:count] == ids[0, :count].tolist()


def test_changed_pixels_change_what_is_read(model: NanoForConditionalGeneration) -> None:
    """Other print gives other logits and another answer; the same print the same."""
    processor = new_processor()
    outputs = []
    for text in ("Total 55.30", "Total 55.30", "Summe 8"):
        inputs = processor(images=picture(text), text="Total:", return_tensors="pt")
        with torch.no_grad():
            outputs.append((model(**inputs).logits, model.generate(**inputs).tolist()))
    assert torch.equal(outputs[0][0], outputs[1][0])
    assert outputs[0][1] == outputs[1][1]
    assert not torch.allclose(outputs[0][0], outputs[2][0])
    assert outputs[0][1] != outputs[2][1]


def test_what_stands_nowhere_is_absent(model: NanoForConditionalGeneration, monkeypatch: pytest.MonkeyPatch) -> None:
    """A question whose likeliest place is "nowhere" has no text, no box and the probability of that."""
    sight = look(model, page_of(picture("Invoice No. 123", "Total 55.30")))
    memory = model.memorise(sight)
    before = answer(model, sight, memory, ASKS, most=20)
    real = model.ask

    def second_is_gone(*given: Any) -> Any:
        found = real(*given)
        found.start[1, -1] = 50.0
        return found

    monkeypatch.setattr(model, "ask", second_is_gone)
    after = answer(model, sight, memory, ASKS, most=20)
    assert (after[1].text, after[1].box, after[1].token) == (None, None, -1)
    assert after[1].confidence == pytest.approx(1.0)
    assert all(close(a, b) for i, (a, b) in enumerate(zip(before, after, strict=True)) if i != 1)


def test_questions_of_few_strings_and_of_many_are_answered_in_their_order(
    model: NanoForConditionalGeneration, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They are asked apart, and what comes back is what each is answered alone; a printed label is asked for alone."""
    sight = look(model, page_of(picture("Invoice No. 123", "Total 55.30")))
    memory = model.memorise(sight)
    many = Ask(("Total", "Amount due", "Gesamtbetrag", "Totaal"), ("total",), "amount")
    asks = [many, ASKS[0], replace(many, near=(4.0, 3.0), printed="Total"), ASKS[1]]
    sizes = []
    real = model.ask

    def asking(*given: Any) -> Any:
        sizes.append((given[1].asked, given[1].which.shape[1]))
        return real(*given)

    monkeypatch.setattr(model, "ask", asking)
    together = answer(model, sight, memory, asks, most=20)
    assert sizes == [(3, 3), (1, 7)]
    alone = [answer(model, sight, memory, [ask], most=20)[0] for ask in asks]
    assert all(close(a, b) for a, b in zip(together, alone, strict=True))


def test_attention_in_bfloat16_is_what_the_fused_kernel_makes() -> None:
    """In parts, with a bias and without one, to the precision of its numbers."""
    queries, keys, values = (torch.randn(2, 4, count, 48).bfloat16() for count in (700, 500, 500))
    bias = torch.where(torch.rand(2, 1, 1, 500) < 0.3, -1e4, 0.0).bfloat16()
    assert LOGITS < 2 * 4 * 700 * 500
    for given in (None, bias):
        fused = torch.nn.functional.scaled_dot_product_attention(queries, keys, values, attn_mask=given)
        torch.testing.assert_close(mixture(queries, keys, values, given), fused, atol=0.02, rtol=0.02)


def test_an_answer_that_is_nowhere_is_empty_text(model: NanoForConditionalGeneration, monkeypatch: Any) -> None:
    """Through transformers an absent answer is no text at all."""
    real = model.ask

    def gone(*given: Any) -> Any:
        found = real(*given)
        found.start[:, -1] = 50.0
        return found

    monkeypatch.setattr(model, "ask", gone)
    inputs = new_processor()(images=picture("Total 55.30"), text="Total:", return_tensors="pt")
    assert model.generate(**inputs)[0].tolist() == [*inputs["input_ids"][0].tolist(), characters.END]


def test_a_blank_page_is_answered(model: NanoForConditionalGeneration) -> None:
    """A page without ink has blank cells to look at, and no print."""
    sight = look(model, page_of(picture()))
    assert sight.read.shape[0] == ROUND - 1
    assert len(answer(model, sight, model.memorise(sight), ASKS)) == len(ASKS)


@pytest.mark.parametrize(("bias", "rows"), [(50.0, 5), (-50.0, 0)])
def test_arrays_end(reader: backend.Nano, monkeypatch: pytest.MonkeyPatch, bias: float, rows: int) -> None:
    """Where everything looks like a row there are as many as are allowed; where nothing does there are none."""
    monkeypatch.setattr(backend, "MOST_ROWS", 5)
    torch.nn.init.constant_(reader._model.asker.mask_bias, bias)
    schema = load_schema("invoice")
    view = view_of(picture(*(f"{i} Widget {i * 3}.00" for i in range(6))))
    (reply,) = reader.extract([ReadRequest((view,), schema)])
    pointers = {reading.pointer for reading in reply.readings}
    numbers = {int(p.split("/")[2]) for p in pointers if p.startswith("/line_items/")}
    assert numbers == set(range(rows))
    assert {leaf.path for leaf in schema.leaves if leaf.array is None} <= pointers


def test_rows_start_in_reading_order_and_apart(model: NanoForConditionalGeneration) -> None:
    """Of tokens that touch, one is a start; starts come from the top down."""
    sight = look(model, page_of(picture(*(f"{i} Widget" for i in range(6)))))
    torch.manual_seed(0)
    (found,) = starts(model, sight, [Ask((), ("line items",), "starts")])
    tokens = [token for token, _ in found]
    places = sight.places[tokens]
    assert places[:, 1].tolist() == sorted(places[:, 1].tolist())
    for i, a in enumerate(places):
        assert all((a - b).abs().max() > 1.01 for b in places[:i])


def test_pages_and_requests_are_independent(reader: backend.Nano) -> None:
    """Two requests in one call give what two calls give, each reading on its own page."""
    schema = load_schema("receipt")
    views = [view_of(picture("Total 55.30")), view_of(picture("Summe 8", "MwSt 2"), 2)]
    together = list(reader.extract(ReadRequest((view,), schema) for view in views))
    for view, reply in zip(views, together, strict=True):
        (alone,) = reader.extract([ReadRequest((view,), schema)])
        assert alone.readings == reply.readings
        assert {r.page for r in reply.readings if r.printed} <= {view.page.number}


def test_boxes_lie_on_the_page(reader: backend.Nano) -> None:
    """A view finer than nano reads comes down, and its boxes still are points of the page."""
    image = picture("Invoice No. 123", "Total 55.30").resize((1200, 900))
    fine = replace(view_of(image), dpi=330.0, to_page=(0.0, 0.0, 72 / 330, 72 / 330))
    reply = reader.answer([fine], "What is the total?")
    (reading,) = reply.readings
    assert reading.printed
    assert reading.box is not None
    x0, y0, x1, y1 = reading.box
    slack = CELL * 72 / 110
    assert -slack <= x0 < x1 <= 400 * 72 / 110 + slack
    assert -slack <= y0 < y1 <= 304 * 72 / 110 + slack


def test_strings_are_spelled_once(reader: backend.Nano, monkeypatch: pytest.MonkeyPatch) -> None:
    """A second page with the same schema has none of its labels spelled again, and the same page reads alike."""
    schema = load_schema("receipt")
    spelled: list[int] = []
    real = reader._model.asker.texts

    def counted(strings: Any, table: Any) -> Any:
        spelled.append(len(strings))
        return real(strings, table)

    monkeypatch.setattr(reader._model.asker, "texts", counted)
    view = view_of(picture("Total 55.30"))
    (first,) = reader.extract([ReadRequest((view,), schema)])
    assert sum(spelled) >= len({label for leaf in schema.leaves for label in leaf.labels[:2]})
    spelled.clear()
    (second,) = reader.extract([ReadRequest((view,), schema)])
    assert spelled == []
    assert first.readings == second.readings


@pytest.mark.parametrize(
    ("text", "ask"),
    [
        ("Invoice No.:", Ask(("Invoice No.",), ())),
        (" Total : ", Ask(("Total",), ())),
        ("What is the total?", Ask((), ("What is the total?",))),
        ("invoice number", Ask((), ("invoice number",))),
        (":", Ask((), (":",))),
    ],
)
def test_a_text_that_ends_in_a_colon_is_a_label(text: str, ask: Ask) -> None:
    """`Label:` asks for what stands beside that label, anything else is a question or a name."""
    assert question(text) == ask


@pytest.mark.parametrize("text", ["Total due: 12,50 €", "“Größe” – naïve…", "e\u0301té", "A\u00a0B", "漢字 12"])
def test_the_tokenizer_has_nanos_ids(text: str) -> None:
    """Transformers' tokenizer encodes as nano was trained, and decodes to the same text."""
    tokenizer = character_tokenizer()
    ids = tokenizer(text)["input_ids"]
    assert ids == characters.encode(text)
    assert tokenizer.decode([*ids, characters.END], skip_special_tokens=True) == characters.decode(ids)
    assert tokenizer.convert_tokens_to_ids(IMAGE) == IMAGE_ID == characters.SIZE


def test_the_processor_comes_back_as_it_was_saved(tmp_path: Path) -> None:
    """A saved processor loads through AutoProcessor and gives the same tensors."""
    from transformers import AutoProcessor

    first = new_processor()
    first.save_pretrained(tmp_path)
    second = AutoProcessor.from_pretrained(tmp_path)
    assert type(second) is NanoProcessor
    images = [picture("Total 55.30"), picture("A", size=(100, 200))]
    a, b = (p(images=images, text=["Total:", "What?"], return_tensors="pt", padding=True) for p in (first, second))
    assert set(a) == set(b) == {"input_ids", "attention_mask", "pixel_values", "image_sizes"}
    assert all(torch.equal(a[key], b[key]) for key in a)
    assert a["image_sizes"].tolist() == [[304, 400], [208, 112]]


def test_the_processor_believes_a_pictures_resolution() -> None:
    """A picture of 260 dpi comes down to half; one that says nothing counts as an A4 page; none is enlarged."""
    processor = new_processor().image_processor
    fine = picture("Total 55.30", size=(800, 640))
    fine.info["dpi"] = (260, 260)
    assert processor(fine)["image_sizes"].tolist() == [[320, 400]]
    unknown = picture("Total 55.30", size=(2480, 3508))
    height, width = processor(unknown)["image_sizes"][0]
    assert 1504 <= height <= 1536
    assert 1056 <= width <= 1088
    assert processor(picture("A", size=(64, 32)))["image_sizes"].tolist() == [[32, 64]]


def test_the_image_text_to_text_pipeline_answers_a_chat(shipped: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A chat message of an image and a text gets the answer that the network gives to it."""
    from transformers import pipeline

    monkeypatch.setattr(nano, "WEIGHTS", shipped)
    read = pipeline("image-text-to-text", model=nano.path(), device="cpu")
    image = picture("Invoice No. 123", "Total 55.30")
    chat = [{"role": "user", "content": [{"type": "image", "image": image}, {"type": "text", "text": "Total:"}]}]
    (said,) = read(text=chat, return_full_text=False, max_new_tokens=12)
    sight = look(read.model, page_of(image.convert("L")))
    (expected,) = answer(read.model, sight, read.model.memorise(sight), [question("Total:")], most=12)
    assert said["generated_text"] == expected.text != ""
    both = read(text=[chat, chat], return_full_text=False, max_new_tokens=12, batch_size=2)
    assert [one["generated_text"] for (one,) in both] == [expected.text] * 2


def test_a_question_without_a_page_is_refused(model: NanoForConditionalGeneration) -> None:
    """Text alone, or a way of decoding that nano does not have, is an error that says what to do."""
    inputs = new_processor()(text="Total:", return_tensors="pt")
    with pytest.raises(UsageError, match=r"pixel_values holds 0.*at least one image"):
        model.generate(**inputs)
    inputs = new_processor()(images=picture("Total 55.30"), text="Total:", return_tensors="pt")
    with pytest.raises(UsageError, match="num_beams=4"):
        model.generate(**inputs, num_beams=4)


@pytest.mark.parametrize("dtype", ["auto", "float16", "bfloat16"])
def test_the_weights_load_through_the_auto_class(shipped: Path, model: Any, tmp_path: Path, dtype: str) -> None:
    """Half precision on disk, full in memory whatever is asked for, and the same again after a round trip."""
    from transformers import AutoModelForImageTextToText

    assert {value.dtype for value in load_file(shipped / "model.safetensors").values()} == {torch.float16}
    loaded = AutoModelForImageTextToText.from_pretrained(shipped, dtype=dtype)
    assert type(loaded) is NanoForConditionalGeneration
    loaded.save_pretrained(tmp_path)
    again = AutoModelForImageTextToText.from_pretrained(tmp_path)
    for name, value in model.state_dict().items():
        assert loaded.state_dict()[name].dtype == torch.float32
        assert torch.equal(loaded.state_dict()[name], value.half().float())
        assert torch.equal(again.state_dict()[name], value.half().float())


def test_everybody_may_read_the_weights(shipped: Path) -> None:
    """Every file that is exported can be read by others than its owner, so that an installation by root works."""
    assert {path.name for path in shipped.iterdir() if not path.stat().st_mode & 0o004} == set()


def test_the_export_keeps_a_thin_log(shipped: Path) -> None:
    """The log that ships has its last line and no more than a few hundred others."""
    lines = (shipped / "log.jsonl").read_text().splitlines()
    assert len(lines) <= export.LOG_LINES + 1
    assert lines[-1] == '{"step": 999, "loss": 1.0}'
    kept = export.thinned(['{"step": 1}', '{"step": 1, "held_out": {"value": 0.5}}', '{"step": 2}', '{"step": 3}'], 1)
    assert kept == ['{"step": 1}', '{"step": 1, "held_out": {"value": 0.5}}', '{"step": 3}']


def test_a_deeper_network_starts_by_answering_as_the_weights_it_takes_up(shipped: Path, tmp_path: Path) -> None:
    """Layers that exported weights lack change no answer; a network that lacks some of theirs does not take them up."""
    start = Path(shutil.copytree(shipped, tmp_path / "start"))
    (start / "log.jsonl").write_text('{"step": 1000, "pages": 4000}\n')
    deeper = NanoForConditionalGeneration(NanoConfig(**SMALL | {"page_layers": 3, "query_layers": 3})).eval()
    deeper.quiet()
    assert take_up(deeper, start) == (1000, 4000)
    page = page_of(picture("Invoice No. 123", "Total 55.30"))
    half = NanoForConditionalGeneration.from_pretrained(shipped).eval()
    sights = [look(one, page) for one in (half, deeper)]
    said = [answer(one, sight, one.memorise(sight), ASKS) for one, sight in zip((half, deeper), sights, strict=True)]
    assert any(a.text for a in said[0])
    assert all(close(a, b) for a, b in zip(*said, strict=True))
    with pytest.raises(ModelNotLoaded, match=r"not weights of this network: mouth\.layers\.0"):
        take_up(NanoForConditionalGeneration(NanoConfig(**SMALL | {"mouth_layers": 0})), start)


def test_an_eye_that_rests_learns_nothing(model: NanoForConditionalGeneration) -> None:
    """Where the reader needs no gradient, neither the eye nor what it feeds through gets one; what looks at it does."""
    resting = deepcopy(model)
    for part in (resting.eye, resting.eye_norm, resting.reader):
        part.requires_grad_(requires_grad=False)
    with torch.enable_grad():
        sight = look(resting, page_of(picture("Total 55.30")))
        sight.tokens.sum().backward()  # type: ignore[no-untyped-call]
    assert not sight.read.requires_grad
    assert all(p.grad is None for p in resting.eye.parameters())
    assert resting.merge.weight.grad is not None


def test_a_run_without_a_checkpoint_is_not_exported(tmp_path: Path) -> None:
    """The error names the file that is missing and the command that makes it."""
    with pytest.raises(ModelNotLoaded, match=r"checkpoint\.pt: there is no checkpoint.*training\.train"):
        export.export(tmp_path, tmp_path / "to")


def cut(file: Path) -> None:
    """Lose the end of a file."""
    file.write_bytes(file.read_bytes()[:-1000])


def turn_a_bit(file: Path) -> None:
    """Change one bit in the middle of a file."""
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(data)


@pytest.mark.parametrize(
    ("name", "fault", "said"),
    [
        ("model.safetensors", cut, "model.safetensors: damaged"),
        ("model.safetensors", turn_a_bit, "model.safetensors: damaged"),
        ("tokenizer.json", turn_a_bit, "tokenizer.json: damaged"),
        ("config.json", Path.unlink, "config.json: a file of nano's weights is missing"),
        ("SHA256", Path.unlink, "nano's weights are missing"),
    ],
)
def test_damaged_weights_are_named(
    shipped: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, fault: Any, said: str
) -> None:
    """A file that is cut, changed by a bit or gone is named, with how to get it back, before anything is read."""
    copy = tmp_path / "weights"
    shutil.copytree(shipped, copy)
    fault(copy / name)
    monkeypatch.setattr(nano, "WEIGHTS", copy)
    with pytest.raises(ModelNotLoaded) as error:
        backend.Nano("nano", Settings(device="cpu"))
    assert said in str(error.value)
    assert "reinstall docpipe" in str(error.value)
