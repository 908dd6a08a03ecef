"""Words in, cues out: the way through the room. Knows no files, no engines and no document.

    words ─ passages (long pauses) ─ line_breaks (how well can one part here) ─ search (cheapest division, costs.py)
          ─ timing (in and out) ─► cues

`CueStream` does it while words arrive; `build_cues` is a stream fed at once, so both give the same cues.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from core.cue import Cue
from core.cues.line_breaks import Parting, partings, spaced
from core.cues.measure import words_reading_ms
from core.cues.passages import passage_ends
from core.cues.search import Span, divide, run_of
from core.cues.styles import Style
from core.cues.timing import in_ms, out_ms
from core.transcript import Source, Word

_BATCH_WORDS = 8000
"""Words `build_cues` hands on at once: enough for the arrays to pay, little enough for memory."""


def build_cues(
    words: Sequence[Word],
    style: Style,
    *,
    language: str = "",
    frame_rate: Fraction | None = None,
    mark: str = "",
) -> tuple[Cue, ...]:
    """The best cues for `words` in a style.

    Cues come in order and do not overlap; every word lies in its cue with its own times; only white space changes
    ("\\n" = a line break). A last word whose end a file did not say, but its cue shared out, ends in time for the gap.
    Line breaks the words bring are not kept. No line is over the style's limit unless a single word is.

    Args:
        words: in order, none overlapping; words that overlap all the same are parted by cues that may overlap.
        style: what to build to.
        language: code, "" = unknown: then punctuation, pauses and script decide.
        frame_rate: of the film; edges then lie on frames where the words allow. None: gaps are counted at 24.
        mark: goes onto every cue, e.g. "draft".
    """
    stream = CueStream(style, language, frame_rate=frame_rate, mark=mark)
    cues: list[Cue] = []
    for first in range(0, len(words), _BATCH_WORDS):
        cues.extend(stream.feed(words[first : first + _BATCH_WORDS]))
    return (*cues, *stream.finish())


class CueStream:
    """Cues from words that arrive bit by bit. What it gives out will not change any more.

    It holds the words since the last long pause, at most some `passages.MOST_WORDS`. Not for use by several threads.
    """

    def __init__(
        self,
        style: Style,
        language: str = "",
        *,
        frame_rate: Fraction | None = None,
        mark: str = "",
        spoken_ms: int = 0,
    ) -> None:
        """As `build_cues`; `spoken_ms`: where the speech before these words ends, no cue starts earlier for a frame."""
        self._style = style
        self._language = language
        self._frame_rate = frame_rate
        self._mark = mark
        self._waiting: list[Word] = []
        self._spoken_ms = spoken_ms

    def feed(self, words: Sequence[Word]) -> tuple[Cue, ...]:
        """Take more words, in order; give the cues before the last place where a passage ends."""
        self._waiting.extend(words)
        ends = list(passage_ends(self._waiting, self._style, self._language))
        return self._give(ends, self._waiting[ends[-1]].start_ms) if ends else ()

    def finish(self, *, next_start_ms: int | None = None) -> tuple[Cue, ...]:
        """No more words come: the cues that were still open. They keep the gap to a cue at `next_start_ms`, if any."""
        ends = [*passage_ends(self._waiting, self._style, self._language), len(self._waiting)]
        return self._give(ends, next_start_ms) if self._waiting else ()

    def _give(self, ends: Sequence[int], next_start_ms: int | None) -> tuple[Cue, ...]:
        done, self._waiting = self._waiting[: ends[-1]], self._waiting[ends[-1] :]
        groups = list(self._groups(done, ends, next_start_ms))
        cues = tuple(self._timed(groups, next_start_ms))
        self._spoken_ms = _spoken_until_ms(done[-1])
        return cues

    def _groups(
        self, words: Sequence[Word], ends: Sequence[int], next_start_ms: int | None
    ) -> Iterator[tuple[Word, ...]]:
        """The words of each cue, with their line breaks."""
        ready: list[Word] = []
        kinds: list[Parting] = []
        passages: list[int] = []
        for number, (first, last) in enumerate(zip((0, *ends), ends, strict=False)):
            passage = spaced(words[first:last], self._language)
            ready += passage
            kinds += partings(passage, self._language)
            passages += [number] * len(passage)
        run = run_of(ready, kinds, passages, self._style, frame_rate=self._frame_rate, next_start_ms=next_start_ms)
        for span in divide(run).spans:
            yield _with_line_breaks(ready, span)

    def _timed(self, groups: Sequence[tuple[Word, ...]], next_start_ms: int | None) -> Iterator[Cue]:
        style, rate = self._style, self._frame_rate
        spoken_ms = self._spoken_ms
        starts: list[int | None] = []
        for group in groups:
            starts.append(in_ms(group[0].start_ms, spoken_ms, style, rate))
            spoken_ms = _spoken_until_ms(group[-1])
        starts.append(None if next_start_ms is None else in_ms(next_start_ms, spoken_ms, style, rate))
        for group, start_ms, following_ms in zip(groups, starts, starts[1:], strict=False):
            assert start_ms is not None  # only the last entry, which begins no cue, may be None
            if following_ms is not None:
                group = _giving_way(group, style.before_gap_ms(following_ms, rate))
            end_ms = out_ms(start_ms, group[-1].end_ms, words_reading_ms(group, style), following_ms, style, rate)
            yield Cue(group, start_ms, end_ms, language=self._language, mark=self._mark)


def _spoken_until_ms(word: Word) -> int:
    """Until when the word is surely spoken: the end of one whose time a file's cue shares out is made up."""
    return word.start_ms if word.source is Source.IMPORTED else word.end_ms


def _giving_way(group: tuple[Word, ...], latest_ms: int) -> tuple[Word, ...]:
    """The words; the last one ends by `latest_ms` where its end is made up, so that the style's gap is kept."""
    last = group[-1]
    if last.source is not Source.IMPORTED or last.end_ms <= latest_ms:
        return group
    return (*group[:-1], replace(last, end_ms=max(last.start_ms, latest_ms)))


def _with_line_breaks(words: Sequence[Word], span: Span) -> tuple[Word, ...]:
    group = list(words[span.first : span.last])
    for end in span.line_ends:
        group[end - 1] = replace(group[end - 1], after="\n")
    return tuple(group)
