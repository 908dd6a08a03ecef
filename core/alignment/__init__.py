"""Sound and its text in, words with times out. Each aligner is one file; `registry` names them.

How to add one: write `core/alignment/<name>.py` with a class that follows `protocol.Aligner`, and name it in
`registry.ALIGNERS`. Knows no cues and no files of media.
"""
