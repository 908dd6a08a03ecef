"""What an engine is, for people and for stored results. Shared by recognition and alignment; knows no engine."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

T_co = TypeVar("T_co", covariant=True)


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


@dataclass(frozen=True, slots=True)
class EngineEntry(Generic[T_co]):
    """What a registry knows of an engine before it is made. Its module must import without torch or a model.

    Attributes:
        languages: codes it can do; () = any.
        installed: whether it could run with this model folder ("" = none given); quick.
        create: makes it; models load when first used.
        reason: a sentence that says why "auto" takes it, and what to expect of it.
        check: raises `CheckpointUnusable` where a model folder given is not one of this engine's; None = the engine
            has no use for a folder.
    """

    languages: tuple[str, ...]
    installed: Callable[[str], bool]
    create: Callable[[str], T_co]
    reason: str
    check: Callable[[str], None] | None = None

    def does(self, languages: tuple[str, ...]) -> bool:
        """Whether it can do all of `languages`."""
        return not self.languages or set(languages) <= set(self.languages)
