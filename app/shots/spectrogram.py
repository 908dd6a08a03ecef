"""The spectrogram in place of the waveform."""

from __future__ import annotations

from app.shots import editor
from app.shots.stage import Stage


def prepare(stage: Stage) -> None:
    """The sample's sound by pitch, as the media child finds it out."""
    editor.prepare(stage)
    facts, session = stage.program.facts, stage.program.session
    facts.show_spectrum(True)
    stage.wait(lambda: session.spectrum is not None and session.spectrum.complete, "the spectrum")
    stage.rest(100)
