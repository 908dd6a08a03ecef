"""The toy's shape and first weights, and what training adds to it. Knows no data.

1.1 million parameters of transformers' own classes. Training adds two heads on the encoder's output, which are thrown
away: word by word for each frame, and CTC over the words. The decoder alone learns to listen far more slowly.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from core.qwen3.runtime import functional, quiet_transformers, torch
from tests.data.toy.vocabulary import WORDS

FRAMES_A_CHUNK = 100
TOKENS_A_CHUNK = 13
SILENCE = len(WORDS)
"""The class of frames without speech, and CTC's blank."""
UNKNOWN = -100
"""The class of frames of which the word is not known."""
_WIDTH = 128


def config(tokenizer: Any) -> Any:
    """The config: published structure, small dimensions, this tokenizer's ids."""
    ids = {name: tokenizer.convert_tokens_to_ids(name) for name in tokenizer.get_added_vocab()}
    return quiet_transformers().Qwen3ASRConfig(
        audio_config={
            "d_model": _WIDTH,
            "encoder_layers": 3,
            "encoder_attention_heads": 4,
            "encoder_ffn_dim": 384,
            "downsample_hidden_size": 32,
            "output_dim": _WIDTH,
            "num_mel_bins": 128,
            "n_window": FRAMES_A_CHUNK // 2,
            "n_window_infer": 800,
        },
        text_config={
            "vocab_size": len(tokenizer),
            "hidden_size": _WIDTH,
            "intermediate_size": 256,
            "num_hidden_layers": 3,
            "num_attention_heads": 4,
            "num_key_value_heads": 2,
            "head_dim": 32,
            "max_position_embeddings": 4096,
            "tie_word_embeddings": True,
            "rope_parameters": {"rope_type": "default", "rope_theta": 1_000_000.0},
        },
        tie_word_embeddings=True,
        audio_token_id=ids["<|audio_pad|>"],
        timestamp_token_id=ids["<timestamp>"],
        pad_token_id=ids["<|endoftext|>"],
        eos_token_id=[ids["<|endoftext|>"], ids["<|im_end|>"]],
    )


def fresh_model(tokenizer: Any, *, seed: int) -> Any:
    """A model to train. The classes' own first weights (0.02 everywhere) leave the convolutions near zero."""
    torch.manual_seed(seed)
    model = quiet_transformers().Qwen3ASRForConditionalGeneration(config(tokenizer))
    for module in model.modules():
        if isinstance(module, torch.nn.Conv2d):
            torch.nn.init.kaiming_normal_(module.weight)
        elif isinstance(module, torch.nn.Linear) and module is not model.lm_head:
            torch.nn.init.xavier_uniform_(module.weight)
        elif isinstance(module, torch.nn.Embedding):
            torch.nn.init.normal_(module.weight, std=0.06)
    return model


class Heads(torch.nn.Module):
    """What training asks the encoder besides: which word each frame is, and which words there are (CTC)."""

    def __init__(self) -> None:
        super().__init__()
        self.frame = torch.nn.Linear(_WIDTH, len(WORDS) + 1)
        self.ctc = torch.nn.Linear(_WIDTH, len(WORDS) + 1)


@dataclass(frozen=True, slots=True, eq=False)
class Batch:
    """Utterances side by side.

    Attributes:
        features: (batch, 128, frames) float32; mask: (batch, frames).
        ids: (batch, length), padded at the left; attends: which count; labels: ids to be predicted, else UNKNOWN.
        frame_words: (tokens of all utterances,) word of each encoder token, SILENCE or UNKNOWN.
        tokens: encoder tokens of each utterance.
        words: word numbers of each utterance.
    """

    features: torch.Tensor
    mask: torch.Tensor
    ids: torch.Tensor
    attends: torch.Tensor
    labels: torch.Tensor
    frame_words: torch.Tensor
    tokens: Sequence[int]
    words: Sequence[Sequence[int]]


@dataclass(frozen=True, slots=True)
class Losses:
    """What one batch cost."""

    answer: torch.Tensor
    frame: torch.Tensor
    ctc: torch.Tensor


def losses(model: Any, heads: Heads, batch: Batch) -> Losses:
    """Cross entropy of the answer and of each frame's word, and CTC, each a mean."""
    heard = model.get_audio_features(batch.features, batch.mask).pooler_output
    embeds = model.get_input_embeddings()(batch.ids)
    place = (batch.ids == model.config.audio_token_id).unsqueeze(-1).expand_as(embeds)
    embeds = embeds.masked_scatter(place, heard.to(embeds.dtype))
    hidden = model.model.language_model(inputs_embeds=embeds, attention_mask=batch.attends).last_hidden_state
    wanted = batch.labels[:, 1:] != UNKNOWN
    logits = model.lm_head(hidden[:, :-1][wanted])
    answer = functional.cross_entropy(logits, batch.labels[:, 1:][wanted], label_smoothing=0.05)
    return Losses(answer, _frame_loss(heads, heard, batch), _ctc_loss(heads, heard, batch))


def save(model: Any, folder: Path) -> None:
    """The model as a published checkpoint is kept: bfloat16 safetensors and its configs. It stays float32 itself."""
    copied = quiet_transformers().Qwen3ASRForConditionalGeneration(model.config)
    copied.load_state_dict(model.state_dict())
    copied.generation_config = quiet_transformers().GenerationConfig(
        do_sample=False,
        max_new_tokens=64,
        eos_token_id=model.config.eos_token_id,
        pad_token_id=model.config.pad_token_id,
    )
    copied.to(torch.bfloat16).save_pretrained(folder)


def _frame_loss(heads: Heads, heard: torch.Tensor, batch: Batch) -> torch.Tensor:
    if bool((batch.frame_words == UNKNOWN).all()):
        return heard.sum() * 0
    return functional.cross_entropy(heads.frame(heard), batch.frame_words, ignore_index=UNKNOWN)


def _ctc_loss(heads: Heads, heard: torch.Tensor, batch: Batch) -> torch.Tensor:
    rows = torch.nn.utils.rnn.pad_sequence(list(heads.ctc(heard).split(list(batch.tokens))))
    targets = torch.tensor([word for words in batch.words for word in words], dtype=torch.long)
    counts = torch.tensor([len(words) for words in batch.words])
    return functional.ctc_loss(
        rows.log_softmax(-1), targets, torch.tensor(batch.tokens), counts, blank=SILENCE, zero_infinity=True
    )
