"""How a dictation listens: how often it answers, how much of an answer may still change. Knows no engine."""

from __future__ import annotations

from dataclasses import dataclass

from core.errors import BadArgument

_CHUNK_MS = (500, 2_000)
_WINDOW_S = (1, 8)
_SEGMENT_S = (4, 30)


@dataclass(frozen=True, slots=True)
class StreamSettings:
    """What a dictation is set to.

    Attributes:
        chunk_ms: new sound that a step waits for, 500 to 2,000.
        unfixed_chunks: so many steps of a segment begin their answer anew and make nothing firm.
        rollback_tokens: so many tokens at the end of an answer are decided again at the next step.
        window_s: what the encoder hears at once, 1 to 8 whole seconds; the model was trained with 8.
        segment_s: no segment is longer, 4 to 30.
        pause_ms: a silence of this length ends a segment.
    """

    chunk_ms: int = 1_000
    unfixed_chunks: int = 2
    rollback_tokens: int = 5
    window_s: int = 8
    segment_s: int = 30
    pause_ms: int = 700

    def __post_init__(self) -> None:
        for what, value, (least, most) in (
            ("chunk of {} ms", self.chunk_ms, _CHUNK_MS),
            ("encoder window of {} s", self.window_s, _WINDOW_S),
            ("segment of {} s", self.segment_s, _SEGMENT_S),
        ):
            if not least <= value <= most:
                raise BadArgument(what=f"A {what.format(value)} cannot be used.", hint=f"Use {least} to {most}.")
        if min(self.unfixed_chunks, self.rollback_tokens) < 0 or self.pause_ms < 100:
            raise BadArgument(what="A setting of dictation is too small.", hint="Use pauses of 100 ms or more.")


USUAL = StreamSettings()
PAPER = StreamSettings(chunk_ms=2_000, unfixed_chunks=4, rollback_tokens=5)
"""What the Qwen3-ASR technical report measured (section on streaming, table 8)."""

PRESETS = {"usual": USUAL, "paper": PAPER}
"""By the names that `Settings.dictation_pace` has for them; any other is a person's own."""
