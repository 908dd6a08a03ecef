"""What is said where cues count from 01:00:00:00 and their film from 0, and the step that moves them. No widget."""

from __future__ import annotations

from fractions import Fraction

from app.editor.session import Session
from app.i18n import tr
from app.messages import Message, Offer
from app.wording import clock
from core.document.start_code import counted_from_zero, hours_late

LATE = "opening.hours"


def late_message(session: Session, hour_ms: Fraction) -> Message | None:
    """For cues that were just read; None where they lie in the film, or nobody knows how long that is."""
    bridge, info = session.bridge, session.info
    duration_ms = info.duration_ms if info is not None else 0
    history, cues = bridge.history, bridge.document.cues
    hours = hours_late(cues, duration_ms, hour_ms)
    if not hours:
        return None

    def move() -> None:
        still = hours_late(bridge.document.cues, duration_ms, hour_ms)
        if still and bridge.history is history:
            bridge.apply(counted_from_zero(bridge.document, still, hour_ms))

    title = tr("The cues count from {0}, and the film from 0.").format(f"{hours:02d}:00:00:00")
    text = tr("The first begins at {0}, the film ends at {1}. Their times are as in the file until you move them.")
    offer = Offer(tr("Move them {0} h earlier").format(hours), move)
    said = text.format(clock(cues[0].start_ms), clock(duration_ms))
    return Message(LATE, title, said, (offer,), kind="warning")
