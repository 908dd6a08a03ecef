"""Runs Silero's network over 16 kHz sound: one speech probability for every 32 ms window. Knows no spans and no chunks.

The network is an ONNX file inside the silero-vad wheel. It is found by `find_spec` and the package is never imported,
because its import brings in torch. onnxruntime runs it over sequences of up to a minute with the state carried over
(484 times real time on one thread, against 249 one window at a time).
"""

from __future__ import annotations

import importlib.util
import os
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from core.errors import EngineMissing
from core.media.waveform import Samples

WINDOW_SAMPLES = 512
"""What one probability stands for: 32 ms."""

CONTEXT_SAMPLES = 64
"""The network sees so much of the window before in front of each window (Silero v5 and later at 16 kHz)."""

SEQUENCE_WINDOWS = 1875
"""Windows in one call of the network: a minute."""

Windows = npt.NDArray[np.float32]
"""(n, 512) float32 in [-1, 1]: consecutive windows of sound."""

Probabilities = npt.NDArray[np.float32]
"""(n,) float32 in 0..1: how likely each window holds speech."""

_SEQUENCE_FILE = "silero_vad_16k_sequence.onnx"
_STEP_FILES = ("silero_vad_16k_op15.onnx", "silero_vad.onnx")


def model_file(names: tuple[str, ...] = (_SEQUENCE_FILE, *_STEP_FILES)) -> Path:
    """The first of `names` that the installed wheel carries.

    Raises:
        EngineMissing: the wheel is not there, or carries none of them.
    """
    spec = importlib.util.find_spec("silero_vad")
    folders = list(spec.submodule_search_locations or ()) if spec else []
    for name in names:
        for folder in folders:
            path = Path(folder) / "data" / name
            if path.is_file():
                return path
    raise EngineMissing(engine="silero-vad", cause="its model file was not found")


class Silero:
    """The network with its state: feed windows in order, get one probability each.

    Not safe across threads; make one per stream of sound.
    """

    def __init__(self, model: Path | None = None, *, threads: int = 1) -> None:
        path = model or model_file()
        session = _session(path, threads)
        self._sequence = any(entry.name == "h" for entry in session.get_inputs())
        self._session = session
        self.reset()

    def reset(self) -> None:
        """Forget all sound so far."""
        self._context: Samples = np.zeros(CONTEXT_SAMPLES, np.float32)
        self._hidden = np.zeros((1, 1, 128), np.float32)
        self._cell = np.zeros((1, 1, 128), np.float32)
        self._state = np.zeros((2, 1, 128), np.float32)

    def probabilities(self, windows: Windows) -> Probabilities:
        """One probability for each of `windows` ((n, 512), n up to a minute's worth), which follow those fed before."""
        if not len(windows):
            return np.zeros(0, np.float32)
        framed = self._with_context(windows)
        return self._run_sequence(framed) if self._sequence else self._run_steps(framed)

    def _with_context(self, windows: Windows) -> npt.NDArray[np.float32]:
        tails = windows[:, -CONTEXT_SAMPLES:]
        contexts = np.concatenate((self._context[None, :], tails[:-1]))
        self._context = tails[-1].copy()
        return np.concatenate((contexts, windows), axis=1)  # (n, 576)

    def _run_sequence(self, framed: npt.NDArray[np.float32]) -> Probabilities:
        values, self._hidden, self._cell = self._session.run(
            ["speech_probs", "hn", "cn"], {"input": framed, "h": self._hidden, "c": self._cell}
        )
        return np.asarray(values, np.float32).reshape(-1)

    def _run_steps(self, framed: npt.NDArray[np.float32]) -> Probabilities:
        found = np.empty(len(framed), np.float32)
        rate = np.array(16_000, np.int64)
        for index, frame in enumerate(framed):
            value, self._state = self._session.run(None, {"input": frame[None], "state": self._state, "sr": rate})
            found[index] = value.item()
        return found


def _session(path: Path, threads: int) -> Any:
    """An onnxruntime session that leaves the processor alone while it waits, and tells nobody that it is there.

    The wheel of 1.31.1 tells its maker of each use: on import it makes a number for this machine and a queue of events
    in the home folder, and looks for mobile.events.data.microsoft.com (seen with strace on Linux, 2026-11-20).
    `disable_telemetry_events` comes too late for the files; the environment, set before the import, prevents all of it.
    """
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return onnxruntime.InferenceSession(str(path), sess_options=options, providers=["CPUExecutionProvider"])
