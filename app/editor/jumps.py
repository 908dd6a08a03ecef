"""Jumps to elsewhere in a film, no faster than their pictures come; of those asked for meanwhile the last one counts.

Knows no player: it is given what carries a jump out. Without it, dragging the playhead would queue up more jumps than
can be shown, and the picture would run behind the hand.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

_PATIENCE_MS = 250
"""How long a jump may take to show its picture before the next one is carried out; 15 to 150 ms were seen."""


class Jumps(QObject):
    """Jumps of one player.

    Attributes:
        has_picture: whether a jump shows one; without, there is nothing to wait for.
    """

    def __init__(self, carry_out: Callable[[int], object], parent: QObject) -> None:
        """`carry_out` goes to a place given in ms."""
        super().__init__(parent)
        self._carry_out = carry_out
        self._kept_ms: int | None = None
        self.has_picture = True
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(_PATIENCE_MS)
        self._patience.timeout.connect(self.go_on)

    @property
    def under_way(self) -> bool:
        """Whether a jump's picture is still waited for."""
        return self._patience.isActive()

    def ask(self, ms: int, *, at_once: bool) -> None:
        """Go to `ms`: now, or as soon as the jump under way has shown its picture."""
        if self.under_way and not at_once:
            self._kept_ms = ms
        else:
            self._begin(ms)

    def keep(self, ms: int) -> None:
        """Go to `ms` later: with `go_on`."""
        self._kept_ms = ms

    def take_kept(self) -> int | None:
        """The place that was kept, which is then kept no more."""
        kept_ms, self._kept_ms = self._kept_ms, None
        return kept_ms

    def shown(self) -> None:
        """A picture came."""
        if self.under_way:
            self._patience.stop()
            self.go_on()

    def go_on(self) -> None:
        """Carry out what was kept."""
        kept_ms = self.take_kept()
        if kept_ms is not None:
            self._begin(kept_ms)

    def forget(self) -> None:
        """Another film: nothing is wanted any more."""
        self._patience.stop()
        self._kept_ms = None

    def _begin(self, ms: int) -> None:
        self._kept_ms = None
        if self.has_picture:
            self._patience.start()
        self._carry_out(ms)
