"""What a format will not keep of some subtitles, said before it is lost. Knows no format, only what each claims.

What is a format's own (its header, its words for a place, its tags) survives in that format and no other, whatever
another format keeps of its own kind.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from core.cue import Cue
from core.errors import Param
from core.progress import Notice
from core.subtitles import registry
from core.subtitles.colours import MARK
from core.subtitles.look import look_of
from core.subtitles.places import carries, has_place
from core.subtitles.protocol import Feature, SubtitleFormat, Subtitles, family
from core.transcript import Source, Word


def features_of(subtitles: Subtitles) -> frozenset[Feature]:
    """The features these subtitles make use of."""
    return frozenset(feature for feature, count in _COUNTS.items() if count(subtitles))


def losses(
    subtitles: Subtitles, target: SubtitleFormat, present: frozenset[Feature] | None = None
) -> tuple[Feature, ...]:
    """What of `subtitles` does not survive in `target`, in the order of `Feature`.

    `present`: what `features_of` gave, where it is known already.
    """
    there = features_of(subtitles) if present is None else present
    return tuple(feature for feature in Feature if feature in there and _is_lost(subtitles, feature, target))


def lost_count(subtitles: Subtitles, feature: Feature, target: SubtitleFormat) -> int:
    """How many words or cues lose `feature`, which `target` does not keep; 1 where there is nothing to count."""
    whole = feature not in target.keeps and feature is not Feature.TAGS
    return _COUNTS[feature](subtitles) if whole else _FOREIGN[feature](subtitles, family(target))


def _is_lost(subtitles: Subtitles, feature: Feature, target: SubtitleFormat) -> bool:
    if feature not in target.keeps and feature is not Feature.TAGS:
        return True
    return feature in _FOREIGN and _FOREIGN[feature](subtitles, family(target)) > 0


def loss_notices(subtitles: Subtitles, target: SubtitleFormat) -> tuple[Notice, ...]:
    """The losses as one notice, or none."""
    lost = losses(subtitles, target)
    if not lost:
        return ()
    params: dict[str, Param] = {"format": target.id, "name": target.name, "lost": ", ".join(lost)}
    return (Notice("subtitle.loss", "{name} does not keep: {lost}.", params),)


# ── what there is ────────────────────────────────────────────────────────────────────────────────

_Count = Callable[[Subtitles], int]


def _words(test: Callable[[Word], bool]) -> _Count:
    return lambda subtitles: sum(test(word) for cue in subtitles.cues for word in cue.words)


def _cues(test: Callable[[Cue], bool]) -> _Count:
    return lambda subtitles: sum(map(test, subtitles.cues))


def _overlaps(subtitles: Subtitles) -> int:
    return sum(after.start_ms < before.end_ms for before, after in pairwise(subtitles.cues))


_COUNTS: dict[Feature, _Count] = {
    # Times shared out by length are no loss: the next program shares them out again.
    Feature.WORD_TIMES: _words(lambda word: word.source not in (Source.IMPORTED, Source.ESTIMATED)),
    Feature.STYLED_TEXT: _words(lambda word: not word.marks.isdisjoint({"i", "b", "u"})),
    Feature.COLOURS: _words(lambda word: any(MARK.fullmatch(mark) for mark in word.marks)),
    Feature.VOICES: _cues(lambda cue: bool(cue.voice)),
    Feature.STYLES: _cues(lambda cue: bool(cue.style)),
    Feature.LOOK: lambda subtitles: look_of(subtitles.styles) is not None,
    Feature.POSITIONS: _cues(lambda cue: has_place(cue.settings)),
    Feature.LANGUAGE: lambda subtitles: bool(subtitles.language),
    Feature.FRAME_RATE: lambda subtitles: subtitles.frame_rate is not None,
    Feature.CONFIDENCE: _words(lambda word: word.text_confidence is not None or word.time_confidence is not None),
    Feature.SEGMENTS: lambda subtitles: len(subtitles.segments),
    Feature.LINE_BREAKS: _cues(lambda cue: "\n" in cue.text),
    Feature.OVERLAPS: _overlaps,
    Feature.HEADER: lambda subtitles: bool(subtitles.header),
    Feature.MILLISECONDS: _cues(lambda cue: bool(cue.start_ms % 10 or cue.end_ms % 10)),
    Feature.TAGS: _words(lambda word: any(map(_owner, word.marks))),
}


# ── what is another format's ─────────────────────────────────────────────────────────────────────


def _owner(mark: str) -> str:
    """The format a mark belongs to; "" for those that all share."""
    owner, colon, _ = mark.partition(":")
    return owner if colon and owner != "c" else ""


def _foreign_header(subtitles: Subtitles, own: str) -> int:
    read_as = subtitles.format
    return bool(subtitles.header) and bool(read_as) and family(registry.by_id(read_as)) != own


_FOREIGN: dict[Feature, Callable[[Subtitles, str], int]] = {
    Feature.POSITIONS: lambda subtitles, own: sum(not carries(cue.settings, own) for cue in subtitles.cues),
    Feature.TAGS: lambda subtitles, own: sum(
        bool({_owner(mark) for mark in word.marks} - {"", own}) for cue in subtitles.cues for word in cue.words
    ),
    Feature.HEADER: _foreign_header,
}
