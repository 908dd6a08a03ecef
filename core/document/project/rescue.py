"""Work whose file was deleted, replaced or changed while it was open: only this process has it. Knows no window."""

from __future__ import annotations

from core.document.project.opening import create_project
from core.document.project.project import Project
from core.document.stack import Stack
from core.progress import Notice


def rescued(project: Project, stack: Stack) -> Notice | None:
    """Keep `stack`, what is in an open project, as work without a name where closing the project would lose it.

    A project that was only moved has it all where it is now.

    Returns:
        What became of it; None where nothing would be lost.

    Raises:
        WriteError: it could not be kept.
    """
    project.leave_name()
    if stack.empty or not project.standing.nowhere:
        return None
    create_project(stack=stack, created=project.created).close()
    text = "{file} was deleted, replaced or changed while it was open. What was open is kept: as work without a name."
    return Notice("project.rescued", text, {"file": project.path.name}, finding=True)
