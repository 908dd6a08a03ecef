"""What became of a decode: how much came, what was missing, damaged or odd. Plain data; reads no files."""

from __future__ import annotations

from dataclasses import dataclass

from core.errors import Param
from core.progress import Notice
from core.timecode import format_ms

MISSING_FROM_MS = 250
"""Less than this at the end is an encoder's padding, not missing sound."""

_DAMAGED = {
    (True, False): "{file}: 1 damaged piece of sound could not be decoded.",
    (False, False): "{file}: {bad_packets} damaged pieces of sound could not be decoded.",
    (True, True): "{file}: 1 damaged piece of sound could not be decoded. {silence_s:.1f} s of it are silence now.",
    (False, True): (
        "{file}: {bad_packets} damaged pieces of sound could not be decoded. {silence_s:.1f} s of it are silence now."
    ),
}
"""By whether it is one piece, and whether silence stands in its place."""


@dataclass(frozen=True, slots=True)
class DecodeReport:
    """How the decode of one track went; whole once the last block was taken.

    Attributes:
        decoded_ms: where the sound that came ends, on the media's clock.
        declared_ms: where the file's header says the track ends; None where it does not say.
        missing_ms: how much less came than declared (or than asked for); 0 = all.
        bad_packets: packets that could not be read or decoded.
        bad_samples: samples that were no number or absurd; they are silence now.
        silence_ms: gaps inside the track, filled with silence.
        cancelled_ms: stretches whose channels cancelled each other; one channel was taken.
        jumps: time stamps that leapt where no sound can be; the sound was put end to end.
    """

    decoded_ms: int = 0
    declared_ms: int | None = None
    missing_ms: int = 0
    bad_packets: int = 0
    bad_samples: int = 0
    silence_ms: int = 0
    cancelled_ms: int = 0
    jumps: int = 0

    def notices(self, file: str) -> tuple[Notice, ...]:
        """What the user should know, naming `file`; missing sound is a finding (exit code 1)."""
        found = (self._truncated(file), self._damaged(file), self._repaired(file), self._cancelled(file))
        return tuple(notice for notice in found if notice is not None)

    def _truncated(self, file: str) -> Notice | None:
        if not self.missing_ms:
            return None
        text = (
            "{file}: the last {missing_s:.1f} s of sound are missing; "
            "it ends at {end}. The file is cut short: copy or download it again."
        )
        params: dict[str, Param] = {"file": file, "missing_ms": self.missing_ms, "decoded_ms": self.decoded_ms}
        params |= {"missing_s": self.missing_ms / 1000, "end": format_ms(self.decoded_ms)}
        return Notice("media.truncated", text, params, finding=True)

    def _damaged(self, file: str) -> Notice | None:
        if not self.bad_packets:
            return None
        text = _DAMAGED[self.bad_packets == 1, self.silence_ms > 0]
        params: dict[str, Param] = {"file": file, "bad_packets": self.bad_packets, "silence_ms": self.silence_ms}
        params["silence_s"] = self.silence_ms / 1000
        return Notice("media.damaged", text, params, finding=True)

    def _repaired(self, file: str) -> Notice | None:
        if not self.bad_samples:
            return None
        text = "{file}: samples that are not numbers were taken as silence ({bad_samples} of them)."
        return Notice("media.bad_samples", text, {"file": file, "bad_samples": self.bad_samples}, finding=True)

    def _cancelled(self, file: str) -> Notice | None:
        if not self.cancelled_ms:
            return None
        text = (
            "{file}: the channels cancel each other for {cancelled_s:.1f} s "
            "(one of them is turned round); one channel was used there."
        )
        params: dict[str, Param] = {"file": file, "cancelled_ms": self.cancelled_ms}
        return Notice("media.channels_cancel", text, params | {"cancelled_s": self.cancelled_ms / 1000})
