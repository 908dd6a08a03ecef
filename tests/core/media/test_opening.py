"""The door: what strangers' files may not do, and how their names are taken."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import wave
from pathlib import Path

import av
import pytest

from core.errors import ContainerRefused, FileMissing, FileUnreadable, MediaError, NotMedia
from core.media import opening
from core.media.containers import DEMUXERS, EXTENSIONS, refused_kind
from core.media.files import file_name
from core.media.opening import open_container
from core.media.probe import probe
from tests.data.make_media import make_hostile

_TRY_ALL = """
import sys
from core.errors import MediaError
from core.media.decode import open_track
from core.media.probe import probe
for path in sys.argv[1:]:
    for attempt in (probe, open_track):
        try:
            attempt(path)
        except MediaError as error:
            print(type(error).__name__)
"""


def _bait(folder: Path) -> Path:
    return _tone(folder / "bait.wav")


def _tone(path: Path) -> Path:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(16_000)
        file.writeframes(b"\x00\x10\x00\xf0" * 8_000)
    return path


def test_a_playlist_under_a_films_name_is_a_real_trap(tmp_path: Path) -> None:
    # Without the white lists ffmpeg follows it; this test shows that the two below can fail.
    _bait(tmp_path)
    concat = make_hostile(tmp_path, "bait.wav")[0]
    with av.open(str(concat)) as container:
        assert container.format.name == "concat"
        assert next(container.decode(audio=0)).samples > 0


def test_nothing_but_the_file_itself_is_opened(tmp_path: Path) -> None:
    if shutil.which("strace") is None:
        pytest.skip("strace is not installed; the next test covers the white lists without it")
    bait = _bait(tmp_path)
    files = make_hostile(tmp_path, bait.name)
    trace = tmp_path / "trace.txt"
    command = ["strace", "-f", "-e", "trace=open,openat,openat2,socket,connect,execve", "-o", str(trace)]
    run = subprocess.run(
        [*command, sys.executable, "-c", _TRY_ALL, *map(str, files)],
        capture_output=True, text=True, check=True, timeout=600,
    )  # fmt: skip
    assert run.stdout.split() == ["ContainerRefused"] * 2 * len(files)
    calls = trace.read_text(encoding="utf-8", errors="replace").splitlines()
    opened = [line for line in calls if str(tmp_path) in line and "open" in line.split("(")[0]]
    # The first line in the trace that names the folder is the command itself, so only opens are looked at.
    assert {path for path in map(str, files) if any(f'"{path}"' in line for line in opened)} == set(map(str, files))
    assert not [line for line in opened if bait.name in line]
    assert not [line for line in calls if "AF_INET" in line]


def test_the_white_lists_hold_even_where_a_playlist_is_not_recognised(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not hasattr(os, "mkfifo"):
        pytest.skip("this system has no FIFOs")
    # A FIFO as bait: whoever opens it waits for ever. A listening socket as bait: whoever calls is counted.
    os.mkfifo(tmp_path / "bait.wav")
    monkeypatch.setattr(opening, "refused_kind", lambda head: "")
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        url = f"http://127.0.0.1:{server.getsockname()[1]}/a.ts"
        for path in make_hostile(tmp_path, "bait.wav", url):
            with pytest.raises(NotMedia, match=path.name):
                open_container(path)
        with pytest.raises(BlockingIOError):
            server.accept()


@pytest.mark.parametrize("kind", ["concat", "hls", "dash", "sdp"])
def test_a_refused_file_is_named_by_its_kind(tmp_path: Path, kind: str) -> None:
    path = next(p for p in make_hostile(tmp_path, "bait.wav") if p.name == f"{kind}.mp4")
    with pytest.raises(ContainerRefused, match=f"{kind}.mp4") as caught:
        probe(path)
    assert caught.value.params["container"]


def test_playlists_are_recognised_past_a_byte_order_mark_and_white_space() -> None:
    assert refused_kind(b"\xef\xbb\xbf\r\n#EXTM3U\r\n") == "M3U playlist (HLS)"
    assert refused_kind(b"<?xml version='1.0'?><!-- x --><mpd>") == "DASH manifest"
    assert refused_kind(b"\x00\x00\x00 ftypisom") == ""
    assert refused_kind(b"a text that speaks of <MPD> and #EXTM3U") == ""


def test_no_demuxer_that_reads_other_files_is_allowed() -> None:
    others = {"concat", "hls", "dash", "image2", "image2pipe", "sdp", "rtsp", "rtp", "lavfi", "sap", "imf", "vobsub",
              "dvdvideo", "applehttp", "webm_dash_manifest", "tty", "x11grab", "v4l2", "alsa", "bluray"}  # fmt: skip
    assert not others & set(DEMUXERS)
    assert set(DEMUXERS) <= {name for full in av.formats_available for name in full.split(",")}
    assert all(extension.isalnum() for extension in EXTENSIONS)


@pytest.mark.parametrize(
    "name",
    [
        "naïve 名前 'quote' & 100% #1 [x].wav", "-i.wav", "http:talk.wav", "file:talk.wav", "concat:a|b.wav",
        "%03d.wav", "a?b=c.wav", "pipe:0", "subfile,,start,0,end,9,,:x.wav", "a\nb.wav", "\u202ereversed.wav",
    ],
)  # fmt: skip
def test_a_name_is_only_a_name(tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    path = _tone(tmp_path / name)
    assert probe(path).duration_ms == 1000
    monkeypatch.chdir(tmp_path)
    assert probe(name).duration_ms == 1000
    path.write_text("no media\n" * 20, encoding="utf-8")
    with pytest.raises(NotMedia) as caught:
        probe(name)
    assert "\n" not in str(caught.value)


def test_a_name_that_is_not_utf_8_is_taken_and_shown(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/caf\xe9.wav"
    _tone(Path(os.fsdecode(path)))
    assert probe(os.fsdecode(path)).duration_ms == 1000
    assert file_name(os.fsdecode(path)).startswith("caf")
    file_name(os.fsdecode(path)).encode("utf-8")


def test_folders_pipes_and_devices_are_refused_and_never_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.mp4")
    (tmp_path / "folder.mp4").mkdir()
    for path, cause in ((tmp_path / "pipe.mp4", "pipe"), (tmp_path / "folder.mp4", "folder"), ("/dev/zero", "device")):
        with pytest.raises(FileUnreadable, match=cause):
            open_container(path)


def test_a_missing_file_is_missing(tmp_path: Path) -> None:
    with pytest.raises(FileMissing, match=r"talk\.mp4: there is no such file"):
        open_container(tmp_path / "talk.mp4")
    with pytest.raises(MediaError):
        open_container("a\0b.mp4")


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_says_so(tmp_path: Path) -> None:
    path = _tone(tmp_path / "mine.wav")
    path.chmod(0)
    with pytest.raises(FileUnreadable, match="permission"):
        open_container(path)


def test_no_room_opens_media_but_through_the_door() -> None:
    core = Path(opening.__file__).resolve().parents[1]
    users = [p.name for p in core.rglob("*.py") if "av.open(" in p.read_text(encoding="utf-8")]
    # recording.py and synthetic.py only write.
    assert sorted(users) == ["opening.py", "recording.py", "synthetic.py"]
