"""One open microphone: sound as it comes, at 16 kHz mono. Knows no second device and no file.

PortAudio calls back on a thread of its own with the device's channels and rate; the callback only copies. Everything
else is done by whoever reads.
"""

from __future__ import annotations

import contextlib
import queue
import threading
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from core.looks import looks
from core.media.microphone.devices import Device, refusal, sound_library
from core.media.resample import Resampler
from core.media.waveform import Samples
from core.timecode import SAMPLE_RATE

BLOCK_S = 0.05
_LATENCY_S = 0.4
"""What the system may hold back for us: a busy machine then loses nothing."""
_CLOSE_S = 3.0
_RATES = (48_000, 44_100, SAMPLE_RATE)


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """What one callback brought: (n, channels) float32, and whether the system lost sound before it."""

    sound: npt.NDArray[np.float32]
    overflowed: bool


class Capture:
    """Open from the start until `close`.

    Attributes:
        device: what is open. rate: of the sound that comes from it.

    Raises:
        MicrophoneError: it cannot be opened; which one says why.
    """

    def __init__(self, device: Device) -> None:
        self.device = device
        self._pieces: queue.SimpleQueue[Piece] = queue.SimpleQueue()
        self._library = sound_library()
        self._stream, self.rate = self._opened()
        self._resampler = Resampler(self.rate)
        self.overflows = 0

    @property
    def alive(self) -> bool:
        """Whether the system says that sound still comes."""
        try:
            return bool(self._stream.active)
        except self._library.PortAudioError:
            return False

    def read(self, timeout_s: float) -> Samples | None:
        """What came since, (n,) float32 at 16 kHz mono; None where nothing came in time."""
        try:
            pieces = [self._pieces.get(timeout=timeout_s)]
        except queue.Empty:
            return None
        while not self._pieces.empty():
            pieces.append(self._pieces.get())
        self.overflows += sum(piece.overflowed for piece in pieces)
        return self._resampler.push(np.concatenate([mono(piece.sound) for piece in pieces]))

    def close(self) -> bool:
        """Let go of the device, and whether it let us; may be called twice.

        A driver whose device or server is gone may never answer. It is left behind then: waiting for it would keep
        from the person that no sound comes.
        """
        closing = threading.Thread(target=self._close, name="microphone-close", daemon=True)
        closing.start()
        for look_s in looks(_CLOSE_S):
            closing.join(look_s)
            if not closing.is_alive():
                return True
        return False

    def _close(self) -> None:
        with contextlib.suppress(self._library.PortAudioError):  # gone already
            self._stream.close(ignore_errors=True)

    def _opened(self) -> tuple[Any, int]:
        """The running stream and its rate: the device's own first, since it then does no resampling of its own."""
        rates = dict.fromkeys((self.device.rate, *_RATES))
        refused: Exception | None = None
        for rate in rates:
            try:
                stream = self._library.InputStream(
                    samplerate=rate,
                    blocksize=round(rate * BLOCK_S),
                    device=self.device.number,
                    channels=self.device.channels,
                    dtype="float32",
                    latency=_LATENCY_S,
                    callback=self._take,
                )
                stream.start()
            except (self._library.PortAudioError, ValueError) as error:
                refused = refused or error
            else:
                return stream, rate
        assert refused is not None
        raise refusal(refused, self.device.name) from refused

    def _take(self, sound: npt.NDArray[np.float32], _frames: int, _time: object, status: Any) -> None:
        self._pieces.put(Piece(sound.copy(), bool(status.input_overflow)))


def mono(sound: npt.NDArray[np.float32]) -> Samples:
    """(n, channels) to (n,) float32: the mean, but one side only where the other is dead.

    A microphone on one side of a stereo plug would lose half its level to the mean.
    """
    if sound.shape[1] == 1:
        return sound[:, 0]
    loud = np.abs(sound).max(axis=0)
    living = loud > loud.max() * _DEAD_SIDE
    mixed: Samples = sound[:, living].mean(axis=1, dtype=np.float32) if living.any() else sound[:, 0]
    return mixed


_DEAD_SIDE = 0.001
"""60 dB under the other side."""
