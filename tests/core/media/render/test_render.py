"""Films made of a film and cues: really burned in, really a track, really see-through, and the preview the same."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest

from core.cue import Cue
from core.errors import BadArgument, CannotRender, ContainerRefused, NoPicture, OutputExists
from core.language import code_of
from core.media.containers import FORMAT_WHITELIST
from core.media.frames import FrameReader
from core.media.info import MediaInfo
from core.media.probe import probe
from core.media.render.film import arguments_for, make
from core.media.render.still import draw_cues
from core.media.render.wish import Kind, Wish
from core.paths import resource
from core.progress import Cancelled, CancelToken, Progress, Stage
from core.subtitles.files import read_file
from core.subtitles.look import Look
from core.subtitles.picture import on_picture
from core.subtitles.protocol import Subtitles
from core.transcript import Source, shared_out, split_text

SAMPLE = resource("sample", "last_boat.mp4")
SIZE = (640, 360)
SECONDS = 6
SCRIPTS = (
    ("The last boat\nleaves at nine.", "en"),
    ("آخر قارب يغادر في التاسعة.", "ar"),
    ("最后一班船九点开，\n谁也不说话。", "zh"),
)


def cue(text: str, start_ms: int, end_ms: int, language: str = "en") -> Cue:
    words = shared_out(split_text(text), start_ms, end_ms, source=Source.IMPORTED)
    return Cue(words, start_ms, end_ms, language=language)


CUES = tuple(cue(text, n * 2_000, n * 2_000 + 1_500, language) for n, (text, language) in enumerate(SCRIPTS))


@pytest.fixture(scope="session")
def short(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Six seconds of the sample film."""
    path = tmp_path_factory.mktemp("short") / "boat; it's [a] 'film'.mp4"
    ffmpeg("-i", SAMPLE, "-t", SECONDS, "-c:v", "libx264", "-preset", "ultrafast", "-c:a", "copy", path)
    return path


@pytest.fixture(scope="session")
def ass(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("ass") / "cues.ass"
    path.write_text(on_picture(Subtitles(CUES), *SIZE).ass, encoding="utf-8")
    return path


def ffmpeg(*arguments: object) -> None:
    subprocess.run(["ffmpeg", "-v", "error", "-y", *map(str, arguments)], check=True, timeout=600)


def streams(path: Path) -> list[dict[str, object]]:
    command = ["ffprobe", "-v", "error", "-show_streams", "-of", "json", str(path)]
    found: list[dict[str, object]] = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)[
        "streams"
    ]
    return found


def frame(path: Path, ms: int) -> np.ndarray:
    """The picture shown at `ms`: height × width × 3 (blue, green, red), int16."""
    with FrameReader(path) as reader:
        found = reader.picture(ms)
    pixels = np.frombuffer(found.bgra, np.uint8).reshape(found.height, found.width, 4)
    return pixels[..., :3].astype(np.int16)


def drawn(ass: Path, ms: int) -> np.ndarray:
    """What the preview draws: height × width × 4 (red, green, blue, alpha), multiplied, float 0..255."""
    data = draw_cues(ass.read_text(encoding="utf-8"), ms, *SIZE)
    return np.frombuffer(data, np.uint8).reshape(SIZE[1], SIZE[0], 4).astype(np.float64)


def made(wish: Wish) -> list[Progress]:
    return list(make(wish))


