"""What is said while files are opened: what stopped, what is safe, what to do. Makes messages; shows none."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from app.i18n import tr
from app.messages import Message, Offer
from core.document.project.films import Found
from core.document.project.recoveries import Unnamed
from core.errors import CuesmithError, FileMissing
from core.progress import Notice

CHILD_FAILED = "opening.child"
"""Code of the message that a film's reading ended badly; the film was taken from the player."""

CUES = "opening.cues"


def film_missing(name: str, found: Found) -> Message:
    """The cues are here, their film is not."""
    title = tr("The film “{0}” was not found.").format(name)
    if found.other:
        title = tr("“{0}” is not the film these cues belong to.").format(name)
    elif found.placeholder:
        title = tr("The film “{0}” is here by name only; the sync service has it.").format(name)
    text = tr("Your cues are here. Open the film from where it is now, and it joins them.")
    return Message(FileMissing.code, title, text)


def child_failed(path: Path, error: CuesmithError, what_is_safe: str, again: Callable[[], object]) -> Message:
    """The media child died on a film."""
    title = tr("“{0}” could not be read: {1}").format(path.name, error.what_happened(tr))
    return Message(CHILD_FAILED, title, what_is_safe, (Offer(tr("Try again"), again),), error.details)


def cues_found(
    earlier: Unnamed | None,
    files: tuple[Path, ...],
    go_on: Callable[[Unnamed], object],
    add: Callable[[Path], object],
) -> Message | None:
    """Work of an earlier run on this film, or what lies beside it; None for neither."""
    offers = [Offer(tr("Open {0}").format(path.name), partial(add, path)) for path in files[:2]]
    title = tr("There are subtitles beside this film.")
    text = tr("Open them to go on with them, or recognise anew.")
    if earlier is not None:
        offers.insert(0, Offer(tr("Go on with {0} cues").format(earlier.cues), partial(go_on, earlier)))
        title = tr("You have worked on this film before.")
        text = tr("Your last step was “{0}”.").format(earlier.last_step) if earlier.last_step else ""
    return Message(CUES, title, text, tuple(offers), kind="info") if offers else None


def noticed(notice: Notice) -> Message:
    """Something to know that stopped nothing."""
    return Message(notice.code, notice.said(tr), kind="warning" if notice.finding else "info")
