"""How long work tells where it is, and how it is stopped. Knows nothing of what the work is.

Long work is a generator: each yield is progress and a chance to cancel. Cancelling is no error and shows nothing.
"""

from __future__ import annotations

import enum
import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from core.errors.base import Param, filled


class Stage(enum.StrEnum):
    """The stages of a run in the order they start; several may be under way at once."""

    PROBE = "probe"
    READ = "read"
    SPEECH = "speech"
    RECOGNISE = "recognise"
    ALIGN = "align"
    CUES = "cues"
    WRITE = "write"
    RENDER = "render"


@dataclass(frozen=True, slots=True)
class Progress:
    """A stage has come to `done_ms` of `total_ms` of the media; `total_ms` 0 = not known yet."""

    stage: Stage
    done_ms: int
    total_ms: int

    @property
    def share(self) -> float | None:
        """Done as 0..1, or None while the total is unknown."""
        return min(1.0, self.done_ms / self.total_ms) if self.total_ms > 0 else None


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the user should know that stops nothing: missing sound, a retried passage, a chosen engine.

    Attributes:
        code: for translation, e.g. "media.truncated".
        sentence: in English, with places for `params`: what a translation is found by.
        params: what it is filled with: the file, the place, the numbers.
        finding: True where the result is not whole (exit code 1).
    """

    code: str
    sentence: str
    params: dict[str, Param] = field(default_factory=dict)
    finding: bool = False

    @property
    def text(self) -> str:
        """The English sentence, filled."""
        return self.said()

    def said(self, translated: Callable[[str], str] = str) -> str:
        """The sentence, translated as it stands in the code and then filled with its parameters."""
        return filled(translated(self.sentence), self.params)


class Cancelled(Exception):
    """The user stopped the work. Not an error: nobody shows it."""


class CancelToken:
    """A flag one thread sets and the work looks at. Safe across threads."""

    def __init__(self) -> None:
        self._event = threading.Event()

    def cancel(self) -> None:
        """Ask the work to stop at its next cancel point."""
        self._event.set()

    @property
    def cancelled(self) -> bool:
        """Whether `cancel` was called."""
        return self._event.is_set()

    def check(self) -> None:
        """A cancel point: raises `Cancelled` once `cancel` was called."""
        if self._event.is_set():
            raise Cancelled
