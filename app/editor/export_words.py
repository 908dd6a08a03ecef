"""What the export dialog says about losses and names. Knows no widget and writes nothing."""

from __future__ import annotations

from app.editor.export_plan import Loss, PlannedFile
from app.i18n import tr
from core.subtitles.protocol import Feature, SubtitleFormat

_NEVER_DRAWN = frozenset({"txt", "csv", "json", "edl", "edl-ndf"})
"""Formats that no player draws: of a look they could not say what becomes of it."""
_DRAWN = frozenset({Feature.STYLED_TEXT, Feature.COLOURS, Feature.STYLES, Feature.LOOK, Feature.POSITIONS})


def format_name(target: SubtitleFormat) -> str:
    """ "SubRip (.srt)"."""
    return f"{target.name} ({target.extensions[0]})"


def loss_title(loss: Loss) -> str:
    """ "Word times, 1,204 words"."""
    count = f"{loss.count:,}"
    titles = {
        Feature.WORD_TIMES: tr("Word times, {0} words"),
        Feature.STYLED_TEXT: tr("Italics, bold and underline, {0} words"),
        Feature.COLOURS: tr("Colours, {0} words"),
        Feature.VOICES: tr("Names of speakers, {0} cues"),
        Feature.STYLES: tr("Named styles, {0} cues"),
        Feature.LOOK: tr("The look of the cues"),
        Feature.POSITIONS: tr("Place on the picture, {0} cues"),
        Feature.LINE_BREAKS: tr("Line breaks, {0} cues"),
        Feature.OVERLAPS: tr("Cues that overlap, {0}"),
        Feature.HEADER: tr("Notes and styles above the cues"),
        Feature.TAGS: tr("Tags that only another format has, {0} words"),
    }
    return titles.get(loss.feature, str(loss.feature)).format(count)


def loss_sentence(loss: Loss, target: SubtitleFormat) -> str:
    """What happens instead."""
    if loss.feature is Feature.WORD_TIMES:
        return tr("Cues keep their times. Words inside them lose theirs.") if target.reads else tr("No times are kept.")
    if target.id in _NEVER_DRAWN and loss.feature in _DRAWN:
        return tr("It is left out.")
    sentences = {
        Feature.STYLED_TEXT: tr("These words are written plain."),
        Feature.COLOURS: tr("These words get the player's colour."),
        Feature.VOICES: tr("The text stays, the name is left out."),
        Feature.STYLES: tr("All cues look alike."),
        Feature.LOOK: tr("Players draw them in their own way."),
        Feature.POSITIONS: (
            tr("They stand as near to it as the format can say.")
            if Feature.POSITIONS in target.keeps
            else tr("They move to the bottom. A sign may be covered.")
        ),
        Feature.LINE_BREAKS: tr("Each cue becomes one line."),
        Feature.OVERLAPS: tr("Each ends where the next begins.") if target.reads else tr("They follow each other."),
        Feature.HEADER: tr("They are left out."),
        Feature.TAGS: tr("The words stay, the tags are left out."),
    }
    return sentences.get(loss.feature, "")


def losses_title(target: SubtitleFormat, count: int) -> str:
    """ "SubRip cannot carry two things in this project"."""
    if not count:
        return tr("{0} carries everything in this project.").format(target.name)
    numbers = {1: tr("one thing"), 2: tr("two things"), 3: tr("three things"), 4: tr("four things")}
    things = numbers.get(count, tr("{0} things").format(count))
    return tr("{0} cannot carry {1} in this project").format(target.name, things)


def name_note(file: PlannedFile, *, taken: bool) -> str:
    """Why a file is called otherwise, or that one is replaced; "" where there is nothing to say.

    Args:
        taken: a file of the wanted name is there already (otherwise another file of this export has the name).
    """
    wanted, path = (f"\u2068{one.name}\u2069" for one in (file.wanted, file.path))
    if file.replaces:
        return tr("{0} will be replaced.").format(wanted)
    if not file.renamed:
        return ""
    if taken:
        return tr("{0} exists already, so this one is saved as {1}.").format(wanted, path)
    return tr("{0} is the other format's name, so this one is saved as {1}.").format(wanted, path)


def files_title(count: int) -> str:
    """ "Export 3 files"."""
    return tr("Export 1 file") if count == 1 else tr("Export {0} files").format(count)


def done_title(written: tuple[PlannedFile, ...]) -> str:
    """ "Exported low-water.en.srt", or how many and where."""
    if len(written) == 1:
        return tr("Exported “\u2068{0}\u2069”.").format(written[0].path.name)
    return tr("Exported {0} files to “\u2068{1}\u2069”.").format(len(written), written[0].path.parent.name)
