"""Words in, cues out; delivery styles; checks of cues against a style. Knows no sound, no formats and no document."""
