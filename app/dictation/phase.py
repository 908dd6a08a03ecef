"""What a dictation is doing, and what it is done with. Plain values; knows no sound and no window."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from core.language import AUTO
from core.settings import Settings


class Phase(enum.StrEnum):
    """What it is doing."""

    IDLE = "idle"
    RECORDING = "recording"
    PAUSED = "paused"
    ENDING = "ending"
    """The sound is whole; the last words are still being recognised."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What the next stretch of speech is recognised with."""

    engine: str = AUTO
    model_dir: str = ""
    languages: tuple[str, ...] = ()
    commands: bool = False

    @staticmethod
    def of(settings: Settings) -> Choices:
        """As a person set it."""
        languages = () if settings.language == AUTO else (settings.language,)
        return Choices(settings.engine, "", languages, settings.dictation_commands)
