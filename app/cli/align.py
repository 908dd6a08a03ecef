"""`cuesmith align`: media and its text in, a timed subtitle file out. Knows no stage's insides.

Runs `core.pipeline_align`. An old subtitle as the text is re-timed: its cues keep all but their times.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from app.cli import options
from app.cli.console import Console, choose_console
from app.cli.engine_lines import EngineLines
from app.cli.outputs import Outputs
from app.cli.results import results_of
from app.cli.runner import EXIT_DONE, EXIT_FINDINGS, EXIT_STOPPED, cancel_on_signals
from core.cue import Cue
from core.cues import styles
from core.cues.own_styles import find_style
from core.errors import BadArgument, InternalError
from core.events import PRESETS, SPEECH, AlignJob, ChunkDone, EngineChosen, Resumed, TextTimed
from core.given_text import GivenText, read_text
from core.known_cues import cues_of
from core.pipeline_align import check
from core.pipeline_align import run as run_align
from core.progress import Cancelled, CancelToken, Notice, Progress
from core.retiming import applied, retimed
from core.subtitles.protocol import Subtitles, UnmatchedLine


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of DESIGN §6."""
    parser.add_argument("media", action=options.Named, metavar="MEDIA")
    what = "what is spoken: .txt, .docx, or an old subtitle to re-time"
    parser.add_argument("text", action=options.Named, metavar="TEXT", help=what)
    to = "file to write; - puts it on stdout"
    parser.add_argument("-o", "--output", action=options.Named, metavar="OUT", help=to)
    parser.add_argument("-f", "--format", metavar="FORMAT", help="srt, vtt, json, txt, … (default: by OUT, else srt)")
    parser.add_argument("--engine", default="auto", metavar="ID", help="hears roughly; auto takes the best installed")
    parser.add_argument("--aligner", default="auto", metavar="ID", help="times words; auto takes the best installed")
    options.add_model_dir(parser)
    options.add_aligner_dir(parser)
    parser.add_argument("--language", default="auto", metavar="CODE", help="of the text (default: the file's, or en)")
    parser.add_argument("--preset", choices=PRESETS, default=SPEECH, help="song: sung over music")
    parser.add_argument("--style", default="", metavar="ID", help="of long lines (default: Netflix for the language)")
    parser.add_argument("--audio-track", type=int, default=1, metavar="N", help="1 = the first")
    parser.add_argument("--no-edges", action="store_true", help="leave edges where the aligner put them")
    parser.add_argument("--overwrite", action="store_true", help="replace OUT")
    parser.add_argument("--json-progress", action="store_true", help="one JSON object a line on stderr")


def run(args: argparse.Namespace) -> int:
    """Time the text; exit code 1 where lines were not found or are doubtful."""
    token = cancel_on_signals()
    args.output_dir, args.skip_existing = None, False
    outputs = Outputs.from_arguments(args)
    outputs.check_before([args.media])
    media = options.existing_file(args.media)
    given = read_text(options.existing_file(args.text))
    job = _job(media, given, args)
    check(job)
    with choose_console(json_progress=args.json_progress) as console:
        for notice in given.notices:
            console.notice(Path(args.text).name, notice)
        try:
            timed, findings = _align(job, media.name, console, token)
        except Cancelled:
            console.say(f"{media.name}: stopped; what was done is kept, and the next run goes on from there")
            return EXIT_STOPPED
        console.rest()
        written = outputs.write(media, _subtitles(given, timed, media.name, args.style))
        console.done(media.name, written)
    return EXIT_FINDINGS if findings else EXIT_DONE


def _job(media: Path, given: GivenText, args: argparse.Namespace) -> AlignJob:
    codes = options.languages(args.language)
    if len(codes) > 1:
        raise BadArgument(what="--language takes one code here.", hint="Give the language of the text.")
    return AlignJob(
        media=str(media),
        lines=given.lines,
        track=args.audio_track,
        engine=args.engine,
        model_dir=args.model_dir,
        aligner=args.aligner,
        aligner_dir=args.aligner_dir,
        language=codes[0] if codes else given.language,
        preset=args.preset,
        refine_edges=not args.no_edges,
        style=args.style,
    )


def _align(job: AlignJob, name: str, console: Console, token: CancelToken) -> tuple[TextTimed, bool]:
    findings, engines = False, EngineLines()
    with results_of(job.media, name, console) as results:
        for event in run_align(job, results=results, cancel=token):
            match event:
                case Progress():
                    console.progress(name, event)
                case EngineChosen():
                    for line in engines.of(event, auto=False):
                        console.say(f"{name}: {line}")
                case Resumed(chunks=chunks):
                    console.resumed(name, chunks)
                case ChunkDone(index=index, of=of, from_store=from_store):
                    console.chunk(name, index, of, from_store=from_store)
                case Notice():
                    findings = findings or event.finding
                    console.notice(name, event)
                case TextTimed():
                    return event, findings
    raise InternalError(what="an align run ended without a result")


def _subtitles(given: GivenText, timed: TextTimed, media: str, style_id: str) -> Subtitles:
    unmatched = tuple(UnmatchedLine(line.number, line.text) for line in timed.report.unmatched)
    return Subtitles(
        _cues(given, timed, style_id),
        language=timed.language,
        media=media,
        engine=timed.aligner.id,
        unmatched=unmatched,
    )


def _cues(given: GivenText, timed: TextTimed, style_id: str) -> tuple[Cue, ...]:
    if given.cues:
        changes = retimed(given.cues, timed.report)
        return applied(change for change in changes if change.new is not None)
    style = find_style(style_id, timed.language) if style_id else styles.default_for(timed.language)
    return cues_of(timed.report, style, language=timed.language, frame_rate=timed.info.frame_rate)
