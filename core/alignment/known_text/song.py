"""Lyrics onto a song: the whole song at once, several times over, and a vote. Knows no lines' order but the text's.

Rough hearing fails over music, so there are no anchors here; the built-in aligner with wide beams takes all of the
song, as tried in practice. It starts sung words 35–50 ms early, which is put right. Agreement between the runs is the
confidence: nothing else tells a right word from a wrong one.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Sequence
from dataclasses import replace
from statistics import median

import numpy as np

from core.alignment.builtin import BuiltinAligner
from core.alignment.known_text.anchors import Anchors
from core.alignment.known_text.report import Report, report_of
from core.alignment.known_text.script import Script
from core.alignment.known_text.timing import shared_out
from core.alignment.protocol import Piece
from core.errors import AlignmentFailed, BadArgument
from core.media.waveform import Samples, Waveform
from core.progress import CancelToken, Progress, Stage
from core.timecode import ms_from_samples
from core.transcript import Word

LONGEST_MS = 20 * 60_000
"""A whole album in one file is refused: time grows faster than length, and memory with it."""

RUNS = 5
_EARLY_MS = 40
_AGREE_MS = 150
"""Runs agree on a word where their starts lie this near to the vote's."""


def align_song(
    script: Script, blocks: Iterable[Waveform], *, total_ms: int, cancel: CancelToken
) -> Generator[Progress, None, Report]:
    """Time English lyrics; every line gets times, and `time_confidence` says the share of runs that agree.

    Raises:
        BadArgument: the song is longer than `LONGEST_MS`.
        AlignmentFailed: no run found a way: too little sound for so much text.
        Cancelled: between two runs.
    """
    if total_ms > LONGEST_MS:
        raise BadArgument(what="That is too long for one song.", hint="Use --preset speech, or cut it into songs.")
    tokens = range(len(script.tokens))
    samples = _joined(blocks)
    text = " ".join(token.text for token in script.tokens)
    aligner = BuiltinAligner()
    runs: list[tuple[Word, ...]] = []
    for number in range(RUNS):
        cancel.check()
        yield Progress(Stage.ALIGN, total_ms * number // RUNS, total_ms)
        runs += _run(aligner, Piece(_varied(samples, number), text, "en"), cancel)
    if not runs:
        raise AlignmentFailed(engine="builtin", cause="no way through the song for its text")
    words = _voted(runs, ms_from_samples(len(samples)))
    timed = {item.token: item.words for item in shared_out(script, tokens, words)}
    return report_of(script, timed, Anchors(), ())


def _run(aligner: BuiltinAligner, piece: Piece, cancel: CancelToken) -> list[tuple[Word, ...]]:
    """One run's words, or none where it found no way."""
    try:
        return list(aligner.align([piece], cancel))
    except AlignmentFailed:
        return []


def _joined(blocks: Iterable[Waveform]) -> Samples:
    """All of the sound from 0 on."""
    parts = list(blocks)
    samples = np.zeros(max((part.last_sample for part in parts), default=0), np.float32)
    for part in parts:
        samples[part.first_sample : part.last_sample] = part.samples
    return samples


def _varied(samples: Samples, number: int) -> Samples:
    """The sound for run `number`: the first as it is, the others with a little hiss that shakes close decisions."""
    if number == 0:
        return samples
    chance = np.random.default_rng(number)
    level = 0.003 * number
    return (samples + chance.normal(0, level, len(samples))).astype(np.float32)


def _voted(runs: Sequence[Sequence[Word]], total_ms: int) -> list[Word]:
    """The runs' median for each word, in order, put right by `_EARLY_MS`."""
    found: list[Word] = []
    limit_ms = total_ms
    for same in zip(*runs, strict=True):
        start_ms = round(median(word.start_ms for word in same))
        end_ms = round(median(word.end_ms for word in same))
        agreeing = sum(abs(word.start_ms - start_ms) <= _AGREE_MS for word in same) / len(same)
        earliest_ms = found[-1].end_ms if found else 0
        start_ms = min(max(start_ms + _EARLY_MS, earliest_ms), limit_ms)
        end_ms = min(max(end_ms + _EARLY_MS, start_ms), limit_ms)
        found.append(replace(same[0], start_ms=start_ms, end_ms=end_ms, time_confidence=agreeing))
    return found
