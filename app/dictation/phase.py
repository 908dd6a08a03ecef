"""What a dictation is doing, and what it is done with. Plain values; knows no sound and no window."""

from __future__ import annotations

import enum
from dataclasses import dataclass, replace

from core.events import DictationJob
from core.language import AUTO
from core.recognition.streaming.settings import PRESETS, USUAL, StreamSettings
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
    live: StreamSettings = USUAL

    @staticmethod
    def of(settings: Settings) -> Choices:
        """As a person set it."""
        languages = () if settings.language == AUTO else (settings.language,)
        return Choices(settings.engine, "", languages, settings.dictation_commands, pace_of(settings))

    def following(self, settings: Settings) -> Choices:
        """As a person set it since; the language stays as it was chosen where one dictates."""
        return replace(Choices.of(settings), languages=self.languages)

    def changed(self, *, languages: tuple[str, ...] | None, commands: bool | None) -> Choices:
        """With what is not None chosen otherwise."""
        return replace(
            self,
            languages=self.languages if languages is None else languages,
            commands=self.commands if commands is None else commands,
        )

    def job(self, *, first_ms: int) -> DictationJob:
        """For the engine, from this moment of the recording on."""
        return DictationJob(self.engine, self.model_dir, self.languages, first_ms=first_ms, live=self.live)


def pace_of(settings: Settings) -> StreamSettings:
    """How the engine listens: by a name, or a person's own numbers."""
    named = PRESETS.get(settings.dictation_pace)
    return named or StreamSettings(
        chunk_ms=settings.dictation_chunk_ms,
        unfixed_chunks=settings.dictation_unfixed,
        rollback_tokens=settings.dictation_rollback,
        window_s=settings.dictation_window_s,
    )
