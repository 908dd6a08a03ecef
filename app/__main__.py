"""Where the program starts: arguments, then a command or the window. Knows neither commands nor windows by heart."""

from __future__ import annotations

import sys
from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program with `argv` (default: the process's) and return its exit code."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    from app.cli import is_command_line
    from app.cli.runner import run_command

    if is_command_line(arguments):
        return run_command(arguments)
    from app.cli.window import open_window

    return open_window(arguments)


if __name__ == "__main__":
    import multiprocessing

    multiprocessing.freeze_support()
    sys.exit(main())
