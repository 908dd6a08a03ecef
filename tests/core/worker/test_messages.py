"""Every message survives the border as it was; everything else is a failure with a name."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import threading
from dataclasses import fields
from enum import Enum
from fractions import Fraction
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core import codec
from core.cue import Cue
from core.engine import EngineInfo
from core.errors import BadArgument, Failure, FileMissing, MessageTooLarge, UnknownMessage, WriteError
from core.events import ChunkDone, CuesFound, EngineChosen, Job, JobDone
from core.progress import Notice, Progress, Stage
from core.recognition.streaming.settings import StreamSettings
from core.transcript import Segment, Word
from core.worker import framing
from core.worker.child import failure_of
from core.worker.framing import CLASSES, EVENTS, INLINE_LIMIT_BYTES, Channel, message_dir, pack, unpack
from core.worker.media_messages import Probe
from core.worker.messages import Accepted, EventHappened, JobFailed, Ping, Pong, StartJob
from tests.fakes.children import SAYINGS

PLAIN: dict[Any, st.SearchStrategy[Any]] = {
    str: st.text(max_size=8),
    bytes: st.binary(max_size=8),
    int: st.integers(),
    float: st.floats(allow_nan=False, allow_infinity=False),
    bool: st.booleans(),
    type(None): st.none(),
    Fraction: st.fractions(max_denominator=100_000),
    StreamSettings: st.builds(  # takes no other values
        StreamSettings,
        chunk_ms=st.integers(500, 2_000),
        unfixed_chunks=st.integers(0, 9),
        rollback_tokens=st.integers(0, 9),
        window_s=st.integers(1, 8),
        segment_s=st.integers(4, 30),
        pause_ms=st.integers(100, 5_000),
    ),
}


def values(shape: Any) -> st.SearchStrategy[Any]:
    """Values of a field's type: every message is made of these."""
    origin, inner = get_origin(shape), get_args(shape)
    if shape in PLAIN:
        return PLAIN[shape]
    if origin in (Union, UnionType):
        return st.one_of(*map(values, inner))
    if origin is tuple and inner[-1] is ...:
        return st.lists(values(inner[0]), max_size=2).map(tuple)
    if origin is tuple:
        return st.tuples(*map(values, inner))
    if origin is frozenset:
        return st.frozensets(values(inner[0]), max_size=2)
    if origin is dict:
        return st.dictionaries(*map(values, inner), max_size=2)
    if issubclass(shape, Enum):
        return st.sampled_from(shape)
    hints = get_type_hints(shape)
    return st.builds(shape, **{field.name: values(hints[field.name]) for field in fields(shape)})


@pytest.mark.parametrize("name", sorted(CLASSES))
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck), database=None)
@given(data=st.data())
def test_every_message_comes_back_as_it_was(name: str, data: st.DataObject) -> None:
    message = data.draw(values(CLASSES[name]))
    assert unpack(pack(message)) == message


@pytest.mark.parametrize("name", sorted(EVENTS))
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck), database=None)
@given(data=st.data())
def test_every_event_comes_back_as_it_was(name: str, data: st.DataObject) -> None:
    message = EventHappened("x", data.draw(values(EVENTS[name])))
    assert unpack(pack(message)) == message


def test_a_film_with_everything_comes_back_as_it_was() -> None:
    word = Word("mañana", 0, 10, marks=frozenset({"i", "c:#ff0000"}), syllables=(("ma", 0, 5), ("ñana", 5, 10)))
    segment = Segment(0, 10, "mañana", ("es",), (word,), "fake", ("retried",))
    cue = Cue((word,), 0, 10, settings={"vtt": "align:start"}, locked=True)
    info = EngineInfo("fake", "Fake", ("es",), gives_words=True)
    for event in (
        EngineChosen(info, None),
        ChunkDone(0, 1, segment, True),
        CuesFound((cue,)),
        Progress(Stage.ALIGN, 1, 2),
        Notice("media.truncated", "film: cut short", {"missing_ms": 5}, finding=True),
        JobDone("es", "netflix-es", 10, 1),
    ):
        assert unpack(pack(EventHappened("x", event))) == EventHappened("x", event)


