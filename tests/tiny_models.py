"""Checkpoints of real architectures, a few thousand random weights each, written to a folder with real processors."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import torch
import transformers as t
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers

from docpipe.models.stills import without_video
from docpipe.schema import list_schemas

CHATML = (
    "{% for m in messages %}<|im_start|>{{ m['role'] }}\n{% for c in m['content'] %}"
    "{% if c['type'] == 'image' %}<image>{% else %}{{ c['text'] }}{% endif %}{% endfor %}<|im_end|>\n{% endfor %}"
    "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)
# As idefics2 and its kin write it.
IDEFICS = (
    "{% for m in messages %}{{ m['role'].capitalize() }}:{% for c in m['content'] %}"
    "{% if c['type'] == 'image' %}<image>{% else %} {{ c['text'] }}{% endif %}{% endfor %}<end_of_utterance>\n"
    "{% endfor %}"
    "{% if add_generation_prompt %}Assistant:{% endif %}"
)
SPECIAL = (
    "<pad>",
    "<s>",
    "</s>",
    "<unk>",
    "<|im_start|>",
    "<|im_end|>",
    "<image>",
    "<fake_token_around_image>",
    "<global-img>",
    "<end_of_utterance>",
    "<image_placeholder>",
    "<|image|>",
    "<|vision_start|>",
    "<|vision_end|>",
    "<|image_pad|>",
    "<|video_pad|>",
    "<s_docvqa>",
    "<s_question>",
    "</s_question>",
    "<s_answer>",
    "</s_answer>",
    "<loc0000>",
    *(f"<row_{r}_col_{c}>" for r in range(1, 7) for c in range(1, 7)),
)
TEXT = {
    "hidden_size": 32,
    "intermediate_size": 64,
    "num_hidden_layers": 2,
    "num_attention_heads": 4,
    "num_key_value_heads": 2,
    "max_position_embeddings": 16384,
    "initializer_range": 0.3,
}
_ROPE = {"rope_type": "default", "rope_theta": 10000.0}
_EYE_OF_QWEN = {"depth": 2, "hidden_size": 32, "intermediate_size": 64, "num_heads": 4, "out_hidden_size": 32}
SIGLIP = {
    "hidden_size": 32,
    "intermediate_size": 64,
    "num_hidden_layers": 2,
    "num_attention_heads": 4,
    "image_size": 56,
    "patch_size": 14,
    "initializer_range": 0.3,
}


@cache
def backend() -> str:
    """A byte-level BPE over the words of the shipped schemas, as the JSON that `tokenizers` reads."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=900,
        special_tokens=list(SPECIAL),
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    tokenizer.train_from_iterator([json.dumps(dict(s.document), ensure_ascii=False) for s in list_schemas()], trainer)
    return tokenizer.to_str()


def tokenizer(**special: Any) -> Any:
    """A fast tokenizer over `backend()`."""
    words = {"bos_token": "<s>", "eos_token": "</s>", "pad_token": "<pad>", "unk_token": "<unk>", **special}
    made = t.PreTrainedTokenizerFast(tokenizer_object=Tokenizer.from_str(backend()), **words)
    made.padding_side = "left"
    return made


def _id(token: str) -> int:
    found = Tokenizer.from_str(backend()).token_to_id(token)
    assert found is not None, token
    return found


def _vocabulary() -> int:
    return Tokenizer.from_str(backend()).get_vocab_size()


def _text(config: type[Any], **more: Any) -> Any:
    ids = {"bos_token_id": _id("<s>"), "eos_token_id": _id("</s>"), "pad_token_id": _id("<pad>")}
    return config(vocab_size=_vocabulary(), **{**TEXT, **ids, **more})


def _ided(text: dict[str, Any]) -> dict[str, Any]:
    ids = {"bos_token_id": _id("<s>"), "eos_token_id": _id("</s>"), "pad_token_id": _id("<pad>")}
    return {**text, **ids, "vocab_size": _vocabulary()}


