"""Where a dictation's sound comes from in one process: a microphone, or a file as if it were one. Knows no engine.

A thread of its own reads, so that sound reaches the disk and waits in a queue while the engine thinks.
"""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from core.errors import CuesmithError, Param, wrap_unexpected
from core.media.decode import Decoder
from core.media.microphone.watch import Heard, Lost, Microphone, Opened
from core.media.recording import Recording
from core.media.waveform import Samples
from core.progress import CancelToken, Notice
from core.timecode import SAMPLE_RATE, format_ms

_PIECE = SAMPLE_RATE // 10
_POLL_S = 0.1


@dataclass(frozen=True, slots=True)
class Source:
    """What is listened to.

    Attributes:
        device: name of a microphone, "" = the default; used where `file` is None.
        file: a film or recording. realtime: no faster than it was spoken.
        recording: where a microphone's sound is kept.
    """

    device: str = ""
    file: Path | None = None
    realtime: bool = False
    recording: Path | None = None


Item = Samples | Notice


def listen(source: Source, cancel: CancelToken) -> Iterator[Item]:
    """All sound that has come since the last time, as (n,) float32 at 16 kHz, and notices; until its end or cancelled.

    Raises:
        CuesmithError: the file cannot be read, or the recording not be written.
    """
    if source.file is not None and not source.realtime:
        yield from _read(source.file, cancel)
        return
    items: queue.SimpleQueue[Item | CuesmithError | None] = queue.SimpleQueue()
    work = _paced if source.file is not None else _heard
    thread = threading.Thread(target=_run, args=(work, source, cancel, items), name="listening", daemon=True)
    thread.start()
    try:
        while (batch := _next(items)) is not None:
            yield from batch
    finally:
        cancel.cancel()
        thread.join()


def _next(items: queue.SimpleQueue[Item | CuesmithError | None]) -> list[Item] | None:
    """What waits: notices, and the sound between them joined. None at the end.

    Raises:
        CuesmithError: what ended it; what had come before it was given out first.
    """
    taken = [items.get()]
    while not items.empty():
        taken.append(items.get())
    joined: list[Item] = []
    for item in taken:
        if item is None or isinstance(item, CuesmithError):
            if joined:
                items.put(item)  # what came before it is still to be heard
                break
            if item is None:
                return None
            raise item
        if isinstance(item, np.ndarray) and joined and isinstance(joined[-1], np.ndarray):
            joined[-1] = np.concatenate([joined[-1], item])
        else:
            joined.append(item)
    return joined


def _run(work: object, source: Source, cancel: CancelToken, items: queue.SimpleQueue[object]) -> None:
    try:
        for item in work(source, cancel):  # type: ignore[operator]
            items.put(item)
    except Exception as error:  # noqa: BLE001 - it must reach the thread that prints
        items.put(wrap_unexpected(error))
    finally:
        items.put(None)


def _read(file: Path, cancel: CancelToken) -> Iterator[Samples]:
    with Decoder(file) as decoder:
        for block in decoder:
            for first in range(0, len(block.samples), _PIECE):
                if cancel.cancelled:
                    return
                yield block.samples[first : first + _PIECE]


def _paced(source: Source, cancel: CancelToken) -> Iterator[Samples]:
    assert source.file is not None
    began_s, samples = time.monotonic(), 0
    for piece in _read(source.file, cancel):
        samples += len(piece)
        time.sleep(max(0.0, began_s + samples / SAMPLE_RATE - time.monotonic()))
        yield piece


def _heard(source: Source, cancel: CancelToken) -> Iterator[Item]:
    recording = Recording(source.recording) if source.recording is not None else None
    happenings = Microphone(source.device).listen()
    try:
        for happening in happenings:
            if cancel.cancelled:
                return
            match happening:
                case Heard(samples):
                    if recording is not None:
                        recording.write(samples)
                    yield samples
                case Opened(device, gap_ms):
                    at = format_ms(recording.duration_ms) if recording is not None else ""
                    params: dict[str, Param] = {"device": device.name, "gap": ms_text(gap_ms), "at": at}
                    text = "listening to {device}" + (" after {gap} without sound, at {at}" if gap_ms else "")
                    yield Notice("microphone.opened", text, params)
                case Lost(error):
                    yield Notice(error.code, "{text}", {"text": str(error)}, finding=True)
    finally:
        happenings.close()
        if recording is not None:
            recording.close()


def ms_text(ms: int) -> str:
    """A length for a sentence: "12 s"."""
    return f"{max(1, round(ms / 1000))} s"
