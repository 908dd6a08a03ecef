"""Chunks: what must hold for any speech (by properties), and what comes out of real files."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import BadArgument
from core.media.waveform import Samples, Waveform
from core.progress import Cancelled, CancelToken, Progress
from core.speech.chunk import ChunkSpan
from core.speech.chunker import ChunkOptions, cut_chunks, plan_chunks, planning
from core.speech.cuts import chunks_of
from core.speech.detector import SpeechSpan, WindowTrack
from core.speech.silero import WINDOW_SAMPLES
from core.timecode import SAMPLE_RATE, samples_from_ms
from tests.fakes.sound import blocks_of, load, silence


def track_for(spans: list[SpeechSpan], length: int, first_sample: int = 0, seed: int = 0) -> WindowTrack:
    """A track that is sure of speech inside `spans`, with levels that vary."""
    count = -(-length // WINDOW_SAMPLES)
    centres = first_sample + np.arange(count) * WINDOW_SAMPLES + WINDOW_SAMPLES // 2
    inside = np.zeros(count, bool)
    for span in spans:
        inside |= (centres >= span.first_sample) & (centres < span.last_sample)
    levels = np.random.default_rng(seed).uniform(-40, -10, count).astype(np.float32)
    return WindowTrack(first_sample, first_sample + length, np.where(inside, 0.98, 0.01).astype(np.float32), levels)


@st.composite
def speech(draw: st.DrawFn) -> tuple[list[SpeechSpan], WindowTrack]:
    first = draw(st.sampled_from([0, 24_000]))
    position, spans = first, []
    for _ in range(draw(st.integers(0, 25))):
        begin = position + samples_from_ms(draw(st.integers(60, 6_000)))
        position = begin + samples_from_ms(draw(st.integers(260, 70_000 if draw(st.booleans()) else 4_000)))
        spans.append(SpeechSpan(begin, position))
    length = position - first + samples_from_ms(draw(st.integers(0, 3_000)))
    return spans, track_for(spans, length, first, draw(st.integers(0, 9)))


@settings(max_examples=120, deadline=None)
@given(speech(), st.sampled_from([2_000, 7_500, 30_000]), st.sampled_from([0, 200, 500]))
def test_chunks_are_in_order_apart_within_the_limit_and_hold_all_speech(
    sound: tuple[list[SpeechSpan], WindowTrack], limit_ms: int, pad_ms: int
) -> None:
    spans, track = sound
    chunks = chunks_of(spans, track, ChunkOptions(limit_ms=limit_ms, pad_ms=pad_ms))
    assert [chunk.index for chunk in chunks] == list(range(len(chunks)))
    assert all(0 < chunk.last_sample - chunk.first_sample <= samples_from_ms(limit_ms) for chunk in chunks)
    assert all(a.last_sample <= b.first_sample for a, b in itertools.pairwise(chunks))
    assert all(track.first_sample <= c.first_sample and c.last_sample <= track.last_sample for c in chunks)
    parts = [part for chunk in chunks for part in chunk.speech]
    assert sum(b - a for a, b in parts) == sum(b - a for a, b in spans)
    assert all(c.first_sample <= a < b <= c.last_sample for c in chunks for a, b in c.speech)


@settings(max_examples=60, deadline=None)
@given(speech())
def test_no_chunk_holds_a_pause_longer_than_allowed(sound: tuple[list[SpeechSpan], WindowTrack]) -> None:
    spans, track = sound
    for chunk in chunks_of(spans, track, ChunkOptions(max_pause_ms=1_500)):
        pauses = [b[0] - a[1] for a, b in zip(chunk.speech, chunk.speech[1:], strict=False)]
        assert max(pauses, default=0) <= samples_from_ms(1_500)


def seconds(*edges: float) -> list[SpeechSpan]:
    samples = [round(edge * SAMPLE_RATE) for edge in edges]
    return [SpeechSpan(a, b) for a, b in zip(samples[::2], samples[1::2], strict=True)]


def test_a_long_pause_wins_over_a_later_short_one() -> None:
    spans = seconds(0, 20, 20.8, 28, 28.15, 40)
    chunks = chunks_of(spans, track_for(spans, 40 * SAMPLE_RATE), ChunkOptions())
    assert [round(c.first_sample / SAMPLE_RATE, 1) for c in chunks] == [0, 20.6]


def test_of_equal_pauses_none_is_chosen_that_leaves_a_tiny_rest() -> None:
    spans = seconds(0, 10, 10.7, 20, 20.7, 29, 29.7, 30.4)
    chunks = chunks_of(spans, track_for(spans, 31 * SAMPLE_RATE), ChunkOptions())
    assert len(chunks) == 2
    assert min(c.last_sample - c.first_sample for c in chunks) > 3 * SAMPLE_RATE


def test_speech_without_any_pause_is_cut_where_it_is_softest() -> None:
    spans = seconds(0, 45)
    track = track_for(spans, 45 * SAMPLE_RATE)
    track.levels_db[:] = -15
    softest = round(24 * SAMPLE_RATE / WINDOW_SAMPLES)
    track.levels_db[softest - 1 : softest + 2] = -50
    first, second = chunks_of(spans, track, ChunkOptions())
    assert first.last_sample == second.first_sample
    assert abs(first.last_sample / SAMPLE_RATE - 24) < 0.05


def test_a_brief_unsure_sound_far_from_speech_is_dropped_and_kept_near_it() -> None:
    spans = seconds(5, 5.5, 20, 24, 24.5, 25)
    track = track_for(spans, 30 * SAMPLE_RATE)
    for edge in (5, 24.5):
        start = round(edge * SAMPLE_RATE / WINDOW_SAMPLES)
        track.probabilities[start - 1 : start + 17] = 0.6
    assert [c.speech for c in chunks_of(spans, track, ChunkOptions())] == [tuple(map(tuple, spans[1:]))]
    assert len(chunks_of(spans, track, ChunkOptions(doubt=0))) == 2


@pytest.mark.parametrize("values", [{"limit_ms": 500}, {"pad_ms": 900}, {"pad_ms": -1}, {"max_pause_ms": -1}])
def test_chunk_options_out_of_range_are_refused(values: dict[str, int]) -> None:
    with pytest.raises(BadArgument):
        ChunkOptions(**values)  # type: ignore[arg-type]


# ── real sound ───────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def film(material: Path) -> Samples:
    """Four minutes with 25 s of silence and 20 s of music inside."""
    return load(material / "A_english/long_constructed/long_dev_en.opus")


def test_silence_and_music_of_a_real_film_are_in_no_chunk(film: Samples) -> None:
    plan = plan_chunks(blocks_of(film, 160_000))
    assert plan[0].first_sample < 2 * SAMPLE_RATE
    assert plan[-1].last_sample > 251 * SAMPLE_RATE
    for first, last in ((91, 115), (179, 199)):
        assert not [c for c in plan if c.first_sample < last * SAMPLE_RATE and c.last_sample > first * SAMPLE_RATE]


def test_planning_says_how_far_it_came(film: Samples) -> None:
    items = list(planning(blocks_of(film[: 30 * SAMPLE_RATE]), total_ms=30_000))
    assert [item.done_ms for item in items if isinstance(item, Progress)] == list(range(1000, 31_000, 1000))
    assert isinstance(items[-1], ChunkSpan)


def test_planning_stops_when_cancelled() -> None:
    cancel = CancelToken()
    steps = planning(blocks_of(silence(5)), cancel=cancel)
    next(steps)
    cancel.cancel()
    with pytest.raises(Cancelled):
        next(steps)


@pytest.mark.parametrize("name", ["silence_60s_16k", "hiss_-60dBFS_30s", "hum_50Hz_10s", "clicks_each_second_48k"])
def test_nothing_is_sent_on_for_noise(material: Path, name: str) -> None:
    assert plan_chunks(blocks_of(load(material / f"G_noise_music/synthetic/{name}.flac"))) == ()


# ── samples ──────────────────────────────────────────────────────────────────────────────────────


def ramp(length: int) -> Samples:
    return np.arange(length, dtype=np.float32)


def span(index: int, first: int, last: int) -> ChunkSpan:
    return ChunkSpan(index, first, last, ((first, last),))


@given(
    st.lists(st.integers(1, 50), max_size=12), st.integers(1, 70), st.sets(st.integers(0, 5)), st.sampled_from([0, 13])
)
def test_chunks_hold_exactly_the_samples_of_their_span(
    lengths: list[int], block: int, skip: set[int], offset: int
) -> None:
    edges = np.cumsum([0, *lengths])
    spans = [span(i, int(a) + offset, int(b) + offset) for i, (a, b) in enumerate(itertools.pairwise(edges))]
    spans = spans[::2]
    sound = ramp(int(edges[-1]) + 20)
    chunks = list(cut_chunks(blocks_of(sound, block, first_sample=offset), spans, skip=skip))
    assert [c.index for c in chunks] == [s.index for s in spans if s.index not in skip]
    for chunk in chunks:
        assert chunk.samples.tolist() == list(range(chunk.first_sample - offset, chunk.last_sample - offset))


def test_reading_stops_after_the_last_chunk_that_is_wanted() -> None:
    read: list[int] = []

    def blocks() -> Iterator[Waveform]:
        for block in blocks_of(ramp(1000), 100):
            read.append(block.first_sample)
            yield block

    list(cut_chunks(blocks(), [span(0, 10, 150), span(1, 700, 900)], skip={1}))
    assert read == [0, 100]
    read.clear()
    assert list(cut_chunks(blocks(), [span(0, 10, 150)], skip={0})) == []
    assert read == []


def test_sound_that_ends_early_gives_a_shorter_last_chunk() -> None:
    chunks = list(cut_chunks(blocks_of(ramp(120), 50), [span(0, 10, 40), span(1, 100, 200), span(2, 300, 310)]))
    assert [(c.first_sample, c.last_sample) for c in chunks] == [(10, 40), (100, 120)]


def test_a_hole_between_blocks_is_silence_in_the_chunk() -> None:
    holed = [Waveform(np.ones(50, np.float32)), Waveform(np.ones(50, np.float32), 80)]
    (chunk,) = cut_chunks(holed, [span(0, 40, 90)])
    assert chunk.samples.tolist() == [1] * 10 + [0] * 30 + [1] * 10
