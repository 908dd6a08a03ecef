"""Draws the window offscreen in a scripted state: the real program, with a home of its own. Knows no state by name.

Used by `cuesmith shot`, for the README's pictures and by tests. Touches nobody's settings, caches or recovery files.
"""

from __future__ import annotations

import importlib
import os
from dataclasses import dataclass
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before the first QApplication

from PySide6.QtGui import QImage

from app.application import qt_application
from app.shots import STATES, TABS
from app.shots.stage import Stage
from app.throwaway import throwaway_home
from core.errors import BadArgument, CannotWrite
from core.settings import Settings

LEAST = (1024, 640)
MOST = 8192
LANGUAGES = ("en",)
"""Languages that the interface is translated to."""


@dataclass(frozen=True, slots=True)
class Shot:
    """What is drawn.

    Attributes:
        state: one of `STATES`.
        file: what the state opens; None = the sample film.
        size: (width, height) in pixels.
        theme: "dark" or "light".
        language: of the interface.
        tab: one of `TABS`.
    """

    state: str = "editor"
    file: Path | None = None
    size: tuple[int, int] = (1600, 1000)
    theme: str = "dark"
    language: str = "en"
    tab: str = "editor"


def take(shot: Shot) -> QImage:
    """The window in this state, exactly of this size.

    Raises:
        BadArgument: there is no such state, tab or language, or the window cannot be that size.
        CuesmithError: the state did not come about.
    """
    _check(shot)
    application = qt_application()
    application.setCursorFlashTime(0)
    with throwaway_home() as home:
        stage = Stage(shot.file, Settings(theme=shot.theme, ui_language=shot.language), shot.size, home)
        try:
            importlib.import_module(STATES[shot.state][0]).prepare(stage)
            return stage.picture()
        finally:
            stage.close()


def save(image: QImage, path: Path) -> None:
    """Write a PNG.

    Raises:
        CannotWrite: the folder is not there or not writable.
    """
    if not image.save(str(path), "PNG"):  # type: ignore[call-overload]  # the stubs want bytes, Qt takes a name
        raise CannotWrite(file=path.name, cause="the folder is missing or not writable")


def _check(shot: Shot) -> None:
    _known("state", shot.state, STATES)
    _known("tab", shot.tab, TABS)
    _known("interface language", shot.language, LANGUAGES)
    fits = all(least <= given <= MOST for given, least in zip(shot.size, LEAST, strict=True))
    if not fits:
        raise BadArgument(
            what=f"The window cannot be {shot.size[0]}x{shot.size[1]}.",
            hint=f"Give a size from {LEAST[0]}x{LEAST[1]} to {MOST}x{MOST}.",
        )


def _known(what: str, given: str, known: object) -> None:
    names = list(known)  # type: ignore[call-overload]
    if given not in names:
        raise BadArgument(what=f"There is no {what} called “{given}”.", hint=f"Choose one of: {', '.join(names)}.")
