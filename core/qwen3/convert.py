"""Turns a checkpoint in the original layout into the one transformers loads, once, into the models folder.

The key map, the order of its steps and the changes to the config are those published with transformers
(`convert_qwen3_asr_to_hf.py`, not part of its wheel); loading is strict, so a checkpoint of another kind cannot slip
through. Knows nothing of where the result is used.
"""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from core import paths
from core.errors import CannotWrite, CheckpointUnusable
from core.qwen3.checkpoint import CONVERTED, Checkpoint, Kind, examine, read_json
from core.qwen3.runtime import quiet_transformers, torch

_CONVERSION = 1
"""Raised whenever converting gives another result, so that folders made before are made again."""
_CONV_POSITIONS = 13
"""Rows of the encoder's table of positions: tokens in a chunk of 100 frames."""
_KEYS = (
    ("thinker.model.", "model.language_model."),
    ("thinker.lm_head.", "lm_head."),
    ("thinker.", "model."),
    ("model.audio_tower.proj1.", "model.multi_modal_projector.linear_1."),
    ("model.audio_tower.proj2.", "model.multi_modal_projector.linear_2."),
)
_AUDIO_FIELDS = [
    "activation_dropout",
    "activation_function",
    "attention_dropout",
    "d_model",
    "downsample_hidden_size",
    "dropout",
    "encoder_attention_heads",
    "encoder_ffn_dim",
    "encoder_layers",
    "initializer_range",
    "n_window",
    "n_window_infer",
    "num_mel_bins",
    "output_dim",
    "scale_embedding",
]
_TEXT_FIELDS = [
    "attention_bias",
    "attention_dropout",
    "head_dim",
    "hidden_act",
    "hidden_size",
    "initializer_range",
    "intermediate_size",
    "max_position_embeddings",
    "num_attention_heads",
    "num_hidden_layers",
    "num_key_value_heads",
    "rms_norm_eps",
    "tie_word_embeddings",
    "vocab_size",
]


def native_folder(checkpoint: Checkpoint) -> Path:
    """The converted copy of `checkpoint`, made now unless it was made before.

    Raises:
        CheckpointUnusable: its keys are not those of the published map.
        CannotWrite: there is no room or permission for the copy.
    """
    place = paths.models_dir() / f"{CONVERTED}{checkpoint.fingerprint}-{_CONVERSION}"
    if _is_whole(place):
        return place
    try:
        return _converted(checkpoint, place)
    except OSError as error:
        raise CannotWrite(file=place.name, cause=error.strerror or str(error)) from error


def convert(checkpoint: Checkpoint, place: Path) -> None:
    """Write `checkpoint`, which is in the original layout, into the folder `place` in the native one.

    Raises:
        CheckpointUnusable: its keys are not those of the published map.
        CannotWrite: there is no room or permission.
    """
    transformers = quiet_transformers()
    try:
        _save_model(transformers, checkpoint, place)
        _save_processor(transformers, checkpoint, place)
    except OSError as error:
        raise CannotWrite(file=place.name, cause=error.strerror or str(error)) from error


def native_key(key: str, kind: Kind) -> str:
    """The name a tensor of the original layout has in the native one."""
    for old, new in _KEYS:
        if kind is Kind.ALIGNER and old == "thinker.lm_head.":
            new = "score."
        key = key.replace(old, new)
    return key


