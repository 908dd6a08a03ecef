"""Reads a person's shortcuts out of Subtitle Edit's settings (its Settings.xml, or an exported file). Knows no widget.

The names are those of Subtitle Edit 4 and the keys those of .NET ("Control+Oemcomma"). Only its XML is read; what has
no counterpart here is counted, not guessed at.
"""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtGui import QKeySequence

from app.keys.sets import Keys
from core.errors import SubtitleUnreadable
from core.media.files import plain_cause

_MAX_FILE_BYTES = 4 * 1024**2
_FORMAT = "shortcuts of Subtitle Edit"

_NAMES = {
    "GeneralMergeSelectedLines": "cue.merge",
    "GeneralMergeWithNext": "cue.merge",
    "GeneralGoToNextSubtitle": "play.next_cue",
    "GeneralGoToNextSubtitlePlayTranslate": "play.next_cue",
    "GeneralGoToPrevSubtitle": "play.previous_cue",
    "GeneralGoToPrevSubtitlePlayTranslate": "play.previous_cue",
    "GeneralGoToStartOfCurrentSubtitle": "play.cue_start",
    "GeneralGoToEndOfCurrentSubtitle": "play.cue_end",
    "GeneralToggleBookmarks": "bookmark.toggle",
    "GeneralGoToNextBookmark": "bookmark.next",
    "GeneralGoToPreviousBookmark": "bookmark.previous",
    "GeneralHelp": "help.keys",
    "MainFileOpen": "file.open",
    "MainFileSave": "file.save",
    "MainFileSaveAs": "file.save_as",
    "MainFileExit": "file.quit",
    "MainEditUndo": "edit.undo",
    "MainEditRedo": "edit.redo",
    "MainEditFind": "edit.find",
    "MainVideoPlayPauseToggle": "play.toggle",
    "MainVideoPause": "play.stop",
    "MainVideoPlayFromJustBefore": "play.before",
    "MainVideo1FrameLeft": "play.previous_frame",
    "MainVideo1FrameRight": "play.next_frame",
    "MainVideo500MsLeft": "play.back",
    "MainVideo500MsRight": "play.on",
    "MainVideoGoToStartCurrent": "play.cue_start",
    "MainVideoPlaySelectedLines": "play.cue",
    "MainVideoLoopSelectedLines": "play.repeat_cue",
    "MainVideoFullscreen": "view.full_screen",
    "MainVideoSlower": "play.slower",
    "MainVideoFaster": "play.faster",
    "MainListViewItalic": "cue.italic",
    "MainListViewGoToNextError": "view.next_finding",
    "MainTextBoxSplitAtCursor": "cue.split",
    "MainTextBoxSplitAtCursorAndVideoPos": "cue.split_playhead",
    "MainTextBoxMoveLastWordDown": "cue.word_on",
    "MainTextBoxMoveFirstWordToPrev": "cue.word_back",
    "MainCreateInsertSubAtVideoPos": "cue.insert",
    "MainWaveformInsertAtCurrentPosition": "cue.insert",
    "MainInsertAfter": "cue.insert_after",
    "MainInsertBefore": "cue.insert_before",
    "MainCreateSetStart": "cue.start_here",
    "MainCreateSetEnd": "cue.end_here",
    "MainAdjustSetStartAndOffsetTheRest": "cue.start_shift_rest",
    "MainAdjustSetStartAndOffsetTheRest2": "cue.start_shift_rest",
    "MainAdjustSetEndAndGotoNext": "cue.end_next",
    "MainAdjustSelected100MsForward": "cue.on_100",
    "MainAdjustSelected100MsBack": "cue.back_100",
    "MoveStartOneFrameBack": "cue.start_back",
    "MoveStartOneFrameForward": "cue.start_on",
    "MoveEndOneFrameBack": "cue.end_back",
    "MoveEndOneFrameForward": "cue.end_on",
    "MainAdjustExtendToNextSubtitle": "cue.extend_next",
    "MainAdjustExtendToPreviousSubtitle": "cue.extend_previous",
    "WaveformZoomIn": "timeline.zoom_in",
    "WaveformZoomOut": "timeline.zoom_out",
    "WaveformSplit": "cue.split_playhead",
    "WaveformPlaySelection": "play.cue",
    "WaveformPlaySelectionEnd": "play.last",
    "WaveformGoToPreviousShotChange": "play.previous_shot",
    "WaveformGoToNextShotChange": "play.next_shot",
}
"""Subtitle Edit's name → an action of ours."""