def test_cues_are_burned_into_the_picture_and_the_preview_is_the_same(short: Path, ass: Path, tmp_path: Path) -> None:
    """English, Arabic and Chinese: the film's own picture with the preview laid over it is the burned-in one."""
    target = tmp_path / "it's; burned [1].mp4"
    progress = made(Wish(Kind.BURNED, str(short), str(target), str(ass)))
    assert progress[-1] == Progress(Stage.RENDER, progress[-1].total_ms, progress[-1].total_ms)
    assert [one["codec_name"] for one in streams(target)] == ["h264", "aac"]
    for n in range(len(SCRIPTS)):
        during, before = n * 2_000 + 700, n * 2_000 + 1_800
        over, plain, burned = drawn(ass, during), frame(short, during), frame(target, during)
        alpha = over[..., 3:] / 255
        preview = plain * (1 - alpha) + over[..., 2::-1]
        lettered = alpha[..., 0] > 0
        assert lettered.mean() > 0.003
        assert np.abs(preview - burned)[~lettered].mean() < 2.0, "beside the letters the film is as it was"
        assert np.abs(preview - burned)[lettered].mean() < 14.0, "letters stand where the preview has them"
        assert np.abs(plain - burned)[lettered].mean() > 40.0, "a film without them is far off"
        assert np.abs(frame(short, before) - frame(target, before)).mean() < 2.0, "between cues there is nothing"


@pytest.mark.parametrize("suffix", [".mkv", ".mp4"])
def test_cues_are_a_track_with_its_language_beside_sound_and_picture_as_they_were(
    short: Path, ass: Path, tmp_path: Path, suffix: str
) -> None:
    target = tmp_path / f"film{suffix}"
    made(Wish(Kind.TRACK, str(short), str(target), str(ass), language="ar"))
    video, audio, text = streams(target)
    assert (video["codec_name"], audio["codec_name"]) == ("h264", "aac")
    assert text["codec_name"] == {".mkv": "ass", ".mp4": "mov_text"}[suffix]
    assert text["tags"]["language"] == "ara"  # type: ignore[index]
    assert text["disposition"]["default"] == 1  # type: ignore[index]
    ffmpeg("-i", target, "-map", "0:s:0", tmp_path / "back.srt")
    back = read_file(tmp_path / "back.srt").cues
    lead_ms = back[0].start_ms - CUES[0].start_ms
    assert 0 <= lead_ms < 30, "Matroska has no times below zero: film and cues are moved by what AAC begins early"
    assert [(one.text, one.start_ms - lead_ms) for one in back] == [(one.text, one.start_ms) for one in CUES]
    assert np.abs(frame(short, 700) - frame(target, 700)).max() == 0, "the picture is the same, byte for byte"


@pytest.mark.parametrize(
    ("suffix", "language", "tag"),
    [(".mkv", "fr", "fre"), (".mp4", "fr", "fra"), (".mov", "fr", "fra"), (".mov", "sv", "sve"), (".mov", "de", "ger")],
)
def test_each_container_gets_the_language_in_letters_it_keeps(
    short: Path, ass: Path, tmp_path: Path, suffix: str, language: str, tag: str
) -> None:
    target = tmp_path / f"film{suffix}"
    made(Wish(Kind.TRACK, str(short), str(target), str(ass), language=language))
    assert streams(target)[-1]["tags"]["language"] == tag  # type: ignore[index]
    assert code_of(tag) == language


@pytest.mark.parametrize("suffix", [".mkv", ".mp4"])
def test_tracks_the_film_has_already_stay_behind_the_new_one(
    short: Path, ass: Path, tmp_path: Path, suffix: str
) -> None:
    film, target, font = tmp_path / f"with{suffix}", tmp_path / f"both{suffix}", tmp_path / "a.ttf"
    (tmp_path / "old.srt").write_text("1\n00:00:01,000 --> 00:00:02,000\nDie alte Spur\n", encoding="utf-8")
    font.write_bytes(b"\0\1\0\0" * 8)
    codec = {".mkv": "subrip", ".mp4": "mov_text"}[suffix]
    attached = ["-attach", font, "-metadata:s:t", "mimetype=font/ttf"] if suffix == ".mkv" else []
    tags = ["-metadata:s:s:0", "language=ger", "-disposition:s:0", "default"]
    ffmpeg(
        "-i",
        short,
        "-i",
        tmp_path / "old.srt",
        "-map",
        0,
        "-map",
        1,
        "-c",
        "copy",
        "-c:s",
        codec,
        *tags,
        *attached,
        film,
    )
    made(Wish(Kind.TRACK, str(film), str(target), str(ass), language="ar"))
    texts = [one for one in streams(target) if one["codec_type"] == "subtitle"]
    assert [one["tags"]["language"] for one in texts] == ["ara", "ger"]  # type: ignore[index]
    assert [one["disposition"]["default"] for one in texts] == [1, 0]  # type: ignore[index]
    assert texts[1]["codec_name"] == codec
    assert len([one for one in streams(target) if one["codec_type"] == "attachment"]) == (suffix == ".mkv")
    ffmpeg("-i", target, "-map", "0:s:1", tmp_path / "back.srt")
    assert [cue.text for cue in read_file(tmp_path / "back.srt").cues] == ["Die alte Spur"]


