"""One A4 invoice with 20 line items is read by nano and by others; prints seconds, ratios and peak memory.

    python tests/benchmarks/nano_speed.py [--threads 2] [--runs 5] [--only nano,tesseract-150,tesseract-300,...]

Each reader runs warm, in a process of its own, on the same page. nano answers every field of the invoice schema and
every cell of its items; Tesseract and RapidOCR only read the page, at 150 dpi, and Tesseract once more at 300 dpi, as
its documentation advises. The shapes of SmolVLM-256M and of Donut-base are built with random weights and made to write
as many characters as the page's true values have, counted as three to a token: random weights take as long as trained
ones. Times are medians; the large shapes run once. "Right" are the characters in those words of the page's true values
that a reader gave, each as often as it gave it: nano in its readings, the others anywhere on the page.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

ITEMS = 20
CHARACTERS_A_TOKEN = 3.0
READERS = ("nano", "tesseract-150", "tesseract-300", "rapidocr", "smolvlm", "donut")
WORDS = ("steel", "oak", "cable", "lamp", "frame", "panel", "bolt", "hinge", "valve", "filter", "gasket", "sensor")


def invoice() -> tuple[bytes, list[str]]:
    """A PDF of one A4 page, and the values printed on it that the invoice schema asks for."""
    import pymupdf

    document = pymupdf.open()
    page = document.new_page(width=595, height=842)
    values: list[str] = []

    def put(x: float, y: float, text: str, *, size: float = 9, value: bool = False) -> None:
        page.insert_text((x, y), text, fontsize=size, fontname="helv")
        if value:
            values.append(text)

    put(50, 60, "Northgate Supplies Ltd", size=14, value=True)
    put(50, 76, "14 Harbour Road, Bristol BS1 5TY", value=True)
    put(50, 120, "Bill to")
    put(50, 134, "Amberley Workshops", value=True)
    for number, (label, text) in enumerate(
        (
            ("Invoice No.", "NS-2024-0381"),
            ("Invoice date", "18 March 2024"),
            ("Due date", "17 April 2024"),
            ("Order No.", "PO-77120"),
            ("VAT No.", "GB 394 8812 04"),
        )
    ):
        put(360, 120 + 15 * number, label)
        put(450, 120 + 15 * number, text, value=True)
    for x, head in ((50, "Description"), (320, "Qty"), (380, "Unit price"), (480, "Amount")):
        put(x, 230, head)
    subtotal = 0
    for row in range(ITEMS):
        y = 250 + 20 * row
        quantity, price = 1 + row * 7 % 12, 495 + row * 1385 % 9000
        subtotal += quantity * price
        name = f"{WORDS[row % len(WORDS)].title()} {WORDS[(row * 5 + 3) % len(WORDS)]} {100 + row * 13} mm"
        put(50, y, name, value=True)
        put(320, y, str(quantity), value=True)
        put(380, y, f"{price / 100:.2f}", value=True)
        put(480, y, f"{quantity * price / 100:,.2f}", value=True)
    tax = round(subtotal * 0.2)
    for number, (label, cents) in enumerate((("Subtotal", subtotal), ("VAT 20%", tax), ("Total GBP", subtotal + tax))):
        put(380, 680 + 16 * number, label)
        put(480, 680 + 16 * number, f"{cents / 100:,.2f}", value=True)
    put(50, 760, "Payment within 30 days to GB29 NWBK 6016 1331 9268 19", value=True)
    return bytes(document.tobytes()), values


def warm(work: Callable[[], Any], runs: int) -> float:
    """Median seconds of `work` after one run that does not count."""
    work()
    times = []
    for _ in range(runs):
        begun = time.perf_counter()
        work()
        times.append(time.perf_counter() - begun)
    return statistics.median(times)


def peak_mb(who: int = resource.RUSAGE_SELF) -> float:
    """The most memory that this process, or the largest of its children, had in RAM. Linux counts in kB.

    Linux counts for a child at least what its parent had when it started the child.
    """
    return resource.getrusage(who).ru_maxrss * (1 if sys.platform == "darwin" else 1024) / 1e6


def right(folder: Path, said: Iterable[str]) -> str:
    """How many characters of the page's true values stand in words that were given."""
    wanted = Counter(word for value in _values(folder) for word in value.split())
    given = wanted & Counter(word for text in said for word in text.split())
    return f"right {sum(len(w) * n for w, n in given.items()) / sum(len(w) * n for w, n in wanted.items()):.1%}"


