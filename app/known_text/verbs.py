"""What a person does with a text that is known: time it, time cues anew, do a part again."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from app.editor.opening import Opening
from app.editor.session import Session
from app.editor.works import Work
from app.jobs.align_run import AlignPlan, AlignRun
from app.jobs.jobs import Jobs
from app.jobs.run import End
from core.document.redo import part_of
from core.settings import Settings


class TextVerbs:
    """Time a text, re-time cues, do a part again."""

    def __init__(self, window: QWidget, session: Session, opening: Opening, jobs: Jobs, settings: Settings) -> None:
        self._window, self._session, self._opening = window, session, opening
        self._jobs, self._settings = jobs, settings

    def time(self) -> None:
        """Ask for a text and time it."""
        self._ask(retimes=False)

    def retime(self) -> None:
        """Look for the cues' times anew."""
        self._ask(retimes=True)

    def redo(self) -> None:
        """Recognise or time the selected cues again."""
        from app.redo.dialog import RedoDialog

        work, bridge = self._opening.work, self._session.bridge
        part = part_of(bridge.document, bridge.selected)
        if work is None or work.info is None or part is None:
            return
        dialog = RedoDialog(work, part, self._jobs.engines, self._settings, self._window)
        dialog.taken.connect(bridge.select)
        dialog.open()

    def _ask(self, *, retimes: bool) -> None:
        from app.known_text.dialog import TextDialog  # brings readers of texts, which the window does without till then
        from core.given_text import GivenText

        work = self._opening.work
        if work is None or work.info is None or self._jobs.running is not None:
            return
        cues = work.history.document.cues
        own = retimes and cues
        given = GivenText(tuple(cue.text for cue in cues), cues, cues[0].language) if own else None
        dialog = TextDialog(work, self._settings, given, self._window)
        if given is None:
            dialog.begin_with(self._unfinished(work))
        dialog.planned.connect(partial(self._jobs.align, work))
        dialog.open()

    def _unfinished(self, work: Work) -> AlignPlan | None:
        """What a run that did not come to its end was asked for: with the same text it goes on where it stopped."""
        run = self._jobs.run
        mine = isinstance(run, AlignRun) and run.work is work and run.end in (End.STOPPED, End.FAILED)
        return run.order if mine and isinstance(run, AlignRun) else None
