"""Small documents for the tests of the editor's panes: English, Chinese, Arabic; thousands where size matters."""

from __future__ import annotations

from pathlib import Path

from app.editor.document_bridge import DocumentBridge
from app.editor.session import Session
from core.cue import Cue
from core.document.document import Document, MediaRef
from core.document.history import History
from core.document.text_diff import rewritten
from core.transcript import Source, Word

ENGLISH = "That one is the Old Sister.\nShe rings a little flat."
CHINESE = "你先闻一闻，\n还有海的味道。"
ARABIC = "القهوةُ أوّلاً، ثمَّ الكلام."


def cue(cue_id: str, start_ms: int, end_ms: int, text: str, language: str = "en", *, mark: str = "") -> Cue:
    """A cue with measured words that share its time."""
    words = rewritten((), text, start_ms, end_ms)
    measured = tuple(
        Word(w.text, w.start_ms, w.end_ms, w.after, Source.ALIGNED, id=f"{cue_id}.{n}") for n, w in enumerate(words)
    )
    return Cue(measured, start_ms, end_ms, language, mark=mark, id=cue_id)


def few() -> tuple[Cue, ...]:
    """a to d: English, too fast to read, Chinese, Arabic."""
    return (
        cue("a", 1000, 4560, ENGLISH),
        cue("b", 5000, 6000, "Mind the second step, it's loose, and the third."),
        cue("c", 7000, 9800, CHINESE, "zh"),
        cue("d", 11_000, 13_440, ARABIC, "ar", mark="draft"),
    )


def many(count: int = 5000) -> tuple[Cue, ...]:
    """So many cues of ten words in two lines."""
    text = "one two three four five\nsix seven eight nine ten"
    return tuple(cue(f"m{n}", n * 3000, n * 3000 + 2900, text) for n in range(count))


def session(*cues: Cue, media: Path | None = None) -> Session:
    """A session with these cues (or the few), and a film that need not be there."""
    ref = MediaRef(str(media), 1, "id") if media is not None else None
    return Session(DocumentBridge(History(Document(cues=cues or few(), media=ref))))