def _ids_of_qwen() -> dict[str, int]:
    names = ("image_token_id", "video_token_id", "vision_start_token_id", "vision_end_token_id")
    return dict(
        zip(names, map(_id, ("<|image_pad|>", "<|video_pad|>", "<|vision_start|>", "<|vision_end|>")), strict=True)
    )


def _qwen(processor: type[Any], patch: int) -> Any:
    """A processor of Qwen-VL for at most six tokens a picture."""
    token = (2 * patch) ** 2  # pixels
    images = _images(
        "Qwen2VLImageProcessor", patch_size=patch, size={"shortest_edge": token, "longest_edge": 6 * token}
    )
    template = CHATML.replace("<image>", "<|vision_start|><|image_pad|><|vision_end|>")
    made = without_video(processor)
    return made(images, tokenizer(eos_token="<|im_end|>"), None, chat_template=template)


def _llava() -> tuple[Any, Any]:
    config = t.LlavaConfig(
        vision_config=t.SiglipVisionConfig(**SIGLIP),
        text_config=_text(t.Qwen2Config),
        image_token_index=_id("<image>"),
        vision_feature_select_strategy="full",
        vision_feature_layer=-1,
        image_seq_length=16,
    )
    processor = t.LlavaProcessor(
        image_processor=_images("SiglipImageProcessor", size={"height": 56, "width": 56}),
        tokenizer=tokenizer(eos_token="<|im_end|>"),
        patch_size=14,
        vision_feature_select_strategy="full",
        chat_template=CHATML,
        image_token="<image>",
        num_additional_image_tokens=0,
    )
    return t.LlavaForConditionalGeneration(config), processor


def _paligemma() -> tuple[Any, Any]:
    text = _text(t.GemmaConfig, head_dim=8)
    config = t.PaliGemmaConfig(
        vision_config=t.SiglipVisionConfig(**SIGLIP, projection_dim=32),
        text_config=text,
        image_token_index=_id("<image>"),
        projection_dim=32,
        hidden_size=32,
    )
    images = _images("SiglipImageProcessor", size={"height": 56, "width": 56}, image_seq_length=16)
    images.image_seq_length = 16
    processor = t.PaliGemmaProcessor(image_processor=images, tokenizer=tokenizer())
    return t.PaliGemmaForConditionalGeneration(config), processor


def _idefics2() -> tuple[Any, Any]:
    vision = {**SIGLIP, "image_size": 70}
    config = t.Idefics2Config(
        vision_config=vision,
        text_config=_text(t.MistralConfig),
        image_token_id=_id("<image>"),
        perceiver_config={
            "resampler_n_latents": 8,
            "resampler_depth": 1,
            "resampler_n_heads": 4,
            "resampler_head_dim": 8,
            "num_key_value_heads": 2,
            "hidden_size": 32,
        },
    )
    images = _images("Idefics2ImageProcessor", size={"longest_edge": 70, "shortest_edge": 42}, do_image_splitting=False)
    processor = t.Idefics2Processor(
        image_processor=images, tokenizer=tokenizer(), image_seq_len=8, chat_template=IDEFICS
    )
    return t.Idefics2ForConditionalGeneration(config), processor


def _idefics3() -> tuple[Any, Any]:
    config = t.Idefics3Config(
        vision_config=SIGLIP,
        text_config=_text(t.LlamaConfig),
        image_token_id=_id("<image>"),
        scale_factor=2,
        pad_token_id=_id("<pad>"),
    )
    images = _images(
        "Idefics3ImageProcessor",
        size={"longest_edge": 112},
        max_image_size={"longest_edge": 56},
        do_image_splitting=True,
    )
    processor = t.Idefics3Processor(
        image_processor=images, tokenizer=tokenizer(), image_seq_len=4, chat_template=IDEFICS
    )
    return t.Idefics3ForConditionalGeneration(config), processor


