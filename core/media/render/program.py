"""Running ffmpeg: found, started without a shell, watched, ended. Knows no film and no cues.

ffmpeg gets no address of a network, reads nothing from the terminal, and is ended with whoever waits for it: on Linux
even where that one is killed. Elsewhere a killed media child leaves ffmpeg to make its film to the end.
"""

from __future__ import annotations

import contextlib
import functools
import importlib
import os
import queue
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Generator, Sequence
from pathlib import Path
from typing import IO

from core.errors import CannotRender, DiskFull
from core.progress import CancelToken

_LOOK_S = 0.1
_END_S = 5.0
_TOLD_CHARS = 300
_Lines = queue.SimpleQueue[bytes | None]
_FULL = "No space left on device"


@functools.cache
def program() -> str:
    """The system's ffmpeg, else the one that comes with imageio-ffmpeg.

    Raises:
        CannotRender: there is neither.
    """
    found = shutil.which("ffmpeg")
    if found:
        return found
    try:
        return str(importlib.import_module("imageio_ffmpeg").get_ffmpeg_exe())
    except (ImportError, RuntimeError) as error:
        raise CannotRender(file="ffmpeg", cause="there is no ffmpeg on this machine") from error


@functools.cache
def _leash() -> tuple[str, ...]:
    """What ffmpeg is started through, so that the system ends it with the process it was started by; () = nothing does.

    `setpriv` (util-linux 2.33 and later) asks the kernel for it, prctl's PR_SET_PDEATHSIG, and becomes ffmpeg. Python
    could ask between fork and exec, and would run there in a process with other threads. The kernel counts the thread
    that started it as its parent: those of the media child live as long as the child (`core.worker.turns`).
    """
    found = shutil.which("setpriv") if sys.platform == "linux" else None
    leash = (found, "--pdeathsig", "KILL", "--") if found else ()
    knows = leash and subprocess.run([*leash, "true"], capture_output=True, check=False).returncode == 0
    return leash if knows else ()


def running(
    arguments: Sequence[str], folder: Path, name: str, cancel: CancelToken | None = None
) -> Generator[int, None, None]:
    """Run ffmpeg in `folder`; yields how far it has come, in ms of the film. Ended when the generator is closed.

    Args:
        arguments: all behind the program's name.
        name: of the file that is made, for the sentence of an error.

    Raises:
        Cancelled: the token was set; ffmpeg is ended.
        DiskFull, CannotRender: it failed.
    """
    command = _command("-nostdin", "-progress", "pipe:1", *arguments)
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(
            command, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=said, env=_environment()
        )
        assert process.stdout is not None
        came: _Lines = queue.SimpleQueue()
        reader = threading.Thread(target=_read, args=(process.stdout, came), name="ffmpeg-progress", daemon=True)
        reader.start()
        try:
            yield from _watched(came, cancel)
            if process.wait():
                raise _failed(said, name)
        finally:
            _end(process)
            reader.join()
            process.stdout.close()


def output(arguments: Sequence[str], folder: Path, data: bytes, name: str) -> bytes:
    """Run ffmpeg in `folder` with `data` on its input; what it writes on its output.

    Raises:
        CannotRender: it failed.
    """
    command = _command(*arguments)
    done = subprocess.run(command, cwd=folder, input=data, capture_output=True, check=False, env=_environment())
    if done.returncode:
        raise CannotRender(file=name, cause=_last_line(done.stderr))
    return done.stdout


def _command(*arguments: str) -> list[str]:
    return [*_leash(), program(), "-hide_banner", "-loglevel", "error", *arguments]


def _environment() -> dict[str, str]:
    """Numbers with a point, whatever the person's language."""
    return {**os.environ, "LC_NUMERIC": "C"}


def _read(lines: IO[bytes], came: _Lines) -> None:
    for line in lines:
        came.put(line)
    came.put(None)


def _watched(came: _Lines, cancel: CancelToken | None) -> Generator[int, None, None]:
    """Where ffmpeg stands, until it closes its output; the token is looked at ten times a second."""
    while True:
        if cancel is not None:
            cancel.check()
        try:
            line = came.get(timeout=_LOOK_S)
        except queue.Empty:
            continue
        if line is None:
            return
        key, _, value = line.decode(errors="replace").strip().partition("=")
        if key == "out_time_us" and value.lstrip("-").isdigit():
            yield max(0, int(value) // 1000)


def _end(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(_END_S)
            return
        process.kill()
        process.wait()


def _failed(said: IO[bytes], name: str) -> CannotRender | DiskFull:
    said.seek(0)
    text = said.read()
    if _FULL.encode() in text:
        return DiskFull(file=name)
    return CannotRender(file=name, cause=_last_line(text), details=text.decode(errors="replace")[-4000:])


def _last_line(text: bytes) -> str:
    lines = [line.strip() for line in text.decode(errors="replace").splitlines() if line.strip()]
    return lines[-1][:_TOLD_CHARS] if lines else "ffmpeg gave no reason"