def native_config(config: Mapping[str, Any], kind: Kind) -> dict[str, Any]:
    """The native config.json for an original one, but for what transformers adds when it saves."""
    thinker = config["thinker_config"]
    audio, text = thinker["audio_config"], thinker["text_config"]
    native: dict[str, Any] = {
        "audio_config": {name: audio[name] for name in _AUDIO_FIELDS if name in audio}
        | {"model_type": "qwen3_asr_encoder", "max_position_embeddings": _CONV_POSITIONS},
        "text_config": {name: text[name] for name in _TEXT_FIELDS if name in text}
        | {
            "model_type": "qwen3",
            "rope_parameters": {"rope_type": "default", "rope_theta": text.get("rope_theta", 1_000_000)},
        },
        "audio_token_id": thinker["audio_token_id"],
        "initializer_range": thinker.get("initializer_range", 0.02),
        "tie_word_embeddings": True,
    }
    for name in ("pad_token_id", "eos_token_id"):
        if name in config or name in thinker:
            native[name] = config.get(name, thinker.get(name))
    if "timestamp_token_id" in config:
        native["timestamp_token_id"] = config["timestamp_token_id"]
    if kind is Kind.ALIGNER:
        native["num_labels"] = thinker["classify_num"]
    return native


def _converted(checkpoint: Checkpoint, place: Path) -> Path:
    """Convert beside `place`, then move there: a copy that was interrupted is never taken for whole."""
    place.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="converting-", dir=place.parent) as scratch:
        made = Path(scratch) / place.name
        convert(checkpoint, made)
        if not _is_whole(place):  # else another process was quicker, and may be reading its copy by now
            shutil.rmtree(place, ignore_errors=True)
            try:
                made.rename(place)
            except OSError:
                if not _is_whole(place):
                    raise
    return place


def _is_whole(place: Path) -> bool:
    with contextlib.suppress(CheckpointUnusable):
        examine(place)
        return True
    return False


def _save_model(transformers: Any, checkpoint: Checkpoint, place: Path) -> None:
    raw = read_json(checkpoint.folder / "config.json")
    aligner = checkpoint.kind is Kind.ALIGNER
    try:
        config = transformers.Qwen3ASRConfig(**native_config(raw, checkpoint.kind))
    except (KeyError, TypeError, ValueError) as error:
        raise CheckpointUnusable(folder=checkpoint.folder.name, cause=f"its config.json lacks {error}") from error
    tensors = _renamed(checkpoint)
    if not aligner:
        table = "model.language_model.embed_tokens.weight"
        if table in tensors:  # tied: some copies hold it twice, some once
            tensors.setdefault("lm_head.weight", tensors[table])
    model_class = getattr(
        transformers, "Qwen3ASRForTokenClassification" if aligner else "Qwen3ASRForConditionalGeneration"
    )
    # Not on the meta device: the tables of positions are made here and are in no file.
    model = model_class(config).to(next(iter(tensors.values())).dtype)
    try:
        model.load_state_dict(tensors, strict=True)
    except RuntimeError as error:
        lines = str(error).splitlines()
        cause = f"its tensors are not those of the original layout: {lines[min(1, len(lines) - 1)].strip()[:160]}"
        raise CheckpointUnusable(folder=checkpoint.folder.name, cause=cause) from error
    model.save_pretrained(place)


def _renamed(checkpoint: Checkpoint) -> dict[str, torch.Tensor]:
    from safetensors.torch import load_file

    return {
        native_key(key, checkpoint.kind): tensor
        for path in checkpoint.weights
        for key, tensor in load_file(path).items()
    }


def _save_processor(transformers: Any, checkpoint: Checkpoint, place: Path) -> None:
    try:
        tokenizer = transformers.Qwen2Tokenizer.from_pretrained(checkpoint.folder, local_files_only=True)
    except Exception as error:
        cause = f"its tokenizer cannot be loaded: {(str(error).splitlines() or [''])[0][:120]}"
        raise CheckpointUnusable(folder=checkpoint.folder.name, cause=cause) from error
    name = "aligner.jinja" if checkpoint.kind is Kind.ALIGNER else "recognizer.jinja"
    template = paths.resource("qwen3", name).read_text(encoding="utf-8")
    extractor = transformers.Qwen3ASRFeatureExtractor()
    transformers.Qwen3ASRProcessor(extractor, tokenizer, chat_template=template).save_pretrained(place)
