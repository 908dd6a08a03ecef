"""A media child that is killed while a film is made takes ffmpeg with it."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from core.codec import encode
from core.media.render.wish import Kind, Wish
from core.paths import resource
from core.subtitles.protocol import Subtitles
from core.worker.client import MediaClient
from core.worker.messages import new_job_id
from core.worker.render_messages import RenderFilm, RenderProgress
from tests.core.worker.conftest import Owner, is_gone, wait_until

SAMPLE = resource("sample", "last_boat.mp4")


@pytest.fixture
def real(owner: Owner) -> Iterator[MediaClient]:
    with contextlib.closing(MediaClient(owner)) as client:
        yield client


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the system does not end a process with its parent")
def test_ffmpeg_ends_with_a_media_child_that_was_killed(real: MediaClient, owner: Owner, tmp_path: Path) -> None:
    cues = tmp_path / "cues.json"
    cues.write_bytes(encode(Subtitles(())))
    wish = Wish(Kind.BURNED, str(SAMPLE), str(tmp_path / "made.mp4"), str(cues))
    job_id = real.ask(RenderFilm(new_job_id(), wish))
    owner.wait_for(lambda r: isinstance(r, RenderProgress))
    pid = real.child_pid
    assert pid is not None
    (ffmpeg,) = (found for found in psutil.Process(pid).children() if "ffmpeg" in found.name())
    try:
        ffmpeg.suspend()  # so that it cannot have ended by itself
        os.kill(pid, signal.SIGKILL)
        assert owner.failure_of(job_id).startswith("The media process ended unexpectedly")
        wait_until(lambda: is_gone(ffmpeg))
    finally:
        with contextlib.suppress(psutil.NoSuchProcess):
            ffmpeg.kill()
    assert not (tmp_path / "made.mp4").exists()
