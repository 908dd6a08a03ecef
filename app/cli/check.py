"""`cuesmith check`: a subtitle file against a delivery style, finding by finding. Knows no rule itself."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from app.cli import options
from app.cli.console import LineConsole
from app.cli.runner import EXIT_DONE, EXIT_FINDINGS
from core import fonts, spelling
from core.cue import Cue
from core.cues.checks import Finding, check
from core.cues.closer_checks import check_closer, closed_alone
from core.cues.own_styles import find_style
from core.cues.report import findings_table
from core.cues.styles import Style, default_for
from core.errors import BadArgument, Param
from core.files import write_atomically
from core.language import name_of
from core.pipeline import media_info, shot_changes
from core.progress import Notice
from core.subtitles.files import read_file
from core.subtitles.protocol import Subtitles
from core.subtitles.repairs import UNBALANCED
from core.timecode import format_ms


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of DESIGN §6, and the frame rate that gaps are counted at."""
    parser.add_argument("subtitles", action=options.Named, metavar="SUBTITLES")
    parser.add_argument("--style", default="", metavar="ID", help="delivery style (default: Netflix for the language)")
    parser.add_argument("--media", action=options.Named, metavar="M", help="the film, for its frame rate")
    parser.add_argument(
        "--fps", metavar="R", help="frame rate, 25 or 24000/1001 (default: the film's, the file's, else 24)"
    )
    parser.add_argument("--shots", action="store_true", help="look for shot changes in --media, and at cues near them")
    parser.add_argument("--spelling", action="store_true", help="by the Hunspell dictionaries of this machine")
    parser.add_argument("--csv", action=options.Named, metavar="OUT", help="write the findings as a table")
    parser.add_argument("--overwrite", action="store_true", help="replace the table")
    parser.add_argument("--json", action="store_true", help="one JSON object on stdout")


def run(args: argparse.Namespace) -> int:
    """Check and print a line for each finding; exit code 1 where there are any."""
    path = options.existing_file(args.subtitles)
    if args.media:
        options.existing_file(args.media)
    target = options.file_to_write(args.csv) if args.csv else None
    if args.shots and not args.media:
        raise BadArgument(what="--shots needs the film.", hint="Name it with --media.")
    subtitles = read_file(path)
    console = LineConsole()
    for notice in subtitles.notices:
        console.notice(path.name, notice)
    wanted = find_style(args.style, subtitles.language) if args.style else default_for(subtitles.language)
    rows = _rows(subtitles.cues)
    if args.spelling:
        _say_where_to_get(console, path.name, subtitles)
    findings = _found(args, subtitles, wanted, rows)
    if target is not None:
        table = findings_table(findings, subtitles.cues).encode("utf-8-sig")
        write_atomically(target, table, overwrite=args.overwrite)
    if args.json:
        print(json.dumps(_object(path.name, wanted, subtitles.cues, findings, rows), ensure_ascii=False))
    else:
        _print(path.name, wanted, findings, rows)
    return EXIT_FINDINGS if findings else EXIT_DONE


def _found(args: argparse.Namespace, subtitles: Subtitles, wanted: Style, rows: Rows) -> tuple[Finding, ...]:
    """In the order of the cues."""
    shots_ms = shot_changes(args.media) if args.shots and args.media else ()
    cues = tuple(replace(cue, language=cue.language or subtitles.language) for cue in subtitles.cues)
    misspelt = spelling.misspelt if args.spelling else None
    closer = check_closer(cues, shots_ms=shots_ms, missing=fonts.missing_letters, misspelt=misspelt, estimated=True)
    rate = _frame_rate(args) or subtitles.frame_rate
    every = (*check(cues, wanted, rate), *closer, *_closed_alone(subtitles))
    return tuple(sorted(every, key=lambda one: rows[one.cue_id][0]))


def _closed_alone(subtitles: Subtitles) -> Iterator[Finding]:
    """Cues whose tags the reader mended. Their numbers are the file's, so they are known where it was in order."""
    codes = {notice.code: notice for notice in subtitles.notices}
    if UNBALANCED not in codes or "subtitle.unsorted" in codes:
        return
    for number in str(codes[UNBALANCED].params["cues"]).split(","):
        yield closed_alone(subtitles.cues[int(number) - 1])


def _say_where_to_get(console: LineConsole, name: str, subtitles: Subtitles) -> None:
    """A line for each language there is no dictionary for."""
    for language in sorted({cue.language or subtitles.language for cue in subtitles.cues}):
        if spelling.dictionary_for(language) is None:
            known = name_of(language) if language else "a language nobody named"
            text = "there is no dictionary for {known}. {advice}"
            advice = spelling.where_to_get(language).text
            params: dict[str, Param] = {"language": language, "known": known, "advice": advice}
            console.notice(name, Notice("spelling.none", text, params))


Rows = dict[str, tuple[int, Cue]]


def _frame_rate(args: argparse.Namespace) -> Fraction | None:
    if args.fps:
        return options.frame_rate(args.fps)
    if not args.media:
        return None
    return media_info(args.media).frame_rate


def _rows(cues: tuple[Cue, ...]) -> Rows:
    return {cue.id: (number, cue) for number, cue in enumerate(cues, start=1)}


def _print(name: str, wanted: Style, findings: tuple[Finding, ...], rows: Rows) -> None:
    for finding in findings:
        number, cue = rows[finding.cue_id]
        print(f"{name}: cue {number} at {format_ms(cue.start_ms)}: {finding.severity}: {finding.text}")
    if not findings:
        print(f"{name}: nothing found against {wanted.name}.")


def _object(
    name: str, wanted: Style, cues: tuple[Cue, ...], findings: tuple[Finding, ...], rows: Rows
) -> dict[str, object]:
    return {
        "version": 1,
        "file": name,
        "style": wanted.id,
        "cues": len(cues),
        "findings": [_entry(one, *rows[one.cue_id]) for one in findings],
    }


def _entry(finding: Finding, number: int, cue: Cue) -> dict[str, object]:
    return {
        "cue": number,
        "start_ms": cue.start_ms,
        "cue_id": finding.cue_id,
        "code": finding.code,
        "severity": finding.severity,
        "text": finding.text,
        "params": finding.params,
    }
