"""What an action is, what it looks at and what does its work. Knows no action and no widget."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.dictation.verbs import DictationVerbs
    from app.editor.cue_verbs import CueVerbs
    from app.editor.doubt_verbs import DoubtVerbs
    from app.editor.many_verbs import ManyVerbs
    from app.editor.place_verbs import PlaceVerbs
    from app.editor.play_verbs import PlayVerbs
    from app.editor.time_verbs import TimeVerbs
    from app.editor.word_verbs import WordVerbs
    from app.file_verbs import FileVerbs
    from app.known_text.verbs import TextVerbs
    from app.view_verbs import ViewVerbs


@dataclass(frozen=True, slots=True)
class State:
    """What actions look at to know whether they are possible.

    Attributes:
        editor: the editor is shown, not the welcome page.
        film: a film is open. sound: it has an audio track.
        cues, selected: how many. current: a cue is current. words: words of the current cue.
        undo, redo: labels of the steps, "" for none.
        running: a job is under way. resumable: the last job failed and can go on.
        snapping, following, range_tool: of the timeline. following_job: new cues are shown as they come.
        word: a word is selected. at_caret: the text box has the keys.
        shots, bookmarks: how many there are. picture: the film has one.
        spectrum: the spectrogram is shown. finding_shots: shot changes are looked for.
        looping, muted: of the player. looping_doubts: a doubt that is gone to is repeated.
        detached: the picture has its own window. theme: as chosen.
        dictation: its tab is in sight. phase: what it is doing (`app.dictation.phase`), "" before the first look at it.
        dictated: it has text. small: its small window is shown.
    """

    editor: bool = False
    film: bool = False
    sound: bool = False
    cues: int = 0
    selected: int = 0
    current: bool = False
    words: int = 0
    undo: str = ""
    redo: str = ""
    running: bool = False
    resumable: bool = False
    snapping: bool = True
    following: bool = True
    following_job: bool = True
    looping: bool = False
    muted: bool = False
    word: bool = False
    at_caret: bool = False
    shots: int = 0
    bookmarks: int = 0
    picture: bool = False
    spectrum: bool = False
    finding_shots: bool = False
    looping_doubts: bool = True
    detached: bool = False
    range_tool: bool = False
    theme: str = "system"
    dictation: bool = False
    phase: str = ""
    dictated: bool = False
    small: bool = False


@dataclass(slots=True)
class Hands:
    """What does the work. Each is a small class of verbs.

    Attributes:
        file: open, recognise, export, quit (`app.file_verbs`).
        cue: split, merge, … (`app.editor.cue_verbs`).
        play: play, seek (`app.editor.play_verbs`).
        view: zoom, panes, theme (`app.view_verbs`).
        text: time a known text (`app.known_text.verbs`).
        many: find and replace, copy and paste, times of many cues (`app.editor.many_verbs`).
        word: select, play, re-time, split, join words (`app.editor.word_verbs`).
        time: cues' edges by frames and leads (`app.editor.time_verbs`).
        place: play around a cue, go to places, bookmarks (`app.editor.place_verbs`).
        doubt: go through doubtful words (`app.editor.doubt_verbs`).
        dictation: record, pause, copy, save (`app.dictation.verbs`).
    """

    file: FileVerbs
    cue: CueVerbs
    play: PlayVerbs
    view: ViewVerbs
    text: TextVerbs
    many: ManyVerbs
    word: WordVerbs
    time: TimeVerbs
    place: PlaceVerbs
    doubt: DoubtVerbs
    dictation: DictationVerbs

    @property
    def steps(self) -> CueVerbs | DictationVerbs:
        """Takes back and does again: the steps of the part that is in sight."""
        return self.dictation if self.dictation.in_sight else self.cue


@dataclass(frozen=True, slots=True)
class Action:
    """One line of the table.

    Attributes:
        text: as in the menu, in English; "…" where a question follows.
        keys: shortcuts, the first one shown.
        menu: where it stands; "" = nowhere but in the palette.
        tip: a sentence for the tooltip where the text is not enough.
        why_not: said in the tooltip while it is not possible.
        label: the text where it depends on the state.
        checked: for a switch, whether it is on.
        group: actions of one menu are parted by lines between groups.
        context: stands in the context menu of cues. word_context: in that of words.
        submenu: stands in a menu of this name inside its menu; "" = in the menu itself.
        repeats: done again and again while its key is held.
    """

    id: str
    text: str
    run: Callable[[Hands], object]
    keys: tuple[str, ...] = ()
    icon: str = ""
    menu: str = ""
    enabled: Callable[[State], bool] = field(default=lambda state: True)
    tip: str = ""
    why_not: str = ""
    label: Callable[[State], str] | None = None
    checked: Callable[[State], bool] | None = None
    group: int = 0
    context: bool = False
    word_context: bool = False
    submenu: str = ""
    repeats: bool = True


def in_editor(state: State) -> bool:
    """The editor is shown."""
    return state.editor


def with_film(state: State) -> bool:
    """A film is open."""
    return state.film


def with_cues(state: State) -> bool:
    """There are cues."""
    return state.cues > 0


def with_selected(state: State) -> bool:
    """Cues are selected."""
    return state.selected > 0


def with_current(state: State) -> bool:
    """A cue is current."""
    return state.current


OPEN_FIRST = "Open a film first."
CUES_FIRST = "There are no cues yet."
SELECT_FIRST = "Select a cue first."
