"""What recognition and alignment share of PocketSphinx: the decoder with the wheel's English model, and how to feed it.

Knows no words' meaning, no chunks and no pieces. The model speaks American English and lives inside the wheel, so
this works offline on first start.
"""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from core.errors import EngineMissing
from core.media.waveform import Samples

FRAME_MS = 10
"""The engine counts time in frames of so many milliseconds."""

BLOCK_SAMPLES = 8_000
"""What is decoded between two cancel points: half a second of sound, about a tenth of a second of work."""

_MEAN = "mean"
_KEYPHRASE = "hello"
NEEDED = (_KEYPHRASE,)
"""Words that a dictionary for `Utterances` must have."""
_VARIANT = re.compile(r"\(\d+\)$")
_FILLER_STARTS = ("<", "[", "+")


@dataclass(frozen=True, slots=True)
class Heard:
    """A dictionary word with its time from the beginning of the sound, and the engine's posterior 0..1."""

    text: str
    start_ms: int
    end_ms: int
    probability: float


def is_installed() -> bool:
    """Whether PocketSphinx is there; imports nothing."""
    return importlib.util.find_spec("pocketsphinx") is not None


def decoder(**settings: Any) -> Any:
    """A new decoder (0.3 s, 110–160 MB). Not safe across threads.

    Its log is off: it would go to stderr, which belongs to the command line.

    Raises:
        EngineMissing: PocketSphinx or its model is not installed.
    """
    try:
        import pocketsphinx

        return pocketsphinx.Decoder(loglevel="FATAL", **settings)
    except (ImportError, RuntimeError) as error:
        raise EngineMissing(engine="builtin", cause=str(error)) from error


def pcm16(samples: Samples) -> bytes:
    """`samples` as 16-bit little-endian PCM, which is what the engine eats; louder than full scale is clipped."""
    clipped = np.clip(np.nan_to_num(samples), -1.0, 1.0)
    return np.asarray(np.rint(clipped * 32767), "<i2").tobytes()


def blocks(samples: Samples) -> Iterator[Samples]:
    """`samples` in blocks of `BLOCK_SAMPLES`."""
    for start in range(0, len(samples), BLOCK_SAMPLES):
        yield samples[start : start + BLOCK_SAMPLES]


def heard(engine: Any) -> tuple[Heard, ...]:
    """What the engine has found in the utterance so far, without silences, noises and pronunciation numbers."""
    return tuple(
        Heard(
            _VARIANT.sub("", found.word),
            found.start_frame * FRAME_MS,
            (found.end_frame + 1) * FRAME_MS,
            min(1.0, max(0.0, float(found.prob))),
        )
        for found in engine.seg() or ()
        if not found.word.startswith(_FILLER_STARTS)
    )


def written(text: str) -> str:
    """The dictionary's word as one writes it: "i" and "i'm" become "I" and "I'm"."""
    return "I" + text[1:] if text == "i" or text.startswith("i'") else text


class Utterances:
    """Decodes stretches of sound, each as if it were the first, in steps that can be stopped.

    Two measures make a stretch independent of those before it and good from its first second:

    * `reinit_feat` before each: the running mean of the features otherwise carries over.
    * The mean of the whole stretch is measured first (a tenth of the time, by a keyword search that shares the acoustic
      model) and set before each block, so that it stays constant. That gives exactly the words of decoding all at once,
      which cannot be stopped. On six English clips (191 words) the word error rate is 56 %, against 66 % with the
      running mean that the engine uses when fed in blocks; on a 4-minute film (408 words) 60 % against 63 %.
    """

    def __init__(self, engine: Any) -> None:
        self._engine = engine
        self._usual = engine.current_search()
        engine.add_keyphrase(_MEAN, _KEYPHRASE)

    def decode(self, samples: Samples) -> Iterator[int]:
        """Yield how many samples are done, after each block; when it ends, `heard(engine)` has the words.

        Abandoned on the way it leaves the engine inside an utterance: make a new engine then.
        """
        # The engine fails on no sound at all; one sample of silence is too short for any word.
        samples = samples if len(samples) else np.zeros(1, np.float32)
        engine, mean = self._engine, self._mean_of(samples)
        engine.reinit_feat()
        engine.start_utt()
        yield 0
        for start in range(0, len(samples), BLOCK_SAMPLES):
            block = samples[start : start + BLOCK_SAMPLES]
            engine.set_cmn(mean)
            engine.process_raw(pcm16(block))
            yield start + len(block)
        engine.end_utt()

    def _mean_of(self, samples: Samples) -> str:
        engine = self._engine
        engine.activate_search(_MEAN)
        engine.reinit_feat()
        engine.start_utt()
        engine.process_raw(pcm16(samples), no_search=True, full_utt=True)
        mean = str(engine.get_cmn(False))
        engine.end_utt()
        engine.activate_search(self._usual)
        return mean
