"""What a person does to the window itself: panes, zoom, theme, palette. Changes no document."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from app import theme
from app.theme.scheme import Choice

if TYPE_CHECKING:
    from app.editor.film_facts import FilmFacts
    from app.editor.page import EditorPage


@dataclass(slots=True)
class ViewState:
    """Switches that actions show as on or off."""

    snapping: bool = True
    following: bool = True
    range_tool: bool = False


@dataclass(slots=True)
class ViewVerbs:
    """Panes, zoom, theme, palette.

    Attributes:
        editor: gives the editor, which is made when it is first needed.
        ask_palette: shows the command palette; set by the window.
        facts: what else is found out about the film; set by the window.
        keep_theme: remembers the choice; set by the application. ask_settings: shows the settings; likewise.
        ask_rebuild: shows what cues built anew would be. ask_table: writes the findings; both likewise.
        ask_look: shows the style of the picture; likewise. ask_keys, ask_sheet: the page of keys, and all at a glance.
    """

    editor: Callable[[], EditorPage]
    state: ViewState = field(default_factory=ViewState)
    ask_palette: Callable[[], object] = lambda: None
    keep_theme: Callable[[str], object] = lambda _choice: None
    facts: FilmFacts | None = None
    ask_keys: Callable[[], object] = lambda: None
    ask_sheet: Callable[[], object] = lambda: None
    ask_settings: Callable[[], object] = lambda: None
    ask_look: Callable[[], object] = lambda: None
    ask_rebuild: Callable[[], object] = lambda: None
    ask_table: Callable[[], object] = lambda: None

    @property
    def page(self) -> EditorPage:
        """The editor."""
        return self.editor()

    def palette(self) -> None:
        """Every command by its name."""
        self.ask_palette()

    def settings(self) -> None:
        """What a person chose, and what the program keeps on the disk."""
        self.ask_settings()

    def change_keys(self) -> None:
        """Give commands other keys."""
        self.ask_keys()

    def key_sheet(self) -> None:
        """Every key at a glance."""
        self.ask_sheet()

    def rebuild(self) -> None:
        """Build the cues anew, with a preview."""
        self.ask_rebuild()

    def save_findings(self) -> None:
        """Write the findings as a table."""
        self.ask_table()

    def look(self) -> None:
        """Font, size, colours and place of the cues on the picture."""
        self.ask_look()

    def theme(self, choice: str) -> None:
        """Light, dark, or as the system."""
        theme.current().choose(Choice(choice))
        self.keep_theme(choice)

    def pane(self, step: int) -> None:
        """The next pane (+1) or the one before (-1)."""
        self.page.focus_pane(step)

    def find(self) -> None:
        """Search in the cues' text."""
        self.page.table.focus_find()

    def next_finding(self, step: int = 1) -> None:
        """The next (+1) or previous (-1) cue that does not keep to the style."""
        self.page.review.show()
        self.page.review.next_finding() if step > 0 else self.page.review.previous_finding()

    def history(self) -> None:
        """The list of steps."""
        self.page.review.show()
        self.page.review.show_history()

    def detach(self) -> None:
        """The picture in its own window, or back."""
        self.page.player.toggle_detached()

    def full_screen(self) -> None:
        """The picture over the whole screen, or back."""
        self.page.player.toggle_full_screen()

    # ── timeline ─────────────────────────────────────────────────────────────────────────────────

    def tool(self, name: str) -> None:
        """Take a tool in hand."""
        self.state.range_tool = name == "range"
        self.page.timeline.view.set_tool(name)

    def zoom(self, factor: float) -> None:
        """Zoom in (> 1) or out."""
        self.page.timeline.view.zoom(factor)

    def scroll(self, share: float) -> None:
        """Show later (> 0) or earlier time, by a share of what is shown."""
        view = self.page.timeline.view
        view.look_at(view.state.view.scrolled(share * view.state.view.width_px))

    def spectrogram(self) -> None:
        """The sound by pitch, or its waveform again."""
        if self.facts is not None:
            self.facts.show_spectrum(not self.facts.shows_spectrum)

    def find_shots(self) -> None:
        """Look for shot changes, or stop looking."""
        if self.facts is not None:
            self.facts.find_shots()

    def zoom_to_cue(self) -> None:
        """The current cue fills the view."""
        self.page.timeline.show_cue()

    def zoom_to_film(self) -> None:
        """The whole film fills the view."""
        self.page.timeline.show_all()

    def snap(self) -> None:
        """Dragged edges are drawn to what is near, or not."""
        self.state.snapping = not self.state.snapping
        self.page.timeline.view.set_snapping(self.state.snapping)

    def follow(self) -> None:
        """The timeline turns its page with the playhead, or not."""
        self.state.following = not self.state.following
        self.page.timeline.view.set_following(self.state.following)

    def follow_job(self) -> None:
        """New cues are shown as they come, or not."""
        self.page.table.follow.toggle()
