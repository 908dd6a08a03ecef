"""`cuesmith convert`: a subtitle file in one format becomes one in another. Knows no media and no engine."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

from app.cli import options
from app.cli.console import LineConsole
from app.cli.outputs import Outputs
from app.cli.runner import EXIT_DONE, EXIT_FINDINGS
from core.cue import Cue
from core.cues.own_styles import find_style
from core.cues.reflow import reflow
from core.progress import Notice
from core.subtitles import files
from core.subtitles.losses import loss_notices
from core.subtitles.naming import language_in_name
from core.subtitles.protocol import Feature, Subtitles
from core.timecode import format_ms


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of DESIGN §6."""
    parser.add_argument("input", action=options.Named, metavar="IN")
    to = "file to write; - puts it on stdout"
    parser.add_argument("output", action=options.Named, metavar="OUT", help=to)
    parser.add_argument("-f", "--format", metavar="FORMAT", help="default: by OUT's ending")
    parser.add_argument("--style", default="", metavar="ID", help="build the cues anew to this delivery style")
    parser.add_argument("--encoding", metavar="NAME", help="of IN (default: found out)")
    parser.add_argument("--fps", metavar="R", help="frame rate, such as 25 or 24000/1001, for formats that have one")
    parser.add_argument("--start", metavar="TC", help="start timecode, for formats that have one")
    parser.add_argument("--overwrite", action="store_true", help="replace OUT")


def run(args: argparse.Namespace) -> int:
    """Convert; a line for what was repaired and what OUT does not keep, exit code 1 where text was left out."""
    args.output_dir, args.skip_existing = None, False
    outputs = Outputs.from_arguments(args)
    outputs.check_before([args.input])
    path = options.existing_file(args.input)
    subtitles = _with_timing(files.read_file(path, encoding=args.encoding), args)
    if args.style:
        subtitles = replace(subtitles, cues=_reflowed(subtitles, args.style))
    target = outputs.formats[0]
    notices = [*subtitles.notices, *loss_notices(_but_its_name(subtitles, args.output), target)]
    if args.start and Feature.FRAME_RATE in target.keeps:
        notices += _counted_twice(subtitles, args.start)
    console = LineConsole()
    for notice in notices:
        console.notice(path.name, notice)
    outputs.write(path, subtitles)
    return EXIT_FINDINGS if any(notice.finding for notice in notices) else EXIT_DONE


def _but_its_name(subtitles: Subtitles, output: str) -> Subtitles:
    """The language is not lost where the name says it."""
    said = language_in_name(Path(output)) == subtitles.language
    return replace(subtitles, language="") if said else subtitles


def _counted_twice(subtitles: Subtitles, start: str) -> list[Notice]:
    """For cues that seem to count from the start code already; it is added all the same, for they need not."""
    first_ms, start_ms = (subtitles.cues[0].start_ms if subtitles.cues else 0), subtitles.start_timecode_ms
    if not 0 < start_ms <= first_ms:
        return []
    sentence = (
        "The first cue begins at {first} already, and {start} was added; where it counts from there, say no --start."
    )
    return [Notice("convert.start", sentence, {"first": format_ms(first_ms), "start": start})]


def _reflowed(subtitles: Subtitles, style_id: str) -> tuple[Cue, ...]:
    wanted = find_style(style_id, subtitles.language)
    return reflow(subtitles.cues, wanted, language=subtitles.language, frame_rate=subtitles.frame_rate)


def _with_timing(subtitles: Subtitles, args: argparse.Namespace) -> Subtitles:
    rate = options.frame_rate(args.fps) if args.fps else subtitles.frame_rate
    start_ms = options.start_code_ms(args.start, rate) if args.start else subtitles.start_timecode_ms
    return replace(subtitles, frame_rate=rate, start_timecode_ms=start_ms)