def test_every_public_class_of_the_messages_is_a_message() -> None:
    files = [found for name, found in sys.modules.items() if re.fullmatch(r"core\.worker\.(\w+_)?messages", name)]
    declared = {
        name
        for module in files
        for name, found in vars(module).items()
        if isinstance(found, type) and found.__module__ == module.__name__
    }
    assert declared - {"Priority"} == set(CLASSES)


def test_the_messages_import_no_engine_and_no_media_library() -> None:
    heavy = ("av", "torch", "numpy", "onnxruntime", "PySide6")
    code = f"import sys, core.worker.client; print([name for name in {heavy} if name in sys.modules])"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"


# ── what is no message ───────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("saying", [name for name in SAYINGS if name != "too much"])
def test_what_is_no_message_has_a_name(saying: str) -> None:
    with pytest.raises(UnknownMessage) as caught:
        unpack(SAYINGS[saying], "engine")
    assert str(caught.value).startswith("The engine process sent something unreadable (")


@settings(max_examples=300, deadline=None, database=None)
@given(
    st.binary(max_size=200)
    | st.recursive(st.none() | PLAIN[str] | PLAIN[float], st.lists, max_leaves=5).map(codec.encode)
)
def test_no_bytes_are_more_than_a_named_failure(data: bytes) -> None:
    with pytest.raises(UnknownMessage):
        unpack(data)


@settings(max_examples=200, deadline=None, database=None)
@given(cut=st.integers(0, 10_000), flip=st.integers(0, 255))
def test_a_damaged_message_is_read_as_its_class_or_named(cut: int, flip: int) -> None:
    whole = pack(StartJob("x", Job("talk.mp4", languages=("en",))))
    place = cut % len(whole)
    damaged = whole[:place] + bytes([whole[place] ^ flip]) + whole[place + 1 :]
    for data in (whole[:place], damaged):
        try:
            assert isinstance(unpack(data), StartJob)
        except UnknownMessage:
            continue


def test_deep_nesting_is_refused() -> None:
    with pytest.raises(UnknownMessage):
        unpack(b'["Ping",' + b"[" * 100_000 + b"]" * 100_000 + b"]")


def test_what_is_no_message_class_is_not_sent() -> None:
    with pytest.raises(UnknownMessage):
        pack(Job("talk.mp4"))  # type: ignore[arg-type]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux lets a file name be any bytes")
def test_a_file_name_that_is_no_text_is_named() -> None:
    path = os.fsdecode(b"caf\xe9.mp4")
    with pytest.raises(BadArgument) as caught:
        pack(Probe("x", path), "media")
    assert str(caught.value) == (r"A name holds bytes that are no text: caf\udce9.mp4. Rename the file and try again.")


@pytest.mark.parametrize("param", [os.fsdecode(b"caf\xe9"), 1 << 70, Path("talk.mp4"), 1.5, True, None])
def test_the_last_word_of_a_job_can_always_be_sent(param: object) -> None:
    failure = failure_of(FileMissing(file=param, details=os.fsdecode(b"caf\xe9")))
    assert unpack(pack(JobFailed("x", failure))) == JobFailed("x", failure)


# ── large messages ───────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def ends() -> Any:
    """Two channels, connected; and the raw connection of the first."""
    ours, theirs = Pipe()
    yield Channel(ours, "engine"), Channel(theirs, "engine"), ours
    ours.close()
    theirs.close()


def large(size_bytes: int) -> JobFailed:
    """A message of a bit more than this."""
    return JobFailed("x", Failure("engine", details="a" * size_bytes))


