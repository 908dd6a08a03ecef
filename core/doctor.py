"""What is installed on this machine and what is missing, each with a next step. Knows no window.

Heavy libraries are looked at by their metadata or tried through `importlib`, so that one that is broken is a finding
and not a crash, and torch is never loaded for a look.
"""

from __future__ import annotations

import enum
import importlib
import os
import platform
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from core import storage

_LOW_BYTES = 2 * 1000**3


class Health(enum.StrEnum):
    """How a check came out."""

    GOOD = "good"
    NOTE = "note"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at: its name, how it is, what was found and what to do."""

    name: str
    health: Health
    found: str
    next_step: str = ""


def examine() -> tuple[Check, ...]:
    """Look at everything; takes a second or two."""
    return tuple(check for look in _LOOKS for check in _careful(look))


def _careful(look: Callable[[], Iterator[Check]]) -> Iterator[Check]:
    try:
        yield from look()
    except Exception as error:  # noqa: BLE001 - a broken library is what doctor is for: it becomes a finding
        name = look.__name__.strip("_").replace("_", " ")
        yield Check(name, Health.BAD, f"{type(error).__name__}: {error}", "Install Cuesmith again.")


def _machine() -> Iterator[Check]:
    cores = os.cpu_count() or 1
    yield Check("Machine", Health.GOOD, f"{platform.system()} {platform.machine()}, {cores} processors")
    yield Check("Python", Health.GOOD, platform.python_version())


def _packages() -> Iterator[Check]:
    for name in ("cuesmith", "PySide6", "torch", "transformers", "av", "onnxruntime", "pocketsphinx", "pysrt"):
        try:
            yield Check(name, Health.GOOD, version(name))
        except PackageNotFoundError:
            yield Check(name, Health.BAD, "not installed", f"pip install {name}")


def _reading_media() -> Iterator[Check]:
    av = importlib.import_module("av")
    libraries = ", ".join(f"{name} {'.'.join(map(str, v))}" for name, v in sorted(av.library_versions.items())[:2])
    yield Check("Reading media", Health.GOOD, f"PyAV {av.__version__} ({libraries})")


def _ffmpeg() -> Iterator[Check]:
    program = shutil.which("ffmpeg") or importlib.import_module("imageio_ffmpeg").get_ffmpeg_exe()
    head = subprocess.run([program, "-version"], capture_output=True, text=True, timeout=20, check=True).stdout
    yield Check("Making media (ffmpeg)", Health.GOOD, f"{head.splitlines()[0]} — {program}")


def _finding_speech() -> Iterator[Check]:
    model = importlib.import_module("core.speech.silero").model_file()
    yield Check("Finding speech", Health.GOOD, f"Silero VAD, {Path(model).name}")


def _engines() -> Iterator[Check]:
    registry = importlib.import_module("core.recognition.registry")
    for engine_id in registry.RECOGNIZERS.ids():
        yield Check(f"Engine {engine_id}", Health.GOOD, "known")
    checkpoints = importlib.import_module("core.qwen3.checkpoint")
    for found in checkpoints.all_installed():
        note = checkpoints.template_note(found)
        what = "; ".join(filter(None, (f"{found.engine_id} ({found.layout} layout)", note)))
        yield Check(f"Model {found.folder.name}", Health.NOTE if note else Health.GOOD, what)
    engine_id, reason = registry.choose("auto", ())
    yield Check("Engine taken by “auto”", Health.GOOD, f"{engine_id}: {reason}")


def _pronouncing() -> Iterator[Check]:
    program = shutil.which("espeak-ng")
    if program is None:
        step = "On Debian: apt install espeak-ng. Without it names are spoken by gruut, less well."
        yield Check("Pronouncing names (espeak-ng)", Health.NOTE, "not installed", step)
        return
    yield Check("Pronouncing names (espeak-ng)", Health.GOOD, program)


def _microphone() -> Iterator[Check]:
    try:
        sounddevice = importlib.import_module("sounddevice")
    except OSError:
        step = "On Debian: apt install libportaudio2. Files can be transcribed without it."
        yield Check("Microphone (PortAudio)", Health.NOTE, "PortAudio is not there", step)
        return
    inputs = [device["name"] for device in sounddevice.query_devices() if device["max_input_channels"] > 0]
    found = ", ".join(inputs) if inputs else "no microphone"
    yield Check("Microphone (PortAudio)", Health.GOOD if inputs else Health.NOTE, found)


def _disk() -> Iterator[Check]:
    for use in storage.uses():
        part, low = use.part, use.free_bytes < _LOW_BYTES
        files = f"{use.files} file" + ("" if use.files == 1 else "s")
        limit = f" of at most {part.limit_bytes / 1e6:.0f} MB" if part.limit_bytes is not None else ""
        yield Check(
            f"Disk: {part.title}",
            Health.NOTE if low else Health.GOOD,
            f"{use.used_bytes / 1e6:.1f} MB in {files}{limit}, {use.free_bytes / 1e9:.1f} GB free — {part.folder()}",
            "Less than 2 GB is free there: make space." if low else "",
        )


_LOOKS: tuple[Callable[[], Iterator[Check]], ...] = (
    _machine,
    _packages,
    _reading_media,
    _ffmpeg,
    _finding_speech,
    _engines,
    _pronouncing,
    _microphone,
    _disk,
)
