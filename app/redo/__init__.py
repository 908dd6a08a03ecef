"""A part done again: recognised with another engine, language or context, or timed again; looked at, then taken over.

run      asks the engine child, while somebody waits, and gathers what comes
sides    old and new beside each other, word by word
dialog   the questions, the two sides, one button that takes the new over as one step
"""
