"""Importing this registers nano with transformers' Auto classes; it loads like any other checkpoint afterwards."""

from __future__ import annotations

from transformers import AutoConfig, AutoImageProcessor, AutoModelForImageTextToText, AutoProcessor

from docpipe.nano.configuration import NanoConfig
from docpipe.nano.model import NanoForConditionalGeneration
from docpipe.nano.processor import NanoImageProcessor, NanoProcessor

AutoConfig.register(NanoConfig.model_type, NanoConfig, exist_ok=True)
AutoModelForImageTextToText.register(NanoConfig, NanoForConditionalGeneration, exist_ok=True)
AutoImageProcessor.register(NanoConfig, image_processor_classes={"pil": NanoImageProcessor}, exist_ok=True)
AutoProcessor.register(NanoConfig, NanoProcessor, exist_ok=True)

__all__ = ["NanoConfig", "NanoForConditionalGeneration", "NanoImageProcessor", "NanoProcessor"]
