"""The sample film is what it promises: streams, length, size, a counter that tells the truth, and true times."""

from __future__ import annotations

import itertools
import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import numpy.typing as npt
import pytest
from pocketsphinx import Decoder

from core.paths import resource
from resources.sample import counter, make_sample, story
from resources.sample.canvas import Canvas
from resources.sample.voices import Spoken
from tests.words import plain_words, share_in_order

FILM = resource("sample", "last_boat.mp4")
RATE = Fraction(24_000, 1_001)


@pytest.fixture(scope="module")
def truth() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(FILM.with_suffix(".truth.json").read_text(encoding="utf-8"))
    return loaded


def lamps(picture: npt.NDArray[np.uint8]) -> int:
    """The number that the counter's lamps show in a (height, width, 3) picture."""
    centres = [counter.lamp_centre(lamp) for lamp in range(counter.LAMPS)]
    return int("".join(str(int(picture[y, x].mean() > 128)) for x, y in centres), 2)


def test_the_film_has_an_h264_picture_and_one_english_aac_track() -> None:
    with av.open(str(FILM)) as film:
        (video,) = film.streams.video
        (audio,) = film.streams.audio
        assert (video.codec_context.name, video.codec_context.pix_fmt, video.average_rate) == ("h264", "yuv420p", RATE)
        assert (audio.codec_context.name, audio.language, audio.codec_context.sample_rate) == ("aac", "eng", 48_000)
        assert film.metadata["title"] == story.TITLE


def test_the_film_is_about_forty_seconds_and_at_most_a_megabyte_and_a_half(truth: dict[str, Any]) -> None:
    with av.open(str(FILM)) as film:
        assert film.duration is not None
        assert 35_000_000 < film.duration < 45_000_000  # µs
        assert film.streams.video[0].frames == truth["frames"]
    assert FILM.stat().st_size <= 1_500_000


def test_the_index_stands_before_the_media_so_that_it_plays_while_loading() -> None:
    head = FILM.read_bytes()
    assert head.index(b"moov") < head.index(b"mdat")


def test_every_picture_carries_its_own_number_and_no_two_neighbours_are_alike() -> None:
    seen: list[int] = []
    sums: list[int] = []
    with av.open(str(FILM)) as film:
        for frame in film.decode(video=0):
            picture = frame.to_ndarray(format="rgb24").astype(np.uint8)
            seen.append(lamps(picture))
            sums.append(int(picture[: counter.TOP - 10].astype(np.int64).sum()))
    assert seen == list(range(len(seen)))
    assert sum(a == b for a, b in itertools.pairwise(sums)) == 0


def test_the_text_is_the_story_a_sentence_a_line_and_so_are_the_times(truth: dict[str, Any]) -> None:
    lines = FILM.with_suffix(".txt").read_text(encoding="utf-8").splitlines()
    assert lines == [line.text for line in story.LINES]
    assert [sentence["text"] for sentence in truth["sentences"]] == lines
    assert [" ".join(word["text"] for word in sentence["words"]) for sentence in truth["sentences"]] == lines


def test_two_voices_speak_with_pauses_between_them_that_a_listener_notices(truth: dict[str, Any]) -> None:
    sentences = truth["sentences"]
    gaps = [after["start_ms"] - before["end_ms"] for before, after in itertools.pairwise(sentences)]
    assert {sentence["voice"] for sentence in sentences} == {story.BOATMAN, story.PASSENGER}
    assert sum(gap >= 1_000 for gap in gaps) >= 3


def test_the_true_times_are_in_order_and_the_film_sounds_there_and_nowhere_else(truth: dict[str, Any]) -> None:
    sound = decoded(FILM)
    quiet = 10 ** (-40 / 20)
    end_ms = 0
    for sentence in truth["sentences"]:
        times = [ms for word in sentence["words"] for ms in (word["start_ms"], word["end_ms"])]
        assert times == sorted(times)
        assert (times[0], times[-1]) == (sentence["start_ms"], sentence["end_ms"])
        assert loudness(sound, end_ms + 60, sentence["start_ms"] - 60) < quiet
        assert loudness(sound, sentence["start_ms"], sentence["end_ms"]) > 4 * quiet
        end_ms = sentence["end_ms"]


def decoded(path: Path) -> npt.NDArray[np.float32]:
    """(n,) float32 at 16 kHz."""
    resampler = av.AudioResampler(format="flt", layout="mono", rate=16_000)
    blocks: list[npt.NDArray[np.float32]] = []
    with av.open(str(path)) as film:
        for frame in film.decode(audio=0):
            blocks += [out.to_ndarray()[0] for out in resampler.resample(frame)]
    return np.concatenate(blocks)


def loudness(sound: npt.NDArray[np.float32], start_ms: int, end_ms: int) -> float:
    """Root mean square of a part."""
    return float(np.sqrt(np.mean(sound[start_ms * 16 : end_ms * 16] ** 2)))


@pytest.mark.parametrize("frame", [0, 1, 7, 1_058, 4_095])
def test_the_lamps_show_any_number_up_to_their_limit(frame: int) -> None:
    canvas = Canvas(np.zeros((360, 640, 3), np.float32))
    counter.draw(canvas, frame)
    assert lamps(canvas.pixels.astype(np.uint8)) == frame


def test_the_story_put_together_again_gives_the_same_times(truth: dict[str, Any]) -> None:
    speech = [Spoken(np.ones((s["end_ms"] - s["start_ms"]) * 16, np.float32), ()) for s in truth["sentences"]]
    sentences, _ = make_sample.mix(list(zip(story.LINES, speech, strict=True)))
    assert [(s.start_ms, s.end_ms) for s in sentences] == [(s["start_ms"], s["end_ms"]) for s in truth["sentences"]]


def test_the_built_in_recognizer_understands_nine_words_in_ten_sentence_by_sentence(truth: dict[str, Any]) -> None:
    sound = decoded(FILM)
    decoder = Decoder(loglevel="FATAL")
    said: list[str] = []
    heard: list[str] = []
    for sentence in truth["sentences"]:
        said += plain_words(sentence["text"])
        heard += plain_words(
            recognised(decoder, sound[(sentence["start_ms"] - 250) * 16 : (sentence["end_ms"] + 250) * 16])
        )
    share = share_in_order(said, heard)
    print(f"{share:.1%} of {len(said)} words in order")  # pytest -rP shows it
    assert share >= 0.9


def recognised(decoder: Decoder, sound: npt.NDArray[np.float32]) -> str:
    """What PocketSphinx makes of 16 kHz sound, untouched by what it heard before."""
    decoder.reinit_feat()
    decoder.start_utt()
    decoder.process_raw((sound * 32_767).astype("<i2").tobytes(), full_utt=True)
    decoder.end_utt()
    hypothesis = decoder.hyp()
    return hypothesis.hypstr if hypothesis else ""
