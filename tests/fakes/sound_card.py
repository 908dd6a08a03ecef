"""A sound card that is not there: a PulseAudio of the test's own, a microphone that hears what the test plays.

Real PortAudio, real ALSA, real PulseAudio; only the card is made of nothing. `unplug` ends the server, as when a
device vanishes.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import time
import wave
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from core.media.waveform import Samples
from core.timecode import SAMPLE_RATE

PROGRAMS = ("pulseaudio", "pacat")
_SINK = "cuesmith_test"
_STARTS_S = 60.0
_AHEAD = ("nice", "-n", "-10") if hasattr(os, "geteuid") and os.geteuid() == 0 else ()
"""A card does not wait for a busy processor; a server made of software should not either, where that is allowed."""

_WAITING_MS = 4_000
"""Of sound lies in the server before its time, so that whoever plays may be late. With 0.2 s every stop of player or
server of 0.3 s made a hole in the sound; with 4 s none up to 2 s did (32 stops each)."""

_BEFORE_S = 0.3
"""Of silence before what is played: see `SoundCard.start_playing`."""

CARD_RATE = 44_100
"""Of the pretended card, which is stereo: what reaches the program has been resampled both ways."""


class SoundCard:
    """Plugged in from `plug` to `unplug`.

    Attributes:
        environment: what a program needs to find it by PortAudio. PulseAudio's own variables are not among it: Qt's
            player in the tests' process would take the server for its own, and Qt 6.11 aborts in libpulse when a
            server it played to is gone (`pa_context_get_state` of a context that is none).
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._socket = folder / "pulse.sock"
        self._server: subprocess.Popen[bytes] | None = None
        settings = folder / "asound.conf"
        settings.write_text(
            "</usr/share/alsa/alsa.conf>\n"
            f'pcm.!default {{ type pulse server "unix:{self._socket}" device "{_SINK}.monitor" '
            'hint { show on description "Desk microphone" } }\n'
            f'ctl.!default {{ type pulse server "unix:{self._socket}" }}\n',
            encoding="ascii",
        )
        self.environment = {"ALSA_CONFIG_PATH": str(settings)}
        self._own = self.environment | {
            "PULSE_SERVER": f"unix:{self._socket}",
            "PULSE_RUNTIME_PATH": str(folder / "runtime"),
            "PULSE_STATE_PATH": str(folder / "state"),
            "PULSE_COOKIE": str(folder / "cookie"),
        }

    @staticmethod
    def is_possible() -> bool:
        """Whether the programs are installed."""
        return all(shutil.which(program) for program in PROGRAMS)

    def plug(self) -> None:
        """Start the server and wait until it answers."""
        with contextlib.suppress(FileNotFoundError):
            self._socket.unlink()
        modules = (
            f"module-native-protocol-unix socket={self._socket} auth-anonymous=1",
            f"module-null-sink sink_name={_SINK} rate={CARD_RATE} channels=2",
        )
        asked = [part for module in modules for part in ("--load", module)]
        self._server = subprocess.Popen(
            [*_AHEAD, "pulseaudio", "-n", "--daemonize=no", "--use-pid-file=no", "--exit-idle-time=-1", *asked],
            env=os.environ | self._own,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        until = time.monotonic() + _STARTS_S
        while not self._socket.exists():
            if time.monotonic() > until or self._server.poll() is not None:
                raise RuntimeError("pulseaudio does not start here")
            time.sleep(0.05)

    def unplug(self) -> None:
        """End the server: every device is gone."""
        if self._server is not None:
            self._server.kill()
            self._server.wait()
            self._server = None

    def play(self, samples: Samples) -> None:
        """Play (n,) float32 at 16 kHz to the end."""
        self.start_playing(samples).wait()

    def start_playing(self, samples: Samples, *, silence_s: float = _BEFORE_S) -> subprocess.Popen[bytes]:
        """Play (n,) float32 at 16 kHz, behind `silence_s` of silence; returns at once.

        What a null sink hears is rendered ahead: up to 100 ms at the beginning of a new stream were seen to be missing
        from it. Where the first sample counts, let it be one of silence.
        """
        samples = np.pad(samples, (round(silence_s * SAMPLE_RATE), 0))
        path = self._folder / f"played-{time.monotonic_ns()}.wav"
        with wave.open(str(path), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(SAMPLE_RATE)
            file.writeframes((np.clip(samples, -1, 1) * 32767).astype(np.int16).tobytes())
        return subprocess.Popen(
            [
                "pacat",
                "--playback",
                f"--device={_SINK}",
                "--file-format=wav",
                f"--latency-msec={_WAITING_MS}",
                str(path),
            ],
            env=os.environ | self._own,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    @contextlib.contextmanager
    def witness(self) -> Iterator[Witness]:
        """Somebody else who listens meanwhile."""
        path = self._folder / "witness.raw"
        asked = ("--format=s16le", f"--rate={SAMPLE_RATE}", "--channels=1", "--raw", "--latency-msec=100")
        listening = subprocess.Popen(
            ["pacat", "--record", f"--device={_SINK}.monitor", *asked, str(path)],
            env=os.environ | self._own,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            yield Witness(path)
        finally:
            listening.kill()
            listening.wait()


class Witness:
    """What the card played, as a program heard it that is not ours.

    The card is software: on a machine that stands still for a while its sound has a hole no microphone can fill.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    @property
    def count(self) -> int:
        """Samples heard until now, at 16 kHz."""
        return self._path.stat().st_size // 2 if self._path.exists() else 0

    def since(self, first: int) -> Samples:
        """(n,) float32: what was heard from sample `first` on."""
        pcm = np.fromfile(self._path, "<i2", count=self.count - first, offset=first * 2)
        return (pcm / np.float32(32768)).astype(np.float32)
