"""What a person sets on the player and what stays from film to film: speed, volume, repeating. Knows no film."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from app.editor.media_backend import MediaBackend

RATES = (0.5, 0.75, 1.0, 1.25, 1.5, 1.75, 2.0)
"""Speeds that are offered; the pitch stays the same."""


class PlayerKnobs(QObject):
    """The settings of a player, which a backend gets when it is there.

    Signals:
        rateChanged(float), volumeChanged(): another speed; another volume, or muted.
        loopingChanged(bool): stretches are repeated.
    """

    rateChanged = Signal(float)
    volumeChanged = Signal()
    loopingChanged = Signal(bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._backend: MediaBackend | None = None
        self._rate, self._volume, self._muted, self._looping = 1.0, 0.8, False, False

    @property
    def rate(self) -> float:
        """Speed, 1.0 = as recorded."""
        return self._rate

    def set_rate(self, rate: float) -> None:
        """Another speed, kept to 0.5…2.0, at the same pitch."""
        rate = min(max(rate, RATES[0]), RATES[-1])
        if rate == self._rate:
            return
        self._rate = rate
        if self._backend is not None:
            self._backend.set_rate(rate)
        self.rateChanged.emit(rate)

    @property
    def volume(self) -> float:
        """0..1 as the ear hears it."""
        return self._volume

    @property
    def muted(self) -> bool:
        """Whether the sound is off."""
        return self._muted

    def set_volume(self, volume: float) -> None:
        """0..1; sound that was off comes back."""
        self._set_sound(min(max(volume, 0.0), 1.0), muted=False)

    def set_muted(self, muted: bool) -> None:
        """Sound off or on."""
        self._set_sound(self._volume, muted=muted)

    @property
    def looping(self) -> bool:
        """Whether stretches are repeated."""
        return self._looping

    def set_looping(self, on: bool) -> None:
        """Repeat the stretch that plays, or what is played next: the current cue."""
        if on != self._looping:
            self._looping = on
            self.loopingChanged.emit(on)

    def _take_in_hand(self, backend: MediaBackend) -> None:
        """From now on this one plays, set as the others were."""
        backend.set_volume(self._volume, muted=self._muted)
        backend.set_rate(self._rate)
        self._backend = backend

    def _set_sound(self, volume: float, *, muted: bool) -> None:
        if (volume, muted) == (self._volume, self._muted):
            return
        self._volume, self._muted = volume, muted
        if self._backend is not None:
            self._backend.set_volume(volume, muted=muted)
        self.volumeChanged.emit()
