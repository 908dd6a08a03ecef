"""Cuts are found to the frame; movement, fades and flashes are none."""

from __future__ import annotations

import itertools
from collections.abc import Generator
from fractions import Fraction
from pathlib import Path

import ffmpeg
import numpy as np
import pytest

from core.errors import NoPicture
from core.media.identity import media_id
from core.media.shots import CutFinder, find_shots, kept_shots, shots_path
from core.progress import Cancelled, CancelToken, Progress
from core.timecode import ms_of_frame
from tests.data.make_media import ffmpeg_program

SIZE = (36, 64)
CUTS = (24, 60, 61 + 40)


def pictures(shots: list[tuple[int, float]]) -> list[np.ndarray]:
    """Shots of (pictures, grey 0…255), each with a pattern of its own."""
    draw = np.random.default_rng(5)
    made = []
    for count, grey in shots:
        pattern = draw.normal(grey, 30, SIZE)
        made += [np.clip(pattern + draw.normal(0, 2, SIZE), 0, 255).astype(np.int16) for _ in range(count)]
    return made


def cuts_in(film: list[np.ndarray]) -> list[int]:
    finder = CutFinder()
    for number, picture in enumerate(film):
        finder.add(number * 40, picture)
    return [ms // 40 for ms in finder.found_ms]


def test_cuts_are_found_where_they_are() -> None:
    assert cuts_in(pictures([(20, 60), (30, 130), (25, 90)])) == [20, 50]


def test_a_fade_is_no_cut() -> None:
    assert cuts_in([np.full(SIZE, 4 * n, np.int16) for n in range(60)]) == []


def test_movement_is_no_cut() -> None:
    wide = np.random.default_rng(5).normal(120, 60, (36, 400)).clip(0, 255).astype(np.int16)
    assert cuts_in([wide[:, n * 5 : n * 5 + 64] for n in range(60)])[1:] == []


def test_a_flash_counts_once() -> None:
    film = pictures([(40, 60)])
    film[20] = np.full(SIZE, 250, np.int16)
    assert len(cuts_in(film)) == 1


@pytest.fixture(scope="module")
def cut_film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Five seconds at 23.976 with cuts at `CUTS`."""
    edges = [0, *CUTS, 120]
    film = pictures([(last - first, 60 + 70 * (n % 2)) for n, (first, last) in enumerate(itertools.pairwise(edges))])
    target = tmp_path_factory.mktemp("cut") / "cut.mp4"
    source = ffmpeg.input("pipe:", format="rawvideo", pix_fmt="gray", s="64x36", framerate="24000/1001")
    coded = source.output(str(target), vcodec="libx264", pix_fmt="yuv420p", crf=10).overwrite_output()
    coded.run(cmd=ffmpeg_program(), input=np.stack(film).astype(np.uint8).tobytes(), quiet=True)
    return target


def found(finding: Generator[Progress, None, tuple[int, ...]]) -> tuple[int, ...]:
    while True:
        try:
            next(finding)
        except StopIteration as end:
            return end.value  # type: ignore[no-any-return]


def test_cuts_of_a_film_are_the_starts_of_its_frames_and_are_kept(cut_film: Path) -> None:
    assert kept_shots(media_id(cut_film)) is None
    cuts = found(find_shots(cut_film))
    assert cuts == tuple(ms_of_frame(frame, Fraction(24000, 1001)) for frame in CUTS)
    assert kept_shots(media_id(cut_film)) == cuts


@pytest.mark.parametrize("harm", ["", "[]", '{"form": 9, "cuts_ms": []}', '{"form": 1, "cuts_ms": ["x"]}'])
def test_a_damaged_list_is_made_anew(cut_film: Path, harm: str) -> None:
    path = shots_path(media_id(cut_film))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(harm)
    assert len(found(find_shots(cut_film))) == len(CUTS)


def test_a_cache_that_takes_no_files_costs_no_look(
    cut_film: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("CUESMITH_HOME", str(tmp_path / "file" / "home"))
    assert len(found(find_shots(cut_film))) == len(CUTS)


def test_stopping_keeps_nothing_and_sound_has_no_shots(cut_film: Path, speech_file: Path) -> None:
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(Cancelled):
        found(find_shots(cut_film, cancel))
    assert kept_shots(media_id(cut_film)) is None
    if speech_file.suffix == ".flac":
        with pytest.raises(NoPicture):
            found(find_shots(speech_file))
