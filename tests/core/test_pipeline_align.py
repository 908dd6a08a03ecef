"""An align run from the file on: cost over an hour, and being stopped."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import wave
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from core.engine import EngineInfo
from core.errors import EngineError, UnknownStyle
from core.events import AlignJob, CuesFound
from core.pipeline_align import RecognizerHearing, run
from core.progress import Cancelled, CancelToken, Progress, Stage
from core.recognition.protocol import Options, RecognitionStream
from core.speech.chunk import Chunk
from core.sphinx import pcm16
from core.transcript import Segment
from tests.core.alignment.known_text.runs import long_film
from tests.core.alignment.known_text.runs import run as run_text
from tests.core.alignment.known_text.test_windows import text_of
from tests.core.alignment.known_text.truth import KnowingAligner, Said, film_of, spoken

ROOT = Path(__file__).parent.parent.parent


@dataclass(frozen=True)
class Cost:
    """What an align run cost, and when each word of each line starts."""

    seconds: float
    cpu_s: float
    peak_mib: int
    lines: list[list[int]]

    @property
    def x_realtime(self) -> float:
        """Seconds of sound for one of processor time."""
        return self.seconds / self.cpu_s


def looped(material: Path, folder: Path, times: int) -> Cost:
    """The four-minute film so many times over, with its text so many times over."""
    film = long_film(material)
    media, text = folder / f"loop{times}.wav", folder / f"loop{times}.txt"
    with wave.open(str(media), "wb") as out:
        out.setparams((1, 2, 16_000, 0, "NONE", ""))
        for _ in range(times):
            out.writeframes(pcm16(film.samples))
    text.write_text("\n".join(film.lines * times), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "tests.core.align_child", str(media), str(text)],
        cwd=ROOT,
        env={**os.environ, "OMP_NUM_THREADS": "1"},
        capture_output=True,
        check=True,
    )
    told = json.loads(done.stdout)
    return Cost(times * len(film.samples) / 16_000, told["cpu_s"], told["peak_mib"], told["lines"])


@pytest.mark.slow
@pytest.mark.timeout(3_000)
def test_an_hour_costs_six_times_ten_minutes_and_no_more_memory(material: Path, tmp_path: Path) -> None:
    short, long = looped(material, tmp_path, 2), looped(material, tmp_path, 14)
    print(short.x_realtime, short.peak_mib, long.x_realtime, long.peak_mib)
    assert abs(long.x_realtime / short.x_realtime - 1) <= 0.15
    assert long.peak_mib < 400
    count = len(short.lines) // 2
    period_ms = long.seconds * 1000 / 14
    again = [
        abs(start_ms - base_ms - turn * period_ms) <= 200
        for turn in range(14)
        for line, base in zip(long.lines[turn * count : (turn + 1) * count], short.lines[:count], strict=True)
        for start_ms, base_ms in zip(line, base, strict=False)
    ]
    assert sum(again) >= 0.97 * 14 * sum(map(len, short.lines[:count]))


class TextOnly:
    """A recognizer that gives text without times, a segment for each chunk, all chunks taken first."""

    def __init__(self, said: list[Said]) -> None:
        self.info = EngineInfo("text", "Text only", ("en",), gives_words=False)
        self._said = said

    def transcribe(
        self, chunks: Iterable[Chunk], options: Options, cancel: CancelToken
    ) -> Iterator[Segment | Progress]:
        for chunk in list(chunks):
            yield Progress(Stage.RECOGNISE, 0, 0)
            words = [
                word.text for word in self._said if chunk.start_ms <= word.start_ms and word.end_ms <= chunk.end_ms
            ]
            yield Segment(chunk.start_ms, chunk.end_ms, " ".join(words), ("en",))

    def stream(self, options: Options) -> RecognitionStream:
        raise EngineError(engine="text", cause="it cannot stream")


def test_a_recognizer_without_times_hears_through_the_aligner() -> None:
    lines = text_of(30)
    said = spoken("\n".join(lines))
    hearing = RecognizerHearing(TextOnly(said), KnowingAligner(said), "en")
    report = run_text(film_of(said), lines, hearing=hearing, aligner=lambda: KnowingAligner(said))
    places = {(word.text, word.start_ms) for word in said}
    assert report.unmatched == ()
    assert all((word.text, word.start_ms) in places for line in report.lines for word in line.words)


def test_a_run_stops_at_the_next_step_when_it_is_told_to(material: Path) -> None:
    token = CancelToken()
    job = AlignJob(str(material / "A_english/jfk/jfk.flac"), ("ask not what your country can do for you",))
    stages: list[Stage] = []

    def go_on() -> None:
        for event in run(job, cancel=token):
            if isinstance(event, Progress):
                stages.append(event.stage)
                if event.stage is Stage.RECOGNISE:
                    token.cancel()

    with pytest.raises(Cancelled):
        go_on()
    assert stages[0] is Stage.PROBE
    assert Stage.ALIGN not in stages


def test_found_lines_come_as_cues_where_a_style_is_named(material: Path) -> None:
    lines = (
        "And so my fellow Americans,",
        "the moon is made of green paint",
        "ask not what your country can do for you",
    )
    job = AlignJob(str(material / "A_english/jfk/jfk.flac"), lines, style="netflix-en")
    (found,) = [event for event in run(job, cancel=CancelToken()) if isinstance(event, CuesFound)]
    assert [cue.text.replace("\n", " ") for cue in found.cues] == [lines[0], lines[2]]
    with pytest.raises(UnknownStyle):
        list(run(replace(job, style="none"), cancel=CancelToken()))
