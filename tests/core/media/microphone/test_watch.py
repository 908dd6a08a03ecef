"""Which silence is a device that has gone, and what is said of it."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from core.media.microphone import capture, watch
from core.media.microphone.devices import Device
from core.media.microphone.watch import Heard, Lost, Microphone, Opened, Waiting
from core.media.waveform import Samples

DESK = Device(0, "Desk", 1, 16_000)
TENTH = np.zeros(1_600, np.float32)


class Driver:
    """PortAudio as it was seen to hang: each stream gives a tenth of a second and is gone, and the first never closes.

    Attributes:
        read_again: how often the list of devices was read.
    """

    PortAudioError = OSError

    def __init__(self) -> None:
        self.may_close = threading.Event()
        self.streams = 0
        self.read_again = 0

    def refresh(self) -> None:
        self.read_again += 1

    def InputStream(self, *, callback: Callable[..., None], **_settings: Any) -> Any:
        self.streams += 1
        sticks = self.streams == 1
        sound = np.zeros((1_600, 1), np.float32)
        return SimpleNamespace(
            active=False,
            start=lambda: callback(sound, len(sound), None, SimpleNamespace(input_overflow=False)),
            close=lambda ignore_errors: self.may_close.wait() if sticks else None,
        )


@pytest.fixture
def driver(monkeypatch: pytest.MonkeyPatch) -> Iterator[Driver]:
    made = Driver()
    monkeypatch.setattr(capture, "sound_library", lambda: made)
    monkeypatch.setattr(capture, "_CLOSE_S", 0.05)
    monkeypatch.setattr(watch, "refresh", made.refresh)
    monkeypatch.setattr(watch, "chosen", lambda _name: DESK)
    monkeypatch.setattr(watch, "AGAIN_S", 0.1)
    yield made
    made.may_close.set()
    for thread in threading.enumerate():
        if thread.name == "microphone-close":
            thread.join()


def test_a_device_that_never_lets_go_is_told_and_the_next_one_is_heard(driver: Driver) -> None:
    told: list[object] = []
    microphone = Microphone()
    happenings = microphone.listen()
    for happening in happenings:
        if isinstance(happening, Heard | Opened | Lost):
            told.append(happening)
        if len(told) == 6:
            break
    happenings.close()
    assert [type(one) for one in told] == [Opened, Heard, Lost, Opened, Heard, Lost]
    assert driver.streams == 2
    assert driver.read_again == 1, "the list is read only while nothing is open"
    assert microphone.left_behind


def test_a_process_that_got_no_turn_for_ten_seconds_still_has_its_device(monkeypatch: pytest.MonkeyPatch) -> None:
    now_s = 0.0
    reads: list[Samples | None] = [TENTH, None, TENTH, TENTH]

    class Stopped:
        """A device that sounds all the time, in a process that stands still while it waits for it."""

        device, overflows, alive = DESK, 0, True

        def __init__(self, _device: Device) -> None: ...

        def read(self, timeout_s: float) -> Samples | None:
            nonlocal now_s
            sound = reads.pop(0)
            now_s += timeout_s if sound is not None else 10.0
            return sound

        def close(self) -> bool:
            return True

    monkeypatch.setattr(watch, "Capture", Stopped)
    monkeypatch.setattr(watch, "refresh", lambda: None)
    monkeypatch.setattr(watch, "chosen", lambda _name: DESK)
    happenings = Microphone(clock=lambda: now_s).listen()
    told = [next(happenings) for _ in range(5)]
    happenings.close()
    assert [type(one) for one in told] == [Opened, Heard, Waiting, Heard, Heard]


def test_two_seconds_of_listening_without_sound_are_a_device_that_has_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    reads: list[Samples | None] = [TENTH]

    class Mute:
        device, overflows, alive = DESK, 0, True

        def __init__(self, _device: Device) -> None: ...

        def read(self, timeout_s: float) -> Samples | None:
            return reads.pop() if reads else None

        def close(self) -> bool:
            return True

    monkeypatch.setattr(watch, "Capture", Mute)
    monkeypatch.setattr(watch, "refresh", lambda: None)
    monkeypatch.setattr(watch, "chosen", lambda _name: DESK)
    happenings = Microphone().listen()
    told = list(itertools.islice(happenings, 11))
    happenings.close()
    assert [type(one) for one in told] == [Opened, Heard, *[Waiting] * 8, Lost]


def test_a_process_that_got_no_turn_while_it_let_go_of_a_device_does_not_say_that_the_driver_hangs(
    driver: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Closing:
        """Had no turn either, until we look once more."""

        def __init__(self, **_what: object) -> None:
            self._looks = 0

        def start(self) -> None: ...

        def join(self, _timeout_s: float) -> None:
            self._looks += 1

        def is_alive(self) -> bool:
            return self._looks < 2

    opened = capture.Capture(DESK)
    monkeypatch.setattr(capture.threading, "Thread", Closing)
    monkeypatch.setattr(capture, "_CLOSE_S", 3.0)
    assert opened.close()
