"""What the Qwen3-ASR recogniser and the Qwen3 forced aligner share. Knows no chunks, segments or windows.

    checkpoint   what a folder holds, without torch          placement   device and dtype, and why
    runtime      torch, imported with waiting threads        convert     original layout → the layout we load
    loading      a checkpoint checked and loaded             self_test   a first answer, before anybody relies on it
    answers      requests and outcomes, plain values
    prompt       what the model is asked; its answer read    features    sound → log-mel → the encoder's tokens
    linear       matrices packed for the processor           decoder     the language model with its KV cache
    greedy       the decode loop
    transcriber  all of it together; shared keeps the one used last

`checkpoint`, `answers` and `prompt` import without torch; the rest is imported when a model is wanted.
"""
