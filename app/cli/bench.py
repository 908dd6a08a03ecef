"""`cuesmith bench`: measures of this machine, one file each (`core/bench`, `app/timeline/bench.py`). Knows none."""

from __future__ import annotations

import argparse
import inspect
import json
from collections.abc import Mapping
from typing import Any

from app.cli import options
from app.cli.runner import EXIT_DONE
from core.bench.registry import MEASURES
from core.errors import BadArgument
from core.registry import Registry

_ALL: Registry[Any] = MEASURES.plus(
    {
        "opening": "app.bench.opening:measure",
        "player": "app.bench.player:measure",
        "timeline": "app.timeline.bench:measure",
        "window": "app.bench.window:measure",
    },
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which measure, and how to print it."""
    parser.add_argument("measure", choices=_ALL.ids())
    parser.add_argument("--json", action="store_true", help="one JSON object on stdout")
    film = "pipeline, heal, known-text: the film (default: the sample film)"
    parser.add_argument("--media", action=options.Named, metavar="FILE", help=film)
    said = "heal, known-text: what is said in it"
    parser.add_argument("--text", action=options.Named, metavar="FILE", help=said)
    for option, text in (("--cues", "cues"), ("--words", "words"), ("--steps", "steps of scrolling and zooming")):
        parser.add_argument(option, type=int, metavar="N", help=f"timeline: how many {text}")
    parser.add_argument("--spectrogram", action="store_true", help="timeline: draw the spectrogram")


def run(args: argparse.Namespace) -> int:
    """Measure and print."""
    names = ("media", "text", "cues", "words", "steps")
    given = {name: getattr(args, name) for name in names if getattr(args, name) is not None}
    for name in {"media", "text"} & set(given):
        options.existing_file(given[name])
    if args.spectrogram:
        given["spectrogram"] = True
    measure = _ALL.get(args.measure)
    unknown = sorted(set(given) - set(inspect.signature(measure).parameters))
    if unknown:
        raise BadArgument(what=f"bench {args.measure} does not take --{unknown[0]}.", hint="Leave it out.")
    result: Mapping[str, object] = measure(**given)
    if args.json:
        print(json.dumps(result))
    else:
        for name, value in _lines("", result):
            print(f"{name}: {value}")
    return EXIT_DONE


def _lines(prefix: str, values: Mapping[str, object]) -> list[tuple[str, object]]:
    lines: list[tuple[str, object]] = []
    for name, value in values.items():
        if isinstance(value, Mapping):
            lines += _lines(f"{prefix}{name}.", value)
        else:
            lines.append((prefix + name, value))
    return lines
