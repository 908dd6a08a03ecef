"""What a person chose, on every start the same: fields with titles, help and bounds, kept as JSON. Knows no window.

A dialog can be drawn from `fields_of()`: each field carries its title, its help, and what it may be.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import Field, dataclass, field, fields, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from core import paths
from core.errors import BadArgument, Param
from core.files import make_folder, write_atomically
from core.progress import Notice

MAX_FILE_BYTES = 1024 * 1024
"""A settings file is a few hundred bytes; more than this is something else."""


@dataclass(frozen=True, slots=True)
class Rule:
    """What a setting is and may be.

    Attributes:
        title: a few words for a dialog.
        help: one sentence.
        least, most: bounds of a number, both allowed.
        choices: the only texts allowed; () = any.
    """

    title: str
    help: str
    least: int = 0
    most: int = 0
    choices: tuple[str, ...] = ()

    def allows(self, value: object, default: object) -> bool:
        """Whether `value` is of the kind of `default` and within bounds."""
        if type(value) is not type(default):
            return False
        if isinstance(value, bool):
            return True
        if isinstance(value, int):
            return self.least <= value <= self.most
        return not self.choices or value in self.choices


def _setting(default: Any, rule: Rule) -> Any:
    return field(default=default, metadata={"rule": rule})


@dataclass(frozen=True, slots=True)
class Settings:
    """What a person chose. Each field's meaning stands in its rule; units are in the names.

    Attributes:
        unknown: keys of a later version, kept as they are.
    """

    theme: str = _setting(
        "system", Rule("Theme", "Light, dark, or as the system.", choices=("system", "light", "dark"))
    )
    ui_language: str = _setting("", Rule("Language of the program", "A language code; empty = as the system."))
    engine: str = _setting("auto", Rule("Engine", "Which engine recognises speech; auto takes the best installed."))
    aligner: str = _setting("auto", Rule("Aligner", "Which engine times words; none = times are estimated."))
    language: str = _setting("auto", Rule("Spoken language", "A language code, or auto to find out."))
    style: str = _setting("", Rule("Style", "Delivery style of new cues; empty = the one for the language."))
    max_chunk_ms: int = _setting(
        30_000, Rule("Longest piece", "Longest piece sent to the engine, in ms.", least=5_000, most=180_000)
    )
    grace_ms: int = _setting(
        5_000, Rule("Grace", "How long a cancelled job may take to stop before it is ended, in ms.", 0, 60_000)
    )
    peaks_cache_bytes: int = _setting(
        5 * 1000**3,
        Rule("Waveform cache", "Disk space for waveforms, in bytes; the oldest go first.", 0, 1024**4),
    )
    min_gap_ms: int = _setting(0, Rule("Gap between cues", "Kept free when neighbours make room, in ms.", 0, 1_000))
    volume_percent: int = _setting(80, Rule("Volume", "Of the player, in percent.", 0, 100))
    key_set: str = _setting("subtitle-edit", Rule("Keys", "Set of shortcuts.", choices=("subtitle-edit", "aegisub")))
    hub_endpoint: str = _setting(
        "", Rule("Models come from", "Address of a Hugging Face hub; empty = HF_ENDPOINT or huggingface.co.")
    )
    second_source: str = _setting(
        "https://www.modelscope.cn",
        Rule("Second source of models", "Address of a ModelScope, asked where the first gives nothing; empty = none."),
    )
    dictation_device: str = _setting("", Rule("Microphone", "Name of a device; empty = the system's default."))
    dictation_text_pt: int = _setting(18, Rule("Text size", "Of dictated text, in points.", 12, 40))
    dictation_keep: str = _setting(
        "days", Rule("Keep recordings", "Never, for some days, or for ever.", choices=("never", "days", "ever"))
    )
    dictation_days: int = _setting(7, Rule("Days", "How long recordings are kept.", 1, 3_650))
    dictation_limit_bytes: int = _setting(4 * 1024**3, Rule("Space for recordings", "The oldest go first.", 0, 1024**4))
    dictation_commands: bool = _setting(
        False, Rule("Spoken commands", "“new line”, “full stop” and others are done instead of written.")
    )
    dictation_pace: str = _setting(
        "usual",
        Rule(
            "Pace",
            "How soon words come and are firm: usual, as in the paper, or own.",
            choices=("usual", "paper", "own"),
        ),
    )
    dictation_chunk_ms: int = _setting(
        1_000, Rule("Sound a step waits for", "Less shows words sooner and costs more, in ms.", 500, 2_000)
    )
    dictation_unfixed: int = _setting(
        2, Rule("Steps that make nothing firm", "So many at the beginning of a passage begin anew.", 0, 16)
    )
    dictation_rollback: int = _setting(
        5, Rule("Word pieces decided again", "So many at the end of each step may still change.", 0, 32)
    )
    dictation_window_s: int = _setting(
        8, Rule("Sound heard at once", "Whole seconds; the model was trained with 8, less costs less.", 1, 8)
    )
    dictation_typing: bool = _setting(
        False, Rule("Type where the cursor is", "Each finished passage goes to the program with the keyboard.")
    )
    dictation_anywhere: bool = _setting(
        False, Rule("Dictate from any program", "The key starts and pauses; held down, it records until it is let go.")
    )
    dictation_key: str = _setting(
        "Ctrl+Alt+D", Rule("Key in any program", "Starts and pauses dictation there; held, it records until let go.")
    )
    check_spelling: bool = _setting(
        False, Rule("Spelling", "Cues are checked by the Hunspell dictionaries of this machine.")
    )
    unknown: dict[str, Any] = field(default_factory=dict)

    def with_(self, **values: Any) -> Settings:
        """These settings with other values.

        Raises:
            BadArgument: no such setting, or out of bounds.
        """
        for name, value in values.items():
            known = fields_of().get(name)
            if known is None:
                raise BadArgument(what=f"There is no setting “{name}”.", hint="Check the name.")
            rule, default = known
            if not rule.allows(value, default):
                raise BadArgument(what=f"“{name}” cannot be {value!r}.", hint=_allowed(rule, default))
        return replace(self, **values)


def fields_of() -> dict[str, tuple[Rule, Any]]:
    """(rule, default) of every setting by name."""
    return {entry.name: (_rule(entry), entry.default) for entry in fields(Settings) if "rule" in entry.metadata}


def load_settings(path: Path | None = None) -> tuple[Settings, tuple[Notice, ...]]:
    """The settings of this machine, and what could not be used of them.

    A file that is not there gives the defaults. One that cannot be read gives the defaults and is kept beside under
    another name; a value out of bounds gives that setting's default.

    Args:
        path: None = `settings.json` in `paths.config_dir()`.
    """
    path = path if path is not None else settings_path()
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_FILE_BYTES + 1)
    except FileNotFoundError:
        return Settings(), ()
    except OSError as error:
        return Settings(), (_notice("{file} could not be read ({cause}).", path, cause=error.strerror),)
    try:
        if len(raw) > MAX_FILE_BYTES:
            raise ValueError("too large")
        values = json.loads(raw)
        if not isinstance(values, dict):
            raise ValueError("not an object")
    except (ValueError, RecursionError):
        return Settings(), (_notice("{file} is damaged; it is kept as {kept}.", path, kept=_set_aside(path)),)
    return _from_values(values, path)


def save_settings(settings: Settings, path: Path | None = None) -> None:
    """Write the settings, whole or not at all.

    Raises:
        WriteError: they could not be written; what was there is unchanged.
    """
    path = path if path is not None else settings_path()
    values = dict(settings.unknown) | {name: getattr(settings, name) for name in fields_of()}
    make_folder(path.parent, path)
    write_atomically(path, json.dumps(values, indent=2).encode() + b"\n", overwrite=True)


def save_changes(before: Settings, after: Settings, path: Path | None = None) -> None:
    """Write what is different; what another window has written since it read the settings stays.

    Raises:
        WriteError: as `save_settings`.
    """
    path = path if path is not None else settings_path()
    there, unusable = load_settings(path)
    changed = {name: getattr(after, name) for name in fields_of() if getattr(after, name) != getattr(before, name)}
    save_settings(replace(there, **changed) if path.exists() and not unusable else after, path)


_IMPOSSIBLE = "{file} has “{name}” as {given}, which cannot be; {default} is used."


def settings_path() -> Path:
    """Where they are kept."""
    return paths.config_dir() / "settings.json"


def _from_values(values: Mapping[str, Any], path: Path) -> tuple[Settings, tuple[Notice, ...]]:
    good: dict[str, Any] = {}
    notices: list[Notice] = []
    known = fields_of()
    for name, (rule, default) in known.items():
        if name not in values:
            continue
        if rule.allows(values[name], default):
            good[name] = values[name]
        else:
            given = repr(str(values[name])[:40])
            notices.append(_notice(_IMPOSSIBLE, path, name=name, given=given, default=repr(default)))
    unknown = {name: value for name, value in values.items() if name not in known}
    return Settings(**good, unknown=unknown), tuple(notices)


def _rule(entry: Field[Any]) -> Rule:
    rule: Rule = entry.metadata["rule"]
    return rule


def _allowed(rule: Rule, default: object) -> str:
    if rule.choices:
        return f"Choose one of: {', '.join(rule.choices)}."
    if isinstance(default, int) and not isinstance(default, bool):
        return f"Give a number from {rule.least} to {rule.most}."
    return "Give a text."


def _set_aside(path: Path) -> str:
    """Keep a damaged file beside; returns its name, or its own where it cannot be moved."""
    aside = path.with_name(f"{path.stem}.damaged-{datetime.now(UTC):%Y%m%d-%H%M%S-%f}{path.suffix}")
    try:
        path.rename(aside)
    except OSError:
        return path.name
    return aside.name


def _notice(sentence: str, path: Path, **params: Param) -> Notice:
    return Notice("settings.unusable", sentence, {"file": path.name, **params})
