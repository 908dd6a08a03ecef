"""Actions on cues' times, and on where one goes and listens: part of the table in `app.actions`."""

from __future__ import annotations

from app.action import OPEN_FIRST, SELECT_FIRST, Action, State, in_editor, with_current, with_film, with_selected


def _cue_in_film(state: State) -> bool:
    return state.film and state.current


def _shots(state: State) -> bool:
    return state.shots > 0


def _bookmarks(state: State) -> bool:
    return state.bookmarks > 0


_SHOTS_FIRST = "Find the shot changes first."

TIMES: tuple[Action, ...] = (
    Action("cue.start_shift_rest", "Start here and shift the rest", lambda do: do.time.start_and_shift_rest(), ("F9",),
           "retime", "Cue", with_current, tip="The cue starts at the playhead; everything after it moves along",
           why_not=SELECT_FIRST, group=2, submenu="Times"),
    Action("cue.end_next", "End here, on to the next", lambda do: do.time.end_and_next(), ("Shift+F9",), "next-cue",
           "Cue", with_current, tip="The cue ends at the playhead; the next one becomes current",
           why_not=SELECT_FIRST, group=2, submenu="Times"),
    Action("cue.back_100", "Earlier by 100 ms", lambda do: do.time.shift(-100), ("Alt+,",), "previous-frame", "Cue",
           with_selected, tip="Move the selected cues", why_not=SELECT_FIRST, group=2, submenu="Times"),
    Action("cue.on_100", "Later by 100 ms", lambda do: do.time.shift(+100), ("Alt+.",), "next-frame", "Cue",
           with_selected, tip="Move the selected cues", why_not=SELECT_FIRST, group=2, submenu="Times"),
    Action("cue.back_500", "Earlier by 500 ms", lambda do: do.time.shift(-500), ("Alt+Shift+,",), "previous-frame",
           "Cue", with_selected, tip="Move the selected cues", why_not=SELECT_FIRST, group=2, submenu="Times"),
    Action("cue.on_500", "Later by 500 ms", lambda do: do.time.shift(+500), ("Alt+Shift+.",), "next-frame", "Cue",
           with_selected, tip="Move the selected cues", why_not=SELECT_FIRST, group=2, submenu="Times"),
    Action("cue.start_back", "Start a frame earlier", lambda do: do.time.start_by_frames(-1), ("Ctrl+Shift+1",),
           "previous-frame", "Cue", with_current, why_not=SELECT_FIRST, group=2, submenu="Times"),
    Action("cue.start_on", "Start a frame later", lambda do: do.time.start_by_frames(+1), ("Ctrl+Shift+2",),
           "next-frame", "Cue", with_current, why_not=SELECT_FIRST, group=2, submenu="Times"),
    Action("cue.end_back", "End a frame earlier", lambda do: do.time.end_by_frames(-1), ("Ctrl+Shift+3",),
           "previous-frame", "Cue", with_current, why_not=SELECT_FIRST, group=2, submenu="Times"),
    Action("cue.end_on", "End a frame later", lambda do: do.time.end_by_frames(+1), ("Ctrl+Shift+4",), "next-frame",
           "Cue", with_current, why_not=SELECT_FIRST, group=2, submenu="Times"),
    Action("cue.lead_in", "Lead in", lambda do: do.time.lead_in(), ("Alt+C",), "previous-cue", "Cue", with_selected,
           tip="Start 100 ms earlier, up to the style's gap", why_not=SELECT_FIRST, group=2, submenu="Times"),
    Action("cue.lead_out", "Lead out", lambda do: do.time.lead_out(), ("Alt+Shift+C",), "next-cue", "Cue",
           with_selected, tip="End 350 ms later, up to the style's gap", why_not=SELECT_FIRST, group=2,
           submenu="Times"),
    Action("cue.to_shots", "Snap to shot changes", lambda do: do.time.to_shots(), ("Ctrl+5",), "snap", "Cue",
           lambda state: state.current and state.shots > 0, tip="Start and end go to a cut within half a second",
           why_not=_SHOTS_FIRST, group=2, submenu="Times"),
)  # fmt: skip

