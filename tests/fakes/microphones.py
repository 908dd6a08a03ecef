"""Microphones that are not there, for the microphone's child. Follow `core.media.microphone.watch.Microphone`."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from core.media.microphone.devices import Device
from core.media.microphone.watch import Happening, Heard, Opened

STUCK = "stuck"
"""Once a file of this name is in the folder, the driver of whoever listens hangs."""


class Sticky:
    """Its driver hangs when told; a process that begins later hears what is plugged in by then.

    Attributes:
        name: a folder.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.left_behind = False
        self._is_new = (Path(name) / STUCK).exists()

    def choose(self, name: str) -> None:
        """Nothing else is there."""

    def listen(self) -> Iterator[Happening]:
        """A twentieth of a second of silence at a time."""
        yield Opened(Device("New" if self._is_new else "Old", 0, 1, 16_000))
        while True:
            time.sleep(0.02)
            self.left_behind = not self._is_new and (Path(self.name) / STUCK).exists()
            yield Heard(np.zeros(800, np.float32))
