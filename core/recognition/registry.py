"""The recognizers there are, and which one "auto" takes. Imports one only when asked.

An engine is one line here, `"<id>": "core.recognition.<module>:ENTRY"`, the best first: "auto" takes the first that is
installed and does the languages.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import psutil

from core.engine_registry import AUTO, EngineRegistry
from core.errors import CheckpointUnusable, EngineMissing, LanguageUnsupported
from core.language import name_of
from core.qwen3.checkpoint import Kind, examine
from core.recognition.protocol import Recognizer
from core.weights.catalogue import is_offered, model
from core.weights.suggest import fits

RECOGNIZERS: EngineRegistry[Recognizer] = EngineRegistry(
    {
        "qwen3-asr-1.7b": "core.recognition.qwen3:LARGE",
        "qwen3-asr-0.6b": "core.recognition.qwen3:SMALL",
        "qwen3-asr": "core.recognition.qwen3:ANY_SIZE",
        "builtin": "core.recognition.builtin:ENTRY",
    }
)


def create(engine_id: str, *, model_dir: str = "", device: str = "") -> Recognizer:
    """The recognizer of this id; see `EngineRegistry.create`."""
    return RECOGNIZERS.create(engine_id, model_dir, device)


def choose(engine: str, languages: Iterable[str] = (), *, model_dir: str = "") -> tuple[str, str]:
    """The id to take for `engine` (an id or "auto") in these languages (none = unknown), and a sentence that says why.

    With a `model_dir`, "auto" means the engine whose checkpoint lies there.

    Raises:
        UnknownEngine: no such id.
        LanguageUnsupported: it, or under "auto" whatever is installed, does not do all of the languages.
        EngineMissing: "auto", and nothing is installed.
        CheckpointUnusable: what lies in `model_dir` is not whole, or another engine's.
    """
    wanted = tuple(languages)
    if engine == AUTO and model_dir:
        return _chosen(identify(model_dir), wanted, model_dir, "Its model lies in the folder you gave.")
    if engine != AUTO:
        return _chosen(engine, wanted, model_dir, "You chose it.")
    installed = {name: entry for name, entry in RECOGNIZERS.all() if entry.installed("")}
    if not installed:
        raise EngineMissing(engine=AUTO, cause="no engine was found")
    able = {name: entry.reason for name, entry in installed.items() if entry.does(wanted)}
    if able:
        return _fitting(able)
    known = dict.fromkeys(code for entry in installed.values() for code in entry.languages)
    raise _unsupported(next(iter(installed)), wanted, tuple(known))


def _fitting(able: Mapping[str, str]) -> tuple[str, str]:
    """The first of `able` (id → reason, the best first), or another model where that one is too large for this machine.

    Never one without a model instead: a rough draft is worse than a slow run.
    """
    memory_bytes = psutil.virtual_memory().total
    first, *rest = able
    if not is_offered(first) or fits(model(first), memory_bytes):
        return first, able[first]
    smaller = next((name for name in rest if is_offered(name) and fits(model(name), memory_bytes)), None)
    if smaller is None:
        return first, able[first]
    return smaller, f"{able[smaller]} {first} is installed too, but needs more memory than this machine has."


def _chosen(engine: str, wanted: tuple[str, ...], model_dir: str, reason: str) -> tuple[str, str]:
    entry = RECOGNIZERS.entry(engine)
    entry.check_folder(model_dir)
    if not entry.does(wanted):
        raise _unsupported(engine, wanted, entry.languages)
    return engine, reason


def identify(model_dir: str) -> str:
    """The id of the recogniser whose checkpoint lies in `model_dir`.

    Raises:
        CheckpointUnusable: there is none.
    """
    checkpoint = examine(model_dir)
    if checkpoint.kind is not Kind.RECOGNIZER:
        raise CheckpointUnusable(folder=checkpoint.folder.name, cause="it holds the aligner, not the recognizer")
    return checkpoint.engine_id


def _unsupported(engine: str, wanted: tuple[str, ...], known: tuple[str, ...]) -> LanguageUnsupported:
    names = [name_of(code) for code in wanted if code not in known]
    return LanguageUnsupported(engine=engine, language=", ".join(names), known=", ".join(map(name_of, known)) + " only")