@pytest.mark.parametrize(("suffix", "kept"), [(".mov", ["eia_608"]), (".mp4", [])])
def test_a_track_the_new_container_cannot_hold_stays_behind_and_stops_nothing(
    short: Path, ass: Path, tmp_path: Path, suffix: str, kept: list[str]
) -> None:
    """Closed captions as editing programs write them: QuickTime has them, MP4 does not, and both are read as one."""
    captions, film, target = tmp_path / "old.scc", tmp_path / "captions.mov", tmp_path / f"both{suffix}"
    captions.write_text("Scenarist_SCC V1.0\n\n00:00:00:10\t9420 9420 c1c2 c3c4 942f 942f\n\n", encoding="utf-8")
    ffmpeg("-i", short, "-i", captions, "-map", 0, "-map", 1, "-c", "copy", film)
    made(Wish(Kind.TRACK, str(film), str(target), str(ass), language="ar"))
    texts = [one["codec_name"] for one in streams(target) if one["codec_type"] == "subtitle"]
    assert texts == ["mov_text", *kept]


def test_a_film_of_an_odd_number_of_pixels_is_burned_too(ass: Path, tmp_path: Path) -> None:
    film, target = tmp_path / "screen.mkv", tmp_path / "100% “screen”, it's: %d.mp4"
    ffmpeg("-f", "lavfi", "-i", "testsrc=s=321x181:d=1", "-c:v", "ffv1", film)
    made(Wish(Kind.BURNED, str(film), str(target), str(ass)))
    assert [(one["width"], one["height"]) for one in streams(target)] == [(322, 182)]


def test_an_overlay_is_see_through_but_for_the_letters(short: Path, tmp_path: Path) -> None:
    """Letters have their own colour also at their edges, as editing programs take it."""
    plain = Look(outline=0.0, colour="#ffffff")
    text = on_picture(Subtitles(CUES[:1], styles={"Default": plain.ass_fields()}), *SIZE).ass
    (tmp_path / "cues.ass").write_text(text, encoding="utf-8")
    target = tmp_path / "over.mov"
    made(Wish(Kind.OVERLAY, str(short), str(target), str(tmp_path / "cues.ass")))
    (stream,) = streams(target)
    assert stream["codec_name"] == "prores"
    command = [
        "ffmpeg",
        "-v",
        "error",
        "-ss",
        "0.7",
        "-i",
        target,
        "-frames:v",
        "1",
        "-pix_fmt",
        "rgba",
        "-f",
        "rawvideo",
    ]
    data = subprocess.run([*map(str, command), "-"], capture_output=True, check=True).stdout
    pixels = np.frombuffer(data, np.uint8).reshape(SIZE[1], SIZE[0], 4)
    covered = pixels[..., 3]
    assert (covered == 0).mean() > 0.9
    edges = (covered > 60) & (covered < 200)
    assert edges.any()
    assert pixels[edges][:, :3].mean() > 225


def test_cancelling_ends_ffmpeg_and_leaves_what_was_there(short: Path, ass: Path, tmp_path: Path) -> None:
    target = tmp_path / "film.mp4"
    target.write_bytes(b"the one before")
    cancel = CancelToken()
    steps = make(Wish(Kind.OVERLAY, str(SAMPLE), str(tmp_path / "o.mov"), str(ass)), cancel)
    next(steps)
    cancel.cancel()
    with pytest.raises(Cancelled):
        list(steps)
    steps = make(Wish(Kind.BURNED, str(SAMPLE), str(target), str(ass), overwrite=True))
    next(steps)
    steps.close()
    assert [path.name for path in tmp_path.iterdir()] == ["film.mp4"]
    assert target.read_bytes() == b"the one before"


