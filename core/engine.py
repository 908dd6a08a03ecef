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
        rows: most clips it takes at once; 1 = one by one.
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
    rows: int = 1


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
        create_on: makes it for a device, from (model folder, device); None = the engine has no choice of device.
    """

    languages: tuple[str, ...]
    installed: Callable[[str], bool]
    create: Callable[[str], T_co]
    reason: str
    check: Callable[[str], None] | None = None
    create_on: Callable[[str, str], T_co] | None = None

    def check_folder(self, model_dir: str) -> None:
        """Raise `CheckpointUnusable` where `model_dir` ("" = none given) holds nothing that this engine can load."""
        if model_dir and self.check is not None:
            self.check(model_dir)

    def made(self, model_dir: str, device: str) -> T_co:
        """The engine, on `device` where that is not "" and it has a choice."""
        if device and self.create_on is not None:
            return self.create_on(model_dir, device)
        return self.create(model_dir)

    def does(self, languages: tuple[str, ...]) -> bool:
        """Whether it can do all of `languages`."""
        return not self.languages or set(languages) <= set(self.languages)
