"""Decides where speech is cut into chunks. Knows positions and what was heard there, no samples and no engine.

Nothing is planned for silence: a pause longer than `max_pause_ms` always ends a chunk. Where speech runs on past the
limit, the cuts are found by dynamic programming over all pauses: few chunks, at long pauses, no tiny rests. Only where
there is no pause at all within the limit is speech cut at its faintest point (see `_faintest`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from core.errors import BadArgument
from core.speech.chunk import ChunkSpan
from core.speech.detector import SpeechSpan, VadOptions, WindowTrack
from core.speech.silero import WINDOW_SAMPLES
from core.timecode import ms_from_samples, samples_from_ms

_GOOD_PAUSE_MS = 600
"""A pause of this length costs nothing to cut at; shorter ones cost more and more."""
_BRIEF_MS = 1_000
"""Up to this length a span may be doubtful; and a doubtful span this near to sure speech is kept."""
_SHORT_CHUNK_MS = 3_000
"""Chunks under this are avoided: engines need some sound to find the language and the words."""
_SHORT_PAUSE_COST, _FORCED_COST = 3.0, 8.0
"""In chunks: a cut without a pause is only made where the alternative is eight more chunks, which is never."""


@dataclass(frozen=True, slots=True)
class ChunkOptions:
    """How speech is cut.

    Attributes:
        limit_ms: no chunk is longer; 2,000 or more.
        max_pause_ms: a pause longer than this is never inside a chunk.
        pad_ms: sound kept before and behind the speech of a chunk, never sound of another chunk.
        doubt: 0..1; a span of under a second that stands alone is dropped when its mean probability is lower; 0 = keep
            all (singing). In a test film and one piece of music, 6 of 6 such spans inside music had means of .55–.74;
            the brief spans of speech had .81–.96, but for one numeral at .62.
        vad: when sound counts as speech.
    """

    limit_ms: int = 30_000
    max_pause_ms: int = 2_000
    pad_ms: int = 200
    doubt: float = 0.75
    vad: VadOptions = field(default_factory=VadOptions)

    def __post_init__(self) -> None:
        if self.limit_ms < 2_000:
            raise BadArgument(what=f"Chunks of {self.limit_ms} ms are too short.", hint="Use 2,000 ms or more.")
        if self.max_pause_ms < 0 or not 0 <= self.pad_ms <= 500:
            raise BadArgument(what="A pause or padding of chunks is off.", hint="Use a padding of 0 to 500 ms.")


class _Cut(NamedTuple):
    """A place where a run of speech may be cut: speech ends at `before` and goes on at `after`."""

    before: int
    after: int
    cost: float


def chunks_of(spans: Sequence[SpeechSpan], track: WindowTrack, options: ChunkOptions) -> tuple[ChunkSpan, ...]:
    """The chunks for speech in `track`: in order, never overlapping, none over the limit, all sure speech in one."""
    spans = sure_spans(spans, track, options.doubt)
    pieces: list[tuple[int, int]] = []
    for run in _runs(spans, samples_from_ms(options.max_pause_ms)):
        pieces += _cut_run(run, track, options)
    edges = _padded(pieces, track, samples_from_ms(options.pad_ms))
    return tuple(
        ChunkSpan(index, first, last, _inside(spans, begin, end))
        for index, ((begin, end), (first, last)) in enumerate(zip(pieces, edges, strict=True))
    )


def sure_spans(spans: Sequence[SpeechSpan], track: WindowTrack, doubt: float) -> list[SpeechSpan]:
    """`spans` without the brief, unsure and lonely ones that music and animals make (`ChunkOptions.doubt`)."""
    doubtful = [_is_doubtful(span, track, doubt) for span in spans]
    sure = [span for span, out in zip(spans, doubtful, strict=True) if not out]
    near = samples_from_ms(_BRIEF_MS)
    starts = np.array([span.first_sample for span in sure])
    ends = np.array([span.last_sample for span in sure])
    return [
        span
        for span, out in zip(spans, doubtful, strict=True)
        if not out or np.any((starts <= span.last_sample + near) & (ends >= span.first_sample - near))
    ]


def _is_doubtful(span: SpeechSpan, track: WindowTrack, doubt: float) -> bool:
    if span.last_sample - span.first_sample >= samples_from_ms(_BRIEF_MS):
        return False
    heard = track.probabilities[track.index_at(span.first_sample) : track.index_at(span.last_sample)]
    return len(heard) > 0 and float(heard.mean()) < doubt


def _runs(spans: Sequence[SpeechSpan], max_pause_samples: int) -> list[list[SpeechSpan]]:
    """Spans that have no long pause between them, together."""
    runs: list[list[SpeechSpan]] = []
    for span in spans:
        if runs and span.first_sample - runs[-1][-1].last_sample <= max_pause_samples:
            runs[-1].append(span)
        else:
            runs.append([span])
    return runs


def _cut_run(run: list[SpeechSpan], track: WindowTrack, options: ChunkOptions) -> list[tuple[int, int]]:
    """The run as pieces that with their padding stay under the limit."""
    room = samples_from_ms(options.limit_ms - 2 * options.pad_ms)
    start, end = run[0].first_sample, run[-1].last_sample
    if end - start <= room:
        return [(start, end)]
    cuts = _possible_cuts(run, track, room)
    starts = [start, *(cut.after for cut in cuts)]
    ends = [*(cut.before for cut in cuts), end]
    costs = [*(cut.cost for cut in cuts), 0.0]
    return _cheapest(starts, ends, costs, room)


def _possible_cuts(run: list[SpeechSpan], track: WindowTrack, room_samples: int) -> list[_Cut]:
    """Every pause of the run, and the faintest points of speech that runs on for longer than there is room."""
    cuts: list[_Cut] = []
    for index, span in enumerate(run):
        begin = span.first_sample
        while span.last_sample - begin > room_samples:
            begin = _faintest(track, begin + room_samples // 2, begin + room_samples)
            cuts.append(_Cut(begin, begin, _FORCED_COST))
        if index + 1 < len(run):
            cuts.append(_pause(span.last_sample, run[index + 1].first_sample))
    return cuts


def _pause(before: int, after: int) -> _Cut:
    shortness = max(0.0, 1 - ms_from_samples(after - before) / _GOOD_PAUSE_MS)
    return _Cut(before, after, _SHORT_PAUSE_COST * shortness**2)


def _faintest(track: WindowTrack, first_sample: int, last_sample: int) -> int:
    """Where speech that never pauses is cut: amid the 96 ms of the range that are least like speech and softest.

    Probability and level count alike: where the network is sure of speech throughout, the level finds the closing
    of lips between words; under music, whose level says nothing, the probability does.
    """
    first, last = track.index_at(first_sample) + 1, track.index_at(last_sample) - 1
    levels = track.levels_db[first:last]
    loudest = float(levels.max(initial=-120.0))
    score = track.probabilities[first:last] + np.clip((levels - loudest + 40) / 40, 0, 1)
    smooth = np.convolve(score, np.full(3, 1 / 3, np.float32), mode="same")
    smooth[[0, -1]] = np.inf
    # The last of equals, so that chunks are long.
    best = len(smooth) - 1 - int(np.argmin(smooth[::-1]))
    return track.first_sample + (first + best) * WINDOW_SAMPLES + WINDOW_SAMPLES // 2


def _cheapest(starts: list[int], ends: list[int], costs: list[float], room_samples: int) -> list[tuple[int, int]]:
    """The pieces of least cost: one for each piece, what each cut costs, and a penalty for tiny pieces.

    `starts[i]..ends[i]` is the speech between cut i − 1 and cut i; a piece is one or more of these, none over the room.
    """
    count = len(starts)
    least = [0.0] + [float("inf")] * count
    begin_of = [0] * (count + 1)
    for stop in range(1, count + 1):
        for begin in range(stop - 1, -1, -1):
            length = ends[stop - 1] - starts[begin]
            if length > room_samples:
                break
            cost = least[begin] + 1 + costs[stop - 1] + _tiny(length)
            if cost < least[stop]:
                least[stop], begin_of[stop] = cost, begin
    pieces: list[tuple[int, int]] = []
    stop = count
    while stop:
        begin = begin_of[stop]
        pieces.append((starts[begin], ends[stop - 1]))
        stop = begin
    return pieces[::-1]


def _tiny(length_samples: int) -> float:
    return max(0.0, 1 - ms_from_samples(length_samples) / _SHORT_CHUNK_MS)


def _padded(pieces: list[tuple[int, int]], track: WindowTrack, pad_samples: int) -> list[tuple[int, int]]:
    """The pieces with sound on both sides, at most to the middle of the pause to the next and to the media's ends."""
    edges: list[tuple[int, int]] = []
    for index, (begin, end) in enumerate(pieces):
        before = track.first_sample if index == 0 else (pieces[index - 1][1] + begin) // 2
        behind = track.last_sample if index == len(pieces) - 1 else (end + pieces[index + 1][0]) // 2
        edges.append((max(begin - pad_samples, before), min(end + pad_samples, behind)))
    return edges


def _inside(spans: Sequence[SpeechSpan], begin: int, end: int) -> tuple[tuple[int, int], ...]:
    """The parts of `spans` that lie in begin..end."""
    return tuple(
        (max(span.first_sample, begin), min(span.last_sample, end))
        for span in spans
        if span.first_sample < end and span.last_sample > begin
    )
