"""The table of actions as Qt has it: actions with their keys, menus, buttons, context menus. Knows no verb.

What is possible is looked at once per turn of the event loop, however much has changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QPushButton, QToolButton, QWidget

from app import theme
from app.action import Action, Hands, State
from app.actions import ACTIONS, MENUS, by_id
from app.i18n import tr
from app.keys.sets import Keys
from app.wording import with_key


class ActionButton(QPushButton):
    """A button with an action's text; possible, on and explained as the action is."""

    def __init__(self, action: QAction, text: str, icon: str, role: str) -> None:
        super().__init__(text)
        self._action, self._icon_name = action, icon
        self.setProperty("role", role)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click must not take Space from the player
        self.setAccessibleName(text)
        self.setCheckable(action.isCheckable())
        self.clicked.connect(self._trigger)
        action.changed.connect(self._follow)
        self._follow()

    @Slot()
    def _trigger(self) -> None:
        self._action.trigger()

    @Slot()
    def _follow(self) -> None:
        self.setEnabled(self._action.isEnabled())
        self.setChecked(self._action.isChecked())
        self.setToolTip(self._action.toolTip())
        if self._icon_name:
            token = "onaccent" if self.property("role") == "primary" else "text2"
            self.setIcon(theme.current().icon(self._icon_name, token))


