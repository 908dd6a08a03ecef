"""`cuesmith listen`: firm text on stdout, a line a segment, from a file and from a microphone."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
import wave
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from core.media.recordings import recordings_dir
from core.media.waveform import Samples
from tests.app.cli.conftest import Cuesmith
from tests.fakes.sound_card import SoundCard

TOY = Path(__file__).parent.parent.parent / "data" / "toy" / "qwen3-asr-toy"
LISTENING_S = 120.0


@pytest.fixture
def talk(spoken: Callable[..., Samples], tmp_path: Path) -> Path:
    """Two sentences with a pause of two seconds between them."""
    sound = np.concatenate([np.pad(spoken(text), 16_000) for text in ("hello world", "this is a test")])
    path = tmp_path / "talk.wav"
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(16_000)
        file.writeframes((sound * 32767).astype("<i2").tobytes())
    return path


def until_it_grew(path: Path, times: int) -> None:
    """Wait until a file has become longer so often."""
    until_s, size = time.monotonic() + LISTENING_S, path.stat().st_size
    while times:
        assert time.monotonic() < until_s, "nothing is recorded"
        time.sleep(0.1)
        if size != (size := path.stat().st_size):
            times -= 1


@pytest.mark.parametrize("options", [(), ("--realtime",), ("--pace", "paper")], ids=" ".join)
def test_a_file_is_heard_as_if_it_were_a_microphone(cuesmith: Cuesmith, talk: Path, options: tuple[str, ...]) -> None:
    ran = cuesmith("listen", "--file", talk, "--model-dir", TOY, *options)
    assert ran.code == 0
    assert ran.out == "hello world\nthis is a test\n"
    assert "Qwen3-ASR" in ran.err


def test_realtime_needs_a_file(cuesmith: Cuesmith) -> None:
    ran = cuesmith("listen", "--realtime")
    assert ran.code == 2
    assert "--file" in ran.err


def test_a_file_that_is_not_there_is_said_in_one_line(cuesmith: Cuesmith, tmp_path: Path) -> None:
    ran = cuesmith("listen", "--file", tmp_path / "none.wav")
    assert ran.code == 2
    assert ran.err.count("\n") == 1


def test_a_microphone_is_recorded_and_ctrl_c_ends_it_with_the_last_words(
    sound_card: SoundCard, spoken: Callable[..., Samples], home: Path
) -> None:
    program = subprocess.Popen(
        [sys.executable, "-m", "app", "listen", "--model-dir", str(TOY)],
        env=os.environ | {"CUESMITH_HOME": str(home)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert program.stderr is not None
    heard: list[str] = []
    listening = threading.Event()

    def read() -> None:
        assert program.stderr is not None
        for line in program.stderr:
            heard.append(line)
            if "listening to" in line:
                listening.set()

    reader = threading.Thread(target=read)
    reader.start()
    try:
        assert listening.wait(LISTENING_S), heard
        sound_card.play(spoken("hello world"))
        until_it_grew(next(recordings_dir().glob("*.flac")), times=4)  # each second; heard later than it is played
        program.send_signal(signal.SIGINT)
        assert program.stdout is not None
        text = program.stdout.read()
        code = program.wait(LISTENING_S)
    finally:
        program.kill()
        program.wait()
        reader.join()
        for stream in (program.stdout, program.stderr):
            assert stream is not None
            stream.close()
    assert code == 0, heard
    assert {"hello", "world"} & set(text.split()), "the toy mishears a word now and then, not both"
    assert len(list(recordings_dir().glob("*.flac"))) == 1
