"""Making a film of a film and its cues. Knows ffmpeg's words through ffmpeg-python, and no window.

The film is read by the rules of `core.media.opening`: the same white lists, an absolute `file:` name, never a playlist.
Cues stand in a file of our own in a folder of our own, where ffmpeg runs: so no name needs quoting in a filter.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Generator
from contextlib import closing
from pathlib import Path
from typing import Any

import ffmpeg

from core.errors import BadArgument, NoPicture
from core.files import whole_file
from core.language import three_letter
from core.media.containers import FORMAT_WHITELIST, PROTOCOL_WHITELIST
from core.media.info import MediaInfo
from core.media.opening import open_container
from core.media.probe import probe
from core.media.render.program import running
from core.media.render.wish import SUFFIXES, Kind, Wish
from core.progress import CancelToken, Progress, Stage

_CUES = "cues.ass"
_X264 = {"vcodec": "libx264", "crf": 18, "preset": "medium", "pix_fmt": "yuv420p"}
_PRORES = {"vcodec": "prores_ks", "profile:v": "4444", "pix_fmt": "yuva444p10le", "vendor": "apl0"}
_MUXERS = {".mp4": "mp4", ".m4v": "mp4", ".mov": "mov", ".mkv": "matroska"}
_COPIED = frozenset({"aac", "mp3", "mp3float", "ac3", "eac3", "alac"})
"""Sound that may go into an MP4 as it is."""
_TEXTS = {"mp4": frozenset({"mov_text", "dvd_subtitle"}), "mov": frozenset({"mov_text", "eia_608"})}
"""Tracks of subtitles these may hold as they are; films of one are often read as the other."""
_QUICKTIME = {"fr": "fra", "sv": "sve", "cs": "ces", "ro": "ron", "fil": "tgl", "yue": "chi"}
"""A MOV has numbers for languages; ffmpeg finds these ones by no other letters."""
_OVERLAY_RATE = 25
_LEAST_MS = 1000


def make(wish: Wish, cancel: CancelToken | None = None) -> Generator[Progress, None, None]:
    """Make the film; yields progress. What was there under its name before stays until it is whole.

    Raises:
        BadArgument: the ending is none for this kind, or the film would be written over itself.
        MediaError: the film cannot be read; `NoPicture` where it has none and one is needed.
        OutputExists, WriteError, CannotRender: it could not be made.
        Cancelled: the token was set; nothing is left.
    """
    info = probe(wish.film)
    _check(wish, info)
    target = Path(wish.target)
    with tempfile.TemporaryDirectory(prefix="cuesmith-") as folder:
        shutil.copyfile(wish.cues_file, Path(folder, _CUES))
        with whole_file(target, overwrite=wish.overwrite) as temporary:
            arguments = arguments_for(wish, info, str(temporary))
            total_ms = max(info.duration_ms, _LEAST_MS)
            with closing(running(arguments, Path(folder), target.name, cancel)) as steps:
                for done_ms in steps:
                    yield Progress(Stage.RENDER, min(done_ms, total_ms), total_ms)
    yield Progress(Stage.RENDER, total_ms, total_ms)


def arguments_for(wish: Wish, info: MediaInfo, target: str) -> list[str]:
    """ffmpeg's arguments; cues are read from the folder it runs in."""
    build = {Kind.BURNED: _burned, Kind.TRACK: _with_track, Kind.OVERLAY: _overlay}[wish.kind]
    made: list[str] = build(wish, info, f"file:{os.path.abspath(target)}").overwrite_output().get_args()
    return made


def _check(wish: Wish, info: MediaInfo) -> None:
    if wish.suffix not in SUFFIXES[wish.kind]:
        hint = f"Use {', '.join(SUFFIXES[wish.kind])}."
        raise BadArgument(what=f"“{Path(wish.target).name}” cannot hold this film.", hint=hint)
    if os.path.realpath(wish.target) == os.path.realpath(wish.film):
        raise BadArgument(what="The film cannot be written over itself.", hint="Choose another name.")
    if wish.kind is not Kind.TRACK and not info.has_video:
        raise NoPicture(file=info.name)


