"""What the table of actions looks at, gathered from where it is. Knows no verb and changes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app import theme
from app.action import State
from app.editor.film_facts import FilmFacts
from app.editor.playback import Playback
from app.editor.session import Session
from app.jobs.jobs import Jobs
from app.view_verbs import ViewState

if TYPE_CHECKING:
    from app.editor.page import EditorPage


def state_of(
    session: Session,
    jobs: Jobs,
    playback: Playback,
    view: ViewState,
    page: EditorPage | None,
    *,
    editor: bool,
    facts: FilmFacts,
    looping_doubts: bool,
) -> State:
    """The state now; `page` None = the editor is not made yet; `editor`: it is shown."""
    bridge, info = session.bridge, session.info
    cue = bridge.current_cue()
    return State(
        editor=editor,
        film=info is not None,
        sound=info is not None and bool(info.audio_tracks),
        cues=len(bridge.document.cues),
        selected=len(bridge.selected),
        current=cue is not None,
        words=len(cue.words) if cue is not None else 0,
        undo=bridge.history.undo_label() or "",
        redo=bridge.history.redo_label() or "",
        running=jobs.running is not None,
        resumable=jobs.resumable is not None,
        snapping=view.snapping,
        following=view.following,
        following_job=page is not None and page.table.follow.isChecked(),
        range_tool=view.range_tool,
        looping=playback.looping,
        muted=playback.muted,
        word=bridge.word is not None,
        at_caret=page is not None and page.text_box.caret() is not None,
        shots=len(session.shots_ms),
        bookmarks=len(bridge.document.bookmarks),
        picture=info is not None and info.has_video,
        spectrum=facts.shows_spectrum,
        finding_shots=facts.finding_shots,
        looping_doubts=looping_doubts,
        detached=page is not None and page.player.is_detached,
        theme=theme.current().choice.value,
    )
