"""A recogniser ready to answer: sound in, text with languages and confidences out, many clips at once.

Puts prompts, encoder and decode loop together. Knows no chunks, no retries and no judgement of what came out.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from pathlib import Path
from typing import cast

from core.errors import CheckpointUnusable
from core.qwen3.answers import Heard, Outcome, Request
from core.qwen3.checkpoint import Checkpoint
from core.qwen3.decoder import Decoder, LanguageModel
from core.qwen3.features import SoundEncoder
from core.qwen3.greedy import Answer, Prompt, decode
from core.qwen3.live import LiveSegment
from core.qwen3.live_sound import Work
from core.qwen3.loading import load_recognizer, named
from core.qwen3.placement import Placement
from core.qwen3.prompt import Prompts
from core.qwen3.runtime import give_memory_back, torch


class Transcriber:
    """Answers requests. One thread at a time."""

    def __init__(self, encoder: SoundEncoder, model: LanguageModel, prompts: Prompts, ends: Sequence[int]) -> None:
        self._encoder, self._model, self._prompts, self._ends = encoder, model, prompts, frozenset(ends)

    def answer(self, requests: Sequence[Request]) -> Generator[int, None, list[Outcome]]:
        """Answer in one batch; yields after each clip read and each step how many tokens each answer has now.

        Raises:
            BadSamples: a clip is no sound the model can take.
        """
        prompts = []
        for request in requests:
            prompts.append(self._prompt(request))
            yield 0
        steps = decode(self._model, prompts, self._ends)
        done = 0
        while True:
            try:
                next(steps)
            except StopIteration as end:
                give_memory_back()
                return [self._outcome(answer, request) for answer, request in zip(end.value, requests, strict=True)]
            done += 1
            yield done

    def live(self, languages: Sequence[str] = (), *, window_s: int = 8, work: Work | None = None) -> LiveSegment:
        """A segment of speech that is answered while it grows."""
        return LiveSegment(
            self._encoder,
            cast(Decoder, self._model),  # other models answer requests only: they stand in for it in tests
            self._prompts,
            self._ends,
            languages=languages,
            window_s=window_s,
            work=work,
        )

    def read(self, ids: Sequence[int], probabilities: Sequence[float], *, language: str = "") -> Heard:
        """An answer's text; see `Prompts.read`."""
        return self._prompts.read(ids, probabilities, language=language)

    def text_at(self, ids: Sequence[int]) -> int:
        """Where the text of an answer begins: behind the mark that ends the languages, or at the beginning."""
        return self._prompts.text_at(ids)

    def _prompt(self, request: Request) -> Prompt:
        before, behind = self._prompts.around_sound(request.context, request.forced)
        sound = self._encoder.encode(request.samples)
        embedded = torch.cat([self._model.embed(before), sound, self._model.embed(behind)])
        several = len(request.languages) > 1
        openings = self._prompts.language_openings(request.languages) if several else ()
        return Prompt(embedded, request.budget, openings)

    def _outcome(self, answer: Answer, request: Request) -> Outcome:
        ids, probabilities = answer.ids[: answer.kept], answer.probabilities[: answer.kept]
        return Outcome(self._prompts.read(ids, probabilities, language=request.forced), answer.ending)


def load_transcriber(folder: str | Path, placement: Placement) -> tuple[Transcriber, Checkpoint]:
    """A recogniser from a folder.

    Raises:
        CheckpointUnusable, EngineMemory: as `load_recognizer`.
    """
    loaded, prompts = load_recognizer(folder, placement)
    model = loaded.model
    ends = model.generation_config.eos_token_id or model.config.eos_token_id
    ends = [ends] if isinstance(ends, int) else ends
    if not isinstance(ends, list) or not ends or not all(isinstance(one, int) for one in ends):
        raise CheckpointUnusable(
            folder=loaded.checkpoint.folder.name, cause="its files name no token that ends an answer"
        )
    with named(loaded.checkpoint, placement, "it cannot be used"):  # weights are laid out anew, one layer at a time
        encoder = SoundEncoder(model.model, loaded.processor.feature_extractor)
        decoder = Decoder(model.model.language_model, model.lm_head)
    return Transcriber(encoder, decoder, prompts, ends), loaded.checkpoint
