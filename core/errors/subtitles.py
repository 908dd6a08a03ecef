"""A text file that cannot be used. Knows no format."""

from __future__ import annotations

from core.errors.input import InputError


class SubtitleError(InputError):
    """A text file cannot be used."""

    code = "subtitle"


class SubtitleUnreadable(SubtitleError):
    """Params: file, format, cause."""

    code = "subtitle.unreadable"
    sentence = "{file} cannot be read as {format} ({cause})."
    next_step = "Check that it is that kind of file."
