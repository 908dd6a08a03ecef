"""Makes films and recordings with the traits that tests need, by ffmpeg. Knows no reader of ours.

    python -m tests.data.make_media FOLDER SPEECH       makes all of them from a recording of speech

ffmpeg is the one on the PATH, else the one that imageio-ffmpeg carries.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import ffmpeg
import imageio_ffmpeg

PICTURE_RATE = 25
LATE_S = 1.5
SPOKEN_S = 11
LONG_S = 3 * 3600
SPEECH_EVERY_S, SPEECH_S = 600, 60


@dataclass(frozen=True, slots=True)
class Track:
    """An audio track to make: what is heard (a file, or None for silence), an ISO 639-2 language and a title."""

    sound: Path | None
    language: str = ""
    title: str = ""


def ffmpeg_program() -> str:
    """The ffmpeg on the PATH, else imageio-ffmpeg's."""
    return shutil.which("ffmpeg") or imageio_ffmpeg.get_ffmpeg_exe()


def make_tracks(target: Path, tracks: list[Track]) -> Path:
    """A film of 12 s with these audio tracks in this order."""
    sounds = [ffmpeg.input(str(t.sound), t=SPOKEN_S) if t.sound else _silence(SPOKEN_S) for t in tracks]
    tags: dict[str, str] = {}
    for number, track in enumerate(tracks):
        if track.language:
            tags[f"metadata:s:a:{number}"] = f"language={track.language}"
        if track.title:
            # ffmpeg-python keeps one value for a name, ffmpeg takes a stream specifier in two spellings.
            tags[f"metadata:s:{number + 1}"] = f"title={track.title}"
    return _write(target, _picture(12), *(sound.audio for sound in sounds), acodec="aac", ac=1, **tags)


def make_two_tracks(target: Path, speech: Path) -> Path:
    """Silence in English, then speech as a commentary in German."""
    return make_tracks(target, [Track(None, "eng", "Main"), Track(speech, "ger", "Kommentar")])


def make_three_tracks(target: Path, speech: Path) -> Path:
    """Silence, silence, then speech without any tags."""
    return make_tracks(target, [Track(None, "fre"), Track(None, "jpn", "吹替"), Track(speech)])


def make_late_audio(target: Path, speech: Path) -> Path:
    """A film whose only audio track starts 1.5 s after the picture."""
    return _write(
        target, _picture(13), ffmpeg.input(str(speech), itsoffset=LATE_S, t=SPOKEN_S).audio, acodec="aac", ac=1
    )


def make_variable_rate(target: Path, speech: Path) -> Path:
    """A film with a variable frame rate: of ten pictures the second to fifth are missing."""
    uneven = _picture(12).filter("select", "not(between(mod(n,10),1,4))")
    return _write(target, uneven, ffmpeg.input(str(speech), t=SPOKEN_S).audio, acodec="aac", fps_mode="vfr")


def make_surround(target: Path, speech: Path) -> Path:
    """A film in 5.1 with speech in the centre channel and nothing in the others."""
    # "<" is "=" with the gains made to sum to 1; ffmpeg-python escapes "=" in a way that pan does not read.
    centre = ffmpeg.input(str(speech), t=SPOKEN_S).audio.filter("pan", "5.1|FC<c0")
    return _write(target, _picture(12), centre, acodec="aac")


def make_silent_film(target: Path, _speech: Path) -> Path:
    """A film without an audio track."""
    return _write(target, _picture(2))


def make_cover_song(target: Path, speech: Path) -> Path:
    """A recording with a cover picture, which is no film."""
    cover = ffmpeg.input("color=c=red:s=64x64:r=1:d=1", f="lavfi")
    sound = ffmpeg.input(str(speech), t=SPOKEN_S).audio
    attached = {"disposition:v:0": "attached_pic"}
    return _write(target, sound, cover.video, vcodec="mjpeg", acodec="libmp3lame", **attached)


