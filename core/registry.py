"""A table of things named by string and imported when asked. Knows nothing of what it names.

Formats, recognizers, aligners, measures and commands are each one file; a registry names the files, so listing them
costs no import, and frozen builds can list what to carry (`modules()`).
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Mapping
from typing import Any, Generic, TypeVar

T = TypeVar("T")


class Registry(Generic[T]):
    """Maps an id to `"module:attribute"`.

    >>> Registry[type]({"od": "collections:OrderedDict"}).get("od").__name__
    'OrderedDict'
    """

    def __init__(self, entries: Mapping[str, str]) -> None:
        self._entries = dict(entries)

    def __contains__(self, entry_id: str) -> bool:
        return entry_id in self._entries

    def ids(self) -> tuple[str, ...]:
        """The ids in the order they were declared."""
        return tuple(self._entries)

    def get(self, entry_id: str) -> T:
        """The thing itself; imports its module.

        Raises:
            KeyError: no such id.
        """
        module, _, attribute = self._entries[entry_id].partition(":")
        found: Any = getattr(importlib.import_module(module), attribute)
        result: T = found
        return result

    def all(self) -> Iterator[tuple[str, T]]:
        """Every (id, thing); imports every module."""
        for entry_id in self._entries:
            yield entry_id, self.get(entry_id)

    def plus(self, entries: Mapping[str, str]) -> Registry[T]:
        """A registry with `entries` behind these; for what a higher room adds to a lower one's table."""
        return Registry({**self._entries, **entries})

    def modules(self) -> tuple[str, ...]:
        """The modules named, for a frozen build to carry."""
        return tuple(dict.fromkeys(target.partition(":")[0] for target in self._entries.values()))
