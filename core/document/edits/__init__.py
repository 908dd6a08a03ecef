"""Everything a person can do to a document: pure functions `(document, …) -> Edit | None`; None = nothing to do.

Callers write `history.apply(edits.split_at_word(document, row, word_index))`. A new operation is a function in the
file of its family, built on `rows.replaced`, which keeps the cues in order of time; undo needs no code.
"""

from core.document.edits.cue_fields import set_field, set_language, set_locked, set_state, set_style, set_voice
from core.document.edits.cue_spacing import (
    convert_frame_rate,
    extend_to_next,
    extend_to_previous,
    lead_in,
    lead_out,
    stretch,
)
from core.document.edits.cue_structure import (
    delete,
    fresh,
    insert,
    merge,
    paste,
    put,
    split_at_text,
    split_at_time,
    split_at_word,
)
from core.document.edits.cue_text import clear_marks, replace_all, replace_one, search_pattern, set_mark, set_text
from core.document.edits.cue_times import MIN_CUE_MS, move, retime, set_start_and_shift_rest, shift
from core.document.edits.late import append, late
from core.document.edits.retiming import has_text_of, stands_at, take_times
from core.document.edits.whole import replace_cues
from core.document.edits.word_edits import (
    MIN_WORD_MS,
    delete_words,
    join_words,
    retime_word,
    set_word_text,
    split_word,
    to_next_cue,
    to_previous_cue,
)

__all__ = [
    "split_at_word", "split_at_text", "split_at_time", "merge", "insert", "paste", "delete", "put", "fresh",
    "retime", "move", "shift", "set_start_and_shift_rest", "MIN_CUE_MS",
    "stretch", "convert_frame_rate", "lead_in", "lead_out", "extend_to_next", "extend_to_previous",
    "set_text", "replace_all", "replace_cues", "replace_one", "search_pattern", "set_mark", "clear_marks",
    "set_language", "set_voice", "set_style", "set_locked", "set_state", "set_field",
    "retime_word", "set_word_text", "delete_words", "split_word", "join_words", "to_next_cue", "to_previous_cue",
    "MIN_WORD_MS", "append", "late", "take_times", "has_text_of", "stands_at",
]  # fmt: skip
