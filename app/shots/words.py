"""The word lane close up: measured, by hand, estimated, doubtful words, one of them selected."""

from __future__ import annotations

from app.shots import editor
from app.shots.stage import Stage


def prepare(stage: Stage) -> None:
    """Two seconds of the film, the word lane as high as it gets."""
    editor.prepare(stage)
    page = stage.window.page
    view = page.timeline.view
    cue = stage.program.session.bridge.current_cue()
    if cue is not None:
        view.look_at(view.state.view.fitted(cue.start_ms - 1500, cue.end_ms + 2500))
    stage.rest(100)
