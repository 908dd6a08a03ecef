"""The document people work on: cues of words, changed only through edits. Knows no Qt, no engine and no sound."""
