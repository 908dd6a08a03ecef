"""Where there is speech, and how it is cut into chunks that never part a word. Knows no text and no engine."""
