"""Corrected words are asked of the sound when the keys rest, and what comes is applied; nobody waits for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.editor import healing
from app.editor.healing import Healing
from app.engine_bridge import EngineBridge
from core.document import edits
from core.document.document import Document, MediaRef
from core.document.history import History
from core.errors import AlignmentFailed, CuesmithError, DiskFull
from core.events import WordsTimed
from core.media.info import AudioTrack, MediaInfo
from core.media.probe import probe
from core.paths import resource
from core.transcript import Source, Word
from core.worker.messages import EventHappened, JobFailed, JobFinished, Reply, TimeWords
from tests.app.editor import cues

FILM = MediaInfo(
    "film.mp4", "id", "mp4", 60_000, 0, (AudioTrack(1, "aac", 2, 48_000, "", "", 0, 60_000, True),), False, "", None,
    False, 0, 0,
)  # fmt: skip
TEXT = "we leave at nine tonight"


class Engine:
    """In place of the engine child: keeps what it is asked, answers when told."""

    def __init__(self) -> None:
        self.asked: list[TimeWords] = []
        self._deliver: Callable[[Reply], None] = lambda _reply: None

    def made_for(self, deliver: Callable[[Reply], None], **_patience: object) -> Any:
        self._deliver = deliver
        return self

    def ask(self, request: TimeWords) -> str:
        self.asked.append(request)
        return request.job_id

    def answer(self, *, shift_ms: int = 5) -> None:
        """Time the words of the last request, a little off where they are thought to be."""
        request = self.asked[-1]
        job, count = request.job, len(request.job.words)
        step_ms = (job.end_ms - job.start_ms - 300) // count
        starts = [job.start_ms + 150 + n * step_ms for n in range(count)]
        words = tuple(
            Word(text, start + shift_ms, start + step_ms, after, Source.ALIGNED)
            for (text, after), start in zip(job.words, starts, strict=True)
        )
        self._deliver(EventHappened(request.job_id, WordsTimed(words, "builtin")))
        self._deliver(JobFinished(request.job_id))

    def fail(self) -> None:
        failure = AlignmentFailed(engine="builtin", cause="no way").failure()
        self._deliver(JobFailed(self.asked[-1].job_id, failure))

    def warm_up(self) -> None: ...

    def cancel(self, _job_id: str) -> None: ...

    def close(self) -> None: ...


class Room:
    """A session with a film, an engine that answers when told, and what heals between them."""

    def __init__(self, qtbot: QtBot, aligner: str = "auto") -> None:
        self.qtbot = qtbot
        self.session = cues.session(cues.cue("a", 1000, 3500, TEXT), cues.cue("b", 20_000, 22_000, TEXT))
        self.engine = Engine()
        self.bridge = EngineBridge(engine=self.engine.made_for)
        self.healing = Healing(self.session, self.bridge, lambda: aligner)
        self.failures: list[CuesmithError] = []
        self.healing.failed.connect(self.failures.append)
        self.session.set_media(FILM)

    @property
    def history(self) -> History:
        return self.session.bridge.history

    @property
    def document(self) -> Document:
        return self.session.bridge.document

    def say(self, text: str, row: int = 0) -> None:
        self.session.bridge.apply(edits.set_text(self.document, row, text))

    def wait_asked(self, count: int = 1) -> None:
        self.qtbot.waitUntil(lambda: len(self.engine.asked) == count)

    def wait_idle(self) -> None:
        self.qtbot.waitUntil(lambda: not self.healing.busy)

    def close(self) -> None:
        self.bridge.close()
        self.session.deleteLater()


@pytest.fixture
def room(qtbot: QtBot) -> Iterator[Room]:
    made = Room(qtbot)
    yield made
    made.close()


def test_a_correction_is_healed_and_one_undo_takes_both(room: Room) -> None:
    before = room.document
    room.say("we leave at zebra tonight")
    new = room.document.cues[0].words[3]
    assert (new.text, new.source) == ("zebra", Source.ESTIMATED)
    assert room.session.healing == {new.id}
    room.wait_asked()
    job = room.engine.asked[0].job
    assert ("".join(text + after for text, after in job.words).strip(), job.language, job.media) == (
        "we leave at zebra tonight", "en", "film.mp4",
    )  # fmt: skip
    room.engine.answer()
    room.wait_idle()
    words = room.document.cues[0].words
    assert words[3].source is Source.ALIGNED
    assert (*words[:3], words[4]) == (*before.cues[0].words[:3], before.cues[0].words[4])
    assert room.session.healing == frozenset()
    assert room.history.labels() == ("Edit text",)
    room.history.undo()
    assert room.document == before
    room.history.redo()
    assert room.document.cues[0].words == words


def test_typing_is_asked_for_once_when_the_keys_rest(room: Room) -> None:
    for text in ("z", "ze", "zeb", "zebr", "zebra"):
        room.say(f"we leave at {text} tonight")
    room.wait_asked()
    assert [text for text, _ in room.engine.asked[0].job.words][3] == "zebra"
    room.engine.answer()
    room.wait_idle()
    assert len(room.engine.asked) == 1


def test_a_text_that_changed_meanwhile_is_asked_for_again(room: Room) -> None:
    room.say("we leave at zebra tonight")
    room.wait_asked()
    room.say("they leave at zebra tonight")
    room.engine.answer()
    room.wait_asked(2)
    room.engine.answer()
    room.wait_asked(3)
    room.engine.answer()
    room.wait_idle()
    assert {word.source for word in room.document.cues[0].words} == {Source.ALIGNED}


def test_two_places_of_a_cue_are_asked_for_one_after_the_other(room: Room) -> None:
    room.say("giraffe leave at nine zebra")
    room.wait_asked()
    room.engine.answer()
    room.wait_asked(2)
    room.engine.answer()
    room.wait_idle()
    assert {word.source for word in room.document.cues[0].words} == {Source.ALIGNED}


def test_the_newest_correction_is_asked_for_first(room: Room) -> None:
    room.say("we leave at zebra tonight", 0)
    room.say("we leave at giraffe tonight", 1)
    room.wait_asked()
    assert ("giraffe", " ") in room.engine.asked[0].job.words
    room.engine.answer()
    room.wait_asked(2)
    assert ("zebra", " ") in room.engine.asked[1].job.words


def test_words_stay_estimates_where_no_way_was_found(room: Room) -> None:
    room.say("we leave at zebra tonight")
    before = room.document
    room.wait_asked()
    room.engine.fail()
    room.wait_idle()
    assert room.document == before
    assert (room.failures, len(room.engine.asked)) == ([], 1)


def test_an_answer_that_cannot_be_kept_is_told(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    room.say("we leave at zebra tonight")
    room.wait_asked()

    def full(*_what: object, **_more: object) -> None:
        raise DiskFull(file="work")

    monkeypatch.setattr(room.history, "apply_late", full)
    room.engine.answer()
    room.wait_idle()
    assert [type(error) for error in room.failures] == [DiskFull]


def test_times_wait_while_a_mouse_button_is_down(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    """A drag is one step: nothing may come in between."""
    down = [Qt.MouseButton.LeftButton]
    monkeypatch.setattr(healing.QGuiApplication, "mouseButtons", lambda: down[-1])
    room.say("we leave at zebra tonight")
    room.wait_asked()
    before = room.document
    room.engine.answer()
    room.qtbot.wait(250)
    assert room.document == before
    down.append(Qt.MouseButton.NoButton)
    room.wait_idle()
    assert room.document.cues[0].words[3].source is Source.ALIGNED


def test_another_document_forgets_what_was_asked(room: Room) -> None:
    room.say("we leave at zebra tonight")
    room.wait_asked()
    room.session.bridge.set_history(History(Document(cues=(cues.cue("a", 1000, 3500, TEXT),))))
    assert not room.healing.busy
    before = room.document
    room.engine.answer()
    room.qtbot.wait(50)
    assert room.document == before


def test_who_closes_the_window_leaves_no_question_behind(room: Room) -> None:
    """What was typed less than the keys' rest ago is asked for by nobody."""
    room.say("we leave at zebra tonight")
    room.healing.close()
    assert not room.healing.busy
    assert not room.healing._rest.isActive()


