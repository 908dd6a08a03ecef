"""The window's title: the work by its own name, else its film's or its file's. Knows no window."""

from __future__ import annotations

from app.editor.works import Work
from app.i18n import tr
from core.media.info import MediaInfo


def title_of(film: MediaInfo | None, work: Work | None, *, welcome: bool) -> str:
    """The title while `film` and `work` are shown; `welcome`: the first page is."""
    source = work.source if work is not None else None
    name = film.name if film is not None else source.name if source is not None else ""
    name = (work.name if work is not None else "") or name
    if welcome:
        name = tr("Welcome")
    return f"{name} — {tr('Cuesmith')}" if name else tr("Cuesmith")
