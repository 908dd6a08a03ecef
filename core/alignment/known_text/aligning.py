"""A known text onto sound, step by step: hear, anchor, time. The one implementation for every aligner.

Knows no files: sound comes as chunks of speech and as blocks, each asked for once.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from core.alignment.edges import refined
from core.alignment.known_text.anchors import anchors_of, with_fitting
from core.alignment.known_text.cutting import cut_stretches
from core.alignment.known_text.hearing import HeardWord, Hearing
from core.alignment.known_text.matching import table_of
from core.alignment.known_text.moved import with_moved
from core.alignment.known_text.report import Report, Span, report_of
from core.alignment.known_text.script import Script
from core.alignment.known_text.timing import time_window, trusted
from core.alignment.known_text.windows import Window, WindowMaker
from core.alignment.protocol import Aligner
from core.media.waveform import Samples, Waveform
from core.progress import CancelToken, Progress, Stage
from core.speech.chunk import Chunk
from core.timecode import samples_from_ms
from core.transcript import Word


@dataclass(frozen=True, slots=True)
class Sound:
    """A medium's sound, to be read twice.

    Attributes:
        chunks: opens the chunks of speech.
        blocks: opens all of the sound, in blocks.
        speech: spans of speech in ms, in order.
        total_ms: length of the media.
        count: how many chunks there are, where that is known.
    """

    chunks: Callable[[], Iterable[Chunk]]
    blocks: Callable[[], Iterable[Waveform]]
    speech: Sequence[Span]
    total_ms: int
    count: int = 0


@dataclass(frozen=True, slots=True)
class PieceDone:
    """A chunk was heard, or a window timed: number `index`, counted from 0, of `of`."""

    index: int
    of: int


def align_text(
    script: Script,
    sound: Sound,
    hearing: Hearing,
    new_aligner: Callable[[], Aligner],
    *,
    language: str,
    refine_edges: bool = True,
    cancel: CancelToken,
) -> Generator[Progress | PieceDone, None, Report]:
    """Time `script` in `sound`; yields progress and what is done, returns the report.

    Memory: one model at a time (hearing is over before the aligner is made), 30 s of sound, and the words.

    Raises:
        Cancelled: at the next half second of sound, or the next window.
    """
    heard = yield from _heard(script, sound, hearing, cancel)
    del hearing
    table = table_of([word.text for word in heard], script.units)
    anchors = with_moved(script, heard, table, anchors_of(script, heard, table))
    anchors = with_fitting(script, heard, table, anchors)
    words: dict[int, tuple[Word, ...]] = {}
    if anchors.heard:
        aligner = new_aligner()
        maker = WindowMaker(script, heard, anchors, total_ms=sound.total_ms)
        windows = maker.windows()
        samples = cut_stretches(sound.blocks(), [_samples_of(window) for window in windows])
        for index, (window, piece) in enumerate(zip(windows, samples, strict=True)):
            cancel.check()
            for timed in time_window(aligner, script, window, piece, language, cancel):
                words[timed.token] = trusted(timed, maker.heard_at(timed.token), script).words
            if refine_edges:
                _refine(words, window, piece)
            yield PieceDone(index, len(windows))
            yield Progress(Stage.ALIGN, min(window.end_ms, sound.total_ms), sound.total_ms)
    return report_of(script, _without_overlaps(words), anchors, sound.speech)


def _heard(
    script: Script, sound: Sound, hearing: Hearing, cancel: CancelToken
) -> Generator[Progress | PieceDone, None, list[HeardWord]]:
    found: list[HeardWord] = []
    yield Progress(Stage.RECOGNISE, 0, sound.total_ms)
    hearing.prepare(script)
    at_ms = [0]
    for index, words in enumerate(hearing.hear(_watched(sound.chunks(), at_ms), cancel)):
        found += words
        yield PieceDone(index, max(sound.count, index + 1))
        yield Progress(Stage.RECOGNISE, min(at_ms[0], sound.total_ms), sound.total_ms)
    yield Progress(Stage.RECOGNISE, sound.total_ms, sound.total_ms)
    return found


def _watched(chunks: Iterable[Chunk], at_ms: list[int]) -> Iterator[Chunk]:
    """`chunks`; `at_ms[0]` says how far they were taken."""
    for chunk in chunks:
        at_ms[0] = chunk.end_ms
        yield chunk


def _samples_of(window: Window) -> tuple[int, int]:
    return samples_from_ms(window.start_ms), samples_from_ms(window.end_ms)


def _refine(words: dict[int, tuple[Word, ...]], window: Window, piece: Samples) -> None:
    """Move the edges of the window's words to the sound's."""
    own = [word for token in window.tokens for word in words.get(token, ())]
    better = iter(refined(own, piece, window.start_ms))
    for token in window.tokens:
        words[token] = tuple(next(better) for _ in words.get(token, ()))


def _without_overlaps(words: Mapping[int, tuple[Word, ...]]) -> dict[int, tuple[Word, ...]]:
    """Words end where the next one in time begins, at the latest: windows may overlap by their sentinels."""
    flat = [(word, token) for token, own in words.items() for word in own]
    flat.sort(key=lambda pair: (pair[0].start_ms, pair[0].end_ms))
    if not flat:
        return {}
    ends = [min(word.end_ms, after.start_ms) for (word, _), (after, _) in pairwise(flat)]
    found: dict[int, list[Word]] = {token: [] for token in words}
    for (word, token), end_ms in zip(flat, [*ends, flat[-1][0].end_ms], strict=True):
        found[token].append(replace(word, end_ms=end_ms) if end_ms != word.end_ms else word)
    return {token: tuple(own) for token, own in found.items()}
