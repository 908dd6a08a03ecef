"""Words in, cues out; delivery styles; checks of cues against a style. Knows no sound, no formats and no document.

    builder     build_cues, CueStream: words → cues
    reflow      cues → cues in another style, locked ones kept
    checks      check: cues against a style → findings
    styles      style, default_for, STYLES: what is delivered to, as data (netflix: its table)
    own_styles  every_style, find_style: with those a person made; save_as, remove
    measure     characters, reading speed, time to read, by style

Inside: passages (where searches part), line_breaks + break_words + phrases (how well two words can be parted), costs
(prices by name), layout (lines in a cue), search (words to cues), timing (in and out), scripts (characters).
"""
