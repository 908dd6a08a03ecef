"""Films made of a film and its cues: burned into the picture, as a track, as a see-through overlay; and one frame.

ffmpeg does it, driven through ffmpeg-python, in the media child. Cues are drawn by libass, for the film and for the
paused preview alike. Imports no ffmpeg by itself.
"""
