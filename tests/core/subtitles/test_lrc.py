"""LRC and enhanced LRC: both forms of stamps, offsets, ends of lines, tags."""

from __future__ import annotations

import pytest

from core.cue import Cue
from core.document.document import check_cues
from core.subtitles.lrc import LAST_LINE_MS, Lrc, LrcWords
from core.subtitles.protocol import Subtitles
from core.subtitles.registry import guess
from core.transcript import Word


def read(text: str) -> Subtitles:
    found = Lrc().read(text)
    check_cues(found.cues)
    return found


def times(text: str) -> list[tuple[str, int, int]]:
    return [(cue.text, cue.start_ms, cue.end_ms) for cue in read(text).cues]


def written(*words: Word, end_ms: int = 4000) -> list[str]:
    return LrcWords().write(Subtitles((Cue(words, 1000, end_ms),))).splitlines()


@pytest.mark.parametrize(
    ("stamp", "ms"),
    [
        ("00:01.5", 1500),
        ("00:01.50", 1500),
        ("00:01.500", 1500),
        ("00:01:50", 1500),
        ("00:01,50", 1500),
        ("0:01", 1000),
        ("125:01.00", 7_501_000),
        ("2:05:01.00", 7_501_000),
    ],
)
def test_every_form_of_stamp_is_read(stamp: str, ms: int) -> None:
    assert times(f"[{stamp}]x\n") == [("x", ms, ms + LAST_LINE_MS)]


def test_a_line_ends_where_the_next_begins_and_an_empty_one_is_a_pause() -> None:
    text = "[00:01.00]one\n[00:02.00]two\n[00:03.00]\n[00:09.00]three\n"
    assert times(text) == [("one", 1000, 2000), ("two", 2000, 3000), ("three", 9000, 9000 + LAST_LINE_MS)]


def test_a_line_with_several_stamps_is_sung_several_times() -> None:
    assert times("[00:05.00][00:01.00]la\n[00:03.00]so\n") == [
        ("la", 1000, 3000),
        ("so", 3000, 5000),
        ("la", 5000, 5000 + LAST_LINE_MS),
    ]


@pytest.mark.parametrize(("offset", "ms"), [("+500", 500), ("500", 500), ("-250", 1250), ("x", 1000), ("5000", 0)])
def test_a_positive_offset_makes_lines_come_sooner(offset: str, ms: int) -> None:
    assert times(f"[offset:{offset}]\n[00:01.00]x\n[00:09.00]")[0][1] == ms


@pytest.mark.parametrize(
    "line",
    [
        "[00:02.00]<00:02.50>Come <00:02.70>on <00:02.89>every<00:03.17>body<00:03.45>",
        "[00:02.00]<00:02.500>Come <00:02.700>on <00:02.890>every<00:03.170>body<00:03.450>",
        "[00:02.00]\u200b[00:02.50]Come [00:02.70]on [00:02.89]every[00:03.17]body[00:03.45]".replace("\u200b", " "),
    ],
)
def test_word_stamps_are_read_in_both_forms(line: str) -> None:
    words = read(line + "\n[00:05.00]").cues[0].words
    assert [(word.text, word.start_ms, word.end_ms) for word in words] == [
        ("Come", 2500, 2700),
        ("on", 2700, 2890),
        ("everybody", 2890, 3450),
    ]
    assert words[2].syllables == (("every", 2890, 3170), ("body", 3170, 3450))


def test_the_offset_moves_words_too_and_so_does_a_second_stamp() -> None:
    found = read("[offset:-100]\n[00:01.00][00:11.00]<00:01.20>a <00:01.40>b<00:01.60>\n")
    assert [[word.start_ms for word in cue.words] for cue in found.cues] == [[1300, 1500], [11_300, 11_500]]


def test_tags_are_kept_and_the_language_is_read() -> None:
    found = read("[ti:A song]\n[ar:Ann]\n[la:de]\n[offset:0]\n[00:01.00]x\n")
    assert (found.header, found.language) == ("[ti:A song]\n[ar:Ann]", "de")
    assert Lrc().write(found).startswith("[ti:A song]\n[ar:Ann]\n[la:de]\n[00:01.00]x\n")


def test_lines_without_a_time_are_left_out_and_said() -> None:
    found = read("A song\n[00:01.00]x\n")
    assert [notice.code for notice in found.notices] == ["subtitle.lines_without_time"]


def test_a_text_without_times_is_refused() -> None:
    with pytest.raises(ValueError, match="no line of it has a time"):
        Lrc().read("one\ntwo\n")


def test_the_last_stamp_is_the_end_of_the_last_word() -> None:
    out = written(Word("Come", 2500, 2700), Word("on", 2700, 2891), Word("all", 3170, 3446))
    assert out == ["[00:01.00]<00:02.50>Come <00:02.70>on<00:02.89> <00:03.17>all<00:03.45>", "[00:04.00]"]


def test_syllables_are_stamped_inside_their_word() -> None:
    syllables = (("ka", 1000, 1200), ("ra", 1200, 1500))
    assert written(Word("kara", 1000, 1500, syllables=syllables))[0] == "[00:01.00]<00:01.00>ka<00:01.20>ra<00:01.50>"


def test_two_lines_of_a_cue_become_one_without_a_space_between_ideographs() -> None:
    words = (Word("床前", 1000, 2000, after="\n"), Word("明月", 2000, 3000), Word("on", 3000, 3500))
    assert Lrc().write(Subtitles((Cue(words, 1000, 4000),))).splitlines()[0] == "[00:01.00]床前明月 on"


def test_cues_that_overlap_give_way_to_the_next() -> None:
    cues = (Cue((Word("a", 1000, 4000),), 1000, 4000), Cue((Word("b", 2000, 3000),), 2000, 3000))
    assert LrcWords().write(Subtitles(cues)).splitlines() == [
        "[00:01.00]<00:01.00>a<00:02.00>",
        "[00:02.00]<00:02.00>b<00:03.00>",
        "[00:03.00]",
    ]


def test_text_that_looks_like_a_stamp_stays_text() -> None:
    words = (Word("[00:09.00]", 1000, 2000), Word("<00:01.00>", 2000, 3000))
    for format_ in (Lrc(), LrcWords()):
        assert format_.read(format_.write(Subtitles((Cue(words, 1000, 4000),)))).cues[0].text == "[00:09.00] <00:01.00>"


def test_lyrics_are_known_by_their_content() -> None:
    assert guess("lyrics.bin", "[ti:x]\n[00:01.00]la\n").id == "lrc"
    assert guess("script.bin", "[Script Info]\nTitle: x\n").id == "ass"
