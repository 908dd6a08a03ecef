"""Get a model by its id as a person asks for it: nothing where it is there already, else from the sources that are set.

What windows, commands and the child that fetches have in common. Knows no window.
"""

from __future__ import annotations

from collections.abc import Iterator

from core.progress import CancelToken, Notice
from core.settings import Settings
from core.weights.catalogue import model
from core.weights.fetch import fetch
from core.weights.inventory import State, held
from core.weights.patience import Patience
from core.weights.progress import FetchProgress
from core.weights.sources import sources_of


def get(model_id: str, settings: Settings, cancel: CancelToken) -> Iterator[FetchProgress | Notice]:
    """Bring the model of this id in; what had come before is gone on with, and one that is there is left alone.

    Raises:
        UnknownModel, BadAddress: as asked for or set, it cannot be.
        WeightsError, WriteError: as `fetch`.
        Cancelled: the token was set; what came is kept.
    """
    wanted = model(model_id)
    if held(wanted).state is State.INSTALLED:
        return
    patience = Patience()
    sources = sources_of(settings, patience)
    try:
        yield from fetch(wanted, sources, cancel, patience=patience)
    finally:
        for source in sources:
            source.close()
