"""Several media at once: each is transcribed by a process of its own. Knows no stage.

The children run the same command with one file each and report as JSON, which is shown here as if it were one run.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from app.cli.console import Console, choose_console
from app.cli.runner import EXIT_STOPPED
from core.progress import CancelToken, Notice, Progress, Stage


def transcribe_at_once(args: argparse.Namespace, token: CancelToken) -> int:
    """Run one child for each of `args.media`, `args.jobs` at once; the worst exit code."""
    with choose_console(json_progress=args.json_progress) as console, ThreadPoolExecutor(args.jobs) as pool:
        codes = list(pool.map(lambda media: _child(media, args, console, token), args.media))
    return max(codes)


def _child(media: str, args: argparse.Namespace, console: Console, token: CancelToken) -> int:
    if _stopped(token):
        return EXIT_STOPPED
    with subprocess.Popen(_command(media, args), stderr=subprocess.PIPE, text=True, encoding="utf-8") as child:
        assert child.stderr is not None
        for line in child.stderr:
            if _stopped(token):
                child.terminate()
            _show(line, console)
        return child.wait()


def _stopped(token: CancelToken) -> bool:
    """Asked by a function, because the token changes between two looks."""
    return token.cancelled


def _command(media: str, args: argparse.Namespace) -> list[str]:
    program = [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "app"]
    command = [*program, "transcribe", "--json-progress"]
    for name in ("engine", "model_dir", "aligner", "aligner_dir", "language", "context", "style", "audio_track"):
        value = str(getattr(args, name))
        if value:
            command += [f"--{name.replace('_', '-')}", value]
    for name, option in (
        ("output_dir", "--output-dir"),
        ("format", "--format"),
        ("from_time", "--from"),
        ("to_time", "--to"),
    ):
        if getattr(args, name):
            command += [option, getattr(args, name)]
    command += [
        f"--{name.replace('_', '-')}" for name in ("skip_existing", "overwrite", "debug") if getattr(args, name)
    ]
    return [*command, "--", media]


def _show(line: str, console: Console) -> None:
    try:
        event: dict[str, Any] = json.loads(line)
    except ValueError:
        console.say(line.rstrip())  # a traceback under --debug, or a library's own word
        return
    file = str(event.get("file", ""))
    match event.get("event"):
        case "progress":
            console.progress(file, Progress(Stage(event["stage"]), event["done_ms"], event["total_ms"]))
        case "chunk":
            console.chunk(file, event["index"], event["of"], from_store=event["from_store"])
        case "resumed":
            console.resumed(file, event["chunks"])
        case "warning":
            console.notice(file, Notice(event["code"], "{text}", {"text": event["text"]}, finding=event["finding"]))
        case "done":
            console.done(file, event["outputs"])
        case "failed":
            console.failed(file, event["code"], event["text"])
