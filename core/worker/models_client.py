"""The window's side of the models' child. Like `client`, of which it is one more."""

from __future__ import annotations

from collections.abc import Callable

from core.worker import models_process
from core.worker.actor import Patience
from core.worker.client import Client
from core.worker.messages import Reply
from core.worker.session import ChildSpec


class ModelsClient(Client):
    """The child that gets and keeps models."""

    def __init__(
        self,
        deliver: Callable[[Reply], None],
        *,
        patience: Patience | None = None,
        work: str = models_process.WORK,
    ) -> None:
        """`work` names a function as "module:function"; tests name a stand-in."""
        super().__init__(ChildSpec(models_process.CHILD, models_process.main, (work,)), deliver, patience)


def modules() -> tuple[str, ...]:
    """The modules the child imports by name, for a frozen build to carry."""
    return (models_process.WORK.partition(":")[0],)
