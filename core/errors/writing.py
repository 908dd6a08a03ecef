"""Something that could not be written: subtitles, projects, films. What was there before is always kept."""

from __future__ import annotations

from core.errors.base import CuesmithError


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


class TooLarge(WriteError):
    """More than a project keeps in one piece. Params: what, hint (English texts), size_mib, limit_mib."""

    code = "write.too_large"
    sentence = "{what}: {size_mib} MiB, and a project keeps at most {limit_mib} MiB in one piece. Nothing was written."
    next_step = "{hint}"
    english_params = ("what", "hint")


class CannotRender(WriteError):
    """ffmpeg could not make a film. Params: file, cause."""

    code = "write.render"
    sentence = "{file} could not be made ({cause}). What was there before is unchanged."
    next_step = "Choose another format, or look into the details."
