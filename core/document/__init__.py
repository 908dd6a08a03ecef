"""The document people work on: cues of words, changed only through edits. Knows no Qt, no engine and no sound.

document, edit            the value, and how it changes
edits/                    everything a person can do, each a function that returns an edit
text_diff, tokens         which words a corrected text leaves alone
stack, slide, history,    undo and redo; work that arrives goes beneath what a person did since
journal
lines, records, replay,   every step and every chunk result on disk before it shows, and back again
recovery, chunk_results,
owner
"""
