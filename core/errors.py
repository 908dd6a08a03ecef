"""Every mistake the program can meet: a class, a code, parameters, an English sentence and a next step.

Knows no language but English and no window: the window translates by `code`, the command line prints `str(error)`.
Errors cross the process border as `Failure` (plain data) and come back as the class they were, found by code.

    CuesmithError
    ├── InputError                  what was given cannot be used (exit 2)
    │   ├── BadArgument             an option or argument is off
    │   ├── UnknownEngine           no such recognizer or aligner
    │   ├── UnknownFormat           no such subtitle format
    │   ├── UnknownStyle            no such delivery style
    │   ├── StyleUnreadable         the file of an own style cannot be used
    │   ├── LanguageUnsupported     the engine cannot do this language
    │   ├── UnknownLanguage         no such language
    │   ├── CheckpointUnusable      a model folder is not whole, or not one we load
    │   ├── MediaError              a film or recording cannot be used
    │   │   ├── FileMissing
    │   │   ├── FileEmpty
    │   │   ├── FileUnreadable      the system does not let us read it, or it is no file
    │   │   ├── FileChanged         it is not the file that was looked into
    │   │   ├── NotMedia            not a container we open, or nothing decodable in it
    │   │   ├── ContainerRefused    a kind of file that would read other files or the network
    │   │   ├── NoAudioTrack
    │   │   ├── NoPicture           there is none, or none that can be decoded
    │   │   ├── TrackMissing        the chosen track is not there
    │   │   ├── MediaUnreadable     it opens, but no sound can be decoded
    │   │   ├── PlaybackFailed      the system's player cannot play it
    │   │   └── BadSamples          an array of sound of the wrong kind
    │   └── SubtitleError
    │       ├── SubtitleUnreadable  a subtitle file cannot be read
    │       ├── ProjectUnreadable   a recovery or project file cannot be read
    │       └── ProjectInUse        another window has it open
    ├── WriteError                  something could not be written (exit 3)
    │   ├── OutputExists            it would overwrite (exit 2)
    │   ├── DiskFull
    │   ├── CannotWrite             read-only, no permission, missing folder
    │   └── CannotRender            ffmpeg could not make a film
    ├── EngineError                 a model or engine failed (exit 3)
    │   ├── EngineMissing           not installed
    │   │   └── ModelMissing        its model is not here yet, and can be got
    │   ├── EngineMemory            not enough memory for it
    │   └── AlignmentFailed         the text does not fit the sound
    ├── MicrophoneError             no sound comes from a microphone (exit 3)
    │   ├── SoundLibraryMissing     PortAudio is not installed
    │   ├── NoMicrophone            the system knows none
    │   ├── MicrophoneAway          the chosen one is not connected
    │   ├── MicrophoneGone          it was there, and is not any more
    │   ├── MicrophoneBusy          another program has it
    │   ├── MicrophoneRefused       the system does not let us
    │   └── MicrophoneFailed        anything else
    ├── WeightsError                a model could not be got or kept (exit 3)
    │   ├── UnknownModel            no such model (exit 2)
    │   ├── ModelNotHere            it is not installed (exit 2)
    │   ├── ModelElsewhere          it lies in another program's folder (exit 2)
    │   ├── ModelDamaged            a file of it is not the published one
    │   ├── FetchUnderWay           another window or command is at it
    │   ├── NoSpace                 not enough room, found before anything was written
    │   ├── BadAddress              what was set as a source is no address (exit 2)
    │   ├── SourcesFailed           no source gave it
    │   └── SourceError             one source did not give it
    │       ├── SourceUnreachable   no connection
    │       ├── SourceRefused       it says no
    │       ├── SourceLacks         it has no such file
    │       ├── SourceBusy          it asks to wait
    │       ├── SourceBroken        it stops, or answers nonsense
    │       └── WrongContent        it gives another file than the published one
    ├── WorkerError                 a child process failed (exit 3)
    │   ├── WorkerDied
    │   ├── WorkerHung
    │   ├── UnknownMessage
    │   └── MessageTooLarge
    └── InternalError               a fault of ours (exit 3)

Cancelling is no error: see `core.progress.Cancelled`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

Param = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Failure:
    """An error as data, to cross a process border.

    Attributes:
        code: the class's code; `raise_` finds the class again by it.
        params: what the sentence is filled with.
        details: a traceback or log tail for the crash report; never shown in the sentence.
    """

    code: str
    params: dict[str, Param] = field(default_factory=dict)
    details: str = ""

    def error(self) -> CuesmithError:
        """The error this stands for; an unknown code becomes an `InternalError` that names it."""
        cls = error_class(self.code)
        if cls is None:
            return InternalError(what=f"unknown error code {self.code}", details=self.details)
        return _rebuild(cls, self.params, self.details)


class CuesmithError(Exception):
    """Base of every expected mistake.

    Subclasses set `code`, `sentence` and `next_step`; the last two are `str.format` templates over `params`.
    """

    code: ClassVar[str] = "error"
    sentence: ClassVar[str] = "Something went wrong."
    next_step: ClassVar[str] = ""
    exit_code: ClassVar[int] = 3

    def __init__(self, *, details: str = "", **params: Any) -> None:
        self.params: dict[str, Param] = dict(params)
        self.details = details
        super().__init__(str(self))

    def __str__(self) -> str:
        return " ".join(part for part in (self.what_happened(), self.what_to_do()) if part)

    def what_happened(self) -> str:
        """The sentence with its parameters filled in."""
        return self.sentence.format_map(_Forgiving(self.params))

    def what_to_do(self) -> str:
        """The next step with its parameters filled in; empty where there is none."""
        return self.next_step.format_map(_Forgiving(self.params))

    def failure(self) -> Failure:
        """This error as data."""
        return Failure(self.code, dict(self.params), self.details)

    def __reduce__(self) -> tuple[object, ...]:
        return (_rebuild, (type(self), self.params, self.details))


class _Forgiving(dict[str, Param]):
    """A mapping that shows a missing parameter as its name, because a sentence must never fail itself."""

    def __init__(self, values: Mapping[str, Param]) -> None:
        super().__init__(values)

    def __missing__(self, key: str) -> str:
        return f"<{key}>"


def _rebuild(cls: type[CuesmithError], params: dict[str, Param], details: str) -> CuesmithError:
    values: dict[str, Any] = dict(params)
    return cls(details=details, **values)


# ── what was given cannot be used ────────────────────────────────────────────────────────────────


class InputError(CuesmithError):
    """What was given cannot be used."""

    code = "input"
    exit_code = 2


class BadArgument(InputError):
    """An option or argument is off. Params: what, hint."""

    code = "input.argument"
    sentence = "{what}"
    next_step = "{hint}"


class UnknownEngine(InputError):
    """Params: engine, known (comma separated)."""

    code = "input.engine"
    sentence = "There is no engine called “{engine}”."
    next_step = "Choose one of: {known}."


class UnknownFormat(InputError):
    """Params: format, known."""

    code = "input.format"
    sentence = "There is no subtitle format called “{format}”."
    next_step = "Choose one of: {known}."


class UnknownStyle(InputError):
    """Params: style, known."""

    code = "input.style"
    sentence = "There is no delivery style called “{style}”."
    next_step = "Choose one of: {known}."


class StyleUnreadable(InputError):
    """Params: file, cause."""

    code = "input.style_file"
    sentence = "The own style in “{file}” cannot be used: {cause}."
    next_step = "Put the file right, or remove it and save the style again."


class LanguageUnsupported(InputError):
    """Params: engine, language, known."""

    code = "input.language"
    sentence = "The engine “{engine}” does not do {language}; it does {known}."
    next_step = "Choose another engine for this language."


class UnknownLanguage(InputError):
    """Params: language."""

    code = "input.unknown_language"
    sentence = "There is no language called “{language}”."
    next_step = "Use a code such as en, de or zh, or “auto”."


class CheckpointUnusable(InputError):
    """A model folder is not whole, or not one we load. Params: folder, cause."""

    code = "input.checkpoint"
    sentence = "The model folder {folder} cannot be used ({cause})."
    next_step = "Download the model again, or choose the folder of Qwen3-ASR or of Qwen3-ForcedAligner."


class MediaError(InputError):
    """A film or recording cannot be used. Params of all: file."""

    code = "media"


class FileMissing(MediaError):
    """Params: file."""

    code = "media.missing"
    sentence = "{file}: there is no such file."
    next_step = "Check the name and the folder."


class FileEmpty(MediaError):
    """Params: file."""

    code = "media.empty"
    sentence = "{file} is empty (0 bytes)."
    next_step = "Copy or download it again."


class FileUnreadable(MediaError):
    """The system does not let us read it, or it is a folder, pipe or device. Params: file, cause."""

    code = "media.no_access"
    sentence = "{file} cannot be read ({cause})."
    next_step = "Check its permissions, or choose another file."


class FileChanged(MediaError):
    """It is another file than the one that was looked into. Params: file."""

    code = "media.changed"
    sentence = "{file} has changed since it was opened, so it is not played."
    next_step = "Open it again."


class PlaybackFailed(MediaError):
    """The system's player cannot play it. Params: file, cause."""

    code = "media.playback"
    sentence = "{file} cannot be played ({cause}). The cues and the waveform are not affected."
    next_step = "Go on without the picture, or convert the film to MP4 (H.264, AAC) and open that."


