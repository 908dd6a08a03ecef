"""Recognition with Qwen3-ASR: thirty languages, one or several in a passage, with names and terms as a help.

Imports torch only when an engine is made whose checkpoint is there. Its words have no times: an aligner gives them.
Dialects are recognised under their language (`core.language.DIALECTS`) and cannot be chosen.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from core.engine import EngineEntry, EngineInfo
from core.errors import CheckpointUnusable, EngineMissing, LanguageUnsupported
from core.language import NAMES, name_of
from core.progress import CancelToken, Progress
from core.qwen3.checkpoint import Checkpoint, Kind, examine, installed
from core.recognition.batches import Batches
from core.recognition.protocol import Options, Recognizer
from core.recognition.streaming.live import LiveStream
from core.recognition.streaming.qwen3 import Qwen3Engine
from core.speech.chunk import Chunk
from core.transcript import Segment

LANGUAGES = tuple(NAMES)

_VERSION = "1"
"""Raised whenever other text would come out of the same checkpoint: stored results are then made again."""

_REASONS = {
    "1.7b": "Qwen3-ASR 1.7B is installed: the most exact engine here.",
    "0.6b": "Qwen3-ASR 0.6B is installed: nearly as exact as the large one and about three times as quick.",
    "": "A Qwen3-ASR model of another size is installed.",
}


class Qwen3Recognizer:
    """Follows `recognition.protocol.Recognizer`. Its model loads at the first chunk; one thread at a time.

    Args:
        size: as `Checkpoint.size`.
        checkpoint: what it loads; None = not installed, which only listing it may do.
        device: "cpu", "cuda:0", …; "" = the best there is.
    """

    def __init__(self, size: str, checkpoint: Checkpoint | None, device: str = "") -> None:
        self._checkpoint = checkpoint
        self._placement: Any = None
        self.info = EngineInfo(
            id=_engine_id(size), name=_name(size), languages=LANGUAGES, gives_words=False, device="", checkpoint=""
        )
        if checkpoint is not None:
            self._place(checkpoint, device)

    def transcribe(
        self, chunks: Iterable[Chunk], options: Options, cancel: CancelToken
    ) -> Iterator[Segment | Progress]:
        """One `Segment` a chunk, in order, without words; between them `Progress` every few tokens.

        Chunks are read ahead (two batches at most) to be decoded with others of like length.

        Raises:
            LanguageUnsupported: at once, when `options` name one it does not do.
            CheckpointUnusable, EngineMemory: the model cannot be loaded or run.
            Cancelled: the token was set; noticed between two tokens.
        """
        self._refuse_unknown(options)
        return self._transcribe(chunks, options, cancel)

    def stream(self, options: Options) -> LiveStream:
        """Begin a dictation; loads its model.

        Raises:
            LanguageUnsupported, CheckpointUnusable, EngineMemory: as `transcribe`.
        """
        from core.qwen3.shared import transcriber

        self._refuse_unknown(options)
        engine = Qwen3Engine(transcriber(self._folder(), self._placement), options.live, options.context)
        return LiveStream(engine, options, engine_id=self.info.id)

    def _transcribe(
        self, chunks: Iterable[Chunk], options: Options, cancel: CancelToken
    ) -> Iterator[Segment | Progress]:
        folder = self._folder()
        from core.qwen3.runtime import out_of_memory
        from core.qwen3.shared import transcriber

        yield from Batches(
            transcriber(folder, self._placement),
            options,
            cancel,
            engine=self.info.id,
            device=self.info.device,
            rows=min(self.info.rows, options.rows or self.info.rows),
            out_of_memory=out_of_memory,
        ).run(chunks)

    def _folder(self) -> Path:
        if self._checkpoint is None:
            raise EngineMissing(engine=self.info.id, cause="its files were not found")
        return self._checkpoint.folder

    def _refuse_unknown(self, options: Options) -> None:
        unknown = [name_of(code) for code in options.languages if code not in LANGUAGES]
        if unknown:
            raise LanguageUnsupported(
                engine=self.info.id, language=", ".join(unknown), known=", ".join(map(name_of, LANGUAGES))
            )

    def _place(self, checkpoint: Checkpoint, device: str) -> None:
        from core.qwen3.placement import choose, placed, rows_at_once

        self._placement = choose(device)
        info = placed(self.info, self._placement, f"{checkpoint.fingerprint}-{_VERSION}")
        self.info = replace(info, rows=rows_at_once(self._placement))


def _engine_id(size: str) -> str:
    return f"qwen3-asr-{size}" if size else "qwen3-asr"


def _name(size: str) -> str:
    return f"Qwen3-ASR {size.upper()}".strip()


def _entry(size: str) -> EngineEntry[Recognizer]:
    def check(model_dir: str) -> None:
        found = examine(model_dir)
        if found.kind is not Kind.RECOGNIZER or (size and found.size != size):
            raise CheckpointUnusable(folder=found.folder.name, cause=f"it holds {found.engine_id}")

    def is_installed(model_dir: str) -> bool:
        return bool(model_dir) or installed(Kind.RECOGNIZER, size) is not None

    def create_on(model_dir: str, device: str) -> Recognizer:
        return Qwen3Recognizer(size, examine(model_dir) if model_dir else installed(Kind.RECOGNIZER, size), device)

    return EngineEntry(
        languages=LANGUAGES,
        installed=is_installed,
        create=lambda model_dir: create_on(model_dir, ""),
        reason=_REASONS[size],
        check=check,
        create_on=create_on,
    )


LARGE = _entry("1.7b")
SMALL = _entry("0.6b")
ANY_SIZE = _entry("")
