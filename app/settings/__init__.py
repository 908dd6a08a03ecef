"""The settings: a dialog with pages, one page a file.

How to add a page: write `app/settings/<name>.py` with `make(parts)`, which returns a widget, and name it in `PAGES`.
A page keeps what is chosen at once (`Parts.keep`); there is no OK and nothing to lose. Imports no page.
"""

from __future__ import annotations

PAGES: dict[str, tuple[str, str, str]] = {
    "editing": ("app.settings.editing", "Editing", "select"),
    "keys": ("app.settings.keys", "Keys", "info"),
    "dictation": ("app.settings.dictation", "Dictation", "microphone"),
    "models": ("app.settings.models", "Models", "download"),
    "storage": ("app.settings.storage", "Storage", "save"),
}
"""id → (module, title in English, icon), in the order they are listed"""
