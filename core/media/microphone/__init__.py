"""Live sound: which microphones there are, one that is open, and what becomes of it when it is unplugged.

Knows no file and no engine. `watch` is what others use; sounddevice (PortAudio) is imported when a device is needed.
"""