def test_what_is_there_is_not_written_over_and_never_the_film_itself(short: Path, ass: Path, tmp_path: Path) -> None:
    target = tmp_path / "film.mp4"
    target.write_bytes(b"mine")
    with pytest.raises(OutputExists):
        made(Wish(Kind.BURNED, str(short), str(target), str(ass)))
    film = Path(shutil.copy(short, tmp_path / "own.mp4"))
    with pytest.raises(BadArgument, match="over itself"):
        made(Wish(Kind.BURNED, str(film), str(film), str(ass), overwrite=True))
    with pytest.raises(BadArgument, match="cannot hold"):
        made(Wish(Kind.OVERLAY, str(film), str(tmp_path / "o.mp4"), str(ass)))
    assert target.read_bytes() == b"mine"


def test_a_playlist_under_a_films_name_is_refused_and_ffmpeg_gets_the_white_lists(ass: Path, tmp_path: Path) -> None:
    trap = tmp_path / "talk.mp4"
    trap.write_text("ffconcat version 1.0\nfile secret.mp4\n")
    with pytest.raises(ContainerRefused):
        made(Wish(Kind.BURNED, str(trap), str(tmp_path / "out.mp4"), str(ass)))
    info = probe(SAMPLE)
    for kind, suffix in ((Kind.BURNED, ".mp4"), (Kind.TRACK, ".mkv")):
        arguments = arguments_for(Wish(kind, info.path, f"x{suffix}", "c"), info, f"x{suffix}")
        film = arguments.index(f"file:{SAMPLE}")
        before = arguments[:film]
        assert before[before.index("-format_whitelist") + 1] == FORMAT_WHITELIST
        assert before[before.index("-protocol_whitelist") + 1] == "file,pipe"


def test_the_white_list_holds_where_ffmpeg_looks_for_itself(ass: Path, tmp_path: Path) -> None:
    """A playlist that got past the first look opens nothing in ffmpeg either."""
    (tmp_path / "a.mp4").write_bytes(SAMPLE.read_bytes())
    trap = tmp_path / "trap.mp4"
    trap.write_text("#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\na.mp4\n#EXT-X-ENDLIST\n")
    info = probe(SAMPLE)
    fooled = MediaInfo(str(trap), *(getattr(info, name) for name in MediaInfo.__slots__[1:]))  # type: ignore[attr-defined]
    arguments = arguments_for(Wish(Kind.TRACK, str(trap), "o.mkv", "c"), fooled, str(tmp_path / "o.mkv"))
    shutil.copy(ass, tmp_path / "cues.ass")
    done = subprocess.run(["ffmpeg", "-v", "error", *arguments], cwd=tmp_path, capture_output=True, check=False)
    assert done.returncode != 0
    assert b"not in whitelist" in done.stderr or b"Invalid" in done.stderr


def test_a_recording_has_no_picture_to_burn_into_but_takes_a_track(ass: Path, tmp_path: Path) -> None:
    sound = tmp_path / "talk.wav"
    ffmpeg("-f", "lavfi", "-i", "sine=d=3", sound)
    with pytest.raises(NoPicture):
        made(Wish(Kind.BURNED, str(sound), str(tmp_path / "o.mp4"), str(ass)))
    made(Wish(Kind.TRACK, str(sound), str(tmp_path / "o.mkv"), str(ass)))
    assert [one["codec_type"] for one in streams(tmp_path / "o.mkv")] == ["audio", "subtitle"]


def test_what_ffmpeg_says_is_told(short: Path, ass: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.media.render.film._X264", {"vcodec": "nothing-of-the-kind"})
    with pytest.raises(CannotRender, match="nothing-of-the-kind"):
        made(Wish(Kind.BURNED, str(short), str(tmp_path / "o.mp4"), str(ass)))
    assert list(tmp_path.iterdir()) == []
