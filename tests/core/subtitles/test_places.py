"""Where a cue stands survives from format to format as far as they share it, and what they do not share is named."""

from __future__ import annotations

import pytest

from core.subtitles.ass import Ass
from core.subtitles.losses import losses, lost_count
from core.subtitles.picture import on_picture
from core.subtitles.places import carries, has_place
from core.subtitles.protocol import Feature, Subtitles
from core.subtitles.srt import Srt
from core.subtitles.ttml import Ttml
from core.subtitles.vtt import Vtt

TOP = "1\n00:00:01,000 --> 00:00:02,000\n{\\an8}A sign\n"
PAD = [f"{{\\an{place}}}" for place in (1, 3, 4, 5, 6, 7, 8, 9)]


@pytest.mark.parametrize("place", PAD)
def test_the_number_pads_places_go_through_all_formats_and_back(place: str) -> None:
    first = Srt().read(TOP.replace("{\\an8}", place))
    assert losses(first, Ass()) == losses(first, Vtt()) == ()
    by_ass = Ass().read(Ass().write(first))
    by_vtt = Vtt().read(Vtt().write(by_ass))
    assert Srt().write(by_vtt) == Srt().write(first)


def test_a_cue_at_the_top_is_burned_in_at_the_top() -> None:
    assert "{\\an8}A sign" in on_picture(Srt().read(TOP), 640, 360).ass
    vtt = Vtt().read("WEBVTT\n\n00:01.000 --> 00:02.000 line:5%\nA sign\n")
    assert "{\\an8}A sign" in on_picture(vtt, 640, 360).ass


@pytest.mark.parametrize(
    ("settings", "written"),
    [
        ("line:0", "{\\an8}"),
        ("line:84%", ""),
        ("line:-1", ""),
        ("line:50%", "{\\an5}"),
        ("line:10%,end position:20% align:left", "{\\an7}"),
        ("align:end", "{\\an3}"),
        ("size:40%", ""),
        ("line:x align:y", ""),
    ],
)
def test_webvtts_places_come_to_the_nearest_of_the_number_pad(settings: str, written: str) -> None:
    read = Vtt().read(f"WEBVTT\n\n00:01.000 --> 00:02.000 {settings}\nA sign\n")
    text = Srt().write(read).split("\n")[2]
    assert text.removesuffix("A sign") == written


def test_a_place_that_is_only_near_is_named_as_lost() -> None:
    near = Ass().read("[Events]\nDialogue: 0,0:00:01.00,0:00:02.00,Default,,0,0,0,,{\\an8\\pos(320,40)}A sign\n")
    assert losses(near, Srt()) == (Feature.POSITIONS,)
    assert lost_count(near, Feature.POSITIONS, Srt()) == 1
    assert losses(near, Ass()) == ()
    assert Srt().write(near).split("\n")[2] == "{\\an8}A sign"


def test_a_name_and_a_layer_are_no_place() -> None:
    assert not has_place({"vtt-id": "intro", "ass": "3,0,0,0,"})
    assert has_place({"ass": "0,0,0,90,"})
    assert carries({"vtt-id": "intro"}, "srt")
    assert not carries({"ass": "0,0,0,90,"}, "srt")


def test_a_header_and_tags_are_one_formats_own() -> None:
    vtt = Vtt().read("WEBVTT\n\nSTYLE\n::cue { color: red }\n\n00:01.000 --> 00:02.000\n<ruby>漢<rt>kan</rt></ruby>\n")
    ours = Subtitles(vtt.cues, vtt.header, format="vtt")
    assert losses(ours, Vtt()) == ()
    assert losses(ours, Ass()) == (Feature.HEADER, Feature.TAGS)
    assert set(losses(ours, Ttml())) == {Feature.HEADER, Feature.TAGS}


@pytest.mark.parametrize(
    "settings",
    [
        "align:center", "align:middle", "size:100%", "position:50%", "position:50%,center align:center", "line:auto",
        "line:-1", "line:-1 position:50% size:100% align:center", "vertical:x line:y",
    ],
)  # fmt: skip
def test_a_setting_that_says_what_players_do_unasked_is_no_place_and_no_loss(settings: str) -> None:
    read = Vtt().read(f"WEBVTT\n\n00:01.000 --> 00:02.000 {settings}\nA sign\n")
    assert not has_place(read.cues[0].settings)
    assert losses(read, Srt()) == losses(read, Ass()) == losses(read, Ttml()) == ()
    assert f"02.000 {settings}\n" in Vtt().write(read), "in its own format it stays"


@pytest.mark.parametrize(
    ("settings", "place"),
    [
        ("align:start position:0%", 1), ("position:0%,line-left align:left", 1), ("align:right", 3),
        ("align:end position:100% line:-1", 3), ("line:0,start align:center", 8), ("position:50% line:50%", 5),
    ],
)  # fmt: skip
def test_many_words_of_webvtt_for_one_place_of_the_number_pad_lose_nothing(settings: str, place: int) -> None:
    """“align:start position:0%” stands at every cue that a large film portal makes by itself."""
    read = Vtt().read(f"WEBVTT\n\n00:01.000 --> 00:02.000 {settings}\nA sign\n")
    assert losses(read, Srt()) == losses(read, Ass()) == ()
    assert Srt().write(read).split("\n")[2] == f"{{\\an{place}}}A sign"


@pytest.mark.parametrize(
    "settings", ["size:99%", "position:40%", "position:0%", "vertical:rl", "region:fred", "line:0"]
)
def test_a_setting_that_moves_a_cue_is_a_place(settings: str) -> None:
    assert has_place({"vtt": settings})


def test_the_bottom_in_subrip_is_where_cues_stand_anyway() -> None:
    assert losses(Srt().read(TOP.replace("8", "2", 1)), Ttml()) == ()
    assert losses(Srt().read(TOP), Ttml()) == (Feature.POSITIONS,)
    assert has_place({"ass-tags": "{\\an2}"}), "its style may stand at the top"
