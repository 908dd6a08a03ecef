"""The document people work on: cues of words, changed only through edits. Knows no Qt, no engine and no sound.

document, edit            the value, and how it changes
edits/                    everything a person can do, each a function that returns an edit
text_diff, tokens         which words a corrected text leaves alone
stack, slide, history,    undo and redo; work that arrives goes beneath what a person did since
changed, journal
project/                  the file all of it is kept in, each step before it shows
lines, chunk_results      what engines made, on disk before it shows
owner                     who has a project open
"""
