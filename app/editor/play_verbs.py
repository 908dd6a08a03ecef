"""What a person does to the player by key or menu. Knows the player by what it asks of it."""

from __future__ import annotations

from typing import Protocol

from app.editor.session import Session

RATES = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0)


class Plays(Protocol):
    """What is asked of the player."""

    @property
    def playing(self) -> bool:
        """Whether it plays now."""
        ...

    @property
    def rate(self) -> float:
        """Speed, 1.0 = as recorded."""
        ...

    def toggle(self) -> None:
        """Play or pause."""
        ...

    def play_range(self, start_ms: int, end_ms: int) -> None:
        """Play a stretch and stop at its end."""
        ...

    def step_frame(self, by: int) -> None:
        """A frame on or back."""
        ...

    def set_rate(self, rate: float) -> None:
        """Another speed."""
        ...

    @property
    def looping(self) -> bool:
        """Whether stretches are repeated."""
        ...

    def set_looping(self, on: bool) -> None:
        """Repeat stretches, or not."""
        ...

    @property
    def muted(self) -> bool:
        """Whether the sound is off."""
        ...

    def set_muted(self, muted: bool) -> None:
        """Sound off or on."""
        ...


class PlayVerbs:
    """Play, pause, skip, step."""

    def __init__(self, session: Session, player: Plays) -> None:
        self._session, self._player = session, player

    def toggle(self) -> None:
        """Play or pause."""
        self._player.toggle()

    def play_cue(self) -> None:
        """Play the current cue and stop at its end."""
        cue = self._session.bridge.current_cue()
        if cue is not None:
            self._player.play_range(cue.start_ms, cue.end_ms)

    def loop(self) -> None:
        """Repeat stretches, or not."""
        self._player.set_looping(not self._player.looping)

    def mute(self) -> None:
        """Sound off or on."""
        self._player.set_muted(not self._player.muted)

    def skip(self, by_ms: int) -> None:
        """Go on or back by so much."""
        self._session.seek(self._session.playhead_ms + by_ms)

    def frame(self, by: int) -> None:
        """Go on or back by frames."""
        self._player.step_frame(by)

    def faster(self, by: int) -> None:
        """The next speed up (+1) or down (-1)."""
        nearest = min(range(len(RATES)), key=lambda place: abs(RATES[place] - self._player.rate))
        self._player.set_rate(RATES[min(max(nearest + by, 0), len(RATES) - 1)])