def test_a_large_message_goes_through_a_file_that_is_deleted(ends: tuple[Channel, Channel, Any]) -> None:
    ends[0].send(large(INLINE_LIMIT_BYTES))
    assert len(list(message_dir().iterdir())) == 1
    assert ends[1].receive() == large(INLINE_LIMIT_BYTES)
    assert list(message_dir().iterdir()) == []


def test_a_cache_that_cannot_be_written_is_named_and_the_connection_goes_on(
    ends: tuple[Channel, Channel, Any], home: Path
) -> None:
    (home / "cache").write_text("a file where the folder should be")
    with pytest.raises(WriteError):
        ends[0].send(large(INLINE_LIMIT_BYTES))
    ends[0].send(Pong("still works"))
    assert ends[1].receive() == Pong("still works")


def test_a_message_over_every_limit_is_not_sent(
    ends: tuple[Channel, Channel, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(framing, "FILE_LIMIT_BYTES", INLINE_LIMIT_BYTES + 10)
    with pytest.raises(MessageTooLarge) as caught:
        ends[0].send(large(INLINE_LIMIT_BYTES))
    assert f"over the limit of {INLINE_LIMIT_BYTES + 10}" in str(caught.value)
    ends[0].send(Pong("still works"))
    assert ends[1].receive() == Pong("still works")


def test_a_file_over_the_limit_is_not_read(ends: tuple[Channel, Channel, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    ends[0].send(large(INLINE_LIMIT_BYTES))
    monkeypatch.setattr(framing, "FILE_LIMIT_BYTES", INLINE_LIMIT_BYTES)
    with pytest.raises(MessageTooLarge):
        ends[1].receive()
    assert list(message_dir().iterdir()) == []


def test_a_message_too_large_for_the_connection_is_named_and_ends_it(ends: tuple[Channel, Channel, Any]) -> None:
    sender = threading.Thread(target=_send_quietly, args=(ends[2], b"x" * (INLINE_LIMIT_BYTES + 1)))
    sender.start()
    with pytest.raises(MessageTooLarge):
        ends[1].receive()
    with pytest.raises(EOFError):
        ends[1].receive()
    ends[1].close()
    sender.join()


def _send_quietly(connection: Connection[Any, Any], data: bytes) -> None:
    try:
        connection.send_bytes(data)
    except OSError:
        return


@pytest.mark.parametrize("name", ["../secret", "/etc/hostname", "sub/secret", "", ".", "..", "link", "gone", "a\0b"])
def test_a_reference_never_leads_to_another_file(name: str) -> None:
    message_dir().mkdir(parents=True)
    secret = message_dir().parent / "secret"
    secret.write_bytes(pack(Ping("secret")))
    (message_dir() / "sub").mkdir()
    (message_dir() / "sub" / "secret").write_bytes(pack(Ping("secret")))
    (message_dir() / "link").symlink_to(secret)
    with pytest.raises(UnknownMessage):
        unpack(codec.encode(("InFile", name)))
    assert secret.exists()


def test_a_file_may_not_hold_another_reference() -> None:
    message_dir().mkdir(parents=True)
    (message_dir() / "a").write_bytes(codec.encode(("InFile", "b")))
    (message_dir() / "b").write_bytes(pack(Ping("b")))
    with pytest.raises(UnknownMessage):
        unpack(codec.encode(("InFile", "a")))


def test_the_end_of_the_other_side_is_an_end_and_no_failure(ends: tuple[Channel, Channel, Any]) -> None:
    ends[0].send(Accepted("x"))
    ends[0].close()
    assert ends[1].receive() == Accepted("x")
    with pytest.raises(EOFError):
        ends[1].receive()


def test_a_message_cut_short_by_a_death_is_an_end() -> None:
    ours, theirs = socket.socketpair()
    channel = Channel(Connection(ours.detach()), "engine")
    theirs.sendall(b"\x00\x00\x00\x64abc")
    theirs.close()
    with pytest.raises(EOFError):
        channel.receive()
    channel.close()


def test_message_dir_lies_in_the_cache(home: Path) -> None:
    assert message_dir().is_relative_to(home / "cache")
