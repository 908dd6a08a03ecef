"""Make the sample film, its true text and its true times: `python -m resources.sample.make_sample [FOLDER]`.

Needs flite and ffmpeg with libx264 (Debian: `apt-get install flite ffmpeg`). Picture and speech are worked out from
fixed seeds; the file's bytes depend on the versions of flite, ffmpeg and x264 only.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import wave
from dataclasses import asdict, dataclass
from fractions import Fraction
from pathlib import Path

import ffmpeg
import numpy as np

from resources.sample import counter
from resources.sample.scene import HEIGHT, WIDTH, Scene
from resources.sample.story import LEAD_OUT_MS, LINES, TITLE, Line
from resources.sample.voices import SAMPLE_RATE_HZ, Samples, Spoken, SpokenWord, speak

FRAME_RATE = Fraction(24_000, 1_001)
NAME = "last_boat"
_WATER_DBFS = -54.0  # a breath of the river, so that a pause is not digital silence


@dataclass(frozen=True, slots=True)
class Sentence:
    """A line of the story at its place in the film; all times in ms from the film's start."""

    voice: str
    text: str
    start_ms: int
    end_ms: int
    words: tuple[SpokenWord, ...]


def main(folder: Path) -> None:
    """Write the film, `.txt` (a sentence a line) and `.truth.json` into `folder`."""
    sentences, samples = mix([(line, speak(line.voice, line.text)) for line in LINES])
    events = {line.event: spoken.start_ms for line, spoken in zip(LINES, sentences, strict=True) if line.event}
    frames = round(len(samples) / SAMPLE_RATE_HZ * FRAME_RATE)
    _write_film(folder / f"{NAME}.mp4", Scene(events), samples, frames)
    (folder / f"{NAME}.txt").write_text("".join(f"{line.text}\n" for line in LINES), encoding="utf-8")
    truth = {
        "title": TITLE,
        "language": "en",
        "frame_rate": str(FRAME_RATE),
        "frames": frames,
        "sentences": [asdict(sentence) for sentence in sentences],
    }
    (folder / f"{NAME}.truth.json").write_text(json.dumps(truth, indent=1) + "\n", encoding="utf-8")


def mix(spoken: list[tuple[Line, Spoken]]) -> tuple[list[Sentence], Samples]:
    """Put the sentences one behind the other with their pauses, over the sound of water."""
    at_ms = 0
    sentences: list[Sentence] = []
    parts: list[Samples] = []
    for line, speech in spoken:
        at_ms += line.pause_ms
        length_ms = len(speech.samples) * 1000 // SAMPLE_RATE_HZ
        words = tuple(SpokenWord(w.text, at_ms + w.start_ms, at_ms + w.end_ms) for w in speech.words)
        sentences.append(Sentence(line.voice, line.text, at_ms, at_ms + length_ms, words))
        parts += [_silence(line.pause_ms), speech.samples]
        at_ms += length_ms
    samples = np.concatenate([*parts, _silence(LEAD_OUT_MS)])
    return sentences, samples + _water(len(samples))


def _silence(length_ms: int) -> Samples:
    return np.zeros(length_ms * SAMPLE_RATE_HZ // 1000, np.float32)


def _water(count: int) -> Samples:
    """Low noise that swells slowly, as a river at night."""
    noise = np.random.default_rng(42).standard_normal(count + 31)
    low = np.convolve(noise, np.hanning(32) / np.hanning(32).sum(), "valid")
    swell = 0.7 + 0.3 * np.sin(2 * np.pi * 0.17 * np.arange(count) / SAMPLE_RATE_HZ)
    wave_form = low * swell
    quiet: Samples = (wave_form * 10 ** (_WATER_DBFS / 20) / np.sqrt(np.mean(wave_form**2))).astype(np.float32)
    return quiet


def _write_film(path: Path, scene: Scene, samples: Samples, frames: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        sound = Path(folder, "sound.wav")
        _write_wave(sound, samples)
        encoder = _encoder(path, sound)
        if encoder.stdin is None:
            raise RuntimeError("ffmpeg was started without a pipe")
        with encoder.stdin as pipe:
            for frame in range(frames):
                canvas = scene.frame(float(1000 * frame / FRAME_RATE))
                counter.draw(canvas, frame)
                pipe.write(np.clip(canvas.pixels + 0.5, 0, 255).astype(np.uint8).tobytes())
        if encoder.wait() != 0:
            raise RuntimeError("ffmpeg could not make the film; its message stands above")


def _write_wave(path: Path, samples: Samples) -> None:
    with wave.open(str(path), "wb") as writer:
        writer.setnchannels(1)
        writer.setsampwidth(2)
        writer.setframerate(SAMPLE_RATE_HZ)
        writer.writeframes((samples * 32_767).astype("<i2").tobytes())


def _encoder(path: Path, sound: Path) -> subprocess.Popen[bytes]:
    picture = ffmpeg.input(
        "pipe:", format="rawvideo", pix_fmt="rgb24", video_size=(WIDTH, HEIGHT), framerate=FRAME_RATE
    )
    made = ffmpeg.output(
        picture.video,
        ffmpeg.input(str(sound)).audio,
        str(path),
        **{
            "c:v": "libx264",
            "preset": "slow",
            "tune": "animation",
            "crf": 25,
            "g": 72,
            "pix_fmt": "yuv420p",
            "vf": "scale=out_color_matrix=bt709:out_range=tv",
            "colorspace": "bt709",
            "color_primaries": "bt709",
            "color_trc": "bt709",
            "threads": 2,  # x264's bytes depend on the number of threads
            "c:a": "aac",
            "b:a": "64k",
            "ar": 48_000,
            "movflags": "+faststart",
            "fflags": "+bitexact",
            "flags:v": "+bitexact",
            "flags:a": "+bitexact",
            "metadata": f"title={TITLE}",
            "metadata:s:a:0": "language=eng",
            "metadata:s:v:0": "language=und",
        },
    )
    process: subprocess.Popen[bytes] = (
        made.global_args("-v", "error").overwrite_output().run_async(cmd="ffmpeg", pipe_stdin=True)
    )
    return process


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
