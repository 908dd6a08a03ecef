"""What is installed on this machine and what is missing, each with a next step. Knows no window.

Heavy libraries are looked at by their metadata or tried through `importlib`, so that one that is broken is a finding
and not a crash, and torch is never loaded for a look.
"""

from __future__ import annotations

import importlib
import os
import platform
import shutil
import subprocess
from collections.abc import Callable, Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from core import doctor_models, storage
from core.health import Check, Health
from core.settings import load_settings

_LOW_BYTES = 2 * 1000**3


def examine(*, quick: bool = False) -> tuple[Check, ...]:
    """Look at everything. A known clip is let through each engine that is installed, which takes seconds to a minute;
    `quick` leaves that out."""
    looks = _LOOKS if quick else (*_LOOKS, doctor_models.known_clip)
    return tuple(check for look in looks for check in _careful(look))


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
    for use in storage.uses(load_settings()[0]):
        part, low = use.part, use.free_bytes < _LOW_BYTES
        files = f"{use.files} file" + ("" if use.files == 1 else "s")
        limit = f" of at most {part.limit_bytes / 1e6:.0f} MB" if part.limit_bytes is not None else ""
        held = f"{use.used_bytes / 1e6:.1f} MB in {files}{limit}, {use.free_bytes / 1e9:.1f} GB free — {part.folder()}"
        problem = storage.why_no_files(part.folder())
        if problem:
            yield _no_files(part, held, problem)
            continue
        step = "Less than 2 GB is free there: make space." if low else ""
        yield Check(f"Disk: {part.title}", Health.NOTE if low else Health.GOOD, held, step)


def _no_files(part: storage.Part, held: str, problem: str) -> Check:
    """Models may lie where only another account writes."""
    health = Health.NOTE if part.id == "models" else Health.BAD
    step = "Nothing can be kept there: let the folder be written, or name another in CUESMITH_HOME."
    return Check(f"Disk: {part.title}", health, f"no file can be made there ({problem}); {held}", step)


_LOOKS: tuple[Callable[[], Iterator[Check]], ...] = (
    _machine,
    _packages,
    _reading_media,
    _ffmpeg,
    _finding_speech,
    _engines,
    _pronouncing,
    _microphone,
    doctor_models.graphics,
    doctor_models.fonts,
    doctor_models.models,
    _disk,
)
