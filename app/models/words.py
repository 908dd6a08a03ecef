"""Sizes, speeds and downloads as people say them. Knows no widget."""

from __future__ import annotations

from app.i18n import tr
from app.jobs.estimate import rounded_s
from app.wording import time_left
from core.weights.catalogue import Model
from core.weights.progress import FetchProgress, Phase
from core.weights.sizes import size_text
from core.weights.suggest import Offer, Speed


def offer_title(offer: Offer) -> str:
    """ "Qwen3-ASR 0.6B, with word timing"."""
    return tr("{0}, with word timing").format(offer.recognizer.name)


def offer_text(offer: Offer, memory_bytes: int) -> str:
    """What it is good for, and whether it fits."""
    good_for = tr(offer.recognizer.good_for)
    memory = f"{memory_bytes / 2**30:.0f} GB"
    if offer.fits:
        return f"{good_for} {tr('Fits your {0} of memory.').format(memory)}"
    return f"{good_for} {tr('Your {0} of memory are little for it; it may be slow or stop.').format(memory)}"


def speed_text(speed: Speed | None) -> str:
    """ "1 h of film in about 11 min"; "" while it is not known."""
    if speed is None:
        return ""
    minutes = speed.minutes_an_hour
    if minutes < 60:
        return tr("1 h of film in about {0} min").format(minutes)
    return tr("1 h of film in about {0} h {1} min").format(minutes // 60, minutes % 60)


def download_title(name: str, progress: FetchProgress | None) -> str:
    """What is being done with a model just now."""
    phase = progress.phase if progress is not None else Phase.ASK
    if phase is Phase.WAIT and progress is not None:
        return tr("{0} is busy or out of reach. Trying again in {1} s").format(progress.source, progress.wait_s)
    return {
        Phase.ASK: tr("Asking for {0}"),
        Phase.FETCH: tr("Downloading {0}"),
        Phase.CHECK: tr("Checking {0}"),
    }.get(phase, tr("Downloading {0}")).format(name)  # fmt: skip


def amount_text(progress: FetchProgress) -> str:
    """ "1.2 GB of 1.6 GB · 12 MB/s · About 2 min left"."""
    parts = [tr("{0} of {1}").format(size_text(progress.done_bytes), size_text(progress.total_bytes))]
    if progress.bytes_per_s:
        parts.append(tr("{0}/s").format(size_text(progress.bytes_per_s)))
    if progress.left_s >= 0:
        parts.append(time_left(rounded_s(progress.left_s)))
    return " · ".join(parts)


def held_text(model: Model) -> str:
    """Size, licence and languages of an installed model."""
    languages = tr("%n languages", None, len(model.languages))
    return " · ".join((size_text(model.size_bytes), languages, model.licence))
