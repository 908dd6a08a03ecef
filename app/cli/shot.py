"""`cuesmith shot`: draws the window offscreen in a scripted state, as a PNG. Leads to Qt only when it draws."""

from __future__ import annotations

import argparse
import importlib
import re

from app.cli import options
from app.cli.runner import EXIT_DONE
from app.shots import STATES, TABS
from core.errors import BadArgument

_SIZE = re.compile(r"(\d{1,5})x(\d{1,5})", re.ASCII)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of DESIGN §6."""
    text = "what the state opens (default: the sample film)"
    parser.add_argument("file", action=options.Named, nargs="?", metavar="FILE", help=text)
    to = "where the picture goes; an old one is replaced"
    parser.add_argument("-o", "--output", action=options.Named, metavar="PNG", help=to)
    parser.add_argument("--tab", default=TABS[0], metavar="T", help=f"part of the program: {', '.join(TABS)}")
    parser.add_argument("--state", default="editor", metavar="S", help="see --list (default: editor)")
    parser.add_argument("--size", default="1600x1000", metavar="WxH", help="in pixels (default: 1600x1000)")
    parser.add_argument("--theme", default="dark", choices=("dark", "light"))
    parser.add_argument("--language", default="en", metavar="UI", help="language of the interface")
    parser.add_argument("--list", action="store_true", help="the states, one a line")


def run(args: argparse.Namespace) -> int:
    """Draw, or list."""
    if args.list:
        width = max(map(len, STATES))
        for name, (_module, line) in STATES.items():
            print(f"{name:<{width}}  {line}")
        return EXIT_DONE
    if not args.output:
        raise BadArgument(what="Where shall the picture go?", hint="Give -o PICTURE.png.")
    target = options.file_to_write(args.output)
    file = options.existing_file(args.file) if args.file else None
    shot = importlib.import_module("app.shot")
    wanted = shot.Shot(args.state, file, _size(args.size), args.theme, args.language, args.tab)
    shot.save(shot.take(wanted), target)
    return EXIT_DONE


def _size(text: str) -> tuple[int, int]:
    match = _SIZE.fullmatch(text.strip().lower())
    if match is None:
        raise BadArgument(what=f"--size: “{text}” is no size.", hint="Write 1600x1000.")
    return int(match[1]), int(match[2])
