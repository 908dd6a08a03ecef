"""Recognition while somebody speaks: words are tentative first, then firm, and a firm word never changes.

    settings     how often, how far back, how much the encoder hears at once
    cutting      where speech is, as it comes: segments of at most 30 s
    agreement    which words of two answers in a row are firm, and what ends up doubtful
    live         the stream itself: sound in, `Update`s out, whatever the engine
    qwen3        a segment heard by Qwen3-ASR                   builtin    the same by PocketSphinx

A segment is heard from its beginning at every step, but paid for only where it is new: the model's caches are in
`core.qwen3.live`. Nothing is carried from one segment to the next but the language.
"""