def make_gap(target: Path, speech: Path) -> Path:
    """A film whose sound has a hole from 4 s to 7 s in its time stamps (nothing is stored for it)."""
    first = ffmpeg.input(str(speech), t=SPOKEN_S).audio.filter("aselect", "not(between(t,4,7))")
    return _write(target, _picture(12), first, acodec="pcm_s16le", ac=1)


def make_long(target: Path, speech: Path, seconds: int = LONG_S) -> Path:
    """Three hours with a minute of speech in every ten: ten minutes are encoded once and copied 18 times."""
    piece = target.with_name(f"piece-{target.name}")
    spoken = ffmpeg.input(str(speech), stream_loop=-1, t=SPEECH_S).audio.filter("apad", whole_dur=SPEECH_EVERY_S)
    _write(piece, spoken, acodec="aac", ac=1, audio_bitrate="64k", t=SPEECH_EVERY_S)
    try:
        return _write(target, ffmpeg.input(str(piece), stream_loop=seconds // SPEECH_EVERY_S - 1).audio, acodec="copy")
    finally:
        piece.unlink()


def make_hostile(folder: Path, bait: str, url: str = "http://127.0.0.1:9/a.ts") -> list[Path]:
    """Playlists named as media that point to `bait`, a file's name in the same folder, and to `url`."""
    texts = {
        "concat": f"ffconcat version 1.0\nfile {bait}\n",
        "hls": f"#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\n{bait}\n#EXTINF:9,\n{url}\n#EXT-X-ENDLIST\n",
        "dash": f'<?xml version="1.0"?>\n<MPD xmlns="urn:mpeg:dash:schema:mpd:2011"><BaseURL>{url}</BaseURL></MPD>\n',
        "sdp": "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=audio 5004 RTP/AVP 0\n",
    }
    made = []
    for kind, text in texts.items():
        for extension in ("mp4", "mkv", "mp3"):
            path = folder / f"{kind}.{extension}"
            path.write_text(text, encoding="utf-8")
            made.append(path)
    return made


SCRIPTED: dict[str, Callable[[Path, Path], Path]] = {
    "two_tracks.mp4": make_two_tracks,
    "two_tracks.mkv": make_two_tracks,
    "three_tracks.mkv": make_three_tracks,
    "late_audio.mp4": make_late_audio,
    "late_audio.mkv": make_late_audio,
    "late_audio.ts": make_late_audio,
    "variable_rate.mp4": make_variable_rate,
    "surround.mp4": make_surround,
    "silent_film.mp4": make_silent_film,
    "cover.mp3": make_cover_song,
    "gap.mkv": make_gap,
}
"""File name → what makes it, from (target, recording of speech of about 11 s)."""


def _picture(seconds: float) -> Any:
    return ffmpeg.input(f"testsrc2=size=160x120:rate={PICTURE_RATE}:duration={seconds}", f="lavfi").video


def _silence(seconds: float) -> Any:
    return ffmpeg.input(f"anullsrc=channel_layout=mono:sample_rate=44100:duration={seconds}", f="lavfi")


def _write(target: Path, *streams: Any, **options: Any) -> Path:
    if target.suffix in {".mp4", ".mkv", ".ts"}:
        options = {"vcodec": "libx264", "preset": "ultrafast", "pix_fmt": "yuv420p", **options}
    made = ffmpeg.output(*streams, str(target), **options).overwrite_output()
    try:
        made.run(cmd=ffmpeg_program(), capture_stdout=True, capture_stderr=True)
    except ffmpeg.Error as error:
        raise RuntimeError(f"{target.name}: {error.stderr.decode(errors='replace')[-1500:]}") from error
    return target


def main(arguments: list[str]) -> None:
    """Make everything in a folder."""
    folder, speech = Path(arguments[0]), Path(arguments[1])
    folder.mkdir(parents=True, exist_ok=True)
    for name, make in {**SCRIPTED, "three_hours.m4a": make_long}.items():
        print(make(folder / name, speech))
    print(*make_hostile(folder, speech.name), sep="\n")


if __name__ == "__main__":
    main(sys.argv[1:])
