"""Lyrics onto a real song with human times: in place, later, and slower."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import av
import numpy as np
import pytest

from core.alignment.known_text.report import Report
from core.alignment.known_text.script import script_of
from core.alignment.known_text.song import LONGEST_MS, align_song
from core.alignment.known_text.voiceless import joined_parts, original_ms, voiced_parts
from core.errors import BadArgument
from core.media.waveform import Samples
from core.progress import CancelToken
from tests.core.alignment.known_text.runs import drained
from tests.fakes.sound import blocks_of, load


@dataclass(frozen=True)
class Song:
    """A song with its lyrics and when each word is sung, in ms."""

    samples: Samples
    lines: tuple[str, ...]
    starts_ms: tuple[float, ...]


@dataclass(frozen=True)
class Hits:
    """Shares of words 0..1 whose start was found within 100 and 300 ms; of the confident half within 300 ms."""

    within_100: float
    within_300: float
    confident_within_300: float


@pytest.fixture(scope="module")
def song(material: Path) -> Song:
    truth = json.loads((material / "C_songs/derived_on_the_run/truth.json").read_text(encoding="utf-8"))
    lines: list[str] = []
    starts: list[float] = []
    for line in truth["unit_times_s"]:
        text = ""
        for unit in line:
            if unit["text"].startswith(" ") or not text:
                starts.append(unit["start"] * 1000)
            text += unit["text"].replace("~", "")
        lines.append(text.strip())
    return Song(load(material / "C_songs/ultrastar_on_the_run_en/audio.ogg"), tuple(lines), tuple(starts))


def timed(samples: Samples, song: Song) -> Report:
    blocks = blocks_of(samples, 160_000)
    script = script_of(song.lines)
    return drained(align_song(script, blocks, total_ms=len(samples) // 16, cancel=CancelToken()))


def hits(report: Report, starts_ms: np.ndarray) -> Hits:
    words = [word for line in report.lines for word in line.words]
    assert len(words) == len(starts_ms)
    off = np.abs(np.array([word.start_ms for word in words]) - starts_ms)
    confidence = np.array([word.time_confidence for word in words])
    confident = np.argsort(-confidence, kind="stable")[: len(words) // 2]
    return Hits(float(np.mean(off <= 100)), float(np.mean(off <= 300)), float(np.mean(off[confident] <= 300)))


def slower(samples: Samples, speed: float) -> Samples:
    """Played at `speed`, as a tape: longer and lower."""
    resampler = av.AudioResampler(format="flt", layout="mono", rate=round(16_000 / speed))
    frame = av.AudioFrame.from_ndarray(samples.reshape(1, -1), format="flt", layout="mono")
    frame.sample_rate = 16_000
    pieces = [*resampler.resample(frame), *resampler.resample(None)]
    return np.concatenate([piece.to_ndarray().reshape(-1) for piece in pieces]).astype(np.float32)


@pytest.mark.slow
def test_four_of_five_sung_words_are_found_also_later_and_slower(song: Song) -> None:
    starts = np.array(song.starts_ms)
    plain = hits(timed(song.samples, song), starts)
    later = hits(timed(np.concatenate([np.zeros(116_800, np.float32), song.samples]), song), starts + 7_300)
    slow = hits(timed(slower(song.samples, 0.97), song), starts / 0.97)
    print(plain, later, slow)
    assert plain.within_300 >= 0.78
    assert later.within_300 >= plain.within_300 - 0.03
    assert slow.within_300 >= plain.within_300 - 0.03
    assert plain.confident_within_300 > plain.within_300


def test_an_album_in_one_file_is_refused_with_what_to_do() -> None:
    with pytest.raises(BadArgument, match="speech"):
        drained(align_song(script_of(["la la"]), [], total_ms=LONGEST_MS + 1, cancel=CancelToken()))


def test_parts_without_a_voice_go_and_places_come_back(material: Path) -> None:
    jfk = load(material / "A_english/jfk/jfk.flac")
    music = load(material / "G_noise_music/sorohanro_-_solo-trumpet-06.ogg")
    silence = np.zeros(20 * 16_000, np.float32)
    samples = np.concatenate([jfk, silence, jfk])
    parts = voiced_parts(samples)
    assert len(parts) == 2
    assert len(joined_parts(samples, parts)) < len(samples) - 15 * 16_000
    assert original_ms(1_000, parts) == 1_000
    second_ms = original_ms(len(joined_parts(samples, parts)) // 16 - 1_000, parts)
    assert abs(second_ms - (len(samples) // 16 - 1_000)) <= 1
    assert voiced_parts(music) == [(0, len(music))] or sum(b - a for a, b in voiced_parts(music)) < len(music)


def test_where_no_voice_is_heard_at_all_nothing_is_taken_out() -> None:
    samples = np.zeros(60 * 16_000, np.float32)
    assert voiced_parts(samples) == [(0, len(samples))]
