"""The cue table: rows that follow the document, one selection for all panes, what is shown and in which order."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QAbstractItemModel, QPoint, Qt
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from app.editor.cue_filter import CueFilter, Show
from app.editor.cue_model import Column, CueModel
from app.editor.cue_table import CueTablePane
from app.editor.document_bridge import DocumentBridge
from app.editor.session import Session
from core.cues import styles
from core.document import edits
from core.document.document import Document
from core.document.edit import Edit, Splice
from core.document.history import History
from tests.app.editor import cues

KEYS = Qt.KeyboardModifier
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def pane(qtbot: QtBot, session: Session) -> CueTablePane:
    return shown(qtbot, session)


def shown(qtbot: QtBot, session: Session, width_px: int = 588) -> CueTablePane:
    made = CueTablePane(session)
    qtbot.addWidget(made)
    made.resize(width_px, 560)
    made.show()
    return made


def rows_of(pane: CueTablePane) -> CueFilter:
    model = pane.view.model()
    assert isinstance(model, CueFilter)
    return model


def texts(pane: CueTablePane, column: Column = Column.TEXT) -> list[str]:
    rows = rows_of(pane)
    return [str(rows.index(row, column).data()) for row in range(rows.rowCount())]


def selected_rows(pane: CueTablePane) -> list[int]:
    return sorted(index.row() for index in pane.view.selectionModel().selectedRows())


class Told:
    """What a model told its views."""

    def __init__(self, model: QAbstractItemModel) -> None:
        self.changed: list[tuple[int, int]] = []
        self.came: list[tuple[int, int]] = []
        self.went: list[tuple[int, int]] = []
        self.resets = 0
        model.dataChanged.connect(lambda first, last, _roles=None: self.changed.append((first.row(), last.row())))
        model.rowsInserted.connect(lambda _parent, first, last: self.came.append((first, last)))
        model.rowsRemoved.connect(lambda _parent, first, last: self.went.append((first, last)))
        model.modelReset.connect(self._reset)

    def _reset(self) -> None:
        self.resets += 1


class Mirror:
    """What a view would hold that believes what it is told and asks for nothing else."""

    def __init__(self, model: QAbstractItemModel) -> None:
        self._model = model
        self.texts = self._read(0, model.rowCount() - 1)
        model.dataChanged.connect(lambda a, b, _roles=None: self._put(a.row(), b.row(), b.row() + 1))
        model.rowsInserted.connect(lambda _parent, first, last: self._put(first, last, first))
        model.rowsRemoved.connect(lambda _parent, first, last: self.texts.__delitem__(slice(first, last + 1)))

    def is_true(self) -> bool:
        return self.texts == self._read(0, self._model.rowCount() - 1)

    def _put(self, first: int, last: int, end: int) -> None:
        self.texts[first:end] = self._read(first, last)

    def _read(self, first: int, last: int) -> list[object]:
        return [self._model.index(row, Column.TEXT).data() for row in range(first, last + 1)]


# ── rows ─────────────────────────────────────────────────────────────────────────────────────────


def test_a_row_shows_number_start_length_speed_and_text(pane: CueTablePane) -> None:
    rows = rows_of(pane)
    found = [rows.index(0, column).data() for column in (Column.NUMBER, Column.START, Column.LENGTH, Column.SPEED)]
    assert found == ["1", "00:00:01.000", "3.56", "14.3"]
    assert texts(pane)[0] == "That one is the Old Sister. ↵ She rings a little flat."


def test_a_screen_reader_hears_units_and_not_signs(pane: CueTablePane) -> None:
    row = [rows_of(pane).index(0, column).data(Qt.ItemDataRole.AccessibleTextRole) for column in Column]
    assert "3.56 seconds" in row
    assert "14.3 characters a second" in row
    assert "That one is the Old Sister. She rings a little flat." in row
    assert pane.view.accessibleName()


def test_a_correction_changes_its_own_row_only(pane: CueTablePane, session: Session) -> None:
    told = Told(rows_of(pane).sourceModel())
    session.bridge.apply(edits.set_text(session.bridge.document, 1, "Mind the step."))
    assert texts(pane)[1] == "Mind the step."
    assert told.changed == [(1, 1)]
    assert (told.came, told.went, told.resets) == ([], [], 0)


def test_a_split_changes_one_row_and_brings_one(pane: CueTablePane, session: Session) -> None:
    told = Told(rows_of(pane).sourceModel())
    session.bridge.apply(edits.split_at_word(session.bridge.document, 0, 6))
    assert (told.changed, told.came, told.went, told.resets) == ([(0, 0)], [(1, 1)], [], 0)
    assert texts(pane)[:2] == ["That one is the Old Sister.", "She rings a little flat."]


def test_an_insertion_above_moves_the_numbers_below(pane: CueTablePane, session: Session) -> None:
    session.bridge.apply(edits.insert(session.bridge.document, 0, 500, "First."))
    assert texts(pane, Column.NUMBER) == ["1", "2", "3", "4", "5"]
    assert texts(pane)[0] == "First."


OPERATIONS: list[Callable[[Session], Edit | None]] = [
    lambda s: edits.split_at_word(s.bridge.document, 0, 3),
    lambda s: edits.merge(s.bridge.document, (0, 1)),
    lambda s: edits.merge(s.bridge.document, (0, 1, 2, 3)),
    lambda s: edits.delete(s.bridge.document, (0, 2)),
    lambda s: edits.insert(s.bridge.document, 6_500, 6_900, "New"),
    lambda s: edits.move(s.bridge.document, 0, 20_000),
    lambda s: edits.shift(s.bridge.document, (1, 3), 4_000),
    lambda s: edits.paste(s.bridge.document, cues.few()),
    lambda s: edits.delete(s.bridge.document, range(4)),
]


@pytest.mark.parametrize("make", OPERATIONS)
@pytest.mark.parametrize("show", [Show.ALL, Show.DRAFT])
def test_the_rows_are_the_documents_after_every_step_and_back(
    pane: CueTablePane, session: Session, make: Callable[[Session], Edit | None], show: Show
) -> None:
    pane.show_only(show)
    model = rows_of(pane).sourceModel()
    assert isinstance(model, CueModel)
    told = Told(model)
    mirrors = [Mirror(model), Mirror(rows_of(pane))]
    assert session.bridge.apply(make(session))
    assert list(model.cues) == list(session.bridge.document.cues)
    assert all(mirror.is_true() for mirror in mirrors)
    session.bridge.undo()
    assert list(model.cues) == list(cues.few())
    session.bridge.redo()
    assert list(model.cues) == list(session.bridge.document.cues)
    assert all(mirror.is_true() for mirror in mirrors)
    assert told.resets == 0


def test_several_splices_in_one_step_are_followed_in_their_order(pane: CueTablePane, session: Session) -> None:
    a, b, c, d = session.bridge.document.cues
    new = cues.cue("n", 9_900, 10_500, "New")
    session.bridge.apply(Edit("Two places", (Splice(3, (), (new,)), Splice(0, (a, b), (b,)))))
    model = rows_of(pane).sourceModel()
    assert isinstance(model, CueModel)
    assert list(model.cues) == [b, c, new, d]


def test_another_document_resets_the_table(pane: CueTablePane, session: Session) -> None:
    pane.find_field.setText("Sister")
    session.bridge.set_history(History(Document(cues=cues.many(3))))
    assert rows_of(pane).rowCount() == 3
    assert not pane.find_field.text()


# ── selection ────────────────────────────────────────────────────────────────────────────────────


def test_clicking_a_row_selects_its_cue_for_every_pane_once(qtbot: QtBot, pane: CueTablePane, session: Session) -> None:
    told: list[tuple[str, ...]] = []
    session.bridge.selectionChanged.connect(lambda: told.append(session.bridge.selected))
    place = pane.view.visualRect(rows_of(pane).index(2, Column.TEXT)).center()
    qtbot.mouseClick(pane.view.viewport(), LEFT, pos=place)
    assert session.bridge.current == "c"
    assert told == [("c",)]


def test_a_selection_from_elsewhere_is_shown_and_not_sent_back(pane: CueTablePane, session: Session) -> None:
    told: list[tuple[str, ...]] = []
    session.bridge.selectionChanged.connect(lambda: told.append(session.bridge.selected))
    session.bridge.select(("b", "d"), current="d")
    assert selected_rows(pane) == [1, 3]
    assert pane.view.currentIndex().row() == 3
    assert told == [("b", "d")]


def test_shift_and_arrow_select_several(qtbot: QtBot, pane: CueTablePane, session: Session) -> None:
    session.bridge.select_row(0)
    pane.focus_table()
    for _ in range(2):
        qtbot.keyClick(pane.view, Qt.Key.Key_Down, KEYS.ShiftModifier)
    assert session.bridge.selected == ("a", "b", "c")
    assert session.bridge.current == "c"


def test_the_selection_stays_with_its_cues_through_undo_and_redo(pane: CueTablePane, session: Session) -> None:
    session.bridge.select(("b", "c"), current="c")
    session.bridge.apply(edits.insert(session.bridge.document, 0, 500, "First."))
    assert selected_rows(pane) == [2, 3]
    session.bridge.undo()
    assert selected_rows(pane) == [1, 2]
    session.bridge.redo()
    assert selected_rows(pane) == [2, 3]
    assert session.bridge.selected == ("b", "c")


def test_a_cue_that_moves_past_others_stays_selected(pane: CueTablePane, session: Session) -> None:
    session.bridge.select_row(0)
    session.bridge.apply(edits.move(session.bridge.document, 0, 20_000))
    assert session.bridge.selected == ("a",)
    assert selected_rows(pane) == [3]


def test_deleting_the_selected_cue_selects_the_one_in_its_place(pane: CueTablePane, session: Session) -> None:
    session.bridge.select_row(1)
    session.bridge.apply(edits.delete(session.bridge.document, (1,)))
    assert session.bridge.selected == ("c",)
    assert selected_rows(pane) == [1]


def test_choosing_a_cue_takes_the_picture_there_unless_it_stands_there(
    qtbot: QtBot, pane: CueTablePane, session: Session
) -> None:
    session.move_playhead(2_000)
    qtbot.mouseClick(pane.view.viewport(), LEFT, pos=pane.view.visualRect(rows_of(pane).index(0, 0)).center())
    assert session.playhead_ms == 2_000
    qtbot.mouseClick(pane.view.viewport(), LEFT, pos=pane.view.visualRect(rows_of(pane).index(2, 0)).center())
    assert session.playhead_ms == 7_000


def test_cues_that_arrive_leave_selection_and_place_alone(qtbot: QtBot, session: Session) -> None:
    session = cues.session(*cues.many(60))
    pane = shown(qtbot, session)
    session.bridge.select_row(10)
    place = pane.view.verticalScrollBar().value()
    more = [cues.cue(f"x{n}", 200_000 + n * 3000, 202_000 + n * 3000, "More.") for n in range(5)]
    session.bridge.history.arrive(edits.append(session.bridge.document, more, job="1"))
    assert session.bridge.selected == ("m10",)
    assert pane.view.verticalScrollBar().value() == place
    assert rows_of(pane).rowCount() == 65


def test_while_new_cues_are_followed_the_last_is_in_sight(qtbot: QtBot) -> None:
    session = cues.session(*cues.many(60))
    pane = shown(qtbot, session)
    pane.set_listening(180_000)
    more = [cues.cue("x", 200_000, 202_000, "More.")]
    session.bridge.history.arrive(edits.append(session.bridge.document, more, job="1"))
    bar = pane.view.verticalScrollBar()
    assert bar.value() == bar.maximum() > 0


# ── keys ─────────────────────────────────────────────────────────────────────────────────────────


def test_enter_and_double_click_ask_for_the_text(qtbot: QtBot, pane: CueTablePane, session: Session) -> None:
    session.bridge.select_row(0)
    with qtbot.waitSignal(pane.editRequested):
        qtbot.keyClick(pane.view, Qt.Key.Key_Return)
    with qtbot.waitSignal(pane.editRequested):
        place = pane.view.visualRect(rows_of(pane).index(1, Column.TEXT)).center()
        qtbot.mouseClick(pane.view.viewport(), LEFT, pos=place)
        qtbot.mouseDClick(pane.view.viewport(), LEFT, pos=place)


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_S])
def test_space_and_letters_are_left_to_the_window(
    qtbot: QtBot, pane: CueTablePane, session: Session, key: Qt.Key
) -> None:
    session.bridge.select_row(0)
    got: list[int] = []
    pane.keyPressEvent = lambda event: got.append(event.key())  # type: ignore[method-assign]
    qtbot.keyClick(pane.view, key)
    assert got == [key]
    assert session.bridge.selected == ("a",)


def test_a_right_click_selects_what_is_under_it_and_asks_for_a_menu(
    qtbot: QtBot, pane: CueTablePane, session: Session
) -> None:
    session.bridge.select_row(0)
    place = pane.view.visualRect(rows_of(pane).index(2, Column.TEXT)).center()
    with qtbot.waitSignal(pane.contextMenuWanted) as told:
        qtbot.mouseClick(pane.view.viewport(), Qt.MouseButton.RightButton, pos=place)
    assert told.args == [pane.view.viewport().mapToGlobal(place)]
    assert session.bridge.selected == ("c",)


def test_a_right_click_inside_a_selection_keeps_it(qtbot: QtBot, pane: CueTablePane, session: Session) -> None:
    session.bridge.select(("b", "c"), current="b")
    place = pane.view.visualRect(rows_of(pane).index(2, Column.TEXT)).center()
    qtbot.mouseClick(pane.view.viewport(), Qt.MouseButton.RightButton, pos=place)
    assert session.bridge.selected == ("b", "c")


# ── what is shown ────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("wanted", "ids"),
    [
        ("sister", ["a"]),
        ("Sister. She", ["a"]),
        ("海的", ["c"]),
        ("الكلام", ["d"]),
        ("THE", ["a", "b"]),
        ("  ", ["a", "b", "c", "d"]),
        ("(", []),
    ],
)
def test_the_search_shows_cues_that_hold_the_text(pane: CueTablePane, wanted: str, ids: list[str]) -> None:
    pane.find_field.setText(wanted)
    rows = rows_of(pane)
    assert [rows.cue(row).id for row in range(rows.rowCount())] == ids


def test_a_search_changes_no_selection(pane: CueTablePane, session: Session) -> None:
    session.bridge.select(("a", "c"), current="c")
    pane.find_field.setText("Sister")
    assert session.bridge.selected == ("a", "c")
    assert selected_rows(pane) == [0]
    pane.find_field.clear()
    assert selected_rows(pane) == [0, 2]


def test_select_all_in_a_search_selects_what_is_shown(qtbot: QtBot, pane: CueTablePane, session: Session) -> None:
    everything = QShortcut(QKeySequence.StandardKey.SelectAll, pane, lambda: session.bridge.select("abcd"))
    pane.activateWindow()
    pane.focus_table()
    qtbot.waitUntil(pane.view.hasFocus)
    pane.find_field.setText("the")
    qtbot.keyClick(pane.view, Qt.Key.Key_A, KEYS.ControlModifier)
    assert session.bridge.selected == ("a", "b")
    pane.find_field.clear()
    qtbot.keyClick(pane.view, Qt.Key.Key_A, KEYS.ControlModifier)
    assert session.bridge.selected == ("a", "b", "c", "d")
    assert everything.isEnabled()


def test_a_cue_being_edited_stays_in_the_search_that_found_it(pane: CueTablePane, session: Session) -> None:
    pane.find_field.setText("Sister")
    session.bridge.apply(edits.set_text(session.bridge.document, 0, "Somebody else."))
    assert texts(pane) == ["Somebody else."]


def test_escape_ends_the_search_and_returns_to_the_rows(qtbot: QtBot, pane: CueTablePane, session: Session) -> None:
    pane.window().activateWindow()
    pane.focus_find()
    qtbot.keyClicks(pane.find_field, "Sister")
    qtbot.keyClick(pane.find_field, Qt.Key.Key_Escape)
    assert rows_of(pane).rowCount() == 4
    assert QApplication.focusWidget() is pane.view


def test_only_cues_with_findings_can_be_shown(
    pane: CueTablePane, session: Session, settled: Callable[[Session], None]
) -> None:
    settled(session)
    pane.show_only(Show.FINDINGS)
    assert "b" in [rows_of(pane).cue(row).id for row in range(rows_of(pane).rowCount())]
    session.bridge.apply(edits.set_text(session.bridge.document, 1, "Short."))
    settled(session)
    assert "Short." in texts(pane)  # mended, and still there until one chooses anew


def test_drafts_can_be_shown_alone_and_a_button_brings_all_back(pane: CueTablePane) -> None:
    pane.show_only(Show.DRAFT)
    assert rows_of(pane).rowCount() == 1
    pane._show_all()
    assert rows_of(pane).rowCount() == 4


def test_an_empty_table_says_why(qtbot: QtBot) -> None:
    empty = shown(qtbot, Session(DocumentBridge()))
    assert empty._empty.text().startswith("No cues yet")
    assert empty._empty.isVisible()


def test_the_empty_table_offers_what_fills_it_and_an_empty_search_does_not(qtbot: QtBot) -> None:
    session = Session(DocumentBridge())
    empty = shown(qtbot, session)
    action = QAction("&Recognise…", empty)
    action.setEnabled(False)
    empty.set_empty_action(action)
    offer = next(one for one in empty.findChildren(QPushButton) if one.text() == "Recognise…")
    assert offer.isVisible()
    assert not offer.isEnabled()
    action.setEnabled(True)
    with qtbot.waitSignal(action.triggered):
        qtbot.mouseClick(offer, LEFT)
    session.bridge.apply(edits.insert(session.bridge.document, 0, 900, "One."))
    empty.find_field.setText("nothing like it")
    assert not offer.isVisible()
    assert "nothing like it" in empty._empty.text()


def test_clicking_a_head_sorts_turns_round_and_gives_up(pane: CueTablePane) -> None:
    header = pane.view.horizontalHeader()
    order: list[list[str]] = []
    for _ in range(3):
        header.sectionClicked.emit(Column.LENGTH)
        order.append(texts(pane, Column.NUMBER))
    assert order == [["1", "3", "4", "2"], ["2", "4", "3", "1"], ["1", "2", "3", "4"]]


def test_typing_makes_no_row_jump_in_a_sorted_table(pane: CueTablePane, session: Session) -> None:
    pane.view.horizontalHeader().sectionClicked.emit(Column.SPEED)
    before = texts(pane, Column.NUMBER)
    session.bridge.apply(edits.set_text(session.bridge.document, 1, "Short."))
    assert texts(pane, Column.NUMBER) == before


def test_sorting_by_state_puts_what_must_be_mended_first(
    pane: CueTablePane, session: Session, settled: Callable[[Session], None]
) -> None:
    settled(session)
    pane.view.horizontalHeader().sectionClicked.emit(Column.SIGN)
    assert texts(pane, Column.NUMBER)[0] == "2"


@pytest.mark.parametrize(
    ("width_px", "hidden"),
    [
        (760, set()),
        (588, {Column.END}),
        (440, {Column.END, Column.LENGTH}),
        (380, {Column.END, Column.LENGTH, Column.SPEED}),
    ],
)
def test_columns_give_way_as_the_table_gets_narrower(
    qtbot: QtBot, session: Session, width_px: int, hidden: set[Column]
) -> None:
    pane = shown(qtbot, session, width_px)
    assert {column for column in Column if pane.view.isColumnHidden(column)} == hidden


def test_the_speed_column_follows_the_style(pane: CueTablePane, session: Session) -> None:
    session.set_style(styles.style("bbc"))
    rows = rows_of(pane)
    assert rows.headerData(Column.SPEED, Qt.Orientation.Horizontal) == "W/min"
    assert rows.index(0, Column.SPEED).data() == "185"


# ── drawing ──────────────────────────────────────────────────────────────────────────────────────


def ink(pane: CueTablePane, row: int, *, left: bool) -> int:
    """How many pixels of the left or right third of a row's text cell differ from its ground."""
    image = pane.view.viewport().grab().toImage()
    rect = pane.view.visualRect(rows_of(pane).index(row, Column.TEXT))
    third = rect.width() // 3
    first = rect.left() if left else rect.right() - third
    ground = image.pixel(QPoint(rect.right() - 1, rect.top() + 2))
    inside = ((x, y) for x in range(first, first + third) for y in range(rect.top() + 3, rect.bottom() - 2))
    return sum(image.pixel(x, y) != ground for x, y in inside)


@pytest.mark.parametrize(("row", "at_left"), [(0, True), (2, True), (3, False)])
def test_text_stands_at_the_edge_its_language_starts_from(
    qtbot: QtBot, pane: CueTablePane, row: int, at_left: bool
) -> None:
    assert ink(pane, row, left=at_left) > 50
    if row:
        assert ink(pane, row, left=not at_left) == 0


def test_five_thousand_rows_are_drawn_only_where_they_show(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    session = cues.session(*cues.many())
    pane = shown(qtbot, session)
    drawn: set[int] = set()
    real = pane._row_of
    pane._delegate._row = lambda index: (drawn.add(index.row()), real(index))[1]
    pane.view.scrollToBottom()
    pane.view.viewport().grab()
    assert rows_of(pane).rowCount() == 5000
    assert 4999 in drawn
    assert len(drawn) < 40


def test_selecting_all_of_five_thousand_and_back(qtbot: QtBot) -> None:
    session = cues.session(*cues.many())
    pane = shown(qtbot, session)
    pane.view.selectAll()
    assert len(session.bridge.selected) == 5000
    session.bridge.select_row(2500)
    assert selected_rows(pane) == [2500]