def _film(info: MediaInfo) -> Any:
    """The film as an input. Its own first stamp becomes time 0, which is time 0 of the cues."""
    name = f"file:{os.path.abspath(info.path)}"
    return ffmpeg.input(name, protocol_whitelist=PROTOCOL_WHITELIST, format_whitelist=FORMAT_WHITELIST)


def _burned(wish: Wish, info: MediaInfo, target: str) -> Any:
    film = _film(info)
    drawn = film.video.filter("ass", _CUES)
    if info.width % 2 or info.height % 2:  # H.264 has half as many colours as pixels each way: a line more is black
        drawn = drawn.filter("pad", "ceil(iw/2)*2", "ceil(ih/2)*2")
    streams = [drawn, *([film.audio] if info.audio_tracks else [])]
    return ffmpeg.output(*streams, target, **_X264, **_sound(wish, info), **_container(wish))


def _with_track(wish: Wish, info: MediaInfo, target: str) -> Any:
    film = _film(info)
    cues = ffmpeg.input(_CUES, format="ass", protocol_whitelist="file", format_whitelist="ass")
    streams = [*([film["v"]] if info.has_video else []), *([film["a"]] if info.audio_tracks else []), cues["s"]]
    matroska = wish.suffix == ".mkv"
    options: dict[str, Any] = {
        "c:v": "copy",
        "c:a": "copy" if matroska else _sound(wish, info)["c:a"],
        "c:s": "copy",
        "c:s:0": "ass" if matroska else "mov_text",
        "disposition:s": "-default",
        "disposition:s:0": "default",
    }
    streams += _tracks_there(film, info, _MUXERS[wish.suffix])
    if wish.language:
        options["metadata:s:s:0"] = f"language={_tag(wish.language, wish.suffix)}"
    return ffmpeg.output(*streams, target, **options, **_container(wish))


def _tag(language: str, suffix: str) -> str:
    """The three letters each container has for a language."""
    if suffix == ".mov" and (known := _QUICKTIME.get(language.split("-")[0].lower())):
        return known
    return three_letter(language, terms=suffix in (".mp4", ".m4v"))


def _tracks_there(film: Any, info: MediaInfo, muxer: str) -> list[Any]:
    """Tracks of subtitles the film has already, and their fonts, as far as this container takes them as they are."""
    if muxer not in info.container.split(","):
        return []
    if muxer == "matroska":
        return [film["s?"], film["t?"]]
    with open_container(info.path) as container:
        contexts = [stream.codec_context for stream in container.streams.subtitles]
        codecs = ["" if context is None else context.codec.canonical_name for context in contexts]
    return [film[f"s:{number}"] for number, codec in enumerate(codecs) if codec in _TEXTS[muxer]]


def _overlay(wish: Wish, info: MediaInfo, target: str) -> Any:
    rate = info.frame_rate if info.frame_rate is not None else _OVERLAY_RATE
    size = f"{max(2, info.width)}x{max(2, info.height)}"
    length_s = max(info.duration_ms, _LEAST_MS) / 1000
    empty = ffmpeg.input(f"color=c=black@0:s={size}:r={rate}:d={length_s:.3f},format=rgba", f="lavfi")
    # libass lays its colours over black: dividing by how much it covers gives the letters' own colour back.
    drawn = empty.video.filter("ass", _CUES, alpha=1).filter("unpremultiply", inplace=1)
    return ffmpeg.output(drawn, target, **_PRORES, **_container(wish))


def _sound(wish: Wish, info: MediaInfo) -> dict[str, Any]:
    """Sound as it is where the container takes it."""
    copied = wish.suffix == ".mkv" or all(track.codec in _COPIED for track in info.audio_tracks)
    return {"c:a": "copy"} if copied else {"c:a": "aac", "b:a": "256k"}


def _container(wish: Wish) -> dict[str, Any]:
    muxer = _MUXERS[wish.suffix]
    return {"f": muxer, "movflags": "+faststart"} if muxer != "matroska" else {"f": muxer}
