"""What is said about cues: language, voice, style, lock, mark. Knows no words and no times."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from core.document.document import Document
from core.document.edit import Edit, Replace
from core.document.edits.rows import replaced_each, valid_rows


def set_language(document: Document, rows: Iterable[int], language: str) -> Edit | None:
    """Say which language the cues are in; "" = unknown."""
    return _set(document, rows, "Set language", language=language)


def set_voice(document: Document, rows: Iterable[int], voice: str) -> Edit | None:
    """Name the speaker; "" = nobody."""
    return _set(document, rows, "Set speaker", voice=voice)


def set_style(document: Document, rows: Iterable[int], style: str) -> Edit | None:
    """Give the cues a style of the document; "" = none."""
    return _set(document, rows, "Set style", style=style)


def set_locked(document: Document, rows: Iterable[int], locked: bool) -> Edit | None:
    """Lock cues against re-flow, or unlock them."""
    return _set(document, rows, "Lock" if locked else "Unlock", locked=locked)


def set_state(document: Document, rows: Iterable[int], state: str) -> Edit | None:
    """Set the cues' `mark`, e.g. "draft"; "" = none."""
    return _set(document, rows, "Set state", mark=state)


def set_field(document: Document, field: str, value: object, *, label: str = "Change document") -> Edit | None:
    """Change something of the document itself: media, frame_rate, bookmarks, styles, …; None where it is so already."""
    before = getattr(document, field)
    return None if before == value else Edit(label, (Replace(field, before, value),))


def _set(document: Document, rows: Iterable[int], label: str, **values: Any) -> Edit | None:
    new = {row: replace(document.cues[row], **values) for row in valid_rows(document, rows)}
    return replaced_each(document, new, label)
