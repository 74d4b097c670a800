"""A LLaVA projector with random weights for a language model of llama.cpp: pictures in, embeddings out, as a GGUF."""

from __future__ import annotations

from pathlib import Path

import gguf
import numpy as np

SIDE, PATCH, WIDTH, HEADS, BLOCKS = 56, 14, 32, 4, 2
TOKENS = (SIDE // PATCH) ** 2  # that a picture becomes


def save_projector(file: Path, width: int, seed: int = 0) -> Path:
    """Write a CLIP encoder of two blocks and its projection to embeddings of `width`, the language model's own."""
    draw = np.random.default_rng(seed)
    writer = gguf.GGUFWriter(file, "clip")
    writer.add_bool("clip.has_vision_encoder", True)
    writer.add_bool("clip.use_gelu", True)
    writer.add_string("clip.projector_type", "mlp")
    numbers = {
        "image_size": SIDE,
        "patch_size": PATCH,
        "embedding_length": WIDTH,
        "feed_forward_length": 2 * WIDTH,
        "projection_dim": width,
        "block_count": BLOCKS,
        "attention.head_count": HEADS,
    }
    for name, number in numbers.items():
        writer.add_uint32(f"clip.vision.{name}", number)
    writer.add_float32("clip.vision.attention.layer_norm_epsilon", 1e-5)
    writer.add_array("clip.vision.image_mean", [0.5] * 3)
    writer.add_array("clip.vision.image_std", [0.5] * 3)

    def random(name: str, *shape: int) -> None:
        writer.add_tensor(name, (draw.standard_normal(shape) * 0.3).astype(np.float32))

    def linear(name: str, rows: int, columns: int) -> None:
        random(f"{name}.weight", rows, columns)
        writer.add_tensor(f"{name}.bias", np.zeros(rows, np.float32))

    def norm(name: str) -> None:
        writer.add_tensor(f"{name}.weight", np.ones(WIDTH, np.float32))
        writer.add_tensor(f"{name}.bias", np.zeros(WIDTH, np.float32))

    random("v.class_embd", WIDTH)
    random("v.patch_embd.weight", WIDTH, 3, PATCH, PATCH)
    random("v.position_embd.weight", TOKENS + 1, WIDTH)
    norm("v.pre_ln")
    for block in (f"v.blk.{number}" for number in range(BLOCKS)):
        norm(f"{block}.ln1")
        norm(f"{block}.ln2")
        for part in ("attn_q", "attn_k", "attn_v", "attn_out"):
            linear(f"{block}.{part}", WIDTH, WIDTH)
        linear(f"{block}.ffn_up", 2 * WIDTH, WIDTH)
        linear(f"{block}.ffn_down", WIDTH, 2 * WIDTH)
    norm("v.post_ln")
    linear("mm.0", width, WIDTH)
    linear("mm.2", width, width)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return file
