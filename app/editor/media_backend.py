"""QtMultimedia behind one door: imported when the first film is opened, and torn down without a deadlock.

Knows no session and no window. Threads of the backend run only while a film is loaded.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QFile, QLoggingCategory, QObject, QUrl, Signal, SignalInstance

from core.errors import PlaybackFailed

if TYPE_CHECKING:
    from PySide6.QtMultimedia import QMediaPlayer

_QUIET = "qt.multimedia.*=false"
"""The backend logs each codec and device it looks for; its errors come as signals."""


class MediaBackend(QObject):
    """The system's player with one film, its picture and its sound.

    Signals:
        loaded(): the film can be played.
        framed(QVideoFrame): a picture is due.
        reported(int): ms; about every 50 ms while playing, and after a jump.
        playingChanged(bool): it runs or stands.
        ended(): the film is through.
        failed(str): the backend's own words.
    """

    loaded = Signal()
    framed = Signal(object)
    reported = Signal(int)
    playingChanged = Signal(bool)
    ended = Signal()
    failed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        """Load the backend.

        Raises:
            PlaybackFailed: QtMultimedia or its backend is not usable on this system.
        """
        super().__init__(parent)
        QLoggingCategory.setFilterRules(_QUIET)
        try:
            from PySide6 import QtMultimedia
        except ImportError as error:  # a system library is missing, libpulse0 for one
            raise PlaybackFailed(file="", cause=f"a system library is missing: {error}") from error
        self._qt = QtMultimedia
        self._player = QtMultimedia.QMediaPlayer(self)
        if not self._player.isAvailable():
            raise PlaybackFailed(file="", cause="Qt has no media backend here")
        self._sink = QtMultimedia.QVideoSink(self)
        self._sound = QtMultimedia.QAudioOutput(self)
        self._devices = QtMultimedia.QMediaDevices(self)
        self._device: QFile | None = None
        self._connect()

    @property
    def playing(self) -> bool:
        """Whether the film runs."""
        return bool(self._player.playbackState() == self._qt.QMediaPlayer.PlaybackState.PlayingState)

    @property
    def position_ms(self) -> int:
        """Where it stands."""
        return int(self._player.position())

    def load(self, device: QFile) -> None:
        """Take a film; `loaded` or `failed` follows. The device is closed with `unload`."""
        self.unload()
        self._device = device
        self._player.setSourceDevice(device)  # without a name: what it is shows by its content alone

    def unload(self) -> None:
        """Let go of the film; its threads have ended when this returns."""
        if self._device is None:
            return
        self._player.setSource(QUrl())  # unlike `setSourceDevice(None)` it lets go of Python's lock while it waits
        self._device.close()
        self._device.deleteLater()
        self._device = None

    def play(self) -> None:
        """Run."""
        self._player.play()

    def pause(self) -> None:
        """Stand; shows the picture of where it stands."""
        self._player.pause()

    def jump(self, ms: int) -> None:
        """Go to `ms`."""
        self._player.setPosition(ms)

    def set_rate(self, rate: float) -> None:
        """Speed, 1.0 = normal, at the same pitch where the backend can (Qt's ffmpeg backend can)."""
        self._player.setPlaybackRate(rate)

    def set_volume(self, loudness: float, *, muted: bool) -> None:
        """`loudness` 0..1 as the ear hears it."""
        scales = self._qt.QtAudio.VolumeScale
        linear = self._qt.QtAudio.convertVolume(loudness, scales.LogarithmicVolumeScale, scales.LinearVolumeScale)
        self._sound.setVolume(linear)
        self._sound.setMuted(muted)

    @property
    def track(self) -> int:
        """Number of the audio track that plays, 1 = first; 0 = none."""
        return int(self._player.activeAudioTrack()) + 1

    def choose_track(self, number: int) -> None:
        """Play the audio track of this number, 1 = first; not before `loaded`."""
        if 1 <= number <= len(self._player.audioTracks()):
            self._player.setActiveAudioTrack(number - 1)

    def _connect(self) -> None:
        player = self._player
        for signal in (player.durationChanged, self._sink.videoFrameChanged, self._sound.volumeChanged):
            _look_for_overrides(signal)
        player.setVideoSink(self._sink)
        self._on_outputs()
        if player.pitchCompensationAvailability() == self._qt.QMediaPlayer.PitchCompensationAvailability.Available:
            player.setPitchCompensation(True)
        self._sink.videoFrameChanged.connect(self._on_frame)
        player.positionChanged.connect(self._on_position)
        player.mediaStatusChanged.connect(self._on_status)
        player.playbackStateChanged.connect(self._on_state)
        player.errorOccurred.connect(self._on_error)
        self._devices.audioOutputsChanged.connect(self._on_outputs)

    def _on_frame(self, frame: object) -> None:
        self.framed.emit(frame)

    def _on_status(self, status: QMediaPlayer.MediaStatus) -> None:
        statuses = self._qt.QMediaPlayer.MediaStatus
        if status == statuses.LoadedMedia and self._device is not None:
            self.loaded.emit()
        elif status == statuses.EndOfMedia:
            self.ended.emit()

    def _on_position(self, ms: int) -> None:
        self.reported.emit(ms)

    def _on_state(self, _state: object) -> None:
        self.playingChanged.emit(self.playing)

    def _on_error(self, _error: object, text: str) -> None:
        self.failed.emit(text)

    def _on_outputs(self) -> None:
        """Headphones were plugged in or out: play on what the system prefers now.

        Without any sound device the film runs without sound. The backend would else warn with each jump, from a thread
        of its own, which PySide does not survive while a test takes its message handler away.
        """
        preferred = self._qt.QMediaDevices.defaultAudioOutput()
        if preferred.isNull():
            return
        self._sound.setDevice(preferred)
        if self._player.audioOutput() is None:
            self._player.setAudioOutput(self._sound)


def _look_for_overrides(signal: SignalInstance) -> None:
    """Make PySide look now whether Python overrides `disconnectNotify` of the signal's object; it remembers the answer.

    WORKAROUND for PySide6 6.11.3: it looks when the object is first disconnected from, with Python's lock. That is in
    the sound's own thread as it ends, while the window's thread waits for that thread, often with the lock: a deadlock
    seen in jumps while playing.
    """

    def nothing(*_arguments: object) -> None:
        """Only to be disconnected."""

    signal.connect(nothing)
    signal.disconnect(nothing)
