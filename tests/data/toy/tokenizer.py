"""Script part: the toy's tokenizer and processor files, in the form of the published ones. Knows no sound and no model.

A byte-level BPE that splits text as Qwen3's does (its published tokenizer.json), trained on the 22 words and the words
of the prompt: each is one token, with a blank before it and without, and any other text is bytes. 14 kB.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from core.qwen3.runtime import quiet_transformers
from tests.data.toy.vocabulary import WORDS

_SPLIT = (
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
)
_SPECIAL = ("<|endoftext|>", "<|im_start|>", "<|im_end|>", "<|audio_start|>", "<|audio_end|>", "<|audio_pad|>")
_ADDED = ("<asr_text>", "<timestamp>")
"""Entries of their own that are text, no control tokens, as in the published tokenizer."""
_PROMPT_WORDS = ("language", "English", "None", "system", "user", "assistant")
_MOST_ENTRIES = 2_000
"""Merging ends long before, when every word is one token."""

TEMPLATE = """\
{%- set system, sound = namespace(text=''), namespace(marks='') -%}
{%- for message in messages -%}
    {%- set parts = [{'type': 'text', 'text': message.content}] if message.content is string else message.content -%}
    {%- for part in parts -%}
        {%- if message.role == 'system' and part.type == 'text' -%}
            {%- set system.text = system.text + part.text -%}
        {%- elif part.type in ('audio', 'audio_url') -%}
            {%- set sound.marks = sound.marks + '<|audio_start|><|audio_pad|><|audio_end|>' -%}
        {%- endif -%}
    {%- endfor -%}
{%- endfor -%}
{{- '<|im_start|>system\\n' + system.text + '<|im_end|>\\n' -}}
{{- '<|im_start|>user\\n' + sound.marks + '<|im_end|>\\n' -}}
{%- for message in messages if message.role == 'assistant' -%}
    {{- '<|im_start|>assistant\\n' -}}
    {%- if message.content is string -%}
        {{- message.content -}}
    {%- else -%}
        {%- for part in message.content if part.type == 'text' -%}{{- part.text -}}{%- endfor -%}
    {%- endif -%}
    {{- '<|im_end|>\\n' -}}
{%- endfor -%}
{%- if add_generation_prompt -%}{{- '<|im_start|>assistant\\n' -}}{%- endif -%}
"""
"""Renders what the published template renders: one system turn, one user turn, the answers."""


def write_processor(folder: Path) -> Any:
    """Puts tokenizer, template and feature settings into `folder`; the processor, loaded from there."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "tokenizer.json").write_text(_trained().to_str(), encoding="utf-8")
    (folder / "chat_template.jinja").write_text(TEMPLATE, encoding="utf-8")
    for name, content in (("tokenizer_config.json", _settings()), ("processor_config.json", _processor_settings())):
        (folder / name).write_text(json.dumps(content, indent=2), encoding="utf-8")
    return quiet_transformers().AutoProcessor.from_pretrained(folder)


def _trained() -> Any:
    from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, trainers

    tokenizer = Tokenizer(models.BPE())
    tokenizer.normalizer = normalizers.NFC()
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(_SPLIT), "isolated"),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    )
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=_MOST_ENTRIES,
        show_progress=False,
        initial_alphabet=sorted(pre_tokenizers.ByteLevel.alphabet()),
    )
    known = (*WORDS, *_PROMPT_WORDS)
    tokenizer.train_from_iterator([text for word in known for text in (word, " " + word) for _ in range(2)], trainer)
    tokenizer.add_special_tokens([AddedToken(name, normalized=False, special=True) for name in _SPECIAL])
    tokenizer.add_tokens([AddedToken(name, normalized=False, special=False) for name in _ADDED])
    return tokenizer


def _settings() -> dict[str, Any]:
    """tokenizer_config.json, by the published one's keys."""
    sound = {"audio_bos_token": "<|audio_start|>", "audio_eos_token": "<|audio_end|>", "audio_token": "<|audio_pad|>"}
    return {
        "tokenizer_class": "Qwen2Tokenizer",
        "processor_class": "Qwen3ASRProcessor",
        "backend": "tokenizers",
        "add_prefix_space": False,
        "bos_token": None,
        "clean_up_tokenization_spaces": False,
        "eos_token": "<|im_end|>",
        "errors": "replace",
        "model_max_length": 4096,
        "model_specific_special_tokens": sound,
        "pad_token": "<|endoftext|>",
        "split_special_tokens": False,
        "unk_token": None,
        **sound,
    }


def _processor_settings() -> dict[str, Any]:
    """processor_config.json: the features are those of the published models."""
    features = quiet_transformers().Qwen3ASRFeatureExtractor().to_dict()
    return {"processor_class": "Qwen3ASRProcessor", "feature_extractor": features, "timestamp_segment_time": 80}
