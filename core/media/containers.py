"""Which files may be opened as media, and which never. Plain lists: knows no reader, so the window may import it.

A text file named talk.mp4 that is really a playlist would make a reader open other files or the network. So every
opening names the demuxers it allows (`FORMAT_WHITELIST`) and the protocols (`PROTOCOL_WHITELIST`); the door that does
it is `core.media.opening.open_container`, and there is no other.
"""

from __future__ import annotations

DEMUXERS: tuple[str, ...] = (
    "3g2", "3gp", "aac", "ac3", "aiff", "alaw", "amr", "amrnb", "amrwb", "ape", "asf", "au", "av1", "avi", "caf", "dts",
    "dtshd", "dv", "eac3", "flac", "flv", "gsm", "gxf", "h264", "hevc", "iff", "ivf", "loas", "m4a", "m4v", "matroska",
    "mj2", "mlp", "mov", "mp3", "mp4", "mpc", "mpc8", "mpeg", "mpegts", "mpegvideo", "mulaw", "mxf", "nut", "ogg",
    "oma", "rm", "sox", "tak", "truehd", "tta", "voc", "w64", "wav", "webm", "wtv", "wv",
)  # fmt: skip
"""ffmpeg's names of the demuxers that read one file and nothing else."""

FORMAT_WHITELIST = ",".join(DEMUXERS)

PROTOCOL_WHITELIST = "file,pipe"

REFUSED: tuple[tuple[str, bytes], ...] = (
    ("ffconcat playlist", b"ffconcat"),
    ("M3U playlist (HLS)", b"#EXTM3U"),
    ("DASH manifest", b"<MPD"),
    ("Smooth Streaming manifest", b"<SmoothStreamingMedia"),
    ("SDP session description", b"v=0"),
    ("PLS playlist", b"[playlist]"),
    ("ASX playlist", b"<asx"),
    ("XSPF playlist", b"<playlist"),
    ("RAM playlist", b"rtsp://"),
    ("Windows Media reference", b"[Reference]"),
    ("IMF composition playlist", b"<CompositionPlaylist"),
)
"""Kinds of file that point elsewhere: (what people call it, the text that gives it away near its start)."""

_SNIFFED_BYTES = 4096
"""How much of a file's start `refused_kind` looks at."""

VIDEO_EXTENSIONS: tuple[str, ...] = (
    "mp4", "m4v", "mov", "mkv", "webm", "avi", "wmv", "asf", "flv", "mpg", "mpeg", "ts", "mts", "m2ts", "vob", "mxf",
    "ogv", "3gp", "3g2", "dv", "rm", "rmvb",
)  # fmt: skip

AUDIO_EXTENSIONS: tuple[str, ...] = (
    "wav", "mp3", "m4a", "aac", "flac", "ogg", "oga", "opus", "wma", "aif", "aiff", "aifc", "amr", "ac3", "eac3",
    "dts", "mka", "caf", "au", "ape", "wv", "tta", "w64", "spx",
)  # fmt: skip

EXTENSIONS: tuple[str, ...] = VIDEO_EXTENSIONS + AUDIO_EXTENSIONS
"""For dialogs and for drag and drop, without the dot. A file of another name may still be media."""


def refused_kind(head: bytes) -> str:
    """What a file that starts with `head` is, where it is a kind that points to other files; else "".

    Looks at the first 4 KiB only, past a byte order mark and white space, whatever the file is called.
    """
    text = head[:_SNIFFED_BYTES].removeprefix(b"\xef\xbb\xbf").lstrip()
    lower = text.lower()
    for kind, mark in REFUSED:
        # A manifest in XML has a declaration or comments before its root element; a playlist starts with its mark.
        inside_xml = mark.startswith(b"<") and lower.startswith(b"<") and mark.lower() in lower
        if inside_xml or lower.startswith(mark.lower()):
            return kind
    return ""
