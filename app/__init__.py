"""What people touch: the window (Qt) and the command line. Knows no torch, no ffmpeg and no file formats."""
