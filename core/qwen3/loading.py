"""Loads a checkpoint with everything checked that transformers lets pass. Knows no chunks and no decode loop.

transformers 5.23 leaves tensors that are missing in a file random and says so only in `output_loading_info`: here any
missing, unexpected or mismatched key is an error. Weights come from safetensors only, and no code from a folder runs.
"""

from __future__ import annotations

import contextlib
import traceback
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from core.errors import CheckpointUnusable, CuesmithError, EngineError, EngineMemory
from core.qwen3.checkpoint import Checkpoint, Kind, Layout, examine
from core.qwen3.convert import native_folder
from core.qwen3.placement import Placement
from core.qwen3.prompt import PromptMismatch, Prompts
from core.qwen3.runtime import out_of_memory, quiet_transformers, use_threads


@dataclass(frozen=True, slots=True)
class Loaded:
    """A model in memory.

    Attributes:
        checkpoint: what was loaded (the folder given; an original layout keeps its own name here).
        placement: where it runs.
        model: transformers' own class, in evaluation mode, on its device.
        processor: transformers' `Qwen3ASRProcessor`.
    """

    checkpoint: Checkpoint
    placement: Placement
    model: Any
    processor: Any


def load_recognizer(folder: str | Path, placement: Placement) -> tuple[Loaded, Prompts]:
    """A recogniser, and its prompts.

    Raises:
        CheckpointUnusable: the folder is not whole, not a recogniser, or its tokenizer or template is another model's.
        EngineMemory: it does not fit.
    """
    loaded = _load(folder, placement, Kind.RECOGNIZER, "Qwen3ASRForConditionalGeneration")
    config = loaded.model.config
    try:
        prompts = Prompts(loaded.processor, audio_id=config.audio_token_id, vocabulary=config.text_config.vocab_size)
    except PromptMismatch as error:
        raise CheckpointUnusable(folder=loaded.checkpoint.folder.name, cause=str(error)) from error
    return loaded, prompts


def load_aligner(folder: str | Path, placement: Placement) -> Loaded:
    """A forced aligner. Its prompt is raw, so no template is checked; its `<timestamp>` token is.

    Raises:
        CheckpointUnusable: the folder is not whole, not an aligner, or its tokenizer is another model's.
        EngineMemory: it does not fit.
    """
    loaded = _load(folder, placement, Kind.ALIGNER, "Qwen3ASRForTokenClassification")
    config, tokenizer = loaded.model.config, loaded.processor.tokenizer
    for token, wanted in (("<timestamp>", config.timestamp_token_id), ("<|audio_pad|>", config.audio_token_id)):
        if tokenizer(token, add_special_tokens=False)["input_ids"] != [wanted]:
            cause = f"its tokenizer and its config.json name different ids for {token}"
            raise CheckpointUnusable(folder=loaded.checkpoint.folder.name, cause=cause)
    class_ms = loaded.processor.timestamp_segment_time
    if not isinstance(class_ms, int | float) or class_ms <= 0:
        raise CheckpointUnusable(folder=loaded.checkpoint.folder.name, cause="its classes of time have no length")
    return loaded


@contextlib.contextmanager
def named(checkpoint: Checkpoint, placement: Placement, what: str) -> Iterator[None]:
    """Turns whatever goes wrong inside into an error that names the folder; full memory into `EngineMemory`.

    What goes wrong on a card, as with a driver too old for it, is not the folder's fault: `EngineError`.

    Args:
        what: what goes wrong then, as "transformers cannot load it".
    """
    try:
        yield
    except CuesmithError:
        raise
    except Exception as error:  # files of strangers fail in any way: safetensors' own error, a division by zero
        if out_of_memory(error):
            raise EngineMemory(engine=checkpoint.engine_id, device=placement.device) from error
        said = (str(error).splitlines() or [type(error).__name__])[0][:120]
        if isinstance(error, RuntimeError) and placement.device != "cpu":
            raise EngineError(engine=checkpoint.engine_id, cause=said, details=traceback.format_exc()) from error
        cause = f"{what}: {said}"
        raise CheckpointUnusable(folder=checkpoint.folder.name, cause=cause, details=traceback.format_exc()) from error


def _load(folder: str | Path, placement: Placement, kind: Kind, class_name: str) -> Loaded:
    checkpoint = examine(folder)
    if checkpoint.kind is not kind:
        raise CheckpointUnusable(folder=checkpoint.folder.name, cause=f"it holds the {checkpoint.kind}, not the {kind}")
    native = native_folder(checkpoint) if checkpoint.layout is Layout.ORIGINAL else checkpoint.folder
    use_threads()
    transformers = quiet_transformers()
    processor = _processor(transformers, native, checkpoint)
    with named(checkpoint, placement, "transformers cannot load it"):
        model = _model(getattr(transformers, class_name), native, placement, checkpoint)
    _refuse_other_arithmetic(model.config.text_config, checkpoint)
    return Loaded(checkpoint, placement, model, processor)


def _model(model_class: Any, folder: Path, placement: Placement, checkpoint: Checkpoint) -> Any:
    model, info = model_class.from_pretrained(
        folder,
        dtype=placement.torch_dtype,
        use_safetensors=True,
        local_files_only=True,
        trust_remote_code=False,
        output_loading_info=True,
        ignore_mismatched_sizes=True,  # they are in the info then, with their names, and refused below
    )
    _refuse_wrong_keys(info, checkpoint)
    return model.eval().to(placement.torch_device)


def _refuse_wrong_keys(info: dict[str, Any], checkpoint: Checkpoint) -> None:
    names = {"missing_keys": "missing", "unexpected_keys": "too many", "mismatched_keys": "of the wrong shape"}
    for key, what in names.items():
        wrong = sorted(map(_key_name, info.get(key) or ()))
        if wrong:
            cause = f"{len(wrong)} of its tensors are {what}, the first is {wrong[0]}"
            raise CheckpointUnusable(folder=checkpoint.folder.name, cause=cause)
    if info.get("error_msgs"):
        raise CheckpointUnusable(folder=checkpoint.folder.name, cause=str(info["error_msgs"][0])[:120])


def _refuse_other_arithmetic(text_config: Any, checkpoint: Checkpoint) -> None:
    """What Qwen3 has and Qwen3-ASR has not is not done by `core.qwen3.decoder`, and would come out as nonsense."""
    rope = text_config.rope_parameters
    if rope.get("rope_type", "default") != "default" or rope.get("partial_rotary_factor", 1.0) != 1.0:
        raise CheckpointUnusable(folder=checkpoint.folder.name, cause="its rope_parameters are not those of Qwen3-ASR")
    if set(text_config.layer_types or ()) - {"full_attention"}:
        raise CheckpointUnusable(
            folder=checkpoint.folder.name, cause="its attention has a window, Qwen3-ASR's has none"
        )


def _key_name(key: object) -> str:
    """Mismatched keys come as (name, shape there, shape wanted)."""
    return str(key[0]) if isinstance(key, tuple) else str(key)


def _processor(transformers: Any, folder: Path, checkpoint: Checkpoint) -> Any:
    try:
        processor = transformers.AutoProcessor.from_pretrained(folder, local_files_only=True, trust_remote_code=False)
    except Exception as error:
        cause = f"its tokenizer or processor cannot be loaded: {(str(error).splitlines() or [''])[0][:120]}"
        raise CheckpointUnusable(folder=checkpoint.folder.name, cause=cause) from error
    if type(processor).__name__ != "Qwen3ASRProcessor":
        raise CheckpointUnusable(folder=checkpoint.folder.name, cause="it has no processor of Qwen3-ASR")
    return processor
