"""What an export will write: which files under which names, what each format cannot carry, and the writing. No Qt.

Never over a file unless that one was chosen to be replaced; what could be written before something went wrong stays,
and the rest can be tried again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from core.document.document import Document
from core.errors import CuesmithError
from core.progress import Notice
from core.subtitles import ass_header, registry
from core.subtitles.files import write_file
from core.subtitles.look import in_plain_units
from core.subtitles.losses import features_of, losses, lost_count
from core.subtitles.naming import bare_stem, free_path, output_path
from core.subtitles.protocol import Feature, SubtitleFormat, Subtitles, UnmatchedLine, family

ENCODINGS = ("utf-8", "utf-8-sig", "utf-16")
"""Codecs that can be chosen, the usual one first; formats that are UTF-8 by definition stay so."""

NEWLINES = ("\n", "\r\n")

WORDS_FORMAT = "json"
"""The format that keeps every word's time, for “also save words”."""

_PREVIEW_CUES, _PREVIEW_LINES, _PREVIEW_CHARACTERS = 8, 40, 4000

_UNSAID = frozenset({Feature.CONFIDENCE, Feature.SEGMENTS, Feature.LANGUAGE, Feature.FRAME_RATE, Feature.MILLISECONDS})
"""Losses nobody delivers: what recognition left behind, what the film says anyway, and rounding below what one sees."""

_UNCOUNTED = frozenset({Feature.LOOK, Feature.HEADER})


@dataclass(frozen=True, slots=True)
class Choice:
    """What the person chose.

    Attributes:
        formats: ids, in the registry's order.
        name: of the files without extension, e.g. "low-water.en".
        folder: where they go.
        encoding: one of `ENCODINGS`. newline: one of `NEWLINES`.
        replaced: names of files that may be replaced.
    """

    formats: tuple[str, ...]
    name: str
    folder: Path
    encoding: str = ENCODINGS[0]
    newline: str = NEWLINES[0]
    replaced: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Loss:
    """Something of the document that a format cannot carry.

    Attributes:
        count: of words or cues it is about; 0 where counting says nothing.
    """

    feature: Feature
    count: int


@dataclass(frozen=True, slots=True)
class PlannedFile:
    """One file to be written.

    Attributes:
        wanted: the name asked for; `path` differs where that is taken.
        replaces: whether a file of this name is there and will be replaced.
    """

    format_id: str
    path: Path
    wanted: Path
    replaces: bool = False

    @property
    def renamed(self) -> bool:
        """Whether the name asked for is taken, so that this file got another."""
        return self.path != self.wanted


@dataclass(frozen=True, slots=True)
class Exported:
    """What came of it.

    Attributes:
        written: files that are there now.
        notices: what an encoding could not carry.
        left: files that are not written because of `error`.
    """

    written: tuple[PlannedFile, ...] = ()
    notices: tuple[Notice, ...] = ()
    left: tuple[PlannedFile, ...] = ()
    error: CuesmithError | None = None


@dataclass(frozen=True, slots=True)
class Material:
    """What is exported: the document as formats exchange it, and what its files are called by default.

    Attributes:
        features: what it makes use of, of all that files may carry.
        headers: per format, what its files carry above the cues.
        beside_film: whether `folder` is the film's.
    """

    subtitles: Subtitles
    features: frozenset[Feature] = frozenset()
    headers: Mapping[str, str] = field(default_factory=dict)
    name: str = "subtitles"
    folder: Path = field(default_factory=Path.home)
    beside_film: bool = False


def material_of(document: Document, media_path: str = "", source: Path | None = None) -> Material:
    """What is to be exported of a document; files go next to its film where it has one.

    `source`: the subtitle file the document came from; without a film, files go next to it under its name.
    """
    language = main_language(document)
    path = media_path or (document.media.path if document.media is not None else "")
    subtitles = Subtitles(
        cues=document.cues,
        header="\n".join(document.header.values()),
        language=language,
        media=Path(path).name,
        unmatched=tuple(UnmatchedLine(one.line, one.text) for one in document.unmatched),
        styles=dict(document.styles),
        frame_rate=document.frame_rate,
        start_timecode_ms=document.start_timecode,
    )
    features, headers = features_of(subtitles), dict(document.header)
    if not path:
        bare = source.with_name(f"{bare_stem(source)}.x") if source is not None else Path.home() / "subtitles.x"
        return Material(subtitles, features, headers, _stem(bare, language), bare.parent)
    film = Path(path)
    return Material(subtitles, features, headers, _stem(film, language), film.parent, beside_film=True)


