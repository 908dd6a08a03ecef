"""The timeline's tools, one a file. A tool gets a position and the document and returns an Edit. Knows no Qt.

To add one: write `tools/<name>.py` with a class that follows `base.Tool`, and name it in `TOOLS`. A tool keeps what it
holds between press and release and nothing else; it never changes a document, a view or a selection itself but says in
an `Outcome` what it wants.
"""

from __future__ import annotations

from importlib import import_module

from app.timeline.tools.base import Facts, Outcome, Pointer, Tool

TOOLS: dict[str, str] = {
    "select": "app.timeline.tools.select:SelectTool",
    "range": "app.timeline.tools.range:RangeTool",
}
"""Where each tool's class is."""


def tool(name: str) -> Tool:
    """A fresh tool of this name.

    Raises:
        KeyError: there is none; a fault of ours.
    """
    module, _, cls = TOOLS[name].partition(":")
    made: Tool = getattr(import_module(module), cls)()
    return made


__all__ = ["Facts", "Outcome", "Pointer", "TOOLS", "Tool", "tool"]
