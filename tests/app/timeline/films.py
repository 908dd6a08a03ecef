"""Small films for these tests: documents with words, and sound that is loud where they are."""

from __future__ import annotations

import numpy as np

from app.timeline.model import Notes, PlainModel
from core.cue import Cue
from core.document.document import Document
from core.media.peaks import HOP_SAMPLES, Peaks
from core.timecode import samples_from_ms
from core.transcript import Source, Word

DURATION_MS = 60_000


def cue(cue_id: str, start_ms: int, end_ms: int, words: int = 4, *, language: str = "en", text: str = "word") -> Cue:
    """A cue whose words fill it, with ids like "a.0"."""
    step = (end_ms - start_ms) // words
    made = tuple(
        Word(text, start_ms + n * step, start_ms + (n + 1) * step, source=Source.ALIGNED, id=f"{cue_id}.{n}")
        for n in range(words)
    )
    return Cue(made, start_ms, end_ms, language, id=cue_id)


def document(*cues: Cue) -> Document:
    """The given cues, or a: 1–3 s, b: 4–6 s, c: 6–8 s (touching b), d: 20–22 s."""
    return Document(cues=cues or (cue("a", 1000, 3000), cue("b", 4000, 6000), cue("c", 6000, 8000),
                                  cue("d", 20_000, 22_000)))  # fmt: skip


def sound(built_ms: int = DURATION_MS, *, level: int = 100) -> Peaks:
    """A minute of even sound, read up to `built_ms`."""
    count = samples_from_ms(built_ms) // HOP_SAMPLES
    columns = np.tile(np.array([-level, level, level // 2], np.int8), (count, 1))
    peaks = Peaks(DURATION_MS)
    peaks.put_base(0, columns, samples_from_ms(built_ms))
    return peaks


def film(shown: Document | None = None, notes: Notes | None = None, *, built_ms: int = DURATION_MS) -> PlainModel:
    """A model with sound, and speech where the first cues are."""
    return PlainModel(shown or document(), sound(built_ms), [(1100, 2900), (4050, 7900)], notes or Notes())
