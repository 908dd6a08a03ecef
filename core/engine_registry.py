"""A table of engines: the entry of an id, and the engine made of it. Shared by recognition and alignment; imports none
of them before it is asked for."""

from __future__ import annotations

from typing import Generic, TypeVar

from core.engine import EngineEntry
from core.errors import UnknownEngine
from core.registry import Registry
from core.weights.catalogue import missing

AUTO = "auto"
"""Stands for the best that is installed; no engine's id."""

T = TypeVar("T")


class EngineRegistry(Registry[EngineEntry[T]], Generic[T]):
    """Maps an engine's id to the `EngineEntry` in a module."""

    def entry(self, engine_id: str) -> EngineEntry[T]:
        """What is known of an engine; imports its module, and no model.

        Raises:
            UnknownEngine: no such id.
        """
        if engine_id not in self:
            raise UnknownEngine(engine=engine_id, known=", ".join((AUTO, *self.ids())))
        return self.get(engine_id)

    def create(self, engine_id: str, model_dir: str = "", device: str = "") -> T:
        """The engine of this id; its model loads when first used. `device`: "" = the best there is.

        Raises:
            BadArgument: there is no such device here.
            UnknownEngine: no such id.
            EngineMissing, ModelMissing: it is not installed.
            CheckpointUnusable: what lies in `model_dir` is not whole, or another engine's.
        """
        entry = self.entry(engine_id)
        entry.check_folder(model_dir)
        if not entry.installed(model_dir):
            raise missing(engine_id)
        return entry.made(model_dir, device)
