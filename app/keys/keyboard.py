"""The keys in force in this program: given to the actions, kept when a person changes them. Knows no page."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from app.action_set import ActionSet
from app.actions import ACTIONS
from app.i18n import tr
from app.keys.bindings import Bindings, load_changes, save_changes
from app.messages import Message, Messages
from core.errors import WriteError


class Keyboard(QObject):
    """Holds the bindings.

    Signals:
        changed(): other keys are in force.
    """

    changed = Signal()

    def __init__(
        self, commands: ActionSet, set_name: str, messages: Messages, keep_set: Callable[[str], object]
    ) -> None:
        """`keep_set` remembers which set was chosen."""
        super().__init__(commands)
        self._commands, self._messages, self._keep_set = commands, messages, keep_set
        changes, notices = load_changes()
        self._bindings = Bindings(ACTIONS, set_name, changes)
        for notice in notices:
            messages.tell(Message(notice.code, notice.said(tr), kind="warning"))
        commands.set_keys(self._bindings.keys())

    @property
    def bindings(self) -> Bindings:
        """What is in force."""
        return self._bindings

    @property
    def commands(self) -> ActionSet:
        """The actions that have these keys."""
        return self._commands

    def put(self, bindings: Bindings) -> None:
        """Other keys from now on, and on the next start."""
        before, self._bindings = self._bindings, bindings
        self._commands.set_keys(bindings.keys())
        if bindings.set_name != before.set_name:
            self._keep_set(bindings.set_name)
        if bindings.changes != before.changes:
            try:
                save_changes(bindings)
            except WriteError as error:
                self._messages.error(error)
        self.changed.emit()