class NotMedia(MediaError):
    """Params: file, cause."""

    code = "media.not_media"
    sentence = "{file} is not a film or recording that can be read ({cause})."
    next_step = "Choose another file, or convert it to MP4, MKV, WAV or MP3 first."


class ContainerRefused(MediaError):
    """Params: file, container."""

    code = "media.refused"
    sentence = "{file} is a {container} file, which can point to other files or to the network, so it is not opened."
    next_step = "Open the film itself."


class NoAudioTrack(MediaError):
    """Params: file."""

    code = "media.no_audio"
    sentence = "{file} has no audio track."
    next_step = "Choose another file."


class NoPicture(MediaError):
    """Params: file."""

    code = "media.no_picture"
    sentence = "{file} has no picture that can be shown."
    next_step = "Go on with its sound and its cues, or convert it to MP4 (H.264, AAC) first."


class TrackMissing(MediaError):
    """Params: file, track (1 = first), count."""

    code = "media.track"
    sentence = "{file} has no audio track {track}; it has {count}."
    next_step = "Choose a track from 1 to {count}."


class MediaUnreadable(MediaError):
    """Params: file, cause."""

    code = "media.unreadable"
    sentence = "{file} opens, but no sound in it can be decoded ({cause})."
    next_step = "The file may be damaged: copy it again, or convert it to WAV first."


