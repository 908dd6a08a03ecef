"""The aligners there are, and which one "auto" takes. Imports one only when asked.

An aligner is one line here, `"<id>": "core.alignment.<module>:ENTRY"`, the best first: "auto" takes the first that is
installed and does the language. "none", the estimate, does all of them and stands last.
"""

from __future__ import annotations

from core.alignment.protocol import Aligner
from core.engine import EngineInfo
from core.engine_registry import AUTO, EngineRegistry
from core.errors import EngineMissing, LanguageUnsupported
from core.language import name_of

NONE = "none"

ALIGNERS: EngineRegistry[Aligner] = EngineRegistry(
    {
        "qwen3-aligner-0.6b": "core.alignment.qwen3:SMALL",
        "qwen3-aligner": "core.alignment.qwen3:ANY_SIZE",
        "builtin": "core.alignment.builtin:ENTRY",
        NONE: "core.alignment.interpolate:ENTRY",
    }
)


def create(aligner_id: str, *, model_dir: str = "", device: str = "") -> Aligner:
    """The aligner of this id; see `EngineRegistry.create`."""
    return ALIGNERS.create(aligner_id, model_dir, device)


def choose(
    aligner: str, language: str = "", *, model_dir: str = "", recognizer: EngineInfo | None = None
) -> tuple[str, str]:
    """The id to take for `aligner` (an id, "none" or "auto") in `language` ("" = unknown), and why.

    Under "auto" a recognizer that gives words with times needs no aligner; the answer is then "none", and nobody has
    to call it.

    Raises:
        UnknownEngine: no such id.
        LanguageUnsupported: the chosen aligner does not do the language.
        CheckpointUnusable: what lies in `model_dir` is not whole, or no aligner.
    """
    check_folder(aligner, model_dir)
    if aligner != AUTO:
        entry = ALIGNERS.entry(aligner)
        if language and not entry.does((language,)):
            known = ", ".join(map(name_of, entry.languages)) + " only"
            raise LanguageUnsupported(engine=aligner, language=name_of(language), known=known)
        return aligner, "You chose it."
    if recognizer is not None and recognizer.gives_words:
        return NONE, f"{recognizer.name} gives times of its own."
    for name, entry in ALIGNERS.all():
        if entry.installed(model_dir) and (not entry.languages or language in entry.languages):
            return name, entry.reason
    raise EngineMissing(engine=AUTO, cause="no aligner was found")


def check_folder(aligner: str, model_dir: str) -> None:
    """Raise `CheckpointUnusable` where `model_dir` ("" = none given) holds nothing that `aligner` can load."""
    if model_dir and aligner != NONE:
        ALIGNERS.entry("qwen3-aligner" if aligner == AUTO else aligner).check_folder(model_dir)
