"""Which microphones there are, and what PortAudio's refusals mean. Opens none.

PortAudio reads the system's list once; `refresh` lets it read again, which only works while nothing is open.
"""

from __future__ import annotations

import contextlib
import importlib
import re
from dataclasses import dataclass
from typing import Any

from core.errors import (
    MicrophoneAway,
    MicrophoneBusy,
    MicrophoneError,
    MicrophoneFailed,
    MicrophoneRefused,
    NoMicrophone,
    SoundLibraryMissing,
)

_UNAVAILABLE, _INVALID_DEVICE = -9985, -9996
"""paDeviceUnavailable, paInvalidDevice (portaudio.h)."""
_BUSY = re.compile(r"busy|in use|exclusive", re.IGNORECASE)
_REFUSED = re.compile(r"permission|denied|not permitted|0x80070005", re.IGNORECASE)
_MOST_CHANNELS = 2


@dataclass(frozen=True, slots=True)
class Device:
    """A microphone, or anything else that records.

    Attributes:
        name: the system's; what settings and `--device` keep.
        number: PortAudio's, until the next `refresh`.
        channels: taken from it, 1 or 2.
        rate: samples a second it likes best.
        is_default: the system's choice.
    """

    name: str
    number: int
    channels: int
    rate: int
    is_default: bool = False


def sound_library() -> Any:
    """The module sounddevice.

    Raises:
        SoundLibraryMissing: PortAudio is not installed.
    """
    try:
        return importlib.import_module("sounddevice")
    except OSError as error:  # what sounddevice raises where it finds no library
        raise SoundLibraryMissing(cause=str(error)) from error


def refresh() -> None:
    """Read the system's list again. Nothing may be open.

    Raises:
        SoundLibraryMissing: PortAudio is not installed.
    """
    library = sound_library()
    with contextlib.suppress(library.PortAudioError):  # closed already, or no sound system to begin with
        library._terminate()  # the documented way (python-sounddevice, issue 125)
    with contextlib.suppress(library.PortAudioError):
        library._initialize()


def devices() -> tuple[Device, ...]:
    """Everything that records, the default first.

    Raises:
        SoundLibraryMissing: PortAudio is not installed.
    """
    library = sound_library()
    try:
        entries = list(library.query_devices())
    except library.PortAudioError:
        return ()
    default = _default_number(library)
    found = [
        Device(
            name=str(entry["name"]),
            number=number,
            channels=min(_MOST_CHANNELS, int(entry["max_input_channels"])),
            rate=round(float(entry["default_samplerate"])),
            is_default=number == default,
        )
        for number, entry in enumerate(entries)
        if entry["max_input_channels"] > 0
    ]
    return tuple(sorted(found, key=lambda device: not device.is_default))


def chosen(name: str = "") -> Device:
    """The microphone of this name, or with "" the system's default.

    A name's beginning is enough where it fits one only: people type it.

    Raises:
        SoundLibraryMissing, NoMicrophone, MicrophoneAway: there is none to take.
    """
    found = devices()
    if not found:
        raise NoMicrophone
    if not name:
        return found[0]
    exact = [device for device in found if device.name == name]
    begins = [device for device in found if device.name.casefold().startswith(name.casefold())]
    if not exact and not begins:
        raise MicrophoneAway(device=name)
    return (exact or begins)[0]


def refusal(error: Exception, device: str) -> MicrophoneError:
    """What PortAudio's error means to a person."""
    text = " ".join(str(part) for part in error.args)
    codes = [part for part in error.args if isinstance(part, int)]
    if _REFUSED.search(text):
        return MicrophoneRefused(device=device)
    if _BUSY.search(text) or _UNAVAILABLE in codes:
        return MicrophoneBusy(device=device)
    if _INVALID_DEVICE in codes:
        return MicrophoneAway(device=device)
    return MicrophoneFailed(device=device, cause=text[:200])


def _default_number(library: Any) -> int:
    try:
        return int(library.query_devices(kind="input")["index"])
    except (library.PortAudioError, ValueError, KeyError):
        return -1
