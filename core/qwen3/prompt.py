"""What the recogniser is asked, and how its answer is read. Knows no torch and no sound.

The prompt of Qwen3-ASR: a system turn with the context, a user turn with the sound, and the beginning of the answer:
nothing, or `language <Name><asr_text>` where the language is given. The answer: `language <Names><asr_text><text>`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from core.language import code_or_empty, name_of
from core.qwen3.answers import Heard

AUDIO = "<|audio_pad|>"
TEXT_MARK = "<asr_text>"
NO_LANGUAGE = "None"
LONGEST_CONTEXT = 4_000
"""Characters. The model was trained on terms and background, and every chunk pays for reading them."""

PUBLISHED_VOCABULARY = 151_936
PUBLISHED_PROMPT = (
    *(151644, 8948, 198, 151645, 198, 151644, 872, 198),
    *(151669, 151676, 151670),
    *(151645, 198, 151644, 77091, 198),
)
"""The prompt without context and language, one `<|audio_pad|>`, in the ids of the published tokenizer."""

_MARKERS = ("<|im_start|>", "<|im_end|>", "<|audio_start|>", "<|audio_end|>", AUDIO, TEXT_MARK)
_CONTROL = re.compile(r"<\|[^<>|]*\|>|<asr_text>|<timestamp>|[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
"""Halves of characters too: what was typed in another encoding comes so, and no tokenizer takes it."""


class PromptMismatch(Exception):
    """A tokenizer or chat template does not make the prompt the model was trained on; the text says how."""


class Prompts:
    """Prompts and answers in the ids of one processor.

    Raises:
        PromptMismatch: this tokenizer or template is not the model's.
    """

    def __init__(self, processor: Any, *, audio_id: int, vocabulary: int) -> None:
        self._processor = processor
        self._tokenizer = processor.tokenizer
        self._audio_id = audio_id
        self._text_id = self._single_id(TEXT_MARK)
        self._added = tuple(self._tokenizer.get_added_vocab())
        self._check(vocabulary)

    def around_sound(self, context: str = "", language: str = "") -> tuple[list[int], list[int]]:
        """The ids before and behind the sound's.

        Args:
            context: names and terms; control tokens are taken out (`sanitised`).
            language: code of the language the answer must be in; "" = the model finds out.
        """
        ids = self._ids(self._rendered(sanitised(context, self._added), language))
        if ids.count(self._audio_id) != 1:
            raise PromptMismatch("its chat template has no place for the sound")
        place = ids.index(self._audio_id)
        return ids[:place], ids[place + 1 :]

    def language_openings(self, codes: Iterable[str]) -> list[list[int]]:
        """How an answer may begin when only these languages are allowed: one or two of them, or no speech."""
        names = [name_of(code) for code in codes]
        pairs = [f"{a},{b}" for a in names for b in names if a != b]
        return [self._ids(f"language {name}{TEXT_MARK}") for name in (*names, *pairs, NO_LANGUAGE)]

    def read(self, ids: Sequence[int], probabilities: Sequence[float], *, language: str = "") -> Heard:
        """The answer in `ids` (without its end mark), with a probability for each.

        Args:
            language: code the prompt has given; then the answer names none.
        """
        named: tuple[str, ...] = (language,) if language else ()
        first = self.text_at(ids)
        if first:
            named = named or languages_in(self._tokenizer.decode(ids[: first - 1], skip_special_tokens=True))
        parts = _parts(self._tokenizer, ids[first:], probabilities[first:])
        text, confidences = _stripped(parts)
        return Heard(named, text, confidences)

    def text_at(self, ids: Sequence[int]) -> int:
        """Where the text begins in an answer: behind the mark that ends the languages; 0 where there is none."""
        return list(ids).index(self._text_id) + 1 if self._text_id in ids else 0

    def _rendered(self, context: str, language: str) -> str:
        # The processor takes no array when it is not asked to tokenize; any stands for the sound.
        rendered: list[str] = self._processor.apply_transcription_request(
            audio=["sound"], language=name_of(language) if language else None, prompt=context or None, tokenize=False
        )
        return rendered[0]

    def _ids(self, text: str) -> list[int]:
        ids: list[int] = self._tokenizer(text, add_special_tokens=False)["input_ids"]
        return ids

    def _single_id(self, marker: str) -> int:
        ids = self._ids(marker)
        if len(ids) != 1:
            raise PromptMismatch(f"its tokenizer has no {marker}")
        return ids[0]

    def _check(self, vocabulary: int) -> None:
        if self._single_id(AUDIO) != self._audio_id:
            raise PromptMismatch("its tokenizer and its config.json name different ids for the sound")
        if len(self._tokenizer) > vocabulary:
            raise PromptMismatch("its tokenizer has more entries than the model")
        for marker in _MARKERS:
            self._single_id(marker)
        try:
            before, behind = self.around_sound()
        except PromptMismatch:
            raise
        except Exception as error:  # a template is a program of strangers and fails in any way
            why = (str(error).splitlines() or [""])[0][:120]
            raise PromptMismatch(f"its chat template is not the one the model needs: {why}") from error
        if [*before, self._audio_id, *behind] != self._expected(vocabulary):
            raise PromptMismatch("its chat template does not render the prompt the model was trained on")

    def _expected(self, vocabulary: int) -> list[int]:
        if vocabulary == PUBLISHED_VOCABULARY:
            return list(PUBLISHED_PROMPT)
        turns = (
            "<|im_start|>system\n<|im_end|>\n<|im_start|>user\n<|audio_start|><|audio_pad|><|audio_end|><|im_end|>\n"
        )
        return self._ids(turns + "<|im_start|>assistant\n")


def sanitised(context: str, added: Iterable[str] = ()) -> str:
    """`context` without anything the tokenizer would read as a control token, at most `LONGEST_CONTEXT` characters.

    Taking one out may join two halves of another, so it goes on until nothing is left to take out.
    """
    tokens = [token for token in added if token.strip()]
    while True:
        cleaner = _CONTROL.sub("", context)
        for token in tokens:
            cleaner = cleaner.replace(token, "")
        if cleaner == context:
            return " ".join(context.split())[:LONGEST_CONTEXT].rstrip()
        context = cleaner


def languages_in(prefix: str) -> tuple[str, ...]:
    """The codes named in `language Chinese,English`; () for `language None` or names that are unknown."""
    _, _, names = prefix.strip().partition(" ")
    codes = (code_or_empty(name) for name in names.split(","))
    return tuple(dict.fromkeys(code for code in codes if code))


def _parts(tokenizer: Any, ids: Sequence[int], probabilities: Sequence[float]) -> list[tuple[str, float]]:
    """The text of each token; tokens that only together make a character are one part, as sure as the least sure."""
    parts: list[tuple[str, float]] = []
    first = 0
    for index in range(len(ids)):
        text = tokenizer.decode(ids[first : index + 1], skip_special_tokens=True)
        if text.endswith("\ufffd") and index + 1 < len(ids):
            continue
        parts.append((text, round(min(probabilities[first : index + 1]), 4)))
        first = index + 1
    return parts


def _stripped(parts: list[tuple[str, float]]) -> tuple[str, tuple[tuple[str, float], ...]]:
    """The joined text without white space at its ends, and its parts."""
    joined = "".join(text for text, _ in parts)
    first, last = len(joined) - len(joined.lstrip()), len(joined.rstrip())
    kept: list[tuple[str, float]] = []
    position = 0
    for text, probability in parts:
        inside = text[max(0, first - position) : max(0, last - position)]
        position += len(text)
        if inside:
            kept.append((inside, probability))
    return joined.strip(), tuple(kept)
