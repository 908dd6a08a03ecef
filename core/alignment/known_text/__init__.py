"""A text that is known, to be timed: any length of sound, any aligner. "I have the text, time it."

In reading order: `script` (the text as lines, words and spoken units), `hearing` (what is roughly heard, and where),
`matching` (heard words against the text's), `anchors` (which matches to trust), `moved` (passages in another order,
and those spoken twice), `windows` (stretches of sound and text between anchors), `timing` (an aligner on each window),
`report` (what came out, and what did not). Knows no files, no cues and no engine; `core.pipeline_align` puts the parts
together with sound.

Nothing is squeezed in: a line whose words were not heard gets no time and is reported.
"""
