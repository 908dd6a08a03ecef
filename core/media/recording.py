"""Sound to disk while it comes: FLAC, 16 kHz mono, readable up to the last second even after a crash.

Knows no microphone and no text. Each second everything so far is handed to the system (a killed program loses nothing
of that); `flush` also waits for the disk.
"""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import Any

import av
import numpy as np
from av.audio.frame import AudioFrame

from core.files import write_error
from core.media.recordings import hold
from core.media.waveform import Samples
from core.timecode import SAMPLE_RATE, ms_from_samples

_FLUSH_SAMPLES = SAMPLE_RATE
_FRAME_SAMPLES = SAMPLE_RATE // 10
_FULL = 32767


class Recording:
    """A FLAC file that grows; closed without sound, it is not there. Used from one thread.

    Attributes:
        path: of the file.
        samples: put in so far, at 16 kHz.

    Raises:
        OutputExists, WriteError: the file cannot be made.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.samples = 0
        self._since_flush = 0
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._file = path.open("xb")
        except OSError as error:
            raise write_error(path, error) from error
        hold(self._file)
        self._container = av.open(self._file, mode="w", format="flac", options={"flush_packets": "1"})
        stream: Any = self._container.add_stream("flac", rate=SAMPLE_RATE, layout="mono")
        stream.codec_context.format = "s16"
        stream.codec_context.options = {"frame_size": str(_FRAME_SAMPLES)}
        self._stream = stream

    @property
    def duration_ms(self) -> int:
        """How much sound is in it."""
        return ms_from_samples(self.samples)

    def write(self, samples: Samples) -> None:
        """Add (n,) float32 at 16 kHz; flushed each second.

        Raises:
            WriteError: the disk is full or gone; what was there before is kept.
        """
        if not len(samples):
            return
        whole = np.round(np.clip(samples, -1, 1) * _FULL).astype(np.int16)
        frame = AudioFrame.from_ndarray(whole[np.newaxis, :], "s16", "mono")
        frame.sample_rate = SAMPLE_RATE
        frame.pts = self.samples
        self._keep(frame)
        self.samples += len(samples)
        self._since_flush += len(samples)
        if self._since_flush >= _FLUSH_SAMPLES:
            self.flush()

    def flush(self) -> None:
        """Everything encoded so far is on the disk.

        Raises:
            WriteError: it is not.
        """
        self._since_flush = 0
        try:
            self._file.flush()
            os.fsync(self._file.fileno())
        except OSError as error:
            raise write_error(self.path, error) from error

    def close(self) -> None:
        """Write the rest and the length; may be called twice.

        Raises:
            WriteError: the rest could not be written.
        """
        if self._file.closed:
            return
        try:
            self._keep(None)
            self._container.close()
            self.flush()
        finally:
            with contextlib.suppress(OSError):
                self._file.close()
                if not self.samples:
                    self.path.unlink()

    def _keep(self, frame: AudioFrame | None) -> None:
        try:
            for packet in self._stream.encode(frame):
                self._container.mux(packet)
        except OSError as error:
            raise write_error(self.path, error) from error
