"""A job and what it tells while it runs. Plain data that crosses the process border; knows no stage's insides."""

from __future__ import annotations

from dataclasses import dataclass

from core.alignment.known_text.report import Report
from core.cue import Cue
from core.engine import EngineInfo
from core.media.info import MediaInfo
from core.progress import Notice, Progress
from core.recognition.streaming.settings import USUAL, StreamSettings
from core.transcript import Segment, Word

SPEECH, SONG = "speech", "song"
PRESETS = (SPEECH, SONG)
"""What a known text is timed as: spoken, or sung over music."""


@dataclass(frozen=True, slots=True)
class Job:
    """What to do with one media file.

    Attributes:
        media: path of the file.
        track: audio track, 1 = first.
        from_ms, to_ms: the part of the media to do; `to_ms` None = to its end.
        engine: recognizer id or "auto".
        model_dir: folder of a checkpoint, or "".
        aligner: aligner id, "auto" or "none" (words estimated).
        aligner_dir: folder of the aligner's checkpoint, or "".
        languages: codes allowed; () = find out.
        context: names and terms that help.
        style: delivery style the cues are built to; "" = the one for the language.
        max_chunk_ms: longest piece sent to the recognizer.
        device: "cpu", "cuda:0", …; "" = the best there is. Like `rows` it changes no stored result.
        rows: most clips recognised at once; 0 = as many as the engine likes.
    """

    media: str
    track: int = 1
    from_ms: int = 0
    to_ms: int | None = None
    engine: str = "auto"
    model_dir: str = ""
    aligner: str = "auto"
    aligner_dir: str = ""
    languages: tuple[str, ...] = ()
    context: str = ""
    style: str = ""
    max_chunk_ms: int = 30_000
    device: str = ""
    rows: int = 0


@dataclass(frozen=True, slots=True)
class AlignJob:
    """A text and the media it is spoken in.

    Attributes:
        media: path of the file.
        lines: of the text, each later a cue.
        track: audio track, 1 = first.
        engine, model_dir: what hears roughly, or "auto", and its checkpoint.
        aligner, aligner_dir: what times the words, or "auto", and its checkpoint.
        language: code, or "" = English.
        preset: "speech" or "song".
        refine_edges: whether edges are moved to the sound's at pauses.
        style: delivery style that found lines are made cues by, which come as `CuesFound`; "" = none are made.
    """

    media: str
    lines: tuple[str, ...]
    track: int = 1
    engine: str = "auto"
    model_dir: str = ""
    aligner: str = "auto"
    aligner_dir: str = ""
    language: str = ""
    preset: str = SPEECH
    refine_edges: bool = True
    style: str = ""


@dataclass(frozen=True, slots=True)
class WordsJob:
    """A few words and the stretch of a film in which they are spoken.

    Attributes:
        media: path of the file.
        start_ms, end_ms: the stretch, half-open; at most a minute.
        words: (text, white space behind it), in order; all that is spoken in the stretch.
        language: code, or "" where unknown: then they are estimated.
        track: audio track, 1 = first.
        aligner, aligner_dir: what times the words, or "auto", and its checkpoint.
    """

    media: str
    start_ms: int
    end_ms: int
    words: tuple[tuple[str, str], ...]
    language: str
    track: int = 1
    aligner: str = "auto"
    aligner_dir: str = ""


@dataclass(frozen=True, slots=True)
class DictationJob:
    """A dictation: its sound comes piece by piece.

    Attributes:
        engine: recognizer id or "auto".
        model_dir: folder of a checkpoint, or "".
        languages: codes allowed; () = find out.
        context: names and terms that help.
        first_ms: where on the recording's clock the sound that is fed begins.
        aligner, aligner_dir: as of `Job`: what times the words, behind the recogniser.
        live: how it listens.
    """

    engine: str = "auto"
    model_dir: str = ""
    languages: tuple[str, ...] = ()
    context: str = ""
    first_ms: int = 0
    aligner: str = "auto"
    aligner_dir: str = ""
    live: StreamSettings = USUAL


@dataclass(frozen=True, slots=True)
class EngineChosen:
    """Which engines do the work, and why; comes before the first chunk."""

    recognizer: EngineInfo
    aligner: EngineInfo | None


@dataclass(frozen=True, slots=True)
class Resumed:
    """An earlier run had done `chunks` of `of` chunks; only the rest is recognised now."""

    chunks: int
    of: int


@dataclass(frozen=True, slots=True)
class ChunkDone:
    """A chunk's words are there and stored. `index` counts from 0; `from_store`: an earlier run had done it."""

    index: int
    of: int
    segment: Segment
    from_store: bool


@dataclass(frozen=True, slots=True)
class CuesFound:
    """More cues, in order of time; `cues` come after all that came before and will not change."""

    cues: tuple[Cue, ...]


@dataclass(frozen=True, slots=True)
class JobDone:
    """The job is through.

    Attributes:
        language: code of the language found or given, "" where unknown.
        style: id of the delivery style the cues were built to.
        duration_ms: of the media.
        words: how many there are.
    """

    language: str
    style: str
    duration_ms: int
    words: int


@dataclass(frozen=True, slots=True)
class TextTimed:
    """The job is through: every line with its words, or without where it was not found."""

    report: Report
    info: MediaInfo
    aligner: EngineInfo
    language: str


@dataclass(frozen=True, slots=True)
class WordsTimed:
    """The words of a `WordsJob`, one for each that was given, `estimated` where none was measured.

    Attributes:
        aligner: id of what timed them.
    """

    words: tuple[Word, ...]
    aligner: str


@dataclass(frozen=True, slots=True)
class SpeechHeard:
    """A dictation has come further. Times are on the recording's clock.

    Attributes:
        firm: words that are firm since the last one; they come behind all before and never change.
        tentative: what follows them for now; replaces what was tentative before.
        lag_ms: sound that was fed and stands in no word yet.
        heard_ms: up to here the engine has heard.
        changed: firm words of before, the same text, whose times or confidence are better known now.
        ended: a segment ended behind the firm words: nothing more comes to it.
    """

    firm: tuple[Word, ...]
    tentative: tuple[Word, ...]
    lag_ms: int
    heard_ms: int
    changed: tuple[Word, ...] = ()
    ended: bool = False


RunEvent = EngineChosen | Resumed | Progress | Notice | ChunkDone | CuesFound | JobDone
Event = RunEvent | TextTimed | WordsTimed | SpeechHeard
