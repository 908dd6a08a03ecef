"""What a format will not keep of some subtitles, said before it is lost. Knows no format, only what each claims."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from core.cue import Cue
from core.progress import Notice
from core.subtitles.colours import MARK
from core.subtitles.protocol import Feature, SubtitleFormat, Subtitles
from core.transcript import Source, Word


def features_of(subtitles: Subtitles) -> frozenset[Feature]:
    """The features these subtitles make use of."""
    return frozenset(feature for feature, present in _PRESENT.items() if present(subtitles))


def losses(subtitles: Subtitles, target: SubtitleFormat) -> tuple[Feature, ...]:
    """What of `subtitles` does not survive in `target`, in the order of `Feature`."""
    lost = features_of(subtitles) - target.keeps
    return tuple(feature for feature in Feature if feature in lost)


def loss_notices(subtitles: Subtitles, target: SubtitleFormat) -> tuple[Notice, ...]:
    """The losses as one notice, or none."""
    lost = losses(subtitles, target)
    if not lost:
        return ()
    names = ", ".join(lost)
    return (Notice("subtitle.loss", f"{target.name} does not keep: {names}.", {"format": target.id, "lost": names}),)


def _any_word(test: Callable[[Word], bool]) -> Callable[[Subtitles], bool]:
    return lambda subtitles: any(test(word) for cue in subtitles.cues for word in cue.words)


def _any_cue(test: Callable[[Cue], bool]) -> Callable[[Subtitles], bool]:
    return lambda subtitles: any(test(cue) for cue in subtitles.cues)


def _overlap(subtitles: Subtitles) -> bool:
    return any(after.start_ms < before.end_ms for before, after in pairwise(subtitles.cues))


_PRESENT: dict[Feature, Callable[[Subtitles], bool]] = {
    # Times shared out by length are no loss: the next program shares them out again.
    Feature.WORD_TIMES: _any_word(lambda word: word.source not in (Source.IMPORTED, Source.ESTIMATED)),
    Feature.STYLED_TEXT: _any_word(lambda word: not word.marks.isdisjoint({"i", "b", "u"})),
    Feature.COLOURS: _any_word(lambda word: any(MARK.fullmatch(mark) for mark in word.marks)),
    Feature.VOICES: _any_cue(lambda cue: bool(cue.voice)),
    Feature.STYLES: lambda subtitles: bool(subtitles.styles) or any(cue.style for cue in subtitles.cues),
    Feature.POSITIONS: _any_cue(lambda cue: bool(cue.settings)),
    Feature.LANGUAGE: lambda subtitles: bool(subtitles.language),
    Feature.FRAME_RATE: lambda subtitles: subtitles.frame_rate is not None,
    Feature.CONFIDENCE: _any_word(lambda word: word.text_confidence is not None or word.time_confidence is not None),
    Feature.SEGMENTS: lambda subtitles: bool(subtitles.segments),
    Feature.LINE_BREAKS: _any_word(lambda word: "\n" in word.after),
    Feature.OVERLAPS: _overlap,
    Feature.HEADER: lambda subtitles: bool(subtitles.header),
    Feature.MILLISECONDS: _any_cue(lambda cue: bool(cue.start_ms % 10 or cue.end_ms % 10)),
}
