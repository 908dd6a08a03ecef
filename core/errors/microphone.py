"""No sound comes from a microphone, and why."""

from __future__ import annotations

from core.errors.base import CuesmithError


class MicrophoneError(CuesmithError):
    """No sound comes from a microphone. Each is tried again by itself while somebody waits for sound."""

    code = "microphone"


class SoundLibraryMissing(MicrophoneError):
    """PortAudio, which reads sound cards, is not there. Params: cause."""

    code = "microphone.library"
    sentence = "Sound cannot be recorded: the system library PortAudio is missing ({cause})."
    next_step = "On Debian and its kin: apt install libportaudio2. Then start Cuesmith again."


class NoMicrophone(MicrophoneError):
    """The system knows no device that records."""

    code = "microphone.none"
    sentence = "No microphone was found."
    next_step = "Plug one in, or switch it on in the system's sound settings; it is used as soon as it is there."


class MicrophoneAway(MicrophoneError):
    """The chosen one is not connected. Params: device."""

    code = "microphone.away"
    sentence = "The microphone {device} is not connected."
    next_step = "Plug it in and recording goes on by itself, or choose another one."


class MicrophoneGone(MicrophoneError):
    """It was there, and is not any more. Params: device."""

    code = "microphone.gone"
    sentence = "{device} was unplugged or gives no more sound. What was said until then is kept."
    next_step = "Plug it in again and recording goes on by itself, or choose another one."


class MicrophoneStuck(MicrophoneError):
    """Its driver hangs: this process finds nothing that is plugged in since. Params: device."""

    code = "microphone.stuck"
    sentence = "{device} gives no more sound, and its driver does not answer. What was said until then is kept."
    next_step = "Finish this dictation and start another: microphones are looked for anew then."


class MicrophoneBusy(MicrophoneError):
    """Params: device."""

    code = "microphone.busy"
    sentence = "Another program uses {device}."
    next_step = "Close that program, and it is taken by itself; or choose another microphone."


class MicrophoneRefused(MicrophoneError):
    """Params: device."""

    code = "microphone.refused"
    sentence = "The system does not let Cuesmith use {device}."
    next_step = "Allow the microphone in the system's privacy settings (on Linux: the group “audio”), and try again."


class MicrophoneFailed(MicrophoneError):
    """Params: device, cause."""

    code = "microphone.failed"
    sentence = "{device} cannot be used ({cause})."
    next_step = "Choose another microphone, or plug it in again."
