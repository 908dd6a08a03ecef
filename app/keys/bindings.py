"""Which keys are in force: a set, and what a person changed in it; kept in a small file. Knows no widget but Qt's keys.

A change belongs to its set: who changes sets and comes back finds his own again. Two actions on one key are named, not
forbidden: Qt then does neither, so the page that makes them says so.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from PySide6.QtGui import QKeySequence

from app.action import Action
from app.keys.sets import SUBTITLE_EDIT, Keys, keys_of
from core import paths
from core.files import make_folder, write_atomically
from core.progress import Notice

_MAX_FILE_BYTES = 256 * 1024
_MOST_KEYS = 4


@dataclass(frozen=True, slots=True)
class Bindings:
    """The keys in force.

    Attributes:
        actions: the table. set_name: the set they are based on.
        changes: per set, the keys of actions that a person gave other ones.
    """

    actions: tuple[Action, ...]
    set_name: str = SUBTITLE_EDIT
    changes: Mapping[str, Mapping[str, Keys]] = field(default_factory=dict)

    def keys(self) -> dict[str, Keys]:
        """The keys of every action, by its id."""
        base = keys_of(self.set_name, self.actions)
        return base | {name: keys for name, keys in self._own().items() if name in base}

    def with_set(self, set_name: str) -> Bindings:
        """Based on another set."""
        return replace(self, set_name=set_name)

    def with_keys(self, action_id: str, keys: Keys) -> Bindings:
        """With other keys for an action; the set's own where they are that."""
        return self._with_own(self._own() | {action_id: normal(keys)})

    def with_many(self, found: Mapping[str, Keys]) -> Bindings:
        """With other keys for several actions; each key is taken from the action that had it."""
        taken = {key for keys in found.values() for key in normal(keys)}
        freed = {
            name: tuple(key for key in keys if key not in taken)
            for name, keys in self.keys().items()
            if taken.intersection(keys)
        }
        return self._with_own(self._own() | freed | {name: normal(keys) for name, keys in found.items()})

    def restored(self, action_id: str = "") -> Bindings:
        """With the set's own keys for an action; "" = for all."""
        return self._with_own({name: keys for name, keys in self._own().items() if action_id and name != action_id})

    def is_changed(self, action_id: str) -> bool:
        """Whether a person gave it other keys than the set does."""
        return action_id in self._own()

    def conflicts(self) -> dict[str, tuple[str, ...]]:
        """Keys that several actions have, with the actions' ids."""
        having: dict[str, list[str]] = {}
        for name, keys in self.keys().items():
            for key in normal(keys):
                having.setdefault(key, []).append(name)
        return {key: tuple(names) for key, names in having.items() if len(names) > 1}

    def who_has(self, key: str) -> tuple[str, ...]:
        """Ids of the actions on a key."""
        wanted = normal((key,))
        return tuple(name for name, keys in self.keys().items() if set(wanted) & set(normal(keys)))

    def _own(self) -> dict[str, Keys]:
        return dict(self.changes.get(self.set_name, {}))

    def _with_own(self, own: Mapping[str, Keys]) -> Bindings:
        base = keys_of(self.set_name, self.actions)
        kept = {name: keys for name, keys in own.items() if name in base and keys != base[name]}
        return replace(self, changes={**self.changes, self.set_name: kept})


def normal(keys: Iterable[str]) -> Keys:
    """Keys as Qt writes them portably, each once; what is no key is left out."""
    written = (QKeySequence(key).toString(QKeySequence.SequenceFormat.PortableText) for key in keys)
    return tuple(dict.fromkeys(key for key in written if key))[:_MOST_KEYS]


def native_key(key: str) -> str:
    """A key as this system writes it."""
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)


def keys_path() -> Path:
    """Where changes are kept."""
    return paths.config_dir() / "keys.json"


def load_changes(path: Path | None = None) -> tuple[dict[str, dict[str, Keys]], tuple[Notice, ...]]:
    """What a person changed, and what could not be used of it; a damaged file gives none."""
    path = path if path is not None else keys_path()
    try:
        with path.open("rb") as file:
            values = json.loads(file.read(_MAX_FILE_BYTES))
    except FileNotFoundError:
        return {}, ()
    except (OSError, ValueError, RecursionError):
        text = "{file} cannot be read; the set's own keys are used."
        return {}, (Notice("keys.unusable", text, {"file": path.name}),)
    return _changes_in(values), ()


def save_changes(bindings: Bindings, path: Path | None = None) -> None:
    """Keep what a person changed.

    Raises:
        WriteError: it could not be written; what was there is unchanged.
    """
    path = path if path is not None else keys_path()
    make_folder(path.parent, path)
    values = {name: dict(own) for name, own in bindings.changes.items() if own}
    write_atomically(path, json.dumps(values, indent=2).encode() + b"\n", overwrite=True)


def _changes_in(values: Any) -> dict[str, dict[str, Keys]]:
    """What of a file's content is of the right kind."""
    if not isinstance(values, dict):
        return {}
    return {
        str(set_name): {
            str(name): normal(key for key in keys if isinstance(key, str))
            for name, keys in own.items()
            if isinstance(keys, list)
        }
        for set_name, own in values.items()
        if isinstance(own, dict)
    }
