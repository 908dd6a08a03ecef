"""Plays the open film: seek, stretches, single frames; moves the session's playhead. Knows no widget.

The backend (QtMultimedia) is loaded with the first film. It gets a film only after the media child has looked into it,
as an open file (`media_device`). Everything is in ms of the film, counted from its first time stamp.
"""

from __future__ import annotations

import time

from PySide6.QtCore import QObject, QTimer, Signal

from app.editor.frame_steps import FrameUs, inside_frame_ms, stepped_ms
from app.editor.jumps import Jumps
from app.editor.media_backend import MediaBackend
from app.editor.media_device import open_device
from app.editor.play_clock import PlayClock
from app.editor.player_knobs import PlayerKnobs
from app.editor.screen_ticks import ScreenTicks
from app.editor.session import Session
from core.errors import CuesmithError, PlaybackFailed
from core.media.info import MediaInfo

_FIRST_PICTURE_MS = 3_000
"""How long the first picture may take after the film was loaded; 20 to 150 ms were seen."""


class Playback(PlayerKnobs):
    """The player; speed, volume and repeating are of its parent class.

    Signals:
        frameChanged(QVideoFrame or None): another picture is due; None where a film was closed.
        playingChanged(bool): it runs or stands.
        pictureMissing(): the film has a picture, but none came: this system has no decoder for it; its sound plays.
        failed(CuesmithError): the film cannot be played; everything else goes on.
    """

    frameChanged = Signal(object)
    playingChanged = Signal(bool)
    pictureMissing = Signal()
    failed = Signal(object)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._info: MediaInfo | None = None
        self._ready = False
        self._play_when_ready = False
        self._stretch: tuple[int, int] | None = None
        self._frame_us: FrameUs = (0, 0)
        self._track = 1
        self._clock = PlayClock()
        self._ticks = ScreenTicks(self._tick, self)
        self._jumps = Jumps(self._jump, self)
        self._first_picture = QTimer(self)
        self._first_picture.setSingleShot(True)
        self._first_picture.setInterval(_FIRST_PICTURE_MS)
        self._first_picture.timeout.connect(self._look_for_picture)
        session.seekRequested.connect(self._go)
        self.rateChanged.connect(self._start_clock)

    # ── a film ───────────────────────────────────────────────────────────────────────────────────

    def open(self, info: MediaInfo, track: int | None = None) -> None:
        """Load a film that the media child has looked into and show its first picture.

        `track`: of the audio tracks, 1 = first; None = the one that the document names. Troubles come by `failed`.
        """
        self.close()
        media = self._session.bridge.document.media
        self._track = track if track is not None else media.track if media is not None else 1
        try:
            backend = self._loaded_backend()
            device = open_device(info, self)
        except CuesmithError as error:
            self._fail(_named(error, info))
            return
        self._info = info
        self._jumps.has_picture = info.has_video
        backend.load(device)

    def close(self) -> None:
        """Let go of the film; no thread of the backend and no open file is left."""
        self._ticks.stop()
        self._jumps.forget()
        self._first_picture.stop()
        was_playing = self.playing
        self._info, self._stretch = None, None
        self._ready = self._play_when_ready = False
        self._frame_us = (0, 0)
        if self._backend is not None:
            self._backend.unload()
        self.frameChanged.emit(None)
        if was_playing:
            self.playingChanged.emit(False)

    @property
    def is_open(self) -> bool:
        """Whether there is a film to play."""
        return self._info is not None

    @property
    def has_picture(self) -> bool:
        """Whether the open film has one."""
        return self._info is not None and self._info.has_video

    # ── play and pause ───────────────────────────────────────────────────────────────────────────

    @property
    def playing(self) -> bool:
        """Whether it runs."""
        return self._info is not None and self._backend is not None and self._backend.playing

    def play(self) -> None:
        """Run from the playhead; at the end of the film from its beginning; while looping the current cue."""
        cue = self._session.bridge.current_cue() if self._looping else None
        if cue is not None:
            self.play_range(cue.start_ms, cue.end_ms)
            return
        self._stretch = None
        if self._session.duration_ms and self._session.playhead_ms >= self._session.duration_ms - 1:
            self._session.seek(0)
        self._run()

    def pause(self) -> None:
        """Stand."""
        self._play_when_ready = False
        if self._backend is not None and self._info is not None and self._ready:
            self._backend.pause()

    def toggle(self) -> None:
        """Play or pause."""
        if self.playing:
            self.pause()
        else:
            self.play()

    def play_range(self, start_ms: int, end_ms: int) -> None:
        """Play a stretch, [start, end), and stop at its end; while looping, again and again."""
        if end_ms <= start_ms or self._info is None:
            return
        self._session.seek(start_ms)
        self._stretch = (start_ms, end_ms)
        self._run()

    # ── going elsewhere ──────────────────────────────────────────────────────────────────────────

    def seek(self, ms: int) -> None:
        """Go to `ms`, kept inside the film; while it stands, the picture of there is shown."""
        self._session.seek(ms)

    def step_frame(self, by: int) -> None:
        """Pause and show the frame `by` frames further on (back where negative); sound alone steps by 40 ms."""
        self.pause()
        self._session.seek(stepped_ms(self._info, self._session.playhead_ms, self._frame_us, by))

    def set_audio_track(self, number: int) -> None:
        """Play another audio track, 1 = first, from where it stands."""
        self._track = number
        if self._backend is not None and self._ready:
            self._backend.choose_track(number)

    # ── the backend ──────────────────────────────────────────────────────────────────────────────

    def _loaded_backend(self) -> MediaBackend:
        if self._backend is not None:
            return self._backend
        backend = MediaBackend(self)
        backend.loaded.connect(self._on_loaded)
        backend.framed.connect(self._on_frame)
        backend.reported.connect(self._on_report)
        backend.playingChanged.connect(self._on_playing)
        backend.ended.connect(self._on_end)
        backend.failed.connect(self._on_failure)
        self._take_in_hand(backend)
        return backend

    def _on_loaded(self) -> None:
        if self._ready or self._backend is None or self._info is None:
            return
        self._ready = True
        if self._backend.track != self._track:  # the backend takes what it holds for the best, not the first
            self._backend.choose_track(self._track)
        self._backend.pause()  # the first picture shows
        if self._info.has_video:
            self._first_picture.start()
        kept_ms = self._jumps.take_kept()
        at_ms = kept_ms if kept_ms is not None else self._session.playhead_ms
        if at_ms:
            self._go(at_ms)
        if self._play_when_ready:
            self._run()

    def _run(self) -> None:
        if self._backend is None or self._info is None:
            return
        self._play_when_ready = not self._ready
        if self._ready:
            self._jumps.go_on()
            self._start_clock()
            self._backend.play()

    def _go(self, ms: int) -> None:
        """The playhead was put to `ms`. While jumps are asked for faster than they are shown, the latest counts."""
        if self._backend is None or self._info is None:
            return
        if self._stretch is not None and not self._stretch[0] <= ms < self._stretch[1]:
            self._stretch = None
        if self._ready:
            self._jumps.ask(ms, at_once=self._backend.playing)
        else:
            self._jumps.keep(ms)

    def _jump(self, ms: int) -> None:
        if self._backend is not None and self._ready:
            self._clock.start(ms, self._rate, time.monotonic())
            self._backend.jump(inside_frame_ms(self._info, ms))

    def _start_clock(self) -> None:
        self._clock.start(self._session.playhead_ms, self._rate, time.monotonic())

    def _on_frame(self, frame: object) -> None:
        if self._info is None or not frame.isValid():  # type: ignore[attr-defined]  # a QVideoFrame, imported late
            return
        self._first_picture.stop()
        self._frame_us = (frame.startTime(), frame.endTime())  # type: ignore[attr-defined]
        self.frameChanged.emit(frame)
        self._jumps.shown()

    def _look_for_picture(self) -> None:
        if self._info is not None:
            self.pictureMissing.emit()

    def _on_report(self, ms: int) -> None:
        if self.playing and not self._jumps.under_way:
            self._clock.report(ms, time.monotonic())

    def _on_playing(self, playing: bool) -> None:
        if playing:
            self._start_clock()
            self._ticks.begin()
        else:
            self._ticks.stop()
            self._stand_where_it_stopped()
        self.playingChanged.emit(playing)

    def _stand_where_it_stopped(self) -> None:
        """The clock ran ahead of the player, or behind it where the window was busy; the picture is the player's."""
        if self._backend is not None and self._ready and not self._jumps.under_way:
            self._session.move_playhead(self._inside_film(self._backend.position_ms))

    def _inside_film(self, ms: int) -> int:
        """Not past the end, where that is known."""
        return min(ms, self._info.duration_ms) if self._info is not None and self._info.duration_ms else ms

    def _tick(self) -> None:
        ms = self._clock.ms(time.monotonic())
        if self._stretch is not None and ms >= self._stretch[1]:
            self._end_stretch(*self._stretch)
        else:
            self._session.move_playhead(self._inside_film(ms))

    def _end_stretch(self, start_ms: int, end_ms: int) -> None:
        assert self._backend is not None
        if self._looping:
            self._session.move_playhead(start_ms)
            self._jumps.ask(start_ms, at_once=True)
            return
        self._stretch = None
        self._backend.pause()
        self._session.seek(end_ms)

    def _on_end(self) -> None:
        """The film is through: the last picture stays, the playhead stands at the end."""
        self._ticks.stop()
        if self._looping and self._stretch is not None and self._backend is not None:
            self._session.seek(self._stretch[0])
            self._backend.play()
            return
        self._stretch = None
        if self._info is not None and self._info.duration_ms:
            self._session.move_playhead(self._info.duration_ms)

    def _on_failure(self, words: str) -> None:
        if self._info is not None:
            info = self._info
            self.close()
            self._fail(PlaybackFailed(file=info.name, cause=words or "the player did not say why"))

    def _fail(self, error: CuesmithError) -> None:
        self.failed.emit(error)


def _named(error: CuesmithError, info: MediaInfo) -> CuesmithError:
    """The backend does not know what it was to play."""
    if isinstance(error, PlaybackFailed):
        return PlaybackFailed(file=info.name, cause=error.params.get("cause"), details=error.details)
    return error