def _granite_docling() -> tuple[Any, Any]:
    vision = {
        **SIGLIP,
        "out_hidden_size": 32,
        "scale_factor": 2,
        "deepstack_visual_indexes": [0, 1],
        "use_fine_route": False,
    }
    ids = {"bos_token_id": _id("<s>"), "eos_token_id": _id("</s>"), "pad_token_id": _id("<pad>")}
    text = {**TEXT, **ids, "vocab_size": _vocabulary()}
    config = t.GraniteDoclingConfig(
        vision_config=vision, text_config=text, image_token_id=_id("<image>"), pad_token_id=_id("<pad>")
    )
    images = _images("GraniteDoclingImageProcessor", size={"height": 56, "width": 56}, max_patches=2)
    processor = t.GraniteDoclingProcessor(
        image_processor=images, tokenizer=tokenizer(), image_seq_len=4, chat_template=IDEFICS
    )
    return t.GraniteDoclingForConditionalGeneration(config), processor


def _deepseek_vl() -> tuple[Any, Any]:
    config = t.DeepseekVLConfig(
        vision_config={**SIGLIP, "model_type": "siglip_vision_model"},
        text_config=_text(t.LlamaConfig),
        image_token_id=_id("<image_placeholder>"),
    )
    images = _images("DeepseekVLImageProcessor", size={"height": 56, "width": 56}, min_size=14)
    processor = t.DeepseekVLProcessor(
        image_processor=images,
        tokenizer=tokenizer(extra_special_tokens={"image_token": "<image_placeholder>"}),
        chat_template=CHATML.replace("<image>", "<image_placeholder>"),
        num_image_tokens=16,
    )
    return t.DeepseekVLForConditionalGeneration(config), processor


def _mllama() -> tuple[Any, Any]:
    text = {
        **TEXT,
        "vocab_size": _vocabulary(),
        "cross_attention_layers": [1],
        "bos_token_id": _id("<s>"),
        "eos_token_id": _id("</s>"),
        "pad_token_id": _id("<pad>"),
        "rope_parameters": {"rope_type": "default", "rope_theta": 10000.0},
    }
    vision = {
        "hidden_size": 32,
        "intermediate_size": 64,
        "num_hidden_layers": 2,
        "num_global_layers": 1,
        "attention_heads": 4,
        "image_size": 56,
        "patch_size": 14,
        "max_num_tiles": 4,
        "intermediate_layers_indices": [0, 1],
        "vision_output_dim": 96,
        "supported_aspect_ratios": [[1, 1], [1, 2], [1, 3], [1, 4], [2, 1], [2, 2], [3, 1], [4, 1]],
    }
    config = t.MllamaConfig(vision_config=vision, text_config=text, image_token_index=_id("<|image|>"))
    processor = t.MllamaProcessor(
        image_processor=_images("MllamaImageProcessor", size={"height": 56, "width": 56}, max_image_tiles=4),
        tokenizer=tokenizer(extra_special_tokens={"image_token": "<|image|>"}),
        chat_template=CHATML.replace("<image>", "<|image|>"),
    )
    return t.MllamaForConditionalGeneration(config), processor


def _donut() -> tuple[Any, Any]:
    encoder = t.DonutSwinConfig(
        image_size=[64, 64], patch_size=4, embed_dim=8, depths=[1, 1], num_heads=[2, 2], window_size=4
    )
    decoder = t.MBartConfig(
        vocab_size=_vocabulary(),
        d_model=16,
        decoder_layers=2,
        decoder_attention_heads=2,
        decoder_ffn_dim=32,
        encoder_layers=2,
        encoder_attention_heads=2,
        encoder_ffn_dim=32,
        max_position_embeddings=2048,
        is_decoder=True,
        add_cross_attention=True,
        is_encoder_decoder=False,
        pad_token_id=_id("<pad>"),
        eos_token_id=_id("</s>"),
        bos_token_id=_id("<s>"),
        init_std=0.3,
    )
    config = t.VisionEncoderDecoderConfig.from_encoder_decoder_configs(encoder, decoder)
    config.decoder_start_token_id, config.pad_token_id = _id("<s_docvqa>"), _id("<pad>")
    model = t.VisionEncoderDecoderModel(config)
    model.generation_config.decoder_start_token_id = _id("<s_docvqa>")
    images = _images("DonutImageProcessor", size={"height": 64, "width": 64})
    return model, t.DonutProcessor(image_processor=images, tokenizer=tokenizer())


