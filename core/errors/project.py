"""A project or recovery file that cannot be opened, or is open elsewhere."""

from __future__ import annotations

from core.errors.subtitles import SubtitleError


class ProjectUnreadable(SubtitleError):
    """Params: file, cause."""

    code = "project.unreadable"
    sentence = "{file} cannot be read ({cause}). It was left as it is."
    next_step = "Open an older copy of it."


class ProjectInUse(ProjectUnreadable):
    """Another window works on it; it may be opened to read. Params: file."""

    code = "project.in_use"
    sentence = "{file} is open in another window."
    next_step = "Go on there, or open it here to read only."