def nano(folder: Path, threads: int, runs: int, dtype: str) -> dict[str, Any]:
    """Seconds to load, to encode the page and to decode all its values, and memory with the renderer's child."""
    from docpipe.ingest import open_source
    from docpipe.render import Renderer
    from docpipe.schema import load_schema
    from docpipe.settings import load_settings
    from docpipe.types import ReadRequest

    settings = load_settings(dtype=dtype)
    with Renderer(settings) as renderer:  # before torch is loaded: see peak_mb
        (page,) = renderer.pages(open_source(folder / "page.pdf"))
        view = renderer.view(page, dpi=settings.dpi)
    begun = time.perf_counter()
    import torch

    from docpipe.models.nano import Nano

    torch.set_num_threads(threads)
    model = Nano("nano", settings)
    load = time.perf_counter() - begun
    request = ReadRequest((view,), load_schema("invoice"))
    readings = next(iter(model.extract([request]))).readings
    with torch.no_grad(), model._precision():
        encode = warm(lambda: model._see(view), runs)
    total = warm(lambda: list(model.extract([request])), runs)
    return {
        "load_s": load,
        "encode_s": encode,
        "decode_s": total - encode,
        "page_s": total,
        "peak_mb": peak_mb() + peak_mb(resource.RUSAGE_CHILDREN),
        "said": f"{model._dtype}".removeprefix("torch.")
        + f", {len(readings)} readings, {sum(len(r.printed or '') for r in readings)} characters, "
        + right(folder, [r.printed or "" for r in readings]),
    }


def tesseract(folder: Path, threads: int, runs: int, dpi: int) -> dict[str, Any]:
    """Seconds for the program, its start included."""
    program = shutil.which("tesseract")
    if program is None:
        return {"missing": "the program tesseract is not installed (apt install tesseract-ocr)"}
    command = [program, str(folder / f"page-{dpi}.png"), "-", "--dpi", str(dpi)]
    environment = {**os.environ, "OMP_THREAD_LIMIT": str(threads), "OMP_NUM_THREADS": str(threads)}
    text = subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout
    seconds = warm(lambda: subprocess.run(command, env=environment, capture_output=True, check=True), runs)
    return {
        "page_s": seconds,
        "peak_mb": peak_mb(resource.RUSAGE_CHILDREN),
        "said": f"{len(text)} characters, {right(folder, [text])}",
    }


def rapidocr(folder: Path, threads: int, runs: int, dtype: str) -> dict[str, Any]:
    """Seconds for detection and recognition with the models that ship in its wheel."""
    del dtype
    begun = time.perf_counter()
    try:
        from rapidocr import RapidOCR
    except ImportError as error:
        return {"missing": f"{error} (pip install 'docpipe[verify]')"}
    engine = RapidOCR(params={"EngineConfig.onnxruntime.intra_op_num_threads": threads, "Global.log_level": "error"})
    load = time.perf_counter() - begun
    said = engine(str(folder / "page-150.png")).txts or ()
    seconds = warm(lambda: engine(str(folder / "page-150.png")), runs)
    return {
        "load_s": load,
        "page_s": seconds,
        "peak_mb": peak_mb(),
        "said": f"{sum(map(len, said))} characters, {right(folder, said)}",
    }


def _generate(model: Any, characters: int, encode: Callable[[], Any], inputs: dict[str, Any]) -> dict[str, Any]:
    """Seconds of one run of a random model that writes `characters` characters."""
    import torch

    tokens = math.ceil(characters / CHARACTERS_A_TOKEN)
    with torch.no_grad():
        encoded = warm(encode, 1)
        begun = time.perf_counter()
        model.generate(**inputs, min_new_tokens=tokens, max_new_tokens=tokens, do_sample=False)
        total = time.perf_counter() - begun
    size = sum(parameter.numel() for parameter in model.parameters())
    said = f"{size / 1e6:.0f} M parameters, {str(model.dtype).removeprefix('torch.')}, {tokens} tokens"
    return {"encode_s": encoded, "decode_s": total - encoded, "page_s": total, "peak_mb": peak_mb(), "said": said}


def _precision(dtype: str) -> Any:
    from docpipe.models.device import precision

    return precision(dtype, "cpu")


def smolvlm(folder: Path, threads: int, runs: int, dtype: str) -> dict[str, Any]:
    """SmolVLM-256M: an A4 page is 4 by 3 tiles of 512 pixels and the whole, 64 tokens each."""
    del runs
    import torch
    from transformers import SmolVLMConfig, SmolVLMForConditionalGeneration

    torch.set_num_threads(threads)
    tiles, image = 13, 49190
    text = {
        "model_type": "llama",
        "vocab_size": 49280,
        "hidden_size": 576,
        "intermediate_size": 1536,
        "num_hidden_layers": 30,
        "num_attention_heads": 9,
        "num_key_value_heads": 3,
        "max_position_embeddings": 8192,
        "tie_word_embeddings": True,
        "pad_token_id": 2,
    }
    vision = {
        "hidden_size": 768,
        "intermediate_size": 3072,
        "num_hidden_layers": 12,
        "num_attention_heads": 12,
        "image_size": 512,
        "patch_size": 16,
    }
    config = SmolVLMConfig(text_config=text, vision_config=vision, scale_factor=4, image_token_id=image)
    model = SmolVLMForConditionalGeneration(config).to(_precision(dtype)).eval()
    pixels = torch.rand(1, tiles, 3, 512, 512, dtype=model.dtype)
    ids = torch.tensor([[*[image] * (64 * tiles), *range(100, 160)]])
    inputs = {"input_ids": ids, "attention_mask": torch.ones_like(ids), "pixel_values": pixels}
    return _generate(model, sum(map(len, _values(folder))), lambda: model.model.get_image_features(pixels), inputs)


