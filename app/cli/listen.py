"""`cuesmith listen`: live speech in, firm text out on stdout, a line a segment. Knows no engine.

Sound of a microphone is on disk before its text is printed; Ctrl+C ends the dictation, and what was said until then is
still recognised.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from app.cli import options
from app.cli.engine_lines import line_of
from app.cli.runner import EXIT_DONE, EXIT_FINDINGS, cancel_on_signals
from core.errors import BadArgument, CannotWrite
from core.events import DictationJob, EngineChosen, SpeechHeard
from core.files import why_not_writable
from core.media.recordings import Keeping, new_recording, tidy
from core.pipeline_dictation import Source
from core.pipeline_dictation import run as run_dictation
from core.progress import Notice
from core.recognition.streaming.settings import PRESETS
from core.settings import load_settings
from core.transcript import Word


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of DESIGN §6."""
    parser.add_argument("--device", default="", metavar="NAME", help="the microphone (default: the system's)")
    text = "listen to a file as if it were a microphone"
    parser.add_argument("--file", action=options.Named, metavar="MEDIA", help=text)
    parser.add_argument("--realtime", action="store_true", help="with --file: no faster than it was spoken")
    parser.add_argument("--engine", default="auto", metavar="ID", help="recognizer; auto takes the best installed")
    options.add_model_dir(parser)
    parser.add_argument("--language", default="auto", metavar="CODE", help="code, auto, or several: en,de")
    parser.add_argument(
        "--pace",
        choices=PRESETS,
        default="usual",
        help="usual: a word is firm soon; paper: steps of 2 s as the makers of Qwen3-ASR measured it, less work",
    )


def run(args: argparse.Namespace) -> int:
    """Listen until the file ends or the person does; exit code 1 where sound was missing."""
    token = cancel_on_signals()
    if args.realtime and not args.file:
        raise BadArgument(what="--realtime is for --file.", hint="Leave it out, or name a file.")
    file: Path | None = options.existing_file(args.file) if args.file else None
    recording = None if file is not None else _recording()
    source = Source(args.device, file, args.realtime, recording)
    job = DictationJob(args.engine, args.model_dir, options.languages(args.language), live=PRESETS[args.pace])
    findings, line = False, _Line()
    for event in run_dictation(job, source, token):
        match event:
            case EngineChosen(recognizer=info):
                _say(line_of(info) if info.dtype else f"{info.name}: {info.reason}")
            case Notice():
                findings = findings or event.finding
                _say(event.text)
            case SpeechHeard():
                line.add(event)
    line.end()
    if recording is not None:
        _say(f"the sound is kept: {recording}" if recording.exists() else "no sound came, so none is kept")
        settings, _ = load_settings()
        keeping = Keeping(settings.dictation_keep, settings.dictation_days, settings.dictation_limit_bytes)
        tidy(keeping, open_files=(recording,))
    return EXIT_FINDINGS if findings else EXIT_DONE


def _recording() -> Path:
    """Where the sound goes; before an engine is loaded, not when somebody speaks.

    Raises:
        CannotWrite: it cannot be kept.
    """
    path = new_recording()
    if why_not := why_not_writable(path):
        raise CannotWrite(file=str(path), cause=why_not)
    return path


class _Line:
    """What was printed of the segment that goes on."""

    def __init__(self) -> None:
        self._open: Word | None = None

    def add(self, heard: SpeechHeard) -> None:
        """Print firm words as they come; a segment's end ends the line."""
        for word in heard.firm:
            between = self._open.after if self._open is not None else ""
            sys.stdout.write((between or "") + word.text)
            self._open = word
        sys.stdout.flush()
        if heard.ended:
            self.end()

    def end(self) -> None:
        """Begin a new line, where one was begun."""
        if self._open is not None:
            sys.stdout.write("\n")
            sys.stdout.flush()
            self._open = None


def _say(text: str) -> None:
    sys.stderr.write(f"cuesmith: {text}\n")
    sys.stderr.flush()
