"""The player's pane: picture over transport; it can move to a window of its own, and from there or here to full screen.

The picture is re-parented, not made twice, so it plays on. Knows no main window: what that must do it asks by signals.
"""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.editor.exact_picture import ExactPicture
from app.editor.picture_view import PictureView
from app.editor.playback import Playback
from app.editor.session import Session
from app.editor.transport import Actions, Transport
from app.i18n import tr
from app.widgets import button, column, holding, label

_HIDE_AFTER_MS = 2500
_WINDOW = QSize(960, 590)


class PlayerPane(QWidget):
    """Picture, transport, and where they are just now.

    Attributes:
        picture, transport: what it is made of.

    Signals:
        detachedChanged(bool): the picture has its own window (or the whole screen), or is back.
    """

    detachedChanged = Signal(bool)

    def __init__(self, session: Session, playback: Playback, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Player"))
        self.picture = PictureView(session)
        self.transport = Transport(session, playback)
        self._session, self._playback = session, playback
        self._screen = _Screen(self.picture, self.transport)
        self._window: PictureWindow | None = None
        self._was_detached = False
        self._actions: tuple[QAction, ...] = ()
        self._elsewhere = self._placeholder()
        self.setLayout(column(self._screen, self._elsewhere, gap=0))
        self.setFocusProxy(self.transport.play)
        playback.frameChanged.connect(self.picture.show_frame)
        playback.pictureMissing.connect(self.picture.show_missing)
        self.picture.fullScreenWanted.connect(self.toggle_full_screen)
        self.transport.fullScreenWanted.connect(self.toggle_full_screen)
        self.transport.detachWanted.connect(self.toggle_detached)
        session.mediaChanged.connect(self._film_changed)

    def take_actions(self, actions: Actions, shared: Iterable[QAction] = ()) -> None:
        """Tooltips and keys of the window's actions; `shared` work in the picture's own window, too."""
        self.transport.take_actions(actions)
        self._actions = tuple(shared)

    def take_exact(self, exact: ExactPicture) -> None:
        """Show the very frame of the playhead while the film stands."""
        exact.room = self.picture.room
        exact.shown.connect(self.picture.show_exact)
        exact.dropped.connect(self.picture.drop_exact)

    @property
    def is_detached(self) -> bool:
        """Whether the picture is in its own window or on the whole screen."""
        return self._window is not None

    @property
    def is_full_screen(self) -> bool:
        """Whether it takes the whole screen."""
        return self._window is not None and self._window.isFullScreen()

    @property
    def window_of_picture(self) -> PictureWindow | None:
        """The picture's own window, while there is one."""
        return self._window

    def toggle_detached(self) -> None:
        """The picture in its own window, or back."""
        if self._window is None:
            self._detach().show()
        else:
            self._bring_back()

    def toggle_full_screen(self) -> None:
        """The picture over the whole screen, or back to where it was."""
        if not self.is_full_screen:
            if self._session.info is None:
                return
            self._was_detached = self._window is not None
            window = self._window or self._detach()
            window.showFullScreen()
            self._screen.hide_controls_when_still(True)
        elif self._was_detached and self._window is not None:
            self._screen.hide_controls_when_still(False)
            self._window.showNormal()
        else:
            self._bring_back()

    def sizeHint(self) -> QSize:
        """Of what it holds."""
        return self._screen.sizeHint()

    # ── inside ───────────────────────────────────────────────────────────────────────────────────

    def _placeholder(self) -> QWidget:
        made = holding(
            column(
                None,
                label(tr("The picture is in its own window."), "secondary"),
                button(tr("Bring it back"), self.toggle_detached),
                None,
                gap=12,
            )
        )
        layout = made.layout()
        for place in range(layout.count()) if layout is not None else ():
            item = layout.itemAt(place) if layout is not None else None
            if item is not None and item.widget() is not None:
                item.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        made.hide()
        return made

    def _detach(self) -> PictureWindow:
        window = PictureWindow(self.window())
        window.leaving.connect(self._leave)
        window.addActions(list(self._actions))
        window.setWindowTitle(self._title())
        window.take(self._screen)
        self._window = window
        self._elsewhere.show()
        self.detachedChanged.emit(True)
        return window

    def _bring_back(self) -> None:
        window, self._window = self._window, None
        if window is None:
            return
        self._screen.hide_controls_when_still(False)
        self._elsewhere.hide()
        layout = self.layout()
        assert layout is not None
        layout.addWidget(self._screen)
        self._screen.show()
        window.hide()
        window.deleteLater()
        self.detachedChanged.emit(False)

    def _leave(self) -> None:
        """Escape, or the window was closed: from full screen to where it was, else back into the pane."""
        if self.is_full_screen:
            self.toggle_full_screen()
        else:
            self._bring_back()

    def _film_changed(self) -> None:
        if self._window is not None:
            self._window.setWindowTitle(self._title())

    def _title(self) -> str:
        info = self._session.info
        return tr("{0}: picture").format(info.name) if info is not None else tr("Picture")


class PictureWindow(QWidget):
    """The picture's own window; an ordinary one, for a second display.

    Signals:
        leaving(): Escape or its close button.
    """

    leaving = Signal()

    def __init__(self, owner: QWidget) -> None:
        super().__init__(owner, Qt.WindowType.Window)
        self.setObjectName("pictureWindow")
        self.setAccessibleName(tr("Picture"))
        self.setAutoFillBackground(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.resize(_WINDOW)
        self.setLayout(column(gap=0))

    def take(self, screen: QWidget) -> None:
        """Hold the picture and its transport."""
        layout = self.layout()
        assert layout is not None
        layout.addWidget(screen)
        screen.show()
        self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape goes back; all other keys are actions."""
        if event.key() == Qt.Key.Key_Escape:
            self.leaving.emit()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """The picture goes back first; the window stays where it only left the full screen."""
        self.leaving.emit()
        layout = self.layout()
        event.setAccepted(layout is None or layout.count() == 0)


class _Screen(QWidget):
    """Picture over transport; in full screen the transport hides while nothing moves."""

    def __init__(self, picture: PictureView, transport: Transport) -> None:
        super().__init__()
        self._transport = transport
        self._hiding = False
        self._still = QTimer(self)
        self._still.setSingleShot(True)
        self._still.setInterval(_HIDE_AFTER_MS)
        self._still.timeout.connect(self._hide_controls)
        layout = QVBoxLayout()
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(picture, 1)
        layout.addWidget(transport)
        self.setLayout(layout)
        picture.pointed.connect(self._moved)
        transport.installEventFilter(self)

    def hide_controls_when_still(self, on: bool) -> None:
        """Whether the transport hides after a while without the pointer moving."""
        self._hiding = on
        self._moved()
        if not on:
            self._still.stop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Who is at the controls still needs them."""
        if self._hiding and event.type() in (QEvent.Type.Enter, QEvent.Type.FocusIn, QEvent.Type.MouseMove):
            self._still.stop()
        return super().eventFilter(watched, event)

    def _moved(self) -> None:
        self._transport.show()
        self.unsetCursor()
        if self._hiding:
            self._still.start()

    def _hide_controls(self) -> None:
        focus = self.focusWidget()
        at_controls = self._transport.underMouse() or (focus is not None and self._transport.isAncestorOf(focus))
        if self._hiding and not at_controls:
            self._transport.hide()
            self.setCursor(Qt.CursorShape.BlankCursor)
