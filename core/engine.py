"""What an engine is, for people and for stored results. Shared by recognition and alignment; knows no engine."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class EngineInfo:
    """What an engine is and where it runs; shown to the user.

    Attributes:
        id: as in the registry.
        name: for people.
        languages: codes it can do.
        gives_words: whether its segments carry words with times.
        device: "cpu", "cuda:0", "mps" or a server's address.
        dtype: "float32", "bfloat16", … or "".
        reason: one sentence that says why this device and dtype.
        checkpoint: revision or hash of the checkpoint, for `ChunkKey`; "" for engines that carry their model.
        draft: True where the text is a rough draft that wants recognising again.
    """

    id: str
    name: str
    languages: tuple[str, ...]
    gives_words: bool
    device: str = "cpu"
    dtype: str = ""
    reason: str = ""
    checkpoint: str = ""
    draft: bool = False
