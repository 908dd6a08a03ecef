"""What was given cannot be used: arguments, names nobody knows, model folders. Films and texts: see beside it."""

from __future__ import annotations

from core.errors.base import CuesmithError


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
    """None of that name, or one that is only read or only written. Params: format, known."""

    code = "input.format"
    sentence = "“{format}” is no subtitle format that can be used for this."
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
