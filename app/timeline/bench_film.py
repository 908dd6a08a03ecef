"""The made-up film that the bench draws: three hours of cues, words and sound. Knows no widget.

Everything comes from the seed.
"""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np

from app.timeline.model import PlainModel, Spectrum
from core.cue import Cue
from core.document.document import Document
from core.media.peaks import HOP_SAMPLES, Peaks
from core.media.spectrum import BANDS, CHUNK_ROWS, CHUNK_SAMPLES
from core.media.spectrum_cache import SpectrumFile, SpectrumWriter
from core.timecode import samples_from_ms
from core.transcript import Source, Word

DURATION_MS = 3 * 3_600_000

_SYLLABLES = ("ka", "lo", "min", "ter", "sa", "ve", "ro", "tin", "del", "har", "bou", "ring", "sel", "o", "wa", "ny")


def film(cue_count: int, word_count: int, shuffle: random.Random, *, spectrum: Spectrum | None = None) -> PlainModel:
    """Three hours of cues of equal turns with words, their speech and their sound."""
    turn_ms = DURATION_MS / max(1, cue_count)
    share = word_count / max(1, cue_count)
    made = tuple(
        _cue(round(row * turn_ms), round((row + shuffle.uniform(0.75, 0.99)) * turn_ms),
             round((row + 1) * share) - round(row * share), shuffle)
        for row in range(cue_count)
    )  # fmt: skip
    speech = [(cue.start_ms, cue.end_ms) for cue in made]
    sound = _sound(speech, shuffle.randrange(2**32))
    return PlainModel(Document(cues=made), sound, speech, spectrum=spectrum)


def _cue(start_ms: int, end_ms: int, word_count: int, shuffle: random.Random) -> Cue:
    edges = [start_ms + (end_ms - start_ms) * n // max(1, word_count) for n in range(word_count + 1)]
    source = Source.ESTIMATED if shuffle.random() < 0.1 else Source.ALIGNED
    words = tuple(
        Word(
            "".join(shuffle.choices(_SYLLABLES, k=shuffle.randint(1, 3))),
            edges[n],
            max(edges[n], edges[n + 1] - shuffle.choice((0, 0, 30))),
            after="\n" if n == word_count // 2 else " ",
            source=source,
            text_confidence=0.3 if shuffle.random() < 0.03 else 0.9,
        )
        for n in range(word_count)
    )
    return Cue(words, start_ms, end_ms, "en")


def _sound(speech: list[tuple[int, int]], seed: int) -> Peaks:
    """Peaks of noise that is loud where speech is."""
    draw = np.random.default_rng(seed)
    samples = samples_from_ms(DURATION_MS)
    count = -(-samples // HOP_SAMPLES)
    level = np.full(count, 2.0, np.float32)
    for start_ms, end_ms in speech:
        level[samples_from_ms(start_ms) // HOP_SAMPLES : samples_from_ms(end_ms) // HOP_SAMPLES] = 90.0
    columns = np.empty((count, 3), np.int8)
    columns[:, 0] = -level * draw.random(count, np.float32)
    columns[:, 1] = level * draw.random(count, np.float32)
    columns[:, 2] = level * np.float32(0.35)
    peaks = Peaks(DURATION_MS)
    peaks.put_base(0, columns, samples)
    peaks.complete = True
    return peaks


def spectrum_on_disk(folder: Path, seed: int) -> SpectrumFile:
    """Three hours of noise as the media child leaves it in the cache, in a file of `folder`."""
    draw = np.random.default_rng(seed)
    chunks = [draw.integers(60, 255, (CHUNK_ROWS, BANDS), np.uint8) for _ in range(8)]
    count = -(-samples_from_ms(DURATION_MS) // CHUNK_SAMPLES)
    path = folder / "film.spectrum"
    with SpectrumWriter(path, DURATION_MS) as writer:
        writer.write([chunks[n % len(chunks)] for n in range(count)], samples_from_ms(DURATION_MS), complete=True)
    made = SpectrumFile.open(path)
    assert made is not None
    return made
