"""The page “Storage”: what each part uses on the disk, and caches emptied on demand. Knows only `core.storage`.

What a person made or fetched has no button here: it is deleted where one sees what it is.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QLocale, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QWidget
from shiboken6 import isValid

from app.i18n import tr
from app.settings.dialog import Parts
from app.widgets import button, column, holding, label, tool_button
from core import storage
from core.errors import WriteError
from core.files import make_folder
from core.storage import PARTS, Part, Use

_NAME, _USED, _EMPTY, _OPEN = range(4)


def make(parts: Parts) -> QWidget:
    """The page."""
    return StoragePage(parts)


class StoragePage(QWidget):
    """See above.

    Attributes:
        used: each part's label, by the part's id. empty: the buttons of caches, likewise.
    """

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self._parts = parts
        self.used: dict[str, QLabel] = {}
        self.empty: dict[str, QPushButton] = {}
        self._free = label(tr("Looking …"), "secondary", wraps=True)
        self.setAccessibleName(tr("Storage"))
        self.setLayout(column(self._free, self._table(), None, gap=16))
        self._look()

    def _table(self) -> QWidget:
        made = QWidget()
        made.setAccessibleName(tr("Disk use"))
        grid = QGridLayout(made)
        grid.setContentsMargins(0, 0, 8, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(12)
        grid.setColumnStretch(_NAME, 1)
        for place, part in enumerate(PARTS):
            self._add(grid, place, part)
        return made

    def _add(self, grid: QGridLayout, place: int, part: Part) -> None:
        title = tr(part.title)
        names = holding(column(label(title), label(tr(part.what), "secondary", wraps=True), gap=2))
        used = self.used[part.id] = label("", wraps=False)
        used.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        used.setAccessibleName(tr("{0}: disk used").format(title))
        grid.addWidget(names, place, _NAME)
        grid.addWidget(used, place, _USED)
        if part.limit_bytes is not None:
            empty = self.empty[part.id] = button(tr("Empty"), partial(self._empty, part))
            empty.setAccessibleName(tr("Empty “{0}”").format(title))
            empty.setToolTip(tr("Delete what nothing has used in the last hour; it is made again when needed"))
            grid.addWidget(empty, place, _EMPTY)
        opened = tool_button(tr("Show the folder of “{0}”").format(title), partial(self._show, part), "open")
        grid.addWidget(opened, place, _OPEN)

    def _look(self) -> None:
        self._parts.background.run(
            partial(storage.uses, self._parts.settings()), self._show_uses, self._parts.messages.error
        )

    def _empty(self, part: Part) -> None:
        self.empty[part.id].setEnabled(False)
        self._parts.background.run(lambda: storage.empty(part), lambda _freed: self._look(), self._parts.messages.error)

    def _show(self, part: Part) -> None:
        folder = part.folder()
        try:
            make_folder(folder)
        except WriteError as error:
            self._parts.messages.error(error)
            return
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))

    @Slot(object)
    def _show_uses(self, uses: tuple[Use, ...]) -> None:
        if not isValid(self):
            return  # the dialog was closed while the folders were still being counted
        for use in uses:
            limit = use.part.limit_bytes
            text = size = _size(use.used_bytes)
            if limit is not None:
                text = tr("{0} of {1}").format(size, _size(limit))
                self.empty[use.part.id].setEnabled(use.used_bytes > 0)
            self.used[use.part.id].setText(text)
        total = _size(sum(use.used_bytes for use in uses))
        free = _size(min(use.free_bytes for use in uses))
        self._free.setText(tr("Cuesmith uses {0}; {1} are free.").format(total, free))


def _size(size_bytes: int) -> str:
    return QLocale().formattedDataSize(size_bytes, 1, QLocale.DataSizeFormat.DataSizeSIFormat)