@pytest.mark.parametrize("why", ["no film", "no sound", "no aligner"])
def test_where_nobody_can_answer_nobody_is_asked(qtbot: QtBot, why: str) -> None:
    room = Room(qtbot, aligner="none" if why == "no aligner" else "auto")
    if why != "no aligner":
        room.session.set_media(None if why == "no film" else replace(FILM, audio_tracks=()))
    room.say("we leave at zebra tonight")
    assert not room.healing.busy
    assert room.session.healing == frozenset()
    assert room.document.cues[0].words[3].source is Source.ESTIMATED
    room.close()


def test_letters_that_cannot_be_english_are_asked_for_in_no_language_but_their_own(room: Room) -> None:
    plain = tuple(replace(cue, language="") for cue in (cues.cue("c", 1000, 3000, "Мы едем в девять"),))
    room.session.bridge.set_history(History(Document(cues=plain)))
    room.say("Мы едем в десять часов")
    room.wait_idle()
    assert room.engine.asked == []


def test_the_documents_track_is_asked(room: Room) -> None:
    document = replace(room.document, media=MediaRef("film.mp4", 1, "id", track=2))
    room.session.bridge.set_history(History(document))
    room.say("we leave at zebra tonight")
    room.wait_asked()
    assert room.engine.asked[0].job.track == 2


def test_a_real_word_gets_its_time_from_the_real_sound(qtbot: QtBot, qapp: object) -> None:
    """The sample film, the engine child, the built-in aligner."""
    said = "The last coat leaves at nine."
    session = cues.session(cues.cue("a", 900, 3081, said))
    engines = EngineBridge()
    heals = Healing(session, engines)
    session.set_media(probe(resource("sample", "last_boat.mp4")))
    document = session.bridge.document
    true = [(900, 1130), (1130, 1666), (1666, 2033), (2033, 2486), (2486, 2642), (2642, 3081)]
    words = tuple(
        replace(word, start_ms=start, end_ms=end)
        for word, (start, end) in zip(document.cues[0].words, true, strict=True)
    )
    session.bridge.set_history(History(Document(cues=(replace(document.cues[0], words=words),))))
    session.bridge.apply(edits.set_text(session.bridge.document, 0, "The last steamer leaves at nine."))
    session.bridge.apply(edits.set_text(session.bridge.document, 0, "The last boat leaves at nine."))
    qtbot.waitUntil(lambda: not heals.busy)
    boat = session.bridge.document.cues[0].words[2]
    assert (boat.text, boat.source) == ("boat", Source.ALIGNED)
    assert 1666 <= boat.start_ms < boat.end_ms <= 2033
    engines.close()
    session.deleteLater()
