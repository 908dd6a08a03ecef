"""An engine or its model failed: missing, out of memory, or the text does not fit the sound."""

from __future__ import annotations

from core.errors.base import CuesmithError


class EngineError(CuesmithError):
    """A model or engine failed. Params: engine, cause."""

    code = "engine"
    sentence = "The engine “{engine}” stopped ({cause})."
    next_step = "Run it again; what came before is kept."


class EngineMissing(EngineError):
    """Params: engine, cause."""

    code = "engine.missing"
    sentence = "The engine “{engine}” is not installed ({cause})."
    next_step = "Install it, or choose another engine."


class ModelMissing(EngineMissing):
    """Its model can be downloaded or imported. Params: engine, cause."""

    code = "engine.model_missing"
    sentence = "The model of “{engine}” is not installed ({cause})."
    next_step = (
        "Get it: File, Models, or “cuesmith models get {engine}”. Without a network: “cuesmith models import FOLDER”."
    )


class EngineMemory(EngineError):
    """Params: engine, device."""

    code = "engine.memory"
    sentence = "There is not enough memory on {device} for the engine “{engine}”."
    next_step = "Close other programs, take shorter pieces or a smaller model; what came before is kept."


class AlignmentFailed(EngineError):
    """Params: engine, cause."""

    code = "engine.alignment"
    sentence = "The text could not be timed by “{engine}” ({cause})."
    next_step = "Check that the text is what is spoken."