class BadSamples(MediaError):
    """An array of sound of the wrong kind. Params: what."""

    code = "media.samples"
    sentence = "The sound given is not usable: {what}."
    next_step = "Give a one- or two-dimensional float array in [-1, 1] (or int16) with its sampling rate."


class SubtitleError(InputError):
    """A text file cannot be used."""

    code = "subtitle"


class SubtitleUnreadable(SubtitleError):
    """Params: file, format, cause."""

    code = "subtitle.unreadable"
    sentence = "{file} cannot be read as {format} ({cause})."
    next_step = "Check that it is that kind of file."


class ProjectUnreadable(SubtitleError):
    """Params: file, cause."""

    code = "project.unreadable"
    sentence = "{file} cannot be read ({cause}). It was left as it is."
    next_step = "Open an older copy of it."


class ProjectInUse(ProjectUnreadable):
    """Another window works on it; it may be opened to read. Params: file."""

    code = "project.in_use"
    sentence = "{file} is open in another window."
    next_step = "Go on there, or open it here to read only."


# ── writing ──────────────────────────────────────────────────────────────────────────────────────


class WriteError(CuesmithError):
    """Something could not be written."""

    code = "write"


class OutputExists(WriteError):
    """Params: file."""

    code = "write.exists"
    sentence = "{file} is already there and was left as it is."
    next_step = "Choose another name, or say --overwrite."
    exit_code = 2


