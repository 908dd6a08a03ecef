"""What keys and menus do to words, cues' times and places; each edit is one step that undo takes back exactly."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import pytest
from pytestqt.qtbot import QtBot

from app.editor.document_bridge import DocumentBridge
from app.editor.go_to import place_of
from app.editor.place_verbs import PlaceVerbs
from app.editor.session import Session
from app.editor.time_verbs import TimeVerbs
from app.editor.word_verbs import WordVerbs
from core.cue import Cue
from core.document.document import Document
from core.document.history import History
from core.transcript import Source, Word


def cue(text: str, start_ms: int, step_ms: int = 500) -> Cue:
    words = tuple(
        Word(one, start_ms + n * step_ms, start_ms + n * step_ms + 400, source=Source.ALIGNED, id=one)
        for n, one in enumerate(text.split())
    )
    return Cue(words, start_ms, words[-1].end_ms + 100, language="en", id=text)


CUES = (cue("the last boat leaves", 1000), cue("at nine", 5000), cue("each night", 8000))


class Player:
    """Remembers what it was asked to play."""

    def __init__(self) -> None:
        self.played: list[tuple[int, int]] = []
        self.playing = self.looping = self.muted = False
        self.rate = 1.0

    def toggle(self) -> None:
        self.playing = not self.playing

    def play_range(self, start_ms: int, end_ms: int) -> None:
        self.played.append((start_ms, end_ms))
        self.playing = True

    def step_frame(self, by: int) -> None:
        raise NotImplementedError

    def set_rate(self, rate: float) -> None:
        raise NotImplementedError

    def set_looping(self, on: bool) -> None:
        self.looping = on

    def set_muted(self, muted: bool) -> None:
        raise NotImplementedError


@pytest.fixture
def session(qtbot: QtBot) -> Iterator[Session]:
    """Afterwards everything is undone and done again, and must come back."""
    history = History(Document(cues=CUES, frame_rate=Fraction(25)))
    yield Session(DocumentBridge(history))
    after = history.document
    while history.undo() is not None:
        pass
    assert history.document == Document(cues=CUES, frame_rate=Fraction(25))
    while history.redo() is not None:
        pass
    assert history.document == after


@pytest.fixture
def player() -> Player:
    return Player()


@pytest.fixture
def word(session: Session, player: Player) -> WordVerbs:
    session.bridge.select((CUES[0].id,), word="last")
    return WordVerbs(session, player)


def texts(session: Session) -> list[str]:
    return [one.text for one in session.bridge.document.cues]


def times(session: Session, row: int, index: int) -> tuple[int, int]:
    found = session.bridge.document.cues[row].words[index]
    return found.start_ms, found.end_ms


# ── words ────────────────────────────────────────────────────────────────────────────────────────


def test_a_word_is_played_and_the_next_one_selected(session: Session, word: WordVerbs, player: Player) -> None:
    assert word.play()
    assert player.played == [(1500, 1900)]
    word.step(+1)
    assert session.bridge.word == "boat"
    word.step(+1)
    word.step(+1)
    assert (session.bridge.word, session.bridge.current) == ("at", "at nine")
    word.step(-1)
    assert session.bridge.word == "leaves"


def test_without_a_word_the_one_spoken_now_is_selected(session: Session, word: WordVerbs) -> None:
    session.bridge.select((CUES[0].id,))
    session.move_playhead(2100)
    word.step(+1)
    assert session.bridge.word == "boat"


def test_a_word_starts_and_ends_at_the_playhead(session: Session, word: WordVerbs) -> None:
    session.move_playhead(1350)
    assert word.start_here()
    assert (times(session, 0, 0), times(session, 0, 1)) == ((1000, 1350), (1350, 1900))
    session.move_playhead(2050)
    assert word.end_here()
    assert (times(session, 0, 1), times(session, 0, 2)) == ((1350, 2050), (2050, 2400))


def test_nudges_of_one_kind_are_one_step(session: Session, word: WordVerbs) -> None:
    for _ in range(3):
        word.nudge(+10)
    assert times(session, 0, 1) == (1530, 1930)
    for _ in range(2):
        word.nudge_start(-10)
        word.nudge_end(+10)
    assert times(session, 0, 1) == (1510, 1950)
    session.bridge.history.close_step()
    assert session.bridge.history.labels()[0] == "Change word times"


def test_a_word_is_split_at_the_caret_or_in_the_middle_and_joined(session: Session, word: WordVerbs) -> None:
    word.caret = lambda: (CUES[0].id, len("the l"))
    assert word.split()
    assert [one.text for one in session.bridge.document.cues[0].words][1:3] == ["l", "ast"]
    assert word.join()
    assert texts(session)[0] == "the last boat leaves"
    word.caret = lambda: None
    assert word.split()
    assert [one.text for one in session.bridge.document.cues[0].words][1:3] == ["la", "st"]


def test_without_a_selected_word_the_carets_is_meant(session: Session, word: WordVerbs) -> None:
    session.bridge.select((CUES[0].id,))
    word.caret = lambda: (CUES[0].id, len("the last b"))
    assert word.delete()
    assert texts(session)[0] == "the last leaves"
    word.caret = lambda: None
    assert not word.delete()


def test_a_cue_is_split_at_the_words_real_time(session: Session, word: WordVerbs) -> None:
    assert word.split_cue()
    assert texts(session)[:2] == ["the", "last boat leaves"]
    assert session.bridge.document.cues[1].start_ms == 1500


# ── times of cues ────────────────────────────────────────────────────────────────────────────────


def spans(session: Session) -> list[tuple[int, int]]:
    return [(one.start_ms, one.end_ms) for one in session.bridge.document.cues]


@pytest.fixture
def time(session: Session) -> TimeVerbs:
    session.bridge.select_row(1)
    return TimeVerbs(session)


def test_a_cue_starts_here_and_the_rest_is_shifted(session: Session, time: TimeVerbs) -> None:
    session.move_playhead(5300)
    assert time.start_and_shift_rest()
    assert spans(session) == [(1000, 3000), (5300, 6300), (8300, 9300)]


def test_a_cue_ends_here_and_the_next_becomes_current(session: Session, time: TimeVerbs) -> None:
    session.move_playhead(5900)
    assert time.end_and_next()
    assert spans(session)[1] == (5000, 5900)
    assert session.bridge.current_row() == 2


def test_shifts_of_100_and_500_ms(session: Session, time: TimeVerbs) -> None:
    time.shift(-100)
    time.shift(+500)
    assert spans(session)[1] == (5400, 6400)


def test_edges_by_frames_at_25(session: Session, time: TimeVerbs) -> None:
    time.start_by_frames(-1)
    time.end_by_frames(+2)
    assert spans(session)[1] == (4960, 6080)


def test_leads_are_aegisubs_and_keep_the_gap(session: Session, time: TimeVerbs) -> None:
    time.lead_in()
    time.lead_out()
    assert spans(session)[1] == (4900, 6350)


def test_edges_go_to_near_shot_changes(session: Session, time: TimeVerbs) -> None:
    session.set_shots((4800, 5600, 6200, 7500))
    assert time.to_shots()
    assert spans(session)[1] == (4800, 6200)
    session.set_shots((20_000,))
    assert not time.to_shots()


# ── places ───────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def place(session: Session, player: Player) -> PlaceVerbs:
    session.bridge.select_row(1)
    return PlaceVerbs(session, player)


def test_half_a_second_around_the_cue_is_played(place: PlaceVerbs, player: Player) -> None:
    for ask in (place.play_before, place.play_first, place.play_last, place.play_after, place.play_on):
        ask()
    assert player.played == [(4500, 5000), (5000, 5500), (5500, 6000), (6000, 6500), (5000, 9000)]


def test_a_cue_is_repeated_until_asked_again(place: PlaceVerbs, player: Player) -> None:
    place.repeat_cue()
    assert (player.looping, player.playing, player.played) == (True, True, [(5000, 6000)])
    place.repeat_cue()
    assert (player.looping, player.playing) == (False, False)
    place.stop()
    assert not player.playing


def test_one_goes_to_edges_bookmarks_and_shots(session: Session, place: PlaceVerbs) -> None:
    place.to_end()
    assert session.playhead_ms == 6000
    assert place.toggle_bookmark()
    place.to_start()
    assert session.playhead_ms == 5000
    place.to_bookmark(+1)
    assert session.playhead_ms == 6000
    place.to_bookmark(+1)
    assert session.playhead_ms == 6000, "there is no further one"
    assert place.toggle_bookmark()
    assert session.bridge.document.bookmarks == ()
    session.set_shots((2000, 7000))
    place.to_shot(-1)
    assert session.playhead_ms == 2000


@pytest.mark.parametrize(
    ("text", "ms"), [("1:23.5", 83_500), ("00:00:02:05", 2200), ("#50", 2000), ("90s", 90_000), (" # 7 ", 280)]
)
def test_a_place_is_a_time_a_timecode_or_a_frame(text: str, ms: int) -> None:
    assert place_of(text, Fraction(25)) == ms


@pytest.mark.parametrize(("text", "rate"), [("soon", Fraction(25)), ("#50", None), ("00:00:02:25", Fraction(25))])
def test_what_is_no_place_is_refused(text: str, rate: Fraction | None) -> None:
    with pytest.raises(ValueError, match="time"):
        place_of(text, rate)