_PARTS = {
    "control": "Ctrl", "ctrl": "Ctrl", "shift": "Shift", "alt": "Alt", "return": "Return", "enter": "Enter",
    "escape": "Esc", "delete": "Del", "insert": "Ins", "back": "Backspace", "space": "Space", "tab": "Tab",
    "prior": "PgUp", "pageup": "PgUp", "next": "PgDown", "pagedown": "PgDown", "home": "Home", "end": "End",
    "left": "Left", "right": "Right", "up": "Up", "down": "Down", "oemcomma": ",", "oemperiod": ".", "oemplus": "+",
    "oemminus": "-", "oemquestion": "/", "oem1": ";", "oem2": "/", "oem3": "`", "oem4": "[", "oem5": "\\\\",
    "oem6": "]", "oem7": "'", "add": "+", "subtract": "-", "multiply": "*", "divide": "/", "decimal": ".",
}  # fmt: skip

_PLAIN_ARROWS = {"Left", "Right", "Up", "Down", "Home", "End", "Tab", "Return", "Enter", "Esc", "Backspace"}
"""Without a modifier these belong to the pane that has the keys."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What was in the file.

    Attributes:
        keys: by the id of our action.
        unknown: names of commands with keys that have no counterpart here.
        unreadable: keys that do not exist here, or belong to panes.
    """

    keys: dict[str, Keys]
    unknown: tuple[str, ...] = ()
    unreadable: tuple[str, ...] = ()


def read_shortcuts(path: Path) -> Imported:
    """The shortcuts in Subtitle Edit's settings.

    Raises:
        SubtitleUnreadable: it cannot be read, is no XML, or holds no shortcuts.
    """
    try:
        with path.open("rb") as file:
            data = file.read(_MAX_FILE_BYTES)
        # No entity can be declared without a DOCTYPE, and Subtitle Edit writes none.
        if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
            raise ElementTree.ParseError("it declares a document type")
        root = ElementTree.fromstring(data)
    except OSError as error:
        raise SubtitleUnreadable(file=path.name, format=_FORMAT, cause=plain_cause(error)) from error
    except (ElementTree.ParseError, ValueError) as error:
        raise SubtitleUnreadable(
            file=path.name, format=_FORMAT, cause=f"it is no XML of Subtitle Edit: {error}"
        ) from error
    shortcuts = root if root.tag == "Shortcuts" else root.find(".//Shortcuts")
    if shortcuts is None:
        raise SubtitleUnreadable(file=path.name, format=_FORMAT, cause="there are no shortcuts in it")
    return _imported(shortcuts)


def key_of(text: str) -> str:
    """A key of .NET's as ours: "Control+Oemcomma" → "Ctrl+,"; "" where there is none.

    >>> key_of("Control+Shift+D0"), key_of("Alt+Prior"), key_of("F11")
    ('Ctrl+Shift+0', 'Alt+PgUp', 'F11')
    """
    parts = [_part_of(part.strip()) for part in text.split("+") if part.strip()]
    if (
        not parts
        or not all(parts)
        or parts[-1] in ("Ctrl", "Shift", "Alt")
        or parts[-1] in _PLAIN_ARROWS & {*parts[:1]}
    ):
        return ""
    order = [name for name in ("Ctrl", "Alt", "Shift") if name in parts[:-1]]
    return QKeySequence("+".join((*order, parts[-1]))).toString(QKeySequence.SequenceFormat.PortableText)


def _part_of(text: str) -> str:
    known = _PARTS.get(text.lower())
    if known is not None:
        return known
    if len(text) == 2 and text[0] in "Dd" and text[1].isdigit():
        return text[1]
    is_function_key = text[:1] in "Ff" and text[1:].isdigit() and 1 <= int(text[1:]) <= 24
    return text.upper() if is_function_key or (len(text) == 1 and text.isascii() and text.isalnum()) else ""


def _entries(shortcuts: ElementTree.Element) -> Iterator[tuple[str, str]]:
    for element in shortcuts:
        if element.text and element.text.strip():
            yield element.tag, element.text.strip()


def _imported(shortcuts: ElementTree.Element) -> Imported:
    keys: dict[str, Keys] = {}
    unknown: list[str] = []
    unreadable: list[str] = []
    for name, text in _entries(shortcuts):
        action_id, key = _NAMES.get(name), key_of(text)
        if action_id is None:
            unknown.append(name)
        elif not key:
            unreadable.append(f"{name}: {text}")
        elif not any(key in given for given in keys.values()):
            keys[action_id] = (*keys.get(action_id, ()), key)
    return Imported(keys, tuple(unknown), tuple(unreadable))
