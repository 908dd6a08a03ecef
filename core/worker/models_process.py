"""The child that gets and keeps models: downloads, copies, conversions, the speed probe. May be killed at any time.

A process of its own, because a download takes hours, hashing and conversion are heavy, and the engine's process
switches the network off for itself. What it does to each request stands in `models_work`.
"""

from __future__ import annotations

from multiprocessing.connection import Connection
from typing import Any, Final, get_args

from core.worker.child import ENGINE_NICENESS, ParentLink, prepare, step_back
from core.worker.media_process import Media
from core.worker.model_messages import ModelRequest

CHILD: Final = "models"
WORK: Final = "core.worker.models_work:work_for"


def main(connection: Connection[Any, Any], log_file: str, work: str = WORK) -> None:
    """Where the spawned child begins; returns on `Shutdown`.

    Args:
        work: "module:function" that gives the generator of a request's replies; tests name a stand-in.
    """
    prepare(log_file)
    step_back(ENGINE_NICENESS)
    link = ParentLink(connection, CHILD)
    models = Media(link.send, work, takes=get_args(ModelRequest), child=CHILD)
    link.serve(models)
    models.work_until_shut_down()
