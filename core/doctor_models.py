"""The doctor's look at models, graphics, fonts, and a known clip through each engine that is installed.

Engines are tried in a process of their own: one that crashes, or hangs, is a finding.
"""

from __future__ import annotations

import importlib
import multiprocessing
import platform
import shutil
import subprocess
from collections.abc import Iterator

from core.health import Check, Health
from core.weights.inventory import Held, State, all_held
from core.weights.sizes import size_text

_CLIP_PATIENCE_S = 180.0
_FAMILIES = (("Chinese, Japanese, Korean", "CJK"), ("Arabic", "Arabic"), ("Thai", "Thai"))


def models() -> Iterator[Check]:
    """Each model of the catalogue: here or not, whole or not, with what is other than expected."""
    for held in all_held():
        name = f"Model {held.model.name}"
        if held.state is State.INSTALLED:
            yield _installed(name, held)
        elif held.state is State.DAMAGED:
            step = f"cuesmith models remove {held.model.id}, then cuesmith models get {held.model.id}"
            yield Check(name, Health.BAD, f"damaged: {held.why}", step)
        elif held.state is State.PARTLY:
            have = f"{size_text(held.done_bytes)} of {size_text(held.model.size_bytes)} are here"
            yield Check(name, Health.NOTE, have, f"cuesmith models get {held.model.id} goes on with it.")
        else:
            yield Check(name, Health.GOOD, "not installed (nothing needs it)")


def _installed(name: str, held: Held) -> Check:
    notes = held.manifest.notes if held.manifest is not None else ()
    where = f"{size_text(held.disk_bytes)} in {held.folder}" + (", which other programs use" if held.shared else "")
    return Check(name, Health.NOTE if notes else Health.GOOD, "; ".join((where, *notes)))


def graphics() -> Iterator[Check]:
    """The graphics card, asked for by its own tool: loading torch for a look would take seconds."""
    program = shutil.which("nvidia-smi")
    if program is None:
        mac = platform.system() == "Darwin" and platform.machine() == "arm64"
        found = "Apple graphics (taken only when CUESMITH_DEVICE=mps asks for it)" if mac else "no NVIDIA card found"
        yield Check("Graphics card", Health.GOOD, f"{found}; models run on the processor")
        return
    fields = "--query-gpu=name,memory.total,driver_version"
    ran = subprocess.run([program, fields, "--format=csv,noheader"], capture_output=True, text=True, timeout=20)
    if ran.returncode != 0:
        why = " ".join((ran.stderr or ran.stdout).split())[:160]
        yield Check("Graphics card", Health.NOTE, f"its driver does not answer: {why}", "Install the driver again.")
        return
    yield from (Check("Graphics card", Health.GOOD, line.strip()) for line in ran.stdout.splitlines())


def fonts() -> Iterator[Check]:
    """Whether scripts that most fonts lack can be drawn; where the system keeps no list, nothing is said."""
    program = shutil.which("fc-list")
    if program is None:
        return
    listed = subprocess.run([program, ":", "family"], capture_output=True, text=True, timeout=20, check=True).stdout
    missing = [script for script, mark in _FAMILIES if mark not in listed]
    if missing:
        step = "On Debian: apt install fonts-noto-cjk fonts-noto-core."
        yield Check("Fonts", Health.NOTE, f"none for {', '.join(missing)}", step)
    else:
        count = len(set(listed.splitlines()))
        yield Check("Fonts", Health.GOOD, f"{count} families; Chinese, Japanese, Korean, Arabic and Thai among them")


def known_clip() -> Iterator[Check]:
    """The first words of the sample film through each recogniser that is installed: text, device, time."""
    registry = importlib.import_module("core.recognition.registry")
    for engine_id, entry in registry.RECOGNIZERS.all():
        if entry.installed(""):
            yield _heard(engine_id)


def _heard(engine_id: str) -> Check:
    """One engine in a process of its own."""
    name = f"A known clip through {engine_id}"
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe(duplex=False)
    hear = importlib.import_module("core.doctor_clip").hear
    child = context.Process(target=hear, args=(engine_id, there), daemon=True)
    child.start()
    there.close()
    try:
        if not here.poll(_CLIP_PATIENCE_S):
            return Check(name, Health.BAD, f"no answer in {_CLIP_PATIENCE_S:.0f} s", "Choose another engine or device.")
        health, found, step = here.recv()
        return Check(name, Health(health), found, step)
    except EOFError:
        child.join(5)
        return Check(name, Health.BAD, f"its process ended with code {child.exitcode}", "Choose another engine.")
    finally:
        child.kill()
        child.join()
        child.close()
        here.close()
