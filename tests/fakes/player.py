"""A player that only remembers what it was given."""

from __future__ import annotations

from core.media.info import MediaInfo


class RememberingPlayer:
    """Follows `app.editor.opening.Player`.

    Attributes:
        given: names of all films it was ever given. open_now: the one it holds, or None.
    """

    def __init__(self) -> None:
        self.given: list[str] = []
        self.open_now: str | None = None

    def open(self, info: MediaInfo) -> None:
        """Take a film."""
        self.given.append(info.name)
        self.open_now = info.name

    def close(self) -> None:
        """Let go of it."""
        self.open_now = None
