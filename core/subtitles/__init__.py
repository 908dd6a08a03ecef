"""Subtitle formats: text in, cues out, and back. Knows no document, no sound and no engine.

Files are read and written by `files.read_file` and `files.write_file`; `losses` says beforehand what a format will not
keep; `naming` says what a file beside a film is called.

How to add a format:
1. Write `core/subtitles/<name>.py` with a class that follows `protocol.SubtitleFormat`. `words` turns text with marks
   and stamps into words, `markup` turns words back into nested tags, `repairs` counts what was mended and says so.
2. Name it in `registry.FORMATS`.
3. Say in `keeps` which features survive a round trip; `tests/core/subtitles/test_contract.py` holds it to that. What
   its files have no place for at all (milliseconds, a second line) stands in `tests/core/subtitles/carried.py`.
4. Give the contract a small file to break (`_SEEDS`), where the reader is a new one.
"""
