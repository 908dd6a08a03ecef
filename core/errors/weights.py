"""A model that could not be found, fetched or kept. Loading it is the business of input.py and engine.py."""

from __future__ import annotations

from core.errors.base import CuesmithError


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
