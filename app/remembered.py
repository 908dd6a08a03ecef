"""What the window remembers by itself: its place, its splitters, the files opened last. Knows no window.

Not settings: nobody chose these, and losing them costs nothing. Kept as `window.ini` beside the settings.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

from core import paths

MOST_RECENT = 10


class Remembered:
    """Place, sizes and recent files of the window."""

    def __init__(self, path: Path | None = None) -> None:
        file = path if path is not None else paths.config_dir() / "window.ini"
        self._kept = QSettings(str(file), QSettings.Format.IniFormat)

    def state(self, name: str) -> QByteArray:
        """What `saveState` or `saveGeometry` of the thing called `name` gave last time; empty for nothing."""
        value = self._kept.value(f"state/{name}")
        return value if isinstance(value, QByteArray) else QByteArray()

    def keep_state(self, name: str, state: QByteArray) -> None:
        """Remember a state."""
        self._kept.setValue(f"state/{name}", state)

    def recent(self) -> tuple[Path, ...]:
        """Files opened last, the latest first."""
        value = self._kept.value("recent")
        names = [value] if isinstance(value, str) else value if isinstance(value, list) else []
        return tuple(Path(str(name)) for name in names if name)[:MOST_RECENT]

    def keep_recent(self, path: Path) -> None:
        """Put a file at the top of the list."""
        others = [other for other in self.recent() if other != path]
        self._kept.setValue("recent", [str(one) for one in (path, *others)][:MOST_RECENT])

    def forget_recent(self, path: Path) -> None:
        """Take a file from the list: it is not there any more."""
        self._kept.setValue("recent", [str(one) for one in self.recent() if one != path])

    def close(self) -> None:
        """Write everything to disk."""
        self._kept.sync()
