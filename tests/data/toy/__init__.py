"""Makes the toy recogniser: a tiny Qwen3-ASR of transformers' real classes that truly recognises 22 words.

Sound is synthesised (`make_speech`), a tokenizer made (`tokenizer`), the model trained (`train`) and measured
(`evaluate`): each is a script, run as `python -m tests.data.toy.<name>`, and README.md beside them says in which order.
The result is the folder qwen3-asr-toy, which tests load as users load a published checkpoint.
"""

from __future__ import annotations

from pathlib import Path

CHECKPOINT = Path(__file__).parent / "qwen3-asr-toy"