class ActionSet(QObject):
    """One QAction for each line of the table. Call `refresh` whenever something they look at may have changed.

    Signals:
        looked(State): actions are as possible as this state makes them.
    """

    looked = Signal(object)

    def __init__(self, hands: Hands, look: Callable[[], State], window: QWidget) -> None:
        """`look` gives the state; `window` gets the keys."""
        super().__init__(window)
        self._hands, self._look = hands, look
        self._made: dict[str, QAction] = {}
        self._keys: Mapping[str, Keys] = {action.id: action.keys for action in ACTIONS}
        self._plain = True
        self._seen: State | None = None
        self._with_icon: set[str] = set()
        for action in ACTIONS:
            made = self._make(action)
            self._made[action.id] = made
            window.addAction(made)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self.refresh_now)
        theme.current().changed.connect(self._tint)

    def __getitem__(self, action_id: str) -> QAction:
        return self._made[action_id]

    def refresh(self) -> None:
        """Look again, soon."""
        self._soon.start()

    def refresh_now(self) -> None:
        """Look again."""
        state = self._look()
        if state == self._seen:
            return
        self._seen = state
        self.looked.emit(state)
        for action in ACTIONS:
            made = self._made[action.id]
            possible = action.enabled(state)
            made.setEnabled(possible)
            if action.label is not None:
                made.setText(action.label(state))
            if action.checked is not None:
                made.setChecked(action.checked(state))
            made.setToolTip(self._tip(action, made, possible=possible))

    def set_keys(self, keys: Mapping[str, Keys]) -> None:
        """Other keys, by the actions' ids; tooltips, menus and the palette follow."""
        before, self._keys = self._keys, keys
        for action in ACTIONS:
            if self.keys_of(action.id) != before.get(action.id, action.keys):
                self._made[action.id].setShortcuts(self._sequences(action.id))
        self._seen = None
        self.refresh_now()

    def keys_of(self, action_id: str) -> Keys:
        """The keys of an action, the first one shown."""
        return self._keys.get(action_id, ())

    def take_plain_keys(self, on: bool) -> None:
        """Whether keys without Ctrl or Alt that buttons use themselves (Space) belong to actions just now."""
        if on == self._plain:
            return
        self._plain = on
        for action_id, keys in self._keys.items():
            if "Space" in keys and action_id in self._made:
                self._made[action_id].setShortcuts(self._sequences(action_id))

    # ── drawn from the table ─────────────────────────────────────────────────────────────────────

    def fill(self, bar: QMenuBar) -> None:
        """The menus."""
        for title in MENUS:
            menu = bar.addMenu(f"&{tr(title)}")
            menu.setToolTipsVisible(True)
            self._put_in(menu, [action for action in ACTIONS if action.menu == title])

    def context_menu(self, parent: QWidget, *, words: bool = False) -> QMenu:
        """The menu of cues, or of words; the caller shows it."""
        menu = QMenu(parent)
        chosen = [action for action in ACTIONS if (action.word_context if words else action.context)]
        self._put_in(menu, chosen, nested=False)
        return menu

    def tool(self, action_id: str) -> QToolButton:
        """A button that is only an icon."""
        made = QToolButton()
        self._give_icon(action_id)
        made.setProperty("role", "tool")
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click must not take Space from the player
        made.setDefaultAction(self._made[action_id])
        made.setAccessibleName(tr(by_id(action_id).text))
        return made

    def push(self, action_id: str, role: str = "normal", *, icon: bool = True, dense: bool = False) -> QPushButton:
        """A button with the action's text; checkable where the action is."""
        spec = by_id(action_id)
        if icon:
            self._give_icon(action_id)
        made = ActionButton(self._made[action_id], tr(spec.text), spec.icon if icon else "", role)
        made.setProperty("dense", dense)
        return made

    def all(self) -> Iterable[tuple[Action, QAction]]:
        """The table with what was made of it, for the palette."""
        return ((action, self._made[action.id]) for action in ACTIONS)

    # ── inside ───────────────────────────────────────────────────────────────────────────────────

    def _make(self, action: Action) -> QAction:
        made = QAction(tr(action.text), self)
        made.setObjectName(action.id)
        made.setShortcuts(self._sequences(action.id))
        made.setIconVisibleInMenu(False)  # a picture beside every line helps nobody find one
        made.setCheckable(action.checked is not None)
        made.setAutoRepeat(action.repeats)
        made.setMenuRole(QAction.MenuRole.QuitRole if action.id == "file.quit" else QAction.MenuRole.NoRole)
        made.triggered.connect(lambda _checked=False: self._run(action))
        return made

    def _run(self, action: Action) -> None:
        action.run(self._hands)
        self.refresh()

    def _put_in(self, menu: QMenu, chosen: list[Action], *, nested: bool = True) -> None:
        group = min((action.group for action in chosen), default=0)
        inside: dict[str, QMenu] = {}
        for action in sorted(chosen, key=lambda action: action.group):
            if action.group != group:
                menu.addSeparator()
                group = action.group
            target = menu
            if nested and action.submenu:
                target = inside.get(action.submenu) or menu.addMenu(tr(action.submenu))
                inside[action.submenu] = target
                target.setToolTipsVisible(True)
            target.addAction(self._made[action.id])

    def _sequences(self, action_id: str) -> list[QKeySequence]:
        return [QKeySequence(key) for key in self.keys_of(action_id) if self._plain or key != "Space"]

    def _tip(self, action: Action, made: QAction, *, possible: bool) -> str:
        first = with_key(made.text().rstrip("…"), self.shown_key(action.id))
        rest = tr(action.tip) if possible or not action.why_not else tr(action.why_not)
        return f"{first}\n{rest}" if rest else first

    def shown_key(self, action_id: str) -> str:
        """The first key of an action as this system writes it; "" where it has none."""
        keys = self.keys_of(action_id)
        return QKeySequence(keys[0]).toString(QKeySequence.SequenceFormat.NativeText) if keys else ""

    def _tint(self, _tokens: object = None) -> None:
        for action_id in self._with_icon:
            self._made[action_id].setIcon(theme.current().icon(by_id(action_id).icon, "text2"))
            self._made[action_id].changed.emit()

    def _give_icon(self, action_id: str) -> None:
        """Icons are drawn for the actions that have a button; drawing all would hold up the start."""
        if by_id(action_id).icon and action_id not in self._with_icon:
            self._with_icon.add(action_id)
            self._made[action_id].setIcon(theme.current().icon(by_id(action_id).icon, "text2"))
