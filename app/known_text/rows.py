"""Lines of the review as rows and sentences. Knows no widget and no document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from app.editor.list_rows import ListRow
from app.i18n import tr
from app.known_text.review import Line, State
from app.wording import clock

_SIGNS: dict[State, tuple[str, str]] = {
    State.READY: ("retime", "accent"),
    State.FAR: ("warning", "doubt"),
    State.DOUBTFUL: ("doubt", "doubt"),
    State.TAKEN: ("check", "measured"),
    State.MISSING: ("warning", "doubt"),
    State.EDITED: ("info", "text2"),
    State.WEAK: ("doubt", "doubt"),
    State.UNTEXTED: ("waveform", "text2"),
}

_ORDER = (
    State.READY, State.TAKEN, State.FAR, State.DOUBTFUL, State.MISSING, State.EDITED, State.WEAK, State.UNTEXTED
)  # fmt: skip


def row_of(line: Line) -> ListRow:
    """How a line is listed."""
    icon, token = _SIGNS[line.state]
    text = line.text.replace("\n", " ") or tr("Something is said here that the text does not have.")
    return ListRow(
        _title(line), " · ".join(_facts(line)), text, icon, token,
        faded=line.state is State.TAKEN, language=line.language,
    )  # fmt: skip


def summary_of(lines: Sequence[Line]) -> str:
    """How many there are of each kind, the good ones first."""
    counts = Counter(line.state for line in lines)
    parts = [_counted(state).format(counts[state]) for state in _ORDER if counts[state]]
    return " · ".join(parts) if parts else tr("Every line was found.")


def shift_text(shift_ms: int) -> str:
    """How far a cue moves: "+2.30 s", "−12:04"."""
    sign = "−" if shift_ms < 0 else "+"
    size_ms = abs(shift_ms)
    return f"{sign}{clock(size_ms)}" if size_ms >= 60_000 else tr("{0} s").format(f"{sign}{size_ms / 1000:.2f}")


def _title(line: Line) -> str:
    if line.cue_id:
        return tr("Cue {0}").format(line.number)
    if line.span_ms is not None:
        return f"{clock(line.span_ms[0])}–{clock(line.span_ms[1])}"
    return tr("Line {0}").format(line.number)


def _facts(line: Line) -> list[str]:
    """What stands beside the title."""
    facts = [clock(line.span_ms[0])] if line.cue_id and line.span_ms is not None else []
    change = line.change
    if change is not None and change.new is not None and line.span_ms is not None and line.state is not State.TAKEN:
        facts = [f"{facts[0]} → {clock(change.new.start_ms)}", shift_text(change.new.start_ms - line.span_ms[0])]
    named = {
        State.MISSING: tr("not found"),
        State.EDITED: tr("edited since"),
        State.FAR: tr("too far"),
        State.TAKEN: tr("taken"),
    }
    facts += [named[line.state]] if line.state in named else []
    if line.state not in (State.MISSING, State.UNTEXTED):
        facts.append(tr("{0} % sure").format(round(100 * line.score)))
    return facts


def _counted(state: State) -> str:
    return {
        State.READY: tr("{0} to take"),
        State.TAKEN: tr("{0} taken"),
        State.FAR: tr("{0} too far"),
        State.DOUBTFUL: tr("{0} doubtful"),
        State.MISSING: tr("{0} not found"),
        State.EDITED: tr("{0} edited since"),
        State.WEAK: tr("{0} doubtful"),
        State.UNTEXTED: tr("{0} × speech without text"),
    }[state]
