"""Runs one command: parses its arguments, prints its failure as one line, and gives the exit code. Knows no command.

Exit codes: 0 done; 1 done with findings; 2 bad arguments or input; 3 failed; 130 stopped by the user.
"""

from __future__ import annotations

import argparse
import contextlib
import importlib
import signal
import sys
import traceback
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from types import FrameType
from typing import NoReturn

from app.cli import COMMANDS, streams
from app.cli.console import one_line
from core.errors import BadArgument, CuesmithError, wrap_unexpected
from core.progress import Cancelled, CancelToken

EXIT_DONE = 0
EXIT_FINDINGS = 1
EXIT_INPUT = 2
EXIT_FAILED = 3
EXIT_STOPPED = 130


class _Parser(argparse.ArgumentParser):
    """An argument parser whose mistakes are one line with the next step, like every other mistake."""

    def error(self, message: str) -> NoReturn:
        raise BadArgument(what=f"{message[:1].upper()}{message[1:]}.", hint=f"See {self.prog} --help.")


def run_command(arguments: Sequence[str]) -> int:
    """Run the command line `arguments` and return its exit code."""
    streams.prepare()
    code = _outcome(arguments)
    trouble = streams.finish()
    if trouble is None or isinstance(trouble, BrokenPipeError):  # a reader that went away (`| head`) has what it wants
        return code
    return _failed(streams.refused(trouble))


def _outcome(arguments: Sequence[str]) -> int:
    debug = "--debug" in arguments
    try:
        return _run(arguments)
    except SystemExit as end:  # --help and --version
        return int(end.code or EXIT_DONE)
    except (Cancelled, KeyboardInterrupt):
        return EXIT_STOPPED
    except BrokenPipeError:
        return EXIT_DONE
    except Exception as error:  # noqa: BLE001 - the outermost border of the program: everything becomes one line
        if debug:
            traceback.print_exc()
        return _failed(_named(error))


def _named(error: Exception) -> CuesmithError:
    """As one of ours. Files name themselves; an error of the system that none of them took may be stdout's."""
    trouble = streams.finish() if isinstance(error, OSError) else None
    return wrap_unexpected(error) if trouble is None else streams.refused(trouble)


def _failed(failure: CuesmithError) -> int:
    with contextlib.suppress(BrokenPipeError):  # nobody reads it; the exit code says it, too
        print(f"cuesmith: {one_line(str(failure))}", file=sys.stderr)
    return failure.exit_code


def _run(arguments: Sequence[str]) -> int:
    name = arguments[0]
    if name not in COMMANDS:
        _top_parser().parse_args(list(arguments))
        return EXIT_DONE
    module = importlib.import_module(COMMANDS[name][0])
    parser = _Parser(prog=f"cuesmith {name}", description=COMMANDS[name][1][:1].upper() + COMMANDS[name][1][1:] + ".")
    parser.add_argument("--debug", action="store_true", help="show where an error happened")
    module.add_arguments(parser)
    code: int = module.run(parser.parse_args(list(arguments[1:])))
    return code


def _top_parser() -> argparse.ArgumentParser:
    width = max(map(len, COMMANDS))
    commands = "\n".join(f"  {name:<{width}}  {line}" for name, (_, line) in COMMANDS.items())
    parser = _Parser(
        prog="cuesmith",
        usage="cuesmith [FILE …]  |  cuesmith COMMAND …",
        description="Turns speech and singing into timed words, and timed words into subtitles.",
        epilog=f"commands:\n{commands}\n\ncuesmith COMMAND --help tells more.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"cuesmith {program_version()}")
    return parser


def program_version() -> str:
    """The installed version."""
    try:
        return version("cuesmith")
    except PackageNotFoundError:  # run from a folder that was never installed
        return "0 (not installed)"


def cancel_on_signals() -> CancelToken:
    """A token that Ctrl+C or a polite kill sets; a second Ctrl+C ends the program at once."""
    token = CancelToken()

    def stop(_number: int, _frame: FrameType | None) -> None:
        if token.cancelled:
            raise KeyboardInterrupt
        token.cancel()

    signal.signal(signal.SIGINT, stop)
    signal.signal(signal.SIGTERM, stop)
    return token
