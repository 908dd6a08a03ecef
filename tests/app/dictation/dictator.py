"""Cuesmith on a real X server, dictating into other programs; its microphone and its engine are told what to say."""

from __future__ import annotations

from typing import Any

from app.application import build, qt_application
from app.dictation import x11
from app.engine_bridge import EngineBridge
from core.events import SpeechHeard
from core.settings import Settings
from core.transcript import Word
from core.worker.messages import EventHappened
from core.worker.sound_messages import MicrophoneOpened
from tests.app.dictation.field import Orders, say
from tests.app.dictation.spoken import Child


def main() -> None:
    """Tell each change of what it is doing; say what is wished as a finished passage; stay."""
    qt = qt_application()
    microphone, engine = Child(), Child()
    bridge = EngineBridge(engine=engine.made_for, microphone=microphone.made_for)
    program = build(Settings(dictation_typing=True, dictation_anywhere=True), bridge)
    program.window.show()
    program.window.tabs.show_part("dictation")
    page = program.dictation.page
    assert page is not None
    page.dictation.changed.connect(lambda: say("phase", str(page.dictation.phase)))

    connections = counted(x11.display, "Display")

    def obey(word: str, rest: str) -> None:
        if word == "connections":
            say("connections", len(connections))
        elif word == "open":
            devices = ("Desk",)
            microphone.deliver(MicrophoneOpened(microphone.job_id, "Desk", 48_000, 0, devices))
            say("why_not", [page.typist.why_not(), page.key_anywhere.why_not()])
        elif word == "start":
            page.dictation.start()
        elif word == "pause":
            page.dictation.pause()
            say("rests", True)
        elif word == "say":
            firm = tuple(Word(text, 100 * n, 100 * n + 90) for n, text in enumerate(rest.split()))
            engine.deliver(EventHappened(engine.job_id, SpeechHeard(firm, (), 0, 1_000, (), True)))
        else:
            program.close()
            qt.quit()

    orders = Orders(obey)
    say("ready", True)
    qt.exec()
    orders.notifier.setEnabled(False)


def counted(module: Any, name: str) -> list[object]:
    """Has an entry for each call of the module's function from now on."""
    calls: list[object] = []
    function = getattr(module, name)

    def call(*args: object) -> object:
        calls.append(args)
        return function(*args)

    setattr(module, name, call)
    return calls


if __name__ == "__main__":
    main()
