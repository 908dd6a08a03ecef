"""Corrected words get their times from the sound: what to ask an aligner, and what to make of its answer.

spoiled       which words a step left without a measured time
window        the stretch of sound around a run of them, with measured words as sentinels at both ends
answer        the aligner's times put between the neighbours, which keep theirs to the millisecond

    asked = window(document, cue_id, word_ids)         # None: nothing to measure
    … an aligner times asked.words in asked.start_ms..asked.end_ms (`core.events.WordsJob`) …
    words = healed(asked, timed)                       # None: not to be believed; they stay estimated
    history.apply_late(edits.late(history.document, asked.seen, words), cause)

Knows no engine and no file. Replacing by rule, case and spelling keep all times (`text_diff`), so they need no healing.
"""

from core.document.heal.answer import healed
from core.document.heal.spoiled import spoiled
from core.document.heal.window import LONGEST_MS, Window, window

__all__ = ["LONGEST_MS", "Window", "healed", "spoiled", "window"]
