"""A key to talk by: held down, it records until it is let go. Knows no window.

One for this window, and one that is ours in every program; that one, tapped, starts and pauses.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication

from app.dictation.any_key import NoKey
from app.dictation.desk import Desk
from app.dictation.dictation import Dictation
from app.dictation.phase import Phase
from app.i18n import tr
from app.keys.bindings import native_key, normal

TAP_S = 0.4
"""A key let go sooner than this was tapped."""
_REPEATS_MS = 40
"""A key that is held repeats as up and down at once; up for longer than this is up."""


class Talking(QObject):
    """What a key that goes down and up does to a dictation."""

    def __init__(self, dictation: Dictation, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._dictation = dictation
        self._since: float | None = None

    @property
    def is_held(self) -> bool:
        """Whether somebody holds the key to talk."""
        return self._since is not None

    def down(self, at_s: float = 0.0) -> None:
        """Begin to record; where it is under way, pause.

        Args:
            at_s: when, on the clock of `up`. It is the key's own: to begin takes a moment, too.
        """
        if self._since is not None:
            return
        if self._dictation.phase in (Phase.IDLE, Phase.PAUSED):
            self._since = at_s
            self._dictation.start()
        else:
            self._dictation.pause()

    def up(self, at_s: float | None = None) -> None:
        """Pause; with `at_s`, in seconds, not where the key was only tapped."""
        since, self._since = self._since, None
        if since is not None and (at_s is None or at_s - since >= TAP_S):
            self._dictation.pause()


class KeyInWindow(QObject):
    """The key of this window to talk by: an action brings its press (`trigger`), the program's events its release."""

    def __init__(
        self, talking: Talking, toggle: Callable[[], object], keys: Callable[[], Iterable[str]], parent: QObject
    ) -> None:
        """`keys`: of the action; `toggle`: what it does where no key is down, as in a menu."""
        super().__init__(parent)
        self._talking, self._toggle, self._keys = talking, toggle, keys
        self._down: int | None = None
        self._place = 0
        self._pressed = ""
        self._watching = False

    def watch(self, on: bool) -> None:
        """Whether the tab is in sight."""
        application = QApplication.instance()
        if application is not None and on != self._watching:
            self._watching = on
            (application.installEventFilter if on else application.removeEventFilter)(self)
        if not on:
            self._let_go()

    def trigger(self) -> None:
        """The action was chosen: by its key, or in a menu."""
        if self._pressed in normal(self._keys()):
            self._talking.down()
        elif not self._talking.is_held:
            self._toggle()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Which key is down; nothing is kept from anybody. While it is held, others may go down and up."""
        if event.type() == QEvent.Type.ApplicationStateChange:
            self._let_go()  # its release goes to another program
        elif isinstance(event, QKeyEvent) and not event.isAutoRepeat():
            if event.type() == QEvent.Type.ShortcutOverride and not self._talking.is_held:
                self._down, self._place = event.key(), event.nativeScanCode()
                self._pressed = QKeySequence(event.keyCombination()).toString(QKeySequence.SequenceFormat.PortableText)
            elif event.type() == QEvent.Type.KeyRelease and self._is_same(event):
                self._let_go()
        return False

    def _is_same(self, event: QKeyEvent) -> bool:
        """With Shift let go first, a key has another name; its place on the keyboard stays."""
        return event.key() == self._down or (self._place != 0 and event.nativeScanCode() == self._place)

    def _let_go(self) -> None:
        self._down, self._pressed = None, ""
        self._talking.up()


class KeyAnywhere(QObject):
    """The key that is ours in every program, while it is wanted.

    Attributes:
        keys: which one, as Qt writes it portably, also while it is not taken.

    Signals:
        changed(): it is taken, let go, or could not be had.
        _moved(bool, float): internal, from whatever thread hears the key: down or up, and when, in s.
    """

    changed = Signal()
    _moved = Signal(bool, float)

    def __init__(self, talking: Talking, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._talking, self._desk = talking, desk
        self._let_go: Callable[[], object] | None = None
        self._refused = self.keys = ""
        self._up_s = 0.0
        self._up_soon = QTimer(self)
        self._up_soon.setSingleShot(True)
        self._up_soon.setInterval(_REPEATS_MS)
        self._up_soon.timeout.connect(lambda: talking.up(self._up_s))
        self._moved.connect(self._hear)

    @property
    def is_on(self) -> bool:
        """Whether the key is ours."""
        return self._let_go is not None

    def why_not(self) -> str:
        """A sentence that says why the key cannot be had; "" where nothing stands against it."""
        return self._desk.why_no_key() or self._refused

    def turn(self, on: bool, keys: str) -> None:
        """Take the key, or let it go."""
        if self._let_go is not None:
            self._let_go()
            self._let_go = None
            self._keep_from_window(False)
            self._up_soon.stop()
            self._talking.up()  # where it is held just now, nobody would hear its release
        self._refused, self.keys = "", keys
        if on and not self._desk.why_no_key():
            had = self._desk.take_key(keys, self._moved.emit)
            if isinstance(had, NoKey):
                self._refused = _WHY_NOT[had]().format(native_key(keys) or keys)
            else:
                self._let_go = had
            self._keep_from_window(self.is_on and self._desk.leaves_key)
        self.changed.emit()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Keep the key from actions and fields of our own window: it does one thing, in every program."""
        kinds = (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress)
        if not isinstance(event, QKeyEvent) or event.type() not in kinds:
            return False
        is_ours = QKeySequence(event.keyCombination()) == QKeySequence(self.keys)
        if is_ours:
            event.accept()
        return is_ours

    def _keep_from_window(self, on: bool) -> None:
        application = QApplication.instance()
        if application is not None:
            (application.installEventFilter if on else application.removeEventFilter)(self)

    def _hear(self, down: bool, at_s: float) -> None:
        if not down:
            self._up_s = at_s
            self._up_soon.start()
        elif self._up_soon.isActive():
            self._up_soon.stop()  # it repeats
        else:
            self._talking.down(at_s)


_WHY_NOT: dict[NoKey, Callable[[], str]] = {
    NoKey.TAKEN: lambda: tr("Another program has {0}: choose another key in the settings."),
    NoKey.UNKNOWN: lambda: tr("The key “{0}” is not known to this keyboard: choose another one in the settings."),
    NoKey.REFUSED: lambda: tr("The system does not give {0} to Cuesmith: choose another key in the settings."),
}
