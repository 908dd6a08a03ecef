"""The command line. One command a file; imports no Qt.

How to add a command: write `app/cli/<name>.py` with `add_arguments(parser)` and `run(args) -> int`, and name it in
`COMMANDS` with the line that the help shows.
"""

from __future__ import annotations

from collections.abc import Sequence

COMMANDS: dict[str, tuple[str, str]] = {
    "transcribe": ("app.cli.transcribe", "turn films and recordings into subtitle files"),
    "align": ("app.cli.align", "time a text that is known: a script, lyrics, or an old subtitle"),
    "listen": ("app.cli.listen", "turn live speech into text, from the microphone or a file"),
    "convert": ("app.cli.convert", "turn a subtitle file into another format"),
    "check": ("app.cli.check", "check a subtitle file against a delivery style"),
    "models": ("app.cli.models", "the models for recognition: list, get, verify, remove, import, move"),
    "shot": ("app.cli.shot", "draw the window in a scripted state, as a PNG"),
    "doctor": ("app.cli.doctor", "look at what is installed and say what is missing"),
    "bench": ("app.cli.bench", "measure this machine"),
}
"""name → (module, one line for the help)"""

_COMMON = frozenset({"-h", "--help", "--version"})


def is_command_line(arguments: Sequence[str]) -> bool:
    """Whether `arguments` ask for a command (or for help) and not for the window."""
    return bool(arguments) and (arguments[0] in COMMANDS or arguments[0] in _COMMON)
