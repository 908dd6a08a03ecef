"""Sound in, text out. Each recognizer is one file; `registry` names them.

How to add one: write `core/recognition/<name>.py` with a class that follows `protocol.Recognizer`, and name it in
`registry.RECOGNIZERS`. Knows no cues and no files of media.
"""
