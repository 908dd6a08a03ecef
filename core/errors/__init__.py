"""Every mistake the program can meet: a class, a code, parameters, an English sentence and a next step.

Knows no language but English and no window: the window translates by `code`, the command line prints `str(error)`.
Errors cross the process border as `Failure` (plain data) and come back as the class they were, found by code.
One file a room, all of them read here, so that a code is always found. A new error is a class in its room's file, a
line in the tree and a name at the end.

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
    │   ├── TooLarge                more than a project keeps in one piece
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
    │   ├── MicrophoneStuck         the same, and its driver hangs
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

from core.errors.base import (
    CuesmithError,
    Failure,
    InternalError,
    Param,
    all_error_classes,
    error_class,
    wrap_unexpected,
)
from core.errors.engine import AlignmentFailed, EngineError, EngineMemory, EngineMissing, ModelMissing
from core.errors.input import (
    BadArgument,
    CheckpointUnusable,
    InputError,
    LanguageUnsupported,
    StyleUnreadable,
    UnknownEngine,
    UnknownFormat,
    UnknownLanguage,
    UnknownStyle,
)
from core.errors.media import (
    BadSamples,
    ContainerRefused,
    FileChanged,
    FileEmpty,
    FileMissing,
    FileUnreadable,
    MediaError,
    MediaUnreadable,
    NoAudioTrack,
    NoPicture,
    NotMedia,
    PlaybackFailed,
    TrackMissing,
)
from core.errors.microphone import (
    MicrophoneAway,
    MicrophoneBusy,
    MicrophoneError,
    MicrophoneFailed,
    MicrophoneGone,
    MicrophoneRefused,
    MicrophoneStuck,
    NoMicrophone,
    SoundLibraryMissing,
)
from core.errors.project import ProjectInUse, ProjectUnreadable
from core.errors.subtitles import SubtitleError, SubtitleUnreadable
from core.errors.weights import (
    BadAddress,
    FetchUnderWay,
    ModelDamaged,
    ModelElsewhere,
    ModelNotHere,
    NoSpace,
    SourceBroken,
    SourceBusy,
    SourceError,
    SourceLacks,
    SourceRefused,
    SourcesFailed,
    SourceUnreachable,
    UnknownModel,
    WeightsError,
    WrongContent,
)
from core.errors.worker import MessageTooLarge, UnknownMessage, WorkerDied, WorkerError, WorkerHung
from core.errors.writing import CannotRender, CannotWrite, DiskFull, OutputExists, TooLarge, WriteError

__all__ = [
    # base
    "Param",
    "Failure",
    "CuesmithError",
    "InternalError",
    "all_error_classes",
    "error_class",
    "wrap_unexpected",
    # input
    "InputError",
    "BadArgument",
    "UnknownEngine",
    "UnknownFormat",
    "UnknownStyle",
    "StyleUnreadable",
    "LanguageUnsupported",
    "UnknownLanguage",
    "CheckpointUnusable",
    # media
    "MediaError",
    "FileMissing",
    "FileEmpty",
    "FileUnreadable",
    "FileChanged",
    "PlaybackFailed",
    "NotMedia",
    "ContainerRefused",
    "NoAudioTrack",
    "NoPicture",
    "TrackMissing",
    "MediaUnreadable",
    "BadSamples",
    # subtitles
    "SubtitleError",
    "SubtitleUnreadable",
    # project
    "ProjectUnreadable",
    "ProjectInUse",
    # writing
    "WriteError",
    "OutputExists",
    "DiskFull",
    "TooLarge",
    "CannotWrite",
    "CannotRender",
    # engine
    "EngineError",
    "EngineMissing",
    "ModelMissing",
    "EngineMemory",
    "AlignmentFailed",
    # microphone
    "MicrophoneError",
    "SoundLibraryMissing",
    "NoMicrophone",
    "MicrophoneAway",
    "MicrophoneGone",
    "MicrophoneBusy",
    "MicrophoneRefused",
    "MicrophoneStuck",
    "MicrophoneFailed",
    # weights
    "WeightsError",
    "UnknownModel",
    "ModelNotHere",
    "ModelElsewhere",
    "ModelDamaged",
    "FetchUnderWay",
    "NoSpace",
    "BadAddress",
    "SourcesFailed",
    "SourceError",
    "SourceUnreachable",
    "SourceRefused",
    "SourceLacks",
    "SourceBusy",
    "SourceBroken",
    "WrongContent",
    # worker
    "WorkerError",
    "WorkerDied",
    "WorkerHung",
    "UnknownMessage",
    "MessageTooLarge",
]
