"""What is said to and by the child that gets and keeps models. Part of `messages`; knows no network.

Every request is a job with one last word, as all of `messages`.
"""

from __future__ import annotations

from dataclasses import dataclass

from core.progress import Notice
from core.weights.progress import FetchProgress
from core.weights.suggest import Speed


@dataclass(frozen=True, slots=True)
class GetModel:
    """Download a model, or go on with one that is half here: `ModelProgress`, `ModelNotice`.

    Attributes:
        hub_endpoint, second_source: as in the settings.
    """

    job_id: str
    model_id: str
    hub_endpoint: str = ""
    second_source: str = ""


@dataclass(frozen=True, slots=True)
class ImportModels:
    """Bring in models from a folder or a file in one: `ModelProgress`, `ModelNotice`."""

    job_id: str
    path: str


@dataclass(frozen=True, slots=True)
class VerifyModel:
    """Read every byte and compare: `ModelProgress`."""

    job_id: str
    model_id: str


@dataclass(frozen=True, slots=True)
class RemoveModel:
    """Take a model away, with what is half here of it."""

    job_id: str
    model_id: str


@dataclass(frozen=True, slots=True)
class MoveModels:
    """Keep models in another folder, with all that are there: `ModelProgress`."""

    job_id: str
    folder: str


@dataclass(frozen=True, slots=True)
class ProbeSpeed:
    """Find out in about two seconds how quick this machine is: `SpeedFound`."""

    job_id: str


@dataclass(frozen=True, slots=True)
class ModelProgress:
    """How far it has come."""

    job_id: str
    progress: FetchProgress


@dataclass(frozen=True, slots=True)
class ModelNotice:
    """Something to know that stops nothing: another source, a file that is another than expected."""

    job_id: str
    notice: Notice


@dataclass(frozen=True, slots=True)
class SpeedFound:
    """How quick each recogniser of the catalogue would be here, and where it would run."""

    job_id: str
    speeds: tuple[Speed, ...]


ModelRequest = GetModel | ImportModels | VerifyModel | RemoveModel | MoveModels | ProbeSpeed
ModelReply = ModelProgress | ModelNotice | SpeedFound
