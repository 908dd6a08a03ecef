"""EBU STL and Scenarist captions: read only, damage costs what is damaged."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from core.document.document import check_cues
from core.errors import UnknownFormat
from core.subtitles.files import read_file, write_file
from core.subtitles.protocol import Subtitles
from core.subtitles.scc import Scc
from core.subtitles.stl import Stl
from tests.core.subtitles.small_stl import small_stl

POP_ON = "9420 9420 9470 9470 4865 ecec ef80 942f 942f"


def stl(text: str) -> Subtitles:
    found = Stl().read(text)
    check_cues(found.cues)
    return found


def scc(*lines: str) -> Subtitles:
    found = Scc().read("\n\n".join(["Scenarist_SCC V1.0", *lines]))
    check_cues(found.cues)
    return found


def test_an_stl_file_is_read_from_its_bytes(tmp_path: Path) -> None:
    path = tmp_path / "a.stl"
    path.write_bytes(small_stl((1000, 3000, b"Hello\x8aworld"), (4000, 5000, b"\x80\xc8uber\x81")).encode("latin-1"))
    found = read_file(path)
    assert [(cue.text, cue.start_ms, cue.end_ms) for cue in found.cues] == [
        ("Hello\nworld", 1000, 3000),
        ("über", 4000, 5000),
    ]
    assert found.cues[1].words[0].marks == {"i"}
    assert (found.language, found.frame_rate) == ("de", Fraction(25))


def test_times_count_from_the_programmes_start() -> None:
    found = stl(small_stl((36_001_000, 36_002_000, b"x"), start="10000000"))
    assert [(cue.start_ms, cue.end_ms) for cue in found.cues] == [(1000, 2000)]
    assert found.start_timecode_ms == 36_000_000


def test_a_start_that_the_blocks_do_not_count_from_is_passed_over() -> None:
    found = stl(small_stl((1000, 2000, b"x"), start="10000000"))
    assert [(cue.start_ms, cue.end_ms) for cue in found.cues] == [(1000, 2000)]
    assert found.start_timecode_ms == 0


def test_a_file_that_ends_in_a_block_keeps_the_blocks_before() -> None:
    found = stl(small_stl((1000, 2000, b"x"), (3000, 4000, b"y"))[:-40])
    assert [cue.text for cue in found.cues] == ["x"]
    assert [(notice.code, notice.finding) for notice in found.notices] == [("subtitle.bad_blocks", True)]


@pytest.mark.parametrize("text", ["", "850STL25.01", "x" * 2000])
def test_what_has_no_head_of_stl_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="1024 bytes"):
        Stl().read(text)


def test_captions_that_pop_on_show_from_their_code_to_the_next() -> None:
    found = scc(f"00:00:01:00\t{POP_ON}", "00:00:03:00\t942c 942c")
    # The caption appears with the code 942f, seven frames of 1001/30000 s after frame 30.
    assert [(cue.text, cue.start_ms, cue.end_ms) for cue in found.cues] == [("Hello", 1235, 3003)]
    assert found.frame_rate == Fraction(30000, 1001)


def test_drop_frame_times_are_real_time() -> None:
    found = scc(f"01:00:00;00\t{POP_ON}", "01:00:03;00\t942c 942c")
    assert 3_600_000 <= found.cues[0].start_ms < 3_600_400


def test_an_hour_of_timecode_is_as_long_as_its_frames_are() -> None:
    """Times stay as written; who moves them to a film that begins at 0 needs the length of an hour."""
    counted = scc(f"01:00:01:00\t{POP_ON}", "01:00:03:00\t942c 942c")
    assert (counted.cues[0].start_ms, counted.hour_ms) == (3_603_600 + 1235, 3_603_600)
    assert scc(f"01:00:01;00\t{POP_ON}").hour_ms == Fraction(35_999_964, 10)
    assert stl(small_stl((1000, 2000, b"x"), rate=30)).hour_ms == 3_603_600
    assert stl(small_stl((1000, 2000, b"x"))).hour_ms == 3_600_000


def test_codes_that_are_none_cost_only_themselves() -> None:
    found = scc(f"00:00:01:00\t{POP_ON} zz 12345", "00:00:xx:00\t9420", "00:00:03:00\t942c 942c")
    assert [cue.text for cue in found.cues] == ["Hello"]
    assert [(notice.code, notice.params["count"]) for notice in found.notices[:2]] == [
        ("subtitle.bad_codes", 2),
        ("subtitle.bad_times", 1),
    ]


def test_what_does_not_say_scenarist_is_refused() -> None:
    with pytest.raises(ValueError, match="Scenarist_SCC"):
        Scc().read(f"00:00:01:00\t{POP_ON}")


@pytest.mark.parametrize("format_id", ["stl", "scc"])
def test_formats_that_are_only_read_are_never_written(tmp_path: Path, format_id: str) -> None:
    with pytest.raises(UnknownFormat, match="srt"):
        write_file(Subtitles(()), tmp_path / "a", format=format_id)
    assert list(tmp_path.iterdir()) == []
