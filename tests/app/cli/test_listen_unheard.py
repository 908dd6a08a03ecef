"""`cuesmith listen` where no sound comes, or none can be kept: it is said, and nothing empty is left or promised."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from core import listening
from core.errors import NoMicrophone
from core.media.microphone.watch import Happening, Lost, Waiting
from core.media.recordings import all_recordings
from tests.app.cli.conftest import Cuesmith


class NoDevice:
    """Follows `core.media.microphone.watch.Microphone` on a machine without one; after a while somebody gives up."""

    def __init__(self, _name: str) -> None: ...

    def listen(self) -> Iterator[Happening]:
        """Until it is closed."""
        yield Lost(NoMicrophone())
        os.kill(os.getpid(), signal.SIGINT)
        while True:
            time.sleep(0.01)
            yield Waiting()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGINT to send to one process")
def test_without_a_microphone_no_empty_recording_is_kept_or_announced(
    cuesmith: Cuesmith, monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    monkeypatch.setattr(listening, "Microphone", NoDevice)
    ran = cuesmith("listen", "--engine", "builtin")
    assert ran.code == 1
    assert "No microphone was found." in ran.err
    assert "no sound came" in ran.err
    assert "is kept:" not in ran.err
    assert all_recordings() == []


def test_where_no_sound_can_be_kept_that_is_said_before_anybody_speaks(
    cuesmith: Cuesmith, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("CUESMITH_HOME", str(tmp_path / "file" / "home"))
    monkeypatch.setattr(listening, "Microphone", NoDevice)
    ran = cuesmith("listen", "--engine", "builtin")
    assert ran.code == 3
    assert len(ran.err.splitlines()) == 1
    assert "could not be written" in ran.err
