"""What a run that times a text would be like with these choices: who listens, who times, or why it cannot be.

Asks the registries of engines; imports their entries, loads no model. Knows no widget.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.i18n import tr
from core.errors import CuesmithError, LanguageUnsupported
from core.events import SONG, SPEECH
from core.language import name_of

BUILTIN = "builtin"
ENGLISH = "en"
_ESTIMATE = "none"


@dataclass(frozen=True, slots=True)
class Choice:
    """What is asked beside the text; values as of `core.events.AlignJob`."""

    preset: str = SPEECH
    language: str = ENGLISH
    engine: str = "auto"
    aligner: str = "auto"


@dataclass(frozen=True, slots=True)
class Outlook:
    """What to say before a run, and whether it can be."""

    title: str
    text: str
    possible: bool = True


def outlook(choice: Choice) -> Outlook:
    """What to expect."""
    try:
        return _song(choice) if choice.preset == SONG else _speech(choice)
    except LanguageUnsupported as error:
        only = tr("The built-in engine knows English only.")
        return Outlook(error.what_happened(tr), f"{only} {error.what_to_do(tr)}", possible=False)
    except CuesmithError as error:
        return Outlook(error.what_happened(tr), error.what_to_do(tr), possible=False)


def installed() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Ids of the recognizers and of the aligners that could run."""
    from core.alignment.registry import ALIGNERS
    from core.recognition.registry import RECOGNIZERS

    recognizers = tuple(name for name, entry in RECOGNIZERS.all() if entry.installed(""))
    return recognizers, tuple(name for name, entry in ALIGNERS.all() if entry.installed("") and name != _ESTIMATE)


def name_of_engine(engine_id: str) -> str:
    """What an engine is called in a list."""
    return tr("Built-in, English only") if engine_id == BUILTIN else engine_id


def _song(choice: Choice) -> Outlook:
    if choice.language != ENGLISH:
        raise LanguageUnsupported(engine=BUILTIN, language=name_of(choice.language), known=tr("English songs only"))
    return Outlook(
        tr("Songs are timed by the built-in engine: English only"),
        tr("Every line gets times, and each word says how sure its time is. Some will want a look."),
    )


def _speech(choice: Choice) -> Outlook:
    from core.alignment import registry as aligners
    from core.recognition import registry as recognizers

    listens, _ = recognizers.choose(choice.engine, (choice.language,))
    times, _ = aligners.choose(choice.aligner, choice.language)
    if times == _ESTIMATE:
        title = tr("Nothing here times words in {0}").format(name_of(choice.language))
        return Outlook(title, tr("Lines are found by what is heard; their words share the time and say so."))
    if BUILTIN in (listens, times):
        both = listens == times
        title = tr("The built-in engine does this well: English only") if both else _named(listens, times)
        return Outlook(title, tr("It listens roughly and then times each word. Lines that are not said get no times."))
    return Outlook(_named(listens, times), tr("Lines that are not said get no times."))


def _named(listens: str, times: str) -> str:
    return tr("{0} listens, {1} times the words").format(name_of_engine(listens), name_of_engine(times))
