"""Where models come from, in the order they are asked: the hub (or a mirror of it), then ModelScope. Knows no HTTP.

A source says which files there are, with sizes and hashes, and where the bytes of one are. To add one: a class that
follows `Source`, and a place in `sources_of`.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol
from urllib.parse import urlsplit

from core.errors import BadAddress

if TYPE_CHECKING:
    from core.settings import Settings
    from core.weights.catalogue import Model
    from core.weights.patience import Patience

HUB = "https://huggingface.co"


@dataclass(frozen=True, slots=True)
class Remote:
    """A file as a source has it; "" and -1 where it does not say."""

    name: str
    size_bytes: int = -1
    sha256: str = ""
    blob_id: str = ""


@dataclass(frozen=True, slots=True)
class Where:
    """Where the bytes of a file are just now, and the source's mark for exactly these bytes ("" = none)."""

    url: str
    etag: str = ""


class Source(Protocol):
    """Gives files. Its questions may be asked on any thread.

    Attributes:
        name: its host, for people.
    """

    name: str

    def files(self, model: Model) -> Mapping[str, Remote]:
        """What it has of this model, by name.

        Raises:
            SourceError: it does not say.
        """
        ...

    def where(self, model: Model, file: str) -> Where:
        """Where a file's bytes are.

        Raises:
            SourceError: it does not say.
        """
        ...

    def close(self) -> None:
        """Let go of its connections."""
        ...


def sources_of(settings: Settings, patience: Patience) -> tuple[Source, ...]:
    """The sources in their order. The setting goes before HF_ENDPOINT, that before the hub's own address.

    Raises:
        BadAddress: one that was set is none.
    """
    from core.weights.hub import Hub
    from core.weights.modelscope import ModelScope

    made: list[Source] = [Hub(check_address(first_address(settings)), patience)]
    if settings.second_source:
        made.append(ModelScope(check_address(settings.second_source), patience))
    return tuple(made)


def first_address(settings: Settings) -> str:
    """The address that is asked first, as it was set."""
    return settings.hub_endpoint or os.environ.get("HF_ENDPOINT") or HUB


def check_address(text: str) -> str:
    """The address without white space and slashes around it.

    Raises:
        BadAddress: it is none.
    """
    parts = urlsplit(text.strip())
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise BadAddress(address=text)
    return text.strip().rstrip("/")


def host_of(address: str) -> str:
    """The host with its port, as people know it."""
    return urlsplit(address).netloc.rpartition("@")[2]