def _qwen2_5_vl() -> tuple[Any, Any]:
    text = {**TEXT, "rope_parameters": {**_ROPE, "mrope_section": [1, 1, 2]}}
    vision = {"patch_size": 14, "fullatt_block_indexes": [1], "window_size": 56}
    config = t.Qwen2_5_VLConfig(text_config=_ided(text), vision_config={**_EYE_OF_QWEN, **vision}, **_ids_of_qwen())
    return t.Qwen2_5_VLForConditionalGeneration(config), _qwen(t.Qwen2_5_VLProcessor, 14)


def _qwen3_vl() -> tuple[Any, Any]:
    text = {**TEXT, "head_dim": 8, "rope_parameters": {**_ROPE, "mrope_section": [2, 1, 1]}}
    vision = {"patch_size": 16, "num_position_embeddings": 64, "deepstack_visual_indexes": [0, 1]}
    config = t.Qwen3VLConfig(text_config=_ided(text), vision_config={**_EYE_OF_QWEN, **vision}, **_ids_of_qwen())
    return t.Qwen3VLForConditionalGeneration(config), _qwen(t.Qwen3VLProcessor, 16)


def _smolvlm() -> tuple[Any, Any]:
    config = t.SmolVLMConfig(
        vision_config=SIGLIP,
        text_config=_text(t.LlamaConfig),
        image_token_id=_id("<image>"),
        scale_factor=2,
        pad_token_id=_id("<pad>"),
    )
    images = _images(
        "SmolVLMImageProcessor",
        size={"longest_edge": 112},
        max_image_size={"longest_edge": 56},
        do_image_splitting=True,
    )
    processor = without_video(t.SmolVLMProcessor)(images, tokenizer(), None, image_seq_len=4, chat_template=IDEFICS)
    return t.SmolVLMForConditionalGeneration(config), processor


FAMILIES: dict[str, Callable[[], tuple[Any, Any]]] = {
    "llava": _llava,
    "paligemma": _paligemma,
    "idefics2": _idefics2,
    "idefics3": _idefics3,
    "granite_docling": _granite_docling,
    "deepseek_vl": _deepseek_vl,
    "mllama": _mllama,
    "vision-encoder-decoder": _donut,
    "qwen2_5_vl": _qwen2_5_vl,
    "qwen3_vl": _qwen3_vl,
    "smolvlm": _smolvlm,
}
# Their processors have a part for video, which needs torchvision.
VIDEO = {
    "qwen2_5_vl": "Qwen2VLVideoProcessor",
    "qwen3_vl": "Qwen3VLVideoProcessor",
    "smolvlm": "SmolVLMVideoProcessor",
}


def save(family: str, folder: Path, seed: int = 0) -> Path:
    """Write a checkpoint of `family` with random weights to `folder`."""
    torch.manual_seed(seed)
    model, processor = FAMILIES[family]()
    shake(model, seed)
    model.save_pretrained(folder)
    processor.save_pretrained(folder)
    if family in VIDEO:  # as their checkpoints are, whoever made them had torchvision
        file = folder / "processor_config.json"
        whole = {**json.loads(file.read_text("utf-8")), "video_processor": {"video_processor_type": VIDEO[family]}}
        file.write_text(json.dumps(whole), "utf-8")
    return folder


def shake(model: Any, seed: int) -> None:
    """Other random weights, large enough that logits differ from token to token and from image to image."""
    draw = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for name, weight in model.named_parameters():
            if weight.ndim > 1:
                weight.copy_(torch.randn(weight.shape, generator=draw) * 0.3)
            elif "gate" in name:  # mllama's gates start shut, and nothing of the image would come through
                weight.fill_(1.0)


def _images(name: str, **settings: Any) -> Any:
    """An image processor without torchvision."""
    pil = getattr(t, f"{name}Pil", None) or getattr(t, name)
    return pil(**settings)
