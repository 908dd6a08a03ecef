"""The built-in recognizer on real speech: what it finds, that chunks do not touch each other, and how it stops."""

from __future__ import annotations

import difflib
import json
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from core.errors import LanguageUnsupported
from core.media.waveform import Samples
from core.progress import Cancelled, CancelToken, Progress, Stage
from core.recognition.builtin import BuiltinRecognizer
from core.recognition.protocol import Options
from core.speech.chunk import Chunk
from core.speech.chunker import cut_chunks, plan_chunks
from core.timecode import SAMPLE_RATE
from core.transcript import Segment, Source, words_text
from tests.fakes.sound import blocks_of, load

ENGLISH = Options(languages=("en",))


def chunks_of(samples: Samples, first_sample: int = 0) -> list[Chunk]:
    plan = plan_chunks(blocks_of(samples, 160_000, first_sample=first_sample))
    return list(cut_chunks(blocks_of(samples, 160_000, first_sample=first_sample), plan))


def segments(recognizer: BuiltinRecognizer, chunks: list[Chunk]) -> list[Segment]:
    found = recognizer.transcribe(chunks, ENGLISH, CancelToken())
    return [item for item in found if isinstance(item, Segment)]


def content(segment: Segment) -> list[tuple[str, int, int, float | None]]:
    return [(word.text, word.start_ms, word.end_ms, word.text_confidence) for word in segment.words]


@pytest.fixture(scope="module")
def jfk(material: Path) -> Segment:
    (segment,) = segments(BuiltinRecognizer(), chunks_of(load(material / "A_english/jfk/jfk.flac"), 24_000))
    return segment


@pytest.fixture(scope="module")
def sentences(material: Path) -> list[Chunk]:
    """Two sentences of two speakers, 3 s and 2 s."""
    names = ["pocketsphinx_librivox/sense_and_sensibility_01_austen_64kb-0880.wav", "pocketsphinx_cards/002.wav"]
    return [chunk for name in names for chunk in chunks_of(load(material / "A_english" / name))]


def test_at_least_six_in_ten_words_of_a_speech_are_found_in_order(material: Path, jfk: Segment) -> None:
    reference = re.findall(r"[a-z']+", (material / "A_english/jfk/jfk.txt").read_text().lower())
    found = [word.text.lower() for word in jfk.words]
    blocks = difflib.SequenceMatcher(None, reference, found, autojunk=False).get_matching_blocks()
    assert sum(block.size for block in blocks) >= 0.6 * len(reference)


def test_words_lie_inside_the_chunk_on_the_medias_clock_in_order(jfk: Segment) -> None:
    edges = [edge for word in jfk.words for edge in (word.start_ms, word.end_ms)]
    assert edges == sorted(edges)
    assert jfk.start_ms <= edges[0]
    assert edges[-1] <= jfk.end_ms <= 1_500 + 11_000
    assert edges[0] > 1_500
    assert all(word.start_ms < word.end_ms for word in jfk.words)


def test_words_carry_confidence_and_where_their_times_come_from(jfk: Segment) -> None:
    confidences = [word.text_confidence for word in jfk.words]
    assert all(value is not None and 0 <= value <= 1 for value in confidences)
    assert len(set(confidences)) > 5
    assert {word.source for word in jfk.words} == {Source.RECOGNISED}
    assert jfk.languages == ("en",)
    assert jfk.engine == "builtin"
    assert jfk.text == words_text(jfk.words)


def test_no_silence_noise_or_pronunciation_marks_are_left(jfk: Segment, sentences: list[Chunk]) -> None:
    found = [jfk, *segments(BuiltinRecognizer(), sentences[:1])]
    for segment in found:
        assert re.fullmatch(r"[A-Za-z'. -]+", segment.text)


def test_a_chunks_words_never_depend_on_the_chunks_before(sentences: list[Chunk]) -> None:
    first, second = sentences
    loud = Chunk(np.clip(first.samples * 8, -1, 1).astype(np.float32), first.first_sample, 0, first.speech)
    recognizer = BuiltinRecognizer()
    _, after_another = segments(recognizer, [loud, second])
    (alone,) = segments(BuiltinRecognizer(), [second])
    (again,) = segments(recognizer, [second])
    assert content(alone)
    assert content(after_another) == content(alone) == content(again)


def test_progress_comes_between_and_one_segment_a_chunk_in_order(sentences: list[Chunk]) -> None:
    items = list(BuiltinRecognizer().transcribe(sentences, ENGLISH, CancelToken()))
    found = [item for item in items if isinstance(item, Segment)]
    assert [segment.start_ms for segment in found] == [chunk.start_ms for chunk in sentences]
    steps = [item for item in items[: items.index(found[0])] if isinstance(item, Progress)]
    assert {step.stage for step in steps} == {Stage.RECOGNISE}
    assert [step.done_ms for step in steps] == sorted(step.done_ms for step in steps)
    assert steps[-1].done_ms == steps[-1].total_ms == found[0].end_ms - found[0].start_ms


