"""What the timeline shows and what is selected, and the values made of it. Knows no widget and no events."""

from __future__ import annotations

from app.theme.tokens import Tokens
from app.timeline.index import CueIndex
from app.timeline.layout import Density, laid_out
from app.timeline.model import PlainModel, TimelineModel
from app.timeline.pointing import Pointing
from app.timeline.scene import NOTHING, Scene
from app.timeline.snapping import Pull
from app.timeline.tools import Facts
from app.timeline.viewport import Viewport
from app.timeline.word_search import word_at
from core.cue import Cue
from core.transcript import Word

LEAST_GAIN = 0.25
MOST_GAIN = 8.0


class State:
    """Where one looks, what is selected, what is held.

    Attributes:
        view: the stretch of time shown. layout: the lanes.
        selection: ids of cues. word: id of the selected word, or "".
        gain: height of the sound, 0.25…8.
        snapping: whether edges are pulled. following: whether the page turns with the playhead.
        min_gap_ms: kept free between cues that touch when one is dragged.
    """

    def __init__(self, tokens: Tokens) -> None:
        self.tokens = tokens
        self.model: TimelineModel = PlainModel()
        self.document = self.model.document
        self.index = CueIndex(self.document.cues)
        self.proposed = NOTHING
        self.view = Viewport()
        self.density = Density.NORMAL
        self.layout = laid_out(1, 1)
        self.selection: frozenset[str] = frozenset()
        self.word = ""
        self.range_ms: tuple[int, int] | None = None
        self.playhead_ms = 0
        self.gain = 1.0
        self.snapping = True
        self.following = True
        self.min_gap_ms = 0
        self.pull: Pull | None = None

    def read(self) -> None:
        """Take what the model says now; the cues are indexed anew only where they changed."""
        self.document = self.model.document
        if self.document.cues is not self.index.cues:
            self.index = self.index.updated(self.document.cues)
        new_times = self.model.notes.new_times
        if new_times is not self.proposed.cues:
            self.proposed = self.proposed.updated(new_times)
        self.view = self.view.lasting(self._duration_ms())

    def lay_out(self, width_px: int, height_px: int, *, growth: float, gutter_px: int) -> None:
        """Lanes for a widget of this size."""
        self.layout = laid_out(
            width_px, height_px, self.density, growth=growth, gutter_px=gutter_px, new_times=self.has_new_times
        )
        self.view = self.view.resized(self.layout.lanes_width_px)

    @property
    def has_new_times(self) -> bool:
        """Whether new times are there to be reviewed."""
        return bool(self.proposed.cues)

    def scene(self, scale: float) -> Scene:
        """The picture as it is now, on a screen of `scale` device pixels each."""
        return Scene(
            view=self.view, layout=self.layout, tokens=self.tokens, document=self.document, index=self.index,
            proposed=self.proposed,
            peaks=self.model.peaks, spectrum=self.model.spectrum, speech=self.model.speech, notes=self.model.notes,
            selection=self.selection,
            word=self.word, range_ms=self.range_ms, playhead_ms=self.playhead_ms, gain=self.gain, pull=self.pull,
            scale=scale,
        )  # fmt: skip

    def facts(self) -> Facts:
        """What a tool may look at."""
        return Facts(
            document=self.document,
            selection=self.selection,
            playhead_ms=self.playhead_ms,
            speech=self.model.speech,
            notes=self.model.notes,
            snapping=self.snapping,
            duration_ms=self.view.duration_ms,
            word=self.word,
            peaks=self.model.peaks,
            min_gap_ms=self.min_gap_ms,
        )

    def pointing(self) -> Pointing:
        """What lies where."""
        return Pointing(self.view, self.layout, self.index, self.selection, self.word)

    def proposed_at(self, x: float) -> Cue | None:
        """The cue whose new time lies at a pixel of the lanes, or None."""
        row = self.proposed.row_at(self.view.ms_at(x))
        return None if row is None else self.proposed.cues[row]

    def spoken(self) -> tuple[str, str]:
        """(cue id, word id) at the playhead, "" for none: what is drawn a step brighter."""
        row = self.index.row_at(self.playhead_ms)
        if row is None:
            return "", ""
        word = word_at(self.index.cues[row].words, self.playhead_ms)
        return self.index.cues[row].id, word.id if word else ""

    def selected_row(self) -> int | None:
        """The row of the first selected cue, or None."""
        rows = self.index.rows_of(self.selection)
        return rows[0] if rows else None

    def selected_cue(self) -> Cue | None:
        """The first selected cue, or None."""
        row = self.selected_row()
        return None if row is None else self.index.cues[row]

    def selected_word(self) -> Word | None:
        """The selected word, or None."""
        cue = self.selected_cue()
        return next((word for word in cue.words if word.id == self.word), None) if cue and self.word else None

    def _duration_ms(self) -> int:
        peaks, media = self.model.peaks, self.document.media
        last_cue_ms = max((cue.end_ms for cue in self.document.cues[-3:]), default=0)
        return max(peaks.duration_ms if peaks else 0, media.duration_ms if media else 0, last_cue_ms)
