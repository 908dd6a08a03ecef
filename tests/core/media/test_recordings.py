"""Recordings on disk: readable while they grow, kept as long as they should be and no longer."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest

from core.errors import CannotWrite
from core.media.decode import Decoder
from core.media.recording import Recording
from core.media.recordings import (
    DAYS,
    EVER,
    NEVER,
    Keeping,
    all_recordings,
    delete_all,
    new_recording,
    recordings_dir,
    tidy,
)

DAY_S = 86_400
NOW_S = 1_700_000_000.0


def noise(seconds: float) -> np.ndarray:
    return (np.random.default_rng(1).standard_normal(round(seconds * 16_000)) * 0.1).astype(np.float32)


def read(path: Path) -> np.ndarray:
    with Decoder(path) as decoder:
        return np.concatenate([block.samples for block in decoder])


def kept(name: str, *, days: float, size: int = 1000) -> Path:
    path = recordings_dir() / f"{name}.flac"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(bytes(size))
    os.utime(path, (NOW_S - days * DAY_S,) * 2)
    return path


def test_what_was_put_in_comes_out_to_the_sample(tmp_path: Path) -> None:
    sound = noise(3.21)
    recording = Recording(tmp_path / "sound.flac")
    for first in range(0, len(sound), 777):
        recording.write(sound[first : first + 777])
    recording.close()
    assert recording.samples == len(sound)
    assert np.abs(read(recording.path) - sound).max() < 1 / 16_000


def test_a_recording_that_grows_can_be_read_up_to_its_last_second(tmp_path: Path) -> None:
    sound = noise(5)
    recording = Recording(tmp_path / "sound.flac")
    for first in range(0, len(sound), 1_600):
        recording.write(sound[first : first + 1_600])
    read_now = read(recording.path)
    assert len(read_now) >= 4 * 16_000
    assert np.abs(read_now - sound[: len(read_now)]).max() < 1 / 16_000
    recording.close()


def test_a_recording_never_takes_the_place_of_another_file(tmp_path: Path) -> None:
    (tmp_path / "sound.flac").write_bytes(b"mine")
    with pytest.raises(CannotWrite):
        Recording(tmp_path / "sound.flac")
    assert (tmp_path / "sound.flac").read_bytes() == b"mine"


def test_a_recording_without_sound_leaves_no_file(tmp_path: Path) -> None:
    recording = Recording(tmp_path / "sound.flac")
    recording.write(noise(0))
    recording.close()
    recording.close()
    assert list(tmp_path.iterdir()) == []


def test_after_the_limit_old_recordings_are_gone() -> None:
    old, new = kept("old", days=8), kept("new", days=2)
    assert tidy(Keeping(), now_s=NOW_S) == 1000
    assert all_recordings() == [new]
    assert not old.exists()


def test_for_ever_means_for_ever_up_to_the_space_allowed() -> None:
    first, second = kept("first", days=900), kept("second", days=800)
    assert tidy(Keeping(EVER), now_s=NOW_S) == 0
    assert tidy(Keeping(EVER, limit_bytes=1500), now_s=NOW_S) == 1000
    assert not first.exists()
    assert second.exists()


def test_never_deletes_all_but_what_is_in_use() -> None:
    used, growing, done = kept("used", days=1), kept("growing", days=0), kept("done", days=0.1)
    tidy(Keeping(NEVER), now_s=NOW_S, open_files=(used,))
    assert used.exists()
    assert growing.exists()
    assert not done.exists()


def test_a_recording_that_another_window_makes_stays_however_long_it_did_not_grow() -> None:
    recording = Recording(new_recording())
    recording.write(noise(2))
    os.utime(recording.path, (NOW_S - 30 * DAY_S,) * 2)  # a pause, or a machine that slept
    for keep in (NEVER, DAYS, EVER):
        assert tidy(Keeping(keep, limit_bytes=0), now_s=NOW_S) == 0
    assert delete_all() == 0
    recording.close()
    os.utime(recording.path, (NOW_S - 30 * DAY_S,) * 2)
    assert tidy(Keeping(), now_s=NOW_S) > 0
    assert all_recordings() == []


def test_delete_now_leaves_only_the_open_one() -> None:
    used = kept("used", days=1)
    kept("other", days=1)
    assert delete_all(open_files=(used,)) == 1000
    assert all_recordings() == [used]


def test_two_dictations_of_one_second_have_two_names() -> None:
    first = new_recording()
    first.parent.mkdir(parents=True, exist_ok=True)
    first.touch()
    assert new_recording() != first
