"""A film or recording that cannot be used. Knows files and tracks; writing and microphones are elsewhere."""

from __future__ import annotations

from core.errors.input import InputError


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
