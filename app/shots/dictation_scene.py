"""A dictation on the stage: a microphone and an engine that say what a state wants. No state of its own."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import cast

from app.dictation.desk import Moved
from app.dictation.page import DictationPage
from app.shots.stage import Stage
from core.engine import EngineInfo
from core.events import EngineChosen, SpeechHeard
from core.transcript import Word
from core.worker.messages import EventHappened
from core.worker.sound_messages import MicrophoneLevel, MicrophoneOpened, SoundHeard

DEVICE = "Desk microphone, USB"
SAID = (
    (0, "Field notes, second week at the weather station."),
    (6_000, "Three of us on shift. The road is open again as far as the bridge, so the mail should come on Thursday."),
    (19_000, "Instruments first."),
    (22_000, "The new gauge sits about two metres lower than the old one, so for the next month we read both and keep "
             "both columns. Please do not average them."),
    (44_000, "Coming back to the gauge: there is a crack along the lower seal. It is not leaking yet, but I would not "
             "trust it through a frost."),
    (61_000, "We have one spare in the blue crate, and the tool to fit it is"),
)  # fmt: skip
TENTATIVE = "in the drawer under the"
SCRIPTS = (
    (0, "Field notes, second week at the weather station."),
    (8_000, "路又通到桥边了，所以邮件应该星期四到。新的仪器比旧的低两米左右，下个月我们两个都读，两栏都留着。"),
    (24_000, "المقياس الجديد أخفض من القديم بمترين تقريبا، لذلك سنقرأ الاثنين طوال الشهر القادم ونحتفظ بالعمودين."),
    (44_000, "路上有一道裂缝，现在还没漏，可是冬天我不放心。"),
    (61_000, "لدينا واحد احتياطي في الصندوق الأزرق، والأداة"),
)
SCRIPTS_TENTATIVE = "في الدرج تحت"
_TENTH = 1_600


class Scene:
    """The tab with its stand-ins."""

    def __init__(self, stage: Stage) -> None:
        self.stage, self.microphone = stage, stage.microphone
        stage.program.dictation.desk = AnyDesk()
        stage.window.tabs.show_part("dictation")
        stage.rest(60)
        self.page = cast(DictationPage, stage.program.dictation.page)

    def open(self) -> None:
        """The microphone is there."""
        self.microphone.deliver(MicrophoneOpened(self.microphone.job_id, DEVICE, 48_000, 0, (DEVICE, "Built-in")))
        self.stage.rest(30)

    def speak(self, said: Sequence[tuple[int, str]] = SAID, tentative: str = TENTATIVE, *, lag_ms: int = 1_400) -> None:
        """Start, and say everything."""
        self.page.dictation.start()
        job = self.microphone.job_id
        engine = EngineInfo("qwen3-asr-0.6b", "Qwen3-ASR 0.6B", ("en",), False, device="cuda:0", dtype="bfloat16")
        self._say(EngineChosen(engine, None))
        seconds = 70
        for tenth in range(seconds * 10):
            if tenth % 5 == 0:
                lag = round(lag_ms * (1 + 0.12 * math.sin(tenth)))
                self._deliver(SpeechHeard((), (), lag, tenth * 100))
            self.microphone.deliver(SoundHeard(job, tenth * _TENTH, bytes(2 * _TENTH)))
            loud = -38 + 22 * abs(math.sin(tenth / 7)) * abs(math.sin(tenth / 31 + 1))
            self.microphone.deliver(MicrophoneLevel(job, loud - 12, loud))
        self.stage.rest(30)
        for number, (start_ms, text) in enumerate(said):
            last = number == len(said) - 1
            after = words(tentative, start_ms + 6_000) if last else ()
            self._say(SpeechHeard(words(text, start_ms), after, lag_ms, start_ms + 8_000, (), not last))
        self.stage.rest(60)

    def _say(self, event: EngineChosen | SpeechHeard) -> None:
        self._deliver(event)
        self.stage.rest(10)

    def _deliver(self, event: EngineChosen | SpeechHeard) -> None:
        engine = self.stage.engine
        engine.deliver(EventHappened(engine.job_id, event))


def words(text: str, start_ms: int) -> tuple[Word, ...]:
    """The words of `text`, 280 ms each; without blanks it is parted everywhere."""
    parts, after = (text.split(), " ") if " " in text else (list(text), "")
    each_ms = 280 if after else 100
    return tuple(
        Word(part, start_ms + each_ms * n, start_ms + each_ms * (n + 1), after=after) for n, part in enumerate(parts)
    )


class AnyDesk:
    """A system that allows everything and does nothing: a picture must not depend on this one."""

    leaves_key = False

    def why_no_typing(self) -> str:
        """Nothing stands against it."""
        return ""

    def why_no_key(self) -> str:
        """Nothing stands against it."""
        return ""

    def before_copying(self) -> None:
        """Nothing to do."""

    def press_paste(self) -> bool:
        """Nowhere to paste."""
        return False

    def is_key_held(self) -> bool:
        """Nobody is there."""
        return False

    def take_key(self, keys: str, moved: Moved) -> Callable[[], object]:
        """It is never pressed."""
        return lambda: None
