"""Subtitle formats: text in, cues out, and back. Knows no document, no sound and no engine.

How to add a format:
1. Write `core/subtitles/<name>.py` with a class that follows `protocol.SubtitleFormat`.
2. Name it in `registry.FORMATS`.
3. Say in `keeps` which features survive a round trip; `tests/core/subtitles/test_contract.py` holds it to that.
"""
