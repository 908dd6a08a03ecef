"""The status bar: saved or not, what is selected, style, frame rate, and what recognises where. Knows no verb."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QStatusBar, QWidget

from app.editor.session import Session
from app.i18n import tr
from app.jobs.run import JobRun
from app.theme.fonts import Role
from app.widgets import Sign, holding, label, row
from app.wording import cue_count
from core.engine import EngineInfo


class StatusBar(QStatusBar):
    """One line of facts."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("status")
        self.setSizeGripEnabled(False)
        self._session = session
        self._sign = Sign("check", "text2", 14)
        self._saved, self._selection = _fact(tr("Saved")), _fact(tr("Selection"))
        self._style, self._rate, self._engine = _fact(tr("Style")), _fact(tr("Frame rate")), _fact(tr("Engine"))
        self.addWidget(holding(row(self._sign, self._saved, 12, self._selection, margins=(12, 0, 0, 0), gap=6)))
        self._download = _fact(tr("Download"))
        facts = row(
            self._download,
            self._style,
            self._rate,
            Sign("device", "text2", 14),
            self._engine,
            margins=(0, 0, 12, 0),
            gap=16,
        )
        self.addPermanentWidget(holding(facts))
        self._download.hide()
        self._run: JobRun | None = None
        self._busy = self._default_engine = ""
        session.bridge.selectionChanged.connect(self.refresh)
        session.bridge.historyChanged.connect(self.refresh)
        session.mediaChanged.connect(self.refresh)
        session.styleChanged.connect(self.refresh)
        self.refresh()

    def show_run(self, run: JobRun | None) -> None:
        """What recognises, or did last."""
        self._run = run
        self.refresh()

    def show_engine(self, name: str) -> None:
        """What would recognise, while nothing has yet."""
        self._default_engine = name
        self.refresh()

    def show_download(self, text: str) -> None:
        """A model that is on its way; "" for none."""
        self._download.setText(text)
        self._download.setVisible(bool(text))

    def show_busy(self, text: str) -> None:
        """What is being done just now; "" for nothing."""
        self._busy = text
        self.refresh()

    def refresh(self) -> None:
        """Look again."""
        document, rate = self._session.bridge.document, self._session.bridge.document.frame_rate
        open_now = self._session.info is not None or bool(document.cues)
        self._saved.setText(self._busy or (tr("Every change saved") if open_now else tr("Ready")))
        self._sign.show_icon(*(("clock", "text2") if self._busy else ("check", "text2")))
        self._selection.setText(self._selected() if document.cues else "")
        self._style.setText(self._session.style.name if open_now else "")
        self._rate.setText(tr("{0} fps").format(f"{float(rate):.3f}".rstrip("0").rstrip(".")) if rate else "")
        self._engine.setText(self._engine_text())
        why = "\n".join(f"{_where(engine)}\n{engine.reason}".strip() for engine in self._engines())
        self._engine.setToolTip(why)
        self._engine.setAccessibleDescription(why)

    def _selected(self) -> str:
        bridge = self._session.bridge
        total, chosen, current = len(bridge.document.cues), len(bridge.selected), bridge.current_row()
        if chosen > 1:
            return tr("{0} of {1} selected").format(chosen, total)
        if current is None:
            return cue_count(total)
        cue = bridge.document.cues[current]
        place = tr("Cue {0} of {1}").format(current + 1, total)
        word = next((index for index, word in enumerate(cue.words) if word.id == bridge.word), None)
        if word is None:
            return place
        return tr("{0} · word {1} of {2} selected").format(place, word + 1, len(cue.words))

    def _engine_text(self) -> str:
        engine = self._run.recognizer if self._run is not None else None
        return self._default_engine if engine is None else _where(engine)

    def _engines(self) -> list[EngineInfo]:
        """What recognises and what times the words, as far as they are chosen."""
        chosen = (self._run.recognizer, self._run.aligner) if self._run is not None else ()
        return [engine for engine in chosen if engine is not None]


def _where(engine: EngineInfo) -> str:
    device = tr("processor") if engine.device == "cpu" else engine.device
    return tr("{0} on {1}").format(engine.name, " ".join(part for part in (device, engine.dtype) if part))


def _fact(name: str) -> QLabel:
    made = label(role="secondary", size=Role.SMALL)
    made.setAccessibleName(name)
    return made
