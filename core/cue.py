"""A cue: a run of timed words shown together. Knows nothing of formats, styles or sound."""

from __future__ import annotations

from dataclasses import dataclass, field

from core.transcript import Word, new_id, words_text


@dataclass(frozen=True, slots=True)
class Cue:
    """What stands on the screen from start_ms to end_ms.

    Attributes:
        words: in order, not overlapping; may be empty.
        start_ms, end_ms: start <= first word's start, end >= last word's end.
        language: code, or "" where unknown.
        voice: the speaker's name, or "".
        style: name of a style of the document, or "".
        settings: what one format needs and no one else reads, keyed by format, e.g. {"vtt": "align:start"}.
        locked: kept as it is by re-flow.
        mark: "" or a state shown with the cue, e.g. "draft" for the built-in engine's rough text.
    """

    words: tuple[Word, ...]
    start_ms: int
    end_ms: int
    language: str = ""
    voice: str = ""
    style: str = ""
    settings: dict[str, str] = field(default_factory=dict)
    locked: bool = False
    mark: str = ""
    id: str = field(default_factory=new_id)

    @property
    def text(self) -> str:
        """The words' text with their white space, lines parted by newlines."""
        return words_text(self.words)

    @property
    def duration_ms(self) -> int:
        """How long the cue stands."""
        return self.end_ms - self.start_ms
