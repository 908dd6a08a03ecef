"""What is no transcription though the model wrote it: text on near-silence, and the context said back.

Repetition and endless answers are stopped inside the decode loop (`core.qwen3.greedy`); here lies what is judged
afterwards, and where a chunk that must be tried again is cut. Knows no model and no torch.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

import numpy as np

from core.errors import Param
from core.media.waveform import Samples
from core.progress import Notice
from core.timecode import SAMPLE_RATE, format_ms
from core.transcript import Segment

REPEATED = "repeated"
"""The answer repeated itself to the end; only its first round is kept."""
CUT_SHORT = "cut short"
"""The answer was longer than its sound allows, or broke off; what came until then is kept."""
RETRIED = "retried"
"""The chunk was cut in parts that were recognised alone."""
WITHOUT_CONTEXT = "without context"
"""The answer said the context back; it was recognised again without it."""
NEAR_SILENCE = "near silence"
"""There was text, but next to no sound; it was dropped."""

_FRAME_SAMPLES = SAMPLE_RATE // 20
SILENT_LEVEL = 10 ** (-60 / 20)
"""Level (root mean square of 50 ms) under which nothing is spoken: −60 dBFS, the noise of a quiet room on tape."""
QUIET_LEVEL = 10 ** (-50 / 20)
_SURE = 0.6
"""Below −50 dBFS text is kept only where the model was this sure of it in the mean."""

_ECHO_SHARE = 0.8
_ECHO_RUN = 3

SHORTEST_PART_SAMPLES = 2 * SAMPLE_RATE
"""Shorter parts are not cut again: engines need some sound to find the language."""

_UNIT = re.compile(r"[一-鿿぀-ヿ가-힯฀-๿]|\w+")


def is_silent(samples: Samples) -> bool:
    """Whether the loudest 50 ms of (n,) float32 sound are below `SILENT_LEVEL`."""
    return _loudest(samples) < SILENT_LEVEL


def is_text_on_silence(samples: Samples, probabilities: Sequence[float]) -> bool:
    """Whether text that the model gave this sound, with these probabilities of its parts, should be dropped."""
    level = _loudest(samples)
    if level < SILENT_LEVEL:
        return True
    return level < QUIET_LEVEL and sum(probabilities) < _SURE * len(probabilities)


def echoes_context(text: str, context: str) -> bool:
    """Whether `text` is mostly `context` said back: four fifths of its units, with a run of them in the same order.

    A person may well say the terms of a context, so this is reason to ask again, not to drop
    (github.com/QwenLM/Qwen3-ASR/issues/106).
    """
    said, given = _units(text), _units(context)
    if not said or not given:
        return False
    known = set(given)
    share = sum(unit in known for unit in said) / len(said)
    run = min(_ECHO_RUN, len(given))
    return share >= _ECHO_SHARE and any(_within(said[i : i + run], given) for i in range(len(said) - run + 1))


def says_the_same(text: str, other: str) -> bool:
    """Whether two answers for one sound agree on at least half their units."""
    first, second = _units(text), _units(other)
    if not first or not second:
        return first == second
    return 2 * len(set(first) & set(second)) >= max(len(set(first)), len(set(second)))


def doubt(segment: Segment, file: str) -> Notice | None:
    """What the user should know of a segment whose answer never came to a good end; None where it did."""
    if not {REPEATED, CUT_SHORT} & set(segment.notes):
        return None
    text = "{file}: at {at} the engine's answer had no end; look at that passage, some of it may be missing."
    params: dict[str, Param] = {"file": file, "start_ms": segment.start_ms, "at": format_ms(segment.start_ms)}
    return Notice("recognise.no_end", text, params, finding=True)


def quietest_cut(samples: Samples, speech: Sequence[tuple[int, int]] = ()) -> int:
    """Where to cut sound in two: the quietest 50 ms of its middle half, in a pause where there is one.

    Args:
        samples: (n,) float32.
        speech: spans of speech in it, half-open, in samples from its beginning.
    """
    first, last = len(samples) // 4, len(samples) - len(samples) // 4
    levels = _levels(samples[first:last])
    if not len(levels):
        return len(samples) // 2
    centres = first + np.arange(len(levels)) * _FRAME_SAMPLES + _FRAME_SAMPLES // 2
    in_pause = np.array([not any(a <= centre < b for a, b in speech) for centre in centres])
    if speech and in_pause.any():
        levels = np.where(in_pause, levels, np.inf)
    return min(int(centres[int(np.argmin(levels))]), len(samples))


def _loudest(samples: Samples) -> float:
    levels = _levels(samples)
    return float(levels.max()) if len(levels) else 0.0


def _levels(samples: Samples) -> np.ndarray:
    """(frames,) float32: root mean square of each 50 ms; a shorter rest is a frame of its own."""
    if not len(samples):
        return np.zeros(0, np.float32)
    edges = np.arange(0, len(samples), _FRAME_SAMPLES)
    sums = np.add.reduceat(np.square(samples, dtype=np.float64), edges)
    counts = np.diff(np.append(edges, len(samples)))
    return np.sqrt(sums / counts)


def _units(text: str) -> list[str]:
    """Words, or single characters of scripts without spaces, in one spelling."""
    return _UNIT.findall(unicodedata.normalize("NFKC", text).casefold())


def _within(run: Sequence[str], units: Sequence[str]) -> bool:
    """Whether `run` stands in `units` in this order without gaps."""
    return any(list(units[i : i + len(run)]) == list(run) for i in range(len(units) - len(run) + 1))
