"""`cuesmith models`: list, get, verify, remove, import, move. Knows no network and no format of a model."""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from collections.abc import Generator, Iterable
from pathlib import Path
from typing import TypeVar

from app.cli import options
from app.cli.fetch_console import FetchConsole
from app.cli.runner import EXIT_DONE, EXIT_FINDINGS, cancel_on_signals
from core import paths
from core.language import name_of
from core.media.files import file_name
from core.settings import load_settings
from core.weights import inventory
from core.weights.catalogue import CATALOGUE, model
from core.weights.inventory import Held, State
from core.weights.sizes import size_text

T = TypeVar("T")

_ALIGNER = "qwen3-aligner-0.6b"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of DESIGN §6."""
    commands = parser.add_subparsers(dest="what", metavar="COMMAND", required=True)

    def command(name: str, text: str) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=text, description=text[:1].upper() + text[1:] + ".")
        made.add_argument("--debug", action="store_true", default=argparse.SUPPRESS, help=argparse.SUPPRESS)
        return made

    listing = command("list", "the models there are, and which of them are installed")
    listing.add_argument("--json", action="store_true", help="one JSON object on stdout")
    ids = ", ".join(one.id for one in CATALOGUE)
    command("get", "download models; a download that was stopped goes on").add_argument(
        "ids", metavar="ID", nargs="+", help=ids
    )
    command("verify", "read every byte of models and compare").add_argument("ids", metavar="ID", nargs="+", help=ids)
    command("remove", "delete models from the models folder").add_argument("ids", metavar="ID", nargs="+", help=ids)
    command("import", "bring in models from a folder or stick").add_argument(
        "path", action=options.Named, metavar="PATH"
    )
    command("move", "keep models in another folder, with all that are there").add_argument(
        "folder", action=options.Named, metavar="DIR"
    )


def run(args: argparse.Namespace) -> int:
    """Do it; results on stdout, progress on stderr."""
    return {"list": _list, "get": _get, "verify": _verify, "remove": _remove, "import": _import, "move": _move}[
        args.what
    ](args)


def _list(args: argparse.Namespace) -> int:
    models, others = inventory.all_held(), tuple(inventory.others())
    folder = paths.models_dir()
    existing = next(one for one in (folder, *folder.parents) if one.exists())
    free = shutil.disk_usage(existing).free
    if args.json:
        said = {
            "version": 1,
            "folder": str(folder),
            "disk_bytes": inventory.all_disk_bytes(),
            "free_bytes": free,
            "models": [_as_json(one) for one in models],
            "others": [
                {"name": one.checkpoint.folder.name, "engine": one.checkpoint.engine_id, "disk_bytes": one.disk_bytes}
                for one in others
            ],
        }
        print(json.dumps(said, ensure_ascii=False))
        return EXIT_DONE
    for one in models:
        print(f"{one.model.id:<20} {_state_text(one):<34} {size_text(one.model.size_bytes):>7}  {one.model.good_for}")
    for other in others:
        name = other.checkpoint.folder.name
        print(f"{name:<20} {'installed':<34} {size_text(other.disk_bytes):>7}  {other.checkpoint.engine_id}")
    print(f"{folder}: {size_text(inventory.all_disk_bytes())} used, {size_text(free)} free")
    return EXIT_DONE


def _get(args: argparse.Namespace) -> int:
    from core.weights.getting import get

    settings, _ = load_settings()
    cancel = cancel_on_signals()
    for model_id in args.ids:
        wanted = model(model_id)
        with FetchConsole() as console:
            for told in get(model_id, settings, cancel):
                console.tell(wanted.name, told)
        print(f"{wanted.name}: {inventory.held(wanted).folder}")
    _hint_at_aligner(args.ids)
    return EXIT_DONE


def _hint_at_aligner(got: Iterable[str]) -> None:
    aligner = model(_ALIGNER)
    if _ALIGNER not in got and inventory.held(aligner).state is State.MISSING:
        size = size_text(aligner.size_bytes)
        print(f"For the exact time of each word, also: cuesmith models get {_ALIGNER} ({size})", file=sys.stderr)


def _verify(args: argparse.Namespace) -> int:
    from core.weights.keeping import verify

    cancel, findings = cancel_on_signals(), False
    for model_id in args.ids:
        wanted = model(model_id)
        with FetchConsole() as console:
            manifest = _followed(wanted.name, verify(wanted, cancel), console)
        findings = findings or bool(manifest.notes)
        print(f"{wanted.name}: whole, {len(manifest.files)} files")
        for note in manifest.notes:
            print(f"{wanted.name}: {note}")
    return EXIT_FINDINGS if findings else EXIT_DONE


def _remove(args: argparse.Namespace) -> int:
    from core.weights.keeping import remove

    for model_id in args.ids:
        wanted = model(model_id)
        print(f"{wanted.name}: removed, {size_text(remove(wanted))} freed")
    return EXIT_DONE


def _import(args: argparse.Namespace) -> int:
    from core.weights.importing import import_models

    with FetchConsole() as console:
        names = _followed(file_name(args.path), import_models(Path(args.path), cancel_on_signals()), console)
    for name in names:
        print(f"{name}: {paths.models_dir() / name}")
    return EXIT_DONE


def _move(args: argparse.Namespace) -> int:
    from core.weights.keeping import move

    with FetchConsole() as console:
        for told in move(Path(args.folder), cancel_on_signals()):
            console.tell(told.model_id, told)
    print(f"Models are kept in {paths.models_dir()}")
    return EXIT_DONE


def _followed(name: str, work: Generator[object, None, T], console: FetchConsole) -> T:
    """Show what long work tells; what it returns."""
    while True:
        try:
            told = next(work)
        except StopIteration as end:
            value: T = end.value
            return value
        console.tell(name, told)


def _state_text(one: Held) -> str:
    if one.state is State.PARTLY:
        return f"{size_text(one.done_bytes)} of it are here"
    if one.state is State.DAMAGED:
        return f"damaged: {one.why}"
    if one.state is State.INSTALLED:
        return "installed (in the hub's cache)" if one.shared else "installed"
    return "not installed"


def _as_json(one: Held) -> dict[str, object]:
    spec = one.model
    return {
        "id": spec.id,
        "name": spec.name,
        "state": one.state.value,
        "folder": str(one.folder) if one.folder is not None else None,
        "shared": one.shared,
        "size_bytes": spec.size_bytes,
        "done_bytes": one.done_bytes,
        "disk_bytes": one.disk_bytes,
        "memory_bytes": spec.memory_bytes,
        "languages": [name_of(code) for code in spec.languages],
        "licence": spec.licence,
        "good_for": spec.good_for,
        "repo": spec.repo,
        "revision": spec.revision,
        "server_repo": spec.original_repo,
        "notes": list(one.manifest.notes) if one.manifest is not None else [],
        "why": one.why,
    }
