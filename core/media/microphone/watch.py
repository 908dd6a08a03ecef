"""A microphone that comes back: opened, watched, opened again when it was unplugged. Knows no file and no engine.

`Microphone.listen` is a generator that runs until it is closed; everything that happens to the device is something it
yields, so that a dictation goes on over it. While a device is away it is looked for once a second.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass

from core.errors import MicrophoneError, MicrophoneGone
from core.media.microphone.capture import Capture
from core.media.microphone.devices import Device, chosen, refresh
from core.media.waveform import Samples
from core.timecode import ms_from_samples

READ_S = 0.25
FIRST_S = 6.0
"""For the first sound: 1.5 to 1.8 s were seen through PulseAudio, more on a busy machine."""
GONE_S = 2.0
"""Without sound, while we listened: devices that vanish often end without a word."""
AGAIN_S = 1.0


@dataclass(frozen=True, slots=True, eq=False)
class Heard:
    """Sound: (n,) float32 at 16 kHz mono, behind what came before. lost: the system threw sound away before it."""

    samples: Samples
    lost: bool = False


@dataclass(frozen=True, slots=True)
class Opened:
    """Sound comes from here from now on. gap_ms: how long none came, 0 at the first time."""

    device: Device
    gap_ms: int = 0


@dataclass(frozen=True, slots=True)
class Lost:
    """No sound comes; it is tried again by itself. Said once for each cause."""

    error: MicrophoneError


@dataclass(frozen=True, slots=True)
class Waiting:
    """A quarter of a second without anything: a chance for others to act."""


Happening = Heard | Opened | Lost | Waiting


class Microphone:
    """The microphone of a name, or the system's default.

    Attributes:
        name: "" = the default. Another one is taken at once after `choose`.
        left_behind: a device never let us go. The system's list cannot be read again then, which wants all closed:
            what is plugged in since is found by another process only.
    """

    def __init__(self, name: str = "", *, clock: Callable[[], float] = time.monotonic) -> None:
        self.name = name
        self._clock = clock
        self._anew = False
        self.left_behind = False

    def choose(self, name: str) -> None:
        """Take another device, or the same anew (the system's default has changed). From any thread."""
        self.name, self._anew = name, True

    def listen(self) -> Generator[Happening, None, None]:
        """Until it is closed: what comes and what happens."""
        told: str | None = None
        gone_since: float | None = None
        while True:
            self._anew = False
            try:
                if not self.left_behind:
                    refresh()
                capture = Capture(chosen(self.name))
            except MicrophoneError as error:
                if told != (told := str(error)):
                    yield Lost(error)
                gone_since = self._clock() if gone_since is None else gone_since
                yield from self._wait()
                continue
            try:
                sounding = False
                for happening in self._read(capture):
                    if isinstance(happening, Heard) and not sounding:
                        sounding, told = True, None
                        before_ms = ms_from_samples(len(happening.samples))
                        gap_ms = 0 if gone_since is None else round((self._clock() - gone_since) * 1000) - before_ms
                        yield Opened(capture.device, max(0, gap_ms))
                    yield happening
                gone_since = self._clock() if sounding or gone_since is None else gone_since
                gone = MicrophoneGone(device=capture.device.name)
                if not self._anew and told != (told := str(gone)):
                    yield Lost(gone)  # before it is let go of, which may take long
            finally:
                self.left_behind |= not capture.close()
            if not self._anew:
                yield from self._wait()

    def _read(self, capture: Capture) -> Iterator[Happening]:
        """Sound, until none comes any more or another device is wanted."""
        patience_s, quiet_s = FIRST_S, 0.0
        overflows = 0
        while not self._anew:
            samples = capture.read(READ_S)
            if samples is not None:
                patience_s, quiet_s = GONE_S, 0.0
                yield Heard(samples, lost=capture.overflows > overflows)
                overflows = capture.overflows
                continue
            # Counted in reads, not by the clock: a process that got no turn for a while has not listened, and what
            # came meanwhile waits for it. Opening the device anew would throw that away.
            quiet_s += READ_S
            if quiet_s > patience_s or not capture.alive:
                return
            yield Waiting()

    def _wait(self) -> Iterator[Happening]:
        """A second in small pieces, so that closing is quick."""
        until_s = self._clock() + AGAIN_S
        while self._clock() < until_s and not self._anew:
            time.sleep(READ_S)
            yield Waiting()
