"""Makes random Qwen3-ASR checkpoints of the real classes: tiny ones for tests, real shapes for measuring.

Knows no weights worth loading: the words that come out mean nothing, but the arithmetic is the real one. The tokenizer,
template and config files are those of the published repositories, taken from the shared material.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

from core import paths
from core.qwen3.runtime import quiet_transformers, torch

NATIVE_FILES = ("chat_template.jinja", "processor_config.json", "tokenizer.json", "tokenizer_config.json")
ORIGINAL_FILES = (
    "chat_template.json",
    "generation_config.json",
    "merges.txt",
    "preprocessor_config.json",
    "tokenizer_config.json",
    "vocab.json",
)
TINY_AUDIO = {
    "d_model": 64,
    "encoder_layers": 2,
    "encoder_attention_heads": 4,
    "encoder_ffn_dim": 128,
    "downsample_hidden_size": 16,
    "output_dim": 64,
}
TINY_TEXT = {
    "hidden_size": 64,
    "intermediate_size": 128,
    "num_hidden_layers": 2,
    "num_attention_heads": 4,
    "num_key_value_heads": 2,
    "head_dim": 16,
}


def tiny_config(repository: Path) -> Any:
    """The published config of `repository` with every dimension made small; the vocabulary stays."""
    raw = json.loads((repository / "config.json").read_text(encoding="utf-8"))
    raw["audio_config"] |= TINY_AUDIO
    raw["audio_config"].pop("num_key_value_heads", None)
    raw["text_config"] |= TINY_TEXT
    raw["text_config"]["layer_types"] = ["full_attention"] * TINY_TEXT["num_hidden_layers"]
    return quiet_transformers().Qwen3ASRConfig(**raw)


def make_native(repository: Path, place: Path, *, seed: int = 1) -> Path:
    """A tiny random checkpoint in the native layout, in float32, with the real tokenizer."""
    model = random_model(tiny_config(repository), seed=seed)
    model.save_pretrained(place)
    for name in NATIVE_FILES:
        shutil.copyfile(repository / name, place / name)
    return place


def make_aligner(recognizer: Path, place: Path, *, labels: int = 500, seed: int = 1) -> Path:
    """A tiny random forced aligner with the tokenizer of the folder `recognizer`, in float32."""
    raw = json.loads((recognizer / "config.json").read_text(encoding="utf-8"))
    raw |= {"architectures": ["Qwen3ASRForTokenClassification"], "num_labels": labels, "dtype": "float32"}
    raw["audio_config"] |= TINY_AUDIO
    raw["text_config"] |= TINY_TEXT | {"tie_word_embeddings": False}
    raw["text_config"]["layer_types"] = ["full_attention"] * TINY_TEXT["num_hidden_layers"]
    random_model(quiet_transformers().Qwen3ASRConfig(**raw), seed=seed).save_pretrained(place)
    for name in NATIVE_FILES:
        shutil.copyfile(recognizer / name, place / name)
    shutil.copyfile(paths.resource("qwen3", "aligner.jinja"), place / "chat_template.jinja")
    return place


def make_original(native: Path, repository: Path, place: Path, *, tokenizer_from: Path | None = None) -> Path:
    """The checkpoint `native` in the original layout, its config made from the published one of `repository`."""
    from safetensors.torch import load_file, save_file

    place.mkdir(parents=True)
    raw = json.loads((repository / "config.json").read_text(encoding="utf-8"))
    tiny = json.loads((native / "config.json").read_text(encoding="utf-8"))
    thinker = raw["thinker_config"]
    for part in ("audio_config", "text_config"):
        thinker[part] |= {name: tiny[part][name] for name in thinker[part] if name in tiny[part] and name in _SMALL}
    (place / "config.json").write_text(json.dumps(raw), encoding="utf-8")
    tensors = {original_key(key): value for key, value in load_file(native / "model.safetensors").items()}
    if "classify_num" not in thinker:  # the published files hold the tied head twice
        tensors["thinker.lm_head.weight"] = tensors["thinker.model.embed_tokens.weight"].clone()
    save_file(tensors, place / "model.safetensors", metadata={"format": "pt"})
    for name in ORIGINAL_FILES:
        source = repository / name
        if not source.exists() and tokenizer_from is not None:
            source = tokenizer_from / name
        shutil.copyfile(source, place / name)
    return place


_SMALL = {*TINY_AUDIO, *TINY_TEXT}


def original_key(key: str) -> str:
    """The published key map, backwards."""
    for new, old in (
        ("model.language_model.", "thinker.model."),
        ("model.multi_modal_projector.linear_1.", "thinker.audio_tower.proj1."),
        ("model.multi_modal_projector.linear_2.", "thinker.audio_tower.proj2."),
        ("model.audio_tower.", "thinker.audio_tower."),
        ("lm_head.", "thinker.lm_head."),
        ("score.", "thinker.lm_head."),
    ):
        if key.startswith(new):
            return old + key.removeprefix(new)
    raise ValueError(key)


def random_model(config: Any, *, seed: int = 1) -> Any:
    """A model whose answers vary with the sound: what its layers add outweighs the token they are given."""
    transformers = quiet_transformers()
    torch.manual_seed(seed)
    aligner = "TokenClassification" in (config.architectures or [""])[0]
    name = "Qwen3ASRForTokenClassification" if aligner else "Qwen3ASRForConditionalGeneration"
    model = getattr(transformers, name)(config).eval()
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            if parameter.dim() > 1:
                strength = 0.1 if "embed_tokens" in name else 2.0
                parameter.normal_(0, strength / parameter[0].numel() ** 0.5)
    return model