def main_language(document: Document) -> str:
    """The language most cues are in; "" where none says one."""
    said = Counter(cue.language for cue in document.cues if cue.language)
    return said.most_common(1)[0][0] if said else ""


def formats() -> tuple[SubtitleFormat, ...]:
    """Every format that can be written, in the registry's order."""
    return tuple(one for one in registry.all_formats() if one.writes)


def plan(choice: Choice, exists: Callable[[Path], bool] = Path.exists) -> tuple[PlannedFile, ...]:
    """The files that `choice` means. A name that is taken, on disk or by another file of this plan, gives way."""
    base, language = _parted(choice.name)
    planned: list[PlannedFile] = []
    for format_id in choice.formats:
        extension = registry.by_id(format_id).extensions[0]
        wanted = output_path(base, language, extension, choice.folder)
        mine = {file.path for file in planned}
        if wanted.name in choice.replaced and wanted not in mine:
            planned.append(PlannedFile(format_id, wanted, wanted, replaces=exists(wanted)))
            continue
        path = free_path(base, language, extension, choice.folder, lambda p, mine=mine: p in mine or exists(p))  # type: ignore[misc]
        planned.append(PlannedFile(format_id, path, wanted))
    return tuple(planned)


def lost_features(material: Material, format_id: str) -> tuple[Feature, ...]:
    """What this format cannot carry of the document, as far as a person would miss it."""
    target = registry.by_id(format_id)
    lost = {*losses(material.subtitles, target, material.features)} - _UNSAID
    if any(header and key != family(target) for key, header in material.headers.items()):
        lost.add(Feature.HEADER)
    return tuple(feature for feature in Feature if feature in lost)


def losses_of(material: Material, format_id: str) -> tuple[Loss, ...]:
    """The same, with how many words or cues it is about."""
    target, whole = registry.by_id(format_id), material.subtitles
    lost = lost_features(material, format_id)
    return tuple(Loss(one, 0 if one in _UNCOUNTED else lost_count(whole, one, target)) for one in lost)


def preview(material: Material, format_id: str) -> str:
    """The first lines of the file."""
    few = replace(material.subtitles, cues=material.subtitles.cues[:_PREVIEW_CUES])
    target = registry.by_id(format_id)
    text = target.write(_for_format(replace(material, subtitles=few), target))[:_PREVIEW_CHARACTERS]
    return "\n".join(text.splitlines()[:_PREVIEW_LINES])


def export(material: Material, choice: Choice, files: Sequence[PlannedFile]) -> Exported:
    """Write the files one after the other; an error stops, and says which are there and which are left."""
    notices: list[Notice] = []
    for at, file in enumerate(files):
        try:
            notices += write_file(
                _for_format(material, registry.by_id(file.format_id)),
                file.path,
                format=file.format_id,
                encoding=choice.encoding,
                newline=choice.newline,
                overwrite=file.replaces,
            )
        except CuesmithError as error:
            return Exported(tuple(files[:at]), tuple(notices), tuple(files[at:]), error)
    return Exported(tuple(files), tuple(notices))


def wrong_name(name: str) -> bool:
    """Whether a file cannot be called so: nothing, a folder in it, or what a system forbids."""
    bare = name.strip()
    return not bare or bare in (".", "..") or any(c in '/\\:*?"<>|' or ord(c) < 32 for c in bare)


def with_header(material: Material, format_id: str) -> Subtitles:
    """What is exported, with the header this format's files carry."""
    return replace(material.subtitles, header=material.headers.get(format_id, ""))


def _for_format(material: Material, target: SubtitleFormat) -> Subtitles:
    """With the header that this format's files carry."""
    header = material.headers.get(target.id, material.headers.get(family(target), ""))
    styles = material.subtitles.styles
    if family(target) != "ass":
        styles = in_plain_units(styles, ass_header.scale(material.headers.get("ass", "")))
    return replace(material.subtitles, header=header, styles=styles)


def _stem(film: Path, language: str) -> str:
    return output_path(film, language, "x").stem


def _parted(name: str) -> tuple[Path, str]:
    """A name as `naming` takes it: the counter goes before the last part where that may be a language."""
    base, dot, last = name.strip().rpartition(".")
    whole = Path(f"{name.strip()}.film")
    if not dot or not base:
        return whole, ""
    named = output_path(Path(f"{base}.film"), last, "x").name == f"{name.strip()}.x"
    return (Path(f"{base}.film"), last) if named else (whole, "")
