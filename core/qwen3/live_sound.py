"""Sound that grows, encoded window by window: finished windows are encoded once. Knows no text.

The encoder of Qwen3-ASR hears windows of up to 8 s, each alone, so what a finished window gave stays right for good —
as long as its features do. Those depend on the rest of the sound in two ways:

* the frames at the end are computed as if the sound ended there: a window counts as finished two frames later;
* quiet cells are raised to 80 dB under the loudest cell so far. Where that raises more than a hundredth of a window's
  cells noticeably, the window is encoded again; in real speech that is rare once somebody has spoken.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.media.waveform import Samples
from core.qwen3.features import SoundEncoder
from core.qwen3.runtime import torch

FRAMES_A_SECOND = 100
_SETTLED_FRAMES = 2
_NOTICED, _NOTICED_SHARE = 0.02, 0.01
"""A cell (80 dB are 2.0) that differs by more is noticed; more such cells in a window are worth encoding it again."""
_SAME = 1e-4
"""Rounding of features computed over sound of another length."""


@dataclass(slots=True)
class Work:
    """What was done, counted: the same on every machine."""

    encoded_frames: int = 0
    prefilled_tokens: int = 0
    decoded_tokens: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class _Window:
    """An encoded window.

    Attributes:
        mel: (128, frames) that was encoded.
        tokens: (n, hidden).
        settled: whether no later sound changes its frames but by their floor.
        serial: another number for every encoding.
    """

    mel: torch.Tensor
    tokens: torch.Tensor
    settled: bool
    serial: int


class GrowingSound:
    """The sound of one segment.

    Args:
        window_s: what is heard at once, whole seconds up to 8.
        work: counts frames.
    """

    def __init__(self, encoder: SoundEncoder, window_s: int, work: Work) -> None:
        self._encoder, self._work = encoder, work
        self._frames = window_s * FRAMES_A_SECOND
        self._windows: list[_Window] = []
        self._serial = 0

    def hear(self, samples: Samples, *, exactly: bool = False) -> None:
        """Take the sound of the segment so far, (n,) float32.

        Args:
            exactly: encode again whatever is not what it would be without all that was heard before.

        Raises:
            BadSamples: no sound the model can take.
        """
        mel = self._encoder.mel_of(samples)
        old, self._windows = self._windows, []
        for index, first in enumerate(range(0, mel.shape[1], self._frames)):
            part = mel[:, first : first + self._frames]
            known = old[index] if index < len(old) else None
            if known is not None and _still_right(known, part, exactly=exactly):
                self._windows.append(known)
                continue
            settled = mel.shape[1] >= first + self._frames + _SETTLED_FRAMES
            self._serial += 1
            self._work.encoded_frames += part.shape[1]
            self._windows.append(_Window(part, self._encoder.encode_mel(part), settled, self._serial))

    @property
    def tokens(self) -> torch.Tensor:
        """(n, hidden) of all that was heard."""
        return torch.cat([window.tokens for window in self._windows])

    @property
    def names(self) -> list[tuple[int, int]]:
        """A name for each token: two tokens with one name are the same."""
        return [(window.serial, place) for window in self._windows for place in range(len(window.tokens))]

    @property
    def mels(self) -> Sequence[torch.Tensor]:
        """The features that were encoded, (128, frames) a window."""
        return [window.mel for window in self._windows]


def _still_right(window: _Window, mel: torch.Tensor, *, exactly: bool) -> bool:
    if mel.shape != window.mel.shape:
        return False
    moved = (mel - window.mel).abs()
    if exactly or not window.settled:
        return bool((moved <= _SAME).all())
    return float((moved > _NOTICED).float().mean()) <= _NOTICED_SHARE