class DiskFull(WriteError):
    """Params: file."""

    code = "write.full"
    sentence = "The disk is full: {file} could not be written. What was there before is unchanged."
    next_step = "Make space and try again."


class CannotWrite(WriteError):
    """Params: file, cause."""

    code = "write.refused"
    sentence = "{file} could not be written ({cause}). What was there before is unchanged."
    next_step = "Choose another folder."


class CannotRender(WriteError):
    """ffmpeg could not make a film. Params: file, cause."""

    code = "write.render"
    sentence = "{file} could not be made ({cause}). What was there before is unchanged."
    next_step = "Choose another format, or look into the details."


# ── engines and children ─────────────────────────────────────────────────────────────────────────


class EngineError(CuesmithError):
    """A model or engine failed. Params: engine, cause."""

    code = "engine"
    sentence = "The engine “{engine}” stopped ({cause})."
    next_step = "Run it again; what came before is kept."


class EngineMissing(EngineError):
    """Params: engine, cause."""

    code = "engine.missing"
    sentence = "The engine “{engine}” is not installed ({cause})."
    next_step = "Install it, or choose another engine."


class ModelMissing(EngineMissing):
    """Its model can be downloaded or imported. Params: engine, cause."""

    code = "engine.model_missing"
    sentence = "The model of “{engine}” is not installed ({cause})."
    next_step = (
        "Get it: File, Models, or “cuesmith models get {engine}”. Without a network: “cuesmith models import FOLDER”."
    )


class EngineMemory(EngineError):
    """Params: engine, device."""

    code = "engine.memory"
    sentence = "There is not enough memory on {device} for the engine “{engine}”."
    next_step = "Close other programs, take shorter pieces or a smaller model; what came before is kept."


class AlignmentFailed(EngineError):
    """Params: engine, cause."""

    code = "engine.alignment"
    sentence = "The text could not be timed by “{engine}” ({cause})."
    next_step = "Check that the text is what is spoken."


# ── the microphone ───────────────────────────────────────────────────────────────────────────────


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


# ── models: found, fetched, kept ─────────────────────────────────────────────────────────────────


class WeightsError(CuesmithError):
    """A model could not be got or kept."""

    code = "weights"


class UnknownModel(WeightsError):
    """Params: model, known (comma separated)."""

    code = "weights.unknown"
    sentence = "There is no model called “{model}”."
    next_step = "Choose one of: {known}."
    exit_code = 2


class ModelNotHere(WeightsError):
    """Params: model."""

    code = "weights.not_here"
    sentence = "The model {model} is not installed."
    next_step = "“cuesmith models list” shows what is."
    exit_code = 2


class ModelElsewhere(WeightsError):
    """Another program keeps it, so it is only read. Params: model, folder."""

    code = "weights.elsewhere"
    sentence = "The model {model} lies in {folder}, which other programs use, so it was left there."
    next_step = "Remove it there by hand if nothing else needs it."
    exit_code = 2


class ModelDamaged(WeightsError):
    """Params: model, file, cause."""

    code = "weights.damaged"
    sentence = "{file} of the model {model} is not whole ({cause})."
    next_step = "Remove the model and get it again."


class FetchUnderWay(WeightsError):
    """Params: model."""

    code = "weights.under_way"
    sentence = "Another window or command is just getting the model {model}."
    next_step = "Let that one finish, or stop it first."


class NoSpace(WeightsError):
    """Looked at before anything is written. Params: model, folder, needed, free."""

    code = "weights.space"
    sentence = "{model} needs {needed}, and only {free} are free in {folder}."
    next_step = "Make space, or move the models to another disk: “cuesmith models move FOLDER”, or Models, Change."


class BadAddress(WeightsError):
    """Params: address."""

    code = "weights.address"
    sentence = "“{address}” is no address that models can be got from."
    next_step = "Give one that begins with https://, in the settings or in HF_ENDPOINT."
    exit_code = 2


