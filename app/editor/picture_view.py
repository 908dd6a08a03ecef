"""Shows the film: its picture, letterboxed, with the cues of now over it; sound alone gets a quiet panel.

Paints by itself, so that cues can lie on the picture on every system. Knows the player only by the frames it is given.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app import theme
from app.editor.cue_faces import CueFaces
from app.editor.export_plan import main_language
from app.editor.frame_image import image_of
from app.editor.progress_line import LINE_PX, ProgressLine
from app.editor.session import Session
from app.editor.subtitle_overlay import SubtitleOverlay
from app.i18n import tr
from app.theme.fonts import Role, font
from app.theme.icons import pixmap
from app.theme.tokens import Tokens
from app.timeline.index import CueIndex
from app.wording import clock
from core.cue import Cue
from core.subtitles.pixel_look import Looks

if TYPE_CHECKING:
    from PySide6.QtMultimedia import QVideoFrame

_SIGN_PX = 32
_GAP_PX = 12
_ASPECT = 9 / 16


class PictureView(QWidget):
    """The picture.

    Signals:
        fullScreenWanted(): a double click.
        pointed(): the pointer moved over it.
        resized(): there is more or less room.
    """

    fullScreenWanted = Signal()
    pointed = Signal()
    resized = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._frame: QVideoFrame | None = None
        self._image = QImage()
        self._exact = QImage()
        self._exact_ms = (0, 0)
        self._drawn = QImage()
        self._drawn_for: tuple[Cue, ...] = ()
        self._missing = False
        self._index = CueIndex(session.bridge.document.cues)
        self._shown: tuple[Cue, ...] = ()
        self._language = ""
        self._on_film = SubtitleOverlay()
        self._theme_changed(theme.current().tokens)
        self.progress = ProgressLine(session, self)
        self.setAccessibleName(tr("Picture"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMouseTracking(True)
        session.playheadMoved.connect(self._look_for_cues)
        session.bridge.changed.connect(self._cues_changed)
        session.bridge.replaced.connect(self._cues_changed)
        session.mediaChanged.connect(self.update)
        theme.current().changed.connect(self._theme_changed)

    def show_frame(self, frame: QVideoFrame | None) -> None:
        """Show another picture; None takes it away. The exact picture of this place stays over it."""
        self._frame = frame
        self._image = QImage()
        self._missing = False
        if frame is None or not self._exact_ms[0] <= self._session.playhead_ms < self._exact_ms[1]:
            self._exact = QImage()
        self.update()

    def show_exact(self, image: QImage, start_ms: int, end_ms: int) -> None:
        """Show the very picture of this stretch of time (half-open) over the player's."""
        self._exact, self._exact_ms = image, (start_ms, end_ms)
        self.update()

    def drop_exact(self) -> None:
        """Show the player's pictures."""
        self._exact = QImage()
        self.update()

    @property
    def exact(self) -> QImage:
        """The exact picture that is shown; null where the player's is."""
        return self._exact

    def room(self) -> QSize:
        """Device pixels there are for a picture; none while it is not to be seen."""
        size = QSizeF(self.picture_rect().toAlignedRect().size())
        return (size * self.devicePixelRatioF()).toSize() if self.isVisible() else QSize()

    def show_missing(self) -> None:
        """Say that this system cannot show the film's picture."""
        self._missing = True
        self.update()

    def show_drawn(self, image: QImage, cues: tuple[Cue, ...]) -> None:
        """Show these cues as the renderer drew them, for as long as they are the ones that stand here."""
        self._drawn, self._drawn_for = image, cues
        self.update()

    @property
    def drawn(self) -> bool:
        """Whether the cues that stand here are shown as the renderer drew them."""
        return bool(self._shown) and self._drawn_for == self._shown and not self._drawn.isNull()

    @property
    def cues(self) -> tuple[Cue, ...]:
        """The cues that are shown, the first lowest."""
        return self._shown

    @property
    def frame_start_us(self) -> int:
        """When the frame that is shown begins, in µs; -1 while there is none."""
        return -1 if self._frame is None else int(self._frame.startTime())

    def picture_rect(self) -> QRectF:
        """Where the picture lies: the largest place of its shape, in the middle."""
        room = QRectF(0, 0, self.width(), max(1, self.height() - LINE_PX))
        size = QSizeF(self._shape()).scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
        return QRectF(QPointF((room.width() - size.width()) / 2, (room.height() - size.height()) / 2), size)

    # ── painting ─────────────────────────────────────────────────────────────────────────────────

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground, picture, cues; or what there is instead of a picture."""
        painter = QPainter(self)
        tokens, info = theme.current().tokens, self._session.info
        place = self.picture_rect()
        if info is not None and info.has_video and not self._missing:
            painter.fillRect(self.rect(), QColor(tokens.film))
            self._draw_picture(painter, place)
            if self.drawn:
                painter.drawImage(place.toAlignedRect(), self._drawn)
            else:
                self._on_film.draw(painter, QRectF(place.toAlignedRect()), self._shown, self._language)
        else:
            painter.fillRect(self.rect(), QColor(tokens.panel))
            self._draw_words(painter, place)
            self._on_panel.draw(painter, QRectF(place.toAlignedRect()), self._shown, self._language)
        painter.end()

    def _theme_changed(self, tokens: Tokens) -> None:
        self._on_panel = SubtitleOverlay(tokens.text, tokens.panel)
        self._dress()

    def _draw_picture(self, painter: QPainter, place: QRectF) -> None:
        target = place.toAlignedRect()
        if not self._exact.isNull():
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(target, self._exact)
            return
        if self._frame is None:
            return
        scale = self.devicePixelRatioF()
        size = QSize(round(target.width() * scale), round(target.height() * scale))
        if self._image.isNull() or self._image.size() != size:
            self._image = image_of(self._frame, size)
        painter.drawImage(target, self._image)

    def _draw_words(self, painter: QPainter, place: QRectF) -> None:
        """Sound alone, or nothing: a sign, what it is, and its name."""
        tokens = theme.current().tokens
        sign, first, second = self._words()
        heading, body = font(Role.HEADING), font(Role.BODY)
        painter.setFont(heading)
        line_px = painter.fontMetrics().height()
        middle = place.center()
        top = middle.y() - line_px - _SIGN_PX
        drawing = pixmap(sign, tokens.text3, _SIGN_PX, scale=self.devicePixelRatioF())
        painter.drawPixmap(QPointF(middle.x() - _SIGN_PX / 2, top), drawing)
        room = QRect(round(place.left()) + _GAP_PX, round(top + _SIGN_PX + _GAP_PX),
                     round(place.width()) - 2 * _GAP_PX, line_px)  # fmt: skip
        painter.setPen(QColor(tokens.text2))
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter, first)
        painter.setFont(body)
        painter.setPen(QColor(tokens.text3))
        elided = painter.fontMetrics().elidedText(second, Qt.TextElideMode.ElideMiddle, room.width())
        painter.drawText(room.translated(0, line_px + _GAP_PX // 3), Qt.AlignmentFlag.AlignCenter, elided)

    def _words(self) -> tuple[str, str, str]:
        """Sign, first and second line of what stands in place of a picture."""
        info = self._session.info
        if info is None:
            return "film", tr("No film is open."), ""
        if info.has_video:
            codec = info.video_codec.removeprefix("lib").upper()
            return "film", tr("The picture cannot be shown"), tr("This system has no decoder for {0}.").format(codec)
        return "waveform", tr("Sound without a picture"), f"{info.name} · {clock(info.duration_ms)}"

    def _shape(self) -> QSize:
        """Of the frame; before there is one, what the file says; else 16:9."""
        if self._frame is not None:
            size = self._frame.size()
            turned = self._frame.rotation().value in (90, 270)
            return size.transposed() if turned else size
        info = self._session.info
        return QSize(info.width, info.height) if info is not None and info.width and info.height else QSize(16, 9)

    # ── which cues ───────────────────────────────────────────────────────────────────────────────

    def _dress(self) -> None:
        """Cues look as the document says from now on."""
        self._dressed = header, styles = self._looks()
        looks = Looks(header, styles, CueFaces())
        self._on_film.dress(looks)
        self._on_panel.dress(looks)
        self.update()

    def _looks(self) -> tuple[str, dict[str, str]]:
        """Header and styles that cues are drawn by."""
        document = self._session.bridge.document
        return document.header.get("ass", ""), document.styles

    def _cues_changed(self, _changed: object = None) -> None:
        if self._looks() != self._dressed:
            self._dress()
        self._index = self._index.updated(self._session.bridge.document.cues)
        self._look_for_cues(self._session.playhead_ms)

    def _look_for_cues(self, ms: int) -> None:
        cues = self._index.cues
        now = tuple(cues[row] for row in self._index.rows(ms, ms) if cues[row].start_ms <= ms < cues[row].end_ms)
        if now != self._shown:
            self._shown = now
            said = all(cue.language for cue in now)
            self._language = "" if said else main_language(self._session.bridge.document)
            self.setAccessibleDescription(" ".join(cue.text for cue in now))
            self.update()

    # ── events ───────────────────────────────────────────────────────────────────────────────────

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The line of progress stays at the foot."""
        self.progress.setGeometry(0, self.height() - self.progress.height(), self.width(), self.progress.height())
        super().resizeEvent(event)
        self.resized.emit()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Full screen, or back."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.fullScreenWanted.emit()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """In full screen the controls come back."""
        self.pointed.emit()
        super().mouseMoveEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Another font or language: draw anew."""
        self.update()
        super().changeEvent(event)

    def sizeHint(self) -> QSize:
        """As in the design."""
        return QSize(640, round(640 * _ASPECT) + LINE_PX)

    def minimumSizeHint(self) -> QSize:
        """Still to be recognised."""
        return QSize(200, round(200 * _ASPECT))