PLACES: tuple[Action, ...] = (
    Action("play.before", "Half a second before", lambda do: do.place.play_before(), ("Shift+F10",), "play", "Play",
           _cue_in_film, tip="Play up to the cue's start", why_not=SELECT_FIRST, group=4, submenu="Around the cue"),
    Action("play.first", "The first half second", lambda do: do.place.play_first(), ("Ctrl+F9",), "play", "Play",
           _cue_in_film, tip="Play from the cue's start", why_not=SELECT_FIRST, group=4, submenu="Around the cue"),
    Action("play.last", "The last half second", lambda do: do.place.play_last(), ("Ctrl+F10",), "play", "Play",
           _cue_in_film, tip="Play up to the cue's end", why_not=SELECT_FIRST, group=4, submenu="Around the cue"),
    Action("play.after", "Half a second after", lambda do: do.place.play_after(), ("Ctrl+F11",), "play", "Play",
           _cue_in_film, tip="Play from the cue's end", why_not=SELECT_FIRST, group=4, submenu="Around the cue"),
    Action("play.on_from", "Play on from the cue", lambda do: do.place.play_on(), ("Ctrl+F12",), "play", "Play",
           _cue_in_film, why_not=SELECT_FIRST, group=4, submenu="Around the cue"),
    Action("play.repeat_cue", "Repeat the cue", lambda do: do.place.repeat_cue(), ("Ctrl+F5",), "loop", "Play",
           _cue_in_film, tip="Again and again; again ends it", why_not=SELECT_FIRST, group=4,
           submenu="Around the cue"),
    Action("play.stop", "Pause", lambda do: do.place.stop(), (), "pause", "Play", with_film,
           why_not=OPEN_FIRST),
    Action("play.cue_start", "To the cue's start", lambda do: do.place.to_start(), ("Shift+F11",), "previous-cue",
           "Play", with_current, why_not=SELECT_FIRST, group=2),
    Action("play.cue_end", "To the cue's end", lambda do: do.place.to_end(), ("Shift+F12",), "next-cue", "Play",
           with_current, why_not=SELECT_FIRST, group=2),
    Action("play.previous_shot", "Previous shot change", lambda do: do.place.to_shot(-1), ("Alt+PgUp",), "previous-cue",
           "Play", _shots, why_not=_SHOTS_FIRST, group=5),
    Action("play.next_shot", "Next shot change", lambda do: do.place.to_shot(+1), ("Alt+PgDown",), "next-cue", "Play",
           _shots, why_not=_SHOTS_FIRST, group=5),
    Action("play.go_to", "Go to time…", lambda do: do.place.go_to_time(), ("Ctrl+G",), "clock", "Play", in_editor,
           tip="A time, a timecode or a frame", why_not=OPEN_FIRST, group=5),
    Action("bookmark.toggle", "Bookmark", lambda do: do.place.toggle_bookmark(), ("Ctrl+Shift+B",), "bookmark", "Play",
           in_editor, tip="Mark the playhead's place, or take the mark away", why_not=OPEN_FIRST, group=6),
    Action("bookmark.next", "Next bookmark", lambda do: do.place.to_bookmark(+1), ("Ctrl+B",), "next-cue", "Play",
           _bookmarks, why_not="There are no bookmarks yet.", group=6),
    Action("bookmark.previous", "Previous bookmark", lambda do: do.place.to_bookmark(-1), ("Ctrl+Alt+Shift+B",),
           "previous-cue", "Play", _bookmarks, why_not="There are no bookmarks yet.", group=6),
)  # fmt: skip

SOUND: tuple[Action, ...] = (
    Action("timeline.scroll_back", "Scroll back", lambda do: do.view.scroll(-0.5), ("Ctrl+PgUp",), "previous-frame",
           "Timeline", in_editor, tip="By half of what is shown", why_not=OPEN_FIRST, group=1),
    Action("timeline.scroll_on", "Scroll on", lambda do: do.view.scroll(+0.5), ("Ctrl+PgDown",), "next-frame",
           "Timeline", in_editor, tip="By half of what is shown", why_not=OPEN_FIRST, group=1),
    Action("timeline.spectrogram", "Spectrogram", lambda do: do.view.spectrogram(), ("Ctrl+Shift+G",), "waveform",
           "Timeline", lambda state: state.sound, tip="The sound by pitch in place of its waveform",
           why_not="Open a film with sound first.", checked=lambda state: state.spectrum, group=3),
    Action("timeline.find_shots", "Find shot changes", lambda do: do.view.find_shots(), (), "film", "Timeline",
           lambda state: state.picture, tip="Where the film cuts; takes some minutes and is kept; again stops it",
           why_not="Open a film with a picture first.", checked=lambda state: state.finding_shots, group=3),
)  # fmt: skip