def donut(folder: Path, threads: int, runs: int, dtype: str) -> dict[str, Any]:
    """Donut-base: a Swin encoder of 2560 by 1920 pixels and four layers of MBart."""
    del runs
    import torch
    from transformers import DonutSwinConfig, DonutSwinModel, MBartConfig, MBartForCausalLM, VisionEncoderDecoderModel

    torch.set_num_threads(threads)
    eye = DonutSwinConfig(
        image_size=[2560, 1920],
        patch_size=4,
        embed_dim=128,
        depths=[2, 2, 14, 2],
        num_heads=[4, 8, 16, 32],
        window_size=10,
    )
    mouth = MBartConfig(
        vocab_size=57525,
        d_model=1024,
        decoder_layers=4,
        decoder_attention_heads=16,
        decoder_ffn_dim=4096,
        max_position_embeddings=1536,
        is_decoder=True,
        is_encoder_decoder=False,
        add_cross_attention=True,
        scale_embedding=True,
        add_final_layer_norm=True,
    )
    model = VisionEncoderDecoderModel(encoder=DonutSwinModel(eye), decoder=MBartForCausalLM(mouth))
    model = model.to(_precision(dtype)).eval()
    model.generation_config.decoder_start_token_id = 0
    model.generation_config.pad_token_id = 1
    pixels = torch.rand(1, 3, 2560, 1920, dtype=model.dtype)
    return _generate(model, sum(map(len, _values(folder))), lambda: model.encoder(pixels), {"pixel_values": pixels})


def _values(folder: Path) -> list[str]:
    """The true values of the page."""
    values: list[str] = json.loads((folder / "values.json").read_text("utf-8"))
    return values


def main() -> None:
    """Make the page, run each reader in a process of its own, print what it took."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--runs", type=int, default=5, help="counted runs of nano, Tesseract and RapidOCR")
    parser.add_argument("--dtype", default="auto", choices=("auto", "float32", "bfloat16"))
    parser.add_argument("--only", default=",".join(READERS), help="readers, with commas between")
    parser.add_argument("--worker", nargs=2, metavar=("READER", "FOLDER"), help=argparse.SUPPRESS)
    plan = parser.parse_args()
    if plan.worker:
        reader, folder = plan.worker
        name, _, dpi = reader.partition("-")
        print(json.dumps(globals()[name](Path(folder), plan.threads, plan.runs, int(dpi) if dpi else plan.dtype)))
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        data, values = invoice()
        (folder / "page.pdf").write_bytes(data)
        (folder / "values.json").write_text(json.dumps(values), "utf-8")
        import pymupdf

        for dpi in (150, 300):
            pymupdf.open(stream=data)[0].get_pixmap(dpi=dpi).save(folder / f"page-{dpi}.png")
        print(
            f"A4, {ITEMS} line items, {len(values)} values, {sum(map(len, values))} characters; {plan.threads} threads"
        )
        found: dict[str, dict[str, Any]] = {}
        for reader in plan.only.split(","):
            found[reader] = result = _run(reader, folder, plan)
            if "missing" in result:
                print(f"{reader}: not measured: {result['missing']}")
                continue
            parts = [
                f"{k.removesuffix('_s')} {result[k]:.2f} s" for k in ("load_s", "encode_s", "decode_s") if k in result
            ]
            against = found.get("nano", {}).get("page_s")
            ratio = f", nano takes {against / result['page_s']:.3f} of it" if against and reader != "nano" else ""
            memory = f"peak {result['peak_mb']:.0f} MB"
            print(f"{reader}: {result['page_s']:.2f} s a page{ratio} ({', '.join([*parts, memory, result['said']])})")


def _run(reader: str, folder: Path, plan: argparse.Namespace) -> dict[str, Any]:
    if reader not in READERS:
        return {"missing": f"known are {', '.join(READERS)}"}
    command = [sys.executable, __file__, "--worker", reader, str(folder), "--dtype", plan.dtype]
    command += ["--threads", str(plan.threads), "--runs", str(plan.runs)]
    environment = {**os.environ, "OMP_NUM_THREADS": str(plan.threads), "HF_HUB_OFFLINE": "1"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        return {"missing": (done.stderr.strip().splitlines() or [f"it ended with {done.returncode}"])[-1]}
    result: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return result


if __name__ == "__main__":
    main()
