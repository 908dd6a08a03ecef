"""What becomes of sound and of requests that come at once: no sound that came first is lost to the request."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from core.errors import MicrophoneAway, MicrophoneGone
from core.media.microphone.devices import Device
from core.media.microphone.watch import Happening, Heard, Lost, Opened, Waiting
from core.progress import Cancelled, CancelToken
from core.worker.messages import Message
from core.worker.microphone_work import hear
from core.worker.sound_messages import (
    CloseRecording,
    HoldSound,
    MicrophoneLost,
    RecordingEnded,
    RecordSound,
    SoundHeard,
    SoundHeld,
    SoundRequest,
)

TENTH, SECOND = (np.full(count, 0.1, np.float32) for count in (1_600, 16_000))


class Late:
    """A microphone that is read late: a whole second comes at once, and what was said meanwhile is there already."""

    left_behind = False

    def __init__(self, said: deque[SoundRequest], meanwhile: SoundRequest, cancel: CancelToken) -> None:
        self._said, self._meanwhile, self._cancel = said, meanwhile, cancel

    def listen(self) -> Iterator[Happening]:
        yield Heard(TENTH)
        self._said.append(self._meanwhile)
        yield Heard(SECOND)
        self._cancel.cancel()
        yield Waiting()


@pytest.mark.parametrize("meanwhile", [CloseRecording("x"), HoldSound("x")], ids=["end", "hold"])
def test_sound_from_before_the_key_was_let_go_is_recorded_though_it_is_read_late(
    meanwhile: SoundRequest, tmp_path: Path
) -> None:
    said = deque[SoundRequest]([RecordSound("x", str(tmp_path / "sound.flac"))])
    told, cancel = list[Message](), CancelToken()
    with pytest.raises(Cancelled):
        hear("x", Late(said, meanwhile, cancel), lambda: said.popleft() if said else None, told.append, cancel)  # type: ignore[arg-type]
    (ended,) = [one for one in told if isinstance(one, RecordingEnded)]
    assert ended.samples == len(TENTH) + len(SECOND)
    assert [one.first_sample for one in told if isinstance(one, SoundHeard)] == [0, len(TENTH)]
    if isinstance(meanwhile, HoldSound):
        answered = told.index(SoundHeld("x"))
        assert not [one for one in told[answered:] if isinstance(one, SoundHeard)]


class Hanging:
    """A microphone that goes in the middle of a recording, and whose driver hangs; another one comes at last."""

    left_behind = False

    def __init__(self, cancel: CancelToken) -> None:
        self._cancel = cancel

    def listen(self) -> Iterator[Happening]:
        yield Opened(Device(0, "Desk", 1, 16_000))
        yield Heard(TENTH)
        yield Lost(MicrophoneGone(device="Desk"))
        self.left_behind = True
        yield Waiting()
        yield Lost(MicrophoneAway(device="Desk"))
        yield Waiting()
        yield Opened(Device(1, "Built-in", 1, 16_000))
        yield Heard(TENTH)
        self._cancel.cancel()
        yield Waiting()


def test_while_one_records_nobody_is_told_to_plug_in_what_a_hanging_driver_does_not_find(tmp_path: Path) -> None:
    said = deque[SoundRequest]([RecordSound("x", str(tmp_path / "sound.flac"))])
    told, cancel = list[Message](), CancelToken()
    with pytest.raises(Cancelled):
        hear("x", Hanging(cancel), lambda: said.popleft() if said else None, told.append, cancel)  # type: ignore[arg-type]
    lost = [one.failure for one in told if isinstance(one, MicrophoneLost)]
    assert [failure.code for failure in lost] == ["microphone.gone", "microphone.stuck"]
    assert "Desk gives no more sound, and its driver does not answer." in str(lost[-1].error())
    assert "Finish this dictation" in str(lost[-1].error())
