"""What the window is made of: the composition root makes it, `app.main_window` puts it together. Knows no widget."""

from __future__ import annotations

from dataclasses import dataclass

from app.background import Background
from app.editor.exact_picture import ExactPicture
from app.editor.film_facts import FilmFacts
from app.editor.keeping import Keeping
from app.editor.opening import Opening
from app.editor.playback import Playback
from app.editor.session import Session
from app.jobs.jobs import Jobs
from app.messages import Messages
from app.models.models import Models
from app.remembered import Remembered
from core.settings import Settings


@dataclass(frozen=True, slots=True)
class Parts:
    """What the window is made of; it owns none of it."""

    settings: Settings
    session: Session
    messages: Messages
    opening: Opening
    keeping: Keeping
    jobs: Jobs
    playback: Playback
    background: Background
    remembered: Remembered
    facts: FilmFacts
    exact: ExactPicture
    models: Models
