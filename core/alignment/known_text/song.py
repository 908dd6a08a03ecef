"""Lyrics onto a song: all of it at once, several times over, and a vote. English, by the built-in aligner.

Rough hearing fails over music, so there are no anchors here. Wide beams find a way through the whole song; long parts
without a voice are left out first, since words get lost in them. The aligner starts sung words 35–50 ms early, which is
put right. Agreement between runs is the confidence: nothing else tells a right word from a wrong one.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Sequence
from dataclasses import replace
from statistics import median

import numpy as np

from core.alignment.builtin import BuiltinAligner
from core.alignment.known_text.aligning import PieceDone
from core.alignment.known_text.anchors import Anchors
from core.alignment.known_text.report import Report, report_of
from core.alignment.known_text.script import Script
from core.alignment.known_text.timing import shared_out
from core.alignment.known_text.voiceless import joined_parts, original_ms, voiced_parts
from core.alignment.protocol import Aligner, Piece
from core.errors import AlignmentFailed, BadArgument
from core.media.waveform import Samples, Waveform
from core.progress import CancelToken, Progress, Stage
from core.timecode import ms_from_samples
from core.transcript import Word

LONGEST_MS = 20 * 60_000
"""An album in one file is refused: time and memory grow with the length."""

_EARLY_MS = 40
_AGREE_MS = 150
"""A run agrees on a word where its start lies this near to the vote's."""

Runs = list[tuple[Word, ...]]


def align_song(
    script: Script,
    blocks: Iterable[Waveform],
    *,
    total_ms: int,
    cancel: CancelToken,
    aligner: Aligner | None = None,
) -> Generator[Progress | PieceDone, None, Report]:
    """Time English lyrics; every line gets times, and `time_confidence` says the share of runs that agree.

    Args:
        aligner: one that stands around the built-in one; None = that one itself.

    Raises:
        BadArgument: the song is longer than `LONGEST_MS`.
        AlignmentFailed: no run found a way: too little sound for so much text.
        Cancelled: between two runs.
    """
    if total_ms > LONGEST_MS:
        raise BadArgument(what="That is too long for one song.", hint="Use --preset speech, or cut it into songs.")
    samples = _joined(blocks)
    text = " ".join(token.text for token in script.tokens)
    parts = voiced_parts(samples)
    aligner = aligner if aligner is not None else BuiltinAligner()
    votes = yield from _runs(aligner, joined_parts(samples, parts), text, _VOTERS, total_ms, cancel)
    votes = [tuple(_moved(word, parts) for word in run) for run in votes]
    others = yield from _runs(aligner, samples, text, _WITNESSES, total_ms, cancel, done=len(_VOTERS))
    if not votes and not others:
        raise AlignmentFailed(engine="builtin", cause="no way through the song for its text")
    words = _voted(votes or others, [*votes, *others], ms_from_samples(len(samples)))
    timed = {item.token: item.words for item in shared_out(script, range(len(script.tokens)), words)}
    return report_of(script, timed, Anchors(), ())


def _runs(
    aligner: Aligner,
    samples: Samples,
    text: str,
    variants: Sequence[_Variant],
    total_ms: int,
    cancel: CancelToken,
    *,
    done: int = 0,
) -> Generator[Progress | PieceDone, None, Runs]:
    """The words of every variant that found a way, on the clock of `samples`; `done`: runs before these."""
    found: Runs = []
    of = len(_VOTERS) + len(_WITNESSES)
    for number, (vary, delay_ms) in enumerate(variants, done):
        cancel.check()
        yield Progress(Stage.ALIGN, total_ms * number // of, total_ms)
        try:
            run = next(iter(aligner.align([Piece(vary(samples), text, "en")], cancel)))
        except AlignmentFailed:
            continue
        found.append(tuple(_shifted(word, -delay_ms) for word in run))
        yield PieceDone(number, of)
    return found


def _joined(blocks: Iterable[Waveform]) -> Samples:
    """All of the sound from 0 on."""
    parts = list(blocks)
    samples = np.zeros(max((part.last_sample for part in parts), default=0), np.float32)
    for part in parts:
        samples[part.first_sample : part.last_sample] = part.samples
    return samples


# ── variants: what shakes close decisions and leaves clear ones alone ────────────────────────────────


def _same(samples: Samples) -> Samples:
    return samples


def _softer(samples: Samples) -> Samples:
    return samples * np.float32(0.5)


def _later(samples: Samples) -> Samples:
    """5 ms later: half a frame of the engine's."""
    return np.concatenate([np.zeros(80, np.float32), samples])


def _hissing(samples: Samples) -> Samples:
    hiss = np.random.default_rng(1).normal(0, 0.003, len(samples))
    return (samples + hiss).astype(np.float32)


_Variant = tuple[Callable[[Samples], Samples], int]
"""(what is done to the sound, by how many ms it is later)"""

_VOTERS: tuple[_Variant, ...] = ((_same, 0), (_later, 5), (_softer, 0))
_WITNESSES: tuple[_Variant, ...] = ((_same, 0), (_hissing, 0))
"""Voters hear the song without its voiceless parts and give the times; witnesses hear all of it and only say whether
they agree."""


# ── the vote ─────────────────────────────────────────────────────────────────────────────────────────


def _moved(word: Word, parts: Sequence[tuple[int, int]]) -> Word:
    start_ms = original_ms(word.start_ms, parts)
    return replace(word, start_ms=start_ms, end_ms=max(start_ms, original_ms(word.end_ms, parts)))


def _shifted(word: Word, ms: int) -> Word:
    start_ms = max(0, word.start_ms + ms)
    return replace(word, start_ms=start_ms, end_ms=max(start_ms, word.end_ms + ms))


def _voted(votes: Runs, witnesses: Runs, total_ms: int) -> list[Word]:
    """The votes' median for each word, in order and later by `_EARLY_MS`, with the share of witnesses that agree."""
    found: list[Word] = []
    for index, first in enumerate(votes[0]):
        start_ms = round(median(run[index].start_ms for run in votes))
        end_ms = round(median(run[index].end_ms for run in votes))
        agreeing = sum(abs(run[index].start_ms - start_ms) <= _AGREE_MS for run in witnesses) / len(witnesses)
        earliest_ms = found[-1].end_ms if found else 0
        start_ms = min(max(start_ms + _EARLY_MS, earliest_ms), total_ms)
        end_ms = min(max(end_ms + _EARLY_MS, start_ms), total_ms)
        found.append(replace(first, start_ms=start_ms, end_ms=end_ms, time_confidence=round(agreeing, 2)))
    return found
