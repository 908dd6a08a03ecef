"""What is open: the film, its peaks and speech, the style, the playhead. Shared by every pane; knows no widget.

Lives in the window's thread. `app.editor.opening` fills it from the media child's answers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.editor.document_bridge import DocumentBridge
from core.cues import styles
from core.cues.styles import Style
from core.media.info import MediaInfo

if TYPE_CHECKING:  # NumPy comes with the first film, not with the window
    from core.media.peaks import Peaks
    from core.media.spectrum_cache import SpectrumFile


class Session(QObject):
    """The open film and document.

    Attributes:
        bridge: the document and its selection.

    Signals:
        mediaChanged(): another film, or none.
        peaksChanged(): more of the waveform is there, or another.
        speechChanged(): spans of speech were found.
        styleChanged(): the delivery style is another.
        stylesChanged(): a style was made or removed; lists of them are out of date.
        playheadMoved(int): ms; from the player while it plays, and after every seek.
        seekRequested(int): ms; a pane wants the player to go there.
        healingChanged(): other words wait for their times.
        spectrumChanged(): more of the spectrum is there, another, or none is wanted any more.
        shotsChanged(): shot changes were found, or are of another film.
    """

    mediaChanged = Signal()
    peaksChanged = Signal()
    speechChanged = Signal()
    styleChanged = Signal()
    stylesChanged = Signal()
    playheadMoved = Signal(int)
    seekRequested = Signal(int)
    healingChanged = Signal()
    spectrumChanged = Signal()
    shotsChanged = Signal()

    def __init__(self, bridge: DocumentBridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.bridge = bridge
        self._info: MediaInfo | None = None
        self._peaks: Peaks | None = None
        self._speech: tuple[tuple[int, int], ...] = ()
        self._style: Style = styles.default_for("en")
        self._playhead_ms = 0
        self._healing: frozenset[str] = frozenset()
        self._spectrum: SpectrumFile | None = None
        self._shots_ms: tuple[int, ...] = ()

    @property
    def info(self) -> MediaInfo | None:
        """The open film, once the media child has looked into it."""
        return self._info

    @property
    def peaks(self) -> Peaks | None:
        """Its waveform as far as it is built."""
        return self._peaks

    @property
    def speech(self) -> tuple[tuple[int, int], ...]:
        """Spans of speech, (start_ms, end_ms), in order."""
        return self._speech

    @property
    def style(self) -> Style:
        """The delivery style that counts and checks go by."""
        return self._style

    @property
    def playhead_ms(self) -> int:
        """Where the player stands."""
        return self._playhead_ms

    @property
    def spectrum(self) -> SpectrumFile | None:
        """Its sound by pitch, where it is shown and as far as it is built."""
        return self._spectrum

    @property
    def shots_ms(self) -> tuple[int, ...]:
        """Where it cuts, in order; () where nobody looked."""
        return self._shots_ms

    @property
    def healing(self) -> frozenset[str]:
        """Ids of the words whose times are being asked of the sound."""
        return self._healing

    @property
    def duration_ms(self) -> int:
        """Length of the film; without one, the end of the last cue."""
        if self._info is not None and self._info.duration_ms:
            return self._info.duration_ms
        return max((cue.end_ms for cue in self.bridge.document.cues), default=0)

    def set_media(self, info: MediaInfo | None) -> None:
        """Another film (or none); peaks, speech and playhead begin anew."""
        self._info, self._peaks, self._speech, self._playhead_ms = info, None, (), 0
        self._spectrum, self._shots_ms = None, ()
        self.mediaChanged.emit()
        self.peaksChanged.emit()
        self.speechChanged.emit()
        self.spectrumChanged.emit()
        self.shotsChanged.emit()
        self.playheadMoved.emit(0)

    def set_peaks(self, peaks: Peaks) -> None:
        """More of the waveform is there."""
        self._peaks = peaks
        self.peaksChanged.emit()

    def set_spectrum(self, spectrum: SpectrumFile | None) -> None:
        """More of the spectrum is there; None = it is not shown any more."""
        self._spectrum = spectrum
        self.spectrumChanged.emit()

    def set_shots(self, cuts_ms: tuple[int, ...]) -> None:
        """The first ms of each shot but the first."""
        self._shots_ms = cuts_ms
        self.shotsChanged.emit()

    def set_speech(self, spans: tuple[tuple[int, int], ...]) -> None:
        """Spans of speech, (start_ms, end_ms), were found."""
        self._speech = spans
        self.speechChanged.emit()

    def set_style(self, style: Style) -> None:
        """Count and check by another style."""
        if style != self._style:
            self._style = style
            self.styleChanged.emit()

    def set_healing(self, words: frozenset[str]) -> None:
        """These words wait for their times."""
        if words != self._healing:
            self._healing = words
            self.healingChanged.emit()

    def move_playhead(self, ms: int) -> None:
        """The player stands at `ms` now."""
        if ms != self._playhead_ms:
            self._playhead_ms = ms
            self.playheadMoved.emit(ms)

    def seek(self, ms: int) -> None:
        """Ask the player to go to `ms` (kept inside the film). Without a player the playhead moves at once."""
        inside = max(0, min(ms, self.duration_ms)) if self.duration_ms else max(0, ms)
        self.seekRequested.emit(inside)
        self.move_playhead(inside)