class SourcesFailed(WeightsError):
    """No source gave it. Params: model, causes (each source with its cause)."""

    code = "weights.sources"
    sentence = "{model} could not be downloaded ({causes})."
    next_step = (
        "Check the network or the proxy and try again: what has come is kept. "
        "Or bring its files on a stick: “cuesmith models import FOLDER”, or Models, From a folder."
    )


class SourceError(WeightsError):
    """One source did not give it. Params of all: source, cause (a few words)."""

    code = "weights.source"
    sentence = "{source} did not give the model ({cause})."
    next_step = "Try again later: what has come is kept. Or set another address in HF_ENDPOINT."


class SourceUnreachable(SourceError):
    """Params: source, cause."""

    code = "weights.unreachable"
    sentence = "{source} cannot be reached ({cause})."
    next_step = "Check the network or the proxy and try again: what has come is kept."


class SourceRefused(SourceError):
    """Params: source, cause."""

    code = "weights.refused"
    sentence = "{source} refuses the download ({cause})."
    next_step = "A firewall or proxy may stand between: ask who runs it, or set another address in HF_ENDPOINT."


class SourceLacks(SourceError):
    """Params: source, cause."""

    code = "weights.lacks"
    sentence = "{source} does not have the model ({cause})."
    next_step = "Use another address, or import the model from a folder."


class SourceBusy(SourceError):
    """Params: source, cause, wait_s."""

    code = "weights.busy"
    sentence = "{source} asks to wait {wait_s} s ({cause})."
    next_step = "Try again after that: what has come is kept."


class SourceBroken(SourceError):
    """Params: source, cause."""

    code = "weights.broken"
    sentence = "{source} stopped in the middle or answered nonsense ({cause})."
    next_step = "Try again later: what has come is kept."


class WrongContent(SourceError):
    """Params: source, cause, file."""

    code = "weights.wrong_content"
    sentence = "{file} from {source} is not the published file ({cause}); it was thrown away."
    next_step = "Try again. If it happens again, something between changes the file: use another address or network."


class WorkerError(CuesmithError):
    """A child process failed. Params: child."""

    code = "worker"
    sentence = "The {child} process failed."
    next_step = "What came before is kept. Start the job again: it goes on from there."


class WorkerDied(WorkerError):
    """Params: child, cause."""

    code = "worker.died"
    sentence = "The {child} process ended unexpectedly ({cause}). What came before is kept."
    next_step = "Start the job again: it goes on from there."


class WorkerHung(WorkerError):
    """Params: child, seconds."""

    code = "worker.hung"
    sentence = "The {child} process gave no sign for {seconds} s and was ended. What came before is kept."
    next_step = "Start the job again: it goes on from there."


class UnknownMessage(WorkerError):
    """Params: child, what."""

    code = "worker.message"
    sentence = "The {child} process sent something unreadable ({what})."
    next_step = "What came before is kept. Start the job again; if it happens again, send the log."


class MessageTooLarge(WorkerError):
    """Params: child, size, limit."""

    code = "worker.too_large"
    sentence = "The {child} process sent a message of {size} bytes, over the limit of {limit}."
    next_step = "What came before is kept. Start the job again; if it happens again, send the log."


class InternalError(CuesmithError):
    """A fault of ours. Params: what."""

    code = "internal"
    sentence = "Something in the program went wrong ({what}). Your work is kept."
    next_step = "Try again; --debug shows where it happened."


def all_error_classes() -> Iterator[type[CuesmithError]]:
    """Every error class, the base first."""
    queue: list[type[CuesmithError]] = [CuesmithError]
    while queue:
        cls = queue.pop(0)
        yield cls
        queue.extend(cls.__subclasses__())


def error_class(code: str) -> type[CuesmithError] | None:
    """The class with this code, or None."""
    return next((cls for cls in all_error_classes() if cls.code == code), None)


def wrap_unexpected(error: BaseException, details: str = "") -> CuesmithError:
    """`error` itself where it is one of ours, else an `InternalError` that names it."""
    if isinstance(error, CuesmithError):
        return error
    return InternalError(what=f"{type(error).__name__}: {error}"[:300], details=details)
