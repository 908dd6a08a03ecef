"""What the scripted person does with cues: the window's own commands, keys and mouse, and any edit at all."""

from __future__ import annotations

import random
from collections.abc import Iterator

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from app.application import Application
from core.document.edit import Edit, Replace
from core.document.history import History
from core.timecode import format_ms
from tests.core.document.random_edits import some_edit

COMMANDS = (
    "cue.split", "cue.split_playhead", "cue.merge", "cue.word_back", "cue.word_on", "cue.insert", "cue.insert_after",
    "cue.delete", "cue.start_here", "cue.end_here", "cue.extend_next", "cue.nudge_back", "cue.nudge_on", "cue.italic",
    "cue.lock", "edit.undo", "edit.undo", "edit.undo", "edit.redo", "edit.redo",
)  # fmt: skip
LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier

Doing = Iterator[None]
"""Each `next` is one thing done; between two the window lives."""


class Hands:
    """Edits in the window of `program`, as chance (`rng`) has it."""

    def __init__(self, program: Application, rng: random.Random) -> None:
        self._program, self._rng = program, rng

    @property
    def _history(self) -> History:
        return self._program.session.bridge.history

    def edit(self) -> Doing:
        """One piece of editing."""
        return self._rng.choice((self.command, self.command, self.any_edit, self.any_edit, self.type, self.drag,
                                 self.set_time))()  # fmt: skip

    def command(self) -> Doing:
        """A few commands on some cue."""
        window = self._program.window
        for _ in range(self._rng.randrange(1, 4)):
            self._choose()
            window.commands.refresh_now()
            window.commands[self._rng.choice(COMMANDS)].trigger()
            yield

    def any_edit(self) -> Doing:
        """Edits no key makes, too."""
        for _ in range(self._rng.randrange(1, 5)):
            edit: Edit | None = some_edit(self._rng, self._history.document)
            if edit is not None and not _takes_the_film_away(edit):
                self._program.session.bridge.apply(edit)
            yield

    def type(self) -> Doing:
        """Words into the text of a cue, by key; Escape leaves the field."""
        if not self._choose():
            return
        box = self._program.window.page.text_box
        box.focus_text()
        QTest.keyClick(box.editor, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
        for letter in self._rng.choice((" indeed", " no", "s", "... well", " said he")):
            QTest.keyClicks(box.editor, letter)
            yield
        QTest.keyClick(box.editor, Qt.Key.Key_Escape)

    def set_time(self) -> Doing:
        """Another end, written into its field."""
        cue = self._program.session.bridge.current_cue() if self._choose() else None
        if cue is None:
            return
        field = self._program.window.page.text_box.end
        field.setText(format_ms(cue.start_ms + self._rng.randrange(100, 4_000)))
        field.setModified(True)
        QTest.keyClick(field, Qt.Key.Key_Return)
        yield

    def drag(self) -> Doing:
        """The end of a cue's block pulled by mouse; killed in the middle at times."""
        cue = self._program.session.bridge.current_cue() if self._choose() else None
        if cue is None:
            return
        timeline = self._program.window.page.timeline
        timeline.show_cue()
        state = timeline.view.state
        y = (state.layout.cue_blocks.top + state.layout.cue_blocks.bottom) // 2
        at = QPoint(round(state.layout.gutter_px + state.view.x_of(cue.end_ms)) - 2, y)
        QTest.mousePress(timeline.view, LEFT, NONE, at)
        for _ in range(self._rng.randrange(2, 8)):
            at += QPoint(self._rng.randrange(-12, 12), 0)
            QTest.mouseMove(timeline.view, at)
            yield
        QTest.mouseRelease(timeline.view, LEFT, NONE, at)

    def _choose(self) -> bool:
        """Select some cue and perhaps a word of it; False where there is none."""
        bridge = self._program.session.bridge
        cues = bridge.document.cues
        if not cues:
            return False
        cue = self._rng.choice(cues)
        bridge.select((cue.id,), word=self._rng.choice(cue.words).id if cue.words else None)
        self._program.session.seek(self._rng.randrange(cue.start_ms, cue.end_ms + 1))
        return True


def _takes_the_film_away(edit: Edit) -> bool:
    """Nobody can do that in the window."""
    return any(isinstance(change, Replace) and change.field == "media" for change in edit.changes)
