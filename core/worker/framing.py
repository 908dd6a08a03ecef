"""Messages ↔ bytes on a connection: JSON tagged with the class's name, with limits. Knows no child and no job.

Never pickle: a message can only become one of the classes in `messages`, field types checked. What is larger than
`INLINE_LIMIT_BYTES` travels as a file in the cache that the reader deletes. Everything that goes wrong with a message
is `UnknownMessage` or `MessageTooLarge`, whatever bytes came; a connection that ended is `EOFError`.
"""

from __future__ import annotations

import contextlib
import threading
import uuid
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Final, TypeVar, cast, get_args

import msgspec

from core import codec, events
from core.errors import BadArgument, MessageTooLarge, UnknownMessage
from core.files import write_error
from core.paths import cache_dir
from core.worker import messages
from core.worker.messages import EventHappened, Message

INLINE_LIMIT_BYTES: Final = 1 << 20
"""Larger messages go through a file."""

FILE_LIMIT_BYTES: Final = 256 << 20
"""Larger messages are refused: 256 MiB is some 2 million words."""

_BY_REFERENCE: Final = "InFile"

T = TypeVar("T")

CLASSES: Final[dict[str, type[Any]]] = {cls.__name__: cls for cls in get_args(messages.Message)}
"""Every message class by its tag."""

EVENTS: Final[dict[str, type[Any]]] = {cls.__name__: cls for cls in get_args(events.Event)}
"""Every event class by its tag."""


def message_dir() -> Path:
    """Where large messages lie between sending and reading."""
    return cache_dir() / "messages"


class Channel:
    """A connection that speaks messages. `send` may be called from any thread, `receive` from one.

    Attributes:
        child: the child's name, for the sentences of errors.
    """

    def __init__(self, connection: Connection[Any, Any], child: str) -> None:
        self.child = child
        self._connection = connection
        self._sending = threading.Lock()

    def send(self, message: Message) -> None:
        """Send one message; blocks while the other side does not read.

        Raises:
            MessageTooLarge, UnknownMessage, BadArgument, WriteError: it cannot be sent; the connection is as before.
            OSError: the other side is gone.
        """
        data = self._by_reference(pack(message, self.child))
        with self._sending:
            self._connection.send_bytes(data)

    def receive(self) -> Message:
        """Wait for one message.

        Raises:
            UnknownMessage: not one of ours; the next message can be read.
            MessageTooLarge: nothing more can be read.
            EOFError: the other side is gone.
        """
        try:
            data = self._connection.recv_bytes(INLINE_LIMIT_BYTES)
        except OSError as error:
            if "bad message length" in str(error):
                raise self._too_large(f"more than {INLINE_LIMIT_BYTES}", INLINE_LIMIT_BYTES) from None
            raise EOFError from error
        return unpack(data, self.child)

    def close(self) -> None:
        """Close this end; the other side reads the end."""
        self._connection.close()

    def _by_reference(self, data: bytes) -> bytes:
        """`data` itself, or a reference to a file that holds it."""
        if len(data) <= INLINE_LIMIT_BYTES:
            return data
        if len(data) > FILE_LIMIT_BYTES:
            raise self._too_large(len(data), FILE_LIMIT_BYTES)
        return codec.encode((_BY_REFERENCE, _put_down(data)))

    def _too_large(self, size: int | str, limit: int) -> MessageTooLarge:
        return MessageTooLarge(child=self.child, size=size, limit=limit)


def _put_down(data: bytes) -> str:
    """Write `data` to a fresh file in `message_dir`; its name."""
    file = message_dir() / f"{uuid.uuid4().hex}.json"
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    except OSError as error:
        with contextlib.suppress(OSError):
            file.unlink()
        raise write_error(file, error) from error
    return file.name


def pack(message: Message, child: str = "") -> bytes:
    """`message` as JSON: `["ClassName", {fields}]`.

    Raises:
        UnknownMessage: no message class, or a value JSON cannot carry.
        BadArgument: a text is not Unicode, as a file name of undecodable bytes on Linux.
    """
    tag = type(message).__name__
    if CLASSES.get(tag) is not type(message):
        raise UnknownMessage(child=child, what=f"{tag} is no message")
    body: object = message
    if isinstance(message, EventHappened):
        body = {"job_id": message.job_id, "event": (type(message.event).__name__, message.event)}
    try:
        return codec.encode((tag, body))
    except UnicodeEncodeError as error:
        raise BadArgument(
            what=f"A name holds bytes that are no text: {readable(error.object)[:200]}.",
            hint="Rename the file and try again.",
        ) from error
    except (TypeError, NotImplementedError, codec.DecodeError) as error:
        raise UnknownMessage(child=child, what=f"{tag} has no JSON form: {error}") from error


def readable(text: str) -> str:
    """`text` with what is not Unicode written as escapes."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def unpack(data: bytes, child: str = "") -> Message:
    """Back from JSON; a reference is followed and its file deleted.

    Raises:
        UnknownMessage: not JSON, an unknown tag, fields of the wrong type, or a reference to no file of ours.
        MessageTooLarge: the file of a reference is over the limit.
    """
    tag, body = _tagged(data, child)
    if tag == _BY_REFERENCE:
        tag, body = _tagged(_fetched(_shaped(body, str, tag, child), child), child)
    cls = _known(CLASSES, tag, child)
    if cls is EventHappened:
        return _unpack_event(body, child)
    return cast(Message, _shaped(body, cls, tag, child))


@dataclass(frozen=True, slots=True)
class _EventOnWire:
    """An `EventHappened` whose event is still tagged JSON."""

    job_id: str
    event: tuple[str, msgspec.Raw]


def _unpack_event(body: msgspec.Raw, child: str) -> EventHappened:
    wire = _shaped(body, _EventOnWire, "EventHappened", child)
    tag, raw = wire.event
    return EventHappened(wire.job_id, _shaped(raw, _known(EVENTS, tag, child), tag, child))


def _tagged(data: bytes, child: str) -> tuple[str, msgspec.Raw]:
    return _shaped(data, tuple[str, msgspec.Raw], "message", child)


def _known(classes: dict[str, type[Any]], tag: str, child: str) -> type[Any]:
    if tag not in classes:
        raise UnknownMessage(child=child, what=f"no message is called {tag[:40]!r}")
    return classes[tag]


def _shaped(data: bytes | msgspec.Raw, shape: type[T], tag: str, child: str) -> T:
    try:
        return codec.decode(bytes(data), shape)
    except (codec.DecodeError, ValueError, ArithmeticError, RecursionError) as error:
        raise UnknownMessage(child=child, what=f"{tag[:40]}: {error}"[:200]) from error


def _fetched(name: str, child: str) -> bytes:
    """The bytes of a file in `message_dir`, which is deleted.

    Only a plain name is followed, never a path or a link, so that no message can make us read or delete another file.
    """
    file = message_dir() / name
    if file.parent != message_dir() or Path(name).name != name or file.is_symlink():
        raise UnknownMessage(child=child, what="a reference to a file that is no message")
    try:
        size = file.stat().st_size
        data = file.read_bytes() if size <= FILE_LIMIT_BYTES else b""
        file.unlink()
    except (OSError, ValueError) as error:
        raise UnknownMessage(child=child, what=f"a large message could not be fetched ({error})"[:200]) from error
    if size > FILE_LIMIT_BYTES:
        raise MessageTooLarge(child=child, size=size, limit=FILE_LIMIT_BYTES)
    return data
