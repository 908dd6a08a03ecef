"""`cuesmith transcribe`: films and recordings in, subtitle files out.

One file after another in this process; with --jobs N, N at once, each in a process of its own. Knows no stage's
insides: it runs `core.pipeline` and writes what comes.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass, field
from pathlib import Path

from app.cli import options
from app.cli.console import Console, choose_console
from app.cli.engine_lines import EngineLines
from app.cli.outputs import Outputs
from app.cli.parallel import transcribe_at_once
from app.cli.results import results_of
from app.cli.runner import EXIT_DONE, EXIT_FINDINGS, EXIT_STOPPED, cancel_on_signals
from core.cue import Cue
from core.errors import BadArgument, wrap_unexpected
from core.events import ChunkDone, CuesFound, EngineChosen, Event, Job, JobDone, Resumed
from core.media.files import file_name
from core.pipeline import check
from core.pipeline import run as run_pipeline
from core.progress import Cancelled, CancelToken, Notice, Progress, Stage
from core.subtitles.protocol import Subtitles
from core.transcript import Segment


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of DESIGN §6."""
    parser.add_argument("media", action=options.Named, nargs="+", metavar="MEDIA")
    where = parser.add_mutually_exclusive_group()
    to = "file to write; - puts it on stdout"
    where.add_argument("-o", "--output", action=options.Named, metavar="OUT", help=to)
    into = "folder to write into (default: next to the media)"
    where.add_argument("--output-dir", action=options.Named, metavar="DIR", help=into)
    parser.add_argument("-f", "--format", metavar="F,F", help="srt, vtt, json, txt, … (default: by OUT, else srt)")
    options.add_engine_arguments(parser)
    parser.add_argument("--style", default="", metavar="ID", help="delivery style (default: Netflix for the language)")
    parser.add_argument("--audio-track", type=int, default=1, metavar="N", help="1 = the first")
    parser.add_argument("--from", dest="from_time", metavar="T", help="start there")
    parser.add_argument("--to", dest="to_time", metavar="T", help="stop there")
    parser.add_argument("--jobs", type=int, default=1, metavar="N", help="files at once")
    parser.add_argument("--skip-existing", action="store_true", help="leave out media that have their output already")
    parser.add_argument("--overwrite", action="store_true", help="replace files that are there")
    parser.add_argument("--json-progress", action="store_true", help="one JSON object a line on stderr")


def run(args: argparse.Namespace) -> int:
    """Transcribe every file; the worst outcome gives the exit code."""
    token = cancel_on_signals()
    outputs = Outputs.from_arguments(args)
    outputs.check_before(args.media)
    check(_job(Path(args.media[0]), args))
    if args.jobs > 1 and len(args.media) > 1:
        return transcribe_at_once(args, token)
    with choose_console(json_progress=args.json_progress) as console:
        codes = [_one(Path(name), args, outputs, console, token) for name in args.media]
    return max(codes)


def _one(media: Path, args: argparse.Namespace, outputs: Outputs, console: Console, token: CancelToken) -> int:
    name = file_name(media)
    if args.skip_existing and outputs.all_there(media):
        console.say(f"{name}: its output is there already; left out")
        return EXIT_DONE
    try:
        made = _transcribe(_job(media, args), name, console, token)
        console.rest()
        written = outputs.write(media, made.subtitles(name))
    except Cancelled:
        console.say(f"{name}: stopped; what was recognised is kept, and the next run goes on from there")
        return EXIT_STOPPED
    except BrokenPipeError:
        raise  # whoever read our stdout has what it wants
    except Exception as error:
        if args.debug:
            raise
        failure = wrap_unexpected(error)
        console.failed(name, failure.code, str(failure))
        return failure.exit_code
    console.done(name, written)
    return EXIT_FINDINGS if made.findings else EXIT_DONE


def _job(media: Path, args: argparse.Namespace) -> Job:
    from_ms = options.time_ms(args.from_time, "--from") if args.from_time else 0
    to_ms = options.time_ms(args.to_time, "--to") if args.to_time else None
    if to_ms is not None and to_ms <= from_ms:
        raise BadArgument(what="--to must be later than --from.", hint="Swap them.")
    return Job(
        media=str(media),
        track=args.audio_track,
        from_ms=from_ms,
        to_ms=to_ms,
        engine=args.engine,
        model_dir=args.model_dir,
        aligner=args.aligner,
        aligner_dir=args.aligner_dir,
        languages=options.languages(args.language),
        context=options.context(args.context),
        style=args.style,
    )


@dataclass(slots=True)
class _Made:
    """What a run has brought so far."""

    cues: list[Cue] = field(default_factory=list)
    segments: list[Segment] = field(default_factory=list)
    engine: str = ""
    language: str = ""
    findings: bool = False
    engines: EngineLines = field(default_factory=EngineLines)

    def subtitles(self, media: str) -> Subtitles:
        """All of it as a file's contents."""
        return Subtitles(
            tuple(self.cues),
            language=self.language,
            media=media,
            engine=self.engine,
            segments=tuple(self.segments),
        )


def _transcribe(job: Job, name: str, console: Console, token: CancelToken) -> _Made:
    made = _Made()
    with results_of(job.media, name, console) as results:
        for event in run_pipeline(job, results=results, cancel=token):
            _take(event, made, name, console, auto=job.engine == "auto")
    console.progress(name, Progress(Stage.WRITE, 0, 0))
    return made


def _take(event: Event, made: _Made, name: str, console: Console, *, auto: bool) -> None:
    match event:
        case Progress():
            console.progress(name, event)
        case EngineChosen():
            made.engine = event.recognizer.id
            for line in made.engines.of(event, auto=auto):
                console.say(f"{name}: {line}")
        case Resumed(chunks=chunks):
            console.resumed(name, chunks)
        case ChunkDone(index=index, of=of, segment=segment, from_store=from_store):
            made.segments.append(segment)
            console.chunk(name, index, of, from_store=from_store)
        case CuesFound(cues=cues):
            made.cues.extend(cues)
        case Notice():
            made.findings = made.findings or event.finding
            console.notice(name, event)
        case JobDone(language=language):
            made.language = language
