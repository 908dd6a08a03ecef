"""The timeline: sound, cues and words over time. Knows no files, no engines and no history.

`view.TimelineView` is the widget; it composes a `viewport`, `layout`, painters (one lane a file) and tools (one tool
a file: it gets a position and the document and returns an Edit). All arithmetic is without Qt:

    viewport   ms ↔ pixels, zoom, scroll, page-follow
    ruler      tick steps and labels
    layout     where the lanes lie
    index      which cues and words are visible, by binary search
    hit        what lies under the pointer
    snapping   what an edge is pulled to
"""
