"""A document of what a subtitle file held. Knows no film, no project and no format but by its name.

Everything a file carries beside its cues comes along, so that a file that was opened and written again is the same:
what stands above the cues is kept under the format's name, and cues are in the file's language where they name none.
"""

from __future__ import annotations

from dataclasses import replace

from core.document.document import Document, Unmatched
from core.subtitles import registry
from core.subtitles.protocol import Subtitles, family


def of_subtitles(read: Subtitles) -> Document:
    """The document that begins with these."""
    language = read.language
    cues = tuple(replace(cue, language=language) if language and not cue.language else cue for cue in read.cues)
    return Document(
        cues=cues,
        header={family(registry.by_id(read.format)): read.header} if read.header and read.format else {},
        frame_rate=read.frame_rate,
        start_timecode=read.start_timecode_ms,
        styles=dict(read.styles),
        unmatched=tuple(Unmatched(one.line, one.text) for one in read.unmatched),
    )
