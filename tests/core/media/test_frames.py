"""The wanted picture and no other: films that show their own numbers, at three rates, in three containers."""

from __future__ import annotations

import random
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from core.errors import NoPicture, NotMedia
from core.media.frames import FrameReader, Picture
from core.timecode import ms_of_frame, parse_frame_rate
from tests.data.counted_film import HEIGHT_PX, WIDTH_PX, make_counted, number_on
from tests.media_fixtures import ScriptedMedia

COUNT = 1500
SEEKS = 200


def shown(picture: Picture) -> int:
    pixels = np.frombuffer(picture.bgra, np.uint8).reshape(picture.height, picture.width, 4)
    return number_on(pixels[:, :, 1])


@pytest.fixture(scope="module")
def films(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Path, Fraction]]:
    folder = tmp_path_factory.mktemp("counted")
    kinds = {"23.976": ".mp4", "25": ".mkv", "29.97": ".mp4"}
    return {
        name: (make_counted(folder / f"{name}{kind}", parse_frame_rate(name), COUNT), parse_frame_rate(name))
        for name, kind in kinds.items()
    }


@pytest.mark.parametrize("rate", ["23.976", "25", "29.97"])
def test_random_seeks_show_the_wanted_number(films: dict[str, tuple[Path, Fraction]], rate: str) -> None:
    path, fraction = films[rate]
    draw = random.Random(8)
    wanted = [draw.randrange(COUNT) for _ in range(SEEKS)]
    with FrameReader(path) as reader:
        pictures = [reader.picture(ms_of_frame(number, fraction)) for number in wanted]
    assert [shown(picture) for picture in pictures] == wanted
    assert [picture.start_ms for picture in pictures] == [ms_of_frame(number, fraction) for number in wanted]


@pytest.mark.parametrize("rate", ["23.976", "25", "29.97"])
def test_stepping_on_and_back_goes_picture_by_picture(films: dict[str, tuple[Path, Fraction]], rate: str) -> None:
    path, fraction = films[rate]
    steps = [*range(240, 300), *range(300, 200, -1), COUNT - 1, COUNT - 2, 0, 1]
    with FrameReader(path) as reader:
        assert [shown(reader.picture(ms_of_frame(number, fraction))) for number in steps] == steps


def test_a_film_without_an_index_shows_the_wanted_number_too(tmp_path: Path) -> None:
    rate = parse_frame_rate("29.97")
    path = make_counted(tmp_path / "film.ts", rate, 400, g=90)
    wanted = [399, 0, 89, 90, 240, 91, 300, 5]
    with FrameReader(path) as reader:
        assert [shown(reader.picture(ms_of_frame(number, rate))) for number in wanted] == wanted


def test_a_picture_stands_until_the_next_begins(films: dict[str, tuple[Path, Fraction]]) -> None:
    path, rate = films["23.976"]
    with FrameReader(path) as reader:
        first = reader.picture(ms_of_frame(100, rate))
        assert (first.start_ms, first.end_ms) == (ms_of_frame(100, rate), ms_of_frame(101, rate))
        assert shown(reader.picture(first.end_ms - 1)) == 100
        assert shown(reader.picture(first.end_ms)) == 101


def test_before_the_first_it_is_the_first_and_behind_the_last_the_last(films: dict[str, tuple[Path, Fraction]]) -> None:
    path, _rate = films["25"]
    with FrameReader(path) as reader:
        assert shown(reader.picture(10**7)) == COUNT - 1
        assert shown(reader.picture(-500)) == 0


def test_a_picture_is_made_to_fit_and_never_larger(films: dict[str, tuple[Path, Fraction]]) -> None:
    path, rate = films["25"]
    with FrameReader(path) as reader:
        small = reader.picture(ms_of_frame(777, rate), 160, 100)
        assert (small.width, small.height, shown(small)) == (160, 24, 777)
        large = reader.picture(0, 4000, 4000)
        assert (large.width, large.height) == (WIDTH_PX, HEIGHT_PX)
        assert len(large.bgra) == WIDTH_PX * HEIGHT_PX * 4


def test_uneven_pictures_are_found_by_time(scripted: ScriptedMedia) -> None:
    with FrameReader(scripted.file("variable_rate.mp4")) as reader:
        first = reader.picture(1000)
        assert first.start_ms <= 1000 < first.end_ms
        assert reader.picture(first.end_ms).start_ms == first.end_ms


def test_sound_alone_and_no_film_say_so(speech_file: Path, tmp_path: Path) -> None:
    if speech_file.suffix == ".flac":
        with pytest.raises(NoPicture):
            FrameReader(speech_file)
    nothing = tmp_path / "film.mp4"
    nothing.write_bytes(b"no film at all")
    with pytest.raises(NotMedia):
        FrameReader(nothing)
