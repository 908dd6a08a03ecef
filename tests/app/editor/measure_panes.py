"""How fast the editor's panes are with 5,000 cues. `python -m tests.app.editor.measure_panes`; prints milliseconds.

Everything that an edit does is counted: the document's step, the table's rows, the text box, and the repaint.
"""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication, QWidget

from app.editor.cue_filter import Show
from app.editor.cue_model import Column
from app.editor.cue_table import CueTablePane
from app.editor.export_dialog import ExportDialog
from app.editor.findings import findings_of
from app.editor.review import ReviewPane
from app.editor.session import Session
from app.editor.text_box import TextBoxPane
from app.theme import Choice, Theme
from core.document import edits
from tests.app.editor import cues


def times_ms(work: Callable[[int], object], count: int) -> list[float]:
    taken: list[float] = []
    for n in range(count):
        begun = time.perf_counter()
        work(n)
        taken.append((time.perf_counter() - begun) * 1000)
    return sorted(taken)


def say(name: str, taken: list[float]) -> None:
    print(
        f"{name}: median {statistics.median(taken):.2f}, p95 {taken[int(len(taken) * 0.95)]:.2f}, max {taken[-1]:.2f}"
    )


def drawn(widget: QWidget) -> QPixmap:
    QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
    return widget.grab()


def typing(session: Session, table: CueTablePane, box: TextBoxPane) -> Callable[[int], object]:
    def key(n: int) -> object:
        box.editor.insertPlainText("ab "[n % 3])
        return drawn(table.view.viewport()), drawn(box)

    return key


def main() -> None:
    application = QApplication([])
    Theme(application, Choice.DARK)
    session = cues.session(*cues.many())
    table, box, review = CueTablePane(session), TextBoxPane(session), ReviewPane(session)
    for pane, size in ((table, (588, 560)), (box, (640, 200)), (review, (360, 560))):
        pane.resize(*size)
        pane.show()
    application.processEvents()
    findings = findings_of(session)
    begun = time.perf_counter()
    findings.settle()
    print(f"check all of 5,000 cues: {(time.perf_counter() - begun) * 1000:.0f}")
    session.styleChanged.emit()
    say("one slice of checks", times_ms(lambda _n: findings._look_on(), 30))
    findings.settle()
    application.processEvents()
    say("table set anew", times_ms(lambda _n: (table._model.reload(), drawn(table)), 20))
    bar = table.view.verticalScrollBar()
    say("scroll by a page and paint", times_ms(lambda n: (bar.setValue(n * 480), drawn(table.view.viewport())), 150))
    session.bridge.select_row(2500)
    box.focus_text()
    application.processEvents()
    say("a key: edit, table, text box, both painted", times_ms(typing(session, table, box), 300))
    split = edits.split_at_word

    def cut(n: int) -> object:
        return session.bridge.apply(split(session.bridge.document, 100 + 2 * n, 5)), drawn(table)

    say("split a cue, table painted", times_ms(cut, 60))
    say("undo it, table painted", times_ms(lambda _n: (session.bridge.undo(), drawn(table)), 60))
    say("select another cue, all painted", times_ms(
        lambda n: (session.bridge.select_row(n * 31), drawn(table), drawn(box)), 100))  # fmt: skip
    say("search as one types", times_ms(lambda n: table.find_field.setText(("t", "te", "ten", "")[n % 4]), 40))
    say("sort by speed", times_ms(lambda _n: table.view._sort(Column.SPEED), 6))
    table.view.order_by_time()
    say("show cues with findings", times_ms(lambda n: table.show_only(list(Show)[n % 2]), 20))
    table.show_only(Show.ALL)
    say("list of findings", times_ms(lambda _n: (review.checks.refresh(), drawn(review)), 20))
    say("select all", times_ms(lambda _n: (table.view.selectAll(), session.bridge.select_row(0)), 10))
    say("export dialog", times_ms(lambda _n: ExportDialog(session, None).show(), 3))


if __name__ == "__main__":
    main()
