"""The lane of new times under the cues: where each cue would stand, one line of its text, doubtful ones marked.

Drawn as cues are, so that a cue and its new time look alike and are selected together; a line joins the selected two.
"""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter

from app.timeline.model import Notes, Severity
from app.timeline.painters.blocks import block_rect
from app.timeline.painters.cues import CuePainter
from app.timeline.scene import Scene
from app.timeline.texts import Texts
from core.cue import Cue

_JOIN_PX = 2.0


class NewTimesPainter:
    """Draws the lane; nothing while there are no new times."""

    def __init__(self, texts: Texts) -> None:
        self._cues = CuePainter(texts, editable=False)

    def draw(self, painter: QPainter, scene: Scene) -> None:
        """Draw the visible new times."""
        if not scene.layout.new_times.height:
            return
        layout = replace(scene.layout, cue_blocks=scene.layout.new_time_blocks, cue_lines=1)
        notes = Notes(findings=dict.fromkeys(scene.notes.doubted, Severity.SHOULD))
        self._cues.draw(painter, replace(scene, index=scene.proposed, layout=layout, notes=notes))
        self._join_selected(painter, scene)

    def _join_selected(self, painter: QPainter, scene: Scene) -> None:
        """From the start of each selected cue to its new one."""
        if not scene.selection:
            return
        new = {cue.id: cue for cue in (scene.proposed.cues[at] for at in scene.proposed.rows_of(scene.selection))}
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(scene.inks.pen("accent", _JOIN_PX))
        for row in scene.index.rows_of(frozenset(new)):
            cue = scene.index.cues[row]
            painter.drawLine(_foot(scene, cue), _head(scene, new[cue.id]))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)


def _foot(scene: Scene, cue: Cue) -> QPointF:
    return block_rect(scene.view, scene.layout.cue_blocks, cue.start_ms, cue.end_ms).bottomLeft()


def _head(scene: Scene, cue: Cue) -> QPointF:
    return block_rect(scene.view, scene.layout.new_time_blocks, cue.start_ms, cue.end_ms).topLeft()