def test_a_cancelled_run_stops_inside_a_chunk_and_the_next_run_is_clean(sentences: list[Chunk]) -> None:
    recognizer, cancel = BuiltinRecognizer(), CancelToken()
    run = recognizer.transcribe(sentences, ENGLISH, cancel)
    for step in run:
        assert isinstance(step, Progress)
        if step.done_ms >= 1_000:
            cancel.cancel()
            break
    with pytest.raises(Cancelled):
        next(run)
    (alone,) = segments(BuiltinRecognizer(), sentences[1:])
    (after,) = segments(recognizer, sentences[1:])
    assert content(after) == content(alone)


def test_a_run_that_is_abandoned_inside_a_chunk_leaves_the_recognizer_usable(sentences: list[Chunk]) -> None:
    recognizer = BuiltinRecognizer()
    run = recognizer.transcribe(sentences, ENGLISH, CancelToken())
    next(run)
    next(run)
    run.close()  # type: ignore[attr-defined]
    (after,) = segments(recognizer, sentences[1:])
    assert after.words


@pytest.mark.parametrize("languages", [("de",), ("en", "zh"), ("ja",)])
def test_any_language_but_english_is_refused_before_anything_is_loaded(languages: tuple[str, ...]) -> None:
    with pytest.raises(LanguageUnsupported, match="English only"):
        BuiltinRecognizer().transcribe([], Options(languages=languages), CancelToken())
    with pytest.raises(LanguageUnsupported):
        BuiltinRecognizer().stream(Options(languages=languages))


@pytest.mark.parametrize("length", [0, 1, 100, 1_600])
def test_a_chunk_too_short_for_a_word_gives_a_segment_without_words(length: int) -> None:
    (segment,) = segments(BuiltinRecognizer(), [Chunk(np.zeros(length, np.float32), 0, 0)])
    assert (segment.words, segment.text) == ((), "")


def test_words_put_where_no_speech_was_detected_are_dropped(sentences: list[Chunk]) -> None:
    chunk = sentences[0]
    middle = chunk.first_sample + len(chunk.samples) // 2
    cut = Chunk(chunk.samples, chunk.first_sample, 0, ((chunk.first_sample, middle),))
    whole, (half,) = segments(BuiltinRecognizer(), [chunk]), segments(BuiltinRecognizer(), [cut])
    assert 0 < len(half.words) < len(whole[0].words)
    assert all(word.start_ms < middle / 16 for word in half.words)


def no_words_between(found: list[Segment], first_ms: int, last_ms: int) -> None:
    inside = [w for s in found for w in s.words if w.start_ms < last_ms and w.end_ms > first_ms]
    assert inside == []


def test_nothing_is_invented_in_silence_and_music(material: Path) -> None:
    """The parts of the film around its silence (91–116 s) and its music (179–199 s)."""
    film = load(material / "A_english/long_constructed/long_dev_en.opus")
    around = [(86, 121, 90_962, 115_962), (174, 206, 178_582, 198_582)]
    for first, last, quiet_from_ms, quiet_to_ms in around:
        part = film[first * SAMPLE_RATE : last * SAMPLE_RATE]
        found = segments(BuiltinRecognizer(), chunks_of(part, first * SAMPLE_RATE))
        assert sum(len(segment.words) for segment in found) > 5
        no_words_between(found, quiet_from_ms, quiet_to_ms)


@pytest.mark.slow
def test_nothing_is_invented_in_the_silence_and_music_of_the_whole_film(material: Path) -> None:
    folder = material / "A_english/long_constructed"
    found = segments(BuiltinRecognizer(), chunks_of(load(folder / "long_dev_en.opus")))
    truth = json.loads((folder / "long_dev_en.truth.json").read_text())["segments"]
    spoken = [part for part in truth if part["kind"] == "speech"]
    edges = [0.0, *(edge for part in spoken for edge in (part["clip_start"], part["clip_end"])), 257.0]
    for first, last in zip(edges[::2], edges[1::2], strict=True):
        no_words_between(found, round(first * 1000) + 50, round(last * 1000) - 50)
    assert sum(len(segment.words) for segment in found) > 300


def test_recognition_imports_no_torch_and_writes_nothing_on_stderr() -> None:
    code = (
        "import sys, numpy as np\n"
        "from core.recognition import registry\n"
        "from core.recognition.protocol import Options\n"
        "from core.progress import CancelToken\n"
        "from core.speech.chunk import Chunk\n"
        "engine = registry.create(registry.choose('auto', ['en'])[0])\n"
        "list(engine.transcribe([Chunk(np.zeros(16000, np.float32), 0, 0)], Options(), CancelToken()))\n"
        "print([m for m in ('torch', 'transformers') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=600)
    assert (done.stdout.strip(), done.stderr) == ("[]", "")
