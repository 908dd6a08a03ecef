"""Short ways to write documents in tests."""

from __future__ import annotations

from core.cue import Cue
from core.document.document import Document, check_cues
from core.document.tokens import words_of
from core.transcript import Source, Word


def words(text: str, start_ms: int = 0, *, length_ms: int = 80, step_ms: int = 100) -> tuple[Word, ...]:
    """Words of `length_ms`, one every `step_ms`, sure of text and time."""
    tokens = words_of(text)
    made = []
    for n, token in enumerate(tokens):
        behind = tokens[n + 1] if n + 1 < len(tokens) else None
        after = text[token.last : behind.first] if behind else " "
        start = start_ms + n * step_ms
        made.append(
            Word(
                token.text,
                start,
                start + length_ms,
                after=after,
                source=Source.ALIGNED,
                text_confidence=0.9,
                time_confidence=0.8,
                id=f"{start}:{token.text}",
            )
        )
    return tuple(made)


def cue(text: str, start_ms: int = 0, end_ms: int | None = None, *, language: str = "en", name: str = "") -> Cue:
    """A cue of such words; it ends with the last one where no end is given."""
    inside = words(text, start_ms)
    end = end_ms if end_ms is not None else (inside[-1].end_ms if inside else start_ms)
    return Cue(inside, start_ms, end, language=language, id=name or f"cue{start_ms}")


def document(*cues: Cue) -> Document:
    """A document of cues that are in order."""
    made = Document(cues=cues)
    check_whole(made)
    return made


def texts(made: Document) -> list[str]:
    """What the cues say."""
    return [one.text for one in made.cues]


def spans(made: Document) -> list[tuple[int, int]]:
    """When the cues stand."""
    return [(one.start_ms, one.end_ms) for one in made.cues]


def check_whole(made: Document) -> None:
    """All invariants of all rows, and that no id is there twice."""
    check_cues(made.cues)
    assert all(one.start_ms >= 0 for one in made.cues)
    ids = [one.id for one in made.cues] + [word.id for one in made.cues for word in one.words]
    assert len(ids) == len(set(ids))


__all__ = ["check_whole", "cue", "document", "spans", "texts", "words"]
