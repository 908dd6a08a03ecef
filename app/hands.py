"""Makes the verbs of words, times, places and doubts, and ties them to the editor once it is there. Knows no action."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from app.action import Hands
from app.editor.doubt_verbs import DoubtVerbs
from app.editor.go_to import ask_for_place
from app.editor.place_verbs import PlaceVerbs
from app.editor.playback import Playback
from app.editor.session import Session
from app.editor.time_verbs import TimeVerbs
from app.editor.word_verbs import WordVerbs

if TYPE_CHECKING:
    from app.editor.page import EditorPage


def word_hands(
    session: Session, playback: Playback, window: QWidget, editor: Callable[[], EditorPage]
) -> tuple[WordVerbs, TimeVerbs, PlaceVerbs, DoubtVerbs]:
    """The verbs; `editor` gives the editor, which is made when it is first needed."""
    word, place = WordVerbs(session, playback), PlaceVerbs(session, playback)
    place.ask_time = lambda: ask_for_place(session, window)
    return word, TimeVerbs(session), place, DoubtVerbs(editor, word, playback)


def tie(hands: Hands, page: EditorPage) -> None:
    """Let the verbs know where the caret is, and play doubts that are chosen."""
    hands.cue.caret = hands.word.caret = page.text_box.caret
    page.review.doubts.playRequested.connect(hands.doubt.play)
