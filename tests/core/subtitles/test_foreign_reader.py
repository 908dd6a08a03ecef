"""A reader that is not ours (ffmpeg) finds in our files the cues we wrote."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import imageio_ffmpeg
import pytest

from core.cue import Cue
from core.subtitles.files import write_file
from core.subtitles.protocol import Subtitles
from core.subtitles.srt import Srt
from core.transcript import Word
from tests.core.subtitles.carried import carried
from tests.core.subtitles.small_ttml_reader import shown

TEXTS = (
    "From fairest creatures", "3 < 4 & 5 > 2", "two\nlines", "床前明月光，", "שלום עולם", "don't “stop”", "1984",
    "a --> b", "100 %", "👩\u200d👩\u200d👧 e\u0301", "{braces} [brackets]", "<i> as text",
)  # fmt: skip


def _subtitles() -> Subtitles:
    cues = []
    for number, text in enumerate(TEXTS):
        start_ms = 3_590_000 + number * 2_007
        lines = text.split("\n")
        pairs = [(w, "\n" if w is line.split(" ")[-1] else " ") for line in lines for w in line.split(" ")]
        words = tuple(
            Word(w, start_ms + 10 * at, start_ms + 10 * at + 10, after) for at, (w, after) in enumerate(pairs)
        )
        cues.append(Cue(words, start_ms, start_ms + 1_234))
    return Subtitles(tuple(cues))


@pytest.mark.parametrize(("format_id", "extension"), [("srt", ".srt"), ("vtt", ".vtt"), ("vtt-words", ".vtt")])
def test_ffmpeg_reads_the_cues_we_wrote(tmp_path: Path, format_id: str, extension: str) -> None:
    before = _subtitles()
    path = tmp_path / f"a{extension}"
    write_file(before, path, format=format_id)
    after = Srt().read(_by_ffmpeg(path).replace("\\{{}", "{"))  # how ffmpeg's WebVTT reader hands a brace on
    # ffmpeg's SRT writer does not escape: “<i>” as text turns into a tag on its way out, whatever we wrote.
    kept = slice(0, len(TEXTS) - (extension == ".vtt"))
    assert [cue.text for cue in after.cues[kept]] == [cue.text for cue in before.cues[kept]]
    assert [(cue.start_ms, cue.end_ms) for cue in after.cues] == [(cue.start_ms, cue.end_ms) for cue in before.cues]


@pytest.mark.parametrize(("format_id", "extension"), [("ass", ".ass"), ("ass-karaoke", ".ass")])
def test_ffmpeg_reads_the_cues_of_coarser_formats(tmp_path: Path, format_id: str, extension: str) -> None:
    before = carried(_subtitles(), format_id)
    path = tmp_path / f"a{extension}"
    write_file(before, path, format=format_id)
    after = Srt().read(_by_ffmpeg(path).replace("\\{{}", "{"))  # ffmpeg's SRT writer hands our escape on
    kept = slice(0, len(TEXTS) - 1)  # the last, “<i>”, turns into a tag on its way out as above
    assert [cue.text for cue in after.cues[kept]] == [cue.text for cue in before.cues[kept]]
    assert [(cue.start_ms, cue.end_ms) for cue in after.cues] == [(cue.start_ms, cue.end_ms) for cue in before.cues]


def test_ttml_which_ffmpeg_cannot_read_is_read_by_another_reader(tmp_path: Path) -> None:
    """ffmpeg only writes TTML: a reader that knows nothing of ours stands in, straight from the specification."""
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-hide_banner", "-demuxers"]
    demuxers = subprocess.run(command, capture_output=True, text=True, check=True, timeout=600).stdout
    assert " srt " in demuxers
    assert "ttml" not in demuxers, "ffmpeg has a reader now: let it read, as it reads the others"
    before = _subtitles()
    path = tmp_path / "a.ttml"
    write_file(before, path, format="ttml")
    assert shown(path) == [(cue.start_ms, cue.end_ms) for cue in before.cues]
    paragraphs = ElementTree.parse(path).getroot().iter("{http://www.w3.org/ns/ttml}p")
    texts = ["".join(_pieces(paragraph)) for paragraph in paragraphs]
    assert texts == [cue.text for cue in before.cues]


def _pieces(element: ElementTree.Element) -> Iterator[str]:
    yield "\n" if element.tag.endswith("}br") else element.text or ""
    for inside in element:
        yield from _pieces(inside)
        yield inside.tail or ""


def _by_ffmpeg(path: Path) -> str:
    """The file as ffmpeg understands it, as SRT."""
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-i", str(path), "-f", "srt", "-"]
    done = subprocess.run(command, capture_output=True, check=True, timeout=600)
    assert done.stderr == b""
    return done.stdout.decode("utf-8")
