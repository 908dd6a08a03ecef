"""The right of the tab: microphone, delay, typing elsewhere, language and engine, text size. Draws a `Dictation`."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QScrollArea, QVBoxLayout, QWidget

from app.check_box import CheckBox
from app.dictation.dictation import Dictation
from app.dictation.phase import Phase
from app.dictation.strips import DelayLine, LevelBar
from app.dictation.talking import KeyAnywhere
from app.dictation.typing import Typist
from app.i18n import tr
from app.keys.bindings import native_key
from app.theme.fonts import Role, font, tabular
from app.widgets import Sign, button, column, framed, holding, label, row, tool_button
from core.language import AUTO, NAMES
from core.settings import Settings

WIDTH_PX = 332
_TEXT_PT = (12, 40)
_NO_SOUND_DB = -89.0


class Panel(QFrame):
    """See above.

    Signals:
        deviceChosen(str): "" = the system's default. languageChosen(str): a code or "auto".
        sizeChosen(int): of the text, in points. typingChosen(bool), commandsChosen(bool): the switches.
        anywhereChosen(bool): the key of any program. smallWanted(): the small window.
    """

    deviceChosen = Signal(str)
    languageChosen = Signal(str)
    sizeChosen = Signal(int)
    typingChosen = Signal(bool)
    commandsChosen = Signal(bool)
    anywhereChosen = Signal(bool)
    smallWanted = Signal()

    def __init__(
        self, dictation: Dictation, typist: Typist, anywhere: KeyAnywhere, settings: Settings, talk_key: str
    ) -> None:
        """`talk_key`: of this window, as the system writes it, or ""."""
        super().__init__()
        self._dictation, self._typist, self._anywhere = dictation, typist, anywhere
        self._second = -1
        self._size_pt = settings.dictation_text_pt
        self.setProperty("role", "panel")
        self.setFixedWidth(WIDTH_PX)
        layout = column(gap=0)
        for part in (
            self._microphone(settings), self._delay(), self._typing(settings), self._keys(settings, talk_key),
            self._language(settings), self._size(),
        ):  # fmt: skip
            layout.addWidget(holding(part))
            layout.addWidget(framed("rule"))
        layout.addStretch(1)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.verticalScrollBar().setProperty("role", "thin")
        inside = framed("panel")
        inside.setLayout(layout)
        area.setWidget(inside)
        self.setLayout(column(area, gap=0))
        dictation.changed.connect(self.refresh)
        dictation.levelChanged.connect(self._level)
        dictation.levelChanged.connect(self._delayed)
        dictation.tentativeChanged.connect(self._delayed)
        anywhere.changed.connect(self._say_key)
        self.refresh()

    def refresh(self) -> None:
        """Draw what is."""
        dictation = self._dictation
        self._fill_devices()
        info = dictation.info
        self._engine.setText(f"{info.name}, {info.device}" if info is not None else tr("chosen at the first word"))
        self._engine.setToolTip(info.reason if info is not None else "")
        self.language.setEnabled(dictation.phase in (Phase.IDLE, Phase.PAUSED))
        self._level()

    # ── the parts ────────────────────────────────────────────────────────────────────────────────

    def _microphone(self, settings: Settings) -> QVBoxLayout:
        self.device = _combo(tr("Microphone"))
        self._wanted_device = settings.dictation_device
        self.device.activated.connect(lambda _row: self.deviceChosen.emit(str(self.device.currentData())))
        self._bar = LevelBar()
        self._sign = Sign("check", "measured")
        self._verdict = label("", "secondary", size=Role.SMALL, wraps=True)
        said = row(self._sign, self._verdict, gap=8)
        said.setStretch(1, 1)
        return _part(tr("Microphone"), self.device, 4, self._bar, holding(said))

    def _delay(self) -> QVBoxLayout:
        self._seconds = label("–")
        self._seconds.setFont(tabular(font(Role.HEADING, size_pt=font(Role.HEADING).pointSizeF() + 4)))
        self._steady = label("", "secondary", size=Role.SMALL, wraps=True)
        self._slow = Sign("warning", "doubt")
        self._slow.hide()
        self._line = DelayLine()
        above = row(self._seconds, self._slow, self._steady, gap=8)
        above.setStretch(2, 1)
        return _part(tr("Delay, speech to final word"), holding(above), self._line)

    def _typing(self, settings: Settings) -> QVBoxLayout:
        self.typing = CheckBox(tr("Type where the cursor is"))
        self.typing.setChecked(settings.dictation_typing and not self._typist.why_not())
        self.typing.setEnabled(not self._typist.why_not())
        self.typing.toggled.connect(self.typingChosen)
        self.commands = CheckBox(tr("Spoken commands: “new line”, “full stop”"))
        self.commands.setChecked(settings.dictation_commands)
        self.commands.toggled.connect(self.commandsChosen)
        why = self._typist.why_not() or tr(
            "Each finished passage goes to the program that has the keyboard. Your clipboard is put back afterwards."
        )
        note = label(why, "secondary", size=Role.SMALL, wraps=True)
        return _part(tr("Type into other programs"), self.typing, note, self.commands)

    def _keys(self, settings: Settings, talk_key: str) -> QVBoxLayout:
        why_not = self._anywhere.why_not()
        self.anywhere = CheckBox(tr("Dictate from any program"))
        self.anywhere.setChecked(settings.dictation_anywhere and not why_not)
        self.anywhere.setEnabled(not why_not)
        self.anywhere.toggled.connect(self.anywhereChosen)
        self.key_note = label("", "secondary", size=Role.SMALL, wraps=True)
        self._say_key()
        hold = tr("Hold {0} to talk in this window.").format(talk_key)
        here = label(hold, "secondary", size=Role.SMALL, wraps=True)
        return _part(tr("Keys to talk by"), *([here] if talk_key else []), self.anywhere, self.key_note)

    def _say_key(self) -> None:
        """What the key of any program does, or why it cannot be had."""
        does = tr("{0} starts and pauses; held down, it records until let go. The microphone stays open for it.")
        self.key_note.setText(self._anywhere.why_not() or does.format(native_key(self._anywhere.keys)))

    def _language(self, settings: Settings) -> QVBoxLayout:
        self.language = _combo(tr("Spoken language"))
        self.language.addItem(tr("Find out"), AUTO)
        for code, name in sorted(NAMES.items(), key=lambda item: item[1]):
            self.language.addItem(tr(name), code)
        self.language.setCurrentIndex(max(0, self.language.findData(settings.language)))
        self.language.activated.connect(lambda _row: self.languageChosen.emit(str(self.language.currentData())))
        self._engine = label("", "secondary", size=Role.SMALL, wraps=True)
        said = row(Sign("device", "text2"), self._engine, gap=8)
        said.setStretch(1, 1)
        return _part(tr("Language and engine"), self.language, holding(said))

    def _size(self) -> QVBoxLayout:
        self._points = label("")
        less = tool_button(tr("Smaller text"), lambda: self._resize(-1), "zoom-out")
        more = tool_button(tr("Larger text"), lambda: self._resize(+1), "zoom-in")
        self._resize(0)
        small = button(tr("Small window on top"), self.smallWanted.emit, icon="detach")
        above = row(label(tr("Text size"), "secondary"), None, less, self._points, more)
        return _part("", holding(above), holding(row(small, None)))

    # ── what changes ─────────────────────────────────────────────────────────────────────────────

    def show_device(self, name: str) -> None:
        """Another microphone was chosen elsewhere."""
        self._wanted_device = name
        self._fill_devices()
        self.device.setCurrentIndex(max(0, self.device.findData(name)))

    def _fill_devices(self) -> None:
        names = self._dictation.hearing.devices
        wanted = [("", tr("The system's microphone")), *((name, name) for name in dict.fromkeys(names))]
        if self._wanted_device and self._wanted_device not in names:
            wanted.append((self._wanted_device, self._wanted_device))
        shown = [(self.device.itemData(row_), self.device.itemText(row_)) for row_ in range(self.device.count())]
        if shown == wanted:
            return
        chosen = self.device.currentData() if self.device.count() else self._wanted_device
        self.device.clear()
        for data, text in wanted:
            self.device.addItem(text, data)
        self.device.setCurrentIndex(max(0, self.device.findData(chosen)))

    def _level(self) -> None:
        level, problem = self._dictation.level, self._dictation.problem
        self._bar.show_level(level.rms_db, level.peak_db)
        icon, token, text = "check", "measured", tr("Good level")
        if problem is not None and not self._dictation.hearing.device:
            self._bar.clear()
            icon, token, text = "error", "error", tr("No sound comes.")  # why, and what to do, stands over the text
        elif level.clipping:
            icon, token, text = "warning", "doubt", tr("Too loud: move away, or turn the microphone down.")
        elif level.silent:
            icon, token, text = "warning", "doubt", tr("Nothing is heard. Is it switched off, or muted?")
        elif not self._dictation.hearing.device or level.rms_db <= _NO_SOUND_DB:
            icon, token, text = "clock", "text2", tr("No sound yet")
        self._sign.show_icon(icon, token)
        if self._verdict.text() != text:
            self._verdict.setText(text)

    def _delayed(self) -> None:
        """The delay, while an engine listens or still has words to say."""
        dictation = self._dictation
        if not dictation.is_heard:
            self._seconds.setText("–")
            self._steady.setText(tr("no words come") if dictation.phase is Phase.RECORDING else "")
            self._slow.setVisible(dictation.phase is Phase.RECORDING)
            return
        second = dictation.elapsed_ms // 1000
        if second != self._second:
            self._second = second
            self._line.add(dictation.lag_ms)
        self._seconds.setText(tr("{0} s").format(f"{dictation.lag_ms / 1000:.1f}"))
        self._slow.setVisible(dictation.is_slow)
        if not dictation.hearing.device:
            self._steady.setText("")
            return
        slow = tr("This computer is slower than you speak. Everything is recorded; the text catches up when you pause.")
        catching_up = tr("catching up") if dictation.phase is not Phase.RECORDING else tr("keeps up")
        self._steady.setText(slow if dictation.is_slow and dictation.phase is Phase.RECORDING else catching_up)

    def _resize(self, step: int) -> None:
        self._size_pt = min(max(self._size_pt + step, _TEXT_PT[0]), _TEXT_PT[1])
        self._points.setText(tr("{0} pt").format(self._size_pt))
        if step:
            self.sizeChosen.emit(self._size_pt)


def _part(title: str, *items: QWidget | int) -> QVBoxLayout:
    head = [label(title, "third", size=Role.SMALL)] if title else []
    return column(*head, *items, margins=(16, 14, 16, 14), gap=8)


def _combo(name: str) -> QComboBox:
    made = QComboBox()
    made.setProperty("role", "field")
    made.setAccessibleName(name)
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    return made
